//! Standard deviation classes: how far from the mean.

use crate::classification::squares;
use crate::user_defined::ascending;
use crate::{BreaksError, Classification, Sorted};

/// Classes bounded by mean + m·s for ascending multiples m, s = √(Σ(x − mean)²/(n − 1)), and by the largest
/// value when it lies above them all.
///
/// Classes beyond the values stay and are empty, so that maps of several years share a legend in multiples.
/// When all values are equal every bound is that value, and there is one class. The common multiples are −2,
/// −1, 1, 2.
///
/// ```
/// use icf_classify::standard_deviation_breaks;
/// // Mean 4, s = √((9 + 1 + 1 + 9 + 0)/4) = √5.
/// let classes = standard_deviation_breaks(&[1.0, 3.0, 5.0, 7.0, 4.0], &[-1.0, 0.0, 1.0]).unwrap();
/// assert_eq!(classes.upper_bounds(), [4.0 - 5_f64.sqrt(), 4.0, 4.0 + 5_f64.sqrt(), 7.0]);
/// assert_eq!(classes.counts(), [1, 2, 1, 1]);
/// ```
///
/// Source: Slocum et al. 2009, Thematic Cartography and Geovisualization, ch. 4; the rule of mapclassify's
/// `StdMean`.
///
/// # Errors
/// When there are fewer than two values, a value that is not finite or beyond 10¹⁵⁰, no multiple, or
/// multiples that do not ascend.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub fn standard_deviation_breaks(values: &[f64], multiples: &[f64]) -> Result<Classification, BreaksError> {
    ascending(multiples)?;
    let sorted = Sorted::of(values)?;
    let x = &sorted.0;
    if x.len() < 2 {
        return Err(BreaksError::OneValue);
    }
    let scale = sorted.scale();
    let mean = x[0] + x.iter().map(|value| value - x[0]).sum::<f64>() / x.len() as f64;
    let deviation = (squares(x, scale) / (x.len() - 1) as f64).sqrt() / scale;
    let mut bounds: Vec<f64> = multiples.iter().map(|multiple| mean + multiple * deviation).collect();
    if bounds[bounds.len() - 1] < sorted.largest() {
        bounds.push(sorted.largest());
    }
    bounds.dedup();
    Ok(Classification::measured(&sorted, bounds, multiples.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_beyond_the_values_stay() {
        let classes = standard_deviation_breaks(&[0.0, 2.0], &[-2.0, 0.0, 2.0]).unwrap();
        assert_eq!(classes.counts(), [0, 1, 1]);
        assert_eq!((classes.upper_bounds()[1], classes.requested()), (1.0, 4));
    }

    #[test]
    fn equal_values_are_one_class() {
        let classes = standard_deviation_breaks(&[0.1; 7], &[-1.0, 0.0, 1.0]).unwrap();
        assert_eq!((classes.upper_bounds(), classes.counts()), ([0.1].as_slice(), [7].as_slice()));
    }

    #[test]
    fn what_cannot_be_classed() {
        assert_eq!(standard_deviation_breaks(&[1.0], &[0.0]), Err(BreaksError::OneValue));
        assert_eq!(standard_deviation_breaks(&[1.0, 2.0], &[]), Err(BreaksError::NoClasses));
        assert_eq!(standard_deviation_breaks(&[1.0, 2.0], &[1.0, 1.0]), Err(BreaksError::NotAscending(1)));
    }
}
