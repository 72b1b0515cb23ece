//! Passes over the rasters of `docs/landcover`: areas, transitions between two years, and means of a quantity; one thread each.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use icf_geometry::Layer;
use icf_landcover::{
    ChangePlan, Coverage, Crs, MeanPlan, Plan, Raster, SelfCrossing, Sharded, ValueRaster, Zones,
};

/// Rasters of two years, a quantity, and zones with the property of their ids.
struct Sample {
    name: &'static str,
    first: &'static [u8],
    last: &'static [u8],
    quantity: &'static [u8],
    zones: &'static str,
}

const SAMPLES: [Sample; 2] = [
    Sample {
        name: "3 zones, 480 × 360 cells, LZW",
        first: include_bytes!("../docs/landcover/clcd_2000.tif"),
        last: include_bytes!("../docs/landcover/clcd_2020.tif"),
        quantity: include_bytes!("../docs/landcover/npp_2020.tif"),
        zones: include_str!("../docs/landcover/zones.geojson"),
    },
    Sample {
        name: "provinces, 630 × 515 cells, deflate",
        first: include_bytes!("../docs/landcover/china_2003.tif"),
        last: include_bytes!("../docs/landcover/china_2018.tif"),
        quantity: include_bytes!("../docs/landcover/china_npp_2018.tif"),
        zones: include_str!("../crates/icf-data/china-provinces/boundaries.geojson"),
    },
];

fn passes(criterion: &mut Criterion) {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be had");
    for sample in SAMPLES {
        let raster = |bytes: &[u8]| [Raster::open(bytes.to_vec()).expect("a sample is a raster")];
        let (first, last) = (raster(sample.first), raster(sample.last));
        let quantity = ValueRaster::open(sample.quantity.to_vec()).expect("a sample is a raster");
        let layer = Layer::from_geojson(sample.zones, "region").expect("a sample is GeoJSON");
        let zones = Zones::new(&layer, Crs::Geographic, SelfCrossing::Refuse).expect("the zones are sound");
        let areas = Plan::new(&first, &zones, Coverage::Exact).expect("the zones lie in its coordinates");
        let change = ChangePlan::new(&first, &last, &zones, Coverage::Exact).expect("both have one grid");
        let means = MeanPlan::new(&last, &quantity, &zones, Coverage::Exact).expect("its cells are larger");
        let mut group = criterion.benchmark_group(sample.name);
        group.throughput(Throughput::Elements(areas.cells()));
        group.bench_function("areas", |bencher| bencher.iter(|| one.install(|| areas.run(|_| {}))));
        group.bench_function("transitions", |bencher| bencher.iter(|| one.install(|| change.run(|_| {}))));
        group.bench_function("means", |bencher| bencher.iter(|| one.install(|| means.run(|_| {}))));
        group.finish();
    }
}

criterion_group!(benches, passes);
criterion_main!(benches);
