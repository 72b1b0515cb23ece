//! Scenarios that draw what is not known, as a user runs them.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::BTreeMap;
use std::path::Path;

use support::{icf, root, stderr, stdout};

/// Extends the baseline by some lines, runs it and gives its summary.
fn run(folder: &Path, name: &str, lines: &str, threads: &str) -> String {
    let file = folder.join(format!("{name}.yaml"));
    let base = root().join("scenarios/baseline.yaml");
    std::fs::write(&file, format!("extends: {}\nname: {name}\n{lines}", base.display())).unwrap();
    let out = folder.join(format!("{name}-{threads}"));
    let output =
        icf(&["run-scenario", file.to_str().unwrap(), "--out", out.to_str().unwrap(), "--threads", threads]);
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output)
}

/// The rows of a table by header; none of these tables has a comma within a cell.
fn table(folder: &Path, run: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(folder.join(run).join(format!("tables/{name}.csv"))).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let heads = lines.next().unwrap();
    lines
        .map(|cells| {
            assert_eq!(cells.len(), heads.len(), "{cells:?}");
            heads.iter().cloned().zip(cells).collect()
        })
        .collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

const DRAWN: &str = "
uncertainty:
  draws: 4000
  replicates: 4
  inputs:
    projection.emissions: { distribution: residuals, block: 2 }
    projection.sink.rate: { distribution: triangular, min: -0.86 %/yr, mode: -0.43 %/yr, max: 0 %/yr }
outputs: { tables: [csv], maps: [geojson], figures: true, page: true }
";

#[test]
fn tables_agree_with_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let said = run(folder.path(), "drawn", DRAWN, "2");
    let nation = table(folder.path(), "drawn-2", "nation");
    let ensemble = table(folder.path(), "drawn-2", "ensemble");
    assert_eq!(ensemble.len(), (30 + 3 + 1) * 8 * 5);
    for row in &ensemble {
        let quantiles = ["q025", "q10", "q25", "q50", "q75", "q90", "q975"].map(|name| number(row, name));
        assert!(quantiles.is_sorted(), "{row:?}");
        if row["scope"] == "nation" {
            let of = nation.iter().find(|of| of["year"] == row["year"]).unwrap();
            let column = match row["quantity"].as_str() {
                "emissions" => "ice_t",
                "sink" => "cs_t",
                "icf" => "icf_hm2",
                "cec" => "cec_hm2",
                _ => "depth",
            };
            assert_eq!(number(of, column), number(row, "deterministic"), "{row:?}");
        }
    }
    // The mean of the nation is the sum of the means of its regions, whatever goes together.
    for quantity in ["emissions", "sink"] {
        let mean = |scope: &str| -> f64 {
            let of = |row: &&BTreeMap<String, String>| {
                row["scope"] == scope && row["quantity"] == quantity && row["year"] == "2030"
            };
            ensemble.iter().filter(of).map(|row| number(row, "mean")).sum()
        };
        for scope in ["group", "region"] {
            assert!((mean(scope) / mean("nation") - 1.0).abs() < 1e-12, "{quantity} {scope}");
        }
    }
    // A probability of one kind never falls as years go by, and a year's is never above it.
    let chances = table(folder.path(), "drawn-2", "threshold_probability");
    for rows in chances.chunk_by(|a, b| (&a["threshold"], &a["region"]) == (&b["threshold"], &b["region"])) {
        let by: Vec<f64> = rows.iter().map(|row| number(row, "p_by_year")).collect();
        assert!(by.is_sorted() && by.iter().all(|share| (0.0..=1.0).contains(share)), "{rows:?}");
        assert!(rows.iter().all(|row| number(row, "p_in_year") <= number(row, "p_by_year")));
    }
    let capacity = chances
        .iter()
        .find(|row| row["threshold"] == "capacity" && row["region"] == "310000" && row["year"] == "2030");
    let warnings = table(folder.path(), "drawn-2", "early_warning");
    let shanghai = warnings.iter().find(|row| row["region"] == "310000").unwrap();
    assert_eq!(number(capacity.unwrap(), "p_in_year"), number(shanghai, "p_horizon"));
    assert_eq!(warnings.len(), 30);
    // The summary and the page say it too.
    let horizon =
        chances.iter().find(|row| row["threshold"] == "sink-2030" && row["year"] == "2030").unwrap();
    let words = format!("by 2030 in {:.1} % of the draws", 100.0 * number(horizon, "p_by_year"));
    assert!(said.contains(&words), "{words}: {said}");
    let page = std::fs::read_to_string(folder.path().join("drawn-2/report.html")).unwrap();
    assert!(page.contains("id=\"uncertainty\"") && page.contains("4000 draws"));
    assert!(folder.path().join("drawn-2/figures/nation_uncertainty.svg").is_file());
}

/// Another scenario beside it, and another threshold in it, move no draw.
#[test]
fn the_same_draws_serve_every_scenario() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "one", DRAWN, "2");
    let other = format!("{DRAWN}projection: {{ emissions: {{ model: rate, rate: 1 %/yr }} }}\n");
    run(folder.path(), "other", &other, "2");
    let sink = |name: &str| -> Vec<BTreeMap<String, String>> {
        let rows = table(folder.path(), name, "ensemble");
        rows.into_iter().filter(|row| row["quantity"] == "sink" || row["quantity"] == "cec").collect()
    };
    assert_eq!(sink("one-2"), sink("other-2"));
    let emissions = |name: &str| {
        let rows = table(folder.path(), name, "ensemble");
        rows.into_iter().filter(|row| row["quantity"] == "emissions").collect::<Vec<_>>()
    };
    assert_ne!(emissions("one-2"), emissions("other-2"));
    let more = format!("{DRAWN}    projection.population: {{ distribution: residuals }}\n")
        .replace("outputs: { tables: [csv], maps: [geojson], figures: true, page: true }\n", "");
    run(folder.path(), "more", &more, "2");
    assert_eq!(sink("one-2"), sink("more-2"));
    assert_eq!(emissions("one-2"), emissions("more-2"));
}

#[test]
fn threads_move_no_draw() {
    let folder = tempfile::tempdir().unwrap();
    // One in closed form, and one that is run again for each draw.
    let rerun = DRAWN
        .replace("projection.sink.rate: { distribution: triangular, min: -0.86 %/yr, mode: -0.43 %/yr, max: 0 %/yr }",
            "land.classes.forest.npp: { distribution: uniform, min: 3 t/hm2, max: 4.5 t/hm2 }")
        .replace("draws: 4000", "draws: 300");
    for (name, lines) in [("closed", DRAWN), ("rerun", rerun.as_str())] {
        for threads in ["1", "2", "8"] {
            run(folder.path(), name, lines, threads);
        }
        for file in ["ensemble", "threshold_probability", "early_warning"] {
            let bytes = |threads: &str| {
                std::fs::read(folder.path().join(format!("{name}-{threads}/tables/{file}.csv"))).unwrap()
            };
            assert!(bytes("1") == bytes("2") && bytes("1") == bytes("8"), "{name} {file}");
        }
    }
}

#[track_caller]
fn refused(inputs: &str, words: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.yaml");
    let base = root().join("scenarios/baseline.yaml");
    let text = format!("extends: {}\nname: s\nuncertainty:\n  inputs:\n{inputs}", base.display());
    std::fs::write(&file, text).unwrap();
    let output = icf(&["validate", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let said = stderr(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    for word in words {
        assert!(said.contains(word), "{word:?} is not in {said}");
    }
}

#[test]
fn what_cannot_be_drawn_is_refused_before_it_is() {
    refused(
        "    projection.sink.rate: { distribution: normal, mean: -0.43 %/yr, sd: 0 %/yr }\n",
        &["the standard deviation is not above zero", "s.yaml:5:"],
    );
    refused(
        "    land.classes.grassland.npp: { distribution: normal, mean: 0.9 t/hm2, sd: 0.9 t/hm2 }\n",
        &["would be drawn as `-4.498 t/hm2`: an uptake is above zero", "take a distribution with bounds"],
    );
    refused(
        "    projection.sink.rate: { distribution: triangular, min: 1 %/yr, mode: 0 %/yr, max: 2 %/yr }\n",
        &["`mode` does not lie between `min` and `max`"],
    );
    refused(
        "    projection.sink.rate: { distribution: uniform, min: 0 %/yr, max: 1 %/yr }\n\
         \u{20}   land.classes.forest.npp: { distribution: uniform, min: 3 t/hm2, max: 4 t/hm2 }\n\
         \u{20}   land.classes.grassland.npp: { distribution: uniform, min: 0.5 t/hm2, max: 1 t/hm2 }\n\
         \u{20} correlations:\n\
         \u{20}   - { between: [projection.sink.rate, land.classes.forest.npp], rank: 0.9 }\n\
         \u{20}   - { between: [projection.sink.rate, land.classes.grassland.npp], rank: 0.9 }\n\
         \u{20}   - { between: [land.classes.forest.npp, land.classes.grassland.npp], rank: -0.9 }\n",
        &["the correlations contradict each other", "the nearest that go together: 0.482", "s.yaml:8:3"],
    );
}
