//! Projects on disk, and the sites that the real binary makes of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The files of a site by their paths, with what is no text replaced.
pub(crate) type Site = BTreeMap<String, String>;

/// A project in a folder of its own.
pub(crate) struct Project {
    root: tempfile::TempDir,
}

impl Project {
    /// One of these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let project = Project { root: tempfile::tempdir().unwrap() };
        files.iter().for_each(|(path, text)| project.put(path, text));
        project
    }

    /// A copy of the sample.
    pub(crate) fn sample() -> Self {
        let project = Project::new(&[]);
        let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in ["site", "incidents", "themes"] {
            for entry in walkdir::WalkDir::new(sample.join(folder)).into_iter().map(Result::unwrap) {
                let to = project.root.path().join(entry.path().strip_prefix(sample).unwrap());
                match entry.file_type().is_dir() {
                    true => fs::create_dir_all(to).unwrap(),
                    false => drop(fs::copy(entry.path(), to).unwrap()),
                }
            }
        }
        project
    }

    /// Writes a file.
    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Takes a file away.
    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.root.path().join(path)).unwrap();
    }

    /// Gives a file or folder another name.
    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.root.path().join(from), self.root.path().join(to)).unwrap();
    }

    /// The site at an instant.
    #[track_caller]
    pub(crate) fn at(&self, now: &str) -> Site {
        build(self.root.path(), now)
    }
}

/// An instant as SOURCE_DATE_EPOCH has it, which makes it the present.
fn epoch(at: &str) -> String {
    at.parse::<jiff::Timestamp>().unwrap().as_second().to_string()
}

/// The sample's site at an instant.
#[track_caller]
pub(crate) fn sample(at: &str) -> Site {
    build(Path::new(env!("CARGO_MANIFEST_DIR")), at)
}

#[track_caller]
fn build(root: &Path, at: &str) -> Site {
    let out = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.current_dir(root).args(["build", "--out"]).arg(out.path());
    let output = command.env("SOURCE_DATE_EPOCH", epoch(at)).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = walkdir::WalkDir::new(out.path()).into_iter().map(Result::unwrap);
    let files = files
        .filter(|it| it.file_type().is_file() && !it.file_name().to_str().unwrap().starts_with(".allclear"));
    let read = |it: walkdir::DirEntry| {
        let path = it.path().strip_prefix(out.path()).unwrap().to_str().unwrap().to_owned();
        (path, String::from_utf8_lossy(&fs::read(it.path()).unwrap()).into_owned())
    };
    files.map(read).collect()
}
