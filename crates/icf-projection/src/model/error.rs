//! Why a model cannot be used.

use icf_units::Year;

/// Why a model cannot be used on a history.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Too few observations in the window.
    #[error("{model} needs {needed} observations from {from} to {to} and finds {found}")]
    TooFew {
        /// The model.
        model: &'static str,
        /// How many it needs.
        needed: usize,
        /// How many there are.
        found: usize,
        /// First year of the window.
        from: Year,
        /// Last year of the window.
        to: Year,
    },
    /// A logarithm of zero or less.
    #[error("{model} needs values above zero and finds {value} in {year}")]
    NotPositive {
        /// The model.
        model: &'static str,
        /// The year of the value.
        year: Year,
        /// The value.
        value: f64,
    },
    /// A year without a value.
    #[error("{model} needs a value of {year} and finds none")]
    Missing {
        /// The model.
        model: &'static str,
        /// The year.
        year: Year,
    },
    /// A quantity that the model is made of does not allow its own model.
    #[error("{quantity}: {error}")]
    Part {
        /// The quantity.
        quantity: &'static str,
        /// What is wrong with it.
        error: Box<ModelError>,
    },
    /// Quantities of a product without a year in common.
    #[error("{model} needs {first} and {second} of the same year and finds none")]
    NothingInCommon {
        /// The model.
        model: &'static str,
        /// One quantity.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
    /// No candidate could be held against the past.
    #[error(
        "{model} chooses by the errors of the past, and none of {candidates} could be tested on {observations} observations"
    )]
    Untested {
        /// The model.
        model: &'static str,
        /// The candidates, joined by commas.
        candidates: String,
        /// Length of the history.
        observations: usize,
    },
}
