//! A given rate of change.

use icf_units::YearRange;

use super::{Fit, Model, ModelError, Trajectory};
use crate::History;

/// Changes by a given rate a year: v(t) = v(t₀)·(1 + r)^(t − t₀). Fitted values go one step from the observation before.
///
/// ```
/// use icf_projection::{Fit, History, Rate};
/// use icf_units::{Year, YearRange};
/// let history = History::new([(Year::new(2022), 100.0)]).unwrap();
/// let years = YearRange::new(Year::new(2023), Year::new(2024)).unwrap();
/// let values = Rate { per_year: -0.1 }.project(&history, years).unwrap().values;
/// assert!((values[0] - 90.0).abs() < 1e-12 && (values[1] - 81.0).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Change a year as a share: −0.0043 is −0.43 % a year.
    pub per_year: f64,
}

impl Fit for Rate {
    fn name(&self) -> &'static str {
        "rate"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let (start, value) = history.last();
        let values = years.iter().map(|year| value * (1.0 + self.per_year).powi(year.since(start))).collect();
        let steps = history.steps();
        let fitted =
            steps.iter().map(|step| (step.year, step.before * (1.0 + self.per_year).powf(step.years)));
        Ok(Trajectory { rate: Some(self.per_year), fitted: fitted.collect(), ..Trajectory::of(values) })
    }

    fn earlier(&self, _years: i32) -> Option<Model> {
        Some(Model::Rate(*self))
    }
}
