//! The walls between the crates stand where docs/architecture.md says.

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::process::Command;

use support::root;

/// Crates that compute and do nothing else.
const PURE: [&str; 9] = [
    "icf-units",
    "icf-diagnostics",
    "icf-random",
    "icf-footprint",
    "icf-spatial",
    "icf-classify",
    "icf-projection",
    "icf-geometry",
    "icf-results",
];

fn tree(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--edges", "normal", "--prefix", "none"])
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("cargo can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo prints UTF-8")
}

#[test]
fn no_pure_crate_reaches_polars_or_yaml() {
    for name in PURE {
        for line in tree(&["--package", name]).lines() {
            let dependency = line.split(' ').next().unwrap();
            assert!(
                !dependency.starts_with("polars") && dependency != "yaml_serde",
                "{name} reaches {dependency}"
            );
        }
    }
}

#[test]
fn polars_and_yaml_have_the_users_they_should() {
    let users = |package: &str| {
        let mut users: Vec<String> = tree(&["--workspace", "--invert", package, "--depth", "1"])
            .lines()
            .filter_map(|line| line.split(' ').next())
            .filter(|name| name.starts_with("icf-"))
            .map(str::to_owned)
            .collect();
        users.sort();
        users.dedup();
        users
    };
    assert_eq!(users("polars"), ["icf-ingest", "icf-tables"]);
    assert_eq!(users("yaml_serde"), ["icf-scenario"]);
}

#[test]
fn the_program_and_the_workspace_resolve_the_same_features() {
    // Otherwise the second command of the README would build polars again.
    let features = |scope: &[&str]| {
        let mut arguments = vec!["--format", "{p} {f}"];
        arguments.extend_from_slice(scope);
        let mut lines: Vec<String> = tree(&arguments)
            .lines()
            .map(|line| line.trim_end_matches(" (*)").to_owned())
            .filter(|line| line.starts_with("polars"))
            .collect();
        lines.sort();
        lines.dedup();
        lines
    };
    assert_eq!(features(&["--package", "icf-cli"]), features(&["--workspace"]));
}
