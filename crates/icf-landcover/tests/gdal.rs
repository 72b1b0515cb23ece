//! Rasters that GDAL wrote are read cell for cell. `gdal/make.py` made them and says with which versions.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use icf_geometry::Layer;
use icf_landcover::{
    Cells, Coverage, Crs, MeanPlan, Raster, RasterFile, Sample, SelfCrossing, ValueRaster, Zones,
};

const ROWS: usize = 41;
const COLUMNS: usize = 50;

/// All cells of a raster, row by row.
fn cells_of(raster: &Raster<RasterFile>) -> Vec<u16> {
    let (columns, rows) = (raster.grid().columns, raster.grid().rows);
    let (width, height) = raster.chunk_size();
    let (across, down) = raster.chunk_counts();
    let mut found = vec![0; columns * rows];
    let mut cells = Cells::default();
    for (below, beside) in (0..down).flat_map(|row| (0..across).map(move |column| (row, column))) {
        raster.read_chunk(beside, below, &mut cells).unwrap();
        for row in 0..height.min(rows - below * height) {
            for column in 0..width.min(columns - beside * width) {
                let place = row * width + column;
                found[(below * height + row) * columns + beside * width + column] = match raster.sample() {
                    Sample::U8 => cells.u8()[place].into(),
                    Sample::U16 => cells.u16()[place],
                };
            }
        }
    }
    found
}

fn open(name: &str) -> Raster<RasterFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gdal");
    Raster::open(RasterFile::open(&folder.join(format!("{name}.tif"))).unwrap()).expect(name)
}

#[track_caller]
fn check(name: &str) {
    let raster = open(name);
    let (unit, nodata) = match raster.sample() {
        Sample::U8 => (1, 8),
        Sample::U16 => (5000, 40_000),
    };
    assert_eq!(raster.nodata(), Some(nodata), "{name}");
    let mut expected: Vec<u16> = (0..ROWS * COLUMNS)
        .map(|place| (place / COLUMNS, place % COLUMNS))
        .map(|(row, column)| unit * u16::try_from((row * row + 3 * column) / 40 % 9).unwrap())
        .collect();
    if name == "u8_sparse_tiles" {
        expected.chunks_mut(COLUMNS).for_each(|row| row[..32].fill(8));
    }
    assert_eq!(cells_of(&raster), expected, "{name}");
}

#[test]
fn cells_are_those_that_were_written() {
    check("u8_none_strips");
    check("u8_none_strips_big_endian");
    check("u8_lzw_tiles");
    check("u8_lzw_tiles_predictor");
    check("u8_deflate_strips");
    check("u8_deflate_tiles_bigtiff");
    check("u8_zstd_tiles");
    check("u8_packbits_strips");
    check("u16_none_tiles_big_endian");
    check("u16_lzw_strips");
    check("u16_lzw_tiles_predictor_big_endian");
    check("u16_deflate_tiles_predictor");
    check("u16_zstd_strips_predictor");
    check("u16_packbits_tiles");
    check("u8_sparse_tiles");
    check("u8_albers");
    check("u8_cgcs2000");
}

/// The mean of a quantity over each code of the raster of codes is what stands there for that code.
#[track_caller]
fn check_quantity(name: &str, value: impl Fn(f64) -> f64) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gdal");
    let file = RasterFile::open(&folder.join(format!("{name}.tif"))).unwrap();
    let (values, codes) = (ValueRaster::open(file).expect(name), [open("u16_lzw_strips")]);
    let around = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"all"},"geometry":
        {"type":"Polygon","coordinates":[[[116,40],[118,40],[118,41],[116,41],[116,40]]]}}]}"#;
    let layer = Layer::from_geojson(around, "id").unwrap();
    let zones = Zones::new(&layer, Crs::Geographic, SelfCrossing::Refuse).unwrap();
    let found = MeanPlan::new(&codes, &values, &zones, Coverage::Exact).unwrap().run(|_| {}).unwrap();
    // Code 8 is nodata of both.
    assert_eq!(found.keys().map(|(_, code)| code / 5000).collect::<Vec<_>>(), (0..8).collect::<Vec<_>>());
    for ((_, code), weighed) in found {
        let (mean, expected) = (weighed.mean(values.scale()).unwrap(), value(f64::from(code / 5000)));
        assert!((mean - expected).abs() < 1e-9, "{name}: {mean} of code {code} is not {expected}");
        assert_eq!(weighed.unknown().cells, 0.0, "{name}");
    }
}

#[test]
fn quantities_are_those_that_were_written() {
    let floating = |code: f64| code * 0.3125 - 1.0;
    check_quantity("f32_deflate_tiles_planes", floating);
    check_quantity("f32_lzw_strips_planes_big_endian", floating);
    check_quantity("f32_zstd_tiles_differences", floating);
    check_quantity("f64_zstd_tiles_planes", floating);
    check_quantity("i16_lzw_tiles_differences", |code| (code * 700.0 - 900.0) * 0.5 + 3.0);
    check_quantity("i32_deflate_strips_differences_big_endian", |code| code * 700.0 - 900.0);
    check_quantity("u32_deflate_tiles_differences", |code| code * 70_000.0);
}

#[test]
fn grids_lie_where_they_were_laid() {
    for name in ["u8_lzw_tiles", "u8_deflate_tiles_bigtiff", "u8_cgcs2000"] {
        let grid = *open(name).grid();
        assert_eq!(grid.crs, Crs::Geographic);
        assert_eq!((grid.origin, grid.cell), ([116.25, 40.5], [1.0 / 64.0, 1.0 / 128.0]));
        assert_eq!((grid.columns, grid.rows), (COLUMNS, ROWS));
    }
    let grid = *open("u8_albers").grid();
    assert_eq!((grid.origin, grid.cell), ([3_000_000.0, 4_500_000.0], [30.0, 30.0]));
    assert_eq!(grid.cell_area(7), 900.0);
    // pyproj 3.7.2, with the projection that make.py names.
    let [x, y] = grid.crs.forward([116.3913, 39.9075]);
    assert!((x - PEKING[0]).abs() < 1e-5 && (y - PEKING[1]).abs() < 1e-5, "{x} {y}");
}

/// Of 116.3913° E 39.9075° N.
const PEKING: [f64; 2] = [4_955_615.497_413, 3_343_247.728_356];
