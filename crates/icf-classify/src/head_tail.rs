//! Head/tail breaks: for values of which few are large and many small.

use crate::{BreaksError, Classification, Sorted};

/// Head/tail breaks: the values are split at their mean, and those above it (the head) again at theirs, as
/// long as the head is a minority: it holds at most the share `limit` of the values it was split from. The
/// bounds are the means, and the largest value.
///
/// Jiang takes a head of at most 40 % for a minority (`limit` 0.4, which [`Scheme::HeadTail`](crate::Scheme)
/// uses); with 1 the splitting goes on to a head of equal values. A value equal to the mean is in the tail.
/// When all values are equal there is one class.
///
/// ```
/// use icf_classify::head_tail_breaks;
/// // Mean 3.75: the head {19}, one of eight, is a single value.
/// let classes = head_tail_breaks(&[1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 19.0], 0.4).unwrap();
/// assert_eq!(classes.upper_bounds(), [3.75, 19.0]);
/// assert_eq!(classes.counts(), [7, 1]);
/// ```
///
/// Source: Jiang 2013, The Professional Geographer 65, 482–494.
///
/// # Errors
/// When there is no value, or a value that is not finite or beyond 10¹⁵⁰.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub fn head_tail_breaks(values: &[f64], limit: f64) -> Result<Classification, BreaksError> {
    let sorted = Sorted::of(values)?;
    let mut bounds = Vec::new();
    let mut rest = sorted.0.as_slice();
    while rest[0] < rest[rest.len() - 1] {
        let mean = rest[0] + rest.iter().map(|value| value - rest[0]).sum::<f64>() / rest.len() as f64;
        let head = &rest[rest.partition_point(|value| *value <= mean)..];
        // A mean that rounding puts on an end of the values splits nothing.
        if head.is_empty() || head.len() == rest.len() {
            break;
        }
        bounds.push(mean);
        if head.len() as f64 > limit * rest.len() as f64 {
            break;
        }
        rest = head;
    }
    bounds.push(sorted.largest());
    let found = bounds.len();
    Ok(Classification::measured(&sorted, bounds, found))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(values: &[f64], limit: f64, bounds: &[f64]) {
        assert_eq!(head_tail_breaks(values, limit).unwrap().upper_bounds(), bounds);
    }

    #[test]
    fn by_hand() {
        check(&[4.0; 3], 0.4, &[4.0]);
        // Half of the values lie above the mean: no minority to split again.
        check(&[1.0, 2.0, 3.0, 4.0], 0.4, &[2.5, 4.0]);
        check(&[1.0, 2.0, 3.0, 4.0], 1.0, &[2.5, 3.5, 4.0]);
        check(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 10.0], 0.4, &[12.0 / 9.0, 10.0]);
    }

    #[test]
    fn neighbouring_numbers() {
        // The mean of two doubles without one between them is one of the two: here the larger, so nobody is
        // above.
        let values = [1.0 + f64::EPSILON, 1.0 + 2.0 * f64::EPSILON];
        check(&values, 1.0, &[values[1]]);
    }

    proptest! {
        #[test]
        fn no_class_is_empty(values in prop::collection::vec(0.0..1e3_f64, 1..60), limit in 0.1..1.0_f64) {
            let found = head_tail_breaks(&values, limit).unwrap();
            prop_assert!(found.counts().iter().all(|count| *count > 0));
            prop_assert_eq!(found.counts().iter().sum::<usize>(), values.len());
        }
    }
}
