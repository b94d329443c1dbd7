//! site.yaml: the page, its components and how they depend on each other.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{ComponentId, GroupId, IncidentId, Link, Look};
use crate::source::Place;

/// The page as a whole.
#[derive(Debug)]
pub struct Site {
    /// site.yaml.
    pub place: Place,
    /// The name of the page.
    pub title: String,
    /// Where it will be read, without a slash at the end.
    pub url: String,
    /// Display, and where a day begins.
    pub time_zone: TimeZone,
    /// The IANA name of `time_zone`, as it was written.
    pub time_zone_name: String,
    /// The folder below themes/.
    pub theme: String,
    /// What of the theme is the site's own.
    pub look: Look,
    /// The tag of the language that the page is in: `en`, `pt-BR`.
    pub language: String,
    /// Where `language` is written; where it is not, the file.
    pub language_place: Place,
    /// How many days the bars of `/` show, today among them: 1 to 366.
    pub history_days: u16,
    /// Which sites may show the state in a frame.
    pub embed: Framing,
    /// Whether an incident spreads along dependencies.
    pub cascade: CascadeMode,
    /// What the compatible API takes the page's indicator from.
    pub api_indicator: ApiIndicator,
    /// What of the inside is public.
    pub show: Show,
    /// Further addresses for the footer.
    pub links: Vec<Link>,
    /// The groups, in the order of the page.
    pub groups: Vec<Group>,
    /// The components, in the order of the page.
    pub components: Vec<Component>,
    /// How uptime is counted.
    pub uptime: UptimePolicy,
    /// How much may be copied.
    pub limits: Limits,
    /// Incidents that were removed on purpose, as it says; their files may still be there.
    pub removed: Vec<Removal>,
}

/// How large the files of site/assets may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// Each of them, in MiB.
    pub asset_mib: u64,
    /// All together, in MiB.
    pub assets_mib: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { asset_mib: 64, assets_mib: 1024 }
    }
}

/// That an incident was removed on purpose.
#[derive(Clone, Debug)]
pub struct Removal {
    /// Where it is said.
    pub place: Place,
    /// The id that the incident had.
    pub id: IncidentId,
    /// Why, as plain text, for those who follow a link to it.
    pub note: String,
}

/// Which sites may show the page that is made for frames.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Framing {
    /// All: it is public, and holds nothing but links.
    #[default]
    Anyone,
    /// Those of these origins, as `https://www.example.com`; with none, nobody.
    Only(Vec<String>),
}

/// Whether an incident's states spread along dependencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CascadeMode {
    /// No.
    Off,
    /// Shown as "may be affected"; changes no state.
    Suggest,
    /// Counted as states, labelled with the way they took.
    Derive,
}

/// What the compatible API takes the page's indicator from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ApiIndicator {
    /// What components are in, and the impact of what is open, as everything else that we write.
    #[default]
    All,
    /// What components are in alone.
    Components,
}

/// What of the inside the public sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Show {
    /// The authors of updates and postmortems.
    pub authors: bool,
    /// The owners of a postmortem's actions.
    pub action_owners: bool,
    /// Time to the first public update, longest silence, promises kept.
    pub communication_figures: bool,
}

/// Components that are shown together.
#[derive(Debug)]
pub struct Group {
    /// Where it is declared.
    pub place: Place,
    /// Its id.
    pub id: GroupId,
    /// The name, as plain text.
    pub name: String,
    /// Whether the page shows it closed.
    pub collapsed: bool,
    /// How its state follows from its members'.
    pub rollup: Rollup,
}

/// How a group's state follows from its members'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rollup {
    /// The worst member's.
    Worst,
    /// Members stand in for each other: all must be down for a major outage.
    Redundant,
}

/// A part of the service that can have a state.
#[derive(Debug)]
pub struct Component {
    /// Where it is declared.
    pub place: Place,
    /// Its id.
    pub id: ComponentId,
    /// The name, as plain text.
    pub name: String,
    /// What it is, in a sentence.
    pub description: Option<String>,
    /// The group it is shown in.
    pub group: Option<GroupId>,
    /// The first day of which uptime is claimed: its own, else the site's.
    pub since: Option<Date>,
    /// The day as which it retires; it has no state from then on.
    pub until: Option<Date>,
    /// Whether its major outage is the page's.
    pub critical: bool,
    /// Whether it is on the board, in overall, uptime and API; otherwise it is a cause alone.
    pub listed: bool,
    /// Other names that are read wherever the id is.
    pub aliases: Vec<ComponentId>,
    /// What it needs to work, in the order of the file.
    pub depends_on: Vec<Dependency>,
}

/// That one component needs another.
#[derive(Debug)]
pub struct Dependency {
    /// Where it is declared.
    pub place: Place,
    /// The component that is needed.
    pub component: ComponentId,
    /// How much.
    pub strength: Strength,
    /// What connects them, in a few words.
    pub via: Option<String>,
    /// The first day it holds; left out, always.
    pub since: Option<Date>,
    /// The first day it no longer holds.
    pub until: Option<Date>,
}

/// How much a component needs another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Strength {
    /// It takes the other's state.
    Hard,
    /// It is degraded when the other is in a partial outage or worse.
    Soft,
}

/// How uptime is counted. The defaults are those of Atlassian's Statuspage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UptimePolicy {
    /// What a second of partial outage counts as downtime, in thousandths: 0 to 1000.
    pub partial_weight: u16,
    /// What a second of degraded performance counts as downtime, in thousandths: 0 to 1000.
    pub degraded_weight: u16,
    /// Decimals of a percentage: 0 to 4.
    pub decimals: u8,
    /// What maintenance does to uptime.
    pub maintenance: MaintenanceCounts,
}

impl Default for UptimePolicy {
    fn default() -> Self {
        UptimePolicy {
            partial_weight: 300,
            degraded_weight: 0,
            decimals: 2,
            maintenance: MaintenanceCounts::Up,
        }
    }
}

/// What maintenance does to uptime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MaintenanceCounts {
    /// It counts as up.
    Up,
    /// Its seconds, as announced before it began, are taken out of the divisor.
    Exclude,
}

impl Dependency {
    /// Whether it is in force on a day.
    pub fn holds(&self, day: Date) -> bool {
        self.since.is_none_or(|it| it <= day) && self.until.is_none_or(|it| day < it)
    }
}

impl Site {
    /// The component of this id. Aliases have been resolved before a site is believed.
    pub fn component(&self, id: &ComponentId) -> Option<&Component> {
        self.components.iter().find(|it| it.id == *id)
    }

    /// The group of this id.
    pub fn group(&self, id: &GroupId) -> Option<&Group> {
        self.groups.iter().find(|it| it.id == *id)
    }
}
