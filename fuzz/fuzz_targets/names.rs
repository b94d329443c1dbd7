//! Any text as the name of an update's file.
#![no_main]

mod project;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|name: &str| {
    if name.is_empty() || name.contains(['/', '\0']) {
        return;
    }
    for path in [format!("incidents/a/updates/{name}"), format!("incidents/a/updates/20200710T1048{name}.md")] {
        project::check(&[
            ("site/site.yaml", project::SITE.as_bytes()),
            ("incidents/a/incident.yaml", b"title: Login fails\nstarted_at: 2020-07-10T10:30Z\n"),
            (&path, b"We are looking into it."),
        ]);
    }
});
