//! Dates, times, numbers and lists of each built-in language, as `Intl` of a browser with the data of the
//! Unicode CLDR writes them. Where a page says it otherwise, the reason stands beside it.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use super::{Lists, Words};
use crate::timeline::Uptime;

fn words(tag: &str) -> Words {
    let words = Words::of_language(tag, &Lists::new());
    assert_eq!(words.value.language(), tag);
    words.value
}

/// The forms of one language, in the order of the fields of `said`.
#[derive(Debug, PartialEq)]
struct Said<'a> {
    date: &'a str,
    short: &'a str,
    month: &'a str,
    at: &'a str,
    range: &'a str,
    length: &'a str,
    percent: &'a str,
    numbers: [&'a str; 2],
    list: &'a str,
    first: Weekday,
    day: &'a str,
}

#[track_caller]
fn check(tag: &str, expected: &Said<'_>) {
    let words = words(tag);
    let date = Date::constant(2026, 3, 2);
    let time = |time: &str| time.parse().unwrap();
    let (from, to) = (time("2020-07-10T05:03Z"), time("2020-07-10T10:48Z"));
    let uptime = Uptime { percent: Some(9_993), ..Uptime::default() };
    let numbers = [1_234, 1_234_567].map(|it| words.number(it));
    let said = Said {
        date: &words.date(date),
        short: &words.short_date(date),
        month: &words.month(date),
        at: &words.date_time(to, &TimeZone::UTC),
        range: &words.range(from, Some(to), &TimeZone::UTC),
        length: &words.length(6_660),
        percent: &words.percent(&uptime, 2),
        numbers: [&numbers[0], &numbers[1]],
        list: &words.list(&["A", "B", "C"].map(str::to_owned)),
        first: words.first_weekday(),
        day: words.weekday(Weekday::Wednesday),
    };
    assert_eq!(said, *expected, "{tag}");
}

#[test]
fn german() {
    check(
        "de",
        &Said {
            date: "2. März 2026",
            short: "2. März",
            month: "März 2026",
            at: "10. Juli 2020, 10:48 UTC",
            range: "10. Juli 2020, 05:03–10:48 UTC",
            length: "1 Std. 51 Min.",
            percent: "99,93\u{a0}%",
            numbers: ["1.234", "1.234.567"],
            list: "A, B und C",
            first: Weekday::Monday,
            day: "Mittwoch",
        },
    );
}

#[test]
fn french() {
    check(
        "fr",
        &Said {
            date: "2 mars 2026",
            short: "2 mars",
            month: "mars 2026",
            at: "10 juillet 2020 à 10:48 UTC",
            range: "10 juillet 2020, 05:03 – 10:48 UTC",
            length: "1 h 51 min",
            percent: "99,93\u{202f}%",
            numbers: ["1\u{202f}234", "1\u{202f}234\u{202f}567"],
            list: "A, B et C",
            first: Weekday::Monday,
            day: "mercredi",
        },
    );
}

#[test]
fn spanish() {
    check(
        "es",
        &Said {
            date: "2 de marzo de 2026",
            short: "2 mar",
            month: "marzo de 2026",
            at: "10 de julio de 2020, 10:48 UTC",
            range: "10 de julio de 2020, 05:03–10:48 UTC",
            length: "1 h 51 min",
            percent: "99,93\u{a0}%",
            numbers: ["1234", "1.234.567"],
            list: "A, B y C",
            first: Weekday::Monday,
            day: "miércoles",
        },
    );
}

#[test]
fn swedish() {
    check(
        "sv",
        &Said {
            date: "2 mars 2026",
            short: "2 mars",
            month: "mars 2026",
            at: "10 juli 2020 kl. 10:48 UTC",
            range: "10 juli 2020 kl. 05:03–10:48 UTC",
            length: "1 tim 51 min",
            percent: "99,93\u{a0}%",
            numbers: ["1\u{a0}234", "1\u{a0}234\u{a0}567"],
            list: "A, B och C",
            first: Weekday::Monday,
            day: "onsdag",
        },
    );
}

#[test]
fn japanese() {
    check(
        "ja",
        &Said {
            date: "2026年3月2日",
            short: "3月2日",
            month: "2026年3月",
            at: "2020年7月10日 10:48 UTC",
            range: "2020年7月10日 05:03～10:48 UTC",
            // Without the space between a number and its unit, as in running text.
            length: "1時間51分",
            percent: "99.93%",
            numbers: ["1,234", "1,234,567"],
            list: "A、B、C",
            first: Weekday::Sunday,
            day: "水曜日",
        },
    );
}

#[test]
fn arabic() {
    check(
        "ar",
        &Said {
            date: "2 مارس 2026",
            short: "2 مارس",
            month: "مارس 2026",
            // With 24 hours, as the zone stands beside it, and the zone set apart.
            at: "10 يوليو 2020، 10:48 \u{2068}UTC\u{2069}",
            range: "10 يوليو 2020، 05:03 – 10:48 \u{2068}UTC\u{2069}",
            length: "1 س و51 د",
            percent: "99.93\u{200e}%\u{200e}",
            numbers: ["1,234", "1,234,567"],
            // With a comma between those that are not last, for names of several words.
            list: "\u{2068}A\u{2069}، \u{2068}B\u{2069} و\u{2068}C\u{2069}",
            first: Weekday::Saturday,
            day: "الأربعاء",
        },
    );
}

/// The words that `count` gives for each number.
#[track_caller]
fn check_counts(tag: &str, key: &str, expected: &[(u64, &str)]) {
    let words = words(tag);
    let said: Vec<(u64, String)> = expected.iter().map(|(n, _)| (*n, words.count(key, *n, &[]))).collect();
    let said: Vec<(u64, &str)> = said.iter().map(|(n, text)| (*n, text.as_str())).collect();
    assert_eq!(said, expected);
}

#[test]
fn each_number_has_the_form_of_its_language() {
    let days = "page.bars.without_data";
    check_counts("de", days, &[(0, "0 Tage ohne Daten"), (1, "1 Tag ohne Daten"), (2, "2 Tage ohne Daten")]);
    check_counts(
        "fr",
        days,
        &[(0, "0 jour sans données"), (1, "1 jour sans données"), (2, "2 jours sans données")],
    );
    check_counts("ja", days, &[(1, "データのない日が1日"), (2, "データのない日が2日")]);
    check_counts(
        "ar",
        days,
        &[
            (0, "0 يوم بلا بيانات"),
            (1, "يوم واحد بلا بيانات"),
            (2, "يومان بلا بيانات"),
            (3, "3 أيام بلا بيانات"),
            (11, "11 يومًا بلا بيانات"),
            (100, "100 يوم بلا بيانات"),
        ],
    );
}

#[test]
fn a_heading_begins_with_a_capital_and_a_sentence_does_not_change_it() {
    let july = Date::constant(2020, 7, 1);
    assert_eq!(words("fr").month_heading(july), "Juillet 2020");
    assert_eq!(words("es").month_alone(july), "Julio");
    assert_eq!(words("ja").month_alone(july), "7月");
}
