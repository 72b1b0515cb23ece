//! The .dbf: a table in the layout of dBASE III and IV.

use encoding_rs::Encoding;
use icf_geometry::Mistake;

use crate::whole;

const HEAD: usize = 32;
const FIELD: usize = 32;
const END: u8 = 0x0d;
const DELETED: u8 = b'*';

/// The table of a .dbf.
pub(super) struct Table<'a> {
    /// The code page that the head names, as a driver's number.
    pub(super) driver: u8,
    columns: Vec<Column<'a>>,
    rows: Vec<&'a [u8]>,
}

struct Column<'a> {
    name: &'a [u8],
    kind: u8,
    start: usize,
    length: usize,
}

impl<'a> Table<'a> {
    /// Finds columns and rows; else says what is wrong with the file.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, String> {
        let length = bytes.len();
        let Some(head) = bytes.first_chunk::<HEAD>() else {
            return Err(format!(
                "is cut off: a table has a head of {HEAD} bytes, and this file {length} bytes"
            ));
        };
        if ![3, 4, 5].contains(&(head[0] & 7)) && head[0] != 0x30 {
            return Err("is no dBASE table".to_owned());
        }
        if head[0] & 7 == 4 {
            return Err("is a table of dBASE 7, which is not read: save it as dBASE IV".to_owned());
        }
        let rows = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let start = usize::from(u16::from_le_bytes([head[8], head[9]]));
        let width = usize::from(u16::from_le_bytes([head[10], head[11]]));
        let fields = bytes.get(HEAD..start).ok_or_else(|| {
            format!(
                "is cut off or damaged: its head says {start} bytes of columns, and the file has {length}"
            )
        })?;
        let mut columns = Vec::new();
        // The first byte of a row says whether it was deleted.
        let mut place = 1;
        for field in fields.chunks_exact(FIELD).take_while(|field| field[0] != END) {
            let name = field[..11].split(|byte| *byte == 0).next().unwrap_or_default();
            let length = usize::from(field[16]);
            columns.push(Column { name, kind: field[11], start: place, length });
            place += length;
        }
        if place > width {
            return Err(format!("is damaged: its columns have {place} bytes, and its rows {width}"));
        }
        let end = rows.checked_mul(width).and_then(|rows| rows.checked_add(start));
        let Some(cells) = end.and_then(|end| bytes.get(start..end)) else {
            return Err(format!(
                "is cut off: {rows} rows of {width} bytes do not fit into its {length} bytes"
            ));
        };
        Ok(Self { driver: head[29], columns, rows: cells.chunks_exact(width).collect() })
    }

    /// The id of each row, none where it was deleted; the names of all columns when none has the name.
    pub(super) fn ids(
        &self,
        id: &str,
        encoding: Option<&'static Encoding>,
    ) -> Result<Vec<Option<Result<String, Mistake>>>, Vec<String>> {
        let name = |column: &Column| {
            let encoding = encoding.unwrap_or(encoding_rs::UTF_8);
            // A name that was cut within a letter ends before it.
            let (name, _) = encoding.decode_without_bom_handling(column.name);
            name.trim_end_matches('\u{fffd}').trim().to_owned()
        };
        let Some(column) = self.columns.iter().find(|column| name(column) == id) else {
            return Err(self.columns.iter().map(name).collect());
        };
        let others = || self.columns.iter().map(name).filter(|name| name != id).collect();
        let missing = || Mistake::MissingId { property: id.to_owned(), others: others() };
        let unusable = || Mistake::UnusableId { property: id.to_owned() };
        let id_of = |row: &[u8]| {
            let cell = &row[column.start..column.start + column.length];
            let filled = cell.split(|byte| *byte == 0).next().unwrap_or_default().trim_ascii();
            if filled.is_empty() || filled.iter().all(|byte| *byte == b'*') {
                return Err(missing());
            }
            match column.kind {
                b'C' => text(filled, encoding).ok_or_else(|| Mistake::UnreadableId {
                    property: id.to_owned(),
                    encoding: encoding.map(|encoding| encoding.name().to_owned()),
                }),
                b'N' | b'F' => {
                    let number = std::str::from_utf8(filled).map_err(|_| unusable())?;
                    match number.parse::<i64>() {
                        Ok(number) => Ok(number.to_string()),
                        Err(_) => number.parse().ok().and_then(whole).ok_or_else(unusable),
                    }
                }
                _ => Err(unusable()),
            }
        };
        Ok(self.rows.iter().map(|row| (row[0] != DELETED).then(|| id_of(row))).collect())
    }
}

/// Text in an encoding; without one it must be UTF-8, which hardly any other text is by chance.
fn text(bytes: &[u8], encoding: Option<&'static Encoding>) -> Option<String> {
    let encoding = encoding.unwrap_or(encoding_rs::UTF_8);
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.trim().to_owned())
}
