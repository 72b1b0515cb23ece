//! Polygons of regions, and what is measured on them.
//!
//! | question | item | rule |
//! |---|---|---|
//! | which polygons belong to which region | [`Layer`] | GeoJSON (RFC 7946) or [`Layer::from_features`], joined by id only |
//! | who is whose neighbour | [`contiguity`] | queen, rook or any touch, after snapping |
//! | how large is a region | [`Feature::area`] | geodesic polygon on WGS84 (Karney 2013) |
//! | where does it lie on an equal-area sheet | [`Albers`], [`Crs`] | conic on the ellipsoid (Snyder 1987) |
//! | where is it, as a point | [`Layer::centroids`], [`points_from_geojson`] | area centroid of the whole, in the plane of the coordinates |
//! | where does its label go | [`label_point`] | centroid of the largest part, in the plane |
//! | how is it drawn | [`Sheet`] | vertices on a pixel grid, so that shared borders stay shared |
//!
//! What this crate does not do: it reads no file and knows no data but the ids. Boundaries of a [`Layer`] are longitudes
//! and latitudes in degrees.

mod albers;
mod area;
mod centroid;
mod contiguity;
mod crs;
mod error;
mod label;
mod layer;
mod numbering;
mod read;
mod shape;
mod sheet;
mod snap;
mod touch;

pub use albers::Albers;
pub use contiguity::{Contiguity, contiguity};
pub use crs::Crs;
pub use error::{FeatureMistake, GeometryError, Mistake};
pub use label::label_point;
pub use layer::{Bounds, Feature, Layer};
pub use read::{Coordinates, points_from_geojson, texts_from_geojson};
pub use shape::{degrees, polygon, position};
pub use sheet::{Path, Sheet};
