//! On by the mean step.

use icf_units::YearRange;

use super::{Fit, Model, ModelError, Trajectory, Window};
use crate::{History, Scale, Spread};

/// Goes on by the mean step of the history: v(t₀ + h) = v(t₀) + h·d, d = (v(t₀) − v(t₁))/(t₀ − t₁).
///
/// A random walk with drift: steps over k years vary by σ²·k around d·k, σ² = Σ (Δ − k·d)²/k / (m − 1) over m steps, and
/// after h years the error is σ·√(h·(1 + h/(t₀ − t₁))), with m − 1 degrees of freedom (Hyndman & Athanasopoulos 2021,
/// Forecasting, table 5.2). Fitted values go one step from the observation before.
///
/// ```
/// use icf_projection::{Drift, Fit, History};
/// use icf_units::{Year, YearRange};
/// let history = History::new([(2020, 4.0), (2021, 7.0), (2022, 6.0)].map(|(y, v)| (Year::new(y), v))).unwrap();
/// let years = YearRange::new(Year::new(2023), Year::new(2024)).unwrap();
/// assert_eq!(Drift.project(&history, years).unwrap().values, [7.0, 8.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drift;

impl Fit for Drift {
    fn name(&self) -> &'static str {
        "drift"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let observations = Window::ALL.of(history, self.name(), 2)?;
        let ((first, start), (last, value)) = (observations[0], history.last());
        let span = f64::from(last.since(first));
        let drift = (value - start) / span;
        let steps = history.steps();
        let degrees = f64::from(u32::try_from(steps.len() - 1).expect("years are counted in hundreds"));
        let square =
            steps.iter().map(|step| (step.change - step.years * drift).powi(2) / step.years).sum::<f64>()
                / degrees;
        let ahead = |year: icf_units::Year| f64::from(year.since(last));
        let error = |year| (square * ahead(year) * (1.0 + ahead(year) / span)).sqrt();
        let spread =
            Spread::Student { errors: years.iter().map(error).collect(), degrees, scale: Scale::Level };
        Ok(Trajectory {
            fitted_on: Some((first, last)),
            observations: Some(observations.len()),
            spread: (degrees > 0.0 && years.first() > last).then_some(spread),
            fitted: steps.iter().map(|step| (step.year, step.before + step.years * drift)).collect(),
            ..Trajectory::of(years.iter().map(|year| value + ahead(year) * drift).collect())
        })
    }

    fn earlier(&self, _years: i32) -> Option<Model> {
        Some(Model::Drift(*self))
    }
}
