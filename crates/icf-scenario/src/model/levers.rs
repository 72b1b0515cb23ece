//! What policy, or the weather, changes of the projection.

use icf_units::Year;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RegionKey;
use super::years::CalendarYear;
use crate::scalar::{Area, GridFactor, Mass, Percent, Price, Rate};

/// The regions of a lever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RegionSet {
    /// Every region of the run.
    #[default]
    All,
    /// These regions: by code, by English name, or by group.
    // Untagged is safe here: the schema has checked the value before serde sees it.
    #[serde(untagged)]
    Listed(#[schemars(length(min = 1))] Vec<RegionKey>),
}

/// By how much emissions fall a year in each mitigation zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct ZoneRates {
    /// In the core zone: high size, high depth.
    #[serde(rename = "I", skip_serializing_if = "Option::is_none")]
    pub core: Option<Rate>,
    /// In the critical zone: low size, high depth.
    #[serde(rename = "II", skip_serializing_if = "Option::is_none")]
    pub critical: Option<Rate>,
    /// In the observation zone: low size, low depth.
    #[serde(rename = "III", skip_serializing_if = "Option::is_none")]
    pub observation: Option<Rate>,
    /// In the buffer zone: high size, low depth.
    #[serde(rename = "IV", skip_serializing_if = "Option::is_none")]
    pub buffer: Option<Rate>,
}

impl ZoneRates {
    /// The zones that have a rate, by their numbers.
    pub fn iter(self) -> impl Iterator<Item = (&'static str, Rate)> {
        [("I", self.core), ("II", self.critical), ("III", self.observation), ("IV", self.buffer)]
            .into_iter()
            .filter_map(|(zone, rate)| Some((zone, rate?)))
    }
}

/// When deficits are matched with surpluses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TradeYears {
    /// At the horizon alone.
    #[default]
    Horizon,
    /// In every projected year.
    EveryYear,
}

/// Declares the levers: each has a name and a source besides its own keys, and those that act on regions say so.
macro_rules! levers {
    ($($(#[$doc:meta])* $lever:ident = $word:literal { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)* })*) => {
        /// What policy, or the weather, changes of the projected years.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "lever", deny_unknown_fields)]
        pub enum Lever {
            $(
                $(#[$doc])*
                #[serde(rename = $word)]
                $lever {
                    /// What tables call it; by default the kind of lever.
                    #[serde(default, skip_serializing_if = "String::is_empty")]
                    name: String,
                    $($(#[$field_doc])* $field: $ty,)*
                    /// Where the figures come from.
                    #[serde(default)]
                    source: String,
                },
            )*
        }

        impl Lever {
            /// The kind of lever, as a scenario writes it.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self {
                    $(Self::$lever { .. } => $word,)*
                }
            }

            /// What tables call it.
            #[must_use]
            pub fn name(&self) -> &str {
                let name = match self {
                    $(Self::$lever { name, .. } => name,)*
                };
                if name.is_empty() { self.kind() } else { name }
            }

            /// Where the figures come from; empty when the scenario does not say.
            #[must_use]
            pub fn source(&self) -> &str {
                match self {
                    $(Self::$lever { source, .. } => source,)*
                }
            }
        }
    };
}

levers! {
    /// Less fuel for the same product (the paper, section 5, recommendation 3).
    Efficiency = "efficiency" {
        /// Regions by code, English name or group; `all` by default.
        #[serde(default)]
        regions: RegionSet,
        /// Only these fuels, weighted by their shares of the last observed year; all by default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1))]
        fuels: Option<Vec<String>>,
        /// What is saved a year, e.g. `2 %/yr`.
        rate: Rate,
        /// The first year in which it shows; by default the first projected one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        from: Option<Year>,
        /// The last year of saving more; by default the horizon.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        to: Option<Year>,
    }
    /// Another fuel for the same heat (section 5, recommendation 1).
    FuelSwitch = "fuel-switch" {
        /// Regions by code, English name or group; `all` by default.
        #[serde(default)]
        regions: RegionSet,
        /// The fuel that goes.
        #[schemars(length(min = 1))]
        fuel: String,
        /// The fuel that comes.
        #[schemars(length(min = 1))]
        instead: String,
        /// The share of its use that has moved by then, e.g. `20 %`.
        share: Percent,
        /// The first year in which it shows; by default the first projected one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        from: Option<Year>,
        /// The year by which all of the share has moved, on a straight line.
        #[schemars(with = "CalendarYear")]
        by: Year,
    }
    /// Electricity in the place of a fuel (section 5, recommendation 3).
    Electrification = "electrification" {
        /// Regions by code, English name or group; `all` by default.
        #[serde(default)]
        regions: RegionSet,
        /// The fuel that goes.
        #[schemars(length(min = 1))]
        fuel: String,
        /// The share of its use that has moved by then, e.g. `20 %`.
        share: Percent,
        /// CO2 of the electricity, e.g. `0.5366 t CO2/MWh`, or `0 t CO2/MWh` for green electricity.
        factor: GridFactor,
        /// kWh of electricity that do what a kWh of the fuel's heat does.
        #[serde(default = "one")]
        #[schemars(range(min = 0, max = 10))]
        per_heat: f64,
        /// The first year in which it shows; by default the first projected one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        from: Option<Year>,
        /// The year by which all of the share has moved, on a straight line.
        #[schemars(with = "CalendarYear")]
        by: Year,
    }
    /// Capture and storage (section 5, recommendation 1).
    Capture = "capture" {
        /// Regions by code, English name or group; `all` by default.
        #[serde(default)]
        regions: RegionSet,
        /// The share of emissions that is captured, e.g. `10 %`.
        rate: Percent,
        /// What all its regions together can capture in a year, e.g. `5 Mt CO2`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cap: Option<Mass>,
        /// The first year in which it shows; by default the first projected one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        from: Option<Year>,
        /// The year by which all of it is built, on a straight line; by default the first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        by: Option<Year>,
    }
    /// New forest, or another class of land (section 5, recommendations 1 and 3).
    Afforestation = "afforestation" {
        /// Regions by code, English name or group; `all` by default.
        #[serde(default)]
        regions: RegionSet,
        /// What all its regions together plant a year, e.g. `1e5 hm2`.
        area: Area,
        /// The class of land.
        #[serde(default = "forest")]
        #[schemars(length(min = 1))]
        class: String,
        /// Years until a planting takes up all it can, on a straight line.
        #[schemars(range(min = 0, max = 200))]
        lag: u32,
        /// The first year of planting; by default the first projected one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        from: Option<Year>,
        /// The last year of planting; by default the horizon.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        to: Option<Year>,
    }
    /// A sink that wears away (section 3; section 5, recommendation 4).
    SinkDegradation = "sink-degradation" {
        /// Regions by code, English name or group; `all` by default.
        #[serde(default)]
        regions: RegionSet,
        /// What is lost a year, e.g. `0.5 %/yr`.
        rate: Rate,
        /// The first year in which it shows; by default the first projected one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        from: Option<Year>,
        /// The last year of losing more; by default the horizon.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        to: Option<Year>,
    }
    /// Dry years (section 3).
    Drought = "drought" {
        /// Regions by code, English name or group; `all` by default.
        #[serde(default)]
        regions: RegionSet,
        /// The dry years.
        #[schemars(with = "Vec<CalendarYear>", length(min = 1))]
        years: Vec<Year>,
        /// The share of the sink that a dry year takes, e.g. `10 %`.
        loss: Percent,
        /// Years until the loss has come back, on a straight line.
        #[serde(default = "one_year")]
        #[schemars(range(min = 1, max = 200))]
        recovery: u32,
    }
    /// Industry that moves to another region (sections 2.1.3 and 3).
    Relocation = "relocation" {
        /// The region that industry leaves.
        out_of: RegionKey,
        /// The region that it comes to.
        into: RegionKey,
        /// The share of its emissions that has moved by then, e.g. `10 %`; or else an `amount`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        share: Option<Percent>,
        /// What of its emissions has moved by then, e.g. `20 Mt CO2`; or else a `share`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Mass>,
        /// The share of the moved emissions that a better plant saves.
        #[serde(default = "none")]
        gain: Percent,
        /// The first year in which it shows; by default the first projected one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        from: Option<Year>,
        /// The year by which all of it has moved, on a straight line.
        #[schemars(with = "CalendarYear")]
        by: Year,
    }
    /// Emission standards by mitigation zone, as of the last year of the history (section 5, recommendation 1).
    Standards = "standards" {
        /// Regions by code, English name or group; `all` by default.
        #[serde(default)]
        regions: RegionSet,
        /// By how much emissions fall a year in each zone, e.g. `{ I: 4 %/yr, II: 3 %/yr }`.
        rates: ZoneRates,
        /// The first year in which it shows; by default the first projected one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        from: Option<Year>,
        /// The last year of falling further; by default the horizon.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<CalendarYear>")]
        to: Option<Year>,
    }
    /// Sink trading: deficits matched with surpluses at least distance, an account beside (section 5, recommendation 2).
    Trade = "trade" {
        /// Who takes part, by code, English name or group; `all` by default.
        #[serde(default)]
        regions: RegionSet,
        /// In which years.
        #[serde(default)]
        years: TradeYears,
        /// What the sink costs, e.g. `60 yuan/tCO2`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        price: Option<Price>,
    }
}

impl Lever {
    /// The regions that it acts on; `None` for relocation, which names its two.
    #[must_use]
    pub const fn regions(&self) -> Option<&RegionSet> {
        match self {
            Self::Efficiency { regions, .. }
            | Self::FuelSwitch { regions, .. }
            | Self::Electrification { regions, .. }
            | Self::Capture { regions, .. }
            | Self::Afforestation { regions, .. }
            | Self::SinkDegradation { regions, .. }
            | Self::Drought { regions, .. }
            | Self::Standards { regions, .. }
            | Self::Trade { regions, .. } => Some(regions),
            Self::Relocation { .. } => None,
        }
    }
}

const fn one() -> f64 {
    1.0
}

const fn one_year() -> u32 {
    1
}

fn forest() -> String {
    "forest".to_owned()
}

fn none() -> Percent {
    Percent::ZERO
}
