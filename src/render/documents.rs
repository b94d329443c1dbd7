//! Documents for programs, and files that are copied as they are.

use std::sync::Arc;

use bytes::Bytes;

use super::view::Voice;
use super::{RenderInput, badge, embed, look, metrics, theme};
use crate::emit::{Body, FileCopy, Output};
use crate::source::{Content, LargeFile, SourceFile};

/// The script for products, the theme's files and those of site/assets.
pub(super) fn documents(input: &RenderInput<'_>) -> Vec<Output> {
    let voice = Voice { site: &input.project.site, words: &input.theme.words };
    let mut files = vec![embed::script(input)];
    let theme = input.theme.assets.iter().filter(|(path, _)| *path != embed::SCRIPT).map(|(path, file)| {
        let body = if path == theme::STYLE { style(input, file.bytes()).into() } else { body(file) };
        (format!("theme/{path}").into(), body)
    });
    let assets = input.project.assets.iter().filter_map(|file| {
        let path = file.path.strip_prefix("site/assets/")?;
        Some((format!("assets/{path}").into(), body(file)))
    });
    files.extend(theme.chain(assets));
    files.push(("metrics".into(), metrics::text(&voice, input.board).into()));
    files.extend(badge::files(input));
    files
}

/// A file that is copied: a large one is not in memory.
fn body(file: &SourceFile) -> Body {
    match &file.content {
        Content::Large(LargeFile { path, length, hash }) => {
            Body::Copy(Arc::new(FileCopy { path: path.clone(), length: *length, hash: *hash }))
        }
        _ => file.shared().into(),
    }
}

/// The theme's style sheet, and behind it what the site has of its own.
fn style(input: &RenderInput<'_>, theme: &[u8]) -> Bytes {
    let own = look::sheet(&input.project.site.look, &input.theme.tokens);
    [theme, own.as_bytes()].concat().into()
}
