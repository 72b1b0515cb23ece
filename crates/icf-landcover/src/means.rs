//! The mean of a quantity by zone and class, such as the net primary production of forest in each province.

use std::collections::BTreeMap;
use std::ops::Range;

use icf_units::{Hectares, RegionId};

use crate::coverage::{Run, SHARE_BITS};
use crate::shards::{Sharded, SoFar, Sums, Whole};
use crate::tally::Amount;
use crate::tiff::{UNKNOWN, VALUE_BITS, ValueRaster, Values};
use crate::zonal::{Tile, class_area};
use crate::{Cells, ClassArea, Coverage, Grid, Plan, Raster, RasterError, ReadAt, Sample, Scale};
use crate::{ZonalError, Zones};

/// Binary places at which areas in units of 2⁻⁷² m² are cut in two before they are multiplied by values, so that either product
/// fits into 128 bits for the whole earth.
const LOW_BITS: u32 = 52;
/// By what share the cells of a quantity may be smaller than those of the classes, for want of digits.
const SLACK: f64 = 1e-3;

/// Why means cannot be had.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MeanError {
    /// The rasters of classes cannot be used.
    #[error("{0}")]
    Classes(ZonalError),
    /// The raster of the quantity lies in another system of coordinates than that of a raster of classes.
    #[error("lies in another system of coordinates than the rasters of classes")]
    OtherCrs,
    /// The raster of the quantity has smaller cells than a raster of classes, most of which nobody would look at.
    #[error("has cells of {own}, smaller than those of the classes, {of_classes}")]
    Finer {
        /// Width and height of its cells.
        own: String,
        /// Those of the classes.
        of_classes: String,
    },
    /// The raster of the quantity cannot be read.
    #[error("{0}")]
    Values(RasterError),
    /// No cell of any class in any zone has a value.
    #[error("has no known value at any cell of a zone whose class is known")]
    NothingKnown,
}

/// A quantity over the cells of a class in a zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weighed {
    /// Values times areas, in units of 2⁻³² of the value and 2⁻²⁰ m².
    high: i128,
    /// The same of what areas have below 2⁻²⁰ m², in units of 2⁻⁷² m².
    low: i128,
    known: Amount,
    unknown: Amount,
    /// What of the known looks like a fill value.
    fills: Amount,
}

impl Whole for Weighed {
    fn add(&mut self, other: Self) {
        self.high += other.high;
        self.low += other.low;
        self.known.add(other.known);
        self.unknown.add(other.unknown);
        self.fills.add(other.fills);
    }

    fn numbers(self) -> Vec<i128> {
        let amounts = [self.known, self.unknown, self.fills].map(Amount::numbers);
        [vec![self.high, self.low], amounts.concat()].concat()
    }

    fn of_numbers(numbers: &[i128]) -> Option<Self> {
        let ([high, low], amounts) = numbers.split_first_chunk()?;
        let (known, rest) = amounts.split_at_checked(2)?;
        let (unknown, fills) = rest.split_at_checked(2)?;
        let amount = Amount::of_numbers;
        Some(Self {
            high: *high,
            low: *low,
            known: amount(known)?,
            unknown: amount(unknown)?,
            fills: amount(fills)?,
        })
    }
}

impl Weighed {
    /// The mean over the cells whose value is known, each weighted by its covered area; none where there is no such cell.
    ///
    /// `scale` is that of the raster: the mean of what the stored numbers stand for is what their mean stands for.
    #[must_use]
    pub fn mean(self, scale: Scale) -> Option<f64> {
        let [_, area] = self.known.sums();
        let low = (1_u64 << LOW_BITS) as f64;
        let sum = self.high as f64 + self.low as f64 / low;
        let unit = (1_u64 << VALUE_BITS) as f64;
        (area > 0).then(|| scale.of(sum / (area as f64 / low) / unit))
    }

    /// The cells whose value is known, and their area.
    #[must_use]
    pub fn known(self) -> ClassArea {
        class_area(self.known)
    }

    /// The cells of the class whose value is not known, and their area.
    #[must_use]
    pub fn unknown(self) -> ClassArea {
        class_area(self.unknown)
    }

    /// The cells, among those whose value is known, that hold what looks like a fill value.
    #[must_use]
    pub fn fills(self) -> ClassArea {
        class_area(self.fills)
    }

    /// The area of the class, whether the value is known there or not.
    #[must_use]
    pub fn area(self) -> Hectares {
        let mut both = self.known;
        both.add(self.unknown);
        class_area(both).area
    }
}

/// What was found, by zone and class code; nodata of the classes is left out.
pub type Means = BTreeMap<(RegionId, u16), Weighed>;

/// Everything that is decided before the first cell is read.
///
/// A cell of a class takes the value of that cell of the other raster which holds its centre; a centre on an edge belongs to
/// the cell on its east or south. The cells of the quantity are as large as those of the classes, or larger.
#[derive(Debug)]
pub struct MeanPlan<'a, S> {
    plan: Plan<'a, S>,
    zones: &'a Zones,
    values: &'a ValueRaster<S>,
}

type Partial = Sums<(u32, Option<u16>), Weighed>;

impl<'a, S: ReadAt> MeanPlan<'a, S> {
    /// Plans the means of a quantity by zone and class.
    ///
    /// # Errors
    /// When the rasters of classes cannot be planned, or the quantity lies in another system of coordinates or has smaller
    /// cells than they.
    pub fn new(
        classes: &'a [Raster<S>],
        values: &'a ValueRaster<S>,
        zones: &'a Zones,
        coverage: Coverage,
    ) -> Result<Self, MeanError> {
        let plan = Plan::new(classes, zones, coverage).map_err(MeanError::Classes)?;
        let own = values.grid();
        for grid in classes.iter().map(Raster::grid) {
            if grid.crs != own.crs {
                return Err(MeanError::OtherCrs);
            }
            if (0..2).any(|axis| own.cell[axis] < grid.cell[axis] * (1.0 - SLACK)) {
                let size = |grid: &Grid| grid.cell_size();
                return Err(MeanError::Finer { own: size(own), of_classes: size(grid) });
            }
        }
        Ok(Self { plan, zones, values })
    }

    /// Runs all shards on the threads at hand; after each one it says how many cells more are done.
    ///
    /// # Errors
    /// That of the first shard that fails, or when no value is known.
    pub fn run(&self, progress: impl Fn(u64) + Sync) -> Result<Means, MeanError> {
        let mut all = SoFar::default();
        self.run_on(&mut all, |_, cells| progress(cells))?;
        self.means(all.sums())
    }

    /// The means of all zones from the sum of all shards.
    ///
    /// # Errors
    /// When no value is known.
    pub fn means(&self, sums: &Sums<(u32, Option<u16>), Weighed>) -> Result<Means, MeanError> {
        if sums.0.values().all(|weighed| weighed.known == Amount::default()) {
            return Err(MeanError::NothingKnown);
        }
        let named = |((zone, code), weighed): (&(u32, Option<u16>), &Weighed)| {
            Some(((self.zones.id(*zone).clone(), (*code)?), *weighed))
        };
        Ok(sums.0.iter().filter_map(named).collect())
    }
}

impl<S: ReadAt> Sharded for MeanPlan<'_, S> {
    type Key = (u32, Option<u16>);
    type Found = Weighed;
    type Error = MeanError;

    fn shards(&self) -> usize {
        self.plan.shards()
    }

    fn cells_in(&self, shard: usize) -> u64 {
        self.plan.cells_in(shard)
    }

    fn zones(&self) -> usize {
        self.plan.zones()
    }

    fn run_shard(&self, shard: usize) -> Result<Partial, MeanError> {
        let covered = self.plan.covered(shard).map_err(MeanError::Classes)?;
        let raster = covered.raster;
        let Some(columns) = covered.columns() else { return Ok(Partial::default()) };
        let mut sampled = Sampled::of(self.values, raster.grid(), covered.rows(), columns);
        let mut by_code = ByCode::with_fills_from(self.values.fills_from());
        let mut partial = Partial::default();
        let mut cells = Cells::default();
        for tile in covered.tiles() {
            raster
                .read_chunk(tile.column, tile.row, &mut cells)
                .map_err(|error| MeanError::Classes(ZonalError::Raster { raster: covered.place, error }))?;
            let values = sampled.on(&tile).map_err(MeanError::Values)?;
            let add = |by_code: &mut ByCode, run: &Run, share: u64, area: u64| {
                let amount =
                    Amount::of_sums([share.into(), u128::from(area) * covered.areas[run.row as usize]]);
                let (left, top, width) = tile.corner();
                let start = (run.row - top) as usize * width;
                let stretch = start + (run.from - left) as usize..start + (run.to - left) as usize;
                match raster.sample() {
                    Sample::U8 => by_code.add(&cells.u8()[stretch.clone()], &values[stretch], amount),
                    Sample::U16 => by_code.add(&cells.u16()[stretch.clone()], &values[stretch], amount),
                }
            };
            for of_zone in tile.covered.runs.chunk_by(|a, b| a.zone == b.zone) {
                of_zone.iter().for_each(|run| add(&mut by_code, run, 1 << SHARE_BITS, 1 << SHARE_BITS));
                by_code.flush(of_zone[0].zone, &mut partial);
            }
            for of_zone in tile.covered.parts.chunk_by(|a, b| a.run.zone == b.run.zone) {
                of_zone.iter().for_each(|part| add(&mut by_code, &part.run, part.cells, part.area));
                by_code.flush(of_zone[0].run.zone, &mut partial);
            }
        }
        partial.0.retain(|(_, code), _| *code != raster.nodata());
        Ok(partial)
    }
}

/// The cells of a zone by their code.
struct ByCode {
    /// The least value that looks like a fill value.
    fills_from: i64,
    /// The place of each code among those found, plus one.
    places: Vec<u32>,
    found: Vec<(u16, Weighed)>,
}

impl ByCode {
    #[expect(clippy::cast_possible_truncation, reason = "types whose top is looked at have 16 bits at most")]
    fn with_fills_from(stored: Option<f64>) -> Self {
        let fills_from = stored.map_or(i64::MAX, |stored| (stored * (1_u64 << VALUE_BITS) as f64) as i64);
        Self { fills_from, places: Vec::new(), found: Vec::new() }
    }

    /// Adds cells that lie beside each other, each of which has the same amount.
    fn add<C: Copy + Eq + Into<u16>>(&mut self, codes: &[C], values: &[i64], amount: Amount) {
        let (mut done, fills_from) = (0, self.fills_from);
        // Land lies in patches: mostly a few neighbours are alike.
        for patch in codes.chunk_by(PartialEq::eq) {
            let (mut sum, mut known, mut fills) = (0_i128, 0_usize, 0_usize);
            for value in &values[done..done + patch.len()] {
                if *value != UNKNOWN {
                    sum += i128::from(*value);
                    known += 1;
                    fills += usize::from(*value >= fills_from);
                }
            }
            done += patch.len();
            let [_, area] = amount.sums();
            let own = self.of(patch[0].into());
            own.high += sum * (area >> LOW_BITS).cast_signed();
            own.low += sum * (area & ((1 << LOW_BITS) - 1)).cast_signed();
            own.known.add(amount.times(known));
            own.fills.add(amount.times(fills));
            own.unknown.add(amount.times(patch.len() - known));
        }
    }

    fn of(&mut self, code: u16) -> &mut Weighed {
        self.places.resize(1 << 16, 0);
        let place = &mut self.places[usize::from(code)];
        if *place == 0 {
            self.found.push((code, Weighed::default()));
            *place = u32::try_from(self.found.len()).expect("there are 65,536 codes");
        }
        &mut self.found[*place as usize - 1].1
    }

    /// Moves what was found to the sums of a zone.
    fn flush(&mut self, zone: u32, partial: &mut Partial) {
        for (code, weighed) in self.found.drain(..) {
            self.places[usize::from(code)] = 0;
            partial.add((zone, Some(code)), weighed);
        }
    }
}

/// The row or column of a grid that holds the centre of one of another grid; none when it lies outside.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is held within the grid")]
fn place(of: &Grid, on: &Grid, axis: usize, number: usize) -> Option<usize> {
    let offset = if axis == 0 { of.origin[0] - on.origin[0] } else { on.origin[1] - of.origin[1] };
    let place = (offset + (number as f64 + 0.5) * of.cell[axis]) / on.cell[axis];
    let length = [on.columns, on.rows][axis];
    (place >= 0.0 && place < length as f64).then_some(place as usize)
}

/// Values at the cells of a band of rows of another grid, tile by tile.
struct Sampled<'a, S> {
    raster: &'a ValueRaster<S>,
    top: usize,
    left: usize,
    /// The row or column of the values that each row or column of the band falls on.
    rows: Vec<Option<usize>>,
    columns: Vec<Option<usize>>,
    /// Tiles of values that the last tile of the band met, and perhaps the next one does.
    chunks: BTreeMap<(usize, usize), Vec<i64>>,
    reading: Values,
    numbers: Vec<i64>,
}

impl<'a, S: ReadAt> Sampled<'a, S> {
    fn of(raster: &'a ValueRaster<S>, grid: &Grid, rows: Range<usize>, columns: Range<usize>) -> Self {
        let (top, left) = (rows.start, columns.start);
        Self {
            raster,
            top,
            left,
            rows: rows.map(|row| place(grid, raster.grid(), 1, row)).collect(),
            columns: columns.map(|column| place(grid, raster.grid(), 0, column)).collect(),
            chunks: BTreeMap::new(),
            reading: Values::default(),
            numbers: Vec::new(),
        }
    }

    /// The value at each cell of a tile; beyond the edges of either raster it is not known.
    fn on(&mut self, tile: &Tile<'_>) -> Result<&[i64], RasterError> {
        let (width, height) = self.raster.chunk_size();
        let rows = &self.rows[tile.top - self.top..];
        let rows = &rows[..rows.len().min(tile.height)];
        let columns = &self.columns[tile.left - self.left..];
        let columns = &columns[..columns.len().min(tile.width)];
        let chunks = |places: &[Option<usize>], size: usize| {
            let ends = places.iter().flatten().next().zip(places.iter().flatten().next_back());
            ends.map_or(0..0, |(first, last)| first / size..last / size + 1)
        };
        let (down, across) = (chunks(rows, height), chunks(columns, width));
        self.chunks.retain(|(column, row), _| across.contains(column) && down.contains(row));
        for row in down {
            for column in across.clone() {
                if !self.chunks.contains_key(&(column, row)) {
                    self.raster.read_chunk((column, row), &mut self.reading)?;
                    self.chunks.insert((column, row), std::mem::take(&mut self.reading.numbers));
                }
            }
        }
        self.numbers.clear();
        self.numbers.resize(tile.width * tile.height, UNKNOWN);
        for (row, line) in rows.iter().zip(self.numbers.chunks_exact_mut(tile.width)) {
            let Some(row) = *row else { continue };
            let mut chunk: Option<(usize, &[i64])> = None;
            for (column, number) in columns.iter().zip(line) {
                let Some(column) = *column else { continue };
                let of = column / width;
                let cells = match chunk {
                    Some((last, cells)) if last == of => cells,
                    _ => &self.chunks[&(of, row / height)][row % height * width..],
                };
                chunk = Some((of, cells));
                *number = cells[column % width];
            }
        }
        Ok(&self.numbers)
    }
}
