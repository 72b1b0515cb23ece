//! Runs the program through cargo, so that it is always the one of the sources at hand.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The workspace's root, as cargo told this program when it was built.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace's root").to_owned()
}

fn program() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.arg("run").arg("--manifest-path").arg(root().join("Cargo.toml")).args([
        "--package",
        "icf-cli",
        "--bin",
        "icf",
    ]);
    cargo
}

/// Runs `icf VERB …` where the user stands, and gives its exit code back.
pub(crate) fn run_program(verb: &str, arguments: &[String]) -> ExitCode {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    if !target.join("debug").join(format!("icf{}", std::env::consts::EXE_SUFFIX)).exists() {
        eprintln!("xtask: building icf; the first build takes a few minutes");
    }
    let status = program().arg("--").arg(verb).args(arguments).status();
    match status {
        Ok(status) => ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)),
        Err(error) => {
            eprintln!("xtask: cargo cannot be run: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What `icf VERB …` prints on standard output.
pub(crate) fn output_of(arguments: &[&str]) -> Result<String, String> {
    let output = program()
        .arg("--quiet")
        .arg("--")
        .args(arguments)
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(format!("icf {} failed", arguments.join(" ")));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("icf {} printed no UTF-8", arguments.join(" ")))
}
