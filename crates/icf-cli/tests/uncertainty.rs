//! Scenarios that draw what is not known, as a user runs them.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::table::{Row, number, rows, table};
use support::{icf, icf_in, refused, root, stderr, stdout};

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
    let nation = table(&folder.path().join("drawn-2"), "nation");
    let ensemble = table(&folder.path().join("drawn-2"), "ensemble");
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
            let of =
                |row: &&Row| row["scope"] == scope && row["quantity"] == quantity && row["year"] == "2030";
            ensemble.iter().filter(of).map(|row| number(row, "mean")).sum()
        };
        for scope in ["group", "region"] {
            assert!((mean(scope) / mean("nation") - 1.0).abs() < 1e-12, "{quantity} {scope}");
        }
    }
    // A probability of one kind never falls as years go by, and a year's is never above it.
    let chances = table(&folder.path().join("drawn-2"), "threshold_probability");
    for rows in chances.chunk_by(|a, b| (&a["threshold"], &a["region"]) == (&b["threshold"], &b["region"])) {
        let by: Vec<f64> = rows.iter().map(|row| number(row, "p_by_year")).collect();
        assert!(by.is_sorted() && by.iter().all(|share| (0.0..=1.0).contains(share)), "{rows:?}");
        assert!(rows.iter().all(|row| number(row, "p_in_year") <= number(row, "p_by_year")));
    }
    let capacity = chances
        .iter()
        .find(|row| row["threshold"] == "capacity" && row["region"] == "310000" && row["year"] == "2030");
    let warnings = table(&folder.path().join("drawn-2"), "early_warning");
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
    let sink = |name: &str| -> Vec<Row> {
        let rows = table(&folder.path().join(name), "ensemble");
        rows.into_iter().filter(|row| row["quantity"] == "sink" || row["quantity"] == "cec").collect()
    };
    assert_eq!(sink("one-2"), sink("other-2"));
    let emissions = |name: &str| {
        let rows = table(&folder.path().join(name), "ensemble");
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

#[test]
fn what_cannot_be_drawn_is_refused_before_it_is() {
    let refused =
        |inputs: &str, words: &[&str]| refused(&format!("uncertainty:\n  inputs:\n{inputs}"), words);
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

/// A bar of the tornado is the difference of two scenarios that anyone can run, and shares of the variance sum to one where
/// inputs do not act on each other.
#[test]
fn what_decides_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let lines = "
projection: { emissions: { model: rate, rate: 1 %/yr } }
uncertainty:
  draws: 1000
  replicates: 2
  inputs:
    projection.emissions.rate: { distribution: uniform, min: 0 %/yr, max: 2 %/yr }
    \"thresholds[0].level\": { distribution: uniform, min: 8e8 tC, max: 9e8 tC }
  sensitivity: [tornado, morris, sobol, rank]
outputs: { tables: [csv], maps: [], figures: false, page: true }
";
    run(folder.path(), "decides", lines, "2");
    let rows = table(&folder.path().join("decides-2"), "sensitivity");
    let of = |method: &str, measure: &str, input: &str| {
        let row = rows.iter().find(|row| {
            (row["threshold"].as_str(), row["output"].as_str()) == ("sink-2030", "margin")
                && row["method"] == method
                && row["measure"] == measure
                && row["input"] == input
        });
        row.unwrap_or_else(|| panic!("{method} {measure} {input}")).clone()
    };
    let (rate, level) = ("projection.emissions.rate", "thresholds[0].level");
    for (end, column) in [("0.1", "low"), ("1.9", "high")] {
        // The level at its median is 8.5e8 tC.
        let alone = lines.replace("rate: 1 %/yr } }", &format!("rate: {end} %/yr }} }}"));
        let alone = &alone[..alone.find("uncertainty:").unwrap()];
        let level =
            "thresholds:\n  - { name: sink-2030, kind: emissions, level: 8.5e8 tC, scopes: [nation] }\n";
        run(folder.path(), "alone", &format!("{alone}{level}"), "1");
        let held = table(&folder.path().join("alone-1"), "thresholds");
        let margin =
            number(held.iter().find(|row| row["threshold"] == "sink-2030").unwrap(), "margin_horizon");
        let bar = number(&of("tornado", "swing", rate), column);
        assert!((bar / margin - 1.0).abs() < 1e-9, "{column}: {bar} {margin}");
    }
    let first: f64 = [rate, level].map(|input| number(&of("sobol", "first", input), "value")).iter().sum();
    assert!((first - 1.0).abs() < 0.01, "{first}");
    let spearman = number(&of("rank", "spearman", rate), "value");
    assert!(spearman < -0.5, "more emissions leave less room: {spearman}");
    assert!(number(&of("morris", "mu_star", rate), "value") > 0.0);
    let page = std::fs::read_to_string(folder.path().join("decides-2/report.html")).unwrap();
    assert!(page.contains("Which assumption decides"));
}

/// Runs side by side say how probable a crossing is, and a condition can be put on it.
#[test]
fn runs_are_compared_by_their_probabilities() {
    let folder = tempfile::tempdir().unwrap();
    let lines = |sink: &str| {
        format!(
            "
projection: {{ sink: {{ model: rate, rate: {sink} }} }}
uncertainty: {{ draws: 400, replicates: 2, inputs: {{ projection.emissions: {{ distribution: residuals }} }} }}
outputs: {{ tables: [csv], maps: [], figures: false, page: false }}
"
        )
    };
    run(folder.path(), "gains", &lines("3 %/yr"), "2");
    run(folder.path(), "loses", &lines("-3 %/yr"), "2");
    let compare = |condition: &str| {
        icf_in(folder.path(), &["compare", "gains-2", "loses-2", "--out", "both.csv", "--fail-on", condition])
    };
    let output = compare("nation.capacity.probability > 1");
    assert!(output.status.success(), "{}", stderr(&output));
    let rows = rows(&std::fs::read_to_string(folder.path().join("both.csv")).unwrap());
    let shares: Vec<f64> = rows.iter().map(|row| number(row, "capacity_p_horizon")).collect();
    assert!(shares[0] < shares[1], "{shares:?}");
    for (row, share) in rows.iter().zip(&shares) {
        let chances = table(&folder.path().join(format!("{}-2", row["scenario"])), "threshold_probability");
        let of = |chance: &&Row| {
            (&*chance["threshold"], &*chance["scope"], &*chance["year"]) == ("capacity", "nation", "2030")
        };
        assert_eq!(number(chances.iter().find(of).unwrap(), "p_by_year"), *share);
        assert!(stdout(&output).contains(&format!("{:.1} %)", share * 100.0)), "{}", stdout(&output));
    }
    let between = f64::midpoint(shares[0], shares[1]) * 100.0;
    let output = compare(&format!("nation.capacity.probability > {between} %"));
    assert_eq!(output.status.code(), Some(4));
    assert!(
        stderr(&output).contains("loses: ") && !stderr(&output).contains("gains: "),
        "{}",
        stderr(&output)
    );
    // A run that draws nothing has no probability, and says so.
    let output = icf_in(
        folder.path(),
        &[
            "compare",
            root().join("scenarios/baseline.yaml").to_str().unwrap(),
            "--fail-on",
            "nation.capacity.probability > 0",
        ],
    );
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("nothing is drawn"), "{}", stderr(&output));
}

/// A slip in the key itself is told, whatever stands in it; and what a drawn key says is explained with its place.
#[test]
fn a_misspelt_key_is_told_and_a_drawn_one_explained() {
    let folder = tempfile::tempdir().unwrap();
    let write = |key: &str| {
        let base = root().join("scenarios/baseline.yaml");
        let lines =
            "  inputs:\n    projection.sink.rate: { distribution: uniform, min: -1 %/yr, max: 0 %/yr }\n";
        let text = format!("extends: {}\nname: slip\n{key}:\n  draws: 200\n{lines}", base.display());
        std::fs::write(folder.path().join("slip.yaml"), text).unwrap();
    };
    for slip in ["uncertainity", "uncertanty", "uncertainties"] {
        write(slip);
        let output = icf_in(folder.path(), &["validate", "slip.yaml"]);
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        assert!(stderr(&output).contains("did you mean `uncertainty`?"), "{}", stderr(&output));
    }
    write("uncertainty");
    let key = "uncertainty.inputs.projection.sink.rate.min";
    let output = icf_in(folder.path(), &["explain", "slip.yaml", key]);
    let said = stdout(&output);
    assert!(said.contains("slip.yaml:6") || said.contains("line 6"), "{said}");
    assert!(!said.contains("default"), "{said}");
}

/// What a condition asks for and no run can tell is refused before anything runs.
#[test]
fn a_condition_that_no_run_can_tell_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let base = root().join("scenarios/baseline.yaml");
    let conditions = "[nation.capacity.probability > 50 %, nation.snk.margin < 0]";
    let text = format!("extends: {}\nname: asks\ncompare: {{ fail_on: {conditions} }}\n", base.display());
    std::fs::write(folder.path().join("asks.yaml"), text).unwrap();
    for command in ["validate", "run-scenario"] {
        let output = icf_in(folder.path(), &[command, "asks.yaml"]);
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        let said = stderr(&output);
        assert!(said.contains("nothing is drawn") && said.contains("there is no threshold `snk`"), "{said}");
        assert!(said.contains("asks.yaml:3:"), "{said}");
    }
    assert!(!folder.path().join("runs").exists());
    let text = format!(
        "extends: {}\nname: asks\nuncertainty: {{ inputs: {{ projection.horizon: {{ distribution: discrete, values: [2030, 2035] }} }} }}\n",
        base.display()
    );
    std::fs::write(folder.path().join("asks.yaml"), text).unwrap();
    let output = icf_in(folder.path(), &["validate", "asks.yaml"]);
    assert!(stderr(&output).contains("`projection.horizon` cannot be drawn"), "{}", stderr(&output));
}
