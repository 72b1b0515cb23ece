//! Spatial weights and autocorrelation: global, local, through time.
//!
//! | question | item | source |
//! |---|---|---|
//! | who is whose neighbour, and how much does each count | [`Weights`], [`IslandPolicy`] | Cliff & Ord 1981 |
//! | who is near whom | [`nearest_neighbours`], [`distance_band`], [`kernel_weights`] of [`Points`] | Anselin & Rey 2014 |
//! | who is near in plane or on the globe | [`Distance`] | Sinnott 1984 |
//! | who is a neighbour's neighbour, or in the same group | [`higher_order`], [`block_weights`] | Anselin & Smirnov 1996 |
//! | which links are in either, both or one | [`Weights::union`], [`Weights::intersection`], [`Weights::difference`] | |
//! | how do others hand weights over | [`read_gal`], [`write_gal`], [`read_gwt`], [`write_gwt`] | the files of GeoDa, libpysal and spdep |
//! | what do the weights look like | [`Weights::summary`], [`Weights::require_symmetric`] | |
//! | are like values near each other | [`moran`] | Moran 1950; moments after Cliff & Ord 1981 |
//! | where are they | [`local_moran`] | Anselin 1995; conditional moments after Sokal et al. 1998 |
//! | how sure is that | [`PseudoP`] | five p-values by name, side by side |
//! | how sure, over many regions | [`benjamini_hochberg`], [`benjamini_yekutieli`], [`bonferroni`] | |
//! | how does it move | [`transition`], [`TransitionTable`] | Rey 2001 |
//!
//! Values are joined to weights by id only; a missing value leaves its region out, and `n` says so. Random
//! numbers are keyed by (seed, purpose, permutation), so threads change nothing.
//!
//! What this crate does not do: it opens no file (weights files are text in and text out), makes no polygon a
//! neighbour, and draws no map.

mod band;
mod block;
mod distance;
mod error;
mod file_mistake;
mod gal;
mod gwt;
mod higher_order;
mod islands;
mod join;
mod kd_tree;
mod kernel;
mod lisa;
mod moments;
mod moran;
mod multiple_testing;
mod nearest;
mod points;
mod pseudo_p;
mod set_operations;
mod summary;
mod transitions;
mod weights;
mod weights_text;

pub use band::{Decay, distance_band};
pub use block::block_weights;
pub use distance::{Distance, EARTH_RADIUS_KM};
pub use error::SpatialError;
pub use file_mistake::{FileMistake, LineMistake, WeightsFileError};
pub use gal::{read_gal, write_gal};
pub use gwt::{read_gwt, write_gwt};
pub use higher_order::{Orders, higher_order};
pub use islands::IslandPolicy;
pub use join::{Joined, join};
pub use kernel::{Bandwidth, Kernel, kernel_weights};
pub use lisa::{Cluster, LabelBy, Labelling, Lisa, LisaRegion, LocalMoran, Quadrant, label, local_moran};
pub use moran::{Moran, moran, moran_value};
pub use multiple_testing::{benjamini_hochberg, benjamini_yekutieli, bonferroni};
pub use nearest::nearest_neighbours;
pub use points::Points;
pub use pseudo_p::PseudoP;
pub use summary::WeightsSummary;
pub use transitions::{ReyType, Transition, TransitionTable, transition};
pub use weights::Weights;
pub use weights_text::FileHeader;

/// How random permutations are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Permutations<'a> {
    /// How many.
    pub count: u32,
    /// The run's seed.
    pub seed: u64,
    /// What they are for, e.g. variable and year: each purpose has numbers of its own.
    pub purpose: &'a str,
}
