//! What the tables `regions`, `groups` and `nation` have in common.

use icf_results::{GroupRow, RegionRow};
use icf_units::{Hectares, HectaresPerPerson, Persons, Ratio, TonnesCarbon, TonnesCo2};

/// The figures of a region, a group or the nation in one year.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Account {
    pub(super) population: Option<Persons>,
    pub(super) emissions: Option<TonnesCo2>,
    pub(super) sink: Option<TonnesCarbon>,
    pub(super) footprint: Option<Hectares>,
    pub(super) capacity: Option<Hectares>,
    pub(super) deficit: Option<Hectares>,
    pub(super) surplus: Option<Hectares>,
    pub(super) size: Option<Hectares>,
    pub(super) depth: Option<Ratio>,
    /// A region has nothing to net.
    pub(super) depth_netted: Option<Ratio>,
    pub(super) footprint_per_capita: Option<HectaresPerPerson>,
    pub(super) size_per_capita: Option<HectaresPerPerson>,
}

impl From<&RegionRow> for Account {
    fn from(row: &RegionRow) -> Self {
        Self {
            population: row.population,
            emissions: row.ice_tco2,
            sink: row.cs_t,
            footprint: row.icf_hm2,
            capacity: row.cec_hm2,
            deficit: row.deficit_hm2,
            surplus: row.surplus_hm2,
            size: row.size_hm2,
            depth: row.depth,
            depth_netted: None,
            footprint_per_capita: row.icf_hm2_per_capita,
            size_per_capita: row.size_hm2_per_capita,
        }
    }
}

impl From<&GroupRow> for Account {
    fn from(row: &GroupRow) -> Self {
        Self {
            population: row.population,
            emissions: row.ice_tco2,
            sink: row.cs_t,
            footprint: row.icf_hm2,
            capacity: row.cec_hm2,
            deficit: row.deficit_hm2,
            surplus: row.surplus_hm2,
            size: row.size_hm2,
            depth: row.depth,
            depth_netted: row.depth_netted,
            footprint_per_capita: row.icf_hm2_per_capita,
            size_per_capita: row.size_hm2_per_capita,
        }
    }
}
