//! From a scenario file to folders of results: what the program and the server do alike.
//!
//! [`check`] says every mistake of a file and its members, [`run`] runs them and writes the folder of each, [`write_family`]
//! puts them together, [`side_by_side`] finished runs; [`Condition`]s are held against the figures. [`presets`] are the scenarios to start from.
//!
//! **What is written is whole or not there** (`folder.rs`), and only what a run wrote is ever replaced.
//!
//! What this crate does not do: it prints nothing and reads no arguments; how a mistake looks is another's business.
#![expect(clippy::disallowed_methods, reason = "it writes the results")]

mod check;
mod comparison;
mod condition;
mod family;
mod finished;
mod folder;
pub mod presets;

pub use check::check;
pub use comparison::{header, row, text, thresholds};
pub use condition::{Condition, NoCondition, impossible};
pub use family::{COMPARE_PAGE, Done, Failure, Outcome, Written, compared, family_name, run, write_family};
pub use finished::{Finished, read_summary, side_by_side};
pub use folder::{FolderError, MANIFEST, SUMMARY, replace};
