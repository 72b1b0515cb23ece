//! `icf new NAME --from PRESET`

use std::path::PathBuf;

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_scenario::Example;

use crate::arguments::New;
use crate::{exit, output, presets, terminal};

const SCHEMA: &str = "scenario.schema.json";

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

/// Writes a scenario with every key and a comment at each, and the schema beside it for the editor.
pub(crate) fn run(arguments: &New) -> u8 {
    let file = arguments.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}.yaml", arguments.name)));
    if file.exists() {
        eprintln!("icf: {} is there already: it is not replaced", file.display());
        return exit::FAILED;
    }
    let loaded = match presets::load(&arguments.from) {
        Ok(loaded) => loaded,
        Err(error) => {
            eprintln!("icf: {error}");
            return exit::USAGE;
        }
    };
    let mut scenario = loaded.scenario().clone();
    scenario.name.clone_from(&arguments.name);
    let yaml = icf_scenario::to_commented_yaml(&scenario, &EXAMPLES);
    let text = format!(
        "# yaml-language-server: $schema={SCHEMA}\n\
         # What stands behind a # without a blank is an example: take the # away to use it.\n\n{yaml}"
    );
    // The name is the only thing that can be wrong.
    if let Err(mistakes) = icf_scenario::load_str(&file.display().to_string(), &text, None) {
        // It stands in the command line, and in no file yet.
        let mut told = Diagnostics::default();
        told.extend(mistakes.into_iter().map(|mistake| Diagnostic {
            place: None,
            source_line: None,
            ..mistake
        }));
        eprint!("{}", crate::render::diagnostics(&told, terminal::colour()));
        return exit::INVALID;
    }
    let folder = file.parent().map(PathBuf::from).unwrap_or_default();
    let schema = folder.join(SCHEMA);
    let written = output::replace(&file, text.as_bytes()).and_then(|()| {
        let json = format!("{:#}\n", icf_scenario::json_schema());
        output::replace(&schema, json.as_bytes())
    });
    if let Err(error) = written {
        eprintln!("icf: {}: {error}", file.display());
        return exit::FAILED;
    }
    terminal::print(&format!(
        "{} is a copy of {}, with every key, those that are not in use as comments; {SCHEMA} beside it lets editors complete and check\n\
         next: icf validate {0}; icf run-scenario {0}\n",
        file.display(),
        arguments.from
    ))
}
