//! `icf forecast`: every model alone on a column of a CSV file.
#![expect(clippy::disallowed_methods, reason = "a test may panic, and reads what was written")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::process::Output;

use support::{icf_in, stderr, stdout};

/// Runs the command on a file of one column beside the years.
fn forecast(csv: &str, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("f.csv"), csv).expect("written");
    let fixed = ["forecast", "--data", "f.csv", "--value", "v", "--year", "year", "--format", "csv"];
    let all: Vec<&str> = fixed.iter().chain(arguments).copied().collect();
    icf_in(folder.path(), &all)
}

const GROWING: &str = "year,v\n2017,100\n2018,110\n2019,121\n2020,133.1\n";

/// The last value that a model gives.
#[track_caller]
fn check(arguments: &[&str], expected: f64) {
    let output = forecast(GROWING, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    let printed = stdout(&output);
    let last = printed.lines().last().expect("a row");
    let cells: Vec<&str> = last.split(',').collect();
    assert_eq!((cells[0], cells[1]), ("", "2022"), "{last}");
    let value: f64 = cells[2].parse().expect("a number");
    assert!((value - expected).abs() < 1e-9 * expected, "{arguments:?} gives {value}, not {expected}");
}

#[test]
fn values_by_hand() {
    check(&["--model", "constant", "--to", "2022"], 133.1);
    check(&["--model", "rate", "--rate", "-10 %/yr", "--to", "2022"], 133.1 * 0.9 * 0.9);
    // 10 % a year all along, so each model of a rate finds it.
    for model in ["cagr", "log-linear", "theil-sen", "segmented"] {
        check(&["--model", model, "--to", "2022"], 133.1 * 1.1 * 1.1);
    }
    // (133.1 − 100)/3 a year.
    check(&["--model", "drift", "--to", "2022"], 133.1 + 2.0 * 33.1 / 3.0);
    check(&["--model", "path", "--point", "2022=50 %", "--to", "2022"], 66.55);
}

#[test]
fn the_columns_are_those_that_scripts_know() {
    let output = forecast(GROWING, &["--model", "drift", "--to", "2021"]);
    let printed = stdout(&output);
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines[0], "id,year,value,lower80,upper80,lower95,upper95,fitted");
    assert_eq!(lines.len(), 6, "{printed}");
    assert!(lines[1].starts_with(",2017,100.0,,,,,"), "{printed}");
    let bounds: Vec<f64> = lines[5].split(',').skip(2).filter_map(|cell| cell.parse().ok()).collect();
    let [value, lower80, upper80, lower95, upper95] = bounds[..] else { panic!("{printed}") };
    assert!(lower95 < lower80 && lower80 < value && value < upper80 && upper80 < upper95, "{printed}");
    let other = forecast(GROWING, &["--model", "drift", "--to", "2021", "--level", "50"]);
    assert!(stdout(&other).starts_with("id,year,value,lower50,upper50,fitted\n"));
}

#[test]
fn each_id_has_a_series_of_its_own() {
    let csv = "id,year,v\nb,2020,5\na,2019,1\na,2020,2\nb,2019,10\n";
    let output = forecast(csv, &["--id", "id", "--model", "cagr", "--to", "2021"]);
    let printed = stdout(&output);
    let values: Vec<(&str, &str, f64)> = printed
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (
                line.split(',').next().expect("an id"),
                if cells[1] == "2021" { "ahead" } else { "known" },
                cells[2].parse().expect("a number"),
            )
        })
        .collect();
    assert_eq!(
        values,
        [
            ("a", "known", 1.0),
            ("a", "known", 2.0),
            ("a", "ahead", 4.0),
            ("b", "known", 10.0),
            ("b", "known", 5.0),
            ("b", "ahead", 2.5),
        ]
    );
}

#[track_caller]
fn refused(csv: &str, arguments: &[&str], code: i32, expected: &str) {
    let output = forecast(csv, arguments);
    assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
    assert!(stderr(&output).contains(expected), "{expected}\nis not in\n{}", stderr(&output));
    assert_eq!(stdout(&output), "");
}

#[test]
fn mistakes_are_told_with_their_place() {
    let to = |model: &'static str| ["--model", model, "--to", "2022"];
    refused(GROWING, &["--model", "dampd", "--to", "2022"], 2, "a similar value exists: 'damped'");
    refused(GROWING, &["--model", "rate", "--to", "2022"], 2, "--rate");
    refused(
        GROWING,
        &["--model", "drift", "--to", "2020"],
        3,
        "the values reach 2020, and --to 2020 is not after it",
    );
    refused("year,v\n2020,1\n2020,2\n", &to("drift"), 3, "two rows for 2020");
    refused("year,v\nthis,1\n", &to("drift"), 3, "f.csv:2:1");
    refused("year,v\n2019,1\n2020,x\n", &to("drift"), 3, "holds \"x\", not a finite number");
    refused(
        "year,v\n2018,1\n2019,0\n2020,2\n",
        &to("log-linear"),
        3,
        "values above zero and finds 0 in 2019",
    );
    refused("year,v\n2020,1\n", &to("log-linear"), 3, "and finds 1");
    refused("year,v\n2020,\n", &to("drift"), 3, "there is no value");
}
