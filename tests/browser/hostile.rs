//! A project in which every field that takes text holds injections.
//!
//! The texts come in heaps, so that a few pages show them all: a list has an entry for each of a heap, and what is one value
//! holds the whole heap. Each field begins with a word of its own, by which it is found again in the output.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;

use crate::injections::{Field, accepted, put, quoted};

/// The instant to look at it.
pub(crate) const AT: &str = "2026-03-10T12:00:00Z";
/// How many texts stand in a heap.
const HEAP: usize = 20;

/// Texts by the fields that take them, and the words of the fields that were written.
pub(crate) struct Hostile {
    texts: Vec<(Field, Vec<String>)>,
    marks: Mutex<BTreeSet<String>>,
}

/// Some of the texts, to stand together.
struct Heap<'a> {
    all: &'a Hostile,
    number: usize,
}

impl Hostile {
    /// Those of the texts that the format lets into its fields.
    pub(crate) fn of(texts: &[String]) -> Self {
        let texts = Field::ALL.map(|field| (field, accepted(field, texts)));
        Hostile { texts: texts.into(), marks: Mutex::default() }
    }

    /// The texts that may stand in this kind of field.
    pub(crate) fn accepted(&self, field: Field) -> &[String] {
        &self.texts.iter().find(|(it, _)| *it == field).expect("all fields were tried").1
    }

    /// The words that mark the fields written so far.
    pub(crate) fn marks(&self) -> BTreeSet<String> {
        self.marks.lock().unwrap().clone()
    }

    /// Writes a project of which all is hostile but the title of the site.
    pub(crate) fn write(&self, root: &Path) {
        let count = self.accepted(Field::Line).len().div_ceil(HEAP);
        let heaps: Vec<Heap<'_>> = (0..count).map(|number| Heap { all: self, number }).collect();
        put(root, "site/site.yaml", &site(&heaps));
        for heap in &heaps {
            heap.write(root);
        }
        for name in self.accepted(Field::Incident) {
            put(root, &format!("incidents/{name}.yaml"), NAMED);
        }
        for name in self.accepted(Field::Asset) {
            put(root, &format!("site/assets/{name}"), "");
        }
    }

    /// Writes a project of which only the title of the site is hostile: it is long, and stands on every page.
    pub(crate) fn write_title(&self, root: &Path) {
        let title = quoted(&format!("{} {}", self.mark("site-title"), self.accepted(Field::Line).join(" ")));
        let site = format!(
            "title: {title}\nurl: https://status.example.com\nsince: 2026-01-01\ncomponents: [{{id: c, name: C}}]\n"
        );
        put(root, "site/site.yaml", &site);
        put(root, "incidents/named.yaml", NAMED);
    }

    /// The word that marks a field.
    fn mark(&self, field: &str) -> String {
        let mark = format!("qq-{field}");
        self.marks.lock().unwrap().insert(mark.clone());
        mark
    }
}

/// An incident that is over, of which only the name is hostile.
const NAMED: &str = "title: Named
updates: [{at: 2026-02-01T10:00Z, status: investigating}, {at: 2026-02-01T11:00Z, status: resolved}]
";

fn site(heaps: &[Heap<'_>]) -> String {
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
    fn write(&self, root: &Path) {
        let number = self.number;
        let file = |path: &str, text: &str| {
            assert!(put(root, &path.replace('N', &number.to_string()), text), "{path}")
        };
        file("site/pages/page-N.md", &self.page());
        file("incidents/open-N/incident.md", &self.open());
        file("incidents/open-N/reports.csv", &self.reports());
        for (index, text) in self.texts(Field::Prose).iter().enumerate() {
            let head = format!(
                "---\nauthor: {}\ncorrections: {}\n---\n",
                self.line("update-author"),
                self.corrections("update-correction")
            );
            file(
                &format!("incidents/open-N/updates/20260310T10{:02}Z-update.md", index + 1),
                &format!("{head}{text}\n"),
            );
        }
        for (index, name) in self.texts(Field::Update).iter().enumerate() {
            file(&format!("incidents/open-N/updates/20260310T11{index:02}Z-update-{name}.md"), "Named.");
        }
        file("incidents/changed-N.md", &self.changed());
        file("incidents/over-N/incident.yaml", &self.over());
        file("incidents/over-N/postmortem.md", &self.postmortem());
        file("incidents/withdrawn-N.yaml", &self.withdrawn());
        file("incidents/maintenance-N.yaml", &self.maintenance());
        file("incidents/notice-N.yaml", &self.notice());
    }

    /// The texts of this heap that may stand in a field.
    fn texts(&self, field: Field) -> &[String] {
        let texts = self.all.accepted(field);
        let from = (self.number * HEAP).min(texts.len());
        &texts[from..texts.len().min(from + HEAP)]
    }

    /// The heap as one line.
    fn line(&self, field: &str) -> String {
        quoted(&format!("{} {}", self.all.mark(field), self.texts(Field::Line).join(" ")))
    }

    /// The heap as Markdown, a paragraph each.
    fn markdown(&self, field: &str) -> String {
        format!("{}\n\n{}\n", self.all.mark(field), self.texts(Field::Prose).join("\n\n"))
    }

    fn prose(&self, field: &str) -> String {
        quoted(&self.markdown(field))
    }

    /// The heap as a list of lines.
    fn list(&self, field: &str) -> String {
        self.entries(field, |text, _| text.to_owned())
    }

    /// A list with an entry for each text of the heap, quoted, and its number.
    fn entries(&self, field: &str, entry: impl Fn(&str, usize) -> String) -> String {
        let mark = self.all.mark(field);
        let texts = std::iter::once(&mark).chain(self.texts(Field::Line));
        let entries: Vec<String> = texts.enumerate().map(|(index, it)| entry(&quoted(it), index)).collect();
        format!("[{}]", entries.join(", "))
    }

    fn corrections(&self, field: &str) -> String {
        self.entries(field, |text, _| format!("{{at: 2026-03-10T11:45Z, note: {text}}}"))
    }

    /// Links whose titles are the texts and whose addresses are those that may be one.
    fn links(&self, field: &str) -> String {
        self.entries(field, |text, index| format!("{{title: {text}, url: {}}}", self.address(index)))
    }

    fn address(&self, index: usize) -> String {
        let addresses = self.all.accepted(Field::Address);
        quoted(&addresses[(self.number * HEAP + index) % addresses.len()])
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
