//! Results to figures (SVG), map files and one offline HTML page.
//!
//! | output | function | where |
//! |---|---|---|
//! | one SVG a figure, as PNG if wanted | [`figures`], [`png()`] | `figure/`, one file a kind of figure |
//! | `maps/regions.geojson`, `maps/icf.gpkg` | [`geojson`], [`geopackage`], [`map_layer`] for others | `map_file/` |
//! | `report.html` | [`page`] | `page/`, with template, style and script in `templates/` |
//! | `methods.md` | [`methods`] | `methods.rs` |
//! | `compare.html` of several runs | [`compare_page`] | `page/compare.rs` |
//!
//! The page shows the same drawings as the files: a figure is a tree of elements that knows neither, and is
//! written once with its own style for a file and once without for the page. Equal results give equal bytes.
//!
//! A view without anything to show says so; it never fails and never vanishes. Those of levers and of sink trading are
//! there where the scenario has some.
//!
//! What this crate does not do: it computes no statistic, writes no file, and fetches nothing, nor does its page.

mod answer;
mod atlas;
mod error;
mod figure;
mod ground;
mod language;
mod map_file;
mod methods;
mod number;
mod page;
mod palette;
mod png;
mod regional;
mod svg;
mod variable;
mod view;
mod wording;
mod zone;

pub use error::ReportError;
pub use figure::Figure;
pub use language::Language;
pub use page::{STYLE, policy};
pub use regional::{RegionYear, RegionYears};

use icf_results::{MapLayer, NationRow, RegionInfo, RunResults, Summary};
use view::View;

/// Every figure of a run, each with a caption.
///
/// # Errors
/// When the boundaries of the results cannot be read.
pub fn figures(results: &RunResults, language: Language) -> Result<Vec<Figure>, ReportError> {
    Ok(figure::figures(&View::new(results, language)?))
}

/// The title over a list of captions.
pub const fn captions_title(language: Language) -> &'static str {
    language.of("Captions", "图题")
}

/// What a reader has to know of the boundaries under the maps of a run, where something is.
#[must_use]
pub fn map_note(results: &RunResults, language: Language) -> Option<&'static str> {
    ground::note(results, language)
}

/// A figure's SVG as PNG with 300 dots an inch.
///
/// # Errors
/// When the figure cannot be drawn, which would be a fault of this crate.
pub fn png(svg: &str) -> Result<Vec<u8>, ReportError> {
    png::png(svg)
}

/// The regions of the run with their boundaries and their values in the last year of the history and at the
/// horizon (RFC 7946). A region without boundaries has a null geometry, a missing value is null.
///
/// # Errors
/// When the boundaries of the results cannot be read.
pub fn geojson(results: &RunResults) -> Result<String, ReportError> {
    Ok(map_file::geojson(&View::new(results, Language::English)?))
}

/// The same regions and values, and every table of the run, as an OGC GeoPackage.
///
/// # Errors
/// When the boundaries of the results cannot be read, or the database refuses a table.
pub fn geopackage(results: &RunResults) -> Result<Vec<u8>, ReportError> {
    map_file::geopackage(&View::new(results, Language::English)?)
}

/// The same regions and values for writers of other formats.
///
/// # Errors
/// When the boundaries of the results cannot be read.
pub fn map_layer(results: &RunResults) -> Result<MapLayer, ReportError> {
    Ok(map_file::layer(&View::new(results, Language::English)?))
}

/// The whole report as one HTML page that needs no network.
///
/// # Errors
/// When the boundaries of the results cannot be read.
pub fn page(results: &RunResults, language: Language) -> Result<String, ReportError> {
    page::page(&View::new(results, language)?)
}

/// What the run did in the words of a paper, with its references, as Markdown.
#[must_use]
pub fn methods(results: &RunResults, language: Language) -> String {
    methods::methods(results, language)
}

/// A run among those that are put side by side.
#[derive(Clone, Copy, Debug)]
pub struct ComparedRun<'a> {
    /// Its headline figures.
    pub summary: &'a Summary,
    /// The nation in every year.
    pub nation: &'a [NationRow],
    /// What a point of a sweep sets; of others nothing.
    pub settings: &'a [(String, String)],
    /// The regions in every year, for runs that end in different ones; empty where only the horizon is known.
    pub regional: &'a [RegionYears],
}

impl ComparedRun<'_> {
    /// The name, and what it sets.
    fn label(&self) -> String {
        let settings: Vec<String> =
            self.settings.iter().map(|(key, value)| format!("{key} {value}")).collect();
        match settings.is_empty() {
            true => self.summary.scenario.clone(),
            false => format!("{}: {}", self.summary.scenario, settings.join(", ")),
        }
    }
}

/// What a page of several runs holds.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The runs, the one that others are held against first. Each has a column in the tables of what differs.
    pub runs: &'a [ComparedRun<'a>],
    /// The points of a sweep: shown beside the runs, but too many for columns of their own.
    pub points: &'a [ComparedRun<'a>],
    /// The regions of the first run, for their names in another language.
    pub regions: &'a [RegionInfo],
    /// The boundaries of the regions as GeoJSON (property `region`), or empty.
    pub boundaries: &'a str,
    /// Whether its tables are written beside the page.
    pub has_tables: bool,
}

/// Several runs side by side as one HTML page that needs neither network nor script.
///
/// # Errors
/// When the boundaries cannot be read.
pub fn compare_page(compared: Compared, language: Language) -> Result<String, ReportError> {
    page::compare_page(compared, language)
}
