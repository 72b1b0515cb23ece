//! How the cells of a raster are laid out in its file.

use super::directory::Directory;
use crate::compression::{Compression, Unpacker};
use crate::{RasterError, ReadAt};

/// The most that a tile or strip may hold, in bytes: a way to eat memory ends here.
const LARGEST_CHUNK: u64 = 1 << 28;

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// One byte, 0 to 255.
    U8,
    /// Two bytes, 0 to 65,535.
    U16,
}

impl Sample {
    /// How many bytes it has.
    #[must_use]
    pub fn bytes(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U16 => 2,
        }
    }
}

/// How a cell stands in the file: one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    U8,
    U16,
    U32,
    I16,
    I32,
    F32,
    F64,
}

impl Stored {
    /// All of them, with their bits and their kind.
    const ALL: [(Self, u64, &'static str); 7] = [
        (Self::U8, 8, WITHOUT_SIGN),
        (Self::U16, 16, WITHOUT_SIGN),
        (Self::U32, 32, WITHOUT_SIGN),
        (Self::I16, 16, WITH_SIGN),
        (Self::I32, 32, WITH_SIGN),
        (Self::F32, 32, FLOATING),
        (Self::F64, 64, FLOATING),
    ];

    pub(super) fn bytes(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U16 | Self::I16 => 2,
            Self::U32 | Self::I32 | Self::F32 => 4,
            Self::F64 => 8,
        }
    }

    fn is_floating(self) -> bool {
        matches!(self, Self::F32 | Self::F64)
    }
}

const WITHOUT_SIGN: &str = "whole numbers without a sign";
const WITH_SIGN: &str = "whole numbers with a sign";
const FLOATING: &str = "floating-point numbers";

/// What a cell stands for, beside its left neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Predictor {
    /// Itself.
    None,
    /// The difference to it.
    Differences,
    /// The bytes of a row of floating-point cells stand apart by their weight, as differences.
    Planes,
}

/// Into what the file cuts the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkKind {
    /// Rectangles.
    Tile,
    /// Rows over the whole width.
    Strip,
}

impl ChunkKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Tile => "tile",
            Self::Strip => "strip",
        }
    }
}

/// The layout of a raster of one band.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) stored: Stored,
    pub(super) big_endian: bool,
    pub(super) compression: Compression,
    pub(super) predictor: Predictor,
    pub(super) kind: ChunkKind,
    pub(super) chunk_columns: usize,
    pub(super) chunk_rows: usize,
    /// Place and length of each tile or strip; a length of zero means that it was never written.
    chunks: Vec<(u64, u64)>,
}

/// What reading one tile or strip after another needs besides their cells.
#[derive(Debug, Default)]
pub(super) struct Unpacking {
    packed: Vec<u8>,
    unpacker: Unpacker,
}

impl Layout {
    /// Reads the layout of a raster whose cells are stored in one of some ways; `instead` says which these are.
    pub(super) fn read<S: ReadAt>(
        tags: &Directory<S>,
        file_length: u64,
        wanted: &[Stored],
        instead: &'static str,
    ) -> Result<Self, RasterError> {
        let columns = size(tags, 256, "ImageWidth")?;
        let rows = size(tags, 257, "ImageLength")?;
        let stored = stored(tags, wanted, instead)?;
        if tags.further.iter().any(|kind| kind & 4 != 0) {
            return Err(unsupported("a mask inside the file", "write the cells outside the mask as nodata"));
        }
        let number = tags.number(259, "Compression")?.unwrap_or(1);
        let compression = Compression::of_tag(number).map_err(|name| {
            unsupported(
                &format!("compression by {name}"),
                "compress by LZW, deflate, Zstandard or PackBits, or not at all",
            )
        })?;
        let predictor = match tags.number(317, "Predictor")?.unwrap_or(1) {
            1 => Predictor::None,
            2 => Predictor::Differences,
            3 if stored.is_floating() => Predictor::Planes,
            other => {
                return Err(unsupported(&format!("predictor {other}"), "write with predictor 1 or 2"));
            }
        };
        if tags.number(266, "FillOrder")?.unwrap_or(1) != 1 {
            return Err(unsupported("a file whose bits stand the other way round", "write with FillOrder 1"));
        }
        let (kind, chunk_columns, chunk_rows) = match size_if_any(tags, 322, "TileWidth")? {
            Some(width) => (ChunkKind::Tile, width, size(tags, 323, "TileLength")?),
            // A file that does not say how many rows a strip has is one strip.
            None => {
                (ChunkKind::Strip, columns, size_if_any(tags, 278, "RowsPerStrip")?.unwrap_or(rows).min(rows))
            }
        };
        let bytes = (chunk_columns as u64)
            .checked_mul(chunk_rows as u64)
            .and_then(|cells| cells.checked_mul(stored.bytes() as u64));
        if bytes.is_none_or(|bytes| bytes > LARGEST_CHUNK) {
            let what = format!("a {} of {chunk_columns} × {chunk_rows} cells", kind.name());
            return Err(unsupported(&what, "write tiles, e.g. of 256 × 256 cells"));
        }
        let ((offsets, of_offsets), (counts, of_counts)) = match kind {
            ChunkKind::Tile => ((324, "TileOffsets"), (325, "TileByteCounts")),
            ChunkKind::Strip => ((273, "StripOffsets"), (279, "StripByteCounts")),
        };
        let missing = |tag, name| RasterError::Tag { tag, name };
        let starts = tags.numbers(offsets, of_offsets)?.ok_or(missing(offsets, of_offsets))?;
        let lengths = tags.numbers(counts, of_counts)?.ok_or(missing(counts, of_counts))?;
        let wanted = (columns.div_ceil(chunk_columns) as u64) * (rows.div_ceil(chunk_rows) as u64);
        for (found, name) in [(starts.len(), of_offsets), (lengths.len(), of_counts)] {
            if found as u64 != wanted {
                return Err(RasterError::Damaged(format!(
                    "{name} lists {found} of {wanted} {}s that {columns} × {rows} cells need",
                    kind.name()
                )));
            }
        }
        let chunks: Vec<(u64, u64)> = starts.into_iter().zip(lengths).collect();
        for (index, (start, length)) in chunks.iter().enumerate() {
            let end = start.saturating_add(*length);
            if *length > 0 && end > file_length {
                let what = format!("{} {index}", kind.name());
                return Err(RasterError::CutOff { what, end, length: file_length });
            }
        }
        let big_endian = tags.is_big_endian();
        Ok(Self {
            columns,
            rows,
            stored,
            big_endian,
            compression,
            predictor,
            kind,
            chunk_columns,
            chunk_rows,
            chunks,
        })
    }

    /// How many tiles or strips stand beside and below each other.
    pub(super) fn chunk_counts(&self) -> (usize, usize) {
        (self.columns.div_ceil(self.chunk_columns), self.rows.div_ceil(self.chunk_rows))
    }

    /// Fills a buffer with the unpacked bytes of a tile or strip, by its column and row among them; gives how many cells it
    /// has. The buffer becomes empty when it was never written.
    pub(super) fn unpack_chunk<S: ReadAt>(
        &self,
        source: &S,
        (column, row): (usize, usize),
        unpacking: &mut Unpacking,
        bytes: &mut Vec<u8>,
    ) -> Result<usize, RasterError> {
        let (across, down) = self.chunk_counts();
        assert!(column < across && row < down, "there is such a tile");
        let index = row * across + column;
        // Only the last strip may be lower than the others.
        let rows = match self.kind {
            ChunkKind::Tile => self.chunk_rows,
            ChunkKind::Strip => self.chunk_rows.min(self.rows - row * self.chunk_rows),
        };
        let count = self.chunk_columns * rows;
        let (start, length) = self.chunks[index];
        if length == 0 {
            bytes.clear();
            return Ok(count);
        }
        unpacking.packed.resize(usize::try_from(length).expect("no longer than the file"), 0);
        source.read_at(start, &mut unpacking.packed)?;
        bytes.resize(count * self.stored.bytes(), 0);
        unpacking
            .unpacker
            .unpack(self.compression, &unpacking.packed, bytes)
            .map_err(|what| RasterError::DamagedChunk { kind: self.kind.name(), index, what })?;
        Ok(count)
    }
}

fn unsupported(what: &str, instead: &'static str) -> RasterError {
    RasterError::Unsupported { what: what.to_owned(), instead }
}

fn size_if_any<S: ReadAt>(
    tags: &Directory<S>,
    tag: u16,
    name: &'static str,
) -> Result<Option<usize>, RasterError> {
    let Some(number) = tags.number(tag, name)? else { return Ok(None) };
    // A strip may claim 2³² − 1 rows to say that it holds all.
    match u32::try_from(number) {
        Ok(number) if number > 0 => Ok(Some(number as usize)),
        _ => Err(RasterError::Damaged(format!("{name} is {number}"))),
    }
}

fn size<S: ReadAt>(tags: &Directory<S>, tag: u16, name: &'static str) -> Result<usize, RasterError> {
    size_if_any(tags, tag, name)?.ok_or(RasterError::Tag { tag, name })
}

/// How a cell is stored: one number, in a way that is wanted.
fn stored<S: ReadAt>(
    tags: &Directory<S>,
    wanted: &[Stored],
    instead: &'static str,
) -> Result<Stored, RasterError> {
    let bands = tags.number(277, "SamplesPerPixel")?.unwrap_or(1);
    if bands != 1 {
        return Err(unsupported(&format!("a raster of {bands} bands"), instead));
    }
    let bits = tags.number(258, "BitsPerSample")?.unwrap_or(1);
    let kind = match tags.number(339, "SampleFormat")?.unwrap_or(1) {
        // 4 is "undefined", which libtiff takes for whole numbers.
        1 | 4 => WITHOUT_SIGN,
        2 => WITH_SIGN,
        3 => FLOATING,
        5 | 6 => "complex numbers",
        _ => "numbers of an unknown kind",
    };
    let found = Stored::ALL.iter().find(|(_, of, called)| (*of, *called) == (bits, kind));
    let found = found.map(|(stored, ..)| *stored).filter(|stored| wanted.contains(stored));
    found.ok_or_else(|| unsupported(&format!("a raster of {kind} of {bits} bits"), instead))
}

/// The number of GDAL's tag that means "not known".
pub(super) fn nodata<S: ReadAt>(tags: &Directory<S>) -> Result<Option<f64>, RasterError> {
    const TAG: (u16, &str) = (42_113, "GDAL_NODATA");
    let Some(text) = tags.text(TAG.0, TAG.1)? else { return Ok(None) };
    text.parse().map(Some).map_err(|_| RasterError::Tag { tag: TAG.0, name: TAG.1 })
}
