//! What can be wrong with a file of weights.

use std::fmt;

use icf_units::RegionId;

/// A file of weights that cannot be used, with every mistake of the file at once, by line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the weights file has {} mistake{}: {}", .0.len(), if .0.len() == 1 { "" } else { "s" }, listed(.0))]
pub struct WeightsFileError(pub Vec<LineMistake>);

/// A mistake and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineMistake {
    /// The line, the first being 1.
    pub line: usize,
    /// What is wrong with it.
    pub mistake: FileMistake,
}

/// What is wrong with a line of a file of weights.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileMistake {
    /// There is nothing in the file.
    #[error("the file is empty")]
    Empty,
    /// The first line does not say how many regions there are.
    #[error("`{0}` is no header")]
    Header(String),
    /// A line that should begin a region.
    #[error("`{0}` is no id with a number of neighbours")]
    Region(String),
    /// A line that should be a link.
    #[error("`{0}` is no link")]
    Link(String),
    /// A weight that is no number, not finite, or below zero.
    #[error("`{0}` is no weight")]
    Weight(String),
    /// Another number of regions than the header says.
    #[error("the header says {stated} regions, and there are {found}")]
    Count {
        /// What the header says.
        stated: usize,
        /// How many there are.
        found: usize,
    },
    /// Regions without a link, of which the file does not give the ids.
    #[error("the header says {stated} regions, and only {found} are named")]
    Unnamed {
        /// What the header says.
        stated: usize,
        /// How many are named.
        found: usize,
    },
    /// Another number of neighbours than the line before says.
    #[error("region {region} should have {stated} neighbours, and {found} are named")]
    Degree {
        /// The region.
        region: RegionId,
        /// How many it should have.
        stated: usize,
        /// How many words stand there.
        found: usize,
    },
    /// The file ends where neighbours should stand.
    #[error("the file ends before the {stated} neighbours of region {region}")]
    Truncated {
        /// The region.
        region: RegionId,
        /// How many neighbours it should have.
        stated: usize,
    },
    /// A neighbour that is no region of the file, or none of the known ones.
    #[error("region {id} is not among the regions")]
    UnknownRegion {
        /// What stands there.
        id: String,
    },
    /// Words that can be read as ids with spaces in several ways, or in none.
    #[error("the ids have spaces, and `{0}` cannot be split into them in just one way")]
    Spaces(String),
    /// A region that stands in the file before.
    #[error("region {region} stands already in line {first}")]
    DuplicateRegion {
        /// The region.
        region: RegionId,
        /// The line of the first.
        first: usize,
    },
    /// A link that stands in the file before.
    #[error("the link from region {from} to region {to} stands already in line {first}")]
    DuplicateLink {
        /// The region that it leads from.
        from: RegionId,
        /// The region that it leads to.
        to: RegionId,
        /// The line of the first.
        first: usize,
    },
    /// A region that is a neighbour of itself.
    #[error("region {0} is linked to itself")]
    SelfLink(RegionId),
    /// The list of known ids holds one twice.
    #[error("the list of known regions holds {0} twice")]
    KnownTwice(RegionId),
}

impl FileMistake {
    /// What to do about it, where there is something to say.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Empty | Self::Header(_) => {
                "the first line is the number of regions, or `0 n layer idvariable` with n the number of regions"
            }
            Self::Region(_) => {
                "a region takes two lines: its id and how many neighbours it has, then their ids"
            }
            Self::Link(_) => "a link is `from to weight`",
            Self::Weight(_) => "a weight is a finite number, not below zero, with a decimal point",
            Self::Count { .. } | Self::Truncated { .. } => "the file may be cut off",
            Self::Unnamed { .. } => {
                "regions without a neighbour have no line here: give the ids of all regions"
            }
            Self::Degree { .. } => "an island has 0 neighbours and an empty second line",
            Self::UnknownRegion { .. } => "ids are compared as text: 1, 01 and 1.0 are three ids",
            Self::Spaces(_) => "put ids with spaces into double quotes, or use a code instead of a name",
            Self::SelfLink(_) => {
                "weights have no diagonal here: leave out what leads from a region to itself"
            }
            Self::DuplicateRegion { .. } | Self::DuplicateLink { .. } | Self::KnownTwice(_) => return None,
        })
    }
}

impl fmt::Display for LineMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.mistake)
    }
}

/// The mistakes in a row; a file with hundreds of them is mostly wrong in one way.
fn listed(mistakes: &[LineMistake]) -> String {
    const SHOWN: usize = 8;
    let mut text = mistakes.iter().take(SHOWN).map(ToString::to_string).collect::<Vec<_>>().join("; ");
    if mistakes.len() > SHOWN {
        text.push_str(&format!("; and {} more", mistakes.len() - SHOWN));
    }
    text
}
