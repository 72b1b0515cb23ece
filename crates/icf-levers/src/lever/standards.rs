//! Emission standards by mitigation zone.

use icf_units::Ratio;

use super::{Act, Effect};
use crate::mix::Mix;
use crate::setting::share;
use crate::{LeverMistake, Setting, Span};

/// Emission standards by mitigation zone: E_i(t) = E₀_i(t)·(1 − r_i)^n, with r_i the rate of the zone that region i is in,
/// and n the years since the first. A region without a rate keeps its path.
///
/// Source: the paper, section 5, recommendation 1 ("region-specific carbon emission standards"), with the four zones of
/// section 2.2.
#[derive(Clone, Debug, PartialEq)]
pub struct Standards {
    /// The share by which each region's emissions fall a year.
    pub per_year: Vec<Option<Ratio>>,
    /// When.
    pub span: Span,
}

impl Act for Standards {
    fn compile(&self, setting: &Setting, _mix: &mut Mix) -> Result<Effect, LeverMistake> {
        let needed = setting.shape.regions;
        if self.per_year.len() != needed {
            return Err(LeverMistake::WrongLength { what: "rates", found: self.per_year.len(), needed });
        }
        self.span.check(setting.shape.years)?;
        for rate in self.per_year.iter().flatten() {
            share("rate", rate.get())?;
        }
        let regions: Vec<usize> = (0..needed).collect();
        Ok(Effect::ScaleEmissions(Effect::factors(setting.shape, &regions, |region, year| {
            self.per_year[region].map_or(1.0, |rate| self.span.left(rate.get(), year))
        })))
    }
}
