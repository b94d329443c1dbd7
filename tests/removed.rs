//! A page never turns green because something is missing or cannot be read: each way of losing an open incident.
//!
//! The binary builds a page with an open outage, something happens to the files, and it builds again. The folder then
//! is as it was to the byte, or still shows the outage as open.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stderr, reason = "a test says what it could not try")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use Left::{Open, Unchanged};

const SITE: &str = "\
title: Example
url: https://status.example.com
since: 2026-01-01
components:
  - {id: login, name: Login}
";
const HEAD: &str = "title: Login fails\ncomponents: {login: major_outage}\n";
const OUTAGE: &str = "incidents/2026/2026-03-01-login";
const UPDATE: &str = "incidents/2026/2026-03-01-login/updates/20260301T1000Z-investigating.md";
const AT: &str = "2026-03-01T10:30Z";

/// A project with an open outage in a folder, and an incident that is over in a file.
fn project() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    put(root, "site/site.yaml", SITE);
    put(root, &format!("{OUTAGE}/incident.yaml"), HEAD);
    put(root, UPDATE, "We are looking into failing logins.\n");
    put(root, "incidents/2026-02-01-old.yaml", &over("Old"));
    // Somebody else may be who builds.
    fs::set_permissions(root, fs::Permissions::from_mode(0o777)).unwrap();
    dir
}

fn over(title: &str) -> String {
    format!(
        "title: {title}\nimpact: minor\nupdates:\n  - {{at: 2026-02-01T10:00Z, status: investigating}}\n  \
         - {{at: 2026-02-01T11:00Z, status: resolved}}\n"
    )
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn rename(root: &Path, from: &str, to: &str) {
    fs::create_dir_all(root.join(to).parent().unwrap()).unwrap();
    fs::rename(root.join(from), root.join(to)).unwrap();
}

/// A starter that makes whoever builds somebody whom permissions bind; none is needed for who is not root.
fn bound_by_permissions() -> &'static [&'static str] {
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    if is_root { &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] } else { &[] }
}

/// Runs `allclear build`, bound by permissions, and gives its exit code and what it said of errors.
fn build(root: &Path, arguments: &[&str]) -> (i32, String) {
    let words = [bound_by_permissions(), &[env!("CARGO_BIN_EXE_allclear"), "build", "--at", AT]].concat();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).args(arguments).current_dir(root).env_remove("SOURCE_DATE_EPOCH");
    let output = command.output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// Each file of the output, by its path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|it| it.file_type().is_file());
    let path = |it: &Path| it.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files.map(|it| (path(it.path()), fs::read(it.path()).unwrap())).collect()
}

/// Whether the page in a folder shows the outage as open.
fn shows_the_outage(folder: &Path) -> bool {
    let status: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("status.json")).unwrap()).unwrap();
    let index = fs::read_to_string(folder.join("index.html")).unwrap();
    let is_open = |it: &serde_json::Value| it["title"] == "Login fails";
    status["incidents"].as_array().unwrap().iter().any(is_open) && index.contains("Login fails")
}

/// What is left of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// The folder is as it was, to the byte.
    Unchanged,
    /// The page was written anew and shows the outage as open.
    Open,
}

/// After `lose`, a build exits with `plain` and one that holds back with `held`, and this is left of the page.
#[track_caller]
fn check(lose: impl Fn(&Path), plain: (i32, Left), held: (i32, Left)) {
    for (arguments, (exit, left)) in [(&[][..], plain), (&["--hold-back"][..], held)] {
        let project = project();
        assert_eq!(build(project.path(), &[]), (0, String::new()));
        let out = project.path().join("public");
        let before = files(&out);
        lose(project.path());
        let (code, said) = build(project.path(), arguments);
        restore(project.path());
        assert_eq!(code, exit, "{arguments:?}\n{said}");
        assert!(shows_the_outage(&out), "{arguments:?}: the page turned green\n{said}");
        if left == Unchanged {
            assert!(files(&out) == before, "{arguments:?}: the folder is another\n{said}");
        }
    }
}

/// Makes everything readable again, for the folder to be removed.
fn restore(root: &Path) {
    let mode = fs::Permissions::from_mode(0o755);
    for path in ["incidents", "incidents/2026", OUTAGE, &format!("{OUTAGE}/updates"), UPDATE] {
        if root.join(path).exists() {
            fs::set_permissions(root.join(path), mode.clone()).unwrap();
        }
    }
}

const ERRORS: (i32, Left) = (1, Unchanged);
const REFUSED: (i32, Left) = (3, Unchanged);

#[test]
fn what_is_gone_without_a_word_stays() {
    check(|root| fs::remove_dir_all(root.join(OUTAGE)).unwrap(), REFUSED, REFUSED);
    check(|root| rename(root, OUTAGE, "incidents/2026-03-01-sign-in"), REFUSED, REFUSED);
    check(|root| rename(root, OUTAGE, "incidents/_2026-03-01-login"), REFUSED, REFUSED);
    check(|root| rename(root, OUTAGE, "incidents/2026-03-01-login.yaml"), REFUSED, REFUSED);
}

#[test]
fn without_its_folder_there_is_no_page() {
    check(|root| rename(root, "incidents", "elsewhere"), ERRORS, ERRORS);
    let replace = |with: fn(&Path)| {
        move |root: &Path| {
            rename(root, "incidents", "elsewhere");
            with(&root.join("incidents"));
        }
    };
    check(replace(|it| symlink("nowhere", it).unwrap()), ERRORS, ERRORS);
    check(replace(|it| symlink("/usr/share", it).unwrap()), ERRORS, ERRORS);
    check(replace(|it| fs::write(it, "").unwrap()), ERRORS, ERRORS);
}

#[test]
fn an_empty_folder_for_incidents_is_fine() {
    let project = project();
    fs::remove_dir_all(project.path().join("incidents")).unwrap();
    put(project.path(), "incidents/.gitkeep", "");
    assert_eq!(build(project.path(), &[]), (0, String::new()));
}

#[test]
fn what_may_not_be_read_is_not_taken_for_absent() {
    let starter = bound_by_permissions();
    let works = starter.first().is_none_or(|it| {
        let mut command = Command::new(it);
        command.args(&starter[1..]).arg("true").stderr(Stdio::null());
        command.status().is_ok_and(|it| it.success())
    });
    if !works {
        eprintln!("permissions bind nobody here, so they are not tried");
        return;
    }
    let forbid = |path: String| {
        move |root: &Path| fs::set_permissions(root.join(&path), fs::Permissions::from_mode(0o000)).unwrap()
    };
    check(forbid("incidents".to_owned()), ERRORS, ERRORS);
    for path in ["incidents/2026", OUTAGE, &format!("{OUTAGE}/updates"), UPDATE] {
        check(forbid(path.to_owned()), ERRORS, REFUSED);
    }
    check(forbid(format!("{OUTAGE}/incident.yaml")), ERRORS, REFUSED);
}

#[test]
fn a_link_to_nothing_or_out_of_the_root_is_not_taken_for_absent() {
    let parts = ["incidents/2026", OUTAGE, &format!("{OUTAGE}/updates"), UPDATE];
    for part in parts.into_iter().chain([format!("{OUTAGE}/incident.yaml").as_str()]) {
        for target in ["nowhere", "/usr/share"] {
            let link = |root: &Path| {
                rename(root, part, "elsewhere");
                symlink(target, root.join(part)).unwrap();
            };
            check(link, ERRORS, REFUSED);
        }
    }
}

#[test]
fn a_file_under_nearly_its_name_is_read_or_withheld() {
    let as_file = |name: &'static str| {
        move |root: &Path| {
            fs::remove_dir_all(root.join(OUTAGE)).unwrap();
            let updates = "updates: [{at: 2026-03-01T10:00Z, status: investigating, body: We look.}]\n";
            put(root, &format!("incidents/{name}"), &format!("{HEAD}{updates}"));
        }
    };
    check(as_file("2026-03-01-login.yaml"), (0, Open), (0, Open));
    for name in ["2026-03-01-login.yml", "2026-03-01-login.YAML", "2026-03-01-login.Yml"] {
        check(as_file(name), ERRORS, (1, Open));
    }
    for name in [
        "2026-03-01-login.json",
        "2026-03-01-login.txt",
        "2026-03-01-login.yaml.txt",
        "2026-03-01 login.yaml",
    ] {
        check(as_file(name), ERRORS, REFUSED);
    }
}

#[test]
fn folders_under_nearly_their_names_are_read() {
    check(|root| rename(root, "incidents", "incident"), ERRORS, (1, Open));
    check(|root| rename(root, "incidents/2026", "incident/2026"), ERRORS, (1, Open));
    let updates = format!("{OUTAGE}/updates");
    check(|root| rename(root, &updates, &format!("{OUTAGE}/Update")), ERRORS, (1, Open));
}

#[test]
fn an_update_in_the_wrong_place_or_under_nearly_its_name_is_not_lost() {
    let to = |name: &'static str| move |root: &Path| rename(root, UPDATE, &format!("{OUTAGE}/{name}"));
    check(to("20260301T1000Z-investigating.md"), ERRORS, (1, Open));
    check(to("updates/20260301T1000Z-investigating.txt"), ERRORS, (1, Open));
    check(to("updates/20260301T1000Z-investigating.MD"), ERRORS, (1, Open));
    for name in [
        "updates/20260301T1000Z-investigating.json",
        "updates/investigating.md",
        "updates/old/20260301T1000Z-investigating.md",
        "old/20260301T1000Z-investigating.md",
    ] {
        check(to(name), ERRORS, REFUSED);
    }
}

/// Names that somebody or some program gives a head, under which it is none.
const HEADS: [&str; 9] = [
    "incident.yaml.txt",
    "incident.yaml.orig",
    "incident.yaml~",
    "_incident.yaml",
    ".incident.yaml",
    "head.yaml",
    "incident.json",
    "Incident copy.md",
    "2026-03-01-login.yaml",
];

#[test]
fn a_head_under_another_name_withholds_its_incident() {
    for name in HEADS {
        let head = format!("{OUTAGE}/incident.yaml");
        check(|root| rename(root, &head, &format!("{OUTAGE}/{name}")), ERRORS, REFUSED);
    }
}

#[test]
fn a_draft_does_not_become_public_because_its_head_has_another_name() {
    for name in HEADS {
        let project = project();
        let root = project.path();
        assert_eq!(build(root, &[]).0, 0);
        put(root, &format!("incidents/secret/{name}"), "title: Xyzzy\ndraft: true\n");
        put(root, "incidents/secret/updates/20260301T1000Z-investigating.md", "Xyzzy.\n");
        let (code, said) = build(root, &[]);
        assert_eq!(code, 1, "{name}: {said}");
        let (code, said) = build(root, &["--hold-back"]);
        assert_eq!(code, 1, "{name}: {said}");
        let public = files(&root.join("public"));
        let has_word = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains("xyzzy");
        assert!(!public.iter().any(|(path, bytes)| path.contains("secret") || has_word(bytes)), "{name}");
        assert!(shows_the_outage(&root.join("public")));
    }
}

#[test]
fn a_head_beside_its_folder_that_is_set_aside_withholds_its_incident() {
    let beside = |name: &'static str| {
        move |root: &Path| rename(root, &format!("{OUTAGE}/incident.yaml"), &format!("incidents/2026/{name}"))
    };
    check(beside("2026-03-01-login.yaml"), (0, Open), (0, Open));
    for name in ["_2026-03-01-login.yaml", "2026-03-01-login.yaml.orig", "2026-03-01-login.yaml.txt"] {
        check(beside(name), ERRORS, REFUSED);
    }
}

#[test]
fn a_fresh_folder_is_not_written_while_something_cannot_be_read() {
    let project = project();
    fs::remove_dir_all(project.path().join(OUTAGE)).unwrap();
    symlink("nowhere", project.path().join(OUTAGE)).unwrap();
    let (code, said) = build(project.path(), &["--hold-back"]);
    assert_eq!(code, 3, "{said}");
    assert!(!project.path().join("public").exists());
}

/// A project whose page shows the outage, which then is removed.
fn after_removal() -> TempDir {
    let project = project();
    assert_eq!(build(project.path(), &[]).0, 0);
    fs::remove_dir_all(project.path().join(OUTAGE)).unwrap();
    project
}

#[test]
fn the_lines_that_are_printed_say_that_it_was_removed_on_purpose() {
    let project = after_removal();
    let (code, said) = build(project.path(), &[]);
    assert_eq!(code, 3);
    let lines: Vec<&str> =
        said.lines().skip_while(|it| *it != "removed:").take_while(|it| !it.is_empty()).collect();
    assert_eq!(lines.len(), 2, "{said}");
    put(project.path(), "site/site.yaml", &format!("{SITE}{}\n", lines.join("\n")));
    assert_eq!(build(project.path(), &[]), (0, String::new()));
    assert!(!shows_the_outage(&project.path().join("public")));
}

#[test]
fn what_was_removed_says_so_at_its_address_and_nowhere_else() {
    let project = after_removal();
    let note = "Removed: It was a xyzzy &amp; no outage.";
    let removed = "removed: [{id: 2026-03-01-login, note: It was a xyzzy & no outage.}]\n";
    for hold_back in [&[][..], &["--hold-back"]] {
        put(project.path(), "site/site.yaml", &format!("{SITE}{removed}"));
        assert_eq!(build(project.path(), hold_back), (0, String::new()));
        let public = files(&project.path().join("public"));
        let page = String::from_utf8_lossy(&public["incidents/2026-03-01-login.html"]);
        assert!(page.contains(note) && page.contains("noindex"), "{page}");
        let has_trace = |(path, bytes): &(&String, &Vec<u8>)| {
            let text = String::from_utf8_lossy(bytes);
            *path != ".allclear" && (text.contains("xyzzy") || text.contains("2026-03-01-login"))
        };
        let traces: Vec<&String> = public.iter().filter(has_trace).map(|it| it.0).collect();
        assert_eq!(traces, ["incidents/2026-03-01-login.html"]);
    }
}

#[test]
fn a_removal_says_so_in_the_language_of_the_site() {
    let project = after_removal();
    let removed = "language: de\nremoved: [{id: 2026-03-01-login, note: Es war ein Test.}]\n";
    put(project.path(), "site/site.yaml", &format!("{SITE}{removed}"));
    assert_eq!(build(project.path(), &[]), (0, String::new()));
    let page = fs::read_to_string(project.path().join("public/incidents/2026-03-01-login.html")).unwrap();
    assert!(page.contains("Entfernt: Es war ein Test."), "{page}");
}

#[test]
fn a_removed_incident_whose_file_is_there_is_an_error_and_stays() {
    let remove = |root: &Path| {
        let removed = "removed: [{id: 2026-03-01-login, note: It was a test.}]\n";
        put(root, "site/site.yaml", &format!("{SITE}{removed}"));
    };
    check(remove, ERRORS, (1, Open));
}

#[test]
fn a_removal_is_allowed_once() {
    let project = after_removal();
    assert_eq!(build(project.path(), &["--allow-removal"]).0, 0);
    assert!(!shows_the_outage(&project.path().join("public")));
    assert_eq!(build(project.path(), &[]).0, 0);
}

#[test]
fn a_new_name_with_the_old_one_as_alias_is_no_removal() {
    let project = project();
    assert_eq!(build(project.path(), &[]).0, 0);
    rename(project.path(), OUTAGE, "incidents/2026-03-01-sign-in");
    let head = format!("{HEAD}aliases: [2026-03-01-login]\n");
    put(project.path(), "incidents/2026-03-01-sign-in/incident.yaml", &head);
    assert_eq!(build(project.path(), &[]), (0, String::new()));
    assert!(shows_the_outage(&project.path().join("public")));
}

#[test]
fn what_has_become_a_draft_or_is_under_embargo_is_not_gone() {
    for key in ["draft: true", "published_at: 2026-04-01T00:00Z"] {
        let project = project();
        assert_eq!(build(project.path(), &[]).0, 0);
        put(project.path(), &format!("{OUTAGE}/incident.yaml"), &format!("{HEAD}{key}\n"));
        assert_eq!(build(project.path(), &[]), (0, String::new()), "{key}");
        assert!(!shows_the_outage(&project.path().join("public")));
    }
}

#[test]
fn of_what_is_over_few_may_go_and_many_may_not() {
    let project = project();
    let name = |number: usize| format!("incidents/2026-01-{number:02}.yaml");
    (1..20).for_each(|it| put(project.path(), &name(it), &over("Old")));
    assert_eq!(build(project.path(), &[]).0, 0);
    (1..3).for_each(|it| fs::remove_file(project.path().join(name(it))).unwrap());
    assert_eq!(build(project.path(), &["--hold-back"]).0, 3);
    assert_eq!(build(project.path(), &[]).0, 0);
    (3..6).for_each(|it| fs::remove_file(project.path().join(name(it))).unwrap());
    let (code, said) = build(project.path(), &[]);
    assert!(code == 3 && said.contains("3 incidents that the page shows are gone"), "{said}");
}

#[test]
fn a_list_of_a_version_that_knew_of_no_incidents_still_works() {
    let project = after_removal();
    let list = project.path().join("public/.allclear");
    let of_paths =
        |text: &str| text.lines().filter(|it| !it.starts_with('/')).map(|it| format!("{it}\n")).collect();
    let before: String = of_paths(&fs::read_to_string(&list).unwrap());
    fs::write(&list, before).unwrap();
    put(project.path(), "incidents/broken.yaml", "title: [\n");
    assert_eq!(build(project.path(), &["--hold-back"]).0, 3, "nobody knows whether the page shows it");
    fs::remove_file(project.path().join("incidents/broken.yaml")).unwrap();
    assert_eq!(build(project.path(), &[]), (0, String::new()), "nobody knows that something is gone");
    assert!(fs::read_to_string(&list).unwrap().contains("/over 2026-02-01-old\n"));
}
