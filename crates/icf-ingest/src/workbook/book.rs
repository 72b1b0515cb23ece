//! The cells of a sheet, read one by one, so that a sheet that claims a million rows costs what it holds.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use icf_diagnostics::{Diagnostic, Place};
use zip::ZipArchive;

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
        match unpack(&file.bytes, MOST_UNPACKED) {
            Ok(()) => {}
            Err(Packed::TooLarge) => {
                let message = format!("unpacks to more than {} MiB", MOST_UNPACKED >> 20);
                return Err(refuse(message, "keep only the sheets that are read"));
            }
            Err(Packed::Broken(error)) => {
                let hint = "the file is damaged, or made to do harm; save it anew with a spreadsheet";
                return Err(refuse(format!("cannot be unpacked: {error}"), hint));
            }
            Err(Packed::None) => {
                let hint = "a workbook is an .xlsx file as spreadsheets write it";
                return Err(refuse("is no workbook".to_owned(), hint));
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

/// Why an archive is not read.
#[derive(Debug, PartialEq, Eq)]
enum Packed {
    /// There is no archive.
    None,
    /// A part of it cannot be unpacked, or is larger than the archive says.
    Broken(String),
    /// Its parts are larger than the limit.
    TooLarge,
}

/// Unpacks every part of an archive to nowhere and counts the bytes. What the archive says of their sizes is not believed:
/// a kilobyte can be packed so that it fills the memory, and say that it does not.
fn unpack(bytes: &[u8], most: u64) -> Result<(), Packed> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Packed::None)?;
    let mut size = 0;
    for part in 0..archive.len() {
        let mut part = archive.by_index(part).map_err(|error| Packed::Broken(error.to_string()))?;
        let said = part.size();
        if said > most - size {
            return Err(Packed::TooLarge);
        }
        // One byte more than is said tells whether there are more.
        let mut limited = part.by_ref().take(said + 1);
        let found = io::copy(&mut limited, &mut io::sink());
        let found = found.map_err(|error| Packed::Broken(error.to_string()))?;
        if found > said {
            return Err(Packed::Broken("a part is larger than the archive says".to_owned()));
        }
        size += found;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

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

    /// An archive of one part of `size` zeros.
    fn zeros(size: usize) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
        archive.write_all(&vec![0; size]).unwrap();
        archive.finish().unwrap().into_inner()
    }

    /// The same archive saying that its part has another size: once before the part, and once in the directory.
    fn saying(mut archive: Vec<u8>, size: u32) -> Vec<u8> {
        for (signature, offset) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
            let at = archive.windows(4).position(|window| window == signature).unwrap() + offset;
            archive[at..at + 4].copy_from_slice(&size.to_le_bytes());
        }
        archive
    }

    #[test]
    fn what_an_archive_says_of_its_size_is_not_believed() {
        let bomb = zeros(4 << 20);
        assert!(bomb.len() < 16 << 10, "{}", bomb.len());
        assert_eq!(unpack(&bomb, 4 << 20), Ok(()));
        assert_eq!(unpack(&bomb, (4 << 20) - 1), Err(Packed::TooLarge));
        assert!(matches!(unpack(&saying(bomb.clone(), 100), 1 << 20), Err(Packed::Broken(_))));
        assert!(matches!(unpack(&saying(bomb.clone(), 0), 1 << 20), Err(Packed::Broken(_))));
        // Who says too much is refused by what is said.
        assert_eq!(unpack(&saying(bomb, 5 << 20), 4 << 20), Err(Packed::TooLarge));
    }

    #[test]
    fn what_is_no_archive() {
        for bytes in [&b""[..], b"PK", b"a,b\n1,2\n"] {
            assert_eq!(unpack(bytes, 1), Err(Packed::None));
        }
        let mut damaged = zeros(1000);
        let at = damaged.len() / 3;
        damaged[at] ^= 0xff;
        assert!(matches!(unpack(&damaged, 1 << 20), Err(Packed::Broken(_))));
    }

    #[test]
    fn a_workbook_that_lies_is_refused_before_it_is_opened() {
        let file = SourceFile { name: "book.xlsx".to_owned(), bytes: saying(zeros(1 << 20), 100).into() };
        let refused = Book::open(&file).err().unwrap();
        let expected = "cannot be unpacked: File is larger than its declared uncompressed size";
        assert_eq!(refused.message, expected);
        assert!(refused.hint.is_some_and(|hint| hint.contains("save it anew")));
    }
}
