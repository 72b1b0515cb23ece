//! Local Moran's I: the provinces over all years, and 3,000 regions.

use criterion::{Criterion, criterion_group, criterion_main};
use icf_spatial::{Permutations, local_moran};

fn lisa(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lisa");
    group.sample_size(10);
    let provinces = icf_benches::ring(30, 2);
    group.bench_function("30 regions x 22 years x 2 variables, 9999 permutations", |bencher| {
        bencher.iter(|| {
            for year in 0..44 {
                let purpose = format!("bench {year}");
                let permutations = Permutations { count: 9_999, seed: 1, purpose: &purpose };
                local_moran(&provinces, permutations).expect("the values differ");
            }
        });
    });
    let regions = icf_benches::ring(3_000, 3);
    group.bench_function("3000 regions, 6 neighbours, 9999 permutations", |bencher| {
        let permutations = Permutations { count: 9_999, seed: 1, purpose: "bench" };
        bencher.iter(|| local_moran(&regions, permutations));
    });
    group.finish();
}

criterion_group!(benches, lisa);
criterion_main!(benches);
