//! What can be wrong with a raster.

/// A raster that cannot be used. The file it stands in is named by whoever opened it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RasterError {
    /// The file cannot be read at some place.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The first bytes are not those of a TIFF.
    #[error("is not a TIFF: {0}")]
    NotATiff(&'static str),
    /// A part of the file lies beyond its end.
    #[error("is cut off: {what} would end at byte {end}, and the file at {length}")]
    CutOff {
        /// The part.
        what: String,
        /// Where it would end.
        end: u64,
        /// How long the file is.
        length: u64,
    },
    /// A tag that every raster needs is absent, or its values are of another kind.
    #[error("has no usable tag {tag} ({name})")]
    Tag {
        /// Its number.
        tag: u16,
        /// Its name in the specification.
        name: &'static str,
    },
    /// The layout contradicts itself.
    #[error("is damaged: {0}")]
    Damaged(String),
    /// A tile or strip holds other bytes than its cells need.
    #[error("is damaged: {kind} {index}: {what}")]
    DamagedChunk {
        /// Tile or strip.
        kind: &'static str,
        /// Its place in the file, the first being 0.
        index: usize,
        /// What is wrong with it.
        what: String,
    },
    /// The file is sound and of a kind that is not read.
    #[error("{what} is not read; {instead}")]
    Unsupported {
        /// The kind.
        what: String,
        /// What is read instead.
        instead: &'static str,
    },
    /// A cell holds a number that is no quantity on land.
    #[error(
        "holds the value {value}, which no quantity on land has; if it means that nothing is known, say so"
    )]
    Value {
        /// The number as it is stored.
        value: String,
    },
    /// The file says by what its values are multiplied, and something else is given.
    #[error("says itself that its values are {of_file}, and they are given as {given}")]
    OtherScale {
        /// What the file says.
        of_file: String,
        /// What is given.
        given: String,
    },
    /// Nothing says where the cells lie.
    #[error("does not say where it lies: {0}")]
    NoGeoreference(&'static str),
    /// The grid is turned or sheared.
    #[error("has a grid that is turned or sheared; warp it to one whose rows run from west to east")]
    Rotated,
    /// The grid lies in a system of coordinates that is not known here.
    #[error(
        "lies in {found}; known are longitude and latitude on WGS84 or CGCS2000, and Albers equal-area on these"
    )]
    UnknownCrs {
        /// What the file says.
        found: String,
    },
}
