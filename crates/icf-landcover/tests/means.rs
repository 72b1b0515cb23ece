//! Means of a quantity by zone and class, against loops over cells.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::BTreeMap;

use icf_geometry::Layer;
use icf_landcover::{
    ClassMeans, Coverage, Crs, MeanPlan, Means, Raster, SelfCrossing, Sharded, SoFar, ValueRaster, Weighed,
    Zones, ellipsoid,
};
use support::{Tiff, Value};

const TILE: usize = 16;

fn class(row: usize, column: usize) -> u8 {
    u8::try_from((row * 3 + column) % 4).unwrap()
}

/// Classes of cells of half a degree, 40 columns and 20 rows from 100° E 40° N on.
fn classes() -> Raster<Vec<u8>> {
    Raster::open(Tiff::tiled(40, 20, TILE, 0.5, class).bytes()).unwrap()
}

/// A raster of values in one tile of 16 × 16 cells.
fn values(cell: f64, (columns, rows): (usize, usize), bits: u16, format: u16, bytes: Vec<u8>) -> Tiff {
    Tiff::tiled(columns, rows, TILE, cell, |_, _| 0)
        .with(258, Value::Short(vec![bits]))
        .with(339, Value::Short(vec![format]))
        .with_chunk(0, bytes)
}

fn bytes<const N: usize>(value: impl Fn(usize, usize) -> [u8; N]) -> Vec<u8> {
    (0..TILE * TILE).flat_map(|place| value(place / TILE, place % TILE)).collect()
}

fn zones() -> Zones {
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"whole"},"geometry":{"type":"Polygon","coordinates":[[[101,31],[113,31],[113,39],[101,39],[101,31]]]}},
        {"type":"Feature","properties":{"id":"part"},"geometry":{"type":"Polygon","coordinates":[[[101.1,33.6],[101.3,33.6],[101.3,33.9],[101.1,33.9],[101.1,33.6]]]}}
    ]}"#;
    Zones::new(&Layer::from_geojson(text, "id").unwrap(), Crs::Geographic, SelfCrossing::Refuse).unwrap()
}

fn means(values: &ValueRaster<Vec<u8>>) -> Means {
    let (classes, zones) = ([classes()], zones());
    MeanPlan::new(&classes, values, &zones, Coverage::Exact).unwrap().run(|_| {}).unwrap()
}

fn square_metres(class: icf_landcover::ClassArea) -> f64 {
    class.area.get() * 1e4
}

/// The means of the zone of whole cells are those of a loop over them.
#[track_caller]
fn check(values: &ValueRaster<Vec<u8>>, value: impl Fn(usize, usize) -> Option<f64>) {
    let found = means(values);
    let mut expected: BTreeMap<u16, (f64, f64, f64)> = BTreeMap::new();
    for row in 2..18 {
        let north = 40.0 - row as f64 * 0.5;
        let area = ellipsoid::area_between(north - 0.5, north, 0.5);
        for column in 2..26 {
            let sums = expected.entry(class(row, column).into()).or_default();
            match value(row, column) {
                Some(value) => {
                    sums.0 += value * area;
                    sums.1 += area;
                }
                None => sums.2 += area,
            }
        }
    }
    for (code, (sum, known, unknown)) in expected {
        let weighed = found[&("whole".into(), code)];
        let mean = weighed.mean(values.scale()).unwrap();
        assert!((mean - sum / known).abs() < 1e-12 * mean.abs(), "{mean} is not {}", sum / known);
        assert!((square_metres(weighed.known()) - known).abs() < 1e-12 * known);
        assert!((square_metres(weighed.unknown()) - unknown).abs() < 1e-12 * known);
        assert!((weighed.area().get() * 1e4 - known - unknown).abs() < 1e-12 * known);
    }
}

#[test]
fn a_cell_takes_the_value_that_its_centre_lies_in() {
    // Cells of 1.25°: the centre of column 2 (101.25°) lies on an edge, and belongs to the cell on its east.
    let value = |row: usize, column: usize| (row * 16 + column) as f32 * 0.37;
    let raster = values(1.25, (16, 8), 32, 3, bytes(|row, column| value(row, column).to_le_bytes()));
    check(&ValueRaster::open(raster.bytes()).unwrap(), |row, column| {
        let at = |cell: usize| (cell * 2 + 1) / 5;
        Some(f64::from(value(at(row), at(column))))
    });
}

#[test]
fn whole_numbers_have_a_sign_a_scale_and_nodata() {
    let stored =
        |row: usize, column: usize| i16::try_from(row * 10).unwrap() - i16::try_from(column).unwrap() * 3;
    let metadata = r#"<GDALMetadata><Item name="SCALE" sample="0" role="scale">0.01</Item><Item name="OFFSET" sample="0" role="offset">2</Item></GDALMetadata>"#;
    let raster = values(2.0, (8, 5), 16, 2, bytes(|row, column| stored(row, column).to_le_bytes()));
    let raster = raster.with(42_113, Value::Text("-6")).with(42_112, Value::Text(metadata));
    let value = |row: usize, column: usize| {
        let stored = stored(row / 4, column / 4);
        (stored != -6).then(|| f64::from(stored) * 0.01 + 2.0)
    };
    check(&ValueRaster::open(raster.bytes()).unwrap(), value);
    let valid = ValueRaster::open(raster.bytes()).unwrap().valid_within([-4.0, 30.0]);
    check(&valid, |row, column| value(row, column).filter(|value| (1.96..=2.3).contains(value)));
    // What the file says may be said again, and nothing else.
    let again = |factor, offset| ValueRaster::open(raster.bytes()).unwrap().scaled(factor, offset);
    check(&again(Some(0.01), Some(2.0)).unwrap(), value);
    let error = again(Some(0.1), None).unwrap_err().to_string();
    assert!(
        error.contains("stored numbers × 0.01 + 2, and they are given as stored numbers × 0.1 + 2"),
        "{error}"
    );
    let plain = values(2.0, (8, 5), 16, 2, bytes(|row, column| stored(row, column).to_le_bytes()));
    let plain = ValueRaster::open(plain.bytes()).unwrap().scaled(Some(0.01), Some(2.0)).unwrap();
    check(&plain, |row, column| Some(f64::from(stored(row / 4, column / 4)) * 0.01 + 2.0));
}

#[test]
fn what_is_no_number_or_lies_outside_is_not_known() {
    let value = |row: usize, column: usize| if (row + column).is_multiple_of(3) { f32::NAN } else { 1.5 };
    let raster = values(1.0, (10, 7), 32, 3, bytes(|row, column| value(row, column).to_le_bytes()));
    check(&ValueRaster::open(raster.bytes()).unwrap(), |row, column| {
        let (row, column) = (row / 2, column / 2);
        (row < 7 && column < 10 && !(row + column).is_multiple_of(3)).then_some(1.5)
    });
}

#[test]
fn parts_of_a_cell_weigh_by_their_area() {
    let raster = values(2.0, (16, 8), 32, 3, bytes(|_, _| 4.25_f32.to_le_bytes()));
    let found = means(&ValueRaster::open(raster.bytes()).unwrap());
    let (row, column) = (12, 2);
    let weighed = found[&("part".into(), class(row, column).into())];
    let scale = ValueRaster::open(raster.bytes()).unwrap().scale();
    assert!((weighed.mean(scale).unwrap() / 4.25 - 1.0).abs() < 1e-15);
    let area = ellipsoid::area_between(33.6, 33.9, 0.2);
    assert!((square_metres(weighed.known()) / area - 1.0).abs() < 1e-9);
}

#[test]
fn threads_do_not_matter() {
    let raster =
        values(1.25, (16, 8), 32, 3, bytes(|row, column| ((row * column) as f32 / 7.0).to_le_bytes()));
    let raster = ValueRaster::open(raster.bytes()).unwrap();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| means(&raster))
    };
    assert_eq!(run(1), run(2));
    assert_eq!(run(1), run(8));
}

/// What is said of a raster of values when it is opened, planned or read.
#[track_caller]
fn refused(raster: &Tiff, expected: &str) {
    let (classes, zones) = ([classes()], zones());
    let said = match ValueRaster::open(raster.bytes()) {
        Err(error) => error.to_string(),
        Ok(raster) => {
            let plan = MeanPlan::new(&classes, &raster, &zones, Coverage::Exact);
            plan.and_then(|plan| plan.run(|_| {})).unwrap_err().to_string()
        }
    };
    assert!(said.contains(expected), "{said}");
}

#[test]
fn what_is_no_quantity_of_these_zones_is_refused() {
    let of = |cell: f64, value: f32| values(cell, (16, 8), 32, 3, bytes(|_, _| value.to_le_bytes()));
    refused(&of(2.0, 1e9), "holds the value 1000000000, which no quantity on land has");
    refused(&of(2.0, f32::NAN), "has no known value at any cell of a zone");
    refused(&of(0.25, 1.0), "has cells of 0.25 × 0.25°, smaller than those of the classes, 0.5 × 0.5°");
    refused(
        &values(2.0, (16, 8), 8, 2, vec![0; 256]),
        "a raster of whole numbers with a sign of 8 bits is not read; a quantity is one band",
    );
    refused(&of(2.0, 1.0).with(277, Value::Short(vec![3])), "a raster of 3 bands");
    refused(&of(2.0, 1.0).with(42_112, Value::Text(r#"role="scale">x<"#)), "GDAL_METADATA");
    refused(&of(2.0, 1.0).with(42_113, Value::Text("none")), "GDAL_NODATA");
    let shorts = values(2.0, (16, 8), 16, 2, vec![0; 512]);
    refused(&shorts.with(317, Value::Short(vec![3])), "predictor 3 is not read");
    let albers = of(2.0, 1.0).with(
        34_735,
        Value::Short(vec![
            1, 1, 0, 6, 1024, 0, 1, 1, 2048, 0, 1, 4326, 3072, 0, 1, 32_767, 3075, 0, 1, 11, 3078, 34_736, 1,
            0, 3079, 34_736, 1, 1,
        ]),
    );
    refused(&albers.with(34_736, Value::Double(vec![25.0, 47.0])), "lies in another system of coordinates");
}

#[test]
fn every_width_and_byte_order_gives_the_same() {
    let value = |row: usize, column: usize| u8::try_from((row * 7 + column * 3) % 100).unwrap();
    let check = |bits, format, bytes: Vec<u8>| {
        let raster = values(1.25, (16, 8), bits, format, bytes);
        self::check(&ValueRaster::open(raster.bytes()).unwrap(), |row, column| {
            let at = |cell: usize| (cell * 2 + 1) / 5;
            Some(value(at(row), at(column)).into())
        });
    };
    check(8, 1, bytes(|row, column| [value(row, column)]));
    check(16, 1, bytes(|row, column| u16::from(value(row, column)).to_le_bytes()));
    check(32, 1, bytes(|row, column| u32::from(value(row, column)).to_le_bytes()));
    check(16, 2, bytes(|row, column| i16::from(value(row, column)).to_le_bytes()));
    check(32, 2, bytes(|row, column| i32::from(value(row, column)).to_le_bytes()));
    check(32, 3, bytes(|row, column| f32::from(value(row, column)).to_le_bytes()));
    check(64, 3, bytes(|row, column| f64::from(value(row, column)).to_le_bytes()));
}

#[test]
fn factors_of_a_class_have_a_mean_of_one() {
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"east"},"geometry":{"type":"Polygon","coordinates":[[[107.3,31],[113,31],[113,39],[107.3,39],[107.3,31]]]}},
        {"type":"Feature","properties":{"id":"west"},"geometry":{"type":"Polygon","coordinates":[[[101,31],[107.3,31],[107.3,39],[101,39],[101,31]]]}}
    ]}"#;
    let zones = Zones::new(&Layer::from_geojson(text, "id").unwrap(), Crs::Geographic, SelfCrossing::Refuse);
    let zones = zones.unwrap();
    let raster =
        values(1.25, (16, 8), 32, 3, bytes(|row, column| ((row + column * column) as f32).to_le_bytes()));
    let raster = ValueRaster::open(raster.bytes()).unwrap();
    let classes = [classes()];
    let found = MeanPlan::new(&classes, &raster, &zones, Coverage::Exact).unwrap().run(|_| {}).unwrap();
    let means =
        ClassMeans::of(&found, |code| (code != 3).then(|| ["a", "b", "a"][usize::from(code)].to_owned()));
    assert_eq!(means.classes().collect::<Vec<_>>(), ["a", "b"]);
    for class in ["a", "b"] {
        let (mut sum, mut area) = (0.0, 0.0);
        for (zone, _, weighed) in means.by_zone().filter(|(_, of, _)| *of == class) {
            let known = square_metres(weighed.known());
            sum += means.factor(zone, class, raster.scale()).unwrap() * known;
            area += known;
        }
        assert!((sum / area - 1.0).abs() < 1e-12, "{class}: {}", sum / area);
        assert!((square_metres(means.in_all(class).unwrap().known()) / area - 1.0).abs() < 1e-14);
    }
    let east = means.factor(&"east".into(), "a", raster.scale()).unwrap();
    assert!(east > 1.2 && means.factor(&"west".into(), "a", raster.scale()).unwrap() < 0.8, "{east}");
    assert_eq!(means.factor(&"north".into(), "a", raster.scale()), None);
}

#[test]
fn a_class_without_a_value_has_no_mean() {
    let value = |_: usize, column: usize| if column < 3 { f32::NAN } else { 2.5 };
    let raster = values(2.0, (16, 8), 32, 3, bytes(|row, column| value(row, column).to_le_bytes()));
    let raster = ValueRaster::open(raster.bytes()).unwrap();
    let found = means(&raster);
    let weighed: Weighed = found[&("part".into(), class(12, 2).into())];
    assert_eq!(weighed.mean(raster.scale()), None);
    assert!(weighed.unknown().cells > 0.2 && weighed.known().cells == 0.0);
    let means = ClassMeans::of(&found, |code| Some(code.to_string()));
    assert_eq!(means.factor(&"part".into(), &class(12, 2).to_string(), raster.scale()), None);
}

#[test]
fn a_run_in_two_parts_gives_the_same() {
    let value =
        |row: usize, column: usize| if column == 4 { f32::NAN } else { (row * column) as f32 / 7.0 - 2.0 };
    let raster = values(1.25, (16, 8), 32, 3, bytes(|row, column| value(row, column).to_le_bytes()));
    let raster = ValueRaster::open(raster.bytes()).unwrap();
    let (classes, zones) =
        ([Raster::open(Tiff::tiled(40, 150, TILE, 0.5 / 8.0, class).bytes()).unwrap()], zones());
    let plan = MeanPlan::new(&classes, &raster, &zones, Coverage::Exact).unwrap();
    let kept = std::sync::Mutex::new(None);
    plan.run_on(&mut SoFar::default(), |so_far, _| {
        if so_far.done().count() == 1 {
            *kept.lock().unwrap() =
                Some((so_far.done().collect::<Vec<_>>(), so_far.kept().collect::<Vec<_>>()));
        }
    })
    .unwrap();
    let (done, sums) = kept.into_inner().unwrap().unwrap();
    assert!(plan.shards() > 1 && sums.iter().any(|sum| sum.numbers[0] != 0));
    let mut rest = plan.resumed(done, sums).unwrap();
    plan.run_on(&mut rest, |_, _| {}).unwrap();
    assert_eq!(plan.means(rest.sums()), plan.run(|_| {}));
}
