//! What a run leaves in its folder.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a run leaves in its folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Outputs {
    /// The formats of the tables.
    pub tables: Vec<TableFormat>,
    /// Whether figures are drawn.
    pub figures: bool,
    /// Whether the page `report.html` is written.
    pub page: bool,
}

impl Default for Outputs {
    fn default() -> Self {
        Self { tables: vec![TableFormat::Csv, TableFormat::Parquet], figures: true, page: true }
    }
}

/// A format of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TableFormat {
    /// Text, separated by commas.
    Csv,
    /// Apache Parquet.
    Parquet,
}
