//! Results to figures (SVG), GeoJSON and one offline HTML page.
//!
//! | output | function | where |
//! |---|---|---|
//! | one SVG a figure | [`figures`] | `figure/`, one file a kind of figure |
//! | `maps/regions.geojson` | [`geojson`] | `geojson.rs` |
//! | `report.html` | [`page`] | `page/`, with template, style and script in `templates/` |
//!
//! The page shows the same drawings as the files: a figure is a tree of elements that knows neither, and is
//! written once with its own style for a file and once without for the page. Equal results give equal bytes.
//!
//! A view without anything to show says so; it never fails and never vanishes.
//!
//! What this crate does not do: it computes no statistic, writes no file, and fetches nothing, nor does its page.

mod answer;
mod atlas;
mod error;
mod figure;
mod geojson;
mod number;
mod page;
mod palette;
mod svg;
mod variable;
mod view;
mod wording;
mod zone;

pub use error::ReportError;
pub use figure::Figure;

use icf_results::RunResults;
use view::View;

/// Every figure of a run, each with a caption.
///
/// # Errors
/// When the boundaries of the results cannot be read.
pub fn figures(results: &RunResults) -> Result<Vec<Figure>, ReportError> {
    Ok(figure::figures(&View::new(results)?))
}

/// The regions of the run with their boundaries and their values in the last year of the history and at the
/// horizon (RFC 7946). A region without boundaries has a null geometry, a missing value is null.
///
/// # Errors
/// When the boundaries of the results cannot be read.
pub fn geojson(results: &RunResults) -> Result<String, ReportError> {
    Ok(geojson::geojson(&View::new(results)?))
}

/// The whole report as one HTML page that needs no network.
///
/// # Errors
/// When the boundaries of the results cannot be read.
pub fn page(results: &RunResults) -> Result<String, ReportError> {
    page::page(&View::new(results)?)
}
