//! What must be so before a workbook is handed to its reader, which trusts the sizes and places that a file states.
//!
//! Every part is unpacked once and thrown away, so that a part cannot be larger than the archive says, and every number
//! of which the reader makes room or a place is held against what a sheet can have.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// What all parts may have together, unpacked.
const MOST_UNPACKED: u64 = 512 << 20;
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

/// Looks through all parts of a workbook.
pub(super) fn check(bytes: &[u8]) -> Result<(), Unfit> {
    let unread =
        |error: &dyn std::fmt::Display| Unfit::damaged(format!("cannot be read as a workbook: {error}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unfit {
        message: "is no workbook".to_owned(),
        hint: "a workbook is an .xlsx file as spreadsheets write it",
    })?;
    let mut left = MOST_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| unread(&error))?;
        let is_xml = part.name().is_ok_and(|name| name.to_lowercase().ends_with(".xml"));
        let mut part = part.take(left + 1);
        if is_xml {
            xml(BufReader::new(&mut part))?;
        }
        // The rest is unpacked too, for its size and its checksum.
        std::io::copy(&mut part, &mut std::io::sink()).map_err(|error| unread(&error))?;
        left = part.limit().checked_sub(1).ok_or_else(|| Unfit {
            message: format!("unpacks to more than {} MiB", MOST_UNPACKED >> 20),
            hint: "keep only the sheets that are read",
        })?;
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
        let found = check(&archive(&[("xl/a.xml", xml.as_bytes())]));
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

    #[test]
    fn archives() {
        assert_eq!(check(b"PK").unwrap_err().message, "is no workbook");
        assert_eq!(check(b"").unwrap_err().message, "is no workbook");
        let good = archive(&[("a.bin", &[7; 1000]), ("b.xml", b"<a/>")]);
        assert_eq!(check(&good), Ok(()));
        // What the directory says of the size is not believed: the sizes stand 24 bytes behind the signature.
        let directory = good.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        let mut lying = good.clone();
        lying[directory + 24..directory + 28].copy_from_slice(&[1, 0, 0, 0]);
        let mut broken = good;
        broken[directory + 16] ^= 1;
        assert_eq!(check(&broken).unwrap_err().message, "cannot be read as a workbook: Invalid checksum");
        let message = check(&lying).unwrap_err().message;
        assert!(message.contains("larger than its declared"), "{message}");
    }

    #[test]
    fn a_bomb_is_counted_and_not_kept() {
        let zeros = vec![0; 1 << 20];
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("bomb.bin", SimpleFileOptions::default().large_file(true)).unwrap();
        for _ in 0..=(MOST_UNPACKED >> 20) {
            writer.write_all(&zeros).unwrap();
        }
        let bomb = writer.finish().unwrap().into_inner();
        assert!(bomb.len() < 4 << 20);
        assert_eq!(check(&bomb).unwrap_err().message, "unpacks to more than 512 MiB");
    }
}
