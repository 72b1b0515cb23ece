//! `icf run-scenario FILE…`

use std::path::{Path, PathBuf};

use icf_results::{RunResults, Summary};
use icf_scenario::Outputs;

use crate::arguments::{Format, RunScenario};
use crate::{exit, output, render, terminal};

/// Runs each scenario; one that fails does not stop the others, and the worst exit code is given.
pub(crate) fn run(arguments: &RunScenario) -> u8 {
    let several = arguments.files.len() > 1;
    let (mut code, mut summaries) = (exit::DONE, Vec::new());
    for file in &arguments.files {
        match one(file, arguments.out.as_deref(), several) {
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

fn one(file: &Path, out: Option<&Path>, several: bool) -> Result<(Summary, Written), u8> {
    let (results, outputs) = results_of(file)?;
    let target = match out {
        Some(folder) if several => folder.join(&results.scenario),
        Some(folder) => folder.to_owned(),
        None => Path::new("runs").join(&results.scenario),
    };
    match output::write(&target, &results, &outputs) {
        Ok(files) => Ok((Summary::of(&results), Written { target, files })),
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
}

/// Loads, checks and runs a scenario in memory; mistakes are printed and give the exit code.
pub(super) fn results_of(file: &Path) -> Result<(RunResults, Outputs), u8> {
    let invalid = |mistakes| {
        eprint!("{}", render::diagnostics(&mistakes, terminal::colour()));
        eprintln!("icf: {}: nothing was run and nothing written", file.display());
        exit::INVALID
    };
    let loaded = icf_scenario::load(file).map_err(invalid)?;
    let results = icf_runner::run(&loaded).map_err(invalid)?;
    Ok((results, loaded.scenario().outputs.clone()))
}
