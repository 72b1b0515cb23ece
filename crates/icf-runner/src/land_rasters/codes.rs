//! What the codes of rasters mean: a product by its name, or a file.

use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_landcover::Classes;
use icf_results::InputFile;
use icf_scenario::{LandRasters, Loaded};

use crate::sha256;

/// Reads the classes of a product, or of a YAML or CSV file, with the bytes of the file. `name` stands for it in messages.
///
/// # Errors
/// When there is no such product or file, and every mistake of the file.
pub fn land_classes(path: &Path, name: &str) -> Result<(Classes, Option<Vec<u8>>), Diagnostics> {
    if let Some(classes) = Classes::named(name) {
        return Ok((classes, None));
    }
    let text = std::fs::read_to_string(path).map_err(|error| {
        let products: Vec<&str> = Classes::names().collect();
        let hint = format!("name one of {}, or a YAML or CSV file", products.join(", "));
        Diagnostic::error("classes", error.to_string()).at(Place::file(name)).hint(hint)
    })?;
    let classes = match path.extension().and_then(|extension| extension.to_str()) {
        Some("yaml" | "yml") => icf_scenario::class_map(name, &text).map(Classes::from),
        _ => from_csv(name, &text),
    }?;
    Ok((classes, Some(text.into_bytes())))
}

fn from_csv(name: &str, text: &str) -> Result<Classes, Diagnostics> {
    Classes::from_csv(text).map_err(|found| {
        let lines: Vec<&str> = text.lines().collect();
        let mut mistakes = Diagnostics::default();
        mistakes.extend(found.into_iter().map(|(number, what)| {
            let line = lines.get(number - 1).copied().unwrap_or_default();
            let at = Place::at(name, number, 1, line.chars().count());
            Diagnostic::error("classes", what).at(at).in_line(line)
        }));
        mistakes
    })
}

/// What is said when codes look like another product than the one that is named.
#[must_use]
pub fn doubtful_product(named: &str, likelier: &str) -> String {
    format!(
        "every code found is of `{likelier}` too, which has far fewer codes than `{named}`: is that the product of the rasters?"
    )
}

/// The classes that a scenario names, with the file they come from.
pub(super) fn of(loaded: &Loaded, rasters: &LandRasters) -> Result<(Classes, Vec<InputFile>), Diagnostics> {
    let key = super::codes_key();
    let path = loaded.resolve_path(&key, &rasters.codes);
    if Classes::named(&rasters.codes).is_none() && !path.exists() {
        let products: Vec<&str> = Classes::names().collect();
        let message = format!("there is no product and no file `{}`", rasters.codes);
        let hint = format!("name one of {}, or a YAML or CSV file", products.join(", "));
        return Err(loaded.diagnose(&key, "classes", message).hint(hint).into());
    }
    let (classes, bytes) = land_classes(&path, &rasters.codes)?;
    let file = bytes.map(|bytes| InputFile { name: rasters.codes.clone(), sha256: sha256(&bytes) });
    Ok((classes, file.into_iter().collect()))
}
