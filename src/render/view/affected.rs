//! What an incident did to each component.

use serde::Serialize;

use super::{NameView, StateView, TimeView, Voice};
use crate::timeline::{Piece, Story, Track};

/// What an incident did to one component.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct AffectedView {
    /// The component.
    pub component: NameView,
    /// The worst state it was in.
    pub worst: StateView,
    /// When it was first affected.
    pub from: TimeView,
    /// When it worked again; none while it does not.
    pub to: Option<TimeView>,
    /// How it is known: declared, measured, through another component.
    pub basis: String,
    /// The states it went through, where there was more than one.
    pub course: Vec<PieceView>,
    /// That measuring lowered what had been declared, in words.
    pub lowered: Option<String>,
}

/// A stretch of one state.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PieceView {
    /// The state.
    pub state: StateView,
    /// When it began.
    pub from: TimeView,
    /// When it ended; none while it runs.
    pub to: Option<TimeView>,
    /// How it is known.
    pub basis: String,
}

/// What an incident may have done to a component, by its dependencies alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SuggestedView {
    /// The component.
    pub component: NameView,
    /// The worst state that its dependencies suggest.
    pub state: StateView,
    /// Through which components, in words.
    pub through: String,
}

/// What an incident did to each component, in the order of the site.
pub(super) fn affected(voice: &Voice<'_>, story: &Story) -> Vec<AffectedView> {
    story.tracks.iter().filter_map(|it| row(voice, it)).collect()
}

/// What an incident may have done.
pub(super) fn suggested(voice: &Voice<'_>, story: &Story) -> Vec<SuggestedView> {
    let worst = |track: &Track| track.pieces.iter().max_by_key(|it| it.state).cloned();
    let found = story.suggested.iter().filter_map(|it| Some((it, worst(it)?)));
    found
        .map(|(track, piece)| SuggestedView {
            component: voice.component(&track.component),
            state: voice.state(piece.state),
            through: voice.words.basis(&piece.basis, voice.site),
        })
        .collect()
}

fn row(voice: &Voice<'_>, track: &Track) -> Option<AffectedView> {
    let first = track.pieces.first()?;
    let last = track.pieces.last()?;
    let worst = track.pieces.iter().max_by_key(|it| it.state)?;
    let pieces = if 1 < track.pieces.len() { track.pieces.as_slice() } else { &[] };
    Some(AffectedView {
        component: voice.component(&track.component),
        worst: voice.state(worst.state),
        from: voice.time(first.span.from),
        to: last.span.to.map(|at| voice.time(at)),
        basis: voice.words.basis(&worst.basis, voice.site),
        course: pieces.iter().map(|it| piece(voice, it)).collect(),
        lowered: track.lowered.map(|it| voice.words.lowered(it)),
    })
}

fn piece(voice: &Voice<'_>, piece: &Piece) -> PieceView {
    PieceView {
        state: voice.state(piece.state),
        from: voice.clock(piece.span.from),
        to: piece.span.to.map(|at| voice.clock(at)),
        basis: voice.words.basis(&piece.basis, voice.site),
    }
}
