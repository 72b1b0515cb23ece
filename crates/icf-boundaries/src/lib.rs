//! Files of boundaries to polygons in longitude and latitude.
//!
//! | format | known by | id | system of coordinates |
//! |---|---|---|---|
//! | GeoJSON (RFC 7946) | anything else | a property | longitude and latitude, or what its `crs` says is the same |
//! | shapefile (ESRI, 1998) | its first bytes, or `.shp` | a column of its `.dbf`, in the encoding of its `.cpg` or code page | its `.prj` |
//! | GeoPackage (OGC 12-128r18) | the first bytes of SQLite | a column of the layer | `gpkg_spatial_ref_sys` |
//!
//! Positions on an Albers sheet are turned into degrees one by one. Every mistake is a [`Diagnostic`]; a hostile file is
//! refused, and asks for no more memory than a few times its size.
//!
//! What this crate does not do: it joins no tables, repairs no polygon, and knows no datum but WGS84 and those that
//! differ from it by less than the digits of a boundary.
#![expect(clippy::disallowed_methods, reason = "this crate stands at the rim and reads files")]

mod geopackage;
mod shapefile;
mod system;

use std::io::Read;
use std::path::{Path, PathBuf};

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_geometry::{GeometryError, Layer};

/// Polygons by id.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundaries {
    /// The regions, in degrees of longitude and latitude.
    pub layer: Layer,
    /// Whether they were taken for degrees because no file says what they are.
    pub is_assumed: bool,
    /// The files that were read: that which was named, and those of a shapefile that lie beside it.
    pub files: Vec<PathBuf>,
}

const SHAPEFILE: [u8; 4] = [0, 0, 0x27, 0x0a];
const SQLITE: &[u8] = b"SQLite format 3\0";

/// Reads a file of boundaries by the column or property that holds the ids; of a GeoPackage of several layers, the one
/// that is named.
///
/// # Errors
/// When the file or one that belongs to it cannot be read, is damaged, lies in a system of coordinates that is not known,
/// or has a feature without an id or polygons. Every such feature is named.
pub fn read(file: &Path, id: &str, layer: Option<&str>) -> Result<Boundaries, Diagnostics> {
    let mut start = [0; 16];
    let mut opened = std::fs::File::open(file).map_err(|error| mistake(file, error.to_string()))?;
    let mut read = 0;
    while read < start.len() {
        match opened.read(&mut start[read..]).map_err(|error| mistake(file, error.to_string()))? {
            0 => break,
            more => read += more,
        }
    }
    let is_database = start == SQLITE;
    if let (Some(_), false) = (layer, is_database) {
        let message = "holds one layer, so none can be chosen: only a GeoPackage has several";
        return Err(mistake(file, message).into());
    }
    let ends_with = |ending: &str| file.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
    if is_database {
        geopackage::read(file, id, layer)
    } else if start.starts_with(&SHAPEFILE) || ends_with("shp") {
        shapefile::read(file, id)
    } else {
        let hint = match () {
            () if ends_with("gpkg") => {
                return Err(mistake(file, "is no GeoPackage: it is not a SQLite file").into());
            }
            () if ["dbf", "shx", "prj", "cpg"].into_iter().any(ends_with) => Some("name the .shp beside it"),
            () if ["zip", "rar", "7z"].into_iter().any(ends_with) => Some("unpack it first"),
            () => None,
        };
        geojson(file, id).map_err(|mistake| hint.map_or(mistake.clone(), |hint| mistake.hint(hint)).into())
    }
}

fn geojson(file: &Path, id: &str) -> Result<Boundaries, Diagnostic> {
    let text = std::fs::read_to_string(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => {
            mistake(file, "is no GeoJSON, which is text in UTF-8, and no shapefile or GeoPackage")
                .hint("zones are polygons: a GeoJSON file, a shapefile (.shp) or a GeoPackage (.gpkg)")
        }
        _ => mistake(file, error.to_string()),
    })?;
    let layer = Layer::from_geojson(&text, id).map_err(|error| match error {
        GeometryError::OtherCrs(_) => other_system(file, error.to_string())
            .hint("write them in longitude and latitude, as RFC 7946 asks"),
        _ => mistake(file, error.to_string()),
    })?;
    Ok(Boundaries { layer, is_assumed: false, files: vec![file.to_owned()] })
}

/// Something is wrong with a file of boundaries.
fn mistake(file: &Path, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("zones", message).at(Place::file(file.display().to_string()))
}

/// The code of a mistake about boundaries in a system of coordinates that is not known.
pub const OTHER_SYSTEM: &str = "zones-system";

/// Boundaries lie in a system of coordinates that is not known.
fn other_system(file: &Path, message: String) -> Diagnostic {
    Diagnostic::error(OTHER_SYSTEM, message).at(Place::file(file.display().to_string())).hint(REPROJECT)
}

/// What to do about a system of coordinates that is not known.
const REPROJECT: &str =
    "write them in longitude and latitude on WGS84, e.g. by QGIS or `ogr2ogr -t_srs EPSG:4326`";

/// Names in a row, as a sentence lists them.
fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// The id that a whole number is; none of another number.
fn whole(number: f64) -> Option<String> {
    // Beyond that a number no longer tells its neighbours apart.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() <= LARGEST).then(|| format!("{number:.0}"))
}
