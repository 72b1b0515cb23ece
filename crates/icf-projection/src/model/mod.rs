//! The models: one file each, and one line each in [`Model`].

mod constant;
mod log_linear;
mod path;
mod rate;

use icf_units::{Year, YearRange};

use crate::History;

pub use constant::Constant;
pub use log_linear::{Anchor, LogLinear};
pub use path::Path;
pub use rate::Rate;

/// A model of how a quantity goes on.
#[derive(Clone, Debug, PartialEq)]
pub enum Model {
    /// Stays at the last observation.
    Constant(Constant),
    /// Changes by a given rate a year.
    Rate(Rate),
    /// Goes on along a line fitted to the logarithms.
    LogLinear(LogLinear),
    /// Follows given points.
    Path(Path),
}

/// What every model can do.
pub trait Fit {
    /// The model's name in scenarios and tables.
    fn name(&self) -> &'static str;

    /// The values of `years`, from what is known in `history`.
    ///
    /// # Errors
    /// When the history does not allow the model: too few observations, or values it cannot take.
    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError>;

    /// The same model as it would have been used `years` earlier, for a back-test; `None` when it speaks of
    /// given years only.
    fn earlier(&self, years: i32) -> Option<Model>;
}

impl Model {
    fn as_fit(&self) -> &dyn Fit {
        match self {
            Self::Constant(model) => model,
            Self::Rate(model) => model,
            Self::LogLinear(model) => model,
            Self::Path(model) => model,
        }
    }
}

impl Fit for Model {
    fn name(&self) -> &'static str {
        self.as_fit().name()
    }
    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        self.as_fit().project(history, years)
    }
    fn earlier(&self, years: i32) -> Option<Model> {
        self.as_fit().earlier(years)
    }
}

/// The values of a model, and what was learnt in fitting it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// One value a year.
    pub values: Vec<f64>,
    /// Annual rate of change, where the model has one.
    pub rate: Option<f64>,
    /// First and last year of the observations it was fitted on.
    pub fitted_on: Option<(Year, Year)>,
    /// Number of those observations.
    pub observations: Option<usize>,
    /// Coefficient of determination in logarithms.
    pub r_squared: Option<f64>,
}

impl Trajectory {
    /// Values without a fit behind them.
    fn given(values: Vec<f64>, rate: Option<f64>) -> Self {
        Self { values, rate, fitted_on: None, observations: None, r_squared: None }
    }
}

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
}
