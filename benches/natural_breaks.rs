//! Exact natural breaks over growing numbers of values.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use icf_classify::natural_breaks;

fn breaks(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("natural breaks, 7 classes");
    group.sample_size(10);
    for count in [690, 3_000, 30_000, 300_000, 1_000_000] {
        let values = icf_benches::numbers(count);
        group.bench_with_input(BenchmarkId::from_parameter(count), &values, |bencher, values| {
            bencher.iter(|| natural_breaks(values, 7));
        });
    }
    group.finish();
}

criterion_group!(benches, breaks);
criterion_main!(benches);
