//! What happens when a page is opened, and what does not.

use std::time::Duration;

use crate::reader::Reader;
use crate::site::{DURING, KINDS, sample};

#[test]
fn nothing_goes_wrong_on_any_kind_of_page() {
    let reader = Reader::of(sample(DURING));
    for path in KINDS {
        reader.open(path);
        assert_eq!(reader.witnessed(), [""; 0], "{path}");
        assert_eq!(reader.console(), [""; 0], "{path}");
        let moved = moved(&reader);
        assert!(moved < 0.01, "{path} moves by {moved} while it loads");
        let asked_for = reader.asked_for();
        let own = reader.server.address("");
        assert!(asked_for.iter().all(|it| it.starts_with(&own)), "{path} asks another host: {asked_for:?}");
    }
}

#[test]
fn the_index_is_one_page_with_one_style_sheet_one_icon_and_at_most_one_script() {
    let reader = Reader::of(sample(DURING));
    reader.open("");
    let mut requests = reader.asked_for();
    // A browser asks for the icon when it has time for it.
    for _ in 0..100 {
        if requests.iter().any(|it| it.ends_with("favicon.svg")) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
        requests.extend(reader.asked_for());
    }
    let count = |ending: &str| requests.iter().filter(|it| it.ends_with(ending)).count();
    assert_eq!((count("/"), count(".css"), count("favicon.svg")), (1, 1, 1), "{requests:?}");
    assert!(count(".js") <= 1, "{requests:?}");
    assert!(requests.len() <= 6, "only the logo and the state may be asked for besides: {requests:?}");
}

/// How far the page has moved while it was loaded: its Cumulative Layout Shift.
fn moved(reader: &Reader) -> f64 {
    reader.eval("shifts.reduce((sum, it) => sum + it, 0)")
}
