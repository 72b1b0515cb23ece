//! Quantities with their unit in the type, region and year ids, and the dense region × year [`Panel`].
//!
//! Everything that travels between the crates is made of these types, so that tonnes of CO2 cannot be
//! mistaken for tonnes of carbon nor an area for an area per person.
//!
//! What this crate does not do: it reads and writes nothing, and it knows nothing of footprints.

mod panel;
mod quality;
mod quantity;
mod region;
mod unit;
mod year;

pub use panel::{Axes, Panel};
pub use quality::Quality;
pub use quantity::{
    CO2_TO_CARBON, CarbonFactor, FuelQuantity, Hectares, HectaresPerPerson, MillionYuan, Persons, Quantity,
    Ratio, Tonnes, TonnesCarbon, TonnesCo2, TonnesPerHectare,
};
pub use region::RegionId;
pub use unit::{Dimension, Unit, UnitError};
pub use year::{Year, YearRange, YearRangeError};
