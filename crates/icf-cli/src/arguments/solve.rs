//! The arguments of `icf solve`.

use std::path::PathBuf;

use clap::Args;

use super::{DataFormat, Setup};

#[derive(Debug, Args)]
pub(crate) struct Solve {
    /// Scenario file with questions under `solve`
    #[arg(value_name = "SCENARIO")]
    pub(crate) file: PathBuf,
    /// How to answer on standard output
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    pub(crate) format: DataFormat,
    /// Lay a value over the scenario, as in run-scenario; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    pub(crate) set: Vec<String>,
    #[command(flatten)]
    pub(crate) setup: Setup,
}
