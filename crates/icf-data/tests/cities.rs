//! The data set of the cities: keys, totals, and who touches whom.

use std::collections::{BTreeMap, BTreeSet};

fn file(path: &str) -> &'static [u8] {
    icf_data::find("china-cities").expect("the data set is built in").file(path).expect(path)
}

/// The rows of a table without quoted cells.
fn rows(path: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(file(path));
    reader.records().map(|record| record.expect(path).iter().map(str::to_owned).collect()).collect()
}

/// Sum of all cities in Mt, and their number.
fn total(year: &str) -> (f64, usize) {
    let of_year: Vec<f64> = rows("emissions.csv")
        .iter()
        .filter(|row| row[1] == year)
        .map(|row| row[2].parse().expect("a quantity is a number"))
        .collect();
    (of_year.iter().sum(), of_year.len())
}

#[track_caller]
fn check(year: &str, megatonnes: f64, cities: usize) {
    let (sum, count) = total(year);
    assert!((sum / megatonnes - 1.0).abs() < 1e-6, "{sum} Mt in {year}");
    assert_eq!(count, cities, "cities in {year}");
}

#[test]
fn totals_are_those_of_the_source() {
    check("1997", 342.044_388, 7);
    check("2000", 1_989.319_540, 107);
    check("2006", 5_538.280_513, 185);
    check("2012", 9_911.556_341, 263);
    check("2019", 8_485.912_592, 170);
    assert_eq!(rows("emissions.csv").len(), 3_929);
}

#[test]
fn keys_are_unique_sorted_and_known() {
    let regions: Vec<String> = rows("regions.csv").iter().map(|row| row[0].clone()).collect();
    assert_eq!(regions.len(), 290);
    assert!(regions.windows(2).all(|pair| pair[0] < pair[1]));
    let names: BTreeSet<String> = rows("regions.csv").iter().map(|row| row[1].clone()).collect();
    assert_eq!(names.len(), 290, "two cities share a name");
    let emissions = rows("emissions.csv");
    let keys: Vec<(&String, &String)> = emissions.iter().map(|row| (&row[0], &row[1])).collect();
    assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
    let with_figures: BTreeSet<&String> = emissions.iter().map(|row| &row[0]).collect();
    assert!(with_figures.into_iter().eq(&regions));
}

/// The pairs of cities that share a vertex.
fn pairs() -> BTreeSet<(String, String)> {
    let layer: serde_json::Value =
        serde_json::from_slice(file("boundaries.geojson")).expect("the boundaries are GeoJSON");
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for feature in layer["features"].as_array().expect("there are features") {
        let region = feature["properties"]["region"].as_str().expect("a region");
        for vertex in positions(&feature["geometry"]["coordinates"]) {
            owners.entry(vertex).or_default().insert(region.to_owned());
        }
    }
    let ordered = |owners: &BTreeSet<String>| {
        let owners: Vec<String> = owners.iter().cloned().collect();
        let pairs = (0..owners.len()).flat_map(|i| (i + 1..owners.len()).map(move |j| (i, j)));
        pairs.map(|(i, j)| (owners[i].clone(), owners[j].clone())).collect::<Vec<_>>()
    };
    owners.values().flat_map(ordered).collect()
}

/// Every position in nested coordinates, as text.
fn positions(coordinates: &serde_json::Value) -> Vec<String> {
    match coordinates.as_array().expect("coordinates are lists") {
        position if position.iter().all(serde_json::Value::is_number) => vec![coordinates.to_string()],
        nested => nested.iter().flat_map(positions).collect(),
    }
}

#[test]
fn the_map_has_702_pairs_of_neighbours_and_leaves_out_two_cities() {
    let pairs = pairs();
    assert_eq!(pairs.len(), 702);
    let of = |city: &str| -> Vec<&str> {
        pairs
            .iter()
            .filter_map(|(a, b)| match (a == city, b == city) {
                (true, _) => Some(b.as_str()),
                (_, true) => Some(a.as_str()),
                _ => None,
            })
            .collect()
    };
    // Shenzhen touches Dongguan and Huizhou; Haikou lies on an island.
    assert_eq!(of("440300"), ["441300", "441900"]);
    assert!(of("460100").is_empty());
    let text = std::str::from_utf8(file("boundaries.geojson")).expect("the boundaries are UTF-8");
    let missing: Vec<String> = rows("regions.csv")
        .into_iter()
        .map(|row| row[0].clone())
        .filter(|region| !text.contains(&format!("\"region\":\"{region}\"")))
        .collect();
    assert_eq!(missing, ["340181", "371200"]);
}
