//! The cells of a sheet, read one by one, so that a sheet that claims a million rows costs what it holds.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{DataRef, Dimensions, Reader as _, Xlsx, XlsxError};
use icf_diagnostics::{Diagnostic, Place};

use super::guard;
use crate::SourceFile;

/// What a workbook may have at most: bytes as a file, bytes unpacked, cells on a sheet, and cells that show the value of another.
const MOST_BYTES: usize = 64 << 20;
const MOST_UNPACKED: u64 = 512 << 20;
pub(super) const MOST_CELLS: usize = 2_000_000;
const MOST_MERGED: u64 = 100_000;

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Text(String),
    /// An error such as `#REF!`, or a date where a figure is due.
    Odd(String),
}

/// Row and column, counted from 0.
pub(super) type At = (u32, u32);

/// The cells of one sheet.
pub(super) struct Cells {
    pub(super) values: BTreeMap<At, Value>,
    /// Cells that are merged with another, each with the one that holds the value of all.
    merged: BTreeMap<At, At>,
}

impl Cells {
    /// The value that a reader sees at a cell: that of the merged ones is seen at each of them, as a heading over several
    /// columns is.
    pub(super) fn seen(&self, at: At) -> Option<&Value> {
        self.values.get(&at).or_else(|| self.values.get(self.merged.get(&at)?))
    }

    /// The rows that have a cell, of its own or merged with another.
    pub(super) fn rows(&self) -> BTreeSet<u32> {
        self.places().map(|at| at.0).collect()
    }

    /// The columns that have a cell.
    pub(super) fn columns(&self) -> BTreeSet<u32> {
        self.places().map(|at| at.1).collect()
    }

    fn places(&self) -> impl Iterator<Item = At> {
        self.values.keys().chain(self.merged.keys()).copied()
    }

    /// The cell whose value a merged cell shows.
    pub(super) fn merged_with(&self, at: At) -> Option<At> {
        self.merged.get(&at).copied()
    }
}

/// An open workbook.
pub(super) struct Book<'a> {
    file: &'a SourceFile,
    xlsx: Xlsx<Cursor<&'a [u8]>>,
}

impl<'a> Book<'a> {
    pub(super) fn open(file: &'a SourceFile) -> Result<Self, Diagnostic> {
        let refuse = |message: String, hint: &str| {
            Diagnostic::error("workbook", message).at(Place::file(&file.name)).hint(hint)
        };
        if file.bytes.len() > MOST_BYTES {
            return Err(refuse(format!("is larger than {} MiB", MOST_BYTES >> 20), "split the workbook"));
        }
        if file.bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            let hint = "open it in a spreadsheet and save it as .xlsx without a password";
            return Err(refuse("is an old or an encrypted workbook".to_owned(), hint));
        }
        guard::check(&file.bytes, MOST_UNPACKED).map_err(|unfit| refuse(unfit.message, unfit.hint))?;
        let xlsx = Xlsx::new(Cursor::new(&file.bytes[..])).map_err(|error: XlsxError| {
            let hint = "the file is truncated or damaged, or no .xlsx";
            refuse(format!("cannot be read as a workbook: {error}"), hint)
        })?;
        Ok(Self { file, xlsx })
    }

    pub(super) fn sheets(&self) -> Vec<String> {
        self.xlsx.sheet_names()
    }

    /// Where a cell stands, as spreadsheets write it: `book.xlsx:Sheet1!C5`.
    pub(super) fn place(&self, sheet: &str, at: At) -> Place {
        Place::file(format!("{}:{sheet}!{}", self.file.name, reference(at)))
    }

    pub(super) fn cells(&mut self, sheet: &str) -> Result<Cells, Diagnostic> {
        let file = &self.file.name;
        let names = self.sheets();
        if !names.iter().any(|name| name == sheet) {
            let near = names.iter().max_by(|a, b| likeness(a, sheet).total_cmp(&likeness(b, sheet)));
            let hint = match near.filter(|name| likeness(name, sheet) > 0.7) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its sheets are {}", names.join(", ")),
            };
            let mistake = Diagnostic::error("missing-sheet", format!("there is no sheet `{sheet}`"));
            return Err(mistake.at(Place::file(file)).hint(hint));
        }
        let broken = |error: XlsxError| {
            Diagnostic::error("workbook", format!("cannot be read: {error}"))
                .at(Place::file(format!("{file}:{sheet}")))
                .hint("the file is truncated or damaged")
        };
        let regions = self.xlsx.merge_cells_by_sheet_name(sheet).map_err(broken)?;
        let mut reader = self.xlsx.worksheet_cells_reader(sheet).map_err(broken)?;
        let mut values = BTreeMap::new();
        while let Some(cell) = reader.next_cell().map_err(broken)? {
            let value = match cell.get_value() {
                DataRef::Empty => continue,
                #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's whole numbers are doubles")]
                DataRef::Int(number) => Value::Number(*number as f64),
                DataRef::Float(number) => Value::Number(*number),
                DataRef::String(text) => Value::Text(text.clone()),
                DataRef::SharedString(text) => Value::Text((*text).to_owned()),
                DataRef::Bool(truth) => Value::Odd(truth.to_string()),
                DataRef::Error(error) => Value::Odd(error.to_string()),
                DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
                    Value::Odd("a date".to_owned())
                }
            };
            values.insert(cell.get_position(), value);
            if values.len() > MOST_CELLS {
                return Err(too_many(file, sheet));
            }
        }
        // A region without a value is room for the eye, however wide.
        let regions: Vec<_> =
            regions.into_iter().filter(|region| values.contains_key(&region.start)).collect();
        // Regions may lie on each other, so that this is not the number of cells.
        let laid = regions
            .iter()
            .map(|Dimensions { start, end }| u64::from(end.0 - start.0 + 1) * u64::from(end.1 - start.1 + 1));
        if laid.sum::<u64>() > MOST_MERGED {
            let message = format!("has merged more than {MOST_MERGED} cells");
            let place = Place::file(format!("{file}:{sheet}"));
            return Err(Diagnostic::error("workbook", message).at(place).hint("unmerge them"));
        }
        let mut merged = BTreeMap::new();
        for Dimensions { start, end } in regions {
            for at in (start.0..=end.0).flat_map(|row| (start.1..=end.1).map(move |column| (row, column))) {
                if at != start {
                    merged.insert(at, start);
                }
            }
        }
        Ok(Cells { values, merged })
    }
}

pub(super) fn too_many(file: &str, sheet: &str) -> Diagnostic {
    let message = format!("holds more than {MOST_CELLS} cells");
    let place = Place::file(format!("{file}:{sheet}"));
    Diagnostic::error("workbook", message).at(place).hint("keep only what is read")
}

pub(super) fn likeness(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(a, b)
}

/// `C5` of row 4 and column 2.
pub(super) fn reference(at: At) -> String {
    let mut letters = Vec::new();
    let mut column = at.1 + 1;
    while column > 0 {
        letters.push(char::from(b'A' + u8::try_from((column - 1) % 26).expect("a remainder is below 26")));
        column = (column - 1) / 26;
    }
    format!("{}{}", letters.into_iter().rev().collect::<String>(), at.0 + 1)
}

/// Row and column of `C5`, counted from 0.
pub(super) fn position(reference: &str) -> Option<At> {
    let end = reference.find(|character: char| character.is_ascii_digit())?;
    let row: u32 = reference[end..].parse().ok()?;
    Some((row.checked_sub(1)?, column(&reference[..end])?))
}

/// The column of `C`, counted from 0.
pub(super) fn column(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    letters
        .bytes()
        .try_fold(0_u32, |column, byte| Some(column * 26 + u32::from(byte - b'A') + 1))?
        .checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_cells() {
        for (at, text) in
            [((0, 0), "A1"), ((4, 2), "C5"), ((9, 25), "Z10"), ((0, 26), "AA1"), ((1, 701), "ZZ2")]
        {
            assert_eq!(reference(at), text);
            assert_eq!(position(text), Some(at));
        }
        for wrong in ["", "5", "C", "C0", "c5", "ABCD1"] {
            assert_eq!(position(wrong), None, "{wrong}");
        }
    }
}
