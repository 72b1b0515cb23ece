//! Industry that moves to another region.

use icf_units::{Ratio, TonnesCarbon};

use super::{Act, Effect};
use crate::mix::Mix;
use crate::setting::{amount, share};
use crate::{LeverMistake, Note, Paths, Ramp, Setting, Shape};

/// Industry that moves to another region: by a year, on a straight line, a share of the emissions of a, or an amount of
/// tonnes, is emitted in b instead. The sum stays, unless the plant is better where it comes to: with a gain g a tonne of
/// a becomes 1 − g tonnes of b. More than a emits cannot move; an amount that is held by that is noted.
///
/// The fuels of b's emissions stay in their shares. Source: the paper, sections 2.1.3 and 3, on the transfer of
/// energy-intensive industries from the east inland.
///
/// ```
/// use icf_levers::{Lever, Levers, Moved, Paths, Ramp, Relocation, Setting, Shape};
/// use icf_units::{Ratio, TonnesCarbon, Year, YearRange};
/// let year = Year::new(2030);
/// let shape = Shape { regions: 2, years: YearRange::new(year, year).unwrap() };
/// let lever = Relocation {
///     out_of: 0, into: 1, moved: Moved::Share(Ratio::new(0.25)), gain: Ratio::new(0.1),
///     ramp: Ramp { from: year, by: year },
/// };
/// let levers = Levers::compile(&[Lever::Relocation(lever)], &Setting::without_fuels(shape)).unwrap();
/// let emissions = vec![TonnesCarbon::new(400.0), TonnesCarbon::new(50.0)];
/// let mut paths = Paths { emissions, ..Paths::zero(shape) };
/// levers.apply(&mut paths);
/// assert_eq!([paths.emissions[0].get(), paths.emissions[1].get()], [300.0, 140.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Relocation {
    /// Place of the region that industry leaves.
    pub out_of: usize,
    /// Place of the region that it comes to.
    pub into: usize,
    /// How much moves in the end.
    pub moved: Moved,
    /// The share of the moved emissions that a better plant saves.
    pub gain: Ratio,
    /// When.
    pub ramp: Ramp,
}

/// How much industry moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moved {
    /// A share of the region's emissions in each year.
    Share(Ratio),
    /// Emissions in a year.
    Amount(TonnesCarbon),
}

impl Act for Relocation {
    fn compile(&self, setting: &Setting, _mix: &mut Mix) -> Result<Effect, LeverMistake> {
        setting.shape.check_regions(&[self.out_of, self.into])?;
        self.ramp.check(setting.shape.years)?;
        if self.out_of == self.into {
            return Err(LeverMistake::SameRegion);
        }
        match self.moved {
            Moved::Share(part) => share("share", part.get())?,
            Moved::Amount(tonnes) => amount("amount", tonnes.get())?,
        };
        share("gain", self.gain.get())?;
        Ok(Effect::Move(self.clone()))
    }
}

impl Relocation {
    pub(super) fn apply(&self, shape: Shape, paths: &mut Paths, mut notes: Option<&mut Vec<Note>>) {
        for (place, year) in shape.years.iter().enumerate() {
            let part = self.ramp.part(year);
            let (from, to) = (shape.cell(self.out_of, place), shape.cell(self.into, place));
            let there = paths.emissions[from];
            let wanted = match self.moved {
                Moved::Share(share) => there * (share.get() * part),
                Moved::Amount(tonnes) => tonnes * part,
            };
            let moved = wanted.min(there);
            paths.emissions[from] = there - moved;
            paths.emissions[to] = paths.emissions[to] + moved * (1.0 - self.gain.get());
            if let (true, Some(notes)) = (moved < wanted, notes.as_deref_mut()) {
                let words =
                    format!("all {:.0} t that were there have moved, of {:.0} t", there.get(), wanted.get());
                notes.push(Note { region: self.out_of, year, words });
            }
        }
    }
}
