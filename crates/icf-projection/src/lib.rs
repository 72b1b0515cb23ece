//! Trajectories to the horizon, and the thresholds held against them.
//!
//! A [`Model`] turns a [`History`] into a value a year; one model a file in `model/`. [`backtest`] says how well
//! it would have done on years that are known, [`Crossing`] when a trajectory passes a level.
//!
//! What this crate does not do: it chooses no model, and it knows nothing of regions, fuels or land.

mod backtest;
mod crossing;
mod history;
mod model;

pub use backtest::{Backtest, backtest};
pub use crossing::{Crossing, Step};
pub use history::{History, HistoryError};
pub use model::{Anchor, Constant, Fit, LogLinear, Model, ModelError, Path, Rate, Trajectory};
