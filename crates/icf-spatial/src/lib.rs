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
//! | do neighbours differ less than others | [`geary`] | Geary 1954; moments after Cliff & Ord 1981 |
//! | do high values meet, or low ones | [`general_g`] | Getis & Ord 1992 |
//! | does one variable lie beside another | [`bivariate_moran`] | Wartenberg 1985 |
//! | are like rates near each other | [`rate_moran`] | Assunção & Reis 1999 |
//! | where are they | [`local_moran`] | Anselin 1995; conditional moments after Sokal et al. 1998 |
//! | the same of many sets of values, drawn once | [`Rehearsal`] | |
//! | where do neighbours differ | [`local_geary`] | Anselin 1995, 2019 |
//! | where are hot and cold spots | [`local_g`], [`local_g_star`] | Getis & Ord 1992; Ord & Getis 1995 |
//! | where does one variable lie beside another | [`local_bivariate`] | Anselin, Syabri & Smirnov 2002 |
//! | what does a map show of it | [`label`] | |
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
//! What this crate does not do: it opens no file (weights files are text in and text out), makes no polygon a
//! neighbour, and draws no map.

mod band;
mod bivariate_moran;
mod block;
mod buckets;
mod chi_square;
mod cluster;
mod co_location;
mod conditional;
mod distance;
mod error;
mod file_mistake;
mod gal;
mod geary;
mod general_g;
mod global_statistic;
mod gravity_centre;
mod gwt;
mod higher_order;
mod homogeneity;
mod islands;
mod join;
mod kd_tree;
mod kernel;
mod link_sums;
mod lisa_markov;
mod local_bivariate;
mod local_g;
mod local_geary;
mod local_moran;
mod local_statistic;
mod markov;

mod moments;
mod moran;
mod multiple_testing;
mod nearest;
mod orders;
mod permute;
mod points;
mod pseudo_p;
mod quadrant;
mod rank_mobility;
mod rate_moran;
mod rehearsal;
mod rose;
mod set_operations;
mod spatial_markov;
mod summary;

mod transitions;
mod weights;
mod weights_text;

pub use band::{Decay, distance_band};
pub use bivariate_moran::bivariate_moran;
pub use block::block_weights;
pub use chi_square::ChiSquare;
pub use cluster::{Cluster, LabelBy, Labelling, LisaRegion, label};
pub use co_location::{CoLocation, co_location};
pub use distance::{Distance, EARTH_RADIUS_KM};
pub use error::SpatialError;
pub use file_mistake::{FileMistake, LineMistake, WeightsFileError};
pub use gal::{read_gal, write_gal};
pub use geary::geary;
pub use general_g::general_g;
pub use global_statistic::GlobalStatistic;
pub use gravity_centre::{CentreMove, GravityCentre, GravityTrack, gravity_centre, gravity_track};
pub use gwt::{read_gwt, write_gwt};
pub use higher_order::{Orders, higher_order};
pub use homogeneity::{Homogeneity, chi_square_against, homogeneity};
pub use islands::IslandPolicy;
pub use join::{Joined, JoinedPair, Transform, join, join_as, join_pair, join_pair_as};
pub use kernel::{Bandwidth, Kernel, kernel_weights};
pub use lisa_markov::{Independence, LisaMarkov, independence, lisa_markov};
pub use local_bivariate::local_bivariate;
pub use local_g::{local_g, local_g_star};
pub use local_geary::local_geary;
pub use local_moran::local_moran;
pub use local_statistic::{Lisa, LocalStatistic};
pub use markov::{MarkovChain, NoSteadyState};
pub use moran::{moran, moran_value};
pub use multiple_testing::{Adjustment, benjamini_hochberg, benjamini_yekutieli, bonferroni};
pub use nearest::nearest_neighbours;
pub use points::Points;
pub use pseudo_p::PseudoP;
pub use quadrant::Quadrant;
pub use rank_mobility::{
    RankCorrelation, determinant_mobility, rank_cohesion, rank_correlation, shorrocks_mobility,
};
pub use rate_moran::{RateMoran, rate_moran};
pub use rehearsal::Rehearsal;
pub use rose::{Rose, ScatterMove, Sector, rose};
pub use spatial_markov::{Cutoffs, SpatialMarkov, spatial_markov};
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
