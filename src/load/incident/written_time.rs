//! The time at the beginning of a file's name, in whatever form people write it.

use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::load::time::at_offset;

/// A time in a name and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WrittenTime<'a> {
    /// What clocks show.
    pub(super) local: DateTime,
    /// The same as a name has it: `20200710T1048`, with seconds if they are written.
    pub(super) clock: String,
    /// `Z` or `+0200`; empty where none is written.
    pub(super) offset: String,
    /// The time as it was written, with its offset.
    pub(super) written: &'a str,
    /// What follows it.
    pub(super) rest: &'a str,
}

impl<'a> WrittenTime<'a> {
    /// Reads the beginning of `stem`; none where it is no time in any form.
    pub(super) fn read(stem: &'a str) -> Option<Self> {
        let mut left = Left(stem);
        let year = left.digits(4)?;
        left.pass("-_.");
        let month = left.digits(2)?;
        left.pass("-_.");
        let day = left.digits(2)?;
        while left.pass("Tt_- ") {}
        let hour = left.digits(2)?;
        left.pass(":.");
        let minute = left.digits(2)?;
        let mut seconds = Left(left.0);
        seconds.pass(":.");
        let second = seconds.digits(2);
        if second.is_some() {
            left = seconds;
        }
        let offset = left.offset();
        let number = |it: &str| it.parse::<i8>().ok();
        let at_second = second.map_or(Some(0), number)?;
        let (month_number, day_number) = (number(month)?, number(day)?);
        let local = DateTime::new(
            year.parse().ok()?,
            month_number,
            day_number,
            number(hour)?,
            number(minute)?,
            at_second,
            0,
        );
        Some(WrittenTime {
            local: local.ok()?,
            clock: format!("{year}{month}{day}T{hour}{minute}{}", second.unwrap_or_default()),
            offset,
            written: &stem[..stem.len() - left.0.len()],
            rest: left.0,
        })
    }

    /// The instant; none without an offset, or with one that no place has.
    pub(super) fn instant(&self) -> Option<Timestamp> {
        at_offset(self.local, &self.offset).ok()
    }

    /// The time as a name should have it.
    pub(super) fn proper(&self) -> String {
        format!("{}{}", self.clock, self.offset)
    }
}

/// What is still to be read.
struct Left<'a>(&'a str);

impl<'a> Left<'a> {
    /// The next `count` digits, if there are so many.
    fn digits(&mut self, count: usize) -> Option<&'a str> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let all = digits.bytes().all(|it| it.is_ascii_digit());
        all.then(|| self.0 = rest).map(|()| digits)
    }

    /// Passes one sign, if it is one of these.
    fn pass(&mut self, signs: &'static str) -> bool {
        let rest = self.0.strip_prefix(|it| signs.contains(it));
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// An offset in its proper form: hours alone are read behind a plus, since a dash may begin a word.
    fn offset(&mut self) -> String {
        if self.pass("Zz") {
            return "Z".to_owned();
        }
        let mut left = Left(self.0);
        let sign = if left.0.starts_with('+') { "+" } else { "-" };
        if !left.pass("+-") {
            return String::new();
        }
        let Some(hours) = left.digits(2) else { return String::new() };
        let with_colon = left.pass(":");
        let minutes = match left.digits(2) {
            Some(minutes) => minutes,
            None if sign == "+" && !with_colon => "00",
            None => return String::new(),
        };
        if left.0.starts_with(|it: char| it.is_ascii_digit()) {
            return String::new();
        }
        self.0 = left.0;
        format!("{sign}{hours}{minutes}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stem: &str, expected: Option<(&str, &str)>) {
        let found = WrittenTime::read(stem);
        let told = found.as_ref().map(|it| (it.proper(), it.rest));
        assert_eq!(told.as_ref().map(|(time, rest)| (time.as_str(), *rest)), expected, "{stem}");
    }

    #[test]
    fn the_proper_form_is_read() {
        check("20200710T1048Z", Some(("20200710T1048Z", "")));
        check("20200710T124800+0200-a", Some(("20200710T124800+0200", "-a")));
        check("20200710T0548-0500-a", Some(("20200710T0548-0500", "-a")));
    }

    #[test]
    fn other_forms_are_brought_into_it() {
        for stem in ["2020-07-10T10:48Z", "20200710-1048z", "2020-07-10 10.48Z", "20200710 - 1048Z"] {
            check(stem, Some(("20200710T1048Z", "")));
        }
        check("20200710T1048+02:00-a", Some(("20200710T1048+0200", "-a")));
        check("20200710T1048+02-a", Some(("20200710T1048+0200", "-a")));
        check("20200710T1048_resolved", Some(("20200710T1048", "_resolved")));
        check("20200710T1048-2020a", Some(("20200710T1048-2020", "a")));
        check("20200710T1308é", Some(("20200710T1308", "é")));
        check("20200710T1308+é", Some(("20200710T1308", "+é")));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for stem in ["", "notes", "2020-07-10-login", "20201310T1048Z", "20200710T1060Z", "2020é710T1048Z"] {
            check(stem, None);
        }
    }
}
