//! Results to CSV, Parquet, GeoParquet and a workbook, and to the exchange format of the IAMC.
//!
//! polars writes the tables and stays inside this crate: no public signature names it. Tables come sorted by
//! their key and are written as they come, so the same results give the same bytes.

mod csv_text;
mod datapackage;
mod frame;
mod geoparquet;
mod guard;
mod iamc;
mod workbook;

use std::fmt;

use icf_results::Table;
use polars::prelude::{CsvWriter, DataFrame, ParquetCompression, ParquetWriter, PolarsResult, SerWriter};

pub use csv_text::{csv_cell, csv_text};
pub use datapackage::datapackage;
pub use geoparquet::geoparquet;
pub use guard::{guarded, guarded_text};
pub use iamc::{Exchange, variables_yaml};
pub use workbook::workbook;

/// A format of a table file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// UTF-8, comma, header, an empty cell for a missing value; numbers in the shortest form that reads back
    /// to the same bits.
    Csv,
    /// Parquet, zstd-free so that every reader opens it: uncompressed pages.
    Parquet,
}

impl Format {
    /// The ending of the file's name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

/// A table that could not be written; a fault of the program, not of its user.
#[derive(Debug)]
pub struct TableError {
    table: &'static str,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl TableError {
    pub(crate) fn new(table: &'static str, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self { table, source: Box::new(source) }
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table {} cannot be written", self.table)
    }
}

impl std::error::Error for TableError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref())
    }
}

/// The bytes of a table file.
///
/// # Errors
/// When polars refuses the table, which would be a fault of this crate.
pub fn encode(table: &Table, format: Format) -> Result<Vec<u8>, TableError> {
    let bytes = frame::of(table).and_then(|frame| match format {
        Format::Csv => csv(frame),
        Format::Parquet => parquet(frame),
    });
    bytes.map_err(|source| TableError::new(table.name, source))
}

fn csv(mut frame: DataFrame) -> PolarsResult<Vec<u8>> {
    let mut bytes = Vec::new();
    CsvWriter::new(&mut bytes).with_batch_size(BATCH).n_threads(1).finish(&mut frame)?;
    Ok(bytes)
}

fn parquet(mut frame: DataFrame) -> PolarsResult<Vec<u8>> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Uncompressed)
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(bytes)
}

/// Rows written at a time.
const BATCH: std::num::NonZeroUsize = std::num::NonZeroUsize::new(4096).expect("4096 is not zero");
