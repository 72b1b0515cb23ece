//! Global Moran's I.

use icf_random::Stream;
use rayon::prelude::*;
use statrs::function::erf::erfc;

use crate::moments::{Deviations, tie_share};
use crate::pseudo_p::Tally;
use crate::{Joined, Permutations, PseudoP, SpatialError, Weights};

/// Global Moran's I with its moments and p-values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moran {
    /// Regions with a value.
    pub n: usize,
    /// I = (n/S₀) · Σ w_ij z_i z_j / Σ z².
    pub value: f64,
    /// −1/(n − 1).
    pub expected: f64,
    /// Variance under normality.
    pub variance_normality: f64,
    /// Variance under randomisation; needs four regions.
    pub variance_randomisation: Option<f64>,
    /// Pseudo p-values; exact when all n! arrangements are no more than the permutations asked for.
    pub pseudo_p: PseudoP,
    /// Share of regions whose value another region has too.
    pub tie_share: f64,
}

impl Moran {
    /// (I − E)/√V under randomisation; `None` where the variance is zero up to rounding.
    #[must_use]
    pub fn z_randomisation(&self) -> Option<f64> {
        self.z(self.variance_randomisation?)
    }

    /// (I − E)/√V under normality; `None` where the variance is zero up to rounding.
    #[must_use]
    pub fn z_normality(&self) -> Option<f64> {
        self.z(self.variance_normality)
    }

    /// Two-sided p of the z under randomisation by the normal law.
    #[must_use]
    pub fn p_randomisation(&self) -> Option<f64> {
        self.z_randomisation().map(two_sided)
    }

    /// Two-sided p of the z under normality by the normal law.
    #[must_use]
    pub fn p_normality(&self) -> Option<f64> {
        self.z_normality().map(two_sided)
    }

    /// Where every region neighbours every other, I is E whatever the values, and V is a rounding error.
    fn z(&self, variance: f64) -> Option<f64> {
        let varies = variance > 1e-12 * self.expected * self.expected;
        varies.then(|| (self.value - self.expected) / variance.sqrt())
    }
}

fn two_sided(z: f64) -> f64 {
    erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// Global Moran's I alone, without permutations.
///
/// # Errors
/// See [`moran`].
pub fn moran_value(joined: &Joined) -> Result<f64, SpatialError> {
    let deviations = Deviations::of(joined.weights.ids(), &joined.values)?;
    let s0 = sum(&joined.weights)?;
    Ok(scale(joined.values.len(), s0, &deviations) * products(&joined.weights, &deviations.z))
}

/// Global Moran's I: I = (n/S₀) · Σ w_ij z_i z_j / Σ z², z the deviations from the mean, S₀ = Σ w_ij.
///
/// ```
/// use icf_spatial::{Joined, Permutations, Weights, moran};
/// // Three regions in a row with the values 1, 2, 3: the middle one deviates by 0, so I = 0.
/// let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
/// let joined = Joined { weights, values: vec![1.0, 2.0, 3.0] };
/// let result = moran(&joined, Permutations { count: 99, seed: 1, purpose: "doc" }).unwrap();
/// assert_eq!((result.value, result.expected), (0.0, -0.5));
/// // All six arrangements were enumerated: the end values meet in four of them, which gives I = −0.75.
/// assert!(result.pseudo_p.exact);
/// ```
///
/// Source: Moran 1950, Biometrika 37; moments after Cliff & Ord 1981, Spatial Processes, ch. 1–2.
///
/// # Errors
/// When there are fewer than three regions with a value, all values are equal, or no two regions are neighbours.
pub fn moran(joined: &Joined, permutations: Permutations<'_>) -> Result<Moran, SpatialError> {
    let Joined { weights, values } = joined;
    let deviations = Deviations::of(weights.ids(), values)?;
    let s0 = sum(weights)?;
    let factor = scale(values.len(), s0, &deviations);
    let value = factor * products(weights, &deviations.z);
    let (expected, variance_normality, variance_randomisation) = moments(weights, s0, &deviations);
    // Rounding of a sum of n products of deviations.
    let tolerance = 64.0 * f64::EPSILON * factor * deviations.largest().powi(2) * s0;
    let tally = Tally::new(value, expected, tolerance);
    let pseudo_p =
        match factorial(values.len()).filter(|arrangements| *arrangements <= u64::from(permutations.count)) {
            Some(_) => enumerate(tally, weights, factor, deviations.z.clone()),
            None => sample(tally, weights, factor, &deviations.z, permutations),
        };
    Ok(Moran {
        n: values.len(),
        value,
        expected,
        variance_normality,
        variance_randomisation,
        pseudo_p,
        tie_share: tie_share(values),
    })
}

/// S₀.
fn sum(weights: &Weights) -> Result<f64, SpatialError> {
    let s0: f64 = (0..weights.len()).map(|region| weights.values(region).iter().sum::<f64>()).sum();
    if s0 > 0.0 { Ok(s0) } else { Err(SpatialError::NoLinks) }
}

/// n/(S₀ Σ z²).
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
fn scale(n: usize, s0: f64, deviations: &Deviations) -> f64 {
    n as f64 / s0 / deviations.squares
}

/// Σ w_ij z_i z_j.
fn products(weights: &Weights, z: &[f64]) -> f64 {
    (0..weights.len()).map(|i| z[i] * weights.row(i).map(|(j, weight)| weight * z[j]).sum::<f64>()).sum()
}

/// E, V under normality, V under randomisation.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
fn moments(weights: &Weights, s0: f64, deviations: &Deviations) -> (f64, f64, Option<f64>) {
    let n = weights.len() as f64;
    let mut column_sums = vec![0.0; weights.len()];
    // S₁ = ½ Σ (w_ij + w_ji)² over ordered pairs; a pair without w_ij is met from the other side.
    let mut s1 = 0.0;
    for i in 0..weights.len() {
        for (j, forth) in weights.row(i) {
            column_sums[j] += forth;
            let back = weights.weight(j, i);
            s1 += if back > 0.0 { 0.5 * (forth + back).powi(2) } else { forth * forth };
        }
    }
    let s2: f64 =
        (0..weights.len()).map(|i| (weights.values(i).iter().sum::<f64>() + column_sums[i]).powi(2)).sum();
    let expected = -1.0 / (n - 1.0);
    let normality = (n * n * s1 - n * s2 + 3.0 * s0 * s0) / ((n * n - 1.0) * s0 * s0) - expected * expected;
    let kurtosis = n * deviations.fourths / (deviations.squares * deviations.squares);
    let randomisation = (weights.len() > 3).then(|| {
        let a = n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0);
        let b = kurtosis * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0);
        (a - b) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0) - expected * expected
    });
    (expected, normality, randomisation)
}

/// n!, unless it is beyond counting.
fn factorial(n: usize) -> Option<u64> {
    (1..=n as u64).try_fold(1_u64, u64::checked_mul)
}

/// Counts every arrangement, by Heap's algorithm.
fn enumerate(mut tally: Tally, weights: &Weights, factor: f64, mut z: Vec<f64>) -> PseudoP {
    let mut state = vec![0; z.len()];
    tally.add(factor * products(weights, &z));
    let mut place = 0;
    while place < z.len() {
        if state[place] < place {
            z.swap(if place % 2 == 0 { 0 } else { state[place] }, place);
            tally.add(factor * products(weights, &z));
            state[place] += 1;
            place = 0;
        } else {
            state[place] = 0;
            place += 1;
        }
    }
    tally.enumerated()
}

/// Counts random arrangements, each from its own stream.
fn sample(
    mut tally: Tally,
    weights: &Weights,
    factor: f64,
    z: &[f64],
    permutations: Permutations<'_>,
) -> PseudoP {
    let simulated: Vec<f64> = (0..permutations.count)
        .into_par_iter()
        .with_min_len(64)
        .map_init(
            || z.to_vec(),
            |shuffled, number| {
                shuffled.copy_from_slice(z);
                let count = shuffled.len();
                Stream::new(permutations.seed, permutations.purpose, number).shuffle_front(shuffled, count);
                factor * products(weights, shuffled)
            },
        )
        .collect();
    simulated.into_iter().for_each(|value| tally.add(value));
    tally.sampled()
}
