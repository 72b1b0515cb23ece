//! The command line.

mod data;
mod statistic;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use data::*;
pub(crate) use statistic::*;

/// The ecological footprint of industrial carbon, from data to projection.
#[derive(Debug, Parser)]
#[command(name = "icf", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run scenarios and write their results
    RunScenario(RunScenario),
    /// Put scenarios or finished runs side by side
    Compare(Compare),
    /// Check scenarios and say every mistake
    Validate(Validate),
    /// Begin and check data sets
    Data(DataSets),
    /// Make, read and describe spatial weights
    Weights(Weights),
    /// Global Moran's I: are like values near each other
    Moran(Moran),
    /// Global Geary's C: do neighbours differ less than others
    Geary(Global),
    /// Getis and Ord's General G: do high values meet, or low ones
    GetisOrd(Global),
    /// Local statistics: where are the clusters
    Lisa(Lisa),
    /// LISA through time: moves, Markov chains, directions and ranks
    Transitions(Transitions),
    /// Where two LISA maps show the same cluster
    CoLocation(CoLocation),
    /// Where the weight of a column lies, and how it moves
    GravityCentre(GravityCentre),
    /// Classes of values: natural breaks and others
    Breaks(Breaks),
    /// Theil and Gini, within and between groups
    Inequality(Inequality),
    /// Print the JSON schema of scenario files
    Schema,
    /// Print the reference of all commands as Markdown
    #[command(hide = true)]
    CliReference,
    /// Print the reference of all tables as Markdown
    #[command(hide = true)]
    TableReference,
}

/// How a command answers on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Common {
    /// How to answer on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Threads to use; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Say nothing but mistakes on standard error
    #[arg(long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RunScenario {
    /// Scenario files
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Folder for the results; with several scenarios each gets a folder of its name in it [default: runs/NAME]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// Scenario files, which are run, or folders of finished runs
    #[arg(required = true, value_name = "FILE-or-RUN")]
    pub(crate) subjects: Vec<PathBuf>,
    /// Where to write the comparison
    #[arg(long, value_name = "FILE", default_value = "compare.csv")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Args)]
pub(crate) struct Validate {
    /// Scenario files
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) common: Common,
}
