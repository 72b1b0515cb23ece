//! The figures of the whole chain, read from the files that a user reads.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::table::{Row, number, table};
use support::{icf, stderr};

fn run(scenario: &str, folder: &Path) {
    let file = format!("scenarios/{scenario}.yaml");
    let output = icf(&["run-scenario", &file, "--out", folder.to_str().unwrap(), "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[track_caller]
fn check(folder: &Path, year: &str, column: &str, expected: f64) {
    let nation = table(folder, "nation");
    let row = nation.iter().find(|row| row["year"] == year).unwrap();
    let found = number(row, column);
    assert!((found / expected - 1.0).abs() < 0.01, "{column} in {year}: {found:e}, not {expected:e}");
}

#[test]
fn coherent_on_the_inventories() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("baseline");
    run("baseline", &out);
    check(&out, "2011", "ice_tco2", 3.27e9);
    check(&out, "2021", "ice_tco2", 2.99e9);
    check(&out, "2021", "ice_t", 0.82e9);
    check(&out, "2018", "cs_t", 1.07e9);

    // size × depth = ICF for every region and year, and the identities beside it.
    let regions = table(&out, "regions");
    assert_eq!(regions.len(), 30 * 31);
    for row in &regions {
        let (icf, cec) = (number(row, "icf_hm2"), number(row, "cec_hm2"));
        let (deficit, surplus) = (number(row, "deficit_hm2"), number(row, "surplus_hm2"));
        let product = number(row, "size_hm2") * number(row, "depth");
        assert!((product / icf - 1.0).abs() < 1e-12, "{row:?}");
        assert_eq!(deficit * surplus, 0.0, "{row:?}");
        assert_eq!(icf - cec, deficit - surplus, "{row:?}");
        assert!(number(row, "depth") >= 1.0, "{row:?}");
    }

    // The nation is the sum of its regions, and its depth the corrected one.
    for row in table(&out, "nation") {
        let members: Vec<&Row> = regions.iter().filter(|region| region["year"] == row["year"]).collect();
        let sum = |column: &str| members.iter().map(|region| number(region, column)).sum::<f64>();
        for column in ["icf_hm2", "cec_hm2", "deficit_hm2", "surplus_hm2", "size_hm2", "cs_t", "population"] {
            assert!((sum(column) / number(&row, column) - 1.0).abs() < 1e-12, "{column} in {}", row["year"]);
        }
        let depth = 1.0 + sum("deficit_hm2") / sum("cec_hm2");
        assert!((depth / number(&row, "depth") - 1.0).abs() < 1e-12);
    }
}

#[test]
fn as_published() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("as-published");
    run("as-published", &out);
    check(&out, "2011", "ice_tco2", 2.85e9);
    check(&out, "2021", "ice_tco2", 2.70e9);
    check(&out, "2021", "ice_t", 2.70e9);
}

#[test]
fn land_of_modis() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("land-modis");
    run("land-modis", &out);
    check(&out, "2019", "cs_t", 0.89e9);
    check(&out, "2005", "cs_t", 0.89e9);
}
