//! The layers of a scenario: a file, the files it extends, and how they become one tree.

mod extends;
mod merge;

pub(crate) use extends::{Layers, OWN_KEYS, from_file, from_text};
pub(crate) use merge::{APPEND, UNSET, merge};
