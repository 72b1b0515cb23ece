//! What every statistic needs first: deviations from the mean and their moments.

use icf_units::RegionId;

use crate::SpatialError;

/// Deviations from the mean, with their sums of powers.
pub(crate) struct Deviations {
    pub(crate) z: Vec<f64>,
    /// Σ z².
    pub(crate) squares: f64,
    /// Σ z⁴.
    pub(crate) fourths: f64,
    /// Deviations closer to zero than this are zero: the mean itself is only known so well.
    pub(crate) noise: f64,
}

/// Fewer regions have no spatial pattern to speak of.
const FEWEST: usize = 3;

impl Deviations {
    /// Refuses too few regions, values that are not finite, and a constant.
    #[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
    pub(crate) fn of(ids: &[RegionId], values: &[f64]) -> Result<Self, SpatialError> {
        if values.len() < FEWEST {
            return Err(SpatialError::TooFewRegions { found: values.len(), needed: FEWEST });
        }
        if let Some(place) = values.iter().position(|value| !value.is_finite()) {
            return Err(SpatialError::NotFinite(ids[place].clone()));
        }
        if values.iter().all(|value| *value == values[0]) {
            return Err(SpatialError::Constant);
        }
        // Measured from one of the values first, so that a common offset costs no digits.
        let shifted: Vec<f64> = values.iter().map(|value| value - values[0]).collect();
        let mean = shifted.iter().sum::<f64>() / shifted.len() as f64;
        let z: Vec<f64> = shifted.iter().map(|value| value - mean).collect();
        let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        Ok(Self {
            squares: z.iter().map(|z| z * z).sum(),
            fourths: z.iter().map(|z| z.powi(4)).sum(),
            z,
            noise: 8.0 * f64::EPSILON * largest,
        })
    }

    /// Standard deviation of the population.
    #[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
    pub(crate) fn standard(&self) -> f64 {
        (self.squares / self.z.len() as f64).sqrt()
    }

    /// The largest deviation.
    pub(crate) fn largest(&self) -> f64 {
        self.z.iter().fold(0.0_f64, |largest, z| largest.max(z.abs()))
    }
}

/// Share of values that another region has too.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
pub(crate) fn tie_share(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let tied: usize = sorted.chunk_by(|a, b| a == b).map(<[f64]>::len).filter(|length| *length > 1).sum();
    tied as f64 / values.len() as f64
}
