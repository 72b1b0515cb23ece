//! How well a model would have done on years that are known.

use icf_units::{Year, YearRange};

use crate::{Fit, History, Model};

/// Errors of a rolling-origin back-test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backtest {
    /// Forecasts held against an observation.
    pub forecasts: usize,
    /// Mean absolute percentage error of the model, as a share.
    pub mape: f64,
    /// The same of the naive forecast, the last value then known.
    pub naive_mape: f64,
}

/// Rolls the origin through the history: at each year the model is used as it would have been then, on what was
/// known then, and its forecasts one to `ahead` years on are held against what came. The naive forecast is held
/// against the same observations. Observations of zero are left out, since a share of zero is no number.
///
/// `None` when the model speaks of given years only, or no forecast could be made.
#[must_use]
pub fn backtest(model: &Model, history: &History, ahead: u8) -> Option<Backtest> {
    let last = history.last().0;
    let (mut forecasts, mut error, mut naive_error) = (0, 0.0, 0.0);
    for &(origin, known) in history.observations() {
        if origin == last {
            break;
        }
        let then = history.until(origin).expect("the origin itself is known");
        let years = YearRange::new(origin.next(), Year::new(origin.get() + i32::from(ahead)).min(last))
            .expect("the origin is before the last year");
        let Ok(trajectory) = model.earlier(last.since(origin))?.project(&then, years) else { continue };
        for (year, forecast) in years.iter().zip(trajectory.values) {
            if let Some(observed) = history.at(year).filter(|observed| *observed != 0.0) {
                forecasts += 1;
                error += ((forecast - observed) / observed).abs();
                naive_error += ((known - observed) / observed).abs();
            }
        }
    }
    let count = f64::from(u32::try_from(forecasts).ok()?);
    (forecasts > 0).then(|| Backtest { forecasts, mape: error / count, naive_mape: naive_error / count })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Anchor, Constant, LogLinear, Path, Rate};

    fn growing() -> History {
        History::new((0..10).map(|t| (Year::new(2000 + t), 100.0 * 1.05_f64.powi(t)))).unwrap()
    }

    #[test]
    fn a_true_model_has_no_error_and_the_naive_one_has() {
        let model = Model::LogLinear(LogLinear {
            from: Year::new(2003),
            to: Year::new(2009),
            anchor: Anchor::LastObservation,
        });
        let result = backtest(&model, &growing(), 1).unwrap();
        // Windows of 2003–2009 shifted back need three years of history: origins 2002 to 2008.
        assert_eq!(result.forecasts, 7);
        assert!(result.mape < 1e-12);
        assert!((result.naive_mape - (1.0 - 1.0 / 1.05)).abs() < 1e-12);
    }

    #[test]
    fn the_naive_model_ties_with_itself() {
        let result = backtest(&Model::Constant(Constant), &growing(), 3).unwrap();
        assert_eq!(result.mape, result.naive_mape);
        assert_eq!(result.forecasts, 7 * 3 + 2 + 1);
    }

    #[test]
    fn given_years_cannot_be_tested() {
        assert_eq!(backtest(&Model::Path(Path { points: vec![] }), &growing(), 1), None);
        let one = History::new([(Year::new(2000), 1.0)]).unwrap();
        assert_eq!(backtest(&Model::Rate(Rate { per_year: 0.1 }), &one, 1), None);
    }
}
