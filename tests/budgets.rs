//! What a reader has to load: the front page, its style sheet and its scripts, in bytes as they travel.
//!
//! The sites are invented: each component has a description, two maintenances are announced, and the last ninety days
//! have had an incident every other day.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::ToSpan;
use jiff::civil::date;

const KIB: usize = 1024;

/// Words that names and texts are made of: enough that they repeat no more than those of people do.
const WORDS: &str = "account alert archive balance basket billing cache calendar catalogue channel checkout cluster \
    contract customer dashboard delivery desktop device directory document domain edge export figure gateway history \
    image import index invoice journal label ledger letter library login mail market member message mobile network \
    notice order partner payment player playlist profile queue receipt region report search session setting shop \
    speaker storage ticket token upload video wallet";

/// An invented company.
#[derive(Clone, Copy)]
struct Company {
    components: usize,
    open_incidents: usize,
}

#[test]
fn twenty_components_and_three_open_incidents_take_14_kib() {
    check(Company { components: 20, open_incidents: 3 }, 14 * KIB);
}

#[test]
fn a_hundred_and_twenty_components_take_16_kib() {
    check(Company { components: 120, open_incidents: 1 }, 16 * KIB);
}

#[test]
fn the_bar_for_products_takes_2_kib_in_every_language() {
    for language in ["ar", "de", "en", "es", "fr", "ja", "sv"] {
        let root = tempfile::tempdir().unwrap();
        let site = Company { components: 1, open_incidents: 0 }.site(&mut Dice(7));
        put(root.path(), "site/site.yaml", &format!("{site}language: {language}\n"));
        put(root.path(), "incidents/.gitkeep", "");
        let out = root.path().join("public");
        build(root.path(), &out);
        let script = packed(&fs::read(out.join("embed.js")).unwrap());
        assert!(script <= 2 * KIB, "{language}: {script} bytes");
    }
}

/// Checks the weight of the front page with its style sheet, and of its scripts.
#[track_caller]
fn check(company: Company, budget: usize) {
    let root = tempfile::tempdir().unwrap();
    company.write(root.path());
    let out = root.path().join("public");
    build(root.path(), &out);
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    let html = packed(page.as_bytes());
    let css = packed(&loaded(&out, &page, " href=\"", ".css"));
    let scripts = packed(&loaded(&out, &page, " src=\"", ".js"));
    assert!(html + css <= budget, "{html} bytes of HTML and {css} of CSS are {}, of {budget}", html + css);
    assert!(scripts <= 3 * KIB, "the scripts have {scripts} bytes");
}

/// All files of a kind that the page loads.
fn loaded(out: &Path, page: &str, attribute: &str, ending: &str) -> Vec<u8> {
    let values = page.split(attribute).skip(1).filter_map(|it| it.split('"').next());
    let files = values.filter(|it| it.ends_with(ending) && !it.contains("://"));
    let bytes: Vec<u8> = files.flat_map(|it| fs::read(out.join(it)).unwrap()).collect();
    assert!(!bytes.is_empty(), "the page loads no {ending}");
    bytes
}

/// How many bytes it has when it travels.
fn packed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

fn build(root: &Path, out: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    // 2026-06-30T12:00:00Z.
    command.env("SOURCE_DATE_EPOCH", "1782820800").args(["build", "--root"]);
    let output = command.args([root, Path::new("--out"), out]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

impl Company {
    fn write(self, root: &Path) {
        let mut dice = Dice(7);
        put(root, "site/site.yaml", &self.site(&mut dice));
        for number in 0..45 {
            put(root, &format!("incidents/past-{number}.yaml"), &self.past(number, &mut dice));
        }
        for number in 0..self.open_incidents {
            put(root, &format!("incidents/open-{number}.yaml"), &open(number, &mut dice));
        }
        for number in 0..2 {
            put(root, &format!("incidents/ahead-{number}.yaml"), &ahead(number, &mut dice));
        }
    }

    fn site(self, dice: &mut Dice) -> String {
        let component = |number: usize, dice: &mut Dice| {
            let (name, about, group) = (dice.words(2), dice.words(7), number / 6);
            format!(
                "  - {{id: c{number}, name: {name} {number}, description: {about}, group: Group {group}}}\n"
            )
        };
        let components: String = (0..self.components).map(|it| component(it, dice)).collect();
        format!(
            "title: Example status\nurl: https://status.example.com\nsince: 2024-01-01\ncomponents:\n{components}"
        )
    }

    fn past(self, number: usize, dice: &mut Dice) -> String {
        let (title, text, component) = (dice.words(4), dice.words(20), dice.below(self.components));
        let state = ["degraded", "partial", "major"][dice.below(3)];
        let day = date(2026, 4, 1).checked_add((2 * number as i64).days()).unwrap();
        let end = 10 + dice.below(5);
        format!(
            "title: {title}\ncomponents: {{c{component}: {state}}}\nupdates:\n  \
             - {{at: {day}T09:00Z, status: investigating, body: {text}}}\n  \
             - {{at: {day}T{end}:00Z, status: resolved, body: {text}, components: {{c{component}: operational}}}}\n"
        )
    }
}

fn open(number: usize, dice: &mut Dice) -> String {
    let [title, first, second, third, workaround] = [5, 30, 25, 35, 12].map(|it| dice.words(it));
    let state = ["degraded", "partial", "major"][number % 3];
    format!(
        "title: {title}\ncomponents: {{c{number}: {state}}}\nworkaround: {workaround}\nupdates:\n  \
         - {{at: 2026-06-30T08:1{number}Z, status: investigating, body: {first}}}\n  \
         - {{at: 2026-06-30T09:2{number}Z, status: identified, body: {second}}}\n  \
         - {{at: 2026-06-30T11:3{number}Z, body: {third}, next_update: 1h}}\n"
    )
}

fn ahead(number: usize, dice: &mut Dice) -> String {
    let (title, summary, day) = (dice.words(4), dice.words(30), number + 2);
    format!(
        "title: {title}\nkind: maintenance\ncomponents: [c{number}]\nsummary: {summary}\n\
         scheduled_for: 2026-07-0{day}T04:00Z\nscheduled_until: 2026-07-0{day}T06:00Z\n"
    )
}

fn put(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// Chance that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn words(&mut self, count: usize) -> String {
        let known: Vec<&str> = WORDS.split_whitespace().collect();
        let words: Vec<&str> = (0..count).map(|_| known[self.below(known.len())]).collect();
        words.join(" ")
    }
}
