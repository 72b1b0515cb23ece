//! Every mistake a table can have: reported with file, row and column, all at once, and nothing read.
#![expect(clippy::unwrap_used, reason = "a test may panic, and reads what was written")]
#![expect(clippy::disallowed_methods, reason = "tests write small data sets")]

use std::path::Path;

use icf_ingest::{Source, read};

const REGIONS: &str = "region,name_en,group3\n010000,Here,east\n020000,There,west\n";
const FUELS: &str = "fuel,name_en,unit,standard_coal,paper_s,paper_d\ncoal,Coal,1e4 t,0.7143,0.7143,1.9003\ngas,Gas,1e8 m3,,,2.1\n";
const ENERGY: &str = "region,year,fuel,quantity,unit,quality\n010000,2000,coal,1,1e4 t,direct\n\
                      010000,2001,coal,2,1e4 t,suspect\n020000,2000,coal,3,tce,direct\n";
const LAND: &str = "region,year,source,class,area,unit\n010000,2000,inventory,forest,1,km2\n\
                    020000,2000,inventory,forest,2,hm2\n";
const POPULATION: &str = "region,year,population,unit\n010000,2000,1,1e4 persons\n020000,2000,5,persons\n";

/// Writes a data set in which one table is replaced, and reads it.
fn read_with(table: &str, content: &[u8]) -> Result<icf_ingest::Dataset, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set");
    std::fs::create_dir(&path).unwrap();
    for (name, text) in [
        ("regions", REGIONS),
        ("fuels", FUELS),
        ("energy", ENERGY),
        ("land", LAND),
        ("population", POPULATION),
    ] {
        std::fs::write(path.join(format!("{name}.csv")), text).unwrap();
    }
    if !table.is_empty() {
        std::fs::write(path.join(table), content).unwrap();
    }
    read_path(&path)
}

fn read_path(path: &Path) -> Result<icf_ingest::Dataset, Vec<String>> {
    read(&Source::Path(path.to_owned()))
        .map_err(|mistakes| mistakes.as_slice().iter().map(ToString::to_string).collect())
}

#[track_caller]
fn check(table: &str, content: &str, expected: &[&str]) {
    assert_eq!(read_with(table, content.as_bytes()).unwrap_err(), expected);
}

#[test]
fn a_good_set_is_read_in_base_units() {
    let set = read_with("", b"").unwrap();
    let year = icf_units::Year::new(2000);
    assert_eq!(set.energy["coal"].get(0, year).unwrap().value.get(), 1e7);
    // 3 tce of a fuel with 0.7143 kgce/kg.
    assert_eq!(set.energy["coal"].get(1, year).unwrap().value.get(), 3e3 / 0.7143);
    assert_eq!(set.land_area("inventory", "forest").unwrap().get(0, year).unwrap().value.get(), 100.0);
    assert_eq!(set.population.as_ref().unwrap().get(0, year).unwrap().value.get(), 1e4);
    assert_eq!(set.groupings(), ["group3"]);
}

#[test]
fn numbers() {
    check(
        "energy.csv",
        "region,year,fuel,quantity,unit\n010000,2000,coal,many,1e4 t\n010000,2001,coal,NaN,1e4 t\n\
         020000,2000,coal,-4,1e4 t\n020000,2001,coal,inf,1e4 t\n",
        &[
            "set/energy.csv:2:18: column `quantity` holds \"many\", not a finite number (hint: leave a row out when its \
             figure is not known)",
            "set/energy.csv:3:18: column `quantity` holds \"NaN\", not a finite number (hint: leave a row out when its \
             figure is not known)",
            "set/energy.csv:4:18: column `quantity` holds -4, which is below zero",
            "set/energy.csv:5:18: column `quantity` holds \"inf\", not a finite number (hint: leave a row out when its \
             figure is not known)",
        ],
    );
}

#[test]
fn numbers_beyond_any_figure() {
    let hint = "(hint: figures lie between 1e-18 and 1e18, or are 0)";
    check(
        "energy.csv",
        "region,year,fuel,quantity,unit\n010000,2000,coal,1e300,1e4 t\n020000,2000,coal,1e-320,1e4 t\n",
        &[
            &format!(
                "set/energy.csv:2:18: column `quantity` holds \"1e300\", which no figure of this kind reaches {hint}"
            ),
            &format!(
                "set/energy.csv:3:18: column `quantity` holds \"1e-320\", which no figure of this kind reaches {hint}"
            ),
        ],
    );
}

#[test]
fn tables_without_a_row() {
    let hint = "(hint: fill it in; or take it out of folder and datapackage.json, where docs/data.md says that it may be left out)";
    for (table, text) in [
        ("regions", REGIONS),
        ("fuels", FUELS),
        ("energy", ENERGY),
        ("land", LAND),
        ("population", POPULATION),
    ] {
        let header = text.lines().next().unwrap();
        check(&format!("{table}.csv"), header, &[&format!("set/{table}.csv:1:1: has no row {hint}")]);
    }
}

#[test]
fn names() {
    check(
        "energy.csv",
        "region,year,fuel,quantity,unit\n01000,2000,coal,1,1e4 t\n010000,2000,cola,1,1e4 t\n010000,MM,coal,1,1e4 t\n\
         010000,2001,coal,1,bushel\n010000,2002,gas,1,1e4 t\n010000,2003,gas,1,tce\n",
        &[
            "set/energy.csv:2:1: unknown region \"01000\" (hint: did you mean \"010000\"?)",
            "set/energy.csv:3:13: unknown fuel \"cola\" (hint: did you mean \"coal\"?)",
            "set/energy.csv:4:8: \"MM\" is not a year",
            "set/energy.csv:5:20: unknown unit \"bushel\" (hint: one of kg, t, 1e4 t, kt, Mt, m3, 1e4 m3, 1e8 m3, kgce, tce, \
             1e4 tce)",
            "set/energy.csv:6:19: gas is not measured in 1e4 t (hint: its unit is 1e8 m3 or tce)",
            "set/energy.csv:7:19: gas has no standard-coal coefficient (hint: give the quantity in its physical unit)",
        ],
    );
}

#[test]
fn two_rows_for_one_key() {
    check(
        "population.csv",
        "region,year,population,unit\n010000,2000,1,persons\n010000,2000,2,persons\n",
        &["set/population.csv:3:1: two rows for 010000 in 2000 (hint: the first stands in line 2)"],
    );
    check(
        "regions.csv",
        "region,name_en\n010000,Here\n020000,There\n010000,Here\n",
        &["set/regions.csv:4:1: two rows for 010000 (hint: the first stands in line 2)"],
    );
}

#[test]
fn columns() {
    check(
        "population.csv",
        "region,year,populaton,unit\n010000,2000,1,persons\n",
        &[
            "set/population.csv:1:1: column `population` is missing (hint: did you mean to name \"populaton\" so?)",
        ],
    );
}

#[test]
fn files() {
    let hint = "(hint: a figure that is not known has no row; a file that ends here is truncated)";
    assert_eq!(
        read_with("population.csv", b"region,year,population,unit\n010000,2000,1,persons\n020000,20")
            .unwrap_err(),
        [
            format!("set/population.csv:3:10: column `population` has no value in this row {hint}"),
            format!("set/population.csv:3:10: column `unit` has no value in this row {hint}"),
        ]
    );
    assert_eq!(
        read_with("population.csv", b"region,year,population,unit\n\xb1\xb1\xbe\xa9,2000,1,persons\n")
            .unwrap_err(),
        [
            "set/population.csv:2:1: is not UTF-8 (hint: save the table as UTF-8; older spreadsheets write GBK)"
        ]
    );
    assert_eq!(read_with("population.csv", b"").unwrap_err(), ["set/population.csv: is empty"]);
    let broken = read_with("land.parquet", b"PAR1 and nothing else").unwrap_err();
    assert!(broken.iter().any(|mistake| mistake.contains("table `land` is there twice")), "{broken:?}");
}

#[test]
fn a_truncated_parquet_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set");
    std::fs::create_dir(&path).unwrap();
    for (name, text) in [("regions", REGIONS), ("fuels", FUELS), ("energy", ENERGY), ("land", LAND)] {
        std::fs::write(path.join(format!("{name}.csv")), text).unwrap();
    }
    std::fs::write(path.join("population.parquet"), b"PAR1\x00\x00").unwrap();
    let mistakes = read_path(&path).unwrap_err();
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    assert!(mistakes[0].starts_with("set/population.parquet: cannot be read as a table:"), "{mistakes:?}");
}

#[test]
fn mistakes_of_all_tables_are_reported_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set");
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("regions.csv"), REGIONS).unwrap();
    std::fs::write(path.join("fuels.csv"), FUELS).unwrap();
    std::fs::write(path.join("energy.csv"), ENERGY.replace(",1,1e4 t", ",x,1e4 t")).unwrap();
    std::fs::write(path.join("population.csv"), POPULATION.replace(",2000,", ",two,")).unwrap();
    let mistakes = read_path(&path).unwrap_err();
    assert_eq!(mistakes.len(), 4, "{mistakes:?}");
    assert!(mistakes.iter().any(|mistake| mistake.starts_with("set: table `land` is missing")));
}

#[test]
fn a_table_of_the_package_that_is_almost_named_as_one_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set");
    std::fs::create_dir(&path).unwrap();
    let mut resources = Vec::new();
    for (name, text) in [
        ("regions", REGIONS),
        ("fuels", FUELS),
        ("energy", ENERGY),
        ("land", LAND),
        ("population", POPULATION),
        ("non-enrgy", ENERGY),
        ("notes", ENERGY),
    ] {
        std::fs::write(path.join(format!("{name}.csv")), text).unwrap();
        resources.push(format!(r#"{{"name": "{name}", "path": "{name}.csv"}}"#));
    }
    let package = format!(r#"{{"resources": [{}]}}"#, resources.join(", "));
    std::fs::write(path.join("datapackage.json"), package).unwrap();
    let set = read(&Source::Path(path)).unwrap();
    let warnings: Vec<String> = set.warnings.as_slice().iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["set/datapackage.json: table `non-enrgy` is not used (hint: did you mean `non-energy`?)"]
    );
}

#[test]
fn a_package_knows_the_size_of_its_files_and_keeps_to_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set");
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("r.csv"), REGIONS).unwrap();
    std::fs::write(
        path.join("datapackage.json"),
        r#"{"resources": [{"name": "regions", "path": "r.csv", "bytes": 3}, {"name": "fuels", "path": "../f.csv"},
            {"name": "land", "path": "none.csv"}]}"#,
    )
    .unwrap();
    let mistakes = read_path(&path).unwrap_err();
    assert!(mistakes[0].contains("bytes where the package says 3"), "{mistakes:?}");
    assert!(mistakes[1].contains("leaves the package"), "{mistakes:?}");
    assert!(mistakes[2].contains("the package names \"none.csv\", which is not there"), "{mistakes:?}");
}

#[test]
fn emissions_instead_of_fuels() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set");
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("regions.csv"), REGIONS).unwrap();
    let emissions = path.join("emissions.csv");
    std::fs::write(
        &emissions,
        "region,year,quantity,unit\n010000,2000,1,万吨二氧化碳\n020000,2001,2,Mt CO2\n",
    )
    .unwrap();
    let set = read_path(&path).unwrap();
    let given = set.emissions.unwrap();
    assert_eq!(given.get(0, icf_units::Year::new(2000)).unwrap().value.get(), 1e4);
    assert_eq!(given.get(1, icf_units::Year::new(2000)), None);
    assert_eq!((set.energy.len(), set.land.len(), set.population.is_none()), (0, 0, true));
    let warnings: Vec<String> =
        set.warnings.as_slice().iter().map(|warning| warning.message.clone()).collect();
    assert_eq!(
        warnings,
        [
            "table `land` is missing: no sink, footprint and depth",
            "table `population` is missing: nothing per resident"
        ]
    );
    std::fs::write(&emissions, "region,year,quantity,unit\n010000,2000,1,t\n010000,2001,-1,t CO2\n").unwrap();
    let mistakes = read_path(&path).unwrap_err();
    assert_eq!(
        &mistakes[..2],
        [
            "set/emissions.csv:2:15: unit \"t\" does not fit here (hint: one of kg CO2, t CO2, 1e4 t CO2, kt CO2, Mt CO2)",
            "set/emissions.csv:3:13: column `quantity` holds -1, which is below zero",
        ]
    );
}
