//! The JSON schema: derived from the types, published for editors, and the one thing that checks a file.

mod check;
mod editor;
mod format;
mod published;
mod shape;
mod suggest;

pub use published::json_schema;

pub(crate) use check::{Checked, check};
pub(crate) use shape::{Shape, renamed};
pub use suggest::suggest;
pub(crate) use suggest::{meant, nearest};

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::model::Scenario;

/// The schema of a whole scenario, all layers merged.
static SCENARIO: LazyLock<Value> = LazyLock::new(|| {
    SchemaSettings::draft2020_12()
        .with_transform(NumericFormats)
        .into_generator()
        .into_root_schema_for::<Scenario>()
        .to_value()
});

/// A place in the schema, references followed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schema(&'static Value);

impl Schema {
    /// The schema of a whole scenario.
    pub(crate) fn scenario() -> Self {
        Self(&SCENARIO)
    }

    fn at(value: &'static Value) -> Self {
        match value.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#')) {
            Some(pointer) => Self::at(SCENARIO.pointer(pointer).expect("a derived schema refers to itself")),
            None => Self(value),
        }
    }

    fn keyword(self, name: &str) -> Option<&'static Value> {
        self.0.get(name)
    }

    /// What a person is told of the place.
    pub(crate) fn description(self) -> Option<&'static str> {
        self.text("description")
    }

    /// The words for a key where they stand beside a reference, or else those of what it refers to.
    fn property_words(self, key: &str) -> Option<&'static str> {
        let own = self.keyword("properties")?.get(key)?.get("description").and_then(Value::as_str);
        own.or_else(|| self.property(key)?.description())
    }

    fn number(self, name: &str) -> Option<f64> {
        self.keyword(name)?.as_f64()
    }

    fn text(self, name: &str) -> Option<&'static str> {
        self.keyword(name)?.as_str()
    }

    fn list(self, name: &str) -> impl Iterator<Item = &'static Value> {
        self.keyword(name).and_then(Value::as_array).into_iter().flatten()
    }

    /// The schema of what stands under a key of a mapping; `None` for a key that may not stand there.
    pub(crate) fn property(self, key: &str) -> Option<Self> {
        if let Some(named) = self.keyword("properties").and_then(|properties| properties.get(key)) {
            return Some(Self::at(named));
        }
        if let Some(patterns) = self.keyword("patternProperties").and_then(Value::as_object)
            && let Some((_, schema)) = patterns.iter().find(|(prefix, _)| has_prefix(key, prefix))
        {
            return Some(Self::at(schema));
        }
        self.keyword("additionalProperties").filter(|schema| schema.is_object()).map(Self::at)
    }

    /// The keys that have a name in the schema.
    pub(crate) fn property_names(self) -> impl Iterator<Item = &'static str> {
        self.keyword("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(|map| map.keys().map(String::as_str))
    }
}

/// The only patterns of the language are prefixes: `^x-`.
fn has_prefix(key: &str, pattern: &str) -> bool {
    key.starts_with(pattern.strip_prefix('^').expect("a pattern of the language is a prefix"))
}

/// Takes away `"format": "double"` and its like, which say how Rust stores a number and nothing to a person.
#[derive(Clone)]
struct NumericFormats;

impl schemars::transform::Transform for NumericFormats {
    fn transform(&mut self, schema: &mut schemars::Schema) {
        // A number that may be left out has two types; a level, which is text or a number, has a format of its own.
        let numeric = match schema.get("format").and_then(Value::as_str) {
            Some("double" | "float") => true,
            Some(format) => format.starts_with("int") || format.starts_with("uint"),
            None => false,
        };
        if numeric {
            schema.remove("format");
        }
        schemars::transform::transform_subschemas(self, schema);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every keyword of the schema is one that the checker heeds, or one that only describes.
    #[test]
    fn the_checker_knows_every_keyword() {
        const KNOWN: &[&str] = &[
            "$defs",
            "$ref",
            "$schema",
            "additionalProperties",
            "anyOf",
            "const",
            "default",
            "description",
            "enum",
            "examples",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "format",
            "items",
            "maxItems",
            "maximum",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "oneOf",
            "patternProperties",
            "properties",
            "propertyNames",
            "required",
            "title",
            "type",
        ];
        fn visit(schema: &Value) {
            for (keyword, value) in schema.as_object().into_iter().flatten() {
                assert!(KNOWN.contains(&keyword.as_str()), "the checker does not know `{keyword}`");
                if keyword == "$ref" {
                    let beside = ["description", "default", "$ref"];
                    assert!(
                        schema.as_object().unwrap().keys().all(|k| beside.contains(&k.as_str())),
                        "{schema}"
                    );
                }
                match keyword.as_str() {
                    "properties" | "patternProperties" | "$defs" => {
                        value.as_object().unwrap().values().for_each(visit);
                    }
                    "anyOf" | "oneOf" => value.as_array().unwrap().iter().for_each(visit),
                    "additionalProperties" | "items" | "propertyNames" => visit(value),
                    "format" => {
                        assert!(format::parser(value.as_str().unwrap()).is_some(), "no parser of {value}")
                    }
                    _ => {}
                }
            }
        }
        visit(&SCENARIO);
    }
}
