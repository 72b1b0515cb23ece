//! Every input that fuzzing left in `xtask/fuzz/corpus` still holds what its target asks, on the stable toolchain.
#![expect(clippy::disallowed_methods, reason = "a test may panic, and reads the corpora")]

#[path = "../../../xtask/fuzz/inputs/boundaries.rs"]
mod boundaries;
#[path = "../../../xtask/fuzz/inputs/data.rs"]
mod data;
#[path = "../../../xtask/fuzz/inputs/raster.rs"]
mod raster;
#[path = "../../../xtask/fuzz/inputs/scenario.rs"]
mod scenario;
#[path = "../../../xtask/fuzz/inputs/weights.rs"]
mod weights;
#[path = "../../../xtask/fuzz/inputs/workbook.rs"]
mod workbook;

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};

use support::root;

/// Gives every file of a folder to a target, and names those that it does not hold for.
#[track_caller]
fn replay(folder: &str, hold: impl Fn(&[u8]), least: usize) {
    let mut files: Vec<_> = std::fs::read_dir(root().join(folder))
        .expect("the folder is there")
        .map(|entry| entry.expect("listed").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    assert!(files.len() >= least, "{folder} has {} files", files.len());
    let fails = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).expect("the file can be read");
        catch_unwind(AssertUnwindSafe(|| hold(&bytes))).is_err()
    };
    let failing: Vec<_> = files.into_iter().filter(fails).collect();
    assert!(failing.is_empty(), "{failing:?}");
}

#[test]
fn scenarios() {
    replay("xtask/fuzz/corpus/scenario", scenario::hold, 20);
}

#[test]
fn weights_of_other_programs() {
    replay("xtask/fuzz/corpus/weights", weights::hold, 20);
}

#[test]
fn data_sets() {
    replay("xtask/fuzz/corpus/data", data::hold, 20);
}

#[test]
fn workbooks() {
    replay("xtask/fuzz/corpus/workbook", workbook::hold, 20);
}

#[test]
fn boundaries_of_other_programs() {
    replay("xtask/fuzz/corpus/shapefile", boundaries::hold_shapefile, 10);
    replay("xtask/fuzz/corpus/geopackage", boundaries::hold_geopackage, 4);
}

#[test]
fn rasters() {
    replay("xtask/fuzz/corpus/raster", raster::hold, 10);
    replay("crates/icf-landcover/tests/gdal", raster::hold, 15);
}
