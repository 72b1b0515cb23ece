//! Files that GDAL wrote (`gdal/made-by.txt` says which version), and what is left of them when they are damaged.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test may panic, and writes what it damages"
)]

use std::path::{Path, PathBuf};

use geo::{Area, CoordsIter, HasDimensions};
use icf_boundaries::{Boundaries, OTHER_SYSTEM, read};
use icf_diagnostics::Diagnostics;
use proptest::prelude::*;
use rusqlite::Connection;

fn made(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gdal").join(name)
}

/// A folder with a copy of a shapefile, to be damaged.
struct Copy(tempfile::TempDir);

impl Copy {
    fn of(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for ending in ["shp", "dbf", "prj", "cpg"] {
            let to = folder.path().join("zones").with_extension(ending);
            std::fs::copy(made(name).with_extension(ending), to).unwrap();
        }
        Self(folder)
    }

    fn file(&self, ending: &str) -> PathBuf {
        self.0.path().join("zones").with_extension(ending)
    }

    fn change(&self, ending: &str, of: impl FnOnce(&mut Vec<u8>)) -> &Self {
        let mut bytes = std::fs::read(self.file(ending)).unwrap();
        of(&mut bytes);
        std::fs::write(self.file(ending), bytes).unwrap();
        self
    }

    fn without(&self, ending: &str) -> &Self {
        std::fs::remove_file(self.file(ending)).unwrap();
        self
    }

    fn read(&self, id: &str) -> Result<Boundaries, Diagnostics> {
        read(&self.file("shp"), id, None)
    }

    #[track_caller]
    fn refused(&self, id: &str, expected: &[&str]) {
        refused(self.read(id), expected);
    }
}

#[track_caller]
fn refused(found: Result<Boundaries, Diagnostics>, expected: &[&str]) {
    let found = found.unwrap_err();
    let said: Vec<String> = found
        .as_slice()
        .iter()
        .map(|mistake| {
            format!(
                "{}: {} [{}]",
                mistake.place.as_ref().unwrap().file,
                mistake.message,
                mistake.hint.as_deref().unwrap_or_default()
            )
        })
        .collect();
    for part in expected {
        assert!(said.iter().any(|said| said.contains(part)), "{part:?} is not in {said:?}");
    }
}

/// The regions are those of `make.py`: a box with a lake, an island in the lake and a box apart; and a triangle.
#[track_caller]
fn check(file: &str, id: &str, layer: Option<&str>, ids: [&str; 2]) {
    let found = read(&made(file), id, layer).unwrap();
    assert!(!found.is_assumed);
    let features = found.layer.features();
    assert_eq!(features.iter().map(|feature| feature.region.as_str()).collect::<Vec<_>>(), ids, "{file}");
    let [first, second] = [&features[0].shape, &features[1].shape];
    let holes: Vec<usize> = first.0.iter().map(|polygon| polygon.interiors().len()).collect();
    assert_eq!((holes.iter().sum::<usize>(), first.0.len(), second.0.len()), (1, 3, 1), "{file}");
    let square_degrees = 1.0 - 0.36 + 0.04 + 0.25;
    assert!((first.unsigned_area() - square_degrees).abs() < 1e-9, "{file}: {}", first.unsigned_area());
    let corner = second.coords_iter().find(|at| (at.x - 111.9).abs() < 1e-9).unwrap();
    assert!((corner.y - 30.1).abs() < 1e-9, "{file}: {corner:?}");
}

#[test]
fn shapefiles_of_every_kind_are_the_same() {
    check("utf8.shp", "省", None, ["湖北", "重庆"]);
    check("gbk.shp", "省", None, ["湖北", "重庆"]);
    check("utf8.shp", "code", None, ["420000", "500000"]);
    check("albers.shp", "name", None, ["Hubei", "Chongqing"]);
    check("heights.shp", "code", None, ["420000", "500000"]);
}

#[test]
fn layers_of_geopackages_are_the_same() {
    check("zones.gpkg", "省", Some("degrees"), ["湖北", "重庆"]);
    check("zones.gpkg", "code", Some("albers"), ["420000", "500000"]);
    check("one.gpkg", "name", None, ["Hubei", "Chongqing"]);
    check("one.gpkg", "fid", None, ["1", "2"]);
}

#[test]
fn encodings_are_named_by_a_file_or_by_the_driver() {
    let gbk = Copy::of("gbk.shp");
    gbk.without("cpg");
    gbk.refused("省", &["has no column `省`", "zones.dbf"]);
    gbk.refused("code2", &["`code`, `size`, `name` [--id names the column]"]);
    gbk.change("dbf", |bytes| bytes[29] = 0x4d);
    assert_eq!(gbk.read("省").unwrap().layer.features()[0].region.as_str(), "湖北");
    let utf8 = Copy::of("utf8.shp");
    utf8.without("cpg");
    assert_eq!(utf8.read("省").unwrap().layer.features()[1].region.as_str(), "重庆");
    // The name of a column is ASCII, and its text is not of the encoding.
    gbk.change("dbf", |bytes| {
        bytes[29] = 0;
        bytes[32..34].copy_from_slice(b"id");
    });
    gbk.refused(
        "id",
        &["feature 1 has a property `id` that is no text in UTF-8, and the file names no encoding"],
    );
    std::fs::write(gbk.file("cpg"), "BIG5-X").unwrap();
    gbk.refused("id", &["zones.cpg: names the encoding `BIG5-X`", "write UTF-8, GBK, GB18030 or Big5"]);
}

#[test]
fn systems_of_coordinates_are_known_or_named() {
    let copy = Copy::of("utf8.shp");
    copy.without("prj");
    assert!(copy.read("code").unwrap().is_assumed);
    let albers = Copy::of("albers.shp");
    albers.without("prj");
    albers.refused("code", &["which is no longitude and latitude in degrees", "without a .prj"]);
    let found = read(&made("gauss.shp"), "code", None).unwrap_err();
    assert_eq!(found.as_slice()[0].code, OTHER_SYSTEM);
    refused(
        Err(found),
        &[
            "gauss.prj: the zones lie in CGCS2000_3_Degree_GK_Zone_38 (its projection is Gauss_Kruger)",
            "EPSG:4326",
        ],
    );
    refused(
        read(&made("zones.gpkg"), "code", Some("gauss")),
        &["the zones of `gauss` lie in CGCS2000 / 3-degree Gauss-Kruger zone 38"],
    );
    let far = Copy::of("albers.shp");
    far.change("shp", |bytes| bytes[168..176].copy_from_slice(&9e7_f64.to_le_bytes()));
    far.refused("code", &["feature 1 (420000) has the position (90000000, ", "off the sheet"]);
}

#[test]
fn parts_of_a_shapefile_must_fit() {
    Copy::of("utf8.shp")
        .without("dbf")
        .refused("code", &["zones.shp: has no .dbf beside it", "copy them together"]);
    Copy::of("utf8.shp")
        .refused("region", &["zones.dbf: has no column `region`, but `省`, `code`, `size`, `name`"]);
    Copy::of("utf8.shp")
        .change("dbf", |bytes| bytes[4] = 1)
        .refused("code", &["has 2 shapes, and the .dbf beside it 1 rows"]);
    Copy::of("utf8.shp")
        .change("dbf", |bytes| bytes[4..8].fill(255))
        .refused("code", &["4294967295 rows of 203 bytes do not fit"]);
    Copy::of("utf8.shp")
        .change("dbf", |bytes| bytes[10] = 9)
        .refused("code", &["its columns have 203 bytes, and its rows 9"]);
    Copy::of("utf8.shp").change("dbf", |bytes| bytes.truncate(20)).refused("code", &["is cut off"]);
    Copy::of("utf8.shp").change("dbf", |bytes| bytes[0] = 4).refused("code", &["dBASE 7"]);
    // A row that was deleted takes its shape along.
    let copy = Copy::of("utf8.shp");
    copy.change("dbf", |bytes| bytes[161] = b'*');
    assert_eq!(copy.read("code").unwrap().layer.len(), 1);
}

#[test]
fn a_damaged_shapefile_is_refused() {
    let check = |of: fn(&mut Vec<u8>), expected: &str| {
        Copy::of("utf8.shp").change("shp", of).refused("code", &[expected])
    };
    check(|bytes| bytes.truncate(300), "its head says 608 bytes, and the file has 300");
    check(
        |bytes| bytes.truncate(50),
        "is cut off: a shapefile has a head of 100 bytes, and this file 50 bytes",
    );
    check(|bytes| bytes.clear(), "is cut off");
    check(|bytes| bytes[28] = 7, "is no shapefile");
    check(|bytes| bytes[32] = 1, "holds points, and zones are polygons");
    check(|bytes| bytes[105] = 9, "record 1, at byte 100, is longer than the rest of the file");
    check(|bytes| bytes[104..108].fill(255), "record 1, at byte 100, is longer than the rest of the file");
    check(|bytes| bytes[107] = 60, "record 1 has 4 rings of 20 positions in 120 bytes, which is too short");
    check(|bytes| bytes[104..108].fill(0), "record 1 has no kind of shape");
    check(|bytes| bytes[108] = 3, "record 1 holds lines among polygons");
    check(|bytes| bytes[144..148].fill(127), "record 1 has 2139062143 rings");
    check(|bytes| bytes[152] = 3, "record 1 has rings that do not follow each other");
    check(|bytes| bytes[168..176].copy_from_slice(&f64::NAN.to_le_bytes()), "without two finite numbers");
    check(
        |bytes| bytes[168..176].copy_from_slice(&20.0_f64.to_le_bytes()),
        "has a ring that does not end where it begins",
    );
}

#[test]
fn files_of_other_kinds_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        read(&file, "id", None)
    };
    refused(write("a.gpkg", b"hello"), &["is no GeoPackage: it is not a SQLite file"]);
    refused(write("a.zip", b"PK\x03\x04"), &["unpack it first"]);
    refused(
        write("a.tif", b"II*\0\xff\xfe"),
        &["is no GeoJSON", "a shapefile (.shp) or a GeoPackage (.gpkg)"],
    );
    refused(write("a.dbf", b"{}"), &["name the .shp beside it"]);
    refused(write("a.geojson", b""), &["not GeoJSON"]);
    refused(read(&folder.path().join("none.shp"), "id", None), &["No such file"]);
    refused(read(&made("utf8.shp"), "code", Some("a")), &["only a GeoPackage has several"]);
    refused(
        read(&made("zones.gpkg"), "code", None),
        &["has several layers: `albers`, `degrees`, `gauss` [--layer names one]"],
    );
    refused(
        read(&made("zones.gpkg"), "code", Some("a")),
        &["has no layer `a`, but `albers`, `degrees`, `gauss`"],
    );
    refused(
        read(&made("one.gpkg"), "region", None),
        &["the layer `heights` has no column `region`, but `fid`, `code`, `size`, `name`"],
    );
}

#[test]
fn a_damaged_geopackage_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let check = |sql: &str, id: &str, expected: &str| {
        let file = folder.path().join("a.gpkg");
        std::fs::copy(made("one.gpkg"), &file).unwrap();
        Connection::open(&file).unwrap().execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
        refused(read(&file, id, None), &[expected]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "a file was left behind");
    };
    let quiet = "DROP TRIGGER IF EXISTS rtree_heights_geom_update1; DROP TRIGGER IF EXISTS rtree_heights_geom_update6; \
                 DROP TRIGGER IF EXISTS rtree_heights_geom_update7; DROP TRIGGER IF EXISTS rtree_heights_geom_update2; \
                 DROP TRIGGER IF EXISTS rtree_heights_geom_update4; DROP TRIGGER IF EXISTS rtree_heights_geom_update5;";
    check("DELETE FROM gpkg_contents", "code", "has no layer of features");
    check("DROP TABLE gpkg_geometry_columns", "code", "is a SQLite file and no GeoPackage");
    check(
        "DELETE FROM gpkg_spatial_ref_sys WHERE srs_id = 4326",
        "code",
        "the system 4326, which the file does not describe",
    );
    check(
        &format!("{quiet} UPDATE heights SET name = NULL WHERE fid = 2"),
        "name",
        "feature 2 has no property `name`, but `fid`",
    );
    check(
        &format!("{quiet} UPDATE heights SET geom = NULL WHERE fid = 2"),
        "code",
        "feature 2 (500000) is without geometry",
    );
    check(
        &format!("{quiet} UPDATE heights SET geom = x'47500001'"),
        "code",
        "has a geometry that is damaged",
    );
    check(&format!("{quiet} UPDATE heights SET geom = 'text'"), "code", "has a geometry that is damaged");
    check(&format!("{quiet} UPDATE heights SET code = 7"), "code", "feature 2 (7) has the id of feature 1");
    check(&format!("{quiet} UPDATE heights SET code = x'00'"), "code", "neither text nor a whole number");
    let bytes = std::fs::read(made("one.gpkg")).unwrap();
    let file = folder.path().join("a.gpkg");
    std::fs::write(&file, &bytes[..5000]).unwrap();
    refused(read(&file, "code", None), &["cannot be read as a GeoPackage"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Any bytes over any place are refused, or leave something that is a layer.
    #[test]
    fn written_over_bytes_never_panic(
        is_table in any::<bool>(), place in 0_usize..620, bytes in prop::collection::vec(any::<u8>(), 1..9), cut in 0_usize..1200,
    ) {
        let copy = Copy::of("gbk.shp");
        copy.change(if is_table { "dbf" } else { "shp" }, |file| {
            for (byte, with) in file.iter_mut().skip(place).zip(bytes) {
                *byte = with;
            }
            file.truncate(cut.max(1));
        });
        if let Ok(found) = copy.read("code") {
            prop_assert!(found.layer.features().iter().all(|feature| !feature.shape.is_empty()));
        }
    }
}
