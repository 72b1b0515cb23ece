//! Equal intervals: classes of one width.

use crate::{BreaksError, Classification, Sorted};

/// Equal intervals: the upper bound of class i of k is min + i·(max − min)/k; the last one is the largest
/// value.
///
/// Classes may be empty. When all values are equal there is one class. More classes than distinct values are
/// made as asked for; bounds so close that they are one number are one class.
///
/// ```
/// use icf_classify::equal_intervals;
/// let classes = equal_intervals(&[0.0, 1.0, 5.0, 20.0], 4).unwrap();
/// assert_eq!(classes.upper_bounds(), [5.0, 10.0, 15.0, 20.0]);
/// assert_eq!(classes.counts(), [3, 0, 0, 1]);
/// ```
///
/// Source: Slocum et al. 2009, Thematic Cartography and Geovisualization, ch. 4.
///
/// # Errors
/// When there is no value, no class, or a value that is not finite or beyond 10¹⁵⁰.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub fn equal_intervals(values: &[f64], classes: usize) -> Result<Classification, BreaksError> {
    if classes == 0 {
        return Err(BreaksError::NoClasses);
    }
    let sorted = Sorted::of(values)?;
    let (smallest, largest) = (sorted.smallest(), sorted.largest());
    let range = largest - smallest;
    let mut bounds: Vec<f64> =
        (1..classes).map(|class| (smallest + class as f64 * range / classes as f64).min(largest)).collect();
    bounds.push(largest);
    bounds.dedup();
    Ok(Classification::measured(&sorted, bounds, classes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[f64], classes: usize, bounds: &[f64], counts: &[usize]) {
        let found = equal_intervals(values, classes).unwrap();
        assert_eq!((found.upper_bounds(), found.counts()), (bounds, counts));
    }

    #[test]
    fn by_hand() {
        check(&[-1.0, 0.0, 1.0], 2, &[0.0, 1.0], &[2, 1]);
        check(&[3.0; 4], 5, &[3.0], &[4]);
        check(&[0.0, 1.0], 4, &[0.25, 0.5, 0.75, 1.0], &[1, 0, 0, 1]);
        let tenths: Vec<f64> = (0..=10).map(|tenth| f64::from(tenth) / 10.0).collect();
        check(&tenths, 10, &tenths[1..], &[2, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        assert_eq!(equal_intervals(&[1.0], 0), Err(BreaksError::NoClasses));
    }
}
