//! Why an inequality cannot be had.

/// Why an inequality cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InequalityError {
    /// Not a single value.
    #[error("there is no value")]
    NoValues,
    /// NaN or infinity.
    #[error("value number {0} is not finite")]
    NotFinite(usize),
    /// A value below zero.
    #[error("value number {0} is negative")]
    Negative(usize),
    /// A weight that is zero, negative or not finite.
    #[error("weight number {0} is not above zero")]
    Weight(usize),
    /// Values that are all zero.
    #[error("the mean is zero")]
    ZeroMean,
}
