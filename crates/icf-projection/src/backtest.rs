//! How a model would have done on years that are known.

use icf_units::{Year, YearRange};

use crate::rolling::Rolling;
use crate::{History, Model, Spread};

/// Years ahead that models are tested on in runs and by `best`, unless it says otherwise.
pub const AHEAD: u8 = 3;

/// One forecast as it would have been made, held against what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The last year then known.
    pub origin: Year,
    /// The year foretold.
    pub year: Year,
    /// The last value then known, which is the naive forecast.
    pub known: f64,
    /// The forecast.
    pub forecast: f64,
    /// What came.
    pub observed: f64,
    /// Mean size of a year's change in what was then known; `None` where there was none.
    pub scale: Option<f64>,
    /// Whether the interval of each level asked for held what came; `None` where there was none.
    pub held: Vec<Option<bool>>,
}

impl Attempt {
    /// Forecast minus observation.
    #[must_use]
    pub fn error(&self) -> f64 {
        self.forecast - self.observed
    }

    /// The same of the naive forecast.
    #[must_use]
    pub fn naive_error(&self) -> f64 {
        self.known - self.observed
    }

    /// Attempts at the parts of a sum as attempts at the sum: those of an origin and year that every part has. No interval
    /// comes of it: how far the parts err together is another matter. The scale is that of the sum's own past.
    ///
    /// ```
    /// use icf_projection::{Attempt, History};
    /// use icf_units::Year;
    /// let (origin, year) = (Year::new(2020), Year::new(2021));
    /// let part = |forecast| Attempt { origin, year, known: 3.0, forecast, observed: 5.0, scale: Some(1.0), held: vec![] };
    /// let total = History::new([(Year::new(2019), 2.0), (origin, 6.0), (year, 10.0)]).unwrap();
    /// let sum = Attempt::summed(&[&[&part(4.0)], &[&part(5.0)]], &total);
    /// assert_eq!((sum[0].known, sum[0].error(), sum[0].scale), (6.0, -1.0, Some(4.0)));
    /// ```
    #[must_use]
    pub fn summed(parts: &[&[&Self]], total: &History) -> Vec<Self> {
        let Some((first, others)) = parts.split_first() else { return vec![] };
        let add = |sum: Self, part: &Self| Self {
            known: sum.known + part.known,
            forecast: sum.forecast + part.forecast,
            observed: sum.observed + part.observed,
            ..sum
        };
        let of = |attempt: &Self| {
            let key = |of: &Self| (of.origin, of.year);
            let mut sum = Self { held: vec![], ..attempt.clone() };
            for part in others {
                let place = part.binary_search_by_key(&key(attempt), |made| key(made)).ok()?;
                sum = add(sum, part[place]);
            }
            let then = total.until(attempt.origin);
            sum.scale = then.and_then(|then| then.mean_change()).filter(|scale| *scale > 0.0);
            Some(sum)
        };
        first.iter().copied().filter_map(of).collect()
    }

    /// Years from the origin to the year foretold.
    #[must_use]
    pub fn ahead(&self) -> i32 {
        self.year.since(self.origin)
    }
}

/// Rolls the origin through the history: at each year the model is used as it would have been then, on what was
/// known then, and its forecasts one to `ahead` years on are held against what came. Sorted by origin and year.
///
/// `levels` are those of the intervals to be tested; none saves the work. `None` when the model speaks of given years
/// only, or no forecast could be made.
#[must_use]
pub fn attempts(model: &Model, history: &History, ahead: u8, levels: &[f64]) -> Option<Vec<Attempt>> {
    let last = history.last().0;
    let rolling = Rolling::new(model, history);
    let is_positive = history.observations().iter().all(|(_, value)| *value > 0.0);
    let mut made: Vec<Attempt> = Vec::new();
    for &(origin, known) in history.observations() {
        if origin == last {
            break;
        }
        let then = history.until(origin).expect("the origin itself is known");
        let years = YearRange::new(origin.next(), Year::new(origin.get() + i32::from(ahead)).min(last))
            .expect("the origin is before the last year");
        let Some(mut trajectory) = rolling.at(origin, &then, years) else { continue };
        if trajectory.spread.is_none() && is_positive && !levels.is_empty() {
            let known = made.iter().filter(|attempt| attempt.year <= origin);
            trajectory.spread = Some(Spread::of_errors(known, origin, years));
        }
        let intervals: Vec<_> = levels.iter().map(|level| trajectory.interval(*level)).collect();
        let scale = then.mean_change().filter(|scale| *scale > 0.0);
        for (place, (year, forecast)) in years.iter().zip(&trajectory.values).enumerate() {
            let Some(observed) = history.at(year).filter(|_| forecast.is_finite()) else { continue };
            let held = |interval: &Vec<Option<(f64, f64)>>| {
                interval[place].map(|(low, high)| low <= observed && observed <= high)
            };
            let held = intervals.iter().map(held).collect();
            made.push(Attempt { origin, year, known, forecast: *forecast, observed, scale, held });
        }
    }
    (!made.is_empty()).then_some(made)
}

/// Mean errors of a rolling-origin back-test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backtest {
    /// Forecasts held against an observation.
    pub forecasts: usize,
    /// Mean absolute error, in the unit of the history.
    pub mae: f64,
    /// The same of the naive forecast, the last value then known.
    pub naive_mae: f64,
    /// Mean absolute percentage error, as a share, over observations that are not zero.
    pub mape: Option<f64>,
    /// The same of the naive forecast.
    pub naive_mape: Option<f64>,
    /// Mean absolute scaled error: each error over the mean size of a year's change in what was then known (Hyndman & Koehler
    /// 2006, Int. J. Forecasting 22); forecasts without such a scale are left out.
    pub mase: Option<f64>,
    /// The same of the naive forecast, at the same distances. Below it, the model is the better one.
    pub naive_mase: Option<f64>,
}

impl Backtest {
    /// The mean errors of some attempts; `None` without any.
    ///
    /// ```
    /// use icf_projection::{Attempt, Backtest};
    /// use icf_units::Year;
    /// let attempt = Attempt {
    ///     origin: Year::new(2020), year: Year::new(2021), known: 8.0, forecast: 9.0, observed: 10.0, scale: Some(4.0), held: vec![],
    /// };
    /// let test = Backtest::of([&attempt]).unwrap();
    /// assert_eq!((test.mae, test.naive_mae), (1.0, 2.0));
    /// assert_eq!((test.mape, test.naive_mape), (Some(0.1), Some(0.2)));
    /// assert_eq!((test.mase, test.naive_mase), (Some(0.25), Some(0.5)));
    /// ```
    #[must_use]
    pub fn of<'a>(attempts: impl IntoIterator<Item = &'a Attempt>) -> Option<Self> {
        let mut forecasts = 0;
        let [mut absolute, mut share, mut scaled] = [Mean::default(); 3];
        for attempt in attempts {
            forecasts += 1;
            absolute.add(attempt, Some(1.0));
            share.add(attempt, Some(attempt.observed.abs()).filter(|size| *size > 0.0));
            scaled.add(attempt, attempt.scale);
        }
        let (mae, naive_mae) = absolute.of()?;
        let (share, scaled) = (share.of(), scaled.of());
        Some(Self {
            forecasts,
            mae,
            naive_mae,
            mape: share.map(|(model, _)| model),
            naive_mape: share.map(|(_, naive)| naive),
            mase: scaled.map(|(model, _)| model),
            naive_mase: scaled.map(|(_, naive)| naive),
        })
    }
}

/// Errors over some size, of the model and of the naive forecast.
#[derive(Clone, Copy, Default)]
struct Mean {
    count: f64,
    model: f64,
    naive: f64,
}

impl Mean {
    fn add(&mut self, attempt: &Attempt, size: Option<f64>) {
        let Some(size) = size else { return };
        self.count += 1.0;
        self.model += attempt.error().abs() / size;
        self.naive += attempt.naive_error().abs() / size;
    }

    fn of(self) -> Option<(f64, f64)> {
        (self.count > 0.0).then(|| (self.model / self.count, self.naive / self.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Anchor, Constant, Fit, LogLinear, Path, Rate, Window};

    fn growing() -> History {
        History::new((0..10).map(|t| (Year::new(2000 + t), 100.0 * 1.05_f64.powi(t)))).unwrap()
    }

    fn backtest(model: &Model, history: &History, ahead: u8) -> Option<Backtest> {
        Backtest::of(&attempts(model, history, ahead, &[])?)
    }

    #[test]
    fn a_true_model_has_no_error_and_the_naive_one_has() {
        let window = Window::new(Year::new(2003), Year::new(2009));
        let model = Model::LogLinear(LogLinear { window, anchor: Anchor::LastObservation });
        let result = backtest(&model, &growing(), 1).unwrap();
        // Windows of 2003–2009 shifted back need three years of history: origins 2002 to 2008.
        assert_eq!(result.forecasts, 7);
        assert!(result.mape.unwrap() < 1e-12);
        assert!((result.naive_mape.unwrap() - (1.0 - 1.0 / 1.05)).abs() < 1e-12);
    }

    #[test]
    fn the_naive_model_ties_with_itself() {
        let result = backtest(&Model::Constant(Constant), &growing(), 3).unwrap();
        assert_eq!((result.mape, result.mase), (result.naive_mape, result.naive_mase));
        assert_eq!(result.forecasts, 7 * 3 + 2 + 1);
    }

    #[test]
    fn given_years_cannot_be_tested() {
        assert_eq!(backtest(&Model::Path(Path::linear(vec![])), &growing(), 1), None);
        let one = History::new([(Year::new(2000), 1.0)]).unwrap();
        assert_eq!(backtest(&Model::Rate(Rate { per_year: 0.1 }), &one, 1), None);
    }

    /// At each origin the model and its interval are those that the command would have given then.
    #[track_caller]
    fn check_as_used_then(model: &Model, history: &History) {
        const LEVELS: [f64; 2] = [0.8, 0.5];
        let made = attempts(model, history, 3, &LEVELS).unwrap();
        let last = history.last().0;
        for attempt in &made {
            let then = history.until(attempt.origin).unwrap();
            let model = model.earlier(last.since(attempt.origin)).unwrap();
            let years = YearRange::new(attempt.origin.next(), attempt.year).unwrap();
            let alone = crate::forecast(&model, &then, years).unwrap();
            let place = years.len() - 1;
            assert_eq!(
                alone.values[place].to_bits(),
                attempt.forecast.to_bits(),
                "{} {attempt:?}",
                model.name()
            );
            let held = LEVELS.map(|level| {
                alone.interval(level)[place].map(|(low, high)| (low..=high).contains(&attempt.observed))
            });
            assert_eq!(held.to_vec(), attempt.held, "{} {attempt:?}", model.name());
        }
        assert!(made.iter().any(|attempt| attempt.held[0].is_some()), "{}", model.name());
    }

    #[test]
    fn rolling_once_is_using_the_model_anew_each_year() {
        let values = [9.0, 9.5, 11.0, 13.0, 12.0, 15.0, 18.0, 17.0, 16.5, 16.0, 15.0, 15.5, 14.0, 13.0, 13.5];
        let history = History::new(values.into_iter().zip(2000..).map(|(v, y)| (Year::new(y), v))).unwrap();
        for model in Model::candidates() {
            check_as_used_then(&model, &history);
        }
        check_as_used_then(&Model::Rate(Rate { per_year: 0.02 }), &history);
        let best = |candidates| Model::Best(crate::Best { candidates, ahead: 2 });
        check_as_used_then(&best(Model::candidates()), &history);
        // One that cannot be tested, and one that chooses itself.
        let path = Model::Path(Path::linear(vec![]));
        check_as_used_then(&best(vec![path, best(Model::candidates()), Model::Constant(Constant)]), &history);
    }

    #[test]
    fn intervals_hold_what_they_hold() {
        let steps = [1.0, 2.0, 1.0, 2.0, 1.0, 50.0];
        let history = History::new(steps.into_iter().zip(2000..).map(|(v, y)| (Year::new(y), v))).unwrap();
        let made = attempts(&Model::Constant(Constant), &history, 1, &[0.8]).unwrap();
        let held: Vec<_> = made.iter().map(|attempt| attempt.held[0]).collect();
        // The first origin knows no step; steps of one are held by steps of one, the step of 49 is not.
        assert_eq!(held, [None, Some(true), Some(true), Some(true), Some(false)]);
    }
}
