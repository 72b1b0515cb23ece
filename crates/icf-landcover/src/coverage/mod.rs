//! Which cells of some rows a zone covers, and how much of each.

mod centre;
mod exact;

use crate::zones::Zone;
use crate::{Grid, ellipsoid};

/// When a cell belongs to a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// By the share of it that the zone covers.
    Exact,
    /// Wholly when its centre lies in the zone, else not at all.
    Centre,
}

/// Binary places of a share: one is 2⁴⁰.
pub(crate) const SHARE_BITS: u32 = 40;
const ONE: u64 = 1 << SHARE_BITS;

/// Cells of a row from one column up to another, which is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) zone: u32,
    pub(crate) row: u32,
    pub(crate) from: u32,
    pub(crate) to: u32,
}

/// Cells that a zone covers in part, all by the same share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) run: Run,
    /// The share on the sheet, in units of 2⁻⁴⁰.
    pub(crate) cells: u64,
    /// The share of the area on the ellipsoid.
    pub(crate) area: u64,
}

/// The covered cells of some rows, apart for each tile.
#[derive(Debug, Default)]
pub(crate) struct Covered {
    pub(crate) runs: Vec<Run>,
    pub(crate) parts: Vec<Part>,
}

impl Covered {
    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.parts.is_empty()
    }
}

/// An edge in columns and rows of a grid, from its upper to its lower end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    pub(crate) zone: u32,
    /// Whether the boundary runs downwards here: then the inside lies to the east.
    pub(crate) is_down: bool,
    pub(crate) upper: [f64; 2],
    pub(crate) lower: [f64; 2],
}

impl Segment {
    /// The edges of a zone; those that run along a row bound nothing.
    pub(crate) fn of_zone<'a>(zone: &'a Zone, index: u32, grid: &'a Grid) -> impl Iterator<Item = Self> + 'a {
        let place =
            |[x, y]: [f64; 2]| [(x - grid.origin[0]) / grid.cell[0], (grid.origin[1] - y) / grid.cell[1]];
        zone.edges.iter().map(move |ends| ends.map(place)).filter(|[from, to]| from[1] != to[1]).map(
            move |[from, to]| {
                let is_down = from[1] < to[1];
                let [upper, lower] = if is_down { [from, to] } else { [to, from] };
                Self { zone: index, is_down, upper, lower }
            },
        )
    }

    /// The column where it crosses a height.
    fn x_at(&self, y: f64) -> f64 {
        let ([x1, y1], [x2, y2]) = (self.upper, self.lower);
        if y <= y1 {
            x1
        } else if y >= y2 {
            x2
        } else {
            ((y - y1) * (x2 - x1) / (y2 - y1) + x1).clamp(x1.min(x2), x1.max(x2))
        }
    }
}

/// How the area of a row of cells grows from its upper to its lower edge: σ(v) = v + v(1−v)(κ + μ(1−2v)).
///
/// On the ellipsoid a cell's southern half is not as large as its northern half. κ and μ are such that σ is right at
/// the quarters of the row, which leaves 10⁻⁹ of a cell of one degree, and nothing of a cell of 30 m.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RowShape {
    kappa: f64,
    mu: f64,
}

impl RowShape {
    const FLAT: Self = Self { kappa: 0.0, mu: 0.0 };

    fn of(grid: &Grid, row: usize) -> Self {
        if grid.crs != crate::Crs::Geographic {
            return Self::FLAT;
        }
        let top = row as f64;
        let share = |to: f64| ellipsoid::area_between(grid.latitude(top + to), grid.latitude(top), 1.0);
        let whole = share(1.0);
        if whole <= 0.0 {
            return Self::FLAT;
        }
        let (first, third) = (share(0.25) / whole - 0.25, share(0.75) / whole - 0.75);
        Self { kappa: 8.0 / 3.0 * (first + third), mu: 16.0 / 3.0 * (first - third) }
    }

    fn at(self, v: f64) -> f64 {
        v + v * (1.0 - v) * (self.kappa + self.mu * (1.0 - 2.0 * v))
    }

    fn slope(self, v: f64) -> f64 {
        1.0 + self.kappa * (1.0 - 2.0 * v) + self.mu * (1.0 - 6.0 * v + 6.0 * v * v)
    }
}

/// A zone that covers a cell more than once, or less than not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CoveredTwice {
    pub(crate) zone: u32,
}

/// The rows whose cells are wanted, and how they are cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Band<'a> {
    pub(crate) grid: &'a Grid,
    pub(crate) first_row: usize,
    pub(crate) rows: usize,
    /// Columns and rows of a tile.
    pub(crate) tile: (usize, usize),
}

impl Band<'_> {
    /// How many tiles stand beside and below each other.
    pub(crate) fn tiles(&self) -> (usize, usize) {
        (self.grid.columns.div_ceil(self.tile.0), self.rows.div_ceil(self.tile.1))
    }

    /// The covered cells of each tile, row by row of tiles.
    ///
    /// `crossing` names the segments that meet the band, those of a zone together.
    pub(crate) fn covered(
        &self,
        segments: &[Segment],
        crossing: &[u32],
        coverage: Coverage,
    ) -> Result<Vec<Covered>, CoveredTwice> {
        let (across, down) = self.tiles();
        let mut tiles = Tiles { covered: Vec::new(), across, tile: self.tile };
        tiles.covered.resize_with(across * down, Covered::default);
        let of = |index: &u32| &segments[*index as usize];
        let mut exact = exact::Coverer::new(self);
        let mut centre = centre::Coverer::default();
        for of_zone in crossing.chunk_by(|a, b| of(a).zone == of(b).zone) {
            let zone = of(&of_zone[0]).zone;
            let of_zone = of_zone.iter().map(of);
            match coverage {
                Coverage::Exact => exact.cover(self, zone, of_zone, &mut tiles)?,
                Coverage::Centre => centre.cover(self, zone, of_zone, &mut tiles),
            }
        }
        Ok(tiles.covered)
    }
}

/// Where covered cells go: to the tile they lie in.
struct Tiles {
    covered: Vec<Covered>,
    across: usize,
    tile: (usize, usize),
}

impl Tiles {
    /// Adds whole cells, cut at the edges of tiles.
    fn push_run(&mut self, run: Run) {
        for (tile, run) in self.cut(run) {
            self.covered[tile].runs.push(run);
        }
    }

    /// Adds cells that are covered by some shares.
    fn push_part(&mut self, run: Run, cells: u64, area: u64) {
        for (tile, run) in self.cut(run) {
            self.covered[tile].parts.push(Part { run, cells, area });
        }
    }

    fn cut(&self, run: Run) -> impl Iterator<Item = (usize, Run)> + use<> {
        let width = u32::try_from(self.tile.0).expect("a row of cells is counted in 32 bits");
        let above = run.row as usize / self.tile.1 * self.across;
        let last = if run.to > run.from { (run.to - 1) / width + 1 } else { 0 };
        (run.from / width..last).map(move |tile| {
            let from = run.from.max(tile * width);
            let to = run.to.min((tile + 1).saturating_mul(width));
            (above + tile as usize, Run { from, to, ..run })
        })
    }
}

/// A column of a grid, which has no more than 2³² of them.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "callers hold it within the grid"
)]
fn column(x: f64) -> u32 {
    x as u32
}
