//! The three-dimensional footprint model of industrial carbon: from energy and land to footprint, capacity,
//! size and depth.
//!
//! | step | function | source |
//! |---|---|---|
//! | emissions ICE | [`emissions`] | Σ Q·D, or Σ Q·S·D as published |
//! | carbon sink CS | [`carbon_sink`] | Σ A·NPP·E |
//! | uptake of a mean hectare η | [`mean_uptake`] | Σ NPP·P |
//! | footprint ICF, capacity CEC, deficit, size, depth | [`Footprint`] | Niccolucci et al. 2011; Fang 2013 |
//! | groups and the nation | [`GroupFootprint`] | Fang 2013, with the regional correction |
//!
//! Every function takes one region and year; nothing here knows where a figure came from.
//!
//! What this crate does not do: it fills no gaps, converts no units but by named methods, and averages no depth.

mod convention;
mod emissions;
mod footprint;
mod group;
mod sink;

pub use convention::{Convention, Footing, Formula};
pub use emissions::{FuelUse, emissions};
pub use footprint::Footprint;
pub use group::GroupFootprint;
pub use sink::{LandClass, carbon_sink, mean_uptake};
