//! Any bytes are a raster whose cells can be counted, or are refused. The areas of the classes in a zone, of nodata and
//! of what lies outside add up to the zone's own. As a quantity they are known or unknown on all land of each class, and no mean
//! lies beyond the values.

use icf_geometry::Layer;
use icf_landcover::{Cells, Coverage, MeanPlan, Plan, Raster, SelfCrossing, ValueRaster, Zones};

/// Cells in a tile and in a raster that are worth the while.
const MOST_CELLS: usize = 1 << 16;
/// Tiles that are read one by one.
const MOST_TILES: usize = 64;
/// A zone of two triangles, somewhere in the rasters of the corpus.
const ZONE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a"},"geometry":
    {"type":"MultiPolygon","coordinates":[[[[100.5,39.5],[103,38.2],[101,37.1],[100.5,39.5]]],[[[104,36],[118,35.5],[110,20],[104,36]]]]}}]}"#;

pub(crate) fn hold(data: &[u8]) {
    hold_quantity(data);
    let Ok(raster) = Raster::open(data.to_vec()) else { return };
    let (columns, rows) = raster.chunk_size();
    let (across, down) = raster.chunk_counts();
    if columns.saturating_mul(rows) > MOST_CELLS {
        return;
    }
    let mut cells = Cells::default();
    for tile in 0..MOST_TILES.min(across * down) {
        if raster.read_chunk(tile % across, tile / across, &mut cells).is_ok() {
            assert!(cells.u8().is_empty() != cells.u16().is_empty(), "a tile has cells of one kind");
        }
    }
    let grid = *raster.grid();
    if grid.columns.saturating_mul(grid.rows) > MOST_CELLS {
        return;
    }
    let layer = Layer::from_geojson(ZONE, "id").expect("the zone is sound");
    let Ok(zones) = Zones::new(&layer, grid.crs, SelfCrossing::Refuse) else { return };
    let rasters = [raster];
    for coverage in [Coverage::Exact, Coverage::Centre] {
        let plan =
            Plan::new(&rasters, &zones, coverage).expect("one raster, and the zones lie in its coordinates");
        let Ok(found) = plan.run(|_| {}) else { continue };
        for zone in &found {
            let areas = zone.classes.values().chain([&zone.nodata]);
            assert!(areas.clone().all(|of| of.cells >= 0.0 && of.area.get() >= 0.0), "{zone:?}");
            assert!(zone.outside.get().is_finite() && zone.polygon.get() > 0.0, "{zone:?}");
            if coverage == Coverage::Exact {
                assert!(zone.gap().abs() < 1e-6, "{zone:?} on {grid:?}");
            }
        }
    }
}

/// Classes that a quantity is laid on, in longitude and latitude and on an Albers sheet.
const CLASSES: [&[u8]; 2] = [
    include_bytes!("../../../crates/icf-landcover/tests/gdal/u8_lzw_tiles.tif"),
    include_bytes!("../../../crates/icf-landcover/tests/gdal/u8_albers.tif"),
];
/// Numbers that are values.
const VALID: [f64; 2] = [-1000.0, 40_000.0];
/// A zone around all of both.
const AROUND: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a"},"geometry":
    {"type":"Polygon","coordinates":[[[75,20],[130,20],[130,53],[75,53],[75,20]]]}}]}"#;

fn hold_quantity(data: &[u8]) {
    let Ok(values) = ValueRaster::open(data.to_vec()) else { return };
    let values = values.valid_within(VALID);
    let grid = *values.grid();
    if grid.columns.saturating_mul(grid.rows) > MOST_CELLS {
        return;
    }
    let layer = Layer::from_geojson(AROUND, "id").expect("the zone is sound");
    for classes in CLASSES {
        let classes = [Raster::open(classes.to_vec()).expect("a sample is a raster")];
        let zones =
            Zones::new(&layer, classes[0].grid().crs, SelfCrossing::Refuse).expect("the zone is sound");
        let Ok(plan) = MeanPlan::new(&classes, &values, &zones, Coverage::Exact) else { continue };
        let Ok(found) = plan.run(|_| {}) else { continue };
        let areas = Plan::new(&classes, &zones, Coverage::Exact).expect("one raster").run(|_| {});
        let areas = areas.expect("a sample can be read");
        assert_eq!(found.len(), areas[0].classes.len(), "a class is left out");
        let scale = values.scale();
        let mut ends = VALID.map(|end| scale.of(end));
        ends.sort_by(f64::total_cmp);
        for ((_, code), weighed) in &found {
            let (area, whole) = (weighed.area().get(), areas[0].classes[code].area.get());
            assert!((area / whole - 1.0).abs() < 1e-12, "{area} of {whole} hm² of class {code}");
            let slack = (ends[1] - ends[0]) * 1e-9;
            let is_within = |mean: f64| mean >= ends[0] - slack && mean <= ends[1] + slack;
            // A scale of the file may be beyond what numbers hold.
            assert!(
                weighed.mean(scale).is_none_or(|mean| is_within(mean) || !slack.is_finite()),
                "{weighed:?} has a mean beyond {ends:?}"
            );
        }
    }
}
