//! The form in which updates stand below headings of one Markdown document.

use std::ops::Range;
use std::sync::Arc;

use super::forms::{LIMIT, keys, too_many};
use super::head::Sort;
use super::update::{Around, Origin, UpdateRead, anchor, bare, find_status};
use crate::diag::{Code, Diagnostic};
use crate::load::document::Document;
use crate::load::reading::Reading;
use crate::load::time::{ExactTime, Fault, explain, instant};
use crate::load::{opening, yaml};
use crate::markdown::{self, Lack, Outline, Section};
use crate::model::{Status, Withheld};
use crate::source::{Place, SourceFile};

/// The text of a Markdown document before its first update, and the updates under its headings, unless
/// there are too many.
pub(super) fn headings(
    document: &Document<'_>,
    around: Around<'_>,
    reading: &mut Reading,
) -> (Range<usize>, Option<Vec<UpdateRead>>) {
    let start = document.body.start;
    let shift = |range: &Range<usize>| start + range.start..start + range.end;
    let parts = markdown::sections(&document.text[document.body.clone()]);
    if LIMIT < parts.sections.len() {
        reading.say(too_many(Place::file(document.file)));
        return (shift(&parts.lead), None);
    }
    for miss in &parts.near_misses {
        reading.say(near_miss(miss.lacks, Place::bytes(document.file, shift(&miss.range))));
    }
    let numbered = parts.sections.iter().enumerate();
    let mut updates = Vec::with_capacity(parts.sections.len());
    for (index, part) in numbered {
        let part = Section {
            heading: shift(&part.heading),
            status: part.status.as_ref().map(&shift),
            body: shift(&part.body),
        };
        // What nearly is an update or its keys may be what keeps this text from the public.
        let is_clear = !parts.near_misses.iter().any(|it| part.holds(&shift(&it.range)));
        match section(document, index, &part, around, reading).filter(|_| is_clear) {
            Some(read) => updates.push(read),
            None => reading.withhold(withheld(document, &part)),
        }
    }
    let lead_is_clear = parts.near_misses.iter().all(|it| parts.lead.end <= it.range.start);
    (shift(&parts.lead), Some(updates).filter(|_| lead_is_clear))
}

fn withheld(document: &Document<'_>, part: &Section) -> Withheld {
    let (time, _) = split_time(document.text[part.heading.clone()].trim());
    let place = Place::bytes(document.file, part.heading.clone());
    Withheld::Update { place, times: instant(time).into_iter().collect() }
}

fn section(
    document: &Document<'_>,
    index: usize,
    part: &Section,
    around: Around<'_>,
    reading: &mut Reading,
) -> Option<UpdateRead> {
    let Document { file, text, .. } = document;
    let origin = heading(file, part.heading.clone(), text, around.sort, reading)?;
    let origin = Origin { name: format!("{index:05}"), ..origin };
    if part.status.is_none() && text[part.body.clone()].trim().is_empty() {
        let place = Place::bytes(file, part.heading.clone());
        let diagnostic = Diagnostic::new(Code::EmptyUpdate, place, "the update is empty");
        return reading.refuse(diagnostic.help("write its text below the heading"));
    }
    if let Some(fault) = opening::find(file, &text[..part.body.end], part.body.start) {
        return reading.refuse(fault);
    }
    let mut read = match &part.status {
        Some(status) => {
            keys(origin, &yaml::parse(file, status.clone(), text, reading)?.root(), around, reading)
        }
        None => bare(origin),
    }?;
    let place = Place::bytes(file, part.body.clone());
    read.update.body =
        markdown::prose(&text[part.body.clone()], &place, Outline::Entry, &anchor(&read.update));
    Some(read)
}

/// What a heading says: `TIME [STATUS]`.
fn heading(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    text: &str,
    sort: Sort,
    reading: &mut Reading,
) -> Option<Origin> {
    let words = text[range.clone()].trim();
    let place = Place::bytes(file, range);
    let (time, behind) = split_time(words);
    let at = match ExactTime::read(time) {
        Ok(at) => at,
        Err(fault) => {
            let (message, help) = explain(&fault, time, "a heading", &reading.zone);
            return reading.refuse(Diagnostic::new(Code::InvalidTime, place, message).help(help));
        }
    };
    let status = match behind {
        "" | "update" => None,
        word if !word.contains(' ') => find_status(word, sort)
            .map_err(|(code, message, help)| {
                let diagnostic = Diagnostic::new(code, place.clone(), message);
                reading.say(match help {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic,
                });
            })
            .ok(),
        words => {
            let (status, diagnostic) = too_many_words(time, words, sort, place.clone());
            reading.say(diagnostic);
            status
        }
    };
    Some(Origin { place, name: String::new(), at: Some(at), status })
}

/// The time at the beginning of a heading, which may hold spaces, and the words behind it.
fn split_time(words: &str) -> (&str, &str) {
    let cuts = words.rmatch_indices(' ').map(|(at, _)| at);
    let is_time = |at: &usize| instant(words[..*at].trim_end()) != Err(Fault::Unreadable);
    let found = std::iter::once(words.len()).chain(cuts).find(is_time);
    let starts_word = |it: &str| it.starts_with(|it: char| it.is_ascii_lowercase());
    let before_word = || words.match_indices(' ').map(|(at, _)| at).find(|at| starts_word(&words[at + 1..]));
    let cut = found.or_else(before_word).unwrap_or(words.len());
    // A zone in letters, as in `10:00 UTC`, was meant as part of the time.
    let zone = words[cut..].trim_start().split(' ').next().unwrap_or_default();
    let is_zone = !zone.is_empty() && zone.bytes().all(|it| it.is_ascii_uppercase());
    let cut = if is_zone { words.len() - words[cut..].trim_start().len() + zone.len() } else { cut };
    let (time, behind) = words.split_at(cut);
    (time.trim_end(), behind.trim())
}

/// That only one word can follow the time, and the status among those that do.
fn too_many_words(time: &str, words: &str, sort: Sort, place: Place) -> (Option<Status>, Diagnostic) {
    let status = words.split(' ').find_map(|it| find_status(it, sort).ok());
    let word = status.map_or("update", Status::word);
    let message = format!("only a status can follow the time in a heading, and this is `{words}`");
    let diagnostic = Diagnostic::new(Code::UnknownStatus, place, message);
    let is_rest = words.split(' ').any(|it| it != word && it.contains(char::is_alphanumeric));
    let rest = if is_rest { ", and the rest into the text" } else { "" };
    (status, diagnostic.help(format!("write `## {time} {word}`{rest}")))
}

/// That something is text, and was most likely meant as an update or its keys.
fn near_miss(lacks: Lack, place: Place) -> Diagnostic {
    let (message, help) = match lacks {
        Lack::Level => ("a heading of this level is no update", "begin it with `## `"),
        Lack::Space => ("this line is text and no heading", "write a space behind `##`"),
        Lack::Mark => ("the keys of an update stand in a block marked `status`", "write `status` for `yaml`"),
        Lack::Heading => (
            "keys of an update stand directly below its heading, and this block does not",
            "move it up to below the line `## TIME STATUS`",
        ),
    };
    Diagnostic::new(Code::InvalidValue, place, message).help(help)
}
