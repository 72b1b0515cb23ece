//! Spatial weights and autocorrelation: global, local, through time.
//!
//! | question | item | source |
//! |---|---|---|
//! | who is whose neighbour, and how much does each count | [`Weights`], [`IslandPolicy`] | Cliff & Ord 1981 |
//! | are like values near each other | [`moran`] | Moran 1950; moments after Cliff & Ord 1981 |
//! | where are they | [`local_moran`] | Anselin 1995; conditional moments after Sokal et al. 1998 |
//! | how sure is that | [`PseudoP`] | five p-values by name, side by side |
//! | how sure, over many regions | [`benjamini_hochberg`], [`benjamini_yekutieli`], [`bonferroni`] | |
//! | how does it move | [`transition`], [`TransitionTable`] | Rey 2001 |
//! | where do such moves lead, and how fast | [`MarkovChain`] | Kemeny & Snell 1976; Grassmann et al. 1985 |
//! | do regions move apart from their neighbours | [`lisa_markov`], [`independence`] | Rey 2001 |
//! | do neighbours matter for a region's moves | [`spatial_markov`] | Rey 2001 |
//! | are several chains one | [`homogeneity`], [`chi_square_against`] | Bickenbach & Bode 2003 |
//! | in which direction do they move | [`rose`] | Rey, Murray & Anselin 2011 |
//! | do ranks change | [`rank_correlation`], [`rank_cohesion`] | Kendall 1945; Rey 2004 |
//! | how mobile is a chain | [`shorrocks_mobility`], [`determinant_mobility`] | Shorrocks 1978 |
//! | where is the centre, and how does it move | [`gravity_centre`], [`gravity_track`] | Yuill 1971 |
//! | do two maps show the same clusters | [`co_location`] | Anselin et al. 2006; Cohen 1960 |
//!
//! Values are joined to weights by id only; a missing value leaves its region out, and `n` says so. Random
//! numbers are keyed by (seed, purpose, permutation), so threads change nothing.
//!
//! What this crate does not do: it reads no file, makes no polygon a neighbour, and draws no map.

mod chi_square;
mod co_location;
mod error;
mod gravity_centre;
mod homogeneity;
mod islands;
mod join;
mod lisa;
mod lisa_markov;
mod markov;
mod moments;
mod moran;
mod multiple_testing;
mod pseudo_p;
mod rank_mobility;
mod rose;
mod spatial_markov;
mod transitions;
mod weights;

pub use chi_square::ChiSquare;
pub use co_location::{CoLocation, co_location};
pub use error::SpatialError;
pub use gravity_centre::{CentreMove, GravityCentre, GravityTrack, gravity_centre, gravity_track};
pub use homogeneity::{Homogeneity, chi_square_against, homogeneity};
pub use islands::IslandPolicy;
pub use join::{Joined, join};
pub use lisa::{Cluster, LabelBy, Labelling, Lisa, LisaRegion, LocalMoran, Quadrant, label, local_moran};
pub use lisa_markov::{Independence, LisaMarkov, independence, lisa_markov};
pub use markov::{MarkovChain, NoSteadyState};
pub use moran::{Moran, moran, moran_value};
pub use multiple_testing::{benjamini_hochberg, benjamini_yekutieli, bonferroni};
pub use pseudo_p::PseudoP;
pub use rank_mobility::{
    RankCorrelation, determinant_mobility, rank_cohesion, rank_correlation, shorrocks_mobility,
};
pub use rose::{Rose, ScatterMove, Sector, rose};
pub use spatial_markov::{Cutoffs, SpatialMarkov, spatial_markov};
pub use transitions::{ReyType, Transition, TransitionTable, transition};
pub use weights::Weights;

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
