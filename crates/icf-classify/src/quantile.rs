//! Quantile classes: as many values in each as ties allow.

use crate::{BreaksError, Classification, Sorted};

/// Quantile classes: the upper bound of class i of k is the quantile of p = i/k, interpolated between order
/// statistics as R's type 7 does: with (n − 1)·p = q + f, the bound is x_q + f·(x_{q+1} − x_q), x₀ the
/// smallest.
///
/// Ties are never split. Bounds that coincide are one, so that heavy ties (and fewer distinct values than
/// classes) give fewer classes than asked for; an interpolated bound may leave a class between two values
/// empty.
///
/// ```
/// use icf_classify::quantile_breaks;
/// let classes = quantile_breaks(&[5.0, 1.0, 2.0, 4.0], 2).unwrap();
/// // (4 − 1)/2 = 1.5: half way between 2 and 4.
/// assert_eq!(classes.upper_bounds(), [3.0, 5.0]);
/// assert_eq!(classes.counts(), [2, 2]);
/// ```
///
/// Source: Hyndman & Fan 1996, The American Statistician 50, 361–365, definition 7; the rule of mapclassify.
///
/// # Errors
/// When there is no value, no class, or a value that is not finite or beyond 10¹⁵⁰.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub fn quantile_breaks(values: &[f64], classes: usize) -> Result<Classification, BreaksError> {
    if classes == 0 {
        return Err(BreaksError::NoClasses);
    }
    let sorted = Sorted::of(values)?;
    let x = &sorted.0;
    let last = x.len() - 1;
    let mut bounds: Vec<f64> = (1..=classes)
        .map(|class| {
            // The place in whole numbers, so that a bound that is a value is that value to the last digit.
            let place = last as u128 * class as u128;
            let whole = usize::try_from(place / classes as u128).expect("the place is that of a value");
            let part = (place % classes as u128) as f64 / classes as f64;
            if part > 0.0 { x[whole] + part * (x[whole + 1] - x[whole]) } else { x[whole] }
        })
        .collect();
    bounds.dedup();
    Ok(Classification::measured(&sorted, bounds, classes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(values: &[f64], classes: usize, bounds: &[f64], counts: &[usize]) {
        let found = quantile_breaks(values, classes).unwrap();
        assert_eq!((found.upper_bounds(), found.counts()), (bounds, counts));
        assert_eq!(found.requested(), classes);
    }

    #[test]
    fn by_hand() {
        check(&[1.0, 2.0, 3.0, 4.0, 5.0], 4, &[2.0, 3.0, 4.0, 5.0], &[2, 1, 1, 1]);
        check(&[1.0, 1.0, 1.0, 9.0], 2, &[1.0, 9.0], &[3, 1]);
        check(&[1.0, 1.0, 1.0, 1.0, 9.0], 4, &[1.0, 9.0], &[4, 1]);
        check(&[7.0; 3], 5, &[7.0], &[3]);
        check(&[0.0, 8.0], 4, &[2.0, 4.0, 6.0, 8.0], &[1, 0, 0, 1]);
    }

    proptest! {
        #[test]
        fn bounds_rise_and_nothing_is_lost(
            values in prop::collection::vec(-1e3..1e3_f64, 1..60),
            classes in 1_usize..12,
        ) {
            let found = quantile_breaks(&values, classes).unwrap();
            prop_assert!(found.upper_bounds().windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(found.counts().iter().sum::<usize>(), values.len());
        }
    }
}
