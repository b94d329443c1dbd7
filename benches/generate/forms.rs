//! How an incident is written: a folder, a YAML file or a Markdown file.

use jiff::Timestamp;

use super::rounds::Form;

/// An incident with all that is to be written.
pub(super) struct Incident {
    pub(super) id: String,
    pub(super) began: Timestamp,
    pub(super) form: Form,
    /// The head's keys, a line each.
    pub(super) keys: Vec<String>,
    pub(super) summary: Option<String>,
    pub(super) updates: Vec<Update>,
    pub(super) postmortem: Option<String>,
    pub(super) reports: Option<String>,
}

/// An update with all that is to be written.
pub(super) struct Update {
    pub(super) at: Timestamp,
    /// None of a plain update.
    pub(super) status: Option<&'static str>,
    pub(super) author: &'static str,
    /// Its keys, a line each.
    pub(super) keys: Vec<String>,
    pub(super) text: String,
}

/// The files of an incident, with their paths.
pub(super) fn files(incident: &Incident) -> Vec<(String, String)> {
    let path = format!("incidents/{}/{}", incident.began.strftime("%Y/%m"), incident.id);
    match incident.form {
        Form::Yaml => vec![(format!("{path}.yaml"), yaml(incident))],
        Form::Markdown => vec![(format!("{path}.md"), markdown(incident))],
        Form::Folder => folder(&path, ("incident.yaml", yaml_head(incident)), incident),
        Form::MarkdownHead => folder(&path, ("incident.md", markdown_head(incident)), incident),
    }
}

/// A time as it stands in files.
pub(super) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%MZ").to_string()
}

/// A text as a YAML value. Texts here hold no quotation mark.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// Texts as a YAML list.
pub(super) fn list(texts: &[&str]) -> String {
    format!("[{}]", texts.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(", "))
}

fn folder(path: &str, head: (&str, String), incident: &Incident) -> Vec<(String, String)> {
    let mut files = vec![(format!("{path}/{}", head.0), head.1)];
    for update in &incident.updates {
        let (time, status) = (update.at.strftime("%Y%m%dT%H%MZ"), update.status.unwrap_or("update"));
        let name = format!("{path}/updates/{time}-{status}-{}.md", update.author);
        files.push((name, format!("{}{}\n", front_matter(&update.keys), update.text)));
    }
    let further = [("postmortem.md", &incident.postmortem), ("reports.csv", &incident.reports)];
    files
        .extend(further.iter().filter_map(|(name, text)| Some((format!("{path}/{name}"), (*text).clone()?))));
    files
}

fn front_matter(keys: &[String]) -> String {
    if keys.is_empty() { String::new() } else { format!("---\n{}\n---\n", keys.join("\n")) }
}

fn yaml_head(incident: &Incident) -> String {
    let mut text = incident.keys.join("\n") + "\n";
    if let Some(summary) = &incident.summary {
        text += &format!("summary: {}\n", block(summary, "  "));
    }
    text
}

fn yaml(incident: &Incident) -> String {
    let mut text = yaml_head(incident) + "updates:\n";
    for update in &incident.updates {
        text += &format!("  - at: {}\n", time(update.at));
        let status = update.status.map(|it| format!("status: {it}"));
        for key in status.iter().chain(&update.keys) {
            text += &format!("    {key}\n");
        }
        text += &format!("    body: {}\n", block(&update.text, "      "));
    }
    text
}

fn markdown_head(incident: &Incident) -> String {
    format!("{}{}\n", front_matter(&incident.keys), incident.summary.as_deref().unwrap_or_default())
}

fn markdown(incident: &Incident) -> String {
    let mut text = markdown_head(incident);
    for Update { at, status, author: _, keys, text: words } in &incident.updates {
        text += &format!("\n## {} {}\n", time(*at), status.unwrap_or("update"));
        if !keys.is_empty() {
            text += &format!("```status\n{}\n```\n", keys.join("\n"));
        }
        text += &format!("\n{words}\n");
    }
    text
}

/// A text of several lines as a YAML value.
fn block(text: &str, indent: &str) -> String {
    let lines = text.lines().map(|it| if it.is_empty() { String::new() } else { format!("{indent}{it}") });
    format!("|\n{}", lines.collect::<Vec<_>>().join("\n"))
}
