//! A trajectory with an interval wherever one can be had.

use icf_units::YearRange;

use crate::rolling::Rolling;
use crate::{Fit, History, Model, ModelError, Spread, Trajectory};

/// Projects a model, and where it has no likelihood takes its spread from the errors it made in the past.
///
/// At each earlier year the model is used as it would have been then, and |ln(observed/forecast)| is kept by how
/// many years ahead it looked. Errors of overlapping spans depend on each other; the back-test says how often
/// the interval held. There is no spread for models that speak of given years only, and none for a history with
/// values of zero or below.
///
/// # Errors
/// As the model.
pub fn forecast(model: &Model, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
    let mut trajectory = model.project(history, years)?;
    if trajectory.spread.is_none() {
        trajectory.spread = past_errors(model, history, years);
    }
    Ok(trajectory)
}

fn past_errors(model: &Model, history: &History, years: YearRange) -> Option<Spread> {
    let observations = history.observations();
    let last = history.last().0;
    if years.first() <= last || observations.iter().any(|(_, value)| *value <= 0.0) {
        return None;
    }
    let farthest = years.last().since(last);
    let rolling = Rolling::new(model, history);
    let mut sizes = vec![vec![]; years.len()];
    for &(origin, _) in &observations[..observations.len() - 1] {
        let back = last.since(origin);
        let then = history.until(origin).expect("the origin itself is known");
        let reach = years.first().since(last)..=farthest.min(back);
        let Some(targets) = targets(origin, &reach) else { continue };
        let Some(made) = rolling.at(origin, &then, targets) else { continue };
        for (place, (year, value)) in targets.iter().zip(made.values).enumerate() {
            if let Some(observed) = history.at(year).filter(|_| value > 0.0 && value.is_finite()) {
                sizes[place].push((observed / value).ln().abs());
            }
        }
    }
    sizes.iter_mut().for_each(|sizes| sizes.sort_by(f64::total_cmp));
    sizes.iter().any(|sizes| !sizes.is_empty()).then_some(Spread::Empirical { sizes })
}

fn targets(origin: icf_units::Year, reach: &std::ops::RangeInclusive<i32>) -> Option<YearRange> {
    let year = |ahead: i32| icf_units::Year::new(origin.get() + ahead);
    YearRange::new(year(*reach.start()), year(*reach.end())).ok()
}

#[cfg(test)]
mod tests {
    use icf_units::Year;

    use super::*;
    use crate::{Path, Rate};

    fn history(values: &[f64]) -> History {
        History::new(values.iter().zip(2000..).map(|(value, year)| (Year::new(year), *value))).unwrap()
    }

    #[test]
    fn errors_of_a_given_rate() {
        let years = YearRange::new(Year::new(2004), Year::new(2005)).unwrap();
        let history = history(&[100.0, 110.0, 110.0, 121.0]);
        let model = Model::Rate(Rate { per_year: 0.1 });
        let Some(Spread::Empirical { sizes }) = forecast(&model, &history, years).unwrap().spread else {
            panic!("a rate has past errors")
        };
        let ln = 1.1_f64.ln();
        // One year ahead the rate holds twice and is once too high by a tenth; two years ahead always.
        let near = |found: &[f64], expected: &[f64]| {
            assert_eq!(found.len(), expected.len());
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
        };
        near(&sizes[0], &[0.0, 0.0, ln]);
        near(&sizes[1], &[ln, ln]);
    }

    #[test]
    fn no_errors_no_spread() {
        let years = YearRange::new(Year::new(2004), Year::new(2005)).unwrap();
        let path = Model::Path(Path::linear(vec![(Year::new(2005), 1.0)]));
        assert_eq!(forecast(&path, &history(&[1.0, 2.0, 3.0, 4.0]), years).unwrap().spread, None);
        let rate = Model::Rate(Rate { per_year: 0.1 });
        assert_eq!(forecast(&rate, &history(&[0.0, 2.0, 3.0, 4.0]), years).unwrap().spread, None);
    }
}
