//! A raster of one band, read tile by tile.

use super::directory::Directory;
use super::georeference;
use super::layout::{ChunkKind, Layout, Sample};
use super::predictor;
use crate::compression::Unpacker;
use crate::{Grid, RasterError, ReadAt};

/// A GeoTIFF of land classes. Its head is read and checked, its cells are read when they are asked for.
#[derive(Debug)]
pub struct Raster<S> {
    source: S,
    layout: Layout,
    grid: Grid,
}

/// The cells of a tile or strip, row by row from the north-west, and what is needed to read the next one.
///
/// Tiles on the edge of the raster are as large as the others; what lies beyond the edge means nothing.
#[derive(Debug, Default)]
pub struct Cells {
    packed: Vec<u8>,
    bytes: Vec<u8>,
    words: Vec<u16>,
    unpacker: Unpacker,
}

impl Cells {
    /// Cells of one byte; empty when the raster has cells of two.
    #[must_use]
    pub fn u8(&self) -> &[u8] {
        &self.bytes
    }

    /// Cells of two bytes; empty when the raster has cells of one.
    #[must_use]
    pub fn u16(&self) -> &[u16] {
        &self.words
    }
}

impl<S: ReadAt> Raster<S> {
    /// Reads the head of a GeoTIFF.
    ///
    /// # Errors
    /// When it is no TIFF, damaged, cut off, of a kind that is not read, or does not say where it lies.
    pub fn open(source: S) -> Result<Self, RasterError> {
        let tags = Directory::read(&source)?;
        let layout = Layout::read(&tags, source.length())?;
        let grid = georeference::grid(&tags, layout.columns, layout.rows)?;
        Ok(Self { layout, grid, source })
    }

    /// Where the cells lie.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// What a cell is.
    #[must_use]
    pub fn sample(&self) -> Sample {
        self.layout.sample
    }

    /// The code that means "not known"; none when the file names none that a cell can have.
    #[must_use]
    pub fn nodata(&self) -> Option<u16> {
        self.layout.nodata
    }

    /// Whether the file is cut into tiles or strips.
    #[must_use]
    pub fn chunk_kind(&self) -> ChunkKind {
        self.layout.kind
    }

    /// Columns and rows of a tile or strip.
    #[must_use]
    pub fn chunk_size(&self) -> (usize, usize) {
        (self.layout.chunk_columns, self.layout.chunk_rows)
    }

    /// How many tiles or strips stand beside and below each other.
    #[must_use]
    pub fn chunk_counts(&self) -> (usize, usize) {
        let Layout { columns, rows, chunk_columns, chunk_rows, .. } = self.layout;
        (columns.div_ceil(chunk_columns), rows.div_ceil(chunk_rows))
    }

    /// Reads a tile or strip by its column and row among them.
    ///
    /// One that was never written is full of nodata, or of zeros when the file names no nodata, as GDAL reads it.
    ///
    /// # Errors
    /// When the file cannot be read, or does not hold the cells it should.
    ///
    /// # Panics
    /// When there is no such tile.
    pub fn read_chunk(&self, column: usize, row: usize, cells: &mut Cells) -> Result<(), RasterError> {
        let (across, down) = self.chunk_counts();
        assert!(column < across && row < down, "there is such a tile");
        let layout = &self.layout;
        let index = row * across + column;
        // Only the last strip may be lower than the others.
        let rows = match layout.kind {
            ChunkKind::Tile => layout.chunk_rows,
            ChunkKind::Strip => layout.chunk_rows.min(layout.rows - row * layout.chunk_rows),
        };
        let count = layout.chunk_columns * rows;
        let (start, length) = layout.chunks[index];
        // What a damaged tile, or a raster of other cells, has left.
        if layout.sample == Sample::U8 {
            cells.words.clear();
        }
        if length == 0 {
            let code = layout.nodata.unwrap_or(0);
            match layout.sample {
                Sample::U8 => fill(&mut cells.bytes, count, u8::try_from(code).expect("of cells of a byte")),
                Sample::U16 => {
                    cells.bytes.clear();
                    fill(&mut cells.words, count, code);
                }
            }
            return Ok(());
        }
        let length = usize::try_from(length).expect("no longer than the file");
        cells.packed.resize(length, 0);
        self.source.read_at(start, &mut cells.packed)?;
        cells.bytes.resize(count * layout.sample.bytes(), 0);
        cells
            .unpacker
            .unpack(layout.compression, &cells.packed, &mut cells.bytes)
            .map_err(|what| RasterError::DamagedChunk { kind: layout.kind.name(), index, what })?;
        match layout.sample {
            Sample::U8 => {
                if layout.differences {
                    predictor::undo_u8(&mut cells.bytes, layout.chunk_columns);
                }
            }
            Sample::U16 => {
                let word = if layout.big_endian { u16::from_be_bytes } else { u16::from_le_bytes };
                cells.words.clear();
                cells.words.extend(cells.bytes.as_chunks::<2>().0.iter().map(|bytes| word(*bytes)));
                cells.bytes.clear();
                if layout.differences {
                    predictor::undo_u16(&mut cells.words, layout.chunk_columns);
                }
            }
        }
        Ok(())
    }
}

fn fill<T: Clone>(cells: &mut Vec<T>, count: usize, code: T) {
    cells.clear();
    cells.resize(count, code);
}
