//! TIFF and BigTIFF: the directory of tags, how the cells are laid out, and where they lie on the earth.

mod directory;
mod georeference;
mod layout;
mod predictor;
mod raster;
mod values;

pub use layout::{ChunkKind, Sample};
pub use raster::{Cells, Raster};
pub use values::{Scale, ValueRaster};
pub(crate) use values::{UNKNOWN, VALUE_BITS, Values};
