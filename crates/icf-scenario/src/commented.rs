//! A scenario as a file with comments, for a person to go on with.

use std::fmt::Write;

use serde_yaml::Value;

use crate::schema::{Schema, Shape};
use crate::{Scenario, json_schema};

/// Longest line of a comment.
const WIDTH: usize = 100;

/// A key that a scenario does not use, as it might be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The top-level key under which it stands; empty for one at the top.
    pub under: &'static str,
    /// The key.
    pub key: &'static str,
    /// What follows the key and its colon; lines after the first begin with two spaces more than the key.
    pub value: &'static str,
}

/// A resolved scenario as YAML in which every key has the words of the language's reference above it. It is read back as an
/// equal scenario. Those `examples` whose key is not in use stand in it as comments: `#` directly before the key, and nothing
/// but the `#` to be taken away.
#[must_use]
pub fn to_commented_yaml(scenario: &Scenario, examples: &[Example]) -> String {
    let value = serde_yaml::to_value(scenario).expect("a scenario is made of text, numbers, lists and maps");
    let mut text = String::new();
    mapping(&mut text, &value, Some(Schema::scenario()), 0, examples);
    for example in examples.iter().filter(|example| example.under.is_empty()) {
        text.push('\n');
        self::example(&mut text, example, description(example), 0);
    }
    text
}

/// The words for a key of a scenario, or for one that makes a family of its file.
fn description(example: &Example) -> String {
    let whole = json_schema();
    let words = whole.pointer(&format!("/$defs/Scenario/properties/{}/description", example.key));
    words.and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

fn example(out: &mut String, example: &Example, words: String, indent: usize) {
    let margin = " ".repeat(indent);
    comment(out, &words, indent);
    let text = format!(
        "{}:{}{}",
        example.key,
        if example.value.starts_with('\n') { "" } else { " " },
        example.value
    );
    for line in text.lines() {
        writeln!(out, "{margin}#{line}").expect("writing to a string does not fail");
    }
}

fn mapping(out: &mut String, value: &Value, schema: Option<Schema>, indent: usize, examples: &[Example]) {
    let Value::Mapping(entries) = value else { return };
    let margin = " ".repeat(indent);
    for (key, value) in entries {
        let key = flow(key);
        let property = schema.and_then(|schema| schema.property(&key));
        // Between the parts of the file a line is left free.
        if indent == 0 && !out.is_empty() {
            out.push('\n');
        }
        if let Some(words) = property.and_then(Schema::description)
            && indent <= 4
        {
            let choices = property.map(Shape::of).map(|shape| shape.words()).unwrap_or_default();
            let one_of =
                if choices.len() > 1 { format!(" One of {}.", choices.join(", ")) } else { String::new() };
            comment(out, &format!("{words}{one_of}"), indent);
        }
        let inner = property.map(Shape::of).and_then(|shape| shape.mapping_of(value));
        match value {
            Value::Mapping(map) if map.is_empty() => writeln!(out, "{margin}{key}: {{}}"),
            Value::Mapping(_) => {
                writeln!(out, "{margin}{key}:").expect("writing to a string does not fail");
                mapping(out, value, inner, indent + 2, &[]);
                let unused = |example: &&Example| {
                    indent == 0 && example.under == key && value.get(example.key).is_none()
                };
                for example in examples.iter().filter(unused) {
                    let property = inner.and_then(|schema| schema.property(example.key));
                    let words = property.and_then(Schema::description).unwrap_or_default().to_owned();
                    self::example(out, example, words, indent + 2);
                }
                Ok(())
            }
            Value::Sequence(items) if items.iter().any(|item| matches!(item, Value::Mapping(_))) => {
                writeln!(out, "{margin}{key}:").expect("writing to a string does not fail");
                for item in items {
                    writeln!(out, "{margin}  - {}", flow(item)).expect("writing to a string does not fail");
                }
                Ok(())
            }
            other => writeln!(out, "{margin}{key}: {}", flow(other)),
        }
        .expect("writing to a string does not fail");
    }
}

/// A value on one line.
fn flow(value: &Value) -> String {
    match value {
        Value::Sequence(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Mapping(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}: {}", flow(key), flow(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Null => "~".to_owned(),
        Value::String(text) => quoted(text),
        other => serde_yaml::to_string(other).expect("a scalar can be written").trim_end().to_owned(),
    }
}

/// Text that is safe on a line of its own and within brackets; in quotes where it would be read as something else.
pub(crate) fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '%' | '/' | ' ' | '²');
    let is_plain = text.chars().all(plain)
        && text.starts_with(|c: char| c.is_alphanumeric() || c == '-')
        && !text.ends_with(' ')
        && !text.starts_with("- ")
        && serde_yaml::from_str::<Value>(text).is_ok_and(|value| value == Value::String(text.to_owned()));
    if is_plain { text.to_owned() } else { serde_json::to_string(text).expect("text can be written") }
}

fn comment(out: &mut String, words: &str, indent: usize) {
    let margin = " ".repeat(indent);
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() && indent + 2 + line.chars().count() + 1 + word.chars().count() > WIDTH {
            writeln!(out, "{margin}# {line}").expect("writing to a string does not fail");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        writeln!(out, "{margin}# {line}").expect("writing to a string does not fail");
    }
}

impl Shape {
    /// The mapping that a plain value is.
    fn mapping_of(&self, value: &Value) -> Option<Schema> {
        match self.tag_key() {
            Some(key) => self.tagged_by(key, value.get(key)?.as_str()?),
            None => self.first_mapping(),
        }
    }
}
