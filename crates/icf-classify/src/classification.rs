//! Classes of values, whatever rule made them.

/// Classes of values, lowest first; each holds its upper bound (right-closed).
#[derive(Clone, Debug, PartialEq)]
pub struct Classification {
    upper_bounds: Vec<f64>,
    counts: Vec<usize>,
    requested: usize,
    ssd: f64,
    gvf: f64,
    adcm: f64,
}

/// Why values cannot be classed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BreaksError {
    /// Not a single value.
    #[error("there is no value to class")]
    NoValues,
    /// A number of classes of zero.
    #[error("at least one class is needed")]
    NoClasses,
    /// NaN or infinity.
    #[error("value number {0} is not finite")]
    NotFinite(usize),
    /// Beyond 10¹⁵⁰ on either side, where a square is no number any more.
    #[error("value number {0} is too large to be squared")]
    TooLarge(usize),
    /// A value of zero or less where a logarithm is needed.
    #[error("value number {0} is not above zero and has no logarithm")]
    NotPositive(usize),
    /// Bounds or multiples that do not rise, or are not finite.
    #[error("bound number {0} is not above the one before it, or not finite")]
    NotAscending(usize),
    /// A single value where a standard deviation is needed.
    #[error("a standard deviation needs two values")]
    OneValue,
}

impl Classification {
    /// The upper bound of each class, lowest class first. Natural breaks put it at the largest value of the
    /// class; other rules put it where the rule says, and may leave a class empty.
    #[must_use]
    pub fn upper_bounds(&self) -> &[f64] {
        &self.upper_bounds
    }

    /// How many values each class holds.
    #[must_use]
    pub fn counts(&self) -> &[usize] {
        &self.counts
    }

    /// How many classes were asked for; ties may leave fewer.
    #[must_use]
    pub fn requested(&self) -> usize {
        self.requested
    }

    /// Squared deviations within the classes, Σ(x − class mean)².
    #[must_use]
    pub fn ssd(&self) -> f64 {
        self.ssd
    }

    /// Goodness of variance fit, 1 − Σ(x − class mean)² / Σ(x − mean)²; 1 when all values are equal.
    #[must_use]
    pub fn gvf(&self) -> f64 {
        self.gvf
    }

    /// Absolute deviations around class medians, Σ|x − class median|.
    #[must_use]
    pub fn adcm(&self) -> f64 {
        self.adcm
    }

    /// The class of a value, 1 = lowest. A value beyond the bounds belongs to the first or the last class.
    #[must_use]
    pub fn class_of(&self, value: f64) -> usize {
        let below = self.upper_bounds.partition_point(|bound| *bound < value);
        below.min(self.upper_bounds.len() - 1) + 1
    }

    /// The same classes and measures with bounds on another scale.
    pub(crate) fn with_bounds(self, upper_bounds: Vec<f64>) -> Self {
        Self { upper_bounds, ..self }
    }

    /// Counts and measures the classes that ascending bounds make, the last of them at or above every value.
    pub(crate) fn measured(sorted: &Sorted, upper_bounds: Vec<f64>, requested: usize) -> Self {
        let values = &sorted.0;
        let mut counts = Vec::with_capacity(upper_bounds.len());
        let (mut start, mut within, mut adcm) = (0, 0.0, 0.0);
        // A power of two, so that the squares of small values are not lost and nothing is rounded.
        let scale = sorted.scale();
        for bound in &upper_bounds {
            let end = values.partition_point(|value| value <= bound);
            let class = &values[start..end];
            counts.push(class.len());
            start = end;
            if class.is_empty() {
                continue;
            }
            within += squares(class, scale);
            let median = f64::midpoint(class[(class.len() - 1) / 2], class[class.len() / 2]);
            adcm += class.iter().map(|value| (value - median).abs()).sum::<f64>();
        }
        let all = squares(values, scale);
        let gvf = if all > 0.0 { 1.0 - within / all } else { 1.0 };
        Self { upper_bounds, counts, requested, ssd: within / scale / scale, gvf, adcm }
    }
}

/// Values that can be classed, ascending; zero and minus zero are one value.
#[derive(Clone, Debug)]
pub(crate) struct Sorted(pub(crate) Vec<f64>);

impl Sorted {
    /// Refuses no value at all, values that are not finite, and values whose squares are not.
    pub(crate) fn of(values: &[f64]) -> Result<Self, BreaksError> {
        const LARGEST: f64 = 1e150;
        if values.is_empty() {
            return Err(BreaksError::NoValues);
        }
        for (place, value) in values.iter().enumerate() {
            if !value.is_finite() {
                return Err(BreaksError::NotFinite(place));
            }
            if value.abs() > LARGEST {
                return Err(BreaksError::TooLarge(place));
            }
        }
        let mut sorted: Vec<f64> = values.iter().map(|value| value + 0.0).collect();
        sorted.sort_by(f64::total_cmp);
        Ok(Self(sorted))
    }

    pub(crate) fn smallest(&self) -> f64 {
        self.0[0]
    }

    pub(crate) fn largest(&self) -> f64 {
        self.0[self.0.len() - 1]
    }

    /// The power of two that brings the largest magnitude into [1, 2): the same bits everywhere.
    pub(crate) fn scale(&self) -> f64 {
        /// Twice the bias of a double's exponent.
        const TWICE_BIAS: u64 = 2046;
        let exponent = self.smallest().abs().max(self.largest().abs()).to_bits() >> 52;
        f64::from_bits((TWICE_BIAS - exponent) << 52)
    }
}

/// Σ(x − mean)² of scaled values, in two passes; what the rounded mean is off by is taken out.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub(crate) fn squares(values: &[f64], scale: f64) -> f64 {
    let n = values.len() as f64;
    // Measured from one of the values, so that a common offset costs no digits.
    let first = values[0];
    let mean = values.iter().map(|value| (value - first) * scale).sum::<f64>() / n;
    let (sum, squares) = values.iter().fold((0.0, 0.0), |(sum, squares), value| {
        let deviation = (value - first) * scale - mean;
        (sum + deviation, squares + deviation * deviation)
    });
    (squares - sum * sum / n).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(values: &[f64], bounds: &[f64]) -> Classification {
        Classification::measured(&Sorted::of(values).unwrap(), bounds.to_vec(), bounds.len())
    }

    #[test]
    fn measures_by_hand() {
        // {1, 2, 6} with mean 3 and median 2; {10}; an empty class between.
        let classes = measured(&[10.0, 1.0, 6.0, 2.0], &[6.0, 7.0, 10.0]);
        assert_eq!(classes.counts(), [3, 0, 1]);
        assert_eq!((classes.ssd(), classes.adcm()), (14.0, 5.0));
        // The mean of all is 4.75: squares 14.0625 + 7.5625 + 1.5625 + 27.5625.
        assert_eq!(classes.gvf(), 1.0 - 14.0 / 50.75);
        assert_eq!([6.0, 6.5, 7.5, 99.0].map(|value| classes.class_of(value)), [1, 2, 3, 3]);
    }

    #[test]
    fn large_and_small_values_are_measured_alike() {
        for unit in [1e-160, 1e140] {
            let classes =
                measured(&[10.0, 1.0, 6.0, 2.0].map(|value| value * unit), &[6.0 * unit, 10.0 * unit]);
            assert!((classes.gvf() - (1.0 - 14.0 / 50.75)).abs() < 1e-15, "{unit}");
        }
        let offset = measured(&[1e15, 1e15 + 1.0, 1e15 + 2.0], &[1e15 + 2.0]);
        assert_eq!(offset.ssd(), 2.0);
    }

    #[track_caller]
    fn check_scale(values: &[f64], expected: f64) {
        assert_eq!(Sorted::of(values).unwrap().scale(), expected);
    }

    #[test]
    fn scales_are_powers_of_two() {
        check_scale(&[1.0], 1.0);
        check_scale(&[-5.0, 3.0], 0.25);
        check_scale(&[0.3, 0.1], 4.0);
        check_scale(&[0.0], 2_f64.powi(1023));
    }

    #[test]
    fn what_cannot_be_classed() {
        assert_eq!(Sorted::of(&[]).unwrap_err(), BreaksError::NoValues);
        assert_eq!(Sorted::of(&[1.0, f64::NAN]).unwrap_err(), BreaksError::NotFinite(1));
        assert_eq!(Sorted::of(&[1.0, -1e200]).unwrap_err(), BreaksError::TooLarge(1));
    }
}
