//! `icf run-scenario FILE…`

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use icf_diagnostics::Diagnostics;
use icf_results::{RunResults, Summary};
use icf_scenario::{Loaded, Outputs};

use crate::arguments::{Format, RunScenario};
use crate::{exit, output, render, terminal};

/// Runs each scenario; one that fails does not stop the others, and the worst exit code is given.
pub(crate) fn run(arguments: &RunScenario) -> u8 {
    let several = arguments.files.len() > 1;
    let (mut code, mut summaries) = (exit::DONE, Vec::new());
    let mut names: HashMap<String, PathBuf> = HashMap::new();
    for file in &arguments.files {
        match one(file, arguments.out.as_deref(), several, &mut names) {
            Ok((summary, written)) => {
                if arguments.common.format == Format::Text {
                    code = code.max(terminal::print(&super::summary::text(&summary, Some(&written))));
                }
                summaries.push(summary);
            }
            Err(failure) => code = code.max(failure),
        }
    }
    if arguments.common.format == Format::Json {
        let json = if several {
            serde_json::to_string_pretty(&summaries)
        } else {
            serde_json::to_string_pretty(&summaries.first())
        };
        let json = json.expect("a summary has text keys only");
        code = code.max(terminal::print(&format!("{json}\n")));
    }
    code
}

/// Runs one scenario, unless an earlier one of this call has its name: it would take the earlier one's folder.
fn one(
    file: &Path,
    out: Option<&Path>,
    several: bool,
    names: &mut HashMap<String, PathBuf>,
) -> Result<(Summary, Written), u8> {
    let loaded = load(file)?;
    let name = &loaded.scenario().name;
    if let Some(first) = names.insert(name.clone(), file.to_owned()) {
        let message = format!("{} is named `{name}` too, and its results would be replaced", first.display());
        let mistake = loaded.diagnose("name", "same-name", message);
        return Err(invalid(file, &mistake.hint("give each scenario a name of its own").into()));
    }
    let (results, outputs) = results_of(file, &loaded)?;
    let target = match out {
        Some(folder) if several => folder.join(&results.scenario),
        Some(folder) => folder.to_owned(),
        None => Path::new("runs").join(&results.scenario),
    };
    match output::write(&target, &results, &outputs) {
        Ok(files) => Ok((Summary::of(&results), Written { target, files, page: outputs.page })),
        Err(error) => {
            eprintln!("icf: {}: {error}", file.display());
            Err(exit::FAILED)
        }
    }
}

/// Where the results went.
pub(super) struct Written {
    pub(super) target: PathBuf,
    pub(super) files: usize,
    /// Whether the page is among them.
    pub(super) page: bool,
}

/// Reads a scenario; mistakes are printed and give the exit code.
pub(super) fn load(file: &Path) -> Result<Loaded, u8> {
    icf_scenario::load(file).map_err(|mistakes| invalid(file, &mistakes))
}

/// Checks and runs a scenario in memory; warnings are printed, and mistakes give the exit code.
pub(super) fn results_of(file: &Path, loaded: &Loaded) -> Result<(RunResults, Outputs), u8> {
    let (results, warnings) = icf_runner::run(loaded).map_err(|mistakes| invalid(file, &mistakes))?;
    eprint!("{}", render::diagnostics(&warnings, terminal::colour()));
    Ok((results, loaded.scenario().outputs.clone()))
}

fn invalid(file: &Path, mistakes: &Diagnostics) -> u8 {
    eprint!("{}", render::diagnostics(mistakes, terminal::colour()));
    eprintln!("icf: {}: nothing was run and nothing written", file.display());
    exit::INVALID
}
