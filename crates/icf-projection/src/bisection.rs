//! The place at which something stops to hold.

/// The number next to the place at which something stops to hold, on the side on which it holds; found by halving the way
/// between a number at which it holds and one at which it does not, down to neighbouring floating-point numbers.
///
/// ```
/// use icf_projection::last_holding;
/// let root = last_holding(1.0, 2.0, |x| x * x <= 2.0);
/// assert!(root * root <= 2.0 && (root - 2.0_f64.sqrt()).abs() < 1e-15);
/// let root = last_holding(2.0, 1.0, |x| x * x >= 2.0);
/// assert!(root * root >= 2.0 && (root - 2.0_f64.sqrt()).abs() < 1e-15);
/// ```
#[must_use]
pub fn last_holding(holds: f64, fails: f64, mut test: impl FnMut(f64) -> bool) -> f64 {
    // A place at zero would be neared through all the small numbers that there are.
    const HALVINGS: usize = 200;
    let (mut holds, mut fails) = (holds, fails);
    for _ in 0..HALVINGS {
        let middle = holds + (fails - holds) / 2.0;
        if middle == holds || middle == fails {
            break;
        }
        if test(middle) {
            holds = middle;
        } else {
            fails = middle;
        }
    }
    holds
}

/// A number with fewer digits towards one at which something holds; the number itself where it would no longer hold.
///
/// ```
/// use icf_projection::rounded_within;
/// assert_eq!(rounded_within(0.123456789012345, 0.0, |x| x <= 0.13), 0.1234567890);
/// assert_eq!(rounded_within(0.123456789012345, 1.0, |x| x >= 0.12), 0.1234567891);
/// assert_eq!(rounded_within(0.123456789012345, 1.0, |_| false), 0.123456789012345);
/// ```
#[must_use]
pub fn rounded_within(value: f64, towards: f64, mut test: impl FnMut(f64) -> bool) -> f64 {
    const DIGITS: i32 = 10;
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    #[expect(clippy::cast_possible_truncation, reason = "exponents of floating-point numbers are small")]
    let exponent = value.abs().log10().floor() as i32;
    let scale = 10_f64.powi(DIGITS - 1 - exponent);
    let steps = value * scale;
    let rounded = if towards < value { steps.floor() } else { steps.ceil() } / scale;
    if rounded.is_finite() && test(rounded) { rounded } else { value }
}
