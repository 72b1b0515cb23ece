//! The workbook of a run, as a spreadsheet meets it.
#![expect(clippy::disallowed_methods, reason = "a test may panic, and reads what was written")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use support::{icf_in, python, root, stderr};

/// Names that a spreadsheet would take for formulas are held as text; the script finds them as such.
#[test]
fn openpyxl_finds_the_tables_and_the_formulas() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = root().join("scenarios/baseline.yaml");
    let text = format!(
        "extends: {}\nname: book\ndescription: =cmd()\noutputs: {{ tables: [csv, xlsx], figures: false, page: false, exchange: [] }}\n",
        baseline.display()
    );
    std::fs::write(folder.path().join("book.yaml"), text).unwrap();
    let output = icf_in(folder.path(), &["run-scenario", "book.yaml", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    python::reads("workbook.py", "openpyxl", &[folder.path().join("runs/book")]);
}
