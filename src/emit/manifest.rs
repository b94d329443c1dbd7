//! The list of what we wrote: `.allclear` in the folder. Only what it names is ever removed.
//!
//! Its first line says the format, each further one a path or, behind a slash, which no path begins with, an incident
//! that the site shows: `/open 2020-07-10-login`, `/over 2020-06-09-database`. A line `/incidents` says that all of
//! them are listed; versions that knew of none wrote none.
//!
//! The list only grows while a site is written, so that a crash leaves nothing of ours unlisted; a last line cut short
//! names nothing.

use std::collections::BTreeSet;

use super::{ShownAs, ShownIncidents};

/// The name of the list in the folder.
pub(super) const NAME: &str = ".allclear";

const FORMAT: &str = "allclear 1";
const INCIDENTS: &str = "/incidents";
const OPEN: &str = "/open ";
const NOT_OPEN: &str = "/over ";

/// What a list says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The paths that we wrote.
    pub(super) paths: BTreeSet<String>,
    /// The incidents that the site shows; none where that is not known.
    pub(super) shown: Option<ShownIncidents>,
}

/// The whole list for these paths and incidents.
pub(super) fn whole<'a>(paths: impl Iterator<Item = &'a str>, shown: Option<&ShownIncidents>) -> Vec<u8> {
    format!("{FORMAT}\n{}{}", incidents(shown), lines(paths)).into_bytes()
}

/// What is added to a list for these paths and incidents. It begins on a line of its own, whatever a crash left.
pub(super) fn addition<'a>(paths: impl Iterator<Item = &'a str>, shown: Option<&ShownIncidents>) -> Vec<u8> {
    let shown = shown.map(entries).unwrap_or_default();
    format!("\n{shown}{}", lines(paths)).into_bytes()
}

/// What a list says; none where it is not one of ours.
pub(super) fn parse(text: &str) -> Option<Manifest> {
    let (format, rest) = text.split_once('\n')?;
    let whole_lines = rest.rsplit_once('\n').map_or("", |(lines, _)| lines);
    let mut manifest = Manifest::default();
    let mut shown = ShownIncidents::default();
    let mut is_known = false;
    for line in whole_lines.lines() {
        if let Some(id) = line.strip_prefix(OPEN) {
            shown.add(id, ShownAs::Open);
        } else if let Some(id) = line.strip_prefix(NOT_OPEN) {
            shown.add(id, ShownAs::NotOpen);
        } else if line == INCIDENTS {
            is_known = true;
        } else if super::tree::is_inside(line) {
            manifest.paths.insert(line.to_owned());
        }
    }
    manifest.shown = is_known.then_some(shown);
    (format == FORMAT).then_some(manifest)
}

fn incidents(shown: Option<&ShownIncidents>) -> String {
    shown.map(|it| format!("{INCIDENTS}\n{}", entries(it))).unwrap_or_default()
}

fn entries(shown: &ShownIncidents) -> String {
    let line = |(id, shown): (&str, ShownAs)| match shown {
        ShownAs::Open => format!("{OPEN}{id}\n"),
        ShownAs::NotOpen => format!("{NOT_OPEN}{id}\n"),
    };
    shown.iter().map(line).collect()
}

fn lines<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    paths.flat_map(|path| [path, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &[u8], paths: Option<&[&str]>) {
        let parsed = parse(std::str::from_utf8(text).unwrap()).map(|it| it.paths);
        let expected = paths.map(|it| it.iter().map(|path| (*path).to_owned()).collect());
        assert_eq!(parsed, expected);
    }

    fn shown(incidents: &[(&str, ShownAs)]) -> ShownIncidents {
        let mut shown = ShownIncidents::default();
        incidents.iter().for_each(|(id, how)| shown.add(id, *how));
        shown
    }

    #[track_caller]
    fn check_shown(text: &[u8], expected: Option<&[(&str, ShownAs)]>) {
        let parsed = parse(std::str::from_utf8(text).unwrap()).unwrap().shown;
        assert_eq!(parsed, expected.map(shown));
    }

    #[test]
    fn a_list_is_read_back() {
        check(&whole(["a", "b/c"].into_iter(), None), Some(&["a", "b/c"]));
        let more = addition(["b"].into_iter(), None);
        check(&[whole(["a"].into_iter(), None), more].concat(), Some(&["a", "b"]));
    }

    #[test]
    fn the_incidents_are_read_back_and_are_no_paths() {
        let incidents = [("störung 1", ShownAs::NotOpen), ("x", ShownAs::Open)];
        let list = whole(["a"].into_iter(), Some(&shown(&incidents)));
        check(&list, Some(&["a"]));
        check_shown(&list, Some(&incidents));
        check_shown(&whole([].into_iter(), Some(&ShownIncidents::default())), Some(&[]));
    }

    #[test]
    fn a_list_without_incidents_knows_nothing_of_them() {
        check_shown(b"allclear 1\nincidents/x.html\n", None);
        let more = addition([].into_iter(), Some(&shown(&[("x", ShownAs::Open)])));
        check_shown(&[whole([].into_iter(), None), more].concat(), None);
    }

    #[test]
    fn an_incident_that_may_be_shown_as_open_counts_as_open() {
        for (first, then) in [(ShownAs::Open, ShownAs::NotOpen), (ShownAs::NotOpen, ShownAs::Open)] {
            let list = whole([].into_iter(), Some(&shown(&[("x", first)])));
            let more = addition([].into_iter(), Some(&shown(&[("x", then)])));
            check_shown(&[list, more].concat(), Some(&[("x", ShownAs::Open)]));
        }
    }

    #[test]
    fn a_line_cut_short_names_nothing() {
        check(b"allclear 1\na\nb/index.ht", Some(&["a"]));
        check(b"allclear 1\na\nb/index.ht\nb/index.html\n", Some(&["a", "b/index.ht", "b/index.html"]));
        check_shown(b"allclear 1\n/incidents\n/open 2020-07", Some(&[]));
    }

    #[test]
    fn what_leaves_the_folder_is_not_ours() {
        check(b"allclear 1\n../a\n/etc/x\nb/../../c\nd\n", Some(&["d"]));
        check(b"something else\na\n", None);
        check(b"", None);
    }
}
