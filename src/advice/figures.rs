//! Figures that an author states in a postmortem, against those that the files give.

use super::spot::spot;
use crate::diag::{Code, Diagnostic};
use crate::model::{Figure, Postmortem};
use crate::timeline::{Course, Figures, Story};

/// Stated lengths that differ from the derived ones by a minute or more.
pub(super) fn stated(story: &Story) -> Vec<Diagnostic> {
    let (Some(postmortem), Course::Incident(derived)) = (&story.incident.postmortem, &story.course) else {
        return Vec::new();
    };
    let differ = |(index, figure): (usize, &Figure)| {
        let derived = figure_named(&figure.label, derived)?;
        let stated = minutes(&figure.value)?;
        (stated != derived / 60).then(|| diagnostic(postmortem, index, derived / 60))
    };
    postmortem.numbers.iter().enumerate().filter_map(differ).collect()
}

/// The derived length, in seconds, that a label names.
fn figure_named(label: &str, figures: &Figures) -> Option<i64> {
    match label.trim().to_lowercase().as_str() {
        "duration" | "length" => figures.length,
        "time to detect" => figures.time_to_detect,
        "time to acknowledge" => figures.time_to_acknowledge,
        "time to mitigate" => figures.time_to_mitigate,
        "time to resolve" => figures.time_to_resolve,
        "time to first update" | "time to the first update" => figures.time_to_first_update,
        "longest silence" => figures.longest_silence,
        _ => None,
    }
}

/// "4 h 32 min", "4h32m", "2 d 3 h" in minutes; none of what is no length.
fn minutes(value: &str) -> Option<i64> {
    let text: String = value.chars().filter(|it| !it.is_whitespace()).collect();
    let mut rest = text.as_str();
    let mut sum: i64 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|it: char| !it.is_ascii_digit())?;
        let number: i64 = rest[..digits].parse().ok()?;
        let letters =
            rest[digits..].find(|it: char| it.is_ascii_digit()).map_or(rest.len(), |it| digits + it);
        let factor = match &rest[digits..letters] {
            "d" | "day" | "days" => 1440,
            "h" | "hour" | "hours" => 60,
            "m" | "min" | "minute" | "minutes" => 1,
            _ => return None,
        };
        sum = sum.checked_add(number.checked_mul(factor)?)?;
        rest = &rest[letters..];
    }
    (!text.is_empty()).then_some(sum)
}

fn diagnostic(postmortem: &Postmortem, index: usize, derived: i64) -> Diagnostic {
    let Figure { label, value, source: _ } = &postmortem.numbers[index];
    let (hours, minutes) = (derived / 60, derived % 60);
    let message =
        format!("`{label}` is said to be `{value}`, and by the files it is {hours} h {minutes} min");
    Diagnostic::new(Code::StatedFigure, spot(&postmortem.place, label, 0..label.len()), message)
        .help("mend the figure or the times, or leave the figure out: the page shows the derived one")
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[track_caller]
    fn check(value: &str, expected: Option<i64>) {
        assert_eq!(minutes(value), expected, "{value}");
    }

    #[test]
    fn lengths_are_read_in_the_ways_people_write_them() {
        check("4 h 32 min", Some(272));
        check("4h32m", Some(272));
        check("1 day 2 hours", Some(1560));
        check("50 minutes", Some(50));
    }

    #[test]
    fn what_is_no_length_is_left_alone() {
        check("about 40", None);
        check("1,200 users", None);
        check("", None);
        check("99999999999999999999 h", None);
    }
}
