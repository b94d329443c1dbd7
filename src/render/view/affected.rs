//! What an incident did to each component.

use serde::Serialize;

use super::{NameView, StateView, TimeView, Voice};
use crate::model::ComponentId;
use crate::timeline::{Basis, Piece, Story, Track};

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
    /// From when to when.
    pub range: String,
    /// How it is known, where that is not how the worst state is.
    pub basis: Option<String>,
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
    story.tracks_so_far().iter().filter_map(|it| row(voice, it)).collect()
}

/// What an incident may have done to components of which nobody has said anything.
pub(super) fn suggested(voice: &Voice<'_>, story: &Story) -> Vec<SuggestedView> {
    let said = |id: &ComponentId| {
        story.not_affected.contains(id) || story.tracks.iter().any(|it| it.component == *id)
    };
    let suggested = story.suggested_so_far();
    let silent = suggested.iter().filter(|it| !said(&it.component));
    silent
        .filter_map(|track| {
            let worst = track.pieces.iter().max_by_key(|it| it.state)?;
            Some(SuggestedView {
                component: voice.component(&track.component),
                state: voice.state(worst.state),
                through: voice.words.basis(&worst.basis, voice.site),
            })
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
        course: pieces.iter().map(|it| piece(voice, it, &worst.basis)).collect(),
        lowered: track.lowered.map(|it| voice.words.lowered(it)),
    })
}

fn piece(voice: &Voice<'_>, piece: &Piece, of_worst: &Basis) -> PieceView {
    let basis = voice.words.basis(&piece.basis, voice.site);
    PieceView {
        state: voice.state(piece.state),
        range: voice.words.short_range(piece.span.from, piece.span.to, &voice.site.time_zone),
        basis: (piece.basis != *of_worst).then_some(basis),
    }
}
