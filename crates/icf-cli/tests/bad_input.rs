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

    assert!(run("kept").status.success());
    assert_eq!(std::fs::read(folder.path().join("kept/tables/nation.csv")).unwrap(), before);
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".icf"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
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
