//! Sites, built by the real binary.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

/// The output, by path.
pub(crate) type Site = BTreeMap<String, Vec<u8>>;

/// The sample while Login is down; it has an open incident, and derived states.
pub(crate) const DURING: &str = "2020-07-10T11:30:00Z";
/// The sample on a day on which little happens.
pub(crate) const QUIET: &str = "2026-11-21T12:00:00Z";

/// A page of each kind that the sample has, [`DURING`] and [`QUIET`].
pub(crate) const KINDS: [&str; 15] = [
    "index.html",
    "embed.html",
    "incidents/2020-07-10-login-cascade.html",
    "history.html",
    "history/2020.html",
    "history/2020-07.html",
    "components/login.html",
    "components/login/2020.html",
    "search.html",
    "maintenance.html",
    "postmortems.html",
    "subscribe.html",
    "is-it-just-me.html",
    "contact.html",
    "404.html",
];

/// The sample of this repository at an instant, built once.
pub(crate) fn sample(at: &'static str) -> Arc<Site> {
    static BUILT: Mutex<BTreeMap<&str, Arc<Site>>> = Mutex::new(BTreeMap::new());
    let mut built = BUILT.lock().unwrap();
    let site = built.entry(at).or_insert_with(|| Arc::new(build(Path::new(env!("CARGO_MANIFEST_DIR")), at)));
    Arc::clone(site)
}

/// The sample of this repository with these lines in its site.yaml instead of `theme: default`.
pub(crate) fn sample_with(lines: &str, at: &str) -> Arc<Site> {
    let (sample, project) = (Path::new(env!("CARGO_MANIFEST_DIR")), tempfile::tempdir().unwrap());
    for folder in ["site", "incidents", "themes"] {
        for entry in walkdir::WalkDir::new(sample.join(folder)).into_iter().map(Result::unwrap) {
            let copy = project.path().join(entry.path().strip_prefix(sample).unwrap());
            match entry.file_type().is_dir() {
                true => fs::create_dir_all(copy).unwrap(),
                false => drop(fs::copy(entry.path(), copy).unwrap()),
            }
        }
    }
    let site = project.path().join("site/site.yaml");
    let text = fs::read_to_string(&site).unwrap();
    fs::write(&site, text.replace("\ntheme: default\n", &format!("\n{lines}\n"))).unwrap();
    Arc::new(build(project.path(), at))
}

/// The site of a project with this site.yaml and these incidents, a file each, at an instant.
pub(crate) fn written(settings: &str, incidents: &[(&str, &str)], at: &str) -> Arc<Site> {
    let root = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("site/site.yaml", settings);
    put("incidents/.gitkeep", "");
    for (name, text) in incidents {
        put(&format!("incidents/{name}.yaml"), text);
    }
    Arc::new(build(root.path(), at))
}

/// The site of a project at an instant, which is not the present.
#[track_caller]
pub(crate) fn build_as_of(root: &Path, at: &str) -> Site {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.env_remove("SOURCE_DATE_EPOCH").args(["build", "--at", at]);
    run(command, root)
}

/// The site of a project at an instant, which is the present.
#[track_caller]
pub(crate) fn build(root: &Path, at: &str) -> Site {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.env("SOURCE_DATE_EPOCH", epoch(at)).arg("build");
    run(command, root)
}

#[track_caller]
fn run(mut command: Command, root: &Path) -> Site {
    let out = tempfile::tempdir().unwrap();
    let output = command.arg("--root").arg(root).arg("--out").arg(out.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    read(out.path())
}

/// An instant as SOURCE_DATE_EPOCH has it, which makes it the present.
fn epoch(at: &str) -> String {
    at.parse::<jiff::Timestamp>().unwrap().as_second().to_string()
}

fn read(folder: &Path) -> Site {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .filter(|it| it.file_type().is_file() && it.file_name() != ".allclear")
        .map(|it| {
            let path = it.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(it.path()).unwrap())
        })
        .collect()
}

/// A site of these files.
pub(crate) fn files(files: &[(&str, &str)]) -> Site {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}
