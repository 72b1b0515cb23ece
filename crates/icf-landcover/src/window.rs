//! A rectangle of a raster's cells, as numbers of a [`Palette`], whatever tiles they lie in.

use std::ops::Range;

use crate::palette::Palette;
use crate::zonal::Tile;
use crate::{Cells, Raster, RasterError, ReadAt};

/// Cells row by row from a first row and column on.
#[derive(Default)]
pub(crate) struct Window {
    top: usize,
    left: usize,
    width: usize,
    numbers: Vec<u8>,
    cells: Cells,
    chunk: Vec<u8>,
}

impl Window {
    /// Fills it with one tile or strip; nothing when there are more than 256 codes.
    pub(crate) fn fill_by_chunk<S: ReadAt>(
        &mut self,
        raster: &Raster<S>,
        (column, row): (usize, usize),
        palette: &mut Palette,
    ) -> Result<Option<()>, RasterError> {
        let (width, height) = raster.chunk_size();
        (self.left, self.top, self.width) = (column * width, row * height, width);
        raster.read_chunk(column, row, &mut self.cells)?;
        Ok(palette.indexes(&self.cells, &mut self.numbers))
    }

    /// Fills it with some rows and columns; nothing when there are more than 256 codes.
    pub(crate) fn fill<S: ReadAt>(
        &mut self,
        raster: &Raster<S>,
        rows: Range<usize>,
        columns: Range<usize>,
        palette: &mut Palette,
    ) -> Result<Option<()>, RasterError> {
        (self.top, self.left, self.width) = (rows.start, columns.start, columns.len());
        self.numbers.clear();
        self.numbers.resize(rows.len() * columns.len(), 0);
        let (width, height) = raster.chunk_size();
        for below in rows.start / height..rows.end.div_ceil(height) {
            for beside in columns.start / width..columns.end.div_ceil(width) {
                raster.read_chunk(beside, below, &mut self.cells)?;
                if palette.indexes(&self.cells, &mut self.chunk).is_none() {
                    return Ok(None);
                }
                let across = meeting(&columns, beside * width, width);
                for row in meeting(&rows, below * height, height) {
                    let from = (row - below * height) * width + across.start - beside * width;
                    let to = (row - rows.start) * columns.len() + across.start - columns.start;
                    self.numbers[to..to + across.len()]
                        .copy_from_slice(&self.chunk[from..from + across.len()]);
                }
            }
        }
        Ok(Some(()))
    }

    /// Puts the numbers of a tile of another raster on the same grid, and those of this one, into one number each:
    /// the other's in the high byte. Cells beyond the edge of the raster are zero.
    pub(crate) fn pair(&self, others: &[u8], tile: &Tile<'_>, pairs: &mut Vec<u16>) {
        pairs.clear();
        let height = self.numbers.len() / self.width.max(1);
        for (row, others) in (tile.top..).zip(others.chunks_exact(tile.width)) {
            let start = pairs.len();
            if (self.top..self.top + height).contains(&row) {
                let across = meeting(&(self.left..self.left + self.width), tile.left, tile.width);
                pairs.resize(start + across.start - tile.left, 0);
                let ours = (row - self.top) * self.width + across.start - self.left;
                let others = &others[across.start - tile.left..across.end - tile.left];
                let ours = &self.numbers[ours..ours + across.len()];
                pairs.extend(others.iter().zip(ours).map(|(other, our)| u16::from_be_bytes([*other, *our])));
            }
            pairs.resize(start + tile.width, 0);
        }
    }
}

/// The part of a stretch of some length from a start on that lies within another.
fn meeting(within: &Range<usize>, start: usize, length: usize) -> Range<usize> {
    let (start, end) = (start.max(within.start), (start + length).min(within.end));
    start..end.max(start)
}
