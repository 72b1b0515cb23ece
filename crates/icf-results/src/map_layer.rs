//! Regions with boundaries and values, as any map file sees them.

use crate::{Cell, ColumnType};

/// One column of a map layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapColumn {
    /// The name, with the year behind what belongs to one: `depth_2030`.
    pub name: String,
    /// What it holds.
    pub ty: ColumnType,
    /// The unit; empty for text and codes.
    pub unit: &'static str,
    /// What it means.
    pub description: String,
}

/// One region of a map layer.
#[derive(Clone, Debug, PartialEq)]
pub struct MapFeature {
    /// The cells, a cell a column.
    pub cells: Vec<Cell>,
    /// The multipolygon in degrees of longitude and latitude (WGS84), as little-endian WKB of the OGC; missing where the
    /// data have no boundaries.
    pub wkb: Option<Vec<u8>>,
    /// West, south, east and north of the multipolygon.
    pub bounds: Option<[f64; 4]>,
}

/// Regions with boundaries and values, in the order of their ids.
#[derive(Clone, Debug, PartialEq)]
pub struct MapLayer {
    /// The columns, in order.
    pub columns: Vec<MapColumn>,
    /// The regions.
    pub features: Vec<MapFeature>,
}

impl MapLayer {
    /// The box around all regions: west, south, east, north.
    #[must_use]
    pub fn bounds(&self) -> Option<[f64; 4]> {
        self.features
            .iter()
            .filter_map(|feature| feature.bounds)
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
    }
}
