//! Levels whose crossing is looked for.

use std::collections::HashMap;

use icf_diagnostics::Diagnostic;

use crate::{Level, Loaded, ThresholdKind};

pub(super) fn names_are_unique(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut mistakes = Vec::new();
    for (index, threshold) in loaded.scenario().thresholds.iter().enumerate() {
        if let Some(first) = seen.get(threshold.name.as_str()) {
            let message = format!("two thresholds are called `{}`", threshold.name);
            let mistake = loaded.diagnose(&format!("thresholds[{index}].name"), "threshold-twice", message);
            let place = loaded.place_of(&format!("thresholds[{first}].name"));
            mistakes.push(match place {
                Some(place) => mistake.hint(format!("the other is at {place}")),
                None => mistake,
            });
        } else {
            seen.insert(&threshold.name, index);
        }
    }
    mistakes
}

pub(super) fn levels_fit(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for (index, threshold) in loaded.scenario().thresholds.iter().enumerate() {
        let key = format!("thresholds[{index}].level");
        let name = &threshold.name;
        let (fits, example) = match threshold.kind {
            ThresholdKind::Capacity => {
                if threshold.level.is_some() {
                    let message = format!("the threshold `{name}` is the capacity itself and has no level");
                    mistakes.push(loaded.diagnose(&key, "level-unused", message).hint("leave out `level`"));
                }
                continue;
            }
            ThresholdKind::Emissions => (
                matches!(threshold.level, Some(Level::Carbon(_) | Level::Co2(_) | Level::Basis(_))),
                "8.60e8 tC",
            ),
            ThresholdKind::Depth => (matches!(threshold.level, Some(Level::Ratio(_))), "1.5"),
            ThresholdKind::IcfPerCapita | ThresholdKind::SizePerCapita => {
                (matches!(threshold.level, Some(Level::PerPerson(_))), "2 hm2/person")
            }
        };
        if fits {
            continue;
        }
        let mistake = match threshold.level {
            Some(level @ Level::Ratio(_)) => {
                let unit = example.split(' ').nth(1).expect("a level that is no ratio has a unit");
                let message = format!("the level `{level}` of the threshold `{name}` has no unit");
                let mistake = loaded.diagnose(&key, "level-unit", message);
                mistakes.push(mistake.hint(format!("write `level: {level} {unit}`")));
                continue;
            }
            Some(level) => {
                let message =
                    format!("`{level}` is not a level of the threshold `{name}`: the unit does not fit");
                loaded.diagnose(&key, "level-unit", message)
            }
            None => loaded.diagnose(&key, "level-missing", format!("the threshold `{name}` has no level")),
        };
        mistakes.push(mistake.hint(format!("write `level: {example}`")));
    }
    mistakes
}
