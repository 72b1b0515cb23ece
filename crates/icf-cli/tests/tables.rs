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

#[test]
fn texts_that_a_spreadsheet_would_compute_are_guarded_where_the_scenario_asks() {
    let folder = tempfile::tempdir().unwrap();
    for (name, guard) in [("open", "false"), ("guarded", "true")] {
        let text = format!(
            "extends: {}\nname: {name}\noutputs: {{ tables: [csv], guard_formulas: {guard}, maps: [], figures: false, page: false, \
             exchange: [] }}\nthresholds:\n  - {{ name: \"=cmd()\", kind: emissions, level: 8e8 tC, scopes: [nation], source: test }}\n\
             variants:\n  flat: {{ projection: {{ emissions: {{ model: constant }} }} }}\n",
            root().join("scenarios/baseline.yaml").display()
        );
        std::fs::write(folder.path().join(format!("{name}.yaml")), text).unwrap();
        let output = icf_in(folder.path(), &["run-scenario", &format!("{name}.yaml"), "--quiet"]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    let read = |file: &str| std::fs::read_to_string(folder.path().join("runs").join(file)).unwrap();
    for file in ["NAME/tables/thresholds.csv", "NAME.family/compare/thresholds.csv"] {
        let (open, guarded) = (read(&file.replace("NAME", "open")), read(&file.replace("NAME", "guarded")));
        let cells =
            |text: &str| text.lines().flat_map(|line| line.split(',')).map(str::to_owned).collect::<Vec<_>>();
        assert!(cells(&open).iter().any(|cell| cell == "=cmd()"), "{file}");
        assert!(!cells(&guarded).iter().any(|cell| cell.starts_with('=')), "{file}");
        assert!(cells(&guarded).iter().any(|cell| cell == "'=cmd()"), "{file}");
        // Numbers stay numbers, below zero too.
        let below = |text: &str| cells(text).iter().filter(|cell| cell.starts_with('-')).count();
        assert!(below(&open) > 0 && below(&open) == below(&guarded), "{file}");
    }
}
