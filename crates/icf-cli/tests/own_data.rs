//! A user's own data: begun, checked, and run with emissions instead of fuels.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::{icf, icf_in, root, stderr, stdout};

#[test]
fn a_begun_package_says_which_tables_have_no_row() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(icf_in(folder.path(), &["data", "init", "mine"]).status.code(), Some(0));
    let checked = icf_in(folder.path(), &["data", "check", "mine"]);
    assert_eq!(checked.status.code(), Some(3));
    for table in ["regions", "fuels", "energy", "emissions", "land", "population"] {
        assert!(stderr(&checked).contains(&format!("mine/{table}.csv:1:1")), "{table}: {}", stderr(&checked));
    }
    let again = icf_in(folder.path(), &["data", "init", "mine"]);
    assert_eq!(again.status.code(), Some(3));
    assert!(stderr(&again).contains("not empty: nothing was written"), "{}", stderr(&again));
}

/// The example rows of the README are a data set that can be used.
#[test]
fn the_examples_of_the_readme_are_a_data_set() {
    let folder = tempfile::tempdir().unwrap();
    icf_in(folder.path(), &["data", "init", "mine"]);
    let readme = std::fs::read_to_string(folder.path().join("mine/README.md")).unwrap();
    for section in readme.split("\n## ").skip(1) {
        let file = section.lines().next().unwrap();
        let table = section.split("```csv\n").nth(1).unwrap().split("```").next().unwrap();
        assert_eq!(table.lines().count(), 2, "{file}");
        std::fs::write(folder.path().join("mine").join(file), table).unwrap();
    }
    let checked = icf_in(folder.path(), &["data", "check", "mine/datapackage.json", "--format", "json"]);
    assert!(checked.status.success(), "{}", stderr(&checked));
    let found: serde_json::Value = serde_json::from_str(&stdout(&checked)).unwrap();
    let rows: Vec<_> =
        found["tables"].as_array().unwrap().iter().map(|table| table["rows"].clone()).collect();
    assert_eq!(rows, vec![1; 8]);
}

#[test]
fn what_the_built_in_data_hold() {
    let provinces = stdout(&icf(&["data", "check", "china-provinces"]));
    assert!(provinces.contains("energy: 11162 rows, 2000–2022, in 1e4 t, 1e8 m3"), "{provinces}");
    assert!(provinces.contains("  ···9999█999999█████████  640000\n"), "{provinces}");
    let cities = stdout(&icf(&["data", "check", "china-cities"]));
    assert!(
        cities.contains("emissions: 3929 rows, 1995–2019, in Mt CO2\n  quality: direct 3927, suspect 2\n")
    );
    // Chaohu, which was dissolved in 2011.
    assert!(cities.contains("  ···········█████·········  340181\n"), "{cities}");
}

const REGIONS: &str = "region,name_en,group3\na,A,west\nb,B,west\nc,C,east\nd,D,east\n";

/// A data set of four regions with emissions alone: b rises tenfold in 2003, d has a gap in 2002.
fn write_set(folder: &Path) {
    let set = folder.join("set");
    std::fs::create_dir(&set).unwrap();
    let mut emissions = "region,year,quantity,unit,quality\n".to_owned();
    for (region, level) in [("a", 44.0), ("b", 10.0), ("c", 3.0), ("d", 1.0)] {
        for year in 2000..=2006 {
            let value = if region == "b" && year == 2003 { 10.0 * level } else { level };
            let flag = if region == "c" && year == 2001 { "suspect" } else { "direct" };
            if region != "d" || year != 2002 {
                emissions.push_str(&format!("{region},{year},{value},1e4 t CO2,{flag}\n"));
            }
        }
    }
    std::fs::write(set.join("regions.csv"), REGIONS).unwrap();
    std::fs::write(set.join("emissions.csv"), emissions).unwrap();
    let package = r#"{"resources": [{"name": "regions", "path": "regions.csv"}, {"name": "emissions", "path": "emissions.csv"}]}"#;
    std::fs::write(set.join("datapackage.json"), package).unwrap();
}

fn write_scenario(folder: &Path, accounting: &str) {
    let cities = std::fs::read_to_string(root().join("scenarios/cities.yaml")).unwrap();
    let mut scenario: String = cities
        .lines()
        .map(|line| match line.split(':').next().unwrap_or_default() {
            "data" => "data: set\n".to_owned(),
            "years" => "years: { first: 2000, last: 2006 }\n".to_owned(),
            "accounting" => format!("accounting: {accounting}\n"),
            "  exclude" => "  exclude: []\n".to_owned(),
            _ => format!("{line}\n"),
        })
        .collect();
    scenario = scenario.replace("horizon: 2017", "horizon: 2008");
    std::fs::write(folder.join("own.yaml"), scenario).unwrap();
}

#[test]
fn emissions_alone_are_carried_through() {
    let folder = tempfile::tempdir().unwrap();
    write_set(folder.path());
    write_scenario(folder.path(), "{ preset: coherent, fuels: paper-8, non_energy: include }");
    let run = icf_in(folder.path(), &["run-scenario", "own.yaml", "--out", "run", "--quiet"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let table =
        |name: &str| std::fs::read_to_string(folder.path().join(format!("run/tables/{name}.csv"))).unwrap();
    let regions = table("regions");
    let row = regions.lines().find(|row| row.starts_with("a,A,west,2000,")).unwrap();
    let cells: Vec<&str> = row.split(',').collect();
    // 44·10⁴ t CO2 are 12·10⁴ t C but for a rounding; there are no residents, no sink and no footprint.
    assert_eq!((cells[5], cells[6]), ("", "440000.0"));
    assert!((cells[7].parse::<f64>().unwrap() / 120_000.0 - 1.0).abs() < 1e-15, "{row}");
    assert!(cells[8..16].iter().all(|cell| cell.is_empty()), "{row}");
    let quality = table("data_quality");
    for expected in [
        "emissions,b,2003,CO2,outlier,kept\n",
        "emissions,c,2001,CO2,suspect,kept\n",
        "emissions,d,2002,CO2,missing,filled on the line from 2001 to 2003\n",
    ] {
        assert!(quality.contains(expected), "{expected} not in {quality}");
    }
    assert_eq!(quality.lines().count(), 4, "{quality}");
    assert!(table("moran").lines().skip(1).all(|row| row.starts_with("ice_tco2,")));
}

/// Three made-up regions with emissions, land and residents run by the scenario that the page on data shows.
#[test]
fn the_scenario_of_the_page_runs_on_own_data() {
    let folder = tempfile::tempdir().unwrap();
    let page = std::fs::read_to_string(root().join("docs/data.md")).unwrap();
    let section = page.split("## Your own data").nth(1).unwrap();
    let scenario = section.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    std::fs::write(folder.path().join("mine.yaml"), scenario).unwrap();
    std::fs::copy(root().join("scenarios/baseline.yaml"), folder.path().join("baseline.yaml")).unwrap();

    let set = folder.path().join("mine");
    std::fs::create_dir(&set).unwrap();
    let mut emissions = "region,year,quantity,unit\n".to_owned();
    let mut land = "region,year,source,class,area,unit\n".to_owned();
    let mut population = "region,year,population,unit\n".to_owned();
    for year in 2010..=2020 {
        for (region, level, forest) in [("a", 5, 40_000), ("b", 20, 20_000), ("c", 60, 5_000)] {
            emissions.push_str(&format!("{region},{year},{},kt CO2\n", level * (1000 + 20 * (year - 2010))));
            land.push_str(&format!("{region},{year},inventory,forest,{forest},km2\n"));
            land.push_str(&format!("{region},{year},inventory,grassland,{},km2\n", forest / 4));
            population.push_str(&format!("{region},{year},{level},1e4 persons\n"));
        }
    }
    let regions = "region,name_en,group\na,Uplands,north\nb,Midlands,north\nc,Coast,south\n".to_owned();
    for (table, text) in
        [("regions", regions), ("emissions", emissions), ("land", land), ("population", population)]
    {
        std::fs::write(set.join(format!("{table}.csv")), text).unwrap();
    }
    let run = icf_in(folder.path(), &["run-scenario", "mine.yaml", "--out", "run", "--quiet"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let said = stdout(&run);
    // 85 Mt CO2 grow by a fifth to 102, which are 27.8 Mt C; forest takes up 3.8096 and grassland 0.9482 t/hm2.
    assert!(
        said.contains("2020  emissions 0.28e8 against a sink of 0.26e8 t C: deficit of 0.02e8"),
        "{said}"
    );
    assert!(said.contains("budget (nation): in 2030 above 0.25e8 t C"), "{said}");
}

#[track_caller]
fn check(accounting: &str, expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    write_set(folder.path());
    write_scenario(folder.path(), accounting);
    let checked = icf_in(folder.path(), &["validate", "own.yaml"]);
    assert_eq!(checked.status.code(), Some(3));
    assert!(stderr(&checked).contains(expected), "{}", stderr(&checked));
}

#[test]
fn what_needs_fuels_is_refused() {
    check(
        "{ preset: as-published, fuels: paper-8, non_energy: include }",
        "`as-published` needs fuels, and the data set gives emissions alone",
    );
    check(
        "{ preset: coherent, fuels: paper-8, non_energy: exclude }",
        "feedstock can be taken out of fuels only",
    );
}

#[test]
fn the_cities_cluster() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("cities");
    let run = icf(&["run-scenario", "scenarios/cities.yaml", "--out", out.to_str().unwrap(), "--quiet"]);
    assert!(run.status.success(), "{}", stderr(&run));
    assert!(stdout(&run).contains("not known: energy or land is missing"), "{}", stdout(&run));
    assert!(stdout(&run).contains("not known of any"), "{}", stdout(&run));
    let moran = std::fs::read_to_string(out.join("tables/moran.csv")).unwrap();
    assert_eq!(moran.lines().count(), 1 + 11);
    for row in moran.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let (n, statistic): (usize, f64) = (cells[2].parse().unwrap(), cells[3].parse().unwrap());
        assert!((200..=288).contains(&n) && (0.1..0.4).contains(&statistic), "{row}");
    }
    let lisa = std::fs::read_to_string(out.join("tables/lisa.csv")).unwrap();
    assert!(
        lisa.lines().any(|row| row.starts_with("ice_tco2,2016,130200,") && row.contains(",HH,")),
        "Tangshan"
    );
    let classes = std::fs::read_to_string(out.join("tables/classes.csv")).unwrap();
    assert_eq!(classes.lines().count(), 1 + 5);
    assert!(out.join("figures/map_emissions_class.svg").exists());
}
