//! Any bytes as site.yaml and as an incident in one YAML file.
#![no_main]

mod project;

use libfuzzer_sys::fuzz_target;

const INCIDENT: &[u8] = b"title: Login fails\ncomponents: {login: major_outage}\nupdates:\n  - {at: 2020-07-10T10:48Z, status: investigating, body: We look.}\n";

fuzz_target!(|bytes: &[u8]| {
    project::check(&[("site/site.yaml", bytes), ("incidents/a.yaml", INCIDENT)]);
    project::check(&[("site/site.yaml", project::SITE.as_bytes()), ("incidents/a.yaml", bytes)]);
});
