//! Rasters of land classes, and the areas that each class has in each zone.
//!
//! | question | item | rule |
//! |---|---|---|
//! | which cells does a GeoTIFF hold | [`Raster`] | TIFF 6.0, BigTIFF, OGC GeoTIFF 1.1; tile by tile |
//! | where do they lie | [`Grid`], [`Crs`] | longitude and latitude, or Albers equal-area, on WGS84 |
//! | how large is a cell | [`Grid::cell_area`], [`ellipsoid`] | closed form on the ellipsoid |
//! | which cells does a zone cover | [`Zones`], [`Coverage`] | exactly by share, or by centre |
//! | how much of each class has each zone | [`Plan`] | shards of tile rows, whole-number sums |
//! | which class became which | [`ChangePlan`] | cells of two years on one grid, in one pass |
//! | how much of a quantity has a class | [`MeanPlan`], [`ValueRaster`] | mean by zone and class, weighted by area |
//! | how much more than elsewhere | [`ClassMeans`] | equivalence factors |
//! | what does a code mean | [`Classes`] | CLCD, MODIS IGBP, ESA CCI, GlobeLand30, or a list |
//!
//! What this crate does not do: it opens no file but in [`RasterFile`], prints nothing, and knows no zones' names.

mod change;
mod classes;
mod compression;
mod coverage;
mod crossing;
pub mod ellipsoid;
mod equivalence;
mod error;
mod file;
mod grid;
mod means;
mod palette;
mod shards;
mod source;
mod tally;
mod tiff;
mod window;
mod zonal;
mod zones;

pub use change::{ChangeError, ChangePartial, ChangePlan, Side, ZoneChange};
pub use classes::{Classes, Meaning};
pub use compression::Compression;
pub use coverage::Coverage;
pub use equivalence::{ClassMeans, LikelyFills, factor};
pub use error::RasterError;
pub use file::RasterFile;
pub use grid::Grid;
pub use icf_geometry::Crs;
pub use means::{MeanError, MeanPlan, Means, Weighed};
pub use shards::{Key, Sharded, SoFar, Sum, Sums, Whole};
pub use source::ReadAt;
pub use tally::Amount;
pub use tiff::{Cells, ChunkKind, Raster, Sample, Scale, ValueRaster};
pub use zonal::{ClassArea, Partial, Plan, ZonalError, ZoneAreas};
pub use zones::{SelfCrossing, ZoneMistake, Zones};
