//! How sure a figure is that was found several times.

/// The standard error of the mean of independent replicates: their standard deviation over the root of their number; `None`
/// for fewer than two.
///
/// ```
/// assert_eq!(icf_uncertainty::standard_error(&[1.0, 3.0]), Some(1.0));
/// assert_eq!(icf_uncertainty::standard_error(&[1.0]), None);
/// ```
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "replicates are few")]
pub fn standard_error(replicates: &[f64]) -> Option<f64> {
    let count = replicates.len() as f64;
    if replicates.len() < 2 {
        return None;
    }
    let mean = replicates.iter().fold(0.0, |sum, value| sum + value) / count;
    let squares = replicates.iter().fold(0.0, |sum, value| sum + (value - mean) * (value - mean));
    Some((squares / (count - 1.0) / count).sqrt())
}
