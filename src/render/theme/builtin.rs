//! The files of `themes/default`, built into the program. Its lists of words belong to the module `words`.

use std::sync::Arc;

use super::Files;
use crate::source::{Content, SourceFile};

/// Lists files below `themes/default` with their bytes.
macro_rules! files {
    ($($path:literal)*) => {
        &[$(($path, include_bytes!(concat!("../../../themes/default/", $path)) as &[u8]),)*]
    };
}

const FILES: &[(&str, &[u8])] = files! {
    "assets/cards/degraded_performance.png"
    "assets/cards/major_outage.png"
    "assets/cards/neutral.png"
    "assets/cards/no_data.png"
    "assets/cards/operational.png"
    "assets/cards/partial_outage.png"
    "assets/cards/under_maintenance.png"
    "assets/embed.js"
    "assets/favicon.svg"
    "assets/frame.js"
    "assets/icon-degraded_performance.svg"
    "assets/icon-major_outage.svg"
    "assets/icon-no_data.svg"
    "assets/icon-notice.svg"
    "assets/icon-operational.svg"
    "assets/icon-partial_outage.svg"
    "assets/icon-under_maintenance.svg"
    "assets/live.js"
    "assets/search.js"
    "assets/style.css"
    "templates/404.html"
    "templates/alias.html"
    "templates/base.html"
    "templates/component-year.html"
    "templates/component.html"
    "templates/embed.html"
    "templates/history.html"
    "templates/incident.html"
    "templates/index.html"
    "templates/maintenance.html"
    "templates/month.html"
    "templates/page.html"
    "templates/parts/affected.html"
    "templates/parts/banner.html"
    "templates/parts/bars.html"
    "templates/parts/calendar.html"
    "templates/parts/card.html"
    "templates/parts/component_row.html"
    "templates/parts/documents.html"
    "templates/parts/figures.html"
    "templates/parts/lines.html"
    "templates/parts/name.html"
    "templates/parts/navigation.html"
    "templates/parts/postmortem.html"
    "templates/parts/preview.html"
    "templates/parts/scroll.html"
    "templates/parts/spread.html"
    "templates/parts/state.html"
    "templates/parts/strip.html"
    "templates/parts/time.html"
    "templates/parts/updates.html"
    "templates/parts/uptime.html"
    "templates/parts/window.html"
    "templates/postmortem.html"
    "templates/postmortems.html"
    "templates/search.html"
    "templates/removed.html"
    "templates/subscribe.html"
    "templates/year.html"
};

/// The files of the built-in theme, by their path below its folder.
pub(super) fn files() -> Files {
    let file = |(path, bytes): &(&str, &[u8])| {
        let file =
            SourceFile { path: format!("themes/default/{path}"), content: Content::of(bytes.to_vec()) };
        ((*path).to_owned(), Arc::new(file))
    };
    FILES.iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::State;
    use std::path::Path;

    #[test]
    fn every_state_of_a_page_has_an_icon_for_its_tab() {
        for key in State::ALL.map(State::word).into_iter().chain(["no_data", "notice"]) {
            assert!(files().contains_key(&format!("assets/icon-{key}.svg")), "{key}");
        }
    }

    #[test]
    fn the_list_is_what_the_folder_holds() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let found: Vec<String> = walkdir::WalkDir::new(&root)
            .sort_by_file_name()
            .into_iter()
            .map(Result::unwrap)
            .filter(|it| it.file_type().is_file())
            .map(|it| it.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"))
            .filter(|it| !it.starts_with("i18n/"))
            .collect();
        assert_eq!(files().into_keys().collect::<Vec<_>>(), found);
    }
}
