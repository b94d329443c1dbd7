//! What is kept of a file: its bytes or, of a large one that is only copied, its length and hash.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::{reason, unreadable};
use crate::source::{Content, LargeFile};

/// The size beyond which a document is refused, in bytes, and a file that is only copied is not kept in memory.
const DOCUMENT_LIMIT: u64 = 1 << 20;
/// The size beyond which the text of a theme is refused, in bytes.
const THEME_LIMIT: u64 = 16 << 20;
/// The size beyond which a file that is only copied is refused unread, in bytes.
const COPIED_LIMIT: u64 = 4 << 30;
/// How much of a large file is in memory at a time, in bytes.
const PIECE: usize = 64 << 10;

/// What becomes of the bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// They are read as text, of at most so many bytes.
    Text(u64),
    /// They are copied.
    Copied,
}

/// What the file at `on_disk` holds, whose path from the root is `path`.
pub(super) fn read(on_disk: &Path, path: &str) -> Content {
    let content = match purpose(path) {
        Purpose::Text(limit) => text(on_disk, limit),
        Purpose::Copied => copied(on_disk),
    };
    content.unwrap_or_else(|err| unreadable(reason(err)))
}

/// Style sheets and scripts of a theme are read, to be made smaller; its other assets are copied.
fn purpose(path: &str) -> Purpose {
    let names: Vec<&str> = path.split('/').collect();
    let is_squeezed = path.ends_with(".css") || path.ends_with(".js");
    match names[..] {
        ["site", "assets", _, ..] => Purpose::Copied,
        ["themes", _, "assets", ..] if !is_squeezed => Purpose::Copied,
        ["themes", ..] => Purpose::Text(THEME_LIMIT),
        _ => Purpose::Text(DOCUMENT_LIMIT),
    }
}

/// The bytes of a file. It may grow meanwhile, so that its size alone is not believed.
fn text(on_disk: &Path, limit: u64) -> io::Result<Content> {
    let file = File::open(on_disk)?;
    let size = file.metadata()?.len();
    if limit < size {
        return Ok(Content::TooLarge { bytes: size });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(limit + 1).read_to_end(&mut bytes)?;
    let read = bytes.len() as u64;
    Ok(if limit < read { Content::TooLarge { bytes: read } } else { Content::of(bytes) })
}

fn copied(on_disk: &Path) -> io::Result<Content> {
    match text(on_disk, DOCUMENT_LIMIT)? {
        Content::TooLarge { bytes } if bytes <= COPIED_LIMIT => large(on_disk),
        content => Ok(content),
    }
}

fn large(on_disk: &Path) -> io::Result<Content> {
    let mut hash = Xxh3::new();
    let file = File::open(on_disk)?.take(COPIED_LIMIT + 1);
    let length = io::copy(&mut BufReader::with_capacity(PIECE, file), &mut hash)?;
    if COPIED_LIMIT < length {
        return Ok(Content::TooLarge { bytes: length });
    }
    Ok(Content::Large(LargeFile { path: on_disk.canonicalize()?, length, hash: hash.digest128() }))
}
