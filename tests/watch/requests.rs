//! What the preview's server answers: to whom, how much of a file, and for how long it waits.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::preview::Preview;

fn get(preview: &Preview, path: &str, headers: &str) -> (String, Vec<u8>) {
    preview.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n"))
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .find_map(|it| it.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)))
        .map(|it| it.1)
}

#[test]
fn a_name_that_was_given_is_answered_and_no_other() {
    let preview = Preview::with(&["--host", "Preview.example", "--host", "192.0.2.7"]);
    for (host, status) in [
        ("preview.example:4000", "200"),
        ("192.0.2.7", "200"),
        ("127.0.0.1", "200"),
        ("evil.example", "403"),
        ("192.0.2.8", "403"),
    ] {
        let (head, _) = preview.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{host}: {head}");
    }
    let (head, _) = get(&preview, "/embed.js", "");
    assert_eq!(header(&head, "cross-origin-resource-policy"), Some("same-origin"));
}

#[test]
fn a_file_is_sent_in_part_or_not_at_all_where_the_client_has_it() {
    let preview = Preview::of_sample();
    for path in ["/index.html", "/theme/cards/neutral.png", "/assets/large.bin"] {
        if path == "/assets/large.bin" {
            let bytes: Vec<u8> = (0..3_u32 << 20).map(|it| (it % 251) as u8).collect();
            std::fs::create_dir_all(preview.path("site/assets")).unwrap();
            std::fs::write(preview.path("site/assets/large.bin"), bytes).unwrap();
            preview.answers("assets/large.bin", 200);
        }
        let (head, all) = get(&preview, path, "");
        let tag = header(&head, "etag").unwrap().to_owned();
        assert_eq!(header(&head, "content-length"), Some(all.len().to_string().as_str()));
        let (head, part) = get(&preview, path, "Range: bytes=100-199\r\n");
        assert!(head.starts_with("HTTP/1.1 206"), "{head}");
        assert_eq!(header(&head, "content-range"), Some(format!("bytes 100-199/{}", all.len()).as_str()));
        assert!(part == all[100..200], "{path}");
        let (head, part) = get(&preview, path, "Range: bytes=-70000\r\n");
        assert!(
            head.starts_with("HTTP/1.1 206") && part == all[all.len().saturating_sub(70_000)..],
            "{path}"
        );
        let (head, part) = get(&preview, path, &format!("If-None-Match: {tag}\r\n"));
        assert!(head.starts_with("HTTP/1.1 304") && part.is_empty(), "{head}");
        let (head, part) = get(&preview, path, "Range: bytes=100-199\r\nIf-Range: \"other\"\r\n");
        assert!(head.starts_with("HTTP/1.1 200") && part == all, "{head}");
        let (head, _) = get(&preview, path, "Range: bytes=99999999-\r\n");
        assert!(head.starts_with("HTTP/1.1 416"), "{head}");
    }
    let (head, body) =
        preview.ask("HEAD /assets/large.bin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!((header(&head, "content-length"), body.len()), (Some("3145728"), 0));
}

#[test]
fn a_client_that_says_nothing_more_is_not_waited_for() {
    let preview = Preview::of_sample();
    let mut stream = TcpStream::connect(preview.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the server hangs up in time");
    assert!(!String::from_utf8_lossy(&answer).contains("200 OK"));
}

#[test]
fn connections_beyond_the_limit_wait_for_a_free_place() {
    let preview = Preview::of_sample();
    let held: Vec<TcpStream> = (0..128).map(|_| TcpStream::connect(preview.address()).unwrap()).collect();
    let mut waiting = TcpStream::connect(preview.address()).unwrap();
    waiting.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    waiting.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    assert!(waiting.read(&mut [0; 1]).is_err(), "it is answered while all places are taken");
    drop(held);
    waiting.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut answer = String::new();
    waiting.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
