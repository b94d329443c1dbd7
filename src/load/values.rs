//! Readers of single values: each gives what a node says, or says what is wrong with it.

use super::fields::{Fields, SMART_QUOTES, written, wrong_type};
use super::nearest;
use super::node::Node;
use super::reading::Reading;
use crate::diag::{Code, Diagnostic};
use crate::markdown::is_stray;
use crate::model::Link;
use crate::yaml::{Value, quoted};

/// Text of any length, without what no output may hold.
pub(super) fn text(node: &Node<'_>, reading: &mut Reading) -> Option<String> {
    let text = shown(node, reading)?;
    Some(text.chars().filter(|it| !is_stray(*it)).collect())
}

/// A line of text: line breaks count as spaces.
pub(super) fn line(node: &Node<'_>, reading: &mut Reading) -> Option<String> {
    let text = shown(node, reading)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().filter(|it| !is_stray(*it)).collect();
    if line.is_empty() {
        let message = format!("`{}` is empty", node.key());
        let diagnostic = Diagnostic::new(Code::InvalidValue, node.place(), message);
        return reading.refuse(diagnostic.help("write its text, or leave the key out"));
    }
    Some(line)
}

/// Text that readers see, which YAML may have ended too early.
fn shown<'a>(node: &Node<'a>, reading: &mut Reading) -> Option<&'a str> {
    let text = plain(node, reading)?;
    // Whoever means a comment leaves a space behind the sign.
    if let Some((comment, place)) = node.passed_over().filter(|(it, _)| !it.starts_with("# ") && *it != "#") {
        let message = format!("YAML reads `{comment}` as a comment: it is not part of `{}`", node.key());
        let diagnostic = Diagnostic::new(Code::CommentEndsValue, place, message);
        let whole = quoted(&format!("{text} {comment}"));
        reading.say(diagnostic.help(format!("quote the value, `{whole}`, or write a space behind the `#`")));
    }
    Some(text)
}

/// Text as it is written.
pub(super) fn plain<'a>(node: &Node<'a>, reading: &mut Reading) -> Option<&'a str> {
    let value = node.value;
    if let Value::Text(text) = value {
        if 2 < text.len() && text.starts_with(SMART_QUOTES) && text.ends_with(SMART_QUOTES) {
            let message = "the value stands in quotes that YAML takes for letters: they are shown";
            let diagnostic = Diagnostic::new(Code::SmartQuotes, node.place(), message);
            reading.say(diagnostic.help("write straight quotes, `\"` or `'`, or none"));
        }
        return Some(text);
    }
    let diagnostic = wrong_type(node, value, "text");
    reading.refuse(match written(value) {
        Some(word) => diagnostic.help(format!("quote it: `\"{word}\"`")),
        None if matches!(value, Value::Tagged(_)) => {
            let help = format!(
                "YAML reads a word behind `!` as a tag: quote the value, `{}`",
                quoted(node.written())
            );
            diagnostic.help(help)
        }
        None => diagnostic,
    })
}

/// `true` or `false`.
pub(super) fn flag(node: &Node<'_>, reading: &mut Reading) -> Option<bool> {
    match node.value {
        Value::Bool(flag) => Some(*flag),
        other => reading.refuse(wrong_type(node, other, "`true` or `false`").help("write `true` or `false`")),
    }
}

/// A whole number from `least` to `most`.
pub(super) fn whole(least: i64, most: i64) -> impl Fn(&Node<'_>, &mut Reading) -> Option<i64> {
    move |node, reading| {
        let Value::Number(number) = node.value else {
            return reading.refuse(wrong_type(node, node.value, "a number").help("write a whole number"));
        };
        let whole = node.integer().filter(|it| (least..=most).contains(it));
        whole.or_else(|| {
            let diagnostic = out_of_range(node, number, &format!("{least} to {most}"));
            reading.refuse(diagnostic.help("write a whole number in that range"))
        })
    }
}

/// A percentage in whole numbers, with or without the sign.
pub(super) fn percent(node: &Node<'_>, reading: &mut Reading) -> Option<u8> {
    let written = match node.value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.trim_end_matches('%').trim_end().to_owned(),
        other => return reading.refuse(wrong_type(node, other, "a percentage")),
    };
    let percent = written.parse::<u8>().ok().filter(|it| *it <= 100);
    percent.or_else(|| {
        reading.refuse(out_of_range(node, &written, "0 to 100").help("write a whole number, as `25%`"))
    })
}

/// A weight between 0 and 1, in thousandths.
pub(super) fn weight(node: &Node<'_>, reading: &mut Reading) -> Option<u16> {
    let Value::Number(number) = node.value else {
        return reading.refuse(wrong_type(node, node.value, "a number"));
    };
    let thousandths = number.parse::<f64>().unwrap_or(-1.0) * 1000.0;
    let exact = (thousandths - thousandths.round()).abs() < 1e-6;
    let weight = (0..=1000_u16).find(|it| f64::from(*it) == thousandths.round()).filter(|_| exact);
    weight.or_else(|| {
        let diagnostic = out_of_range(node, number, "0 to 1");
        reading.refuse(diagnostic.help("write a number from 0 to 1 with at most three decimals"))
    })
}

/// A list whose elements `reader` reads; broken ones are left out.
pub(super) fn list<T>(
    reader: impl Fn(&Node<'_>, &mut Reading) -> Option<T>,
) -> impl Fn(&Node<'_>, &mut Reading) -> Option<Vec<T>> {
    move |node, reading| {
        let Value::List(elements) = node.value else {
            return reading
                .refuse(wrong_type(node, node.value, "a list").help("write it as `[first, second]`"));
        };
        Some(elements.iter().filter_map(|it| reader(&node.element(it), reading)).collect())
    }
}

/// One of the words of a closed list.
pub(super) fn choice<T: Copy>(words: &[(&str, T)]) -> impl Fn(&Node<'_>, &mut Reading) -> Option<T> {
    move |node, reading| {
        let Value::Text(word) = node.value else {
            let diagnostic = wrong_type(node, node.value, "one of a few words");
            let known: Vec<&str> = words.iter().map(|(it, _)| *it).collect();
            return reading.refuse(diagnostic.help(format!("known values: {}", known.join(", "))));
        };
        let word = word.as_ref();
        let found = words.iter().find(|(it, _)| *it == word);
        found.map(|(_, value)| *value).or_else(|| {
            let message = format!("`{}` cannot be `{word}`", node.key());
            let known = words.iter().map(|(it, _)| *it);
            reading.refuse(unknown(Code::InvalidValue, node, message, nearest::help(word, known, "values")))
        })
    }
}

/// An address with one of the schemes that a page may carry.
pub(super) fn url(node: &Node<'_>, reading: &mut Reading) -> Option<String> {
    let url = line(node, reading)?;
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let diagnostic = match scheme.as_deref() {
        Some("http" | "https" | "mailto" | "tel") if !url.contains(' ') => return Some(url),
        Some("http" | "https" | "mailto" | "tel") => {
            Diagnostic::new(Code::InvalidValue, node.place(), "an address cannot hold a space")
                .help("write `%20` for each space")
        }
        Some(scheme) if scheme.chars().all(|it| it.is_ascii_alphanumeric()) => {
            let message = format!("a page must not carry an address that begins with `{scheme}:`");
            Diagnostic::new(Code::UnsafeLink, node.place(), message)
                .help("use an address that begins with https:, http:, mailto: or tel:")
        }
        _ => Diagnostic::new(Code::InvalidValue, node.place(), format!("`{url}` is not a whole address"))
            .help(format!("write it with its scheme, as `https://{}`", url.trim_start_matches('/'))),
    };
    reading.refuse(diagnostic)
}

/// A named address.
pub(super) fn link(node: &Node<'_>, reading: &mut Reading) -> Option<Link> {
    let mut fields = Fields::of(node, reading)?;
    let title = fields.require("title", reading, line);
    let url = fields.require("url", reading, url);
    fields.finish(reading);
    Some(Link { title: title?, url: url? })
}

/// That a word is none of those that are known.
pub(super) fn unknown(code: Code, node: &Node<'_>, message: String, help: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::new(code, node.place(), message);
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

fn out_of_range(node: &Node<'_>, written: &str, range: &str) -> Diagnostic {
    let message = format!("`{}` must be {range}, and this is `{written}`", node.key());
    Diagnostic::new(Code::InvalidValue, node.place(), message)
}
