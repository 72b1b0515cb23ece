//! Single statistics on a CSV file: one file a command, over what they share.
//!
//! `series` reads the values, `neighbours` the weights, and `printed` prints the figures. Each command calls the
//! pure crates directly.

pub(crate) mod breaks;
pub(crate) mod co_location;
pub(crate) mod forecast;
pub(crate) mod global;
pub(crate) mod gravity_centre;
pub(crate) mod inequality;
pub(crate) mod lisa;
mod neighbours;
mod printed;
mod series;
pub(crate) mod transitions;
pub(crate) mod weights;

use icf_diagnostics::Diagnostics;

use crate::{exit, render, terminal};

/// The exit code of a command, after its mistakes have been printed.
fn finish(result: Result<u8, Diagnostics>) -> u8 {
    result.unwrap_or_else(|mistakes| {
        eprint!("{}", render::diagnostics(&mistakes, terminal::colour()));
        exit::INVALID
    })
}
