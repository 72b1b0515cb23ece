//! A rate of change fitted to the past.

use icf_units::{Year, YearRange};

use super::{Fit, Model, ModelError, Trajectory};
use crate::History;

/// Where a fitted trajectory starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At the last observation, so that the trajectory does not jump.
    LastObservation,
    /// On the fitted line.
    Trend,
}

/// Goes on at the rate of a line fitted by ordinary least squares: ln v = a + b·t over a window of years;
/// the rate is exp(b) − 1.
///
/// ```
/// use icf_projection::{Anchor, Fit, History, LogLinear};
/// use icf_units::{Year, YearRange};
/// let history = History::new((0..5).map(|t| (Year::new(2010 + t), 100.0 * 1.02_f64.powi(t)))).unwrap();
/// let years = YearRange::new(Year::new(2015), Year::new(2015)).unwrap();
/// let model = LogLinear { from: Year::new(2010), to: Year::new(2014), anchor: Anchor::LastObservation };
/// let trajectory = model.project(&history, years).unwrap();
/// assert!((trajectory.rate.unwrap() - 0.02).abs() < 1e-12);
/// assert!((trajectory.values[0] - 100.0 * 1.02_f64.powi(5)).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogLinear {
    /// First year of the window.
    pub from: Year,
    /// Last year of the window.
    pub to: Year,
    /// Where the trajectory starts.
    pub anchor: Anchor,
}

/// A line through two points has no error to speak of.
const FEWEST: usize = 3;

impl Fit for LogLinear {
    fn name(&self) -> &'static str {
        "fitted"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let window = history.window(self.from, self.to);
        if window.len() < FEWEST {
            return Err(ModelError::TooFew {
                model: self.name(),
                needed: FEWEST,
                found: window.len(),
                from: self.from,
                to: self.to,
            });
        }
        if let Some(&(year, value)) = window.iter().find(|(_, value)| *value <= 0.0) {
            return Err(ModelError::NotPositive { model: self.name(), year, value });
        }
        let line =
            Line::through(window.iter().map(|&(year, value)| (f64::from(year.since(self.to)), value.ln())));
        let (last, value) = history.last();
        let values = years
            .iter()
            .map(|year| match self.anchor {
                Anchor::LastObservation => value * (line.slope * f64::from(year.since(last))).exp(),
                Anchor::Trend => (line.intercept + line.slope * f64::from(year.since(self.to))).exp(),
            })
            .collect();
        Ok(Trajectory {
            values,
            rate: Some(line.slope.exp_m1()),
            fitted_on: Some((window[0].0, window[window.len() - 1].0)),
            observations: Some(window.len()),
            r_squared: line.r_squared,
        })
    }

    fn earlier(&self, years: i32) -> Option<Model> {
        let shift = |year: Year| Year::new(year.get() - years);
        Some(Model::LogLinear(Self { from: shift(self.from), to: shift(self.to), ..*self }))
    }
}

/// y = intercept + slope·x by ordinary least squares.
struct Line {
    intercept: f64,
    slope: f64,
    /// `None` when all y are equal.
    r_squared: Option<f64>,
}

impl Line {
    fn through(points: impl Iterator<Item = (f64, f64)> + Clone) -> Self {
        let (mut n, mut x_sum, mut y_sum) = (0.0, 0.0, 0.0);
        for (x, y) in points.clone() {
            n += 1.0;
            x_sum += x;
            y_sum += y;
        }
        let (x_mean, y_mean) = (x_sum / n, y_sum / n);
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for (x, y) in points {
            xx += (x - x_mean) * (x - x_mean);
            xy += (x - x_mean) * (y - y_mean);
            yy += (y - y_mean) * (y - y_mean);
        }
        let slope = xy / xx;
        let r_squared = (yy > 0.0).then(|| xy * xy / (xx * yy));
        Self { intercept: y_mean - slope * x_mean, slope, r_squared }
    }
}
