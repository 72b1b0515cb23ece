//! Another fuel for the same heat.

use icf_units::Ratio;

use super::{Act, Effect};
use crate::mix::{Carrier, Change, Mix};
use crate::setting::share;
use crate::{LeverMistake, Ramp, Setting};

/// Another fuel for the same heat: a share x of a fuel's use moves to another by a year, on a straight line, and each
/// tonne that it emitted becomes (D₂/S₂)/(D₁/S₁) tonnes, with the carbon factors D and heat contents S of the run:
/// E(t) = E₀(t)·(1 − w·x·(1 − (D₂/S₂)/(D₁/S₁))), w the fuel's share in the region's emissions as in
/// [`Efficiency`](crate::Efficiency). Under `as-published` D is the printed S·D, as everywhere.
///
/// Source: the paper, section 5, recommendation 1 ("advance energy transformation").
#[derive(Clone, Debug, PartialEq)]
pub struct FuelSwitch {
    /// Places of the regions.
    pub regions: Vec<usize>,
    /// Place of the fuel that goes.
    pub fuel: usize,
    /// Place of the fuel that comes.
    pub instead: usize,
    /// The share of the fuel's use that moves in the end.
    pub share: Ratio,
    /// When.
    pub ramp: Ramp,
}

impl Act for FuelSwitch {
    fn compile(&self, setting: &Setting, mix: &mut Mix) -> Result<Effect, LeverMistake> {
        setting.shape.check_regions(&self.regions)?;
        self.ramp.check(setting.shape.years)?;
        let moved = share("share", self.share.get())?;
        let (from, to) = (setting.fuel(self.fuel)?, setting.fuel(self.instead)?);
        if self.fuel == self.instead {
            return Err(LeverMistake::SameFuel(from.name.clone()));
        }
        let emitted = from.per_heat()?;
        if emitted <= 0.0 {
            return Err(LeverMistake::NoFactor(from.name.clone()));
        }
        let ratio = to.per_heat()? / emitted;
        Ok(Effect::of_fuels(setting.shape, &self.regions, mix, |year| {
            let instead = Some((Carrier::Fuel(self.instead), ratio));
            vec![Change { fuel: self.fuel, gone: moved * self.ramp.part(year), instead }]
        }))
    }
}
