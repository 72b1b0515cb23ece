//! `icf forecast`: what it prints for each model, and what it refuses.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::process::Output;

use serde_json::Value;
use support::{icf_in, root, stderr, stdout};

/// The emissions of China that the pure crate holds against other programs, in Mt C.
fn china() -> String {
    let text = std::fs::read_to_string(root().join("crates/icf-projection/tests/data/series.csv")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("china,"));
    format!("year,mt\n{}\n", rows.collect::<Vec<_>>().join("\n"))
}

/// Two regions with residents and product; `b` begins later.
const PANEL: &str = "id,year,t,people,yuan\n\
    a,2018,8,1,2\na,2019,9,1,2\na,2020,10,1,4\na,2021,11,1,5\n\
    b,2019,1,2,2\nb,2020,2,2,2\nb,2021,4,2,4\n";

fn run(table: &str, line: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("t.csv"), table).unwrap();
    let mut arguments = vec!["forecast", "--data", "t.csv", "--year", "year"];
    // A space within a value is written as an underscore.
    let words: Vec<String> = line.split_whitespace().map(|word| word.replace('_', " ")).collect();
    arguments.extend(words.iter().map(String::as_str));
    icf_in(folder.path(), &arguments)
}

#[track_caller]
fn csv(table: &str, line: &str) -> Vec<String> {
    let output = run(table, &format!("{line} --format csv"));
    assert!(output.status.success(), "{line}: {}", stderr(&output));
    stdout(&output).lines().map(str::to_owned).collect()
}

#[track_caller]
fn check(table: &str, line: &str, code: i32, expected: &[&str]) {
    let output = run(table, line);
    let said = stderr(&output).replace("\n  │ ", " ").replace("\n        ", " ");
    assert_eq!(output.status.code(), Some(code), "{line}: {said}");
    for part in expected {
        assert!(said.contains(part), "{line}: {part:?} is not in\n{said}");
    }
    assert!(output.stdout.is_empty(), "{line} printed something");
}

#[test]
fn the_columns_are_fixed_and_follow_the_levels() {
    let rows = csv(&china(), "--value mt --model drift --to 2024");
    assert_eq!(rows[0], "id,year,value,lower80,upper80,lower95,upper95,fitted");
    assert_eq!(rows.len(), 1 + 23 + 2);
    assert_eq!(rows[1], ",2000,371.3,,,,,");
    assert!(rows[2].starts_with(",2001,364.5,,,,,390.87"), "{}", rows[2]);
    assert!(rows[24].starts_with(",2023,821.57727272727"), "{}", rows[24]);
    assert!(rows[24].ends_with(','), "nothing is fitted in a year to come: {}", rows[24]);
    let rows = csv(&china(), "--value mt --model drift --to 2024 --level 50,97.5");
    assert_eq!(rows[0], "id,year,value,lower50,upper50,lower97.5,upper97.5,fitted");
}

/// The interval that R 4.2.2 gives for lm on the logarithms.
#[test]
fn the_interval_of_log_linear() {
    let output = run(&china(), "--value mt --model log-linear --anchor trend --to 2023 --format json");
    let rows: Vec<Value> = serde_json::from_str(&stdout(&output)).unwrap();
    let last = rows.last().unwrap();
    let text = std::fs::read_to_string(root().join("crates/icf-projection/tests/data/r.csv")).unwrap();
    for end in ["lower80", "upper80", "lower95", "upper95"] {
        let line =
            text.lines().find(|line| line.starts_with(&format!("china,log_linear,{end},2023,"))).unwrap();
        let expected: f64 = line.rsplit(',').next().unwrap().parse().unwrap();
        let found = last[end].as_f64().unwrap();
        assert!((found - expected).abs() < 1e-9 * expected, "{end}: {found} is not {expected}");
    }
    assert!(rows[0]["id"].is_null());
    assert!(rows[0]["lower80"].is_null());
}

#[test]
fn every_model_goes_alone() {
    let of = |model: &str| {
        let rows = csv(&china(), &format!("--value mt --model {model} --to 2024"));
        rows.last().unwrap().split(',').nth(2).unwrap().parse::<f64>().unwrap()
    };
    let near = |model: &str, expected: f64| {
        let found = of(model);
        assert!((found - expected).abs() < 1e-6 * expected, "{model}: {found} is not {expected}");
    };
    near("constant", 802.0);
    near("rate --rate -2_%/yr", 802.0 * 0.98 * 0.98);
    near("cagr --from 2012 --to-year 2022", 802.0 * (802.0_f64 / 915.0).powf(0.2));
    near("path --point 2023=90% --point 2025=100%", 802.0 * 0.95);
    near("logistic-peak --peak 2024 --height 105% --steepest 2035 --floor 20%", 802.0 * 1.05);
    assert_eq!(of("fitted --from 2012"), of("log-linear --from 2012"));
    assert_eq!(of("best --among drift"), of("drift"));
    for model in ["theil-sen", "damped --phi 0.9", "segmented --shortest 5 --most 3 --floor 2%", "best"] {
        assert!(of(model) > 500.0 && of(model) < 1500.0, "{model}");
    }
}

#[test]
fn models_of_several_series_and_columns() {
    let rows = csv(PANEL, "--id id --value t --model top-down --total constant --to 2022");
    // The sum of 2021 is 15, and stays.
    assert!(rows.contains(&"a,2022,11.0,,,,,".to_owned()), "{rows:?}");
    assert!(rows.contains(&"b,2022,4.0,,,,,".to_owned()), "{rows:?}");
    let kaya = "--id id --value t --model kaya --population people --product yuan --per-head drift --intensity constant";
    let rows = csv(PANEL, &format!("{kaya} --to 2022"));
    // Product per head of a goes from 2 to 5 in three years and to 6 in the next; intensity stays 2.2.
    let value: f64 = rows[5].split(',').nth(2).unwrap().parse().unwrap();
    assert!((value - 13.2).abs() < 1e-12, "{rows:?}");
}

#[test]
fn what_was_found_is_said_beside_the_figures() {
    let said = |line: &str| stderr(&run(&china(), line));
    let phases = said("--value mt --model segmented --to 2024");
    assert!(
        phases.contains("phases 2000–2004 +6.96 %/yr, 2005–2012 +6.38 %/yr, 2013–2022 -0.44 %/yr"),
        "{phases}"
    );
    assert!(phases.contains("no interval of 95 % from 2024 on: too few errors of the past"), "{phases}");
    assert!(
        said("--value mt --model theil-sen --to 2024").contains("Mann–Kendall S 141, z 3.697, p 2.18e-4")
    );
    assert!(
        said("--value mt --model best --to 2024").contains("constant chosen: MASE 1.096 over 48 forecasts")
    );
    assert_eq!(said("--value mt --model best --to 2024 --quiet"), "");
}

const GAP: &str = "year,t\n2000,5\n2001,6\n2002,7\n2004,8\n2005,8\n2006,8\n2007,9\n";

#[test]
fn series_that_a_model_cannot_take() {
    check(GAP, "--value t --model damped --to 2010", 3, &["needs a value of 2003", "fill the gap"]);
    check(
        "year,t\n2000,5\n2001,6\n",
        "--value t --model damped --to 2010",
        3,
        &["needs 6 observations", "finds 2"],
    );
    let zero = "year,t\n2000,5\n2001,0\n2002,7\n";
    check(
        zero,
        "--value t --model log-linear --to 2010",
        3,
        &["t.csv:3:1", "above zero and finds 0 in 2001", "drift"],
    );
    check(zero, "--value t --model theil-sen --to 2010", 3, &["t.csv:3:1"]);
    check(zero, "--value t --model segmented --to 2010", 3, &["needs 4 observations"]);
    check(zero, "--value t --model cagr --to-year 2001 --to 2010", 3, &["t.csv:3:1"]);
    check("year,t\n2000,\n2001,\n", "--value t --model drift --to 2010", 3, &["there is no value"]);
    check(
        "year,t\n2000,5\n2001,6\n",
        "--value t --model best --to 2010",
        3,
        &["could be tested on 2 observations"],
    );
    check(GAP, "--value t --model rate --rate 900_%/yr --to 9000", 3, &["beyond every number"]);
    check(
        PANEL,
        "--id id --value t --model log-linear --where id=b --from 2020 --to 2030",
        3,
        &["column `t` of b: log-linear needs 3"],
    );
}

#[test]
fn years_and_cells() {
    let twice = "year,t\n2000,5\n2001,6\n2001,7\n";
    check(twice, "--value t --model drift --to 2010", 3, &["t.csv:4:1", "two rows for 2001", "line 3"]);
    check(
        PANEL,
        "--value t --model drift --to 2030",
        3,
        &["two rows for 2019", "several series need the column of ids"],
    );
    check("year,t\n2000,5\n2001,x\n", "--value t --model drift --to 2010", 3, &["t.csv:3:6", "\"x\""]);
    check("year,t\nnow,5\n", "--value t --model drift --to 2010", 3, &["t.csv:2:1", "is not a year"]);
    check(GAP, "--value tt --model drift --to 2010", 3, &["no column `tt`"]);
    check(
        GAP,
        "--value t --model drift --to 2007",
        3,
        &["the values reach 2007, and --to 2007 is not after it"],
    );
    check(
        GAP,
        "--value t --model cagr --from 1990 --to 2010",
        3,
        &["--from 1990 is outside the data", "2000–2007"],
    );
    check(GAP, "--value t --model path --point 2007=90% --to 2010", 3, &["--point 2007 is not after"]);
}

#[test]
fn options_that_do_not_go_together() {
    let wrong =
        |line: &str, expected: &str| check(GAP, &format!("--value t --to 2010 {line}"), 2, &[expected]);
    wrong("--model dampd", "a similar value exists: 'damped'");
    wrong("--model rate", "--model rate needs --rate");
    wrong("--model rate --rate 0.02", "has no unit; write `0.02 %/yr`");
    wrong("--model drift --rate 2_%/yr", "--rate says nothing to drift; it is for --model rate");
    wrong("--model path", "--model path needs --point YEAR=PCT");
    wrong("--model path --point 2012=90% --point 2011=80%", "--point 2011 does not stand after 2012");
    wrong("--model top-down", "--model top-down needs --id");
    wrong("--model kaya", "--population");
    wrong(
        "--model logistic-peak --peak 2020 --height 90% --steepest 2030 --floor 10%",
        "lies below the last value",
    );
    wrong(
        "--model logistic-peak --peak 2020 --height 110% --steepest 2020 --floor 10%",
        "not after the peak",
    );
    wrong("--model cagr --from 2005 --to-year 2004", "the window ends in 2004, not after it begins in 2005");
    wrong("--model damped --alpha 2", "it lies from 0 to 1");
    wrong("--model drift --level 100", "below 100");
    wrong("--model drift --level 80,80", "--level names 80 twice");
}
