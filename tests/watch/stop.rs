//! How `watch` ends: by a signal, or because nobody reads what it prints. It exits with 0 and leaves whole files.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, ExitStatus, Stdio};

use crate::preview::Preview;

/// How a watch of a copy of the sample ends, which writes into `public`, after `end` was done to it.
fn ended(end: impl FnOnce(&mut std::process::Child, &Preview)) -> (ExitStatus, Preview) {
    let project = Preview::of_sample();
    let mut watch = Command::new(env!("CARGO_BIN_EXE_allclear"));
    watch.args(["watch", "--port", "0", "--at", "2020-07-10T11:30Z", "--root"]).arg(project.path(""));
    watch.arg("--out").arg(project.path("public"));
    let mut watch = watch.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    end(&mut watch, &project);
    (watch.wait().unwrap(), project)
}

fn kill(signal: &str, process: u32) {
    assert!(Command::new("kill").args([signal, &process.to_string()]).status().unwrap().success());
}

#[test]
fn a_signal_ends_it_with_success_and_never_in_the_middle_of_a_write() {
    for signal in ["-INT", "-TERM"] {
        let (status, project) = ended(|watch, _| {
            let mut lines = BufReader::new(watch.stdout.take().unwrap()).lines();
            // The second line says that the site is served; it is then being written.
            assert!(lines.by_ref().take(2).all(|it| it.is_ok()));
            kill(signal, watch.id());
        });
        assert_eq!(status.code(), Some(0), "{signal}: {status}");
        let left: Vec<String> = fs::read_dir(project.path(""))
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .filter(|it| it.ends_with("allclear-draft"))
            .collect();
        assert_eq!(left, Vec::<String>::new(), "{signal}");
    }
}

#[test]
fn it_ends_with_success_when_nobody_reads_what_it_prints() {
    let (status, _) = ended(|watch, project| {
        let mut first = String::new();
        BufReader::new(watch.stdout.take().unwrap()).read_line(&mut first).unwrap();
        // The pipe is closed now; a save is what it would print next.
        fs::write(project.path("incidents/2020-07-10-more.md"), "---\ntitle: More\ndraft: true\n---\n")
            .unwrap();
    });
    assert_eq!(status.code(), Some(0), "{status}");
}
