//! Damage as it happens to files: slips of the hand, editors and tools that rename, links that lead nowhere.
//!
//! No damage takes a key that withholds something away: without it the text would be public on purpose.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// A source of random numbers (xorshift64*), the same for the same seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % limit
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Damages something below `root`, and says what.
pub(crate) fn damage(root: &Path, random: &mut Random) -> String {
    let Some(path) = pick_entry(root, random) else { return "nothing is left".to_owned() };
    let shown = path.strip_prefix(root).unwrap().display().to_string();
    let done = match random.below(10) {
        0 => rename(&path, random),
        1 => link(&path, random),
        2 => remove(&path),
        3 => whole(root, random),
        4 | 5 => begin(&path, random),
        6 => slip_in_key(&path, random),
        _ => slip(&path, random),
    };
    format!("{shown}: {done}")
}

fn pick_entry(root: &Path, random: &mut Random) -> Option<PathBuf> {
    let entries = walkdir::WalkDir::new(root.join("incidents")).sort_by_file_name().into_iter();
    let entries: Vec<PathBuf> = entries.filter_map(Result::ok).map(|it| it.into_path()).collect();
    // Files are damaged more often than the folders around them.
    let files: Vec<&PathBuf> = entries.iter().filter(|it| it.is_file()).collect();
    match random.below(4) {
        0 => (!entries.is_empty()).then(|| entries[random.below(entries.len())].clone()),
        _ => (!files.is_empty()).then(|| files[random.below(files.len())].clone()),
    }
}

fn rename(path: &Path, random: &mut Random) -> String {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let time = name.find('Z').map_or(0, |it| it + 1);
    let new = match random.below(14) {
        0 => format!("{name}.txt"),
        1 => format!("{name}.orig"),
        2 => format!("{name}~"),
        3 => format!("{stem}.yml"),
        4 => format!("{stem}.json"),
        5 => format!("{stem}.{}", ending.to_uppercase()),
        6 => format!("{stem}.markdown"),
        7 => format!("{stem} copy.{ending}"),
        8 => format!("{}é{}", &name[..time], &name[time..]),
        9 => format!("{}\n{}", &name[..time], &name[time..]),
        10 => format!("{} {}", &name[..time], &name[time..]),
        11 => name.to_uppercase(),
        12 => format!("{}{name}", "x".repeat(150)),
        _ => format!("{stem}\u{202e}.{ending}"),
    };
    let is_taken = path.with_file_name(&new).exists();
    let renamed = !is_taken && fs::rename(path, path.with_file_name(&new)).is_ok();
    if renamed { format!("renamed to {new:?}") } else { "not renamed".to_owned() }
}

fn link(path: &Path, random: &mut Random) -> String {
    let target =
        random.pick(&["nowhere", "/etc", "../../../../..", ".", "/proc/self/mem", "../../site/site.yaml"]);
    remove(path);
    symlink(target, path).unwrap();
    format!("is a link to {target}")
}

fn remove(path: &Path) -> String {
    drop(fs::remove_file(path).or_else(|_| fs::remove_dir_all(path)));
    "removed".to_owned()
}

/// Damage to the folder of all incidents.
fn whole(root: &Path, random: &mut Random) -> String {
    let incidents = root.join("incidents");
    match random.below(4) {
        0 => drop(fs::rename(&incidents, root.join("elsewhere"))),
        1 => drop(fs::rename(&incidents, root.join("Incidents"))),
        2 => {
            remove(&incidents);
            fs::write(&incidents, "x").unwrap();
        }
        _ => {
            remove(&incidents);
            symlink("nowhere", &incidents).unwrap();
        }
    }
    "all incidents are moved or replaced".to_owned()
}

/// Another beginning of a document than `---`, or one that is cut short.
fn begin(path: &Path, random: &mut Random) -> String {
    let Ok(text) = fs::read_to_string(path) else { return "no text".to_owned() };
    let Some(rest) = text.strip_prefix("---\n") else { return slip_in_key(path, random) };
    let begin = random.pick(&[
        "----\n",
        "--\n",
        "***\n",
        "\u{2014}\n",
        "\u{2014}-\n",
        "```\n",
        "```yaml\n",
        "<!--\n",
        "\u{200b}---\n",
        " ---\n",
        "\n---\n",
        "\u{feff}\u{feff}---\n",
        "+++\n",
        "",
        "---\t\n",
        "--- #\n",
        "---\r",
    ]);
    fs::write(path, format!("{begin}{rest}")).unwrap();
    format!("begins with {begin:?}")
}

/// One or two slips in the name of a key that withholds something.
fn slip_in_key(path: &Path, random: &mut Random) -> String {
    let Ok(text) = fs::read_to_string(path) else { return "no text".to_owned() };
    let keys: Vec<&str> = ["published_at", "draft", "retracted", "internal", "status"]
        .into_iter()
        .filter(|it| text.contains(*it))
        .collect();
    if keys.is_empty() {
        return slip(path, random);
    }
    let key = random.pick(&keys);
    let mut letters: Vec<char> = key.chars().collect();
    for _ in 0..1 + random.below(2) {
        let at = random.below(letters.len() - 1);
        match random.below(3) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, random.pick(&['e', '_', 'x'])),
            _ => letters.swap(at, at + 1),
        }
    }
    let written: String = letters.into_iter().collect();
    fs::write(path, text.replacen(key, &written, 1)).unwrap();
    format!("{key} is {written}")
}

/// A character too many, or a line twice, or the end cut off. `#` would make a comment of a key, which takes it away.
fn slip(path: &Path, random: &mut Random) -> String {
    let Ok(mut text) = fs::read_to_string(path) else { return "no text".to_owned() };
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    if places.is_empty() {
        return "empty".to_owned();
    }
    let at = random.pick(&places);
    let done = match random.below(6) {
        0 => {
            let line = text.lines().nth(random.below(text.lines().count())).unwrap().to_owned();
            text = text.replacen(&line, &format!("{line}\n{line}"), 1);
            format!("{line:?} twice")
        }
        1 => {
            text.clear();
            "emptied".to_owned()
        }
        _ => {
            let sign = random
                .pick(&['\t', ' ', '\n', ':', '"', '\'', '[', '}', '&', '*', '\u{7}', 'é', '-', '\r', '%']);
            text.insert(at, sign);
            format!("{sign:?} at byte {at}")
        }
    };
    fs::write(path, text).unwrap();
    done
}
