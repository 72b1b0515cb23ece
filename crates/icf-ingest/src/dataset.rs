//! A data set as panels.

use std::collections::BTreeMap;

use icf_diagnostics::Diagnostics;
use icf_units::{
    CarbonFactor, FuelQuantity, Hectares, MillionYuan, Panel, Persons, Quality, RegionId, TonnesCo2, Unit,
    YearRange,
};

use crate::SourceFile;

/// A figure with the flag it came with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observed<Q> {
    /// The figure.
    pub value: Q,
    /// How it came about.
    pub quality: Quality,
}

/// A region of the data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Id.
    pub id: RegionId,
    /// ISO 3166-2 code; empty when there is none.
    pub iso: String,
    /// English name.
    pub name: String,
    /// Chinese name; empty when there is none.
    pub name_zh: String,
    /// Group by grouping: every further column of the regions table.
    pub groups: BTreeMap<String, String>,
}

/// A fuel and its factors. The base unit is kg, or m³ for a gas.
#[derive(Clone, Debug, PartialEq)]
pub struct Fuel {
    /// Id.
    pub id: String,
    /// English name.
    pub name: String,
    /// Unit of the yearbook.
    pub unit: Unit,
    /// Standard-coal coefficient in kgce per base unit.
    pub standard_coal: Option<f64>,
    /// Standard-coal coefficient S as the paper prints it; a fuel without one is not of the paper's set.
    pub paper_s: Option<f64>,
    /// Carbon factor D as the paper prints it.
    pub paper_d: Option<CarbonFactor>,
    /// GB/T 32151.22: heat value × carbon content × oxidation × 44/12.
    pub gbt_factor: Option<CarbonFactor>,
    /// Factor that the CEADs inventories imply.
    pub ceads_factor: Option<CarbonFactor>,
}

/// Areas of one land class after one source, a panel from the first to the last year with a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct LandArea {
    /// `inventory` or `modis-2019`.
    pub source: String,
    /// Land class, e.g. `forest`.
    pub class: String,
    /// Area by region and year.
    pub area: Panel<Observed<Hectares>>,
}

/// A data set, checked and in base units. All panels have the same regions in the same order.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Built-in name, or the last part of the path.
    pub name: String,
    /// Every file that was read.
    pub files: Vec<SourceFile>,
    /// The regions, by id.
    pub regions: Vec<Region>,
    /// The fuels, in the order of their table; none in a data set that gives emissions alone.
    pub fuels: Vec<Fuel>,
    /// Years with figures of energy, or of emissions in a data set without energy.
    pub emission_years: YearRange,
    /// Final consumption by fuel id; empty in a data set that gives emissions alone.
    pub energy: BTreeMap<String, Panel<Observed<FuelQuantity>>>,
    /// The part of it used as feedstock, by fuel id; empty when unknown.
    pub non_energy: BTreeMap<String, Panel<Observed<FuelQuantity>>>,
    /// Industrial emissions as the data set gives them; a run takes them where there is no energy.
    pub emissions: Option<Panel<Observed<TonnesCo2>>>,
    /// Land by source and class; empty when not given.
    pub land: Vec<LandArea>,
    /// Permanent residents, when given.
    pub population: Option<Panel<Observed<Persons>>>,
    /// Gross regional product in current prices, when given.
    pub product: Option<Panel<Observed<MillionYuan>>>,
    /// Boundaries as GeoJSON, when given.
    pub boundaries: Option<String>,
    /// What the reader should know although the data set can be used.
    pub warnings: Diagnostics,
}

impl Dataset {
    /// The areas of a land class after a source.
    #[must_use]
    pub fn land_area(&self, source: &str, class: &str) -> Option<&Panel<Observed<Hectares>>> {
        self.land.iter().find(|land| land.source == source && land.class == class).map(|land| &land.area)
    }

    /// The groupings that the regions table has, by name.
    #[must_use]
    pub fn groupings(&self) -> Vec<String> {
        self.regions.first().map(|region| region.groups.keys().cloned().collect()).unwrap_or_default()
    }
}
