//! Where the cells of a raster lie on the earth.

use icf_geometry::Crs;

use crate::ellipsoid;

/// Cells by which grids may lie apart, or overlap, for want of digits.
const SLACK: f64 = 0.01;

/// A grid whose rows run from west to east and follow each other from north to south.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// In what the other fields count.
    pub crs: Crs,
    /// The north-west corner of the first cell.
    pub origin: [f64; 2],
    /// Width and height of a cell, both positive.
    pub cell: [f64; 2],
    /// How many cells a row has.
    pub columns: usize,
    /// How many rows there are.
    pub rows: usize,
}

impl Grid {
    /// West, south, east and north edge.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        let [west, north] = self.origin;
        let south = north - self.rows as f64 * self.cell[1];
        let east = west + self.columns as f64 * self.cell[0];
        [west, south, east, north]
    }

    /// The square metres of each cell of a row.
    ///
    /// On a geographic grid that is the area between two meridians and two parallels of WGS84 ([`ellipsoid`]); on an
    /// equal-area grid every cell has the same.
    ///
    /// ```
    /// use icf_landcover::{Crs, Grid};
    /// let albers = icf_geometry::Albers::china();
    /// let crs = Crs::Albers { sheet: albers, shift: [0.0, 0.0] };
    /// let grid = Grid { crs, origin: [0.0, 4e6], cell: [30.0, 30.0], columns: 10, rows: 10 };
    /// assert_eq!(grid.cell_area(3), 900.0);
    /// ```
    #[must_use]
    pub fn cell_area(&self, row: usize) -> f64 {
        match self.crs {
            Crs::Albers { .. } => self.cell[0] * self.cell[1],
            Crs::Geographic => {
                let north = self.latitude(row as f64);
                let south = self.latitude(row as f64 + 1.0);
                ellipsoid::area_between(south, north, self.cell[0])
            }
        }
    }

    /// Whether another grid has cells at the same place.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let ([w1, s1, e1, n1], [w2, s2, e2, n2]) = (self.bounds(), other.bounds());
        let slack = [0, 1].map(|axis| SLACK * self.cell[axis].min(other.cell[axis]));
        w1.max(w2) + slack[0] < e1.min(e2) && s1.max(s2) + slack[1] < n1.min(n2)
    }

    /// Width and height of a cell as people read them.
    pub(crate) fn cell_size(&self) -> String {
        let unit = match self.crs {
            Crs::Geographic => "°",
            Crs::Albers { .. } => " m",
        };
        let [width, height] = self.cell;
        format!("{width} × {height}{unit}")
    }

    /// In what another grid differs, if it does.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<String> {
        if self.crs != other.crs {
            return Some("lies in another system of coordinates".to_owned());
        }
        let unit = match self.crs {
            Crs::Geographic => "°",
            Crs::Albers { .. } => " m",
        };
        let differs = |axis: usize, slack: f64| (self.cell[axis] - other.cell[axis]).abs() > slack;
        let longest = [self.columns, self.rows];
        if (0..2).any(|axis| differs(axis, SLACK * self.cell[axis] / longest[axis] as f64)) {
            return Some(format!(
                "has cells of {}, and the other of {}",
                self.cell_size(),
                other.cell_size()
            ));
        }
        if (self.columns, self.rows) != (other.columns, other.rows) {
            let (a, b, c, d) = (self.columns, self.rows, other.columns, other.rows);
            return Some(format!("has {a} × {b} cells, and the other {c} × {d}"));
        }
        if (0..2).any(|axis| (self.origin[axis] - other.origin[axis]).abs() > SLACK * self.cell[axis]) {
            let ([a, b], [c, d]) = (self.origin, other.origin);
            return Some(format!("begins at {a}, {b}{unit}, and the other at {c}, {d}{unit}"));
        }
        None
    }

    /// The latitude so many rows below the northern edge; the poles end it.
    pub(crate) fn latitude(&self, row: f64) -> f64 {
        (self.origin[1] - row * self.cell[1]).clamp(-90.0, 90.0)
    }
}
