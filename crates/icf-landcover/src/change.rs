//! Which class became which between two years: both rasters in one pass.

use std::collections::BTreeMap;

use icf_units::RegionId;

use crate::palette::Palette;
use crate::shards::{Sharded, SoFar, Sums};
use crate::tally::{Amount, Tally};
use crate::window::Window;
use crate::zonal::class_area;
use crate::{Cells, ClassArea, Coverage, Partial, Plan, Raster, ReadAt, ZonalError, ZoneAreas, Zones};

/// Which of the two years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The first year.
    First,
    /// The last year.
    Last,
}

/// Why the change between two years cannot be had.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// The rasters of a year cannot be used.
    #[error("{error}")]
    Year {
        /// The year.
        side: Side,
        /// What is wrong; places are those among its rasters.
        error: ZonalError,
    },
    /// A raster has none of the other year on its grid.
    #[error("{difference}")]
    OtherGrid {
        /// The year of the raster.
        side: Side,
        /// Its place among those of its year.
        raster: usize,
        /// The place of the most likely one of the other year.
        other: usize,
        /// How the two differ.
        difference: String,
    },
    /// A raster holds so many codes that they can be no classes.
    #[error("holds more than 256 codes, which land classes do not")]
    TooManyCodes {
        /// The year of the raster.
        side: Side,
        /// Its place among those of its year.
        raster: usize,
    },
}

/// What became of the classes of a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneChange {
    /// The zone.
    pub zone: RegionId,
    /// What each class of the first year is in the last; no class is nodata. What stayed is here too.
    pub transitions: BTreeMap<(Option<u16>, Option<u16>), ClassArea>,
    /// The areas of the first year: the sums over the last, to the last digit those that [`Plan`] finds.
    pub first: ZoneAreas,
    /// The areas of the last year: the sums over the first.
    pub last: ZoneAreas,
}

/// Everything that is decided before the first cell of two years is read.
///
/// The years may be cut into other tiles, but every raster of one has one of the other on its grid.
#[derive(Debug)]
pub struct ChangePlan<'a, S> {
    plan: Plan<'a, S>,
    /// For each raster of the first year the one of the last.
    partners: Vec<(usize, &'a Raster<S>)>,
}

/// What a shard found, by zone and classes of both years; no class is nodata.
pub type ChangePartial = Sums<(u32, Option<u16>, Option<u16>), Amount>;

impl<'a, S: ReadAt> ChangePlan<'a, S> {
    /// Plans the change in zones between rasters of a first and a last year.
    ///
    /// # Errors
    /// When the rasters of a year cannot be planned, or those of the years lie on other grids.
    pub fn new(
        first: &'a [Raster<S>],
        last: &'a [Raster<S>],
        zones: &'a Zones,
        coverage: Coverage,
    ) -> Result<Self, ChangeError> {
        partner(last, first, Side::Last)?;
        let partners = partner(first, last, Side::First)?;
        let partners: Vec<_> = partners.into_iter().map(|other| (other, &last[other])).collect();
        let of_year = |side| move |error| ChangeError::Year { side, error };
        // So that rasters of the last year that overlap are found.
        Plan::new(last, zones, coverage).map_err(of_year(Side::Last))?;
        let least = |raster: usize| partners[raster].1.chunk_size().1;
        let plan = Plan::in_bands_of(first, zones, coverage, least).map_err(of_year(Side::First))?;
        Ok(Self { plan, partners })
    }

    /// Runs all shards on the threads at hand; after each one it says how many cells more are done.
    ///
    /// # Errors
    /// That of the first shard that fails.
    pub fn run(&self, progress: impl Fn(u64) + Sync) -> Result<Vec<ZoneChange>, ChangeError> {
        let mut all = SoFar::default();
        self.run_on(&mut all, |_, cells| progress(cells))?;
        Ok(self.changes(all.sums()))
    }

    /// The change of all zones, in the order of their ids, from the sum of all shards.
    #[must_use]
    pub fn changes(&self, sum: &ChangePartial) -> Vec<ZoneChange> {
        let mut margins = [Partial::default(), Partial::default()];
        for ((zone, from, to), amount) in &sum.0 {
            margins[0].add((*zone, *from), *amount);
            margins[1].add((*zone, *to), *amount);
        }
        let [first, last] = margins.map(|margin| self.plan.areas(&margin));
        let mut changes: Vec<ZoneChange> = first
            .into_iter()
            .zip(last)
            .map(|(first, last)| ZoneChange {
                zone: first.zone.clone(),
                transitions: BTreeMap::new(),
                first,
                last,
            })
            .collect();
        for ((zone, from, to), amount) in &sum.0 {
            changes[*zone as usize].transitions.insert((*from, *to), class_area(*amount));
        }
        changes
    }
}

impl<S: ReadAt> Sharded for ChangePlan<'_, S> {
    type Key = (u32, Option<u16>, Option<u16>);
    type Found = Amount;
    type Error = ChangeError;

    fn shards(&self) -> usize {
        self.plan.shards()
    }

    /// Those of both years counted once.
    fn cells_in(&self, shard: usize) -> u64 {
        self.plan.cells_in(shard)
    }

    fn zones(&self) -> usize {
        self.plan.zones()
    }

    /// Reads the tiles of both years that a zone meets in a shard, and counts their cells by both classes. It fails too when a
    /// raster holds more than 256 codes.
    fn run_shard(&self, shard: usize) -> Result<ChangePartial, ChangeError> {
        let covered =
            self.plan.covered(shard).map_err(|error| ChangeError::Year { side: Side::First, error })?;
        let (raster, first) = (covered.place, covered.raster);
        let (other, last) = self.partners[raster];
        let unreadable = |side, raster| {
            move |error| ChangeError::Year { side, error: ZonalError::Raster { raster, error } }
        };
        let too_many = |side, raster| ChangeError::TooManyCodes { side, raster };
        let tile = first.chunk_size();
        let is_alike = tile == last.chunk_size() && first.chunk_kind() == last.chunk_kind();
        let (mut of_first, mut of_last) = (Palette::of(first.sample()), Palette::of(last.sample()));
        let mut window = Window::default();
        if !is_alike && let Some(columns) = covered.columns() {
            let filled = window.fill(last, covered.rows(), columns, &mut of_last);
            filled.map_err(unreadable(Side::Last, other))?.ok_or_else(|| too_many(Side::Last, other))?;
        }
        let (mut cells, mut from, mut pairs) = (Cells::default(), Vec::new(), Vec::new());
        let mut tally = Tally::new::<u16>();
        for tile in covered.tiles() {
            first.read_chunk(tile.column, tile.row, &mut cells).map_err(unreadable(Side::First, raster))?;
            of_first.indexes(&cells, &mut from).ok_or_else(|| too_many(Side::First, raster))?;
            if is_alike {
                let filled = window.fill_by_chunk(last, (tile.column, tile.row), &mut of_last);
                filled.map_err(unreadable(Side::Last, other))?.ok_or_else(|| too_many(Side::Last, other))?;
            }
            window.pair(&from, &tile, &mut pairs);
            tally.add(tile.covered, &pairs, &covered.areas, tile.corner());
        }
        let code = |palette: &Palette, index: u16, nodata: Option<u16>| {
            let code = palette.code(index.to_le_bytes()[0]);
            Some(code).filter(|code| Some(*code) != nodata)
        };
        let mut sums = ChangePartial::default();
        for ((zone, pair), amount) in tally.into_amounts() {
            let from = code(&of_first, pair >> 8, first.nodata());
            let to = code(&of_last, pair & 0xff, last.nodata());
            sums.add((zone, from, to), amount);
        }
        Ok(sums)
    }
}

/// For each raster of a year the one of the other year on its grid.
fn partner<S: ReadAt>(of: &[Raster<S>], others: &[Raster<S>], side: Side) -> Result<Vec<usize>, ChangeError> {
    let find = |(raster, of): (usize, &Raster<S>)| {
        let differences: Vec<_> = others.iter().map(|other| of.grid().difference(other.grid())).collect();
        if let Some(same) = differences.iter().position(Option::is_none) {
            return Ok(same);
        }
        // The one that lies at the same place is what the user has in mind.
        let other = others.iter().position(|other| of.grid().overlaps(other.grid())).unwrap_or(0);
        let difference = differences.into_iter().nth(other).flatten();
        let difference = difference.unwrap_or_else(|| "the other year has no raster".to_owned());
        Err(ChangeError::OtherGrid { side, raster, other, difference })
    };
    of.iter().enumerate().map(find).collect()
}
