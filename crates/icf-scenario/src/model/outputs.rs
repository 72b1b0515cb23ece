//! What a run leaves in its folder.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a run leaves in its folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Outputs {
    /// The formats of the tables.
    pub tables: Vec<TableFormat>,
    /// Whether a text in a CSV file that a spreadsheet would take for a formula has an apostrophe before it. The other formats
    /// cannot be mistaken so.
    pub guard_formulas: bool,
    /// The map files of the regions, in the folder `maps`.
    pub maps: Vec<MapFormat>,
    /// Whether figures are drawn.
    pub figures: bool,
    /// The formats of the figures.
    pub figure_formats: Vec<FigureFormat>,
    /// Whether the page `report.html` is written, and `methods.md` with what was done in the words of a paper.
    pub page: bool,
    /// The language of the figures and the page. Tables and maps keep their names in English.
    pub language: Language,
    /// The files for exchange with other models, in the folder `exchange`.
    pub exchange: Vec<ExchangeFormat>,
}

impl Default for Outputs {
    fn default() -> Self {
        Self {
            tables: vec![TableFormat::Csv, TableFormat::Parquet, TableFormat::Xlsx],
            guard_formulas: false,
            maps: vec![MapFormat::Geojson, MapFormat::Geopackage],
            figures: true,
            figure_formats: vec![FigureFormat::Svg],
            page: true,
            language: Language::En,
            exchange: vec![ExchangeFormat::Iamc],
        }
    }
}

/// The language of figures and page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// English.
    En,
    /// Chinese, in simplified characters; regions have their Chinese names where the data set brings them.
    Zh,
}

/// A format of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TableFormat {
    /// Text, separated by commas.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// One workbook, `icf.xlsx`, with a sheet a table.
    Xlsx,
}

/// A format of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FigureFormat {
    /// Lines and text, at any size.
    Svg,
    /// Dots, 300 an inch.
    Png,
}

/// A format of map files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MapFormat {
    /// `regions.geojson`: the last year of the history and the horizon.
    Geojson,
    /// `icf.gpkg`: a GeoPackage with every region, year and table.
    Geopackage,
    /// `regions.parquet`: GeoParquet with the columns of the GeoJSON.
    Geoparquet,
}

/// A file for exchange with other models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExchangeFormat {
    /// `iamc.csv`: the IAMC format, a row a value.
    Iamc,
    /// `iamc_wide.csv`: the IAMC format, a column a year.
    IamcWide,
    /// `iamc.xlsx`: the IAMC template with the sheets `data`, a column a year, and `meta`.
    IamcXlsx,
}
