//! What somebody does to the files and the clock, before the next build.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};

use crate::menu::Kind;

/// What happens between two builds.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) edits: Vec<Edit>,
    pub(crate) time: Time,
    pub(crate) told: Told,
}

/// One thing that somebody does to the files. What it meets is chosen among what is there.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// Sets one line of a file of this kind.
    Line { of: Kind, file: Index, line: Index },
    /// Writes other words below a front matter.
    Body { file: Index, body: Index },
    /// Writes a file of the menu.
    Write { file: Index },
    /// Says something in an incident, so long after the first possible minute.
    Update { incident: Index, minute: u16, status: Index, line: Index },
    /// Removes a file, or a folder with everything in it.
    Remove { entry: Index },
    /// Gives a file or a folder another place.
    Move { entry: Index, to: Index },
    /// Gives a file or a folder a name that differs in case.
    Case { entry: Index },
    /// Writes something over a file that may be wrong.
    Break { file: Index, how: Index },
    /// Writes something over the head of an incident that may be wrong.
    BreakHead { file: Index, how: Index },
    /// Writes what stood in a file before it was broken.
    Mend,
    /// Exchanges two files.
    Swap { one: Index, other: Index },
    /// Links a name to a file.
    Link { file: Index },
    /// Takes all incidents away, or brings them back.
    Away,
    /// Makes all files what they were in the beginning, as git does.
    Restore,
}

/// What the clock does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Time {
    Stands,
    Passes {
        minutes: i32,
    },
    /// Goes so many seconds beyond the next change that was foretold.
    NextChange {
        beyond: i64,
    },
    /// Goes back so many seconds before the last change.
    LastChange {
        before: i64,
    },
}

/// What a watcher hears of the paths that were touched.
#[derive(Clone, Debug)]
pub(crate) enum Told {
    /// Each of them.
    Exactly,
    /// Each of them and others.
    TooMany(Vec<Index>),
    /// The folders that they stand in.
    Parents,
    /// Half of them, so that it builds in the middle, and then the others.
    InHalves,
    /// That nothing is certain.
    Nothing,
}

/// Any steps, at most so many.
pub(crate) fn steps(at_most: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = (vec(edit(), 0..4), time(), told());
    vec(step.prop_map(|(edits, time, told)| Step { edits, time, told }), 1..=at_most)
}

fn edit() -> impl Strategy<Value = Edit> {
    let any = any::<Index>;
    prop_oneof![
        16 => (select(&Kind::WITH_LINES[..]), any(), any()).prop_map(|(of, file, line)| Edit::Line { of, file, line }),
        2 => (any(), any()).prop_map(|(file, body)| Edit::Body { file, body }),
        3 => any().prop_map(|file| Edit::Write { file }),
        4 => (any(), 0..600_u16, any(), any())
            .prop_map(|(incident, minute, status, line)| Edit::Update { incident, minute, status, line }),
        1 => any().prop_map(|entry| Edit::Remove { entry }),
        1 => (any(), any()).prop_map(|(entry, to)| Edit::Move { entry, to }),
        1 => any().prop_map(|entry| Edit::Case { entry }),
        1 => (any(), any()).prop_map(|(file, how)| Edit::Break { file, how }),
        1 => (any(), any()).prop_map(|(file, how)| Edit::BreakHead { file, how }),
        4 => Just(Edit::Mend),
        1 => (any(), any()).prop_map(|(one, other)| Edit::Swap { one, other }),
        1 => any().prop_map(|file| Edit::Link { file }),
        1 => Just(Edit::Away),
        2 => Just(Edit::Restore),
    ]
}

fn time() -> impl Strategy<Value = Time> {
    prop_oneof![
        4 => Just(Time::Stands),
        2 => (-300..3000_i32).prop_map(|minutes| Time::Passes { minutes }),
        1 => (-40..40_i32).prop_map(|days| Time::Passes { minutes: days * 24 * 60 }),
        3 => (-1..=1_i64).prop_map(|beyond| Time::NextChange { beyond }),
        1 => (-1..=1_i64).prop_map(|before| Time::LastChange { before }),
    ]
}

fn told() -> impl Strategy<Value = Told> {
    prop_oneof![
        4 => Just(Told::Exactly),
        2 => vec(any::<Index>(), 1..4).prop_map(Told::TooMany),
        2 => Just(Told::Parents),
        2 => Just(Told::InHalves),
        1 => Just(Told::Nothing),
    ]
}
