//! The polygons of the regions that rasters are counted in.

use std::collections::BTreeSet;
use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_geometry::Layer;
use icf_ingest::Dataset;
use icf_results::InputFile;
use icf_scenario::{LandRasters, Loaded};
use icf_units::RegionId;

use super::{KEY, hashed, listed, zones_key};
use crate::Cache;

/// The polygons of the data set's regions.
pub(super) struct Polygons {
    pub(super) layer: Layer,
    /// The files that they come from, if they are not the data set's own.
    pub(super) inputs: Vec<InputFile>,
    pub(super) warning: Option<Diagnostic>,
}

/// The polygons of a file that the scenario names, else the data set's boundaries; those of other regions are left out.
pub(super) fn polygons(
    loaded: &Loaded,
    rasters: &LandRasters,
    dataset: &Dataset,
    cache: &Cache,
) -> Result<Polygons, Diagnostics> {
    let key = zones_key();
    let mut found = match &rasters.zones {
        Some(name) => of_file(loaded, rasters, name, cache)?,
        None => {
            let text = dataset.boundaries.as_ref().ok_or_else(|| {
                let message = "the data set has no boundaries to lay on the rasters".to_owned();
                loaded.diagnose(KEY, "zones", message).hint("name a file of polygons in `land.rasters.zones`")
            })?;
            let layer = Layer::from_geojson(text, "region")
                .map_err(|error| loaded.diagnose(&key, "zones", error.to_string()))?;
            Polygons { layer, inputs: vec![], warning: None }
        }
    };
    let regions: BTreeSet<&RegionId> = dataset.regions.iter().map(|region| &region.id).collect();
    let own = found.layer.filtered(|id| regions.contains(id));
    if own.is_empty() {
        let ids: Vec<&str> = found.layer.features().iter().map(|feature| feature.region.as_str()).collect();
        let message = format!("no polygon is of a region of the data set: they are {}", listed(&ids));
        let hint = "`land.rasters.id` names the property or column that holds the region's id";
        return Err(loaded.diagnose(&key, "zones", message).hint(hint).into());
    }
    found.layer = own;
    Ok(found)
}

fn of_file(
    loaded: &Loaded,
    rasters: &LandRasters,
    name: &str,
    cache: &Cache,
) -> Result<Polygons, Diagnostics> {
    let key = zones_key();
    let path = loaded.resolve_path(&key, name);
    let read = icf_boundaries::read(&path, &rasters.id, rasters.layer.as_deref());
    let read = read.map_err(|found| {
        let mut mistakes = Diagnostics::default();
        mistakes.extend(found.into_iter().map(|found| {
            // What is wrong may stand in another file of a shapefile.
            let file = found.place.map_or_else(|| name.to_owned(), |place| beside(name, &place.file));
            let mistake = loaded.diagnose(&key, "zones", format!("{file}: {}", found.message));
            match found.hint {
                Some(hint) => mistake.hint(hint),
                None => mistake,
            }
        }));
        mistakes
    })?;
    let warning = read.is_assumed.then(|| {
        let message =
            format!("{name} has no .prj beside it: its positions are taken for longitude and latitude");
        let mut warning = Diagnostic::warning("zones-system", message);
        warning.place = loaded.place_of(&key);
        warning
    });
    let hash =
        |file: &std::path::PathBuf| hashed(loaded, &key, beside(name, &file.to_string_lossy()), file, cache);
    let inputs = read.files.iter().map(hash).collect::<Result<_, _>>()?;
    Ok(Polygons { layer: read.layer, inputs, warning })
}

/// The name of a file that lies beside one that is named, written as that is.
fn beside(name: &str, file: &str) -> String {
    match Path::new(file).extension() {
        Some(ending) => Path::new(name).with_extension(ending).display().to_string(),
        None => name.to_owned(),
    }
}
