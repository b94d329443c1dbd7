//! Turns the parser's events into ours: safe, with anchors, links resolved and words gathered.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, html};

use super::anchors::Anchors;
use super::escape::{escape_html, is_stray};
use super::link::Destination;
use super::plain::Plain;
use super::table::Table;
use crate::model::{Html, HtmlTag, LinkTarget, Prose, ProseLink};
use crate::source::{Place, Spot};

/// One text on its way to HTML.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    place: &'a Place,
    /// Whether the text stands there byte for byte, rather than in quotes or folded over lines.
    is_verbatim: bool,
    prefix: &'a str,
    events: Vec<Event<'a>>,
    plain: Plain,
    links: Vec<ProseLink>,
    html_tags: Vec<HtmlTag>,
    anchors: Anchors,
    headings: Vec<Heading>,
    /// The number of each footnote, in the order they are first named.
    notes: BTreeMap<String, usize>,
    defined_notes: BTreeSet<String>,
    table: Table,
    /// Whether each link that is open was written as one.
    open_links: Vec<bool>,
    image: Option<Image>,
}

#[derive(Debug)]
struct Heading {
    /// Where its start stands in `events`.
    start: usize,
    /// Where its end stands.
    end: usize,
    /// How much of the text's words had been gathered before it.
    words_from: usize,
    /// Its own words, once it has ended.
    words: String,
    level: usize,
}

/// An image whose words are being gathered; it may hold others.
#[derive(Debug)]
struct Image {
    href: Option<String>,
    is_ours: bool,
    words: usize,
    depth: usize,
}

impl<'a> Writer<'a> {
    /// A writer for the text at `place`, whose anchors begin with `prefix`.
    pub(super) fn new(markdown: &str, place: &'a Place, prefix: &'a str) -> Self {
        Writer {
            place,
            is_verbatim: matches!(&place.spot, Spot::Bytes(it) if it.len() == markdown.len()),
            prefix,
            events: Vec::new(),
            plain: Plain::default(),
            links: Vec::new(),
            html_tags: Vec::new(),
            anchors: Anchors::default(),
            headings: Vec::new(),
            notes: BTreeMap::new(),
            defined_notes: BTreeSet::new(),
            table: Table::default(),
            open_links: Vec::new(),
            image: None,
        }
    }

    /// Takes the next event, which stands at `range` of the text.
    pub(super) fn take(&mut self, event: Event<'a>, range: Range<usize>) {
        if let Event::Html(html) | Event::InlineHtml(html) = &event {
            self.list_tags(html, &range);
        }
        let event = tamed(event);
        self.plain.take(&event);
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => self.start_image(&dest_url, range),
            Event::End(TagEnd::Image) => self.end_image(),
            _ if self.image.is_some() => {}
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::FootnoteReference(label) => {
                let label = self.note(&label);
                self.events.push(Event::FootnoteReference(label));
            }
            event => self.events.push(event),
        }
    }

    /// The finished text, its topmost headings of level `top`.
    pub(super) fn finish(mut self, top: usize) -> Prose {
        self.settle_headings(top);
        let mut out = String::new();
        html::push_html(&mut out, self.events.into_iter());
        let (mut plain, mut links) = (self.plain.finish(), self.links);
        // Texts are most of what a project keeps, and none of them grows.
        out.shrink_to_fit();
        plain.shrink_to_fit();
        links.shrink_to_fit();
        Prose { html: Html::trusted(out), plain, links, html_tags: self.html_tags }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        if let Some(tags) = self.table.start(&tag) {
            return self.raw(tags);
        }
        match tag {
            Tag::Link { link_type, dest_url, title, .. } => {
                let url = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                self.start_link(&url, &title, range);
            }
            Tag::Heading { level, .. } => {
                let (start, words_from) = (self.events.len(), self.plain.len());
                let (words, level_number) = (String::new(), level as usize);
                self.headings.push(Heading { start, end: start, words_from, words, level: level_number });
                self.events.push(heading(level, String::new()));
            }
            Tag::FootnoteDefinition(label) => {
                let label = self.define_note(&label);
                self.events.push(Event::Start(Tag::FootnoteDefinition(label)));
            }
            tag => self.events.push(Event::Start(tag)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if let Some(tags) = self.table.end(tag) {
            return self.raw(tags);
        }
        match tag {
            TagEnd::Link => {
                if self.open_links.pop() == Some(true) {
                    self.raw("</a>".to_owned());
                }
            }
            TagEnd::Heading(_) => {
                if let Some(heading) = self.headings.last_mut() {
                    heading.end = self.events.len();
                    heading.words = self.plain.since(heading.words_from).to_owned();
                }
                self.events.push(Event::End(tag));
            }
            tag => self.events.push(Event::End(tag)),
        }
    }

    fn start_link(&mut self, url: &str, title: &str, range: Range<usize>) {
        let destination = Destination::of(url, &self.place.file.path);
        let href = destination.href(self.prefix);
        self.open_links.push(href.is_some());
        if let Some(href) = href {
            let title = match title {
                "" => String::new(),
                title => format!(" title=\"{}\"", escape_html(title)),
            };
            self.raw(format!("<a href=\"{}\"{title}>", escape_html(&href)));
        }
        if let Destination::Inside(target, _) = destination {
            self.list(url, target, range);
        }
    }

    fn start_image(&mut self, url: &str, range: Range<usize>) {
        if let Some(outer) = &mut self.image {
            outer.depth += 1;
            return;
        }
        let destination = Destination::of(url, &self.place.file.path);
        let (href, is_ours) = match &destination {
            Destination::Inside(LinkTarget::Asset(_), _) => (destination.href(self.prefix), true),
            Destination::Outside(url) => (Some(url.clone()), false),
            Destination::Inside(..) | Destination::Anchor(_) => (None, false),
        };
        self.image = Some(Image { href, is_ours, words: self.plain.len(), depth: 0 });
        match destination {
            Destination::Inside(target @ (LinkTarget::Asset(_) | LinkTarget::Unsafe(_)), _) => {
                self.list(url, target, range);
            }
            Destination::Inside(target, _) => {
                let path = target.path().unwrap_or_else(|| url.to_owned());
                self.list(url, LinkTarget::Nothing(path), range);
            }
            Destination::Anchor(_) => self.list(url, LinkTarget::Nothing(url.to_owned()), range),
            Destination::Outside(_) => {}
        }
    }

    fn end_image(&mut self) {
        match self.image.take() {
            Some(image) if 0 < image.depth => {
                self.image = Some(Image { depth: image.depth - 1, ..image });
            }
            Some(image) => self.image(&image),
            None => {}
        }
    }

    fn image(&mut self, image: &Image) {
        let words = escape_html(self.plain.since(image.words));
        let inside_a_link = self.open_links.last() == Some(&true);
        self.raw(match &image.href {
            Some(href) if image.is_ours => {
                format!("<img src=\"{}\" alt=\"{words}\" loading=\"lazy\">", escape_html(href))
            }
            Some(href) if !inside_a_link => {
                let href = escape_html(href);
                let words = if words.is_empty() { &href } else { &words };
                format!("<a href=\"{href}\">{words}</a>")
            }
            Some(_) | None => words,
        });
    }

    /// Notes each element of HTML the first time it begins.
    fn list_tags(&mut self, html: &str, range: &Range<usize>) {
        for (begin, _) in html.match_indices('<') {
            let behind = &html[begin + 1..];
            let is_comment = behind.starts_with(HtmlTag::COMMENT);
            let length = behind.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(behind.len());
            let name = if is_comment { HtmlTag::COMMENT } else { &behind[..length] }.to_ascii_lowercase();
            if !name.is_empty() && self.html_tags.iter().all(|it| it.name != name) {
                let at = range.start + begin;
                let place = self.place_of(at..at + 1 + name.len());
                self.html_tags.push(HtmlTag { place, name });
            }
        }
    }

    fn place_of(&self, range: Range<usize>) -> Place {
        match &self.place.spot {
            Spot::Bytes(text) if self.is_verbatim => {
                Place::bytes(&self.place.file, text.start + range.start..text.start + range.end)
            }
            Spot::Bytes(_) | Spot::File => self.place.clone(),
        }
    }

    fn list(&mut self, written: &str, target: LinkTarget, range: Range<usize>) {
        let place = self.place_of(range);
        self.links.push(ProseLink { place, written: written.to_owned(), target });
    }

    /// The anchor of a definition. A second one of the same label has an anchor that nothing leads to.
    fn define_note(&mut self, label: &str) -> CowStr<'a> {
        match self.defined_notes.insert(label.to_owned()) {
            true => self.note(label),
            false => self.note(&format!("{label}\n{}", self.notes.len())),
        }
    }

    fn note(&mut self, label: &str) -> CowStr<'a> {
        let next = self.notes.len() + 1;
        let number = *self.notes.entry(label.to_owned()).or_insert(next);
        // A dot keeps it apart from the anchors of headings, which have none.
        CowStr::from(with_prefix(self.prefix, &format!("note.{number}")))
    }

    fn raw(&mut self, tags: String) {
        self.events.push(Event::InlineHtml(CowStr::from(tags)));
    }

    /// Gives the headings their anchors and levels, which depend on what stands in and beside them.
    fn settle_headings(&mut self, top: usize) {
        let highest = self.headings.iter().map(|it| it.level).min().unwrap_or(top);
        for it in &self.headings {
            let anchor = self.anchors.anchor(&it.words);
            let level = HeadingLevel::try_from((it.level - highest + top).min(6)).unwrap_or(HeadingLevel::H6);
            self.events[it.start] = heading(level, with_prefix(self.prefix, &anchor));
            self.events[it.end] = Event::End(TagEnd::Heading(level));
        }
    }
}

fn heading<'a>(level: HeadingLevel, id: String) -> Event<'a> {
    Event::Start(Tag::Heading { level, id: Some(CowStr::from(id)), classes: Vec::new(), attrs: Vec::new() })
}

fn with_prefix(prefix: &str, anchor: &str) -> String {
    match prefix {
        "" => anchor.to_owned(),
        prefix => format!("{prefix}-{anchor}"),
    }
}

/// The event without what must not be believed: raw HTML as text, no control characters.
fn tamed(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) | Event::Text(text) => Event::Text(clean(text)),
        Event::Code(text) => Event::Code(clean(text)),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(clean(info))))
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: clean(dest_url), title: clean(title), id })
        }
        // A box that nobody can tick is a sign, and as text it needs no label.
        Event::TaskListMarker(done) => {
            Event::Text(CowStr::from(if done { "☑\u{a0}" } else { "☐\u{a0}" }))
        }
        event => event,
    }
}

fn clean(text: CowStr<'_>) -> CowStr<'_> {
    match text.contains(is_stray) {
        true => CowStr::from(text.chars().filter(|&it| !is_stray(it)).collect::<String>()),
        false => text,
    }
}
