//! Trajectories to the horizon, and the thresholds held against them.
//!
//! A [`Model`] turns a [`History`] into a value a year; one model a file in `model/`. [`forecast`] adds an interval
//! wherever one can be had. [`attempts`] uses a model as it would have been used in the past, [`Backtest`] and
//! [`Coverage`] sum up how it did, and [`Crossing`] says when a trajectory passes a level. [`lmdi`] says what a change was
//! made of, [`MannKendall`] whether there is a trend at all.
//!
//! What this crate does not do: it knows nothing of regions, fuels or land.

mod backtest;
mod bisection;
mod coverage;
mod crossing;
mod forecast;
mod history;
mod line;
mod lmdi;
mod mann_kendall;
mod model;
mod rolling;
mod spread;
mod student;

pub use backtest::{AHEAD, Attempt, Backtest, attempts};
pub use bisection::{last_holding, rounded_within};
pub use coverage::{Blocks, Coverage};
pub use crossing::{Crossing, Step};
pub use forecast::forecast;
pub use history::{History, HistoryError};
pub use lmdi::lmdi;
pub use mann_kendall::MannKendall;
pub use model::{
    Anchor, Best, Between, Cagr, Chosen, Constant, Damped, Drift, Fit, Kaya, LogLinear, LogisticPeak, Model,
    ModelError, Path, Phase, Rate, Segmented, TheilSen, TopDown, Trajectory, Window,
};
pub use spread::{Scale, Spread};
