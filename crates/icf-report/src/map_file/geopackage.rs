//! `maps/icf.gpkg`: an OGC GeoPackage 1.3 (12-128r18) for QGIS, ArcGIS, R and Python.
//!
//! | layer | what it is |
//! |---|---|
//! | `regions` | the regions with their values in the last year of the history and at the horizon |
//! | `regions_by_year` | the table `regions` of all years, without geometry |
//! | `regions_through_time` | the two joined: a feature a region and year, for maps of any year |
//! | other tables | the tables of the run, without geometry |

use icf_results::{Cell, ColumnType, MapLayer, RunResults, Table};
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::layer::layer;
use crate::ReportError;
use crate::view::View;

/// `GPKG` in ASCII, and the version 1.3.0.
const APPLICATION_ID: u32 = 0x4750_4B47;
const USER_VERSION: u32 = 10_300;
/// The same run gives the same bytes, so no clock is asked.
const LAST_CHANGE: &str = "2000-01-01T00:00:00.000Z";
const WGS84: i32 = 4326;
/// Longitude first, as the coordinates are.
const WGS84_DEFINITION: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Longitude",EAST],AXIS["Latitude",NORTH],AUTHORITY["EPSG","4326"]]"#;

/// The tables that the standard asks for.
const CORE: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
";

/// The bytes of the GeoPackage of a run.
pub(crate) fn geopackage(view: &View) -> Result<Vec<u8>, ReportError> {
    let mut database = Connection::open_in_memory()?;
    database.pragma_update(None, "application_id", APPLICATION_ID)?;
    database.pragma_update(None, "user_version", USER_VERSION)?;
    let change = database.transaction()?;
    change.execute_batch(CORE)?;
    let systems = [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
        ("WGS 84", WGS84, "EPSG", WGS84, WGS84_DEFINITION),
    ];
    for (name, id, organization, code, definition) in systems {
        let insert = "INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, NULL)";
        change.execute(insert, params![name, id, organization, code, definition])?;
    }
    let layer = layer(view);
    regions(&change, &layer)?;
    for table in view.results.tables() {
        attributes(&change, view.results, &table)?;
    }
    through_time(&change, &layer)?;
    change.commit()?;
    Ok(database.serialize("main")?.to_vec())
}

/// The name of a table of the run; that of the regions is taken by their map.
fn named(table: &str) -> &str {
    if table == REGIONS { BY_YEAR } else { table }
}

const REGIONS: &str = "regions";
const BY_YEAR: &str = "regions_by_year";
const THROUGH_TIME: &str = "regions_through_time";

/// The layer of polygons.
fn regions(database: &Connection, layer: &MapLayer) -> Result<(), ReportError> {
    let columns: Vec<(&str, ColumnType)> =
        layer.columns.iter().map(|column| (column.name.as_str(), column.ty)).collect();
    create(database, REGIONS, Some("geom MULTIPOLYGON"), &columns)?;
    let rows = layer.features.iter().map(|feature| {
        let geometry = feature.wkb.as_ref().map_or(Value::Null, |wkb| Value::Blob(blob(wkb, feature.bounds)));
        std::iter::once(geometry).chain(feature.cells.iter().map(value)).collect()
    });
    insert(database, REGIONS, columns.len() + 1, rows)?;
    register(database, REGIONS, "features", "Regions with their values in single years", layer.bounds())?;
    spatial(database, REGIONS)
}

/// A table without geometry.
fn attributes(database: &Connection, results: &RunResults, table: &Table) -> Result<(), ReportError> {
    let columns: Vec<(&str, ColumnType)> =
        table.columns.iter().map(|column| (column.name, column.ty)).collect();
    let name = named(table.name);
    create(database, name, None, &columns)?;
    insert(database, name, columns.len(), table.rows.iter().map(|row| row.iter().map(value).collect()))?;
    let about = format!("{} Scenario {}.", table.title, results.scenario);
    register(database, name, "attributes", &about, None)
}

/// A view of a feature a region and year, so that no polygon is written twice.
fn through_time(database: &Connection, layer: &MapLayer) -> Result<(), ReportError> {
    database.execute_batch(&format!(
        "CREATE VIEW {THROUGH_TIME} AS SELECT year.fid AS OGC_FID, region.geom AS geom, region.name_zh, year.* \
         FROM {BY_YEAR} AS year JOIN {REGIONS} AS region ON region.region = year.region;"
    ))?;
    register(database, THROUGH_TIME, "features", "A feature a region and year", layer.bounds())?;
    spatial(database, THROUGH_TIME)
}

fn create(
    database: &Connection,
    table: &str,
    geometry: Option<&str>,
    columns: &[(&str, ColumnType)],
) -> Result<(), ReportError> {
    let columns = columns.iter().map(|(name, ty)| {
        let ty = match ty {
            ColumnType::Text => "TEXT",
            ColumnType::Integer => "INTEGER",
            ColumnType::Number => "DOUBLE",
            ColumnType::Boolean => "BOOLEAN",
        };
        format!("{} {ty}", quoted(name))
    });
    let all: Vec<String> = std::iter::once("fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL".to_owned())
        .chain(geometry.map(str::to_owned))
        .chain(columns)
        .collect();
    database.execute_batch(&format!("CREATE TABLE {} ({});", quoted(table), all.join(", ")))?;
    Ok(())
}

/// A name as SQL writes it: `group` is a word of the language.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn insert(
    database: &Connection,
    table: &str,
    columns: usize,
    rows: impl Iterator<Item = Vec<Value>>,
) -> Result<(), ReportError> {
    let places: Vec<&str> = vec!["?"; columns];
    let text = format!("INSERT INTO {} VALUES (NULL, {})", quoted(table), places.join(", "));
    let mut statement = database.prepare(&text)?;
    for row in rows {
        statement.execute(rusqlite::params_from_iter(row))?;
    }
    Ok(())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Missing => Value::Null,
        Cell::Text(text) => Value::Text(text.clone()),
        Cell::Integer(number) => Value::Integer(*number),
        Cell::Number(number) => Value::Real(*number),
        Cell::Boolean(truth) => Value::Integer(i64::from(*truth)),
    }
}

fn register(
    database: &Connection,
    table: &str,
    kind: &str,
    description: &str,
    bounds: Option<[f64; 4]>,
) -> Result<(), ReportError> {
    let [west, south, east, north] = bounds.map_or([None; 4], |bounds| bounds.map(Some));
    let system = (kind == "features").then_some(WGS84);
    database.execute(
        "INSERT INTO gpkg_contents VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![table, kind, description, LAST_CHANGE, west, south, east, north, system],
    )?;
    Ok(())
}

fn spatial(database: &Connection, table: &str) -> Result<(), ReportError> {
    let insert = "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', 'MULTIPOLYGON', ?2, 0, 0)";
    database.execute(insert, params![table, WGS84])?;
    Ok(())
}

/// The standard's header before the WKB: magic, version, flags (little-endian, envelope of x and y), system, envelope.
fn blob(wkb: &[u8], bounds: Option<[f64; 4]>) -> Vec<u8> {
    const VERSION: u8 = 0;
    const LITTLE_ENDIAN: u8 = 1;
    const ENVELOPE_XY: u8 = 1 << 1;
    const EMPTY: u8 = 1 << 4;
    let mut bytes = vec![b'G', b'P', VERSION];
    bytes.push(LITTLE_ENDIAN | if bounds.is_some() { ENVELOPE_XY } else { EMPTY });
    bytes.extend(WGS84.to_le_bytes());
    if let Some([west, south, east, north]) = bounds {
        for side in [west, east, south, north] {
            bytes.extend(side.to_le_bytes());
        }
    }
    bytes.extend(wkb);
    bytes
}
