//! What the name of an update's file says: `TIME[-STATUS|-update][-words].md`.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::diag::{Code, Diagnostic};
use crate::load::names::{beside, git_mv};
use crate::load::nearest;
use crate::load::reading::Reading;
use crate::load::shelf::wrong_ending;
use crate::load::time::{at_offset, digits};
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

/// Reads the name of a file below updates/, of an incident that may have these statuses.
pub(super) fn read(file: &Arc<SourceFile>, statuses: &[Status], reading: &mut Reading) -> UpdateName {
    let name = file.name();
    let Some(stem) = name.strip_suffix(".md") else {
        reading.say(wrong_ending(file, "md"));
        return UpdateName::default();
    };
    let (time, rest) = split_time(stem);
    let at = instant(time).or_else(|| reading.refuse(bad_time(file, time, rest, reading)));
    let word = rest.strip_prefix('-').map(|it| it.split('-').next().unwrap_or(it));
    let status = match word {
        None | Some("update") => None,
        Some(word) => status(word, statuses).or_else(|| {
            // A name without a time is wrong as a whole: its first word is no status that was misspelt.
            match at {
                Some(_) => reading.refuse(bad_status(file, (time, rest, word), statuses)),
                None => None,
            }
        }),
    };
    UpdateName { at, status }
}

fn status(word: &str, statuses: &[Status]) -> Option<Status> {
    statuses.iter().copied().find(|it| it.word() == word)
}

/// The time at the beginning of a name and what follows it. The offset may begin with a dash.
fn split_time(stem: &str) -> (&str, &str) {
    let clock = stem.find(|it: char| !(it.is_ascii_digit() || it == 'T')).unwrap_or(stem.len());
    let rest = &stem[clock..];
    let is_offset = |it: &str| it.len() == 5 && it[1..].bytes().all(|it| it.is_ascii_digit());
    let offset = match rest.as_bytes().first() {
        Some(b'Z') => 1,
        Some(b'+' | b'-') if rest.get(..5).is_some_and(is_offset) => 5,
        _ => 0,
    };
    stem.split_at(clock + offset)
}

/// `20200710T1048Z`, with seconds or an offset as it may be.
fn instant(time: &str) -> Option<Timestamp> {
    let clock = time.find(|it: char| !(it.is_ascii_digit() || it == 'T'))?;
    at_offset(local(&time[..clock])?, &time[clock..]).ok()
}

fn local(clock: &str) -> Option<DateTime> {
    if !matches!(clock.len(), 13 | 15) || clock.as_bytes()[8] != b'T' {
        return None;
    }
    let pair = |from: usize| digits::<i8>(clock.get(from..from + 2));
    let second = if clock.len() == 15 { pair(13)? } else { 0 };
    DateTime::new(digits(clock.get(..4))?, pair(4)?, pair(6)?, pair(9)?, pair(11)?, second, 0).ok()
}

fn bad_time(file: &Arc<SourceFile>, time: &str, rest: &str, reading: &Reading) -> Diagnostic {
    let mend = |with: &str| git_mv(&file.path, &beside(&file.path, &format!("{with}{rest}.md")));
    if let Some(local) = local(time) {
        let message = format!("the time `{time}` in the name does not say its offset from UTC");
        let utc = mend(&format!("{time}Z"));
        let help = match reading.zone.to_ambiguous_zoned(local).compatible() {
            Ok(zoned) if reading.zone.iana_name().is_some_and(|it| it != "UTC") => {
                let offset = zoned.strftime("%z").to_string();
                let name = reading.zone.iana_name().unwrap_or_default();
                format!(
                    "`{utc}` if it is UTC, or `{}` if it is the time in {name}",
                    mend(&format!("{time}{offset}"))
                )
            }
            _ => utc,
        };
        return Diagnostic::new(Code::InvalidTime, Place::file(file), message).help(help);
    }
    let message = format!("the name `{}` does not begin with a time", file.name());
    let dense = format!("{time}{rest}").replacen('-', "", 2).replace(':', "");
    let help = match instant(split_time(&dense).0) {
        Some(_) => git_mv(&file.path, &beside(&file.path, &format!("{dense}.md"))),
        None => {
            let mended = beside(&file.path, "YYYYMMDDTHHMMZ-update.md");
            format!("{} with the time in UTC", git_mv(&file.path, &mended))
        }
    };
    Diagnostic::new(Code::InvalidName, Place::file(file), message).help(help)
}

fn bad_status(file: &Arc<SourceFile>, name: (&str, &str, &str), statuses: &[Status]) -> Diagnostic {
    let (time, rest, word) = name;
    let known: Vec<&str> = statuses.iter().map(|it| it.word()).chain(["update"]).collect();
    let message = format!("`{word}` in the name is no status that this can have");
    let mut others = Status::OF_INCIDENT.iter().chain(&Status::OF_MAINTENANCE);
    let code = if others.any(|it| it.word() == word) { Code::WrongKind } else { Code::UnknownStatus };
    let after = &rest[1 + word.len()..];
    let mended = match nearest::nearest(word, &known) {
        Some(nearest) => format!("{time}-{nearest}{after}.md"),
        None => format!("{time}-update{rest}.md"),
    };
    let help = format!("{} (known: {})", git_mv(&file.path, &beside(&file.path, &mended)), known.join(", "));
    Diagnostic::new(code, Place::file(file), message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing::told;
    use crate::source::Content;
    use jiff::tz::TimeZone;

    #[track_caller]
    fn check(name: &str, at: Option<&str>, status: Option<Status>, expected: &[&str]) {
        let content = Content::Bytes(Vec::new());
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
               git mv updates/20200710T1048Z-identifed-amara.md updates/20200710T1048Z-identified-amara.md \
               (known: investigating, identified, monitoring, resolved, update)"],
        );
        check(
            "20200710T1048Z-amara.md",
            Some("2020-07-10T10:48:00Z"),
            None,
            &["unknown-status `amara` in the name is no status that this can have | \
               git mv updates/20200710T1048Z-amara.md updates/20200710T1048Z-update-amara.md \
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
               `git mv updates/20200710T1048-update.md updates/20200710T1048Z-update.md` if it is UTC, or \
               `git mv updates/20200710T1048-update.md updates/20200710T1048+0200-update.md` if it is the time in Europe/Stockholm"],
        );
    }

    #[test]
    fn any_other_name_is_refused() {
        check(
            "notes.md",
            None,
            None,
            &["invalid-name the name `notes.md` does not begin with a time | \
               git mv updates/notes.md updates/YYYYMMDDTHHMMZ-update.md with the time in UTC"],
        );
        check(
            "2020-07-10T10:48Z-resolved-a.md",
            None,
            None,
            &["invalid-name the name `2020-07-10T10:48Z-resolved-a.md` does not begin with a time | \
               git mv 'updates/2020-07-10T10:48Z-resolved-a.md' updates/20200710T1048Z-resolved-a.md"],
        );
        check(
            "20200710T1048Z-resolved.txt",
            None,
            None,
            &["invalid-name the name of this file must end with `.md` | \
               git mv updates/20200710T1048Z-resolved.txt updates/20200710T1048Z-resolved.md"],
        );
        check(
            "20201310T1048Z.md",
            None,
            None,
            &["invalid-name the name `20201310T1048Z.md` does not begin with a time | \
               git mv updates/20201310T1048Z.md updates/YYYYMMDDTHHMMZ-update.md with the time in UTC"],
        );
    }
}
