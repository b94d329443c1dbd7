//! Any bytes as an update, a postmortem, a page and an incident in one Markdown file.
#![no_main]

mod project;

use libfuzzer_sys::fuzz_target;

const HEAD: &[u8] = b"title: Login fails\nstarted_at: 2020-07-10T10:30Z\ncomponents: {login: major_outage}\n";

fuzz_target!(|bytes: &[u8]| {
    project::check(&[
        ("site/site.yaml", project::SITE.as_bytes()),
        ("site/pages/help.md", bytes),
        ("incidents/a/incident.yaml", HEAD),
        ("incidents/a/updates/20200710T1048Z-investigating.md", bytes),
        ("incidents/a/updates/20200710T1248Z-resolved.md", b"Over."),
        ("incidents/a/postmortem.md", bytes),
        ("incidents/b.md", bytes),
    ]);
});
