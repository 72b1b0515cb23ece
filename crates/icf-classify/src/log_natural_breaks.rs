//! Natural breaks of logarithms, for values of many magnitudes.

use crate::{BreaksError, Classification, Sorted, natural_breaks};

/// The exact Fisher optimum among the logarithms: minimises Σ(ln x − class mean of ln x)², so that a class gathers
/// values of one magnitude. The bounds are values, the measures (GVF, ADCM, squared deviations) those of the logarithms.
///
/// A depth of 5000 beside depths of 1 to 30 takes most classes of plain natural breaks for itself; here a factor counts
/// the same wherever it lies.
///
/// ```
/// use icf_classify::log_natural_breaks;
/// // Squares in logarithms to base 10: {1, 10}, {1000, 10000} cost 0.5 + 0.5, any other pair of classes more.
/// let classes = log_natural_breaks(&[1.0, 1e4, 10.0, 1e3], 2).unwrap();
/// assert_eq!(classes.upper_bounds(), [10.0, 1e4]);
/// assert_eq!(classes.class_of(10.0), 1);
/// ```
///
/// # Errors
/// As [`natural_breaks`], and when a value is zero or less.
pub fn log_natural_breaks(values: &[f64], classes: usize) -> Result<Classification, BreaksError> {
    let sorted = Sorted::of(values)?;
    if let Some(place) = values.iter().position(|value| *value <= 0.0) {
        return Err(BreaksError::NotPositive(place));
    }
    let logarithms: Vec<f64> = sorted.0.iter().map(|value| value.ln()).collect();
    let found = natural_breaks(&logarithms, classes)?;
    // Logarithms keep the order, so the last value of each class is found by its count.
    let mut end = 0;
    let bounds = found.counts().iter().map(|count| {
        end += count;
        sorted.0[end - 1]
    });
    let bounds = bounds.collect();
    Ok(found.with_bounds(bounds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[f64], classes: usize, bounds: &[f64]) {
        assert_eq!(log_natural_breaks(values, classes).unwrap().upper_bounds(), bounds);
    }

    #[test]
    fn one_giant_takes_one_class() {
        let values = [1.0, 1.0, 1.1, 1.2, 4.0, 5.0, 20.0, 25.0, 5000.0];
        check(&values, 4, &[1.2, 5.0, 25.0, 5000.0]);
        let many: Vec<f64> = values.iter().copied().chain([80.0, 300.0]).collect();
        check(&many, 4, &[1.2, 25.0, 300.0, 5000.0]);
        assert_eq!(natural_breaks(&many, 4).unwrap().upper_bounds(), [25.0, 80.0, 300.0, 5000.0]);
        check(&[1.0, 1.0, 1.0], 3, &[1.0]);
        check(&[2.0], 1, &[2.0]);
    }

    /// Multiplying all values moves the bounds with them and no value to another class.
    #[test]
    fn a_unit_changes_no_class() {
        let values: Vec<f64> = (0..60).map(|place| 1.0 + f64::from(place * place % 97) * 3.7).collect();
        let metres: Vec<f64> = values.iter().map(|value| value * 1024.0).collect();
        let (a, b) = (log_natural_breaks(&values, 5).unwrap(), log_natural_breaks(&metres, 5).unwrap());
        assert_eq!(a.counts(), b.counts());
        let scaled: Vec<f64> = a.upper_bounds().iter().map(|bound| bound * 1024.0).collect();
        assert_eq!(scaled, b.upper_bounds());
    }

    #[test]
    fn what_has_no_logarithm() {
        assert_eq!(log_natural_breaks(&[1.0, 0.0], 2).unwrap_err(), BreaksError::NotPositive(1));
        assert_eq!(log_natural_breaks(&[-1.0], 2).unwrap_err(), BreaksError::NotPositive(0));
        assert_eq!(log_natural_breaks(&[], 2).unwrap_err(), BreaksError::NoValues);
    }
}
