//! What the codes of a raster mean: a product by its name, or a file.

use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_landcover::Classes;

use super::named;
use crate::arguments::RasterInputs;

/// The classes of a product, of a YAML file, or of a CSV file.
pub(in crate::commands) fn read(named: &Path) -> Result<Classes, Diagnostics> {
    if let Some(classes) = named.to_str().and_then(Classes::named) {
        return Ok(classes);
    }
    let place = named.display().to_string();
    let text = std::fs::read_to_string(named).map_err(|error| {
        let products: Vec<&str> = Classes::names().collect();
        let hint = format!("name one of {}, or a YAML or CSV file", products.join(", "));
        Diagnostic::error("classes", error.to_string()).at(Place::file(&place)).hint(hint)
    })?;
    match named.extension().and_then(|extension| extension.to_str()) {
        Some("yaml" | "yml") => icf_scenario::class_map(&place, &text).map(Classes::from),
        _ => from_csv(&place, &text),
    }
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

fn from_csv(place: &str, text: &str) -> Result<Classes, Diagnostics> {
    Classes::from_csv(text).map_err(|found| {
        let lines: Vec<&str> = text.lines().collect();
        let mut mistakes = Diagnostics::default();
        mistakes.extend(found.into_iter().map(|(number, what)| {
            let line = lines.get(number - 1).copied().unwrap_or_default();
            let at = Place::at(place, number, 1, line.chars().count());
            Diagnostic::error("classes", what).at(at).in_line(line)
        }));
        mistakes
    })
}
