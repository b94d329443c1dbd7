//! The state in a few lines, for a frame within another site's page.

use serde::Serialize;

use super::banner::{self, BannerView};
use super::{About, HeadView, NameView, Voice};
use crate::render::path;
use crate::timeline::{Board, Phase};

/// `embed.html`: the state in a few lines, for a frame within another site's page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EmbedView {
    /// The state, with the open incidents.
    pub banner: BannerView,
    /// Maintenance under way.
    pub maintenance: Vec<NameView>,
}

/// The head of `/embed.html`, of which `/` holds all and more.
pub fn head(voice: &Voice<'_>, board: &Board) -> HeadView {
    let name = voice.words.headline(&board.overall.headline, voice.site);
    let text = voice.words.fill("page.index.description", &[("site", &voice.site.title)]);
    let about = About::page("embed.html", name, banner::describe(voice, board, &text));
    let canonical = Some(path::address(&voice.site.url, ""));
    let head = HeadView { canonical, ..HeadView::bare(voice, &about) };
    head.in_state(voice, banner::state(voice, board).key)
}

/// `/embed.html`.
pub fn embed(voice: &Voice<'_>, board: &Board) -> EmbedView {
    let under_way = board.maintenance.iter().filter(|it| it.phase == Phase::Open);
    let link = |it: &std::sync::Arc<crate::timeline::Story>| {
        NameView::with_page(it.title.clone(), &path::incident(&it.incident.id))
    };
    EmbedView { banner: banner::banner(voice, board), maintenance: under_way.map(link).collect() }
}
