//! What the codes of a raster mean: a product by its name, or a file.

use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_landcover::Classes;

use super::named;
use crate::arguments::RasterInputs;

/// The classes of a product, of a YAML file, or of a CSV file.
pub(in crate::commands) fn read(named: &Path) -> Result<Classes, Diagnostics> {
    icf_runner::land_classes(named, &named.display().to_string()).map(|(classes, _)| classes)
}

/// A mistake when some of the codes have no class.
pub(in crate::commands) fn refuse_unlisted(
    classes: &Classes,
    codes: impl IntoIterator<Item = u16>,
    of: &str,
    arguments: &RasterInputs,
) -> Result<(), Diagnostic> {
    let unlisted: Vec<String> = classes.unlisted(codes).iter().map(u16::to_string).collect();
    if unlisted.is_empty() {
        return Ok(());
    }
    let file = arguments.classes.as_deref().unwrap_or(Path::new(""));
    let message = format!(
        "{of}the rasters hold codes that have no class: {}",
        named(unlisted.iter().map(String::as_str))
    );
    let mistake = Diagnostic::error("classes", message).at(Place::file(file.display().to_string()));
    Err(mistake.hint("list them, as `nodata` where they mean that"))
}
