//! A scenario back to YAML.

use serde_yaml::Value;

use crate::Scenario;

/// A resolved scenario as YAML, every key with its value. It is read back as an equal scenario.
#[must_use]
pub fn to_yaml(scenario: &Scenario) -> String {
    serde_yaml::to_string(scenario).expect("a scenario is made of text, numbers, lists and maps")
}

/// Every key of a resolved scenario with its value as text, in the order of the language: `projection.sink.rate`,
/// `thresholds[0].name`. An empty list or mapping is one key.
#[must_use]
pub fn to_keys(scenario: &Scenario) -> Vec<(String, String)> {
    let value = serde_yaml::to_value(scenario).expect("a scenario is made of text, numbers, lists and maps");
    let mut keys = Vec::new();
    walk(&value, String::new(), &mut keys);
    keys
}

fn walk(value: &Value, key: String, keys: &mut Vec<(String, String)>) {
    match value {
        Value::Mapping(map) if !map.is_empty() => {
            for (name, value) in map {
                let name = plain(name);
                let below = if key.is_empty() { name } else { format!("{key}.{name}") };
                walk(value, below, keys);
            }
        }
        Value::Sequence(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                walk(item, format!("{key}[{index}]"), keys);
            }
        }
        other => keys.push((key, plain(other))),
    }
}

/// A scalar as it is written; `~` for nothing.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "~".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Sequence(_) => "[]".to_owned(),
        Value::Mapping(_) => "{}".to_owned(),
        Value::Tagged(tagged) => plain(&tagged.value),
    }
}
