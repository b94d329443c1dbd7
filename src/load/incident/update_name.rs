//! What the name of an update's file says: `TIME[-STATUS|-update][-words].md`.

use std::sync::Arc;

use jiff::Timestamp;

use super::written_time::WrittenTime;
use crate::diag::{Code, Diagnostic};
use crate::load::ending;
use crate::load::nearest;
use crate::load::reading::Reading;
use crate::load::time::readings;
use crate::model::Status;
use crate::source::{Place, SourceFile};

/// What a name says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct UpdateName {
    /// When; none where that cannot be read.
    pub(super) at: Option<Timestamp>,
    /// The status; none in a plain update.
    pub(super) status: Option<Status>,
}

/// Reads the name of a file below updates/, of an incident that may have these statuses. What is clear from a
/// name in another form is given all the same: the update it names still reaches readers.
pub(super) fn read(file: &Arc<SourceFile>, statuses: &[Status], reading: &mut Reading) -> UpdateName {
    if !file.name().ends_with(".md") {
        let fault = not_markdown(file, reading);
        reading.say(fault);
        if !ending::may_be_markdown(file.name()) {
            return UpdateName::default();
        }
    }
    let stem = ending::stem(file.name());
    let Some(time) = WrittenTime::read(stem).filter(|it| it.offset.is_empty() || it.instant().is_some())
    else {
        reading.say(without_time(file));
        return UpdateName::default();
    };
    let tail = Tail::read(time.rest, statuses);
    if let Some(fault) = fault(file, &time, &tail, reading) {
        reading.say(fault);
    }
    UpdateName { at: time.instant(), status: tail.status }
}

/// What is wrong with a file below updates/ that does not end with `.md`.
pub(super) fn not_markdown(file: &Arc<SourceFile>, reading: &mut Reading) -> Diagnostic {
    match file.name().rsplit_once('.') {
        Some((_, ending @ ("yaml" | "yml" | "json"))) => {
            let message = format!("an update is Markdown, and this is a .{ending} file");
            Diagnostic::new(Code::InvalidName, Place::file(file), message)
                .help("write its keys between two lines `---` and its text below, in a .md file")
        }
        _ => {
            let message = "the name of this file must end with `.md`";
            let mended = reading.suggest_name(&file.path, ending::stem(file.name()), ".md");
            Diagnostic::new(Code::InvalidName, Place::file(file), message).help(mended)
        }
    }
}

fn without_time(file: &Arc<SourceFile>) -> Diagnostic {
    let message = format!("the name `{}` does not begin with a time", file.name());
    let stem = file.name().strip_suffix(".md").unwrap_or(file.name());
    let words = stem.trim_start_matches(|it: char| !it.is_alphabetic());
    let day = stem.get(..10).filter(|_| stem.len() - words.len() == 11).map(|it| it.replace('-', ""));
    let day = day.filter(|it| it.len() == 8).unwrap_or_else(|| "20200710".to_owned());
    let mut statuses = Status::OF_INCIDENT.iter().chain(&Status::OF_MAINTENANCE).map(|it| it.word());
    let status = statuses.find(|it| words.contains(it)).unwrap_or("update");
    let help =
        format!("begin it with the day and the time in UTC, as in `{day}T1048Z-{status}.md` for 10:48");
    Diagnostic::new(Code::InvalidName, Place::file(file), message).help(help)
}

/// What follows the time in a name.
struct Tail<'a> {
    /// The status it says.
    status: Option<Status>,
    /// As it should be written.
    proper: String,
    /// The first word, where that is none that may stand there.
    unknown: Option<&'a str>,
    /// The words that may stand there.
    known: Vec<&'static str>,
}

impl<'a> Tail<'a> {
    fn read(rest: &'a str, statuses: &[Status]) -> Self {
        let known = statuses.iter().map(|it| it.word()).chain(["update"]).collect();
        let mut tail = Tail { status: None, proper: String::new(), unknown: None, known };
        let words = rest.trim_start_matches(is_between);
        if words.is_empty() {
            return tail;
        }
        let behind =
            |word: &str| words.strip_prefix(word).filter(|it| !it.starts_with(char::is_alphanumeric));
        let found = tail.known.iter().find_map(|word| Some((*word, behind(word)?)));
        match found {
            Some((word, behind)) => {
                tail.status = statuses.iter().copied().find(|it| it.word() == word);
                tail.proper = format!("-{word}{}", dashed(behind));
            }
            None => tail.take_unknown(words),
        }
        tail
    }

    /// The nearest word stands in for the first one, or `update` before it where none is near.
    fn take_unknown(&mut self, words: &'a str) {
        let end = words.find(|it: char| is_between(it) && it != '_').unwrap_or(words.len());
        let (word, behind) = words.split_at(end);
        self.unknown = Some(word);
        self.proper = match nearest::nearest(word, &self.known) {
            Some(nearest) => format!("-{nearest}{}", dashed(behind)),
            None => format!("-update-{words}"),
        };
    }
}

fn is_between(sign: char) -> bool {
    !sign.is_alphanumeric()
}

/// The words behind the first one, told apart from it by a dash.
fn dashed(behind: &str) -> String {
    match behind.trim_start_matches(is_between) {
        _ if behind.starts_with('-') => behind.to_owned(),
        "" => String::new(),
        words => format!("-{words}"),
    }
}

/// What is wrong with a name that says a time.
fn fault(
    file: &Arc<SourceFile>,
    time: &WrittenTime<'_>,
    tail: &Tail<'_>,
    reading: &mut Reading,
) -> Option<Diagnostic> {
    let is_proper = time.written == time.proper() && tail.unknown.is_none() && time.rest == tail.proper;
    if is_proper && !time.offset.is_empty() {
        return None;
    }
    let stem = |time: &str| format!("{time}{}", tail.proper);
    let (code, message, help) = if time.offset.is_empty() {
        let message = format!("the time `{}` in the name does not say its offset from UTC", time.written);
        let zone = reading.zone.clone();
        let mend = |offset: &str| {
            let time = format!("{}{}", time.clock, offset.replace(':', ""));
            reading.suggest_name(&file.path, &stem(&time), ".md")
        };
        (Code::InvalidTime, message, readings(time.local, &zone, mend))
    } else if time.written != time.proper() {
        let message = format!("the time `{}` in the name must be written `{}`", time.written, time.proper());
        (Code::InvalidName, message, reading.suggest_name(&file.path, &stem(&time.proper()), ".md"))
    } else if let Some(word) = tail.unknown {
        let known = Status::OF_INCIDENT.iter().chain(&Status::OF_MAINTENANCE);
        let is_others = known.into_iter().any(|it| it.word() == word);
        let code = if is_others { Code::WrongKind } else { Code::UnknownStatus };
        let message = format!("`{word}` in the name is no status that this can have");
        let mended = reading.suggest_name(&file.path, &stem(&time.proper()), ".md");
        (code, message, format!("{mended} (known: {})", tail.known.join(", ")))
    } else {
        let message = match tail.proper.as_str() {
            "" => format!("nothing stands behind `{}` in the name", time.rest),
            proper => format!("`{}` in the name must be written `{proper}`", time.rest),
        };
        (Code::InvalidName, message, reading.suggest_name(&file.path, &stem(&time.proper()), ".md"))
    };
    Some(Diagnostic::new(code, Place::file(file), message).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::names::move_command;
    use crate::load::testing::told;
    use crate::source::Content;
    use jiff::tz::TimeZone;

    #[track_caller]
    fn check(name: &str, at: Option<&str>, status: Option<Status>, expected: &[&str]) {
        let content = Content::of(Vec::new());
        let file = Arc::new(SourceFile { path: format!("updates/{name}"), content });
        let mut reading = Reading::new(TimeZone::get("Europe/Stockholm").unwrap());
        let found = read(&file, &Status::OF_INCIDENT, &mut reading);
        let said: Vec<String> = reading.into_said().iter().map(told).collect();
        assert_eq!(found.at.map(|it| it.to_string()).as_deref(), at);
        assert_eq!(found.status, status);
        assert_eq!(said, expected);
    }

    #[test]
    fn a_name_says_time_and_status() {
        let at = Some("2020-07-10T10:48:00Z");
        check("20200710T1048Z.md", at, None, &[]);
        check("20200710T1048Z-update-amara.md", at, None, &[]);
        check("20200710T1048Z-resolved.md", at, Some(Status::Resolved), &[]);
        check("20200710T124800+0200-identified-a-b.md", at, Some(Status::Identified), &[]);
        check("20200710T0548-0500-monitoring.md", at, Some(Status::Monitoring), &[]);
        check("20200710T0548-0500.md", at, None, &[]);
    }

    #[test]
    fn a_misspelt_status_is_mended_and_the_time_is_kept() {
        check(
            "20200710T1048Z-identifed-amara.md",
            Some("2020-07-10T10:48:00Z"),
            None,
            &["unknown-status `identifed` in the name is no status that this can have | \
               mv updates/20200710T1048Z-identifed-amara.md updates/20200710T1048Z-identified-amara.md \
               (known: investigating, identified, monitoring, resolved, update)"],
        );
        check(
            "20200710T1048Z-amara.md",
            Some("2020-07-10T10:48:00Z"),
            None,
            &["unknown-status `amara` in the name is no status that this can have | \
               mv updates/20200710T1048Z-amara.md updates/20200710T1048Z-update-amara.md \
               (known: investigating, identified, monitoring, resolved, update)"],
        );
    }

    #[test]
    fn a_time_without_an_offset_is_printed_in_both_readings() {
        check(
            "20200710T1048-update.md",
            None,
            None,
            &["invalid-time the time `20200710T1048` in the name does not say its offset from UTC | \
               `mv updates/20200710T1048-update.md updates/20200710T1048Z-update.md` if it is UTC, or \
               `mv updates/20200710T1048-update.md updates/20200710T1048+0200-update.md` if it is the time in Europe/Stockholm"],
        );
    }

    #[test]
    fn any_other_name_is_refused() {
        check(
            "notes.md",
            None,
            None,
            &["invalid-name the name `notes.md` does not begin with a time | \
               begin it with the day and the time in UTC, as in `20200710T1048Z-update.md` for 10:48"],
        );
        check(
            "2020-07-10T10:48Z-resolved-a.md",
            Some("2020-07-10T10:48:00Z"),
            Some(Status::Resolved),
            &["invalid-name the time `2020-07-10T10:48Z` in the name must be written `20200710T1048Z` | \
               mv 'updates/2020-07-10T10:48Z-resolved-a.md' updates/20200710T1048Z-resolved-a.md"],
        );
        check(
            "20200710T1048Z-resolved.md.txt",
            Some("2020-07-10T10:48:00Z"),
            Some(Status::Resolved),
            &["invalid-name the name of this file must end with `.md` | \
               mv updates/20200710T1048Z-resolved.md.txt updates/20200710T1048Z-resolved.md"],
        );
        check(
            "20201310T1048Z.md",
            None,
            None,
            &["invalid-name the name `20201310T1048Z.md` does not begin with a time | \
               begin it with the day and the time in UTC, as in `20200710T1048Z-update.md` for 10:48"],
        );
    }

    /// That a name is refused, and as what it is offered; it says all the same what it says.
    #[track_caller]
    fn mends(name: &str, mended: &str, status: Option<Status>) {
        let content = Content::of(Vec::new());
        let file = Arc::new(SourceFile { path: format!("updates/{name}"), content });
        let mut reading = Reading::new(TimeZone::UTC);
        let found = read(&file, &Status::OF_INCIDENT, &mut reading);
        assert_eq!(found.at.map(|it| it.to_string()).as_deref(), Some("2020-07-10T10:48:00Z"), "{name}");
        assert_eq!(found.status, status, "{name}");
        let said = reading.into_said();
        let [fault] = said.as_slice() else { panic!("{name}: {said:?}") };
        let expected = move_command(&file.path, &format!("updates/{mended}"));
        let help = fault.help.as_deref().unwrap_or_default();
        assert!(help.starts_with(&expected), "{name}: {help}");
    }

    #[test]
    fn a_status_behind_another_sign_than_a_dash_is_not_lost() {
        let resolved = Some(Status::Resolved);
        for sign in ["_", "", " ", ".", " - ", "--"] {
            mends(&format!("20200710T1048Z{sign}resolved.md"), "20200710T1048Z-resolved.md", resolved);
        }
        mends("20200710T1048Z_resolved_by ana.md", "20200710T1048Z-resolved-by ana.md", resolved);
        mends("20200710T1048Z-resolved_ana.md", "20200710T1048Z-resolved-ana.md", resolved);
        mends("20200710T1048Z_reslved.md", "20200710T1048Z-resolved.md", None);
        mends("20200710T1048Z_ana.md", "20200710T1048Z-update-ana.md", None);
        mends("20200710T1048Z-.md", "20200710T1048Z.md", None);
    }

    #[test]
    fn a_time_in_another_form_keeps_its_status() {
        let found = Some(Status::Investigating);
        for time in ["20200710T1048z", "20200710-1048Z", "20200710T1148+01:00", "2020-07-10 10:48Z"] {
            let proper = if time.contains('+') { "20200710T1148+0100" } else { "20200710T1048Z" };
            mends(&format!("{time}-investigating.md"), &format!("{proper}-investigating.md"), found);
        }
    }

    #[test]
    fn keys_alone_are_no_update() {
        check(
            "20200710T1048Z-resolved.yaml",
            None,
            None,
            &["invalid-name an update is Markdown, and this is a .yaml file | \
               write its keys between two lines `---` and its text below, in a .md file"],
        );
    }

    proptest::proptest! {
        #[test]
        fn whatever_follows_the_digits_is_read(behind in "[0-9TZz:+\\-_. é日\u{301}a-z]{0,12}", digits in 0_usize..14) {
            let name = format!("{}{behind}.md", &"20200710T1048Z"[..digits]);
            let file = Arc::new(SourceFile { path: format!("updates/{name}"), content: Content::of(Vec::new()) });
            let mut reading = Reading::new(TimeZone::UTC);
            let found = read(&file, &Status::OF_INCIDENT, &mut reading);
            let said = reading.into_said();
            // A name without a fault says a time, and a fault says what to do.
            proptest::prop_assert!(found.at.is_some() || !said.is_empty());
            proptest::prop_assert!(said.iter().all(|it| it.help.is_some()));
        }
    }
}
