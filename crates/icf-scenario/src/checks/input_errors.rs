//! What the figures that go in may be off by.

use std::collections::HashSet;

use icf_diagnostics::Diagnostic;

use crate::schema::suggest;
use crate::{Input, Loaded, SpatialDraws};

const SPACE: &str = "uncertainty.space";

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
                let hint = "write `1.05` for 5 % more";
                mistakes.push(loaded.diagnose(&format!("{key}.{name}"), "unit", message).hint(hint));
            }
        }
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
