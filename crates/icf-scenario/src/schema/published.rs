//! The schema that editors read.

use serde_json::{Map, Value, json};

use super::SCENARIO;
use super::editor::ease;

/// The JSON schema of a scenario file, draft 2020-12.
///
/// A file that `extends` another may leave out what the other says, so the schema has two halves: `Scenario`
/// for a file that stands alone, and `Layer`, in which nothing is required, for one that extends.
#[must_use]
pub fn json_schema() -> Value {
    let Value::Object(mut whole) = SCENARIO.clone() else {
        unreachable!("the schema of a struct is an object")
    };
    let Some(Value::Object(mut definitions)) = whole.remove("$defs") else {
        unreachable!("a scenario has types of its own")
    };
    let dialect = whole.remove("$schema");
    let title = whole.remove("title");
    let description = whole.remove("description");
    let mut relax = Relax { whole: &definitions, partial: Map::new() };
    let mut layer = relax.schema(&Value::Object(whole.clone()));
    let partial = relax.partial;
    layer["properties"]["extends"] = json!({
        "description": "The scenario, or scenarios, that this one starts from: paths from this file's folder. \
            Mappings are merged, everything else is replaced, and later ones win. `name` and `description` are \
            never taken over.",
        "anyOf": [
            { "type": "string", "minLength": 1 },
            { "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": 1 },
        ],
    });
    layer["required"] = json!(["extends", "name"]);
    for (key, schema) in family() {
        whole["properties"][key] = schema.clone();
        layer["properties"][key] = schema;
    }
    definitions.extend(partial);
    // A variant requires nothing, and makes no family of its own.
    let mut variant = layer.clone();
    variant["required"] = json!([]);
    for key in ["extends", "name", "variants", "sweep", "compare"] {
        variant["properties"].as_object_mut().map(|properties| properties.remove(key));
    }
    definitions.insert(VARIANT.to_owned(), variant);
    definitions.insert("Scenario".to_owned(), Value::Object(whole));
    definitions.insert(LAYER.to_owned(), layer);
    definitions.sort_keys();

    let mut published = json!({
        "$schema": dialect,
        "title": title,
        "description": description,
        "type": "object",
        "if": { "required": ["extends"] },
        "then": { "$ref": format!("#/$defs/{LAYER}") },
        "else": { "$ref": "#/$defs/Scenario" },
        "$defs": definitions,
    });
    ease(&mut published);
    published
}

/// The keys that make a family of a file. What stands under a variant is any part of a scenario.
fn family() -> [(&'static str, Value); 3] {
    let values = json!({
        "description": "The values of a key: a list, or a range of numbers with one unit.",
        "anyOf": [
            { "type": "array", "minItems": 1 },
            {
                "type": "object",
                "properties": {
                    "from": { "description": "The first value.", "type": ["string", "number"] },
                    "to": { "description": "The last value.", "type": ["string", "number"] },
                    "steps": { "description": "How many values, both ends among them.", "type": "integer", "minimum": 2 },
                },
                "required": ["from", "to"],
                "additionalProperties": false,
            },
        ],
    });
    [
        (
            "variants",
            json!({
                "description": "Named overrides: each is a member of the family, called NAME.VARIANT.",
                "type": "object",
                "additionalProperties": { "$ref": format!("#/$defs/{VARIANT}") },
            }),
        ),
        (
            "sweep",
            json!({
                "description": "Many members by laying values onto keys, called NAME.1, NAME.2 and so on.",
                "type": "object",
                "properties": {
                    "method": {
                        "description": "Every combination, the values side by side, or a Latin hypercube.",
                        "oneOf": [
                            { "const": "grid", "description": "Every combination of the values." },
                            { "const": "zip", "description": "The first values of all keys, then the second ones, and so on." },
                            { "const": "latin-hypercube", "description": "`samples` points that cover every key's range evenly." },
                        ],
                    },
                    "keys": {
                        "description": "The values of each key, by its path, e.g. `projection.sink.rate`.",
                        "type": "object",
                        "additionalProperties": values,
                    },
                    "samples": { "description": "How many points a Latin hypercube takes.", "type": "integer", "minimum": 1 },
                    "seed": { "description": "The seed of a Latin hypercube.", "type": "integer", "minimum": 0 },
                    "most": { "description": "The most members that are meant; 1000 unless it is said.", "type": "integer", "maximum": 100_000 },
                    "outputs": {
                        "description": "Whether each member leaves rows in the tables of the sweep, or a folder besides.",
                        "oneOf": [
                            { "const": "rows", "description": "Rows in the tables of the sweep." },
                            { "const": "folders", "description": "Besides, a folder with all of its own results." },
                        ],
                    },
                },
                "required": ["keys"],
                "additionalProperties": false,
            }),
        ),
        (
            "compare",
            json!({
                "description": "Which members are put side by side, and what must not hold.",
                "type": "object",
                "properties": {
                    "members": { "description": "Names of members; the base and all variants unless they are named.", "type": "array", "items": { "type": "string" } },
                    "fail_on": {
                        "description": "Conditions under which the run fails with exit code 4, e.g. `nation.deficit_year < 2030`.",
                        "type": "array",
                        "items": { "type": "string" },
                    },
                },
                "additionalProperties": false,
            }),
        ),
    ]
}

/// Marks the definitions in which nothing is required.
const LAYER: &str = "Layer";
/// What stands under the name of a variant.
const VARIANT: &str = "Variant";

/// Whether a definition requires keys, itself or through others, that a base may give.
fn is_partial(name: &str, definitions: &Map<String, Value>) -> bool {
    fn visit<'a>(schema: &'a Value, definitions: &'a Map<String, Value>, seen: &mut Vec<&'a str>) -> bool {
        match schema {
            Value::Object(map) => map.iter().any(|(keyword, value)| match keyword.as_str() {
                "required" => true,
                "items" => false,
                "$ref" => {
                    let Some(name) = value.as_str().map(target) else { return false };
                    // A model may be made of models.
                    if seen.contains(&name) {
                        return false;
                    }
                    seen.push(name);
                    definitions.get(name).is_some_and(|definition| visit(definition, definitions, seen))
                }
                _ => visit(value, definitions, seen),
            }),
            Value::Array(items) => items.iter().any(|item| visit(item, definitions, seen)),
            _ => false,
        }
    }
    definitions.get(name).is_some_and(|definition| visit(definition, definitions, &mut vec![]))
}

/// Makes schemas without required keys.
struct Relax<'a> {
    whole: &'a Map<String, Value>,
    /// The definitions made on the way.
    partial: Map<String, Value>,
}

impl Relax<'_> {
    fn schema(&mut self, schema: &Value) -> Value {
        match schema {
            Value::Object(map) => map
                .iter()
                .filter(|(keyword, _)| *keyword != "required" && *keyword != "minProperties")
                .map(|(keyword, value)| match keyword.as_str() {
                    // Lists are replaced as a whole, so their items stay as strict as they are.
                    "items" | "default" => (keyword.clone(), value.clone()),
                    // Without its tag a mapping may fit several alternatives.
                    "oneOf" => ("anyOf".to_owned(), self.schema(value)),
                    "$ref" => (keyword.clone(), self.reference(value)),
                    _ => (keyword.clone(), self.schema(value)),
                })
                .collect(),
            Value::Array(items) => items.iter().map(|item| self.schema(item)).collect(),
            other => other.clone(),
        }
    }

    fn reference(&mut self, path: &Value) -> Value {
        let name = target(path.as_str().expect("a reference is text"));
        if !is_partial(name, self.whole) {
            return path.clone();
        }
        let partial = format!("{name}{LAYER}");
        if !self.partial.contains_key(&partial) {
            // The name is taken first, in case the definition refers to itself.
            self.partial.insert(partial.clone(), Value::Null);
            let definition = self.schema(&self.whole[name]);
            self.partial.insert(partial.clone(), definition);
        }
        format!("#/$defs/{partial}").into()
    }
}

fn target(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(schema: &Value, found: &mut Vec<String>) {
        match schema {
            Value::Object(map) => {
                if let Some(path) = map.get("$ref").and_then(Value::as_str) {
                    found.push(path.to_owned());
                }
                map.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_has_its_target() {
        let schema = json_schema();
        let mut found = Vec::new();
        references(&schema, &mut found);
        for path in found {
            assert!(schema.pointer(path.trim_start_matches('#')).is_some(), "{path} leads nowhere");
        }
    }

    #[test]
    fn a_layer_requires_only_what_it_adds() {
        let schema = json_schema();
        let definitions = &schema["$defs"];
        assert_eq!(definitions["Layer"]["required"], json!(["extends", "name"]));
        assert!(
            definitions["Scenario"]["required"].as_array().is_some_and(|keys| keys.contains(&json!("data")))
        );
        assert!(definitions["ModelLayer"]["anyOf"].is_array());
        assert!(definitions["ThresholdLayer"].is_null(), "lists are replaced, never merged");
        let text = serde_json::to_string(&definitions["AccountingLayer"]).unwrap();
        assert!(!text.contains("required"), "{text}");
    }

    #[test]
    fn the_schema_is_stable_and_every_key_is_described() {
        assert_eq!(json_schema().to_string(), json_schema().to_string());
        for (key, property) in json_schema()["$defs"]["Scenario"]["properties"].as_object().unwrap() {
            assert!(property["description"].is_string(), "{key} has no description");
        }
    }
}
