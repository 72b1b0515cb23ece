//! `icf.gpkg` is a database that keeps what the standard asks for.

use icf_report::geopackage;
use rusqlite::{Connection, MAIN_DB};

use crate::synthetic;

fn opened(bytes: &[u8]) -> Connection {
    let mut database = Connection::open_in_memory().expect("memory is there");
    database.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), true).expect("the bytes are a database");
    database
}

fn one<T: rusqlite::types::FromSql>(database: &Connection, query: &str) -> T {
    database.query_row(query, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{query}: {error}"))
}

#[test]
fn the_standards_tables_are_whole() {
    let results = synthetic::results(4);
    let database = opened(&geopackage(&results).unwrap());
    assert_eq!(one::<i64>(&database, "PRAGMA application_id"), 0x4750_4B47);
    assert_eq!(one::<String>(&database, "PRAGMA integrity_check"), "ok");
    let mut broken = database.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(broken.query([]).unwrap().next().unwrap().is_none());
    // A layer and a view of features, and every table of the run.
    let count = |kind: &str| {
        one::<i64>(&database, &format!("SELECT count(*) FROM gpkg_contents WHERE data_type = '{kind}'"))
    };
    assert_eq!(count("features"), 2);
    assert_eq!(count("attributes"), i64::try_from(results.tables().len()).unwrap());
    assert_eq!(one::<i64>(&database, "SELECT count(*) FROM gpkg_geometry_columns WHERE srs_id = 4326"), 2);
}

#[test]
fn every_year_has_its_map() {
    let results = synthetic::results(4);
    let database = opened(&geopackage(&results).unwrap());
    assert_eq!(one::<i64>(&database, "SELECT count(*) FROM regions"), 4);
    let rows = one::<i64>(&database, "SELECT count(*) FROM regions_through_time WHERE geom IS NOT NULL");
    assert_eq!(rows, i64::try_from(results.regions.len()).unwrap());
    let row = &results.regions[0];
    let query = format!(
        "SELECT depth FROM regions_through_time WHERE region = '{}' AND year = {}",
        row.region, row.year
    );
    assert_eq!(one::<Option<f64>>(&database, &query), row.depth.map(icf_units::Ratio::get));
    let blob: Vec<u8> = one(&database, "SELECT geom FROM regions");
    // Magic, version, flags, system; an envelope of four numbers; then a multipolygon.
    assert_eq!(blob[..8], [b'G', b'P', 0, 0b11, 0xE6, 0x10, 0, 0]);
    assert_eq!(blob[40..45], [1, 6, 0, 0, 0]);
}

#[test]
fn names_that_look_like_sql_are_text() {
    let mut results = synthetic::results(3);
    results.regions_info[0].name = "Robert'); DROP TABLE regions;--".to_owned();
    let database = opened(&geopackage(&results).unwrap());
    assert_eq!(one::<String>(&database, "SELECT name FROM regions"), "Robert'); DROP TABLE regions;--");
}

#[test]
fn without_boundaries_there_are_rows_without_shape() {
    let mut results = synthetic::results(3);
    results.boundaries.clear();
    let database = opened(&geopackage(&results).unwrap());
    assert_eq!(one::<i64>(&database, "SELECT count(*) FROM regions WHERE geom IS NULL"), 3);
    assert_eq!(geopackage(&results).unwrap(), geopackage(&results).unwrap());
}
