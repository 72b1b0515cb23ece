//! The rate between two years.

use icf_units::YearRange;

use super::{Fit, Model, ModelError, Trajectory, Window};
use crate::History;

/// Goes on by the compound rate between the two ends of a window, r = (v₂/v₁)^(1/(t₂ − t₁)) − 1, from the last observation.
/// What lies between the ends counts for nothing.
///
/// ```
/// use icf_projection::{Cagr, Fit, History, Window};
/// use icf_units::{Year, YearRange};
/// let history = History::new([(2020, 100.0), (2021, 400.0), (2022, 121.0)].map(|(y, v)| (Year::new(y), v))).unwrap();
/// let years = YearRange::new(Year::new(2023), Year::new(2023)).unwrap();
/// let trajectory = Cagr { window: Window::ALL }.project(&history, years).unwrap();
/// assert!((trajectory.rate.unwrap() - 0.1).abs() < 1e-12 && (trajectory.values[0] - 133.1).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cagr {
    /// The years between whose ends the rate is taken; both need a value.
    pub window: Window,
}

impl Fit for Cagr {
    fn name(&self) -> &'static str {
        "cagr"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let model = self.name();
        let (from, to) = self.window.ends(history);
        let at = |year| match history.at(year) {
            None => Err(ModelError::Missing { model, year }),
            Some(value) if value <= 0.0 => Err(ModelError::NotPositive { model, year, value }),
            Some(value) => Ok(value),
        };
        let (start, end) = (at(from)?, at(to)?);
        if to <= from {
            return Err(ModelError::TooFew { model, needed: 2, found: 1, from, to });
        }
        let growth = (end / start).ln() / f64::from(to.since(from));
        let (last, value) = history.last();
        let values = years.iter().map(|year| value * (growth * f64::from(year.since(last))).exp()).collect();
        let window = history.window(from, to);
        let fitted =
            window.iter().map(|&(year, _)| (year, start * (growth * f64::from(year.since(from))).exp()));
        Ok(Trajectory {
            rate: Some(growth.exp_m1()),
            fitted_on: Some((from, to)),
            observations: Some(2),
            fitted: fitted.collect(),
            ..Trajectory::of(values)
        })
    }

    fn earlier(&self, years: i32) -> Option<Model> {
        Some(Model::Cagr(Self { window: self.window.earlier(years) }))
    }
}
