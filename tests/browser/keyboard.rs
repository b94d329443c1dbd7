//! Somebody who reads with the keyboard alone.

use serde::Deserialize;

use crate::reader::{ENTER, Reader, TAB};
use crate::site::{DURING, KINDS, sample};

/// All that can be reached and is seen, in the order of the document.
const REACHABLE: &str =
    "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]
    .filter(it => it.checkVisibility({visibilityProperty: true}))";

/// Where the focus is.
#[derive(Deserialize)]
struct Focus {
    /// Its place among all that can be reached; -1 where nothing has the focus.
    index: i32,
    what: String,
    /// Whether it is on the screen, with an outline.
    seen: bool,
    top: f64,
    bottom: f64,
    left: f64,
}

fn focus(reader: &Reader) -> Focus {
    reader.eval(&format!(
        "(it => {{
            const box = it.getClientRects()[0];
            const style = getComputedStyle(it);
            const onScreen = 0 <= box.top && box.top < innerHeight && 0 <= box.left && box.left < innerWidth;
            return {{
                index: {REACHABLE}.indexOf(it),
                what: it.outerHTML.slice(0, 120),
                seen: onScreen && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left,
            }};
        }})(document.activeElement)"
    ))
}

#[test]
fn all_of_the_index_is_reached_in_the_order_in_which_it_is_seen() {
    let reader = Reader::of(sample(DURING));
    reader.open("index.html");
    let count: i32 = reader.eval(&format!("{REACHABLE}.length"));
    assert!(50 < count, "only {count} things can be reached");
    let mut last: Option<Focus> = None;
    for expected in 0..count {
        reader.press(TAB);
        let focus = focus(&reader);
        assert_eq!(focus.index, expected, "{}", focus.what);
        assert!(focus.seen, "the focus is not seen: {}", focus.what);
        if let Some(last) = last.filter(|_| 1 < expected) {
            let above = focus.bottom <= last.top;
            let beside = focus.top < last.bottom && last.top < focus.bottom && focus.left < last.left;
            assert!(!above && !beside, "the focus jumps back from {} to {}", last.what, focus.what);
        }
        last = Some(focus);
    }
    reader.press(TAB);
    assert_eq!(focus(&reader).index, -1, "the focus is trapped");
}

#[test]
fn the_skip_link_leads_past_the_navigation() {
    let reader = Reader::of(sample(DURING));
    // In a frame there is no navigation.
    for path in KINDS.into_iter().filter(|it| *it != "embed.html") {
        reader.open(path);
        reader.press(TAB);
        assert_eq!(reader.text(":focus"), "Skip to content", "{path}");
        reader.press(ENTER);
        reader.press(TAB);
        let inside = "document.querySelector('main, main ~ *, footer').contains(document.activeElement) || document.activeElement.closest('footer')";
        assert!(reader.eval::<bool>(&format!("Boolean({inside})")), "{path}: {}", focus(&reader).what);
    }
}

#[test]
fn targets_are_large_enough_for_a_finger() {
    let reader = Reader::of(sample(DURING));
    reader.window(360, 800);
    for path in KINDS {
        reader.open(path);
        assert_eq!(reader.eval::<Vec<String>>(&small()), [""; 0], "{path}");
    }
}

/// Targets that are smaller than 24 by 24 pixels, do not stand in a sentence, and have another within 24 pixels of their middle.
fn small() -> String {
    format!(
        "(all => {{
            const box = it => it.getBoundingClientRect();
            const middle = it => (it => [it.x + it.width / 2, it.y + it.height / 2])(box(it));
            const small = it => box(it).width < 24 || box(it).height < 24;
            const sentence = it => {{
                const block = it.closest('p, li, td, th, dd, h3, h4');
                return block && block.innerText.trim() !== it.innerText.trim();
            }};
            const distance = (one, other) => {{
                const [x, y] = middle(one);
                const it = box(other);
                return Math.hypot(Math.max(it.left - x, 0, x - it.right), Math.max(it.top - y, 0, y - it.bottom));
            }};
            const crowded = it => all.some(other => other !== it && !other.contains(it) && !it.contains(other)
                && (distance(it, other) < 12 || small(other) && Math.hypot(...middle(it).map((v, i) => v - middle(other)[i])) < 24));
            return all.filter(it => small(it) && !sentence(it) && crowded(it)).map(it => it.outerHTML.slice(0, 120));
        }})({REACHABLE}.filter(it => !it.matches('.skip')))"
    )
}
