//! The Gini coefficient.

use crate::{InequalityError, Shares};

/// Gini's G = Σ_i Σ_j p_i·p_j·|x_i − x_j|/(2μ), p_i the share of the population, μ the mean per head: 0 when
/// all are equal, below 1 always.
///
/// It is computed as ∫F(1 − F)dx/μ over the distribution F, in O(n log n). There is no correction for small
/// n: the largest value of n equal people is 1 − 1/n.
///
/// ```
/// use icf_inequality::gini;
/// // Pairs differ by 0, 2, 2, 0: the mean difference 1 over twice the mean 2.
/// assert_eq!(gini(&[1.0, 3.0], None).unwrap(), 0.25);
/// assert_eq!(gini(&[1.0, 3.0], Some(&[3.0, 1.0])).unwrap(), 0.25);
/// ```
///
/// Source: Gini 1914, Atti del R. Istituto Veneto 73; the integral after Dorfman 1979, Rev. Econ. Stat. 61,
/// 146–149.
///
/// # Errors
/// When there is no value, a value is negative or not finite, all are zero, or a weight is not above zero.
///
/// # Panics
/// When there is another number of weights than values.
pub fn gini(values: &[f64], weights: Option<&[f64]>) -> Result<f64, InequalityError> {
    Ok(of(&Shares::of(values, weights)?))
}

/// G of values whose mean is above zero.
pub(crate) fn of(shares: &Shares) -> f64 {
    let sorted = shares.sorted();
    excess(&sorted, &sorted) / shares.mean
}

/// E max(Y − X, 0) = ∫F_x(1 − F_y)dt, X and Y drawn from two sorted lists of values and shares.
pub(crate) fn excess(x: &[(f64, f64)], y: &[(f64, f64)]) -> f64 {
    // 1 − F_y from the upper end, so that small shares there lose no digit.
    let mut above = vec![0.0; y.len() + 1];
    for place in (0..y.len()).rev() {
        above[place] = above[place + 1] + y[place].1;
    }
    let (mut i, mut j, mut below) = (0, 0, 0.0);
    let (mut sum, mut last) = (0.0, f64::NAN);
    while j < y.len() {
        let next = if i < x.len() { x[i].0.min(y[j].0) } else { y[j].0 };
        if below > 0.0 {
            sum += (next - last) * below * above[j];
        }
        while i < x.len() && x[i].0 == next {
            below += x[i].1;
            i += 1;
        }
        while j < y.len() && y[j].0 == next {
            j += 1;
        }
        last = next;
    }
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn by_hand() {
        assert_eq!(gini(&[0.0, 0.0, 0.0, 8.0], None), Ok(0.75));
        assert_eq!(gini(&[0.3; 5], None), Ok(0.0));
        assert_eq!(gini(&[7.0], None), Ok(0.0));
        // 1, 2, 3, 6: differences 1 + 2 + 5 + 1 + 4 + 3 = 16 twice, over 16 pairs and twice the mean 3.
        assert_eq!(gini(&[6.0, 1.0, 3.0, 2.0], None), Ok(1.0 / 3.0));
        assert_eq!(gini(&[-1.0, 3.0], None), Err(InequalityError::Negative(0)));
    }

    #[test]
    fn excess_by_hand() {
        let (x, y) = ([(1.0, 0.5), (3.0, 0.5)], [(2.0, 0.5), (6.0, 0.5)]);
        // 2 − 1, 6 − 1 and 6 − 3 of four pairs; the other way 3 − 2.
        assert_eq!((excess(&x, &y), excess(&y, &x)), (9.0 / 4.0, 1.0 / 4.0));
    }

    const LEVELS: [f64; 6] = [0.0, 1.0, 1.5, 4.0, 9.0, 70.0];

    proptest! {
        #[test]
        fn it_is_the_mean_difference(
            people in prop::collection::vec((prop::sample::select(LEVELS.to_vec()), 0.1..9.0_f64), 1..20)
                .prop_filter("not all zero", |people| people.iter().any(|person| person.0 > 0.0)),
        ) {
            let (values, weights): (Vec<f64>, Vec<f64>) = people.into_iter().unzip();
            let all: f64 = weights.iter().sum();
            let mean = values.iter().zip(&weights).map(|(x, w)| x * w).sum::<f64>() / all;
            let mut difference = 0.0;
            for (x, w) in values.iter().zip(&weights) {
                for (y, v) in values.iter().zip(&weights) {
                    difference += w * v * (x - y).abs() / all / all;
                }
            }
            let found = gini(&values, Some(&weights)).unwrap();
            prop_assert!((found - difference / 2.0 / mean).abs() < 1e-13);
            prop_assert!((0.0..1.0).contains(&found));
        }
    }
}
