//! The tables of a run as other programs meet them: the workbook and the data package.
#![expect(clippy::disallowed_methods, reason = "a test may panic, and reads what was written")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use support::{icf_in, python, root, stderr};

/// Names that a spreadsheet would take for formulas are held as text; the script finds them as such.
#[test]
fn openpyxl_and_frictionless_find_the_tables() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = root().join("scenarios/baseline.yaml");
    let text = format!(
        "extends: {}\nname: book\ndescription: =cmd()\noutputs: {{ tables: [csv, xlsx], figures: false, page: false, exchange: [] }}\n",
        baseline.display()
    );
    std::fs::write(folder.path().join("book.yaml"), text).unwrap();
    let output = icf_in(folder.path(), &["run-scenario", "book.yaml", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let run = folder.path().join("runs/book");
    python::reads("workbook.py", "openpyxl", &[&run]);
    python::reads("datapackage.py", "frictionless", &[&run]);
}
