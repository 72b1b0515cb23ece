//! Cells whose centre lies in a zone.

use super::{Band, Run, Segment, Tiles, column};

/// Where the boundary of a zone crosses the middle of each row.
#[derive(Debug, Default)]
pub(super) struct Coverer {
    crossings: Vec<(u32, f64)>,
}

impl Coverer {
    /// By the rule of GDAL's rasterize: the middle line of a row crosses a segment that begins on the line or above it
    /// and ends below it; between two crossings lie the cells whose centre is east of the one, and west of the other or
    /// on it.
    pub(super) fn cover<'a>(
        &mut self,
        band: &Band<'_>,
        zone: u32,
        segments: impl Iterator<Item = &'a Segment>,
        tiles: &mut Tiles,
    ) {
        let first = band.first_row as f64;
        self.crossings.clear();
        for segment in segments {
            let (upper, lower) = (segment.upper[1] - first, segment.lower[1] - first);
            let mut row = (upper - 0.5).ceil().max(0.0);
            while row + 0.5 < lower && row < band.rows as f64 {
                self.crossings.push((column(row), segment.x_at(first + row + 0.5)));
                row += 1.0;
            }
        }
        self.crossings.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let edge = band.grid.columns as f64;
        for of_row in self.crossings.chunk_by(|a, b| a.0 == b.0) {
            for pair in of_row.chunks(2) {
                // Segments east of the grid were left out, so that the last crossing of a row may lack its pair.
                let (row, west) = pair[0];
                let east = pair.get(1).map_or(edge, |(_, east)| *east);
                let [from, to] = [west, east].map(|x| column((x + 0.5).floor().clamp(0.0, edge)));
                if from < to {
                    tiles.push_run(Run { zone, row, from, to });
                }
            }
        }
    }
}
