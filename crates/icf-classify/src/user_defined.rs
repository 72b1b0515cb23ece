//! Classes between given bounds.

use crate::{BreaksError, Classification, Sorted};

/// Classes with given upper bounds, right-closed: class i holds b_{i−1} < x ≤ b_i. Values above the last
/// bound make one class more, bounded by the largest value. Classes may be empty, so that maps share an
/// agreed legend.
///
/// ```
/// use icf_classify::user_defined_breaks;
/// let classes = user_defined_breaks(&[1.0, 2.0, 2.0, 9.0], &[0.0, 2.0]).unwrap();
/// assert_eq!(classes.upper_bounds(), [0.0, 2.0, 9.0]);
/// assert_eq!(classes.counts(), [0, 3, 1]);
/// ```
///
/// # Errors
/// When there is no value, a value that is not finite or beyond 10¹⁵⁰, no bound, or bounds that do not ascend.
pub fn user_defined_breaks(values: &[f64], upper_bounds: &[f64]) -> Result<Classification, BreaksError> {
    ascending(upper_bounds)?;
    let sorted = Sorted::of(values)?;
    let mut bounds = upper_bounds.to_vec();
    if bounds[bounds.len() - 1] < sorted.largest() {
        bounds.push(sorted.largest());
    }
    Ok(Classification::measured(&sorted, bounds, upper_bounds.len()))
}

/// Refuses no bound, and bounds that do not ascend or are not finite.
pub(crate) fn ascending(bounds: &[f64]) -> Result<(), BreaksError> {
    if bounds.is_empty() {
        return Err(BreaksError::NoClasses);
    }
    let rises = |place: usize| place == 0 || bounds[place - 1] < bounds[place];
    match (0..bounds.len()).find(|place| !bounds[*place].is_finite() || !rises(*place)) {
        Some(place) => Err(BreaksError::NotAscending(place)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[f64], bounds: &[f64], counts: &[usize]) {
        assert_eq!(user_defined_breaks(values, bounds).unwrap().counts(), counts);
    }

    #[test]
    fn a_value_on_a_bound_lies_below_it() {
        check(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0], &[1, 1, 1]);
        check(&[1.0, 2.0, 3.0], &[1.0, 2.0, 10.0], &[1, 1, 1]);
        check(&[5.0], &[1.0, 2.0], &[0, 0, 1]);
        check(&[-0.0], &[0.0], &[1]);
    }

    #[test]
    fn what_cannot_be_classed() {
        assert_eq!(user_defined_breaks(&[1.0], &[]), Err(BreaksError::NoClasses));
        assert_eq!(user_defined_breaks(&[1.0], &[2.0, 1.0]), Err(BreaksError::NotAscending(1)));
        assert_eq!(user_defined_breaks(&[1.0], &[f64::INFINITY]), Err(BreaksError::NotAscending(0)));
    }
}
