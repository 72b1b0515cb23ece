//! Files for maps: the run's regions with their boundaries and values.

mod geojson;
mod geopackage;
mod layer;
mod wkb;

pub(crate) use geojson::geojson;
pub(crate) use geopackage::geopackage;
pub(crate) use layer::layer;
