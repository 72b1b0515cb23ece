//! Tables out of workbooks: tidy sheets, and sheets in the layout of a yearbook with a declared mapping.
//!
//! A sheet of a yearbook has a region a row and a fuel, class or year a column, under a header of merged cells, with the
//! unit somewhere above. It becomes the same long table that a CSV file would hold, in which each cell still knows its
//! place on the sheet.

mod book;
mod guard;
mod mapping;
mod text;
mod yearbook;

use std::collections::BTreeSet;

use icf_diagnostics::{Diagnostic, Diagnostics};

pub(crate) use mapping::{Layout, Mapping};

use crate::SourceFile;
use crate::raw::RawTable;
use book::{Book, Value};

/// Reads the table that lies in a workbook; mistakes and warnings are noted.
pub(crate) fn read(
    file: &SourceFile,
    layout: &Layout,
    value_column: &str,
    diagnostics: &mut Diagnostics,
) -> Option<RawTable> {
    let mut found = Vec::new();
    let table = Book::open(file).and_then(|mut book| match layout {
        Layout::Tidy(sheet) => tidy(file, &mut book, sheet),
        Layout::Yearbook(mapping) => yearbook::read(file, &mut book, mapping, value_column, &mut found),
    });
    let refused = found.iter().any(Diagnostic::is_error);
    for diagnostic in found {
        diagnostics.push(diagnostic);
    }
    match table {
        Ok(table) => Some(table).filter(|_| !refused),
        Err(mistake) => {
            diagnostics.push(mistake);
            None
        }
    }
}

/// The names of the sheets of a workbook.
pub(crate) fn sheets(file: &SourceFile) -> Result<Vec<String>, Diagnostic> {
    Ok(Book::open(file)?.sheets())
}

/// A sheet that is a table: names of columns in its first row.
fn tidy(file: &SourceFile, book: &mut Book<'_>, sheet: &str) -> Result<RawTable, Diagnostic> {
    let cells = book.cells(sheet)?;
    let width = cells.values.keys().map(|at| at.1 + 1).max().unwrap_or(0);
    let filled: BTreeSet<u32> = cells.values.keys().map(|at| at.0).filter(|row| *row > 0).collect();
    // A stray cell far to the right makes every row as wide.
    if filled.len().saturating_mul(width as usize) > book::MOST_CELLS {
        return Err(book::too_many(&file.name, sheet));
    }
    let shown = |value: &Value| match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) | Value::Odd(text) => text.trim().to_owned(),
    };
    let text = |at| cells.values.get(&at).map(shown).filter(|text| !text.is_empty());
    let columns: Vec<String> = (0..width).map(|column| text((0, column)).unwrap_or_default()).collect();
    let mut rows = Vec::new();
    let mut places = Vec::new();
    for row in filled {
        let row_cells: Vec<Option<String>> = (0..width).map(|column| text((row, column))).collect();
        // A row that was cleared, and not deleted, is none.
        if row_cells.iter().all(Option::is_none) {
            continue;
        }
        places.push((0..width).map(|column| format!("{sheet}!{}", book::reference((row, column)))).collect());
        rows.push(row_cells);
    }
    Ok(RawTable::of_sheet(&file.name, columns, rows, places))
}
