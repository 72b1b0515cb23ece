//! The ecosystem carbon sink, CS, and the uptake of a mean hectare, η.

use icf_units::{Hectares, Ratio, TonnesCarbon, TonnesPerHectare};

/// One class of land in one region and year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LandClass {
    /// Area A.
    pub area: Hectares,
    /// Carbon taken up by a hectare in a year, NPP (the paper writes NPP and NEP for the same constant).
    pub npp: TonnesPerHectare,
    /// Equivalence factor E; 1 unless a table is given.
    pub equivalence: Ratio,
}

/// Ecosystem carbon sink: CS = Σ A·NPP·E over land classes.
///
/// ```
/// use icf_footprint::{LandClass, carbon_sink};
/// use icf_units::{Hectares, Ratio, TonnesPerHectare};
/// let forest = LandClass {
///     area: Hectares::new(100.0), npp: TonnesPerHectare::new(3.8096), equivalence: Ratio::new(1.0),
/// };
/// let grassland = LandClass {
///     area: Hectares::new(50.0), npp: TonnesPerHectare::new(0.9482), equivalence: Ratio::new(1.0),
/// };
/// assert!((carbon_sink([forest, grassland]).get() - 428.37).abs() < 1e-9);
/// ```
#[must_use]
pub fn carbon_sink(classes: impl IntoIterator<Item = LandClass>) -> TonnesCarbon {
    classes
        .into_iter()
        .map(|class| TonnesCarbon::new(class.area.get() * class.npp.get() * class.equivalence.get()))
        .sum()
}

/// Uptake of a mean hectare, the denominator of ICF and CEC: η = Σ NPP·P, with the classes' shares P of
/// absorption summing to one.
///
/// ```
/// use icf_footprint::mean_uptake;
/// use icf_units::TonnesPerHectare;
/// let eta = mean_uptake([(TonnesPerHectare::new(3.8096), 0.8272), (TonnesPerHectare::new(0.9482), 0.1728)]);
/// assert!((eta.get() - 3.315_150_08).abs() < 1e-12);
/// ```
#[must_use]
pub fn mean_uptake(classes: impl IntoIterator<Item = (TonnesPerHectare, f64)>) -> TonnesPerHectare {
    classes.into_iter().map(|(npp, share)| npp * share).sum()
}
