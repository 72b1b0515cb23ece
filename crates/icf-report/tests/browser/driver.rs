//! A browser driven through chromedriver (the W3C WebDriver protocol over plain HTTP).

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// A headless browser with one window; it ends with the value.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

/// The key that a press of Shift is in the protocol.
pub(crate) const SHIFT: &str = "\u{e008}";
pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const ESCAPE: &str = "\u{e00c}";
pub(crate) const RIGHT: &str = "\u{e014}";

impl Browser {
    /// A browser, or none where this machine has none; a test then says so and does nothing.
    pub(crate) fn start() -> Option<Self> {
        let found =
            program(&["chromedriver"]).zip(program(&["chromium", "chromium-browser", "google-chrome"]));
        let Some((driver, chromium)) = found else {
            // The test's own output would be swallowed, as it passes.
            writeln!(std::io::stderr(), "SKIPPED: no chromium and chromedriver, so no page is looked at")
                .expect("there is a standard error");
            return None;
        };
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let port = port(driver.stdout.take().expect("it is piped"));
        let mut browser = Self { driver, port, session: String::new() };
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--window-size=1280,900",
        ];
        let options = json!({ "binary": chromium, "args": arguments });
        let logs = json!({ "browser": "ALL", "performance": "ALL" });
        let wanted =
            json!({ "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": logs });
        let answer = browser.ask("POST", "/session", &json!({ "capabilities": { "alwaysMatch": wanted } }));
        browser.session = answer["sessionId"].as_str().expect("a session").to_owned();
        Some(browser)
    }

    /// Opens a page of this machine.
    pub(crate) fn open(&self, page: &Path) {
        self.go(&format!("file://{}", page.display()));
    }

    /// Goes to an address.
    pub(crate) fn go(&self, url: &str) {
        self.post("url", &json!({ "url": url }));
    }

    /// Lets pages opened from now on prefer `light` or `dark`.
    pub(crate) fn colours(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.emulate("setEmulatedMedia", &json!({ "features": features }));
    }

    /// How many pages the page has on paper.
    pub(crate) fn printed_pages(&self) -> usize {
        let printed = self.post("print", &json!({ "pageRanges": [] }));
        let pdf = from_base64(printed.as_str().expect("a text"));
        let is_page = |window: &&[u8]| window.starts_with(b"/Type /Page") && window[11] != b's';
        pdf.windows(12).filter(is_page).count()
    }

    /// Shows the page as paper of that width does.
    pub(crate) fn as_paper(&self, width: u32) {
        self.emulate("setEmulatedMedia", &json!({ "media": "print" }));
        let size = json!({ "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": false });
        self.emulate("setDeviceMetricsOverride", &size);
        self.run("window.dispatchEvent(new Event('beforeprint'));", &json!([]));
    }

    /// Shows pages as the window does again.
    pub(crate) fn as_screen(&self) {
        self.emulate("setEmulatedMedia", &json!({ "media": "" }));
        self.emulate("clearDeviceMetricsOverride", &json!({}));
    }

    fn emulate(&self, command: &str, parameters: &Value) {
        let command = json!({ "cmd": format!("Emulation.{command}"), "params": parameters });
        self.post("goog/cdp/execute", &command);
    }

    /// What a function body returns; it sees `arguments`.
    pub(crate) fn run(&self, script: &str, arguments: &Value) -> Value {
        self.post("execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// The texts that a function body returns.
    pub(crate) fn texts(&self, script: &str, arguments: &Value) -> Vec<String> {
        let found = self.run(script, arguments);
        let list = found.as_array().unwrap_or_else(|| panic!("no list: {found}"));
        list.iter().map(|text| text.as_str().expect("a text").to_owned()).collect()
    }

    /// Moves the mouse along some places of the window with its button down, and a key held if there is one.
    pub(crate) fn drag(&self, places: &[[f64; 2]], key: Option<&str>) {
        let go = |place: &[f64; 2]| json!({ "type": "pointerMove", "duration": 20, "x": place[0].round(), "y": place[1].round() });
        let mut moves = vec![go(&places[0]), json!({ "type": "pointerDown", "button": 0 })];
        moves.extend(places[1..].iter().map(go));
        moves.push(json!({ "type": "pointerUp", "button": 0 }));
        let pauses = vec![json!({ "type": "pause" }); moves.len()];
        let held = key.map(|key| {
            let down = json!({ "type": "keyDown", "value": key });
            // The key goes down before the mouse moves, and up after it.
            let actions: Vec<Value> =
                [down].into_iter().chain(pauses).chain([json!({ "type": "keyUp", "value": key })]).collect();
            json!({ "type": "key", "id": "keys", "actions": actions })
        });
        let late = held.is_some().then(|| json!({ "type": "pause" }));
        let moves: Vec<Value> = late.into_iter().chain(moves).collect();
        let mouse = json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": moves });
        let actions: Vec<Value> = held.into_iter().chain([mouse]).collect();
        self.post("actions", &json!({ "actions": actions }));
    }

    /// A click on the middle of the first element that a selector finds.
    pub(crate) fn click(&self, selector: &str, key: Option<&str>) {
        self.drag(&[self.middle(selector)], key);
    }

    /// The middle of the first element that a selector finds, once it is in the window.
    pub(crate) fn middle(&self, selector: &str) -> [f64; 2] {
        let script = "const found = document.querySelector(arguments[0]);
            found.scrollIntoView({ block: 'center', behavior: 'instant' });
            const box = found.getBoundingClientRect();
            return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];";
        let at = self.run(script, &json!([selector]));
        [0, 1].map(|axis| at[axis].as_f64().unwrap_or_else(|| panic!("no {selector}: {at}")))
    }

    /// Presses keys one after the other, all while one is held if there is one.
    pub(crate) fn press(&self, keys: &[&str], held: Option<&str>) {
        let key = |kind: &str, value: &str| json!({ "type": kind, "value": value });
        let each = keys.iter().flat_map(|value| [key("keyDown", value), key("keyUp", value)]);
        let down = held.map(|value| key("keyDown", value));
        let actions: Vec<Value> =
            down.into_iter().chain(each).chain(held.map(|value| key("keyUp", value))).collect();
        self.post("actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }));
    }

    /// What the console said since the last time.
    pub(crate) fn console(&self) -> Vec<String> {
        self.log("browser").iter().map(|entry| entry["message"].to_string()).collect()
    }

    /// The addresses that were asked for since the last time.
    pub(crate) fn requests(&self) -> Vec<String> {
        let sent = |entry: &Value| {
            let message: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let message = &message["message"];
            (message["method"] == "Network.requestWillBeSent")
                .then(|| message["params"]["request"]["url"].as_str().unwrap_or_default().to_owned())
        };
        self.log("performance").iter().filter_map(sent).collect()
    }

    fn log(&self, kind: &str) -> Vec<Value> {
        self.post("se/log", &json!({ "type": kind })).as_array().cloned().unwrap_or_default()
    }

    fn post(&self, command: &str, body: &Value) -> Value {
        self.ask("POST", &format!("/session/{}/{command}", self.session), body)
    }

    /// Sends a command and gives the `value` of the answer.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the driver listens");
        let body = body.to_string();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).expect("the driver reads");
        stream.write_all(body.as_bytes()).expect("the driver reads");
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).expect("the driver answers");
            let line = line.trim().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(count) = line.strip_prefix("content-length:") {
                length = count.trim().parse().expect("a length");
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).expect("the whole answer");
        let answer: Value = serde_json::from_slice(&answer).expect("JSON");
        let value = answer["value"].clone();
        assert!(value.get("error").is_none(), "{path}: {value}");
        value
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser ends with its session; a driver that no longer answers is ended without.
        if !self.session.is_empty()
            && TcpStream::connect(("127.0.0.1", self.port)).is_ok()
            && !std::thread::panicking()
        {
            self.ask("DELETE", &format!("/session/{}", self.session), &json!({}));
        }
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

/// The bytes that a text in base 64 stands for.
fn from_base64(text: &str) -> Vec<u8> {
    let six = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters: Vec<u8> = text.bytes().filter(|letter| *letter != b'=').map(six).collect();
    let bytes = |four: &[u8]| {
        let bits = four.iter().fold(0, |bits, six| bits << 6 | u32::from(*six)) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    };
    letters.chunks(4).flat_map(bytes).collect()
}

/// The first of some programs that is on the path.
fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

/// The port that the driver says it listens on. What it says later is read and dropped, lest it wait for a reader.
fn port(output: std::process::ChildStdout) -> u16 {
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let found = lines.find_map(|line| line.strip_suffix('.')?.rsplit_once("on port ")?.1.parse().ok());
    std::thread::spawn(move || lines.for_each(drop));
    found.expect("the driver says its port")
}
