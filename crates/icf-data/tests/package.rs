//! The data package is what it says: files, columns, keys, units, flags and sources.

mod support;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use icf_units::{Quality, Unit};
use serde_json::Value;
use support::{file, number, rows, table};

fn package() -> Value {
    serde_json::from_slice(file("datapackage.json")).expect("the package is JSON")
}

/// Name, path and schema of each table.
fn tables() -> Vec<(String, String, Value)> {
    let package = package();
    let resources = package["resources"].as_array().expect("there are resources");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    resources
        .iter()
        .filter(|resource| resource["path"].as_str().is_some_and(|path| path.ends_with(".csv")))
        .map(|resource| (text(&resource["name"]), text(&resource["path"]), resource.clone()))
        .collect()
}

#[test]
fn every_file_is_listed_and_every_listed_file_is_there() {
    let package = package();
    let mut listed: BTreeSet<String> = package["resources"]
        .as_array()
        .expect("there are resources")
        .iter()
        .map(|resource| resource["path"].as_str().expect("a path").to_owned())
        .collect();
    listed.extend(["datapackage.json", "boundaries.license.txt"].map(str::to_owned));
    let set = icf_data::find("china-provinces").expect("the data set is built in");
    let embedded: BTreeSet<String> = set.files().iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(embedded, listed);
}

#[test]
fn columns_are_those_of_the_schema_and_each_number_has_a_unit() {
    for (name, path, resource) in tables() {
        let fields = resource["schema"]["fields"].as_array().expect("there are fields");
        let names: Vec<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
        assert_eq!(table(&path).0, names, "{name}");
        for field in fields.iter().filter(|field| field["type"] == "number") {
            assert!(field["unit"].is_string(), "{name}: {} has no unit", field["name"]);
        }
        assert!(resource["licenses"].as_array().is_some_and(|licences| !licences.is_empty()), "{name}");
        assert!(resource["sources"].as_array().is_some_and(|sources| !sources.is_empty()), "{name}");
    }
}

#[test]
fn keys_are_unique_and_rows_are_sorted_by_them() {
    for (name, path, resource) in tables() {
        let key: Vec<&str> = match &resource["schema"]["primaryKey"] {
            Value::String(column) => vec![column.as_str()],
            Value::Array(columns) => columns.iter().filter_map(Value::as_str).collect(),
            other => panic!("{name} has the key {other}"),
        };
        let keys: Vec<Vec<String>> =
            rows(&path).iter().map(|row| key.iter().map(|column| row[*column].clone()).collect()).collect();
        assert!(
            keys.windows(2).all(|pair| pair[0] < pair[1]),
            "{name} is not sorted by {key:?}, or has one twice"
        );
    }
}

#[test]
fn regions_fuels_flags_and_sources_are_known() {
    let regions: HashSet<String> = rows("regions.csv").iter().map(|row| row["region"].clone()).collect();
    let fuels: HashSet<String> = rows("fuels.csv").iter().map(|row| row["fuel"].clone()).collect();
    assert_eq!((regions.len(), fuels.len()), (30, 17));
    let package = package();
    let names = |list: &Value| -> HashSet<String> {
        let items = list.as_array().expect("a list");
        items.iter().filter_map(|item| item["name"].as_str()).map(str::to_owned).collect()
    };
    let (sources, flags) = (names(&package["sources"]), names(&package["icf:quality"]));
    for (name, path, _) in tables() {
        let origin = if name.starts_with("land") || name == "forest-change" { "origin" } else { "source" };
        for row in rows(&path) {
            let known =
                |column: &str, of: &HashSet<String>| row.get(column).is_none_or(|text| of.contains(text));
            assert!(known("region", &regions) && known("fuel", &fuels), "{name}: {row:?}");
            assert!(known("quality", &flags) && known(origin, &sources), "{name}: {row:?}");
            assert!(known("standard_coal_source", &sources), "{name}: {row:?}");
        }
    }
}

#[test]
fn flags_and_units_are_those_of_the_program() {
    let package = package();
    let flags = package["icf:quality"].as_array().expect("a list");
    let flags: Vec<&str> = flags.iter().filter_map(|flag| flag["name"].as_str()).collect();
    assert_eq!(flags, Quality::ALL.map(Quality::as_str));
    for (name, path, _) in tables() {
        for row in rows(&path) {
            let Some(text) = row.get("unit") else { continue };
            let amount = text.strip_suffix("/yr").unwrap_or(text);
            let unit = Unit::parse(amount).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(unit.name(), amount, "{name} spells the unit in another way");
        }
    }
}

#[test]
fn a_fuel_has_one_unit_everywhere() {
    let units: BTreeMap<String, String> =
        rows("fuels.csv").into_iter().map(|row| (row["fuel"].clone(), row["unit"].clone())).collect();
    for path in ["energy.csv", "non_energy.csv"] {
        for row in rows(path) {
            assert_eq!(row["unit"], units[&row["fuel"]], "{path}: {row:?}");
        }
    }
}

#[test]
fn a_satellite_forest_below_a_tenth_of_the_inventory_is_suspect() {
    let land = rows("land.csv");
    let forest = |source: &str, year: &str| -> BTreeMap<String, (f64, String)> {
        land.iter()
            .filter(|row| row["source"] == source && row["year"] == year && row["class"] == "forest")
            .map(|row| {
                (row["region"].clone(), (number(row, "area").expect("an area"), row["quality"].clone()))
            })
            .collect()
    };
    let inventory = forest("inventory", "2018");
    for (region, (area, quality)) in forest("modis-2019", "2019") {
        let expected = if area < 0.1 * inventory[&region].0 { "suspect" } else { "estimate" };
        assert_eq!(quality, expected, "{region}: {area} beside {}", inventory[&region].0);
    }
}

#[test]
fn changes_of_forest_are_finite() {
    for row in rows("forest_change.csv") {
        assert!(number(&row, "area_change").is_some_and(f64::is_finite), "{row:?}");
    }
}

#[test]
fn amounts_are_finite_and_not_negative() {
    for (path, column) in [
        ("energy.csv", "quantity"),
        ("non_energy.csv", "quantity"),
        ("land.csv", "area"),
        ("land_igbp.csv", "area"),
        ("population.csv", "population"),
        ("grp.csv", "product"),
    ] {
        for row in rows(path) {
            let amount = number(&row, column).unwrap_or_else(|| panic!("{path}: {row:?}"));
            assert!(amount.is_finite() && amount >= 0.0, "{path}: {row:?}");
        }
    }
}

/// Years with a row, by region and another column.
fn coverage(path: &str, column: &str) -> BTreeMap<(String, String), BTreeSet<i32>> {
    let mut years: BTreeMap<_, BTreeSet<i32>> = BTreeMap::new();
    for row in rows(path) {
        let key = (row["region"].clone(), row.get(column).cloned().unwrap_or_default());
        years.entry(key).or_default().insert(row["year"].parse().expect("a year"));
    }
    years
}

#[test]
fn what_is_covered_and_what_is_missing() {
    let population = coverage("population.csv", "");
    assert!(population.len() == 30 && population.values().all(|years| years.len() == 25));
    for ((region, fuel), years) in coverage("energy.csv", "fuel") {
        let has = |range: std::ops::RangeInclusive<i32>| range.into_iter().all(|year| years.contains(&year));
        if fuel == "other-petroleum-products" {
            assert!(years.contains(&2007) && has(2014..=2022) && years.len() == 10, "{region} {fuel}");
        } else {
            assert!(has(2003..=2022), "{region} {fuel}");
        }
        match region.as_str() {
            "640000" => assert!(!years.iter().any(|year| *year < 2003), "{region} {fuel}"),
            "460000" => assert!(!years.contains(&2002), "{region} {fuel}"),
            _ => {}
        }
    }
}
