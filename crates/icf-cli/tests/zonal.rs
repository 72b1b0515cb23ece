//! `icf zonal` as a user runs it.
//!
//! The comparison with exactextract, rasterio and pyproj runs in the Python that `ICF_PYTHON` names, else in `python3`;
//! where they are missing, that test says so and is skipped.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::{icf_in, python, root, stderr, stdout};

fn sample(name: &str) -> String {
    root().join("docs/landcover").join(name).to_str().unwrap().to_owned()
}

/// Runs the command in a folder on the sample of the docs, with some more arguments.
fn zonal(folder: &Path, more: &[&str]) -> std::process::Output {
    let (raster, zones) = (sample("clcd_2000.tif"), sample("zones.geojson"));
    icf_in(folder, &[&["zonal", "--raster", &raster, "--zones", &zones], more].concat())
}

/// Every mistake ends with 3, says what is wrong, and prints nothing.
#[track_caller]
fn check(arguments: &[&str], expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let output = icf_in(folder.path(), arguments);
    let said = stderr(&output).split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert_eq!(stdout(&output), "");
    for part in expected {
        assert!(said.contains(part), "{part:?} is not in {said}");
    }
}

#[test]
fn threads_and_the_order_of_rasters_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new, zones) = (sample("clcd_2000.tif"), sample("clcd_2020.tif"), sample("zones.geojson"));
    let run = |rasters: [&str; 2], threads: &str| {
        let start = ["zonal", "--zones", &zones, "--years", "from-name", "--threads", threads];
        let output = icf_in(folder.path(), &[&start[..], &["--raster"], &rasters].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let one = run([&old, &new], "1");
    assert!(one.starts_with("year,zone,class,cells,area_hm2,nodata_hm2\n2000,border,1,"), "{one}");
    assert_eq!(one, run([&old, &new], "2"));
    assert_eq!(one, run([&new, &old], "8"));
}

#[test]
fn the_answer_goes_to_a_file_and_the_closure_to_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    let output = zonal(folder.path(), &["--classes", "clcd", "--out", "land.csv"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
    assert!(stderr(&output).contains("make up the area of each polygon to"), "{}", stderr(&output));
    let text = std::fs::read_to_string(folder.path().join("land.csv")).unwrap();
    let keys: Vec<&str> = text.lines().map(|line| line.rsplitn(4, ',').nth(3).unwrap()).collect();
    let mut sorted = keys[1..].to_vec();
    sorted.sort_unstable();
    assert_eq!(keys[1..], sorted);
    assert_eq!(keys[..3], ["zone,class", "border,cropland", "border,forest"]);
    let quiet = zonal(folder.path(), &["--quiet"]);
    assert_eq!(stderr(&quiet), "");
}

#[test]
fn classes_of_a_file_are_summed_and_may_mean_nodata() {
    let folder = tempfile::tempdir().unwrap();
    let text = "code,class\n1,other\n2,wood\n3,wood\n4,other\n5,nodata\n";
    std::fs::write(folder.path().join("classes.csv"), text).unwrap();
    let rows = |output: std::process::Output| -> Vec<Vec<String>> {
        let text = stdout(&output);
        text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
    };
    let plain = rows(zonal(folder.path(), &["--quiet"]));
    let grouped = rows(zonal(folder.path(), &["--quiet", "--classes", "classes.csv"]));
    let area = |code: &str| -> f64 {
        plain.iter().find(|row| row[0] == "border" && row[1] == code).unwrap()[3].parse().unwrap()
    };
    assert_eq!(grouped.len(), 6);
    assert_eq!(grouped[1][..2], ["border", "wood"]);
    let wood: f64 = grouped[1][3].parse().unwrap();
    assert!((wood - area("2") - area("3")).abs() < 1e-9 * wood);
    assert_eq!(grouped[1][4].parse::<f64>().unwrap(), area("5"));
    let yaml = "other: [1, 4]\nwood: [2, 3]\nnodata: 5\n";
    std::fs::write(folder.path().join("classes.yaml"), yaml).unwrap();
    assert_eq!(rows(zonal(folder.path(), &["--quiet", "--classes", "classes.yaml"])), grouped);
}

#[test]
fn a_map_of_classes_in_yaml_is_refused_with_line_column_and_hint() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("classes.yaml"), "wood: [2, 3]\nfield: [1, x]\nrest: 2\n").unwrap();
    let output = zonal(folder.path(), &["--classes", "classes.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    let said = stderr(&output);
    for part in [
        "classes.yaml:2:12",
        "`x` is no whole number of 0 to 65535",
        "write a class and its codes on each line",
        "classes.yaml:3:7",
        "the code 2 is of `wood` already",
    ] {
        assert!(said.contains(part), "{part:?} is not in {said}");
    }
}

#[test]
fn a_zone_outside_of_all_rasters_has_a_row_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let zone = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"region":"a, b"},
        "geometry":{"type":"Polygon","coordinates":[[[10,10],[11,10],[11,11],[10,10]]]}}]}"#;
    std::fs::write(folder.path().join("away.geojson"), zone).unwrap();
    let arguments = ["zonal", "--raster", &sample("clcd_2000.tif"), "--zones", "away.geojson"];
    let output = icf_in(folder.path(), &arguments);
    assert_eq!(stdout(&output), "zone,class,cells,area_hm2,nodata_hm2\n\"a, b\",,0,0,0\n");
    assert!(stderr(&output).contains("outside of the rasters: a, b"), "{}", stderr(&output));
}

#[test]
fn mistakes_come_all_at_once_and_name_their_file() {
    let (raster, zones) = (sample("clcd_2000.tif"), sample("zones.geojson"));
    check(
        &["zonal", "--raster", "none.tif", &zones, "--zones", &zones, "--id", "code", "--classes", "corine"],
        &[
            "none.tif: cannot be read",
            "zones.geojson: is not a TIFF: it begins with neither II nor MM",
            "has no property `code`, but `region`",
            "corine:",
            "name one of clcd, modis-igbp, esa-cci, globeland30, or a YAML or CSV file",
        ],
    );
    check(&["zonal", "--raster", &raster, "--zones", "none.geojson"], &["none.geojson: No such file"]);
    let twice = ["zonal", "--raster", &raster, &raster, "--zones", &zones];
    check(&twice, &["clcd_2000.tif: overlaps", "say by --years that they are of different years"]);
    check(&[&twice[..], &["--years", "2000"]].concat(), &["1 years are given for 2 rasters"]);
    check(
        &["zonal", "--raster", &raster, "--zones", &zones, "--classes", "esa-cci"],
        &[
            "esa-cci: the rasters hold codes that have no class: 1, 2, 3, 4, 5",
            "all that they hold are codes of clcd, modis-igbp",
        ],
    );
}

#[test]
fn years_stand_in_names_or_are_given() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(sample("clcd_2000.tif"), folder.path().join("land.tif")).unwrap();
    let zones = sample("zones.geojson");
    let start = ["zonal", "--raster", "land.tif", "--zones", &zones, "--quiet", "--years"];
    let output = icf_in(folder.path(), &[&start[..], &["from-name"]].concat());
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("land.tif: the name holds 0 years"), "{}", stderr(&output));
    let output = icf_in(folder.path(), &[&start[..], &["1999"]].concat());
    assert!(stdout(&output).lines().nth(1).is_some_and(|line| line.starts_with("1999,border,1,")));
    let output = icf_in(folder.path(), &[&start[..], &["soon"]].concat());
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn crossing_zones_are_refused_or_repaired_by_key() {
    let folder = tempfile::tempdir().unwrap();
    let zone = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"region":"bow"},
        "geometry":{"type":"Polygon","coordinates":[[[110.02,30.12],[110.08,30.18],[110.08,30.12],[110.02,30.18],[110.02,30.12]]]}}]}"#;
    std::fs::write(folder.path().join("bow.geojson"), zone).unwrap();
    let raster = sample("clcd_2000.tif");
    let start = ["zonal", "--raster", &raster, "--zones", "bow.geojson"];
    let output = icf_in(folder.path(), &start);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("crosses itself"), "{}", stderr(&output));
    let output = icf_in(folder.path(), &[&start[..], &["--self-crossing", "repair"]].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("were repaired: bow"), "{}", stderr(&output));
    let cells = stdout(&output)
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(2).unwrap().parse::<f64>().unwrap())
        .sum::<f64>();
    // Two triangles, each a quarter of a square of 0.06°.
    let expected = (0.06_f64 / 0.00027).powi(2) / 2.0;
    assert!((cells / expected - 1.0).abs() < 1e-6, "{cells} is not {expected}");
}

#[test]
fn exactextract_rasterio_and_pyproj_find_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_icf"));
    python::reads("zonal.py", "exactextract, rasterio, pyproj", &[program, folder.path()]);
}

#[test]
fn geopandas_reads_the_same_zones() {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_icf"));
    let raster = sample("clcd_2000.tif");
    python::reads("boundaries.py", "geopandas, pyogrio", &[program, folder.path(), Path::new(&raster)]);
}

/// Boundaries that GDAL wrote, of the tests of the crate that reads them.
fn boundaries(name: &str) -> String {
    root().join("crates/icf-boundaries/tests/gdal").join(name).to_str().unwrap().to_owned()
}

#[test]
fn zones_come_from_shapefiles_and_geopackages() {
    let folder = tempfile::tempdir().unwrap();
    let run = |zones: &str, more: &[&str]| {
        let (raster, zones) = (sample("clcd_2000.tif"), boundaries(zones));
        let output =
            icf_in(folder.path(), &[&["zonal", "--raster", &raster, "--zones", &zones], more].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        (stdout(&output), stderr(&output))
    };
    let (degrees, _) = run("gbk.shp", &["--id", "省"]);
    assert!(degrees.contains("\n湖北,1,"), "{degrees}");
    assert_eq!(run("zones.gpkg", &["--id", "省", "--layer", "degrees"]).0, degrees);
    assert_eq!(run("utf8.shp", &["--id", "省"]).0, degrees);
    let without = boundaries("utf8.shp").replace("utf8.shp", "");
    for ending in ["shp", "dbf", "cpg"] {
        let name = format!("utf8.{ending}");
        std::fs::copy(format!("{without}{name}"), folder.path().join(&name)).unwrap();
    }
    let raster = sample("clcd_2000.tif");
    let output = icf_in(folder.path(), &["zonal", "--raster", &raster, "--zones", "utf8.shp", "--id", "省"]);
    assert_eq!(stdout(&output), degrees);
    let said = stderr(&output);
    assert!(said.contains("utf8.shp has no .prj beside it: its positions are taken for longitude"), "{said}");
}

#[test]
fn zones_of_another_system_are_told_with_that_of_the_rasters() {
    let raster = sample("clcd_2000.tif");
    check(
        &["zonal", "--raster", &raster, "--zones", &boundaries("gauss.shp"), "--id", "code"],
        &[
            "gauss.prj: the zones lie in CGCS2000_3_Degree_GK_Zone_38 (its projection is Gauss_Kruger)",
            "the rasters lie in longitude and latitude",
            "ogr2ogr -t_srs EPSG:4326",
        ],
    );
    check(
        &["zonal", "--raster", &raster, "--zones", &boundaries("zones.gpkg"), "--id", "code"],
        &["zones.gpkg: has several layers: `albers`, `degrees`, `gauss`", "--layer names one"],
    );
}

#[test]
fn codes_that_look_like_another_product_are_doubted() {
    let (raster, zones) = (sample("clcd_2020.tif"), sample("zones.geojson"));
    let run = |classes: &str, more: &[&str]| {
        let start = ["zonal", "--raster", &raster, "--zones", &zones, "--classes", classes];
        icf_in(&root(), &[&start[..], more].concat())
    };
    let doubted = run("modis-igbp", &[]);
    assert!(doubted.status.success());
    assert!(stderr(&doubted).contains("every code found is of `clcd` too"), "{}", stderr(&doubted));
    assert_eq!(stderr(&run("modis-igbp", &["--quiet"])), "");
    assert!(!stderr(&run("clcd", &[])).contains("too"));
    let refused = stderr(&run("globeland30", &[]));
    assert!(refused.contains("hold codes that have no class"), "{refused}");
    assert!(refused.contains("all that they hold are codes of clcd, modis-igbp"), "{refused}");
}

/// Writes over the last tile that a sample holds, or over nothing; the file seems unchanged, as on a failing disk.
fn written_over(file: &Path, with: Option<u8>) {
    let changed = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let mut bytes = std::fs::read(sample("clcd_2020.tif")).unwrap();
    if let Some(with) = with {
        let end = bytes.len();
        bytes[end - 2000..].fill(with);
    }
    std::fs::write(file, bytes).unwrap();
    std::fs::File::options().write(true).open(file).unwrap().set_modified(changed).unwrap();
}

/// A command that reads `clcd_2020.tif` fails at its last tile, and is carried on when that is mended.
fn carried_on(command: &[&str], of_raster: &str) {
    let folder = tempfile::tempdir().unwrap();
    let zones = sample("zones.geojson");
    let new = folder.path().join("clcd_2020.tif");
    let start = [command, &["--zones", &zones]].concat();
    let run = |more: &[&str]| icf_in(folder.path(), &[&start[..], more].concat());
    let checkpoint = folder.path().join("areas.csv.checkpoint");
    written_over(&new, None);
    let whole = stdout(&run(&["--quiet"]));
    assert!(whole.lines().count() > 10, "{whole}");

    written_over(&new, Some(255));
    let broken = run(&["--out", "areas.csv"]);
    assert_eq!(broken.status.code(), Some(3), "{}", stderr(&broken));
    assert!(checkpoint.is_file() && !folder.path().join("areas.csv").exists());
    // Another rule, or a raster of another time, is another run.
    let refused = |more: &[&str], expected: &str| {
        let output = run(&[&["--out", "areas.csv", "--resume"], more].concat());
        let said =
            stderr(&output).split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert!(said.contains(expected) && said.contains("run without --resume to begin anew"), "{said}");
    };
    refused(&["--coverage", "centre"], "areas.csv.checkpoint: is of a run of other inputs: --coverage");
    let now = std::fs::read(&new).unwrap();
    std::fs::write(&new, now).unwrap();
    refused(&[], &format!("is of a run of other inputs: clcd_2020.tif{of_raster}"));

    written_over(&new, None);
    let resumed = run(&["--out", "areas.csv", "--resume"]);
    let said = stderr(&resumed);
    assert!(resumed.status.success(), "{said}");
    let counts: Vec<usize> = said
        .lines()
        .find_map(|line| line.strip_prefix("icf: carried on: "))
        .unwrap()
        .split(' ')
        .filter_map(|word| word.parse().ok())
        .collect();
    assert!(0 < counts[0] && counts[0] < counts[1], "{said}");
    assert_eq!(std::fs::read_to_string(folder.path().join("areas.csv")).unwrap(), whole);
    assert!(!checkpoint.exists());

    let anew = run(&["--out", "areas.csv", "--resume"]);
    assert!(stderr(&anew).contains("there is no areas.csv.checkpoint: nothing is carried on"));
    std::fs::write(&checkpoint, "{}").unwrap();
    refused(&[], "is no checkpoint or damaged");
    assert_eq!(run(&["--resume"]).status.code(), Some(2));
}

#[test]
fn an_interrupted_run_is_carried_on_to_the_same_bytes() {
    let old = sample("clcd_2000.tif");
    carried_on(&["zonal", "--years", "from-name", "--raster", &old, "clcd_2020.tif"], " of 2020");
    carried_on(&["land-change", "--years", "from-name", "--raster", &old, "clcd_2020.tif"], " of 2020");
    let npp = sample("npp_2020.tif");
    carried_on(&["land-npp", "--raster", "clcd_2020.tif", "--npp", &npp, "--unit", "gC/m2"], "");
}

#[test]
fn a_checkpoint_of_another_command_or_production_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (zones, npp) = (sample("zones.geojson"), sample("npp_2020.tif"));
    let new = folder.path().join("clcd_2020.tif");
    written_over(&new, Some(255));
    let run = |command: &[&str]| {
        let rest = ["--raster", "clcd_2020.tif", "--zones", &zones, "--out", "a.csv"];
        icf_in(folder.path(), &[command, &rest].concat())
    };
    let of_npp = ["land-npp", "--npp", &npp, "--unit", "gC/m2"];
    assert_eq!(run(&of_npp).status.code(), Some(3));
    let said = |command: &[&str]| {
        let output = run(&[command, &["--resume"]].concat());
        assert_eq!(output.status.code(), Some(3));
        stderr(&output).split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ")
    };
    assert!(said(&["zonal"]).contains("of a run of other inputs: the command"));
    assert!(said(&[&of_npp[..], &["--valid", "0,9000"]].concat()).contains("of other inputs: --valid"));
    // What the numbers stand for decides no sum.
    written_over(&new, None);
    let output = run(&[&of_npp[..], &["--scale", "0.1", "--resume"]].concat());
    assert!(output.status.success() && stderr(&output).contains("carried on"), "{}", stderr(&output));
}
