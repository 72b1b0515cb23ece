//! What levers are compiled for.

use icf_units::{CarbonFactor, YearRange};

use crate::LeverMistake;

/// How many regions, and which years: those after the last observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Regions.
    pub regions: usize,
    /// Projected years.
    pub years: YearRange,
}

impl Shape {
    /// How many cells a path has.
    #[must_use]
    pub fn cells(self) -> usize {
        self.regions * self.years.len()
    }

    /// The place of a cell: region by region, year by year.
    #[must_use]
    pub fn cell(self, region: usize, year: usize) -> usize {
        region * self.years.len() + year
    }

    pub(crate) fn check_regions(self, regions: &[usize]) -> Result<(), LeverMistake> {
        match regions.iter().find(|region| **region >= self.regions) {
            Some(region) => Err(LeverMistake::NoRegion(*region)),
            None => Ok(()),
        }
    }
}

/// A fuel of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Fuel {
    /// Its name, for messages.
    pub name: String,
    /// Heat content as standard coal, in kgce for each kg or m³; `None` when it is not known.
    pub standard_coal: Option<f64>,
    /// Carbon factor as the run applies it: D, or S·D as printed.
    pub factor: CarbonFactor,
}

/// What levers are compiled for.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Regions and projected years.
    pub shape: Shape,
    /// The fuels of the run; none where emissions are given without them.
    pub fuels: Vec<Fuel>,
    /// The share of each fuel in a region's emissions in the last observed year, region by region. Zeros where a region
    /// has none.
    pub fuel_shares: Vec<f64>,
}

impl Setting {
    /// A setting without fuels, on which levers of fuels cannot be compiled.
    #[must_use]
    pub fn without_fuels(shape: Shape) -> Self {
        Self { shape, fuels: vec![], fuel_shares: vec![] }
    }

    pub(crate) fn fuel(&self, place: usize) -> Result<&Fuel, LeverMistake> {
        self.fuels.get(place).ok_or(LeverMistake::NoFuel(place))
    }
}

impl Fuel {
    /// CO2 for a kgce of heat, as the run counts it.
    ///
    /// # Errors
    /// When heat content is not known, or the fuel has no emissions to measure by.
    pub(crate) fn per_heat(&self) -> Result<f64, LeverMistake> {
        let heat = self.standard_coal.filter(|heat| *heat > 0.0);
        let heat = heat.ok_or_else(|| LeverMistake::NoHeat(self.name.clone()))?;
        Ok(self.factor.get() / heat)
    }
}

/// A figure that must lie between 0 and 1.
pub(crate) fn share(what: &'static str, value: f64) -> Result<f64, LeverMistake> {
    if (0.0..=1.0).contains(&value) { Ok(value) } else { Err(LeverMistake::NotAShare { what, value }) }
}

/// A figure that must be zero or more, and a number.
pub(crate) fn amount(what: &'static str, value: f64) -> Result<f64, LeverMistake> {
    if value >= 0.0 && value.is_finite() { Ok(value) } else { Err(LeverMistake::NotAnAmount { what, value }) }
}
