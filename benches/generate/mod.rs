//! Projects of any size, the same on every machine: ten years of incidents of a company that does not exist.
//!
//! 1. `rounds` says of what kind, form and length each incident is: every twenty have a hundred updates between them, two
//!    have a postmortem, and six are single files.
//! 2. `subject` says what an incident is about and when it began; `incident`, `planned` and `postmortem` say the rest.
//! 3. `prose` makes texts of the sentences in `words`.
//! 4. `forms` writes an incident as a folder, as YAML or as Markdown; `site` writes site.yaml.
//!
//! What stands in an incident depends on its age and on how many there are, and on no other incident.

mod chance;
mod forms;
mod incident;
mod planned;
mod postmortem;
mod prose;
mod rounds;
mod site;
mod subject;
mod words;

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;

use self::rounds::Kind;
use self::subject::{Calendar, Subject};

/// The instant up to which a project reaches: some incidents are open then, and nothing lies behind it but work that is
/// announced.
pub(crate) const NOW: &str = "2026-06-01T12:00:00Z";

/// What was written.
#[derive(Default)]
pub(crate) struct Written {
    incidents: usize,
    updates: usize,
    postmortems: usize,
    files: usize,
    bytes: usize,
}

/// Writes a project of so many incidents into a folder.
pub(crate) fn write(root: &Path, incidents: usize) -> Result<Written> {
    let now: Timestamp = NOW.parse().context("the instant is a valid one")?;
    let calendar = Calendar { now, incidents };
    let mut written = Written::default();
    written.put(root, "site/site.yaml", &site::yaml())?;
    for age in 0..incidents {
        let subject = Subject::of(age, calendar);
        let incident = match subject.plan.kind {
            Kind::Incident => incident::of(&subject, calendar),
            Kind::Maintenance => planned::maintenance(&subject, calendar),
            Kind::Notice => planned::notice(&subject, calendar),
        };
        written.incidents += 1;
        written.updates += incident.updates.len();
        written.postmortems += usize::from(incident.postmortem.is_some());
        for (path, text) in forms::files(&incident) {
            written.put(root, &path, &text)?;
        }
    }
    Ok(written)
}

impl Written {
    fn put(&mut self, root: &Path, path: &str, text: &str) -> Result<()> {
        let path = root.join(path);
        let folder = path.parent().context("each file lies in the project")?;
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        self.files += 1;
        self.bytes += text.len();
        Ok(())
    }
}

impl fmt::Display for Written {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Written { incidents, updates, postmortems, files, bytes } = self;
        write!(out, "{incidents} incidents, {updates} updates, {postmortems} postmortems: {files} files, ")?;
        write!(out, "{:.1} MiB", *bytes as f64 / 1024.0 / 1024.0)
    }
}
