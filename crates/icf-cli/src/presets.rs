//! The scenarios that come with the program.

use icf_scenario::Loaded;

/// Name and text of the one that extends nothing.
pub(crate) const BASELINE: (&str, &str) = ("baseline", include_str!("../../../scenarios/baseline.yaml"));

/// Name and text of each; all but the first extend it.
pub(crate) const PRESETS: [(&str, &str); 9] = [
    BASELINE,
    ("as-published", include_str!("../../../scenarios/as-published.yaml")),
    ("backwards", include_str!("../../../scenarios/backwards.yaml")),
    ("constant-emissions", include_str!("../../../scenarios/constant-emissions.yaml")),
    ("early-peak", include_str!("../../../scenarios/early-peak.yaml")),
    ("land-modis", include_str!("../../../scenarios/land-modis.yaml")),
    ("levers", include_str!("../../../scenarios/levers.yaml")),
    ("sink-loss", include_str!("../../../scenarios/sink-loss.yaml")),
    ("sink-trading", include_str!("../../../scenarios/sink-trading.yaml")),
];

/// A preset, read with what it extends.
pub(crate) fn load(name: &str) -> Result<Loaded, String> {
    if PRESETS.iter().all(|(known, _)| *known != name) {
        let names: Vec<&str> = PRESETS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no preset `{name}`; there are {}", names.join(", ")));
    }
    // What a preset extends is looked for beside it, so all of them are laid down together.
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for (file, text) in PRESETS {
        std::fs::write(folder.path().join(format!("{file}.yaml")), text)
            .map_err(|error| error.to_string())?;
    }
    icf_scenario::load(&folder.path().join(format!("{name}.yaml"))).map_err(|mistakes| mistakes.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_of_the_provinces_is_a_preset() {
        for (name, _) in PRESETS {
            assert_eq!(load(name).expect(name).scenario().name, name);
        }
        assert!(load("nothing").is_err_and(|error| error.contains("early-peak")));
    }
}
