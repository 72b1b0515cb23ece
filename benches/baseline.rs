//! The whole baseline run, by the built dev-profile program, start and writing included.
#![expect(clippy::disallowed_methods, reason = "a bench starts a program")]

use std::path::Path;
use std::process::Command;

use criterion::{Criterion, criterion_group, criterion_main};

fn baseline(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the benches lie in the workspace");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let built = Command::new(cargo).args(["build", "--package", "icf-cli"]).current_dir(root).status();
    assert!(built.is_ok_and(|status| status.success()), "the program cannot be built");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let run = |out: &Path| {
        let status = Command::new(target.join("debug/icf"))
            .args(["run-scenario", "scenarios/baseline.yaml", "--quiet", "--format", "json", "--out"])
            .arg(out)
            .current_dir(root)
            .stdout(std::process::Stdio::null())
            .status();
        assert!(status.is_ok_and(|status| status.success()), "the baseline fails");
    };
    let out = target.join("bench-baseline");
    let mut group = criterion.benchmark_group("baseline");
    group.sample_size(10);
    group.bench_function("run-scenario scenarios/baseline.yaml", |bencher| bencher.iter(|| run(&out)));
    group.finish();
}

criterion_group!(benches, baseline);
criterion_main!(benches);
