//! What a run says of its models, held against `icf forecast` on the same series.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use support::table::{Row, figure, rows, table};
use support::{icf_in, root, stderr, stdout};

/// Runs a scenario that extends the baseline, and gives its folder.
fn run(folder: &Path, name: &str, lines: &str) -> PathBuf {
    let baseline = root().join("scenarios/baseline.yaml");
    let text = format!(
        "extends: {}\nname: {name}\noutputs: {{ tables: [csv], figures: false, page: false, exchange: [] }}\n{lines}\n",
        baseline.display()
    );
    std::fs::write(folder.join(format!("{name}.yaml")), text).unwrap();
    let output = icf_in(folder, &["run-scenario", &format!("{name}.yaml"), "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    folder.join("runs").join(name)
}

/// A figure bit for bit; `None` where there is none.
fn bits(row: &Row, column: &str) -> Option<u64> {
    figure(row, column).map(f64::to_bits)
}

/// The history of a column of `regions`, as a file for the commands that take one series.
fn history(folder: &Path, run: &Path, column: &str) {
    let mut text = "id,year,v\n".to_owned();
    for row in table(run, "regions").iter().filter(|row| row["phase"] == "history") {
        text.push_str(&format!("{},{},{}\n", row["region"], row["year"], row[column]));
    }
    std::fs::write(folder.join("series.csv"), text).unwrap();
}

fn forecast(folder: &Path, arguments: &[&str]) -> (Vec<Row>, String) {
    let fixed = ["forecast", "--data", "series.csv", "--value", "v", "--year", "year", "--id", "id"];
    let all: Vec<&str> =
        fixed.iter().chain(&["--to", "2030", "--format", "csv"]).chain(arguments).copied().collect();
    let output = icf_in(folder, &all);
    assert!(output.status.success(), "{}", stderr(&output));
    (rows(&stdout(&output)), stderr(&output))
}

#[track_caller]
fn check(scenario: &str, command: &[&str], has_intervals: bool) {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), "one", &format!("projection: {{ emissions: {{ {scenario} }} }}"));
    history(folder.path(), &made, "ice_t");
    let of_run: Vec<Row> =
        table(&made, "projection").into_iter().filter(|row| row["quantity"] == "emissions").collect();
    let (alone, _) = forecast(folder.path(), command);
    let alone: BTreeMap<(&str, &str), &Row> =
        alone.iter().map(|row| ((row["id"].as_str(), row["year"].as_str()), row)).collect();
    assert_eq!(of_run.len(), 30 * 8);
    for row in &of_run {
        let other = alone[&(row["region"].as_str(), row["year"].as_str())];
        for column in ["value", "lower80", "upper80", "lower95", "upper95"] {
            assert_eq!(bits(row, column), bits(other, column), "{scenario}: {column} of {row:?}");
        }
        assert_eq!(bits(row, "lower80").is_some(), has_intervals, "{scenario}: {row:?}");
        let ends = ["lower95", "lower80", "value", "upper80", "upper95"].map(|column| bits(row, column));
        let known: Vec<f64> = ends.into_iter().flatten().map(f64::from_bits).collect();
        assert!(known.is_sorted(), "{scenario}: {row:?}");
    }
}

#[test]
fn intervals_are_those_of_the_command() {
    check(
        "model: log-linear, from: 2012, to: 2021",
        &["--model", "log-linear", "--from", "2012", "--to-year", "2021"],
        true,
    );
    check("model: drift", &["--model", "drift"], true);
    check("model: damped", &["--model", "damped"], true);
    // Errors of the past at the same distance.
    check("model: theil-sen", &["--model", "theil-sen"], true);
    check(
        "model: path, points: { 2025: 102 %, 2030: 85 % }",
        &["--model", "path", "--point", "2025=102 %", "--point", "2030=85 %"],
        false,
    );
}
