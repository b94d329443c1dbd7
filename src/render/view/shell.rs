//! What stands around every page: `site` in all templates.

use std::sync::Arc;

use serde::Serialize;

use super::{LinkView, PhraseView, Voice};
use crate::model::{Page, Picture, Project};
use crate::render::shown::{Indexing, Shown};
use crate::render::{POLICY, path, picture};
use crate::source::SourceFile;
use crate::timeline::Audience;
use crate::words::Forms;

/// How high a logo is shown, in pixels: as high as the title with its lines.
const LOGO_HEIGHT: u64 = 32;

/// `site`: what is the same on every page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ShellView {
    /// The name of the site.
    pub title: String,
    /// The language of the words, as in `<html lang>`.
    pub language: String,
    /// Which way its text runs: `ltr` or `rtl`, as in `<html dir>`.
    pub direction: String,
    /// The language and region of the words as Open Graph writes them, as in `en_GB`.
    pub locale: String,
    /// The address of the site, without a slash at the end.
    pub url: String,
    /// The picture beside the title.
    pub logo: Option<LogoView>,
    /// The icon of the browser's tab, by its path from the output's root.
    pub icon: String,
    /// The navigation.
    pub nav: Vec<NavView>,
    /// Further addresses for the footer.
    pub links: Vec<LinkView>,
    /// How times are put together.
    pub forms: FormsView,
    /// In which zone all times are, as they are printed.
    pub zone: String,
    /// The IANA name of that zone.
    pub zone_name: String,
    /// In which zones they are once the script has told single times in the reader's, which is `{zone}` in it.
    pub zones: String,
    /// In which zone the days of bars, calendars and lists are.
    pub days: String,
    /// In which zone the times of charts are.
    pub times: String,
    /// That the pages show another instant than the present.
    pub as_of: Option<PhraseView>,
    /// Whether they show one that stands still, so that the script lets ages be and asks for nothing.
    pub still: bool,
    /// Whether search engines should leave out all of it: it shows drafts, or another instant than the present.
    pub unlisted: bool,
    /// The policy of every page, for its head.
    pub policy: &'static str,
}

/// The picture beside the title, which says in words what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LogoView {
    /// Its path from the output's root.
    pub path: String,
    /// How wide it is shown, in pixels.
    pub width: u64,
    /// How high it is shown, in pixels.
    pub height: u64,
}

/// How times are put together, for the page's script: each `{part}` is one of `Intl.DateTimeFormat`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FormsView {
    /// "{day} {month} {year}, {hour}:{minute} {timeZoneName}".
    pub long: String,
    /// "{hour}:{minute} {timeZoneName}".
    pub clock: String,
    /// "{day} {month} {year}".
    pub day: String,
    /// The words of lengths as JSON, `{"minutes.one": "{n} min", ..}`.
    pub lengths: String,
}

/// One entry of the navigation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct NavView {
    /// The words to show.
    pub title: String,
    /// The page's path from the output's root.
    pub path: String,
}

/// What stands around every page of a project.
pub fn shell(voice: &Voice<'_>, project: &Project, (audience, shown): (Audience, Shown)) -> ShellView {
    let site = voice.site;
    let in_zone = |key| voice.words.fill(key, &[("zone", &site.time_zone_name)]);
    let own = project.pages.iter().filter(|it| it.nav).map(|it| page_entry(it));
    let entry = |path: &str, key| NavView { title: voice.say(key), path: path.to_owned() };
    let nav = [entry("history.html", "page.nav.history"), entry("maintenance.html", "page.nav.maintenance")]
        .into_iter()
        .chain(own)
        .chain([entry("subscribe.html", "page.nav.subscribe")])
        .collect();
    ShellView {
        title: site.title.clone(),
        language: voice.words.language().to_owned(),
        direction: voice.say("direction"),
        locale: voice.say("locale"),
        url: site.url.clone(),
        logo: site.look.logo.as_ref().and_then(|it| logo(it, project)),
        icon: icon(project),
        nav,
        links: site.links.iter().map(LinkView::from).collect(),
        forms: forms(voice),
        zone: in_zone("page.zone"),
        zone_name: site.time_zone_name.clone(),
        zones: voice.words.fill("page.zones", &[("site", &site.time_zone_name), ("zone", "{zone}")]),
        days: in_zone("page.days"),
        times: in_zone("page.times"),
        as_of: as_of(voice, shown),
        still: matches!(shown, Shown::Instant(_)),
        unlisted: Indexing::of(audience, shown) == Indexing::Forbidden,
        policy: POLICY,
    }
}

/// That the pages show another instant than the present.
fn as_of(voice: &Voice<'_>, shown: Shown) -> Option<PhraseView> {
    match shown {
        Shown::Present => None,
        Shown::Instant(at) => Some(voice.phrase("page.as_of", at)),
        Shown::From(at) => Some(voice.phrase("page.as_of_moving", at)),
    }
}

/// The logo, where it is there. One of which the size is not told is taken to be as wide as high.
fn logo(picture: &Picture, project: &Project) -> Option<LogoView> {
    let file = asset(picture, project)?;
    let width = picture::width_at(LOGO_HEIGHT, file.bytes()).unwrap_or(LOGO_HEIGHT);
    Some(LogoView { path: asset_path(picture), width, height: LOGO_HEIGHT })
}

fn icon(project: &Project) -> String {
    let own = project.site.look.favicon.as_ref().filter(|it| asset(it, project).is_some());
    own.map_or_else(|| "theme/favicon.svg".to_owned(), asset_path)
}

fn asset<'a>(picture: &Picture, project: &'a Project) -> Option<&'a SourceFile> {
    let found = project.assets.iter().find(|it| it.path.strip_prefix("site/assets/") == Some(&picture.path));
    found.map(Arc::as_ref)
}

fn asset_path(picture: &Picture) -> String {
    path::href(&format!("assets/{}", picture.path))
}

fn forms(voice: &Voice<'_>) -> FormsView {
    let Forms { long, clock, day } = voice.words.forms();
    let lengths = serde_json::to_string(&voice.words.below("length")).expect("a map of texts");
    FormsView { long, clock, day, lengths }
}

fn page_entry(page: &Page) -> NavView {
    NavView { title: page.title.clone(), path: path::href(&format!("{}.html", page.id)) }
}
