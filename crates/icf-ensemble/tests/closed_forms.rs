//! Ensembles against what is known in closed form.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use icf_ensemble::{Answer, Quantity};
use icf_ensemble::{
    Closed, Course, Frame, Held, Input, Inputs, Measure, Outcome, Plan, Rule, Shape, Shock, Subject, Term,
};
use icf_uncertainty::{Distribution, Sampling, normal_cdf};

const YEARS: usize = 8;

/// One region and a nation of two, whose emissions grow by a rate that is drawn.
fn plan(rate: Distribution, sampling: Sampling, draws: u64) -> (Plan, Closed) {
    let inputs = Inputs::new([("rate".to_owned(), Input::Value(rate))], None);
    let frame = Frame {
        regions: 2,
        years: YEARS,
        subjects: vec![Subject { members: vec![0, 1] }, Subject { members: vec![0] }],
        rules: vec![
            Rule { held: Held::Emissions, subjects: vec![0] },
            Rule { held: Held::Capacity, subjects: vec![0, 1] },
        ],
        eta_is_drawn: false,
    };
    let plan = Plan { frame, inputs, shocks: vec![], sampling, draws, replicates: 10, seed: 1 };
    let shaped = |start| Some(Course::Shaped { shape: 0, start });
    let given = |value| Some(Course::Given(vec![value; YEARS]));
    let chain = Closed {
        shapes: vec![Shape::Growth(Term::Drawn { input: 0, scale: 0.01 })],
        courses: [vec![shaped(100.0), shaped(50.0)], vec![given(110.0), given(80.0)], vec![None, None]],
        eta: 2.0,
        levels: vec![Term::Given(170.0), Term::Given(0.0)],
    };
    (plan, chain)
}

fn run(plan: &Plan, chain: &Closed) -> Outcome {
    plan.run(chain).unwrap()
}

/// 100·(1 + r)^8 of a normal rate: its median is that of the median rate, and the probability of 150·(1 + r)^t > 170 is that
/// of r > (170/150)^(1/t) − 1.
#[test]
fn growth_at_a_normal_rate() {
    for sampling in [Sampling::Plain, Sampling::LatinHypercube, Sampling::Sobol] {
        let (plan, chain) = plan(Distribution::normal(2.0, 1.0).unwrap(), sampling, 20_000);
        let outcome = run(&plan, &chain);
        for year in [0, 3, YEARS - 1] {
            let t = (year + 1) as f64;
            let needed = 100.0 * ((170.0_f64 / 150.0).powf(1.0 / t) - 1.0);
            let expected = 1.0 - normal_cdf(needed - 2.0);
            let found = outcome.above_in(0, 0, year).unwrap();
            let slack = 4.0 * found.standard_error.max(1e-5);
            assert!((found.share - expected).abs() < slack, "{sampling:?} {year}: {found:?} not {expected}");
            let median = outcome.figures(1, year, Measure::Emissions).quantile(0.5).unwrap();
            let expected = 100.0 * 1.02_f64.powf(t);
            let sampled = 4.0 * 100.0 * t * 0.01 * 0.5 / (200_000_f64).sqrt() * 2.5;
            assert!((median.value - expected).abs() < median.error + sampled, "{median:?} not {expected}");
        }
    }
}

/// The capacity of the nation is 190 t: netted, and apart from the region, whose capacity is 110 t.
#[test]
fn a_footprint_above_its_capacity() {
    let (plan, chain) = plan(Distribution::uniform(0.0, 4.0).unwrap(), Sampling::LatinHypercube, 10_000);
    let outcome = run(&plan, &chain);
    let expected = |start: f64, capacity: f64, t: f64| {
        1.0 - (100.0 * ((capacity / start).powf(1.0 / t) - 1.0) / 4.0).clamp(0.0, 1.0)
    };
    for year in 0..YEARS {
        let t = (year + 1) as f64;
        for (subject, start, capacity) in [(0, 150.0, 190.0), (1, 100.0, 110.0)] {
            let found = outcome.crossed_by(1, subject, year).unwrap();
            // A Latin hypercube of one input errs by one stratum a replicate.
            assert!((found.share - expected(start, capacity, t)).abs() <= 1e-4, "{year}: {found:?}");
        }
    }
    // Growing, what was crossed stays crossed.
    assert_eq!(outcome.above_in(1, 0, 7), outcome.crossed_by(1, 0, 7));
    assert_eq!(outcome.crossed_by(0, 1, 0), None, "the first rule is not held for the region");
}

/// A product of independent lognormal errors is lognormal: after n years of one error each, ln has n times the variance.
#[test]
fn errors_of_the_past_add_up() {
    let errors: Vec<f64> = (0..400)
        .map(|place| (0.05 * icf_uncertainty::normal_quantile((f64::from(place) + 0.5) / 400.0)).exp())
        .collect();
    let shock = Shock {
        input: "errors".to_owned(),
        quantity: Quantity::Emissions,
        ratios: vec![Some(errors.clone()), None],
        block: 1,
        known: 2,
    };
    let inputs = Inputs::new([("errors".to_owned(), Input::Picks(shock.picks(YEARS)))], None);
    let (plan, mut chain) = plan(Distribution::uniform(0.0, 1.0).unwrap(), Sampling::Plain, 20_000);
    chain.shapes[0] = Shape::Growth(Term::Given(0.0));
    let plan = Plan { inputs, shocks: vec![shock], ..plan };
    let outcome = run(&plan, &chain);
    let variance = errors.iter().map(|ratio| ratio.ln().powi(2)).sum::<f64>() / 400.0;
    for year in 0..YEARS {
        let figures = outcome.figures(1, year, Measure::Emissions);
        let n = year.saturating_sub(1) as f64;
        let (mean, _) = figures.moments().unwrap();
        let expected = 100.0 * (0.5 * n * variance).exp();
        let slack = 4.0 * figures.standard_error().unwrap().max(1e-9);
        assert!((mean - expected).abs() < slack.max(0.02), "{year}: {mean} not {expected}");
        let upper = figures.quantile(0.975).unwrap();
        let expected = 100.0 * (1.959_964 * (n * variance).sqrt()).exp();
        // Twenty thousand draws ten times leave about 0.3 % of a quantile open.
        assert!(
            (upper.value - expected).abs() < upper.error + 0.003 * expected,
            "{year}: {upper:?} not {expected}"
        );
    }
    // What is not shaken stays as it is.
    assert_eq!(outcome.figures(1, 7, Measure::Sink).moments(), Some((110.0, 0.0)));
}

#[test]
fn the_same_draws_on_any_number_of_threads_and_in_any_scenario() {
    let (plan, chain) = plan(Distribution::normal(2.0, 1.0).unwrap(), Sampling::LatinHypercube, 9_000);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        format!("{:?}", pool.install(|| run(&plan, &chain)))
    };
    let one = on(1);
    assert!(one == on(2) && one == on(8));
    // Another scenario has another course, and the same draws: the rank of each draw is the same.
    let answers = |chain: &Closed| -> Vec<Answer> {
        let points: Vec<Vec<f64>> = (0..500).map(|i| vec![(f64::from(i) + 0.5) / 500.0]).collect();
        plan.answers(chain, &points).unwrap().into_iter().map(|row| row[0]).collect()
    };
    let mut other = chain.clone();
    other.courses[0][1] = Some(Course::Given(vec![0.0; YEARS]));
    for (a, b) in answers(&chain).iter().zip(answers(&other)) {
        // 170 − 150·f and 170 − 100·f, in t.
        assert!(((170.0 - a.margin) / 1.5 - (170.0 - b.margin)).abs() < 1e-9);
    }
}

#[test]
fn footprint_and_capacity_are_emissions_and_sink_over_eta() {
    let (plan, chain) = plan(Distribution::uniform(0.0, 4.0).unwrap(), Sampling::Sobol, 2_000);
    let fixed = run(&plan, &chain);
    let mut drawn = plan.clone();
    drawn.frame.eta_is_drawn = true;
    let drawn = run(&drawn, &chain);
    for (measure, of) in [(Measure::Icf, Measure::Emissions), (Measure::Cec, Measure::Sink)] {
        let (area, mass) = (fixed.figures(0, 5, measure), fixed.figures(0, 5, of));
        assert_eq!(area.quantile(0.9).unwrap().value, mass.quantile(0.9).unwrap().value / 2.0);
        let gathered = drawn.figures(0, 5, measure);
        assert!((gathered.moments().unwrap().0 - area.moments().unwrap().0).abs() < 1e-9);
        assert!((gathered.quantile(0.9).unwrap().value - area.quantile(0.9).unwrap().value).abs() < 1e-9);
    }
}

#[test]
fn a_path_goes_straight_from_point_to_point() {
    let (mut plan, mut chain) = plan(Distribution::uniform(0.0, 200.0).unwrap(), Sampling::Plain, 200);
    plan.frame.years = YEARS;
    chain.shapes[0] = Shape::Path(vec![(2, Term::Given(1.1)), (6, Term::Drawn { input: 0, scale: 0.01 })]);
    let points = vec![vec![0.25]];
    // The rule holds the nation's 150 t against 170 t: at the end the drawn 50 % is left.
    assert_eq!(plan.answers(&chain, &points).unwrap()[0][0].margin, 170.0 - 75.0);
    let outcome = run(&plan, &chain);
    assert!((outcome.figures(1, 0, Measure::Emissions).moments().unwrap().0 - 105.0).abs() < 1e-9);
    assert!((outcome.figures(1, 1, Measure::Emissions).moments().unwrap().0 - 110.0).abs() < 1e-9);
}
