//! What the codes of a raster mean: a product by its name, or a file.

use std::collections::BTreeSet;
use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_landcover::Classes;

use super::named;
use crate::arguments::RasterInputs;

/// The classes of a product, of a YAML file, or of a CSV file.
pub(in crate::commands) fn read(named: &Path) -> Result<Classes, Diagnostics> {
    icf_runner::land_classes(named, &named.display().to_string()).map(|(classes, _)| classes)
}

/// A mistake when some of the codes have no class; says which product they look like when that is another than is named.
pub(in crate::commands) fn check(
    classes: &Classes,
    codes: impl IntoIterator<Item = u16>,
    of: &str,
    arguments: &RasterInputs,
) -> Result<(), Diagnostic> {
    let file = arguments.classes.as_deref().unwrap_or(Path::new(""));
    let codes: BTreeSet<u16> = codes.into_iter().collect();
    let unlisted: Vec<String> = classes.unlisted(codes.iter().copied()).iter().map(u16::to_string).collect();
    if unlisted.is_empty() {
        if let Some(likelier) = Classes::likelier(&file.display().to_string(), &codes)
            && !arguments.quiet
        {
            eprintln!("icf: {of}{}", icf_runner::doubtful_product(&file.display().to_string(), likelier));
        }
        return Ok(());
    }
    let message = format!(
        "{of}the rasters hold codes that have no class: {}",
        named(unlisted.iter().map(String::as_str))
    );
    let mistake = Diagnostic::error("classes", message).at(Place::file(file.display().to_string()));
    Err(mistake.hint(match Classes::fitting(&codes)[..] {
        [] => "list them, as `nodata` where they mean that".to_owned(),
        ref fitting => format!("all that they hold are codes of {}", fitting.join(", ")),
    }))
}
