//! The page's state in a line: on `/` and on live pages.

use serde::Serialize;

use super::{NameView, PhraseView, ShareCard, StateView, Voice};
use super::{head, incident};
use crate::model::{State, Status};
use crate::render::path;
use crate::timeline::{Board, ComponentBoard, Headline, Indicator, Overall, Standing};

/// The page's state in a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BannerView {
    /// For the icon and the class.
    pub state: StateView,
    /// What it says.
    pub headline: String,
    /// "3 of 12 components affected"; none where none is.
    pub affected: Option<String>,
    /// What the clock alone will make it say, for the page's script: see [Script](#script).
    pub turns: Option<String>,
    /// "Updated TIME", of the newest update of an open incident.
    pub updated: Option<PhraseView>,
    /// "Next update by TIME", of the first promise to run out.
    pub promise: Option<PhraseView>,
    /// The open incidents, for pages that do not tell them in full.
    pub incidents: Vec<NameView>,
    /// Whether a fix is in place and watched: pages then tell what a recovery looks like.
    pub recovering: bool,
}

/// The page's state in a line.
pub(super) fn banner(voice: &Voice<'_>, board: &Board) -> BannerView {
    let first =
        board.open.iter().filter(|it| it.promise.is_some()).min_by_key(|it| it.promise.map(|it| it.by));
    let link = |id, title: &String| NameView::with_page(title.clone(), &path::incident(id));
    let newest = board.open.iter().filter_map(|it| it.updates.last().map(|said| said.update(it).at)).max();
    let headline = voice.words.headline(&board.overall.headline, voice.site);
    BannerView {
        turns: turns(voice, board, &headline),
        updated: newest.map(|at| voice.phrase("page.updated", at)),
        state: state(voice, board),
        headline,
        affected: affected(voice, board),
        promise: first.and_then(|it| incident::promise(voice, it)),
        incidents: board.open.iter().map(|it| link(&it.incident.id, &it.title)).collect(),
        recovering: board.open.iter().any(|it| it.status == Some(Status::Monitoring)),
    }
}

/// "Through Playback, through Login", or that it may be affected.
pub(super) fn via(voice: &Voice<'_>, component: &ComponentBoard) -> Option<String> {
    let via = component.via.as_ref()?;
    let through = voice.words.through(&via.path, voice.site);
    let key = if via.counts { "page.via.counts" } else { "page.via.suggested" };
    Some(voice.words.fill(key, &[("through", &through)]))
}

/// What the banner will say from each edge of an announced maintenance on.
fn turns(voice: &Voice<'_>, board: &Board, headline: &str) -> Option<String> {
    let banner = |overall: &Overall, headline: String| StateView {
        word: headline,
        ..voice.standing(standing(overall))
    };
    let ahead = board
        .foreseen
        .iter()
        .map(|it| (it.at, banner(&it.overall, voice.words.headline(&it.overall.headline, voice.site))));
    banner(&board.overall, headline.to_owned()).turning(ahead).turns
}

/// The state that the page as a whole is in.
pub(super) fn state(voice: &Voice<'_>, board: &Board) -> StateView {
    voice.standing(overall(board))
}

/// The same without its words.
pub(in crate::render) fn overall(board: &Board) -> Standing {
    standing(&board.overall)
}

/// The picture beside a link to a page that tells the state.
pub(super) fn picture(board: &Board) -> ShareCard {
    ShareCard::Of(overall(board))
}

/// The state for where a link is shared, and what affects the components; `text` where none is affected.
pub(super) fn describe(voice: &Voice<'_>, board: &Board, text: &str) -> String {
    let BannerView { headline, affected, promise, incidents, .. } = banner(voice, board);
    let open = voice.words.enumerate(&incidents.into_iter().map(|it| it.name).collect::<Vec<_>>());
    let text = if affected.is_some() { &open } else { text };
    let promise = promise.map(|it| format!("{}{}{}", it.before, it.time.text, it.after));
    head::describe(voice, &[Some(headline), affected, promise], text)
}

/// The worst state of a component, or what the indicator amounts to where an incident matters more than those.
fn standing(overall: &Overall) -> Standing {
    if overall.headline == Headline::NoData {
        return Standing::NoData;
    }
    let amounts_to = match overall.indicator {
        Indicator::None => State::Operational,
        Indicator::Maintenance => State::UnderMaintenance,
        Indicator::Minor => State::DegradedPerformance,
        Indicator::Major => State::PartialOutage,
        Indicator::Critical => State::MajorOutage,
    };
    Standing::In(overall.state.map_or(amounts_to, |worst| worst.max(amounts_to)))
}

fn affected(voice: &Voice<'_>, board: &Board) -> Option<String> {
    let is_listed = |it: &ComponentBoard| voice.site.component(&it.id).is_some_and(|it| it.listed);
    let states = board.components.iter().filter(|it| is_listed(it)).filter_map(|it| match it.standing {
        Standing::In(state) => Some(state),
        Standing::NoData | Standing::Retired => None,
    });
    let (affected, all) = states.fold((0, 0), |(affected, all), state| {
        (affected + u64::from(State::UnderMaintenance < state), all + 1)
    });
    let values = [("affected", affected.to_string())];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    (0 < affected).then(|| voice.words.count("page.index.affected", all, &values))
}
