//! Numbers and percentages.

use super::Words;
use crate::timeline::Uptime;

/// A percentage for machines: "99.93", "100", "<0.01"; none where nothing was counted. `decimals` are
/// those that the uptime was counted with.
pub fn plain_percent(uptime: &Uptime, decimals: u8) -> Option<String> {
    percent(uptime, decimals, &Marks { decimal: ".", below: "<{number}" })
}

impl Words {
    /// "99.93%", "100%", "<0.01%"; "No data" where nothing was counted.
    pub fn percent(&self, uptime: &Uptime, decimals: u8) -> String {
        let marks = Marks { decimal: self.text("number.decimal_mark"), below: self.text("number.below") };
        match percent(uptime, decimals, &marks) {
            Some(number) => self.fill("number.percent", &[("number", &number)]),
            None => self.text("uptime.no_data").to_owned(),
        }
    }

    /// "12,345".
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        if digits.len() < self.text("number.thousands_from").len() {
            return digits;
        }
        let mut out = String::with_capacity(digits.len() * 2);
        for (index, digit) in digits.chars().enumerate() {
            if 0 < index && (digits.len() - index).is_multiple_of(3) {
                out.push_str(self.text("number.thousands_mark"));
            }
            out.push(digit);
        }
        out
    }
}

/// How a language writes a number.
struct Marks<'a> {
    decimal: &'a str,
    below: &'a str,
}

fn percent(uptime: &Uptime, decimals: u8, marks: &Marks<'_>) -> Option<String> {
    let percent = uptime.percent?;
    let unit = 10_i64.pow(u32::from(decimals));
    let number = |it: i64| match decimals {
        0 => it.to_string(),
        _ => format!("{}{}{:0width$}", it / unit, marks.decimal, it % unit, width = usize::from(decimals)),
    };
    if uptime.below_smallest {
        Some(super::fill(marks.below, &[("number", &number(1))]))
    } else if percent == 100 * unit {
        Some("100".to_owned())
    } else {
        Some(number(percent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(percent: Option<i64>, below_smallest: bool, decimals: u8, expected: Option<&str>) {
        let uptime = Uptime { percent, below_smallest, ..Uptime::default() };
        assert_eq!(plain_percent(&uptime, decimals).as_deref(), expected);
    }

    #[test]
    fn percentages_keep_their_decimals_but_for_all_of_it() {
        check(Some(9_993), false, 2, Some("99.93"));
        check(Some(9_900), false, 2, Some("99.00"));
        check(Some(10_000), false, 2, Some("100"));
        check(Some(0), false, 2, Some("0.00"));
        check(Some(5), false, 2, Some("0.05"));
        check(Some(0), true, 2, Some("<0.01"));
        check(Some(0), true, 0, Some("<1"));
        check(Some(99), false, 0, Some("99"));
        check(Some(999_999), false, 4, Some("99.9999"));
        check(None, false, 2, None);
    }

    #[test]
    fn people_read_a_sign_or_words() {
        let words = Words::english();
        let uptime = Uptime { percent: Some(9_993), ..Uptime::default() };
        assert_eq!(words.percent(&uptime, 2), "99.93%");
        assert_eq!(words.percent(&Uptime::default(), 2), "No data");
    }

    #[test]
    fn thousands_are_set_apart() {
        let words = Words::english();
        assert_eq!([0, 999, 1_000, 1_234_567].map(|it| words.number(it)), ["0", "999", "1,000", "1,234,567"]);
    }
}
