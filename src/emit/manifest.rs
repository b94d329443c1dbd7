//! The list of what we wrote: `.allclear` in the folder. Only what it names is ever removed.
//!
//! Its first line says the format, each further one a path. It only grows while a site is written,
//! so that a crash leaves nothing of ours unlisted; a last line cut short names nothing.

use std::collections::BTreeSet;

/// The name of the list in the folder.
pub(super) const NAME: &str = ".allclear";

const FORMAT: &str = "allclear 1";

/// The whole list for these paths.
pub(super) fn whole<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<u8> {
    format!("{FORMAT}\n{}", lines(paths)).into_bytes()
}

/// What is added to a list for these paths. It begins on a line of its own, whatever a crash left.
pub(super) fn addition<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<u8> {
    format!("\n{}", lines(paths)).into_bytes()
}

/// The paths of a list; none where it is not one of ours.
pub(super) fn parse(text: &str) -> Option<BTreeSet<String>> {
    let (format, rest) = text.split_once('\n')?;
    let whole_lines = rest.rsplit_once('\n').map_or("", |(lines, _)| lines);
    let paths = whole_lines.lines().filter(|it| super::tree::is_inside(it)).map(str::to_owned).collect();
    (format == FORMAT).then_some(paths)
}

fn lines<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    paths.flat_map(|path| [path, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &[u8], paths: Option<&[&str]>) {
        let parsed = parse(std::str::from_utf8(text).unwrap());
        let expected = paths.map(|it| it.iter().map(|path| (*path).to_owned()).collect());
        assert_eq!(parsed, expected);
    }

    #[test]
    fn a_list_is_read_back() {
        check(&whole(["a", "b/c"].into_iter()), Some(&["a", "b/c"]));
        check(&[whole(["a"].into_iter()), addition(["b"].into_iter())].concat(), Some(&["a", "b"]));
    }

    #[test]
    fn a_line_cut_short_names_nothing() {
        check(b"allclear 1\na\nb/index.ht", Some(&["a"]));
        check(b"allclear 1\na\nb/index.ht\nb/index.html\n", Some(&["a", "b/index.ht", "b/index.html"]));
    }

    #[test]
    fn what_leaves_the_folder_is_not_ours() {
        check(b"allclear 1\n../a\n/etc/x\nb/../../c\nd\n", Some(&["d"]));
        check(b"something else\na\n", None);
        check(b"", None);
    }
}
