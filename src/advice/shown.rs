//! Every text of the files that readers see, or will: in pages, feeds and addresses.
//!
//! The types are taken apart field by field, so that a new one must be thought about.

use crate::model::{
    Action, Component, Correction, Dependency, Disruption, Figure, Group, Incident, Kind, Link, Page,
    Postmortem, PostmortemEvent, Project, Prose, Report, Reports, Share, Site, Update, Window,
};
use crate::source::Place;

/// Texts of one place in the files, a line or more each.
pub(super) type Text = (Place, String);

/// What site.yaml and the pages show. The address of the site itself may be one that only those inside can reach.
pub(super) fn of_site(project: &Project) -> Vec<Text> {
    let Site { place, title, links, groups, components, .. } = &*project.site;
    let mut texts = Texts::of(place);
    texts.put(title);
    texts.put_links(links);
    let mut all = vec![texts.end()];
    all.extend(groups.iter().map(|Group { place, name, .. }| (place.clone(), name.clone())));
    all.extend(components.iter().map(of_component));
    all.extend(project.pages.iter().map(|it| of_page(it)));
    all
}

fn of_component(component: &Component) -> Text {
    let Component { place, name, description, depends_on, .. } = component;
    let mut texts = Texts::of(place);
    texts.put(name);
    texts.put_all(description);
    texts.put_all(depends_on.iter().filter_map(|Dependency { via, .. }| via.as_ref()));
    texts.end()
}

fn of_page(page: &Page) -> Text {
    let Page { place, id: _, title, nav: _, order: _, live: _, body } = page;
    let mut texts = Texts::of(place);
    texts.put(title);
    texts.put_prose(body);
    texts.end()
}

/// What an incident shows.
pub(super) fn of_incident(site: &Site, incident: &Incident) -> Vec<Text> {
    let updates = incident.updates.iter().map(|it| of_update(site, it));
    let postmortem = incident.postmortem.iter().map(|it| of_postmortem(site, it));
    let reports = incident.reports.iter().map(of_reports);
    std::iter::once(of_head(incident)).chain(updates).chain(postmortem).chain(reports).collect()
}

fn of_head(incident: &Incident) -> Text {
    let Incident {
        place,
        id,
        kind,
        title,
        summary,
        published_at: _,
        workaround,
        corrections,
        retracted,
        continues: _,
        links,
        tags,
        aliases,
        pin: _,
        draft: _,
        updates: _,
        postmortem: _,
        reports: _,
        withheld: _,
    } = incident;
    let mut texts = Texts::of(place);
    texts.put(title);
    texts.put_prose(summary);
    workaround.iter().for_each(|it| texts.put_prose(it));
    texts.put_remarks(corrections.iter().chain(retracted));
    texts.put_links(links);
    texts.put_all(tags);
    // The name of the file is the address of the page.
    texts.put_all(std::iter::once(id).chain(aliases).map(|it| it.as_str()));
    if let Kind::Incident(Disruption { regions, affected, windows, .. }) = kind {
        texts.put_all(regions);
        texts.put_share(affected.as_ref());
        texts.put_all(windows.iter().flat_map(|Window { regions, .. }| regions));
    }
    texts.end()
}

fn of_update(site: &Site, update: &Update) -> Text {
    let Update {
        place,
        name: _,
        at: _,
        fraction: _,
        published: _,
        status: _,
        impact: _,
        body,
        components: _,
        next_update: _,
        rollout: _,
        author,
        continues_in: _,
        corrections,
        retracted,
        title,
        workaround,
        affected,
        regions,
        not_affected: _,
        cascade: _,
        scheduled_for: _,
        scheduled_until: _,
    } = update;
    let mut texts = Texts::of(place);
    texts.put_prose(body);
    texts.put_all(title);
    workaround.iter().for_each(|it| texts.put_prose(it));
    texts.put_remarks(corrections.iter().chain(retracted));
    texts.put_share(affected.as_ref());
    texts.put_all(regions.iter().flatten());
    texts.put_all(author.iter().filter(|_| site.show.authors));
    texts.end()
}

fn of_postmortem(site: &Site, postmortem: &Postmortem) -> Text {
    let Postmortem {
        place,
        status: _,
        authors,
        published_at: _,
        times: _,
        root_cause,
        trigger,
        detection: _,
        contributing_factors,
        went_well,
        went_badly,
        got_lucky,
        timeline,
        actions,
        numbers,
        sources,
        corrections,
        body,
    } = postmortem;
    let mut texts = Texts::of(place);
    texts.put_all(root_cause.iter().chain(trigger));
    [contributing_factors, went_well, went_badly, got_lucky].into_iter().for_each(|it| texts.put_all(it));
    texts.put_prose(body);
    texts.put_all(timeline.iter().map(|PostmortemEvent { text, .. }| text));
    actions.iter().filter(|it| !it.internal).for_each(|it| texts.put_action(site, it));
    for Figure { label, value, source } in numbers {
        texts.put_all([label, value].into_iter().chain(source));
    }
    texts.put_links(sources);
    texts.put_remarks(corrections);
    texts.put_all(authors.iter().filter(|_| site.show.authors));
    texts.end()
}

fn of_reports(reports: &Reports) -> Text {
    let Reports { place, source, rows } = reports;
    let mut texts = Texts::of(place);
    texts.put_all(source);
    texts.put_all(rows.iter().map(|Report { region, .. }| region));
    texts.end()
}

/// The texts of one place, being gathered.
struct Texts {
    place: Place,
    lines: String,
}

impl Texts {
    fn of(place: &Place) -> Self {
        Texts { place: place.clone(), lines: String::new() }
    }

    fn end(self) -> Text {
        (self.place, self.lines)
    }

    fn put(&mut self, text: &str) {
        self.lines.push_str(text);
        self.lines.push('\n');
    }

    fn put_all<T: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = T>) {
        texts.into_iter().for_each(|it| self.put(it.as_ref()));
    }

    /// The words and, in the HTML, the addresses behind them.
    fn put_prose(&mut self, prose: &Prose) {
        self.put(&prose.plain);
        self.put(&prose.html.at(""));
    }

    fn put_remarks<'a>(&mut self, remarks: impl IntoIterator<Item = &'a Correction>) {
        self.put_all(remarks.into_iter().map(|it| &it.note));
    }

    fn put_links(&mut self, links: &[Link]) {
        self.put_all(links.iter().flat_map(|Link { title, url }| [title, url]));
    }

    fn put_share(&mut self, share: Option<&Share>) {
        self.put_all(share.and_then(|Share { percent: _, note }| note.as_ref()));
    }

    fn put_action(&mut self, site: &Site, action: &Action) {
        let Action { id, text, kind: _, owner, priority, status: _, due: _, link, internal: _ } = action;
        self.put_all([id, text].into_iter().chain(priority).chain(link));
        self.put_all(owner.iter().filter(|_| site.show.action_owners));
    }
}
