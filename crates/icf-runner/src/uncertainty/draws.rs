//! What is drawn, put together once and handed on to all that draws.

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_ensemble::{Closed, Shock};
use icf_scenario::Loaded;
use icf_units::YearRange;

use super::{Ground, Setup, closed, ground, residuals, setup};
use crate::Prepared;
use crate::trajectories::Projected;

/// The draws of a scenario, for the tables of the ensemble and for questions asked backwards.
pub(crate) struct Draws {
    pub(super) setup: Setup,
    /// The chain, where it has a closed form.
    pub(super) closed: Option<Closed>,
    pub(super) years: YearRange,
}

impl Draws {
    /// `None` where nothing is drawn of what is projected.
    ///
    /// # Errors
    /// Every input and design that cannot be drawn; and where a question asks for a probability, every input without a closed
    /// form: each number that is tried would be as many runs as there are draws.
    pub(crate) fn of(
        loaded: &Loaded,
        prepared: &Prepared,
        projected: &Projected,
    ) -> Result<Option<Self>, Diagnostics> {
        let Some(ground) = ground(loaded, prepared, projected) else { return Ok(None) };
        let setup = setup(&ground, residuals::shocks(&ground)?, None)?;
        let asked = loaded.scenario().solve.iter().position(|question| question.probability.is_some());
        let closed = match (closed::chain(&ground, &setup), asked) {
            (Ok(closed), _) => Some(closed),
            (Err(_), None) => None,
            (Err(open), Some(number)) => {
                let mut mistakes = Diagnostics::default();
                mistakes.extend(open.into_iter().map(|input| without_form(loaded, number, &input)));
                return Err(mistakes);
            }
        };
        Ok(Some(Self { setup, closed, years: ground.years }))
    }

    /// The same draws under a scenario in which another key is turned; `None` where they cannot be drawn there. What the turned
    /// key leaves alone is not made again: distributions, and errors of models that are still the same.
    pub(crate) fn again(
        &self,
        before: &Projected,
        loaded: &Loaded,
        prepared: &Prepared,
        projected: &Projected,
    ) -> Option<Self> {
        let ground = ground(loaded, prepared, projected)?;
        let shocks = self.shocks_again(before, &ground)?;
        let same_picks = |a: &Shock, b: &Shock| {
            a.picks(self.years.len()) == b.picks(ground.years.len()) && a.input == b.input
        };
        let own = &self.setup.plan;
        let is_same = own.shocks.iter().zip(&shocks).all(|(a, b)| same_picks(a, b));
        let setup = setup(&ground, shocks, is_same.then(|| own.inputs.clone())).ok()?;
        let closed = closed::chain(&ground, &setup).ok()?;
        Some(Self { setup, closed: Some(closed), years: ground.years })
    }

    fn shocks_again(&self, before: &Projected, ground: &Ground<'_>) -> Option<Vec<Shock>> {
        let shocks = &self.setup.plan.shocks;
        if shocks.is_empty() {
            return Some(vec![]);
        }
        let is_same = self.years == ground.years && residuals::are_alike(before, ground.projected);
        if is_same { Some(shocks.clone()) } else { residuals::shocks(ground).ok() }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u64 {
        self.setup.plan.draws * u64::from(self.setup.plan.replicates)
    }
}

/// A mistake at an input whose draws have no closed form.
fn without_form(loaded: &Loaded, number: usize, input: &closed::Open) -> Diagnostic {
    let closed::Open { key, why } = input;
    let message = format!(
        "`solve[{number}]` asks for a probability, and the draws of `{key}` have no closed form: {why}"
    );
    let mistake = loaded.diagnose_entry("uncertainty.inputs", key, "", "no-closed-form", message);
    mistake.hint(
        "leave this input or `probability` out; rates of `rate`, points of a linear `path`, levels of thresholds and errors \
         of the past have one",
    )
}
