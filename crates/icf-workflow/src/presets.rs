//! The scenarios that come with the program.

use icf_scenario::{Example, Loaded, Scenario};

/// Name and text of the one that extends nothing.
pub const BASELINE: (&str, &str) = ("baseline", include_str!("../../../scenarios/baseline.yaml"));

/// Name and text of each, the one that extends nothing first.
pub const PRESETS: [(&str, &str); 12] = [
    BASELINE,
    ("as-published", include_str!("../../../scenarios/as-published.yaml")),
    ("backwards", include_str!("../../../scenarios/backwards.yaml")),
    ("cities", include_str!("../../../scenarios/cities.yaml")),
    ("constant-emissions", include_str!("../../../scenarios/constant-emissions.yaml")),
    ("early-peak", include_str!("../../../scenarios/early-peak.yaml")),
    ("land-modis", include_str!("../../../scenarios/land-modis.yaml")),
    ("levers", include_str!("../../../scenarios/levers.yaml")),
    ("sink-loss", include_str!("../../../scenarios/sink-loss.yaml")),
    ("sink-trading", include_str!("../../../scenarios/sink-trading.yaml")),
    ("uncertain", include_str!("../../../scenarios/uncertain.yaml")),
    ("unstable-sink", include_str!("../../../scenarios/unstable-sink.yaml")),
];

/// The scenarios beside them that name files outside the program: rasters of land.
pub const APART: [&str; 2] = ["land-rasters", "land-npp"];

/// The key at which a file begins to speak of its family.
const VARIANTS: &str = "\nvariants:";

/// A preset as a file of a name, with every key and its variants.
///
/// # Errors
/// As [`load`].
pub fn copy(preset: &str, name: &str) -> Result<String, String> {
    let loaded = load(preset)?;
    let text = PRESETS.iter().find(|(known, _)| *known == preset).map_or("", |(_, text)| text);
    let Some((_, variants)) = text.split_once(VARIANTS) else {
        return Ok(written_out(loaded.scenario(), name));
    };
    // The example of variants gives way to them.
    let examples: Vec<Example> = EXAMPLES.into_iter().filter(|example| example.key != "variants").collect();
    Ok(format!("{}{VARIANTS}{variants}", written(loaded.scenario(), name, &examples)))
}

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
    written(scenario, name, &EXAMPLES)
}

fn written(scenario: &Scenario, name: &str, examples: &[Example]) -> String {
    let mut scenario = scenario.clone();
    name.clone_into(&mut scenario.name);
    let yaml = icf_scenario::to_commented_yaml(&scenario, examples);
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

    #[test]
    fn every_scenario_of_the_project_is_a_preset_or_told() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
        let names = folder.read_dir().expect("the project has scenarios").map(|entry| {
            let path = entry.expect("it can be read").path();
            path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned()
        });
        let mut names: Vec<String> = names.collect();
        names.sort();
        let mut known: Vec<&str> = PRESETS.iter().map(|(name, _)| *name).chain(APART).collect();
        known.sort_unstable();
        assert_eq!(names, known);
    }

    #[test]
    fn a_copy_is_sound_and_keeps_its_family() {
        for (preset, text) in PRESETS {
            let copied = copy(preset, "mine").expect(preset);
            let family = icf_scenario::family_from_str("mine.yaml", &copied, None, &[]).expect(preset);
            assert_eq!(family.members[0].name, "mine");
            let members = text.split_once(VARIANTS).map_or(1, |_| 6);
            assert_eq!(family.members.len(), members, "{preset}");
            let said = crate::check(&family, "mine.yaml", &icf_runner::Cache::default());
            assert!(!said.has_errors(), "{preset}: {said}");
        }
    }
}
