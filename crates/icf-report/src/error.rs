//! What can keep a report from being made.

use icf_geometry::GeometryError;

/// A report that could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The boundaries of the data set cannot be read.
    #[error("the map cannot be drawn")]
    Boundaries(#[from] GeometryError),
    /// The database of a GeoPackage refused something, which would be a fault of this crate.
    #[error("the GeoPackage cannot be written")]
    GeoPackage(#[from] rusqlite::Error),
    /// A figure could not be drawn in dots, which would be a fault of this crate.
    #[error("the figure cannot be drawn: {0}")]
    Png(String),
    /// The page's template failed.
    #[error("the page cannot be written")]
    Page(#[from] askama::Error),
}
