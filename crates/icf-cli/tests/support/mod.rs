//! Runs the built program as a user does.

pub(crate) mod python;
pub(crate) mod table;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The workspace's root, where a user stands.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace has a root")
}

/// Runs `icf` with some arguments in a folder.
pub(crate) fn icf_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_icf"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program can be started")
}

/// Runs `icf` at the root.
pub(crate) fn icf(arguments: &[&str]) -> Output {
    icf_in(&root(), arguments)
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the program prints UTF-8")
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the program prints UTF-8")
}

/// Extends the baseline by some lines from the third on, as `s.yaml`, and checks that it is refused with some words.
#[track_caller]
pub(crate) fn refused(lines: &str, words: &[&str]) {
    let folder = tempfile::tempdir().expect("there is room for a file");
    let text = format!("extends: {}\nname: s\n{lines}", root().join("scenarios/baseline.yaml").display());
    std::fs::write(folder.path().join("s.yaml"), text).expect("the file can be written");
    let output = icf_in(folder.path(), &["validate", "s.yaml"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let said = stderr(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    for word in words {
        assert!(said.contains(word), "{word:?} is not in {said}");
    }
}
