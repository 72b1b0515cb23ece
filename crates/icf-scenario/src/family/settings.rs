//! How the members of a sweep are written.

/// How the members of a sweep are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// What each member leaves.
    pub outputs: SweepOutputs,
}

/// What each member of a sweep leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SweepOutputs {
    /// A row in the tables of the sweep.
    #[default]
    Rows,
    /// A folder of its own besides.
    Folders,
}
