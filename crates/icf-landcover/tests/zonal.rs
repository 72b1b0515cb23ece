//! Areas of classes in zones on rasters whose answer is known.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use icf_geometry::Layer;
use icf_landcover::{
    Coverage, Crs, Plan, Raster, SelfCrossing, Sharded, SoFar, Sum, ZonalError, ZoneAreas, Zones, ellipsoid,
};
use proptest::prelude::*;
use support::{Tiff, Value};

/// Cells of half a degree; the class is the number of the degree of longitude, of 100° 0.
fn raster(columns: usize, rows: usize) -> Raster<Vec<u8>> {
    let tiff = Tiff::tiled(columns, rows, 16, 0.5, |_, column| u8::try_from(column / 2).unwrap());
    Raster::open(tiff.bytes()).unwrap()
}

/// Polygons by id, each given by its rings.
fn layer(zones: &[(&str, &[&[[f64; 2]]])]) -> Layer {
    let ring = |corners: &&[[f64; 2]]| {
        let closed: Vec<String> =
            corners.iter().chain(&corners[..1]).map(|[x, y]| format!("[{x:?},{y:?}]")).collect();
        format!("[{}]", closed.join(","))
    };
    let features: Vec<String> = zones
        .iter()
        .map(|(id, rings)| {
            let rings: Vec<String> = rings.iter().map(ring).collect();
            format!(
                r#"{{"type":"Feature","properties":{{"id":"{id}"}},"geometry":{{"type":"Polygon","coordinates":[{}]}}}}"#,
                rings.join(",")
            )
        })
        .collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    Layer::from_geojson(&text, "id").unwrap()
}

fn areas(rasters: &[Raster<Vec<u8>>], layer: &Layer, coverage: Coverage) -> Vec<ZoneAreas> {
    let zones = Zones::new(layer, Crs::Geographic, SelfCrossing::Refuse).unwrap();
    Plan::new(rasters, &zones, coverage).unwrap().run(|_| {}).unwrap()
}

fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Vec<[f64; 2]> {
    vec![[west, south], [east, south], [east, north], [west, north]]
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance * expected.abs().max(1e-300), "{found} is not {expected}");
}

/// A box within the raster, against areas between parallels and meridians.
#[track_caller]
fn check_box(west: f64, south: f64, east: f64, north: f64) {
    let found =
        areas(&[raster(40, 20)], &layer(&[("a", &[&rectangle(west, south, east, north)])]), Coverage::Exact);
    let zone = &found[0];
    let mut degree = west.floor();
    let (mut classes, mut missed) = (0, 0.0);
    while degree < east {
        let width = east.min(degree + 1.0) - west.max(degree);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
        let class = zone.classes[&((degree - 100.0) as u16)];
        let cells = width * 2.0 * (north - south) * 2.0;
        assert!((class.cells - cells).abs() < 1e-11 * (1.0 + cells), "{} is not {cells}", class.cells);
        let (found, expected) = (class.area.get() * 1e4, ellipsoid::area_between(south, north, width));
        let cell = ellipsoid::area_between(south, south + 0.5, 0.5);
        assert!((found - expected).abs() < 1e-9 * cell, "{found} is not {expected}");
        missed += 1e-9 * cell;
        (degree, classes) = (degree + 1.0, classes + 1);
    }
    assert_eq!(zone.classes.len(), classes);
    assert_eq!((zone.nodata.cells, zone.outside.get()), (0.0, 0.0));
    assert!(zone.gap().abs() * zone.polygon.get() * 1e4 < missed, "{}", zone.gap());
}

#[test]
fn boxes_have_known_areas() {
    // Whole cells, parts of cells, within one cell, a sliver, the whole raster.
    check_box(102.0, 32.0, 107.0, 36.0);
    check_box(101.25, 31.3, 106.875, 38.9);
    check_box(104.125, 33.0625, 104.25, 33.125);
    check_box(104.4, 30.1, 104.4001, 39.9);
    check_box(100.0, 30.0, 120.0, 40.0);
}

#[test]
fn what_lies_outside_counts_as_outside() {
    let rectangle = rectangle(95.0, 35.0, 101.0, 45.0);
    let found = areas(&[raster(40, 20)], &layer(&[("a", &[&rectangle])]), Coverage::Exact);
    let inside = ellipsoid::area_between(35.0, 40.0, 1.0);
    close(found[0].classes[&0].area.get() * 1e4, inside, 1e-12);
    let polygon = ellipsoid::area_between(35.0, 45.0, 6.0);
    close(found[0].outside.get() * 1e4, polygon - inside, 1e-12);
    assert!(found[0].gap().abs() < 1e-12);
    let away = [[10.0, 10.0], [12.0, 10.0], [11.0, 12.0]];
    let found = areas(&[raster(40, 20)], &layer(&[("a", &[&away])]), Coverage::Exact);
    assert!(found[0].classes.is_empty());
    close(found[0].outside.get(), found[0].polygon.get(), 0.0);
}

#[test]
fn a_zone_around_the_whole_raster_covers_it() {
    let around = rectangle(90.0, 20.0, 130.0, 50.0);
    for coverage in [Coverage::Exact, Coverage::Centre] {
        let found = areas(&[raster(40, 20)], &layer(&[("a", &[&around])]), coverage);
        let cells: f64 = found[0].classes.values().map(|class| class.cells).sum();
        assert_eq!(cells, 800.0);
        assert!(found[0].gap().abs() < 1e-12);
    }
}

#[test]
fn holes_are_left_out_and_may_be_zones() {
    let (shell, hole) = (rectangle(102.3, 31.7, 108.9, 38.1), [[103.1, 33.3], [106.2, 34.9], [104.4, 37.7]]);
    let found = areas(
        &[raster(40, 20)],
        &layer(&[("hole", &[&hole]), ("rest", &[&shell, &hole]), ("whole", &[&shell])]),
        Coverage::Exact,
    );
    for (code, whole) in &found[2].classes {
        let sum = |of: fn(&icf_landcover::ClassArea) -> f64| {
            found[..2].iter().filter_map(|zone| zone.classes.get(code)).map(of).sum::<f64>()
        };
        close(sum(|class| class.cells), whole.cells, 1e-11);
        close(sum(|class| class.area.get()), whole.area.get(), 1e-11);
    }
    assert!(found.iter().all(|zone| zone.gap().abs() < 1e-9));
}

#[test]
fn a_cell_belongs_to_one_of_two_neighbours_by_its_centre() {
    // The common border runs through centres of cells, which belong to the zone on their west.
    let (west, east) = (rectangle(101.0, 31.0, 104.25, 36.0), rectangle(104.25, 31.0, 107.0, 36.0));
    let found = areas(&[raster(40, 20)], &layer(&[("west", &[&west]), ("east", &[&east])]), Coverage::Centre);
    let cells = |zone: &ZoneAreas| zone.classes.values().map(|class| class.cells).sum::<f64>();
    assert_eq!((found[0].zone.as_str(), cells(&found[0])), ("east", 50.0));
    assert_eq!((found[1].zone.as_str(), cells(&found[1])), ("west", 70.0));
}

#[test]
fn nodata_has_an_area_and_no_class() {
    let tiff = Tiff::tiled(40, 20, 16, 0.5, |_, column| u8::try_from(column / 2).unwrap());
    let raster = Raster::open(tiff.with(42_113, Value::Text("3")).bytes()).unwrap();
    let found = areas(&[raster], &layer(&[("a", &[&rectangle(102.5, 31.0, 105.0, 32.0)])]), Coverage::Exact);
    assert_eq!(found[0].classes.keys().copied().collect::<Vec<_>>(), [2, 4]);
    assert_eq!(found[0].nodata.cells, 4.0);
    close(found[0].nodata.area.get() * 1e4, ellipsoid::area_between(31.0, 32.0, 1.0), 1e-12);
}

#[test]
fn a_mosaic_is_one_raster() {
    let one = raster(40, 20);
    let east = Tiff::tiled(20, 20, 16, 0.5, |_, column| u8::try_from(column / 2 + 10).unwrap());
    let east = east.with(33_922, Value::Double(vec![0.0, 0.0, 0.0, 110.0, 40.0, 0.0]));
    let parts = [raster(20, 20), Raster::open(east.bytes()).unwrap()];
    let zone = [[105.3, 31.0], [118.0, 33.3], [112.2, 38.9]];
    let zones = layer(&[("a", &[&zone])]);
    let (whole, mosaic) = (areas(&[one], &zones, Coverage::Exact), areas(&parts, &zones, Coverage::Exact));
    for (code, class) in &whole[0].classes {
        close(mosaic[0].classes[code].area.get(), class.area.get(), 1e-12);
    }
    assert!(mosaic[0].gap().abs() < 1e-9);
    // A gap between the rasters lies outside.
    let gap = areas(&parts[1..], &zones, Coverage::Exact);
    assert!(gap[0].outside.get() > 0.0 && gap[0].gap().abs() < 1e-9);
    let zones = Zones::new(&zones, Crs::Geographic, SelfCrossing::Refuse).unwrap();
    let doubled = [raster(20, 20), raster(30, 20)];
    let error = Plan::new(&doubled, &zones, Coverage::Exact).unwrap_err();
    assert_eq!(error, ZonalError::Overlap { first: 0, second: 1 });
}

#[test]
fn strips_give_what_tiles_give() {
    let code = |row: usize, column: usize| u8::try_from((row * 7 + column * column) % 11).unwrap();
    let tiled = Tiff::tiled(70, 150, 16, 0.1, code);
    let strips = Tiff::tiled(70, 150, 16, 0.1, code).in_strips(70, 150, 3, code);
    let zones = layer(&[
        ("a", &[&[[100.3, 27.0], [106.6, 29.9], [104.0, 39.9]]]),
        ("b", &[&rectangle(99.0, 38.0, 101.0, 41.0)]),
    ]);
    for coverage in [Coverage::Exact, Coverage::Centre] {
        let found =
            [&tiled, &strips].map(|tiff| areas(&[Raster::open(tiff.bytes()).unwrap()], &zones, coverage));
        assert_eq!(found[0].len(), 2);
        for (of_tiles, of_strips) in found[0].iter().zip(&found[1]) {
            assert_eq!(of_tiles.classes.len(), of_strips.classes.len());
            for (code, class) in &of_tiles.classes {
                close(of_strips.classes[code].cells, class.cells, 1e-11);
                close(of_strips.classes[code].area.get(), class.area.get(), 1e-11);
            }
        }
    }
}

#[test]
fn threads_do_not_matter() {
    let code = |row: usize, column: usize| u8::try_from((row * 31 + column * column) % 13).unwrap();
    let raster = [Raster::open(Tiff::tiled(300, 300, 16, 0.03, code).bytes()).unwrap()];
    let star: Vec<[f64; 2]> = (0..200_u32)
        .map(|step| {
            (f64::from(step) * std::f64::consts::TAU / 200.0, 2.0 + f64::from(step * 7919 % 100) / 50.0)
        })
        .map(|(angle, length)| [104.5 + length * angle.cos(), 35.5 + length * angle.sin()])
        .collect();
    let zones = layer(&[("star", &[&star]), ("box", &[&rectangle(103.3, 33.3, 107.7, 38.8)])]);
    let zones = Zones::new(&zones, Crs::Geographic, SelfCrossing::Refuse).unwrap();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| Plan::new(&raster, &zones, Coverage::Exact).unwrap().run(|_| {}).unwrap())
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(8));
    // The shards in reverse, one by one.
    let plan = Plan::new(&raster, &zones, Coverage::Exact).unwrap();
    let mut sum = icf_landcover::Partial::default();
    (0..plan.shards()).rev().for_each(|shard| sum.merge(plan.run_shard(shard).unwrap()));
    assert_eq!(one, plan.areas(&sum));
}

#[test]
fn polygons_on_top_of_each_other_are_refused() {
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a"},"geometry":{
        "type":"MultiPolygon","coordinates":[[[[101,31],[105,31],[105,35],[101,35],[101,31]]],
        [[[102,32],[103,32],[103,33],[102,32]]]]}}]}"#;
    let layer = Layer::from_geojson(text, "id").unwrap();
    let zones = Zones::new(&layer, Crs::Geographic, SelfCrossing::Refuse).unwrap();
    let rasters = [raster(40, 20)];
    let error = Plan::new(&rasters, &zones, Coverage::Exact).unwrap().run(|_| {}).unwrap_err();
    assert_eq!(error, ZonalError::CoveredTwice { zone: "a".into() });
}

#[test]
fn a_damaged_tile_is_named() {
    let tiff = Tiff::tiled(40, 20, 16, 0.5, |_, _| 1).with_chunk(4, vec![1; 3]);
    let rasters = [Raster::open(tiff.bytes()).unwrap()];
    let run = |zone: &[[f64; 2]]| {
        let zones = Zones::new(&layer(&[("a", &[zone])]), Crs::Geographic, SelfCrossing::Refuse).unwrap();
        Plan::new(&rasters, &zones, Coverage::Exact).unwrap().run(|_| {})
    };
    let error = run(&rectangle(101.0, 31.0, 115.0, 39.0)).unwrap_err();
    assert_eq!(error.to_string(), "is damaged: tile 4: ends after 3 of 256 bytes");
    // A tile that no zone meets is not read.
    assert!(run(&rectangle(101.0, 33.0, 115.0, 39.0)).is_ok());
}

/// The area of a convex polygon within a cell, in cells: clipped at one edge after the other.
fn clipped(polygon: &[[f64; 2]], [west, south, east, north]: [f64; 4]) -> f64 {
    let mut corners = polygon.to_vec();
    for (axis, limit, sign) in [(0, west, 1.0), (0, east, -1.0), (1, south, 1.0), (1, north, -1.0)] {
        let inside = |at: [f64; 2]| (at[axis] - limit) * sign;
        let mut cut = vec![];
        for place in 0..corners.len() {
            let (a, b) = (corners[place], corners[(place + 1) % corners.len()]);
            if inside(a) >= 0.0 {
                cut.push(a);
            }
            if (inside(a) < 0.0) != (inside(b) < 0.0) {
                let t = inside(a) / (inside(a) - inside(b));
                cut.push([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]);
            }
        }
        corners = cut;
    }
    let cross = |place: usize| {
        let (a, b) = (corners[place], corners[(place + 1) % corners.len()]);
        a[0] * b[1] - a[1] * b[0]
    };
    (0..corners.len()).map(cross).sum::<f64>().abs() / 2.0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every cell has its own class, and its share is that of the triangle clipped to it.
    #[test]
    fn shares_are_those_of_clipping(corners in prop::array::uniform3([98.0..107.0_f64, 32.0..42.0_f64])) {
        let [a, b, c] = corners;
        let area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
        prop_assume!(area.abs() > 1e-3);
        let tiff = Tiff::tiled(12, 14, 16, 0.5, |row, column| u8::try_from(row * 12 + column).unwrap());
        let found = areas(&[Raster::open(tiff.bytes()).unwrap()], &layer(&[("a", &[&corners])]), Coverage::Exact);
        for (place, code) in (0..168_u16).enumerate() {
            let (west, north) = (100.0 + (place % 12) as f64 / 2.0, 40.0 - (place / 12) as f64 / 2.0);
            let expected = clipped(&corners, [west, north - 0.5, west + 0.5, north]) * 4.0;
            let share = found[0].classes.get(&code).map_or(0.0, |class| class.cells);
            prop_assert!((share - expected).abs() < 1e-10, "cell {place}: {share} is not {expected}");
        }
        prop_assert!(found[0].gap().abs() < 1e-8, "{}", found[0].gap());
    }

    /// A star cut in two by a line: both halves sum to the whole, class by class.
    #[test]
    fn halves_sum_to_the_whole(lengths in prop::collection::vec(0.5..4.0_f64, 12..40)) {
        let count = lengths.len();
        let corner = |place: usize| {
            let angle = place as f64 * std::f64::consts::TAU / count as f64;
            [106.3 + lengths[place] * angle.cos(), 35.2 + lengths[place] * angle.sin()]
        };
        let star: Vec<[f64; 2]> = (0..count).map(corner).collect();
        let (middle, half) = ([106.3, 35.2], count / 2);
        let one: Vec<[f64; 2]> = star[..=half].iter().copied().chain([middle]).collect();
        let other: Vec<[f64; 2]> = star[half..].iter().copied().chain([star[0], middle]).collect();
        let found = areas(
            &[raster(40, 20)],
            &layer(&[("one", &[&one]), ("other", &[&other]), ("whole", &[&star])]),
            Coverage::Exact,
        );
        for (code, whole) in &found[2].classes {
            let sum: f64 = found[..2].iter().filter_map(|zone| zone.classes.get(code)).map(|class| class.cells).sum();
            prop_assert!((sum - whole.cells).abs() < 1e-9, "{code}: {sum} is not {}", whole.cells);
        }
        prop_assert!(found.iter().all(|zone| zone.gap().abs() < 1e-8));
    }
}

#[test]
fn a_run_in_two_parts_gives_the_same() {
    let tiff = Tiff::tiled(300, 700, 64, 0.01, |row, column| u8::try_from((row * column) % 5).unwrap());
    let rasters = [Raster::open(tiff.bytes()).unwrap()];
    let layer = layer(&[("a", &[&[[100.1, 39.9], [100.3, 33.2], [102.7, 34.1], [102.2, 39.7]]])]);
    let zones = Zones::new(&layer, Crs::Geographic, SelfCrossing::Refuse).unwrap();
    let plan = Plan::new(&rasters, &zones, Coverage::Exact).unwrap();
    let whole = plan.run(|_| {}).unwrap();
    let kept = std::sync::Mutex::new(None);
    plan.run_on(&mut SoFar::default(), |so_far, _| {
        // What is kept in the midst of the run, as an interruption would leave it.
        if so_far.done().count() == plan.shards() / 2 {
            let sums: Vec<Sum> = so_far.kept().collect();
            *kept.lock().unwrap() = Some((so_far.done().collect::<Vec<usize>>(), sums));
        }
    })
    .unwrap();
    let (done, sums) = kept.into_inner().unwrap().unwrap();
    assert!(!sums.is_empty() && done.len() < plan.shards());
    let mut rest = plan.resumed(done.clone(), sums.clone()).unwrap();
    assert!(plan.cells_left(&rest) < plan.cells());
    let runs = std::sync::atomic::AtomicUsize::new(0);
    let found = plan.run_on(&mut rest, |_, _| {
        runs.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(found, Ok(()));
    assert_eq!(plan.areas(rest.sums()), whole);
    assert_eq!(runs.into_inner(), plan.shards() - done.len());
    assert_eq!(plan.cells_left(&rest), 0);
    let is_refused = |sum: Sum| plan.resumed([0], [sum]).is_none();
    assert!(is_refused(Sum { zone: 1, ..sums[0].clone() }));
    assert!(is_refused(Sum { codes: vec![Some(1), None], ..sums[0].clone() }));
    assert!(is_refused(Sum { numbers: vec![1, -1], ..sums[0].clone() }));
    assert!(is_refused(Sum { numbers: vec![1], ..sums[0].clone() }));
    assert!(plan.resumed([plan.shards()], []).is_none());
}
