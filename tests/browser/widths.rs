//! Small screens, and large letters: 1280 pixels at 400 % are 320 wide.

use crate::reader::Reader;
use crate::site::{DURING, KINDS, QUIET, sample};

/// What sticks out of the page, but for what stands in a box that scrolls, can be reached and has a name.
const STICKS_OUT: &str = "(() => {
    const scrolls = it => ['auto', 'scroll'].includes(getComputedStyle(it).overflowX);
    const boxes = [...document.querySelectorAll('body *')].filter(scrolls);
    const unnamed = boxes.filter(it => it.checkVisibility() && it.scrollWidth > it.clientWidth)
        .filter(it => it.tabIndex !== 0 || !(it.ariaLabel || it.getAttribute('aria-labelledby')));
    const wide = [...document.querySelectorAll('body *')]
        .filter(it => it.checkVisibility() && !it.closest('svg *, .hidden, .skip, .icons'))
        .filter(it => it.getBoundingClientRect().right > innerWidth + 0.5)
        .filter(it => !boxes.some(box => box !== it && box.contains(it)));
    const page = document.scrollingElement;
    return [...unnamed, ...wide, ...(page.scrollWidth > innerWidth ? [page] : [])].map(it => it.outerHTML.slice(0, 160));
})()";

#[track_caller]
fn check(at: &'static str, sizes: &[(u32, u32)]) {
    let reader = Reader::of(sample(at));
    for path in
        KINDS.iter().chain(["postmortems/2020-07-10-login-cascade.html"].iter().filter(|_| at == QUIET))
    {
        reader.open(path);
        for (width, height) in sizes {
            reader.window(*width, *height);
            reader.run("document.querySelectorAll('details').forEach(it => it.open = true)");
            assert_eq!(reader.eval::<Vec<String>>(STICKS_OUT), [""; 0], "{path} at {width} by {height}");
        }
    }
}

#[test]
fn nothing_sticks_out_of_a_small_screen_while_something_is_open() {
    check(DURING, &[(320, 568), (320, 256)]);
}

#[test]
fn nothing_sticks_out_of_a_screen_of_any_width() {
    check(QUIET, &[(320, 568), (640, 360), (768, 1024), (1920, 1080)]);
}
