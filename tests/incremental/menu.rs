//! What can stand in the files of the project that is edited: each line says something that a page, a list, a feed or
//! a neighbour might be remembered without.

/// What kind of file a path is, as far as its lines are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Site,
    Incident,
    Maintenance,
    Update,
    Postmortem,
    Page,
    Words,
    Other,
}

impl Kind {
    pub(crate) const WITH_LINES: [Kind; 7] = [
        Kind::Site,
        Kind::Incident,
        Kind::Maintenance,
        Kind::Update,
        Kind::Postmortem,
        Kind::Page,
        Kind::Words,
    ];

    pub(crate) fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        match path.split('/').next() {
            _ if path == "site/site.yaml" => Kind::Site,
            Some("site") if path.starts_with("site/pages/") => Kind::Page,
            Some("themes") if path.contains("/i18n/") => Kind::Words,
            Some("incidents") if name == "postmortem.md" => Kind::Postmortem,
            Some("incidents") if path.contains("/updates/") => Kind::Update,
            Some("incidents") if path.contains("work") => Kind::Maintenance,
            Some("incidents") if name.ends_with(".md") || name.ends_with(".yaml") => Kind::Incident,
            _ => Kind::Other,
        }
    }

    /// The lines that may be set in such a file. One without a value takes its key away.
    pub(crate) fn lines(self) -> &'static [&'static str] {
        match self {
            Kind::Site => SITE,
            Kind::Incident => INCIDENT,
            Kind::Maintenance => MAINTENANCE,
            Kind::Update => UPDATE,
            Kind::Postmortem => POSTMORTEM,
            Kind::Page => PAGE,
            Kind::Words => WORDS,
            Kind::Other => &[],
        }
    }
}

/// What the project begins with, at 20:00 UTC of the last day of 2025: an incident that is open, others that are over in
/// two months, work and a notice that lie ahead, a postmortem that comes out in the new year.
pub(crate) const FIRST: &[(&str, &str)] = &[
    ("site/site.yaml", START),
    ("site/pages/help.md", "---\ntitle: Help\nlive: true\n---\nSee [it](../../incidents/2025/i2/).\n"),
    ("incidents/2025/i1/incident.yaml", "title: Login was slow\ncomponents: {login: degraded_performance}\n"),
    ("incidents/2025/i1/updates/20251030T2230Z-investigating.md", "It is slow.\n"),
    ("incidents/2025/i1/updates/20251201T0010Z-resolved.md", "It is over.\n"),
    ("incidents/2025/i2/incident.yaml", "title: Music stopped\ncomponents: {player: major_outage}\n"),
    ("incidents/2025/i2/updates/20251230T0900Z-investigating.md", "It stops.\n"),
    ("incidents/2025/i2/updates/20251230T1000Z-resolved.md", "It plays.\n"),
    ("incidents/2025/i2/reports.csv", "at,region,count\n2025-12-30T09:00Z,eu,3\n2025-12-30T10:00Z,eu,1\n"),
    (
        "incidents/2025/i2/postmortem.md",
        "---\nstatus: published\npublished_at: 2026-01-01T06:00Z\n---\nWe learnt.\n",
    ),
    ("incidents/2026/i0/incident.yaml", "title: Nobody can log in\ncomponents: {login: partial_outage}\n"),
    (
        "incidents/2026/i0/updates/20251231T1900Z-investigating.md",
        "---\nnext_update: 2h\n---\nWe look, as in [the other](../../../2025/i1/).\n",
    ),
    (
        "incidents/2025/i3.md",
        "---\ntitle: Search forgot\ncomponents: {search: partial_outage}\n---\nA summary.\n\n\
         ## 2025-12-31T08:00Z investigating\nWe look.\n\n## 2025-12-31T08:30Z resolved\nFound.\n",
    ),
    (
        "incidents/work.yaml",
        "title: A new disk\nkind: maintenance\nscheduled_for: 2025-12-31T22:30Z\n\
         scheduled_until: 2026-01-01T00:30Z\ncomponents: [search]\n",
    ),
    (
        "incidents/notice.yaml",
        "title: Old apps end\nkind: notice\ncomponents: [search]\nends_at: 2026-01-01T12:00Z\n\
         updates:\n  - {at: 2025-12-20T10:00Z, body: Update your app.}\n",
    ),
];

const START: &str = "\
title: Law
url: https://status.example.com
time_zone: Europe/Stockholm
since: 2025-11-01
history_days: 3
cascade: derive
groups: [{id: accounts, name: Accounts}]
components: [{id: login, name: Login, critical: true, group: accounts}, {id: player, name: Player, depends_on: [login]}, {id: search, name: Search, group: accounts}]
";

const SITE: &[&str] = &[
    "title: Lex",
    "title: Law",
    "url: https://other.example.com",
    "time_zone: America/St_Johns",
    "time_zone: UTC",
    "since: 2024-12-31",
    "history_days: 40",
    "history_days: 1",
    "cascade: suggest",
    "cascade: off",
    "cascade: derive",
    "language: sv",
    "language: ar",
    "language:",
    "theme: other",
    "theme: default",
    "groups: [{id: accounts, name: People, rollup: redundant}, {id: rest, name: Rest, collapsed: true}]",
    "groups: [{id: accounts, name: Accounts}]",
    "components: [{id: login, name: Sign-in, critical: true, group: accounts}, {id: player, name: Player, depends_on: [login]}, {id: search, name: Search, group: accounts, aliases: [find]}]",
    "components: [{id: search, name: Search}, {id: player, name: Player, depends_on: [{component: login, strength: soft, via: tokens}]}, {id: login, name: Login}]",
    "components: [{id: login, name: Login, since: 2026-01-01}, {id: player, name: Player, until: 2026-01-02, depends_on: [login]}, {id: search, name: Search, depends_on: [player], description: Finds}]",
    "components: [{id: login, name: Login, listed: false}, {id: player, name: Player, critical: true, depends_on: [login]}, {id: search, name: Search}, {id: extra, name: Extra}]",
    "components: [{id: login, name: Login}, {id: player, name: Player}]",
    "components: [{id: login, name: Login, critical: true, group: accounts}, {id: player, name: Player, depends_on: [login]}, {id: search, name: Search, group: accounts}]",
    "show: {authors: true, action_owners: true, communication_figures: true}",
    "show:",
    "links: [{title: Support, url: \"https://support.example.com\"}]",
    "links:",
    "uptime: {partial_weight: 0.5, degraded_weight: 0.1, decimals: 3, maintenance: exclude}",
    "uptime:",
    "look: {colours: {link: \"#1447b8\"}}",
    "look: {logo: logo.svg}",
    "look:",
    "embed: {allow: [\"https://www.example.com\"]}",
    "embed:",
    "titel: Law",
    "titel:",
];

const INCIDENT: &[&str] = &[
    "title: Something else",
    "title: Login fails",
    "title:",
    "components: {login: major_outage}",
    "components: {login: partial_outage, player: degraded_performance}",
    "components: {player: operational}",
    "components: {wbe: major_outage}",
    "components:",
    "started_at: 2024-02-28T23:30Z",
    "started_at: 2025-10-31T22:59Z",
    "started_at: 2025-12-31T18:30Z",
    "started_at: 2026-01-01T00:10Z",
    "started_at:",
    "resolved_at: 2025-12-31T23:30Z",
    "resolved_at:",
    "impact: critical",
    "impact: none",
    "impact:",
    "draft: true",
    "draft: false",
    "published_at: 2025-12-31T21:00Z",
    "published_at: 2026-01-02T00:00Z",
    "published_at:",
    "pin: true",
    "pin:",
    "aliases: [former]",
    "aliases: [oldest, former]",
    "aliases:",
    "continues: i1",
    "continues: i2",
    "continues:",
    "retracted: {at: 2025-12-31T20:30Z, note: A probe was broken.}",
    "retracted:",
    "workaround: Stay signed in.",
    "workaround:",
    "cause: login",
    "cause: player",
    "cause:",
    "cascade: off",
    "cascade: derive",
    "cascade:",
    "not_affected: [player]",
    "not_affected:",
    "regions: [eu, us]",
    "regions:",
    "affected: {percent: 40, note: of attempts}",
    "affected:",
    "windows: [{component: player, state: partial_outage, from: 2025-12-30T09:10Z, to: 2025-12-30T09:40Z}]",
    "windows: [{component: login, state: degraded_performance, from: 2025-11-30T23:00Z, to: 2025-11-30T23:30Z}]",
    "windows:",
    "corrections: [{at: 2025-12-31T21:00Z, note: We first wrote all.}]",
    "corrections:",
    "links: [{title: Talk, url: \"https://talk.example.com\"}]",
    "links:",
    "tags: [network]",
    "tags:",
    "summary: See [another](i1/) for more.",
    "kind: notice",
    "kind:",
    "reports_source: Tickets",
    "reports_source:",
];

const MAINTENANCE: &[&str] = &[
    "title: A newer disk",
    "title: A new disk",
    "scheduled_for: 2026-01-31T22:59Z",
    "scheduled_for: 2025-12-31T19:00Z",
    "scheduled_for: 2025-12-31T22:30Z",
    "scheduled_until: 2026-02-01T00:30Z",
    "scheduled_until: 2025-12-31T23:00Z",
    "begin: manual",
    "begin:",
    "end: manual",
    "end:",
    "components: all",
    "components: [login, player]",
    "draft: true",
    "draft:",
    "updates: [{at: 2025-12-31T19:30Z, status: in_progress, body: We have begun.}]",
    "updates: [{at: 2025-12-31T20:30Z, scheduled_until: 2026-01-01T03:00Z, body: It takes longer.}]",
    "updates: [{at: 2025-12-31T21:00Z, status: cancelled, body: Not tonight.}]",
    "updates:",
];

const UPDATE: &[&str] = &[
    "status: monitoring",
    "status: identified",
    "status: resolved",
    "status: invetsigating",
    "status:",
    "at: 2025-12-31T18:45Z",
    "at: 2025-12-31T23:05Z",
    "at:",
    "published_at: 2025-12-31T21:15Z",
    "published_at: 2026-01-01T00:05Z",
    "published_at:",
    "components: {login: major_outage}",
    "components: {player: {state: partial_outage, since: 2025-12-31T18:50Z}}",
    "components: {login: operational, player: operational}",
    "components:",
    "next_update: 30m",
    "next_update: 5h",
    "next_update:",
    "rollout: 25%",
    "rollout:",
    "author: amara",
    "author:",
    "continues_in: i1",
    "continues_in:",
    "title: It spreads",
    "title:",
    "workaround: Wait.",
    "workaround:",
    "cascade: off",
    "cascade:",
    "regions: [eu]",
    "regions:",
    "retracted: {at: 2025-12-31T20:40Z, note: It was not so.}",
    "retracted:",
    "corrections: [{at: 2025-12-31T21:00Z, note: Not half of all.}]",
    "corrections:",
];

const POSTMORTEM: &[&str] = &[
    "status: draft",
    "status: published",
    "status: review",
    "published_at: 2025-12-31T20:10Z",
    "published_at: 2026-01-01T06:00Z",
    "published_at:",
    "authors: [Reliability]",
    "authors:",
    "root_cause: A full disk.",
    "root_cause:",
    "times: {detected_at: 2025-12-30T09:02Z}",
    "times:",
    "timeline: [{at: 2025-12-30T09:01Z, kind: detect, text: It rings.}]",
    "timeline:",
    "actions: [{id: A1, text: Buy a disk., kind: prevent, status: open, due: 2026-01-01, owner: Platform}]",
    "actions: [{id: A1, text: Buy a disk., kind: prevent, status: done, internal: true}]",
    "actions:",
];

const PAGE: &[&str] = &[
    "title: Aid",
    "title: Help",
    "nav: true",
    "nav: false",
    "order: 2",
    "order:",
    "live: true",
    "live: false",
];

const WORDS: &[&str] =
    &["locale: en_US", "direction: rtl", "direction: ltr", "plural: french", "plural: english"];

/// Files that may be written, whether they are there or not; some belong nowhere or are wrong.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("incidents/2026/i4/incident.yaml", "title: Another\ncomponents: {search: major_outage}\n"),
    ("incidents/2026/i4/updates/20251231T2015Z-investigating.md", "We look.\n"),
    ("incidents/2026/i4/postmortem.md", "---\nstatus: published\n---\nWe learnt.\n"),
    ("incidents/2025/i2/incident.md", "---\ntitle: Twice\n---\nTwo heads.\n"),
    ("incidents/2025/i2.yaml", "title: Beside its folder\n"),
    (
        "incidents/2026/i5.yaml",
        "title: Short\nupdates: [{at: 2025-12-31T19:50Z, status: resolved, body: Over.}]\n",
    ),
    ("incidents/2024/i6.yaml", "title: Old\nstarted_at: 2024-05-05T10:00Z\nresolved_at: 2024-05-05T11:00Z\n"),
    ("incidents/2026/i0/reports.csv", "at,region,count\n2025-12-31T19:00Z,eu,3\n"),
    ("incidents/2026/i0/reports.csv", "at,region,count\n2025-12-31T19:00,eu,many\n"),
    ("incidents/2026/i0/updates/notes.txt", "mine\n"),
    ("incidents/2026/i0/updates/.20251231T2015Z.md.swp", "swap\n"),
    ("incidents/README.txt", "Read me.\n"),
    ("site/pages/contact.md", "---\ntitle: Contact\nnav: true\n---\nAs [then](../../incidents/2026/i4/).\n"),
    (
        "site/pages/help.md",
        "---\ntitle: Help\n---\nSee [it](../../incidents/2026/i0/) and [us](contact.md).\n",
    ),
    ("site/assets/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
    ("site/assets/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>\n"),
    ("themes/default/templates/404.html", "Nothing here.\n"),
    ("themes/default/templates/404.html", "{{ nothing.here }}\n"),
    ("themes/default/assets/more.css", ".wall { color: red }\n"),
    ("themes/default/i18n/en.yaml", "locale: en_GB\n"),
    ("themes/other/assets/more.css", ".wall { color: blue }\n"),
    ("themes/other/templates/404.html", "Not here either.\n"),
];

/// What is written over a file when it breaks. The first is a save cut short.
pub(crate) const BROKEN: &[&[u8]] = &[
    b"",
    b"title: [\n",
    b"title: A\ntitle: B\n",
    b"---\nstatus: investigating\n",
    b"---\nstatus: solved\ncolour: red\n---\nWords.\n",
    b"\xff\xfe broken \x00",
    b"{{ broken",
];

/// Texts below the front matter.
pub(crate) const BODIES: &[&str] = &[
    "Other words.\n",
    "A link to [a neighbour](../../../2025/i2/) that may be dead.\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "## A heading\n\nAnd `code`.\n",
];

/// The names that updates may have after their time.
pub(crate) const STATUSES: &[&str] =
    &["investigating", "identified", "update", "monitoring", "resolved", "resolved-ben", "solved"];
