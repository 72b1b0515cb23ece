//! What an editor needs beside the rules: which alternatives there are, what each means, and what a text looks like.
//!
//! None of it changes what is allowed. `enumDescriptions` and `errorMessage` are not of JSON Schema; the language servers
//! that editors use know them, and validators pass over them.

use serde_json::{Map, Value, json};

/// For each text with a grammar of its own a regular expression that fits all that is read, and some more: units and
/// spaces may be written in many ways.
const PATTERNS: &[(&str, &str)] = &[
    ("amount", r"^\s*[-+−]?[0-9.]"),
    ("area", r"^\s*[-+−]?[0-9.].*[^\s0-9.eE+-]"),
    ("grid-factor", r"^\s*[-+−]?[0-9.].*/.*h\s*$"),
    ("level", r"^\s*[-+−]?[0-9.]"),
    ("mass", r"^\s*[-+−]?[0-9.].*[^\s0-9.eE+-]"),
    ("name", r#"^[^-\s._/\\:*?"<>|][^\s/\\:*?"<>|]{0,99}$"#),
    ("npp", r"^\s*\+?[0-9.].*t.*/.*h"),
    ("npp-unit", r"^\s*(k?g|t)\s*C\s*/\s*(m|hm|ha)"),
    ("percent", r"^\s*[-+−]?[0-9.].*%\s*$"),
    ("price", r"^\s*[-+−]?[0-9.].*/"),
    ("rate", r"^\s*[-+−]?[0-9.].*%.*[ra]\s*$"),
    ("year", "^[0-9]{4}$"),
];

/// Keywords whose value is data, not a schema.
const DATA: &[&str] = &["const", "default", "enum", "examples", "required"];
/// Keywords whose value has schemas by name.
const NAMED: &[&str] = &["$defs", "patternProperties", "properties"];

/// Adds to a schema, and to all within it, what completions, hovers and messages are made of.
pub(super) fn ease(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            for (keyword, value) in map.iter_mut() {
                match value {
                    Value::Object(named) if NAMED.contains(&keyword.as_str()) => {
                        named.values_mut().for_each(ease);
                    }
                    _ if DATA.contains(&keyword.as_str()) => {}
                    _ => ease(value),
                }
            }
            alternatives(map);
            text(map);
        }
        Value::Array(items) => items.iter_mut().for_each(ease),
        _ => {}
    }
}

/// Says once what the alternatives of a schema are: words, or mappings that a key such as `model` tells apart.
fn alternatives(schema: &mut Map<String, Value>) {
    let Some(all) = ["oneOf", "anyOf"].iter().find_map(|keyword| schema.get(*keyword)?.as_array()) else {
        return;
    };
    if all.iter().all(|one| one["const"].is_string()) {
        let listed = words(all.iter().map(|one| (&one["const"], &one["description"])));
        schema.retain(|keyword, _| keyword != "oneOf" && keyword != "anyOf");
        schema.extend(listed);
        return;
    }
    let Some(tag) = all.first().and_then(|first| tag(first)).map(str::to_owned) else { return };
    if !all.iter().all(|one| self::tag(one) == Some(&tag)) {
        return;
    }
    let mut listed = words(all.iter().map(|one| (&one["properties"][&tag]["const"], &one["description"])));
    let about = format!("Which {tag} it is; the other keys depend on it.");
    listed.insert("description".to_owned(), about.into());
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), json!({ tag.as_str(): listed }));
    for keyword in ["oneOf", "anyOf"] {
        for one in schema.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten() {
            one["properties"][&tag]["description"] = one["description"].clone();
        }
    }
}

/// A schema of words, each with its meaning.
fn words<'a>(all: impl Iterator<Item = (&'a Value, &'a Value)>) -> Map<String, Value> {
    let (words, meanings): (Vec<&Value>, Vec<&Value>) = all.unzip();
    Map::from_iter([
        ("type".to_owned(), "string".into()),
        ("enum".to_owned(), json!(words)),
        ("enumDescriptions".to_owned(), json!(meanings)),
        ("markdownEnumDescriptions".to_owned(), json!(meanings)),
    ])
}

/// The key whose word tells a mapping from the other alternatives.
fn tag(one: &Value) -> Option<&str> {
    let (key, _) = one["properties"].as_object()?.iter().find(|(_, schema)| schema["const"].is_string())?;
    Some(key)
}

/// Says what a text with a grammar of its own looks like. Any other text may be a number too: the program takes it as it
/// is written, so that `name: 2030` needs no quotes.
fn text(schema: &mut Map<String, Value>) {
    let is_free = schema.get("format").is_none_or(|format| format == "name");
    let is_word = ["const", "enum", "oneOf"].iter().any(|keyword| schema.contains_key(*keyword));
    if schema.get("type") == Some(&json!("string")) && is_free && !is_word {
        schema.insert("type".to_owned(), json!(["string", "number"]));
    }
    let Some(format) = schema.get("format").and_then(Value::as_str) else { return };
    let Some((_, pattern)) = PATTERNS.iter().find(|(name, _)| *name == format) else { return };
    let example = schema.get("examples").and_then(|examples| examples[0].as_str());
    if let Some(message) = example.map(|example| format!("Write it like `{example}`.")) {
        schema.insert("errorMessage".to_owned(), message.clone().into());
        schema.insert("patternErrorMessage".to_owned(), message.into());
    }
    schema.insert("pattern".to_owned(), (*pattern).into());
}

#[cfg(test)]
mod tests {
    use super::super::json_schema;
    use super::*;

    /// Calls a check for each schema of a key, with the place of it.
    fn keys(schema: &Value, place: &str, check: &mut impl FnMut(&str, &Value)) {
        match schema {
            Value::Object(map) => {
                for (keyword, value) in map.iter().filter(|(keyword, _)| !DATA.contains(&keyword.as_str())) {
                    let place = format!("{place}/{keyword}");
                    match value {
                        Value::Object(named) if NAMED.contains(&keyword.as_str()) => {
                            for (key, schema) in named {
                                let place = format!("{place}/{key}");
                                if keyword == "properties" {
                                    check(&place, schema);
                                }
                                keys(schema, &place, check);
                            }
                        }
                        _ => keys(value, &place, check),
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    keys(item, &format!("{place}/{index}"), check);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn every_key_says_what_it_is() {
        let mut seen = 0;
        keys(&json_schema(), "", &mut |place, schema| {
            assert!(
                schema["description"].as_str().is_some_and(|text| text.len() > 5),
                "{place} is not described"
            );
            seen += 1;
        });
        assert!(seen > 200, "{seen} keys were looked at");
    }

    #[test]
    fn every_word_says_what_it_means() {
        let schema = json_schema();
        let mut lists = 0;
        let mut check = |place: &str, schema: &Value| {
            let Some(words) = schema["enum"].as_array() else { return };
            let meanings =
                schema["enumDescriptions"].as_array().unwrap_or_else(|| panic!("{place} says nothing"));
            assert_eq!(words.len(), meanings.len(), "{place}");
            assert!(meanings.iter().all(Value::is_string), "{place}: {meanings:?}");
            lists += 1;
        };
        schema["$defs"].as_object().unwrap().iter().for_each(|(name, definition)| check(name, definition));
        keys(&schema, "", &mut check);
        assert!(lists > 20, "{lists} lists were looked at");
    }

    #[test]
    fn a_model_is_offered_with_its_meaning() {
        let model = &json_schema()["$defs"]["ModelLayer"];
        assert_eq!(model["type"], "object");
        let listed = &model["properties"]["model"];
        let place = listed["enum"].as_array().unwrap().iter().position(|word| word == "damped").unwrap();
        assert!(listed["enumDescriptions"][place].as_str().unwrap().contains("runs out"), "{listed}");
    }

    #[test]
    fn a_text_with_a_unit_says_how_it_is_written() {
        let rate = &json_schema()["$defs"]["Rate"];
        assert_eq!(rate["errorMessage"], "Write it like `-0.43 %/yr`.");
        assert!(rate["pattern"].is_string());
    }
}
