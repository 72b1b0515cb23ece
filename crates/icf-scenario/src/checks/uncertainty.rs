//! What is not known.

use icf_diagnostics::Diagnostic;

use crate::schema::suggest;
use crate::{Input, Loaded};

const INPUTS: &str = "uncertainty.inputs";
/// The quantities whose errors of the past can be drawn.
const QUANTITIES: [&str; 3] = ["emissions", "sink", "population"];
/// Draws farther out than once in so many are not met.
const RARE: f64 = 1e-9;

pub(super) fn something_is_drawn(loaded: &Loaded) -> Vec<Diagnostic> {
    let nothing = loaded
        .scenario()
        .uncertainty
        .as_ref()
        .filter(|uncertainty| uncertainty.inputs.is_empty() && uncertainty.space.is_none());
    let message = || "nothing is drawn".to_owned();
    let mistake = nothing.map(|_| loaded.diagnose("uncertainty", "nothing-drawn", message()));
    mistake.map(|mistake| mistake.hint("give it `inputs`, or `space` with `errors`")).into_iter().collect()
}

pub(super) fn correlations_name_inputs(loaded: &Loaded) -> Vec<Diagnostic> {
    let Some(uncertainty) = &loaded.scenario().uncertainty else { return vec![] };
    let mut mistakes = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for (index, correlation) in uncertainty.correlations.iter().enumerate() {
        let key = format!("uncertainty.correlations[{index}].between");
        let mut whole = true;
        for (place, name) in correlation.between.iter().enumerate() {
            let place = format!("{key}[{place}]");
            match uncertainty.inputs.get(name) {
                Some(Input::Residuals { .. }) => {
                    let message = format!("`{name}` draws years of the past, which have no rank");
                    let hint = "correlate inputs that draw values";
                    mistakes.push(loaded.diagnose(&place, "correlation", message).hint(hint));
                    whole = false;
                }
                Some(_) => {}
                // What is wrong with the input is told where it stands.
                None if loaded.writes(INPUTS, name) => whole = false,
                None => {
                    let message = format!("`{name}` is none of the inputs");
                    let hint = suggest(name, uncertainty.inputs.keys().map(String::as_str));
                    mistakes.push(loaded.diagnose(&place, "unknown-input", message).hint(hint));
                    whole = false;
                }
            }
        }
        let [a, b] = &correlation.between[..] else { continue };
        if a == b && whole {
            let message = format!("`{a}` is correlated with itself");
            mistakes.push(loaded.diagnose(&key, "correlation", message).hint("name two inputs"));
        } else if let Some(first) = seen.insert((a.min(b), a.max(b)), index) {
            let message = format!("the correlation of `{a}` and `{b}` is given twice");
            let hint = format!("the other is `correlations[{first}]`");
            mistakes.push(loaded.diagnose(&key, "correlation", message).hint(hint));
        }
    }
    mistakes
}

/// Correlations of several inputs can all hold at the same time.
pub(super) fn correlations_go_together(loaded: &Loaded) -> Vec<Diagnostic> {
    let Some(uncertainty) = &loaded.scenario().uncertainty else { return vec![] };
    let Err(error) = uncertainty.copula() else { return vec![] };
    let keys = uncertainty.drawn();
    let place = |key: &String| keys.iter().position(|of| of == key);
    let nearest = uncertainty.correlations.iter().filter_map(|correlation| {
        let [a, b] = &correlation.between[..] else { return None };
        let (i, j) = (place(a)?, place(b)?);
        Some(format!("{:.3} of `{}` and `{}`", error.nearest[i][j], keys[i], keys[j]))
    });
    let hint = format!("the nearest that go together: {}", nearest.collect::<Vec<_>>().join(", "));
    let mistake = loaded.diagnose("uncertainty.correlations", "correlation", error.to_string());
    vec![mistake.hint(hint)]
}

/// The parameters of an input make a distribution.
pub(super) fn distributions_can_be_had(loaded: &Loaded) -> Vec<Diagnostic> {
    let inputs = loaded.scenario().uncertainty.iter().flat_map(|uncertainty| &uncertainty.inputs);
    let mistake = |(key, input): (&String, &Input)| {
        let error = input.distribution().err()?;
        let message = format!("`{key}`: {error}");
        let mistake = loaded.diagnose_entry(INPUTS, key, error.parameter, "distribution", message);
        Some(mistake.hint(error.hint))
    };
    inputs.filter_map(mistake).collect()
}

fn plain(unit: &str) -> String {
    unit.split_whitespace().collect()
}

/// A distribution has one unit, the one of its key.
pub(super) fn parameters_have_one_unit(loaded: &Loaded) -> Vec<Diagnostic> {
    let Some(uncertainty) = &loaded.scenario().uncertainty else { return vec![] };
    let mut mistakes = Vec::new();
    for (key, input) in &uncertainty.inputs {
        let amounts = input.amounts();
        let Some((first, unit)) = amounts.first().map(|(name, amount)| (name, amount.unit())) else {
            continue;
        };
        for (name, amount) in amounts.iter().skip(1).filter(|(_, amount)| plain(amount.unit()) != plain(unit))
        {
            let said = |unit: &str| if unit.is_empty() { "no unit".to_owned() } else { format!("`{unit}`") };
            let message = format!("`{name}` has {}, and `{first}` has {}", said(amount.unit()), said(unit));
            // A share of the first is as much of its unit.
            let (number, of) = match amount.unit() {
                "%" => (amount.number() / 100.0 * amounts[0].1.number(), format!("{amount} of it is ")),
                _ => (amount.number(), "write ".to_owned()),
            };
            let hint = format!("{of}`{}`", amounts[0].1.about(number));
            mistakes.push(loaded.diagnose_entry(INPUTS, key, name, "unit", message).hint(hint));
        }
    }
    mistakes
}

/// A key that is drawn takes a number, and every one that may be drawn; a quantity whose errors are drawn is one.
pub(super) fn keys_can_be_drawn(loaded: &Loaded) -> Vec<Diagnostic> {
    let Some(uncertainty) = &loaded.scenario().uncertainty else { return vec![] };
    let mut mistakes = Vec::new();
    // What is wrong without any draw is told where it stands.
    let there: Vec<Diagnostic> = loaded.with(INPUTS, "draw", &[]).err().into_iter().flatten().collect();
    for (key, input) in &uncertainty.inputs {
        let mut mistake = |code, message: String, hint: &str| {
            mistakes.push(loaded.diagnose_entry(INPUTS, key, "", code, message).hint(hint));
        };
        let Some((unit, value)) = input.typical() else {
            let is_quantity = key.strip_prefix("projection.").is_some_and(|name| QUANTITIES.contains(&name));
            if !is_quantity {
                let message = format!("`{key}` is no quantity whose errors of the past can be drawn");
                let known: Vec<_> = QUANTITIES.iter().map(|name| format!("projection.{name}")).collect();
                mistake("unknown-input", message, &suggest(key, known.iter().map(String::as_str)));
            }
            continue;
        };
        let why = match key.split('.').next() {
            Some("uncertainty") => Some("it says how draws are made"),
            Some("years" | "spatial") => Some("it says what is looked at"),
            Some("projection") if key == "projection.horizon" => Some("it says what is looked at"),
            _ => None,
        };
        if let Some(why) = why {
            let message = format!("`{key}` cannot be drawn: {why}");
            mistake("unknown-input", message, "ask by a `sweep`, which makes a run of each value");
            continue;
        }
        let refused = |value: f64| {
            let made = loaded.made_by(&there, INPUTS, "draw", &[(key.as_str(), unit.with(value))]);
            made.into_iter().next()
        };
        if let Some(why) = refused(value) {
            let message = format!("`{key}` cannot be `{}`: {}", unit.about(value), why.message);
            let hint = why.hint.as_deref().unwrap_or("name a key of the scenario that takes a number");
            mistake("unknown-input", message, hint);
            continue;
        }
        // Of parameters in several units there is nothing to draw.
        if input.amounts().iter().any(|(_, amount)| plain(amount.unit()) != plain(unit.unit())) {
            continue;
        }
        // A draw that the key cannot take is refused, as rare as it may be.
        let Ok(Some(distribution)) = input.distribution() else { continue };
        let ends = [RARE, 1.0 - RARE].map(|share| distribution.quantile(share));
        if let Some((end, why)) = ends.into_iter().find_map(|end| Some((end, refused(end)?))) {
            let message = format!("`{key}` would be drawn as `{}`: {}", unit.about(end), why.message);
            let hint = "take a distribution with bounds: triangular, uniform, beta or pert";
            mistake("distribution", message, hint);
        }
    }
    mistakes
}
