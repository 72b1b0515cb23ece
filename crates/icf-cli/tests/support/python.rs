//! Readers of other people's, in Python: a script that asserts, run where its modules are there.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use super::{root, stderr};

/// Runs a script of `tests/python` on some folders. Without the modules it is skipped aloud, unless `ICF_PYTHON` promises
/// them.
#[track_caller]
pub(crate) fn reads(script: &str, modules: &str, arguments: &[impl AsRef<Path>]) {
    let asked = std::env::var("ICF_PYTHON").ok();
    let python = asked.clone().unwrap_or_else(|| "python3".to_owned());
    let imports = Command::new(&python).args(["-c", &format!("import {modules}")]).output();
    if !imports.is_ok_and(|output| output.status.success()) {
        assert!(asked.is_none(), "ICF_PYTHON is set, and that Python has not all of {modules}");
        // Written past the test's own standard error, which cargo does not show.
        let message = format!("SKIPPED {script}: no {modules} in python3; install them and set ICF_PYTHON");
        writeln!(std::io::stderr(), "{message}").expect("standard error is open");
        return;
    }
    let script = root().join("crates/icf-cli/tests/python").join(script);
    let mut command = Command::new(&python);
    command.arg(script).args(arguments.iter().map(AsRef::as_ref));
    let output = command.output().expect("Python can be started");
    assert!(output.status.success(), "{}", stderr(&output));
    write!(std::io::stderr(), "{}", String::from_utf8_lossy(&output.stdout)).expect("standard error is open");
}
