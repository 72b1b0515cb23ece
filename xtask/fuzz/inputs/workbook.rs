//! Any bytes in the place of a workbook give a data set or a mistake. The first byte chooses: `Z` a whole `.xlsx` file,
//! `X` the parts of one, each after a line `===`: the sheet, the texts that cells share, the list of sheets, and the
//! mapping of the yearbook's layout. A part that is not given is a usual one.
//!
//! The sheet is read both as a tidy table of residents and, by the mapping, as areas of forest.

use std::borrow::Cow;

use icf_ingest::{Source, read};

const SHEET: &str = concat!(
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
    r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>"#,
    r#"<row r="2"><c r="A2" t="s"><v>4</v></c><c r="B2"><v>2000</v></c><c r="C2"><v>5</v></c><c r="D2" t="s"><v>6</v></c></row>"#,
    r#"<row r="3"><c r="A3" t="s"><v>5</v></c><c r="B3"><v>2000</v></c><c r="C3"><v>1.5</v></c><c r="D3" t="s"><v>6</v></c></row>"#,
    r#"</sheetData></worksheet>"#
);
const TEXTS: &str = concat!(
    r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>region</t></si><si><t>year</t></si>"#,
    r#"<si><t>population</t></si><si><t>unit</t></si><si><t>010000</t></si><si><t>020000</t></si><si><t>persons</t></si></sst>"#
);
const SHEETS: &str = concat!(
    r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">"#,
    r#"<sheets><sheet name="population" sheetId="1" r:id="rId1"/></sheets></workbook>"#
);
const MAPPING: &str = r#"{"sheets":[{"name":"population","year":2000}],"header":[1],"regions":"A",
    "columns":{"population":{"class":"forest"}},"set":{"source":"inventory","unit":"km2"},"skip":["全国"],"total":"合计"}"#;

const KINDS: &str = concat!(
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"#
);
const PARTS: &str = concat!(
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
);
const PARTS_OF_BOOK: &str = concat!(
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
);

pub(crate) fn hold(data: &[u8]) {
    let Some((kind, content)) = data.split_first() else { return };
    let (book, mapping) = match kind {
        b'Z' => (content.to_vec(), MAPPING.as_bytes()),
        b'X' => {
            let mut parts = parts(content).into_iter();
            let mut part = |usual: &'static str| match parts.next() {
                Some(part) if !part.is_empty() => part,
                _ => usual.as_bytes(),
            };
            let (sheet, texts, sheets, mapping) = (part(SHEET), part(TEXTS), part(SHEETS), part(MAPPING));
            let files = [
                ("[Content_Types].xml", KINDS.as_bytes()),
                ("_rels/.rels", PARTS.as_bytes()),
                ("xl/_rels/workbook.xml.rels", PARTS_OF_BOOK.as_bytes()),
                ("xl/workbook.xml", sheets),
                ("xl/sharedStrings.xml", texts),
                ("xl/worksheets/sheet1.xml", sheet),
            ];
            (archive(&files), mapping)
        }
        _ => return,
    };
    let package = [
        br#"{"resources":[{"name":"regions","path":"r.csv"},{"name":"emissions","path":"e.csv"},
            {"name":"population","path":"b.xlsx"},{"name":"land","path":"b.xlsx","icf":"#,
        mapping,
        b"}]}",
    ]
    .concat();
    let files: [(&str, Cow<'static, [u8]>); 4] = [
        ("datapackage.json", package.into()),
        ("r.csv", b"region,name_en,name_zh\n010000,Here,\xe5\x8c\x97\xe4\xba\xac\n020000,There,\xe5\xa4\xa9\xe6\xb4\xa5\n"[..].into()),
        ("e.csv", b"region,year,quantity,unit\n010000,2000,1,1e4 t CO2\n020000,2000,3,t CO2\n"[..].into()),
        ("b.xlsx", book.into()),
    ];
    let source = Source::Embedded {
        name: "set".to_owned(),
        files: files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect(),
    };
    match read(&source) {
        Ok(set) => {
            let forest = set.land_area("inventory", "forest");
            for area in forest.iter().flat_map(|panel| (0..2).flat_map(|region| panel.row(region))).flatten()
            {
                assert!(area.value.get().is_finite() && area.value.get() >= 0.0);
            }
            let residents =
                set.population.iter().flat_map(|panel| (0..2).flat_map(|region| panel.row(region)));
            for residents in residents.flatten() {
                assert!(residents.value.get().is_finite() && residents.value.get() >= 0.0);
            }
        }
        Err(mistakes) => assert!(mistakes.has_errors()),
    }
}

/// What stands between lines of `===`.
fn parts(content: &[u8]) -> Vec<&[u8]> {
    const LINE: &[u8] = b"\n===\n";
    let (mut parts, mut rest) = (Vec::new(), content);
    while let Some(at) = rest.windows(LINE.len()).position(|window| window == LINE) {
        parts.push(&rest[..at]);
        rest = &rest[at + LINE.len()..];
    }
    parts.push(rest);
    parts
}

/// A zip archive of files that are not compressed, so that a change of a byte is one of a file.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    let size = |bytes: &[u8]| u32::try_from(bytes.len()).expect("inputs are small").to_le_bytes();
    for (name, bytes) in files {
        let start = size(&archive);
        let mut about = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        about.extend(
            [checksum(bytes).to_le_bytes(), size(bytes), size(bytes), size(name.as_bytes())].concat(),
        );
        archive.extend(b"PK\x03\x04");
        archive.extend(&about);
        archive.extend(name.as_bytes());
        archive.extend(*bytes);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(start);
        directory.extend(name.as_bytes());
    }
    let count = u8::try_from(files.len()).expect("few files");
    let end = [size(&directory), size(&archive)].concat();
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count, 0, count, 0]);
    archive.extend(end);
    archive.extend([0, 0]);
    archive
}

/// CRC-32 as in zip.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| sum >> 1 ^ if sum & 1 == 1 { 0xEDB8_8320 } else { 0 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}
