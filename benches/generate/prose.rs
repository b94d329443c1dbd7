//! Texts as long as those on status pages, of sentences that do not come twice in one.

use std::fmt::Write;

use super::chance::Chance;
use super::words::{ALWAYS, CHANGES, PARTS, REGIONS, TEAMS};

/// An update's text: 20 to 120 words, and now and then a list, a table, a block of code or a link.
pub(super) fn update(name: &str, sentences: &[&str], chance: &mut Chance) -> String {
    let (length, own) = (chance.between(20, 95), chance.between(1, 5));
    let own = chance.pick_some(own, sentences);
    let general = chance.pick_some(ALWAYS.len(), &ALWAYS);
    let text = paragraphs(name, &[own, general].concat(), length, chance);
    match chance.between(1, 100) {
        1..=7 => text + "\n\n" + &list(chance),
        8..=12 => text + "\n\n" + &table(chance),
        13..=16 => text + "\n\n" + &code(chance),
        17..=24 => text + "\n\n" + &link(chance),
        _ => text,
    }
}

/// So many words of the sentences, in an order of their own.
pub(super) fn shuffled(name: &str, sentences: &[&str], words: usize, chance: &mut Chance) -> String {
    let sentences = chance.pick_some(sentences.len(), sentences);
    paragraphs(name, &sentences, words, chance)
}

/// Sentences from the first on until there are enough words, four in a paragraph.
fn paragraphs(name: &str, sentences: &[&str], words: usize, chance: &mut Chance) -> String {
    let mut text = String::new();
    let mut count = 0;
    for (place, sentence) in sentences.iter().enumerate() {
        if words <= count {
            break;
        }
        let filled = fill(name, sentence, chance);
        count += filled.split(' ').count();
        text += if place == 0 {
            ""
        } else if place % 4 == 0 {
            "\n\n"
        } else {
            " "
        };
        text += &filled;
    }
    text
}

/// A sentence with its gaps filled in.
pub(super) fn fill(name: &str, sentence: &str, chance: &mut Chance) -> String {
    let mut parts = sentence.split(['{', '}']);
    let mut text = parts.next().unwrap_or_default().to_owned();
    while let Some(gap) = parts.next() {
        text += &match gap {
            "name" => name.to_owned(),
            "region" => (*chance.pick(&REGIONS)).to_owned(),
            "part" => (*chance.pick(&PARTS)).to_owned(),
            "change" => (*chance.pick(&CHANGES)).to_owned(),
            "team" => (*chance.pick(&TEAMS)).to_owned(),
            "share" => chance.between(2, 65).to_string(),
            "minutes" => chance.between(5, 55).to_string(),
            unknown => panic!("no words are known for `{unknown}`"),
        };
        text += parts.next().unwrap_or_default();
    }
    capital(&text)
}

/// What works and what does not.
pub(super) fn list(chance: &mut Chance) -> String {
    let facts = [
        "**Orders** that were confirmed are not affected",
        "**Baskets** are kept for a day",
        "**Refunds** wait until the errors are gone",
        "**Returns** can be entered by hand",
        "**Imports** of products are stopped",
        "**Printing** of labels works from the desktop app",
        "**Figures** of today are incomplete",
    ];
    let count = chance.between(3, 5);
    chance
        .pick_some(count, &facts)
        .iter()
        .map(|it| format!("- {it}\n"))
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// How much fails where.
pub(super) fn table(chance: &mut Chance) -> String {
    let mut text = "| Region | Failed requests | Slowest tenth |\n|---|---:|---:|".to_owned();
    let count = chance.between(3, 6);
    for region in chance.pick_some(count, &REGIONS) {
        let (share, tenths, seconds) = (chance.between(0, 40), chance.between(0, 9), chance.between(1, 30));
        write!(text, "\n| {} | {share}.{tenths} % | {seconds} s |", capital(region))
            .expect("a text takes whatever is written to it");
    }
    text
}

/// What programs are answered.
pub(super) fn code(chance: &mut Chance) -> String {
    let (status, seconds) = (chance.pick(&[429, 500, 502, 503, 504]), chance.between(5, 90));
    format!(
        "Programs are answered with\n\n```http\nHTTP/1.1 {status}\nRetry-After: {seconds}\nContent-Type: application/json\n\n\
         {{\"error\": \"try_later\", \"retry_after\": {seconds}}}\n```"
    )
}

fn link(chance: &mut Chance) -> String {
    let links = [
        "How to try again is told in [the manual of the API](https://docs.tidewater.example/api/retries).",
        "What [other components](/index.html) are in can be seen on the first page.",
        "The [history of the checkout](/components/checkout.html) shows how this compares with earlier years.",
        "Merchants find a text for their customers among [our templates](https://support.tidewater.example/texts).",
    ];
    (*chance.pick(&links)).to_owned()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default() + letters.as_str()
}
