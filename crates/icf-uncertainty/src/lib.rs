//! Distributions, designs of draws, rank correlations and sensitivity.
//!
//! A [`Design`] gives points of the open unit cube, each a function of its number alone; a [`Copula`] makes their coordinates
//! go together, and a [`Distribution`] turns each into a value. [`FigureErrors`] draws what many figures may be off by. [`bootstrap`] picks past years, and [`standard_error`] says how
//! sure a figure is that was found several times. [`sensitivity`] tells which input decides an answer.
//!
//! What this crate does not do: it keeps no draws, and knows nothing of what they are drawn for.
#![expect(
    clippy::needless_range_loop,
    reason = "matrices are written as they are in the books, by row and column"
)]

mod beta_law;
mod beta_table;
mod bijection;
pub mod bootstrap;
mod copula;
mod design;
mod distribution;
mod figure_errors;
mod joe_kuo;
mod moments;
mod normal;
mod replicates;
pub mod sensitivity;

pub use copula::{Copula, CopulaError, nearest_correlation};
pub use design::{Design, DesignError, Sampling};
pub use distribution::{Distribution, DistributionError};
pub use figure_errors::FigureErrors;
pub use moments::Moments;
pub use normal::{normal_cdf, normal_quantile};
pub use replicates::standard_error;
