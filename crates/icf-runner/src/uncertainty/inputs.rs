//! The scenario's distributions as those of the ensemble.

use icf_diagnostics::Diagnostics;
use icf_ensemble::{Input, Inputs, Shock};
use icf_scenario::{Amount, Input as Spec};
use icf_uncertainty::{Copula, Distribution, DistributionError};

use super::Ground;

const INPUTS: &str = "uncertainty.inputs";
/// Draws farther out than once in so many are not met.
const RARE: f64 = 1e-9;

/// The inputs of the scenario, sorted by their keys: the order in which they are written moves no draw.
pub(super) fn inputs(ground: &Ground<'_>, shocks: &[Shock]) -> Result<Inputs, Diagnostics> {
    let loaded = ground.loaded;
    let uncertainty = loaded.scenario().uncertainty.as_ref().expect("there is no ground without it");
    let mut mistakes = Diagnostics::default();
    let mut specs: Vec<(&String, &Spec)> = uncertainty.inputs.iter().collect();
    specs.sort_by(|a, b| a.0.cmp(b.0));
    let mut inputs = Vec::new();
    for (key, spec) in specs {
        if let Some(shock) = shocks.iter().find(|shock| shock.input == *key) {
            inputs.push((key.clone(), Input::Picks(shock.picks(ground.years.len()))));
            continue;
        }
        match distribution(spec) {
            Ok(distribution) => {
                let amounts = spec.amounts();
                let (_, unit) = amounts.first().expect("what draws values is given by some");
                mistakes.extend(extremes(ground, key, unit, &distribution));
                inputs.push((key.clone(), Input::Value(distribution)));
            }
            Err(error) => mistakes.push(loaded.diagnose_entry(
                INPUTS,
                key,
                error.parameter,
                "distribution",
                format!("`{key}`: {error}"),
            )),
        }
    }
    let ((), _) = mistakes.into_result(())?;
    let names: Vec<&str> = inputs
        .iter()
        .filter(|(_, input)| matches!(input, Input::Value(_)))
        .map(|(name, _)| name.as_str())
        .collect();
    let copula = copula(ground, &names)?;
    Ok(Inputs::new(inputs, copula))
}

pub(super) fn distribution(spec: &Spec) -> Result<Distribution, DistributionError> {
    let of = Amount::number;
    match spec {
        Spec::Normal { mean, sd } => Distribution::normal(of(mean), of(sd)),
        Spec::Lognormal { median, spread } => Distribution::lognormal(of(median), *spread),
        Spec::Triangular { min, mode, max } => Distribution::triangular(of(min), of(mode), of(max)),
        Spec::Uniform { min, max } => Distribution::uniform(of(min), of(max)),
        Spec::Beta { alpha, beta, min, max } => Distribution::beta(*alpha, *beta, of(min), of(max)),
        Spec::Pert { min, mode, max } => Distribution::pert(of(min), of(mode), of(max)),
        Spec::Discrete { values, weights } => {
            Distribution::discrete(&values.iter().map(Amount::number).collect::<Vec<_>>(), weights)
        }
        Spec::Residuals { .. } => unreachable!("errors of the past are no distribution of a key"),
    }
}

/// A draw that the key cannot take is refused before it is drawn, as rare as it may be.
fn extremes(
    ground: &Ground<'_>,
    key: &str,
    unit: &Amount,
    distribution: &Distribution,
) -> Option<icf_diagnostics::Diagnostic> {
    for share in [RARE, 1.0 - RARE] {
        let value = unit.with(distribution.quantile(share));
        let Err(refused) = ground.loaded.with(INPUTS, "draw", &[(key, value.clone())]) else { continue };
        let why = refused.as_slice().iter().find(|mistake| mistake.is_error())?;
        let message = format!(
            "`{key}` would be drawn as `{}`: {}",
            unit.about(distribution.quantile(share)),
            why.message
        );
        let hint = "take a distribution with bounds: triangular, uniform, beta or pert";
        return Some(ground.loaded.diagnose_entry(INPUTS, key, "", "distribution", message).hint(hint));
    }
    None
}

/// The copula of the inputs that draw values, in their order; none where nothing goes together.
fn copula(ground: &Ground<'_>, names: &[&str]) -> Result<Option<Copula>, Diagnostics> {
    let uncertainty = ground.loaded.scenario().uncertainty.as_ref().expect("there is no ground without it");
    if uncertainty.correlations.is_empty() {
        return Ok(None);
    }
    let mut matrix: Vec<Vec<f64>> = (0..names.len())
        .map(|i| (0..names.len()).map(|j| if i == j { 1.0 } else { 0.0 }).collect())
        .collect();
    let place = |name: &String| names.iter().position(|of| of == name);
    let mut asked = Vec::new();
    for correlation in &uncertainty.correlations {
        let [a, b] = &correlation.between[..] else { continue };
        let (Some(i), Some(j)) = (place(a), place(b)) else { continue };
        matrix[i][j] = correlation.rank;
        matrix[j][i] = correlation.rank;
        asked.push((i, j));
    }
    match Copula::new(&matrix) {
        Ok(copula) => Ok(Some(copula)),
        Err(error) => {
            let nearest: Vec<String> = asked
                .into_iter()
                .map(|(i, j)| format!("{:.3} of `{}` and `{}`", error.nearest[i][j], names[i], names[j]))
                .collect();
            let hint = format!("the nearest that go together: {}", nearest.join(", "));
            let mistake =
                ground.loaded.diagnose("uncertainty.correlations", "correlation", error.to_string());
            Err(mistake.hint(hint).into())
        }
    }
}
