//! All tables of a run as one workbook: a sheet a table, a contents sheet before them, and a sheet that recomputes one
//! region and year by formulas.

mod contents;
mod formulas;
mod sheet;

use icf_results::{RunResults, Table};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::TableError;

/// What a spreadsheet holds below its header.
const MOST_ROWS: usize = 1_048_575;

/// The workbook of a run. The time of creation is fixed, so that the same run gives the same bytes. Text is written as
/// text: a name that begins with `=` is no formula.
///
/// # Errors
/// When the writer refuses a sheet, which would be a fault of this crate.
pub fn workbook(results: &RunResults) -> Result<Vec<u8>, TableError> {
    written(results).map_err(|source| TableError::new("icf.xlsx", source))
}

fn written(results: &RunResults) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(&results.scenario).set_author("ICF");
    workbook.set_properties(&properties.set_creation_datetime(&created));
    let tables = results.tables();
    contents::write(workbook.add_worksheet(), results, &tables)?;
    if formulas::is_possible(results) {
        formulas::write(workbook.add_worksheet(), results)?;
    }
    for table in tables.iter().filter(|table| fits(table)) {
        sheet::write(workbook.add_worksheet(), table)?;
    }
    workbook.save_to_buffer()
}

/// Whether a table is no longer than a sheet.
fn fits(table: &Table) -> bool {
    table.rows.len() <= MOST_ROWS
}
