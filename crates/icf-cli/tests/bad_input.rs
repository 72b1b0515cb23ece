//! Wrong input: a clear error, the right exit code, nothing written.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::{icf_in, root, stderr, stdout};

/// Runs a scenario that extends the baseline by some lines; gives the exit code and what was said.
fn run_with(folder: &Path, lines: &str) -> (i32, String) {
    let baseline = root().join("scenarios/baseline.yaml");
    let text = format!("extends: {}\nname: bad\n{lines}\n", baseline.display());
    std::fs::write(folder.join("bad.yaml"), text).unwrap();
    let output = icf_in(folder, &["run-scenario", "bad.yaml", "--out", "out"]);
    assert!(!folder.join("out").exists(), "something was written");
    (output.status.code().unwrap(), stderr(&output))
}

#[track_caller]
fn check(lines: &str, expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = run_with(folder.path(), lines);
    assert_eq!(code, 3, "{said}");
    for part in expected {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
}

#[test]
fn keys() {
    check(
        "projection: { horzion: 2030 }",
        &["unknown key `horzion`", "bad.yaml:3:", "did you mean `horizon`?"],
    );
    check("gaps: { policy: none }\ngaps: { policy: none }", &["gaps", "bad.yaml:4:1"]);
    check("years: { first: early }", &["bad.yaml:3:"]);
}

#[test]
fn names_and_years() {
    check("regions: { exclude: [Guandong] }", &["Guandong", "did you mean `Guangdong`?"]);
    check("regions: { grouping: group5 }", &["group5"]);
    check("years: { first: 1990 }", &["1990"]);
    check("accounting: { fuels: [raw-coal, cola] }", &["cola"]);
    check("data: nowhere", &["there is no data set `nowhere`", "china-provinces"]);
}

#[test]
fn several_mistakes_at_once() {
    check(
        "projection: { horzion: 2030 }\nspatial: { permutations: 3 }\nland: { classes: { forest: { share: 0.9 } } }",
        &["horzion", "permutations"],
    );
    check("land: { classes: { forest: { share: 0.9 } } }", &["1.0728"]);
}

#[test]
fn a_model_that_the_history_does_not_allow() {
    check(
        "regions: { include: [Ningxia] }\ngaps: { policy: none }\nyears: { last: 2004 }\n\
         projection: { emissions: { from: 2000, to: 2004 } }",
        &["emissions of Ningxia", "needs 3 observations"],
    );
}

#[test]
fn files() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("alone.yaml"), "extends: gone.yaml\nname: alone\n").unwrap();
    let output = icf_in(folder.path(), &["run-scenario", "alone.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("gone.yaml"), "{}", stderr(&output));
    let output = icf_in(folder.path(), &["run-scenario", "nothing.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("nothing.yaml"), "{}", stderr(&output));
    assert!(!folder.path().join("runs").exists());
}

#[test]
fn the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(icf_in(folder.path(), &["run-scenario"]).status.code(), Some(2));
    assert_eq!(icf_in(folder.path(), &["run-scenari"]).status.code(), Some(2));
    assert_eq!(icf_in(folder.path(), &["compare", "x", "--threads", "0"]).status.code(), Some(2));
}

#[test]
fn a_population_that_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let set = folder.path().join("set");
    copy_built_in(&set);
    let population = std::fs::read_to_string(set.join("population.csv")).unwrap();
    let without: String = population
        .lines()
        .filter(|line| !line.starts_with("440000,2010,"))
        .map(|line| format!("{line}\n"))
        .collect();
    std::fs::write(set.join("population.csv"), without).unwrap();
    let (code, said) = run_with(folder.path(), "data: set");
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("no population of 440000 (Guangdong) in 2010"), "{said}");
}

#[test]
fn a_table_of_the_users_own_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let set = folder.path().join("set");
    copy_built_in(&set);
    let energy = std::fs::read_to_string(set.join("energy.csv")).unwrap();
    std::fs::write(set.join("energy.csv"), energy.replacen(",1e4 t,", ",bushel,", 1)).unwrap();
    let (code, said) = run_with(folder.path(), "data: set");
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("unknown unit \"bushel\"") && said.contains("set/energy.csv:2:"), "{said}");
}

/// The built-in data set as a folder of tables, without its package.
fn copy_built_in(folder: &Path) {
    std::fs::create_dir(folder).unwrap();
    for table in
        ["regions.csv", "fuels.csv", "energy.csv", "land.csv", "population.csv", "boundaries.geojson"]
    {
        std::fs::copy(root().join("crates/icf-data/china-provinces").join(table), folder.join(table))
            .unwrap();
    }
}

#[test]
fn an_unwritable_target_fails_and_leaves_the_former_result_whole() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = root().join("scenarios/baseline.yaml");
    let scenario = scenario.to_str().unwrap();
    let run = |out: &str| icf_in(folder.path(), &["run-scenario", scenario, "--quiet", "--out", out]);
    assert!(run("kept").status.success());
    let before = std::fs::read(folder.path().join("kept/tables/nation.csv")).unwrap();

    std::fs::write(folder.path().join("file"), "not a folder").unwrap();
    assert_eq!(run("file/below").status.code(), Some(1));
    assert_eq!(run("file").status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(folder.path().join("file")).unwrap(), "not a folder");

    std::fs::create_dir(folder.path().join("mine")).unwrap();
    std::fs::write(folder.path().join("mine/thesis.txt"), "mine").unwrap();
    let output = run("mine");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("is no run of icf"), "{}", stderr(&output));

    // A manifest of another program, and a run to which the user has added a file.
    std::fs::create_dir(folder.path().join("extension")).unwrap();
    std::fs::write(folder.path().join("extension/manifest.json"), r#"{"manifest_version": 3}"#).unwrap();
    let output = run("extension");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("is no run of icf"), "{}", stderr(&output));
    std::fs::write(folder.path().join("kept/tables/notes.txt"), "mine").unwrap();
    let output = run("kept");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("tables/notes.txt"), "{}", stderr(&output));
    assert!(folder.path().join("kept/tables/notes.txt").exists());
    std::fs::remove_file(folder.path().join("kept/tables/notes.txt")).unwrap();

    assert!(run("kept").status.success());
    assert_eq!(std::fs::read(folder.path().join("kept/tables/nation.csv")).unwrap(), before);
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".icf"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// A data set of the user's own in which one table is changed, run with more lines; gives the code and what was said.
fn run_changed(table: &str, change: impl Fn(&str) -> String, lines: &str) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    let set = folder.path().join("set");
    copy_built_in(&set);
    let text = std::fs::read_to_string(set.join(table)).unwrap();
    std::fs::write(set.join(table), change(&text)).unwrap();
    run_with(folder.path(), &format!("data: set\n{lines}"))
}

#[test]
fn data_that_would_pass_for_no_emissions() {
    let without_factors = |text: &str| {
        let header = text.lines().next().unwrap().replace("paper_", "printed_");
        std::iter::once(header.as_str()).chain(text.lines().skip(1)).collect::<Vec<_>>().join("\n")
    };
    let (code, said) = run_changed("fuels.csv", without_factors, "");
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("no fuel of the data set has `paper_s` and `paper_d`"), "{said}");
    let header_only = |text: &str| text.lines().next().unwrap().to_owned();
    let (code, said) = run_changed("energy.csv", header_only, "");
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("set/energy.csv:1:1") && said.contains("has no row"), "{said}");
}

#[test]
fn figures_beyond_every_number() {
    check(
        "land: { source: modis-2019, history: { model: rate, rate: -100 %/yr } }",
        &["land.history", "bad.yaml:3:"],
    );
    check("land: { classes: { forest: { npp: 1e300 t/hm2 } } }", &["uptake", "bad.yaml:3:"]);
    check("land: { classes: { forest: { npp: 1e-320 t/hm2 } } }", &["uptake", "bad.yaml:3:"]);
}

#[test]
fn broken_boundaries_are_refused_however_few_the_regions() {
    let (code, said) = run_changed(
        "boundaries.geojson",
        |text| text[..text.len() / 2].to_owned(),
        "regions: { include: [Beijing, Tianjin] }",
    );
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("boundaries of set"), "{said}");
}

#[test]
fn an_equivalence_table_names_classes_of_the_scenario() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("e.csv"), "region,class,factor\n440000,forrest,1.2\n").unwrap();
    let (code, said) = run_with(folder.path(), "land: { equivalence: e.csv }");
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("unknown land class \"forrest\"") && said.contains("\"forest\""), "{said}");
}

#[test]
fn two_scenarios_of_one_name() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = root().join("scenarios/baseline.yaml");
    for file in ["a.yaml", "b.yaml"] {
        let text = format!("extends: {}\nname: same\n", baseline.display());
        std::fs::write(folder.path().join(file), text).unwrap();
    }
    let output = icf_in(folder.path(), &["run-scenario", "a.yaml", "b.yaml", "--out", "out"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("a.yaml is named `same` too"), "{}", stderr(&output));
    assert!(folder.path().join("out/same/manifest.json").exists());
}

#[test]
fn a_model_of_one_region_is_named_where_it_stands() {
    check(
        "gaps: { policy: none }\nprojection:\n  regions:\n    Ningxia:\n      emissions: { model: log-linear, from: 2000, to: 2002 }",
        &["emissions of Ningxia", "bad.yaml:7:"],
    );
}

/// What a run warns of, and still does.
#[track_caller]
fn check_warning(lines: &str, expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let baseline = root().join("scenarios/baseline.yaml");
    let text = format!("extends: {}\nname: doubtful\n{lines}\n", baseline.display());
    std::fs::write(folder.path().join("doubtful.yaml"), text).unwrap();
    for command in [vec!["run-scenario", "doubtful.yaml", "--out", "out"], vec!["validate", "doubtful.yaml"]]
    {
        let output = icf_in(folder.path(), &command);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        for part in expected {
            assert!(stderr(&output).contains(part), "{part:?} is not in\n{}", stderr(&output));
        }
    }
}

#[test]
fn models_that_do_not_see_something() {
    check_warning(
        "accounting: { non_energy: exclude }\nprojection: { emissions: { model: log-linear, from: 2012, to: 2021 } }",
        &["runs through years whose feedstock is not known (2012–2013)", "`from: 2014`"],
    );
    check_warning(
        "projection: { population: { model: path, points: { 2023: 101 %, 2030: 99 % } } }",
        &["the population of 2023 is known"],
    );
}

#[test]
fn levers_that_the_run_does_not_allow() {
    check(
        "accounting: { fuels: [raw-coal, coke] }\nlevers:\n  - { lever: fuel-switch, fuel: raw-coal, instead: natural-gas, share: 5 %, by: 2030 }",
        &[
            "`natural-gas` is not among the fuels of the run",
            "bad.yaml:5:",
            "take it into `accounting.fuels`",
        ],
    );
    check(
        "levers:\n  - { lever: capture, rate: 105 % }\n  - { lever: drought, years: [2019], loss: 5 % }",
        &[
            "105 % is more than the region emits",
            "bad.yaml:4:",
            "2019 is a year of the history",
            "bad.yaml:5:",
        ],
    );
    check(
        "levers:\n  - { lever: capture, regions: [Atlantis], rate: 5 % }\n  - { lever: trade, regions: [estern] }",
        &["no region or group `Atlantis`", "bad.yaml:4:", "no region or group `estern`", "bad.yaml:5:"],
    );
    check_warning(
        "levers: [{ lever: standards, regions: [Yunnan], rates: { I: 1 %/yr } }]",
        &["no region is in zone I in 2022", "doubtful.yaml:3:"],
    );
}

#[test]
fn validate_refuses_what_a_run_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = root().join("scenarios/baseline.yaml");
    for (number, lines) in [
        "land: { equivalence: gone.csv }",
        "spatial: { islands: { policy: error } }",
        "regions: { include: [Ningxia] }\ngaps: { policy: none }\nprojection: { emissions: { from: 2000, to: 2002 } }",
    ]
    .into_iter()
    .enumerate()
    {
        let file = format!("{number}.yaml");
        let text = format!("extends: {}\nname: bad\n{lines}\n", baseline.display());
        std::fs::write(folder.path().join(&file), text).unwrap();
        for command in ["run-scenario", "validate"] {
            let output = icf_in(folder.path(), &[command, &file]);
            assert_eq!(output.status.code(), Some(3), "{command} {lines}: {}", stderr(&output));
        }
    }
}

#[test]
fn validate_says_the_same_without_running() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.yaml"), "name: a\nhorzion: 2030\n").unwrap();
    let output = icf_in(folder.path(), &["validate", "a.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("horzion"), "{}", stderr(&output));
    let output = icf_in(folder.path(), &["validate", "a.yaml", "--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    let mistakes: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert!(mistakes.as_array().unwrap().iter().any(|mistake| mistake["place"]["line"] == 2), "{mistakes}");
}
