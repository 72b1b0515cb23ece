//! Wrong input of the single statistics: a clear message, the right exit code, nothing written.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

mod columbus;
#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use support::{icf_in, stderr};

const WEIGHTS: &str = "--id id --value crime --weights queen.gal";
const COLUMBUS: &str = "--data columbus.csv --id id --value crime";
const POINTS: &str = "--data points.csv --id id --value v --geometry points.geojson";

/// Runs a command line where some files were changed.
#[track_caller]
fn check_with(files: &[(&str, &str)], line: &str, code: i32, expected: &[&str]) {
    let folder = columbus::folder();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let before = std::fs::read_dir(folder.path()).unwrap().count();
    let output = icf_in(folder.path(), &line.split_whitespace().collect::<Vec<_>>());
    // Long messages are broken into lines.
    let said = stderr(&output).replace("\n  │ ", " ").replace("\n        ", " ");
    assert_eq!(output.status.code(), Some(code), "{line}: {said}");
    for part in expected {
        assert!(said.contains(part), "{line}: {part:?} is not in\n{said}");
    }
    assert!(!said.contains("panicked"), "{said}");
    assert!(output.stdout.is_empty(), "{line} printed something");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), before, "{line} wrote something");
}

#[track_caller]
fn check(line: &str, code: i32, expected: &[&str]) {
    check_with(&[], line, code, expected);
}

/// Runs Moran's I over a table of three regions.
#[track_caller]
fn check_table(text: &str, expected: &[&str]) {
    let files = [("t.csv", text), ("w.gal", "3\na 1\nb\nb 2\na c\nc 1\nb\n")];
    check_with(&files, "moran --data t.csv --id id --value x --weights w.gal", 3, expected);
}

#[test]
fn cells() {
    check_table("id,x\na,1\nb,NaN\nc,3\n", &["t.csv:3:3", "column `x` holds \"NaN\"", "empty cell"]);
    check_table("id,x\r\na,1\r\nb,inf\r\nc,3\r\n", &["t.csv:3:3", "\"inf\""]);
    check_table("id,x\na,1\nb,n.a.\nc,?\n", &["t.csv:3:3", "t.csv:4:3"]);
    check_table("id,x\na,1\nb,2\nc\n", &["t.csv:4:1", "1 cells where the header has 2"]);
    check_table("id,x\na,1\nb,2\nb,3\n", &["t.csv:4:1", "two rows for b", "line 3", "panel of years"]);
}

#[test]
fn columns_and_files() {
    check(
        &format!("moran --data columbus.csv {}", WEIGHTS.replace("crime", "crim")),
        3,
        &["did you mean `crime`?"],
    );
    check(
        &format!("moran --data columbus.csv {WEIGHTS} --year jahr"),
        3,
        &["no column `jahr`", "the columns are id"],
    );
    check(&format!("moran --data gone.csv {WEIGHTS}"), 3, &["gone.csv: cannot be read"]);
    check(&format!("moran --data . {WEIGHTS}"), 3, &["cannot be read"]);
    check_table("", &["t.csv: is empty"]);
    check_table("id,x\n", &["t.csv: has no row"]);
    check(&format!("moran {COLUMBUS} --weights gone.gal"), 3, &["gone.gal: cannot be read"]);
    check(
        &format!("moran {COLUMBUS} --weights queen.gal --where id=99"),
        3,
        &["no row in which `id` is `99`", "`id` holds 1,"],
    );
    check(&format!("lisa {COLUMBUS} --weights queen.gal --where id"), 2, &["COLUMN=TEXT"]);
}

#[test]
fn values_that_no_statistic_takes() {
    check_table("id,x\na,2\nb,2\nc,2\n", &["column `x`: every region has the same value"]);
    check_table("id,x\na,2\nb,1\nc,\n", &["there are 2 regions with a value, and 3 are needed"]);
    let files =
        [("t.csv", "id,x,t\na,1,2000\nb,-2,2000\nc,3,2000\n"), ("w.gal", "3\na 1\nb\nb 2\na c\nc 1\nb\n")];
    let panel = "--data t.csv --id id --value x --year t --weights w.gal";
    for command in ["getis-ord", "lisa --statistic g", "lisa --statistic gstar"] {
        check_with(
            &files,
            &format!("{command} {panel}"),
            3,
            &["column `x` in 2000", "the value of region b is negative"],
        );
    }
    check_with(
        &files,
        "inequality --data t.csv --id id --value x",
        3,
        &["the value of region b is negative"],
    );
    check_with(
        &files,
        "transitions --data t.csv --id id --value x --year t --weights w.gal",
        3,
        &["two are needed"],
    );
    check_with(&files, "transitions --data t.csv --id id --value x --weights w.gal", 3, &["--year"]);
}

#[test]
fn ids_that_do_not_match() {
    check_table("id,x\na,1\nb,2\n", &["without weights none, without value c", "matched to weights by id"]);
    check_table("id,x\na,1\nb,2\nC,3\n", &["without weights C, without value c"]);
    let lattice = COLUMBUS.replace("--value", "--weights lattice.gal --value");
    check(
        &format!("moran {lattice}"),
        3,
        &["without weights 1, 2, 3", "without value 01, 02", "1 and 01 differ"],
    );
}

#[test]
fn weights_files() {
    let with = |text: &str, expected: &[&str]| {
        check_with(&[("w.gal", text)], &format!("moran {COLUMBUS} --weights w.gal"), 3, expected);
    };
    with("", &["w.gal:1", "the file is empty"]);
    with(
        "3\n1 1\n2\n2 2\n1 3\n",
        &["w.gal:1", "the header says 3 regions, and there are 2", "may be cut off"],
    );
    with("2\n1 2\n1 2\n2 1\n1\n", &["w.gal:3", "region 1 is linked to itself"]);
    with("id,x\n1,2\n", &["w.gal:1", "is no header"]);
}

const GEOJSON: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"a"},"geometry":{"type":"Point","coordinates":[0,0]}},
{"type":"Feature","properties":{"id":"b"},"geometry":{"type":"Point","coordinates":[1,0]}},
{"type":"Feature","properties":{"id":"c"},"geometry":{"type":"Point","coordinates":[0,2]}}]}"#;

#[test]
fn rules_and_geometries() {
    let files = [("points.geojson", GEOJSON), ("points.csv", "id,v\na,1\nb,2\nc,4\n")];
    let with = |options: &str, code: i32, expected: &[&str]| {
        check_with(&files, &format!("moran {POINTS} {options}"), code, expected);
    };
    with("--kind knn", 2, &["--k"]);
    with("--kind knn --k 3", 3, &["3 nearest neighbours are wanted of 3 regions"]);
    with("--kind knn --k 0", 3, &["between 1 and 2"]);
    with("--kind band --threshold -1", 3, &["the distance threshold is -1"]);
    with("--kind band --threshold 0.5 --quiet", 3, &["no two regions are neighbours"]);
    with("--kind kernel --k 1 --threshold 1", 2, &["cannot be used with"]);
    with("--kind block", 2, &["--block"]);
    with("--kind block --block district", 3, &["no feature has a property `district`"]);
    with("--kind band --order 0", 3, &["the order of neighbours is 0"]);
    with("--kind band --k 2", 2, &["--k says nothing to weights of kind band", "knn or kernel"]);
    with("--kind knn --k 2 --snap 1", 2, &["--snap says nothing"]);
    with("--kind knn --k 2 --with-lower", 2, &["--order 2"]);
    with("--kind queen", 3, &["not a Polygon"]);
    with("--kind knn --k 1 --geometry-id code", 3, &["has no property `code`", "`id`", "--geometry-id"]);
    with("--kind band --threshold 1 --islands error", 3, &["regions without a neighbour: c", "--islands"]);
    with("--kind band --islands links:a-z", 3, &["region z"]);
    with("--kind band --islands nobody", 2, &["error, drop, zero, nearest"]);
    check(&format!("moran {COLUMBUS} --weights queen.gal --islands nearest"), 3, &["--geometry"]);
    check(&format!("moran {COLUMBUS} --weights queen.gal --kind knn --k 3"), 2, &["--weights"]);
    check(&format!("moran {COLUMBUS}"), 2, &["--weights"]);
}

#[test]
fn numbers_of_the_command_line() {
    for (options, part) in [
        ("--threads 0", "at least 1"),
        ("--permutations 0", "1..="),
        ("--permutations -5", "1..="),
        ("--seed x", "--seed"),
        ("--format xml", "text, csv, json"),
        ("--significance 1", "above 0 and below 1"),
        ("--with inc", "--statistic bivariate"),
        ("--statistic bivariate", "--with"),
    ] {
        check(&format!("lisa {COLUMBUS} --weights queen.gal {options}"), 2, &[part]);
    }
}

#[test]
fn classes() {
    let with = |options: &str, code: i32, expected: &[&str]| {
        check(&format!("breaks --data calemp.csv --value value {options}"), code, expected);
    };
    with("-k 59", 3, &["59 classes are wanted of 58 values"]);
    with("-k 0", 3, &["at least one class"]);
    with("--scheme jenks", 2, &["fisher, quantile"]);
    with("--scheme user", 2, &["--bounds"]);
    with("--scheme user --bounds 3,2", 3, &["the bounds do not rise"]);
}

#[test]
fn places_to_write() {
    check(
        "weights --weights queen.gal --out none/w.gal",
        1,
        &["none/w.gal", "the folder none cannot be written"],
    );
    check("weights --weights queen.gal --out w.txt", 3, &["w.txt", "FILE.gal or FILE.gwt"]);
    check("weights --weights queen.gal --union lattice.gal", 3, &["different regions", "01, 02"]);
}

/// As `icf lisa … | head -1`.
#[test]
#[cfg(unix)]
fn a_reader_who_leaves() {
    let folder = columbus::folder();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_icf"));
    command.current_dir(folder.path()).stdout(writer).stderr(std::process::Stdio::piped());
    let line = format!("lisa {COLUMBUS} --weights queen.gal --permutations 9 --format csv");
    let output = command.args(line.split_whitespace()).output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}
