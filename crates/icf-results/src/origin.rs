//! What the figures of a region and year are made of.

use icf_units::{Hectares, Ratio, RegionId, TonnesCo2, TonnesPerHectare, Year};

/// What one fuel adds to the emissions of a region in a year: its amount times the factor in `fuel_factors`.
#[derive(Clone, Debug, PartialEq)]
pub struct FuelOrigin {
    /// Region.
    pub region: RegionId,
    /// Calendar year of the history.
    pub year: Year,
    /// Fuel id.
    pub fuel: String,
    /// Emissions as CO2; for `as-published` the printed Q·S·D.
    pub emissions: TonnesCo2,
}

/// What one class of land adds to the sink of a region in a year: area times uptake times equivalence.
#[derive(Clone, Debug, PartialEq)]
pub struct LandOrigin {
    /// Region.
    pub region: RegionId,
    /// Calendar year of the history.
    pub year: Year,
    /// Class of land.
    pub class: String,
    /// Its area.
    pub area: Hectares,
    /// Carbon that a hectare takes up in a year.
    pub npp: TonnesPerHectare,
    /// Equivalence factor.
    pub equivalence: Ratio,
}
