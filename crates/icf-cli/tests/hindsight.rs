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

use support::table::{Row, figure, number, rows, table};
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

/// A model of the scenario's own window stands beside one of the same name that is fitted on all years, which says so.
#[test]
fn a_model_that_stands_twice_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), "twice", "projection: { sink: { model: constant } }");
    let rows = table(&made, "backtest");
    let notes = |quantity: &str, scope: &str, model: &str| -> Vec<(String, String)> {
        let same = rows.iter().filter(|row| {
            (row["quantity"].as_str(), row["scope"].as_str(), row["model"].as_str())
                == (quantity, scope, model)
        });
        same.map(|row| (row["chosen"].clone(), row["note"].clone())).collect()
    };
    let found = notes("emissions", "nation", "log-linear");
    let [(first, own), (second, other)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((first.as_str(), own.as_str(), second.as_str()), ("true", "", "false"));
    assert!(other.contains("fitted on all years that were known"), "{other}");
    // What is the same model to the last parameter stands there once.
    assert_eq!(notes("sink", "nation", "constant"), [("true".to_owned(), String::new())]);
}

/// What `icf forecast` says of the best model is what the table of back-tests says of it.
#[test]
fn back_tests_are_those_of_the_command() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), "flat", "projection: { emissions: { model: constant } }");
    history(folder.path(), &made, "ice_t");
    let (_, notes) = forecast(folder.path(), &["--model", "best"]);
    let rows = table(&made, "backtest");
    let mut told = 0;
    for note in notes.lines().filter(|note| note.contains(" chosen: ")) {
        // icf: 110000: drift chosen: MASE 1.234 over 51 forecasts of the past, that of no change 1.500
        let words: Vec<&str> = note.split_whitespace().collect();
        let (id, model) = (words[1].trim_end_matches(':'), words[2]);
        let of_region: Vec<&Row> = rows
            .iter()
            .filter(|row| row["quantity"] == "emissions" && row["scope"] == "region" && row["region"] == id)
            .collect();
        let row = of_region.iter().find(|row| row["model"] == model).unwrap();
        let printed = |value: f64| format!("{value:.3}");
        assert_eq!(printed(number(row, "mase")), words[5], "{note}");
        assert_eq!(row["forecasts"], words[7], "{note}");
        assert_eq!(printed(number(row, "naive_mase")), *words.last().unwrap(), "{note}");
        let least = of_region.iter().map(|row| number(row, "mase")).fold(f64::INFINITY, f64::min);
        assert_eq!(number(row, "mase"), least, "{note}");
        told += 1;
    }
    assert_eq!(told, 30);

    // The forecast of no change is the scenario's own, and stands there once.
    let own: Vec<&Row> =
        rows.iter().filter(|row| row["chosen"] == "true" && row["quantity"] == "emissions").collect();
    assert_eq!(own.len(), 30 + 2);
    assert!(own.iter().all(|row| row["model"] == "constant" && row["mase"] == row["naive_mase"]));
    assert!(
        rows.iter().all(|row| row["chosen"] == "true"
            || row["quantity"] != "emissions"
            || row["model"] != "constant")
    );
    for row in &rows {
        for level in ["80", "95"] {
            let column = |end: &str| figure(row, &format!("coverage{level}{end}"));
            let Some(share) = column("") else { continue };
            assert!((0.0..=1.0).contains(&share), "{row:?}");
            if let Some((low, high)) = column("_low").zip(column("_high")) {
                assert!(low <= share && share <= high && low < high, "{row:?}");
            }
        }
    }
}

#[test]
fn bands_are_around_the_sums_of_the_projection() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), "bands", "");
    let projection = table(&made, "projection");
    let bands = table(&made, "bands");
    assert_eq!(bands.iter().filter(|row| row["quantity"] == "emissions").count(), 8);
    for row in &bands {
        let of_year = projection
            .iter()
            .filter(|other| other["quantity"] == row["quantity"] && other["year"] == row["year"]);
        let sum: f64 = of_year.map(|other| number(other, "value")).sum();
        assert!((sum / number(row, "value") - 1.0).abs() < 1e-12, "{row:?}");
        // ⌈(m + 1)·0.8⌉ errors of the past are needed.
        let (errors, low) = (number(row, "errors"), figure(row, "lower80"));
        assert_eq!(low.is_some(), (0.8 * (errors + 1.0)).ceil() <= errors, "{row:?}");
        assert!(low.is_none_or(|low| low <= sum && sum <= number(row, "upper80")), "{row:?}");
    }
}

#[test]
fn effects_sum_to_the_change_without_rest() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), "drivers", "");
    let emissions: BTreeMap<(String, String), f64> = table(&made, "regions")
        .iter()
        .map(|row| ((row["region"].clone(), row["year"].clone()), number(row, "ice_t")))
        .collect();
    let rows = table(&made, "decomposition");
    let effects = ["population", "nominal_product_per_head", "nominal_intensity", "fuel_mix"];
    for row in &rows {
        let sum: f64 = effects.iter().map(|effect| number(row, effect)).sum();
        assert_eq!(sum, number(row, "change"), "{row:?}");
        assert_eq!(number(row, "residual"), 0.0, "{row:?}");
        if row["scope"] == "region" {
            let of = |year: &str| emissions[&(row["region"].clone(), row[year].clone())];
            assert!((of("to") - of("from") - sum).abs() <= 1.0 / 1024.0, "{row:?}");
        }
    }
    // Regions sum to groups and the nation, phases to the whole.
    let of = |scope: &str| rows.iter().filter(move |row| row["scope"] == scope).collect::<Vec<&Row>>();
    for nation in of("nation") {
        let is_of_span = |row: &&Row| row["from"] == nation["from"] && row["to"] == nation["to"];
        for column in effects.iter().chain(&["change"]) {
            for scope in ["region", "group"] {
                let sum: f64 = of(scope).into_iter().filter(is_of_span).map(|row| number(row, column)).sum();
                assert_eq!(sum, number(nation, column), "{column} of {scope}");
            }
        }
    }
    let sum_of = |span: &str| {
        of("nation")
            .into_iter()
            .filter(|row| row["span"] == span)
            .map(|row| number(row, "change"))
            .sum::<f64>()
    };
    assert_eq!(sum_of("phase"), sum_of("whole"));
}

#[test]
fn threads_move_no_byte_of_what_the_best_models_are() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "best", "projection: { emissions: { model: best }, sink: { model: best } }");
    let read = |threads: &str| {
        let output = icf_in(folder.path(), &["run-scenario", "best.yaml", "--quiet", "--threads", threads]);
        assert!(output.status.success(), "{}", stderr(&output));
        ["projection", "models", "backtest", "bands", "decomposition"]
            .map(|name| std::fs::read(folder.path().join(format!("runs/best/tables/{name}.csv"))).unwrap())
    };
    let one = read("1");
    assert_eq!(one, read("2"));
    assert_eq!(one, read("8"));
}
