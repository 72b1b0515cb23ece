//! The same scenario gives the same bytes, whatever the threads and the folder.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::BTreeMap;
use std::path::Path;

use support::{icf, stderr};

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn visit(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                visit(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    visit(folder, "", &mut all);
    all
}

#[test]
fn threads_and_folder_move_no_byte() {
    check("scenarios/baseline.yaml");
}

/// Levers, sink trading and what is drawn of them.
#[test]
fn threads_and_folder_move_no_byte_of_levers() {
    check("scenarios/levers.yaml");
}

#[track_caller]
fn check(scenario: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut runs = Vec::new();
    for threads in ["1", "2", "8"] {
        let out = folder.path().join(threads).join("deeper");
        let output = icf(&["run-scenario", scenario, "--out", out.to_str().unwrap(), "--threads", threads]);
        assert!(output.status.success(), "{}", stderr(&output));
        runs.push(files(&out));
    }
    assert!(runs[0].len() > 30, "{:?}", runs[0].keys());
    for run in &runs[1..] {
        assert_eq!(runs[0].keys().collect::<Vec<_>>(), run.keys().collect::<Vec<_>>());
        for (name, bytes) in run {
            assert_eq!(&runs[0][name], bytes, "{name}");
        }
    }
}
