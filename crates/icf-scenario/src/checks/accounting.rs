//! How emissions are accounted.

use std::collections::HashSet;

use icf_diagnostics::Diagnostic;

use crate::{FuelSet, Loaded};

pub(super) fn fuels_are_unique(loaded: &Loaded) -> Vec<Diagnostic> {
    let FuelSet::List(fuels) = &loaded.scenario().accounting.fuels else { return Vec::new() };
    let mut seen = HashSet::new();
    let twice = fuels.iter().enumerate().filter(|(_, fuel)| !seen.insert(fuel.as_str()));
    twice
        .map(|(index, fuel)| {
            let key = format!("accounting.fuels[{index}]");
            loaded.diagnose(&key, "fuel-twice", format!("the fuel `{fuel}` stands twice")).hint("keep one")
        })
        .collect()
}
