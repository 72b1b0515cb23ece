//! The chain run again for each draw.

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_ensemble::{Block, Chain, Drawn, LANES, Quantity};
use icf_scenario::{Amount, Loaded};
use icf_units::YearRange;

use super::{Ground, Setup};
use crate::accounts::Accounts;
use crate::{Cache, prepare, thresholds};

/// Accounts and models with each draw laid onto the scenario.
pub(super) struct Rerun<'a> {
    loaded: &'a Loaded,
    cache: &'a Cache,
    /// The drawn keys, each with an amount in its unit.
    keys: Vec<(&'a str, Amount)>,
    years: YearRange,
    regions: usize,
}

pub(super) fn chain<'a>(ground: &Ground<'a>, setup: &'a Setup, cache: &'a Cache) -> Rerun<'a> {
    let uncertainty = ground.loaded.scenario().uncertainty.as_ref().expect("there is no ground without it");
    let unit = |name: &'a str| {
        let amount = uncertainty.inputs.get(name)?.amounts().first()?.1.clone();
        Some((name, amount))
    };
    Rerun {
        loaded: ground.loaded,
        cache,
        keys: setup.plan.inputs.names().filter_map(unit).collect(),
        years: ground.years,
        regions: ground.infos().len(),
    }
}

impl Chain for Rerun<'_> {
    type Error = Diagnostics;

    fn carry(&self, drawn: &Drawn, block: &mut Block) -> Result<(), Diagnostics> {
        for lane in 0..drawn.lanes() {
            let values: Vec<(&str, String)> = self
                .keys
                .iter()
                .enumerate()
                .map(|(input, (key, unit))| (*key, unit.with(drawn.of(input)[lane])))
                .collect();
            let (accounts, levels) = self.run(&values).map_err(|refused| self.refuse(&values, &refused))?;
            self.fill(&accounts, lane, block);
            for (into, level) in block.levels.iter_mut().zip(levels) {
                into[lane] = level;
            }
        }
        Ok(())
    }
}

impl Rerun<'_> {
    /// The accounts with some values, and the level of each threshold.
    fn run(&self, values: &[(&str, String)]) -> Result<(Accounts, Vec<f64>), Diagnostics> {
        let loaded = self.loaded.with("uncertainty.inputs", "draw", values)?;
        let prepared = prepare(&loaded, self.cache)?;
        let projected = prepared.accounts_ahead(&loaded, self.cache)?;
        let of = |threshold: &icf_scenario::Threshold| {
            threshold.level.map_or(0.0, |level| thresholds::level(level, prepared.basis))
        };
        let levels = loaded.scenario().thresholds.iter().map(of).collect();
        Ok((projected.accounts, levels))
    }

    fn fill(&self, accounts: &Accounts, lane: usize, block: &mut Block) {
        debug_assert!(lane < LANES);
        block.eta[lane] = accounts.eta.get();
        for region in 0..self.regions {
            for (place, year) in self.years.iter().enumerate() {
                let figures = [
                    accounts.ice.get(region, year).map(|of| of.get()),
                    accounts.cs.get(region, year).map(|of| of.get()),
                    accounts.population.get(region, year).map(|of| of.get()),
                ];
                for (quantity, figure) in Quantity::ALL.into_iter().zip(figures) {
                    // Of a region that is not known nothing is read.
                    block.of_mut(quantity, region)[place][lane] = figure.unwrap_or(0.0);
                }
            }
        }
    }

    /// Why a draw cannot be run, at the inputs that it was drawn for.
    fn refuse(&self, values: &[(&str, String)], refused: &Diagnostics) -> Diagnostics {
        let draw: Vec<String> = values.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        let found = refused.as_slice().iter().filter(|mistake| mistake.is_error());
        let mistakes = found.map(|mistake| {
            let message = format!("a draw cannot be run: {} ({})", mistake.message, draw.join(", "));
            let refused: Diagnostic = self.loaded.diagnose("uncertainty.inputs", "draw", message);
            refused.hint("bound the distribution, or draw another key")
        });
        let mut all = Diagnostics::default();
        all.extend(mistakes.collect::<Vec<_>>());
        all
    }
}
