//! `new`, `explain` and `list`, as a person who writes a scenario meets them.
#![expect(clippy::disallowed_methods, reason = "a test may panic, and reads what was written")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use support::{icf_in, root, stderr, stdout};

#[test]
fn a_new_scenario_is_valid_and_gives_what_its_preset_gives() {
    let folder = tempfile::tempdir().unwrap();
    for preset in [
        "baseline",
        "as-published",
        "backwards",
        "constant-emissions",
        "early-peak",
        "land-modis",
        "levers",
        "sink-loss",
        "sink-trading",
    ] {
        let name = format!("mine-{preset}");
        let output = icf_in(folder.path(), &["new", &name, "--from", preset]);
        assert!(output.status.success(), "{}", stderr(&output));
        let file = format!("{name}.yaml");
        let text = std::fs::read_to_string(folder.path().join(&file)).unwrap();
        assert!(text.starts_with("# yaml-language-server: $schema=scenario.schema.json\n"));
        assert!(text.contains("# The years of the history"), "{text}");
        let shipped = root().join("scenarios").join(format!("{preset}.yaml"));
        for (scenario, out) in [(file.as_str(), "mine"), (shipped.to_str().unwrap(), "theirs")] {
            let set = ["--set", "outputs={ tables: [csv], figures: false, page: false }"];
            let out = format!("{preset}-{out}");
            let run = ["run-scenario", scenario, set[0], set[1], "--quiet", "--out", &out];
            let output = icf_in(folder.path(), &run);
            assert!(output.status.success(), "{}", stderr(&output));
        }
        let table = |who: &str, table: &str| {
            std::fs::read(folder.path().join(format!("{preset}-{who}/tables/{table}.csv"))).unwrap()
        };
        for name in ["nation", "regions", "lisa", "models", "levers", "trade_flows"] {
            assert!(table("mine", name) == table("theirs", name), "{preset} {name}");
        }
    }
    assert!(folder.path().join("scenario.schema.json").is_file());
    assert_eq!(icf_in(folder.path(), &["new", "mine-baseline"]).status.code(), Some(1));
    assert_eq!(icf_in(folder.path(), &["new", "x", "--from", "nothing"]).status.code(), Some(2));
    assert_eq!(icf_in(folder.path(), &["new", "a b"]).status.code(), Some(3));
    assert!(!folder.path().join("a b.yaml").exists());
}

/// The examples of a new scenario are valid as they stand, all together and each by itself.
#[test]
fn the_examples_of_a_new_scenario_are_valid_when_they_are_used() {
    let folder = tempfile::tempdir().unwrap();
    assert!(icf_in(folder.path(), &["new", "mine"]).status.success());
    let text = std::fs::read_to_string(folder.path().join("mine.yaml")).unwrap();
    let is_example = |line: &str| {
        let rest = line.trim_start().strip_prefix('#').unwrap_or_default();
        rest.starts_with("  ") || rest.starts_with(char::is_alphabetic)
    };
    let used: Vec<String> = text
        .lines()
        .map(|line| if is_example(line) { line.replacen('#', "", 1) } else { line.to_owned() })
        .collect();
    for key in ["  groups:", "  rest:", "variants:", "sweep:", "compare:"] {
        assert!(used.iter().any(|line| line.starts_with(key)), "{key} is not in\n{text}");
        assert!(!text.lines().any(|line| line.starts_with(key)), "{key} is in use");
    }
    std::fs::write(folder.path().join("used.yaml"), used.join("\n")).unwrap();
    let output = icf_in(folder.path(), &["validate", "used.yaml"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let output =
        icf_in(folder.path(), &["explain", "used.yaml", "projection.emissions.model", "--member", "rise"]);
    assert!(stdout(&output).starts_with("projection.emissions.model = rate\n"), "{}", stdout(&output));
}

#[test]
fn a_value_is_explained_through_all_layers() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = root().join("scenarios/baseline.yaml");
    let text = format!(
        "extends: {}\nname: top\nprojection: {{ sink: {{ rate: -1 %/yr }} }}\nvariants:\n  low: {{ projection: {{ sink: {{ rate: -2 %/yr }} }} }}\n",
        baseline.display()
    );
    std::fs::write(folder.path().join("top.yaml"), text).unwrap();
    let explain = |arguments: &[&str]| {
        let all: Vec<&str> = ["explain", "top.yaml"].iter().chain(arguments).copied().collect();
        icf_in(folder.path(), &all)
    };
    let said = stdout(&explain(&["projection.sink.rate"]));
    assert!(said.starts_with("projection.sink.rate = -1 %/yr\n  top.yaml:3:"), "{said}");
    assert!(said.contains("  covers -0.43 %/yr of ") && said.contains("baseline.yaml:"), "{said}");
    let said = stdout(&explain(&["projection.sink.rate", "--member", "low"]));
    assert!(said.starts_with("projection.sink.rate = -2 %/yr\n  top.yaml:5:"), "{said}");
    let said = stdout(&explain(&["projection.sink.rate", "--set", "projection.sink.rate=-3 %/yr"]));
    assert!(said.starts_with("projection.sink.rate = -3 %/yr\n  --set projection.sink.rate:1:1"), "{said}");
    // What the command line says covers the variant too.
    let both = ["projection.sink.rate", "--member", "low", "--set", "projection.sink.rate=-3 %/yr"];
    let said = stdout(&explain(&both));
    assert!(said.starts_with("projection.sink.rate = -3 %/yr\n  --set projection.sink.rate:1:1"), "{said}");
    // A base's own name is not covered by that of the scenario, and an empty list stands where its key does.
    assert_eq!(stdout(&explain(&["name"])), "name = top\n  top.yaml:2:7\n");
    assert_eq!(stdout(&explain(&["description"])), "description = \"\"\n  the default\n");
    let said = stdout(&explain(&["regions.exclude"]));
    assert!(said.starts_with("regions.exclude = []\n") && !said.contains("covers"), "{said}");
    let said = stdout(&explain(&["thresholds[0].scopes[0]"]));
    assert!(
        said.starts_with("thresholds[0].scopes[0] = nation\n") && said.contains("baseline.yaml:"),
        "{said}"
    );
    let said = stdout(&explain(&["spatial.sectors"]));
    assert_eq!(said, "spatial.sectors = 8\n  the default\n");
    let all: serde_json::Value = serde_json::from_str(&stdout(&explain(&["--format", "json"]))).unwrap();
    assert!(all.as_array().unwrap().len() > 50);
    let output = explain(&["projection.snk"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("did you mean `projection.sink`?"), "{}", stderr(&output));
    assert_eq!(explain(&["name", "--member", "none"]).status.code(), Some(3));
}

#[test]
fn what_there_is_can_be_listed() {
    let all = stdout(&icf_in(&root(), &["list"]));
    for name in [
        "Scenarios",
        "early-peak",
        "china-provinces",
        "CO2 emissions of Chinese cities; built in",
        "icf_hm2",
        "log-linear",
        "projection.sink.rate",
    ] {
        assert!(all.contains(name), "{name} is not in\n{all}");
    }
    assert!(!all.contains("sweep."), "{all}");
    let list = |what: &str| -> serde_json::Value {
        serde_json::from_str(&stdout(&icf_in(&root(), &["list", what, "--format", "json"]))).unwrap()
    };
    let keys = list("keys");
    assert!(keys["keys"].as_array().unwrap().iter().any(|key| key["name"] == "levers[0].rate"), "{keys}");
    assert!(keys["keys"].as_array().unwrap().len() > 20);
    assert!(keys.get("models").is_none());
    let levers = list("levers");
    let names: Vec<&str> =
        levers["levers"].as_array().unwrap().iter().map(|lever| lever["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "efficiency",
            "fuel-switch",
            "electrification",
            "capture",
            "afforestation",
            "sink-degradation",
            "drought",
            "relocation",
            "standards",
            "trade",
        ]
    );
}
