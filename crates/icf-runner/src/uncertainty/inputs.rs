//! The scenario's distributions as those of the ensemble.

use icf_ensemble::{Input, Inputs, Shock};
use icf_scenario::Input as Spec;

use super::Ground;

/// The inputs of the scenario, sorted by their keys: the order in which they are written moves no draw.
pub(super) fn inputs(ground: &Ground<'_>, shocks: &[Shock]) -> Inputs {
    const CHECKED: &str = "a scenario with an input that cannot be drawn is refused when it is read";
    let uncertainty = ground.loaded.scenario().uncertainty.as_ref().expect("there is no ground without it");
    let mut specs: Vec<(&String, &Spec)> = uncertainty.inputs.iter().collect();
    specs.sort_by(|a, b| a.0.cmp(b.0));
    let input = |(key, spec): (&String, &Spec)| {
        let of_past = shocks.iter().find(|shock| shock.input == *key);
        let input = match of_past {
            Some(shock) => Input::Picks(shock.picks(ground.years.len())),
            None => Input::Value(spec.distribution().ok().flatten().expect(CHECKED)),
        };
        (key.clone(), input)
    };
    Inputs::new(specs.into_iter().map(input), uncertainty.copula().expect(CHECKED))
}
