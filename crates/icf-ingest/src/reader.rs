//! Typed cells out of a raw table, with every mistake collected.

use std::collections::HashMap;
use std::hash::Hash;

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_units::{Dimension, Quality, Unit, Year};

use crate::raw::RawTable;

/// More mistakes than this in one table are counted, not listed.
const LISTED: usize = 20;

/// Figures beyond these are slips of the pen; within them no product or sum of the model leaves the range of `f64`.
const SMALLEST: f64 = 1e-18;
const LARGEST: f64 = 1e18;

/// A table being read. Methods return `None` after noting the mistake.
pub(crate) struct Reader<'a> {
    table: RawTable,
    diagnostics: &'a mut Diagnostics,
    mistakes: usize,
}

/// A column that the table has.
#[derive(Clone, Copy)]
pub(crate) struct ColumnId(usize);

impl<'a> Reader<'a> {
    pub(crate) fn new(table: RawTable, diagnostics: &'a mut Diagnostics) -> Self {
        Self { table, diagnostics, mistakes: 0 }
    }

    pub(crate) fn rows(&self) -> std::ops::Range<usize> {
        0..self.table.rows
    }

    pub(crate) fn columns(&self) -> &[String] {
        &self.table.columns
    }

    /// A column that must be there.
    pub(crate) fn column(&mut self, name: &str) -> Option<ColumnId> {
        let found = self.optional(name);
        if found.is_none() {
            let near = self
                .table
                .columns
                .iter()
                .map(|column| (strsim::jaro_winkler(column, name), column))
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .filter(|(likeness, _)| *likeness > 0.8);
            let hint = match near {
                Some((_, near)) => format!("did you mean to name {near:?} so?"),
                None => format!("the columns are {}", self.table.columns.join(", ")),
            };
            let mistake =
                Diagnostic::error("missing-column", format!("column `{name}` is missing")).hint(hint);
            self.diagnostics.push(self.table.at_header(mistake));
        }
        found
    }

    /// A column that may be there.
    pub(crate) fn optional(&self, name: &str) -> Option<ColumnId> {
        self.table.columns.iter().position(|column| column == name).map(ColumnId)
    }

    /// Notes a mistake at a cell.
    pub(crate) fn mistake(&mut self, row: usize, column: ColumnId, diagnostic: Diagnostic) {
        self.mistakes += 1;
        if self.mistakes <= LISTED {
            self.diagnostics.push(self.table.at_cell(diagnostic, row, column.0));
        }
    }

    /// Says that there is a header and nothing else.
    pub(crate) fn without_rows(self) {
        let mistake = Diagnostic::error("empty", "has no row")
            .hint("fill it in; or take it out of folder and datapackage.json, where docs/data.md says that it may be left out");
        self.diagnostics.push(self.table.at_header(mistake));
    }

    /// Says how many mistakes were not listed.
    pub(crate) fn finish(self) {
        if self.mistakes > LISTED {
            self.diagnostics.push(self.table.at_header(Diagnostic::error(
                "more",
                format!("{} more mistakes in this table", self.mistakes - LISTED),
            )));
        }
    }

    /// The text of a cell, if it has any.
    pub(crate) fn get(&self, row: usize, column: ColumnId) -> Option<&str> {
        self.table.cell(row, column.0)
    }

    /// Text that must be there.
    pub(crate) fn text(&mut self, row: usize, column: ColumnId) -> Option<String> {
        let text = self.get(row, column).map(str::to_owned);
        if text.is_none() {
            let name = &self.table.columns[column.0];
            let mistake =
                Diagnostic::error("missing-value", format!("column `{name}` has no value in this row"))
                    .hint("a figure that is not known has no row; a file that ends here is truncated");
            self.mistake(row, column, mistake);
        }
        text
    }

    /// A finite number that must be there.
    pub(crate) fn number(&mut self, row: usize, column: ColumnId) -> Option<f64> {
        let text = self.text(row, column)?;
        self.parse_number(row, column, &text)
    }

    /// A finite number, if the cell has one.
    pub(crate) fn optional_number(&mut self, row: usize, column: ColumnId) -> Option<f64> {
        let text = self.get(row, column)?.to_owned();
        self.parse_number(row, column, &text)
    }

    fn parse_number(&mut self, row: usize, column: ColumnId, text: &str) -> Option<f64> {
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        if number.is_none() {
            let name = &self.table.columns[column.0];
            let mistake = Diagnostic::error(
                "not-a-number",
                format!("column `{name}` holds {text:?}, not a finite number"),
            )
            .hint("leave a row out when its figure is not known");
            self.mistake(row, column, mistake);
        }
        let number = number?;
        if number != 0.0 && !(SMALLEST..=LARGEST).contains(&number.abs()) {
            let name = &self.table.columns[column.0];
            let mistake = Diagnostic::error(
                "out-of-range",
                format!("column `{name}` holds {text:?}, which no figure of this kind reaches"),
            )
            .hint(format!("figures lie between {SMALLEST:e} and {LARGEST:e}, or are 0"));
            self.mistake(row, column, mistake);
            return None;
        }
        Some(number)
    }

    /// A number of zero or more that must be there.
    pub(crate) fn amount(&mut self, row: usize, column: ColumnId) -> Option<f64> {
        let number = self.number(row, column)?;
        if number < 0.0 {
            let name = &self.table.columns[column.0];
            self.mistake(
                row,
                column,
                Diagnostic::error("negative", format!("column `{name}` holds {number}, which is below zero")),
            );
            return None;
        }
        Some(number)
    }

    /// A year that must be there.
    pub(crate) fn year(&mut self, row: usize, column: ColumnId) -> Option<Year> {
        let text = self.text(row, column)?;
        let year = text.parse::<i32>().ok().filter(|year| (1..=9999).contains(year)).map(Year::new);
        if year.is_none() {
            self.mistake(row, column, Diagnostic::error("not-a-year", format!("{text:?} is not a year")));
        }
        year
    }

    /// A unit of one of some dimensions that must be there.
    pub(crate) fn unit(&mut self, row: usize, column: ColumnId, dimensions: &[Dimension]) -> Option<Unit> {
        let text = self.text(row, column)?;
        let unit = Unit::parse(&text).ok().filter(|unit| dimensions.contains(&unit.dimension()));
        if unit.is_none() {
            let known: Vec<_> = dimensions.iter().flat_map(|dimension| Unit::names(*dimension)).collect();
            let message = match Unit::parse(&text) {
                Ok(_) => format!("unit {text:?} does not fit here"),
                Err(error) => error.to_string(),
            };
            let mistake = Diagnostic::error("unit", message).hint(format!("one of {}", known.join(", ")));
            self.mistake(row, column, mistake);
        }
        unit
    }

    /// A quality flag; `direct` in a table without the column.
    pub(crate) fn quality(&mut self, row: usize, column: Option<ColumnId>) -> Option<Quality> {
        let Some(column) = column else { return Some(Quality::Direct) };
        let text = self.text(row, column)?;
        let quality = text.parse::<Quality>().ok();
        if quality.is_none() {
            let known: Vec<_> = Quality::ALL.iter().map(|flag| flag.as_str()).collect();
            let mistake = Diagnostic::error("quality", format!("unknown quality flag {text:?}"))
                .hint(format!("one of {}", known.join(", ")));
            self.mistake(row, column, mistake);
        }
        quality
    }

    /// Finds text in a list, and says what is meant when it is not there.
    pub(crate) fn known<T: Copy>(
        &mut self,
        row: usize,
        column: ColumnId,
        what: &str,
        known: &HashMap<String, T>,
    ) -> Option<T> {
        let text = self.text(row, column)?;
        let found = known.get(&text).copied();
        if found.is_none() {
            let near = known
                .keys()
                .map(|candidate| (strsim::jaro_winkler(candidate, &text), candidate))
                .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
                .filter(|(likeness, _)| *likeness > 0.7);
            let mut mistake = Diagnostic::error("unknown-key", format!("unknown {what} {text:?}"));
            if let Some((_, near)) = near {
                mistake = mistake.hint(format!("did you mean {near:?}?"));
            }
            self.mistake(row, column, mistake);
        }
        found
    }

    /// Whether the table lies in a workbook.
    pub(crate) fn is_of_sheet(&self) -> bool {
        self.table.is_of_sheet()
    }

    /// Notes a key that stands in an earlier row too; whether it is new.
    pub(crate) fn unique<K: Hash + Eq>(
        &mut self,
        row: usize,
        column: ColumnId,
        seen: &mut HashMap<K, usize>,
        key: K,
        shown: impl std::fmt::Display,
    ) -> bool {
        match seen.insert(key, row) {
            None => true,
            Some(first) => {
                let mistake = Diagnostic::error("two-rows", format!("two rows for {shown}"))
                    .hint(format!("the first stands in {}", self.table.row_words(first, column.0)));
                self.mistake(row, column, mistake);
                false
            }
        }
    }
}
