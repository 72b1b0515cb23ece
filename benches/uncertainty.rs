//! Numbers of a design, quantiles of distributions, and an ensemble of 30 regions and 9 years.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use icf_ensemble::{Closed, Course, Frame, Held, Input, Inputs, Plan, Rule, Shape, Subject, Term};
use icf_uncertainty::{Copula, Design, Distribution, Sampling, normal_cdf};

const DRAWS: u64 = 10_000;
const INPUTS: usize = 16;
const SAMPLINGS: [(&str, Sampling); 3] =
    [("plain", Sampling::Plain), ("Latin hypercube", Sampling::LatinHypercube), ("Sobol", Sampling::Sobol)];

fn designs(criterion: &mut Criterion) {
    let names: Vec<String> = (0..INPUTS).map(|input| format!("input {input}")).collect();
    let mut group = criterion.benchmark_group("design");
    group.throughput(Throughput::Elements(DRAWS * INPUTS as u64));
    for (name, sampling) in SAMPLINGS {
        let design = Design::new(sampling, &names, DRAWS, 0, 1).expect("there are few inputs and points");
        group.bench_function(name, |bencher| {
            let mut point = [0.0; INPUTS];
            bencher.iter(|| {
                (0..DRAWS).for_each(|index| design.fill(index, &mut point));
                point[0]
            });
        });
    }
    let row = |row: usize| (0..INPUTS).map(|column| if row == column { 1.0 } else { 0.3 }).collect();
    let copula = Copula::new(&(0..INPUTS).map(row).collect::<Vec<Vec<f64>>>()).expect("0.3 goes with itself");
    let point = icf_benches::numbers(INPUTS);
    group.throughput(Throughput::Elements(INPUTS as u64));
    group.bench_function("copula", |bencher| {
        bencher.iter_batched_ref(|| point.clone(), |point| copula.apply(point), BatchSize::SmallInput);
    });
    group.finish();
}

fn quantiles(criterion: &mut Criterion) {
    let shares = icf_benches::numbers(4_096);
    let mut group = criterion.benchmark_group("quantile");
    group.throughput(Throughput::Elements(shares.len() as u64));
    for (name, distribution) in [
        ("normal", Distribution::normal(0.0, 1.0)),
        ("lognormal", Distribution::lognormal(1.0, 1.5)),
        ("triangular", Distribution::triangular(0.0, 1.0, 4.0)),
        ("PERT", Distribution::pert(0.0, 1.0, 4.0)),
        ("discrete", Distribution::discrete(&[1.0, 2.0, 5.0], &[])),
    ] {
        let distribution = distribution.expect("the parameters are in order");
        group.bench_function(name, |bencher| {
            bencher.iter(|| shares.iter().map(|share| distribution.quantile(*share)).sum::<f64>());
        });
    }
    group.bench_function("normal probability", |bencher| {
        bencher.iter(|| shares.iter().map(|share| normal_cdf(6.0 * share - 3.0)).sum::<f64>());
    });
    group.finish();
}

/// 30 regions and the nation over 9 years, with a rate of their own for emissions and one level.
fn plan(sampling: Sampling) -> (Plan, Closed) {
    const REGIONS: usize = 30;
    const YEARS: usize = 9;
    let rate = Distribution::normal(1.0, 0.5).expect("the deviation is above zero");
    let inputs = (0..REGIONS).map(|region| (format!("rate {region}"), Input::Value(rate.clone())));
    let mut subjects: Vec<Subject> = (0..REGIONS).map(|region| Subject { members: vec![region] }).collect();
    subjects.push(Subject { members: (0..REGIONS).collect() });
    let frame = Frame {
        regions: REGIONS,
        years: YEARS,
        rules: vec![Rule { held: Held::Capacity, subjects: (0..subjects.len()).collect() }],
        subjects,
        eta_is_drawn: false,
    };
    let plan = Plan {
        frame,
        inputs: Inputs::new(inputs, None),
        shocks: vec![],
        sampling,
        draws: DRAWS,
        replicates: 1,
        seed: 1,
    };
    let course = |region: usize| Some(Course::Shaped { shape: region, start: 100.0 });
    let chain = Closed {
        shapes: (0..REGIONS).map(|input| Shape::Growth(Term::Drawn { input, scale: 0.01 })).collect(),
        courses: [
            (0..REGIONS).map(course).collect(),
            vec![Some(Course::Given(vec![105.0; YEARS])); REGIONS],
            vec![None; REGIONS],
        ],
        eta: 2.0,
        levels: vec![Term::Given(0.0)],
    };
    (plan, chain)
}

fn ensembles(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ensemble of 30 regions, 9 years");
    group.sample_size(10).throughput(Throughput::Elements(DRAWS));
    for (name, sampling) in SAMPLINGS {
        let (plan, chain) = plan(sampling);
        group.bench_function(name, |bencher| bencher.iter(|| plan.run(&chain)));
    }
    let (mut plan, chain) = plan(Sampling::LatinHypercube);
    (plan.draws, plan.replicates) = (DRAWS, 10);
    group.throughput(Throughput::Elements(10 * DRAWS));
    group.bench_function("100000 draws", |bencher| bencher.iter(|| plan.run(&chain)));
    group.finish();
}

criterion_group!(benches, designs, quantiles, ensembles);
criterion_main!(benches);
