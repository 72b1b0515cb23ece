//! Dry years.

use icf_units::{Ratio, Year};

use super::{Act, Effect};
use crate::mix::Mix;
use crate::setting::share;
use crate::{LeverMistake, Setting, Span};

/// Dry years: in each the sink loses a share q, which comes back on a straight line within R years:
/// CS(t) = CS₀(t)·Π (1 − q·max(0, 1 − (t − d)/R)) over the dry years d up to t.
///
/// Source: the paper, section 3, names extreme weather as what its stable sink leaves out.
///
/// ```
/// use icf_levers::{Drought, Lever, Levers, Paths, Setting, Shape};
/// use icf_units::{Ratio, TonnesCarbon, Year, YearRange};
/// let shape = Shape { regions: 1, years: YearRange::new(Year::new(2024), Year::new(2027)).unwrap() };
/// let lever = Drought { regions: vec![0], years: vec![Year::new(2025)], loss: Ratio::new(0.2), recovery: 2 };
/// let levers = Levers::compile(&[Lever::Drought(lever)], &Setting::without_fuels(shape)).unwrap();
/// let mut paths = Paths { sink: vec![TonnesCarbon::new(100.0); 4], ..Paths::zero(shape) };
/// levers.apply(&mut paths);
/// let left: Vec<f64> = paths.sink.iter().map(|cell| cell.get()).collect();
/// assert_eq!(left, [100.0, 80.0, 90.0, 100.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Drought {
    /// Places of the regions.
    pub regions: Vec<usize>,
    /// The dry years.
    pub years: Vec<Year>,
    /// The share of the sink that is lost in a dry year.
    pub loss: Ratio,
    /// Years until the loss has come back; at least one.
    pub recovery: u32,
}

impl Act for Drought {
    fn compile(&self, setting: &Setting, _mix: &mut Mix) -> Result<Effect, LeverMistake> {
        setting.shape.check_regions(&self.regions)?;
        for year in &self.years {
            Span { from: *year, to: *year }.check(setting.shape.years)?;
        }
        if self.recovery == 0 {
            return Err(LeverMistake::NoRecovery);
        }
        let loss = share("loss", self.loss.get())?;
        let left = |dry: &Year, year: Year| {
            let since = year.since(*dry);
            let open = if since < 0 { 0.0 } else { 1.0 - f64::from(since) / f64::from(self.recovery) };
            1.0 - loss * open.max(0.0)
        };
        Ok(Effect::ScaleSink(Effect::factors(setting.shape, &self.regions, |_, year| {
            self.years.iter().map(|dry| left(dry, year)).product()
        })))
    }
}
