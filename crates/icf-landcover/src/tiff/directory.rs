//! The first directory of a TIFF: tags by number.

use std::collections::BTreeMap;

use crate::{RasterError, ReadAt};

/// Directories beyond this are not looked at: no raster has so many overviews, and a chain may run in a circle.
const CHAIN: usize = 256;

/// The tags of an image, and the bytes that they point to.
pub(super) struct Directory<'a, S> {
    source: &'a S,
    order: Order,
    entries: BTreeMap<u16, Entry>,
    /// What the tag NewSubfileType of each further directory says.
    pub(super) further: Vec<u64>,
}

/// Where the values of a tag stand.
#[derive(Clone, Copy, Debug)]
struct Entry {
    kind: u16,
    count: u64,
    place: u64,
}

/// Which byte of a number comes first, and how wide places in the file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Order {
    big_endian: bool,
    big_tiff: bool,
}

impl Order {
    /// A number of up to eight bytes.
    fn number(self, bytes: &[u8]) -> u64 {
        let add = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        if self.big_endian { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) }
    }

    /// How many bytes a place in the file takes.
    fn place(self) -> usize {
        if self.big_tiff { 8 } else { 4 }
    }
}

/// How many bytes a value of a kind takes; none of a kind that is not known.
fn width(kind: u16) -> Option<u64> {
    Some(match kind {
        1 | 2 | 6 | 7 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 | 16 | 17 | 18 => 8,
        _ => return None,
    })
}

impl<'a, S: ReadAt> Directory<'a, S> {
    pub(super) fn read(source: &'a S) -> Result<Self, RasterError> {
        let mut head = [0; 8];
        if source.length() < 8 {
            return Err(RasterError::NotATiff("it has fewer than eight bytes"));
        }
        source.read_at(0, &mut head)?;
        let big_endian = match &head[..2] {
            b"II" => false,
            b"MM" => true,
            _ => return Err(RasterError::NotATiff("it begins with neither II nor MM")),
        };
        let mut order = Order { big_endian, big_tiff: false };
        let first = match order.number(&head[2..4]) {
            42 => order.number(&head[4..8]),
            43 => {
                order.big_tiff = true;
                if order.number(&head[4..6]) != 8 {
                    return Err(RasterError::NotATiff("it is a BigTIFF whose places have not eight bytes"));
                }
                order.number(&bytes(source, 8, 8, "the header")?)
            }
            _ => return Err(RasterError::NotATiff("its version is neither 42 nor 43")),
        };
        let (entries, mut next) = entries(source, order, first)?;
        let mut directory = Self { source, order, entries, further: vec![] };
        while next != 0 && directory.further.len() < CHAIN {
            let (entries, after) = self::entries(source, order, next)?;
            let about = Self { source, order, entries, further: vec![] };
            directory.further.push(about.number(254, "NewSubfileType")?.unwrap_or(0));
            next = after;
        }
        Ok(directory)
    }

    /// Whether numbers have their most significant byte first.
    pub(super) fn is_big_endian(&self) -> bool {
        self.order.big_endian
    }

    /// The whole numbers of a tag; none where it is absent.
    pub(super) fn numbers(&self, tag: u16, name: &'static str) -> Result<Option<Vec<u64>>, RasterError> {
        let Some(entry) = self.entries.get(&tag) else { return Ok(None) };
        if !matches!(entry.kind, 1 | 3 | 4 | 13 | 16 | 18) {
            return Err(RasterError::Tag { tag, name });
        }
        let width = width(entry.kind).expect("a kind of numbers");
        let bytes = self.values(*entry, name)?;
        Ok(Some(
            bytes
                .chunks_exact(usize::try_from(width).expect("eight at most"))
                .map(|number| self.order.number(number))
                .collect(),
        ))
    }

    /// The one whole number of a tag.
    pub(super) fn number(&self, tag: u16, name: &'static str) -> Result<Option<u64>, RasterError> {
        match self.numbers(tag, name)?.as_deref() {
            None => Ok(None),
            Some([number]) => Ok(Some(*number)),
            Some(_) => Err(RasterError::Tag { tag, name }),
        }
    }

    /// The numbers of double precision of a tag.
    pub(super) fn doubles(&self, tag: u16, name: &'static str) -> Result<Option<Vec<f64>>, RasterError> {
        let Some(entry) = self.entries.get(&tag) else { return Ok(None) };
        if entry.kind != 12 {
            return Err(RasterError::Tag { tag, name });
        }
        let bytes = self.values(*entry, name)?;
        let doubles: Vec<f64> =
            bytes.chunks_exact(8).map(|bytes| f64::from_bits(self.order.number(bytes))).collect();
        if doubles.iter().all(|double| double.is_finite()) {
            Ok(Some(doubles))
        } else {
            Err(RasterError::Tag { tag, name })
        }
    }

    /// The text of a tag, without the zeros at its end.
    pub(super) fn text(&self, tag: u16, name: &'static str) -> Result<Option<String>, RasterError> {
        let Some(entry) = self.entries.get(&tag) else { return Ok(None) };
        if entry.kind != 2 {
            return Err(RasterError::Tag { tag, name });
        }
        let text = String::from_utf8_lossy(&self.values(*entry, name)?).into_owned();
        Ok(Some(text.trim_end_matches('\0').trim().to_owned()))
    }

    fn values(&self, entry: Entry, name: &str) -> Result<Vec<u8>, RasterError> {
        let width = width(entry.kind).expect("entries of other kinds were left out");
        let length = entry.count.saturating_mul(width);
        bytes(self.source, entry.place, length, name)
    }
}

/// The entries of a directory, and where the next one stands.
fn entries<S: ReadAt>(
    source: &S,
    order: Order,
    start: u64,
) -> Result<(BTreeMap<u16, Entry>, u64), RasterError> {
    let (count_width, entry_width) = if order.big_tiff { (8, 20) } else { (2, 12) };
    let count = order.number(&bytes(source, start, count_width, "a directory")?);
    let first = start.saturating_add(count_width);
    let length = count.saturating_mul(entry_width);
    let packed = bytes(source, first, length.saturating_add(order.place() as u64), "a directory")?;
    let (listed, next) = packed.split_at(packed.len() - order.place());
    let mut entries = BTreeMap::new();
    for (index, entry) in (0_u64..).zip(listed.chunks_exact(usize::try_from(entry_width).expect("small"))) {
        let tag = u16::try_from(order.number(&entry[..2])).expect("two bytes");
        let kind = u16::try_from(order.number(&entry[2..4])).expect("two bytes");
        let (count, value) = entry[4..].split_at(order.place());
        let count = order.number(count);
        let Some(width) = width(kind) else { continue };
        let fits = count.checked_mul(width).is_some_and(|length| length <= value.len() as u64);
        let here = first + index * entry_width + 4 + order.place() as u64;
        let place = if fits { here } else { order.number(value) };
        // Of a tag that stands twice the first counts, as in libtiff.
        entries.entry(tag).or_insert(Entry { kind, count, place });
    }
    Ok((entries, order.number(next)))
}

/// Bytes of a source, which are asked for only when they lie within it.
fn bytes<S: ReadAt>(source: &S, start: u64, length: u64, what: &str) -> Result<Vec<u8>, RasterError> {
    let end = start.saturating_add(length);
    if end > source.length() {
        return Err(RasterError::CutOff { what: what.to_owned(), end, length: source.length() });
    }
    let mut bytes = vec![0; usize::try_from(length).expect("no longer than the file")];
    source.read_at(start, &mut bytes)?;
    Ok(bytes)
}
