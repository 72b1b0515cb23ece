//! How far a forecast may be off.

use icf_units::{Year, YearRange};

use crate::Attempt;
use crate::student::two_sided_quantile;

/// What errors add to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// To the value itself.
    Level,
    /// To its logarithm: the forecast is the median, and the interval is a factor up and down.
    Log,
}

/// How the truth is spread around the values of a trajectory, a figure a year.
#[derive(Clone, Debug, PartialEq)]
pub enum Spread {
    /// Student's t, from a model that has a likelihood.
    Student {
        /// Standard error of each year.
        errors: Vec<f64>,
        /// Degrees of freedom.
        degrees: f64,
        /// What the errors add to.
        scale: Scale,
    },
    /// Sizes of the errors in logarithms that the model made in the past at the same distance, ascending.
    Empirical {
        /// |ln(observed / forecast)| for each year.
        sizes: Vec<Vec<f64>>,
    },
}

impl Spread {
    /// The spread of some forecasts of the past around a trajectory of `years` from `origin`: their errors, by distance.
    /// Forecasts and observations of zero or below have no logarithm and are left out.
    ///
    /// ```
    /// use icf_projection::{Attempt, Spread};
    /// use icf_units::{Year, YearRange};
    /// let [origin, year] = [2020, 2021].map(Year::new);
    /// let made = Attempt { origin, year, known: 4.0, forecast: 2.0, observed: 1.0, scale: None, held: vec![] };
    /// let years = YearRange::new(Year::new(2024), Year::new(2025)).unwrap();
    /// let spread = Spread::of_errors([&made], Year::new(2023), years);
    /// assert_eq!(spread, Spread::Empirical { sizes: vec![vec![2.0_f64.ln()], vec![]] });
    /// ```
    #[must_use]
    pub fn of_errors<'a>(
        made: impl IntoIterator<Item = &'a Attempt>,
        origin: Year,
        years: YearRange,
    ) -> Self {
        let mut sizes = vec![vec![]; years.len()];
        for attempt in made.into_iter().filter(|made| made.forecast > 0.0 && made.observed > 0.0) {
            let place = attempt.ahead() - years.first().since(origin);
            if let Some(sizes) = usize::try_from(place).ok().and_then(|place| sizes.get_mut(place)) {
                sizes.push((attempt.observed / attempt.forecast).ln().abs());
            }
        }
        sizes.iter_mut().for_each(|sizes| sizes.sort_by(f64::total_cmp));
        Self::Empirical { sizes }
    }

    /// The interval around each value that holds the truth with a probability of `level`.
    ///
    /// An empirical interval is that of split conformal prediction (Lei et al. 2018, JASA 113): with m errors of the
    /// past the factor is the ⌈(m + 1)·level⌉-th smallest; `None` where there are fewer than that.
    ///
    /// ```
    /// use icf_projection::Spread;
    /// let spread = Spread::Empirical { sizes: vec![vec![0.01, 0.02, 0.03, 0.04]] };
    /// let (low, high) = spread.interval(&[100.0], 0.8)[0].unwrap();
    /// assert!((low - 100.0 * (-0.04_f64).exp()).abs() < 1e-12 && (high - 100.0 * 0.04_f64.exp()).abs() < 1e-12);
    /// assert_eq!(spread.interval(&[100.0], 0.95), [None], "four errors say nothing of 95 %");
    /// ```
    #[must_use]
    pub fn interval(&self, values: &[f64], level: f64) -> Vec<Option<(f64, f64)>> {
        match self {
            Self::Student { errors, degrees, scale } => {
                let t = two_sided_quantile(level, *degrees);
                let around = |(value, error): (&f64, &f64)| match scale {
                    Scale::Level => Some((value - t * error, value + t * error)),
                    Scale::Log => Some((value * (-t * error).exp(), value * (t * error).exp())),
                };
                let finite = |(low, high): &(f64, f64)| low.is_finite() && high.is_finite();
                values.iter().zip(errors).map(around).map(|found| found.filter(finite)).collect()
            }
            Self::Empirical { sizes } => {
                let around = |(value, sizes): (&f64, &Vec<f64>)| {
                    let size = sizes.get(rank(sizes.len(), level).checked_sub(1)?)?;
                    Some((value * (-size).exp(), value * size.exp()))
                };
                values.iter().zip(sizes).map(around).collect()
            }
        }
    }
}

/// ⌈(m + 1)·level⌉.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "errors are counted in dozens"
)]
fn rank(count: usize, level: f64) -> usize {
    // (4 + 1)·0.8 is 4 and a little in floating point.
    ((count + 1) as f64 * level - 1e-9).ceil() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_on_both_scales() {
        let student = |scale| Spread::Student { errors: vec![0.5], degrees: 1.0, scale };
        // t of one degree for one half is tan(π/4) = 1.
        let (low, high) = student(Scale::Level).interval(&[3.0], 0.5)[0].unwrap();
        assert!((low - 2.5).abs() < 1e-12 && (high - 3.5).abs() < 1e-12);
        let (low, high) = student(Scale::Log).interval(&[3.0], 0.5)[0].unwrap();
        assert!((low * high - 9.0).abs() < 1e-9 && (high / 3.0 - 0.5_f64.exp()).abs() < 1e-12);
    }

    #[test]
    fn an_interval_beyond_every_number_is_none() {
        let wild = Spread::Student { errors: vec![1e6], degrees: 1.0, scale: Scale::Log };
        assert_eq!(wild.interval(&[3.0], 0.95), [None]);
    }

    #[test]
    fn enough_errors_for_a_level() {
        for (count, level, expected) in
            [(4, 0.8, 4), (3, 0.8, 4), (19, 0.95, 19), (18, 0.95, 19), (9, 0.5, 5)]
        {
            assert_eq!(rank(count, level), expected, "{count} {level}");
        }
    }
}
