//! `icf land-change` as a user runs it.
//!
//! The comparison with rasterio and numpy runs in the Python that `ICF_PYTHON` names, else in `python3`; where they are
//! missing, that test says so and is skipped.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::BTreeMap;
use std::path::Path;

use support::{icf_in, python, root, stderr, stdout};

fn sample(name: &str) -> String {
    root().join("docs/landcover").join(name).to_str().unwrap().to_owned()
}

/// Runs a command on the sample of the docs, with some more arguments.
fn on_sample(command: &str, folder: &Path, more: &[&str]) -> std::process::Output {
    let (old, new, zones) = (sample("clcd_2000.tif"), sample("clcd_2020.tif"), sample("zones.geojson"));
    let start = [command, "--raster", &old, &new, "--zones", &zones, "--years", "from-name"];
    icf_in(folder, &[&start[..], more].concat())
}

fn rows(command: &str, more: &[&str]) -> Vec<BTreeMap<String, String>> {
    let folder = tempfile::tempdir().unwrap();
    let output = on_sample(command, folder.path(), &[&["--quiet"], more].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    let text = stdout(&output);
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let header = lines.next().unwrap();
    lines.map(|line| header.iter().cloned().zip(line).collect()).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?} is no number"))
}

#[track_caller]
fn close(found: f64, expected: f64, of: f64) {
    assert!((found - expected).abs() <= 1e-12 * of, "{found} is not {expected}");
}

#[test]
fn rows_sum_to_the_first_year_and_columns_to_the_last() {
    let transitions = rows("land-change", &["--classes", "clcd"]);
    let areas = rows("zonal", &["--classes", "clcd"]);
    for (year, side, other) in [("2000", "from", "to"), ("2020", "to", "from")] {
        let mut sums: BTreeMap<(String, String), f64> = BTreeMap::new();
        for row in &transitions {
            *sums.entry((row["zone"].clone(), row[side].clone())).or_default() += number(row, "area_hm2");
        }
        let mut found = 0;
        for row in areas.iter().filter(|row| row["year"] == year) {
            let sum = sums.get(&(row["zone"].clone(), row["class"].clone())).unwrap();
            close(*sum, number(row, "area_hm2"), *sum);
            let nodata = sums.get(&(row["zone"].clone(), "nodata".to_owned())).copied().unwrap_or(0.0);
            close(nodata, number(row, "nodata_hm2"), *sum);
            found += 1;
        }
        assert!(found > 12, "{other}");
    }
    let to_town = |row: &&BTreeMap<String, String>| row["to"] == "impervious" && row["from"] == "forest";
    assert!(transitions.iter().filter(to_town).any(|row| number(row, "area_hm2") > 1.0));
}

#[test]
fn what_is_gained_is_lost_elsewhere() {
    let classes = rows("land-change", &["--classes", "clcd", "--table", "classes"]);
    for zone in ["border", "hills", "valley"] {
        let of_zone: Vec<_> = classes.iter().filter(|row| row["zone"] == zone).collect();
        let sum = |column| of_zone.iter().map(|row| number(row, column)).sum::<f64>();
        close(sum("gain_hm2"), sum("loss_hm2"), sum("first_hm2"));
        close(sum("first_hm2"), sum("last_hm2"), sum("first_hm2"));
        for row in of_zone {
            let (first, last) = (number(row, "first_hm2"), number(row, "last_hm2"));
            close(first + number(row, "net_hm2"), last, first.max(last));
            if first > 0.0 {
                let grown = first * (1.0 + number(row, "rate_percent_per_year") / 100.0).powi(20);
                assert!((grown - last).abs() < 1e-9 * first, "{grown} is not {last}");
            } else {
                assert_eq!(row["rate_percent_per_year"], "");
            }
        }
    }
}

#[test]
fn the_sink_of_a_class_is_its_area_times_uptake_times_factor() {
    let folder = tempfile::tempdir().unwrap();
    let factors = folder.path().join("factors.csv");
    std::fs::write(&factors, "region,class,factor\nhills,forest,1.5\n").unwrap();
    let sinks = ["--classes", "clcd", "--npp", "forest=3.8096 t/hm2", "grassland=0.9482 t/hm2"];
    let sinks = [&sinks[..], &["--equivalence", factors.to_str().unwrap()]].concat();
    let classes = rows("land-change", &["--classes", "clcd", "--table", "classes"]);
    let transitions = rows("land-change", &sinks);
    let table = rows("land-change", &[&sinks[..], &["--table", "sinks"]].concat());
    for zone in ["border", "hills", "valley"] {
        let area = |class: &str, column: &str| {
            number(classes.iter().find(|row| row["zone"] == zone && row["class"] == class).unwrap(), column)
        };
        let factor = if zone == "hills" { 1.5 } else { 1.0 };
        let sink =
            |column: &str| area("forest", column) * 3.8096 * factor + area("grassland", column) * 0.9482;
        let total = table.iter().find(|row| row["zone"] == zone && row["class"] == "total").unwrap();
        let (first, last) = (sink("first_hm2"), sink("last_hm2"));
        close(number(total, "first_t"), first, first);
        close(number(total, "last_t"), last, first);
        // What each transition means sums to what all mean.
        let of_zone =
            transitions.iter().filter(|row| row["zone"] == zone && !row["sink_change_t"].is_empty());
        close(of_zone.map(|row| number(row, "sink_change_t")).sum(), last - first, first);
        assert!((last - first).abs() > 1e-3 * first);
    }
}

#[test]
fn threads_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    let run = |threads| stdout(&on_sample("land-change", folder.path(), &["--threads", threads]));
    let one = run("1");
    assert!(
        one.starts_with("first_year,last_year,zone,from,to,cells,area_hm2\n2000,2020,border,1,1,"),
        "{one}"
    );
    assert_eq!(one, run("2"));
    assert_eq!(one, run("8"));
}

#[test]
fn a_file_takes_the_table_and_standard_error_the_closure() {
    let folder = tempfile::tempdir().unwrap();
    let output = on_sample("land-change", folder.path(), &["--out", "change.csv"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""));
    assert!(stderr(&output).contains("2000–2020: classes, nodata and what lies outside make up"));
    assert!(std::fs::read_to_string(folder.path().join("change.csv")).unwrap().lines().count() > 20);
}

/// A mistake ends with a code, says what is wrong, and prints nothing.
#[track_caller]
fn check(more: &[&str], code: i32, expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let output = on_sample("land-change", folder.path(), more);
    let said = stderr(&output).split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(code), ""), "{said}");
    for part in expected {
        assert!(said.contains(part), "{part:?} is not in {said}");
    }
}

#[test]
fn mistakes_of_the_user_are_named() {
    check(
        &["--between", "2000,2010"],
        3,
        &["--between names 2010, of which there is no raster", "there are rasters of 2000, 2020"],
    );
    check(&["--between", "2020,2000"], 2, &["2020 does not lie before 2000"]);
    check(&["--between", "2020"], 2, &["two years with a comma"]);
    check(&["--classes", "esa-cci"], 3, &["esa-cci: 2000–2020: the rasters hold codes that have no class"]);
    check(&["--npp", "forest=3 t/hm2"], 2, &["--npp needs --classes"]);
    let clcd = ["--classes", "clcd", "--npp"];
    let npp = |uptake: &'static str| [&clcd[..], &[uptake]].concat();
    check(&npp("forest=3"), 2, &["the uptake `3` has no unit; write `3 t/hm2`, in tonnes of carbon"]);
    check(&npp("forest=3 kg/m2"), 2, &["`kg/m2` is not the unit of an uptake; that is `t/hm2`"]);
    check(&npp("impervious=3 t/hm2"), 2, &["impervious land is no sink; leave it out"]);
    check(
        &npp("wood=3 t/hm2"),
        3,
        &["--npp names `wood`, which no code means", "the classes are barren, cropland"],
    );
    check(&["--table", "sinks"], 2, &["--table sinks needs --npp"]);
    check(&["--equivalence", "f.csv"], 2, &["--equivalence needs --npp"]);
}

#[test]
fn rasters_of_one_year_or_on_other_grids_are_refused() {
    let (old, zones) = (sample("clcd_2000.tif"), sample("zones.geojson"));
    let run = |rasters: &[&str], years: &str| {
        let start = ["land-change", "--zones", &zones, "--years", years, "--raster"];
        icf_in(&root(), &[&start[..], rasters].concat())
    };
    let output = run(&[&old], "2000");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("a change needs rasters of two years, and all are of 2000"));
    let other = root().join("crates/icf-landcover/tests/gdal/u8_lzw_tiles.tif");
    let output = run(&[&old, other.to_str().unwrap()], "2000,2020");
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("warp the rasters of both years to one grid"), "{}", stderr(&output));
    let output = icf_in(&root(), &["land-change", "--zones", &zones, "--raster", &old]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--years says which raster is of which year"));
}

#[test]
fn rasterio_and_numpy_find_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_icf"));
    python::reads("land_change.py", "exactextract, rasterio", &[program, folder.path()]);
}
