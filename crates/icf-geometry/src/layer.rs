//! Regions and their polygons.

use geo::{Coord, CoordsIter, MultiPolygon};
use icf_units::RegionId;

/// One region and its polygons, in degrees of longitude and latitude.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// The region's id.
    pub region: RegionId,
    /// Its polygons: shells counter-clockwise and holes clockwise, as RFC 7946 asks.
    pub shape: MultiPolygon<f64>,
}

/// Regions in the order of their file; no two have the same id.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Layer {
    pub(crate) features: Vec<Feature>,
}

/// The smallest box of longitudes and latitudes around something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Westernmost longitude.
    pub west: f64,
    /// Southernmost latitude.
    pub south: f64,
    /// Easternmost longitude.
    pub east: f64,
    /// Northernmost latitude.
    pub north: f64,
}

impl Layer {
    /// The regions, in order.
    #[must_use]
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// The region with an id.
    #[must_use]
    pub fn get(&self, region: &str) -> Option<&Feature> {
        self.features.iter().find(|feature| feature.region.as_str() == region)
    }

    /// How many regions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.features.len()
    }

    /// Whether there is no region at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// The layer's regions that a test lets through, in the same order.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&RegionId) -> bool) -> Self {
        Self { features: self.features.iter().filter(|feature| keep(&feature.region)).cloned().collect() }
    }

    /// The box around all regions; none where there is no vertex.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::around(self.features.iter().flat_map(|feature| feature.shape.coords_iter()))
    }
}

impl Bounds {
    /// The box around some positions; none around nothing.
    pub(crate) fn around(positions: impl IntoIterator<Item = Coord<f64>>) -> Option<Self> {
        positions.into_iter().fold(None, |bounds, at| {
            let bounds = bounds.unwrap_or(Self { west: at.x, south: at.y, east: at.x, north: at.y });
            Some(Self {
                west: bounds.west.min(at.x),
                south: bounds.south.min(at.y),
                east: bounds.east.max(at.x),
                north: bounds.north.max(at.y),
            })
        })
    }
}
