//! What a place of a scenario may hold, alternatives laid side by side.

use serde_json::Value;

use super::{Schema, format};
use crate::syntax::Node;

/// Words of the language by the names that they had before.
const RENAMED: &[(&str, &str)] = &[("fitted", "log-linear")];

/// The name that a word of the language has now.
pub(crate) fn renamed(word: &str) -> &str {
    RENAMED.iter().find(|(old, _)| *old == word).map_or(word, |(_, new)| new)
}

/// What a place may hold: the alternatives of a schema by the kind of YAML they are written in.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// It may be left empty.
    pub(super) nullable: bool,
    /// Words that may stand there.
    pub(super) choices: Vec<&'static str>,
    /// Free text, a number or a truth value.
    pub(super) scalar: Option<Schema>,
    pub(super) list: Option<Schema>,
    /// Mappings; when there are several, a tag tells them apart.
    pub(super) mappings: Vec<Schema>,
}

impl Shape {
    pub(crate) fn of(schema: Schema) -> Self {
        let mut shape = Self::default();
        shape.add(schema);
        shape
    }

    fn add(&mut self, schema: Schema) {
        let alternatives: Vec<_> = schema.list("anyOf").chain(schema.list("oneOf")).collect();
        if !alternatives.is_empty() {
            alternatives.into_iter().for_each(|alternative| self.add(Schema::at(alternative)));
            return;
        }
        let words: Vec<_> = schema.keyword("const").into_iter().chain(schema.list("enum")).collect();
        if !words.is_empty() {
            self.nullable |= words.iter().any(|word| word.is_null());
            self.choices.extend(words.into_iter().filter_map(Value::as_str));
            return;
        }
        for kind in schema.types() {
            match kind {
                "null" => self.nullable = true,
                "object" => self.mappings.push(schema),
                "array" => self.list = Some(schema),
                _ => self.scalar = Some(schema),
            }
        }
    }

    /// The key whose value tells several mappings apart: `model`, `policy` or `rule`.
    pub(crate) fn tag_key(&self) -> Option<&'static str> {
        let first = self.mappings.first()?;
        first.property_names().find(|name| first.tag_value(name).is_some())
    }

    /// The mapping that a tag's value stands for.
    pub(super) fn tagged(&self, key: &str, value: &str) -> Option<Schema> {
        self.mappings.iter().copied().find(|mapping| mapping.tag_value(key) == Some(renamed(value)))
    }

    /// The mapping that a tag's value stands for.
    pub(crate) fn tagged_by(&self, key: &str, value: &str) -> Option<Schema> {
        self.tagged(key, value)
    }

    /// The words that may stand there, or that tell mappings apart.
    pub(crate) fn words(&self) -> Vec<&'static str> {
        let tags = self.tag_key().map(|key| self.tag_values(key)).unwrap_or_default();
        self.choices.iter().copied().chain(tags).collect()
    }

    /// The mapping that may stand there, of several the first.
    pub(crate) fn first_mapping(&self) -> Option<Schema> {
        self.mappings.first().copied()
    }

    pub(super) fn tag_values(&self, key: &str) -> Vec<&'static str> {
        self.mappings.iter().filter_map(|mapping| mapping.tag_value(key)).collect()
    }

    /// What the items of a list may hold.
    pub(crate) fn item(&self) -> Option<Schema> {
        self.list.and_then(|list| list.keyword("items")).map(Schema::at)
    }

    /// The mapping that a node is meant to be.
    pub(crate) fn mapping(&self, node: &Node) -> Option<Schema> {
        match self.tag_key() {
            Some(key) => self.tagged(key, node.entry(key)?.value.text()?),
            None => self.mappings.first().copied(),
        }
    }

    /// Whether a word may stand there.
    pub(super) fn takes(&self, word: &str) -> bool {
        self.scalar.is_some() || self.choices.contains(&renamed(word))
    }

    /// How a word, or what it is meant to say, is written as the mapping that stands there.
    pub(super) fn written_as(&self, word: &str) -> Option<String> {
        if let Some(tag) = self.tag_key() {
            if self.tagged(tag, word).is_some() {
                return Some(format!("write `{{ {tag}: {word} }}`"));
            }
            // A rate alone stands for the model that has one.
            let parses = |schema: Schema| {
                schema.text("format").and_then(format::parser).is_some_and(|parse| parse(word).is_ok())
            };
            let of_tag = self.mappings.iter().find_map(|mapping| {
                let named =
                    mapping.property_names().find(|name| mapping.property(name).is_some_and(parses))?;
                Some(format!("{}, {named}: {word}", mapping.tag_value(tag)?))
            });
            let words = || self.tag_values(tag).first().map(|first| format!("{first}, …"));
            return Some(format!("write `{{ {tag}: {} }}`", of_tag.or_else(words)?));
        }
        let mapping = self.mappings.first()?;
        let takes = |name: &&str| {
            mapping.property(name).map(Shape::of).is_some_and(|shape| {
                !word.is_empty() && (shape.choices.contains(&word) || shape.tag_values_contain(word))
            })
        };
        if let Some(name) = mapping.property_names().find(takes) {
            return Some(format!("write `{{ {name}: {word} }}`"));
        }
        let required: Vec<&str> = mapping.list("required").filter_map(Value::as_str).collect();
        let names: Vec<String> = match required.is_empty() {
            true => mapping.property_names().take(2).map(|name| format!("{name}: …")).collect(),
            false => required.iter().map(|name| format!("{name}: …")).collect(),
        };
        Some(match names.is_empty() {
            true if mapping.keyword("propertyNames").is_some() => "write `{ 2025: …, 2030: … }`".to_owned(),
            true => "write `{ NAME: … }`".to_owned(),
            false => format!("write `{{ {} }}`", names.join(", ")),
        })
    }

    fn tag_values_contain(&self, word: &str) -> bool {
        self.tag_key().is_some_and(|tag| self.tagged(tag, word).is_some())
    }

    /// Whether the schema says nothing.
    pub(super) fn is_anything(&self) -> bool {
        !self.nullable
            && self.choices.is_empty()
            && self.scalar.is_none()
            && self.list.is_none()
            && self.mappings.is_empty()
    }

    /// What may stand there, in words.
    pub(super) fn describe(&self) -> String {
        let mut words: Vec<String> = self.choices.iter().map(|word| format!("`{word}`")).collect();
        if let Some(scalar) = self.scalar {
            words.push(scalar.describe_scalar().to_owned());
        }
        if self.list.is_some() {
            words.push("a list".to_owned());
        }
        if !self.mappings.is_empty() {
            words.push("a mapping".to_owned());
        }
        match words.pop() {
            Some(last) if words.is_empty() => last,
            Some(last) => format!("{} or {last}", words.join(", ")),
            None => "anything".to_owned(),
        }
    }
}

impl Schema {
    pub(super) fn types(self) -> impl Iterator<Item = &'static str> {
        self.text("type").into_iter().chain(self.list("type").filter_map(Value::as_str))
    }

    fn tag_value(self, key: &str) -> Option<&'static str> {
        self.property(key)?.text("const")
    }

    fn describe_scalar(self) -> &'static str {
        match self.text("format") {
            Some("rate") => return "a rate",
            Some("npp") => return "an uptake with its unit",
            Some("npp-unit") => return "a unit of mass of carbon by area",
            Some("percent") => return "a percentage",
            Some("level") => return "a level with its unit",
            Some("area") => return "an area with its unit",
            Some("mass") => return "a mass with its unit",
            Some("grid-factor") => return "an emission factor with its unit",
            Some("price") => return "a price with its unit",
            _ => {}
        }
        // Text comes first: where a number may stand as well, it is read as text.
        match self.types().next() {
            Some("integer") => "a whole number",
            Some("number") => "a number",
            Some("boolean") => "`true` or `false`",
            _ => "text",
        }
    }
}
