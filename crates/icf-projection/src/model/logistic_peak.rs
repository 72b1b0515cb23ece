//! Up to a peak, and down an S-shaped curve.

use icf_units::{Year, YearRange};

use super::{Fit, Model, ModelError, Trajectory};
use crate::History;

/// Rises from the last observation v₀ to a peak and falls from there along a logistic curve to a floor. All figures are given;
/// none is fitted.
///
/// With p the year of the peak and h its height, s = (t − t₀)/(p − t₀), v = v₀·(1 + (h − 1)·(2s − s²)) up to the peak: a
/// parabola that is flat there. After it v = v₀·(f + (h − f)·g(t)/g(p)), g(t) = 1/(1 + exp(k·(t − m))), with the floor f, the
/// year m of the steepest fall, and k = ln 99/(m − p): g(p) = 0.99, so that the fall has begun by a hundredth at the peak, and
/// in the year m 50/99 of it are still to come.
///
/// ```
/// use icf_projection::{Fit, History, LogisticPeak};
/// use icf_units::{Year, YearRange};
/// let history = History::new([(Year::new(2022), 100.0)]).unwrap();
/// let years = YearRange::new(Year::new(2023), Year::new(2036)).unwrap();
/// let model = LogisticPeak { peak: Year::new(2026), height: 1.08, steepest: Year::new(2036), floor: 0.09 };
/// let values = model.project(&history, years).unwrap().values;
/// let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found}");
/// near(values[1], 106.0); // 2024 is half way: 1 + 0.08·(1 − 0.25)
/// near(values[3], 108.0); // the peak
/// near(values[13], 9.0 + 99.0 * 50.0 / 99.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogisticPeak {
    /// The year of the peak, not before the last observation.
    pub peak: Year,
    /// The peak as a share of the last observation.
    pub height: f64,
    /// The year of the steepest fall, after the peak.
    pub steepest: Year,
    /// Where the fall ends, as a share of the last observation.
    pub floor: f64,
}

impl Fit for LogisticPeak {
    fn name(&self) -> &'static str {
        "logistic-peak"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let (start, value) = history.last();
        let to_peak = f64::from(self.peak.since(start));
        let steepness = 99.0_f64.ln() / f64::from(self.steepest.since(self.peak));
        let left = |year: Year| 1.0 / (1.0 + (steepness * f64::from(year.since(self.steepest))).exp());
        let share = |year: Year| {
            if year < self.peak {
                let along = f64::from(year.since(start)) / to_peak;
                1.0 + (self.height - 1.0) * (2.0 * along - along * along)
            } else {
                self.floor + (self.height - self.floor) * left(year) / left(self.peak)
            }
        };
        Ok(Trajectory::of(years.iter().map(|year| value * share(year)).collect()))
    }

    fn earlier(&self, _years: i32) -> Option<Model> {
        None
    }
}
