//! Exact natural breaks and quadrant zones.
//!
//! | question | function | rule |
//! |---|---|---|
//! | which values belong together | [`natural_breaks`] | the exact Fisher optimum (Fisher 1958) |
//! | which mitigation zone is a region in | [`quadrants`] | standardised size and depth within one year |
//!
//! What this crate does not do: it samples nothing, splits no equal values, and gives no missing value a class.

mod natural_breaks;
mod quadrants;

pub use natural_breaks::{BreaksError, Classification, natural_breaks};
pub use quadrants::{Placed, Quadrant, Split, quadrants, split_levels};
