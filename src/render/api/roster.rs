//! The components as the API lists them: those that are listed, from their first day until they retire, and their groups.

use jiff::civil::{Date, date};

use super::object::Component;
use super::stamp::Stamp;
use crate::model::{self, ComponentId, Group, Site, State};
use crate::render::ident;
use crate::timeline::{Board, ComponentBoard};

/// Since when a component is there of which nothing says it.
const EVER: Date = date(1970, 1, 1);

/// All rows, in the order of the page: first what stands in no group, then each group before its members.
#[derive(Debug)]
pub(super) struct Roster {
    /// The components and the groups, as they are.
    pub(super) rows: Vec<Component>,
    /// The components alone.
    pub(super) seats: Vec<Seat>,
}

/// Where a component is found, whatever it is in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Seat {
    /// Whose it is.
    pub(super) component: ComponentId,
    /// Its id in the API.
    pub(super) id: String,
    /// "Group - Component".
    pub(super) title: String,
    /// The place of its row.
    pub(super) row: usize,
}

impl Roster {
    /// The rows of a board.
    pub(super) fn of(board: &Board) -> Roster {
        let roster = Roster { rows: Vec::new(), seats: Vec::new() };
        let mut clerk = Clerk { board, page_id: ident::of_page(&board.site), roster };
        let loose = clerk.members(None);
        for (component, position) in loose.iter().zip(1..) {
            let row = clerk.component(component, None, position);
            clerk.seat(component, row.name.clone(), row);
        }
        let groups = board.site.groups.iter();
        groups.fold(loose.len() + 1, |position, group| clerk.group(group, position));
        clerk.roster
    }
}

/// The first instant of what is dated by nothing.
pub(super) fn ever(site: &Site) -> Stamp {
    Stamp::of_day(EVER, &site.time_zone)
}

/// Fills a roster.
struct Clerk<'a> {
    board: &'a Board,
    page_id: String,
    roster: Roster,
}

impl<'a> Clerk<'a> {
    /// The components of a group that are served. Before its first day there is no state to serve.
    fn members(&self, group: Option<&Group>) -> Vec<&'a model::Component> {
        let all = self.board.site.components.iter();
        let inside = all.filter(|it| it.listed && it.group.as_ref() == group.map(|it| &it.id));
        inside.filter(|it| self.state(&it.id).is_some()).collect()
    }

    fn state(&self, id: &ComponentId) -> Option<State> {
        self.board.component(id).and_then(|it| it.standing.state())
    }

    /// Takes a group in, if anything of it is served: its row, then its members'.
    fn group(&mut self, group: &Group, position: usize) -> usize {
        let members = self.members(Some(group));
        let rows = members.iter().zip(1..).map(|(it, place)| self.component(it, Some(group), place));
        let rows: Vec<Component> = rows.collect();
        let Some(row) = self.group_row(group, &rows, position) else { return position };
        self.roster.rows.push(row);
        for (component, row) in members.iter().zip(rows) {
            let title = format!("{} - {}", group.name, row.name);
            self.seat(component, title, row);
        }
        position + 1
    }

    fn seat(&mut self, component: &model::Component, title: String, row: Component) {
        let (component, id) = (component.id.clone(), row.id.clone());
        self.roster.seats.push(Seat { component, id, title, row: self.roster.rows.len() });
        self.roster.rows.push(row);
    }

    fn component(&self, component: &model::Component, group: Option<&Group>, position: usize) -> Component {
        let zone = &self.board.site.time_zone;
        let created_at = Stamp::of_day(component.since.unwrap_or(EVER), zone);
        let turned = self.board.component(&component.id).and_then(ComponentBoard::turned_at);
        Component {
            id: ident::of_component(component),
            name: component.name.clone(),
            status: self.state(&component.id).unwrap_or(State::Operational).word(),
            created_at,
            updated_at: turned.map_or(created_at, |it| Stamp::new(it, zone).max(created_at)),
            position,
            description: component.description.clone(),
            showcase: component.since.is_some(),
            start_date: component.since,
            group_id: group.map(|it| ident::of_group(&it.id)),
            page_id: self.page_id.clone(),
            group: false,
            only_show_if_degraded: false,
            components: None,
        }
    }

    /// A group dates from its members.
    fn group_row(&self, group: &Group, members: &[Component], position: usize) -> Option<Component> {
        let standing = self.board.group(&group.id)?.standing;
        Some(Component {
            id: ident::of_group(&group.id),
            name: group.name.clone(),
            status: standing.state().unwrap_or(State::Operational).word(),
            created_at: members.iter().map(|it| it.created_at).min()?,
            updated_at: members.iter().map(|it| it.updated_at).max()?,
            position,
            description: None,
            showcase: false,
            start_date: None,
            group_id: None,
            page_id: self.page_id.clone(),
            group: true,
            only_show_if_degraded: false,
            components: Some(members.iter().map(|it| it.id.clone()).collect()),
        })
    }
}
