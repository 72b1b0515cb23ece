//! Phases of the past, each with a rate of its own.

use icf_units::YearRange;

use super::{Fit, Model, ModelError, Phase, Trajectory, Window};
use crate::History;
use crate::line::Line;

/// Goes on at the rate of the last phase of the history, from the last observation. A phase is a line in ln v of its own;
/// where phases meet, the lines need not.
///
/// For each number of phases, k, the break points are those with the least sum of squared residuals of all that leave at least
/// `shortest` observations to a phase, found exactly by dynamic programming (Bai & Perron 2003, J. Appl. Econometrics
/// 18). k is the one with the least BIC = n·ln max(RSS/n, floor²) + 3k·ln n: two figures a line, k − 1 breaks and one
/// variance. Without the floor a series of few years could be cut until nothing is left to explain. Of equals the fewer
/// phases and the earlier breaks are taken.
///
/// There is no likelihood that knows of the search: [`forecast`](crate::forecast) takes the errors of the past.
///
/// ```
/// use icf_projection::{Fit, History, Segmented};
/// use icf_units::{Year, YearRange};
/// // Up by a tenth a year to 2005, then a jump, and down by a twentieth a year.
/// let value = |t: i32| if t <= 5 { 1.1_f64.powi(t) } else { 2.0 * 0.95_f64.powi(t - 5) };
/// let history = History::new((0..12).map(|t| (Year::new(2000 + t), value(t)))).unwrap();
/// let years = YearRange::new(Year::new(2012), Year::new(2012)).unwrap();
/// let trajectory = Segmented::default().project(&history, years).unwrap();
/// let ends: Vec<i32> = trajectory.phases.iter().map(|phase| phase.to.get()).collect();
/// assert_eq!(ends, [2005, 2011]);
/// assert!((trajectory.rate.unwrap() + 0.05).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segmented {
    /// Observations that a phase has at least; three or more.
    pub shortest: usize,
    /// Phases at most.
    pub most: usize,
    /// Standard deviation of the residuals in logarithms below which a better fit is not believed.
    pub floor: f64,
}

impl Default for Segmented {
    /// Four years a phase, five phases, one per cent: energy statistics are not known better.
    fn default() -> Self {
        Self { shortest: 4, most: 5, floor: 0.01 }
    }
}

/// A line through two points has no residuals.
const FEWEST: usize = 3;

impl Fit for Segmented {
    fn name(&self) -> &'static str {
        "segmented"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let shortest = self.shortest.max(FEWEST);
        let observations = Window::ALL.positive(history, self.name(), shortest)?;
        let (last, value) = history.last();
        let points: Vec<(f64, f64)> =
            observations.iter().map(|&(year, value)| (f64::from(year.since(last)), value.ln())).collect();
        let mut phases = Vec::new();
        let mut fitted = Vec::with_capacity(points.len());
        let mut slope = 0.0;
        let mut start = 0;
        for end in self.breaks(&points) {
            let line = Line::through(points[start..end].iter().copied());
            slope = line.slope;
            let (from, to) = (observations[start].0, observations[end - 1].0);
            phases.push(Phase { from, to, rate: slope.exp_m1() });
            fitted.extend((start..end).map(|place| (observations[place].0, line.at(points[place].0).exp())));
            start = end;
        }
        let fitted_on = phases.last().map(|phase| (phase.from, phase.to));
        Ok(Trajectory {
            rate: Some(slope.exp_m1()),
            fitted_on,
            observations: fitted_on.map(|(from, to)| history.window(from, to).len()),
            fitted,
            phases,
            ..Trajectory::of(
                years.iter().map(|year| value * (slope * f64::from(year.since(last))).exp()).collect(),
            )
        })
    }

    fn earlier(&self, _years: i32) -> Option<Model> {
        Some(Model::Segmented(*self))
    }
}

impl Segmented {
    /// The ends of the phases (the place after the last point of each), the last one the number of points.
    fn breaks(&self, points: &[(f64, f64)]) -> Vec<usize> {
        let n = points.len();
        let shortest = self.shortest.max(FEWEST);
        let most = self.most.clamp(1, n / shortest);
        let residuals = Residuals::of(points);
        // least[k][end]: the least sum over the first `end` points in k + 1 phases, and where the last of them begins.
        let mut least: Vec<Vec<(f64, usize)>> =
            vec![(0..=n).map(|end| (residuals.of_phase(0, end), 0)).collect()];
        for phase in 1..most {
            let mut row = vec![(f64::INFINITY, 0); n + 1];
            for (end, cell) in row.iter_mut().enumerate().skip((phase + 1) * shortest) {
                let starts = least[phase - 1].iter().enumerate().take(end - shortest + 1);
                for (start, (before, _)) in starts.skip(phase * shortest) {
                    let sum = before + residuals.of_phase(start, end);
                    if sum < cell.0 {
                        *cell = (sum, start);
                    }
                }
            }
            least.push(row);
        }
        let scores = least.iter().zip(1_u32..).map(|(row, count)| self.bic(row[n].0, count, n));
        let (mut best, mut phases) = (f64::INFINITY, 0);
        for (place, score) in scores.enumerate() {
            if score < best {
                (best, phases) = (score, place);
            }
        }
        let mut ends = vec![n];
        for row in least[1..=phases].iter().rev() {
            ends.push(row[ends[ends.len() - 1]].1);
        }
        ends.reverse();
        ends
    }

    #[expect(clippy::cast_precision_loss, reason = "observations are counted in hundreds")]
    fn bic(&self, residuals: f64, phases: u32, observations: usize) -> f64 {
        let n = observations as f64;
        n * (residuals / n).max(self.floor * self.floor).ln() + 3.0 * f64::from(phases) * n.ln()
    }
}

/// Sums up to each point, from which the residuals of any phase follow.
struct Residuals(Vec<[f64; 6]>);

impl Residuals {
    fn of(points: &[(f64, f64)]) -> Self {
        let mut sums = vec![[0.0; 6]];
        // Counted from the first point the sums stay small, and little is lost in their differences.
        for (x, y) in points.iter().map(|(x, y)| (x - points[0].0, y - points[0].1)) {
            let [n, sx, sy, xx, xy, yy] = sums[sums.len() - 1];
            sums.push([n + 1.0, sx + x, sy + y, xx + x * x, xy + x * y, yy + y * y]);
        }
        Self(sums)
    }

    /// Sum of squared residuals of the line through the points from `start` to before `end`.
    fn of_phase(&self, start: usize, end: usize) -> f64 {
        let [n, sx, sy, xx, xy, yy] = std::array::from_fn(|place| self.0[end][place] - self.0[start][place]);
        if n < 3.0 {
            return 0.0;
        }
        let (xx, xy, yy) = (xx - sx * sx / n, xy - sx * sy / n, yy - sy * sy / n);
        (yy - xy * xy / xx).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every way to cut `n` points into phases of at least `shortest`.
    fn all_cuts(n: usize, shortest: usize, most: usize) -> Vec<Vec<usize>> {
        fn go(
            start: usize,
            n: usize,
            shortest: usize,
            left: usize,
            ends: &mut Vec<usize>,
            all: &mut Vec<Vec<usize>>,
        ) {
            if n - start >= shortest {
                ends.push(n);
                all.push(ends.clone());
                ends.pop();
            }
            if left > 1 {
                for end in start + shortest..n {
                    ends.push(end);
                    go(end, n, shortest, left - 1, ends, all);
                    ends.pop();
                }
            }
        }
        let mut all = vec![];
        go(0, n, shortest, most, &mut vec![], &mut all);
        all
    }

    fn score(model: &Segmented, points: &[(f64, f64)], ends: &[usize]) -> f64 {
        let mut start = 0;
        let mut sum = 0.0;
        for &end in ends {
            let line = Line::through(points[start..end].iter().copied());
            sum += points[start..end].iter().map(|(x, y)| (y - line.at(*x)).powi(2)).sum::<f64>();
            start = end;
        }
        model.bic(sum, u32::try_from(ends.len()).unwrap(), points.len())
    }

    proptest! {
        /// No way of cutting is better than the one found, and it is one of them.
        #[test]
        fn as_good_as_an_exhaustive_search(
            ys in prop::collection::vec(-1.0..1.0_f64, 6..15),
            shortest in 3_usize..5,
            floor in prop::sample::select(vec![0.0001, 0.01, 0.3]),
        ) {
            prop_assume!(ys.len() >= shortest);
            let model = Segmented { shortest, most: 4, floor };
            let points: Vec<(f64, f64)> = ys.iter().zip(0..).map(|(y, x)| (f64::from(x), *y)).collect();
            let found = model.breaks(&points);
            let cuts = all_cuts(points.len(), shortest, 4);
            prop_assert!(cuts.contains(&found), "{:?}", found);
            let least = cuts.iter().map(|ends| score(&model, &points, ends)).fold(f64::INFINITY, f64::min);
            let of_found = score(&model, &points, &found);
            prop_assert!(of_found <= least + 1e-7 * least.abs(), "{of_found} is above {least}");
        }
    }

    #[test]
    fn nothing_is_cut_for_noise_below_the_floor() {
        let noise = [0.3, -0.2, 0.5, -0.4, 0.1, -0.3, 0.4, -0.1, 0.2, -0.5];
        let points: Vec<(f64, f64)> =
            noise.iter().zip(0..).map(|(e, x)| (f64::from(x), 0.05 * f64::from(x) + 0.01 * e)).collect();
        assert_eq!(Segmented::default().breaks(&points), [10]);
    }
}
