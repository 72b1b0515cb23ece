//! A sink that wears away.

use icf_units::Ratio;

use super::{Act, Effect};
use crate::mix::Mix;
use crate::setting::share;
use crate::{LeverMistake, Setting, Span};

/// A sink that wears away: CS(t) = CS₀(t)·(1 − d)^n, with n the years since the first. It comes on top of what the
/// projection's model of the sink already assumes.
///
/// Source: the paper, section 3 ("the model assumes relatively stable ecosystem carbon sink capacity"), and section 5,
/// recommendation 4 on degradation risk.
#[derive(Clone, Debug, PartialEq)]
pub struct SinkDegradation {
    /// Places of the regions.
    pub regions: Vec<usize>,
    /// The share lost a year.
    pub per_year: Ratio,
    /// When.
    pub span: Span,
}

impl Act for SinkDegradation {
    fn compile(&self, setting: &Setting, _mix: &mut Mix) -> Result<Effect, LeverMistake> {
        setting.shape.check_regions(&self.regions)?;
        self.span.check(setting.shape.years)?;
        let per_year = share("rate", self.per_year.get())?;
        Ok(Effect::ScaleSink(Effect::factors(setting.shape, &self.regions, |_, year| {
            self.span.left(per_year, year)
        })))
    }
}
