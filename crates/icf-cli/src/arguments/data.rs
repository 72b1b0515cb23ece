//! The arguments of `icf data`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Format;

#[derive(Debug, Args)]
pub(crate) struct DataSets {
    #[command(subcommand)]
    pub(crate) command: DataCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DataCommand {
    /// Write an empty data package with its schema and a README
    Init(DataInit),
    /// Check a data set and say what it holds
    Check(DataCheck),
}

#[derive(Debug, Args)]
pub(crate) struct DataInit {
    /// Folder for the package; it must be empty, or not be there
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct DataCheck {
    /// A folder of tables, a datapackage.json, or the name of a built-in data set
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// How to answer on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}
