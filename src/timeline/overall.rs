//! The page's state in a line.

use std::sync::Arc;

use super::{ComponentBoard, Headline, Indicator, Overall, Story};
use crate::model::{ComponentId, Site, State};

/// What the banner says of the listed components, and of the open incidents where all of those work.
pub(super) fn overall(site: &Site, components: &[ComponentBoard], open: &[Arc<Story>]) -> Overall {
    let listed = site.components.iter().zip(components).filter(|(component, _)| component.listed);
    let known: Vec<(&ComponentId, bool, State)> = listed
        .filter_map(|(component, board)| Some((&component.id, component.critical, board.standing.state()?)))
        .collect();
    let worst = known.iter().map(|(_, _, state)| *state).max();
    let in_it: Vec<ComponentId> =
        known.iter().filter(|(_, _, state)| Some(*state) == worst).map(|(id, _, _)| (*id).clone()).collect();
    let critical = known.iter().any(|(_, critical, state)| *critical && *state == State::MajorOutage);
    let (indicator, headline) = match worst {
        None | Some(State::Operational) => (Indicator::None, all_work(open)),
        Some(State::UnderMaintenance) => (Indicator::Maintenance, Headline::Maintenance(in_it)),
        Some(State::DegradedPerformance) => (Indicator::Minor, Headline::Degraded(in_it)),
        Some(State::PartialOutage) => (Indicator::Major, Headline::Partial(in_it)),
        Some(State::MajorOutage) if in_it.len() == known.len() => (Indicator::Critical, Headline::MajorAll),
        Some(State::MajorOutage) if critical => (Indicator::Critical, Headline::Major(in_it)),
        Some(State::MajorOutage) => (Indicator::Major, Headline::Partial(in_it)),
    };
    Overall { indicator, state: worst, headline }
}

fn all_work(open: &[Arc<Story>]) -> Headline {
    open.first().map_or(Headline::AllOperational, |story| Headline::Incident {
        status: story.status,
        title: story.title.clone(),
    })
}
