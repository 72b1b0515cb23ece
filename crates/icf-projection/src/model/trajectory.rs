//! What comes out of a model.

use icf_units::Year;

use crate::{MannKendall, Spread};

/// The values of a model, and what was learnt in fitting it.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// How the truth is spread around the values; [`forecast`](crate::forecast) adds one to models without a likelihood.
    pub spread: Option<Spread>,
    /// What the model says of years that are known, where it says anything.
    pub fitted: Vec<(Year, f64)>,
    /// Test of the window for a trend, where the model makes one.
    pub trend: Option<MannKendall>,
    /// The phases that the model found in the past.
    pub phases: Vec<Phase>,
    /// The model that was chosen, and why.
    pub chosen: Option<Chosen>,
}

/// Some years of the past with a rate of their own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phase {
    /// First year.
    pub from: Year,
    /// Last year.
    pub to: Year,
    /// Annual rate of change within it.
    pub rate: f64,
}

/// A model chosen among several by how they would have done.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// Its name.
    pub model: &'static str,
    /// Its mean absolute scaled error over the forecasts that all candidates could make.
    pub mase: f64,
    /// The same of the naive forecast.
    pub naive_mase: f64,
    /// Number of those forecasts.
    pub forecasts: usize,
}

impl Trajectory {
    /// Values without a fit behind them.
    pub(super) fn of(values: Vec<f64>) -> Self {
        Self { values, ..Self::default() }
    }

    /// The interval of each year that holds the truth with a probability of `level`, above 0 and below 1; `None` where there is
    /// no ground for one.
    #[must_use]
    pub fn interval(&self, level: f64) -> Vec<Option<(f64, f64)>> {
        self.spread
            .as_ref()
            .map_or_else(|| vec![None; self.values.len()], |spread| spread.interval(&self.values, level))
    }
}
