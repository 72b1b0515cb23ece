//! `icf serve [RUNS]`

use std::path::Path;

use icf_serve::Settings;

use crate::arguments::{RUNS, Serve};
use crate::{exit, terminal};

/// Serves the pages of a runs folder until Ctrl-C. The address goes to standard output, what there is to know to standard
/// error.
pub(crate) fn run(arguments: &Serve) -> u8 {
    if !arguments.host.is_loopback() {
        eprintln!(
            "icf: warning: {} can be reached from other machines. Whoever has the token sees every run, and runs \
             scenarios that read files as you do; nothing is encrypted on its way",
            arguments.host
        );
    }
    // Who has run nothing yet begins here.
    if arguments.runs == Path::new(RUNS)
        && let Err(error) = std::fs::create_dir_all(&arguments.runs)
    {
        eprintln!("icf: {RUNS}: {error}");
        return exit::FAILED;
    }
    let settings = Settings {
        runs: arguments.runs.clone(),
        host: arguments.host,
        port: arguments.port,
        threads: arguments.threads,
        at_once: arguments.at_once,
    };
    let served = icf_serve::serve(&settings, |url| {
        eprintln!(
            "icf: {} is shown at the address below, to you alone; Ctrl-C ends it",
            settings.runs.display()
        );
        // Who cannot read the address cannot open it, but the server may have been given to a program that knows it.
        terminal::print(&format!("{url}\n"));
    });
    match served {
        Ok(()) => exit::DONE,
        Err(error) => {
            eprintln!("icf: {error}");
            exit::FAILED
        }
    }
}
