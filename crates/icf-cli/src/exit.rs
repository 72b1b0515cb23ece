//! Exit codes, the same for every command.

/// Everything was done.
pub(crate) const DONE: u8 = 0;
/// Something failed that is not the input's fault.
pub(crate) const FAILED: u8 = 1;
/// The command line is wrong.
pub(crate) const USAGE: u8 = 2;
/// The input is wrong.
pub(crate) const INVALID: u8 = 3;
/// A condition that must not hold does.
pub(crate) const CHECK_FAILED: u8 = 4;
