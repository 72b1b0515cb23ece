//! What holds of every model and every history.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use icf_projection::{
    Anchor, Best, Between, Fit, History, Kaya, LogLinear, LogisticPeak, MannKendall, Model, Path, Rate,
    TopDown, Trajectory, Window, forecast, lmdi,
};
use icf_units::{Year, YearRange};
use proptest::prelude::*;

fn history(values: &[f64]) -> History {
    History::new(values.iter().zip(2000..).map(|(value, year)| (Year::new(year), *value))).unwrap()
}

fn ahead(history: &History) -> YearRange {
    YearRange::new(history.last().0.next(), Year::new(history.last().0.get() + 6)).unwrap()
}

/// Every model there is, with figures where it needs some.
fn models(others: &[f64]) -> Vec<Model> {
    let (peak, steepest) = (Year::new(2031), Year::new(2040));
    let rate = |per_year| Box::new(Model::Rate(Rate { per_year }));
    let mut models = Model::candidates();
    models.extend([
        Model::Rate(Rate { per_year: -0.03 }),
        Model::LogLinear(LogLinear { window: Window::ALL, anchor: Anchor::Trend }),
        Model::Path(Path { points: vec![(peak, 1.2), (steepest, 0.4)], between: Between::Monotone }),
        Model::LogisticPeak(LogisticPeak { peak, height: 1.1, steepest, floor: 0.2 }),
        Model::TopDown(TopDown { total: history(others), model: rate(0.02) }),
        Model::Kaya(Kaya {
            population: (history(others), rate(0.01)),
            product: history(others),
            per_head: rate(0.05),
            intensity: Box::new(Model::LogLinear(LogLinear {
                window: Window::ALL,
                anchor: Anchor::LastObservation,
            })),
        }),
        Model::Best(Best { candidates: Model::candidates(), ahead: 2 }),
    ]);
    models
}

fn figures(trajectory: &Trajectory) -> Vec<f64> {
    let ends = [0.8, 0.95].into_iter().flat_map(|level| trajectory.interval(level)).flatten();
    let fitted = trajectory.fitted.iter().map(|(_, value)| *value);
    trajectory.values.iter().copied().chain(fitted).chain(ends.flat_map(|(low, high)| [low, high])).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// project(c·history) = c·project(history), with intervals and fitted values; and nothing is ever NaN.
    #[test]
    fn the_unit_of_a_history_does_not_matter(
        values in prop::collection::vec(0.5..2.0_f64, 8..20),
        scale in prop::sample::select(vec![1e-6, 0.3, 3.664, 1e9]),
    ) {
        let scaled: Vec<f64> = values.iter().map(|value| value * scale).collect();
        let (plain, scaled) = (history(&values), history(&scaled));
        for model in models(&values) {
            let one = figures(&forecast(&model, &plain, ahead(&plain)).unwrap());
            let other = figures(&forecast(&model, &scaled, ahead(&scaled)).unwrap());
            prop_assert_eq!(one.len(), other.len());
            let size = one.iter().fold(0.0_f64, |size, value| size.max(value.abs()));
            for (a, b) in one.iter().zip(&other) {
                prop_assert!(a.is_finite() && b.is_finite());
                let off = (a * scale - b).abs();
                prop_assert!(off <= 1e-9 * scale * size, "{}: {a} times {scale} is not {b}", model.name());
            }
        }
    }

    /// A model answers or says why, whatever the history.
    #[test]
    fn no_history_makes_nan(values in prop::collection::vec(prop::sample::select(vec![-1.0, 0.0, 1.0, 1.0, 5.0, 1e12]), 1..12)) {
        let history = history(&values);
        for model in models(&[1.0; 12]) {
            if let Ok(made) = forecast(&model, &history, ahead(&history)) {
                prop_assert!(figures(&made).iter().all(|figure| !figure.is_nan()), "{}: {made:?}", model.name());
            }
        }
    }

    /// The interval holds the value, and that of a higher level holds that of a lower one.
    #[test]
    fn intervals_are_nested(values in prop::collection::vec(0.5..2.0_f64, 8..24)) {
        let history = history(&values);
        for model in models(&values) {
            let made = forecast(&model, &history, ahead(&history)).unwrap();
            let (narrow, wide) = (made.interval(0.8), made.interval(0.95));
            for (place, value) in made.values.iter().enumerate() {
                if let Some((low, high)) = narrow[place] {
                    prop_assert!(low <= *value && *value <= high, "{}", model.name());
                    if let Some((lower, higher)) = wide[place] {
                        prop_assert!(lower <= low && high <= higher, "{}", model.name());
                    }
                }
            }
        }
    }

    /// The effects sum to the change.
    #[test]
    fn nothing_is_left_over(
        before in prop::array::uniform3(1e-3..1e3_f64),
        after in prop::array::uniform3(1e-3..1e3_f64),
        same in any::<bool>(),
    ) {
        let after = if same { before.map(|x| x * 1.000_000_001) } else { after };
        let effects = lmdi(before, after).unwrap();
        let (start, end) = (before.iter().product::<f64>(), after.iter().product::<f64>());
        let left = (effects.iter().sum::<f64>() - (end - start)).abs();
        // What rounding leaves of sums of this size.
        let size = effects.iter().map(|effect| effect.abs()).sum::<f64>() + start + end;
        prop_assert!(left <= 8.0 * f64::EPSILON * size, "{left} of {size}");
    }

    /// S changes its sign with the direction of time.
    #[test]
    fn a_trend_turns_with_time(mut values in prop::collection::vec(0..9_i32, 2..20)) {
        let test = |values: &[i32]| MannKendall::of(&values.iter().map(|value| f64::from(*value)).collect::<Vec<_>>());
        let forward = test(&values);
        values.reverse();
        let backward = test(&values);
        prop_assert_eq!((forward.s, forward.variance, forward.p), (-backward.s, backward.variance, backward.p));
        prop_assert!((0.0..=1.0).contains(&forward.p));
    }
}
