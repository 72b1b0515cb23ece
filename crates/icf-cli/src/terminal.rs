//! What goes to standard output and standard error.

use std::io::{IsTerminal, Write};

use tracing_subscriber::fmt::format::FmtSpan;

use crate::exit;

/// Whether to colour what goes to standard error: a terminal, and no `NO_COLOR`.
pub(crate) fn colour() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Sends progress to standard error, unless `quiet`.
pub(crate) fn start_progress(quiet: bool) {
    let level = if quiet { tracing::Level::ERROR } else { tracing::Level::INFO };
    let subscriber = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(colour())
        .with_max_level(level)
        .with_span_events(FmtSpan::NONE)
        .with_target(false)
        .with_level(false)
        .without_time()
        .finish();
    // Only the first command of a process sets it.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// Prints on standard output. A reader who has closed the pipe has what they wanted; any other failure is one.
pub(crate) fn print(text: &str) -> u8 {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => exit::DONE,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => exit::DONE,
        Err(error) => {
            eprintln!("icf: standard output: {error}");
            exit::FAILED
        }
    }
}
