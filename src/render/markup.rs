//! HTML that is safe to print as it is.

use serde::{Serialize, Serializer};
use tera::Value;

use crate::model::Html;

/// HTML or SVG that holds only tags which we wrote. Templates print it as it is; every other text
/// they escape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Markup(String);

impl Markup {
    /// Markup that is known to be safe: every text in it has been escaped.
    pub fn trusted(markup: String) -> Self {
        Markup(markup)
    }

    /// An author's text for a page from which `root` leads to the output's root; none where nothing
    /// would be shown.
    pub fn of(html: &Html, root: &str) -> Option<Self> {
        (!html.is_empty()).then(|| Markup(html.at(root)))
    }

    /// The markup as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::safe_string(&self.0).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tera::{Context, Tera};

    #[test]
    fn markup_is_printed_as_it_is_and_text_is_escaped() {
        let mut tera = Tera::new();
        tera.add_raw_template("page.html", "{{ view.body }}{{ view.title }}").unwrap();
        #[derive(Serialize)]
        struct View {
            body: Markup,
            title: &'static str,
        }
        let mut context = Context::new();
        context.insert("view", &View { body: Markup::trusted("<b>".into()), title: "<i>" });
        assert_eq!(tera.render("page.html", &context).unwrap(), "<b>&lt;i&gt;");
    }
}
