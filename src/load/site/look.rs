//! The look of site.yaml: pictures, a typeface, colours.
//!
//! What is read here ends up in a style sheet, so nothing is taken as it is written: a colour becomes its three
//! numbers, and a typeface is put together from names without a character that CSS could take for something else.

use crate::diag::{Code, Diagnostic};
use crate::load::fields::Fields;
use crate::load::node::Node;
use crate::load::reading::Reading;
use crate::load::values::{line, plain};
use crate::model::{Colour, Colours, Look, Paint, Part, Picture};

/// The kinds of pictures whose size can be told, so that a page does not jump when they arrive.
const LOGOS: [&str; 2] = ["svg", "png"];
/// The kinds of pictures that browsers take for a tab.
const FAVICONS: [&str; 3] = ["svg", "png", "ico"];

/// Reads the look.
pub(super) fn look(node: &Node<'_>, reading: &mut Reading) -> Option<Look> {
    let mut fields = Fields::of(node, reading)?;
    let look = Look {
        logo: fields.read("logo", reading, |node, reading| picture(node, &LOGOS, reading)),
        favicon: fields.read("favicon", reading, |node, reading| picture(node, &FAVICONS, reading)),
        typeface: fields.read("typeface", reading, typeface),
        light: fields.read("colours", reading, colours).unwrap_or_default(),
        dark: fields.read("dark", reading, colours).unwrap_or_default(),
    };
    fields.finish(reading);
    Some(look)
}

fn picture(node: &Node<'_>, kinds: &[&str], reading: &mut Reading) -> Option<Picture> {
    let path = line(node, reading)?;
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    if ending.is_some_and(|it| kinds.contains(&it.as_str())) {
        return Some(Picture { place: node.place(), path });
    }
    let message = format!("`{path}` is no picture that can stand here");
    let diagnostic = Diagnostic::new(Code::InvalidValue, node.place(), message);
    reading.refuse(diagnostic.help(format!("name a file of site/assets: {}", kinds.join(", "))))
}

/// Names of typefaces, each a word or two, or anything readable in quotes.
fn typeface(node: &Node<'_>, reading: &mut Reading) -> Option<String> {
    let written = line(node, reading)?;
    let names: Option<Vec<String>> = written.split(',').map(|it| family(it.trim())).collect();
    names.map(|it| it.join(", ")).or_else(|| {
        let message = format!("`{written}` is no list of typefaces");
        let diagnostic = Diagnostic::new(Code::InvalidValue, node.place(), message);
        reading
            .refuse(diagnostic.help("write names with commas between them, as `'\"Open Sans\", sans-serif'`"))
    })
}

fn family(name: &str) -> Option<String> {
    let quoted = ['"', '\''].iter().find_map(|it| name.strip_prefix(*it)?.strip_suffix(*it));
    let plain = |it: char| it.is_alphanumeric() || it == '-' || it == '_';
    let is_name = |it: &str| it.starts_with(char::is_alphabetic) && it.chars().all(plain);
    match quoted {
        Some(inner) => {
            let readable =
                !inner.trim().is_empty() && inner.chars().all(|it| plain(it) || " .&+".contains(it));
            readable.then(|| format!("\"{inner}\""))
        }
        None => (!name.is_empty() && name.split(' ').all(is_name)).then(|| name.to_owned()),
    }
}

fn colours(node: &Node<'_>, reading: &mut Reading) -> Option<Colours> {
    let mut fields = Fields::of(node, reading)?;
    let mut colours = Colours::new();
    for part in Part::all() {
        let colour = fields.read(part.word(), reading, paint);
        colours.extend(colour.map(|it| (part, it)));
    }
    fields.finish(reading);
    Some(colours)
}

fn paint(node: &Node<'_>, reading: &mut Reading) -> Option<Paint> {
    let written = plain(node, reading)?.trim();
    if let Some(colour) = Colour::parse(written) {
        return Some(Paint { place: node.place(), colour });
    }
    let message = format!("`{written}` is no colour that can be read");
    let diagnostic = Diagnostic::new(Code::InvalidValue, node.place(), message);
    reading.refuse(match Colour::parse(&format!("#{written}")) {
        Some(_) => diagnostic.help(format!("write `\"#{written}\"`")),
        None => diagnostic.help("write red, green and blue in hexadecimal, as `\"#1447b8\"`"),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::load::testing::{SITE, folder, said};
    use crate::load::{Loaded, Memory, project};
    use crate::model::{Look, Part, State};

    fn load(look: &str) -> Loaded {
        let site = format!("{SITE}look:\n{look}");
        let files =
            [("site/site.yaml", site.as_str()), ("site/assets/logo.svg", ""), ("site/assets/a/b.png", "")];
        project(&folder(&files), &mut Memory::default())
    }

    /// Compares what is said of a look, without the path, which is that of site.yaml.
    #[track_caller]
    fn check(look: &str, expected: &[&str]) {
        let loaded = load(look);
        let said: Vec<String> =
            said(&loaded).iter().map(|it| it.replacen("site/site.yaml: ", "", 1)).collect();
        assert_eq!(said, expected);
    }

    #[track_caller]
    fn check_typeface(written: &str, read: Option<&str>) {
        let loaded = load(&format!("  typeface: {written}\n"));
        let typeface = loaded.project.and_then(|it| it.site.look.typeface.clone());
        assert_eq!(typeface.as_deref(), read, "{written}");
    }

    #[test]
    fn a_look_is_read_whole() {
        let loaded = load(
            "  logo: logo.svg\n  favicon: a/b.png\n  colours: {link: \"#0A5\", major_outage: \"#780016\"}\n  dark: {header: '#123456'}\n",
        );
        assert!(said(&loaded).is_empty());
        let site = Arc::clone(&loaded.project.unwrap().site);
        let Look { logo, favicon, typeface, light, dark } = &site.look;
        assert_eq!((logo.as_ref().unwrap().path.as_str(), typeface), ("logo.svg", &None));
        assert_eq!(favicon.as_ref().unwrap().path, "a/b.png");
        assert_eq!(light[&Part::Link].colour.to_string(), "#00aa55");
        assert_eq!(light[&Part::State(State::MajorOutage)].colour.to_string(), "#780016");
        assert_eq!(dark[&Part::Header].colour.to_string(), "#123456");
    }

    #[test]
    fn a_picture_must_be_there_and_be_one() {
        check(
            "  logo: lego.svg\n",
            &["unknown-asset 9:9 there is no file site/assets/lego.svg | did you mean `logo.svg`?"],
        );
        check(
            "  favicon: ../icon.svg\n",
            &["unknown-asset 9:12 there is no file site/assets/../icon.svg | known files: a/b.png, logo.svg"],
        );
        check(
            "  logo: logo.webp\n",
            &[
                "invalid-value 9:9 `logo.webp` is no picture that can stand here | name a file of site/assets: svg, png",
            ],
        );
    }

    #[test]
    fn a_colour_is_hexadecimal_and_in_quotes() {
        check(
            "  colours: {link: 0a5}\n",
            &["invalid-value 9:19 `0a5` is no colour that can be read | write `\"#0a5\"`"],
        );
        check(
            "  colours: {link: rebeccapurple}\n",
            &[
                "invalid-value 9:19 `rebeccapurple` is no colour that can be read | write red, green and blue in hexadecimal, as `\"#1447b8\"`",
            ],
        );
        check(
            "  dark:\n    link: #0a5\n    header:\n",
            &[
                "comment-ends-value 10:5 `link` is empty: YAML reads `#0a5` as a comment | quote the value, if it is one: `link: \"#0a5\"`",
            ],
        );
        check(
            "  colours: {lnik: \"#0a5\"}\n",
            &[
                "unknown-key 9:13 no key is named `lnik` here | did you mean `link`? (or it was written for a newer allclear)",
            ],
        );
    }

    #[test]
    fn a_typeface_cannot_end_the_declaration_that_it_stands_in() {
        check_typeface("'\"Open Sans\", Arial, sans-serif'", Some("\"Open Sans\", Arial, sans-serif"));
        check_typeface("\"'Noto Sans JP', ヒラギノ角ゴ\"", Some("\"Noto Sans JP\", ヒラギノ角ゴ"));
        for odd in [
            "a;b",
            "'a}b'",
            "'url(x)'",
            "'\"a\\\"b\"'",
            "'\"a'",
            "'a, , b'",
            "'a/*'",
            "'<style>'",
            "'1a'",
            "'@import'",
            "'a\\62'",
        ] {
            check_typeface(odd, None);
        }
    }
}
