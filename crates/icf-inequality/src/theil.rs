//! Theil's T and L.

use crate::{InequalityError, Shares};

/// Theil's T = Σ p_i·(x_i/μ)·ln(x_i/μ), p_i the share of the population, μ the mean per head; 0 when all are
/// equal. A value of zero adds nothing, as x·ln x tends to 0.
///
/// ```
/// use icf_inequality::theil_t;
/// // Half the people have ½ of the mean, half have 3/2.
/// let expected = 0.5 * (0.5 * 0.5_f64.ln() + 1.5 * 1.5_f64.ln());
/// assert!((theil_t(&[1.0, 3.0], None).unwrap() - expected).abs() < 1e-15);
/// assert_eq!(theil_t(&[0.0, 2.0], None).unwrap(), 2.0_f64.ln());
/// ```
///
/// Source: Theil 1967, Economics and Information Theory, ch. 4.
///
/// # Errors
/// When there is no value, a value is negative or not finite, all are zero, or a weight is not above zero.
///
/// # Panics
/// When there is another number of weights than values.
pub fn theil_t(values: &[f64], weights: Option<&[f64]>) -> Result<f64, InequalityError> {
    Ok(t(&Shares::of(values, weights)?))
}

/// Theil's L = Σ p_i·ln(μ/x_i), the mean logarithmic deviation; 0 when all are equal, `None` with a value of
/// zero.
///
/// ```
/// use icf_inequality::theil_l;
/// let expected = 0.5 * (2.0_f64.ln() - 1.5_f64.ln());
/// assert!((theil_l(&[1.0, 3.0], None).unwrap().unwrap() - expected).abs() < 1e-15);
/// assert_eq!(theil_l(&[0.0, 3.0], None).unwrap(), None);
/// ```
///
/// Source: Theil 1967, Economics and Information Theory, ch. 4.
///
/// # Errors
/// When there is no value, a value is negative or not finite, all are zero, or a weight is not above zero.
///
/// # Panics
/// When there is another number of weights than values.
pub fn theil_l(values: &[f64], weights: Option<&[f64]>) -> Result<Option<f64>, InequalityError> {
    Ok(l(&Shares::of(values, weights)?))
}

/// T of values whose mean is above zero.
pub(crate) fn t(shares: &Shares) -> f64 {
    shares.values.iter().zip(&shares.shares).map(|(value, share)| share * t_term(value / shares.mean)).sum()
}

/// L of values whose mean is above zero.
pub(crate) fn l(shares: &Shares) -> Option<f64> {
    let terms = shares.values.iter().zip(&shares.shares);
    terms.map(|(value, share)| l_term(value / shares.mean).map(|term| share * term)).sum()
}

/// r·ln r − r + 1, never below zero; Σ p·(r − 1) = 0, so the last two terms change no sum.
pub(crate) fn t_term(ratio: f64) -> f64 {
    if ratio > 0.0 { (ratio * ratio.ln() - (ratio - 1.0)).max(0.0) } else { 1.0 }
}

/// −ln r + r − 1, never below zero; undefined at zero.
pub(crate) fn l_term(ratio: f64) -> Option<f64> {
    (ratio > 0.0).then(|| (ratio - 1.0 - ratio.ln()).max(0.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_values_are_equal() {
        assert_eq!(theil_t(&[0.1; 7], Some(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])), Ok(0.0));
        assert_eq!(theil_l(&[0.1; 7], None), Ok(Some(0.0)));
        assert_eq!(theil_t(&[5.0], None), Ok(0.0));
    }

    #[test]
    fn one_has_all() {
        let t = theil_t(&[0.0, 0.0, 0.0, 8.0], None).unwrap();
        assert!((t - 4.0_f64.ln()).abs() < 1e-15);
        assert_eq!(theil_l(&[0.0, 0.0, 0.0, 8.0], None), Ok(None));
    }

    #[test]
    fn near_equality_keeps_its_digits() {
        // T ≈ L ≈ variance/(2μ²) = d²/2 for values 1 ± d.
        let d = 1e-6;
        let t = theil_t(&[1.0 - d, 1.0 + d], None).unwrap();
        assert!((t / (d * d / 2.0) - 1.0).abs() < 1e-8, "{t}");
    }

    proptest! {
        #[test]
        fn units_and_repetitions_change_nothing(
            people in prop::collection::vec((0.1..100.0_f64, 1_u8..6), 1..20),
            unit in 0.01..100.0_f64,
        ) {
            let (values, weights): (Vec<f64>, Vec<f64>) =
                people.iter().map(|(x, w)| (*x, f64::from(*w))).unzip();
            let repeated: Vec<f64> =
                people.iter().flat_map(|(x, w)| std::iter::repeat_n(x * unit, usize::from(*w))).collect();
            let t = theil_t(&values, Some(&weights)).unwrap();
            let l = theil_l(&values, Some(&weights)).unwrap().unwrap();
            prop_assert!((t - theil_t(&repeated, None).unwrap()).abs() < 1e-13);
            prop_assert!((l - theil_l(&repeated, None).unwrap().unwrap()).abs() < 1e-13);
            prop_assert!(t >= 0.0 && l >= 0.0);
        }
    }
}
