//! `icf weights`: makes, reads and describes spatial weights.

use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_spatial::{FileHeader, SpatialError, WeightsSummary, write_gal, write_gwt};
use serde_json::{Value, json};

use super::printed::{Figures, print, print_json};
use super::{finish, neighbours};
use crate::arguments::{DataFormat, Weights};
use crate::exit;

/// Weights by a rule or of a file, written to a file and described.
pub(crate) fn run(arguments: &Weights) -> u8 {
    finish(made(arguments))
}

fn made(arguments: &Weights) -> Result<u8, Diagnostics> {
    let (mut weights, _) =
        neighbours::of(&arguments.neighbours, &arguments.id, &[], arguments.printing.quiet)?;
    let refused = |error: SpatialError| Diagnostics::from(Diagnostic::error("weights", error.to_string()));
    if let Some(file) = &arguments.union {
        weights = weights.union(&neighbours::of_file(file, weights.ids())?).map_err(refused)?;
    }
    if let Some(file) = &arguments.intersection {
        weights = weights.intersection(&neighbours::of_file(file, weights.ids())?).map_err(refused)?;
    }
    if let Some(out) = &arguments.out {
        let layer = arguments.neighbours.geometry.as_deref().and_then(Path::file_stem);
        let layer = layer.map_or_else(|| "unknown".to_owned(), |stem| stem.to_string_lossy().into_owned());
        let header = FileHeader { layer: &layer, id_variable: &arguments.id };
        let ending = out.extension().map(|ending| ending.to_ascii_lowercase());
        let text = match ending.as_ref().and_then(|ending| ending.to_str()) {
            Some("gal") => write_gal(&weights, Some(header)),
            Some("gwt") => write_gwt(&weights, header),
            _ => {
                let mistake = Diagnostic::error("ending", "the ending says neither GAL nor GWT")
                    .at(Place::file(out.display().to_string()));
                return Err(mistake.hint("write FILE.gal or FILE.gwt").into());
            }
        };
        if let Err(error) = icf_workflow::replace(out, text.map_err(refused)?.as_bytes()) {
            eprintln!("icf: {}: {error}", out.display());
            return Ok(exit::FAILED);
        }
    }
    Ok(described(&weights.summary(), arguments.printing.format))
}

fn described(summary: &WeightsSummary, format: DataFormat) -> u8 {
    let islands: Vec<&str> = summary.islands.iter().map(|id| id.as_str()).collect();
    if format == DataFormat::Json {
        let degrees: Vec<Value> = summary
            .degrees
            .iter()
            .map(|(degree, regions)| json!({ "neighbours": degree, "regions": regions }))
            .collect();
        return print_json(&json!({
            "n": summary.n,
            "links": summary.links,
            "islands": islands,
            "components": summary.components,
            "symmetric": summary.symmetric,
            "mean_neighbours": summary.mean_degree,
            "degrees": degrees,
        }));
    }
    let mut figures = Figures::new(&["n", "links", "islands", "components", "symmetric", "mean_neighbours"]);
    figures.push(vec![
        json!(summary.n),
        json!(summary.links),
        json!(islands.join(" ")),
        json!(summary.components),
        json!(summary.symmetric),
        json!(summary.mean_degree),
    ]);
    print(&figures, format, true)
}
