//! The same small site in each built-in language: what its first page says, and that programs hear the same.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const SITE: &str = "
title: Example
url: https://status.example.com
since: 2026-01-01
components:
  - {id: login, name: Login, critical: true}
  - {id: search, name: Search}
";

const INCIDENT: &str = "
title: Nobody can log in
started_at: 2026-03-10T10:00Z
components: {login: major_outage}
updates:
  - {at: 2026-03-10T10:05Z, status: identified, next_update: 90m, body: Soon.}
";

/// The first page and status.json of the site in a language.
fn build(language: &str) -> (String, Value) {
    let project = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = project.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site/site.yaml", &format!("language: {language}{SITE}"));
    write("incidents/2026-03-10-login.yaml", INCIDENT);
    let out = project.path().join("public");
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    // 2026-03-10T11:00Z.
    command.env("SOURCE_DATE_EPOCH", "1773140400").args(["build", "--root"]).arg(project.path());
    let output = command.arg("--out").arg(&out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    (read(&out.join("index.html")), serde_json::from_str(&read(&out.join("status.json"))).unwrap())
}

#[track_caller]
fn check(language: &str, expected: &[&str]) {
    let (page, _) = build(language);
    for it in expected {
        assert!(page.contains(it), "{language}: {it} is not in\n{page}");
    }
}

#[test]
fn the_first_page_is_whole_in_each_language() {
    check(
        "de",
        &["<html lang=\"de\" dir=\"ltr\">", "Größerer Ausfall: Login", "bis ", "10. März 2026, 11:35 UTC"],
    );
    check("de-AT", &["<html lang=\"de-AT\" dir=\"ltr\">", "Größerer Ausfall: Login"]);
    check(
        "fr",
        &["<html lang=\"fr\" dir=\"ltr\">", "Panne majeure\u{a0}: Login", "10 mars 2026 à 11:35 UTC"],
    );
    check(
        "es",
        &["<html lang=\"es\" dir=\"ltr\">", "Interrupción grave: Login", "10 de marzo de 2026, 11:35 UTC"],
    );
    check("sv", &["<html lang=\"sv\" dir=\"ltr\">", "Större avbrott: Login", "10 mars 2026 kl. 11:35 UTC"]);
    check("ja", &["<html lang=\"ja\" dir=\"ltr\">", "重大な障害：Login", "2026年3月10日 11:35 UTC"]);
    check(
        "ar",
        &["<html lang=\"ar\" dir=\"rtl\">", "انقطاع كبير: \u{2068}Login\u{2069}", "10 مارس 2026، 11:35"],
    );
}

#[test]
fn programs_hear_the_same_but_for_the_headline() {
    let told = |language| {
        let (_, mut status) = build(language);
        let headline = status["overall"]["headline"].take();
        status["revision"].take();
        (headline, status)
    };
    let (headline, english) = told("en");
    assert_eq!(headline, "Major outage: Login");
    for (language, said) in [("de", "Größerer Ausfall: Login"), ("ja", "重大な障害：Login")] {
        assert_eq!(told(language), (Value::from(said), english.clone()), "{language}");
    }
}
