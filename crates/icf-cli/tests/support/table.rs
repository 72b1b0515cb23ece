//! Tables of a run, row by row; for those without a quoted cell.

use std::collections::HashMap;
use std::path::Path;

/// The cells of a row by column.
pub(crate) type Row = HashMap<String, String>;

/// The rows of some CSV text.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    lines
        .map(|line| {
            header.iter().map(|name| (*name).to_owned()).zip(line.split(',').map(str::to_owned)).collect()
        })
        .collect()
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
