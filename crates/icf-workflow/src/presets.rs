//! The scenarios that come with the program.

use icf_scenario::{Example, Loaded, Scenario};

/// Name and text of the one that extends nothing.
pub const BASELINE: (&str, &str) = ("baseline", include_str!("../../../scenarios/baseline.yaml"));

/// Name and text of each; all but the first extend it.
pub const PRESETS: [(&str, &str); 9] = [
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
///
/// # Errors
/// When there is no such preset, or no room for the files.
pub fn load(name: &str) -> Result<Loaded, String> {
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

/// Keys that no preset uses, as they might be used with the regions of the built-in data.
const EXAMPLES: [Example; 5] = [
    Example {
        under: "regions",
        key: "groups",
        value: "{ river: [Shanghai, Jiangsu, Zhejiang, Anhui], bay: [Guangdong] }",
    },
    Example { under: "regions", key: "rest", value: "elsewhere" },
    Example {
        under: "",
        key: "variants",
        value: "\n  flat: { projection: { emissions: { model: constant } } }\n  \
                rise: { projection: { emissions: { model: rate, rate: 2 %/yr } } }",
    },
    Example {
        under: "",
        key: "sweep",
        value: "\n  method: grid\n  keys:\n    projection.sink.rate: { from: -0.8 %/yr, to: -0.2 %/yr, steps: 4 }\n    \
                projection.horizon: [2030, 2035]",
    },
    Example {
        under: "",
        key: "compare",
        value: "\n  fail_on: [nation.deficit_year < 2030, nation.capacity.margin < 0]",
    },
];

/// A scenario as a file of a name, with every key and a comment at each; those that are not in use stand in it as comments.
#[must_use]
pub fn written_out(scenario: &Scenario, name: &str) -> String {
    let mut scenario = scenario.clone();
    name.clone_into(&mut scenario.name);
    let yaml = icf_scenario::to_commented_yaml(&scenario, &EXAMPLES);
    format!("# What stands behind a # without a blank is an example: take the # away to use it.\n\n{yaml}")
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
