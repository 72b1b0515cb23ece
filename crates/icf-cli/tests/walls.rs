//! The walls between the crates stand where docs/architecture.md says.
#![expect(clippy::disallowed_methods, reason = "a test reads the lock file")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use support::root;

/// Crates that compute and do nothing else; icf-landcover reads rasters too, in one module.
const PURE: [&str; 14] = [
    "icf-units",
    "icf-diagnostics",
    "icf-random",
    "icf-footprint",
    "icf-spatial",
    "icf-classify",
    "icf-ensemble",
    "icf-inequality",
    "icf-levers",
    "icf-projection",
    "icf-geometry",
    "icf-landcover",
    "icf-results",
    "icf-uncertainty",
];

fn tree(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--prefix", "none"])
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
        for line in tree(&["--package", name, "--edges", "normal"]).lines() {
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
        let mut users: Vec<String> =
            tree(&["--workspace", "--edges", "normal", "--invert", package, "--depth", "1"])
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
    let features = |scope: &[&str], edges: &str| {
        let mut arguments = vec!["--format", "{p} [{f}]", "--edges", edges];
        arguments.extend_from_slice(scope);
        let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for line in tree(&arguments).lines() {
            if let Some((package, features)) = line.split_once(" [") {
                let features = features.split(']').next().unwrap_or_default().to_owned();
                packages.entry(package.to_owned()).or_default().insert(features);
            }
        }
        packages
    };
    let workspace = features(&["--workspace"], "normal,build,dev");
    for (package, of_program) in features(&["--package", "icf-cli"], "normal,build") {
        assert_eq!(
            Some(&of_program),
            workspace.get(&package),
            "{package} is built with these features for the program, and with those for the tests: add them to \
             crates/icf-cli/Cargo.toml"
        );
    }
}

#[test]
fn abandoned_yaml_libraries_stay_out() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("the lock file is committed");
    for banned in ["serde_yml", "serde_yaml", "yaml-rust"] {
        assert!(!lock.contains(&format!("name = \"{banned}\"\n")), "{banned} is in the lock file");
    }
}
