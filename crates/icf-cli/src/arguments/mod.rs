//! The command line.

mod data;
mod forecast;
mod garden;
mod land_change;
mod land_npp;
mod serve;
mod solve;
mod statistic;
mod zonal;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

pub(crate) use data::*;
pub(crate) use forecast::*;
pub(crate) use garden::*;
pub(crate) use land_change::*;
pub(crate) use land_npp::*;
pub(crate) use serve::*;
pub(crate) use solve::*;
pub(crate) use statistic::*;
pub(crate) use zonal::*;

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
    /// Run a scenario along every path of methods, and say which choice flips which verdict
    Garden(Garden),
    /// Answer a scenario's questions: what would just keep a threshold uncrossed
    Solve(Solve),
    /// Show, write and run scenarios in a browser
    Serve(Serve),
    /// Check scenarios and say every mistake
    Validate(Validate),
    /// Say which file and line gave a value
    Explain(Explain),
    /// Write a new scenario with every key and a comment at each
    New(New),
    /// List what a scenario can name
    List(List),
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
    /// Carry a column of years on by a projection model
    Forecast(Forecast),
    /// Areas of land classes in zones, from rasters
    Zonal(Zonal),
    /// Which land class became which between two years, from rasters
    LandChange(LandChange),
    /// Net primary production by zone and land class, and equivalence factors from it, from rasters
    LandNpp(LandNpp),
    /// Print the JSON schema of scenario files
    Schema,
    /// Print the reference of all commands as Markdown
    #[command(hide = true)]
    CliReference,
    /// Print the reference of all tables as Markdown
    #[command(hide = true)]
    TableReference,
    /// Print the definition of the variables of the exchange format
    #[command(hide = true)]
    ExchangeVariables,
}

impl Arguments {
    /// The command line, unless some of its options cannot go together.
    pub(crate) fn consistent(self) -> Result<Self, clap::Error> {
        let conflict = match &self.command {
            Command::Weights(weights) => weights.neighbours.conflict(),
            Command::Moran(moran) => moran.global.neighbours.conflict(),
            Command::Geary(global) | Command::GetisOrd(global) => global.neighbours.conflict(),
            Command::Lisa(lisa) => lisa.conflict().or_else(|| lisa.global.neighbours.conflict()),
            Command::Transitions(transitions) => transitions.global.neighbours.conflict(),
            Command::CoLocation(co_location) => co_location.global.neighbours.conflict(),
            Command::Forecast(forecast) => forecast.conflict(),
            Command::LandChange(change) => change.conflict(),
            Command::LandNpp(npp) => npp.conflict(),
            _ => None,
        };
        match conflict {
            Some(message) => Err(Self::command().error(ErrorKind::ArgumentConflict, message)),
            None => Ok(self),
        }
    }
}

/// A number of threads.
fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "not a whole number of at least 1".to_owned())
}

/// How a command answers on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// A language, as `outputs.language` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English
    En,
    /// Chinese
    Zh,
}

impl Lang {
    /// Its name in a scenario.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Common {
    /// How to answer on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) setup: Setup,
}

/// How a command that reads scenarios works, whatever it answers.
#[derive(Debug, Args)]
pub(crate) struct Setup {
    /// Threads to use; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Say nothing but mistakes and warnings on standard error
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
    /// Lay a value over every scenario, e.g. projection.sink.rate='-0.86 %/yr'; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    pub(crate) set: Vec<String>,
    /// The language of figures and page; the same as --set outputs.language=…
    #[arg(long, value_enum, value_name = "LANG")]
    pub(crate) lang: Option<Lang>,
    /// Exit with 4 when this holds of any run, e.g. 'nation.deficit_year < 2030'; may be repeated
    #[arg(long, value_name = "CONDITION")]
    pub(crate) fail_on: Vec<String>,
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
    /// Exit with 4 when this holds of any run, e.g. 'nation.deficit_year < 2030'; may be repeated
    #[arg(long, value_name = "CONDITION")]
    pub(crate) fail_on: Vec<String>,
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

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Scenario file
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Key, e.g. projection.sink.rate; all keys below it are explained, and all keys without it
    #[arg(value_name = "KEY")]
    pub(crate) key: Option<String>,
    /// Variant or point of the sweep, instead of the base
    #[arg(long, value_name = "NAME")]
    pub(crate) member: Option<String>,
    /// Lay a value over the scenario, as in run-scenario
    #[arg(long, value_name = "PATH=VALUE")]
    pub(crate) set: Vec<String>,
    /// How to answer on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// Name of the scenario
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Scenario to start from; `icf list scenarios` has them
    #[arg(long, value_name = "PRESET", default_value = "baseline")]
    pub(crate) from: String,
    /// File to write [default: NAME.yaml]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// What to list; everything without it
    #[arg(value_enum, value_name = "WHAT")]
    pub(crate) what: Option<Catalogue>,
    /// How to answer on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Catalogue {
    /// Scenarios that come with the program
    Scenarios,
    /// Data sets that come with the program
    Data,
    /// Quantities with their units
    Quantities,
    /// Projection models
    Models,
    /// Levers of policy and weather on the projection
    Levers,
    /// Keys with a number, a rate or a share, which a sweep can turn
    Keys,
}
