//! That the tests would see what must not happen: pages made to fail, in front of the same reader.

use std::sync::Arc;

use crate::reader::{ENTER, Reader, SPACE, TAB};
use crate::site::{Site, files};

/// A site of a page with this in its body, below this policy, and a script beside it.
fn site(policy: &str, body: &str) -> Arc<Site> {
    let page = format!("<!doctype html><title>Page</title><body>{body}<script src=\"/page.js\"></script>");
    Arc::new(files(&[
        ("index.html", &page),
        ("page.js", "document.title = 'Script';"),
        ("_headers", &format!("/*\n  Content-Security-Policy: {policy}\n")),
    ]))
}

const STRICT: &str = "default-src 'none'; script-src 'self'; connect-src 'self'";
const LOOSE: &str = "default-src * 'unsafe-inline'";

#[track_caller]
fn check(policy: &str, body: &str, expected: &str) {
    let reader = Reader::of(site(policy, body));
    reader.open("index.html");
    let seen = [reader.witnessed(), reader.console(), reader.asked_for()].concat();
    assert!(seen.iter().any(|it| it.contains(expected)), "{seen:?}");
}

#[test]
fn a_dialog_is_witnessed() {
    check(LOOSE, "<img src=x onerror='alert(7)'>", "alert 7");
}

#[test]
fn a_violation_of_the_policy_is_witnessed() {
    check(STRICT, "<p style='color: red'>", "policy style-src-attr inline");
    check(STRICT, "<script>1</script>", "policy script-src-elem inline");
}

#[test]
fn an_error_is_witnessed() {
    check(LOOSE, "<script>nothing.at.all</script>", "nothing is not defined");
    check(LOOSE, "<img src=/absent.png>", "404");
}

#[test]
fn a_request_to_another_host_is_seen_and_reaches_nobody() {
    check(LOOSE, "<img src=https://elsewhere.example/x.png>", "https://elsewhere.example/x.png");
}

#[test]
fn a_blocked_script_does_not_run() {
    let title = |reader: &Reader| {
        reader.open("index.html");
        reader.eval::<String>("document.title")
    };
    assert_eq!(title(&Reader::of(site(STRICT, ""))), "Script");
    assert_eq!(title(&Reader::without_script(site(STRICT, ""))), "Page");
    assert_eq!(title(&Reader::of(site(STRICT, ""))), "Script");
}

#[test]
fn a_clock_that_is_stopped_moves_when_it_is_told_to() {
    let reader = Reader::of(site(STRICT, ""));
    reader.stop_clock("2020-07-10T11:30:00Z");
    reader.time_zone("Asia/Tokyo");
    reader.open("index.html");
    assert_eq!(reader.eval::<String>("new Date().toLocaleTimeString('en-GB')"), "20:30:00");
    reader.run("setInterval(() => document.title += new Date().getSeconds(), 1000)");
    reader.advance(2);
    assert_eq!(reader.eval::<String>("document.title"), "Script12");
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let reader = Reader::of(site(STRICT, ""));
    reader.open("index.html");
    reader.server.requests();
    let status = "fetch('/index.html', {cache: 'no-cache'}).then(it => it.status)";
    assert_eq!(reader.eval::<u16>(status), 200);
    let sent = reader.server.requests();
    assert!(sent.iter().all(|it| it.path == "/index.html" && it.conditional && it.status == 304), "{sent:?}");
}

#[test]
fn keys_mouse_and_finger_reach_the_page() {
    let reader = Reader::of(site(STRICT, "<p><button>A</button> <button id=b>B</button>"));
    reader.open("index.html");
    reader.run(
        "['pointermove', 'click', 'keydown'].forEach(kind => addEventListener(kind, it =>
            document.title += ` ${it.type} ${it.pointerType ?? it.key} ${it.target.textContent}`))",
    );
    let heard = |action: &dyn Fn(), expected: &str| {
        reader.run("document.title = ''");
        action();
        assert!(reader.eval::<String>("document.title").contains(expected), "{expected}");
    };
    heard(&|| reader.hover("#b"), "pointermove mouse B");
    heard(&|| reader.click("#b"), "click mouse B");
    heard(&|| reader.touch("button"), "click touch A");
    heard(&|| [TAB, ENTER].iter().for_each(|it| reader.press(it)), "keydown Enter");
    heard(&|| reader.press(SPACE), "keydown B");
}

#[test]
fn a_host_can_fail_recover_and_serve_something_else() {
    let reader = Reader::of(site(STRICT, "One"));
    reader.open("index.html");
    let fetched = || reader.eval::<String>("fetch('/').then(async it => it.status + await it.text())");
    reader.server.fail(503);
    assert_eq!(fetched(), "503");
    reader.server.recover();
    assert!(fetched().starts_with("200") && fetched().contains("One"));
    reader.server.publish(site(STRICT, "Other"));
    reader.run("fetch('/').then(async it => document.body.innerText = await it.text())");
    reader.until("document.body.innerText.includes('Other')");
}
