//! What is not known.

use icf_diagnostics::Diagnostic;

use crate::schema::suggest;
use crate::{Input, Loaded};

const INPUTS: &str = "uncertainty.inputs";
/// The quantities whose errors of the past can be drawn.
const QUANTITIES: [&str; 3] = ["emissions", "sink", "population"];

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

/// A distribution has one unit, the one of its key.
pub(super) fn parameters_have_one_unit(loaded: &Loaded) -> Vec<Diagnostic> {
    let Some(uncertainty) = &loaded.scenario().uncertainty else { return vec![] };
    let plain = |unit: &str| unit.split_whitespace().collect::<String>();
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
            let hint = format!("write `{}`", amounts[0].1.with(amount.number()));
            mistakes.push(loaded.diagnose_entry(INPUTS, key, name, "unit", message).hint(hint));
        }
    }
    mistakes
}

/// A key that is drawn takes a number; a quantity whose errors are drawn is one.
pub(super) fn keys_can_be_drawn(loaded: &Loaded) -> Vec<Diagnostic> {
    let Some(uncertainty) = &loaded.scenario().uncertainty else { return vec![] };
    let mut mistakes = Vec::new();
    // What is wrong without any draw is told where it stands.
    let is_whole = loaded.with(INPUTS, "draw", &[]).is_ok();
    for (key, input) in &uncertainty.inputs {
        let Some((unit, value)) = input.typical() else {
            let is_quantity = key.strip_prefix("projection.").is_some_and(|name| QUANTITIES.contains(&name));
            if !is_quantity {
                let message = format!("`{key}` is no quantity whose errors of the past can be drawn");
                let known: Vec<_> = QUANTITIES.iter().map(|name| format!("projection.{name}")).collect();
                let hint = suggest(key, known.iter().map(String::as_str));
                mistakes.push(loaded.diagnose_entry(INPUTS, key, "", "unknown-input", message).hint(hint));
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
            mistakes.push(loaded.diagnose_entry(INPUTS, key, "", "unknown-input", message));
            continue;
        }
        if is_whole
            && let Err(refused) = loaded.with(INPUTS, "draw", &[(key, unit.with(value))])
            && let Some(why) = refused.as_slice().iter().find(|mistake| mistake.is_error())
        {
            let message = format!("`{key}` cannot be `{}`: {}", unit.about(value), why.message);
            let hint = why.hint.as_deref().unwrap_or("name a key of the scenario that takes a number");
            mistakes.push(loaded.diagnose_entry(INPUTS, key, "", "unknown-input", message).hint(hint));
        }
    }
    mistakes
}
