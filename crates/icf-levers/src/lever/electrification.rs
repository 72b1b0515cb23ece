//! Electricity in the place of a fuel.

use icf_units::Ratio;

use super::{Act, Effect};
use crate::mix::{Carrier, Change, Mix};
use crate::setting::{amount, share};
use crate::{LeverMistake, Ramp, Setting};

/// Electricity that has the heat of a kilogram of standard coal, in kWh: 29.3076 MJ / 3.6 MJ (7000 kcal a kgce, as in
/// GB/T 2589).
pub(crate) const KWH_PER_KGCE: f64 = 29.3076 / 3.6;

/// Electricity in the place of a fuel: a share x of the fuel's use moves to electricity by a year, on a straight line.
/// Each kg or m³ needs S·8.141·h kWh, h the electricity for a unit of the fuel's heat, and emits g kg CO2 a kWh where
/// the electricity is made: E(t) = E₀(t)·(1 − w·x·(1 − S·8.141·h·g/D)), w as in [`Efficiency`](crate::Efficiency).
///
/// Emissions of the power plants are counted with the region that uses the electricity; the accounts have none of the
/// electricity that industry uses already. Source: the paper, section 5, recommendation 3 ("green electricity
/// substitution technologies").
#[derive(Clone, Debug, PartialEq)]
pub struct Electrification {
    /// Places of the regions.
    pub regions: Vec<usize>,
    /// Place of the fuel that goes.
    pub fuel: usize,
    /// The share of the fuel's use that moves in the end.
    pub share: Ratio,
    /// kWh of electricity for a kWh of the fuel's heat.
    pub per_heat: Ratio,
    /// t CO2 a MWh, which is kg CO2 a kWh.
    pub grid_factor: f64,
    /// When.
    pub ramp: Ramp,
}

impl Act for Electrification {
    fn compile(&self, setting: &Setting, mix: &mut Mix) -> Result<Effect, LeverMistake> {
        setting.shape.check_regions(&self.regions)?;
        self.ramp.check(setting.shape.years)?;
        let moved = share("share", self.share.get())?;
        let grid = amount("emission factor of electricity", self.grid_factor)?;
        let per_heat = amount("electricity for the fuel's heat", self.per_heat.get())?;
        let fuel = setting.fuel(self.fuel)?;
        let emitted = fuel.per_heat()?;
        if emitted <= 0.0 {
            return Err(LeverMistake::NoFactor(fuel.name.clone()));
        }
        let ratio = KWH_PER_KGCE * per_heat * grid / emitted;
        Ok(Effect::of_fuels(setting.shape, &self.regions, mix, |year| {
            let instead = Some((Carrier::Electricity, ratio));
            vec![Change { fuel: self.fuel, gone: moved * self.ramp.part(year), instead }]
        }))
    }
}
