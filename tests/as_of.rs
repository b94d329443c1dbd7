//! `--at` shows another instant than the present, and every page says so.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const AT: &str = "2020-07-10T11:30:00Z";

/// The text files of the sample as it was built by these arguments, by path.
fn build(arguments: &[&str], epoch: Option<&str>) -> BTreeMap<String, String> {
    let out = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("SOURCE_DATE_EPOCH")
        .arg("build")
        .args(arguments);
    command.envs(epoch.map(|it| ("SOURCE_DATE_EPOCH", it)));
    let output = command.arg("--out").arg(out.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = walkdir::WalkDir::new(out.path()).into_iter().map(Result::unwrap);
    let path = |it: &Path| it.strip_prefix(out.path()).unwrap().to_str().unwrap().to_owned();
    let read = |it: walkdir::DirEntry| Some((path(it.path()), fs::read_to_string(it.path()).ok()?));
    files.filter(|it| it.file_type().is_file()).filter_map(read).collect()
}

#[test]
fn every_page_of_another_instant_says_so_and_is_listed_by_nobody() {
    let site = build(&["--at", AT], None);
    let pages = site.iter().filter(|it| it.0.ends_with(".html"));
    for (path, page) in pages {
        let (top, rest) = page.split_once("<main").unwrap();
        let (before, text) = if path == "embed.html" { (top, rest) } else { (top, top) };
        assert!(before.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
        assert!(text.contains("As of <time datetime=\"2020-07-10T11:30:00Z\">"), "{path}");
    }
    assert!(!site.contains_key("sitemap.xml") && !site["robots.txt"].contains("Sitemap"));
    assert!(site["_headers"].contains("X-Robots-Tag: noindex"));
    assert!(site["index.html"].contains(" data-still=\"yes\""));
    assert!(!site["embed.html"].contains("frame.js"), "it asks for no news");
}

#[test]
fn the_present_says_nothing_of_it_whoever_states_it() {
    let site = build(&[], Some("1594380600"));
    assert!(site.values().all(|it| !it.contains("As of <time") && !it.contains("data-still=")));
    assert!(site.contains_key("sitemap.xml") && site["embed.html"].contains("frame.js"));
}
