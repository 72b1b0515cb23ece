//! `icf serve [RUNS]`

use std::path::Path;

use icf_serve::{Addresses, Language, Notice, Settings};

use crate::arguments::{Lang, RUNS, Serve};
use crate::{exit, terminal};

/// Serves the pages of a runs folder until Ctrl-C. Addresses go to standard output, what there is to know to standard
/// error.
pub(crate) fn run(arguments: &Serve) -> u8 {
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
        language: arguments.lang.map(|lang| match lang {
            Lang::En => Language::English,
            Lang::Zh => Language::Chinese,
        }),
    };
    let served = icf_serve::serve(&settings, |notice| match notice {
        Notice::Open(addresses) => open(&arguments.runs, addresses),
        Notice::Ending { running } if running.is_empty() => eprintln!("icf: it ends"),
        Notice::Ending { running } => eprintln!(
            "icf: it ends as soon as {} has left what it is at; Ctrl-C again does not wait for that",
            running.join(" and ")
        ),
    });
    match served {
        Ok(()) => exit::DONE,
        Err(error) => {
            eprintln!("icf: {error}");
            exit::FAILED
        }
    }
}

/// Says where the server is, and who can reach it.
fn open(runs: &Path, addresses: &Addresses) {
    let runs = runs.display();
    if addresses.are_let_in {
        eprintln!(
            "icf: warning: other machines can reach this server. The token and all pages go to them in clear text: whoever \
             reads along can see every run, and run scenarios that read files as you do"
        );
        match (&addresses.this_machine, &addresses.others) {
            (Some(_), Some(_)) => eprintln!(
                "icf: {runs} is shown at the addresses below, the first for this machine, the second for others; Ctrl-C ends it"
            ),
            (Some(_), None) => eprintln!(
                "icf: {runs} is shown at the address below on this machine; others put a number of this machine in the place \
                 of its first part; Ctrl-C ends it"
            ),
            (None, _) => eprintln!(
                "icf: {runs} is shown at the address below, on this machine and on others; Ctrl-C ends it"
            ),
        }
    } else {
        eprintln!("icf: {runs} is shown at the address below, on this machine alone; Ctrl-C ends it");
    }
    // Who cannot read the address cannot open it, but the server may have been given to a program that knows it.
    for url in addresses.this_machine.iter().chain(&addresses.others) {
        terminal::print(&format!("{url}\n"));
    }
}
