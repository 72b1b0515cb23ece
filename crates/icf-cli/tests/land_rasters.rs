//! Scenarios whose land comes from rasters.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::{icf, icf_in, root, stderr, stdout};

const SCENARIO: &str = "scenarios/land-rasters.yaml";

/// Runs a scenario for its tables, and gives the folder.
fn run(scenario: &str, folder: &Path, more: &[&str]) {
    let out = folder.to_str().unwrap();
    let tables = ["--set", "outputs={ tables: [csv], maps: [], figures: false, page: false }"];
    let start = ["run-scenario", scenario, "--out", out, "--quiet"];
    let output = icf(&[&start[..], &tables, more].concat());
    assert!(output.status.success(), "{}", stderr(&output));
}

/// The sink of the nation by year, t C.
fn sinks(folder: &Path) -> Vec<(i32, f64)> {
    let text = std::fs::read_to_string(folder.join("tables/nation.csv")).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let column = |name: &str| header.iter().position(|known| *known == name).unwrap();
    let (year, sink) = (column("year"), column("cs_t"));
    let history = lines.filter(|row| row[1] == "history");
    history.map(|row| (row[year].parse().unwrap(), row[sink].parse().unwrap())).collect()
}

#[test]
fn the_land_of_rasters_makes_the_sink_and_threads_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    let of = |threads: &str| folder.path().join(threads);
    for threads in ["1", "2", "8"] {
        run(SCENARIO, &of(threads), &["--threads", threads]);
    }
    let files = |threads: &str| {
        let mut files: Vec<_> =
            std::fs::read_dir(of(threads).join("tables")).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        files.push(of(threads).join("manifest.json"));
        files.iter().map(|file| std::fs::read(file).unwrap()).collect::<Vec<_>>()
    };
    assert!(files("1").len() > 10);
    assert!(files("1") == files("2") && files("1") == files("8"));

    let sinks = sinks(&of("1"));
    let sink = |year: i32| sinks.iter().find(|(of, _)| *of == year).unwrap().1;
    let baseline = folder.path().join("baseline");
    run("scenarios/baseline.yaml", &baseline, &[]);
    let known = self::sinks(&baseline);
    for year in [2003, 2018] {
        // The sample holds as much forest as the inventories of its years, by cells of some 100 km².
        let known = known.iter().find(|(of, _)| *of == year).unwrap().1;
        assert!((sink(year) / known - 1.0).abs() < 0.03, "{year}: {} is not {known}", sink(year));
    }
    // Between the rasters on a straight line, before and after constant.
    let middle = sink(2003) + (sink(2018) - sink(2003)) * 7.0 / 15.0;
    assert!((sink(2010) / middle - 1.0).abs() < 1e-12);
    assert_eq!((sink(2000), sink(2022)), (sink(2003), sink(2018)));

    let manifest = std::fs::read_to_string(of("1").join("manifest.json")).unwrap();
    for file in ["docs/landcover/china_2003.tif", "docs/landcover/china_2018.tif"] {
        assert!(manifest.contains(file), "{file} is not in the manifest");
    }
    let assumptions = std::fs::read_to_string(of("1").join("tables/assumptions.csv")).unwrap();
    assert!(assumptions.contains("cells of the rasters of 2003, 2018 on the ellipsoid"));
}

#[test]
fn polygons_of_a_file_and_a_map_of_ones_own_give_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let boundaries = root().join("crates/icf-data/china-provinces/boundaries.geojson");
    let text = std::fs::read_to_string(boundaries).unwrap().replace("\"region\":", "\"code\":");
    std::fs::write(folder.path().join("zones.geojson"), text).unwrap();
    let map = "forest: 2\ngrassland: 4\nrest: [1, 5, 8]\nnodata: 0\n";
    std::fs::write(folder.path().join("map.yaml"), map).unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let sets = [
        format!("land.rasters.zones='{}'", at("zones.geojson")),
        "land.rasters.id=code".to_owned(),
        format!("land.rasters.codes='{}'", at("map.yaml")),
    ];
    let sets: Vec<&str> = sets.iter().flat_map(|set| ["--set", set.as_str()]).collect();
    let (own, plain) = (folder.path().join("own"), folder.path().join("plain"));
    run(SCENARIO, &own, &sets);
    run(SCENARIO, &plain, &[]);
    assert_eq!(sinks(&own), sinks(&plain));
}

/// What is wrong with the scenario when some keys are set ends with a code and is said with its place.
#[track_caller]
fn check(sets: &[&str], expected: &[&str]) {
    check_of(SCENARIO, sets, expected);
}

#[track_caller]
fn check_of(scenario: &str, sets: &[&str], expected: &[&str]) {
    let sets: Vec<&str> = sets.iter().flat_map(|set| ["--set", set]).collect();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let start = ["run-scenario", scenario, "--quiet", "--out", out.to_str().unwrap()];
    let output = icf(&[&start[..], &sets].concat());
    let said = stderr(&output).split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
    assert_eq!(output.status.code(), Some(3), "{said}");
    for part in expected {
        assert!(said.contains(part), "{part:?} is not in {said}");
    }
}

#[test]
fn mistakes_are_said_at_the_key() {
    check(
        &["land.rasters.codes=esa-cci"],
        &[
            "the rasters of 2003 hold codes that have no class: 1, 2, 4, 5, 8",
            "the rasters of 2018 hold codes",
        ],
    );
    check(&["land.rasters.codes=esa-cci"], &["all that they hold are codes of clcd, modis-igbp"]);
    check(
        &["land.rasters.codes=corine"],
        &["no product and no file `corine`", "name one of clcd, modis-igbp"],
    );
    check(&["land.rasters.files={ 2003: none.tif }"], &["none.tif cannot be read"]);
    check(&["land.rasters.files={ 2003: README.md }"], &["README.md is not a TIFF"]);
    check(&["land.rasters.files={ soon: a.tif }"], &["`soon`"]);
    check(
        &["land.rasters.zones=docs/landcover/zones.geojson"],
        &["no polygon is of a region of the data set: they are valley, hills, border", "land.rasters.id"],
    );
    check(
        &["land.rasters.files={ 2003: docs/landcover/clcd_2000.tif, 2018: docs/landcover/clcd_2020.tif }"],
        &["no boundary, or no known cell in it: Beijing", "regions.exclude"],
    );
    check(
        &["land.rasters.files={ 2003: [docs/landcover/china_2003.tif, docs/landcover/china_2018.tif] }"],
        &["china_2018.tif overlaps docs/landcover/china_2003.tif"],
    );
    check(
        &["land.source=inventory"],
        &["`land.rasters` names rasters, and the areas come from another source"],
    );
    check(&["land.rasters=~"], &["`land.rasters` names none"]);
    check(
        &[
            "land.classes={ forest: { share: 0.5 }, grassland: { share: 0.4 }, impervious: { npp: 1 t/hm2, share: 0.1 } }",
        ],
        &["`impervious` land is industrial and built land, which takes up no carbon"],
    );
    check(
        &[
            "land.classes={ forest: { share: 0.5 }, grassland: { share: 0.4 }, jungle: { npp: 1 t/hm2, share: 0.1 } }",
        ],
        &["no code of the rasters means land class `jungle`"],
    );
}

#[test]
fn polygons_of_a_geopackage_give_the_same() {
    // A run writes its regions as a GeoPackage, which names them in its column `region`.
    let folder = tempfile::tempdir().unwrap();
    let (maps, own, plain) =
        (folder.path().join("maps"), folder.path().join("own"), folder.path().join("plain"));
    let outputs = "outputs={ tables: [csv], maps: [geopackage], figures: false, page: false }";
    let start = ["run-scenario", "scenarios/baseline.yaml", "--out", maps.to_str().unwrap(), "--quiet"];
    let output = icf(&[&start[..], &["--set", outputs]].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    let zones = format!("land.rasters.zones='{}'", maps.join("maps/icf.gpkg").display());
    run(SCENARIO, &own, &["--set", &zones, "--set", "land.rasters.layer=regions"]);
    run(SCENARIO, &plain, &[]);
    assert_eq!(sinks(&own), sinks(&plain));
    let manifest = std::fs::read_to_string(own.join("manifest.json")).unwrap();
    assert!(manifest.contains("maps/icf.gpkg"), "{manifest}");
    check(
        &["land.rasters.zones=crates/icf-boundaries/tests/gdal/gauss.shp", "land.rasters.id=name"],
        &["land.rasters.zones", "gauss.prj: the zones lie in", "which is not known here"],
    );
    check(
        &["land.rasters.zones=crates/icf-boundaries/tests/gdal/gbk.shp", "land.rasters.id=none"],
        &["gbk.dbf: has no column `none`"],
    );
    check(&["land.rasters.layer=a"], &["`land.rasters.layer` chooses a layer", "names no file"]);
}

const WITH_NPP: &str = "scenarios/land-npp.yaml";

#[test]
fn factors_of_a_raster_are_those_of_the_command_as_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    // The nation of the scenario is the regions of the data set.
    let table = at("factors.csv");
    let boundaries =
        std::fs::read_to_string(root().join("crates/icf-data/china-provinces/boundaries.geojson"));
    let regions =
        std::fs::read_to_string(root().join("crates/icf-data/china-provinces/regions.csv")).unwrap();
    let ids: Vec<&str> = regions.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    let mut zones: serde_json::Value = serde_json::from_str(&boundaries.unwrap()).unwrap();
    let is_own =
        |feature: &serde_json::Value| ids.contains(&feature["properties"]["region"].as_str().unwrap());
    zones["features"].as_array_mut().unwrap().retain(is_own);
    std::fs::write(at("zones.geojson"), zones.to_string()).unwrap();
    let output = icf(&[
        "land-npp",
        "--raster",
        "docs/landcover/china_2018.tif",
        "--npp",
        "docs/landcover/china_npp_2018.tif",
        "--unit",
        "kgC/m2",
        "--scale",
        "0.0001",
        "--valid",
        "-30000,32700",
        "--zones",
        at("zones.geojson").to_str().unwrap(),
        "--classes",
        "clcd",
        "--class",
        "forest",
        "grassland",
        "--table",
        "factors",
        "--out",
        table.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}", stderr(&output));
    run(WITH_NPP, &at("raster"), &["--threads", "1"]);
    run(WITH_NPP, &at("again"), &["--threads", "8"]);
    let equivalence = format!("land.equivalence='{}'", table.display());
    run(SCENARIO, &at("table"), &["--set", &equivalence]);
    run(SCENARIO, &at("none"), &[]);
    let tables = |name: &str| {
        let file = |table: &str| std::fs::read(at(name).join("tables").join(table)).unwrap();
        [file("nation.csv"), file("regions.csv")]
    };
    assert!(tables("raster") == tables("again"), "threads matter");
    assert_eq!(sinks(&at("raster")), sinks(&at("table")));
    assert!(tables("raster") == tables("table"), "the factors differ from those of the command");
    assert_ne!(sinks(&at("raster")), sinks(&at("none")));
    // Weighted by area E has a mean of one, so the nation's sink in the year of the raster is that without factors.
    let of_2018 = |name: &str| sinks(&at(name)).into_iter().find(|(year, _)| *year == 2018).unwrap().1;
    assert!(
        (of_2018("raster") / of_2018("none") - 1.0).abs() < 1e-9,
        "{}",
        of_2018("raster") / of_2018("none")
    );
    let manifest = std::fs::read_to_string(at("raster").join("manifest.json")).unwrap();
    assert!(manifest.contains("china_npp_2018.tif"));
    let assumptions = std::fs::read_to_string(at("raster").join("tables/assumptions.csv")).unwrap();
    assert!(assumptions.contains("china_npp_2018.tif on the cells of the class in 2018"));
}

#[test]
fn mistakes_of_a_raster_of_production_are_said_at_the_key() {
    let check = |sets: &[&str], expected: &[&str]| check_of(WITH_NPP, sets, expected);
    let npp = |rest: &str| format!("land.rasters.npp={{ file: docs/landcover/china_npp_2018.tif, {rest} }}");
    check_of(SCENARIO, &[&npp("year: 2018")], &["missing key `unit`"]);
    check(&[&npp("year: 2018, unit: kg/m2")], &["is not the unit of net primary production", "kgC/m2"]);
    check(
        &[&npp("year: 2010, unit: kgC/m2")],
        &["the classes of 2010, of which there is no raster", "2003, 2018"],
    );
    check(&["land.equivalence=factors.csv"], &["`land.equivalence` names a table of them", "leave out one"]);
    check(&["land.rasters.npp.most=-40000"], &["no number lies between `least` -30000 and `most` -40000"]);
    check(&["land.rasters.npp.file=none.tif"], &["none.tif cannot be read"]);
    check(
        &["land.rasters.npp.file=docs/landcover/npp_2020.tif"],
        &["smaller than those of the classes", "gdalwarp"],
    );
    check(&["land.rasters.npp.offset=-9"], &[" t/hm2 in kgC/m2, which no vegetation has"]);
    check(&["land.rasters.npp.least=32000"], &["has no known value at any cell", "`least` and `most`"]);
    check(&["land.rasters.npp.least=5000"], &["so that there is no factor: forest of", "regions.exclude"]);
}

/// A mean that no vegetation has is a warning at the key, with its line and what to look at.
#[test]
fn an_odd_mean_is_told_at_the_unit() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(root().join(WITH_NPP)).unwrap();
    let text = text.replace("scale: 0.0001", "scale: 0.01");
    let scenarios = root().join("scenarios");
    let text = text.replace("land-rasters.yaml", &scenarios.join("land-rasters.yaml").display().to_string());
    let text = text.replace("../docs", &root().join("docs").display().to_string());
    std::fs::write(folder.path().join("odd.yaml"), text).unwrap();
    let output = icf_in(folder.path(), &["validate", "--quiet", "odd.yaml"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let told = stderr(&output);
    for part in
        ["npp-odd", "which no vegetation has", "[odd.yaml:", "unit: kgC/m2", "`land.rasters.npp.scale`"]
    {
        assert!(told.contains(part), "{part:?} is not in {told}");
    }
}

#[test]
fn rasters_are_a_level_of_the_garden_for_who_has_them() {
    let output = icf(&["garden", SCENARIO, "--format", "csv"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let text = stdout(&output);
    let count = |word: &str| text.lines().filter(|line| line.contains(&format!(",{word},"))).count();
    assert_eq!(["modis-2019", "inventory", "rasters"].map(count), [12; 3]);
    assert!(!text.contains("no code of the rasters"), "{text}");
    // A path on another land is that of the scenario without rasters.
    let of_baseline = stdout(&icf(&["garden", "scenarios/baseline.yaml", "--format", "csv"]));
    let figures = |text: &str| -> Vec<String> {
        let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let at = header.iter().position(|column| column.starts_with("sink_last")).unwrap();
        let rows = text.lines().filter(|line| line.contains(",q-d,carbon,inventory,"));
        rows.map(|line| line.split(',').nth(at).unwrap().to_owned()).collect()
    };
    assert_eq!(figures(&text), figures(&of_baseline));
    assert_eq!(figures(&text).len(), 2);
}

#[test]
fn another_class_of_the_rasters_can_be_a_sink() {
    let folder = tempfile::tempdir().unwrap();
    let classes = "land.classes={ forest: { share: 0.8 }, grassland: { share: 0.1 }, cropland: { npp: 1 t/hm2, share: 0.1 } }";
    run(SCENARIO, folder.path().join("out").as_path(), &["--set", classes]);
    let plain = folder.path().join("plain");
    run(SCENARIO, &plain, &[]);
    assert!(sinks(&folder.path().join("out"))[0].1 > sinks(&plain)[0].1 * 1.05);
    let output = icf_in(folder.path(), &["validate", root().join(SCENARIO).to_str().unwrap()]);
    assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
}
