//! The scripts of docs/automation.md, as they stand there, against a mail server and a web server on this machine.
//!
//! They need what the page says: `sh`, `curl`, `jq`, `flock`, `openssl` and `git`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod server;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use server::{Answer, Server};
use tempfile::TempDir;

const PAGE: &str = include_str!("../../docs/automation.md");
const SITE: &str = "\
title: Example
url: https://status.example.com
time_zone: UTC
since: 2026-01-01
components: [{id: login, name: Login}]
";
const HEAD: &str = "title: \"Überall: <no> log-in & no sign-up for anybody, in words of length\"\ncomponents: {login: major_outage}\n";

/// A project, the page's scripts beside it, and where they send to.
struct Job {
    dir: TempDir,
    server: Server,
}

impl Job {
    fn new(server: Server) -> Job {
        let dir = tempfile::tempdir().unwrap();
        let scripts = scripts();
        assert_eq!(scripts.len(), 7, "{scripts:?}");
        let job = Job { dir, server };
        for (name, text) in scripts {
            job.put(&format!("scripts/{name}"), text);
            fs::set_permissions(job.path("scripts").join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        job.put("site/site.yaml", SITE);
        job.put("incidents/.gitkeep", "");
        job
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join("repository").join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Says something in the incident.
    fn say(&self, name: &str, text: &str) {
        let head = "incidents/2026-03-01-login/incident.yaml";
        if !self.path(head).exists() {
            self.put(head, HEAD);
        }
        self.put(&format!("incidents/2026-03-01-login/updates/20260301T{name}.md"), text);
    }

    /// What a script does, in the folder of the project.
    fn sh(&self, script: &str) -> Output {
        let binary = Path::new(env!("CARGO_BIN_EXE_allclear")).parent().unwrap();
        let script = format!("PATH={}:$PATH\n{script}", binary.display());
        let address = &self.server.address;
        let mut command = Command::new("sh");
        command.args(["-ec", &script]).current_dir(self.path("")).env_remove("SOURCE_DATE_EPOCH");
        command.env("SMTP_URL", format!("smtp://{address}"));
        command.env("MAIL_FROM", "status@example.com").env("MAIL_TO", "list@example.com");
        command.env("CHAT_URL", format!("http://{address}/chat"));
        command.env("WEBHOOK_URL", format!("http://{address}/hook")).env("WEBHOOK_SECRET", "a secret");
        command.output().unwrap()
    }

    /// What was received while a script ran that must end so.
    #[track_caller]
    fn run(&self, script: &str, exit: i32) -> Vec<String> {
        let output = self.sh(script);
        assert_eq!(output.status.code(), Some(exit), "{}", String::from_utf8_lossy(&output.stderr));
        self.server.take()
    }

    #[track_caller]
    fn deliver(&self, sender: &str, exit: i32) -> Vec<String> {
        self.run(&format!("scripts/deliver.sh seen {sender}"), exit)
    }
}

/// The scripts of the page, by the names that they give themselves.
fn scripts() -> Vec<(&'static str, &'static str)> {
    let blocks = PAGE.split("```").skip(1).step_by(2);
    let text = blocks.filter_map(|it| it.strip_prefix("sh\n").or(it.strip_prefix("jq\n")));
    let named = text.filter_map(|text| {
        let title = text.lines().find_map(|it| it.strip_prefix("# "))?;
        let name = title.split([' ', ':']).next()?;
        (name.ends_with(".sh") || name.ends_with(".jq")).then_some((name, text))
    });
    named.collect()
}

/// What stands in base 64.
fn decoded(text: &str) -> String {
    let script = format!("printf '%s' '{}' | base64 -d", text.replace(['\r', '\n'], ""));
    String::from_utf8(Command::new("sh").args(["-c", &script]).output().unwrap().stdout).unwrap()
}

#[test]
fn a_mail_tells_what_one_incident_brought() {
    let job = Job::new(Server::mail());
    assert!(job.deliver("scripts/mail.sh", 0).is_empty(), "the first run begins the list");
    job.say("1000Z-investigating", "We are looking into it.\n\n.\n\nDas dauert länger.\n");
    let mails = job.deliver("scripts/mail.sh", 0);
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    let (head, body) = mail.split_once("\r\n\r\n").unwrap();
    assert!(head.lines().all(|it| it.len() <= 76), "{head}");
    assert!(head.contains("\r\nMessage-ID: <") && head.contains("@example.com>\r\n"), "{head}");
    let subject = head.split("=?UTF-8?B?").skip(1).filter_map(|it| it.split("?=").next()).map(decoded);
    assert_eq!(
        subject.collect::<String>(),
        "Überall: <no> log-in & no sign-up for anybody, in words of length: investigating"
    );
    let text = "2026-03-01 10:00 UTC\nWe are looking into it.\n\n.\n\nDas dauert länger.\n\n\
                https://status.example.com/incidents/2026-03-01-login.html\n";
    assert_eq!(decoded(body), text);
    assert!(job.deliver("scripts/mail.sh", 0).is_empty(), "nothing is sent twice");
}

#[test]
fn a_chat_gets_words_that_cannot_be_taken_for_commands() {
    let job = Job::new(Server::web());
    job.deliver("scripts/chat.sh", 0);
    job.say("1000Z-investigating", "Ask <!channel> & wait.\n");
    job.say("1010Z-resolved", "Over.\n");
    let posts = job.deliver("scripts/chat.sh", 0);
    let [post] = &posts[..] else { panic!("{posts:?}") };
    let body: serde_json::Value = serde_json::from_str(post.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(
        body["text"].as_str().unwrap(),
        "*Überall: &lt;no&gt; log-in &amp; no sign-up for anybody, in words of length: resolved*\n\
         2026-03-01 10:00 UTC\nAsk &lt;!channel&gt; &amp; wait.\n\n2026-03-01 10:10 UTC\nOver.\n\n\
         https://status.example.com/incidents/2026-03-01-login.html"
    );
}

#[test]
fn what_an_embargo_held_back_is_told_in_order_with_its_own_times() {
    let job = Job::new(Server::web());
    job.deliver("scripts/chat.sh", 0);
    job.put("incidents/2026-03-01-login/incident.yaml", &format!("{HEAD}published_at: 2026-03-01T12:00Z\n"));
    let words =
        ["1000Z-investigating", "1010Z-update", "1020Z-identified", "1030Z-monitoring", "1040Z-resolved"];
    words.iter().rev().for_each(|it| job.say(it, &format!("{it}\n")));
    let posts = job.deliver("scripts/chat.sh", 0);
    let [post] = &posts[..] else { panic!("{posts:?}") };
    let body: serde_json::Value = serde_json::from_str(post.split_once("\r\n\r\n").unwrap().1).unwrap();
    let text = body["text"].as_str().unwrap();
    assert!(text.lines().next().unwrap().ends_with(": resolved*"), "{text}");
    let told: Vec<&str> = text.lines().filter(|it| it.ends_with("UTC") || it.contains("Z-")).collect();
    let expected = words.map(|it| [format!("2026-03-01 {}:{} UTC", &it[..2], &it[2..4]), it.to_owned()]);
    assert_eq!(told, expected.concat());
}

#[test]
fn a_webhook_gets_the_events_with_a_signature() {
    let job = Job::new(Server::web());
    job.deliver("scripts/webhook.sh", 0);
    job.say("1000Z-investigating", "We are looking into it.\n");
    let posts = job.deliver("scripts/grave.sh scripts/webhook.sh", 0);
    let [post] = &posts[..] else { panic!("{posts:?}") };
    let (head, body) = post.split_once("\r\n\r\n").unwrap();
    let events: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(events.as_array().unwrap().len(), 1, "an update wakes nobody");
    assert_eq!(events[0]["type"], "opened");
    job.put("body", body);
    let signature = job.sh("openssl dgst -sha256 -hmac 'a secret' < body").stdout;
    let signature = String::from_utf8(signature).unwrap();
    let signature = signature.trim().split_once("= ").unwrap().1;
    assert!(head.contains(&format!("X-Signature-256: sha256={signature}\r\n")), "{head}");
    assert!(head.contains(&format!("Idempotency-Key: {}\r\n", events[0]["id"].as_str().unwrap())), "{head}");
}

#[test]
fn a_filter_passes_on_what_is_grave_and_lets_the_rest_be_taken_down() {
    let job = Job::new(Server::web());
    job.deliver("scripts/webhook.sh", 0);
    let slow = "title: Slow\ncomponents: {login: degraded_performance}\n\
                updates: [{at: 2026-03-02T10:00Z, status: investigating, body: Slow.}]\n";
    job.put("incidents/2026-03-02-slow.yaml", slow);
    assert_eq!(job.deliver("scripts/grave.sh scripts/webhook.sh", 0), Vec::<String>::new());
    let withdrawn = format!("{slow}retracted: {{at: 2026-03-02T11:00Z, note: A probe was broken.}}\n");
    job.put("incidents/2026-03-02-slow.yaml", &withdrawn);
    let posts = job.deliver("scripts/grave.sh scripts/webhook.sh", 0);
    let [post] = &posts[..] else { panic!("{posts:?}") };
    assert!(post.contains("\"type\":\"retraction\""), "{post}");
}

#[test]
fn what_was_not_delivered_stays_new() {
    let job = Job::new(Server::web());
    job.deliver("scripts/chat.sh", 0);
    job.say("1000Z-investigating", "We are looking into it.\n");
    job.put(
        "incidents/2026-03-02-search.yaml",
        "title: Search\nupdates: [{at: 2026-03-02T10:00Z, body: Slow.}]\n",
    );
    job.server.answer(Answer::RefuseOne);
    assert_eq!(job.deliver("scripts/chat.sh", 1).len(), 2, "the other incident is tried");
    let again = job.deliver("scripts/chat.sh", 0);
    assert!(again.len() == 1 && again[0].contains("We are looking"), "{again:?}");
}

#[test]
fn files_with_errors_do_not_silence_the_rest() {
    let job = Job::new(Server::web());
    job.say("1000Z-investigating", "We are looking into it.\n");
    job.deliver("scripts/chat.sh", 0);
    job.put("incidents/2026-03-01-login/incident.yaml", "titel: x\n");
    job.put(
        "incidents/2026-03-02-search.yaml",
        "title: Search\nupdates: [{at: 2026-03-02T10:00Z, body: Slow.}]\n",
    );
    assert_eq!(job.deliver("scripts/chat.sh", 0).len(), 1);
    job.put("incidents/2026-03-01-login/incident.yaml", HEAD);
    assert!(job.deliver("scripts/chat.sh", 0).is_empty(), "what is mended is no news");
}

#[test]
fn a_list_that_is_lost_can_be_begun_as_of_then() {
    let job = Job::new(Server::web());
    job.say("1000Z-investigating", "We are looking into it.\n");
    job.say("1100Z-resolved", "Over.\n");
    job.run("allclear events --at 2026-03-01T10:30Z --since-file seen", 0);
    let posts = job.deliver("scripts/chat.sh", 0);
    assert!(posts.len() == 1 && posts[0].contains("Over."), "{posts:?}");
}

#[test]
fn in_ci_the_lists_are_kept_on_a_branch() {
    let job = Job::new(Server::web());
    job.run(
        "git init --quiet --bare --initial-branch main ../origin
        git init --quiet --initial-branch main && git remote add origin ../origin",
        0,
    );
    let push = "git add --all && git -c user.name=a -c user.email=a@b commit --quiet --message x
        git push --quiet origin main";
    let run = "rm -rf ../ci && mkdir ../ci && git clone --quiet --depth 1 \"file://$PWD/../origin\" ../ci/clone && cd ../ci/clone
        scripts/keep.sh fetch; scripts/deliver.sh ../seen/chat scripts/chat.sh; scripts/keep.sh put";
    job.run(push, 0);
    assert!(job.run(run, 0).is_empty());
    job.say("1000Z-investigating", "We are looking into it.\n");
    job.run(push, 0);
    assert_eq!(job.run(run, 0).len(), 1);
    assert!(job.run(run, 0).is_empty());
    let kept = job.sh("git -C ../origin ls-tree --name-only seen").stdout;
    assert_eq!(String::from_utf8(kept).unwrap(), "chat\n");
}
