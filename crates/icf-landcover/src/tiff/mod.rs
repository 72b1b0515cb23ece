//! TIFF and BigTIFF: the directory of tags, how the cells are laid out, and where they lie on the earth.

mod directory;
mod georeference;
mod layout;
mod predictor;
mod raster;

pub use layout::{ChunkKind, Sample};
pub use raster::{Cells, Raster};
