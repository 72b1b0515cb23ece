//! What a place of a scenario may hold, alternatives laid side by side.

use serde_json::Value;

use super::Schema;
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
