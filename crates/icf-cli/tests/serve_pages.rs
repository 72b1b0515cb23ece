//! The pages of the server in a browser: in Chinese, for everybody, and as a person goes through them.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and writes its files")]

#[path = "../../icf-report/tests/browser/driver.rs"]
#[expect(dead_code, reason = "each test file uses its part of the support")]
mod driver;
#[expect(dead_code, reason = "each test file uses its part of the client")]
mod served;
#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use driver::Browser;
use serde_json::json;
use served::Server;
use support::{icf_in, root, stderr};

/// A runs folder with a family of three and a run of its own.
fn runs(folder: &Path) {
    for (name, out, more) in [
        (
            "甲",
            "runs",
            "variants:\n  乙: { projection: { sink: { rate: -3 %/yr } } }\n  丙: { projection: { sink: { rate: 0 %/yr } } }\n",
        ),
        ("丁", "runs/丁", "projection: { sink: { rate: -9 %/yr } }\n"),
    ] {
        let text = format!(
            "extends: {}\nname: {name}\ndescription: 一次试验\noutputs: {{ tables: [csv], maps: [], figures: true, page: true, exchange: [] }}\n{more}",
            root().join("scenarios/baseline.yaml").display()
        );
        std::fs::write(folder.join(format!("{name}.yaml")), text).unwrap();
        let output = icf_in(folder, &["run-scenario", &format!("{name}.yaml"), "--quiet", "--out", out]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
}

#[track_caller]
fn wait(browser: &Browser, until: &str) {
    let start = Instant::now();
    while browser.run(until, &json!([])) != json!(true) {
        assert!(start.elapsed() < Duration::from_secs(60), "{until}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A browser that was let in, and the address of the server.
fn enter(browser: &Browser, server: &Server) -> String {
    let address = format!("http://127.0.0.1:{}", server.port);
    browser.go(&format!("{address}/?token={}", server.token));
    address
}

const IS_SOUND: &str = "return document.getElementById('state').className === 'is-good';";
const IS_WRONG: &str = "return document.getElementById('state').className === 'is-bad';";
const HAS_ENDED: &str = "return document.getElementById('state').className !== '';";

/// English words that a page shows as its own: what is no code, no text of a scenario, no key and no word of the program.
const ENGLISH: &str = "
    const own = (element) => !element.closest('[lang=en], code, pre, textarea, script, style, option');
    const found = [];
    const look = (text) => found.push(...(text.match(/[A-Za-z]{3,}/g) || []));
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (own(walker.currentNode.parentElement)) look(walker.currentNode.textContent);
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
        if (!own(element) || element.closest('[data-key]')) continue;
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) look(element.getAttribute(name) || '');
    }
    return [...new Set(found)];";

/// Names that are the same in every language, and what scenarios call their thresholds.
const NAMES: [&str; 10] =
    ["icf", "family", "English", "baseline", "sink", "capacity", "depth", "validate", "runs", "tmp"];

#[track_caller]
fn check_chinese(browser: &Browser, page: &str) {
    assert_eq!(browser.run("return document.documentElement.lang;", &json!([])), "zh", "{page}");
    let found = browser.texts(ENGLISH, &json!([]));
    let left: Vec<&String> = found.iter().filter(|word| !NAMES.contains(&word.as_str())).collect();
    assert!(left.is_empty(), "{page}: {left:?}");
}

#[test]
fn no_english_of_our_own_is_left_in_chinese() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("runs")).unwrap();
    let server = Server::start_in(folder.path(), &["runs", "--lang", "zh"]);
    let address = enter(&browser, &server);
    let seen = |path: &str| {
        browser.go(&format!("{address}{path}"));
        check_chinese(&browser, path);
    };
    seen("/");
    runs(folder.path());
    for path in [
        "/",
        "/run/丁",
        "/run/甲",
        "/run/甲.family",
        "/new",
        "/new?run=丁",
        "/nowhere",
        "/run/none",
        "/compare?run=丁",
        "/job/9",
    ] {
        seen(path);
    }
    browser.go(&format!("{address}/show/丁/report.html"));
    check_chinese(&browser, "frame");
    browser.go(&format!("{address}/compare?run=丁&run=甲"));
    check_chinese(&browser, "frame of a comparison");

    // The form, sound and with a mistake in one key and a value that cannot be put into the text.
    browser.go(&format!("{address}/edit?preset=baseline&name=戊"));
    wait(&browser, IS_SOUND);
    check_chinese(&browser, "form");
    let set = "const field = document.querySelector(`[data-key='${arguments[0]}'] input, [data-key='${arguments[0]}'] textarea`);
        field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    browser.run(set, &json!(["projection.sink.rate", "much"]));
    wait(&browser, IS_WRONG);
    check_chinese(&browser, "form with a mistake");
    let said = browser.texts(
        "return [...document.querySelectorAll('#mistakes li')].map((line) => line.textContent);",
        &json!([]),
    );
    assert!(said[0].contains("much"), "{said:?}");
    browser.run(set, &json!(["projection.sink.rate", "-1 %/yr"]));
    wait(&browser, IS_SOUND);
    browser.run("document.getElementById('begin').click();", &json!([]));
    wait(&browser, "return location.pathname === '/job/1';");
    check_chinese(&browser, "job");
    wait(&browser, HAS_ENDED);
    check_chinese(&browser, "job that is done");
    // The same name once more.
    browser.go(&format!("{address}/edit?preset=baseline&name=戊"));
    wait(&browser, IS_SOUND);
    browser.run("document.getElementById('begin').click();", &json!([]));
    wait(&browser, "return !document.getElementById('refused').hidden;");
    check_chinese(&browser, "refused");
    assert_eq!(browser.console().iter().filter(|line| !line.contains("status of 4")).count(), 0);

    // Whoever has no token is told in their own language too.
    let host = server.host();
    let closed = server.ask("GET", "/", &[&host], b"").text();
    assert!(
        closed.contains("<html lang=\"zh\">") && closed.contains("未获准进入：缺少本服务器的令牌"),
        "{closed}"
    );
    let cookie = format!("Cookie: icf-language-{}=en", server.port);
    assert!(server.ask("GET", "/", &[&host, &cookie], b"").text().contains("You are not let in: "));
}

#[test]
fn the_language_is_the_chosen_one_else_the_commands_else_the_browsers() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let (host, cookie) = (server.host(), server.cookie());
    let tag = |more: &[&str]| {
        let page = server.ask("GET", "/new", &[&[host.as_str(), &cookie], more].concat(), b"").text();
        page.split("<html lang=\"").nth(1).unwrap()[..2].to_owned()
    };
    assert_eq!(tag(&[]), "en");
    assert_eq!(tag(&["Accept-Language: zh-CN,zh;q=0.9,en;q=0.8"]), "zh");
    assert_eq!(tag(&["Accept-Language: de,en;q=0.8"]), "en");
    let chosen = server.get("/language/zh?to=%2Frun%2Fa%3Fb%3Dc");
    assert_eq!((chosen.status, chosen.header("location")), (303, "/run/a?b=c"));
    let given = chosen.header("set-cookie");
    assert!(
        given.starts_with(&format!("icf-language-{}=zh; ", server.port))
            && given.ends_with("HttpOnly; SameSite=Strict")
    );
    let kept = format!("Cookie: {}", given.split(';').next().unwrap());
    assert_eq!(tag(&[&kept]), "zh");
    assert_eq!(tag(&[&kept, "Accept-Language: en"]), "zh");
    assert_eq!(server.get("/language/fr").status, 404);
    for foreign in [
        "//evil.example",
        "http%3A%2F%2Fevil.example",
        "%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "%2Fa%0D%0AX%3A1",
    ] {
        let sent = server.get(&format!("/language/en?to={foreign}"));
        assert_eq!((sent.status, sent.header("location")), (303, "/"), "{foreign}");
    }
    assert_eq!(server.ask("GET", "/language/zh", &[&host], b"").status, 403);
}

/// The text of axe-core, or none where this machine has none; a test then says so and does nothing.
fn axe() -> Option<String> {
    let named = std::env::var_os("ICF_AXE").map(PathBuf::from);
    let file = named.unwrap_or_else(|| root().join("target/ci/axe/node_modules/axe-core/axe.min.js"));
    let found = std::fs::read_to_string(&file).ok();
    if found.is_none() {
        writeln!(
            std::io::stderr(),
            "SKIPPED: no axe-core at {}, so no fault of accessibility is found",
            file.display()
        )
        .expect("there is a standard error");
    }
    found
}

#[test]
fn axe_finds_no_serious_fault() {
    let Some(axe) = axe() else { return };
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    runs(folder.path());
    let server = Server::start_in(folder.path(), &["runs"]);
    let address = enter(&browser, &server);
    for scheme in ["light", "dark"] {
        browser.colours(scheme);
        for (path, ready) in [
            ("/", "return true;"),
            ("/run/丁", "return true;"),
            ("/new", "return true;"),
            ("/edit?preset=baseline", IS_SOUND),
            ("/edit?preset=baseline&name=con", IS_WRONG),
            ("/nowhere", "return true;"),
            ("/show/丁/report.html", "return true;"),
        ] {
            browser.go(&format!("{address}{path}"));
            wait(&browser, ready);
            let script = format!(
                "{axe};
                for (const fold of document.querySelectorAll('details')) fold.open = true;
                for (const fold of document.querySelectorAll('button.fold')) fold.click();
                return axe.run(document, {{ resultTypes: ['violations'], iframes: false }}).then(({{ violations, passes }}) => ({{
                    passes: passes.length,
                    faults: violations.filter(({{ impact }}) => impact === 'serious' || impact === 'critical')
                        .map(({{ id, help, nodes }}) => `${{id}}: ${{help}}: ${{nodes.slice(0, 3).map(({{ html }}) => html.slice(0, 200)).join(' | ')}}`),
                }}));"
            );
            let found = browser.run(&script, &json!([]));
            assert!(found["passes"].as_u64().unwrap() > 10, "{path}, {scheme}: {found}");
            assert_eq!(found["faults"], json!([]), "{path}, {scheme}");
        }
    }
}

#[test]
fn the_list_is_sorted_folded_and_compared() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    runs(folder.path());
    let server = Server::start_in(folder.path(), &["runs"]);
    let address = enter(&browser, &server);
    let shown = || {
        let rows = "return [...document.querySelectorAll('#runs tbody tr')].filter((row) => !row.hidden).map((row) => row.querySelector('th a').textContent);";
        browser.texts(rows, &json!([]))
    };
    assert_eq!(shown(), ["丁", "甲"], "the newest first, its family folded");
    browser.click("button.fold", None);
    assert_eq!(shown(), ["丁", "甲", "甲.乙", "甲.丙"]);
    let by = |column: &str| {
        let script = "[...document.querySelectorAll('#runs thead th')].find((head) => head.textContent.startsWith(arguments[0])).querySelector('button').click();";
        browser.run(script, &json!([column]));
    };
    by("Written");
    by("Written");
    assert_eq!(shown(), ["甲", "甲.乙", "甲.丙", "丁"], "the oldest first");
    // The first that is ticked is what others are held against, until another is chosen.
    assert_eq!(
        browser.run("return document.querySelector('#compare button[type=submit]').disabled;", &json!([])),
        true
    );
    browser.click("input[type=checkbox][value='甲.乙']", None);
    browser.click("input[type=checkbox][value='丁']", None);
    let said = || browser.run("return document.getElementById('against').textContent;", &json!([]));
    assert_eq!(said(), "1 held against 甲.乙.");
    browser.click("input[type=radio][value='甲']", None);
    assert_eq!(said(), "2 held against 甲.");
    browser.click("#compare button[type=submit]", None);
    wait(&browser, "return location.pathname === '/compare';");
    let title = browser.run("return document.querySelector('iframe').title;", &json!([]));
    assert_eq!(title, "甲.乙, 丁 against 甲");
    let inner = browser.run("return document.querySelector('iframe').src;", &json!([]));
    browser.go(inner.as_str().unwrap());
    wait(&browser, "return document.body.textContent.includes('less that of 甲 in 2030');");
    browser.go(&address);
    assert_eq!(browser.console(), Vec::<String>::new());
}
