//! Exact natural breaks, the other classes of maps, and quadrant zones.
//!
//! | question | function | rule |
//! |---|---|---|
//! | which values belong together | [`natural_breaks`] | the exact Fisher optimum (Fisher 1958) |
//! | which values are of one magnitude | [`log_natural_breaks`] | the same among logarithms |
//! | as many values in each class | [`quantile_breaks`] | quantiles of R's type 7 (Hyndman & Fan 1996) |
//! | classes of one width | [`equal_intervals`] | equal parts of the range |
//! | how far from the mean | [`standard_deviation_breaks`] | mean and multiples of the standard deviation |
//! | who stands above the mean of those above the mean | [`head_tail_breaks`] | Jiang 2013 |
//! | bounds that were agreed | [`user_defined_breaks`] | given upper bounds |
//! | any of these, by name | [`classify`], [`Scheme`] | |
//! | which mitigation zone is a region in | [`quadrants`] | standardised size and depth within one year |
//!
//! Every rule yields a [`Classification`]: right-closed classes with counts, squared deviations, GVF and ADCM.
//!
//! What this crate does not do: it samples nothing, splits no equal values, and gives no missing value a class.

mod classification;
mod double_double;
mod equal_interval;
mod head_tail;
mod log_natural_breaks;
mod natural_breaks;
mod quadrants;
mod quantile;
mod scheme;
mod standard_deviation;
mod user_defined;

use classification::Sorted;

pub use classification::{BreaksError, Classification};
pub use equal_interval::equal_intervals;
pub use head_tail::head_tail_breaks;
pub use log_natural_breaks::log_natural_breaks;
pub use natural_breaks::natural_breaks;
pub use quadrants::{Placed, Quadrant, Split, quadrants, split_levels};
pub use quantile::quantile_breaks;
pub use scheme::{Scheme, SchemeName, UnknownScheme, classify};
pub use standard_deviation::standard_deviation_breaks;
pub use user_defined::user_defined_breaks;
