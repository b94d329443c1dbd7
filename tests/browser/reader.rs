//! A reader: a browser before a site, and what tests do and see there.

use std::cell::RefCell;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::server::Server;
use crate::site::Site;
use crate::webdriver::Session;

/// Somebody who reads a site with a browser. Browsers are lent: the next test finds one that is like new.
pub(crate) struct Reader {
    /// The host of the site.
    pub(crate) server: Server,
    session: Option<Session>,
    preludes: RefCell<Vec<String>>,
}

pub(crate) const TAB: &str = "\u{e004}";
pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const SPACE: &str = " ";

/// What a button or a finger does.
const PRESS: [&str; 2] = ["pointerDown", "pointerUp"];

/// Browsers that no test uses.
static IDLE: Mutex<Vec<Session>> = Mutex::new(Vec::new());

/// Notes, before anything of a page runs, what must not happen there.
const WITNESS: &str = "
    window.witnessed = [];
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) {
        window[name] = text => void witnessed.push(name + ' ' + text);
    }
    addEventListener('securitypolicyviolation', it => witnessed.push('policy ' + it.violatedDirective + ' ' + it.blockedURI));
    addEventListener('error', it => witnessed.push('error ' + (it.message || it.target.outerHTML)), true);
    addEventListener('unhandledrejection', it => witnessed.push('rejection ' + it.reason));
    window.shifts = [];
    new PerformanceObserver(list => {
        for (const it of list.getEntries()) shifts.push(it.value);
    }).observe({type: 'layout-shift', buffered: true});
";

impl Reader {
    /// A reader of a site: 1280 by 900 pixels, light, in UTC, with scripts.
    pub(crate) fn of(site: Arc<Site>) -> Reader {
        let idle = IDLE.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
        let session = idle.unwrap_or_else(Session::start);
        let reader =
            Reader { server: Server::start(site), session: Some(session), preludes: RefCell::default() };
        reader.prelude(WITNESS);
        // As if its window were in front, whatever other tests do.
        reader.chromium("Emulation.setFocusEmulationEnabled", json!({"enabled": true}));
        reader.window(1280, 900);
        reader.emulate(&[]);
        reader.time_zone("UTC");
        reader
    }

    /// The same with scripts blocked.
    pub(crate) fn without_script(site: Arc<Site>) -> Reader {
        let reader = Reader::of(site);
        reader.chromium("Emulation.setScriptExecutionDisabled", json!({"value": true}));
        reader
    }

    /// Opens a page by its path in the site and waits until it is loaded.
    #[track_caller]
    pub(crate) fn open(&self, path: &str) {
        self.command("url", &json!({"url": self.server.address(path)}));
    }

    /// Opens a page of another host.
    #[track_caller]
    pub(crate) fn visit(&self, address: &str) {
        self.command("url", &json!({"url": address}));
    }

    /// The value of an expression of JavaScript, or of what a promise holds.
    #[track_caller]
    pub(crate) fn eval<T: DeserializeOwned>(&self, expression: &str) -> T {
        let script = format!("return ({expression})");
        let value = self.command("execute/sync", &json!({"script": script, "args": []}));
        serde_json::from_value(value).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Runs statements of JavaScript in the page.
    #[track_caller]
    pub(crate) fn run(&self, script: &str) {
        self.command("execute/sync", &json!({"script": format!("{{ {script} }}"), "args": []}));
    }

    /// The text that is seen of the first element of a selector; empty where it is hidden.
    #[track_caller]
    pub(crate) fn text(&self, selector: &str) -> String {
        let seen = "it => it && (it.checkVisibility() ? it.innerText : '')";
        let text: Option<String> = self.eval(&format!("({seen})(document.querySelector({selector:?}))"));
        text.unwrap_or_else(|| panic!("there is no {selector}"))
    }

    /// How many elements a selector finds.
    #[track_caller]
    pub(crate) fn count(&self, selector: &str) -> usize {
        self.eval(&format!("document.querySelectorAll({selector:?}).length"))
    }

    /// Waits until an expression holds, at most some seconds.
    #[track_caller]
    pub(crate) fn until(&self, expression: &str) {
        for _ in 0..250 {
            if self.eval(&format!("Boolean({expression})")) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it never came true: {expression}");
    }

    /// Presses and releases a key.
    #[track_caller]
    pub(crate) fn press(&self, key: &str) {
        let strokes = json!([{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]);
        self.command("actions", &json!({"actions": [{"type": "key", "id": "keys", "actions": strokes}]}));
    }

    /// Moves the mouse to the middle of an element and presses its button.
    #[track_caller]
    pub(crate) fn click(&self, selector: &str) {
        self.command("actions", &self.pointer(selector, "mouse", &PRESS));
    }

    /// Moves the mouse to the middle of an element.
    #[track_caller]
    pub(crate) fn hover(&self, selector: &str) {
        self.command("actions", &self.pointer(selector, "mouse", &[]));
    }

    /// Touches the middle of an element with a finger.
    #[track_caller]
    pub(crate) fn touch(&self, selector: &str) {
        self.command("actions", &self.pointer(selector, "touch", &PRESS));
    }

    /// Sets features of the media, as `("prefers-color-scheme", "dark")`; those left out are the browser's own.
    pub(crate) fn emulate(&self, features: &[(&str, &str)]) {
        self.media("screen", features);
    }

    /// Shows pages as they would be printed.
    pub(crate) fn emulate_print(&self) {
        self.media("print", &[]);
    }

    /// Sets the size of the window in CSS pixels.
    pub(crate) fn window(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.chromium("Emulation.setDeviceMetricsOverride", size);
    }

    /// Sets the reader's time zone.
    pub(crate) fn time_zone(&self, zone: &str) {
        self.chromium("Emulation.setTimezoneOverride", json!({"timezoneId": zone}));
    }

    /// Runs a script in each page opened from here on, before any of its own.
    pub(crate) fn prelude(&self, script: &str) {
        let answer = self.chromium("Page.addScriptToEvaluateOnNewDocument", json!({"source": script}));
        let id = answer["identifier"].as_str().expect("a script has an identifier").to_owned();
        self.preludes.borrow_mut().push(id);
    }

    /// Stops the clock of pages opened from here on at an instant; [`Reader::advance`] moves it.
    pub(crate) fn stop_clock(&self, at: &str) {
        self.prelude(&format!("const START = Date.parse({at:?});{}", include_str!("clock.js")));
    }

    /// Moves a stopped clock by so many seconds and runs each timer that comes due on the way.
    #[track_caller]
    pub(crate) fn advance(&self, seconds: u32) {
        self.eval::<()>(&format!("advanceClock({seconds})"));
    }

    /// The page as PDF, with its headings as an outline.
    pub(crate) fn pdf(&self) -> Vec<u8> {
        let wanted = json!({"preferCSSPageSize": true, "generateDocumentOutline": true});
        let printed = self.chromium("Page.printToPDF", wanted);
        decoded(printed["data"].as_str().expect("a print is text"))
    }

    /// What the console said since the last call.
    pub(crate) fn console(&self) -> Vec<String> {
        let entries = self.log("browser");
        entries.iter().map(|it| format!("{}: {}", it["level"], it["message"])).collect()
    }

    /// What must not happen and happened in the page that is open: dialogs, violations of the policy, errors.
    pub(crate) fn witnessed(&self) -> Vec<String> {
        self.eval("window.witnessed")
    }

    /// All addresses that the browser asked for since the last call, whether it was let or not.
    pub(crate) fn asked_for(&self) -> Vec<String> {
        let events = self.log("performance");
        let events =
            events.iter().filter_map(|it| serde_json::from_str::<Value>(it["message"].as_str()?).ok());
        events
            .filter(|it| it["message"]["method"] == "Network.requestWillBeSent")
            .filter_map(|it| it["message"]["params"]["request"]["url"].as_str().map(str::to_owned))
            .collect()
    }

    /// A command of Chromium's own protocol.
    #[track_caller]
    pub(crate) fn chromium(&self, name: &str, parameters: Value) -> Value {
        self.command("goog/cdp/execute", &json!({"cmd": name, "params": parameters}))
    }

    #[track_caller]
    fn command(&self, name: &str, body: &Value) -> Value {
        self.session.as_ref().expect("it is given back at the end only").command(name, body)
    }

    fn media(&self, media: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.chromium("Emulation.setEmulatedMedia", json!({"media": media, "features": features}));
    }

    fn log(&self, kind: &str) -> Vec<Value> {
        let entries = self.command("se/log", &json!({"type": kind}));
        serde_json::from_value(entries).expect("a log is a list")
    }

    /// The actions of a pointer that goes to the middle of an element and does something there.
    #[track_caller]
    fn pointer(&self, selector: &str, kind: &str, there: &[&str]) -> Value {
        self.run(&format!("document.querySelector({selector:?}).scrollIntoView({{block: 'center'}})"));
        let middle = format!(
            "(it => [it.x + it.width / 2, it.y + it.height / 2].map(Math.floor))(document.querySelector({selector:?}).getBoundingClientRect())"
        );
        let [x, y]: [i64; 2] = self.eval(&middle);
        let mut actions = vec![json!({"type": "pointerMove", "duration": 0, "x": x, "y": y})];
        actions.extend(there.iter().map(|it| json!({"type": it, "button": 0})));
        json!({"actions": [{"type": "pointer", "id": kind, "parameters": {"pointerType": kind}, "actions": actions}]})
    }

    /// Makes the browser forget this reader.
    fn leave(&self) {
        self.command("url", &json!({"url": "about:blank"}));
        self.chromium("Emulation.setScriptExecutionDisabled", json!({"value": false}));
        self.chromium("Network.clearBrowserCache", json!({}));
        for id in self.preludes.take() {
            self.chromium("Page.removeScriptToEvaluateOnNewDocument", json!({"identifier": id}));
        }
        self.log("browser");
        self.log("performance");
    }
}

impl Drop for Reader {
    /// Lends the browser to the next test; that of a test that failed may be in any state and is left alone.
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        self.leave();
        IDLE.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(self.session.take());
    }
}

/// Base 64 without line ends.
fn decoded(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits: Vec<u32> = text
        .bytes()
        .filter_map(|byte| ALPHABET.iter().position(|it| *it == byte))
        .map(|it| u32::try_from(it).expect("there are 64"))
        .collect();
    digits
        .chunks(4)
        .flat_map(|four| {
            let bits = four.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - four.len()));
            bits.to_be_bytes()[1..four.len()].to_vec()
        })
        .collect()
}
