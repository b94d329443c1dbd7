//! Any bytes as reports.csv.
#![no_main]

mod project;

use libfuzzer_sys::fuzz_target;

const HEAD: &[u8] = b"title: Login fails\nstarted_at: 2020-07-10T10:30Z\ncomponents: {login: major_outage}\n";

fuzz_target!(|bytes: &[u8]| {
    project::check(&[
        ("site/site.yaml", project::SITE.as_bytes()),
        ("incidents/a/incident.yaml", HEAD),
        ("incidents/a/reports.csv", bytes),
    ]);
});
