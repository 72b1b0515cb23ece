//! A raster of one band, read tile by tile.

use super::directory::Directory;
use super::georeference;
use super::layout::{self, ChunkKind, Layout, Predictor, Sample, Stored, Unpacking};
use super::predictor;
use crate::{Grid, RasterError, ReadAt};

/// A GeoTIFF of land classes. Its head is read and checked, its cells are read when they are asked for.
#[derive(Debug)]
pub struct Raster<S> {
    source: S,
    layout: Layout,
    grid: Grid,
    sample: Sample,
    nodata: Option<u16>,
}

/// What is read, where something else was found.
const INSTEAD: &str = "land classes are one band of whole numbers of 8 or 16 bits without a sign";

/// The cells of a tile or strip, row by row from the north-west, and what is needed to read the next one.
///
/// Tiles on the edge of the raster are as large as the others; what lies beyond the edge means nothing.
#[derive(Debug, Default)]
pub struct Cells {
    bytes: Vec<u8>,
    words: Vec<u16>,
    unpacking: Unpacking,
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
        let layout = Layout::read(&tags, source.length(), &[Stored::U8, Stored::U16], INSTEAD)?;
        let (sample, largest) = match layout.stored {
            Stored::U8 => (Sample::U8, u8::MAX.into()),
            _ => (Sample::U16, u16::MAX),
        };
        let nodata = layout::nodata(&tags)?;
        let grid = georeference::grid(&tags, layout.columns, layout.rows)?;
        // None where no cell can have it.
        let nodata = nodata.and_then(|number| (0..=largest).find(|code| f64::from(*code) == number));
        Ok(Self { layout, grid, sample, nodata, source })
    }

    /// Where the cells lie.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// What a cell is.
    #[must_use]
    pub fn sample(&self) -> Sample {
        self.sample
    }

    /// The code that means "not known"; none when the file names none that a cell can have.
    #[must_use]
    pub fn nodata(&self) -> Option<u16> {
        self.nodata
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
        self.layout.chunk_counts()
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
        let layout = &self.layout;
        // What a damaged tile, or a raster of other cells, has left.
        if self.sample == Sample::U8 {
            cells.words.clear();
        }
        let count =
            layout.unpack_chunk(&self.source, (column, row), &mut cells.unpacking, &mut cells.bytes)?;
        if cells.bytes.is_empty() {
            let code = self.nodata.unwrap_or(0);
            match self.sample {
                Sample::U8 => fill(&mut cells.bytes, count, u8::try_from(code).expect("of cells of a byte")),
                Sample::U16 => fill(&mut cells.words, count, code),
            }
            return Ok(());
        }
        match self.sample {
            Sample::U8 => {
                if layout.predictor == Predictor::Differences {
                    predictor::undo_u8(&mut cells.bytes, layout.chunk_columns);
                }
            }
            Sample::U16 => {
                let word = if layout.big_endian { u16::from_be_bytes } else { u16::from_le_bytes };
                cells.words.clear();
                cells.words.extend(cells.bytes.as_chunks::<2>().0.iter().map(|bytes| word(*bytes)));
                cells.bytes.clear();
                if layout.predictor == Predictor::Differences {
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
