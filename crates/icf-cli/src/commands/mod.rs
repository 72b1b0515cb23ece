//! The commands: one file each.

mod compare;
mod comparison;
mod data;
mod explain;
mod garden;
mod land_change;
mod land_npp;
mod list;
mod new;
mod run_scenario;
mod serve;
mod solve;
mod statistic;
mod summary;
mod validate;
mod zonal;

use std::num::NonZeroUsize;

use crate::arguments::{Arguments, Command, Setup};
use crate::{exit, reference, terminal};

/// Carries a command out and gives its exit code.
pub(crate) fn run(arguments: Arguments) -> u8 {
    match arguments.command {
        Command::RunScenario(arguments) => {
            with_setup(&arguments.common.setup, || run_scenario::run(&arguments))
        }
        Command::Compare(arguments) => with_setup(&arguments.common.setup, || compare::run(&arguments)),
        Command::Garden(arguments) => with_threads(arguments.threads, || garden::run(&arguments)),
        Command::Solve(arguments) => with_setup(&arguments.setup, || solve::run(&arguments)),
        Command::Serve(arguments) => with_threads(arguments.threads, || serve::run(&arguments)),
        Command::Validate(arguments) => with_setup(&arguments.common.setup, || validate::run(&arguments)),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Data(arguments) => data::run(&arguments),
        Command::Weights(arguments) => statistic::weights::run(&arguments),
        Command::Moran(arguments) => {
            with_threads(arguments.global.draws.threads, || statistic::global::moran(&arguments))
        }
        Command::Geary(arguments) => {
            with_threads(arguments.draws.threads, || statistic::global::geary(&arguments))
        }
        Command::GetisOrd(arguments) => {
            with_threads(arguments.draws.threads, || statistic::global::getis_ord(&arguments))
        }
        Command::Lisa(arguments) => {
            with_threads(arguments.global.draws.threads, || statistic::lisa::run(&arguments))
        }
        Command::Transitions(arguments) => {
            with_threads(arguments.global.draws.threads, || statistic::transitions::run(&arguments))
        }
        Command::CoLocation(arguments) => {
            with_threads(arguments.global.draws.threads, || statistic::co_location::run(&arguments))
        }
        Command::GravityCentre(arguments) => statistic::gravity_centre::run(&arguments),
        Command::Breaks(arguments) => statistic::breaks::run(&arguments),
        Command::Inequality(arguments) => statistic::inequality::run(&arguments),
        Command::Forecast(arguments) => statistic::forecast::run(&arguments),
        Command::Zonal(arguments) => with_threads(arguments.inputs.threads, || zonal::run(&arguments)),
        Command::LandChange(arguments) => {
            with_threads(arguments.inputs.threads, || land_change::run(&arguments))
        }
        Command::LandNpp(arguments) => with_threads(arguments.inputs.threads, || land_npp::run(&arguments)),
        Command::Schema => terminal::print(&format!("{:#}\n", icf_scenario::json_schema())),
        Command::CliReference => terminal::print(&reference::commands()),
        Command::TableReference => terminal::print(&reference::tables()),
        Command::ExchangeVariables => terminal::print(&icf_tables::variables_yaml()),
    }
}

/// Progress on standard error, and the threads asked for.
fn with_setup(setup: &Setup, command: impl FnOnce() -> u8) -> u8 {
    terminal::start_progress(setup.quiet);
    with_threads(setup.threads, command)
}

/// The threads asked for.
fn with_threads(threads: Option<NonZeroUsize>, command: impl FnOnce() -> u8) -> u8 {
    if let Some(threads) = threads
        && let Err(error) = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build_global()
    {
        eprintln!("icf: {threads} threads cannot be had: {error}");
        return exit::FAILED;
    }
    command()
}
