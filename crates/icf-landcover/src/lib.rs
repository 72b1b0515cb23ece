//! Rasters of land classes, and the areas that each class has in each zone.
//!
//! | question | item | rule |
//! |---|---|---|
//! | which cells does a GeoTIFF hold | [`Raster`] | TIFF 6.0, BigTIFF, OGC GeoTIFF 1.1; tile by tile |
//! | where do they lie | [`Grid`], [`Crs`] | longitude and latitude, or Albers equal-area, on WGS84 |
//! | how large is a cell | [`Grid::cell_area`], [`ellipsoid`] | closed form on the ellipsoid |
//!
//! What this crate does not do: it opens no file but in [`RasterFile`], prints nothing, and knows no zones' names.

mod compression;
pub mod ellipsoid;
mod error;
mod file;
mod grid;
mod source;
mod tiff;

pub use compression::Compression;
pub use error::RasterError;
pub use file::RasterFile;
pub use grid::{Crs, Grid};
pub use source::ReadAt;
pub use tiff::{Cells, ChunkKind, Raster, Sample};
