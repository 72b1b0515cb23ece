//! Any bytes are a shapefile or a GeoPackage of polygons, or are refused. What is read has ids that are not empty, each once,
//! and positions in degrees; what is refused says why; no file is left behind.

use std::collections::BTreeSet;
use std::path::Path;

use icf_boundaries::Boundaries;
use icf_diagnostics::Diagnostics;

/// What a .cpg may say.
const ENCODINGS: [Option<&str>; 5] = [None, Some("UTF-8"), Some("GBK"), Some("Big5"), Some("neither")];

/// A shapefile as one input: a number that chooses the .cpg, the .prj and the .dbf each after its length in two bytes, least
/// significant first, and the rest as the .shp. Without any byte of a .prj or .dbf there is none.
pub(crate) fn hold_shapefile(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else { return };
    let Some((prj, rest)) = counted(rest) else { return };
    let Some((dbf, shp)) = counted(rest) else { return };
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let write = |ending: &str, bytes: &[u8]| {
        let file = folder.path().join("a").with_extension(ending);
        std::fs::write(&file, bytes).expect("there is room for a file");
    };
    write("shp", shp);
    for (ending, bytes) in [("prj", prj), ("dbf", dbf)] {
        if !bytes.is_empty() {
            write(ending, bytes);
        }
    }
    if let Some(encoding) = ENCODINGS[usize::from(*choice) % ENCODINGS.len()] {
        write("cpg", encoding.as_bytes());
    }
    hold(&folder.path().join("a.shp"), None);
}

/// Any bytes after the mark of a SQLite file.
pub(crate) fn hold_geopackage(data: &[u8]) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("a.gpkg");
    std::fs::write(&file, [b"SQLite format 3\0", data].concat()).expect("there is room for a file");
    hold(&file, None);
    hold(&file, Some("zones"));
    let left = std::fs::read_dir(folder.path()).expect("the folder is there").count();
    assert_eq!(left, 1, "a file was left beside the GeoPackage");
}

fn counted(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = data.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))
}

fn hold(file: &Path, layer: Option<&str>) {
    let read = || icf_boundaries::read(file, "code", layer);
    let found = read();
    match &found {
        Err(mistakes) => refused(mistakes),
        Ok(boundaries) => sound(boundaries),
    }
    let again = read();
    // Positions are numbers, so what is equal is the same.
    assert!(found == again, "the same file is read in two ways");
}

fn refused(mistakes: &Diagnostics) {
    assert!(!mistakes.as_slice().is_empty(), "a file is refused without a reason");
    for mistake in mistakes.as_slice() {
        assert!(mistake.is_error() && !mistake.message.is_empty(), "{mistake:?}");
    }
}

fn sound(boundaries: &Boundaries) {
    let features = boundaries.layer.features();
    let ids: BTreeSet<&str> = features.iter().map(|feature| feature.region.as_str()).collect();
    assert_eq!(ids.len(), features.len(), "two features have one id");
    for feature in features {
        assert!(!feature.region.as_str().is_empty(), "an id is empty");
        for polygon in &feature.shape {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                assert!(
                    ring.0.iter().all(|at| at.x.abs() <= 360.0 && at.y.abs() <= 90.0),
                    "{} has a position that is none in degrees",
                    feature.region
                );
            }
        }
    }
}
