//! Maintenance of one component that overlaps.

use crate::diag::{Code, Diagnostic};
use crate::model::Scope;
use crate::timeline::{Board, Course, MaintenanceCourse, Story};

/// Two maintenances, ahead or under way, that work on one component at one time.
pub(super) fn overlaps(board: &Board) -> Vec<Diagnostic> {
    let ahead: Vec<(&Story, &MaintenanceCourse)> = board
        .maintenance
        .iter()
        .filter_map(|story| match &story.course {
            Course::Maintenance(course) => Some((story.as_ref(), course)),
            Course::Incident(_) | Course::Notice { .. } => None,
        })
        .collect();
    let mut advice = Vec::new();
    for (index, (story, course)) in ahead.iter().enumerate() {
        for (other, its_course) in &ahead[index + 1..] {
            if overlap(course, its_course) && share(&course.components, &its_course.components) {
                advice.push(diagnostic(story, other));
            }
        }
    }
    advice
}

fn overlap(one: &MaintenanceCourse, other: &MaintenanceCourse) -> bool {
    one.scheduled_for < other.scheduled_until && other.scheduled_for < one.scheduled_until
}

fn share(one: &Scope, other: &Scope) -> bool {
    match (one, other) {
        (Scope::Components(one), Scope::Components(other)) => one.iter().any(|it| other.contains(it)),
        (Scope::All, Scope::All | Scope::Components(_)) | (Scope::Components(_), Scope::All) => true,
    }
}

fn diagnostic(story: &Story, other: &Story) -> Diagnostic {
    let message = format!(
        "`{}` and `{}` are planned for one time and share a component",
        story.incident.id, other.incident.id
    );
    Diagnostic::new(Code::MaintenanceOverlap, other.incident.place.clone(), message)
        .related(story.incident.place.clone(), "the other maintenance")
        .help("move one of them, or make them one")
}
