//! `regions.geojson` follows RFC 7946 and holds finite numbers or nulls.

use icf_report::geojson;
use icf_results::RunResults;
use serde_json::Value;

use crate::synthetic;

fn parsed(results: &RunResults) -> Value {
    serde_json::from_str(&geojson(results).expect("readable")).expect("JSON")
}

#[test]
fn every_region_carries_both_years() {
    let collection = parsed(&synthetic::results(4));
    assert_eq!(collection["type"], "FeatureCollection");
    assert!(collection.get("crs").is_none(), "RFC 7946 knows one reference system only");
    let features = collection["features"].as_array().unwrap();
    assert_eq!(features.len(), 4);
    let first = &features[0];
    assert_eq!(first["id"], "110000");
    assert_eq!(first["geometry"]["type"], "Polygon");
    let properties = &first["properties"];
    assert_eq!(properties["name_zh"], "区0");
    for year in [2021, 2025] {
        for column in ["ice_tco2", "cs_t", "icf_hm2", "depth", "size_class", "depth_class", "quadrant"] {
            assert!(!properties[format!("{column}_{year}")].is_null(), "{column}_{year}");
        }
    }
    assert_eq!(properties["size_cluster_2021"], "HL");
    assert!(properties.get("size_cluster_2025").is_none());
}

#[test]
fn rings_follow_the_right_hand_rule() {
    let collection = parsed(&synthetic::results(2));
    let ring = collection["features"][0]["geometry"]["coordinates"][0].as_array().unwrap();
    let area: f64 = ring
        .windows(2)
        .map(|ends| {
            let [x0, y0, x1, y1] =
                [&ends[0][0], &ends[0][1], &ends[1][0], &ends[1][1]].map(|v| v.as_f64().unwrap());
            x0 * y1 - x1 * y0
        })
        .sum();
    assert!(area > 0.0);
    assert_eq!(ring.first(), ring.last());
}

#[test]
fn without_boundaries_the_geometry_is_null() {
    let mut results = synthetic::results(3);
    results.boundaries.clear();
    results.regions[0].depth = None;
    let collection = parsed(&results);
    assert!(collection["features"].as_array().unwrap().iter().all(|feature| feature["geometry"].is_null()));
}

#[test]
fn a_missing_value_is_null() {
    let mut results = synthetic::results(3);
    for row in &mut results.regions {
        row.depth = None;
    }
    let collection = parsed(&results);
    assert!(collection["features"][0]["properties"]["depth_2021"].is_null());
}

#[test]
fn equal_results_give_equal_bytes() {
    assert_eq!(geojson(&synthetic::results(5)).unwrap(), geojson(&synthetic::results(5)).unwrap());
}
