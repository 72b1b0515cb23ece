//! The areas of classes in zones: plan, shards and their sum.

use std::collections::BTreeMap;
use std::ops::Range;

use icf_units::{Hectares, RegionId};

use crate::coverage::{Band, Coverage, Covered, Segment};
use crate::shards::{Sharded, SoFar, Sums};
use crate::tally::{Amount, Tally, fixed_area};
use crate::{Cells, Raster, RasterError, ReadAt, Sample, Zones};

/// Rows that are covered in one go at least, where strips are lower than that.
const LEAST_ROWS: usize = 64;

/// Why areas cannot be had.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ZonalError {
    /// A raster cannot be read.
    #[error("{error}")]
    Raster {
        /// Its place among the rasters.
        raster: usize,
        /// What is wrong.
        error: RasterError,
    },
    /// Two rasters of a mosaic lie in different systems of coordinates.
    #[error("lies in another system of coordinates than the first raster")]
    OtherCrs {
        /// The place of the second.
        raster: usize,
    },
    /// Two rasters of a mosaic have cells at the same place.
    #[error("overlaps another raster of the same year")]
    Overlap {
        /// The place of the one.
        first: usize,
        /// The place of the other.
        second: usize,
    },
    /// The polygons of a zone overlap each other.
    #[error(
        "zone {zone} covers some cells more than once: its polygons overlap, or a ring is wound both ways"
    )]
    CoveredTwice {
        /// The zone.
        zone: RegionId,
    },
}

/// What a class has of a zone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassArea {
    /// Cells, each counted by the share that the zone covers.
    pub cells: f64,
    /// Their area on the ellipsoid.
    pub area: Hectares,
}

/// The classes of a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneAreas {
    /// The zone.
    pub zone: RegionId,
    /// By class code.
    pub classes: BTreeMap<u16, ClassArea>,
    /// Cells whose class is not known.
    pub nodata: ClassArea,
    /// What lies outside of all rasters.
    pub outside: Hectares,
    /// The polygon's own area on the ellipsoid.
    pub polygon: Hectares,
}

impl ZoneAreas {
    /// By how much classes, nodata and what lies outside miss the polygon's area, as a share of it.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let classes: f64 = self.classes.values().map(|class| class.area.get()).sum();
        (classes + self.nodata.area.get() + self.outside.get() - self.polygon.get()) / self.polygon.get()
    }
}

/// Everything that is decided before the first cell is read.
#[derive(Debug)]
pub struct Plan<'a, S> {
    rasters: &'a [Raster<S>],
    zones: &'a Zones,
    coverage: Coverage,
    shards: Vec<Shard>,
    /// The edges of all zones in the columns and rows of each raster.
    segments: Vec<Vec<Segment>>,
}

/// Some rows of a raster.
#[derive(Clone, Debug)]
struct Shard {
    raster: usize,
    first_row: usize,
    rows: usize,
    /// The segments that meet the rows, those of a zone together.
    crossing: Vec<u32>,
}

/// What a shard found, by zone and class; no class is nodata.
pub type Partial = Sums<(u32, Option<u16>), Amount>;

impl<'a, S: ReadAt> Plan<'a, S> {
    /// Plans the areas of zones on rasters that lie beside each other.
    ///
    /// # Errors
    /// When rasters overlap, or lie in other systems of coordinates than the zones were laid in.
    pub fn new(rasters: &'a [Raster<S>], zones: &'a Zones, coverage: Coverage) -> Result<Self, ZonalError> {
        Self::in_bands_of(rasters, zones, coverage, |_| LEAST_ROWS)
    }

    /// The same with shards of at least so many rows of each raster.
    pub(crate) fn in_bands_of(
        rasters: &'a [Raster<S>],
        zones: &'a Zones,
        coverage: Coverage,
        least: impl Fn(usize) -> usize,
    ) -> Result<Self, ZonalError> {
        if let Some(raster) = rasters.iter().position(|raster| raster.grid().crs != zones.crs) {
            return Err(ZonalError::OtherCrs { raster });
        }
        for second in 0..rasters.len() {
            if let Some(first) =
                (0..second).find(|first| rasters[*first].grid().overlaps(rasters[second].grid()))
            {
                return Err(ZonalError::Overlap { first, second });
            }
        }
        let mut plan = Self { rasters, zones, coverage, shards: vec![], segments: vec![] };
        for index in 0..rasters.len() {
            plan.add(index, least(index).max(LEAST_ROWS));
        }
        Ok(plan)
    }

    /// Cuts a raster into shards: a row of tiles each, or some strips.
    fn add(&mut self, index: usize, least: usize) {
        let raster = &self.rasters[index];
        let grid = raster.grid();
        let (_, chunk_rows) = raster.chunk_size();
        let rows = chunk_rows * least.div_ceil(chunk_rows);
        let mut crossing: Vec<Vec<u32>> = vec![vec![]; grid.rows.div_ceil(rows)];
        let mut segments = Vec::new();
        for (number, zone) in (0_u32..).zip(&self.zones.zones) {
            for segment in Segment::of_zone(zone, number, grid) {
                let (top, bottom) = (segment.upper[1], segment.lower[1]);
                let is_west = segment.upper[0].min(segment.lower[0]) < grid.columns as f64;
                if !is_west || bottom <= 0.0 || top >= grid.rows as f64 {
                    continue;
                }
                let place = u32::try_from(segments.len()).expect("boundaries have less than 2³² vertices");
                let (first, last) = (band_of(top, rows), band_of(bottom, rows).min(crossing.len() - 1));
                crossing[first..=last].iter_mut().for_each(|band| band.push(place));
                segments.push(segment);
            }
        }
        for (band, crossing) in crossing.into_iter().enumerate().filter(|(_, crossing)| !crossing.is_empty())
        {
            let first_row = band * rows;
            self.shards.push(Shard {
                raster: index,
                first_row,
                rows: rows.min(grid.rows - first_row),
                crossing,
            });
        }
        self.segments.push(segments);
    }

    /// The covered cells of a shard.
    pub(crate) fn covered(&self, shard: usize) -> Result<CoveredBand<'a, S>, ZonalError> {
        let shard = &self.shards[shard];
        let raster = &self.rasters[shard.raster];
        let grid = raster.grid();
        let band = Band { grid, first_row: shard.first_row, rows: shard.rows, tile: raster.chunk_size() };
        let covered =
            band.covered(&self.segments[shard.raster], &shard.crossing, self.coverage).map_err(|twice| {
                ZonalError::CoveredTwice { zone: self.zones.zones[twice.zone as usize].id.clone() }
            })?;
        let areas = (0..shard.rows).map(|row| fixed_area(grid.cell_area(shard.first_row + row))).collect();
        Ok(CoveredBand { place: shard.raster, raster, band, areas, covered })
    }

    /// Runs all shards on the threads at hand; after each one it says how many cells more are done.
    ///
    /// # Errors
    /// That of the first shard that fails.
    pub fn run(&self, progress: impl Fn(u64) + Sync) -> Result<Vec<ZoneAreas>, ZonalError> {
        let mut all = SoFar::default();
        self.run_on(&mut all, |_, cells| progress(cells))?;
        Ok(self.areas(all.sums()))
    }

    /// The areas of all zones, in the order of their ids, from the sum of all shards.
    #[must_use]
    pub fn areas(&self, sum: &Partial) -> Vec<ZoneAreas> {
        let mut zones: Vec<ZoneAreas> = (0..self.zones.len())
            .map(|zone| {
                let polygon = self.zones.area(zone);
                let within = |raster: &Raster<S>| self.zones.area_within(zone, raster.grid().bounds()).get();
                let inside: f64 = self.rasters.iter().map(within).sum();
                ZoneAreas {
                    zone: self.zones.zones[zone].id.clone(),
                    classes: BTreeMap::new(),
                    nodata: class_area(Amount::default()),
                    // A rounding must not make it less than nothing.
                    outside: Hectares::new((polygon.get() - inside).max(0.0)),
                    polygon,
                }
            })
            .collect();
        for ((zone, code), amount) in &sum.0 {
            let areas = &mut zones[*zone as usize];
            match code {
                Some(code) => {
                    areas.classes.insert(*code, class_area(*amount));
                }
                None => areas.nodata = class_area(*amount),
            }
        }
        zones
    }
}

impl<S: ReadAt> Sharded for Plan<'_, S> {
    type Key = (u32, Option<u16>);
    type Found = Amount;
    type Error = ZonalError;

    fn shards(&self) -> usize {
        self.shards.len()
    }

    fn cells_in(&self, shard: usize) -> u64 {
        let shard = &self.shards[shard];
        shard.rows as u64 * self.rasters[shard.raster].grid().columns as u64
    }

    fn zones(&self) -> usize {
        self.zones.len()
    }

    fn run_shard(&self, shard: usize) -> Result<Partial, ZonalError> {
        let covered = self.covered(shard)?;
        let raster = covered.raster;
        let mut tally = match raster.sample() {
            Sample::U8 => Tally::new::<u8>(),
            Sample::U16 => Tally::new::<u16>(),
        };
        let mut cells = Cells::default();
        for tile in covered.tiles() {
            raster
                .read_chunk(tile.column, tile.row, &mut cells)
                .map_err(|error| ZonalError::Raster { raster: covered.place, error })?;
            match raster.sample() {
                Sample::U8 => tally.add(tile.covered, cells.u8(), &covered.areas, tile.corner()),
                Sample::U16 => tally.add(tile.covered, cells.u16(), &covered.areas, tile.corner()),
            }
        }
        // Nodata is told apart from the code zero of another raster of the mosaic here, where its raster is known.
        let nodata = raster.nodata();
        let amounts = tally.into_amounts().into_iter();
        Ok(Sums(
            amounts
                .map(|((zone, code), amount)| {
                    ((zone, Some(code).filter(|code| Some(*code) != nodata)), amount)
                })
                .collect(),
        ))
    }
}

const SQUARE_METRES_PER_HECTARE: f64 = 10_000.0;

pub(crate) fn class_area(amount: Amount) -> ClassArea {
    ClassArea {
        cells: amount.cells(),
        area: Hectares::new(amount.square_metres() / SQUARE_METRES_PER_HECTARE),
    }
}

/// The covered cells of some rows of a raster.
pub(crate) struct CoveredBand<'a, S> {
    /// The place of the raster among those of the plan.
    pub(crate) place: usize,
    pub(crate) raster: &'a Raster<S>,
    band: Band<'a>,
    /// The area of a cell of each row.
    pub(crate) areas: Vec<u128>,
    covered: Vec<Covered>,
}

/// A tile with covered cells; a strip is one too.
pub(crate) struct Tile<'a> {
    /// Its column and row among the tiles of the raster.
    pub(crate) column: usize,
    pub(crate) row: usize,
    /// Its first column and row of cells, and the length of its rows.
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) width: usize,
    /// How many rows it has; the last ones may lie beyond the edge of the raster.
    pub(crate) height: usize,
    first_row: usize,
    pub(crate) covered: &'a Covered,
}

impl Tile<'_> {
    /// The column and the row of the band at which it begins, and the length of its rows.
    pub(crate) fn corner(&self) -> (u32, u32, usize) {
        let counted = |number: usize| u32::try_from(number).expect("rows and columns are counted in 32 bits");
        (counted(self.left), counted(self.top - self.first_row), self.width)
    }
}

impl<S> CoveredBand<'_, S> {
    /// The tiles that a zone meets.
    pub(crate) fn tiles(&self) -> impl Iterator<Item = Tile<'_>> {
        let (across, _) = self.band.tiles();
        let (width, height) = self.band.tile;
        let first_row = self.band.first_row;
        self.covered.iter().enumerate().filter(|(_, covered)| !covered.is_empty()).map(
            move |(place, covered)| {
                let (column, row) = (place % across, first_row / height + place / across);
                Tile {
                    column,
                    row,
                    left: column * width,
                    top: row * height,
                    width,
                    height,
                    first_row,
                    covered,
                }
            },
        )
    }

    /// Its rows of the raster.
    pub(crate) fn rows(&self) -> Range<usize> {
        self.band.first_row..self.band.first_row + self.band.rows
    }

    /// The columns of all tiles that a zone meets.
    pub(crate) fn columns(&self) -> Option<Range<usize>> {
        let start = self.tiles().map(|tile| tile.left).min()?;
        let end = self.tiles().map(|tile| tile.left + tile.width).max()?;
        Some(start..end.min(self.band.grid.columns))
    }
}

/// The band of rows that a height lies in; heights above the grid lie in the first.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a height is held above zero")]
fn band_of(height: f64, rows: usize) -> usize {
    (height.max(0.0) / rows as f64) as usize
}
