//! The errors that the models made one year ahead in the past.

use std::collections::BTreeMap;

use icf_diagnostics::Diagnostics;
use icf_ensemble::{Quantity, Shock};
use icf_projection::{Constant, Model, attempts};
use icf_scenario::Input;

use super::Ground;
use crate::hindsight::Modelled;
use crate::trajectories::{Of, Projected};

/// Years of errors that there are at least, so that drawing from them says something.
const FEWEST: usize = 5;

/// The errors of each quantity of which the scenario draws them.
pub(super) fn shocks(ground: &Ground<'_>) -> Result<Vec<Shock>, Diagnostics> {
    let uncertainty = ground.loaded.scenario().uncertainty.as_ref().expect("there is no ground without it");
    let mut shocks = Vec::new();
    let mut mistakes = Diagnostics::default();
    let quantities = [
        (Of::Emissions, Quantity::Emissions),
        (Of::Sink, Quantity::Sink),
        (Of::Population, Quantity::Population),
    ];
    for (of, quantity) in quantities {
        let input = format!("projection.{}", of.name());
        let Some(Input::Residuals { block }) = uncertainty.inputs.get(&input) else { continue };
        let known = ground
            .years
            .iter()
            .take_while(|year| of == Of::Population && ground.prepared.knows_population_of(*year));
        let known = known.count();
        let ratios = ratios(ground, of);
        let observed = ratios.iter().flatten().map(Vec::len).min().unwrap_or(0);
        if observed < FEWEST {
            let message =
                format!("`{input}` has errors of {observed} years in the past, fewer than {FEWEST}");
            let mistake =
                ground.loaded.diagnose_entry("uncertainty.inputs", &input, "", "too-few-years", message);
            mistakes.push(mistake.hint("begin the history earlier, or give a distribution of a key"));
        }
        shocks.push(Shock { input, quantity, ratios, block: usize::from(*block), known });
    }
    mistakes.into_result(shocks).map(|(shocks, _)| shocks)
}

/// Whether the same models go on from the same histories, so that their errors are the same.
pub(super) fn are_alike(a: &Projected, b: &Projected) -> bool {
    let same =
        |a: &Modelled, b: &Modelled| a.region == b.region && a.model == b.model && a.history == b.history;
    a.carried.len() == b.carried.len()
        && a.carried.iter().zip(&b.carried).all(|(a, b)| {
            a.quantity == b.quantity
                && a.regions.len() == b.regions.len()
                && a.regions.iter().zip(b.regions.iter()).all(|(a, b)| same(a, b))
        })
}

/// What came over what was foretold a year before, by region, in the years in which every region has a forecast. They are
/// centred on a factor of 1, so that the middle of the draws is the model's own trajectory. A model that speaks of given years only
/// has made no forecast; there the errors are those of no change.
fn ratios(ground: &Ground<'_>, of: Of) -> Vec<Option<Vec<f64>>> {
    let mut errors: Vec<Option<BTreeMap<i32, f64>>> = vec![None; ground.infos().len()];
    let naive = Model::Constant(Constant);
    let carried = ground.projected.carried.iter().filter(|carried| carried.quantity == of);
    for Modelled { region, model, history, .. } in carried.flat_map(|carried| carried.regions.iter()) {
        let made = attempts(model, history, 1, &[]).or_else(|| attempts(&naive, history, 1, &[]));
        let ratio = |attempt: &icf_projection::Attempt| {
            let ratio = attempt.observed / attempt.forecast;
            (attempt.forecast > 0.0 && ratio > 0.0).then(|| (attempt.year.get(), ratio))
        };
        errors[*region] = made.map(|made| made.iter().filter_map(ratio).collect());
    }
    let mut years: Option<Vec<i32>> = None;
    for of_region in errors.iter().flatten() {
        years = Some(match years {
            None => of_region.keys().copied().collect(),
            Some(years) => years.into_iter().filter(|year| of_region.contains_key(year)).collect(),
        });
    }
    let years = years.unwrap_or_default();
    let centred = |of_region: BTreeMap<i32, f64>| -> Vec<f64> {
        let ratios: Vec<f64> = years.iter().map(|year| of_region[year]).collect();
        #[expect(clippy::cast_precision_loss, reason = "years are few")]
        let mean = ratios.iter().map(|ratio| ratio.ln()).fold(0.0, |sum, log| sum + log)
            / ratios.len().max(1) as f64;
        ratios.iter().map(|ratio| ratio / mean.exp()).collect()
    };
    errors.into_iter().map(|of_region| of_region.map(centred)).collect()
}
