//! `icf new NAME --from PRESET`

use std::path::PathBuf;

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_workflow::{presets, replace};

use crate::arguments::New;
use crate::{exit, terminal};

const SCHEMA: &str = "scenario.schema.json";

/// Writes a scenario with every key and a comment at each, and the schema beside it for the editor.
pub(crate) fn run(arguments: &New) -> u8 {
    let file = arguments.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}.yaml", arguments.name)));
    if file.exists() {
        eprintln!("icf: {} is there already: it is not replaced", file.display());
        return exit::FAILED;
    }
    let yaml = match presets::copy(&arguments.from, &arguments.name) {
        Ok(yaml) => yaml,
        Err(error) => {
            eprintln!("icf: {error}");
            return exit::USAGE;
        }
    };
    let text = format!("# yaml-language-server: $schema={SCHEMA}\n{yaml}");
    // The name is the only thing that can be wrong.
    if let Err(mistakes) = icf_scenario::family_from_str(&file.display().to_string(), &text, None, &[]) {
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
    let written = replace(&file, text.as_bytes()).and_then(|()| {
        let json = format!("{:#}\n", icf_scenario::json_schema());
        replace(&schema, json.as_bytes())
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
