//! Given points.

use icf_units::{Year, YearRange};

use super::{Fit, Model, ModelError, Trajectory};
use crate::History;

/// How a path goes from one point to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Between {
    /// On a straight line.
    #[default]
    Linear,
    /// On a smooth curve that never leaves the range of the two points: the cubic of Fritsch & Butland 1984, SIAM J. Sci. Stat.
    /// Comput. 5, with one-sided three-point slopes at the ends (as `pchip` in SciPy and Matlab).
    Monotone,
}

/// Follows given points, each a share of the last observation; after the last point it stays.
///
/// ```
/// use icf_projection::{Fit, History, Path};
/// use icf_units::{Year, YearRange};
/// let history = History::new([(Year::new(2022), 200.0)]).unwrap();
/// let years = YearRange::new(Year::new(2023), Year::new(2025)).unwrap();
/// let path = Path::linear(vec![(Year::new(2024), 0.5)]);
/// assert_eq!(path.project(&history, years).unwrap().values, [150.0, 100.0, 100.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Years, ascending and after the history, with the share of the last observation.
    pub points: Vec<(Year, f64)>,
    /// How it goes in between.
    pub between: Between,
}

impl Path {
    /// Straight lines between points.
    #[must_use]
    pub fn linear(points: Vec<(Year, f64)>) -> Self {
        Self { points, between: Between::Linear }
    }
}

impl Fit for Path {
    fn name(&self) -> &'static str {
        "path"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let (start, value) = history.last();
        let knots: Vec<(f64, f64)> = std::iter::once((0.0, 1.0))
            .chain(self.points.iter().map(|&(year, share)| (f64::from(year.since(start)), share)))
            .collect();
        let slopes = match self.between {
            Between::Linear => None,
            Between::Monotone => Some(slopes(&knots)),
        };
        let share = |year: Year| {
            let x = f64::from(year.since(start));
            let Some(place) = knots.windows(2).position(|pair| x < pair[1].0) else {
                return knots[knots.len() - 1].1;
            };
            let ((x0, y0), (x1, y1)) = (knots[place], knots[place + 1]);
            let (width, along) = (x1 - x0, (x - x0) / (x1 - x0));
            match &slopes {
                None => y0 + (y1 - y0) * along,
                Some(slopes) => hermite((y0, y1), (slopes[place] * width, slopes[place + 1] * width), along),
            }
        };
        Ok(Trajectory::of(years.iter().map(|year| value * share(year)).collect()))
    }

    fn earlier(&self, _years: i32) -> Option<Model> {
        None
    }
}

/// The cubic with values and slopes (times the width) at both ends of 0..1.
fn hermite((y0, y1): (f64, f64), (d0, d1): (f64, f64), t: f64) -> f64 {
    let s = 1.0 - t;
    y0 * s * s * (1.0 + 2.0 * t) + d0 * t * s * s + y1 * t * t * (3.0 - 2.0 * t) - d1 * t * t * s
}

/// The slope at each knot.
fn slopes(knots: &[(f64, f64)]) -> Vec<f64> {
    let widths: Vec<f64> = knots.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    let secants: Vec<f64> =
        knots.windows(2).map(|pair| (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0)).collect();
    match secants.len() {
        0 => return vec![0.0],
        1 => return vec![secants[0]; 2],
        _ => {}
    }
    let inner = |place: usize| {
        let (before, after) = (secants[place - 1], secants[place]);
        if before * after <= 0.0 {
            return 0.0;
        }
        let (first, second) =
            (2.0 * widths[place] + widths[place - 1], widths[place] + 2.0 * widths[place - 1]);
        (first + second) / (first / before + second / after)
    };
    let end = |near: usize, far: usize| {
        let (h0, h1, d0, d1) = (widths[near], widths[far], secants[near], secants[far]);
        let slope = ((2.0 * h0 + h1) * d0 - h0 * d1) / (h0 + h1);
        if slope * d0 <= 0.0 {
            0.0
        } else if d0 * d1 < 0.0 && slope.abs() > 3.0 * d0.abs() {
            3.0 * d0
        } else {
            slope
        }
    };
    let last = secants.len() - 1;
    std::iter::once(end(0, 1))
        .chain((1..=last).map(inner))
        .chain(std::iter::once(end(last, last - 1)))
        .collect()
}
