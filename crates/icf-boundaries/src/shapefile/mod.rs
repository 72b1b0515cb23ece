//! ESRI shapefiles: polygons in the .shp, ids in the .dbf, the system of coordinates in the .prj, and the encoding of
//! text in the .cpg.

mod dbf;
mod encoding;
mod rings;
mod shp;

use std::path::{Path, PathBuf};

use icf_diagnostics::Diagnostics;
use icf_geometry::{Crs, Layer};

use crate::{Boundaries, listed, mistake, other_system, system};

/// Reads the polygons of a .shp with the files beside it.
pub(crate) fn read(file: &Path, id: &str) -> Result<Boundaries, Diagnostics> {
    let mut mistakes = Diagnostics::default();
    let system = system(file).map_err(|found| mistakes.push(found)).ok();
    let ids = ids(file, id).map_err(|found| mistakes.push(found)).ok();
    let crs = system.flatten();
    let shapes = bytes(file)
        .and_then(|bytes| {
            shp::shapes(&bytes, crs.unwrap_or(Crs::Geographic)).map_err(|what| mistake(file, what))
        })
        .map_err(|found| mistakes.push(found))
        .ok();
    let (Some(_), Some(ids), Some(shapes)) = (system, ids, shapes) else { return Err(mistakes) };
    if ids.len() != shapes.len() {
        let (shapes, rows) = (shapes.len(), ids.len());
        let message = format!("has {shapes} shapes, and the .dbf beside it {rows} rows");
        return Err(mistake(file, message).hint("one of the two is of another file, or cut off").into());
    }
    // A row that was deleted takes its shape with it.
    let features = (1..).zip(ids.into_iter().zip(shapes));
    let features = features.filter_map(|(place, (id, shape))| Some((place, id?, shape)));
    let layer = Layer::from_features(features).map_err(|error| {
        let found = mistake(file, error.to_string());
        match crs {
            Some(_) => found,
            None => found.hint("without a .prj the positions are taken for longitude and latitude"),
        }
    })?;
    let others = ["dbf", "prj", "cpg"].into_iter().filter_map(|ending| beside(file, ending));
    let files = std::iter::once(file.to_owned()).chain(others).collect();
    Ok(Boundaries { layer, is_assumed: crs.is_none(), files })
}

/// The system that the .prj describes; none without one.
fn system(file: &Path) -> Result<Option<Crs>, icf_diagnostics::Diagnostic> {
    let Some(prj) = beside(file, "prj") else { return Ok(None) };
    let bytes = bytes(&prj)?;
    system::described(&String::from_utf8_lossy(&bytes))
        .map(Some)
        .map_err(|found| other_system(&prj, format!("the zones lie in {found}, which is not known here")))
}

type Id = Option<Result<String, icf_geometry::Mistake>>;

/// The id of each row; none where it was deleted.
fn ids(file: &Path, id: &str) -> Result<Vec<Id>, icf_diagnostics::Diagnostic> {
    let Some(dbf) = beside(file, "dbf") else {
        let message = "has no .dbf beside it, which would hold the ids of its shapes";
        return Err(mistake(file, message).hint("a shapefile is several files: copy them together"));
    };
    let bytes = bytes(&dbf)?;
    let table = dbf::Table::read(&bytes).map_err(|what| mistake(&dbf, what))?;
    let declared = match beside(file, "cpg") {
        None => None,
        Some(cpg) => {
            let text = String::from_utf8_lossy(&self::bytes(&cpg)?).trim().to_owned();
            let found = encoding::named(&text);
            let unknown = || mistake(&cpg, format!("names the encoding `{text}`, which is not known"));
            Some(found.ok_or_else(|| unknown().hint("write UTF-8, GBK, GB18030 or Big5"))?)
        }
    };
    let encoding = declared.or_else(|| encoding::of_driver(table.driver));
    table.ids(id, encoding).map_err(|columns| {
        let columns = listed(columns.iter().map(String::as_str));
        mistake(&dbf, format!("has no column `{id}`, but {columns}")).hint("--id names the column")
    })
}

/// The file of the same name with another ending, in small or capital letters.
fn beside(file: &Path, ending: &str) -> Option<PathBuf> {
    let names = [ending.to_owned(), ending.to_uppercase()];
    names.into_iter().map(|ending| file.with_extension(ending)).find(|file| file.is_file())
}

fn bytes(file: &Path) -> Result<Vec<u8>, icf_diagnostics::Diagnostic> {
    std::fs::read(file).map_err(|error| mistake(file, error.to_string()))
}
