//! What an output holds: bytes, or the content of a file on disk that is too large for memory.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use xxhash_rust::xxh3::Xxh3;

/// How much of a file is in memory at a time, in bytes.
const PIECE: usize = 64 << 10;

/// What an output holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Bytes, which copies share.
    Bytes(Bytes),
    /// The content of a file on disk.
    Copy(Arc<FileCopy>),
}

/// A file that is copied when the site is written. Two are equal if their contents are.
#[derive(Clone, Debug)]
pub struct FileCopy {
    /// Where it lies.
    pub path: PathBuf,
    /// How many bytes it has.
    pub length: u64,
    /// The hash of its content, by XXH3 with 128 bits.
    pub hash: u128,
}

impl Body {
    /// The bytes, if they are in memory.
    pub fn bytes(&self) -> Option<&Bytes> {
        match self {
            Body::Bytes(bytes) => Some(bytes),
            Body::Copy(_) => None,
        }
    }

    /// How many bytes it has.
    pub fn length(&self) -> u64 {
        match self {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::Copy(file) => file.length,
        }
    }

    /// Whether the file at `path` holds the same.
    ///
    /// # Errors
    /// There is no file that can be read.
    pub(super) fn is_at(&self, path: &Path) -> io::Result<bool> {
        let mut found = File::open(path)?;
        if found.metadata()?.len() != self.length() {
            // What cannot be read, as a folder, is no file.
            return found.read(&mut [0]).map(|_| false);
        }
        match self {
            Body::Bytes(bytes) => {
                let mut read = Vec::with_capacity(bytes.len());
                found.read_to_end(&mut read)?;
                Ok(read == **bytes)
            }
            Body::Copy(file) => Ok(pass_on(found, io::sink())? == (file.length, file.hash)),
        }
    }
}

impl FileCopy {
    /// The file, if it still has the length that it had when it was read.
    ///
    /// # Errors
    /// It cannot be read, or has changed.
    pub fn open(&self) -> Result<File> {
        let file = File::open(&self.path).with_context(|| format!("cannot read {}", self.path.display()))?;
        let length = file.metadata().with_context(|| format!("cannot read {}", self.path.display()))?.len();
        ensure!(length == self.length, "{} has changed since it was read; try again", self.path.display());
        Ok(file)
    }

    /// Copies the file to `target`. What comes to stand there is known to be what was read.
    pub(super) fn copy_to(&self, target: &Path) -> Result<()> {
        // One byte more than expected shows that it has grown.
        let file = self.open()?.take(self.length + 1);
        let written = File::create(target).with_context(|| format!("cannot write {}", target.display()))?;
        let copied = pass_on(file, written)
            .with_context(|| format!("cannot copy {} to {}", self.path.display(), target.display()))?;
        let is_same = copied == (self.length, self.hash);
        ensure!(is_same, "{} has changed since it was read; try again", self.path.display());
        Ok(())
    }
}

impl PartialEq for FileCopy {
    fn eq(&self, other: &Self) -> bool {
        (self.length, self.hash) == (other.length, other.hash)
    }
}

impl Eq for FileCopy {}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Body::Bytes(bytes)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Body::Bytes(bytes.into())
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Body::Bytes(text.into())
    }
}

/// Copies piece by piece, and returns the length and the hash of what was copied.
fn pass_on(from: impl Read, to: impl Write) -> io::Result<(u64, u128)> {
    let mut hashed = Hashed { to, hash: Xxh3::new() };
    let length = io::copy(&mut BufReader::with_capacity(PIECE, from), &mut hashed)?;
    Ok((length, hashed.hash.digest128()))
}

/// A writer that hashes what it passes on.
struct Hashed<W> {
    to: W,
    hash: Xxh3,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let written = self.to.write(piece)?;
        self.hash.update(&piece[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
