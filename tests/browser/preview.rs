//! `allclear watch` in a browser: what is saved appears by itself, and what is wrong is shown over the page.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::reader::{Reader, TAB};
use crate::site::files;

const SITE: &str = "title: Test
url: https://status.example.com
since: 2026-01-01
components:
  - {id: login, name: Login, critical: true}
  - {id: search, name: Search}
";
const INCIDENT: &str = "incidents/2026-03-10-slow/incident.yaml";
const UPDATE: &str = "incidents/2026-03-10-slow/updates/20260310T1110Z-identified.md";
const STILL: [&str; 4] = ["--at", "2026-03-10T11:30:00Z", "--speed", "0"];

/// A watched project and somebody who looks at its page.
struct Preview {
    root: tempfile::TempDir,
    watch: Child,
    address: String,
    reader: Reader,
}

impl Preview {
    fn of(arguments: &[&str]) -> Preview {
        let root = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| write(&root, path, text);
        put("site/site.yaml", SITE);
        put(INCIDENT, "title: Search is slow\ncomponents: {search: degraded_performance}\n");
        put("incidents/2026-03-10-slow/updates/20260310T1100Z-investigating.md", "We look into it.\n");
        put(
            "incidents/2026-03-10-disks.yaml",
            "title: New disks\nkind: maintenance\nscheduled_for: 2026-03-10T12:00Z\n\
             scheduled_until: 2026-03-10T13:00Z\ncomponents: [login]\npublished_at: 2026-03-09T12:00Z\n",
        );
        let (watch, address) = watch(root.path(), "0", arguments);
        let reader = Reader::of(std::sync::Arc::new(files(&[])));
        reader.visit(&format!("http://{address}/"));
        Preview { root, watch, address, reader }
    }

    fn stop(&mut self) {
        self.watch.kill().unwrap();
        self.watch.wait().unwrap();
    }

    /// Serves once more where it was served before.
    fn serve_again(&mut self, arguments: &[&str]) {
        let port = self.address.rsplit_once(':').unwrap().1;
        self.watch = watch(self.root.path(), port, arguments).0;
    }

    fn save(&self, path: &str, text: &str) {
        write(&self.root, path, text);
    }

    /// Whether a text stands on the page, once it does.
    #[track_caller]
    fn shows(&self, text: &str) {
        self.reader.until(&format!("document.body.innerText.includes({text:?})"));
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A server that has served its first site, and its address.
fn watch(root: &Path, port: &str, arguments: &[&str]) -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.args(["watch", "--port", port, "--root"]).arg(root).args(arguments);
    let mut watch = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(watch.stdout.take().unwrap()).lines();
    let address = lines.next().unwrap().unwrap();
    let address = address.split_once("http://").unwrap().1.split_once('/').unwrap().0.to_owned();
    lines.next().unwrap().unwrap();
    // The rest is read so that nothing waits for us.
    std::thread::spawn(move || lines.for_each(drop));
    (watch, address)
}

fn write(root: &tempfile::TempDir, path: &str, text: &str) {
    let path = root.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What the overlay says; nothing while there is none.
const OVERLAY: &str = "[...document.body.children].map(it => it.shadowRoot?.querySelector('pre')?.textContent).find(Boolean) || ''";

#[test]
fn what_is_saved_appears_and_the_reader_keeps_their_place() {
    let preview = Preview::of(&STILL);
    preview.reader.window(640, 300);
    (0..4).for_each(|_| preview.reader.press(TAB));
    let place = "[document.activeElement.outerHTML, scrollY]";
    preview.reader.run("scrollTo(0, 120)");
    let before: (String, i64) = preview.reader.eval(place);
    preview.save(UPDATE, "A copy of the index is broken.\n");
    preview.shows("A copy of the index is broken.");
    preview.reader.until(&format!("{place}[1] === {}", before.1));
    assert_eq!(preview.reader.eval::<(String, i64)>(place), before);
}

#[test]
fn errors_are_shown_over_the_last_good_page_until_they_are_mended() {
    let preview = Preview::of(&STILL);
    preview.save(UPDATE, "---\ncomponents: {serch: major_outage}\n---\nIt is worse.\n");
    preview.reader.until(&format!("{OVERLAY}.includes('did you mean `search`')"));
    let told: String = preview.reader.eval(OVERLAY);
    assert!(told.contains(UPDATE) && told.contains("serch: major_outage"), "{told}");
    // What is not broken is shown meanwhile.
    preview.shows("It is worse.");
    preview.save("site/site.yaml", "title: [");
    preview.reader.until(&format!("{OVERLAY}.includes('site/site.yaml')"));
    preview.shows("It is worse.");
    preview.save("site/site.yaml", SITE);
    preview.save(UPDATE, "---\ncomponents: {search: major_outage}\n---\nIt is worse.\n");
    preview.reader.until(&format!("{OVERLAY} === ''"));
    assert_eq!(preview.reader.witnessed(), [""; 0]);
}

#[test]
fn a_page_follows_the_next_server_at_its_address() {
    let mut preview = Preview::of(&STILL);
    preview.shows("We look into it.");
    preview.stop();
    preview.save(UPDATE, "This was written while nobody served.\n");
    preview.serve_again(&STILL);
    preview.shows("This was written while nobody served.");
}

#[test]
fn a_style_sheet_is_exchanged_without_a_reload() {
    let preview = Preview::of(&STILL);
    preview.reader.run("window.same = true");
    let sheet =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/assets/style.css")).unwrap();
    preview.save("themes/default/assets/style.css", &format!("{sheet}\nh1 {{ letter-spacing: 3px }}\n"));
    preview.reader.until("getComputedStyle(document.querySelector('h1')).letterSpacing === '3px'");
    assert!(preview.reader.eval::<bool>("window.same === true"));
}

#[test]
fn maintenance_begins_at_its_instant_with_no_file_touched() {
    let preview = Preview::of(&["--at", "2026-03-10T11:59:57Z"]);
    preview.shows("In progress");
}
