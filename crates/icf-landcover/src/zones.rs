//! Zones: polygons as edges in the coordinates of a grid.

use geo::bool_ops::{FillRule, OpType};
use geo::{BooleanOps, LineString, MultiPolygon, Winding};
use icf_geometry::Layer;
use icf_units::{Hectares, RegionId};

use crate::crossing::{self, Meeting};
use crate::{Crs, ellipsoid};

const SQUARE_METRES_PER_HECTARE: f64 = 10_000.0;

/// What becomes of a zone whose boundary crosses itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelfCrossing {
    /// It is a mistake.
    Refuse,
    /// What lies within an odd number of windings is inside.
    Repair,
}

/// A zone that cannot be measured.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ZoneMistake {
    /// Two of its edges cross.
    #[error("zone {zone} has a boundary that crosses itself near {x}, {y}")]
    Crosses {
        /// The zone.
        zone: RegionId,
        /// Longitude near the crossing.
        x: f64,
        /// Latitude near the crossing.
        y: f64,
    },
    /// An edge spans more than half of the globe.
    #[error("zone {zone} crosses the antimeridian between {from}° and {to}°")]
    Antimeridian {
        /// The zone.
        zone: RegionId,
        /// Longitude at one end of the edge.
        from: f64,
        /// Longitude at the other end.
        to: f64,
    },
    /// Its polygons bound nothing.
    #[error("zone {zone} has no area")]
    Empty {
        /// The zone.
        zone: RegionId,
    },
}

/// An edge of a boundary, with the inside on its left.
pub(crate) type Edge = [[f64; 2]; 2];

/// A zone in the coordinates of a grid; its edges are straight there.
#[derive(Clone, Debug)]
pub(crate) struct Zone {
    pub(crate) id: RegionId,
    pub(crate) edges: Vec<Edge>,
    /// West, south, east and north.
    pub(crate) bounds: [f64; 4],
}

/// Zones in the coordinates of a grid, in the order of their ids.
#[derive(Clone, Debug)]
pub struct Zones {
    pub(crate) crs: Crs,
    pub(crate) zones: Vec<Zone>,
    repaired: Vec<RegionId>,
}

impl Zones {
    /// Lays zones on the sheet of a grid, vertex by vertex.
    ///
    /// # Errors
    /// Every zone that crosses the antimeridian or itself, or bounds nothing.
    pub fn new(layer: &Layer, crs: Crs, self_crossing: SelfCrossing) -> Result<Self, Vec<ZoneMistake>> {
        let mut mistakes = Vec::new();
        let mut zones = Vec::new();
        let mut repaired = Vec::new();
        for feature in layer.features() {
            let id = &feature.region;
            if let Some([from, to]) = edges(&feature.shape).find(|[from, to]| (from[0] - to[0]).abs() > 180.0)
            {
                mistakes.push(ZoneMistake::Antimeridian { zone: id.clone(), from: from[0], to: to[0] });
                continue;
            }
            let mut shape = feature.shape.clone();
            match (crossing::find(&shape), self_crossing) {
                (Some(Meeting::Crosses([x, y])), SelfCrossing::Refuse) => {
                    mistakes.push(ZoneMistake::Crosses { zone: id.clone(), x, y });
                    continue;
                }
                (Some(meeting), SelfCrossing::Repair) => {
                    shape = odd_windings(&shape);
                    if meeting != Meeting::Touches {
                        repaired.push(id.clone());
                    }
                }
                _ => {}
            }
            let edges: Vec<Edge> = edges(&shape)
                .map(|ends| ends.map(|end| crs.forward(end)))
                .filter(|[from, to]| from != to)
                .collect();
            let bounds = bounds(&edges);
            let zone = Zone { id: id.clone(), edges, bounds };
            if zone.edges.is_empty() || zone.area_within(crs, bounds) <= 0.0 {
                mistakes.push(ZoneMistake::Empty { zone: id.clone() });
                continue;
            }
            zones.push(zone);
        }
        zones.sort_by(|a, b| a.id.cmp(&b.id));
        if mistakes.is_empty() { Ok(Self { crs, zones, repaired }) } else { Err(mistakes) }
    }

    /// How many zones.
    #[must_use]
    pub fn len(&self) -> usize {
        self.zones.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zones.is_empty()
    }

    /// The zones whose boundary crossed itself.
    #[must_use]
    pub fn repaired(&self) -> &[RegionId] {
        &self.repaired
    }

    /// The id of a zone.
    pub(crate) fn id(&self, zone: u32) -> &RegionId {
        &self.zones[zone as usize].id
    }

    /// The area of a zone on the ellipsoid, its edges being straight on the sheet.
    pub(crate) fn area(&self, zone: usize) -> Hectares {
        self.area_within(zone, self.zones[zone].bounds)
    }

    /// The area of that part of a zone that lies within a box of the sheet (west, south, east, north).
    pub(crate) fn area_within(&self, zone: usize, within: [f64; 4]) -> Hectares {
        Hectares::new(self.zones[zone].area_within(self.crs, within) / SQUARE_METRES_PER_HECTARE)
    }
}

impl Zone {
    /// Square metres within a box.
    ///
    /// By Green's theorem that is ∮ x dS along the boundary, x held within the box and S the area per degree of
    /// longitude up to a latitude. Longitudes count from the zone's western edge, so that little cancels.
    fn area_within(&self, crs: Crs, [west, south, east, north]: [f64; 4]) -> f64 {
        let from = west.max(self.bounds[0]);
        if self.bounds[2] <= west || self.bounds[0] >= east {
            return 0.0;
        }
        self.edges.iter().map(|edge| strip(crs, *edge, [west, south, east, north], from)).sum()
    }
}

/// ∫ (x − from) dS along an edge as far as it lies between south and north, with x held between west and east.
fn strip(crs: Crs, [start, end]: Edge, [west, south, east, north]: [f64; 4], from: f64) -> f64 {
    let rise = end[1] - start[1];
    if rise == 0.0 {
        return 0.0;
    }
    let along = |value: f64, axis: usize| (value - start[axis]) / (end[axis] - start[axis]);
    let (one, other) = (along(south, 1), along(north, 1));
    let (first, last) = (one.min(other).max(0.0), one.max(other).min(1.0));
    if first >= last {
        return 0.0;
    }
    let mut cuts = vec![first, last];
    if start[0] != end[0] {
        cuts.extend([along(west, 0), along(east, 0)].iter().filter(|cut| (first..last).contains(*cut)));
    }
    cuts.sort_by(f64::total_cmp);
    let x = |t: f64| (start[0] + t * (end[0] - start[0])).clamp(west, east) - from;
    let piece = |from: f64, to: f64| {
        let density = |t: f64| match crs {
            Crs::Geographic => ellipsoid::density((start[1] + t * rise).clamp(-90.0, 90.0)),
            Crs::Albers { .. } => 1.0,
        };
        (to - from) * rise * gauss(|t| x(from + t * (to - from)) * density(from + t * (to - from)))
    };
    let mut sum = 0.0;
    for pair in cuts.windows(2) {
        let pieces = match crs {
            Crs::Geographic => ((pair[1] - pair[0]) * rise.abs() / LONGEST_PIECE).ceil().max(1.0),
            Crs::Albers { .. } => 1.0,
        };
        let step = (pair[1] - pair[0]) / pieces;
        let mut done = 0.0;
        while done < pieces {
            sum += piece(pair[0] + done * step, pair[0] + (done + 1.0) * step);
            done += 1.0;
        }
    }
    sum
}

/// Degrees of latitude over which four points give an integral to the last digit.
const LONGEST_PIECE: f64 = 0.5;

/// The integral over 0 to 1 by Gauss and Legendre's four points.
fn gauss(of: impl Fn(f64) -> f64) -> f64 {
    const POINTS: [(f64, f64); 2] = [
        (0.339_981_043_584_856_26, 0.652_145_154_862_546_1),
        (0.861_136_311_594_052_6, 0.347_854_845_137_453_86),
    ];
    POINTS
        .iter()
        .map(|(at, weight)| weight / 2.0 * (of((1.0 - at) / 2.0) + of(f64::midpoint(1.0, *at))))
        .sum()
}

/// What lies within an odd number of windings of the rings.
fn odd_windings(shape: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    shape.boolean_op_with_fill_rule(&MultiPolygon::<f64>::new(vec![]), OpType::Union, FillRule::EvenOdd)
}

/// The edges of all rings, with the inside on the left.
fn edges(shape: &MultiPolygon<f64>) -> impl Iterator<Item = Edge> {
    shape.0.iter().flat_map(|polygon| {
        let mut shell = polygon.exterior().clone();
        shell.make_ccw_winding();
        let holes = polygon.interiors().iter().map(|hole| {
            let mut hole = hole.clone();
            hole.make_cw_winding();
            hole
        });
        let rings: Vec<LineString<f64>> = std::iter::once(shell).chain(holes).collect();
        rings.into_iter().flat_map(|ring| {
            let edges: Vec<Edge> =
                ring.0.windows(2).map(|ends| [[ends[0].x, ends[0].y], [ends[1].x, ends[1].y]]).collect();
            edges
        })
    })
}

fn bounds(edges: &[Edge]) -> [f64; 4] {
    let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for [[x, y], _] in edges {
        bounds = [bounds[0].min(*x), bounds[1].min(*y), bounds[2].max(*x), bounds[3].max(*y)];
    }
    bounds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zones(geometry: &str, self_crossing: SelfCrossing) -> Result<Zones, Vec<ZoneMistake>> {
        let text = format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"id":"a"}},"geometry":{geometry}}}]}}"#
        );
        Zones::new(&Layer::from_geojson(&text, "id").unwrap(), Crs::Geographic, self_crossing)
    }

    const BOX: &str = r#"{"type":"Polygon","coordinates":[[[110,30],[112,30],[112,35],[110,35],[110,30]],
        [[110.5,31],[111,31],[111,32],[110.5,32],[110.5,31]]]}"#;

    #[test]
    fn boxes_have_the_area_between_their_parallels() {
        let zones = zones(BOX, SelfCrossing::Refuse).unwrap();
        let whole = ellipsoid::area_between(30.0, 35.0, 2.0) - ellipsoid::area_between(31.0, 32.0, 0.5);
        assert!((zones.area(0).get() * 1e4 / whole - 1.0).abs() < 1e-13);
        // A box that cuts the hole in two.
        let part = ellipsoid::area_between(31.5, 34.0, 1.25) - ellipsoid::area_between(31.5, 32.0, 0.25);
        let found = zones.area_within(0, [110.75, 31.5, 115.0, 34.0]).get() * 1e4;
        assert!((found / part - 1.0).abs() < 1e-12, "{found} {part}");
        assert_eq!(zones.area_within(0, [100.0, 0.0, 110.0, 90.0]).get(), 0.0);
        assert_eq!(zones.area_within(0, [100.0, 36.0, 120.0, 90.0]).get(), 0.0);
    }

    #[test]
    fn slanted_edges_are_straight_in_degrees() {
        let triangle = r#"{"type":"Polygon","coordinates":[[[0,0],[10,0],[0,50],[0,0]]]}"#;
        let found = zones(triangle, SelfCrossing::Refuse).unwrap().area(0).get() * 1e4;
        // A sum of 200,000 thin boxes.
        let steps = 200_000;
        let height = 50.0 / f64::from(steps);
        let expected: f64 = (0..steps)
            .map(|step| (f64::from(step) + 0.5) * height)
            .map(|middle| {
                ellipsoid::area_between(middle - height / 2.0, middle + height / 2.0, 10.0 - middle / 5.0)
            })
            .sum();
        assert!((found / expected - 1.0).abs() < 1e-9, "{found} {expected}");
    }

    #[test]
    fn mistakes_name_the_zone() {
        let check = |geometry: &str, expected: &str| {
            let mistakes = zones(geometry, SelfCrossing::Refuse).unwrap_err();
            assert!(mistakes[0].to_string().contains(expected), "{mistakes:?}");
        };
        let bow_tie = r#"{"type":"Polygon","coordinates":[[[0,0],[4,4],[4,0],[0,4],[0,0]]]}"#;
        check(bow_tie, "zone a has a boundary that crosses itself near");
        check(
            r#"{"type":"Polygon","coordinates":[[[170,0],[-170,0],[-170,5],[170,5],[170,0]]]}"#,
            "zone a crosses the antimeridian between 170° and -170°",
        );
        check(r#"{"type":"Polygon","coordinates":[[[0,0],[1,1],[2,2],[0,0]]]}"#, "zone a has no area");
        let repaired = zones(bow_tie, SelfCrossing::Repair).unwrap();
        assert_eq!(repaired.repaired(), ["a".into()]);
        let triangles = 2.0
            * zones(r#"{"type":"Polygon","coordinates":[[[0,0],[2,2],[0,4],[0,0]]]}"#, SelfCrossing::Refuse)
                .unwrap()
                .area(0)
                .get();
        assert!((repaired.area(0).get() / triangles - 1.0).abs() < 1e-6);
    }
}
