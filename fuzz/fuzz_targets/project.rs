//! Projects in memory, and what must hold of whatever is read from them.

use std::sync::Arc;

use allclear::diag::print::{self, Look};
use allclear::diag::{Diagnostic, Excerpt};
use allclear::load::{self, Loaded, Memory};
use allclear::source::{Content, Folder, Place, SourceFile, Spot};
use allclear::timeline::{self, Audience, Visibility};

/// A site in which something can spread.
pub const SITE: &str = "\
title: Example
url: https://status.example.com
time_zone: Europe/Stockholm
since: 2018-01-01
cascade: derive
groups: [{id: core, name: Core, rollup: redundant}]
components:
  - {id: login, name: Login, group: core, critical: true, aliases: [auth]}
  - {id: search, name: Search, group: core, depends_on: [login]}
  - {id: playback, name: Playback, depends_on: [{component: search, strength: soft}]}
";

/// Loads these files and looks at them as every command would; panics where a law is broken.
pub fn check(files: &[(&str, &[u8])]) {
    let mut root = Folder::default();
    for (path, bytes) in files {
        put(&mut root, path, path, bytes);
    }
    let loaded = load::project(&Arc::new(root), &mut Memory::default());
    loaded.diagnostics.iter().for_each(check_diagnostic);
    check_prints(&loaded.diagnostics);
    // A board costs far more than reading, so that one input in sixteen is looked at as a whole.
    if files.iter().map(|it| it.1.len()).sum::<usize>().is_multiple_of(16) {
        check_board(&loaded);
    }
}

/// What is printed can be read by a machine, and steers no terminal.
fn check_prints(diagnostics: &[Diagnostic]) {
    let human = print::human(diagnostics, Look::Plain);
    assert!(!human.contains(|it: char| it.is_control() && it != '\n'), "{human:?}");
    assert!(!print::github(diagnostics).contains('\u{1b}'));
    assert!(print::json(diagnostics).starts_with('{'));
}

/// The board of what could be read, at an instant in the middle of the seeds and at one far ahead.
fn check_board(loaded: &Loaded) {
    let Some(project) = &loaded.project else { return };
    for now in [1_594_380_600, 1_800_000_000] {
        let now = jiff::Timestamp::from_second(now).expect("it is a time");
        let board = timeline::at(project, now, Visibility::of(Audience::Writers));
        for component in &board.components {
            for window in &component.uptime {
                let uptime = window.uptime;
                assert!(uptime.major + uptime.partial <= uptime.counted, "{uptime:?}");
            }
        }
        assert!(board.next_change.is_none_or(|it| now < it), "the next change has passed");
    }
}

/// Every diagnostic can be shown: its places are bytes that the file has.
fn check_diagnostic(diagnostic: &Diagnostic) {
    assert!(!diagnostic.message.is_empty());
    let related = diagnostic.related.iter().map(|it| &it.0);
    for place in diagnostic.place.iter().chain(related) {
        check_place(place);
    }
}

fn check_place(place: &Place) {
    match &place.spot {
        Spot::File => {}
        Spot::Bytes(range) => {
            assert!(range.start <= range.end && range.end <= place.file.bytes().len(), "{range:?}");
        }
    }
    let excerpt = Excerpt::of(place);
    assert!(excerpt.line.is_none_or(|it| 1 <= it.number && 1 <= it.column));
}

fn put(folder: &mut Folder, rest: &str, path: &str, bytes: &[u8]) {
    let Some((name, below)) = rest.split_once('/') else {
        let content = Content::of(bytes.to_vec());
        let file = SourceFile { path: path.to_owned(), content };
        folder.files.insert(rest.to_owned(), Arc::new(file));
        return;
    };
    let inner = folder.folders.entry(name.to_owned()).or_default();
    let inner = Arc::get_mut(inner).expect("nobody else holds a folder that is being filled");
    inner.path = path[..path.len() - below.len() - 1].to_owned();
    put(inner, below, path, bytes);
}
