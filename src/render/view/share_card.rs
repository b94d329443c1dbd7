//! The picture that stands beside a shared link: one a state, of the theme, so that it costs a build
//! nothing. Another state has another address, which also makes networks that keep pictures fetch it.

use crate::model::State;
use crate::render::path;
use crate::timeline::Standing;

use super::Voice;

/// Which picture stands beside a shared link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareCard {
    /// Of a page that tells a state.
    Of(Standing),
    /// Of a page about other things.
    Neutral,
}

impl ShareCard {
    /// Its whole address.
    pub(super) fn address(self, voice: &Voice<'_>) -> String {
        let name = match self {
            ShareCard::Of(Standing::In(state)) => state.word(),
            ShareCard::Of(Standing::NoData) => "no_data",
            ShareCard::Of(Standing::Retired) | ShareCard::Neutral => "neutral",
        };
        path::address(&voice.site.url, &format!("theme/cards/{name}.png"))
    }

    /// What it shows: the site's name, and the state.
    pub(super) fn alt(self, voice: &Voice<'_>) -> String {
        let site = voice.site.title.as_str();
        match self {
            ShareCard::Of(standing) => {
                let state = voice.words.standing(standing);
                voice.words.fill("head.picture", &[("site", site), ("state", state)])
            }
            ShareCard::Neutral => site.to_owned(),
        }
    }
}

impl From<State> for ShareCard {
    fn from(state: State) -> Self {
        ShareCard::Of(Standing::In(state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Words, sample};

    #[track_caller]
    fn check(picture: ShareCard, address: &str, alt: &str) {
        let (site, words) = (sample::site(&[]), Words::english());
        let voice = Voice { site: &site, words: &words };
        let address = format!("https://status.example/theme/cards/{address}");
        assert_eq!((picture.address(&voice), picture.alt(&voice)), (address, alt.to_owned()));
    }

    #[test]
    fn each_state_has_a_picture_of_its_own() {
        check(State::MajorOutage.into(), "major_outage.png", "Example: Major outage");
        check(ShareCard::Of(Standing::NoData), "no_data.png", "Example: No data");
        check(ShareCard::Of(Standing::Retired), "neutral.png", "Example: Retired");
        check(ShareCard::Neutral, "neutral.png", "Example");
    }
}
