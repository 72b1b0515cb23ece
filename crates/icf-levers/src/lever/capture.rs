//! Capture and storage.

use icf_units::{Ratio, TonnesCarbon};

use super::{Act, Effect};
use crate::mix::Mix;
use crate::setting::{amount, share};
use crate::{LeverMistake, Note, Paths, Ramp, Setting, Shape};

/// Capture and storage: of the emissions E of each named region a share x is kept from the air, up to a cap K of all
/// of them together: C_i(t) = x·p(t)·E_i(t)·min(1, K/Σ x·p(t)·E_j(t)), with p(t) the part that is built. Since x is at
/// most 1, no region captures more than it emits. A cap that holds is shared out in proportion, and noted.
///
/// The energy that capture itself takes is not counted. Source: the paper, section 5, recommendation 1 ("eastern regions
/// should promote carbon capture and storage"), and section 2.2 on the core mitigation zone.
///
/// ```
/// use icf_levers::{Capture, Lever, Levers, Paths, Ramp, Setting, Shape};
/// use icf_units::{Ratio, TonnesCarbon, Year, YearRange};
/// let year = Year::new(2030);
/// let shape = Shape { regions: 2, years: YearRange::new(year, year).unwrap() };
/// let lever = Capture {
///     regions: vec![0, 1], share: Ratio::new(0.5), ramp: Ramp { from: year, by: year },
///     cap: Some(TonnesCarbon::new(100.0)),
/// };
/// let levers = Levers::compile(&[Lever::Capture(lever)], &Setting::without_fuels(shape)).unwrap();
/// let emissions = vec![TonnesCarbon::new(300.0), TonnesCarbon::new(100.0)];
/// let mut paths = Paths { emissions, ..Paths::zero(shape) };
/// levers.apply(&mut paths);
/// // Half of 400 t is 200 t, twice the cap: 75 t and 25 t are captured.
/// assert_eq!([paths.emissions[0].get(), paths.emissions[1].get()], [225.0, 75.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Capture {
    /// Places of the regions.
    pub regions: Vec<usize>,
    /// The share of emissions that is captured in the end.
    pub share: Ratio,
    /// When it is built.
    pub ramp: Ramp,
    /// What all regions together can capture in a year.
    pub cap: Option<TonnesCarbon>,
}

impl Act for Capture {
    fn compile(&self, setting: &Setting, _mix: &mut Mix) -> Result<Effect, LeverMistake> {
        setting.shape.check_regions(&self.regions)?;
        self.ramp.check(setting.shape.years)?;
        share("rate", self.share.get())?;
        if let Some(cap) = self.cap {
            amount("cap", cap.get())?;
        }
        Ok(Effect::Capture(self.clone()))
    }
}

impl Capture {
    pub(super) fn apply(&self, shape: Shape, paths: &mut Paths, mut notes: Option<&mut Vec<Note>>) {
        for (place, year) in shape.years.iter().enumerate() {
            let share = self.share.get() * self.ramp.part(year);
            let wanted: TonnesCarbon =
                self.regions.iter().map(|region| paths.emissions[shape.cell(*region, place)] * share).sum();
            let held = self.cap.filter(|cap| *cap < wanted);
            let part = held.map_or(1.0, |cap| cap.get() / wanted.get());
            for &region in &self.regions {
                let cell = &mut paths.emissions[shape.cell(region, place)];
                let captured = *cell * share * part;
                *cell = (*cell - captured).max(TonnesCarbon::ZERO);
                if let (Some(cap), Some(notes)) = (held, notes.as_deref_mut()) {
                    let words = format!(
                        "held by the cap of {:.0} t a year for all its regions; without it {:.0} t",
                        cap.get(),
                        wanted.get()
                    );
                    notes.push(Note { region, year, words });
                }
            }
        }
    }
}
