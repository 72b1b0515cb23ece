//! The levers: one file each, and one line each in [`Lever`].

mod afforestation;
mod capture;
mod drought;
mod efficiency;
mod electrification;
mod fuel_switch;
mod relocation;
mod sink_degradation;
mod standards;

use icf_units::{TonnesCarbon, Year};

use crate::mix::{Change, Mix};
use crate::{LeverMistake, Note, Paths, Setting, Shape};

pub use afforestation::Afforestation;
pub use capture::Capture;
pub use drought::Drought;
pub use efficiency::Efficiency;
pub use electrification::Electrification;
pub use fuel_switch::FuelSwitch;
pub use relocation::{Moved, Relocation};
pub use sink_degradation::SinkDegradation;
pub use standards::Standards;

/// A lever on the emissions or the sink of the projected years.
#[derive(Clone, Debug, PartialEq)]
pub enum Lever {
    /// Less fuel for the same product.
    Efficiency(Efficiency),
    /// Another fuel for the same heat.
    FuelSwitch(FuelSwitch),
    /// Electricity in the place of a fuel.
    Electrification(Electrification),
    /// Capture and storage.
    Capture(Capture),
    /// New forest, or other land that takes up carbon.
    Afforestation(Afforestation),
    /// A sink that wears away.
    SinkDegradation(SinkDegradation),
    /// Dry years.
    Drought(Drought),
    /// Industry that moves to another region.
    Relocation(Relocation),
    /// Emission standards by mitigation zone.
    Standards(Standards),
}

/// What every lever can do.
pub(crate) trait Act {
    /// What the lever does to each cell. Levers of fuels take the mix as it is, and leave it as they make it.
    fn compile(&self, setting: &Setting, mix: &mut Mix) -> Result<Effect, LeverMistake>;
}

impl Lever {
    fn as_act(&self) -> &dyn Act {
        match self {
            Self::Efficiency(lever) => lever,
            Self::FuelSwitch(lever) => lever,
            Self::Electrification(lever) => lever,
            Self::Capture(lever) => lever,
            Self::Afforestation(lever) => lever,
            Self::SinkDegradation(lever) => lever,
            Self::Drought(lever) => lever,
            Self::Relocation(lever) => lever,
            Self::Standards(lever) => lever,
        }
    }

    pub(crate) fn compile(&self, setting: &Setting, mix: &mut Mix) -> Result<Effect, LeverMistake> {
        self.as_act().compile(setting, mix)
    }
}

/// What a compiled lever does.
#[derive(Debug)]
pub(crate) enum Effect {
    /// Emissions times a factor, cell by cell.
    ScaleEmissions(Vec<f64>),
    /// Sink times a factor, cell by cell.
    ScaleSink(Vec<f64>),
    /// Sink plus tonnes, cell by cell.
    AddToSink(Vec<TonnesCarbon>),
    /// A share of emissions, up to a cap.
    Capture(Capture),
    /// Emissions from one region to another.
    Move(Relocation),
}

impl Effect {
    pub(crate) fn apply(&self, shape: Shape, paths: &mut Paths, notes: Option<&mut Vec<Note>>) {
        match self {
            Self::ScaleEmissions(factors) => scale(&mut paths.emissions, factors),
            Self::ScaleSink(factors) => scale(&mut paths.sink, factors),
            Self::AddToSink(tonnes) => {
                paths.sink.iter_mut().zip(tonnes).for_each(|(cell, more)| *cell = *cell + *more);
            }
            Self::Capture(capture) => capture.apply(shape, paths, notes),
            Self::Move(relocation) => relocation.apply(shape, paths, notes),
        }
    }

    /// A factor a cell for some regions, one for all others.
    fn factors(shape: Shape, regions: &[usize], mut factor: impl FnMut(usize, Year) -> f64) -> Vec<f64> {
        let mut factors = vec![1.0; shape.cells()];
        for &region in regions {
            for (place, year) in shape.years.iter().enumerate() {
                factors[shape.cell(region, place)] = factor(region, year);
            }
        }
        factors
    }

    /// Changes of fuels in some regions, as factors on their emissions.
    fn of_fuels(
        shape: Shape,
        regions: &[usize],
        mix: &mut Mix,
        changes: impl Fn(Year) -> Vec<Change>,
    ) -> Self {
        let first = shape.years.first();
        Self::ScaleEmissions(Self::factors(shape, regions, |region, year| {
            let place = usize::try_from(year.since(first)).expect("a projected year is not before the first");
            mix.change(shape.cell(region, place), &changes(year))
        }))
    }
}

fn scale(cells: &mut [TonnesCarbon], factors: &[f64]) {
    cells.iter_mut().zip(factors).for_each(|(cell, factor)| *cell = *cell * *factor);
}
