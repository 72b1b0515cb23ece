//! The arguments of `icf solve`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::{DataFormat, threads};

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
    /// Threads to use; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Say nothing but mistakes and warnings on standard error
    #[arg(long)]
    pub(crate) quiet: bool,
}
