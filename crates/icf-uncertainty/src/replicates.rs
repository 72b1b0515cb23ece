//! How sure a figure is that was found several times.

/// The standard error of the mean of independent replicates: their standard deviation over the root of their number; `None`
/// for fewer than two.
///
/// ```
/// assert_eq!(icf_uncertainty::standard_error(&[1.0, 3.0]), Some(1.0));
/// assert_eq!(icf_uncertainty::standard_error(&[1.0]), None);
/// ```
#[must_use]
pub fn standard_error(replicates: &[f64]) -> Option<f64> {
    let mut moments = crate::Moments::default();
    replicates.iter().for_each(|value| moments.add(*value));
    moments.sd().map(|sd| sd / (replicates.len() as f64).sqrt())
}
