//! The program `icf`: arguments, progress, diagnostics and exit codes.
#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "this is the program")]

mod arguments;
mod commands;
mod exit;
mod reference;
mod render;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = match arguments::Arguments::try_parse().and_then(arguments::Arguments::consistent) {
        Ok(arguments) => arguments,
        Err(error) => {
            // clap prints help and version on stdout with success, mistakes on stderr with 2.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(exit::USAGE));
        }
    };
    ExitCode::from(commands::run(arguments))
}
