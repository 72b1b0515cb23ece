//! Moran's I of rates, standardised by empirical Bayes.

use icf_units::RegionId;

use crate::{GlobalStatistic, Joined, JoinedPair, Permutations, SpatialError, moran};

/// Moran's I of standardised rates.
#[derive(Clone, Debug, PartialEq)]
pub struct RateMoran {
    /// Moran's I of the standardised rates.
    pub moran: GlobalStatistic,
    /// z_i = (p_i − b)/√v_i, in the order of the weights.
    pub standardised: Vec<f64>,
    /// Regions whose variance was estimated below zero, and taken as b/x_i.
    pub without_excess: Vec<RegionId>,
}

/// Moran's I of the rates p_i = e_i/x_i of events e (`first`) in populations x (`second`), standardised by empirical
/// Bayes so that small populations do not stand out by chance alone.
///
/// z_i = (p_i − b)/√v_i, v_i = a + b/x_i, b = Σe/Σx, a = Σ x_i(p_i − b)²/Σx − b/x̄. A v_i that is not above zero is
/// taken as b/x_i, the variance of a common rate (Assunção & Reis 1999); PySAL leaves such a region without value.
///
/// ```
/// use icf_spatial::{JoinedPair, Permutations, Weights, rate_moran};
/// let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
/// let joined = JoinedPair { weights, first: vec![10.0, 20.0, 60.0], second: vec![100.0; 3] };
/// let result = rate_moran(&joined, Permutations { count: 99, seed: 1, purpose: "doc" }).unwrap();
/// // Rates 0.1, 0.2, 0.6, b = 0.3. Mean square 0.14/3 less 0.003 is a; every v_i is 0.14/3, so z is the plain rate's.
/// assert!((result.standardised[2] - 0.3 / (0.14_f64 / 3.0).sqrt()).abs() < 1e-14);
/// // I = 3/4 · 2·(0.02 − 0.03)/0.14.
/// assert!((result.moran.value + 0.015 / 0.14).abs() < 1e-14);
/// ```
///
/// Source: Assunção & Reis 1999, Stat. Med. 18.
///
/// # Errors
/// When a number of events is negative, a population is not above zero, all rates are equal, there are fewer than
/// three regions with both, or no two regions are neighbours.
pub fn rate_moran(joined: &JoinedPair, permutations: Permutations<'_>) -> Result<RateMoran, SpatialError> {
    let (standardised, without_excess) = standardise(joined)?;
    let rates = Joined { weights: joined.weights.clone(), values: standardised };
    let moran = moran(&rates, permutations)?;
    Ok(RateMoran { moran, standardised: rates.values, without_excess })
}

/// The z_i, and the regions whose v_i was not above zero.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
fn standardise(joined: &JoinedPair) -> Result<(Vec<f64>, Vec<RegionId>), SpatialError> {
    let JoinedPair { weights, first: events, second: populations } = joined;
    let ids = weights.ids();
    if let Some(place) = events.iter().chain(populations).position(|value| !value.is_finite()) {
        return Err(SpatialError::NotFinite(ids[place % ids.len()].clone()));
    }
    if let Some(place) = events.iter().position(|events| *events < 0.0) {
        return Err(SpatialError::Negative(ids[place].clone()));
    }
    if let Some(place) = populations.iter().position(|population| *population <= 0.0) {
        return Err(SpatialError::NotPositive(ids[place].clone()));
    }
    let total: f64 = populations.iter().sum();
    let common = events.iter().sum::<f64>() / total;
    let rates: Vec<f64> = events.iter().zip(populations).map(|(events, people)| events / people).collect();
    // Equal rates differ by the rounding of their quotients, and nothing is to be made of that.
    if rates.iter().all(|rate| (rate - common).abs() <= 8.0 * f64::EPSILON * common) {
        return Err(SpatialError::Constant);
    }
    let squares: f64 =
        rates.iter().zip(populations).map(|(rate, people)| people * (rate - common) * (rate - common)).sum();
    let excess = squares / total - common / (total / events.len() as f64);
    let mut without_excess = Vec::new();
    let standardised = (0..rates.len())
        .map(|place| {
            let chance = common / populations[place];
            let mut variance = excess + chance;
            if variance <= 1e-12 * chance {
                without_excess.push(ids[place].clone());
                variance = chance;
            }
            (rates[place] - common) / variance.sqrt()
        })
        .collect();
    Ok((standardised, without_excess))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Weights;

    fn with(events: [f64; 3], populations: [f64; 3]) -> Result<(Vec<f64>, Vec<RegionId>), SpatialError> {
        let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
        standardise(&JoinedPair { weights, first: events.to_vec(), second: populations.to_vec() })
    }

    #[test]
    fn a_variance_below_zero_is_that_of_a_common_rate() {
        // Rates almost alike: a is close to −b/370, which b/1000 does not make up for, but b/100 does.
        let (z, without_excess) = with([1.0, 10.0, 101.0], [10.0, 100.0, 1000.0]).unwrap();
        assert_eq!(without_excess, ["c".into()]);
        let common = 112.0 / 1110.0;
        assert!((z[2] - (0.101 - common) / (common / 1000.0_f64).sqrt()).abs() < 1e-14);
    }

    #[test]
    fn what_is_no_rate() {
        assert_eq!(with([1.0, -1.0, 2.0], [1.0; 3]), Err(SpatialError::Negative("b".into())));
        assert_eq!(with([1.0, 1.0, 2.0], [1.0, 1.0, 0.0]), Err(SpatialError::NotPositive("c".into())));
        assert_eq!(with([1.0, 1.0, 2.0], [1.0, f64::NAN, 1.0]), Err(SpatialError::NotFinite("b".into())));
        assert_eq!(with([1.0, 2.0, 3.0], [3.0, 6.0, 9.0]), Err(SpatialError::Constant));
        assert_eq!(with([0.0; 3], [3.0, 6.0, 9.0]), Err(SpatialError::Constant));
    }
}
