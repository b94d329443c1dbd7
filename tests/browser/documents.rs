//! The documents of a hostile project: each field that takes text is filled from a heap.

use crate::hostile::Heap;
use crate::injections::{Field, quoted};

/// An incident that is over, of which only the name is hostile.
pub(crate) const NAMED: &str = "title: Named
updates: [{at: 2026-02-01T10:00Z, status: investigating}, {at: 2026-02-01T11:00Z, status: resolved}]
";

/// site.yaml, with a group and a component for each heap.
pub(crate) fn site(heaps: &[Heap<'_>]) -> String {
    let all = |part: &dyn Fn(&Heap<'_>) -> String| heaps.iter().map(part).collect::<String>();
    format!(
        "title: T\nurl: https://status.example.com\nsince: 2026-01-01\n\
         show: {{authors: true, action_owners: true, communication_figures: true}}\n\
         links:\n{}groups:\n{}components:\n{}",
        all(&|it| it.links_of_site()),
        all(&|it| format!("- {{id: g{}, name: {}}}\n", it.number, it.line("group-name"))),
        all(&|it| it.component()),
    )
}

impl Heap<'_> {
    /// All files of this heap but site.yaml, by their paths.
    pub(crate) fn documents(&self) -> Vec<(String, String)> {
        let number = self.number;
        let mut documents = vec![
            (format!("site/pages/page-{number}.md"), self.page()),
            (format!("incidents/open-{number}/incident.md"), self.open()),
            (format!("incidents/open-{number}/reports.csv"), self.reports()),
            (format!("incidents/changed-{number}.md"), self.changed()),
            (format!("incidents/over-{number}/incident.yaml"), self.over()),
            (format!("incidents/over-{number}/postmortem.md"), self.postmortem()),
            (format!("incidents/withdrawn-{number}.yaml"), self.withdrawn()),
            (format!("incidents/maintenance-{number}.yaml"), self.maintenance()),
            (format!("incidents/notice-{number}.yaml"), self.notice()),
        ];
        let updates = self.updates().into_iter();
        documents
            .extend(updates.map(|(name, text)| (format!("incidents/open-{number}/updates/{name}.md"), text)));
        documents
    }

    /// An update for each text of the heap, and one for each that may stand in its name.
    fn updates(&self) -> Vec<(String, String)> {
        let told = self.texts(Field::Prose).iter().enumerate().map(|(index, text)| {
            let (author, corrections) = (self.line("update-author"), self.corrections("update-correction"));
            let text = format!("---\nauthor: {author}\ncorrections: {corrections}\n---\n{text}\n");
            (format!("20260310T10{:02}Z-update", index + 1), text)
        });
        let named = self.texts(Field::Update).iter().enumerate();
        let named =
            named.map(|(index, name)| (format!("20260310T11{index:02}Z-update-{name}"), "Named.".to_owned()));
        told.chain(named).collect()
    }

    fn links_of_site(&self) -> String {
        let links = self.texts(Field::Line).iter().enumerate();
        let link = |(index, text): (usize, &String)| {
            format!("- {{title: {}, url: {}}}\n", quoted(text), self.address(index))
        };
        links.map(link).collect()
    }

    fn component(&self) -> String {
        let number = self.number;
        let depends_on = match number {
            0 => "[]".to_owned(),
            _ => format!("[{{component: c{}, via: {}}}]", number - 1, self.line("via")),
        };
        let (name, description) = (self.line("component-name"), self.line("component-description"));
        format!(
            "- {{id: c{number}, name: {name}, description: {description}, group: g{number}, depends_on: {depends_on}}}\n"
        )
    }

    fn page(&self) -> String {
        format!(
            "---\ntitle: {}\nnav: true\nlive: true\n---\n{}",
            self.line("page-title"),
            self.markdown("page")
        )
    }

    fn open(&self) -> String {
        format!(
            "---\ntitle: {}\nstarted_at: 2026-03-10T10:00Z\ncomponents: {{c{}: major_outage}}\nregions: {}\n\
             affected: {{percent: 40, note: {}}}\nworkaround: {}\ncorrections: {}\nlinks: {}\ntags: {}\n\
             reports_source: {}\n---\n{}",
            self.line("first-title"),
            self.number,
            self.list("region"),
            self.line("affected"),
            self.prose("workaround"),
            self.corrections("correction"),
            self.links("link"),
            self.list("tag"),
            self.line("reports-source"),
            self.markdown("summary"),
        )
    }

    fn reports(&self) -> String {
        let mark = self.all.mark("reports-region");
        let regions = std::iter::once(&mark).chain(self.texts(Field::Region));
        let rows = regions.map(|it| format!("2026-03-10T10:30Z,{it},7\n2026-03-10T10:40Z,{it},9\n"));
        format!("at,region,count\n{}", rows.collect::<String>())
    }

    /// An incident whose update puts other text in the place of the head's.
    fn changed(&self) -> String {
        format!(
            "---\ntitle: Changed\nstarted_at: 2026-03-10T10:00Z\nworkaround: None.\n---\n\n## 2026-03-10T10:30Z identified\n\
             ```status\ntitle: {}\nworkaround: {}\naffected: {{note: {}}}\nregions: {}\n```\n{}",
            self.line("title"),
            self.prose("later-workaround"),
            self.line("later-affected"),
            self.list("later-region"),
            self.markdown("update"),
        )
    }

    fn over(&self) -> String {
        format!(
            "title: {}\nsummary: {}\ncomponents: {{c{number}: major_outage}}\n\
             windows: [{{component: c{number}, state: partial_outage, from: 2026-03-01T10:00Z, to: 2026-03-01T11:00Z, regions: {}}}]\n\
             updates:\n- {{at: 2026-03-01T10:00Z, status: investigating, body: {}}}\n\
             - {{at: 2026-03-01T10:30Z, body: {}, retracted: {{at: 2026-03-01T10:40Z, note: {}}}}}\n\
             - {{at: 2026-03-01T12:00Z, status: resolved, body: It works.}}\n",
            self.line("over-title"),
            self.prose("over-summary"),
            self.list("window-region"),
            self.prose("over-update"),
            self.prose("over-update"),
            self.line("update-retracted"),
            number = self.number,
        )
    }

    fn postmortem(&self) -> String {
        let event = |text: &str, _| format!("{{at: 2026-03-01T10:10Z, kind: detect, text: {text}}}");
        let action = |text: &str, index| {
            format!(
                "{{id: {}, text: {text}, owner: {text}, priority: {text}, link: {}}}",
                quoted(&format!("A{index}<b>")),
                self.address(index)
            )
        };
        let number =
            |text: &str, index| format!("{{label: {text}, value: {text}, source: {}}}", self.address(index));
        format!(
            "---\nstatus: published\npublished_at: 2026-03-02T10:00Z\nauthors: {}\nroot_cause: {}\ntrigger: {}\n\
             contributing_factors: {}\nwent_well: {}\nwent_badly: {}\ngot_lucky: {}\ntimeline: {}\nactions: {}\nnumbers: {}\n\
             sources: {}\ncorrections: {}\n---\n{}",
            self.list("author"),
            self.line("root-cause"),
            self.line("trigger"),
            self.list("factor"),
            self.list("well"),
            self.list("badly"),
            self.list("lucky"),
            self.entries("event", event),
            self.entries("action", action),
            self.entries("number", number),
            self.links("source"),
            self.corrections("postmortem-correction"),
            self.markdown("postmortem"),
        )
    }

    fn withdrawn(&self) -> String {
        format!(
            "title: {}\ncomponents: {{c{}: major_outage}}\nretracted: {{at: 2026-03-09T11:00Z, note: {}}}\n\
             updates: [{{at: 2026-03-09T10:00Z, status: investigating, body: A mistake.}}]\n",
            self.line("withdrawn-title"),
            self.number,
            self.line("withdrawn"),
        )
    }

    fn maintenance(&self) -> String {
        format!(
            "kind: maintenance\ntitle: {}\nsummary: {}\ncomponents: [c{}]\nscheduled_for: 2026-03-12T10:00Z\n\
             scheduled_until: 2026-03-12T11:00Z\nworkaround: {}\nlinks: {}\n\
             updates: [{{at: 2026-03-09T10:00Z, status: scheduled, body: {}}}]\n",
            self.line("maintenance-title"),
            self.prose("maintenance-summary"),
            self.number,
            self.prose("maintenance-workaround"),
            self.links("maintenance-link"),
            self.prose("maintenance-update"),
        )
    }

    fn notice(&self) -> String {
        format!(
            "kind: notice\ntitle: {}\nsummary: {}\ncomponents: [c{}]\nupdates: [{{at: 2026-03-09T10:00Z, body: {}}}]\n",
            self.line("notice-title"),
            self.prose("notice-summary"),
            self.number,
            self.prose("notice-update"),
        )
    }
}
