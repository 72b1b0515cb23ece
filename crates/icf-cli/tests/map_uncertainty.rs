//! Errors of what goes in, carried to the map as a user runs them.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::{icf, root, stderr};

const TABLES: [&str; 4] = ["cluster_probability", "quadrant_probability", "moran_ensemble", "input_errors"];

const SPACE: &str = "
uncertainty:
  seed: 3
  space:
    draws: 200
    years: [2022]
    errors:
      - { of: activity, each: [region, fuel], times: { distribution: lognormal, median: 1, spread: 1.1 } }
      - { of: areas, each: [region, class], times: { distribution: normal, mean: 1, sd: 0.05 } }
outputs: { tables: [csv], maps: [], figures: false, page: false }
";

/// Extends the baseline by some lines, and runs it.
fn run(folder: &Path, name: &str, lines: &str, threads: &str) {
    let file = folder.join(format!("{name}.yaml"));
    let base = root().join("scenarios/baseline.yaml");
    std::fs::write(&file, format!("extends: {}\nname: {name}\n{lines}", base.display())).unwrap();
    let out = folder.join(format!("{name}-{threads}"));
    let output =
        icf(&["run-scenario", file.to_str().unwrap(), "--out", out.to_str().unwrap(), "--threads", threads]);
    assert!(output.status.success(), "{}", stderr(&output));
}

fn table(folder: &Path, run: &str, name: &str) -> String {
    std::fs::read_to_string(folder.join(run).join(format!("tables/{name}.csv"))).unwrap()
}

#[test]
fn threads_move_no_draw() {
    let folder = tempfile::tempdir().unwrap();
    for threads in ["1", "2", "8"] {
        run(folder.path(), "off", SPACE, threads);
    }
    for name in TABLES {
        let one = table(folder.path(), "off-1", name);
        assert!(one.lines().count() > 2, "{one}");
        for threads in ["2", "8"] {
            assert!(one == table(folder.path(), &format!("off-{threads}"), name), "{name} on {threads}");
        }
    }
    // What is said without any draw is what the tables of the run say.
    let moran = table(folder.path(), "off-1", "moran");
    for row in table(folder.path(), "off-1", "moran_ensemble").lines().skip(1) {
        let start: Vec<&str> = row.splitn(5, ',').collect();
        let of_run = format!("{},", start[..4].join(","));
        assert!(moran.lines().any(|line| line.starts_with(&of_run)), "{of_run}");
    }
}

/// Another projection, another year and a drawn key beside them move no draw of the map.
#[test]
fn the_same_draws_serve_every_scenario() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "one", SPACE, "2");
    let other = SPACE
        .replace("years: [2022]", "years: [2010, 2022]")
        .replace("  seed: 3", "  seed: 3\n  draws: 200\n  inputs:\n    projection.sink.rate: { distribution: uniform, min: -1 %/yr, max: 0 %/yr }");
    run(folder.path(), "other", &format!("{other}projection: {{ emissions: {{ model: constant }} }}\n"), "2");
    for name in &TABLES[..3] {
        let of_2022 = |run: &str| {
            let table = table(folder.path(), run, name);
            table.lines().filter(|line| line.contains("2022,")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert!(of_2022("one-2").len() > 1 && of_2022("one-2") == of_2022("other-2"), "{name}");
    }
    assert!(folder.path().join("other-2/tables/ensemble.csv").is_file());
    assert!(!folder.path().join("one-2/tables/ensemble.csv").exists(), "no key is drawn");
}

#[track_caller]
fn refused(lines: &str, words: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.yaml");
    let base = root().join("scenarios/baseline.yaml");
    std::fs::write(&file, format!("extends: {}\nname: s\n{lines}", base.display())).unwrap();
    let output = icf(&["validate", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let said = stderr(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    for word in words {
        assert!(said.contains(word), "{word:?} is not in {said}");
    }
}

#[test]
fn what_cannot_be_drawn_is_refused_before_it_is() {
    let errors = |error: &str| format!("uncertainty:\n  space:\n    errors:\n      - {error}\n");
    refused(
        &errors("{ of: areas, times: { distribution: normal, mean: 1, sd: 0.4 } }"),
        &["s.yaml:6:", "no figure is below zero", "a smaller spread"],
    );
    refused(
        &errors("{ of: factors, fuels: [other-gas], times: { distribution: uniform, min: 0.9, max: 1.1 } }"),
        &["s.yaml:6:", "`other-gas` is not among the fuels of the run"],
    );
    let few = "regions: { include: [Beijing, Hebei] }\n";
    let sound = errors("{ of: activity, times: { distribution: uniform, min: 0.9, max: 1.1 } }");
    refused(
        &format!("{few}spatial: {{ islands: {{ policy: zero }} }}\n{sound}"),
        &["s.yaml:6:", "fewer than three regions"],
    );
    // Errors of the history say nothing of the projection.
    let asked = "solve:\n  - { for: nation, threshold: capacity, until: 2030, by: emissions-rate, probability: 90 % }\n";
    refused(&format!("{sound}{asked}"), &["s.yaml:8:", "a probability is asked for, and nothing is drawn"]);
}
