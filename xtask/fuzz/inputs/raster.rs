//! Any bytes are a raster whose cells can be counted, or are refused. The areas of the classes in a zone, of nodata and
//! of what lies outside add up to the zone's own.

use icf_geometry::Layer;
use icf_landcover::{Cells, Coverage, Plan, Raster, SelfCrossing, Zones};

/// Cells in a tile and in a raster that are worth the while.
const MOST_CELLS: usize = 1 << 16;
/// Tiles that are read one by one.
const MOST_TILES: usize = 64;
/// A zone of two triangles, somewhere in the rasters of the corpus.
const ZONE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a"},"geometry":
    {"type":"MultiPolygon","coordinates":[[[[100.5,39.5],[103,38.2],[101,37.1],[100.5,39.5]]],[[[104,36],[118,35.5],[110,20],[104,36]]]]}}]}"#;

pub(crate) fn hold(data: &[u8]) {
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
