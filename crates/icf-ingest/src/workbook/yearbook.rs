//! A sheet in the layout of a yearbook to a long table.

use std::collections::BTreeMap;

use icf_diagnostics::{Diagnostic, Place};
use icf_units::Unit;

use super::book::{At, Book, Cells, Value, column, likeness, position, reference};
use super::mapping::{Mapping, Sheet};
use super::text::{figure, plain, split_unit, unit_of};
use crate::SourceFile;
use crate::raw::RawTable;

/// A sum may differ from its parts by what rounding leaves: a share of it.
const ROUNDING: f64 = 0.001;

/// Reads all sheets of a mapping into one table with the columns `region`, those that the mapping sets, `value_column`
/// and `unit`.
pub(super) fn read(
    file: &SourceFile,
    book: &mut Book<'_>,
    mapping: &Mapping,
    value_column: &str,
    found: &mut Vec<Diagnostic>,
) -> Result<RawTable, Diagnostic> {
    let mut keys: Vec<&str> = vec![];
    let set = mapping.columns.values().flat_map(BTreeMap::keys).chain(mapping.set.keys());
    let year = mapping.sheets.iter().any(|sheet| sheet.year.is_some()).then_some("year");
    for key in set.map(String::as_str).chain(year).filter(|key| *key != "unit") {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let mut long = Long { keys, rows: vec![], places: vec![] };
    for sheet in &mapping.sheets {
        let cells = book.cells(&sheet.name)?;
        Reading { book, mapping, sheet, cells: &cells, found }.into(&mut long)?;
    }
    let columns = std::iter::once("region")
        .chain(long.keys.iter().copied())
        .chain([value_column, "unit"])
        .map(str::to_owned)
        .collect();
    Ok(RawTable::of_sheet(&file.name, columns, long.rows, long.places))
}

/// The long table on its way.
struct Long<'a> {
    keys: Vec<&'a str>,
    rows: Vec<Vec<Option<String>>>,
    /// The cell of the sheet behind each cell of the table.
    places: Vec<Vec<String>>,
}

/// A column of the sheet that is read.
struct Figures<'a> {
    column: u32,
    /// The cell of its title.
    title: At,
    says: &'a BTreeMap<String, String>,
    unit: String,
    unit_at: At,
}

struct Reading<'a, 'b> {
    book: &'a Book<'b>,
    mapping: &'a Mapping,
    sheet: &'a Sheet,
    cells: &'a Cells,
    found: &'a mut Vec<Diagnostic>,
}

impl<'a> Reading<'a, '_> {
    fn place(&self, at: At) -> Place {
        self.book.place(&self.sheet.name, at)
    }

    fn at(&self, at: At) -> String {
        format!("{}!{}", self.sheet.name, reference(at))
    }

    fn mistake(&mut self, at: At, code: &'static str, message: String, hint: impl Into<String>) {
        let diagnostic = Diagnostic::error(code, message).at(self.place(at)).hint(hint);
        self.found.push(diagnostic);
    }

    fn into(mut self, long: &mut Long<'_>) -> Result<(), Diagnostic> {
        let sheet = self.place((0, 0));
        let refused = |message: &str, hint: &str| {
            Diagnostic::error("mapping", message.to_owned()).at(sheet.clone()).hint(hint)
        };
        let regions = column(&self.mapping.regions).ok_or_else(|| {
            refused(&format!("`{}` is no column", self.mapping.regions), "write its letters, e.g. `A`")
        })?;
        let Some(last) = self.mapping.header.iter().max().and_then(|row| row.checked_sub(1)) else {
            return Err(refused("`header` names no row", "rows are counted from 1, e.g. `[3, 4]`"));
        };
        let figures = self.figures(regions);
        if figures.is_empty() {
            return Ok(());
        }
        let skip: Vec<String> = self.mapping.skip.iter().map(|name| plain(name)).collect();
        let total = self.mapping.total.as_deref().map(plain);
        let mut sums = vec![0.0; figures.len()];
        let mut totals: Vec<Option<(f64, At)>> = vec![None; figures.len()];
        for row in self.cells.rows().split_off(&(last + 1)) {
            let name = match self.cells.seen((row, regions)) {
                Some(Value::Text(text) | Value::Odd(text)) => plain(text),
                // Codes of regions are often typed as numbers.
                Some(Value::Number(number)) => number.to_string(),
                None => continue,
            };
            if name.is_empty() || skip.contains(&name) {
                continue;
            }
            let is_total = total.as_ref() == Some(&name);
            for (place, of) in figures.iter().enumerate() {
                let Some(number) = self.number((row, of.column)) else { continue };
                if is_total {
                    totals[place] = Some((number, (row, of.column)));
                    continue;
                }
                sums[place] += number;
                self.row(long, &name, (row, regions), of, number, row);
            }
        }
        for ((sum, total), of) in sums.into_iter().zip(totals).zip(&figures) {
            if let Some((total, at)) = total
                && (sum - total).abs() > ROUNDING * total.abs()
            {
                let unit = &of.unit;
                let message = format!("the regions add up to {sum} {unit}, not to {total}");
                let hint = "a region is missing, a figure is a slip, or the yearbook itself does not add up";
                self.found.push(Diagnostic::warning("total", message).at(self.place(at)).hint(hint));
            }
        }
        Ok(())
    }

    fn row(&self, long: &mut Long<'_>, name: &str, region: At, of: &Figures<'_>, number: f64, row: u32) {
        let (mut cells, mut places) = (vec![Some(name.to_owned())], vec![self.at(region)]);
        for key in &long.keys {
            let year = || self.sheet.year.filter(|_| *key == "year").map(|year| year.to_string());
            let value = of.says.get(*key).or_else(|| self.mapping.set.get(*key)).cloned().or_else(year);
            cells.push(value);
            places.push(self.at(of.title));
        }
        cells.extend([Some(number.to_string()), Some(of.unit.clone())]);
        places.extend([self.at((row, of.column)), self.at(of.unit_at)]);
        long.rows.push(cells);
        long.places.push(places);
    }

    /// The columns that the mapping names, with their units.
    fn figures(&mut self, regions: u32) -> Vec<Figures<'a>> {
        let columns = self.cells.columns();
        let titles: Vec<(u32, String, At)> = columns
            .into_iter()
            .filter(|column| *column != regions)
            .filter_map(|column| {
                let (title, at) = self.title(column)?;
                Some((column, title, at))
            })
            .collect();
        let general = self.mapping.unit_cell.as_deref().and_then(|cell| self.unit_cell(cell));
        let mut figures = Vec::new();
        let mapping = self.mapping;
        for (wanted, says) in &mapping.columns {
            let key = plain(wanted);
            let matches: Vec<&(u32, String, At)> =
                titles.iter().filter(|(_, title, _)| *title == key || split_unit(title).0 == key).collect();
            let &[(column, title, at)] = matches.as_slice() else {
                self.no_column(wanted, &key, &titles, matches.len());
                continue;
            };
            let said = says.get("unit").or_else(|| mapping.set.get("unit")).cloned();
            let bracketed = split_unit(title).1.filter(|unit| Unit::parse(unit).is_ok()).map(str::to_owned);
            let unit = match said.or(bracketed) {
                Some(unit) => Some((unit, *at)),
                None => general.clone(),
            };
            let Some((unit, unit_at)) = unit else {
                let hint = "give it by `unit_cell`, or as `unit` of the column or of `set`";
                self.mistake(*at, "no-unit", format!("the unit of `{wanted}` is not known"), hint);
                continue;
            };
            figures.push(Figures { column: *column, title: *at, says, unit, unit_at });
        }
        figures
    }

    /// The texts of the header above a column, and the lowest of their cells. A merged title stands once.
    fn title(&self, column: u32) -> Option<(String, At)> {
        let mut parts: Vec<String> = Vec::new();
        let mut lowest = None;
        for row in self.mapping.header.iter().filter_map(|row| row.checked_sub(1)) {
            let text = match self.cells.seen((row, column)) {
                Some(Value::Text(text)) => plain(text),
                Some(Value::Number(number)) => number.to_string(),
                _ => continue,
            };
            lowest = Some((row, column));
            if !text.is_empty() && parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        (!parts.is_empty()).then(|| (parts.join("/"), lowest.expect("a part has its cell")))
    }

    fn no_column(&mut self, wanted: &str, key: &str, titles: &[(u32, String, At)], found: usize) {
        let row = self.mapping.header.iter().min().and_then(|row| row.checked_sub(1)).unwrap_or(0);
        if found > 1 {
            let message = format!("{found} columns are titled `{wanted}`");
            let hint = "name another row of the header too, as `above/below`";
            return self.mistake((row, 0), "two-columns", message, hint);
        }
        let near = titles
            .iter()
            .map(|(_, title, _)| title)
            .max_by(|a, b| likeness(a, key).total_cmp(&likeness(b, key)))
            .filter(|title| likeness(title, key) > 0.6);
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let all: Vec<&str> = titles.iter().map(|(_, title, _)| title.as_str()).collect();
                format!("the titles are {}", all.join(", "))
            }
        };
        self.mistake((row, 0), "missing-column", format!("no column is titled `{wanted}`"), hint);
    }

    fn unit_cell(&mut self, cell: &str) -> Option<(String, At)> {
        let Some(at) = position(cell) else {
            self.mistake((0, 0), "mapping", format!("`{cell}` is no cell"), "write it as `H2`");
            return None;
        };
        match self.cells.seen(at) {
            Some(Value::Text(text)) => Some((unit_of(text), at)),
            _ => {
                self.mistake(at, "no-unit", "holds no unit".to_owned(), "`unit_cell` says that it does");
                None
            }
        }
    }

    /// The figure of a cell; `None` where there is none, or after noting the mistake.
    fn number(&mut self, at: At) -> Option<f64> {
        if let Some(first) = self.cells.merged_with(at) {
            let message = format!("is merged with {}, and one figure is not that of both", reference(first));
            self.mistake(at, "merged", message, "unmerge it, and give each region and column its own");
            return None;
        }
        let hint = "correct the cell, or list the text under `missing`";
        match self.cells.values.get(&at)? {
            Value::Number(number) if *number < 0.0 => {
                self.mistake(at, "negative", format!("holds {number}, which is below zero"), hint);
                None
            }
            Value::Number(number) => Some(*number),
            Value::Odd(text) => {
                self.mistake(at, "not-a-number", format!("holds {text}, not a figure"), hint);
                None
            }
            Value::Text(text) => {
                let shown = text.trim();
                if shown.is_empty() || self.mapping.missing.iter().any(|blank| plain(blank) == plain(shown)) {
                    return None;
                }
                let number = figure(shown).filter(|number| *number >= 0.0);
                if number.is_none() {
                    self.mistake(at, "not-a-number", format!("holds {shown:?}, not a figure"), hint);
                }
                number
            }
        }
    }
}
