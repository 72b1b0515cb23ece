//! Industrial carbon emissions, ICE.

use icf_units::{CarbonFactor, FuelQuantity, TonnesCo2};

/// What was burnt of one fuel, and the factor it is multiplied by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FuelUse {
    /// Final consumption Q in the fuel's base unit (kg, or m³ of a gas).
    pub quantity: FuelQuantity,
    /// kg CO2 per base unit, from [`crate::Convention::factor`].
    pub factor: CarbonFactor,
}

/// Industrial carbon emissions of one region and year: ICE = Σ Q·D, or Σ Q·S·D with factors as published.
///
/// Fuels are added in the order given.
///
/// ```
/// use icf_footprint::{FuelUse, emissions};
/// use icf_units::{CarbonFactor, FuelQuantity};
/// // 10⁴ t of raw coal and 10⁸ m³ of natural gas.
/// let coal = FuelUse { quantity: FuelQuantity::new(1e7), factor: CarbonFactor::new(1.9003) };
/// let gas = FuelUse { quantity: FuelQuantity::new(1e8), factor: CarbonFactor::new(2.1655) };
/// assert!((emissions([coal, gas]).get() - (19_003.0 + 216_550.0)).abs() < 1e-9);
/// ```
#[must_use]
pub fn emissions(fuels: impl IntoIterator<Item = FuelUse>) -> TonnesCo2 {
    let kilograms: f64 = fuels
        .into_iter()
        .map(|fuel| fuel.quantity.get() * fuel.factor.get())
        .fold(0.0, |sum, term| sum + term);
    TonnesCo2::new(kilograms / 1e3)
}
