//! `/metrics`: the state of everything for Prometheus, as OpenMetrics text.
//!
//! All are gauges, and a state is one series for each word it could be, of which one is 1. OpenMetrics has types of its
//! own for that, `stateset` and `info`, but a host that knows nothing of `/metrics` serves it without its type, and
//! then Prometheus reads the older text format, in which those are mistakes. Of gauges both read the same.
//!
//! No series tells when the page was built: the file changes only as the page does.

use std::fmt::Write;

use super::view::Voice;
use crate::model::{Component, Group, Impact, State};
use crate::timeline::{Board, ComponentBoard, GroupBoard, Indicator, Phase, Standing, UptimeWindow};

/// What a series is about, by name.
type Labels<'a> = Vec<(&'static str, &'a str)>;

/// The families of series of one kind of thing.
struct Kind {
    states: &'static str,
    states_help: &'static str,
    uptime: &'static str,
    uptime_help: &'static str,
}

const COMPONENTS: Kind = Kind {
    states: "allclear_component_state",
    states_help: "Whether the component is in this state.",
    uptime: "allclear_component_uptime_ratio",
    uptime_help: "Uptime of the component over so many calendar days.",
};

const GROUPS: Kind = Kind {
    states: "allclear_group_state",
    states_help: "Whether the group is in this state.",
    uptime: "allclear_group_uptime_ratio",
    uptime_help: "Uptime of the group over so many calendar days.",
};

/// A component or a group.
struct Subject<'a> {
    labels: Labels<'a>,
    standing: Standing,
    uptime: &'a [UptimeWindow],
}

/// The document.
pub(super) fn text(voice: &Voice<'_>, board: &Board) -> String {
    let site = voice.site;
    let names: Vec<String> = site.components.iter().map(|it| voice.name(&it.id)).collect();
    let components: Vec<Subject<'_>> =
        site.components.iter().zip(&names).filter_map(|it| component(board, it)).collect();
    let groups: Vec<Subject<'_>> = site.groups.iter().filter_map(|it| group(board, it)).collect();

    let mut series = Series::default();
    page(voice, board, &mut series);
    subjects(voice, &COMPONENTS, &components, &mut series);
    subjects(voice, &GROUPS, &groups, &mut series);
    stories(board, &mut series);
    series.finish()
}

fn page(voice: &Voice<'_>, board: &Board, series: &mut Series) {
    let site = voice.site;
    series.family("allclear_info", "The status page.");
    series.put(&[("title", &site.title), ("url", &site.url), ("time_zone", &site.time_zone_name)], "1");
    series.family("allclear_overall", "Whether the page as a whole is at this indicator.");
    for indicator in Indicator::ALL {
        series.put(&[("indicator", indicator.word())], flag(indicator == board.overall.indicator));
    }
    let help = "Uptime of the page over so many calendar days, by the worst state of a listed component.";
    series.family_in("allclear_uptime_ratio", "ratio", help);
    uptime(voice, &[], &board.uptime, series);
}

fn component<'a>(board: &'a Board, (written, name): (&'a Component, &'a String)) -> Option<Subject<'a>> {
    let ComponentBoard { standing, uptime, .. } = board.component(&written.id)?;
    let group = written.group.as_ref().map(|it| ("group", it.as_str()));
    let labels = [("component", written.id.as_str()), ("name", name)].into_iter().chain(group).collect();
    let is_shown = written.listed && *standing != Standing::Retired;
    is_shown.then_some(Subject { labels, standing: *standing, uptime })
}

fn group<'a>(board: &'a Board, written: &'a Group) -> Option<Subject<'a>> {
    let GroupBoard { standing, uptime, .. } = board.group(&written.id)?;
    let labels = vec![("group", written.id.as_str()), ("name", written.name.as_str())];
    Some(Subject { labels, standing: *standing, uptime })
}

fn subjects(voice: &Voice<'_>, kind: &Kind, subjects: &[Subject<'_>], series: &mut Series) {
    series.family(kind.states, kind.states_help);
    for subject in subjects {
        for state in State::ALL {
            let labels = with(&subject.labels, ("state", state.word()));
            series.put(&labels, flag(subject.standing.state() == Some(state)));
        }
    }
    series.family_in(kind.uptime, "ratio", kind.uptime_help);
    for subject in subjects {
        uptime(voice, &subject.labels, subject.uptime, series);
    }
}

/// The uptime over the days that the bars show, where anything was counted.
fn uptime(voice: &Voice<'_>, labels: &[(&'static str, &str)], windows: &[UptimeWindow], series: &mut Series) {
    let Some(window) = voice.over_history(windows) else { return };
    if let Some(percent) = window.uptime.percent {
        let days = window.days.to_string();
        series.put(&with(labels, ("days", &days)), &ratio(percent, voice.site.uptime.decimals));
    }
}

fn stories(board: &Board, series: &mut Series) {
    series.family("allclear_open_incidents", "How many open incidents have this impact.");
    for impact in Impact::ALL {
        let count = board.open.iter().filter(|it| it.impact == impact).count();
        series.put(&[("impact", impact.word())], &count.to_string());
    }
    series.family("allclear_maintenance", "How much maintenance is ahead or under way.");
    for (name, phase) in [("ahead", Phase::Ahead), ("under_way", Phase::Open)] {
        let count = board.maintenance.iter().filter(|it| it.phase == phase).count();
        series.put(&[("phase", name)], &count.to_string());
    }
    let help = "When the page will change with no new file: if that has passed, nobody builds it.";
    series.family_in("allclear_next_change_timestamp_seconds", "seconds", help);
    if let Some(at) = board.next_foreseeable_change {
        series.put(&[], &at.as_second().to_string());
    }
}

fn with<'a>(labels: &[(&'static str, &'a str)], further: (&'static str, &'a str)) -> Labels<'a> {
    labels.iter().copied().chain([further]).collect()
}

fn flag(is_so: bool) -> &'static str {
    if is_so { "1" } else { "0" }
}

/// A percentage in units of its last decimal, as a part of 1: no digit is lost or won.
fn ratio(percent: i64, decimals: u8) -> String {
    let decimals = u32::from(decimals) + 2;
    let unit = 10_i64.pow(decimals);
    format!("{}.{:0width$}", percent / unit, percent % unit, width = decimals as usize)
}

/// Series that are written one after the other, each below its family.
#[derive(Default)]
struct Series {
    text: String,
    family: &'static str,
}

impl Series {
    fn family(&mut self, name: &'static str, help: &str) {
        self.family = name;
        self.line(format_args!("# TYPE {name} gauge\n# HELP {name} {help}"));
    }

    /// A family whose values have a unit, which its name ends with.
    fn family_in(&mut self, name: &'static str, unit: &str, help: &str) {
        self.family = name;
        self.line(format_args!("# TYPE {name} gauge\n# UNIT {name} {unit}\n# HELP {name} {help}"));
    }

    fn put(&mut self, labels: &[(&'static str, &str)], value: &str) {
        let labels: Vec<String> =
            labels.iter().map(|(name, it)| format!("{name}=\"{}\"", escaped(it))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let family = self.family;
        self.line(format_args!("{family}{labels} {value}"));
    }

    fn finish(mut self) -> String {
        self.line(format_args!("# EOF"));
        self.text
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        writeln!(self.text, "{line}").expect("a String takes everything");
    }
}

/// The value of a label, as it stands between quotes.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_has_the_digits_of_the_percentage() {
        for (percent, decimals, expected) in [
            (10_000, 2, "1.0000"),
            (9_981, 2, "0.9981"),
            (0, 2, "0.0000"),
            (99, 0, "0.99"),
            (1_000_000, 4, "1.000000"),
        ] {
            assert_eq!(ratio(percent, decimals), expected);
        }
    }

    #[test]
    fn a_label_can_hold_any_text() {
        let mut series = Series::default();
        series.family("a", "Help.");
        series.put(&[("name", "a \"b\" \\ c\nd"), ("other", "")], "1");
        series.put(&[], "2");
        let expected =
            "# TYPE a gauge\n# HELP a Help.\na{name=\"a \\\"b\\\" \\\\ c\\nd\",other=\"\"} 1\na 2\n# EOF\n";
        assert_eq!(series.finish(), expected);
    }
}
