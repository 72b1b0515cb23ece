//! GeoPackages: SQLite with tables of polygons.

mod blob;

use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_geometry::{Crs, Layer, Mistake};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::{Boundaries, listed, mistake, other_system, system, whole};

/// Numbers of EPSG that are longitude and latitude on WGS84 and on CGCS2000.
const DEGREES: [i64; 2] = [4326, 4490];

struct Table {
    name: String,
    geometry: String,
    system: i64,
}

/// Reads the polygons of a layer.
pub(crate) fn read(file: &Path, id: &str, layer: Option<&str>) -> Result<Boundaries, Diagnostics> {
    let broken = |error: rusqlite::Error| mistake(file, format!("cannot be read as a GeoPackage: {error}"));
    let database = open(file).map_err(broken)?;
    let is_there = |table: &str| {
        let sql = "SELECT 1 FROM sqlite_master WHERE name = ?1";
        database.query_row(sql, [table], |_| Ok(())).optional().map(|found| found.is_some())
    };
    if !is_there("gpkg_contents").map_err(broken)? || !is_there("gpkg_geometry_columns").map_err(broken)? {
        return Err(mistake(
            file,
            "is a SQLite file and no GeoPackage: it has no table gpkg_geometry_columns",
        )
        .into());
    }
    let table = chosen(file, tables(&database).map_err(broken)?, layer)?;
    let system = system_of(&database, &table).map_err(broken)?;
    let crs = system.map_err(|found| {
        let message = format!("the zones of `{}` lie in {found}, which is not known here", table.name);
        other_system(file, message)
    })?;
    let columns = columns(&database, &table).map_err(broken)?;
    if !columns.iter().any(|column| column == id) {
        let others = listed(columns.iter().map(String::as_str));
        let message = format!("the layer `{}` has no column `{id}`, but {others}", table.name);
        return Err(mistake(file, message).hint("--id names the column").into());
    }
    let features = features(&database, &table, (id, &columns), crs).map_err(broken)?;
    let layer = Layer::from_features(features).map_err(|error| mistake(file, error.to_string()))?;
    Ok(Boundaries { layer, is_assumed: false, files: vec![file.to_owned()] })
}

/// Opens a file so that nothing is written beside it, and nothing in it is run.
fn open(file: &Path) -> rusqlite::Result<Connection> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut journal = file.as_os_str().to_owned();
    journal.push("-wal");
    let database = match file.to_str() {
        // A file that no program writes at the moment is left as it is, even where its folder could be written.
        Some(name) if !Path::new(&journal).exists() => {
            let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            flags |= OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)?
        }
        _ => Connection::open_with_flags(file, flags)?,
    };
    database
        .execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;")?;
    Ok(database)
}

/// The layers of the file, by name.
fn tables(database: &Connection) -> rusqlite::Result<Vec<Table>> {
    let sql = "SELECT c.table_name, g.column_name, g.srs_id FROM gpkg_contents AS c \
               JOIN gpkg_geometry_columns AS g ON g.table_name = c.table_name \
               WHERE c.data_type = 'features' ORDER BY c.table_name";
    let mut statement = database.prepare(sql)?;
    let table =
        |row: &rusqlite::Row| Ok(Table { name: row.get(0)?, geometry: row.get(1)?, system: row.get(2)? });
    statement.query_map([], table)?.collect()
}

/// The layer that was named, or the only one.
fn chosen(file: &Path, mut tables: Vec<Table>, layer: Option<&str>) -> Result<Table, Diagnostic> {
    let names: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
    let names = listed(names.iter().map(String::as_str));
    match layer {
        None if tables.len() == 1 => Ok(tables.remove(0)),
        None if tables.is_empty() => Err(mistake(file, "has no layer of features")),
        None => Err(mistake(file, format!("has several layers: {names}")).hint("--layer names one")),
        Some(layer) => match tables.iter().position(|table| table.name == layer) {
            Some(place) => Ok(tables.remove(place)),
            None => Err(mistake(file, format!("has no layer `{layer}`, but {names}"))),
        },
    }
}

/// The system that a layer's positions count in; else what it is.
fn system_of(database: &Connection, table: &Table) -> rusqlite::Result<Result<Crs, String>> {
    let sql = "SELECT * FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
    let mut statement = database.prepare(sql)?;
    let of_column = |row: &rusqlite::Row, name: &str| row.get::<_, String>(name).unwrap_or_default();
    let found = statement
        .query_row([table.system], |row| {
            let number: i64 = row.get("organization_coordsys_id")?;
            // Only a file of the extension for newer texts has the second column.
            let texts = [of_column(row, "definition_12_063"), of_column(row, "definition")];
            Ok((of_column(row, "organization"), number, texts, of_column(row, "srs_name")))
        })
        .optional()?;
    let Some((organization, number, texts, name)) = found else {
        return Ok(Err(format!("the system {}, which the file does not describe", table.system)));
    };
    if organization.eq_ignore_ascii_case("EPSG") && DEGREES.contains(&number) {
        return Ok(Ok(Crs::Geographic));
    }
    let text = texts.iter().find(|text| !text.is_empty() && !text.eq_ignore_ascii_case("undefined"));
    Ok(text.map_or_else(|| Err(name), |text| system::described(text)))
}

fn columns(database: &Connection, table: &Table) -> rusqlite::Result<Vec<String>> {
    let mut statement =
        database.prepare("SELECT name FROM pragma_table_info(?1) WHERE name <> ?2 ORDER BY cid")?;
    statement.query_map([&table.name, &table.geometry], |row| row.get(0))?.collect()
}

type Feature = (usize, Result<String, Mistake>, Result<geo::MultiPolygon<f64>, Mistake>);

/// The id and the polygons of each row.
fn features(
    database: &Connection,
    table: &Table,
    (id, columns): (&str, &[String]),
    crs: Crs,
) -> rusqlite::Result<Vec<Feature>> {
    let [of_id, of_geometry, from] = [id, &table.geometry, &table.name].map(quoted);
    let mut statement = database.prepare(&format!("SELECT {of_id}, {of_geometry} FROM {from}"))?;
    let mut rows = statement.query([])?;
    let mut features = Vec::new();
    while let Some(row) = rows.next()? {
        let id = id_of(row.get_ref(0)?, id, columns);
        let shape = match row.get_ref(1)? {
            ValueRef::Blob(bytes) => blob::polygons(bytes, crs),
            ValueRef::Null => Err(Mistake::NotPolygons { found: "without geometry" }),
            _ => Err(Mistake::DamagedGeometry),
        };
        features.push((features.len() + 1, id, shape));
    }
    Ok(features)
}

fn id_of(value: ValueRef, id: &str, columns: &[String]) -> Result<String, Mistake> {
    let unusable = || Mistake::UnusableId { property: id.to_owned() };
    match value {
        ValueRef::Text(text) if !text.is_empty() => {
            std::str::from_utf8(text).map(str::to_owned).map_err(|_| unusable())
        }
        ValueRef::Integer(number) => Ok(number.to_string()),
        ValueRef::Real(number) => whole(number).ok_or_else(unusable),
        ValueRef::Null | ValueRef::Text(_) => {
            let others = columns.iter().filter(|name| *name != id).cloned().collect();
            Err(Mistake::MissingId { property: id.to_owned(), others })
        }
        ValueRef::Blob(_) => Err(unusable()),
    }
}

/// A name as SQL writes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
