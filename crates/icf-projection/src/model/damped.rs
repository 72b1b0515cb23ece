//! A trend that runs out.

use icf_units::YearRange;

use super::{Fit, Model, ModelError, Trajectory, Window};
use crate::{History, Scale, Spread};

/// Holt's additive trend, damped: each year level l and trend b learn from the error e of the forecast one year ahead.
///
/// e(t) = v(t) − l(t−1) − φ·b(t−1), l(t) = l(t−1) + φ·b(t−1) + α·e(t), b(t) = φ·b(t−1) + α·β·e(t); h years ahead the
/// forecast is l + (φ + … + φʰ)·b. β is the weight of the newest change of the level (β* in Hyndman's notation).
///
/// Initialisation: l(0) and b(0), the state before the first observation, are estimated. For given α, β and φ the errors
/// are linear in them, so that their best values are ordinary least squares, exactly. α and β from 0 to 1 and φ from 0.8
/// to 0.98 minimise the sum of squared errors, by a grid and then by steps that are halved down to 10⁻⁶; what of the three
/// is given is kept. The search sees the history divided by its largest value and rounded to 2⁻⁴⁰, so that it does not
/// depend on the unit.
///
/// The interval is that of the innovations model ETS(A,Ad,N): σ²·(1 + Σ (α + α·β·(φ + … + φʲ))², j below h), with σ² = SSE/(n − k) and
/// Student's t of n − k degrees, k the number of estimated figures; the parameters' own uncertainty is not in it.
/// Source: Gardner & McKenzie 1985; Hyndman et al. 2008, Forecasting with Exponential Smoothing.
///
/// ```
/// use icf_projection::{Damped, Fit, History};
/// use icf_units::{Year, YearRange};
/// // A history that is the model's own: l(0) = 0, b(0) = 10 and φ = 0.9 without any error.
/// let values = [9.0, 17.1, 24.39, 30.951, 36.8559, 42.17031];
/// let history = History::new(values.into_iter().zip(2000..).map(|(v, y)| (Year::new(y), v))).unwrap();
/// let years = YearRange::new(Year::new(2006), Year::new(2006)).unwrap();
/// let model = Damped { alpha: Some(0.5), beta: Some(0.5), phi: Some(0.9) };
/// assert!((model.project(&history, years).unwrap().values[0] - 46.953279).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Damped {
    /// Weight of the newest level, 0 to 1; estimated when there is none.
    pub alpha: Option<f64>,
    /// Weight of the newest trend, 0 to 1; estimated when there is none.
    pub beta: Option<f64>,
    /// Damping, above 0 and up to 1; estimated when there is none.
    pub phi: Option<f64>,
}

/// Five figures are estimated; one error more than these is the least.
const FEWEST: usize = 6;
/// Where damping is looked for (Hyndman & Athanasopoulos 2021, section 8.2).
const PHI: (f64, f64) = (0.8, 0.98);
/// Steps of the search end here.
const FINEST: f64 = 1e-6;
/// Searches from the best so many points of the grid.
const STARTS: usize = 2;

/// α, β and φ.
type Weights = [f64; 3];

impl Fit for Damped {
    fn name(&self) -> &'static str {
        "damped"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let model = self.name();
        let observations = Window::ALL.of(history, model, FEWEST)?;
        if let Some(pair) = observations.windows(2).find(|pair| pair[1].0.since(pair[0].0) > 1) {
            return Err(ModelError::Missing { model, year: pair[0].0.next() });
        }
        let values: Vec<f64> = observations.iter().map(|(_, value)| *value).collect();
        let weights = self.weights(&values);
        let start = best_start(&values, weights).map_or([values[0], 0.0], |(start, _)| start);
        let (mut level, mut trend) = (start[0], start[1]);
        let (mut squares, mut fitted) = (0.0, Vec::with_capacity(values.len()));
        for &(year, value) in observations {
            let foretold = level + weights[2] * trend;
            let error = value - foretold;
            fitted.push((year, foretold));
            squares += error * error;
            level = foretold + weights[0] * error;
            trend = weights[2] * trend + weights[0] * weights[1] * error;
        }
        let estimated = 2 + self.free().iter().filter(|free| **free).count();
        let degrees =
            f64::from(u32::try_from(values.len() - estimated).expect("years are counted in hundreds"));
        let last = history.last().0;
        let ahead = years.last().since(last).max(0);
        // Damping summed over 1..=h years, and the variance at h years, for h = 1, 2, …
        let (mut damped, mut damping, mut variance) = (0.0, 1.0, 1.0);
        let mut path = Vec::new();
        for _ in 0..ahead {
            damping *= weights[2];
            damped += damping;
            path.push((level + damped * trend, (squares / degrees * variance).sqrt()));
            variance += (weights[0] * (1.0 + weights[1] * damped)).powi(2);
        }
        let at = |year: icf_units::Year| usize::try_from(year.since(last) - 1).ok().map(|place| path[place]);
        let wanted: Vec<(f64, f64)> =
            years.iter().map(|year| at(year).unwrap_or((values[values.len() - 1], 0.0))).collect();
        let (values, errors): (Vec<f64>, Vec<f64>) = wanted.into_iter().unzip();
        let spread = Spread::Student { errors, degrees, scale: Scale::Level };
        Ok(Trajectory {
            fitted_on: Some((observations[0].0, last)),
            observations: Some(observations.len()),
            spread: (degrees > 0.0 && years.first() > last).then_some(spread),
            fitted,
            ..Trajectory::of(values)
        })
    }

    fn earlier(&self, _years: i32) -> Option<Model> {
        Some(Model::Damped(*self))
    }
}

impl Damped {
    /// Which of the weights are looked for.
    fn free(&self) -> [bool; 3] {
        [self.alpha.is_none(), self.beta.is_none(), self.phi.is_none()]
    }

    /// The weights with the least sum of squared errors.
    fn weights(&self, values: &[f64]) -> Weights {
        let grid =
            |given: Option<f64>, steps: &[f64]| given.map_or_else(|| steps.to_vec(), |given| vec![given]);
        let alphas = grid(self.alpha, &[0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0]);
        let betas = grid(self.beta, &[0.0, 0.1, 0.3, 0.6, 1.0]);
        let phis = grid(self.phi, &[PHI.0, 0.86, 0.92, PHI.1]);
        let values = rounded(values);
        let error = |weights: Weights| best_start(&values, weights).map_or(f64::INFINITY, |(_, error)| error);
        let mut points: Vec<(f64, Weights)> = Vec::new();
        for alpha in &alphas {
            for beta in &betas {
                for phi in &phis {
                    points.push((error([*alpha, *beta, *phi]), [*alpha, *beta, *phi]));
                }
            }
        }
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let searched = points.iter().take(STARTS).map(|start| self.search(*start, &error));
        searched.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(points[0].1, |(_, weights)| weights)
    }

    /// Goes to the better neighbour while there is one, and halves the steps when there is none.
    fn search(&self, start: (f64, Weights), error: &impl Fn(Weights) -> f64) -> (f64, Weights) {
        let bounds = [(0.0, 1.0), (0.0, 1.0), PHI];
        let (mut best, mut at) = start;
        let mut step = 0.1;
        while step > FINEST {
            let mut found = (best, at);
            for axis in (0..3).filter(|axis| self.free()[*axis]) {
                for sign in [-1.0, 1.0] {
                    let mut next = at;
                    let (low, high) = bounds[axis];
                    next[axis] = (at[axis] + sign * step * (high - low)).clamp(low, high);
                    let new = error(next);
                    if new < found.0 {
                        found = (new, next);
                    }
                }
            }
            if found.0 < best {
                (best, at) = found;
            } else {
                step /= 2.0;
            }
        }
        (best, at)
    }
}

/// Values as shares of the largest, on a grid of 2⁻⁴⁰.
fn rounded(values: &[f64]) -> Vec<f64> {
    let grid = f64::from(1_u32 << 20) * f64::from(1_u32 << 20);
    let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    let share = |value: &f64| if largest > 0.0 { (value / largest * grid).round() / grid } else { 0.0 };
    values.iter().map(share).collect()
}

/// The first level and trend with the least sum of squared errors, and that sum.
///
/// The errors are those of a start at the first value without a trend, plus what l(0) adds to it and b(0) times those that each
/// makes alone when every value is zero, so that the best of both solve two normal equations.
fn best_start(values: &[f64], [alpha, beta, phi]: Weights) -> Option<([f64; 2], f64)> {
    // Level and trend of the three parts: from the first value, from l(0) = 1, from b(0) = 1.
    let first = values[0];
    let mut parts = [[first, 0.0], [1.0, 0.0], [0.0, 1.0]];
    let (mut uu, mut uw, mut ww, mut ue, mut we, mut ee) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for value in values {
        let mut errors = [0.0; 3];
        for (place, [level, trend]) in parts.iter_mut().enumerate() {
            let foretold = *level + phi * *trend;
            let error = if place == 0 { value - foretold } else { -foretold };
            errors[place] = error;
            *level = foretold + alpha * error;
            *trend = phi * *trend + alpha * beta * error;
        }
        let [e, u, w] = errors;
        uu += u * u;
        uw += u * w;
        ww += w * w;
        ue += u * e;
        we += w * e;
        ee += e * e;
    }
    let determinant = uu * ww - uw * uw;
    if determinant <= 1e-12 * uu * ww {
        return None;
    }
    let (level, trend) = ((uw * we - ww * ue) / determinant, (uw * ue - uu * we) / determinant);
    Some(([first + level, trend], (ee + level * ue + trend * we).max(0.0)))
}

#[cfg(test)]
mod tests {
    use icf_units::Year;

    use super::*;

    #[test]
    fn the_start_is_least_squares() {
        let values = [3.0, 5.0, 4.0, 8.0, 9.0, 7.0, 12.0];
        let weights = [0.4, 0.3, 0.9];
        let (start, least) = best_start(&values, weights).unwrap();
        let squares = |start: [f64; 2]| {
            let [mut level, mut trend] = start;
            values.iter().fold(0.0, |sum, value| {
                let foretold = level + weights[2] * trend;
                let error = value - foretold;
                level = foretold + weights[0] * error;
                trend = weights[2] * trend + weights[0] * weights[1] * error;
                sum + error * error
            })
        };
        assert!((squares(start) - least).abs() < 1e-9 * least);
        for moved in [[0.01, 0.0], [-0.01, 0.0], [0.0, 0.01], [0.0, -0.01]] {
            assert!(squares([start[0] + moved[0], start[1] + moved[1]]) > least);
        }
    }

    #[test]
    fn a_gap_and_a_short_history_are_refused() {
        let years = YearRange::new(Year::new(2010), Year::new(2011)).unwrap();
        let of = |years: &[i32]| History::new(years.iter().map(|year| (Year::new(*year), 1.0))).unwrap();
        let gap = Damped::default().project(&of(&[2000, 2001, 2002, 2003, 2005, 2006]), years);
        assert_eq!(gap, Err(ModelError::Missing { model: "damped", year: Year::new(2004) }));
        let short = Damped::default().project(&of(&[2005, 2006, 2007, 2008, 2009]), years).unwrap_err();
        assert_eq!(short.to_string(), "damped needs 6 observations from 2005 to 2009 and finds 5");
    }

    #[test]
    fn a_flat_history_stays() {
        let history = History::new((2000..2010).map(|year| (Year::new(year), 5.0))).unwrap();
        let years = YearRange::new(Year::new(2010), Year::new(2012)).unwrap();
        let trajectory = Damped::default().project(&history, years).unwrap();
        assert!(trajectory.values.iter().all(|value| (value - 5.0).abs() < 1e-6), "{:?}", trajectory.values);
    }
}
