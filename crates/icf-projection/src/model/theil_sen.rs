//! A rate that odd years cannot move.

use icf_units::YearRange;

use super::{Anchor, Fit, Model, ModelError, Trajectory, Window};
use crate::{History, MannKendall};

/// Goes on at the rate of the median slope: b is the median of (ln vⱼ − ln vᵢ)/(tⱼ − tᵢ) over all pairs of years of the
/// window, the rate is exp(b) − 1. The line goes through the medians of t and ln v; the test of Mann and Kendall says
/// whether there is a trend at all. Nearly a third of the years may be odd before the slope is.
///
/// Source: Theil 1950; Sen 1968, JASA 63. There is no likelihood: [`forecast`](crate::forecast) takes the errors of the past.
///
/// ```
/// use icf_projection::{Anchor, Fit, History, TheilSen, Window};
/// use icf_units::{Year, YearRange};
/// let mut values: Vec<f64> = (0..7).map(|t| 100.0 * 1.02_f64.powi(t)).collect();
/// values[3] *= 5.0;
/// let history = History::new(values.into_iter().zip(2010..).map(|(v, y)| (Year::new(y), v))).unwrap();
/// let years = YearRange::new(Year::new(2017), Year::new(2017)).unwrap();
/// let model = TheilSen { window: Window::ALL, anchor: Anchor::LastObservation };
/// let trajectory = model.project(&history, years).unwrap();
/// assert!((trajectory.rate.unwrap() - 0.02).abs() < 1e-12, "the odd year does not count");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TheilSen {
    /// The years it is fitted on.
    pub window: Window,
    /// Where the trajectory starts.
    pub anchor: Anchor,
}

/// With two points there is one slope and no median to speak of.
const FEWEST: usize = 3;

impl Fit for TheilSen {
    fn name(&self) -> &'static str {
        "theil-sen"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let window = self.window.positive(history, self.name(), FEWEST)?;
        let (_, to) = self.window.ends(history);
        let points: Vec<(f64, f64)> =
            window.iter().map(|&(year, value)| (f64::from(year.since(to)), value.ln())).collect();
        let mut slopes = Vec::with_capacity(points.len() * (points.len() - 1) / 2);
        for (place, later) in points.iter().enumerate() {
            slopes
                .extend(points[..place].iter().map(|earlier| (later.1 - earlier.1) / (later.0 - earlier.0)));
        }
        let slope = median(slopes);
        let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
        let trend = MannKendall::of(&ys);
        let intercept = median(ys) - slope * median(xs);
        let line = |x: f64| (intercept + slope * x).exp();
        let (last, value) = history.last();
        let of_year = |year: icf_units::Year| match self.anchor {
            Anchor::LastObservation => value * (slope * f64::from(year.since(last))).exp(),
            Anchor::Trend => line(f64::from(year.since(to))),
        };
        Ok(Trajectory {
            rate: Some(slope.exp_m1()),
            fitted_on: Some((window[0].0, window[window.len() - 1].0)),
            observations: Some(window.len()),
            fitted: window.iter().zip(&points).map(|(&(year, _), &(x, _))| (year, line(x))).collect(),
            trend: Some(trend),
            ..Trajectory::of(years.iter().map(of_year).collect())
        })
    }

    fn earlier(&self, years: i32) -> Option<Model> {
        Some(Model::TheilSen(Self { window: self.window.earlier(years), ..*self }))
    }
}

/// The middle value, or the mean of the middle two; there is at least one.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}
