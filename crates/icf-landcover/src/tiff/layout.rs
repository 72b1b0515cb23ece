//! How the cells of a raster are laid out in its file.

use super::directory::Directory;
use crate::compression::Compression;
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
    pub(super) sample: Sample,
    pub(super) big_endian: bool,
    pub(super) compression: Compression,
    /// Whether cells stand as differences to their left neighbour.
    pub(super) differences: bool,
    pub(super) kind: ChunkKind,
    pub(super) chunk_columns: usize,
    pub(super) chunk_rows: usize,
    /// Place and length of each tile or strip; a length of zero means that it was never written.
    pub(super) chunks: Vec<(u64, u64)>,
    pub(super) nodata: Option<u16>,
}

impl Layout {
    pub(super) fn read<S: ReadAt>(tags: &Directory<S>, file_length: u64) -> Result<Self, RasterError> {
        let columns = size(tags, 256, "ImageWidth")?;
        let rows = size(tags, 257, "ImageLength")?;
        let sample = sample(tags)?;
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
        let differences = match tags.number(317, "Predictor")?.unwrap_or(1) {
            1 => false,
            2 => true,
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
            .and_then(|cells| cells.checked_mul(sample.bytes() as u64));
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
        let nodata = nodata(tags, sample)?;
        let big_endian = tags.is_big_endian();
        Ok(Self {
            columns,
            rows,
            sample,
            big_endian,
            compression,
            differences,
            kind,
            chunk_columns,
            chunk_rows,
            chunks,
            nodata,
        })
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

/// What a cell is: one whole number without a sign.
fn sample<S: ReadAt>(tags: &Directory<S>) -> Result<Sample, RasterError> {
    const INSTEAD: &str = "land classes are one band of whole numbers of 8 or 16 bits without a sign";
    let bands = tags.number(277, "SamplesPerPixel")?.unwrap_or(1);
    if bands != 1 {
        return Err(unsupported(&format!("a raster of {bands} bands"), INSTEAD));
    }
    let bits = tags.number(258, "BitsPerSample")?.unwrap_or(1);
    let kind = match tags.number(339, "SampleFormat")?.unwrap_or(1) {
        // 4 is "undefined", which libtiff takes for whole numbers.
        1 | 4 => "whole numbers without a sign",
        2 => "whole numbers with a sign",
        3 => "floating-point numbers",
        5 | 6 => "complex numbers",
        _ => "numbers of an unknown kind",
    };
    match (bits, kind) {
        (8, "whole numbers without a sign") => Ok(Sample::U8),
        (16, "whole numbers without a sign") => Ok(Sample::U16),
        _ => Err(unsupported(&format!("a raster of {kind} of {bits} bits"), INSTEAD)),
    }
}

/// The code of GDAL's tag that means "not known"; none where no cell can have it.
fn nodata<S: ReadAt>(tags: &Directory<S>, sample: Sample) -> Result<Option<u16>, RasterError> {
    const TAG: (u16, &str) = (42_113, "GDAL_NODATA");
    let Some(text) = tags.text(TAG.0, TAG.1)? else { return Ok(None) };
    let number: f64 = text.parse().map_err(|_| RasterError::Tag { tag: TAG.0, name: TAG.1 })?;
    let largest = match sample {
        Sample::U8 => u16::from(u8::MAX),
        Sample::U16 => u16::MAX,
    };
    Ok((0..=largest).find(|code| f64::from(*code) == number))
}
