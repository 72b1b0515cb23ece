//! Tables of a run, row by row.

use std::collections::HashMap;
use std::path::Path;

/// The cells of a row by column.
pub(crate) type Row = HashMap<String, String>;

/// The rows of some CSV text.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let mut lines = text.lines().map(cells);
    let header = lines.next().expect("a header");
    lines
        .map(|cells| {
            assert_eq!(cells.len(), header.len(), "{cells:?}");
            header.iter().cloned().zip(cells).collect()
        })
        .collect()
}

/// The cells of a line; one in quotes may hold a comma.
fn cells(line: &str) -> Vec<String> {
    let mut is_quoted = false;
    let cells = line.split(|letter| {
        is_quoted ^= letter == '"';
        letter == ',' && !is_quoted
    });
    cells.map(|cell| cell.trim_matches('"').to_owned()).collect()
}

/// The rows of a table in the folder of a run.
pub(crate) fn table(run: &Path, name: &str) -> Vec<Row> {
    let file = run.join("tables").join(format!("{name}.csv"));
    rows(&std::fs::read_to_string(file).expect("the run wrote the table"))
}

/// The number in a column; `None` where the cell is blank.
pub(crate) fn figure(row: &Row, column: &str) -> Option<f64> {
    let text = &row[column];
    (!text.is_empty()).then(|| text.parse().unwrap_or_else(|_| panic!("{column} of {row:?}")))
}

/// The number that stands in a column.
pub(crate) fn number(row: &Row, column: &str) -> f64 {
    figure(row, column).unwrap_or_else(|| panic!("{column} of {row:?}"))
}
