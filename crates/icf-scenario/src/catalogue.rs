//! What the language offers: models, levers, and keys that can be turned.

use serde_json::Value;

use crate::family::KEYS;
use crate::json_schema;

/// A projection model, by its name in the language, with what it does.
#[must_use]
pub fn models() -> Vec<(String, String)> {
    alternatives("Model", "model")
}

/// A lever, by its name in the language, with what it does.
#[must_use]
pub fn levers() -> Vec<(String, String)> {
    alternatives("Lever", "lever")
}

/// The alternatives that a tag tells apart, with what each is.
fn alternatives(definition: &str, tag: &str) -> Vec<(String, String)> {
    let schema = json_schema();
    let alternatives = schema["$defs"][definition]["oneOf"].as_array().cloned().unwrap_or_default();
    let one = |of: &Value| {
        let name = of["properties"][tag]["const"].as_str()?;
        Some((name.to_owned(), of["description"].as_str().unwrap_or_default().to_owned()))
    };
    alternatives.iter().filter_map(one).collect()
}

/// A key of the language that holds a number or a quantity, with its words.
#[must_use]
pub fn keys() -> Vec<(String, String)> {
    let schema = json_schema();
    let mut found = Vec::new();
    collect(&schema, &schema["$defs"]["Scenario"], String::new(), "", &mut found, &[]);
    found.sort();
    found.dedup_by(|a, b| a.0 == b.0);
    found
}

/// Goes through a part of the schema, but into no definition that it stands in: a model may be made of models.
fn collect(
    whole: &Value,
    at: &Value,
    key: String,
    words: &str,
    found: &mut Vec<(String, String)>,
    within: &[&str],
) {
    let own = at["description"].as_str().unwrap_or(words);
    if let Some(target) = at["$ref"].as_str().and_then(|path| path.strip_prefix('#')) {
        if let Some(definition) = whole.pointer(target).filter(|_| !within.contains(&target)) {
            collect(whole, definition, key, own, found, &[within, &[target]].concat());
        }
        return;
    }
    for alternative in ["oneOf", "anyOf"].iter().filter_map(|name| at[*name].as_array()).flatten() {
        collect(whole, alternative, key.clone(), own, found, within);
    }
    let is_measure = matches!(
        at["format"].as_str(),
        Some("rate" | "percent" | "npp" | "level" | "mass" | "area" | "grid-factor" | "price")
    );
    let types = |name: &str| {
        at["type"] == name || at["type"].as_array().is_some_and(|types| types.iter().any(|of| of == name))
    };
    if is_measure || ((types("number") || types("integer")) && !types("string")) {
        found.push((key.clone(), words.to_owned()));
        return;
    }
    let properties = at["properties"].as_object().into_iter().flatten();
    for (name, property) in properties.filter(|(name, _)| !KEYS.contains(&name.as_str())) {
        let below = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
        collect(whole, property, below, property["description"].as_str().unwrap_or_default(), found, within);
    }
    if at["additionalProperties"].is_object() {
        collect(whole, &at["additionalProperties"], format!("{key}.NAME"), own, found, within);
    }
    if at["items"].is_object() && !key.is_empty() {
        collect(whole, &at["items"], format!("{key}[0]"), own, found, within);
    }
}
