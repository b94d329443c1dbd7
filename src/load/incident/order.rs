//! Times that contradict each other whatever the instant.

use jiff::Timestamp;

use crate::diag::{Code, Diagnostic};
use crate::load::reading::Reading;
use crate::model::{Declaration, Disruption, Incident, Kind, Maintenance, Status, Update};
use crate::source::Place;

/// Says which times contradict each other. What an update says beyond them is left out of it; whether
/// the head can be believed is returned.
pub(super) fn check(incident: &mut Incident, head: &Place, reading: &mut Reading) -> bool {
    let before = reading.errors();
    match &mut incident.kind {
        Kind::Incident(disruption) => {
            let spans = Spans::of(disruption, &incident.updates);
            check_end(disruption, &spans, head, reading);
            check_windows(disruption, &spans, reading);
            let head_is_sound = disruption.started_at.is_none_or(|start| {
                disruption
                    .components
                    .iter()
                    .filter_map(|it| early(it, start))
                    .map(|it| reading.say(it))
                    .count()
                    == 0
            });
            let is_sound = head_is_sound && reading.errors() == before;
            if let Some(start) = disruption.started_at {
                check_since(start, &mut incident.updates, reading);
            }
            is_sound
        }
        Kind::Maintenance(maintenance) => {
            check_schedule(maintenance, &mut incident.updates, reading);
            true
        }
        Kind::Notice(_) => true,
    }
}

/// When an incident was open, as far as its files say today.
#[derive(Debug, Default)]
struct Spans {
    closed: Vec<(Timestamp, Timestamp)>,
    /// Since when it is open, if nothing ends it.
    open: Option<Timestamp>,
    /// When it was last opened again.
    reopened: Option<Timestamp>,
}

impl Spans {
    fn of(disruption: &Disruption, updates: &[Update]) -> Self {
        let said = || updates.iter().filter(|it| it.retracted.is_none());
        let since = said().flat_map(|it| it.components.iter().filter_map(|it| it.since));
        let first = disruption.started_at.or_else(|| said().map(|it| it.at).chain(since).min());
        let mut spans = Spans { open: first.or(disruption.resolved_at), ..Spans::default() };
        for update in said() {
            spans.take(update);
        }
        if let Some(end) = disruption.resolved_at {
            spans.end_at(end, said());
        }
        spans
    }

    fn take(&mut self, update: &Update) {
        let ends = update.status == Some(Status::Resolved) || update.continues_in.is_some();
        match self.open {
            Some(from) if ends => {
                self.closed.push((from, update.at));
                self.open = None;
            }
            None if !ends && update.status.is_some() => {
                self.open = Some(update.at);
                self.reopened = Some(update.at);
            }
            Some(_) | None => {}
        }
    }

    /// The stated end replaces the last one, or ends what no later update says is open.
    fn end_at<'a>(&mut self, end: Timestamp, mut updates: impl Iterator<Item = &'a Update>) {
        match (self.open, self.closed.last_mut()) {
            (None, Some(last)) => last.1 = end,
            (Some(from), _) if !updates.any(|it| end < it.at && it.status.is_some()) => {
                self.closed.push((from, end));
                self.open = None;
            }
            (Some(_) | None, _) => {}
        }
    }

    fn contain(&self, from: Timestamp, to: Timestamp) -> bool {
        self.closed.iter().any(|(start, end)| *start <= from && to <= *end)
    }
}

fn check_end(disruption: &Disruption, spans: &Spans, head: &Place, reading: &mut Reading) {
    let end = disruption.resolved_at;
    let or_head = |place: &Option<Place>| place.as_ref().unwrap_or(head).clone();
    let started_at_place = || or_head(&disruption.started_at_place);
    let resolved_at_place = || or_head(&disruption.resolved_at_place);
    if let (Some(start), Some(end)) = (disruption.started_at, end)
        && end < start
    {
        reading.say(ends_before_start(start, end, resolved_at_place()));
        return;
    }
    if let (Some(end), Some(reopened), None) = (end, spans.reopened, spans.open)
        && end < reopened
    {
        let message = format!("`resolved_at` is {end}, and the incident was opened again at {reopened}");
        let diagnostic = Diagnostic::new(Code::TimeOrder, resolved_at_place(), message);
        reading.say(diagnostic.help("write when it ended for the last time"));
        return;
    }
    if let Some((start, last)) = spans.closed.iter().find(|(start, end)| end < start) {
        let place = if end.is_some() { resolved_at_place() } else { started_at_place() };
        reading.say(ends_before_start(*start, *last, place));
    }
}

fn ends_before_start(start: Timestamp, end: Timestamp, place: Place) -> Diagnostic {
    let message = format!("the incident ends at {end}, before its start at {start}");
    Diagnostic::new(Code::TimeOrder, place, message).help("mend one of the two times")
}

fn check_windows(disruption: &Disruption, spans: &Spans, reading: &mut Reading) {
    for window in &disruption.windows {
        if spans.open.is_some() {
            let message =
                "windows are measured of an incident that has ended, and nothing says that this one has";
            let diagnostic = Diagnostic::new(Code::TimeOrder, window.place.clone(), message);
            reading.say(diagnostic.help("add `resolved_at`, or an update with `status: resolved`"));
            return;
        }
        if !spans.contain(window.from, window.to) {
            let (from, to) = (window.from, window.to);
            let message = format!("the window from {from} to {to} does not lie where the incident was open");
            let told: Vec<String> = spans.closed.iter().map(|(from, to)| format!("{from} to {to}")).collect();
            let diagnostic = Diagnostic::new(Code::TimeOrder, window.place.clone(), message);
            reading.say(diagnostic.help(format!("it was open from {}", told.join(" and from "))));
        }
    }
}

/// A state cannot begin before the incident does; without its `since` it holds from the update on.
fn check_since(start: Timestamp, updates: &mut [Update], reading: &mut Reading) {
    for declaration in updates.iter_mut().flat_map(|it| &mut it.components) {
        if let Some(diagnostic) = early(declaration, start) {
            reading.say(diagnostic);
            declaration.since = None;
        }
    }
}

fn early(declaration: &Declaration, start: Timestamp) -> Option<Diagnostic> {
    let since = declaration.since.filter(|it| *it < start)?;
    let message =
        format!("`{}` is said to be so since {since}, before the start at {start}", declaration.component);
    let diagnostic = Diagnostic::new(Code::TimeOrder, declaration.place.clone(), message);
    Some(diagnostic.help("move `started_at` to the earlier time, or `since` to the later"))
}

/// Follows the announced times from update to update.
fn check_schedule(maintenance: &Maintenance, updates: &mut [Update], reading: &mut Reading) {
    let (mut from, mut until) = (maintenance.scheduled_for, maintenance.scheduled_until);
    if until <= from {
        // Said of the head already, which is believed in no case.
        return;
    }
    for update in updates {
        let (begin, end) = (update.scheduled_for.unwrap_or(from), update.scheduled_until.unwrap_or(until));
        if begin < end {
            (from, until) = (begin, end);
            continue;
        }
        let message =
            format!("from this update on the maintenance ends at {end}, which is not after {begin}");
        let diagnostic = Diagnostic::new(Code::TimeOrder, update.place.clone(), message);
        reading.say(diagnostic.help("write `scheduled_for` and `scheduled_until` together"));
        (update.scheduled_for, update.scheduled_until) = (None, None);
    }
}
