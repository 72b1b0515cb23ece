//! Files that are generated from the code and committed.

use std::process::ExitCode;

use crate::{cargo, crate_graph};

type Generator = fn() -> Result<String, String>;

/// Path from the root, and what makes it.
const GENERATED: &[(&str, Generator)] = &[
    ("docs/scenario.schema.json", || cargo::output_of(&["schema"])),
    ("docs/cli.md", || cargo::output_of(&["cli-reference"])),
    ("docs/tables.md", || cargo::output_of(&["table-reference"])),
    ("docs/iamc/variables.yaml", || cargo::output_of(&["exchange-variables"])),
    ("crates/README.md", crate_graph::markdown),
];

/// Writes the generated files, or with `--check` fails when one is stale.
pub(crate) fn run(arguments: &[String]) -> ExitCode {
    let check = match arguments {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => {
            eprintln!("usage: cargo xtask codegen [--check]");
            return ExitCode::from(2);
        }
    };
    let mut failed = false;
    for (path, generator) in GENERATED {
        match one(path, *generator, check) {
            Ok(()) => {}
            Err(message) => {
                eprintln!("xtask: {path}: {message}");
                failed = true;
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn one(path: &str, generator: Generator, check: bool) -> Result<(), String> {
    let fresh = generator()?;
    let file = cargo::root().join(path);
    let present = std::fs::read_to_string(&file).unwrap_or_default();
    if present == fresh {
        return Ok(());
    }
    if check {
        return Err("is stale; run `cargo xtask codegen`".to_owned());
    }
    std::fs::write(&file, fresh).map_err(|error| error.to_string())?;
    eprintln!("xtask: wrote {path}");
    Ok(())
}
