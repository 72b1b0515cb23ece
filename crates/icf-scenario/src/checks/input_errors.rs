//! What the figures that go in may be off by.

use std::collections::HashSet;

use icf_diagnostics::Diagnostic;

use crate::schema::suggest;
use crate::{Input, Loaded, SpatialDraws};

const SPACE: &str = "uncertainty.space";
/// Factors farther out than once in so many are not met.
const RARE: f64 = 1e-9;
/// What is off by so much is another figure.
const MOST: f64 = 1000.0;

fn space(loaded: &Loaded) -> Option<&SpatialDraws> {
    loaded.scenario().uncertainty.as_ref()?.space.as_ref()
}

/// Projected years rest on models, of which errors of the figures that go in say nothing.
pub(super) fn years_are_of_the_history(loaded: &Loaded) -> Vec<Diagnostic> {
    let history = loaded.scenario().years;
    let mut seen = HashSet::new();
    let mut mistakes = Vec::new();
    for (place, year) in space(loaded).iter().flat_map(|space| &space.years).enumerate() {
        let key = format!("{SPACE}.years[{place}]");
        if !(history.first..=history.last).contains(year) {
            let message = format!("{year} is no year of the history");
            let hint = format!(
                "it is {}–{}; beyond it, draw keys of the projection by `inputs`",
                history.first, history.last
            );
            mistakes.push(loaded.diagnose(&key, "year-outside-history", message).hint(hint));
        } else if !seen.insert(*year) {
            let message = format!("{year} is named twice");
            mistakes.push(loaded.diagnose(&key, "year-twice", message).hint("keep one of them"));
        }
    }
    mistakes
}

/// A figure is multiplied by a pure number, which a distribution of values gives.
pub(super) fn factors_are_pure_numbers(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for (place, error) in space(loaded).iter().flat_map(|space| &space.errors).enumerate() {
        let key = format!("{SPACE}.errors[{place}].times");
        if let Input::Residuals { .. } = error.times() {
            let message = "errors of the past are those of a model, not of the figures that go in".to_owned();
            let hint = "take a distribution of factors, e.g. `lognormal` with `median: 1`";
            mistakes.push(
                loaded.diagnose(&format!("{key}.distribution"), "error-of-a-model", message).hint(hint),
            );
        }
        for (name, amount) in error.times().amounts() {
            if !amount.unit().is_empty() {
                let message = format!("figures are multiplied by a pure number, not by `{amount}`");
                let hint = match name.as_str() {
                    "sd" => "write `0.05` for a standard deviation of 5 %",
                    _ => "write `1.05` for 5 % more",
                };
                mistakes.push(loaded.diagnose(&format!("{key}.{name}"), "unit", message).hint(hint));
            }
        }
    }
    mistakes
}

/// A factor is drawn from a distribution, stays above zero, and leaves a figure about as large as it is.
pub(super) fn factors_can_be_drawn(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for (place, error) in space(loaded).iter().flat_map(|space| &space.errors).enumerate() {
        let key = format!("{SPACE}.errors[{place}].times");
        // A number of another unit would be taken for a factor.
        if error.times().amounts().iter().any(|(_, amount)| !amount.unit().is_empty()) {
            continue;
        }
        let found = match error.times().distribution() {
            Ok(Some(found)) => found,
            Ok(None) => continue,
            Err(error) => {
                let key = format!("{key}.{}", error.parameter);
                mistakes.push(loaded.diagnose(&key, "distribution", error.to_string()).hint(error.hint));
                continue;
            }
        };
        let (least, most) = (found.quantile(RARE), found.quantile(1.0 - RARE));
        let (message, hint) = if least <= 0.0 {
            let message = format!("the factor would be drawn as {least:.3}, and no figure is below zero");
            (message, "take `lognormal`, a smaller spread, or a distribution with bounds")
        } else if most > MOST || least < MOST.recip() {
            let message = format!("a factor from {least:.3e} to {most:.3e} is no error but another figure");
            (message, "the spread of 5 % is `1.05`")
        } else {
            continue;
        };
        mistakes.push(loaded.diagnose(&key, "distribution", message).hint(hint));
    }
    mistakes
}

pub(super) fn classes_are_known(loaded: &Loaded) -> Vec<Diagnostic> {
    let classes = &loaded.scenario().land.classes;
    let mut mistakes = Vec::new();
    for (place, error) in space(loaded).iter().flat_map(|space| &space.errors).enumerate() {
        let ("classes", Some(names)) = error.items() else { continue };
        for (inner, name) in names.iter().enumerate().filter(|(_, name)| !classes.contains_key(*name)) {
            let key = format!("{SPACE}.errors[{place}].classes[{inner}]");
            let message = format!("`land.classes` has no class `{name}`");
            let hint = suggest(name, classes.keys().map(String::as_str));
            mistakes.push(loaded.diagnose(&key, "unknown-class", message).hint(hint));
        }
    }
    mistakes
}
