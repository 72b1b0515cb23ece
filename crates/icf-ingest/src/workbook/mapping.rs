//! What a data package says of a sheet in the layout of a yearbook.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How a sheet becomes a table: the object `icf` of a resource whose path is a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mapping {
    /// The sheets, by name; each with the year of all its figures, or none when a column or `set` says it.
    pub(crate) sheets: Vec<Sheet>,
    /// The rows that make the header, counted from 1; a column's title is their texts, from above, joined by `/`.
    pub(crate) header: Vec<u32>,
    /// The column of the regions, by its letters.
    pub(crate) regions: String,
    /// Titles of the columns that are read, with what each says of its figures (`fuel`, `year`, `class`, `unit` …).
    pub(crate) columns: BTreeMap<String, BTreeMap<String, String>>,
    /// What is so of all figures, e.g. `{ "source": "inventory" }`.
    #[serde(default)]
    pub(crate) set: BTreeMap<String, String>,
    /// A cell that holds the unit of all figures, e.g. `H2` with `单位：万吨`. A unit in brackets in a title, or one that
    /// `columns` or `set` gives, goes before it.
    pub(crate) unit_cell: Option<String>,
    /// Texts that stand for no figure, beside an empty cell.
    #[serde(default = "blanks")]
    pub(crate) missing: Vec<String>,
    /// Rows that are no regions.
    #[serde(default)]
    pub(crate) skip: Vec<String>,
    /// The row with the sums over the regions, which are held against them.
    pub(crate) total: Option<String>,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sheet {
    /// Its name.
    pub(crate) name: String,
    /// The year of its figures.
    pub(crate) year: Option<i32>,
}

fn blanks() -> Vec<String> {
    ["-", "—", "–", "…", "..", "...", "/"].map(str::to_owned).into()
}

/// How a table lies in a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A sheet that is the table, with its columns' names in the first row.
    Tidy(String),
    /// As a yearbook prints it.
    Yearbook(Box<Mapping>),
}
