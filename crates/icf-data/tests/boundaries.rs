//! The boundaries: every region is drawn, rings run the right way, and neighbours share their vertices.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

type Ring = Vec<[f64; 2]>;

fn file(path: &str) -> &'static [u8] {
    icf_data::find("china-provinces").expect("the data set is built in").file(path).expect(path)
}

/// The ids of the regions that the tables cover.
fn regions() -> Vec<String> {
    let mut reader = csv::Reader::from_reader(file("regions.csv"));
    reader.records().map(|record| record.expect("a row")[0].to_owned()).collect()
}

/// The polygons of each feature by region id: outer ring first, then holes.
fn layer() -> BTreeMap<String, Vec<Vec<Ring>>> {
    let layer: Value =
        serde_json::from_slice(file("boundaries.geojson")).expect("the boundaries are GeoJSON");
    let features = layer["features"].as_array().expect("there are features");
    assert_eq!(features.len(), 34);
    features
        .iter()
        .map(|feature| {
            let region = feature["properties"]["region"].as_str().expect("a region").to_owned();
            let geometry = &feature["geometry"];
            let coordinates = geometry["coordinates"].clone();
            let polygons: Vec<Vec<Ring>> = match geometry["type"].as_str() {
                Some("Polygon") => {
                    vec![serde_json::from_value(coordinates).expect("rings of positions")]
                }
                Some("MultiPolygon") => serde_json::from_value(coordinates).expect("polygons of rings"),
                other => panic!("{region} is a {other:?}"),
            };
            assert!(!polygons.is_empty(), "{region} has no polygon");
            (region, polygons)
        })
        .collect()
}

/// Twice the area that a closed ring surrounds, positive where it runs counter-clockwise.
fn turn(ring: &Ring) -> f64 {
    ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum()
}

/// The other regions of the data set that share a vertex with each one.
fn neighbours() -> BTreeMap<String, BTreeSet<String>> {
    let layer = layer();
    let regions = regions();
    // Four decimals are written, so the texts of equal coordinates are equal and so are their bits.
    let mut owners: BTreeMap<[u64; 2], BTreeSet<&str>> = BTreeMap::new();
    for region in &regions {
        let polygons = layer.get(region).unwrap_or_else(|| panic!("{region} is not drawn"));
        for vertex in polygons.iter().flatten().flatten() {
            owners.entry(vertex.map(f64::to_bits)).or_default().insert(region);
        }
    }
    let mut found: BTreeMap<String, BTreeSet<String>> =
        regions.iter().map(|region| (region.clone(), BTreeSet::new())).collect();
    for sharing in owners.values() {
        for one in sharing {
            let others = sharing.iter().filter(|other| *other != one).map(|other| (*other).to_owned());
            found.get_mut(*one).expect("every region has an entry").extend(others);
        }
    }
    found
}

#[test]
fn rings_are_closed_and_run_as_geojson_asks() {
    for (region, polygons) in layer() {
        for rings in polygons {
            for (index, ring) in rings.iter().enumerate() {
                assert!(ring.len() >= 4 && ring.first() == ring.last(), "{region}: {ring:?}");
                assert_eq!(turn(ring) > 0.0, index == 0, "{region} turns the wrong way: {ring:?}");
            }
        }
    }
}

#[test]
fn the_map_has_64_pairs_of_neighbours() {
    let pairs: usize = neighbours().values().map(BTreeSet::len).sum();
    assert_eq!(pairs, 2 * 64);
}

#[track_caller]
fn check(region: &str, expected: &[&str]) {
    let found = &neighbours()[region];
    assert!(found.iter().eq(expected), "{region} touches {found:?}, not {expected:?}");
}

#[test]
fn neighbours_are_those_of_the_atlas() {
    // Beijing: Tianjin and Hebei.
    check("110000", &["120000", "130000"]);
    // Shanghai: Jiangsu and Zhejiang.
    check("310000", &["320000", "330000"]);
    // Chongqing: Hubei, Hunan, Sichuan, Guizhou and Shaanxi.
    check("500000", &["420000", "430000", "510000", "520000", "610000"]);
    // Xinjiang: Gansu and Qinghai, Tibet not being a region.
    check("650000", &["620000", "630000"]);
    // Hainan is an island.
    check("460000", &[]);
}
