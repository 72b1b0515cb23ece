//! A table as a polars frame.

use icf_results::{Cell, ColumnType, Table};
use polars::prelude::{Column, DataFrame, NamedFrom, PolarsResult, Series};

/// One typed column a table's column, rows in the order of the table.
pub(crate) fn of(table: &Table) -> PolarsResult<DataFrame> {
    let columns = table
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| self::column(column.name, column.ty, table.rows.iter().map(|row| &row[place])))
        .collect();
    DataFrame::new(table.rows.len(), columns)
}

/// Cells of one type as a typed column.
pub(crate) fn column<'a>(name: &str, ty: ColumnType, cells: impl Iterator<Item = &'a Cell>) -> Column {
    let name = name.into();
    Column::from(match ty {
        ColumnType::Text => Series::new(name, pick(cells, |cell| text(cell))),
        ColumnType::Integer => Series::new(name, pick(cells, integer)),
        ColumnType::Number => Series::new(name, pick(cells, number)),
        ColumnType::Boolean => Series::new(name, pick(cells, boolean)),
    })
}

fn pick<'a, T>(cells: impl Iterator<Item = &'a Cell>, of: impl Fn(&'a Cell) -> Option<T>) -> Vec<Option<T>> {
    cells.map(of).collect()
}

/// No text is a missing value: an empty cell in CSV, a null in Parquet.
fn text(cell: &Cell) -> Option<&str> {
    if let Cell::Text(text) = cell { Some(text.as_str()).filter(|text| !text.is_empty()) } else { None }
}

fn integer(cell: &Cell) -> Option<i64> {
    if let Cell::Integer(number) = cell { Some(*number) } else { None }
}

fn number(cell: &Cell) -> Option<f64> {
    if let Cell::Number(number) = cell { Some(*number) } else { None }
}

fn boolean(cell: &Cell) -> Option<bool> {
    if let Cell::Boolean(flag) = cell { Some(*flag) } else { None }
}

#[cfg(test)]
mod tests {
    use icf_results::{Cell, Column, ColumnType, Table};
    use polars::prelude::{CsvReadOptions, ParquetReader, SerReader};
    use std::io::Cursor;

    use crate::{Format, encode};

    const COLUMNS: &[Column] = &[
        Column { name: "region", ty: ColumnType::Text, unit: "", description: "" },
        Column { name: "year", ty: ColumnType::Integer, unit: "", description: "" },
        Column { name: "area", ty: ColumnType::Number, unit: "hm2", description: "" },
        Column { name: "exact", ty: ColumnType::Boolean, unit: "", description: "" },
    ];

    fn table() -> Table {
        let third = 1.0 / 3.0;
        Table {
            name: "t",
            title: "",
            columns: COLUMNS,
            rows: vec![
                vec![
                    Cell::Text("040000".into()),
                    Cell::Integer(2000),
                    Cell::Number(third * 1e9),
                    Cell::Boolean(true),
                ],
                vec![Cell::Text("a, \"b\"".into()), Cell::Missing, Cell::Missing, Cell::Boolean(false)],
            ],
        }
    }

    #[test]
    fn csv_keeps_text_and_every_bit_of_a_number() {
        let text = String::from_utf8(encode(&table(), Format::Csv).unwrap()).unwrap();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "region,year,area,exact");
        let number = lines[1].split(',').nth(2).unwrap().parse::<f64>().unwrap();
        assert_eq!(number.to_bits(), (1.0 / 3.0 * 1e9_f64).to_bits());
        assert!(lines[1].starts_with("040000,2000,"));
        assert_eq!(lines[2], "\"a, \"\"b\"\"\",,,false");
    }

    #[test]
    fn both_formats_read_back_to_the_same_frame() {
        let csv = CsvReadOptions::default()
            .into_reader_with_file_handle(Cursor::new(encode(&table(), Format::Csv).unwrap()))
            .finish()
            .unwrap();
        let parquet =
            ParquetReader::new(Cursor::new(encode(&table(), Format::Parquet).unwrap())).finish().unwrap();
        for column in ["year", "area"] {
            let (a, b) = (csv.column(column).unwrap(), parquet.column(column).unwrap());
            assert!(a.as_materialized_series().equals_missing(b.as_materialized_series()), "{column}");
        }
        assert_eq!(csv.shape(), (2, 4));
        assert_eq!(parquet.shape(), (2, 4));
    }

    #[test]
    fn an_empty_table_keeps_its_header() {
        let empty = Table { rows: vec![], ..table() };
        assert_eq!(encode(&empty, Format::Csv).unwrap(), b"region,year,area,exact\n");
    }
}
