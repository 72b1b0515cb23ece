//! Drawing: elements, scales, axes and legends. Nothing here knows what a footprint is.

mod axis;
mod drawing;
mod element;
mod legend;
mod line;
mod scale;
mod text;

pub(crate) use axis::Frame;
pub(crate) use drawing::{DataTable, Drawing};
pub(crate) use element::{Element, Place, coordinate, outlines};
pub(crate) use legend::{Swatch, hatch, legend};
pub(crate) use line::{area, line, trajectory};
pub(crate) use scale::Scale;
pub(crate) use text::{Box2, text_width, wrapped};
