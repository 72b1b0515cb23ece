//! What share of the variance of an answer is whose.

use icf_random::Stream;

use super::columns;
use crate::{Design, DesignError, Sampling};

/// A share of the variance, and the interval in which the middle of so many resamples lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The estimate. It may lie a little below 0, as estimates of 0 do.
    pub value: f64,
    /// The percentile interval; None where nothing was resampled.
    pub interval: Option<(f64, f64)>,
}

/// The indices of one input for one output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// What would go of the variance if the input were known, on average.
    pub first: Share,
    /// What would be left of the variance if all other inputs were known.
    pub total: Share,
}

/// How intervals are found: by drawing base points again, with replacement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resampling {
    /// How often; 0 for no intervals.
    pub times: u32,
    /// The share of the resamples within, such as 0.95.
    pub level: f64,
    /// The seed.
    pub seed: u64,
}

/// The points from which indices are computed: for each of `base` points A and B, then A with the coordinates of each input in
/// turn taken from B.
///
/// `sizes` says how many coordinates each input has, side by side: 1 for a value, more for what is drawn by several
/// numbers, such as past years. Scrambled Sobol points converge fastest, best for a power of two; A and B are the two halves of a point of
/// twice as many dimensions.
///
/// Source: Saltelli et al. 2010, Variance based sensitivity analysis of model output, Computer Physics Communications 181(2).
///
/// ```
/// # use icf_uncertainty::{Sampling, sensitivity::sobol::points};
/// let points = points(Sampling::Sobol, &[1, 2], 8, 1)?;
/// assert_eq!(points.len(), 8 * 4);
/// let [a, b, first, second] = &points[..4] else { unreachable!() };
/// assert_eq!(first[..], [b[0], a[1], a[2]]);
/// assert_eq!(second[..], [a[0], b[1], b[2]]);
/// # Ok::<(), icf_uncertainty::DesignError>(())
/// ```
///
/// # Errors
/// When the sampling does not reach so many dimensions or points.
pub fn points(
    sampling: Sampling,
    sizes: &[usize],
    base: u64,
    seed: u64,
) -> Result<Vec<Vec<f64>>, DesignError> {
    let dimensions: usize = sizes.iter().sum();
    let names: Vec<String> = ["a", "b"]
        .iter()
        .flat_map(|half| (0..dimensions).map(move |place| format!("{half} {place}")))
        .collect();
    let design = Design::new(sampling, &names, base, 0, seed)?;
    let mut both = vec![0.0; 2 * dimensions];
    let mut points = Vec::new();
    for index in 0..base {
        design.fill(index, &mut both);
        let (a, b) = both.split_at(dimensions);
        points.push(a.to_vec());
        points.push(b.to_vec());
        let mut first = 0;
        for size in sizes {
            let mut mixed = a.to_vec();
            mixed[first..first + size].copy_from_slice(&b[first..first + size]);
            points.push(mixed);
            first += size;
        }
    }
    Ok(points)
}

/// The indices of each input for each output: first by output, then by input.
///
/// With y centred on its mean over all points, and V the variance over A and B:
///
/// ```text
/// S_i  = 1/N Σ y(B) (y(A_i) − y(A)) / V        (Saltelli et al. 2010)
/// ST_i = 1/2N Σ (y(A) − y(A_i))² / V           (Jansen 1999)
/// ```
///
/// An output that does not vary, or is not finite, has none. Resampling takes the base points for independent; where they are
/// scrambled Sobol points the intervals are wider than they need be.
///
/// # Panics
/// When the rows of outputs are not those of [`points`] for so many inputs, or the level is not in (0, 1).
#[must_use]
pub fn indices(outputs: &[Vec<f64>], inputs: usize, resampling: Resampling) -> Vec<Option<Vec<Indices>>> {
    assert!(resampling.level > 0.0 && resampling.level < 1.0, "an interval holds a share of the resamples");
    let rows = inputs + 2;
    assert!(outputs.len().is_multiple_of(rows), "a base point has {rows} rows of outputs");
    let of_output = |answers: &Vec<f64>| Answers::of(answers, inputs)?.indices(resampling);
    columns(outputs, outputs.len()).iter().map(of_output).collect()
}

/// One output at the base points, centred on its mean over all points.
struct Answers {
    a: Vec<f64>,
    b: Vec<f64>,
    /// By input.
    mixed: Vec<Vec<f64>>,
}

impl Answers {
    fn of(answers: &[f64], inputs: usize) -> Option<Self> {
        if answers.is_empty() || !answers.iter().all(|answer| answer.is_finite()) {
            return None;
        }
        let mean = answers.iter().sum::<f64>() / answers.len() as f64;
        let rows = inputs + 2;
        let row = |row: usize| answers.iter().skip(row).step_by(rows).map(|answer| answer - mean).collect();
        Some(Self { a: row(0), b: row(1), mixed: (0..inputs).map(|input| row(2 + input)).collect() })
    }

    fn indices(&self, resampling: Resampling) -> Option<Vec<Indices>> {
        let mut weights = vec![1.0; self.a.len()];
        let found = self.shares(&weights)?;
        // The same resamples for every output. One in which the output does not vary says nothing.
        let again: Vec<Vec<[f64; 2]>> = (0..resampling.times)
            .filter_map(|time| {
                resample(&mut weights, resampling.seed, time);
                self.shares(&weights)
            })
            .collect();
        let of_input = |(input, found): (usize, [f64; 2])| {
            let share = |which: usize| {
                let again = again.iter().map(|shares| shares[input][which]).collect();
                Share { value: found[which], interval: middle(again, resampling.level) }
            };
            Indices { first: share(0), total: share(1) }
        };
        Some(found.into_iter().enumerate().map(of_input).collect())
    }

    /// First-order and total share of each input, if base points of such weights vary.
    fn shares(&self, weights: &[f64]) -> Option<Vec<[f64; 2]>> {
        let counted = || (0..weights.len()).filter(|point| weights[*point] > 0.0);
        let first = self.a[counted().next()?];
        if counted().all(|point| self.a[point] == first && self.b[point] == first) {
            return None;
        }
        let n: f64 = weights.iter().sum();
        let mean = weights.iter().zip(self.a.iter().zip(&self.b)).map(|(w, (a, b))| w * (a + b)).sum::<f64>()
            / (2.0 * n);
        let squares = |y: f64| (y - mean) * (y - mean);
        let variance = weights
            .iter()
            .zip(self.a.iter().zip(&self.b))
            .map(|(w, (a, b))| w * (squares(*a) + squares(*b)))
            .sum::<f64>()
            / (2.0 * n);
        let of_input = |mixed: &Vec<f64>| {
            let (mut first, mut total) = (0.0, 0.0);
            for (((weight, a), b), mixed) in weights.iter().zip(&self.a).zip(&self.b).zip(mixed) {
                first += weight * b * (mixed - a);
                total += weight * (a - mixed) * (a - mixed);
            }
            [first / n / variance, total / (2.0 * n) / variance]
        };
        Some(self.mixed.iter().map(of_input).collect())
    }
}

/// How often each base point is drawn in a resample.
fn resample(weights: &mut [f64], seed: u64, time: u32) {
    let mut stream = Stream::new(seed, "sobol indices resample", time);
    let count = u32::try_from(weights.len()).expect("there are at most 2^32 base points");
    weights.fill(0.0);
    for _ in 0..count {
        weights[stream.below(count) as usize] += 1.0;
    }
}

/// The interval of so many values that leaves as many below as above, between neighbours in a line.
fn middle(mut values: Vec<f64>, level: f64) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let at = |share: f64| {
        let place = share * last as f64;
        #[expect(clippy::cast_possible_truncation, reason = "it is at most the last place")]
        let below = place as usize;
        values[below] + (place - below as f64) * (values[(below + 1).min(last)] - values[below])
    };
    Some((at((1.0 - level) / 2.0), at(f64::midpoint(1.0, level))))
}

#[cfg(test)]
mod tests {
    use super::super::test_functions::{ishigami, ishigami_indices, kronecker, run};
    use super::*;

    const RESAMPLING: Resampling = Resampling { times: 300, level: 0.95, seed: 1 };

    fn of(
        sampling: Sampling,
        sizes: &[usize],
        base: u64,
        functions: &[fn(&[f64]) -> f64],
    ) -> Vec<Option<Vec<Indices>>> {
        let points = points(sampling, sizes, base, 7).unwrap();
        indices(&run(&points, functions), sizes.len(), RESAMPLING)
    }

    #[test]
    fn ishigami_to_two_digits() {
        let (first, total) = ishigami_indices();
        // METHODS: 0.3139, 0.4424, 0 and 0.5576, 0.4424, 0.2437.
        for (found, stated) in first.iter().chain(&total).zip([0.3139, 0.4424, 0.0, 0.5576, 0.4424, 0.2437]) {
            assert!((found - stated).abs() < 5e-5);
        }
        let found = of(Sampling::Sobol, &[1, 1, 1], 1 << 14, &[ishigami])[0].clone().unwrap();
        for (input, found) in found.iter().enumerate() {
            assert!((found.first.value - first[input]).abs() < 0.01, "{input} {found:?}");
            assert!((found.total.value - total[input]).abs() < 0.01, "{input} {found:?}");
        }
    }

    /// Over 40 seeds, intervals of plain base points hold the truth about as often as they say: of 240, 95 % are expected, and
    /// fewer than 90 % would be five standard deviations away if they were independent.
    #[test]
    fn intervals_hold_the_truth() {
        let (first, total) = ishigami_indices();
        let mut held = 0;
        for seed in 0..40 {
            let points = points(Sampling::Plain, &[1, 1, 1], 512, seed).unwrap();
            let found = indices(&run(&points, &[ishigami]), 3, Resampling { seed, ..RESAMPLING });
            for (input, found) in found[0].as_ref().unwrap().iter().enumerate() {
                for (share, truth) in [(found.first, first[input]), (found.total, total[input])] {
                    let (low, high) = share.interval.unwrap();
                    assert!(low <= share.value + 0.05 && share.value - 0.05 <= high);
                    held += u32::from((low..=high).contains(&truth));
                }
            }
        }
        assert!((216..240).contains(&held), "{held} of 240");
    }

    #[test]
    fn additive_answers_have_equal_shares_first_and_total() {
        // u₁ + 2 u₂: 1 : 4.
        let found = of(Sampling::Sobol, &[1, 1], 4096, &[|u| u[0] + 2.0 * u[1]])[0].clone().unwrap();
        for (found, share) in found.iter().zip([0.2, 0.8]) {
            assert!(
                (found.first.value - share).abs() < 0.005 && (found.total.value - share).abs() < 0.005,
                "{found:?}"
            );
        }
    }

    #[test]
    fn an_input_of_two_coordinates_has_the_share_of_both() {
        // u₁ u₂ and u₃: V₁₂ = 1/9 − 1/16 = 7/144 with all of its interaction inside, V₃ = 1/12.
        let found = of(Sampling::Sobol, &[2, 1], 4096, &[|u| u[0] * u[1] + u[2]])[0].clone().unwrap();
        let share = 7.0 / 144.0 / (7.0 / 144.0 + 1.0 / 12.0);
        assert!((found[0].first.value - share).abs() < 0.005, "{found:?}");
        assert!((found[0].total.value - share).abs() < 0.005, "{found:?}");
    }

    #[test]
    fn what_does_not_vary_has_no_shares() {
        let found = of(
            Sampling::Sobol,
            &[1, 1],
            64,
            &[|_| 0.1, |u| u[0], |u| if u[1] < 0.5 { f64::INFINITY } else { 0.0 }],
        );
        assert_eq!((found[0].is_some(), found[1].is_some(), found[2].is_some()), (false, true, false));
    }

    #[test]
    fn nothing_resampled_has_no_interval() {
        let points = points(Sampling::Sobol, &[1], 64, 1).unwrap();
        let found = indices(&run(&points, &[|u| u[0]]), 1, Resampling { times: 0, ..RESAMPLING });
        assert_eq!(found[0].as_ref().unwrap()[0].first.interval, None);
    }

    #[test]
    fn the_middle_by_hand() {
        // Places 1 and 3 of 0 to 4; places 0.5 and 3.5.
        let values = || vec![40.0, 10.0, 0.0, 30.0, 20.0];
        assert_eq!(middle(values(), 0.5), Some((10.0, 30.0)));
        assert_eq!(middle(values(), 0.75), Some((5.0, 35.0)));
        assert_eq!(middle(vec![], 0.5), None);
    }

    /// SALib 1.6.0 on the same points: analyze.sobol.analyze(problem, y, calc_second_order=False).
    #[test]
    fn indices_of_salib() {
        let mut points = Vec::new();
        for both in kronecker(64, 6) {
            let (a, b) = both.split_at(3);
            points.extend([a.to_vec(), b.to_vec()]);
            for input in 0..3 {
                let mut mixed = a.to_vec();
                mixed[input] = b[input];
                points.push(mixed);
            }
        }
        let found = indices(&run(&points, &[ishigami]), 3, Resampling { times: 0, ..RESAMPLING });
        let expected = [
            (0.234_621_306_975_602_57, 0.270_791_833_455_963_6),
            (0.498_246_647_142_342_5, 0.422_286_592_718_770_5),
            (-0.083_457_101_824_184_41, 0.216_757_706_177_625_35),
        ];
        for (found, (first, total)) in found[0].as_ref().unwrap().iter().zip(expected) {
            assert!((found.first.value - first).abs() < 1e-13, "{found:?}");
            assert!((found.total.value - total).abs() < 1e-13, "{found:?}");
        }
    }
}
