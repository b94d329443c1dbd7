//! Small inputs from which much follows: what comes out grows with what is shown, and with nothing faster.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use allclear::advice::Clock;
use allclear::emit::Tree;
use allclear::session::{OnErrors, Request, Session};
use allclear::snapshot;
use allclear::timeline::Audience;

/// The site of components, each with what it needs, and of open incidents of the first of them.
fn build(needs: &[String], incidents: usize) -> Tree {
    let root = tempfile::tempdir().unwrap();
    let component = |(number, needs): (usize, &String)| {
        format!("  - {{id: c{number}, name: C{number}, depends_on: [{needs}]}}\n")
    };
    let components: String = needs.iter().enumerate().map(component).collect();
    let head = "title: T\nurl: https://s.example\nsince: 2026-01-01\ncascade: derive\ncomponents:\n";
    put(root.path(), "site/site.yaml", &format!("{head}{components}"));
    for number in 0..incidents {
        let text = "title: A\nstarted_at: 2026-03-01T10:00Z\ncomponents: {c0: major_outage}\n";
        put(root.path(), &format!("incidents/i{number}.yaml"), text);
    }
    let folder = snapshot::read(root.path(), None).unwrap();
    let request = Request {
        now: "2026-03-02T00:00:00Z".parse().unwrap(),
        clock: Clock::Stated,
        audience: Audience::Public,
        on_errors: OnErrors::Refuse,
    };
    Session::default().build(&folder, &request).tree.unwrap()
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn chain(length: usize) -> Vec<String> {
    (0..length).map(|it| it.checked_sub(1).map_or_else(String::new, |it| format!("c{it}"))).collect()
}

#[test]
fn sixty_components_that_need_all_earlier_ones_make_a_site() {
    let needs: Vec<String> =
        (0..60).map(|it| (0..it).map(|it| format!("c{it}")).collect::<Vec<_>>().join(", ")).collect();
    let tree = build(&needs, 1);
    let page = tree.iter().find(|(path, _)| *path == "incidents/i0.html").unwrap().1;
    let page = String::from_utf8_lossy(page.bytes().expect("a page is in memory"));
    assert!(page.contains("C59") && !page.contains("class=\"cascade"), "a list, and no drawing");
}

#[test]
fn what_a_chain_of_components_makes_grows_with_its_pairs() {
    let small = build(&chain(30), 30).bytes();
    let large = build(&chain(60), 60).bytes();
    assert!(large < 5 * small, "{small} to {large} bytes for four times the pairs");
}
