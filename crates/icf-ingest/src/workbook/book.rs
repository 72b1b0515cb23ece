//! The cells of a sheet, read one by one, so that a sheet that claims a million rows costs what it holds.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use icf_diagnostics::{Diagnostic, Place};

use crate::SourceFile;

/// What a workbook may have at most: bytes as a file, bytes unpacked, and cells on a sheet.
const MOST_BYTES: usize = 64 << 20;
const MOST_UNPACKED: u64 = 512 << 20;
const MOST_CELLS: usize = 2_000_000;

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
        match unpacked_size(&file.bytes) {
            Some(size) if size <= MOST_UNPACKED => {}
            Some(size) => {
                let message = format!("unpacks to {} MiB, more than {}", size >> 20, MOST_UNPACKED >> 20);
                return Err(refuse(message, "keep only the sheets that are read"));
            }
            None => {
                return Err(refuse(
                    "is no workbook".to_owned(),
                    "a workbook is an .xlsx file as spreadsheets write it",
                ));
            }
        }
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
        let too_many = || {
            let message = format!("holds more than {MOST_CELLS} cells");
            let place = Place::file(format!("{file}:{sheet}"));
            Diagnostic::error("workbook", message).at(place).hint("keep only what is read")
        };
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
                return Err(too_many());
            }
        }
        let mut merged = BTreeMap::new();
        for region in regions {
            // A region without a value is room for the eye, however wide.
            if !values.contains_key(&region.start) {
                continue;
            }
            for row in region.start.0..=region.end.0 {
                for column in region.start.1..=region.end.1 {
                    if (row, column) != region.start {
                        merged.insert((row, column), region.start);
                    }
                    if merged.len() > MOST_CELLS {
                        return Err(too_many());
                    }
                }
            }
        }
        Ok(Cells { values, merged })
    }
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

/// What the directory at the end of a zip archive says of the size of its files, unpacked; `None` when there is none.
fn unpacked_size(bytes: &[u8]) -> Option<u64> {
    const END: [u8; 4] = [b'P', b'K', 5, 6];
    const ENTRY: [u8; 4] = [b'P', b'K', 1, 2];
    const LONGEST_COMMENT: usize = 65_557;
    let from = bytes.len().saturating_sub(LONGEST_COMMENT);
    let end = from + bytes[from..].windows(4).rposition(|window| window == END)?;
    let half = |at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let (count, mut at) = (half(end + 10)?, word(end + 16)? as usize);
    let mut size = 0;
    for _ in 0..count {
        if bytes.get(at..at + 4)? != ENTRY {
            return None;
        }
        size += u64::from(word(at + 24)?);
        at += 46 + usize::from(half(at + 28)?) + usize::from(half(at + 30)?) + usize::from(half(at + 32)?);
    }
    Some(size)
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

    #[test]
    fn what_is_no_archive_has_no_size() {
        assert_eq!(unpacked_size(b"PK"), None);
        assert_eq!(unpacked_size(b""), None);
    }
}
