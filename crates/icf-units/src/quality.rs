//! How far a figure can be trusted.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How a figure came about. Every input figure carries one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quality {
    /// Taken as printed from the source.
    Direct,
    /// Computed from printed figures by an accounting identity.
    Derived,
    /// Known to be at least this much.
    LowerBound,
    /// Printed or derived so, but implausible beside its neighbours.
    Suspect,
    /// Estimated by a model of whoever made the table.
    Estimate,
}

impl Quality {
    /// Every flag, best first.
    pub const ALL: [Self; 5] = [Self::Direct, Self::Derived, Self::LowerBound, Self::Suspect, Self::Estimate];

    /// The flag as tables write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Derived => "derived",
            Self::LowerBound => "lower-bound",
            Self::Suspect => "suspect",
            Self::Estimate => "estimate",
        }
    }

    /// Whether a reader has to be told of each such figure.
    #[must_use]
    pub const fn is_doubtful(self) -> bool {
        matches!(self, Self::LowerBound | Self::Suspect | Self::Estimate)
    }
}

impl fmt::Display for Quality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Quality {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|flag| flag.as_str() == text).ok_or(())
    }
}
