//! What every local statistic comes with.

use icf_units::RegionId;

use crate::{Cluster, PseudoP, Quadrant};

/// A local statistic of one region.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalStatistic {
    /// The region.
    pub region: RegionId,
    /// The statistic.
    pub value: f64,
    /// Standardised value of the region (population standard deviation).
    pub z: f64,
    /// Spatial lag of the standardised values, of the second variable where there are two.
    pub lag: f64,
    /// Place in the Moran scatter.
    pub quadrant: Quadrant,
    /// Its cluster, should it be significant.
    pub candidate: Cluster,
    /// Expectation of the statistic with the region's own value held and its neighbours drawn from the others.
    pub expected: f64,
    /// Its variance over these draws.
    pub variance: f64,
    /// Standard deviate, (value − expected)/√variance; of G* as Ord & Getis define it. An island has none, nor a
    /// region whose draws are all the same up to rounding.
    pub deviate: Option<f64>,
    /// p-values over these draws; an island has none.
    pub pseudo_p: Option<PseudoP>,
}

/// A local statistic of every region with a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Lisa {
    /// In the order of the weights.
    pub regions: Vec<LocalStatistic>,
}
