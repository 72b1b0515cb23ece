//! Draws of uncertain inputs carried through emissions and sink to ranges and probabilities.
//!
//! A [`Plan`] says what is drawn ([`Inputs`]), how often, and what is looked at ([`Frame`]). A [`Chain`] turns a block of draws
//! into emissions, sink and residents of each region and year: [`Closed`] where every uncertain key has a closed form, or one
//! that runs the whole accounts again for each draw. [`Plan::run`] streams the draws through it: nothing is kept of a draw but
//! counts and sums, so that ten million draws take the memory of ten thousand.
//!
//! The same draws serve every scenario: a draw is a function of seed, input, replicate and number alone.
//!
//! What this crate does not do: it knows no scenario, no data and no table.

mod answers;
mod block;
mod cell;
mod chain;
mod frame;
mod inputs;
mod look;
mod run;
mod shock;
mod spread;
mod sums;

pub use answers::Answer;
pub use block::{Block, LANES, Lanes, Quantity};
pub use cell::Quantile;
pub use chain::{Chain, Closed, Course, Shape, Term};
pub use frame::{Frame, Held, Rule, Subject};
pub use inputs::{Drawn, Input, Inputs};
pub use run::{EnsembleError, Figures, Measure, Outcome, Plan, Probability};
pub use shock::Shock;
pub use spread::Spread;
