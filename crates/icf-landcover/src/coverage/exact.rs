//! The share of each cell that a zone covers.

use super::{Band, CoveredTwice, ONE, RowShape, Run, Segment, Tiles, column};

/// A sum of heights is a whole number of rows, but for rounding.
const ROUNDING: f64 = 1e-9;
/// A share beyond 0 or 1 by more than this is none of rounding.
const BEYOND: f64 = 1e-6;

/// What a stretch of the boundary within one cell adds: to the share of the cell itself, and to that of every cell
/// east of it in its row.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    row: u32,
    column: u32,
    here: Share,
    east: Share,
}

/// A share of cells on the sheet, and of their area on the ellipsoid.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    cells: f64,
    area: f64,
}

impl Share {
    fn add(&mut self, other: Self) {
        self.cells += other.cells;
        self.area += other.area;
    }

    /// A share that is whole but for rounding, made whole, so that rounding does not add up along a row.
    fn settled(self) -> Self {
        let nearest = self.cells.round();
        if (self.cells - nearest).abs() < ROUNDING { Self { cells: nearest, area: nearest } } else { self }
    }
}

/// Walks along boundaries; keeps its memory from zone to zone.
pub(super) struct Coverer {
    shapes: Vec<RowShape>,
    stretches: Vec<Stretch>,
}

impl Coverer {
    pub(super) fn new(band: &Band<'_>) -> Self {
        let shapes = (0..band.rows).map(|row| RowShape::of(band.grid, band.first_row + row)).collect();
        Self { shapes, stretches: Vec::new() }
    }

    /// A boundary that runs downwards adds what lies east of it, one that runs upwards takes that away. So the sum of
    /// heights up to a column, from the west, says how much of the next cell is inside.
    pub(super) fn cover<'a>(
        &mut self,
        band: &Band<'_>,
        zone: u32,
        segments: impl Iterator<Item = &'a Segment>,
        tiles: &mut Tiles,
    ) -> Result<(), CoveredTwice> {
        self.stretches.clear();
        for segment in segments {
            self.walk(band, segment);
        }
        self.stretches.sort_unstable_by_key(|stretch| (stretch.row, stretch.column));
        let columns = column(band.grid.columns as f64);
        for of_row in self.stretches.chunk_by(|a, b| a.row == b.row) {
            let row = of_row[0].row;
            let mut sweep = Sweep { zone, row, whole: None, tiles };
            let mut inside = Share::default();
            let mut next = 0;
            for of_cell in of_row.chunk_by(|a, b| a.column == b.column) {
                let at = of_cell[0].column;
                sweep.push(next, at, inside)?;
                let mut here = inside;
                for stretch in of_cell {
                    here.add(stretch.here);
                    inside.add(stretch.east);
                }
                sweep.push(at, at + 1, here)?;
                inside = inside.settled();
                next = at + 1;
            }
            sweep.push(next, columns, inside)?;
            sweep.flush();
        }
        Ok(())
    }

    /// Cuts a segment at rows.
    fn walk(&mut self, band: &Band<'_>, segment: &Segment) {
        let first = band.first_row as f64;
        let mut row = (segment.upper[1] - first).floor().max(0.0);
        while row < band.rows as f64 && first + row < segment.lower[1] {
            let top = segment.upper[1].max(first + row);
            let bottom = segment.lower[1].min(first + row + 1.0);
            if top < bottom {
                let upper = [segment.x_at(top), top - first - row];
                let lower = [segment.x_at(bottom), bottom - first - row];
                self.cut(column(row), segment.is_down, upper, lower, band.grid.columns as f64);
            }
            row += 1.0;
        }
    }

    /// Cuts a stretch within a row at columns. What lies west of the grid counts for all of its cells, what lies east
    /// of it for none.
    fn cut(&mut self, row: u32, is_down: bool, upper: [f64; 2], lower: [f64; 2], columns: f64) {
        let ([mut x, mut v], [end_x, end_v]) =
            if upper[0] <= lower[0] { (upper, lower) } else { (lower, upper) };
        let shape = self.shapes[row as usize];
        let sign = if is_down { 1.0 } else { -1.0 };
        let slope = if x < end_x { (end_v - v) / (end_x - x) } else { 0.0 };
        if x < 0.0 {
            let until = if end_x <= 0.0 { end_v } else { v - x * slope };
            let height =
                Share { cells: sign * (until - v).abs(), area: sign * (shape.at(until) - shape.at(v)).abs() };
            self.stretches.push(Stretch { row, column: 0, here: height, east: height });
            if end_x <= 0.0 {
                return;
            }
            (x, v) = (0.0, until);
        }
        let mut at = x.floor();
        while at < columns {
            let is_last = end_x <= at + 1.0;
            let [to_x, to_v] = if is_last { [end_x, end_v] } else { [at + 1.0, v + (at + 1.0 - x) * slope] };
            let height = sign * (to_v - v).abs();
            let width = at + 1.0 - f64::midpoint(x, to_x);
            let east = Share { cells: height, area: sign * (shape.at(to_v) - shape.at(v)).abs() };
            let here = Share {
                cells: height * width,
                area: height * area_share(shape, at + 1.0, [x, v], [to_x, to_v]),
            };
            self.stretches.push(Stretch { row, column: column(at), here, east });
            if is_last {
                return;
            }
            (x, v, at) = (to_x, to_v, at + 1.0);
        }
    }
}

/// The mean of (edge − x)·σ′(v) along a straight stretch: the product is a polynomial of degree three, for which Gauss
/// and Legendre's two points are exact.
fn area_share(shape: RowShape, edge: f64, [x, v]: [f64; 2], [to_x, to_v]: [f64; 2]) -> f64 {
    const POINT: f64 = 0.211_324_865_405_187_13;
    let at = |t: f64| (edge - x - t * (to_x - x)) * shape.slope(v + t * (to_v - v));
    f64::midpoint(at(POINT), at(1.0 - POINT))
}

/// The cells of a row from west to east; whole ones beside each other become one run.
struct Sweep<'a> {
    zone: u32,
    row: u32,
    whole: Option<(u32, u32)>,
    tiles: &'a mut Tiles,
}

impl Sweep<'_> {
    fn push(&mut self, from: u32, to: u32, share: Share) -> Result<(), CoveredTwice> {
        if from >= to {
            return Ok(());
        }
        if !(-BEYOND..=1.0 + BEYOND).contains(&share.cells) {
            return Err(CoveredTwice { zone: self.zone });
        }
        let (cells, area) = (fixed(share.cells), fixed(share.area));
        if cells == ONE && area == ONE {
            match &mut self.whole {
                Some((_, end)) if *end == from => *end = to,
                _ => {
                    self.flush();
                    self.whole = Some((from, to));
                }
            }
        } else if cells > 0 || area > 0 {
            self.tiles.push_part(Run { zone: self.zone, row: self.row, from, to }, cells, area);
        }
        Ok(())
    }

    fn flush(&mut self) {
        if let Some((from, to)) = self.whole.take() {
            self.tiles.push_run(Run { zone: self.zone, row: self.row, from, to });
        }
    }
}

/// A share in units of 2⁻⁴⁰, held between none and all.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of at most one")]
fn fixed(share: f64) -> u64 {
    (share.clamp(0.0, 1.0) * ONE as f64).round() as u64
}
