//! What must be so before a workbook is handed to its reader, which trusts the sizes and places that a file states.
//!
//! Every part is unpacked once and thrown away, so that a part cannot be larger than the archive says, and every number
//! of which the reader makes room or a place is held against what a sheet can have.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// The rows and columns of a sheet.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;
/// The bytes that a text shared by cells takes at least, as `<si/>`.
const LEAST_TEXT: usize = 5;

/// What is wrong with a workbook, and what helps.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unfit {
    pub(super) message: String,
    pub(super) hint: &'static str,
}

impl Unfit {
    fn damaged(message: String) -> Self {
        Self { message, hint: "the file is truncated or damaged, or no .xlsx" }
    }
}

/// Looks through all parts of a workbook, which have so many bytes at most.
pub(super) fn check(bytes: &[u8], most: u64) -> Result<(), Unfit> {
    let packed = |error: &dyn std::fmt::Display| Unfit {
        message: format!("cannot be unpacked: {error}"),
        hint: "the file is damaged, or made to do harm; save it anew with a spreadsheet",
    };
    let too_large = || Unfit {
        message: format!("unpacks to more than {} MiB", most >> 20),
        hint: "keep only the sheets that are read",
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unfit {
        message: "is no workbook".to_owned(),
        hint: "a workbook is an .xlsx file as spreadsheets write it",
    })?;
    let mut left = most;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| packed(&error))?;
        if part.size() > left {
            return Err(too_large());
        }
        let is_xml = part.name().is_ok_and(|name| name.to_lowercase().ends_with(".xml"));
        // One byte more than is left tells whether there are more; what the archive says is not believed.
        let mut part = part.take(left + 1);
        if is_xml {
            xml(BufReader::new(&mut part))?;
        }
        // The rest is unpacked too, for its size and its checksum.
        std::io::copy(&mut part, &mut std::io::sink()).map_err(|error| packed(&error))?;
        left = part.limit().checked_sub(1).ok_or_else(too_large)?;
    }
    Ok(())
}

/// Looks at the numbers of one part. What is no XML is left to the reader, which says so.
fn xml(source: impl std::io::BufRead) -> Result<(), Unfit> {
    let mut reader = Reader::from_reader(source);
    // As lax as the reader of the workbook is, so that both see the same.
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.expand_empty_elements = true;
    // Texts are counted only when the file says how many there are.
    let mut texts: Option<(usize, u64)> = None;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => {
                if let Some(count) = element_of_sheet(&element)? {
                    texts = Some((count, reader.buffer_position()));
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    let room =
        |start: u64| usize::try_from(reader.buffer_position() - start).unwrap_or(usize::MAX) / LEAST_TEXT;
    match texts {
        Some((count, start)) if count > room(start) => Err(Unfit::damaged(format!(
            "says that it has {count} texts, and has room for {} only",
            room(start)
        ))),
        _ => Ok(()),
    }
}

/// Checks the places that an element names; gives the number of texts that one announces.
fn element_of_sheet(element: &BytesStart<'_>) -> Result<Option<usize>, Unfit> {
    let name = element.local_name();
    let name: &str = name.as_ref();
    if !matches!(name, "c" | "dimension" | "f" | "mergeCell" | "row" | "sst") {
        return Ok(None);
    }
    let mut count = None;
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute
            .map_err(|error| Unfit::damaged(format!("cannot be read as a workbook: <{name}>: {error}")))?;
        let (key, value): (&str, &str) = (attribute.key.as_ref(), &attribute.value);
        match (name, key) {
            ("sst", "uniqueCount") => count = value.trim().parse().ok().or(count),
            ("c" | "row", "r") | ("dimension" | "f" | "mergeCell", "ref") if !is_on_sheet(value) => {
                return Err(Unfit::damaged(format!("has {value:?} in the place of a cell")));
            }
            _ => {}
        }
    }
    Ok(count)
}

/// Whether a text is a cell, a row, or two of them that a colon joins, the second not before the first.
fn is_on_sheet(text: &str) -> bool {
    let place = |text: &str| {
        let digits = text.find(|character: char| character.is_ascii_digit())?;
        let (letters, digits) = text.split_at(digits);
        let is_plain = letters.len() <= 3 && letters.bytes().all(|letter| letter.is_ascii_alphabetic());
        if !is_plain || !digits.bytes().all(|digit| digit.is_ascii_digit()) || digits.len() > 7 {
            return None;
        }
        let column = letters
            .bytes()
            .fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
        let row: u32 = digits.parse().ok()?;
        ((1..=ROWS).contains(&row) && column <= COLUMNS).then_some((row, column))
    };
    let mut places = text.split(':').map(place);
    match (places.next(), places.next(), places.next()) {
        (Some(Some(_)), None, _) => true,
        (Some(Some(first)), Some(Some(last)), None) => first.0 <= last.0 && first.1 <= last.1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn places_on_a_sheet() {
        for text in ["A1", "a1", "XFD1048576", "7", "A1:A1", "A1:XFD1048576", "B2:C9"] {
            assert!(is_on_sheet(text), "{text}");
        }
        for text in [
            "",
            "A",
            "A0",
            "XFE1",
            "A1048577",
            "A99999999999",
            "AAAA1",
            "$A$1",
            "B2:A9",
            "A1:B2:C3",
            "A:B",
            "Ä1",
        ] {
            assert!(!is_on_sheet(text), "{text}");
        }
    }

    #[track_caller]
    fn check_part(xml: &str, expected: &str) {
        let found = check(&archive(&[("xl/a.xml", xml.as_bytes())]), 1 << 20);
        assert_eq!(found.err().map(|unfit| unfit.message).unwrap_or_default(), expected);
    }

    #[test]
    fn numbers_of_which_a_reader_makes_room() {
        check_part("<sst uniqueCount='2'><si/><si><t>a</t></si></sst>", "");
        check_part("<sst><si/></sst>", "");
        check_part(
            r#"<x:sst uniqueCount="18446744073709551615"><si/></x:sst>"#,
            "says that it has 18446744073709551615 texts, and has room for 2 only",
        );
        check_part(r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>"#, "");
        check_part(r#"<row r="99999999999"/>"#, r#"has "99999999999" in the place of a cell"#);
        check_part(r#"<c r='A4294967297'/>"#, r#"has "A4294967297" in the place of a cell"#);
        check_part(r#"<mergeCell ref="B9:A1"/>"#, r#"has "B9:A1" in the place of a cell"#);
        check_part(r#"<dimension ref="A1:B"/>"#, r#"has "A1:B" in the place of a cell"#);
        check_part(
            "<c r=A1/>",
            "cannot be read as a workbook: <c>: position 4: attribute value must be enclosed in `\"` or `'`",
        );
        check_part("no XML <<", "");
    }

    /// An archive of one part of `size` zeros.
    fn zeros(size: usize) -> Vec<u8> {
        archive(&[("xl/workbook.xml", &vec![0; size])])
    }

    /// The same archive saying that its part has another size: once before the part, and once in the directory.
    fn saying(mut archive: Vec<u8>, size: u32) -> Vec<u8> {
        for (signature, offset) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
            let at = archive.windows(4).position(|window| window == signature).unwrap() + offset;
            archive[at..at + 4].copy_from_slice(&size.to_le_bytes());
        }
        archive
    }

    #[track_caller]
    fn check_archive(archive: &[u8], most: u64, expected: &str) {
        let found = check(archive, most).err().map(|unfit| unfit.message).unwrap_or_default();
        assert!(found.starts_with(expected) && expected.is_empty() == found.is_empty(), "{found}");
    }

    #[test]
    fn what_an_archive_says_of_its_size_is_not_believed() {
        let bomb = zeros(4 << 20);
        assert!(bomb.len() < 16 << 10, "{}", bomb.len());
        check_archive(&bomb, 4 << 20, "");
        check_archive(&bomb, (4 << 20) - 1, "unpacks to more than 3 MiB");
        check_archive(
            &saying(bomb.clone(), 100),
            1 << 20,
            "cannot be unpacked: File is larger than its declared",
        );
        check_archive(&saying(bomb.clone(), 0), 1 << 20, "cannot be unpacked: ");
        // Who says too much is refused by what is said.
        check_archive(&saying(bomb, 5 << 20), 4 << 20, "unpacks to more than 4 MiB");
        let two = archive(&[("a.bin", &[0; 3 << 19]), ("b.bin", &[0; 3 << 19])]);
        check_archive(&two, 3 << 20, "");
        check_archive(&two, (3 << 20) - 1, "unpacks to more than 2 MiB");
    }

    #[test]
    fn what_is_no_archive() {
        for bytes in [&b""[..], b"PK", b"a,b\n1,2\n"] {
            check_archive(bytes, 1, "is no workbook");
        }
        let mut damaged = zeros(1000);
        let at = damaged.len() / 3;
        damaged[at] ^= 0xff;
        check_archive(&damaged, 1 << 20, "cannot be unpacked: ");
    }
}
