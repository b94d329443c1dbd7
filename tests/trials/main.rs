//! Random damage to a project: nothing hidden is published, and no open incident is lost.
//!
//! Each trial damages one to three files of a sound project, whose page is built already, and builds again: plainly and
//! with `--hold-back` over that page, and with `--hold-back` into a fresh folder. Whatever was damaged, the program ends
//! with 0, 1, 2 or 3; no word that is a draft, under embargo, retracted or internal stands in an output; and what was
//! open is still shown as open, or the page is as it was to the byte.
//!
//! `TRIALS=5000 cargo test --release --test trials` tries that many, `SEED=7` begins with another one.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "the environment asks for a long run")]
#![expect(clippy::print_stderr, reason = "a long run says what it has found so far")]

mod damage;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use damage::Random;

const AT: &str = "2026-03-01T12:00Z";
/// Words that no output may hold.
const SECRETS: [&str; 7] =
    ["Zanzibar", "Yokohama", "Xanadu", "Wagadugu", "Valparaiso", "Ushuaia", "Timbuktu"];

const SITE: &str = "\
title: Example
url: https://status.example.com
time_zone: Europe/Stockholm
since: 2026-01-01
show: {authors: false, action_owners: false}
components:
  - {id: login, name: Login, critical: true}
  - {id: search, name: Search, depends_on: [login]}
";

/// The files of the sound project.
const FILES: [(&str, &str); 12] = [
    ("site/site.yaml", SITE),
    ("incidents/login/incident.yaml", "title: Logging in fails\ncomponents: {login: major_outage}\n"),
    ("incidents/login/updates/20260301T1000Z-investigating-timbuktu.md", "We are looking into it.\n"),
    (
        "incidents/login/updates/20260301T1100Z-identified.md",
        "---\nauthor: Timbuktu\npublished_at: 2026-12-03T10:00Z\n---\nIt was Zanzibar.\n",
    ),
    (
        "incidents/login/updates/20260301T1130Z-update.md",
        "---\nretracted: {at: 2026-03-01T11:40Z, note: Not so.}\n---\nIt was Yokohama.\n",
    ),
    (
        "incidents/secret.yaml",
        "title: Xanadu\nstarted_at: 2026-03-01T09:00Z\ndraft: true\ncomponents: {search: major_outage}\n",
    ),
    (
        "incidents/2026/embargo.md",
        "---\ntitle: Wagadugu\npublished_at: 2026-12-03T10:00Z\nstarted_at: 2026-03-01T09:00Z\n---\nWagadugu.\n",
    ),
    (
        "incidents/2026/list.yaml",
        "title: Search is slow\ncomponents: {search: degraded_performance}\nupdates:\n  \
         - {at: 2026-03-01T08:00Z, status: investigating, body: Slow.}\n  \
         - {at: 2026-03-01T09:00Z, published_at: 2026-12-03T10:00Z, body: It was Valparaiso.}\n",
    ),
    (
        "incidents/2026/headings.md",
        "---\ntitle: Search fails\ncomponents: {search: partial_outage}\n---\n## 2026-03-01T08:00Z investigating\nIt fails.\n\n\
         ## 2026-03-01T09:00Z\n```status\npublished_at: 2026-12-03T10:00Z\n```\nIt was Valparaiso.\n",
    ),
    (
        "incidents/over/incident.yaml",
        "title: Over\nimpact: minor\nstarted_at: 2026-02-01T10:00Z\nresolved_at: 2026-02-01T11:00Z\n",
    ),
    (
        "incidents/over/postmortem.md",
        "---\nstatus: published\nactions:\n  - {id: A1, text: Ushuaia, internal: true}\n  - {id: A2, text: Test more.}\n---\nText.\n",
    ),
    ("incidents/login/postmortem.md", "---\nstatus: draft\n---\nUshuaia.\n"),
];

#[test]
fn damaged_projects_publish_nothing_hidden_and_lose_nothing_open() {
    let number = |name: &str| std::env::var(name).ok().and_then(|it| it.parse::<u64>().ok());
    let (trials, seed) = (number("TRIALS").unwrap_or(16), number("SEED").unwrap_or(1));
    let trial = Trial::new();
    for seed in seed..seed + trials {
        trial.run(seed);
        if seed % 1000 == 0 {
            eprintln!("{seed}");
        }
    }
}

/// A sound project with its page.
struct Trial {
    dir: tempfile::TempDir,
    page: BTreeMap<String, Vec<u8>>,
    open: BTreeSet<String>,
}

impl Trial {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("sound");
        write(&root);
        let output = build(&root, &root.join("public"), &[]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let page = files(&root.join("public"));
        let open = open(&page);
        assert_eq!(open, ["headings", "list", "login"].map(str::to_owned).into());
        let trial = Trial { dir, page, open };
        trial.check_secrets(&trial.page, "the sound project");
        trial
    }

    fn run(&self, seed: u64) {
        let root = self.dir.path().join("damaged");
        drop(fs::remove_dir_all(&root));
        write(&root);
        let mut random = Random::new(seed);
        let done: Vec<String> =
            (0..1 + random.below(3)).map(|_| damage::damage(&root, &mut random)).collect();
        let told = format!("seed {seed}: {}", done.join("; "));
        for (folder, arguments) in [("plain", &[][..]), ("held", &["--hold-back"])] {
            let out = self.dir.path().join(folder);
            drop(fs::remove_dir_all(&out));
            copy(&self.dir.path().join("sound/public"), &out);
            let page = self.build(&root, &out, arguments, &told);
            let is_kept = page == self.page || self.open.is_subset(&open(&page));
            assert!(is_kept, "{told}; {folder}: of {:?} only {:?} is open", self.open, open(&page));
        }
        let fresh = self.dir.path().join("fresh");
        drop(fs::remove_dir_all(&fresh));
        self.build(&root, &fresh, &["--hold-back"], &told);
    }

    /// Builds, checks how the program ends and that nothing hidden is told, and returns the output.
    fn build(&self, root: &Path, out: &Path, arguments: &[&str], told: &str) -> BTreeMap<String, Vec<u8>> {
        let output = build(root, out, arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        let code = output.status.code();
        assert!(code.is_some_and(|it| (0..=3).contains(&it)), "{told} {arguments:?}: {code:?} {errors}");
        assert!(!errors.contains("panicked"), "{told} {arguments:?}: {errors}");
        let page = files(out);
        self.check_secrets(&page, told);
        page
    }

    fn check_secrets(&self, page: &BTreeMap<String, Vec<u8>>, told: &str) {
        for (path, bytes) in page {
            let text = String::from_utf8_lossy(bytes);
            for secret in SECRETS {
                let is_told = [&text, &path.as_str().into()]
                    .iter()
                    .any(|it| it.contains(secret) || it.contains(&secret.to_lowercase()));
                assert!(!is_told, "{told}: {path} tells of {secret}");
            }
        }
    }
}

fn write(root: &Path) {
    for (path, text) in FILES {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn build(root: &Path, out: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.args(["build", "--at", AT, "--root"]).arg(root).arg("--out").arg(out).args(arguments);
    command.output().unwrap()
}

/// The incidents that a page shows as open; none where there is no page.
fn open(page: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let Some(status) = page.get("status.json") else { return BTreeSet::new() };
    let status: serde_json::Value = serde_json::from_slice(status).unwrap();
    let incidents = status["incidents"].as_array().unwrap().iter().filter(|it| it["kind"] == "incident");
    incidents.map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}

/// Each file of an output, by its path, but for the lock.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|it| it.file_type().is_file() && it.file_name() != ".allclear.lock");
    files
        .map(|it| {
            (it.path().strip_prefix(folder).unwrap().display().to_string(), fs::read(it.path()).unwrap())
        })
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(target).unwrap(),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}
