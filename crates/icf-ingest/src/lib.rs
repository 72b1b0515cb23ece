//! CSV and Parquet tables and workbooks, and data packages of them, to a checked [`Dataset`] of panels.
//!
//! A data set is a folder of tables in the schema of `docs/data.md`, with or without a Frictionless
//! `datapackage.json`, or one that is shipped inside the program. Every cell is checked on the way in: units are
//! converted by name, keys are unique, numbers are finite, and every mistake is reported with file, row and
//! column. Gaps are filled by [`fill`] and odd values found by [`hampel`], only when the scenario says so.
//!
//! `workbook` reads sheets, tidy ones and those in the layout of a yearbook. polars reads the other tables and stays inside this crate: no public signature names it.
#![expect(clippy::disallowed_methods, reason = "this crate stands at the rim and reads files")]

mod columns;
mod dataset;
mod gaps;
mod outliers;
mod raw;
mod reader;
mod schema;
mod source;
mod survey;
mod tables;
mod workbook;

pub use columns::{Columns, Wanted, parse_columns, read_columns};
pub use dataset::{Dataset, Fuel, LandArea, Observed, Region};
pub use gaps::{Filled, GapPolicy, fill};
pub use outliers::{Hampel, hampel};
pub use schema::{ColumnSchema, Kind, TableSchema, schema};
pub use source::{Source, SourceFile};
pub use survey::{Coverage, Survey, TableSurvey, survey};
pub use tables::{EquivalenceTable, read_equivalence};

use icf_diagnostics::Diagnostics;

/// Reads a data set and checks every cell of it.
///
/// # Errors
/// All mistakes of all files: missing tables or columns, text where a number belongs, unknown units, fuels or
/// regions, negative energy, two rows for one key, files that are truncated or not UTF-8.
pub fn read(source: &Source) -> Result<Dataset, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let files = source::collect(source, &mut diagnostics);
    checked(source, files, diagnostics)
}

fn checked(
    source: &Source,
    files: Option<source::Files>,
    mut diagnostics: Diagnostics,
) -> Result<Dataset, Diagnostics> {
    let dataset = files.and_then(|files| tables::read_all(source.name(), files, &mut diagnostics));
    match dataset {
        Some(dataset) if !diagnostics.has_errors() => Ok(Dataset { warnings: diagnostics, ..dataset }),
        _ => {
            assert!(diagnostics.has_errors(), "a table that cannot be used has said why");
            Err(diagnostics)
        }
    }
}
