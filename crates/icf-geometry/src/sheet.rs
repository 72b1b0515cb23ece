//! Regions as paths on a drawing sheet.

use geo::LineString;

use crate::{Albers, Feature, Layer, label_point};

/// A drawing sheet: the projected regions scaled into a box, with y downwards and vertices on a grid.
///
/// Each vertex is moved to the nearest grid point by itself, whichever ring it belongs to, and only vertices that
/// then coincide with or lie exactly on the line between their neighbours are dropped. So a border that two
/// regions share stays the same line in both, without building a topology.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    projection: Albers,
    scale: f64,
    west: f64,
    north: f64,
    grid: f64,
    width: f64,
    height: f64,
}

/// A region's outline on the sheet: closed rings of grid points; fill by the even-odd rule.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Path {
    /// Each ring without its closing point; at least three points.
    pub rings: Vec<Vec<[i32; 2]>>,
}

impl Sheet {
    /// The sheet on which a layer fills a box of `width` × at most `max_height`, in steps of `grid`.
    ///
    /// None where the layer has no extent.
    #[must_use]
    pub fn fit(layer: &Layer, width: f64, max_height: f64, grid: f64) -> Option<Self> {
        let projection = Albers::fit(layer.bounds()?);
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for ring in layer.features().iter().flat_map(rings) {
            for at in &ring.0 {
                let place = projection.forward(at.x, at.y);
                for axis in 0..2 {
                    low[axis] = low[axis].min(place[axis]);
                    high[axis] = high[axis].max(place[axis]);
                }
            }
        }
        let extent = [high[0] - low[0], high[1] - low[1]];
        if !(extent[0] > 0.0 && extent[1] > 0.0) {
            return None;
        }
        let scale = (width / extent[0]).min(max_height / extent[1]);
        Some(Self {
            projection,
            scale,
            west: low[0],
            north: high[1],
            grid,
            width: extent[0] * scale,
            height: extent[1] * scale,
        })
    }

    /// Width that the layer takes of the box.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.width
    }

    /// Height that the layer takes of the box.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.height
    }

    /// The length of a grid step, in units of the box.
    #[must_use]
    pub fn grid(&self) -> f64 {
        self.grid
    }

    /// The outline of a region. Parts smaller than the grid can show vanish, but never the largest one.
    #[must_use]
    pub fn path(&self, feature: &Feature) -> Path {
        let quantised: Vec<Vec<[i32; 2]>> = rings(feature).map(|ring| self.quantise(ring)).collect();
        let mut visible: Vec<Vec<[i32; 2]>> =
            quantised.iter().map(|ring| without_idle_vertices(ring)).filter(|ring| ring.len() >= 3).collect();
        if visible.is_empty()
            && let Some([x, y]) = quantised.iter().flatten().next().copied()
        {
            visible.push(vec![[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]]);
        }
        Path { rings: visible }
    }

    /// Where a region's label goes, in units of the box.
    #[must_use]
    pub fn label(&self, feature: &Feature) -> Option<[f64; 2]> {
        label_point(feature, &self.projection).map(|at| self.place(at))
    }

    /// Where a longitude and latitude in degrees lies, in units of the box.
    #[must_use]
    pub fn at(&self, longitude: f64, latitude: f64) -> [f64; 2] {
        self.place(self.projection.forward(longitude, latitude))
    }

    fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [(x - self.west) * self.scale, (self.north - y) * self.scale]
    }

    #[expect(clippy::cast_possible_truncation, reason = "a sheet has far fewer than 2^31 grid steps")]
    fn quantise(&self, ring: &LineString<f64>) -> Vec<[i32; 2]> {
        let step = |at: f64| (at / self.grid).round() as i32;
        ring.0.iter().map(|at| self.place(self.projection.forward(at.x, at.y)).map(step)).collect()
    }
}

fn rings(feature: &Feature) -> impl Iterator<Item = &LineString<f64>> {
    feature.shape.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
}

/// The ring without its closing point, without doubled points, and without points on the line between the
/// neighbours that remain. Spikes that run out and back along one line vanish with them.
fn without_idle_vertices(ring: &[[i32; 2]]) -> Vec<[i32; 2]> {
    let mut kept: Vec<[i32; 2]> = Vec::with_capacity(ring.len());
    for &point in ring {
        push(&mut kept, point);
    }
    // The seam: the closing point doubles the first, and the first may itself lie on a line.
    while kept.len() >= 3 {
        let last = kept.len() - 1;
        if kept[0] == kept[last] || in_line(kept[last - 1], kept[last], kept[0]) {
            kept.pop();
        } else if in_line(kept[last], kept[0], kept[1]) {
            kept.remove(0);
        } else {
            break;
        }
    }
    kept
}

fn push(kept: &mut Vec<[i32; 2]>, point: [i32; 2]) {
    while let [.., before, last] = kept[..] {
        if !in_line(before, last, point) {
            break;
        }
        kept.pop();
    }
    if kept.last() != Some(&point) {
        kept.push(point);
    }
}

fn in_line(a: [i32; 2], b: [i32; 2], c: [i32; 2]) -> bool {
    let difference =
        |p: [i32; 2], q: [i32; 2]| [i64::from(q[0]) - i64::from(p[0]), i64::from(q[1]) - i64::from(p[1])];
    let (ab, bc) = (difference(a, b), difference(b, c));
    ab[0] * bc[1] == ab[1] * bc[0]
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, Polygon, Rect};
    use icf_units::RegionId;

    use super::*;

    fn feature(id: &str, polygon: Polygon<f64>) -> Feature {
        Feature { region: RegionId::new(id), shape: MultiPolygon::from(polygon) }
    }

    #[track_caller]
    fn check(ring: &[[i32; 2]], expected: &[[i32; 2]]) {
        assert_eq!(without_idle_vertices(ring), expected);
    }

    #[test]
    fn only_idle_vertices_are_dropped() {
        check(&[[0, 0], [2, 0], [4, 0], [4, 4], [0, 4], [0, 0]], &[[0, 0], [4, 0], [4, 4], [0, 4]]);
        check(&[[2, 0], [4, 0], [4, 4], [0, 4], [0, 0], [2, 0]], &[[4, 0], [4, 4], [0, 4], [0, 0]]);
        check(&[[0, 0], [0, 0], [4, 0], [4, 4], [4, 4], [0, 0]], &[[0, 0], [4, 0], [4, 4]]);
        check(&[[0, 0], [4, 0], [4, 4], [4, 9], [4, 4], [0, 4], [0, 0]], &[[0, 0], [4, 0], [4, 4], [0, 4]]);
        assert!(without_idle_vertices(&[[1, 1], [2, 1], [1, 1]]).len() < 3);
        assert!(without_idle_vertices(&[[1, 1], [1, 1], [1, 1], [1, 1]]).len() < 3);
    }

    #[test]
    fn a_shared_border_stays_shared() {
        let wiggle = [(110.0, 30.0), (110.31, 30.4), (109.87, 30.9), (110.12, 31.6), (110.0, 32.0)];
        let west: Vec<_> = wiggle.into_iter().chain([(108.0, 32.0), (108.0, 30.0), (110.0, 30.0)]).collect();
        let east: Vec<_> =
            wiggle.into_iter().rev().chain([(112.0, 30.0), (112.0, 32.0), (110.0, 32.0)]).collect();
        let layer = Layer {
            features: vec![
                feature("west", Polygon::new(west.into(), vec![])),
                feature("east", Polygon::new(east.into(), vec![])),
            ],
        };
        let sheet = Sheet::fit(&layer, 100.0, 100.0, 0.5).unwrap();
        let (west, east) = (sheet.path(&layer.features()[0]), sheet.path(&layer.features()[1]));
        let shared = west.rings[0].iter().filter(|point| east.rings[0].contains(point)).count();
        assert_eq!(shared, 5);
    }

    #[test]
    fn the_sheet_keeps_proportions_and_stays_in_its_box() {
        let layer =
            Layer { features: vec![feature("a", Rect::new((100.0, 20.0), (104.0, 40.0)).to_polygon())] };
        let sheet = Sheet::fit(&layer, 300.0, 200.0, 0.1).unwrap();
        assert!((sheet.height() - 200.0).abs() < 1e-9 && sheet.width() < 100.0);
        for [x, y] in sheet.path(&layer.features()[0]).rings.concat() {
            assert!((0..=1000).contains(&x) && (0..=2000).contains(&y), "{x} {y}");
        }
    }

    #[test]
    fn a_region_below_the_grid_is_still_drawn() {
        let tiny = feature("tiny", Rect::new((113.5, 22.1), (113.51, 22.11)).to_polygon());
        let layer = Layer {
            features: vec![feature("a", Rect::new((80.0, 20.0), (130.0, 50.0)).to_polygon()), tiny.clone()],
        };
        let sheet = Sheet::fit(&layer, 100.0, 100.0, 1.0).unwrap();
        assert_eq!(sheet.path(&tiny).rings.len(), 1);
    }

    #[test]
    fn no_extent_makes_no_sheet() {
        assert_eq!(Sheet::fit(&Layer::default(), 100.0, 100.0, 1.0), None);
    }
}
