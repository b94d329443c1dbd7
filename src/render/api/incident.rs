//! An incident or a maintenance as the API tells it, whatever its components are in: its entries, newest first, and
//! which components they are.

use jiff::{SignedDuration, Timestamp};

use super::affected::{Turns, turns};
use super::body::body;
use super::object::{AffectedComponent, IncidentUpdate, Schedule, Told};
use super::roster::{Seat, ever};
use super::stamp::Stamp;
use crate::memo::ById;
use crate::model::{Kind, Status};
use crate::render::edition::InEdition;
use crate::render::view::Voice;
use crate::render::{ident, path};
use crate::timeline::{Cause, Course, Entry, Phase, Story};

/// Who is told of something so long after it was so need not be woken.
const STALE: SignedDuration = SignedDuration::from_hours(24);

/// All that an account depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct AccountKey {
    /// The story.
    pub(super) story: InEdition<Story>,
    /// The components that are served.
    pub(super) seats: ById<[Seat]>,
}

/// What a story tells, whatever its components are in.
#[derive(Debug)]
pub(super) struct Account {
    /// The fields that stand before the components.
    pub(super) told: Told,
    /// The places of the rows of all components that it names or touched.
    pub(super) rows: Vec<usize>,
    /// Of a maintenance, its window.
    pub(super) schedule: Option<Schedule>,
}

impl Account {
    /// The account of a key.
    pub(super) fn of(key: &AccountKey) -> Account {
        let (desk, story) = (Desk { voice: key.story.voice(), seats: &key.seats.0 }, &key.story.of.0);
        let entries = told(story);
        let turns = turns(story, &entries);
        Account {
            told: desk.told(story, &entries, &turns),
            rows: desk.rows(story, &turns),
            schedule: desk.schedule(story),
        }
    }
}

/// What incidents are told with.
struct Desk<'a> {
    voice: Voice<'a>,
    seats: &'a [Seat],
}

impl Desk<'_> {
    fn told(&self, story: &Story, entries: &[Entry], turns: &[Turns<'_>]) -> Told {
        let updates = self.updates(story, entries, turns);
        let status = updates.first().map_or(Status::Investigating.word(), |it| it.status);
        let created_at = updates.iter().map(|it| it.created_at).min();
        let corrected = story.passed(&story.incident.corrections).map(|it| self.stamp(it.at));
        let updated_at = updates.iter().map(|it| it.updated_at).chain(corrected).max();
        let started_at = self.stamp(story.started_at);
        Told {
            id: ident::of_incident(&story.incident),
            name: story.title.clone(),
            status,
            created_at: created_at.unwrap_or(started_at),
            updated_at: updated_at.unwrap_or(started_at),
            monitoring_at: self.monitoring_at(entries),
            resolved_at: story.ended_at.map(|it| self.stamp(it)),
            impact: impact(story),
            shortlink: path::address(&self.voice.site.url, &path::incident(&story.incident.id)),
            started_at,
            page_id: ident::of_page(self.voice.site),
            incident_updates: updates,
        }
    }

    fn stamp(&self, at: Timestamp) -> Stamp {
        Stamp::new(at, &self.voice.site.time_zone)
    }

    /// When a fix was last in place, where one was.
    fn monitoring_at(&self, entries: &[Entry]) -> Option<Stamp> {
        let runs = entries.chunk_by(|one, other| one.status == other.status);
        let last = runs.rev().find(|run| run[0].status == Some(Status::Monitoring))?;
        Some(self.stamp(last[0].at))
    }

    /// The announced window. A begin that was moved late may lie behind the end: no client expects that.
    fn schedule(&self, story: &Story) -> Option<Schedule> {
        let Course::Maintenance(course) = &story.course else { return None };
        let until = course.scheduled_until.max(course.scheduled_for);
        Some(Schedule { scheduled_for: self.stamp(course.scheduled_for), scheduled_until: self.stamp(until) })
    }

    /// The rows of all that it names and all that it touched.
    fn rows(&self, story: &Story, turns: &[Turns<'_>]) -> Vec<usize> {
        let touched = story.tracks_so_far();
        let seats = self.seats.iter().filter(|it| {
            let named = turns.iter().any(|turns| turns.contains_key(&it.component));
            named || touched.iter().any(|track| track.component == it.component)
        });
        seats.map(|it| it.row).collect()
    }

    /// The updates, newest first.
    fn updates(&self, story: &Story, entries: &[Entry], turns: &[Turns<'_>]) -> Vec<IncidentUpdate> {
        let ids = ident::of_entries(story, entries);
        let incident_id = ident::of_incident(&story.incident);
        let told = entries.iter().zip(ids).zip(turns).rev();
        told.map(|((entry, id), turns)| {
            let created_at = self.created_at(story, entry);
            IncidentUpdate {
                id,
                status: status(story, entry),
                body: body(&self.voice, story, entry),
                incident_id: incident_id.clone(),
                created_at,
                updated_at: self.remarked_at(story, entry).map_or(created_at, |it| it.max(created_at)),
                display_at: self.stamp(entry.at),
                affected_components: self.affected(turns),
                deliver_notifications: entry.published_at.duration_since(entry.at) <= STALE,
                custom_tweet: None,
                tweet_id: None,
            }
        })
        .collect()
    }

    /// When it was written down. Of a plan whose head does not say, nobody knows until it begins.
    fn created_at(&self, story: &Story, entry: &Entry) -> Stamp {
        let is_plan = entry.cause == Cause::Head && story.phase == Phase::Ahead;
        match is_plan && !story.has_passed(entry.published_at) {
            true => ever(self.voice.site),
            false => self.stamp(entry.published_at),
        }
    }

    /// When its text was last put right or withdrawn, where it was.
    fn remarked_at(&self, story: &Story, entry: &Entry) -> Option<Stamp> {
        let (corrections, retracted) = match entry.cause {
            Cause::Update(index) => {
                let telling = &story.updates[index];
                (telling.update(story).corrections.as_slice(), telling.retracted.as_ref())
            }
            Cause::Postmortem => {
                (story.incident.postmortem.as_ref().map_or(&[][..], |it| &it.corrections), None)
            }
            Cause::Head | Cause::Clock | Cause::Ended | Cause::Withdrawn => (&[][..], None),
        };
        story.passed(corrections).chain(retracted).map(|it| self.stamp(it.at)).max()
    }

    fn affected(&self, turns: &Turns<'_>) -> Option<Vec<AffectedComponent>> {
        let named = self.seats.iter().filter_map(|it| Some((it, turns.get(&it.component)?)));
        let affected = named.map(|(seat, turn)| AffectedComponent {
            code: seat.id.clone(),
            name: seat.title.clone(),
            old_status: turn.old.word(),
            new_status: turn.new.word(),
        });
        let affected: Vec<AffectedComponent> = affected.collect();
        (!affected.is_empty()).then_some(affected)
    }
}

/// The entries. A postmortem of what is not over has no status that clients know; what ends it will carry it.
fn told(story: &Story) -> Vec<Entry> {
    let mut entries = story.entries();
    entries.retain(|it| it.cause != Cause::Postmortem || !story.is_open_at(it.at));
    entries
}

/// Clients know neither what is cancelled nor what is withdrawn.
fn status(story: &Story, entry: &Entry) -> &'static str {
    match entry.status {
        Some(Status::Cancelled) => Status::Completed.word(),
        Some(Status::Resolved) if entry.has_postmortem && story.retracted.is_none() => "postmortem",
        Some(status) => status.word(),
        None => Status::Investigating.word(),
    }
}

fn impact(story: &Story) -> &'static str {
    match story.incident.kind {
        Kind::Maintenance(_) if story.retracted.is_none() => "maintenance",
        Kind::Incident(_) | Kind::Maintenance(_) | Kind::Notice(_) => story.impact.word(),
    }
}
