//! The garden of methods, held against runs of its paths.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use serde_json::Value;
use support::table::{number, rows, table};
use support::{icf, icf_in, root, stderr, stdout};

/// Runs a scenario of the repository; gives the folder of its results.
fn run(folder: &Path, file: &str, sets: &[&str]) {
    let file = root().join("scenarios").join(file);
    let mut arguments = vec!["run-scenario", file.to_str().unwrap(), "--out", "run", "--quiet"];
    sets.iter().for_each(|set| arguments.extend(["--set", *set]));
    let output = icf_in(folder, &arguments);
    assert!(output.status.success(), "{}", stderr(&output));
}

fn garden(arguments: &[&str]) -> String {
    let baseline = root().join("scenarios/baseline.yaml");
    let output = icf(&[&["garden", baseline.to_str().unwrap()], arguments].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output)
}

/// Path number `path` of the baseline's garden gives what a run of `file` gives, to the last digit.
#[track_caller]
fn check(path: usize, file: &str, sets: &[&str], claims: &str) {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), file, sets);
    let of = |name: &str| table(&folder.path().join("run"), name);
    let rows = rows(&garden(&["--format", "csv"]));
    assert_eq!(rows.len(), 24);
    let row = &rows[path - 1];
    let same = |column: &str, expected: &str| {
        let number = |text: &str| text.parse::<f64>().ok();
        let is_same = row[column] == expected || number(&row[column]) == number(expected);
        assert!(is_same && !row[column].is_empty(), "path {path}, {column}: {} and {expected}", row[column]);
    };
    let nation = of("nation");
    for (year, word) in [("2000", "first"), ("2022", "last"), ("2030", "horizon")] {
        let nation = nation.iter().find(|nation| nation["year"] == year).unwrap();
        same(&format!("depth_{word}"), &nation["depth"]);
        same(&format!("depth_netted_{word}"), &nation["depth_netted"]);
        same(&format!("regions_in_deficit_{word}"), &nation["regions_in_deficit"]);
        if word != "horizon" {
            same(&format!("emissions_{word}_t"), &nation["ice_t"]);
        }
        if word == "last" {
            same("sink_last_t", &nation["cs_t"]);
        }
    }
    for moran in of("moran") {
        let word = match moran["year"].as_str() {
            "2000" => "first",
            "2022" => "last",
            _ => continue,
        };
        let variable = if moran["variable"] == "depth" { "depth" } else { "size" };
        same(&format!("moran_{variable}_{word}"), &moran["statistic"]);
    }
    let thresholds = of("thresholds");
    let held: Vec<_> = thresholds.iter().filter(|held| held["scope"] == "nation").collect();
    assert_eq!(held.len(), 3);
    for held in held {
        let name = &held["threshold"];
        let year = match (held["already_at_start"].as_str(), held["first_year"].as_str()) {
            ("true", _) => "already",
            (_, "") => "never",
            (_, year) => year,
        };
        same(&format!("{name}_first_year"), year);
        same(&format!("{name}_margin_horizon"), &held["margin_horizon"]);
    }
    let mut placed = 0;
    for region in of("regions").iter().filter(|region| region["year"] == "2022") {
        if !region["quadrant"].is_empty() {
            let members = &row[&format!("quadrant_{}", region["quadrant"].to_lowercase())];
            assert!(members.split(", ").any(|name| name == region["name"]), "{members}: {}", region["name"]);
            placed += 1;
        }
    }
    assert_eq!(placed, 30);
    if !claims.is_empty() {
        let json: Value = serde_json::from_str(&garden(&["--format", "json"])).unwrap();
        let verdicts = json["verdicts"].as_array().unwrap();
        let printed = of("paper_claims");
        assert_eq!(verdicts.iter().filter(|verdict| verdict["kind"] == "claim").count(), printed.len());
        for (claim, verdict) in printed.iter().zip(verdicts) {
            assert_eq!(verdict["of"], claim["claim"].as_str());
            assert_eq!(verdict["printed"], claim["printed"].as_str());
            assert_eq!(verdict["outcomes"][path - 1]["computed"], claim[claims].as_str());
        }
    }
}

#[test]
fn the_own_path_is_the_scenario_digit_for_digit() {
    check(15, "baseline.yaml", &[], "computed_coherent");
    let rows = rows(&garden(&["--format", "csv"]));
    let own: Vec<&String> = rows.iter().filter(|row| row["own"] == "true").map(|row| &row["path"]).collect();
    assert_eq!(own, ["15"]);
    assert_eq!(rows[14]["quadrants_changed"], "0");
}

#[test]
fn the_printed_path_is_the_scenario_as_published() {
    check(3, "as-published.yaml", &[], "computed_as_published");
}

#[test]
fn any_path_is_what_its_keys_say() {
    let sets = [
        "accounting.formula=ceads",
        "accounting.basis=as-printed",
        "land.source=modis-2019",
        "accounting.non_energy=exclude",
    ];
    check(18, "baseline.yaml", &sets, "");
}

/// The factors of CEADs against a sum by hand: Beijing in 2019, eight fuels.
#[test]
fn the_factors_of_ceads_are_those_of_the_data_set() {
    let data = root().join("crates/icf-data/china-provinces");
    let read = |name: &str| rows(&std::fs::read_to_string(data.join(name)).unwrap());
    let factors: std::collections::BTreeMap<String, f64> = read("fuels.csv")
        .into_iter()
        .filter(|fuel| !fuel["paper_d"].is_empty())
        .map(|fuel| (fuel["fuel"].clone(), number(&fuel, "ceads_factor")))
        .collect();
    assert_eq!(factors.len(), 8);
    // 10⁴ t are 10⁷ kg, 10⁸ m³ are 10⁸ m³; kg of CO2 to t.
    let by_hand: f64 = read("energy.csv")
        .into_iter()
        .filter(|row| {
            row["region"] == "110000" && row["year"] == "2019" && factors.contains_key(&row["fuel"])
        })
        .map(|row| {
            let scale = if row["unit"] == "1e8 m3" { 1e5 } else { 1e4 };
            number(&row, "quantity") * scale * factors[&row["fuel"]]
        })
        .sum();
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "baseline.yaml", &["accounting.formula=ceads"]);
    let run = folder.path().join("run");
    let regions = table(&run, "regions");
    let row = regions.iter().find(|row| row["region"] == "110000" && row["year"] == "2019").unwrap();
    let computed = number(row, "ice_tco2");
    assert!((computed / by_hand - 1.0).abs() < 1e-12, "{computed} {by_hand}");
    assert!((number(row, "ice_t") / (by_hand * 12.0 / 44.0) - 1.0).abs() < 1e-12);
    let factors = table(&run, "fuel_factors");
    assert!(factors.iter().all(|factor| factor["source"].contains("CEADs")));
}

#[test]
fn every_verdict_is_counted_over_all_paths() {
    let rows = rows(&garden(&["--format", "csv", "--table", "flips"]));
    let json: Value = serde_json::from_str(&garden(&["--format", "json"])).unwrap();
    let verdicts = json["verdicts"].as_array().unwrap();
    assert_eq!(rows.len(), verdicts.len());
    for (row, verdict) in rows.iter().zip(verdicts) {
        assert_eq!(row["paths"], "24");
        assert_eq!(verdict["outcomes"].as_array().unwrap().len(), 24);
        assert_eq!((row["formula_pairs"].as_str(), row["land_pairs"].as_str()), ("24", "12"));
        let mixed = !matches!(row["holds"].as_str(), "0" | "24");
        // A verdict that holds on some paths has a choice that turns it.
        assert!(!mixed || !row["decided_by"].is_empty(), "{}", row["of"]);
    }
    let basis = rows.iter().find(|row| row["of"] == "capacity").unwrap();
    assert_eq!(
        (basis["holds"].as_str(), basis["decided_by"].as_str(), basis["holds_with"].as_str()),
        ("12", "basis", "with basis as-printed")
    );
}

#[test]
fn a_path_that_the_data_do_not_allow_is_a_row_with_its_reason() {
    let cities = root().join("scenarios/cities.yaml");
    let output = icf(&["garden", cities.to_str().unwrap(), "--format", "csv"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let rows = rows(&stdout(&output));
    assert_eq!(rows.len(), 24);
    for row in &rows {
        let allowed = row["formula"] == "q-d" && row["feedstock"] == "include";
        let lacks = match row["formula"].as_str() {
            "q-d" if allowed => "as in data without land",
            "q-d" => "feedstock",
            _ => "needs fuels",
        };
        assert!(row["reason"].contains(lacks), "{row:?}");
        assert_eq!(row["regions_in_deficit_last"], "", "no land, no deficit");
    }
}

#[test]
fn threads_move_no_byte() {
    for format in ["text", "csv", "json"] {
        let answers: Vec<String> = ["1", "2", "8"]
            .iter()
            .map(|threads| garden(&["--format", format, "--threads", threads]))
            .collect();
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{format}");
    }
}

#[test]
fn mistakes_have_their_place() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("wrong.yaml"),
        format!(
            "extends: {}\nname: wrong\naccounting: {{ formula: q-d-s, basis: co2 }}\n",
            root().join("scenarios/baseline.yaml").display()
        ),
    )
    .unwrap();
    let output = icf_in(folder.path(), &["garden", "wrong.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    let said = stderr(&output);
    assert!(
        said.contains("wrong.yaml:3:24") && said.contains("`accounting.formula` cannot be `q-d-s`"),
        "{said}"
    );
    assert!(said.contains("`accounting.basis` cannot be `co2`"), "{said}");
    assert!(stdout(&output).is_empty());
    assert_eq!(icf(&["garden", "nothing.yaml"]).status.code(), Some(3));
    assert_eq!(icf(&["garden", "--format", "yaml"]).status.code(), Some(2));
}
