//! Sums over all links, of which the moments of the global statistics are made.

use crate::{SpatialError, Weights};

/// S₀, S₁ and S₂ of Cliff & Ord 1981.
pub(crate) struct LinkSums {
    /// S₀ = Σ w_ij.
    pub(crate) s0: f64,
    /// S₁ = ½ Σ (w_ij + w_ji)² over ordered pairs.
    pub(crate) s1: f64,
    /// S₂ = Σ (Σ_j w_ij + Σ_j w_ji)² over regions.
    pub(crate) s2: f64,
}

impl LinkSums {
    /// Refuses weights without a link.
    pub(crate) fn of(weights: &Weights) -> Result<Self, SpatialError> {
        let s0 = total(weights)?;
        let mut column_sums = vec![0.0; weights.len()];
        // A pair without w_ij is met from the other side.
        let mut s1 = 0.0;
        for i in 0..weights.len() {
            for (j, forth) in weights.row(i) {
                column_sums[j] += forth;
                let back = weights.weight(j, i);
                s1 += if back > 0.0 { 0.5 * (forth + back).powi(2) } else { forth * forth };
            }
        }
        let s2 = (0..weights.len())
            .map(|i| (weights.values(i).iter().sum::<f64>() + column_sums[i]).powi(2))
            .sum();
        Ok(Self { s0, s1, s2 })
    }
}

/// S₀ alone.
pub(crate) fn total(weights: &Weights) -> Result<f64, SpatialError> {
    let s0: f64 = (0..weights.len()).map(|region| weights.values(region).iter().sum::<f64>()).sum();
    if s0 > 0.0 { Ok(s0) } else { Err(SpatialError::NoLinks) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rows: [&[(usize, f64)]; 3], expected: [f64; 3]) {
        let rows = rows.map(<[_]>::to_vec).to_vec();
        let weights = Weights::from_rows(["a", "b", "c"].map(Into::into).to_vec(), rows).unwrap();
        let sums = LinkSums::of(&weights).unwrap();
        assert_eq!([sums.s0, sums.s1, sums.s2], expected);
    }

    #[test]
    fn by_hand() {
        // Three in a row: S₁ = ½·4·2², S₂ = 2² + 4² + 2².
        check([&[(1, 1.0)], &[(0, 1.0), (2, 1.0)], &[(1, 1.0)]], [4.0, 8.0, 24.0]);
        // One way only: S₁ = ½·(3² + 3²), S₂ = 3² + 3².
        check([&[(1, 3.0)], &[], &[]], [3.0, 9.0, 18.0]);
        // Row-standardised: S₁ = ½·4·1.5², S₂ = 1.5² + 3² + 1.5².
        check([&[(1, 1.0)], &[(0, 0.5), (2, 0.5)], &[(1, 1.0)]], [3.0, 4.5, 13.5]);
    }
}
