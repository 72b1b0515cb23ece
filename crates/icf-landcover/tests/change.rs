//! The change between two years, against a raster whose codes hold both.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeMap;

use icf_geometry::Layer;
use icf_landcover::{
    ChangeError, ChangePlan, Coverage, Crs, Plan, Raster, SelfCrossing, Sharded, Side, ZonalError,
    ZoneChange, Zones,
};
use support::{Tiff, Value};

const COLUMNS: usize = 70;
const ROWS: usize = 150;
/// A raster's own cells; the corner is at 100° E 40° N.
const CELL: f64 = 0.1;

fn before(row: usize, column: usize) -> u8 {
    u8::try_from((row / 5 * 7 + column / 3 * column) % 5).unwrap()
}

fn after(row: usize, column: usize) -> u8 {
    let code = before(row, column);
    if (row * 13 + column * 5).is_multiple_of(7) { u8::try_from((row + column) % 5).unwrap() } else { code }
}

fn both(row: usize, column: usize) -> u8 {
    before(row, column) * 10 + after(row, column)
}

fn tiled(tile: usize, code: impl Fn(usize, usize) -> u8) -> Raster<Vec<u8>> {
    Raster::open(Tiff::tiled(COLUMNS, ROWS, tile, CELL, code).bytes()).unwrap()
}

fn in_strips(height: usize, code: impl Fn(usize, usize) -> u8 + Copy) -> Raster<Vec<u8>> {
    let tiff = Tiff::tiled(COLUMNS, ROWS, 16, CELL, code).in_strips(COLUMNS, ROWS, height, code);
    Raster::open(tiff.bytes()).unwrap()
}

fn zones() -> Zones {
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"a"},"geometry":{"type":"Polygon","coordinates":[[[100.3,27.0],[106.6,29.9],[104.0,39.9],[100.3,27.0]]]}},
        {"type":"Feature","properties":{"id":"b"},"geometry":{"type":"Polygon","coordinates":[[[99,38],[101.23,38],[101,41],[99,41],[99,38]]]}},
        {"type":"Feature","properties":{"id":"speck"},"geometry":{"type":"Polygon","coordinates":[[[105.01,26.02],[105.03,26.02],[105.02,26.07],[105.01,26.02]]]}}
    ]}"#;
    Zones::new(&Layer::from_geojson(text, "id").unwrap(), Crs::Geographic, SelfCrossing::Refuse).unwrap()
}

fn changes(first: Raster<Vec<u8>>, last: Raster<Vec<u8>>, coverage: Coverage) -> Vec<ZoneChange> {
    let (first, last, zones) = ([first], [last], zones());
    ChangePlan::new(&first, &last, &zones, coverage).unwrap().run(|_| {}).unwrap()
}

/// Every layout of the two years gives what a raster of both codes gives, to the last digit.
#[track_caller]
fn check(first: Raster<Vec<u8>>, last: Raster<Vec<u8>>, coverage: Coverage) {
    let (of_both, zones) = ([tiled(16, both)], zones());
    let expected = Plan::new(&of_both, &zones, coverage).unwrap().run(|_| {}).unwrap();
    let found = changes(first, last, coverage);
    assert_eq!(found.len(), 3);
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found.zone, expected.zone);
        let transitions: BTreeMap<_, _> =
            expected.classes.iter().map(|(code, area)| ((Some(code / 10), Some(code % 10)), *area)).collect();
        assert_eq!(found.transitions, transitions);
        assert!(found.transitions.keys().any(|(from, to)| from != to) || found.zone.as_str() == "speck");
    }
}

#[test]
fn pairs_are_counted_as_one_raster_of_both_codes_is() {
    for coverage in [Coverage::Exact, Coverage::Centre] {
        check(tiled(16, before), tiled(16, after), coverage);
        check(tiled(32, before), tiled(16, after), coverage);
        check(tiled(16, before), tiled(48, after), coverage);
        check(in_strips(3, before), tiled(16, after), coverage);
        check(tiled(64, before), in_strips(7, after), coverage);
        check(in_strips(ROWS, before), in_strips(1, after), coverage);
    }
}

#[test]
fn sums_over_a_year_are_the_areas_of_the_other() {
    let found = changes(tiled(16, before), in_strips(5, after), Coverage::Exact);
    let zones = zones();
    for (side, raster) in [(Side::First, tiled(16, before)), (Side::Last, tiled(16, after))] {
        let rasters = [raster];
        let areas = Plan::new(&rasters, &zones, Coverage::Exact).unwrap().run(|_| {}).unwrap();
        for (change, areas) in found.iter().zip(areas) {
            assert_eq!(if side == Side::First { &change.first } else { &change.last }, &areas);
            assert!(change.first.gap().abs() < 1e-8);
        }
    }
}

#[test]
fn cells_by_their_centre_are_those_of_a_loop() {
    let found = changes(tiled(16, before), tiled(16, after), Coverage::Centre);
    let mut expected: BTreeMap<(u8, u8), f64> = BTreeMap::new();
    // Zone b is the raster's north-west corner, to 38° N and a line from 101.23° E at 38° N to 101° E at 41° N.
    for row in 0..20 {
        for column in 0..COLUMNS {
            let (x, y) = (100.05 + column as f64 * CELL, 39.95 - row as f64 * CELL);
            if x < 101.23 - (y - 38.0) / 3.0 * 0.23 {
                *expected.entry((before(row, column), after(row, column))).or_default() += 1.0;
            }
        }
    }
    let found: BTreeMap<_, _> = found[1]
        .transitions
        .iter()
        .map(|((from, to), area)| {
            ((u8::try_from(from.unwrap()).unwrap(), u8::try_from(to.unwrap()).unwrap()), area.cells)
        })
        .collect();
    assert_eq!(found, expected);
    assert!(expected.len() > 8);
}

#[test]
fn nodata_is_a_class_of_its_own_on_either_side() {
    let with_nodata = |code: &'static str, cells: fn(usize, usize) -> u8| {
        let tiff = Tiff::tiled(COLUMNS, ROWS, 16, CELL, cells).with(42_113, Value::Text(code));
        Raster::open(tiff.bytes()).unwrap()
    };
    let plain = changes(tiled(16, before), tiled(16, after), Coverage::Exact);
    let found = changes(with_nodata("0", before), with_nodata("4", after), Coverage::Exact);
    for (found, plain) in found.iter().zip(&plain) {
        let renamed: BTreeMap<_, _> = plain
            .transitions
            .iter()
            .map(|((from, to), area)| ((from.filter(|code| *code != 0), to.filter(|code| *code != 4)), *area))
            .collect();
        assert_eq!(found.transitions, renamed);
        assert_eq!(found.last.nodata, plain.last.classes.get(&4).copied().unwrap_or(found.last.nodata));
    }
}

#[test]
fn threads_and_the_order_of_shards_do_not_matter() {
    let (first, last, zones) = ([tiled(16, before)], [tiled(32, after)], zones());
    let plan = ChangePlan::new(&first, &last, &zones, Coverage::Exact).unwrap();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| plan.run(|_| {}).unwrap())
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(8));
    let mut sum = icf_landcover::ChangePartial::default();
    (0..plan.shards()).rev().for_each(|shard| sum.merge(plan.run_shard(shard).unwrap()));
    assert_eq!(one, plan.changes(&sum));
}

#[test]
fn years_on_other_grids_are_refused_by_what_differs() {
    #[track_caller]
    fn check(last: Tiff, expected: &str) {
        let (first, last, zones) = ([tiled(16, before)], [Raster::open(last.bytes()).unwrap()], zones());
        let error = ChangePlan::new(&first, &last, &zones, Coverage::Exact).unwrap_err();
        assert!(matches!(error, ChangeError::OtherGrid { side: Side::Last, raster: 0, other: 0, .. }));
        assert_eq!(error.to_string(), expected);
    }
    let scaled = Tiff::tiled(COLUMNS, ROWS, 16, 0.2, after);
    check(scaled, "has cells of 0.2 × 0.2°, and the other of 0.1 × 0.1°");
    check(Tiff::tiled(COLUMNS - 1, ROWS, 16, CELL, after), "has 69 × 150 cells, and the other 70 × 150");
    let moved = Tiff::tiled(COLUMNS, ROWS, 16, CELL, after);
    let moved = moved.with(33_922, Value::Double(vec![0.0, 0.0, 0.0, 100.05, 40.0, 0.0]));
    check(moved, "begins at 100.05, 40°, and the other at 100, 40°");
}

#[test]
fn a_damaged_tile_of_the_last_year_is_named() {
    let damaged = Tiff::tiled(COLUMNS, ROWS, 16, CELL, after).with_chunk(5, vec![1; 3]);
    let (first, last, zones) = ([tiled(16, before)], [Raster::open(damaged.bytes()).unwrap()], zones());
    let error = ChangePlan::new(&first, &last, &zones, Coverage::Exact).unwrap().run(|_| {}).unwrap_err();
    assert!(matches!(
        &error,
        ChangeError::Year { side: Side::Last, error: ZonalError::Raster { raster: 0, .. } }
    ));
    assert_eq!(error.to_string(), "is damaged: tile 5: ends after 3 of 256 bytes");
}
