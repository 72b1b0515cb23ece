//! YAML as a tree that knows where each value stands.

mod node;
mod parse;
mod scalar;
mod source;

pub use source::SourceFile;

pub(crate) use node::{Entry, Kind, Node, Span};
pub(crate) use parse::{MAX_BYTES, parse};
pub(crate) use scalar::{Core, Scalar};
pub(crate) use source::{FileId, Sources, in_line};
