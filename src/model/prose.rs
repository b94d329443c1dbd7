//! Text that people wrote, ready to be shown.

use crate::source::Place;

/// HTML that holds only tags which we wrote.
///
/// A link to a page of the site stands in it as its path from the output's root behind
/// [`Html::ROOT`], because the same text is shown on pages of different depth and in feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Html(String);

impl Html {
    /// Stands before a path from the output's root. No text of an author can hold it: control
    /// characters are taken out on the way in.
    pub const ROOT: char = '\u{1}';

    /// HTML that is known to be safe, links marked with [`Html::ROOT`].
    pub fn trusted(html: String) -> Self {
        Html(html)
    }

    /// The HTML for a page from which `root` leads to the output's root: empty, `../` or an address
    /// that ends with a slash.
    pub fn at(&self, root: &str) -> String {
        self.0.replace(Self::ROOT, root)
    }

    /// Whether nothing would be shown.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

/// A piece of Markdown.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// For pages and feeds.
    pub html: Html,
    /// The words alone, paragraphs separated by an empty line: for JSON, calendars and summaries.
    pub plain: String,
    /// The links in it that point into the site or nowhere, for checking; outside ones are not listed.
    pub links: Vec<ProseLink>,
    /// The HTML in it, which is shown as text: each element once.
    pub html_tags: Vec<HtmlTag>,
}

/// HTML that stands in a text.
#[derive(Clone, Debug)]
pub struct HtmlTag {
    /// Where it stands.
    pub place: Place,
    /// The name of the element in lower case, or [`HtmlTag::COMMENT`].
    pub name: String,
}

impl HtmlTag {
    /// The name of a comment.
    pub const COMMENT: &str = "!--";
}

/// A link that stands in a text.
#[derive(Clone, Debug)]
pub struct ProseLink {
    /// Where it stands.
    pub place: Place,
    /// As it was written.
    pub written: String,
    /// What it points to.
    pub target: LinkTarget,
}

/// A document of the site that a link points to: a pure function of the link's text and of where it
/// stands. Whether the document exists is another question, which `load` answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkTarget {
    /// The page of an incident, by the name that the link gives it.
    Incident(String),
    /// The page of a postmortem, by the incident's name.
    Postmortem(String),
    /// The page of a component.
    Component(String),
    /// A page of site/pages.
    Page(String),
    /// A file of site/assets, by its path from there.
    Asset(String),
    /// Another path of the output, as `history.html`.
    Output(String),
    /// A path of the project that has no page.
    Nothing(String),
    /// An address that a page must not carry; the text stands without the link.
    Unsafe(String),
}

impl LinkTarget {
    /// The path of the output that it is, from the root and not encoded; none where there is none.
    pub fn path(&self) -> Option<String> {
        match self {
            LinkTarget::Incident(id) => Some(format!("incidents/{id}.html")),
            LinkTarget::Postmortem(id) => Some(format!("postmortems/{id}.html")),
            LinkTarget::Component(id) => Some(format!("components/{id}.html")),
            LinkTarget::Page(id) => Some(format!("{id}.html")),
            LinkTarget::Asset(path) => Some(format!("assets/{path}")),
            LinkTarget::Output(path) => Some(path.clone()),
            LinkTarget::Nothing(_) | LinkTarget::Unsafe(_) => None,
        }
    }
}

/// A named address, as site.yaml and incidents list them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The words to show.
    pub title: String,
    /// http, https, mailto or tel.
    pub url: String,
}
