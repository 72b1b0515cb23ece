//! `icf garden [SCENARIO]`

mod tables;
mod text;

use icf_diagnostics::Diagnostics;
use icf_runner::Cache;
use icf_scenario::Loaded;
use icf_workflow::presets;

use crate::arguments::{DataFormat, Garden, GardenTable};
use crate::{exit, render, terminal};

/// Runs a scenario along every path of methods.
pub(crate) fn run(arguments: &Garden) -> u8 {
    let loaded = match scenario(arguments) {
        Ok(loaded) => loaded,
        Err(mistakes) => return invalid(&mistakes),
    };
    let (garden, warnings) = match icf_runner::garden(&loaded, &Cache::default()) {
        Ok(found) => found,
        Err(mistakes) => return invalid(&mistakes),
    };
    eprint!("{}", render::diagnostics(&warnings, terminal::colour()));
    let answer = match (arguments.format, arguments.table) {
        (DataFormat::Text, _) => text::text(&garden),
        (DataFormat::Csv, GardenTable::Paths) => tables::paths(&garden),
        (DataFormat::Csv, GardenTable::Flips) => tables::flips(&garden),
        (DataFormat::Json, _) => format!(
            "{}\n",
            serde_json::to_string_pretty(&garden).expect("a garden is made of text, numbers and lists")
        ),
    };
    terminal::print(&answer)
}

/// The scenario of the file without its variants and sweep, or the baseline that comes with the program.
fn scenario(arguments: &Garden) -> Result<Loaded, Diagnostics> {
    let family = match &arguments.file {
        Some(file) => icf_scenario::load_family(file, &arguments.set)?,
        None => {
            let (name, text) = presets::BASELINE;
            icf_scenario::family_from_str(&format!("{name}.yaml"), text, None, &arguments.set)?
        }
    };
    family.members[0].load()
}

fn invalid(mistakes: &Diagnostics) -> u8 {
    eprint!("{}", render::diagnostics(mistakes, terminal::colour()));
    exit::INVALID
}
