//! XML as it is written: elements by their names, texts escaped, each tag closed by who opened it.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Why nothing that is written here can fail.
const IN_MEMORY: &str = "it is written into memory, which takes everything";

/// Attributes by their names.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document, or a part of one, that is being written.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    /// The beginning of a document.
    pub(super) fn document() -> Self {
        let mut xml = Xml::part();
        xml.put(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    /// The beginning of a part that will stand in a document.
    pub(super) fn part() -> Self {
        Xml { writer: Writer::new_with_indent(Vec::new(), b' ', 0) }
    }

    /// `<name>text</name>`.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.text_with(name, &[], text);
    }

    /// `<name key="value">text</name>`.
    pub(super) fn text_with(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.put(Event::Start(start(name, attributes)));
        self.put(Event::Text(BytesText::new(text)));
        self.put(Event::End(BytesEnd::new(name)));
    }

    /// `<name key="value"/>`.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.put(Event::Empty(start(name, attributes)));
    }

    /// `<name key="value">..</name>` around what `inner` writes.
    pub(super) fn within(&mut self, name: &str, attributes: Attributes<'_>, inner: impl FnOnce(&mut Self)) {
        self.put(Event::Start(start(name, attributes)));
        inner(self);
        self.put(Event::End(BytesEnd::new(name)));
    }

    /// A part that was written before.
    pub(super) fn part_of(&mut self, part: &str) {
        self.writer.get_mut().push(b'\n');
        self.writer.get_mut().extend_from_slice(part.trim_start_matches('\n').as_bytes());
    }

    /// What has been written.
    pub(super) fn finish(self) -> String {
        let text = String::from_utf8(self.writer.into_inner());
        text.expect("names, attributes and texts are all UTF-8")
    }

    fn put(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect(IN_MEMORY);
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    BytesStart::new(name).with_attributes(attributes.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_are_escaped_and_elements_stand_in_lines() {
        let mut part = Xml::part();
        part.within("entry", &[], |xml| xml.text("title", "a < b & \"c\""));
        let mut xml = Xml::document();
        xml.within("feed", &[("xmlns", "urn:x")], |xml| {
            xml.empty("link", &[("href", "?a=1&b=\"2\"")]);
            xml.part_of(&part.finish());
        });
        assert_eq!(
            xml.finish(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"urn:x\">\n\
             <link href=\"?a=1&amp;b=&quot;2&quot;\"/>\n\
             <entry>\n<title>a &lt; b &amp; &quot;c&quot;</title>\n</entry>\n</feed>"
        );
    }
}
