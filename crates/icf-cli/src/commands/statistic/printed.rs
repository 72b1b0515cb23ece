//! The figures of a statistic as JSON, CSV or aligned text.

use std::borrow::Cow;

use icf_tables::csv_text;
use serde_json::{Map, Value};

use crate::arguments::DataFormat;
use crate::terminal;

/// Rows of named figures; all have the same columns in the same order.
pub(crate) struct Figures {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Figures {
    pub(crate) fn new<S: AsRef<str>>(columns: &[S]) -> Self {
        Self { columns: columns.iter().map(|name| name.as_ref().to_owned()).collect(), rows: vec![] }
    }

    /// Adds a row, a value a column.
    pub(crate) fn push(&mut self, row: Vec<Value>) {
        assert_eq!(row.len(), self.columns.len(), "a row has a value a column");
        self.rows.push(row);
    }

    /// The rows as JSON objects.
    pub(crate) fn objects(&self) -> Vec<Value> {
        let object = |row: &Vec<Value>| {
            let entries = self.columns.iter().cloned().zip(row.iter().cloned());
            Value::Object(entries.collect::<Map<_, _>>())
        };
        self.rows.iter().map(object).collect()
    }

    /// The rows as CSV with a header.
    pub(crate) fn csv(&self) -> String {
        let header = self.columns.iter().map(Cow::from).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(plain).collect());
        csv_text(std::iter::once(header).chain(rows))
    }

    /// The rows in aligned columns; numbers to six digits.
    pub(crate) fn text(&self) -> String {
        let rows: Vec<Vec<String>> = std::iter::once(self.columns.clone())
            .chain(self.rows.iter().map(|row| row.iter().map(short).collect()))
            .collect();
        aligned(&rows)
    }

    /// One row below the other, a name and a figure a line: for a single row.
    pub(crate) fn list(&self) -> String {
        let entries = |row: &Vec<Value>| -> Vec<Vec<String>> {
            self.columns.iter().zip(row).map(|(name, value)| vec![name.clone(), short(value)]).collect()
        };
        self.rows.iter().map(|row| aligned(&entries(row))).collect::<Vec<_>>().join("\n")
    }
}

/// Prints figures: one object or list for a single row of a statistic without years, else all rows.
pub(crate) fn print(figures: &Figures, format: DataFormat, is_single: bool) -> u8 {
    let text = match format {
        DataFormat::Csv => figures.csv(),
        DataFormat::Text if is_single => figures.list(),
        DataFormat::Text => figures.text(),
        DataFormat::Json => {
            let mut objects = figures.objects();
            let value = if is_single { objects.remove(0) } else { Value::Array(objects) };
            return print_json(&value);
        }
    };
    terminal::print(&text)
}

/// Prints a JSON value.
pub(crate) fn print_json(value: &Value) -> u8 {
    terminal::print(&format!("{value:#}\n"))
}

/// A cell of CSV, to the last digit.
fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

/// A cell for people: six significant digits.
pub(crate) fn short(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::Number(number) if number.is_f64() => {
            let number = number.as_f64().expect("the number is a float");
            let size = number.abs();
            if size != 0.0 && !(1e-4..1e9).contains(&size) {
                return format!("{number:.5e}");
            }
            let rounded: f64 = format!("{number:.5e}").parse().expect("a printed number is a number");
            rounded.to_string()
        }
        other => plain(other).into_owned(),
    }
}

fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_table_three_ways() {
        let mut figures = Figures::new(&["id", "x"]);
        figures.push(vec![json!("a,b"), json!(1.234_567_89)]);
        figures.push(vec![json!("c"), Value::Null]);
        assert_eq!(figures.csv(), "id,x\n\"a,b\",1.23456789\nc,\n");
        assert_eq!(figures.text(), "id   x\na,b  1.23457\nc    –\n");
        assert_eq!(figures.objects()[1], json!({ "id": "c", "x": null }));
    }

    #[test]
    fn figures_for_people() {
        for (number, expected) in [
            (0.05, "0.05"),
            (-0.034_482_758, "-0.0344828"),
            (1e-7, "1.00000e-7"),
            (123_456.789, "123457"),
            (0.0, "0"),
        ] {
            assert_eq!(short(&json!(number)), expected);
        }
    }
}
