//! A scenario back to YAML.

use crate::Scenario;

/// A resolved scenario as YAML, every key with its value. It is read back as an equal scenario.
#[must_use]
pub fn to_yaml(scenario: &Scenario) -> String {
    serde_yaml::to_string(scenario).expect("a scenario is made of text, numbers, lists and maps")
}
