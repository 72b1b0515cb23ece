//! The naive model.

use icf_units::YearRange;

use super::{Fit, Model, ModelError, Trajectory};
use crate::{History, Scale, Spread};

/// Stays at the last observation: v(t) = v(t₀).
///
/// Its interval is that of a random walk: steps have the mean square σ² = Σ Δ²/k / m, k the years between two
/// observations and m the number of steps, and after h years the error is σ·√h (Hyndman & Athanasopoulos 2021, Forecasting,
/// table 5.2), with m degrees of freedom. Fitted values are the observations before.
///
/// ```
/// use icf_projection::{Constant, Fit, History};
/// use icf_units::{Year, YearRange};
/// let history = History::new([(2020, 4.0), (2021, 7.0), (2022, 6.0)].map(|(y, v)| (Year::new(y), v))).unwrap();
/// let years = YearRange::new(Year::new(2023), Year::new(2023)).unwrap();
/// let trajectory = Constant.project(&history, years).unwrap();
/// assert_eq!(trajectory.values, [6.0]);
/// // σ² = (9 + 1)/2 and t of two degrees for 80 % is 0.8·√(2/0.36).
/// let (low, _) = trajectory.interval(0.8)[0].unwrap();
/// assert!((low - (6.0 - 5.0_f64.sqrt() * 0.8 * (2.0_f64 / 0.36).sqrt())).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constant;

impl Fit for Constant {
    fn name(&self) -> &'static str {
        "constant"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let (last, value) = history.last();
        let steps = history.steps();
        let count = f64::from(u32::try_from(steps.len()).expect("years are counted in hundreds"));
        let square = steps.iter().map(|step| step.change * step.change / step.years).sum::<f64>() / count;
        let errors = years.iter().map(|year| (square * f64::from(year.since(last))).sqrt()).collect();
        let spread = Spread::Student { errors, degrees: count, scale: Scale::Level };
        Ok(Trajectory {
            rate: Some(0.0),
            spread: (count > 0.0 && years.first() > last).then_some(spread),
            fitted: steps.iter().map(|step| (step.year, step.before)).collect(),
            ..Trajectory::of(vec![value; years.len()])
        })
    }

    fn earlier(&self, _years: i32) -> Option<Model> {
        Some(Model::Constant(*self))
    }
}
