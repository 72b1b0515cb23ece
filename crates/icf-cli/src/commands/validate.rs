//! `icf validate FILE…`

use std::path::Path;

use icf_diagnostics::Diagnostics;
use icf_runner::Cache;

use crate::arguments::{Format, Validate};
use crate::{exit, render, terminal};

/// Checks each scenario, and its keys against its data set.
pub(crate) fn run(arguments: &Validate) -> u8 {
    let mut code = exit::DONE;
    let mut all = Diagnostics::default();
    let cache = Cache::default();
    for file in &arguments.files {
        let checked = check(file, &cache);
        let mistakes = checked.unwrap_or_else(|mistakes| mistakes);
        if mistakes.has_errors() {
            code = exit::INVALID;
        } else if arguments.common.format == Format::Text {
            code = code.max(terminal::print(&format!("{}: valid\n", file.display())));
        }
        if arguments.common.format == Format::Text {
            eprint!("{}", render::diagnostics(&mistakes, terminal::colour()));
        }
        all.extend(mistakes);
    }
    if arguments.common.format == Format::Json {
        let json = serde_json::to_string_pretty(&all).expect("diagnostics have text keys only");
        code = code.max(terminal::print(&format!("{json}\n")));
    }
    code
}

fn check(file: &Path, cache: &Cache) -> Result<Diagnostics, Diagnostics> {
    let family = icf_scenario::load_family(file, &[])?;
    Ok(icf_workflow::check(&family, &file.display().to_string(), cache))
}
