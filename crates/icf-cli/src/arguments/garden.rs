//! The arguments of `icf garden`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{DataFormat, threads};

#[derive(Debug, Args)]
pub(crate) struct Garden {
    /// Scenario file; without it, the baseline that comes with the program
    #[arg(value_name = "SCENARIO")]
    pub(crate) file: Option<PathBuf>,
    /// How to answer on standard output
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    pub(crate) format: DataFormat,
    /// Which table `--format csv` prints
    #[arg(long, value_enum, default_value_t = GardenTable::Paths)]
    pub(crate) table: GardenTable,
    /// Lay a value over the scenario, as in run-scenario; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    pub(crate) set: Vec<String>,
    /// Threads to use; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<NonZeroUsize>,
}

/// A table of the garden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GardenTable {
    /// One row a path
    Paths,
    /// One row a figure of the paper and a threshold, with what flips it
    Flips,
}
