//! Turns a reply into an HTTP response: whole, in part, or not at all where the client has it already.
//!
//! RFC 9110: entity tags in section 8.8.3, preconditions in 13, ranges in 14. One range is answered; where several are
//! asked for, the whole is sent, which section 14.2 permits. No time of change is sent, so none is compared.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

use anyhow::Result;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH,
    IF_RANGE, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, Method, Response, StatusCode};
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use xxhash_rust::xxh3::xxh3_64;

use super::reply::Reply;
use crate::emit::{Body, FileCopy, media_type};

/// How much of a large file is in memory at a time, in bytes.
const PIECE: u64 = 64 << 10;

/// What a client asks of a reply.
struct Asked<'a> {
    headers: &'a HeaderMap,
    tag: String,
    length: u64,
}

/// What of a reply is sent.
#[derive(Debug, PartialEq, Eq)]
enum Sent {
    All,
    Part(Range<u64>),
    NotModified,
    PreconditionFailed,
    Unsatisfiable,
}

/// The response to a request with this method and these headers, which `reply` answers.
pub(super) fn response(reply: &Reply, method: &Method, headers: &HeaderMap) -> Response<axum::body::Body> {
    let asked = Asked { headers, tag: tag(&reply.body), length: reply.body.length() };
    // Only what is found has parts and versions.
    let sent = if reply.status == 200 { asked.sent(method) } else { Sent::All };
    let status = match sent {
        Sent::All => StatusCode::from_u16(reply.status).expect("we answer with known statuses"),
        Sent::Part(_) => StatusCode::PARTIAL_CONTENT,
        Sent::NotModified => StatusCode::NOT_MODIFIED,
        Sent::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
        Sent::Unsatisfiable => StatusCode::RANGE_NOT_SATISFIABLE,
    };
    let length = asked.length;
    let range = match &sent {
        Sent::All => 0..length,
        Sent::Part(range) => range.clone(),
        Sent::NotModified | Sent::PreconditionFailed | Sent::Unsatisfiable => 0..0,
    };
    let mut response = Response::builder().status(status).header(CACHE_CONTROL, "no-store");
    response = response.header(X_CONTENT_TYPE_OPTIONS, "nosniff");
    // No page of another site may load a script or a picture from here.
    response = response.header(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if reply.status == 200 {
        response = response.header(ETAG, &asked.tag).header(ACCEPT_RANGES, "bytes");
    }
    match &sent {
        Sent::NotModified => {}
        Sent::Unsatisfiable => response = response.header(CONTENT_RANGE, format!("bytes */{length}")),
        Sent::Part(range) => {
            let Range { start, end } = range;
            response = response.header(CONTENT_RANGE, format!("bytes {start}-{}/{length}", end - 1));
        }
        Sent::All | Sent::PreconditionFailed => {}
    }
    if sent != Sent::NotModified {
        response =
            response.header(CONTENT_TYPE, reply.content_type).header(CONTENT_LENGTH, range.end - range.start);
    }
    let body = if *method == Method::HEAD { Ok(axum::body::Body::empty()) } else { body(&reply.body, range) };
    match body {
        Ok(body) => response.body(body).expect("our own headers are valid"),
        Err(err) => unavailable(&err),
    }
}

/// That a file of the site cannot be read at the moment. The next build says why.
fn unavailable(err: &anyhow::Error) -> Response<axum::body::Body> {
    let response = Response::builder().status(StatusCode::SERVICE_UNAVAILABLE);
    let response = response.header(CONTENT_TYPE, media_type::TEXT).header(CACHE_CONTROL, "no-store");
    response.body(format!("{err:#}\n").into()).expect("our own headers are valid")
}

/// The entity tag of what is served: equal tags mean equal bytes.
fn tag(body: &Body) -> String {
    match body {
        Body::Bytes(bytes) => format!("\"{:016x}\"", xxh3_64(bytes)),
        Body::Copy(file) => format!("\"{:032x}\"", file.hash),
    }
}

impl Asked<'_> {
    fn sent(&self, method: &Method) -> Sent {
        if self.header(&IF_MATCH).is_some_and(|it| !self.names_tag(it)) {
            return Sent::PreconditionFailed;
        }
        if self.header(&IF_NONE_MATCH).is_some_and(|it| self.names_tag(it)) {
            return Sent::NotModified;
        }
        let is_same = self.header(&IF_RANGE).is_none_or(|it| it == self.tag);
        match self.header(&RANGE).filter(|_| is_same && *method == Method::GET) {
            Some(range) => self.part(range),
            None => Sent::All,
        }
    }

    fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn names_tag(&self, tags: &str) -> bool {
        let mut tags = tags.split(',').map(|it| it.trim().trim_start_matches("W/"));
        tags.any(|it| it == "*" || it == self.tag)
    }

    /// The part that a `Range` header asks for. One that cannot be understood is ignored, as section 14.2 says.
    fn part(&self, range: &str) -> Sent {
        let Some((first, last)) = range.strip_prefix("bytes=").and_then(|it| it.trim().split_once('-'))
        else {
            return Sent::All;
        };
        let (start, end) = match (number(first), number(last)) {
            (Some(start), Some(last)) if start <= last => (start, last.saturating_add(1).min(self.length)),
            (Some(start), None) if last.is_empty() => (start, self.length),
            (None, Some(count)) if first.is_empty() => (self.length.saturating_sub(count), self.length),
            _ => return Sent::All,
        };
        if start < end { Sent::Part(start..end) } else { Sent::Unsatisfiable }
    }
}

fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.bytes().all(|it| it.is_ascii_digit()))
}

fn body(body: &Body, range: Range<u64>) -> Result<axum::body::Body> {
    match body {
        Body::Bytes(bytes) => {
            let at = |it: u64| usize::try_from(it).expect("it is within what is in memory");
            Ok(bytes.slice(at(range.start)..at(range.end)).into())
        }
        Body::Copy(_) if range.is_empty() => Ok(axum::body::Body::empty()),
        Body::Copy(file) => Ok(axum::body::Body::from_stream(pieces(file, range)?)),
    }
}

/// A part of a large file, piece by piece. One that ends too early ends the connection, so that no client takes what it
/// has for all.
fn pieces(file: &Arc<FileCopy>, range: Range<u64>) -> Result<impl Stream<Item = io::Result<Bytes>> + use<>> {
    let mut opened = file.open()?;
    opened.seek(SeekFrom::Start(range.start))?;
    let left = range.end - range.start;
    Ok(stream::unfold(Some((opened, left)), |state| async move {
        let (file, left) = state.filter(|(_, left)| 0 < *left)?;
        let read = tokio::task::spawn_blocking(move || piece(file, left)).await;
        match read.unwrap_or_else(|err| Err(io::Error::other(err))) {
            Ok((piece, file)) => {
                let left = left - piece.len() as u64;
                Some((Ok(piece), Some((file, left))))
            }
            Err(err) => Some((Err(err), None)),
        }
    }))
}

fn piece(file: File, left: u64) -> io::Result<(Bytes, File)> {
    let mut piece = Vec::new();
    (&file).take(left.min(PIECE)).read_to_end(&mut piece)?;
    if piece.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok((piece.into(), file)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(method: Method, asked: &[(HeaderName, &str)], expected: Sent) {
        let headers = asked.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        let asked = Asked { headers: &headers, tag: "\"a\"".to_owned(), length: 10 };
        assert_eq!(asked.sent(&method), expected, "{headers:?}");
    }

    #[test]
    fn a_range_is_answered_in_part() {
        for (range, expected) in [
            ("bytes=0-3", Sent::Part(0..4)),
            ("bytes=8-99", Sent::Part(8..10)),
            ("bytes=4-", Sent::Part(4..10)),
            ("bytes=-3", Sent::Part(7..10)),
            ("bytes=-99", Sent::Part(0..10)),
            ("bytes=10-", Sent::Unsatisfiable),
            ("bytes=-0", Sent::Unsatisfiable),
            ("bytes=10-12", Sent::Unsatisfiable),
        ] {
            check(Method::GET, &[(RANGE, range)], expected);
        }
        check(Method::HEAD, &[(RANGE, "bytes=0-3")], Sent::All);
    }

    #[test]
    fn a_range_that_cannot_be_understood_is_ignored() {
        for range in
            ["bytes=3-1", "bytes=", "bytes=-", "bytes=a-b", "bytes=+1-2", "bytes=0-1,4-5", "lines=1-2", "0-3"]
        {
            check(Method::GET, &[(RANGE, range)], Sent::All);
        }
    }

    #[test]
    fn what_a_client_has_is_not_sent_again() {
        for tags in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            check(Method::GET, &[(IF_NONE_MATCH, tags)], Sent::NotModified);
        }
        check(Method::GET, &[(IF_NONE_MATCH, "\"b\"")], Sent::All);
        check(Method::GET, &[(IF_MATCH, "\"b\"")], Sent::PreconditionFailed);
        check(Method::GET, &[(IF_MATCH, "\"a\"")], Sent::All);
    }

    #[test]
    fn a_part_of_another_version_is_not_sent() {
        let range = (RANGE, "bytes=0-3");
        check(Method::GET, &[range.clone(), (IF_RANGE, "\"a\"")], Sent::Part(0..4));
        check(Method::GET, &[range.clone(), (IF_RANGE, "\"b\"")], Sent::All);
        check(Method::GET, &[range, (IF_RANGE, "W/\"a\"")], Sent::All);
    }
}
