//! The tables of the built-in data set as rows of text.

use std::collections::HashMap;

/// A row by column name.
pub(crate) type Row = HashMap<String, String>;

/// A file of the data set.
pub(crate) fn file(path: &str) -> &'static [u8] {
    icf_data::find("china-provinces").expect("the data set is built in").file(path).expect(path)
}

/// Header and rows of a table.
pub(crate) fn table(path: &str) -> (Vec<String>, Vec<Row>) {
    let mut reader = csv::Reader::from_reader(file(path));
    let header: Vec<String> = reader.headers().expect(path).iter().map(str::to_owned).collect();
    let rows = reader
        .records()
        .map(|record| {
            let record = record.expect(path);
            header.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
        })
        .collect();
    (header, rows)
}

/// The rows of a table.
pub(crate) fn rows(path: &str) -> Vec<Row> {
    table(path).1
}

/// A number of a row; `None` where the cell is empty.
pub(crate) fn number(row: &Row, column: &str) -> Option<f64> {
    let text = &row[column];
    (!text.is_empty()).then(|| text.parse().unwrap_or_else(|_| panic!("{column} of {row:?}")))
}
