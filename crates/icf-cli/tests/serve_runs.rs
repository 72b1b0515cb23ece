//! Scenarios written, checked and run through the server.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and writes its files")]

#[path = "../../icf-report/tests/browser/driver.rs"]
#[expect(dead_code, reason = "each test file uses its part of the support")]
mod driver;
#[expect(dead_code, reason = "each test file uses its part of the client")]
mod served;
#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use driver::Browser;
use serde_json::{Value, json};
use served::Server;
use support::{icf_in, root, stderr, stdout};

/// A scenario that runs fast and leaves all tables as CSV.
fn quick(name: &str) -> String {
    format!(
        "extends: {}\nname: {name}\nprojection:\n  sink: {{ model: rate, rate: -0.9 %/yr }} # a number to change\n\
         outputs: {{ tables: [csv], maps: [], figures: false, page: true, exchange: [] }}\n",
        root().join("scenarios/baseline.yaml").display()
    )
}

/// A family that runs for long.
fn slow(name: &str) -> String {
    format!(
        "{}sweep:\n  most: 20000\n  keys: {{ projection.sink.rate: {{ from: -2 %/yr, to: 0 %/yr, steps: 20000 }} }}\n",
        quick(name)
    )
}

/// All files below a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(below) = left.pop() {
        for entry in below.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    found
}

fn begun(server: &Server, text: &str) -> String {
    let answer = server.post("/begin", &json!({ "text": text }));
    assert_eq!(answer.status, 202, "{}", answer.text());
    answer.json()["job"].as_str().unwrap().to_owned()
}

/// What `icf validate` says of a text that is the file of a name.
fn validated(folder: &Path, name: &str, text: &str) -> Value {
    std::fs::write(folder.join(name), text).unwrap();
    let output = icf_in(folder, &["validate", name, "--format", "json", "--quiet"]);
    serde_json::from_str(&stdout(&output)).unwrap()
}

#[test]
fn a_scenario_is_judged_as_by_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let base = quick("judged");
    let family = "variants:\n  up: { projection: { horizon: 2031 } }\ncompare: { fail_on: [nation.depth > 1, nation.x] }\n";
    for text in [
        base.clone(),
        base.replace("-0.9 %/yr", "-0.9"),
        base.replace("-0.9 %/yr", "much"),
        base.replace("rate: -0.9", "rat: -0.9"),
        base.replace("projection:", "projection:\n  horizon: 1990\n  horzion: 2030"),
        base.replace("name: judged", "name: a/b"),
        format!("{base}regions: {{ exclude: [Atlantis] }}\n"),
        format!("{base}levers: [{{ lever: none }}]\n"),
        format!("{base}{family}"),
        format!("{base}data: nowhere\n"),
        "name: [".to_owned(),
        String::new(),
        "extends: none.yaml\nname: x\n".to_owned(),
    ] {
        let told = server.post("/check", &json!({ "text": text })).json();
        let name = match text.lines().find_map(|line| line.strip_prefix("name: ")) {
            Some("judged") => "judged.yaml",
            Some("x") => "x.yaml",
            _ => "",
        };
        // A file of the name `a/b.yaml` cannot be written by the test in this folder; its mistakes are compared without it.
        let said = validated(folder.path(), if name.is_empty() { "other.yaml" } else { name }, &text);
        let plain = |found: &Value| {
            let text = found
                .to_string()
                .replace(&format!("{}/", folder.path().canonicalize().unwrap().display()), "");
            if name.is_empty() {
                text.replace("other.yaml", "F").replace("scenario.yaml", "F").replace("a/b.yaml", "F")
            } else {
                text
            }
        };
        assert_eq!(plain(&told["diagnostics"]), plain(&said), "{text}");
        let has_errors = said.as_array().unwrap().iter().any(|one| one["severity"] == "error");
        assert_eq!(told["is_sound"], !has_errors, "{text}");
    }
}

#[test]
fn who_has_run_nothing_yet_can_begin() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_in(folder.path(), &[]);
    assert!(server.get("/").text().contains("There is no run yet."));
    let presets = server.get("/new").text();
    assert!(
        presets.contains("name=\"preset\" value=\"sink-loss\"") && presets.contains("The sink falls"),
        "{presets}"
    );
    assert_eq!(server.get("/edit?preset=none").status, 404);
    let page = server.get("/edit?preset=sink-loss").text();
    assert!(page.contains("\nname: sink-loss-2\n"), "{page}");
    assert!(
        page.contains("\ndescription: Starts from sink-loss.\n") && !page.contains("The sink falls"),
        "{page}"
    );
    let named = server.get("/edit?preset=unstable-sink&name=dry&description=How+dry%3F+%23+1").text();
    assert!(
        named.contains("\nname: dry\n") && named.contains("\ndescription: &#34;How dry? # 1&#34;\n"),
        "{named}"
    );
    assert!(named.contains("\nvariants:\n  dry-10:"), "{named}");
    let job = begun(&server, &quick("mine"));
    assert_eq!(server.heard(&job).last().unwrap()["how"], "done");
    assert!(folder.path().join("runs/mine/report.html").is_file());
}

#[test]
fn one_value_of_the_text_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let text = quick("changed");
    let told = |change: Value| server.post("/check", &json!({ "text": text, "change": change })).json();
    let other = told(json!({ "key": "projection.sink.rate", "text": "-1 %/yr" }));
    assert_eq!(other["text"].as_str().unwrap(), text.replace("-0.9 %/yr", "-1 %/yr"));
    assert!(other["is_sound"] == true && other["refused"].is_null(), "{other}");
    let key = |key: &str| {
        let found = other["keys"].as_array().unwrap().iter().find(|pair| pair[0] == key);
        found.unwrap_or_else(|| panic!("{key}"))[1].as_str().unwrap().to_owned()
    };
    assert_eq!(
        (key("projection.sink.rate").as_str(), key("projection.horizon").as_str()),
        ("-1 %/yr", "2030")
    );
    let written =
        other["written"].as_array().unwrap().iter().find(|one| one["key"] == "projection.sink.rate").unwrap();
    assert_eq!(
        (&written["line"], &written["column"], &written["length"]),
        (&json!(4), &json!(30), &json!(7))
    );
    let bad = told(json!({ "key": "projection.sink.rate", "text": "a: {" }));
    assert_eq!(bad["is_sound"], false);
    assert!(bad["text"].as_str().unwrap().contains("rate: \"a: {\" }"), "{bad}");
    let whole = told(json!({ "key": "projection.sink", "yaml": "{ model: constant }" }));
    assert!(whole["text"].as_str().unwrap().contains("sink: { model: constant } # a number"), "{whole}");
    let away = told(json!({ "key": "outputs" }));
    assert!(!away["text"].as_str().unwrap().contains("outputs"), "{away}");
    let refused = told(json!({ "key": "name.x", "text": "1" }));
    assert!(
        refused["text"].is_null() && refused["refused"].as_str().unwrap().contains("above it"),
        "{refused}"
    );
}

#[test]
fn a_run_leaves_the_bytes_that_the_program_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let (served, alone) = (folder.path().join("served"), folder.path().join("alone"));
    std::fs::create_dir(&served).unwrap();
    std::fs::create_dir(&alone).unwrap();
    let text =
        format!("{}variants:\n  slow: {{ projection: {{ sink: {{ rate: -0.2 %/yr }} }} }}\n", quick("same"));
    std::fs::write(alone.join("same.yaml"), &text).unwrap();
    let output = icf_in(&alone, &["run-scenario", "same.yaml", "--quiet", "--out", "."]);
    assert!(output.status.success(), "{}", stderr(&output));

    let server = Server::start(&served, &["--threads", "2"]);
    let job = begun(&server, &text);
    let heard = server.heard(&job);
    // The first member that needs the accounts makes them for all.
    let steps: Vec<&str> = heard.iter().filter_map(|said| said["text"].as_str()).collect();
    assert!(steps.iter().any(|step| step.contains(": accounting for 30 regions")), "{steps:?}");
    assert!(heard.contains(&json!({ "kind": "members", "ended": 2, "of": 2 })), "{heard:?}");
    let last = heard.last().unwrap();
    assert_eq!((&last["how"], &last["runs"]), (&json!("done"), &json!(["same", "same.slow"])), "{last}");
    assert_eq!(last["family"], "same.family");
    let (of_server, of_program) = (files(&served), files(&alone));
    assert_eq!(of_server.keys().collect::<Vec<_>>(), of_program.keys().collect::<Vec<_>>());
    assert!(of_server.len() > 40 && of_server.contains_key("same/tables/nation.csv"));
    for (name, bytes) in &of_program {
        assert!(of_server[name] == *bytes, "{name} differs");
    }

    // What is there is replaced only by who says so.
    let again = server.post("/begin", &json!({ "text": text }));
    assert_eq!((again.status, &again.json()["is_there"]), (409, &json!(true)));
    let anew = server.post("/begin", &json!({ "text": text, "replace": true }));
    assert_eq!(anew.status, 202);
    assert_eq!(server.heard(anew.json()["job"].as_str().unwrap()).last().unwrap()["how"], "done");
    assert!(server.get("/run/same").text().contains("/new?run=same"));
    // The text is taken up as it was written, under a name that is free.
    let choice = server.get("/new?run=same").text();
    assert!(choice.contains("name=\"run\" value=\"same\" checked"), "{choice}");
    assert_eq!(server.get("/new?run=none").status, 404);
    // Base and variant lead to what they say together.
    for member in ["same", "same.slow"] {
        let run = server.get(&format!("/run/{member}")).text();
        assert!(run.contains("href=\"/show/same.family/compare.html\""), "{run}");
        assert!(run.contains("href=\"/run/same.slow\"") != (member == "same.slow"), "{run}");
    }
    let list = server.get("/").text();
    assert!(
        list.contains("href=\"/show/same.family/compare.html\"") && list.contains("<tr class=\"member\">"),
        "{list}"
    );
    assert_eq!(list.matches("<tbody>").count(), 1, "{list}");
    let page = server.get("/edit?run=same").text();
    assert!(page.contains("name: same-2\n") && page.contains("# a number to change"), "{page}");
}

#[test]
fn as_many_run_at_once_as_may_and_each_can_be_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let job = begun(&server, &slow("slow"));
    let busy = server.post("/begin", &json!({ "text": quick("second") }));
    assert_eq!(busy.status, 429);
    assert_eq!(busy.json()["why"], "slow is being run; wait for it, or cancel it");
    assert!(server.get("/").text().contains(&job), "the list shows what is being run");
    let start = Instant::now();
    let origin = format!("Origin: http://127.0.0.1:{}", server.port);
    let headers = [server.host(), server.cookie(), origin];
    let cancelled =
        server.ask("POST", &format!("{job}/cancel"), &headers.each_ref().map(String::as_str), b"");
    assert_eq!(cancelled.status, 202);
    let last = server.heard(&job).pop().unwrap();
    assert_eq!(last["how"], "cancelled", "{last}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert!(!folder.path().join("slow.yaml").exists() && !folder.path().join("slow.family").exists());
    // Then the next one may.
    let job = begun(&server, &quick("second"));
    assert_eq!(server.heard(&job).last().unwrap()["how"], "done");
    assert!(folder.path().join("second.yaml").exists());
    assert_eq!(server.get("/job/99").status, 404);
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path(), &[]);
    begun(&server, &slow("slow"));
    server.interrupt();
    let (status, said) = server.wait();
    assert_eq!(status.code(), Some(0));
    assert!(said.contains("icf: it ends as soon as slow has left what it is at; Ctrl-C again"), "{said}");
    let left: Vec<_> = folder.path().read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{left:?}");
}

#[test]
fn what_is_no_scenario_is_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let large = "#".repeat((1 << 20) + 1);
    assert_eq!(server.post("/check", &json!({ "text": large })).status, 413);
    assert_eq!(server.post("/begin", &json!({ "text": large })).status, 413);
    let wrong = server
        .post("/begin", &json!({ "text": quick("wrong").replace("horizon", "x").replace("-0.9 %/yr", "9") }));
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.json()["diagnostics"][0]["code"], "bad-quantity");
    for name in ["../out", "a/b", "..", ".hidden", "/tmp/out"] {
        assert_eq!(server.post("/begin", &json!({ "text": quick(name) })).status, 422, "{name}");
    }
    assert_eq!(server.post("/begin", &json!({ "texts": 1 })).status, 400);
    // A form of another site could send these types, and no other.
    let origin = format!("Origin: http://127.0.0.1:{}", server.port);
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let kind = format!("Content-Type: {kind}");
        let headers = [&server.host(), &server.cookie(), &origin, &kind];
        let body = json!({ "text": quick("other") }).to_string();
        assert_eq!(server.ask("POST", "/begin", &headers.map(String::as_str), body.as_bytes()).status, 415);
    }
    let foreign = "Origin: http://evil.example";
    let headers = [&server.host(), &server.cookie(), foreign, "Content-Type: application/json"];
    assert_eq!(server.ask("POST", "/begin", &headers, b"{}").status, 403);
    let headers = [&server.host(), "Content-Type: application/json"];
    assert_eq!(server.ask("POST", "/begin", &headers, b"{}").status, 403);
    assert_eq!(folder.path().read_dir().unwrap().count(), 0, "nothing was written");
}

#[test]
fn runs_are_put_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    for (name, rate) in [("first", "-0.9"), ("second", "-0.2"), ("third", "-3")] {
        let job = begun(&server, &quick(name).replace("-0.9", rate));
        assert_eq!(server.heard(&job).last().unwrap()["how"], "done");
    }
    let list = server.get("/").text();
    let run = server.get("/run/first").text();
    for name in ["first", "second", "third"] {
        assert!(list.contains(&format!("<input type=\"checkbox\" name=\"run\" value=\"{name}\"")), "{list}");
    }
    assert!(
        run.contains("value=\"second\"")
            && run.contains("<input type=\"hidden\" name=\"run\" value=\"first\">")
    );
    let query = "run=first&run=second&run=third&run=second";
    let framed = server.get(&format!("/compare?{query}")).text();
    assert!(
        framed.contains("second, third against first")
            && framed.contains("<iframe src=\"/compare/page?run=first")
    );
    let against = server.get(&format!("/compare/page?{query}&against=third")).text();
    assert!(against.contains("less that of third in 2030"), "{against}");
    let answer = server.get(&format!("/compare/page?{query}"));
    let page = answer.text();
    assert_eq!(answer.status, 200, "{page}");
    assert!(answer.header("content-security-policy").starts_with("sandbox "));
    assert!(page.contains("3 runs") && !page.contains("in the folder compare beside it"));
    // Every run has its row of the nation, its column of what differs, and its panel.
    let rates = ["-0.9 %/yr", "-0.2 %/yr", "-3 %/yr"].map(|rate| format!("<td>{rate}</td>"));
    let at: Vec<usize> =
        rates.iter().map(|rate| page.find(rate).unwrap_or_else(|| panic!("{rate}"))).collect();
    assert!(at.is_sorted(), "{at:?}");
    for name in ["first", "second", "third"] {
        assert!(page.matches(&format!(">{name}<")).count() > 5, "{name}");
    }
    for (query, status) in [
        ("", 400),
        ("run=first", 400),
        ("run=first&run=first", 400),
        ("run=first&run=none", 404),
        ("run=first&run=..", 404),
        ("run=first&run=../first", 404),
    ] {
        assert_eq!(server.get(&format!("/compare?{query}")).status, status, "{query}");
        assert_eq!(server.get(&format!("/compare/page?{query}")).status, status, "{query}");
    }
    // Runs that end in different years are held against each other in the last that all have.
    let longer =
        quick("longer").replace("projection:\n", "projection:\n  horizon: 2034\n").replace("-0.9", "-0.1");
    let job = begun(&server, &longer);
    assert_eq!(server.heard(&job).last().unwrap()["how"], "done");
    let page = server.get("/compare/page?run=longer&run=first").text();
    assert!(
        page.contains("less that of longer in 2030")
            && page.contains("2030 is the last that all of them have")
    );
    assert!(page.contains("difference_balance_0-title") && page.contains("<td>longer (to 2034)</td>"));
    // A run of which something is missing is told.
    std::fs::write(folder.path().join("third/tables/nation.csv"), "year\n2000\n").unwrap();
    let broken = server.get("/compare?run=first&run=third");
    assert!(broken.status == 422 && broken.text().contains("there is no column phase"), "{}", broken.text());
    std::fs::remove_file(folder.path().join("third/tables/nation.csv")).unwrap();
    assert_eq!(
        server.get("/compare?run=first&run=third").status,
        200,
        "the tables of the page need no years"
    );
}

/// Waits until a function body returns true.
#[track_caller]
fn wait(browser: &Browser, until: &str) {
    let start = Instant::now();
    while browser.run(until, &json!([])) != json!(true) {
        assert!(start.elapsed() < Duration::from_secs(60), "{until}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

const TYPE: &str = "const field = document.querySelector(`[data-key='${arguments[0]}'] input, [data-key='${arguments[0]}'] select`);
    field.focus();
    field.value = arguments[1];
    field.dispatchEvent(new Event('input', { bubbles: true }));";
const IS_SOUND: &str = "return document.getElementById('state').className === 'is-good';";
const IS_WRONG: &str = "return document.getElementById('state').className === 'is-bad';";

#[test]
fn no_change_is_lost_and_what_runs_is_what_is_seen() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let address = format!("http://127.0.0.1:{}", server.port);
    browser.go(&format!("{address}/?token={}", server.token));
    let text = || browser.run("return document.getElementById('text').value;", &json!([]));
    let write = "const text = document.getElementById('text');
        text.value = arguments[0];
        text.dispatchEvent(new Event('input', { bubbles: true }));";
    let begun = |name: &str| {
        let done = "return location.pathname.startsWith('/job/') && document.getElementById('state').textContent === 'Done.';";
        wait(&browser, done);
        std::fs::read_to_string(folder.path().join(format!("{name}.yaml"))).unwrap()
    };
    let open = |name: &str| {
        browser.go(&format!("{address}/edit?preset=baseline"));
        wait(&browser, IS_SOUND);
        browser.run(write, &json!([quick(name)]));
        let follows = "return document.querySelector(\"[data-key='name'] input\").value === arguments[0];";
        wait(&browser, &follows.replace("arguments[0]", &format!("'{name}'")));
        wait(&browser, IS_SOUND);
    };

    // Fields that are set in one tick, one of them so that others come and go.
    open("at-once");
    let tick = format!(
        "const set = (...arguments) => {{ {TYPE} }};
         set('description', 'Set at once.');
         set('projection.horizon', '2034');
         set('projection.emissions.model', 'constant');
         set('projection.sink.rate', '-0.7 %/yr');"
    );
    browser.run(&tick, &json!([]));
    wait(&browser, IS_SOUND);
    let said = text();
    for one in ["description: Set at once.", "horizon: 2034", "model: constant", "rate: -0.7 %/yr"] {
        assert!(said.as_str().unwrap().contains(one), "no {one}: {said}");
    }
    // A click right after the last change runs that change.
    browser.run(
        &format!("const set = (...arguments) => {{ {TYPE} }}; set('projection.sink.rate', '-0.6 %/yr'); document.getElementById('begin').click();"),
        &json!([]),
    );
    let ran = begun("at-once");
    for one in ["description: Set at once.", "horizon: 2034", "model: constant", "rate: -0.6 %/yr"] {
        assert!(ran.contains(one), "no {one}: {ran}");
    }

    // Keys typed through three fields, some while an answer is on its way; then the text by hand, and a click.
    open("typed");
    let all_of = |key: &str| {
        browser.run(
            "const field = document.querySelector(`[data-key='${arguments[0]}'] input`); field.focus(); field.select();",
            &json!([key]),
        );
    };
    for (key, value) in
        [("description", "slow"), ("projection.horizon", "2033"), ("projection.sink.rate", "-0.5 %/yr")]
    {
        all_of(key);
        for (place, letter) in value.chars().enumerate() {
            browser.press(&[&letter.to_string()], None);
            std::thread::sleep(Duration::from_millis(if place == 1 { 400 } else { 60 }));
        }
    }
    wait(&browser, IS_SOUND);
    let said = text();
    let said = said.as_str().unwrap();
    for one in ["description: slow", "horizon: 2033", "rate: -0.5 %/yr"] {
        assert!(said.contains(one), "no {one}: {said}");
    }
    let by_hand = said.replace("-0.5 %/yr", "-0.4 %/yr");
    browser.run(&format!("{write} document.getElementById('begin').click();"), &json!([by_hand]));
    assert_eq!(begun("typed"), by_hand);

    // A change that cannot be made is told at its field, where what was typed stays; another is made all the same.
    open("refused");
    let both = format!(
        "const area = document.querySelector('#form textarea');
         area.value = '{{ a: ';
         area.dispatchEvent(new Event('input', {{ bubbles: true }}));
         const set = (...arguments) => {{ {TYPE} }};
         set('projection.sink.rate', '-0.3 %/yr');
         document.getElementById('begin').click();"
    );
    browser.run(&both, &json!([]));
    wait(&browser, IS_WRONG);
    let beside = "const area = document.querySelector('#form textarea');
        return [area.value, area.closest('.field').querySelector('.mistake').textContent];";
    let beside = browser.texts(beside, &json!([]));
    assert!(beside[0] == "{ a: " && beside[1].contains("is no YAML"), "{beside:?}");
    assert!(text().as_str().unwrap().contains("rate: -0.3 %/yr"), "{}", text());
    assert!(!folder.path().join("refused.yaml").exists(), "what was not changed is not run");
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn a_person_changes_a_number_and_runs_it() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let address = format!("http://127.0.0.1:{}", server.port);
    browser.go(&format!("{address}/?token={}", server.token));
    browser.go(&format!("{address}/edit?preset=baseline"));
    wait(&browser, IS_SOUND);

    // A bad number is told beside its field and below the text, in the words of the program.
    browser.run(TYPE, &json!(["projection.sink.rate", "-0.9"]));
    wait(&browser, IS_WRONG);
    let text = browser.run("return document.getElementById('text').value;", &json!([]));
    let said = validated(folder.path(), "baseline-2.yaml", text.as_str().unwrap());
    std::fs::remove_file(folder.path().join("baseline-2.yaml")).unwrap();
    let (said, hint) = (&said[0]["message"], &said[0]["hint"]);
    let plain = |text: &Value| text.as_str().unwrap().replace('`', "");
    let beside = "return document.querySelector(\"[data-key='projection.sink.rate'] .mistake\").textContent;";
    assert_eq!(browser.run(beside, &json!([])), format!("{}; {}", plain(said), plain(hint)));
    let list = "return [...document.querySelectorAll('#mistakes li')].map((line) => line.textContent);";
    let lines = browser.texts(list, &json!([]));
    assert!(
        lines.len() == 1 && lines[0].contains(&plain(said)) && lines[0].contains(&plain(hint)),
        "{lines:?}"
    );
    assert_eq!(browser.run("return document.getElementById('begin').disabled;", &json!([])), true);

    // Another model has other fields; what is not in its mapping stays.
    browser.run(TYPE, &json!(["projection.sink.rate", "-0.9 %/yr"]));
    wait(&browser, IS_SOUND);
    browser.run(TYPE, &json!(["projection.emissions.model", "constant"]));
    wait(&browser, "return !document.querySelector(\"[data-key='projection.emissions.from']\");");
    wait(&browser, IS_SOUND);
    let text = browser.run("return document.getElementById('text').value;", &json!([]));
    let text = text.as_str().unwrap();
    assert!(text.contains("emissions: { model: constant }\n") && text.contains("rate: -0.9 %/yr"), "{text}");

    // The form follows the text.
    let write = "const text = document.getElementById('text');
        text.value = text.value.replace('horizon: 2030', 'horizon: 2035');
        text.dispatchEvent(new Event('input', { bubbles: true }));";
    browser.run(write, &json!([]));
    wait(
        &browser,
        "return document.querySelector(\"[data-key='projection.horizon'] input\").value === '2035';",
    );

    browser.run("document.getElementById('begin').click();", &json!([]));
    wait(
        &browser,
        "return location.pathname === '/job/1' && document.getElementById('state').textContent === 'Done.';",
    );
    let steps = browser.texts(
        "return [...document.querySelectorAll('#steps li')].map((step) => step.textContent);",
        &json!([]),
    );
    assert!(steps.len() > 2, "{steps:?}");
    let saved = std::fs::read_to_string(folder.path().join("baseline-2.yaml")).unwrap();
    assert_eq!(saved, text.replace("horizon: 2030", "horizon: 2035"));
    browser.click("#links a", None);
    wait(&browser, "return location.pathname === '/run/baseline-2';");
    browser.click("a.button[href$='report.html']", None);
    // The report in its frame, which says nothing to the page around it, and then alone.
    wait(&browser, "return location.pathname === '/show/baseline-2/report.html';");
    let framed = browser.run("return document.querySelector('iframe').src;", &json!([]));
    wait(
        &browser,
        "return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/report.html'));",
    );
    browser.go(framed.as_str().unwrap());
    wait(&browser, "return document.querySelectorAll('svg').length > 10;");
    assert_eq!(browser.console(), Vec::<String>::new());
    let asked = browser.requests();
    assert!(asked.len() > 10 && asked.iter().all(|url| url.starts_with(&address)), "{asked:?}");
}
