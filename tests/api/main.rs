//! The Statuspage API: the form of every document, and that all of them agree, on the sample, on small sites with one
//! thing each, and on sites that chance wrote.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod agreement;
mod filled;
mod generated;
mod json;
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use json::Json;

/// The documents of the API that every site has.
const ALWAYS: [&str; 8] = [
    "components",
    "incidents",
    "incidents/unresolved",
    "scheduled-maintenances",
    "scheduled-maintenances/active",
    "scheduled-maintenances/upcoming",
    "status",
    "summary",
];

/// A site as programs and readers get it.
pub(crate) struct Site {
    documents: BTreeMap<String, Json>,
    files: BTreeSet<String>,
    first_page: String,
}

impl Site {
    fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut site = Site { documents: BTreeMap::new(), files: BTreeSet::new(), first_page: String::new() };
        for (path, bytes) in files {
            if let Some(name) = path.strip_prefix("api/v2/").and_then(|it| it.strip_suffix(".json")) {
                site.documents.insert(name.to_owned(), serde_json::from_slice(&bytes).unwrap());
            }
            if path == "index.html" {
                site.first_page = without_tags(&String::from_utf8(bytes).unwrap());
            }
            site.files.insert(path);
        }
        site
    }

    /// The site of a project, by the real binary.
    fn build(root: &Path, now: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
        let epoch = now.parse::<jiff::Timestamp>().unwrap().as_second().to_string();
        command.env("SOURCE_DATE_EPOCH", epoch).args(["build", "--root"]).arg(root).arg("--out").arg(&out);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let all = walkdir::WalkDir::new(&out).into_iter().map(|it| it.unwrap());
        let files = all.filter(|it| it.file_type().is_file()).map(|it| {
            let path = it.path().strip_prefix(&out).unwrap().to_str().unwrap().to_owned();
            (path, std::fs::read(it.path()).unwrap())
        });
        Site::new(files)
    }

    /// A document, by its path without the ending.
    fn document(&self, name: &str) -> &Json {
        self.documents.get(name).unwrap_or(&Json::Null)
    }

    fn documents(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.documents.iter().map(|(name, document)| (name.as_str(), document))
    }

    fn has(&self, href: &str) -> bool {
        self.files.contains(href)
    }

    /// All that is wrong with the API of the site.
    fn faults(&self) -> Vec<String> {
        let missing = ALWAYS.iter().filter(|it| !self.documents.contains_key(**it));
        let missing = missing.map(|it| format!("{it}.json is missing"));
        let forms = self.documents().flat_map(|(name, it)| rules::faults(&format!("{name}.json"), it));
        let faults: Vec<String> = missing.chain(forms).collect();
        if faults.is_empty() { agreement::faults(self) } else { faults }
    }
}

/// The words of a page.
fn without_tags(html: &str) -> String {
    let mut words = String::new();
    for part in html.split('<') {
        words += part.split_once('>').map_or(part, |(_, text)| text);
    }
    let marks =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    let plain = marks.iter().fold(words, |text, (name, mark)| text.replace(name, mark));
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check_sample(now: &str) {
    let site = Site::build(Path::new(env!("CARGO_MANIFEST_DIR")), now);
    let faults = [site.faults(), agreement::page_faults(&site)].concat();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_sample_is_served_as_clients_know_it() {
    check_sample("2020-07-10T11:30:00Z");
    check_sample("2020-07-10T13:30:00Z");
    check_sample("2024-11-19T12:00:00Z");
    check_sample("2025-01-15T02:00:00Z");
    check_sample("2026-11-22T00:00:00Z");
}
