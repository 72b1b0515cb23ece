//! The map files of a run, as other programs meet them.
#![expect(clippy::disallowed_methods, reason = "a test may panic, and reads what was written")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use support::{icf_in, python, root, stderr};

#[test]
fn geopandas_finds_the_regions_and_their_values() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = root().join("scenarios/baseline.yaml");
    let text = format!(
        "extends: {}\nname: maps\noutputs: {{ tables: [csv], maps: [geojson, geopackage, geoparquet], figures: false, page: false, exchange: [] }}\n",
        baseline.display()
    );
    std::fs::write(folder.path().join("maps.yaml"), text).unwrap();
    let output = icf_in(folder.path(), &["run-scenario", "maps.yaml", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let run = folder.path().join("runs/maps");
    for file in ["regions.geojson", "icf.gpkg", "regions.parquet"] {
        assert!(run.join("maps").join(file).is_file(), "{file}");
    }
    python::reads("maps.py", "geopandas, pyogrio, pyarrow", &[run]);
}
