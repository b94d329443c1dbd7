//! The files of site/assets, and how large they may be.

use std::sync::Arc;

use super::document::unreadable;
use crate::diag::{Code, Diagnostic};
use crate::markdown::is_stray;
use crate::model::Limits;
use crate::source::{Content, Folder, Place, SourceFile};

/// The files of site/assets, in whatever folders, by path; one that no host would serve is an error.
pub(super) fn files(folder: &Folder, said: &mut Vec<Diagnostic>) -> Vec<Arc<SourceFile>> {
    let mut assets = Vec::new();
    let mut open = vec![folder];
    while let Some(folder) = open.pop() {
        open.extend(folder.folders.values().map(Arc::as_ref));
        for file in folder.files.values() {
            match oversized(file).or_else(|| unreadable(file)).or_else(|| odd_name(file)) {
                Some(diagnostic) => said.push(diagnostic),
                None => assets.push(Arc::clone(file)),
            }
        }
    }
    assets.sort_by(|left, right| left.path.cmp(&right.path));
    assets
}

/// Those of the assets that are within the limits. What exceeds them is an error, and is left out.
pub(super) fn within(
    limits: Limits,
    assets: &[Arc<SourceFile>],
    said: &mut Vec<Diagnostic>,
) -> Vec<Arc<SourceFile>> {
    let (most, most_together) = (limits.asset_mib << 20, limits.assets_mib << 20);
    let (small, large): (Vec<_>, Vec<_>) = assets.iter().partition(|it| it.length() <= most);
    said.extend(large.into_iter().map(|it| too_large(it, limits.asset_mib)));
    let together: u64 = small.iter().map(|it| it.length()).sum();
    let mut rest = most_together;
    let (fits, more): (Vec<_>, Vec<_>) = small.into_iter().partition(|it| {
        let left = rest.checked_sub(it.length());
        rest = left.unwrap_or_default();
        left.is_some()
    });
    said.extend(more.first().map(|it| too_many(it, together, limits.assets_mib)));
    fits.into_iter().cloned().collect()
}

fn too_large(file: &Arc<SourceFile>, most: u64) -> Diagnostic {
    let message = format!("an asset may have {most} MiB, and this has {}", mib(file.length()));
    Diagnostic::new(Code::TooLarge, Place::file(file), message)
        .help("make it smaller, or raise `limits: {asset_mib: ..}` in site/site.yaml")
}

fn too_many(file: &Arc<SourceFile>, together: u64, most: u64) -> Diagnostic {
    let message =
        format!("the assets may have {most} MiB together, and have {}; this one does not fit", mib(together));
    Diagnostic::new(Code::TooLarge, Place::file(file), message)
        .help("remove some, or raise `limits: {assets_mib: ..}` in site/site.yaml")
}

/// A file that is too large to be read, whatever the limits are.
fn oversized(file: &Arc<SourceFile>) -> Option<Diagnostic> {
    let Content::TooLarge { bytes } = file.content else { return None };
    let message = format!("an asset may have 4096 MiB at most, and this has {}", mib(bytes));
    Some(Diagnostic::new(Code::TooLarge, Place::file(file), message).help("put it elsewhere, and link to it"))
}

/// "65 MiB", rounded up.
fn mib(bytes: u64) -> String {
    format!("{} MiB", bytes.div_ceil(1 << 20))
}

fn odd_name(file: &Arc<SourceFile>) -> Option<Diagnostic> {
    let odd = |it: char| is_stray(it) || "\n\t\\:*?\"<>|".contains(it);
    file.path.contains(odd).then(|| {
        let message = format!("`{}` is a name that not every host can serve", file.name());
        Diagnostic::new(Code::InvalidName, Place::file(file), message)
            .help("use letters, digits, dashes and dots")
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::source::LargeFile;

    /// The names of the assets that are left, and what is said, of assets of these sizes in bytes.
    #[track_caller]
    fn check(sizes: &[u64], left: &[&str], expected: &[&str]) {
        let asset = |(index, length): (usize, &u64)| {
            let large = LargeFile { path: PathBuf::new(), length: *length, hash: 0 };
            let path = format!("site/assets/{index}");
            Arc::new(SourceFile { path, content: Content::Large(large) })
        };
        let assets: Vec<_> = sizes.iter().enumerate().map(asset).collect();
        let mut said = Vec::new();
        let found = within(Limits { asset_mib: 2, assets_mib: 3 }, &assets, &mut said);
        assert_eq!(found.iter().map(|it| it.name()).collect::<Vec<_>>(), left);
        assert_eq!(said.iter().map(|it| it.message.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_asset_may_be_as_large_as_its_limit_and_no_larger() {
        check(&[2 << 20], &["0"], &[]);
        check(&[(2 << 20) + 1, 1], &["1"], &["an asset may have 2 MiB, and this has 3 MiB"]);
    }

    #[test]
    fn assets_may_be_as_large_together_as_their_limit_and_no_larger() {
        check(&[2 << 20, 1 << 20], &["0", "1"], &[]);
        let said = "the assets may have 3 MiB together, and have 5 MiB; this one does not fit";
        check(&[2 << 20, 2 << 20, 1], &["0"], &[said]);
    }
}
