//! `icf land-npp` as a user runs it.
//!
//! The comparison with rasterio, numpy and exactextract runs in the Python that `ICF_PYTHON` names, else in `python3`; where
//! they are missing, that test says so and is skipped.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::BTreeMap;
use std::path::Path;

use support::{icf, python, root, stderr, stdout};

const CLASSES: &str = "docs/landcover/clcd_2020.tif";
const NPP: &str = "docs/landcover/npp_2020.tif";
const ZONES: &str = "docs/landcover/zones.geojson";
/// What MOD17A3HGF says of its numbers.
const AS_DOCUMENTED: [&str; 6] = ["--unit", "kgC/m2", "--scale", "0.0001", "--valid", "0,32700"];

/// Runs the command on the sample of the docs, with some more arguments.
fn run(more: &[&str]) -> std::process::Output {
    icf(&[&["land-npp", "--raster", CLASSES, "--npp", NPP, "--zones", ZONES], more].concat())
}

type Row = BTreeMap<String, String>;

fn rows_of(text: &str) -> Vec<Row> {
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let header = lines.next().unwrap();
    lines.map(|line| header.iter().cloned().zip(line).collect()).collect()
}

fn rows(more: &[&str]) -> Vec<Row> {
    let output = run(&[&AS_DOCUMENTED[..], &["--quiet"], more].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    rows_of(&stdout(&output))
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?} is no number"))
}

#[test]
fn areas_are_those_of_zonal_and_the_mean_of_all_is_that_of_the_zones() {
    let found = rows(&["--classes", "clcd"]);
    let zonal = icf(&["zonal", "--raster", CLASSES, "--zones", ZONES, "--classes", "clcd", "--quiet"]);
    let zonal = rows_of(&stdout(&zonal));
    assert_eq!(found.len(), zonal.len());
    let mut of_class: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (found, zonal) in found.iter().zip(&zonal) {
        assert_eq!((&found["zone"], &found["class"]), (&zonal["zone"], &zonal["class"]));
        for (known, unknown, of) in
            [("cells", "unknown_cells", "cells"), ("area_hm2", "unknown_hm2", "area_hm2")]
        {
            let sum = number(found, known) + number(found, unknown);
            assert!((sum / number(zonal, of) - 1.0).abs() < 1e-15, "{sum} of {zonal:?}");
        }
        let (area, mean) = (number(found, "area_hm2"), number(found, "npp_t_per_hm2"));
        let sums = of_class.entry(&found["class"]).or_default();
        *sums = (sums.0 + mean * area, sums.1 + area);
        assert!((number(found, "factor") - mean / number(found, "all_zones_npp_t_per_hm2")).abs() < 1e-15);
    }
    for row in &found {
        let (sum, area) = of_class[row["class"].as_str()];
        assert!((number(row, "all_zones_npp_t_per_hm2") / (sum / area) - 1.0).abs() < 1e-14);
    }
    assert!(found.iter().any(|row| number(row, "unknown_cells") > 0.0));
}

#[test]
fn factors_are_the_table_that_a_scenario_reads() {
    let means = rows(&["--classes", "clcd", "--class", "forest", "grassland"]);
    let factors = rows(&["--classes", "clcd", "--class", "forest", "grassland", "--table", "factors"]);
    let cells = |rows: &[Row], columns: [&str; 3]| -> Vec<String> {
        rows.iter().map(|row| columns.map(|column| row[column].clone()).join(",")).collect()
    };
    assert_eq!(cells(&means, ["zone", "class", "factor"]), cells(&factors, ["region", "class", "factor"]));
    assert_eq!(factors.len(), 6);
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("factors.csv");
    let file = table.to_str().unwrap();
    let output = run(&[
        &AS_DOCUMENTED[..],
        &["--classes", "clcd", "--class", "forest", "--table", "factors", "--out", file],
    ]
    .concat());
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""), "{}", stderr(&output));
    // The same table, as land-change reads it.
    let change = icf(&[
        "land-change",
        "--raster",
        "docs/landcover/clcd_2000.tif",
        CLASSES,
        "--zones",
        ZONES,
        "--years",
        "from-name",
        "--classes",
        "clcd",
        "--npp",
        "forest=3.8096 t/hm2",
        "--equivalence",
        file,
        "--table",
        "sinks",
        "--quiet",
    ]);
    assert!(change.status.success(), "{}", stderr(&change));
    let sinks = rows_of(&stdout(&change));
    let of = |rows: &[Row], zone: &str, column: &str| {
        number(
            rows.iter().find(|row| row.get("zone").or(row.get("region")).unwrap() == zone).unwrap(),
            column,
        )
    };
    assert_eq!(of(&sinks, "hills", "equivalence_factor"), of(&factors, "hills", "factor"));
}

#[test]
fn threads_and_codes_do_not_matter() {
    let of = |threads: &str| rows(&["--threads", threads]);
    assert_eq!(of("1"), of("2"));
    assert_eq!(of("1"), of("8"));
    let codes = rows(&["--class", "2"]);
    let words = rows(&["--class", "forest", "--classes", "clcd"]);
    let values = |rows: &[Row]| rows.iter().map(|row| row["npp_t_per_hm2"].clone()).collect::<Vec<_>>();
    assert_eq!(values(&codes), values(&words));
}

#[test]
fn a_class_whose_cells_all_lack_a_value_has_no_mean() {
    // Of the whole numbers only those of the hills' far slopes are let through.
    let valid = ["--unit", "kgC/m2", "--scale", "0.0001", "--valid", "7600,32700", "--classes", "clcd"];
    let output = run(&valid);
    assert!(output.status.success(), "{}", stderr(&output));
    let rows = rows_of(&stdout(&output));
    let without: Vec<&Row> = rows.iter().filter(|row| row["npp_t_per_hm2"].is_empty()).collect();
    assert!(!without.is_empty() && without.len() < rows.len());
    for row in without {
        assert_eq!((row["factor"].as_str(), row["cells"].as_str(), row["area_hm2"].as_str()), ("", "0", "0"));
        assert!(number(row, "unknown_cells") > 0.0);
        let name = format!("{} of {}", row["class"], row["zone"]);
        assert!(stderr(&output).contains(&name), "{name} is not in {}", stderr(&output));
    }
    let factors = run(&[&valid[..], &["--table", "factors"]].concat());
    let left = rows.iter().filter(|row| !row["factor"].is_empty()).count();
    assert_eq!(rows_of(&stdout(&factors)).len(), left);
}

/// Standard error without the lines that it is broken into.
fn said(output: &std::process::Output) -> String {
    stderr(output).split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ")
}

/// Some more arguments are refused with an exit code and some words.
#[track_caller]
fn check(more: &[&str], code: i32, expected: &[&str]) {
    let output = run(more);
    let said = said(&output);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(code), ""), "{said}");
    for part in expected {
        assert!(said.contains(part), "{part:?} is not in {said}");
    }
}

#[test]
fn mistakes_of_the_user_are_named() {
    check(&[], 2, &["--unit <UNIT>"]);
    check(&["--unit", "kg/m2"], 2, &["is not the unit of net primary production; write `kgC/m2`"]);
    let unit = |more: &[&'static str]| [&["--unit", "kgC/m2"], more].concat();
    check(&unit(&["--scale", "0"]), 2, &["a scale is a number above zero"]);
    check(
        &unit(&["--scale", "-0.0001"]),
        2,
        &["'-0.0001' for '--scale <FACTOR>': a scale is a number above zero"],
    );
    check(&unit(&["--valid", "5,1"]), 2, &["the lesser first"]);
    check(&unit(&["--years", "2000"]), 2, &["--years goes with `icf zonal`", "leave it out"]);
    check(&unit(&["--table", "factors"]), 2, &["--table factors needs --classes"]);
    check(
        &unit(&["--class", "jungle", "--classes", "clcd"]),
        3,
        &["no zone has land of class `jungle`", "cropland"],
    );
    check(&unit(&["--classes", "esa-cci"]), 3, &["esa-cci: the rasters hold codes that have no class"]);
    check(&unit(&["--valid", "32760,32762", "--class", "7"]), 3, &["no zone has land of class `7`"]);
    check(&unit(&["--valid", "1,2"]), 3, &["npp_2020.tif: has no known value at any cell"]);
    check(&unit(&["--raster", "docs/landcover/clcd_2000.tif"]), 3, &["overlaps", "run each year by itself"]);
    let of = |classes: &str, npp: &str, more: &[&str], expected: &str| {
        let start = ["land-npp", "--raster", classes, "--npp", npp, "--zones", ZONES, "--unit", "kgC/m2"];
        let output = icf(&[&start[..], more].concat());
        assert_eq!(output.status.code(), Some(3));
        assert!(said(&output).contains(expected), "{expected:?} is not in {}", said(&output));
    };
    let gdal = |name: &str| format!("crates/icf-landcover/tests/gdal/{name}.tif");
    of(CLASSES, ZONES, &[], "is not a TIFF");
    of(CLASSES, &gdal("u8_albers"), &[], "lies in another system of coordinates than the rasters of classes");
    of(CLASSES, &gdal("f32_deflate_tiles_planes"), &[], "has no known value at any cell");
    of(CLASSES, &gdal("i16_lzw_tiles_differences"), &["--scale", "2"], "given as stored numbers × 2 + 3");
    of("docs/landcover/china_2018.tif", NPP, &[], "smaller than those of the classes, 0.1 × 0.1°");
}

#[test]
fn a_mean_that_no_vegetation_has_is_doubted() {
    let output = run(&["--unit", "kgC/m2", "--valid", "0,32700"]);
    assert!(output.status.success());
    assert!(stderr(&output).contains("is the unit or the scale another?"), "{}", stderr(&output));
    assert!(stderr(&output).contains(" t/hm2 in kgC/m2") && !stderr(&output).contains("e4"));
    assert_eq!(stderr(&run(&AS_DOCUMENTED)), "");
}

#[test]
fn a_mean_below_zero_is_refused() {
    // Whatever --quiet says.
    let below = ["--unit", "kgC/m2", "--scale", "0.0001", "--valid", "0,32700", "--offset", "-9"];
    for more in [&[][..], &["--quiet"]] {
        check(
            &[&below, more].concat(),
            3,
            &["npp_2020.tif: ", " t/hm2 in kgC/m2", "which no vegetation has"],
        );
    }
}

#[test]
fn fill_values_that_are_averaged_are_told() {
    let without = ["--unit", "kgC/m2", "--scale", "0.0001", "--classes", "clcd"];
    let output = run(&without);
    assert!(output.status.success());
    let told = said(&output);
    for part in
        ["npp_2020.tif: ", "hold 32761 or more as stored", "averaged as production", "--valid LEAST,MOST"]
    {
        assert!(told.contains(part), "{part:?} is not in {told}");
    }
    // They are the cells that the documented range leaves out, of which there are no others here.
    let left_out: f64 = rows(&["--classes", "clcd"]).iter().map(|row| number(row, "unknown_cells")).sum();
    let told_cells = told.split(" cells,").next().unwrap().rsplit(' ').next().unwrap().to_owned();
    assert_eq!(told_cells, format!("{left_out:.1}"));
    // Who says that they are values, or wants no words, hears nothing.
    for more in [["--valid", "0,32767"].as_slice(), &["--quiet"]] {
        assert_eq!(stderr(&run(&[&without, more].concat())), "");
    }
}

#[test]
fn numpy_and_exactextract_find_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_icf"));
    assert!(root().join(NPP).exists());
    python::reads("land_npp.py", "exactextract, rasterio", &[program, folder.path()]);
}
