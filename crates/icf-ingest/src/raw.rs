//! Tables as text, cell by cell. polars is named here and nowhere else in this crate.

use std::io::Cursor;

use icf_diagnostics::{Diagnostic, Place};
use polars::prelude::{CsvReadOptions, DataFrame, DataType, ParquetReader, PolarsResult, SerReader};

use crate::SourceFile;

/// A table whose cells are still text; an empty cell is `None`.
pub(crate) struct RawTable {
    pub(crate) file: String,
    pub(crate) columns: Vec<String>,
    /// Cells by column, then row.
    cells: Vec<Vec<Option<String>>>,
    pub(crate) rows: usize,
    /// The cells of a workbook that stand behind the table's, by row, then column; else empty.
    sheet_cells: Vec<Vec<String>>,
    /// The lines of a CSV file in which every record is one line; else empty.
    lines: Vec<String>,
}

impl RawTable {
    /// Reads CSV, or Parquet by the file's ending.
    pub(crate) fn read(file: &SourceFile) -> Result<Self, Diagnostic> {
        if file.name.ends_with(".parquet") { Self::parquet(file) } else { Self::csv(file) }
    }

    fn csv(file: &SourceFile) -> Result<Self, Diagnostic> {
        let text = std::str::from_utf8(&file.bytes).map_err(|error| {
            let before = &file.bytes[..error.valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            Diagnostic::error("not-utf8", "is not UTF-8")
                .at(Place::at(&file.name, line, 1, 0))
                .hint("save the table as UTF-8; older spreadsheets write GBK")
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(Diagnostic::error("empty", "is empty").at(Place::file(&file.name)));
        }
        let frame = CsvReadOptions::default()
            .with_has_header(true)
            .with_infer_schema_length(Some(0))
            .with_n_threads(Some(1))
            .into_reader_with_file_handle(Cursor::new(text.as_bytes()))
            .finish();
        let mut table = Self::from_frame(&file.name, frame)?;
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() == table.rows + 1 {
            table.lines = lines.into_iter().map(str::to_owned).collect();
        }
        Ok(table)
    }

    fn parquet(file: &SourceFile) -> Result<Self, Diagnostic> {
        Self::from_frame(&file.name, ParquetReader::new(Cursor::new(&file.bytes[..])).finish())
    }

    fn from_frame(file: &str, frame: PolarsResult<DataFrame>) -> Result<Self, Diagnostic> {
        let broken = |error: &dyn std::fmt::Display| {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default().to_owned();
            Diagnostic::error("broken-table", format!("cannot be read as a table: {first}"))
                .at(Place::file(file))
                .hint("the file is truncated or damaged, or a row has more cells than the header")
        };
        let frame = frame.map_err(|error| broken(&error))?;
        let mut columns = Vec::with_capacity(frame.width());
        let mut cells = Vec::with_capacity(frame.width());
        for column in frame.columns() {
            let text = column.cast(&DataType::String).map_err(|error| broken(&error))?;
            let text = text.str().map_err(|error| broken(&error))?;
            columns.push(column.name().trim().to_owned());
            cells.push(
                text.iter()
                    .map(|cell| cell.map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned))
                    .collect(),
            );
        }
        Ok(Self {
            file: file.to_owned(),
            columns,
            cells,
            rows: frame.height(),
            sheet_cells: vec![],
            lines: vec![],
        })
    }

    /// A table out of a workbook: cells and the cells of its sheet behind them, both by row.
    pub(crate) fn of_sheet(
        file: &str,
        columns: Vec<String>,
        rows: Vec<Vec<Option<String>>>,
        sheet_cells: Vec<Vec<String>>,
    ) -> Self {
        let count = rows.len();
        let mut cells = vec![Vec::with_capacity(count); columns.len()];
        for row in rows {
            for (column, cell) in cells.iter_mut().zip(row) {
                column.push(cell);
            }
        }
        Self { file: file.to_owned(), columns, cells, rows: count, sheet_cells, lines: vec![] }
    }

    /// Whether it lies in a workbook, where regions go by their names too.
    pub(crate) fn is_of_sheet(&self) -> bool {
        !self.sheet_cells.is_empty()
    }

    /// Where a row stands, in words: `line 5`, or the cell of its sheet.
    pub(crate) fn row_words(&self, row: usize, column: usize) -> String {
        match self.sheet_cells.get(row) {
            Some(cells) => cells[column].clone(),
            None => format!("line {}", row + 2),
        }
    }

    /// The text of a cell.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<&str> {
        self.cells[column][row].as_deref()
    }

    /// A diagnostic placed at a cell: the header is line 1, so the first row is line 2.
    pub(crate) fn at_cell(&self, diagnostic: Diagnostic, row: usize, column: usize) -> Diagnostic {
        if let Some(cells) = self.sheet_cells.get(row) {
            return diagnostic.at(Place::file(format!("{}:{}", self.file, cells[column])));
        }
        let Some(line) = self.lines.get(row + 1) else {
            return diagnostic.at(Place { line: Some(row + 2), ..Place::file(&self.file) });
        };
        let (start, length) = field(line, column);
        diagnostic.at(Place::at(&self.file, row + 2, start + 1, length)).in_line(line)
    }

    /// A diagnostic placed at the header.
    pub(crate) fn at_header(&self, diagnostic: Diagnostic) -> Diagnostic {
        if let Some(cells) = self.sheet_cells.first() {
            let sheet = cells.first().and_then(|cell| cell.rsplit_once('!')).map_or("", |(sheet, _)| sheet);
            return diagnostic.at(Place::file(format!("{}:{sheet}", self.file)));
        }
        let diagnostic = diagnostic.at(Place::at(&self.file, 1, 1, 0));
        match self.lines.first() {
            Some(line) => diagnostic.in_line(line),
            None => diagnostic,
        }
    }
}

/// Where the `index`-th field of a CSV line starts, and its length, in characters.
fn field(line: &str, index: usize) -> (usize, usize) {
    let (mut field, mut start, mut quoted, mut end) = (0, 0, false, 0);
    for (place, character) in line.chars().enumerate() {
        end = place + 1;
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                if field == index {
                    return (start, place - start);
                }
                field += 1;
                start = place + 1;
            }
            _ => {}
        }
    }
    if field == index { (start, end - start) } else { (end, 0) }
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn a_field_is_found_behind_quoted_commas() {
        assert_eq!(field("a,\"b,c\",d", 1), (2, 5));
        assert_eq!(field("a,\"b,c\",d", 2), (8, 1));
        assert_eq!(field("a,b", 5), (3, 0));
        assert_eq!(field("京,b", 1), (2, 1));
    }
}
