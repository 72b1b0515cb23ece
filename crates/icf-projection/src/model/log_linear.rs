//! A rate of change fitted to the past.

use icf_units::YearRange;

use super::{Fit, Model, ModelError, Trajectory, Window};
use crate::line::Line;
use crate::{History, Scale, Spread};

/// Where a fitted trajectory starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// At the last observation, so that the trajectory does not jump.
    #[default]
    LastObservation,
    /// On the fitted line.
    Trend,
}

/// Goes on at the rate of a line fitted by ordinary least squares: ln v = a + b·t over a window of years;
/// the rate is exp(b) − 1.
///
/// The value is the median of the forecast, exp of the line, and its interval that of a new observation, by Student's t with
/// n − 2 degrees of freedom. On the line the error is s·√(1 + 1/n + (t − t̄)²/Stt); from the last observation, t₀, it is
/// s·√(2 + h²/Stt + 2h·(t₀ − t̄)/Stt), the last term where t₀ lies in the window. Residuals are taken for independent.
///
/// ```
/// use icf_projection::{Anchor, Fit, History, LogLinear, Window};
/// use icf_units::{Year, YearRange};
/// let history = History::new((0..5).map(|t| (Year::new(2010 + t), 100.0 * 1.02_f64.powi(t)))).unwrap();
/// let years = YearRange::new(Year::new(2015), Year::new(2015)).unwrap();
/// let model = LogLinear { window: Window::ALL, anchor: Anchor::LastObservation };
/// let trajectory = model.project(&history, years).unwrap();
/// assert!((trajectory.rate.unwrap() - 0.02).abs() < 1e-12);
/// assert!((trajectory.values[0] - 100.0 * 1.02_f64.powi(5)).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogLinear {
    /// The years it is fitted on.
    pub window: Window,
    /// Where the trajectory starts.
    pub anchor: Anchor,
}

/// A line through two points has no error to speak of.
const FEWEST: usize = 3;

impl Fit for LogLinear {
    fn name(&self) -> &'static str {
        "log-linear"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let window = self.window.positive(history, self.name(), FEWEST)?;
        let (_, to) = self.window.ends(history);
        let line = Line::through(window.iter().map(|&(year, value)| (f64::from(year.since(to)), value.ln())));
        let (last, value) = history.last();
        let from = f64::from(last.since(to));
        let is_inside = window.last().is_some_and(|(year, _)| *year == last);
        let (mut values, mut errors) = (Vec::with_capacity(years.len()), Vec::with_capacity(years.len()));
        for year in years.iter() {
            let (x, ahead) = (f64::from(year.since(to)), f64::from(year.since(last)));
            let (value, error) = match self.anchor {
                Anchor::LastObservation => {
                    (value * (line.slope * ahead).exp(), line.error_from(from, ahead, is_inside))
                }
                Anchor::Trend => (line.at(x).exp(), line.error_at(x)),
            };
            values.push(value);
            errors.push(error);
        }
        Ok(Trajectory {
            rate: Some(line.slope.exp_m1()),
            fitted_on: Some((window[0].0, window[window.len() - 1].0)),
            observations: Some(window.len()),
            r_squared: line.r_squared,
            spread: Some(Spread::Student { errors, degrees: line.degrees(), scale: Scale::Log }),
            fitted: window
                .iter()
                .map(|&(year, _)| (year, line.at(f64::from(year.since(to))).exp()))
                .collect(),
            ..Trajectory::of(values)
        })
    }

    fn earlier(&self, years: i32) -> Option<Model> {
        Some(Model::LogLinear(Self { window: self.window.earlier(years), ..*self }))
    }
}
