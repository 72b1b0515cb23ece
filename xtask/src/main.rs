//! The project's own commands: `cargo xtask VERB …`.
//!
//! Depends on no crate, so that it builds in a second; what needs the program runs it through cargo.
#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "this is a program")]

mod cargo;
mod codegen;
mod crate_graph;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask VERB

  run-scenario FILE…   run scenarios and write their results below runs/
  compare FILE-or-RUN… scenarios or finished runs side by side
  garden [FILE]        a scenario along every path of methods
  solve FILE           what would just keep a threshold uncrossed
  validate FILE…       check scenarios and say every mistake
  codegen [--check]    write the generated files of docs/ and crates/, or fail when they are stale

`run-scenario`, `compare`, `garden`, `solve` and `validate` are the program's own; `cargo xtask run-scenario --help` says more.
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let verb = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    match verb.as_str() {
        "run-scenario" | "compare" | "garden" | "solve" | "validate" => cargo::run_program(&verb, &rest),
        "codegen" => codegen::run(&rest),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprint!("{USAGE}");
            ExitCode::from(2)
        }
    }
}
