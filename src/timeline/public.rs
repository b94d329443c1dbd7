//! What of an incident the public can know at an instant.
//!
//! Everything else in `timeline` reads incidents through a [`Reading`], so what is not yet public is
//! as if it were not written.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::span::later;
use super::{Audience, Moment};
use crate::model::{
    ComponentId, Correction, Disruption, Incident, Kind, PostmortemStatus, Publication, Site, Status, Update,
};

/// How far ahead of the clock something without a stated publication may lie and yet be read: clocks
/// differ, and nobody waits for a minute to pass.
pub(super) const NEAR: SignedDuration = SignedDuration::from_mins(2);

/// An incident with that of it which is public at an instant.
pub(super) struct Reading<'a> {
    pub(super) site: &'a Site,
    pub(super) incident: &'a Arc<Incident>,
    /// The instant, as far as this incident can tell it from others.
    pub(super) now: Timestamp,
    pub(super) audience: Audience,
    /// The public updates, oldest first.
    pub(super) updates: Vec<Said<'a>>,
}

/// A public update.
pub(super) struct Said<'a> {
    pub(super) index: usize,
    pub(super) update: &'a Update,
    /// When it was so; `now` of what lies a little ahead.
    pub(super) at: Timestamp,
    /// Its withdrawal, where that is public.
    pub(super) retracted: Option<&'a Correction>,
}

impl<'a> Reading<'a> {
    /// None while there must be no trace of the incident.
    pub(super) fn open(site: &'a Site, incident: &'a Arc<Incident>, moment: Moment) -> Option<Self> {
        let now = moment.near.or(moment.last).unwrap_or(Timestamp::MIN);
        let secret = incident.draft && moment.audience == Audience::Public;
        if secret || now < public_from(incident)? {
            return None;
        }
        let all = incident.updates.iter().enumerate();
        let updates = all.filter(|(_, update)| readable_from(update) <= now);
        let updates = updates.map(|(index, update)| Said {
            index,
            update,
            at: update.at.min(now),
            retracted: update.retracted.as_ref().filter(|it| it.at <= now),
        });
        Some(Reading { site, incident, now, audience: moment.audience, updates: updates.collect() })
    }

    /// Whether a time of the head lies only a little ahead, so that it counts from `now`.
    pub(super) fn settles(&self, at: Timestamp) -> bool {
        self.incident.published_at.is_none() && at <= later(self.now, NEAR)
    }

    /// The updates that have not been withdrawn.
    pub(super) fn standing(&self) -> impl DoubleEndedIterator<Item = &Said<'a>> {
        self.updates.iter().filter(|said| said.retracted.is_none())
    }

    /// Components that work, as said at each time: the head's from ever, then each update's.
    pub(super) fn not_affected(&self, head: &'a [ComponentId]) -> Vec<(Timestamp, &'a [ComponentId])> {
        let told = self.standing().filter_map(|it| Some((it.at, it.update.not_affected.as_deref()?)));
        std::iter::once((Timestamp::MIN, head)).chain(told).collect()
    }

    /// The incident's withdrawal, where that is public.
    pub(super) fn retracted(&self) -> Option<&'a Correction> {
        self.incident.retracted.as_ref().filter(|it| it.at <= self.now)
    }

    /// Whether its postmortem can be read. Writers read each that there is.
    pub(super) fn has_postmortem(&self) -> bool {
        self.incident.postmortem.as_ref().is_some_and(|postmortem| match self.audience {
            Audience::Writers => true,
            Audience::Public => {
                postmortem.status == PostmortemStatus::Published
                    && postmortem.published_at.is_none_or(|at| at <= self.now)
            }
        })
    }

    /// When the public could read an update: not before it could read of the incident at all.
    pub(super) fn published(&self, update: &Update) -> Timestamp {
        let own = update.published.at().max(update.at);
        self.incident.published_at.map_or(own, |head| own.max(head))
    }
}

impl Said<'_> {
    /// The status that it says, if it says one and stands. To be continued elsewhere is an end.
    pub(super) fn status(&self) -> Option<Status> {
        match (self.retracted, &self.update.continues_in) {
            (Some(_), _) => None,
            (None, Some(_)) => Some(Status::Resolved),
            (None, None) => self.update.status,
        }
    }
}

/// When an update becomes public.
pub(super) fn readable_from(update: &Update) -> Timestamp {
    match update.published {
        Publication::Stated(published) => published.max(update.at),
        Publication::Implied(published) => later(published.max(update.at), -NEAR),
    }
}

/// The instant that lies `NEAR` after an update becomes public, from which its time is its own; none
/// where it becomes public at its time.
pub(super) fn settled(update: &Update) -> Option<Timestamp> {
    match update.published {
        Publication::Stated(_) => None,
        Publication::Implied(published) => Some(published.max(update.at)),
    }
}

/// The time at which the head says that an incident began, where its publication is not stated.
pub(super) fn announced_start(incident: &Incident) -> Option<Timestamp> {
    match &incident.kind {
        Kind::Incident(disruption) if incident.published_at.is_none() => written_start(disruption),
        Kind::Incident(_) | Kind::Maintenance(_) | Kind::Notice(_) => None,
    }
}

/// The earliest instant that the head names.
pub(super) fn written_start(disruption: &Disruption) -> Option<Timestamp> {
    disruption.started_at.or_else(|| disruption.components.iter().filter_map(|it| it.since).min())
}

/// When the incident becomes public; never where nothing says when it was.
pub(super) fn public_from(incident: &Incident) -> Option<Timestamp> {
    let first_update = incident.updates.iter().map(readable_from).min();
    match (incident.published_at, &incident.kind) {
        (Some(published), Kind::Incident(disruption)) => {
            let known = written_start(disruption).into_iter().chain(first_update).min();
            Some(known.map_or(published, |known| published.max(known)))
        }
        (Some(published), Kind::Maintenance(_) | Kind::Notice(_)) => Some(published),
        (None, Kind::Incident(disruption)) => {
            first_update.or_else(|| Some(later(written_start(disruption)?, -NEAR)))
        }
        (None, Kind::Maintenance(_) | Kind::Notice(_)) => Some(first_update.unwrap_or(Timestamp::MIN)),
    }
}
