//! Holds a tree against the schema: collects every mistake at once and turns the tree into plain values.

use std::collections::{BTreeSet, HashMap};

use icf_diagnostics::Diagnostic;
use serde_yaml::{Mapping, Number, Value};

use super::suggest::{nearest, suggest, within};
use super::{Schema, Shape, format, renamed};
use crate::layers::{APPEND, UNSET};
use crate::scalar::split_number;
use crate::syntax::{Core, Entry, Kind, Node, Scalar, Sources, Span};

/// The key that is gone when layers are merged.
const EXTENDS: &str = "extends";

/// What is left of a tree that was held against the schema.
pub(crate) struct Checked {
    /// The tree as plain values, without what was wrong.
    pub(crate) value: Value,
    /// Every mistake, in the order of the tree.
    pub(crate) mistakes: Vec<Diagnostic>,
    /// The top-level keys that are not what the user meant as a whole.
    pub(crate) tainted: BTreeSet<String>,
    /// What is wrong in the other ones and could be taken out, such as one lever of a list.
    pub(crate) out: Vec<Way>,
}

/// The way to a part of a tree: the place among the entries or items of each level.
type Way = Vec<usize>;

/// Holds a merged tree against the schema of a whole scenario. Unless the tree is `complete`, a key that is
/// not there may stand in a file that could not be read, so it is not missed.
pub(crate) fn check(tree: &Node, sources: &Sources, complete: bool) -> Checked {
    let mut checker = Checker {
        sources,
        complete,
        mistakes: Vec::new(),
        tainted: BTreeSet::new(),
        meant: HashMap::new(),
        loose: 0,
        way: Vec::new(),
        out: Vec::new(),
    };
    let root = Here { key: String::new(), owner: None };
    let value = checker.value(tree, Schema::scenario(), &root).unwrap_or(Value::Null);
    let Checker { mistakes, tainted, out, .. } = checker;
    Checked { value, mistakes, tainted, out }
}

/// Where the walk stands: the dotted key, and the place of the key itself.
struct Here {
    key: String,
    owner: Option<Span>,
}

impl Here {
    /// The place under a key, which may be what an unknown key was meant to be.
    fn under(&self, key: &str, entry: &Entry) -> Self {
        let key = if self.key.is_empty() { key.to_owned() } else { format!("{}.{key}", self.key) };
        Self { key, owner: Some(entry.key_span) }
    }

    fn item(&self, index: usize) -> Self {
        Self { key: format!("{}[{index}]", self.key), owner: None }
    }

    /// The key in a sentence.
    fn name(&self) -> String {
        if self.key.is_empty() { "a scenario".to_owned() } else { format!("`{}`", self.key) }
    }
}

/// What tells several mappings apart where one of them stands.
struct Chosen<'a> {
    tag: &'static str,
    shape: &'a Shape,
}

impl Chosen<'_> {
    /// Says so when a key is part of another of the mappings.
    fn elsewhere(&self, node: &Node, key: &str) -> Option<String> {
        // A key of most of them is no clue to which was meant.
        const MOST: usize = 3;
        let tag = self.tag;
        let is_part = |word: &&str| self.shape.tagged(tag, word).is_some_and(|of| of.property(key).is_some());
        let of: Vec<String> = self
            .shape
            .tag_values(tag)
            .into_iter()
            .filter(is_part)
            .map(|word| format!("`{tag}: {word}`"))
            .collect();
        let chosen = node.entry(tag)?.value.text()?;
        (1..=MOST)
            .contains(&of.len())
            .then(|| format!("`{key}` goes with {}, not with `{tag}: {chosen}`", of.join(", ")))
    }
}

struct Checker<'a> {
    sources: &'a Sources,
    complete: bool,
    mistakes: Vec<Diagnostic>,
    tainted: BTreeSet<String>,
    /// What unknown keys were surely meant to be.
    meant: HashMap<Span, &'static str>,
    /// Mistakes under the top-level key that no part takes with it.
    loose: usize,
    /// Where the walk stands.
    way: Way,
    /// The parts that are taken out.
    out: Vec<Way>,
}

impl Checker<'_> {
    fn mistake(
        &mut self,
        here: &Here,
        span: Span,
        code: &'static str,
        message: String,
        hint: Option<String>,
    ) {
        self.loose += 1;
        if code == "missing-key" && !self.complete {
            return;
        }
        let whole_file = here.key.is_empty() && code == "missing-key";
        let mistake = if whole_file {
            self.sources.file_error(span.file, code, message)
        } else {
            self.sources.error(span, code, message)
        };
        self.mistakes.push(Diagnostic { hint, ..mistake });
    }

    /// The plain value of a node, or `None` when it is not what it should be.
    fn value(&mut self, node: &Node, schema: Schema, here: &Here) -> Option<Value> {
        let shape = Shape::of(schema);
        if let Some(tag) = &node.tag {
            self.tag(node, tag, here)?;
        }
        match &node.kind {
            Kind::Scalar(scalar) => self.scalar(node, scalar, &shape, here),
            Kind::Sequence(items) => match shape.list {
                Some(list) => Some(self.list(node, items, list, here)),
                None => self.wrong_type(node, &shape, here),
            },
            Kind::Mapping(entries) => match shape.tag_key() {
                Some(tag) => {
                    let mapping = self.tagged(node, tag, &shape, here)?;
                    let chosen = Chosen { tag, shape: &shape };
                    Some(self.mapping(node, entries, mapping, Some(&chosen), here))
                }
                None => match shape.mappings.first() {
                    Some(&mapping) => Some(self.mapping(node, entries, mapping, None, here)),
                    None => self.wrong_type(node, &shape, here),
                },
            },
        }
    }

    /// A tag that is left after merging: a list that goes on nothing is a list, and all others are mistakes.
    fn tag(&mut self, node: &Node, tag: &str, here: &Here) -> Option<()> {
        let (message, hint) = match (tag, &node.kind) {
            (APPEND, Kind::Sequence(_)) => return Some(()),
            (APPEND, _) => ("`!append` goes with a list".to_owned(), "write `!append [a, b]`"),
            (UNSET, _) => (
                format!("there is no {} to unset", here.name()),
                "leave the line out; no scenario below has the key",
            ),
            _ => (format!("unknown tag `{tag}`"), "write the value without it"),
        };
        // Nothing is written behind `!unset`, so that it has no place of its own.
        let span = if tag == UNSET { here.owner.unwrap_or(node.span) } else { node.span };
        self.mistake(here, span, "unknown-tag", message, Some(hint.to_owned()));
        None
    }

    fn wrong_type(&mut self, node: &Node, shape: &Shape, here: &Here) -> Option<Value> {
        let message = format!("{} must be {}, found {}", here.name(), shape.describe(), node.describe());
        let hint = self.remedy(node, shape);
        self.mistake(here, node.span, "wrong-type", message, hint);
        None
    }

    /// What was probably meant by a value of another type.
    fn remedy(&self, node: &Node, shape: &Shape) -> Option<String> {
        let Kind::Scalar(scalar) = &node.kind else { return remedy_of_kind(node, shape) };
        let word = scalar.text.as_str();
        if node.is_null() {
            let below = match (shape.list.is_some(), shape.mappings.is_empty()) {
                (true, _) => "items below it, each with `- `,",
                (_, false) => "keys below it, indented,",
                _ => "value behind it,",
            };
            return Some(format!("write its {below} or leave the line out"));
        }
        if let Some(list) = shape.list.filter(|_| shape.scalar.is_none()) {
            let items = list.keyword("items").map(|items| Shape::of(Schema::at(items))).unwrap_or_default();
            let is_mapping = items.choices.is_empty() && items.scalar.is_none();
            return Some(match word.split(',').map(str::trim).find(|of| !items.takes(of)) {
                _ if is_mapping => "begin each item with `- `, its keys indented".to_owned(),
                Some(of) if !items.choices.is_empty() => {
                    format!("write a list, `[…]`; {}", suggest(of, items.choices.iter().copied()))
                }
                _ => format!("write `[{word}]`"),
            });
        }
        if !shape.mappings.is_empty() && shape.scalar.is_none() {
            return shape.written_as(word);
        }
        let kind = shape.scalar?.types().next()?;
        let unquoted = Scalar { text: scalar.text.clone(), plain: true };
        match (kind, unquoted.core()) {
            ("boolean", _) => match scalar.text.to_lowercase().as_str() {
                "yes" | "on" | "y" | "true" => Some("write `true`".to_owned()),
                "no" | "off" | "n" | "false" => Some("write `false`".to_owned()),
                _ => Some("write `true` or `false`".to_owned()),
            },
            ("integer" | "number", Core::Integer(_) | Core::Float(_)) if !scalar.plain => {
                Some("leave out the quotes".to_owned())
            }
            ("integer", Core::Float(value)) if value.fract() == 0.0 && value.abs() < 1e15 => {
                Some(format!("write `{value}`"))
            }
            ("integer", _) if schema_is_year(shape) => Some("write a year, such as `2022`".to_owned()),
            ("integer", _) => Some("write a whole number, without a unit".to_owned()),
            ("number", _) => Some(match split_number(word) {
                Some((per_cent, "%")) => {
                    // Without the last digits, which a division makes up.
                    let share = (per_cent * 1e10).round() / 1e12;
                    format!("a share is a pure number: write `{share}`")
                }
                _ => "write a number, without a unit".to_owned(),
            }),
            _ => None,
        }
    }

    fn scalar(&mut self, node: &Node, scalar: &Scalar, shape: &Shape, here: &Here) -> Option<Value> {
        let core = scalar.core();
        if core == Core::Null {
            return if shape.nullable { Some(Value::Null) } else { self.wrong_type(node, shape, here) };
        }
        if let Some(word) = shape.choices.iter().find(|word| **word == renamed(&scalar.text)) {
            return Some(Value::String((*word).to_owned()));
        }
        let Some(schema) = shape.scalar else {
            if shape.choices.is_empty() {
                return self.wrong_type(node, shape, here);
            }
            let message = format!("{} cannot be {}", here.name(), node.describe());
            let mut hint = suggest(&scalar.text, shape.choices.iter().copied());
            if shape.list.is_some() && nearest(&scalar.text, shape.choices.iter().copied()).is_none() {
                hint.push_str(&format!("; or a list: `[{}]`", scalar.text));
            }
            self.mistake(here, node.span, "unknown-value", message, Some(hint));
            return None;
        };
        let kinds: Vec<_> = schema.types().collect();
        if kinds.contains(&"string") {
            return self.text(node, &scalar.text, schema, here);
        }
        match core {
            Core::Bool(value) if kinds.contains(&"boolean") => Some(Value::Bool(value)),
            Core::Integer(value) if !kinds.contains(&"boolean") => self.integer(node, value, schema, here),
            Core::Float(value) if kinds.contains(&"number") => {
                self.in_range(node, value, schema, here)?;
                Some(Value::Number(Number::from(value)))
            }
            _ => self.wrong_type(node, shape, here),
        }
    }

    /// Where the schema says text, a scalar passes as it is written: `460000` and `no` are text.
    fn text(&mut self, node: &Node, text: &str, schema: Schema, here: &Here) -> Option<Value> {
        if schema.number("minLength").is_some() && text.trim().is_empty() {
            self.mistake(here, node.span, "empty", format!("{} is empty", here.name()), None);
            return None;
        }
        if let Some(parse) = schema.text("format").and_then(format::parser)
            && let Err(error) = parse(text)
        {
            let hint = error.hint().to_owned();
            self.mistake(here, node.span, "bad-quantity", error.to_string(), Some(hint));
            return None;
        }
        Some(Value::String(text.to_owned()))
    }

    fn integer(&mut self, node: &Node, value: i128, schema: Schema, here: &Here) -> Option<Value> {
        #[expect(clippy::cast_precision_loss, reason = "the bounds of the language are far below 2^53")]
        self.in_range(node, value as f64, schema, here)?;
        let number =
            i64::try_from(value).map(Number::from).or_else(|_| u64::try_from(value).map(Number::from));
        if let Ok(number) = number {
            return Some(Value::Number(number));
        }
        let message = format!("{} is too large: {}", here.name(), node.describe());
        self.mistake(here, node.span, "out-of-range", message, None);
        None
    }

    fn in_range(&mut self, node: &Node, value: f64, schema: Schema, here: &Here) -> Option<()> {
        type Bound = (&'static str, fn(f64, f64) -> bool, &'static str);
        const BOUNDS: [Bound; 4] = [
            ("minimum", |value, bound| value >= bound, "at least"),
            ("maximum", |value, bound| value <= bound, "at most"),
            ("exclusiveMinimum", |value, bound| value > bound, "above"),
            ("exclusiveMaximum", |value, bound| value < bound, "below"),
        ];
        let hint = || {
            let bounds = BOUNDS.iter().filter_map(|(keyword, _, words)| {
                schema.number(keyword).map(|bound| format!("{words} {bound}"))
            });
            let bounds = bounds.collect::<Vec<_>>().join(" and ");
            Some(if bounds.is_empty() {
                "write a number, or leave the key out".to_owned()
            } else {
                format!("write a number, {bounds}")
            })
        };
        if !value.is_finite() {
            let message = format!("{} must be a finite number, found {}", here.name(), node.describe());
            self.mistake(here, node.span, "out-of-range", message, hint());
            return None;
        }
        for (keyword, holds, words) in BOUNDS {
            if let Some(bound) = schema.number(keyword)
                && !holds(value, bound)
            {
                let message = format!("{} must be {words} {bound}, found {}", here.name(), node.describe());
                self.mistake(here, node.span, "out-of-range", message, hint());
                return None;
            }
        }
        Some(())
    }

    fn list(&mut self, node: &Node, items: &[Node], schema: Schema, here: &Here) -> Value {
        let (least, most) = (schema.number("minItems"), schema.number("maxItems"));
        #[expect(clippy::cast_precision_loss, reason = "no list of a file of 1 MiB comes near 2^53")]
        let count = items.len() as f64;
        let span = here.owner.unwrap_or(node.span);
        if least.is_some_and(|least| count < least) || most.is_some_and(|most| count > most) {
            let message = match (least, most) {
                (Some(least), Some(most)) if least == most => {
                    format!("{} must have {least} items, found {count}", here.name())
                }
                _ if items.is_empty() => format!("{} is empty", here.name()),
                _ => format!("{} has {count} items", here.name()),
            };
            self.mistake(here, span, "wrong-count", message, None);
        }
        let Some(item) = schema.keyword("items").map(Schema::at) else { return Value::Sequence(Vec::new()) };
        let values = items.iter().enumerate().filter_map(|(index, node)| {
            let may_go = matches!(node.kind, Kind::Mapping(_));
            self.part(index, may_go, |checker| checker.value(node, item, &here.item(index)))
        });
        Value::Sequence(values.collect())
    }

    /// Checks a part of a mapping or list. Where it may go and something is wrong with it, it goes as a whole, so that the rest
    /// can be judged.
    fn part(
        &mut self,
        place: usize,
        may_go: bool,
        check: impl FnOnce(&mut Self) -> Option<Value>,
    ) -> Option<Value> {
        let before = self.loose;
        self.way.push(place);
        let mut value = check(self);
        if may_go && self.loose > before {
            self.loose = before;
            self.out.push(self.way.clone());
            value = None;
        }
        self.way.pop();
        value
    }

    /// The mapping that the tag of a node tells.
    fn tagged(&mut self, node: &Node, tag: &str, shape: &Shape, here: &Here) -> Option<Schema> {
        if let Some(mapping) = shape.mapping(node) {
            return Some(mapping);
        }
        let Some(entry) = node.entry(tag) else {
            let words: Vec<_> = shape.tag_values(tag).iter().map(|word| format!("`{word}`")).collect();
            let message = format!("missing key `{tag}`{}", within(&here.key));
            let hint = format!("write `{tag}: …` with one of {}", words.join(", "));
            self.mistake(here, here.owner.unwrap_or(node.span), "missing-key", message, Some(hint));
            return None;
        };
        let here = here.under(tag, entry);
        let message = format!("{} cannot be {}", here.name(), entry.value.describe());
        let hint = suggest(entry.value.text().unwrap_or_default(), shape.tag_values(tag));
        self.mistake(&here, entry.value.span, "unknown-value", message, Some(hint));
        None
    }

    fn mapping(
        &mut self,
        node: &Node,
        entries: &[Entry],
        schema: Schema,
        chosen: Option<&Chosen>,
        here: &Here,
    ) -> Value {
        let mut mapping = Mapping::new();
        for (place, entry) in entries.iter().enumerate() {
            let key = match schema.property(&entry.key) {
                Some(_) => Some(entry.key.as_str()),
                None => self.unknown_key(node, entry, schema, chosen, here),
            };
            let property = key.and_then(|key| Some((key, schema.property(key)?)));
            let Some((key, property)) = property else { continue };
            let is_section = here.key.is_empty();
            let may_go = !is_section && schema.may_lack(key, &entry.value);
            let check = |checker: &mut Self| checker.entry(entry, schema, property, &here.under(key, entry));
            let value = self.part(place, may_go, check);
            if is_section && std::mem::take(&mut self.loose) > 0 {
                self.tainted.insert(key.to_owned());
            }
            if let Some(value) = value {
                mapping.insert(Value::String(key.to_owned()), value);
            }
        }
        let span = here.owner.unwrap_or(node.span);
        if entries.is_empty() && schema.number("minProperties").is_some() {
            self.mistake(here, span, "empty", format!("{} is empty", here.name()), None);
        }
        for missing in schema.list("required").filter_map(serde_json::Value::as_str) {
            let meant = |entry: &Entry| self.meant.get(&entry.key_span) == Some(&missing);
            if node.entry(missing).is_none() && !entries.iter().any(meant) {
                let message = format!("missing key `{missing}`{}", within(&here.key));
                let hint =
                    schema.property(missing).and_then(|property| property.example(missing)).or_else(|| {
                        let words = schema.property_words(missing)?;
                        Some(format!("write `{missing}: …`: {}", words.trim_end_matches('.')))
                    });
                self.mistake(here, span, "missing-key", message, hint);
            }
        }
        Value::Mapping(mapping)
    }

    /// Reports an unknown key. When it was surely meant to be another that is not there, its value stands for
    /// that one, so that one slip is one mistake and the checks go on.
    fn unknown_key(
        &mut self,
        node: &Node,
        entry: &Entry,
        schema: Schema,
        chosen: Option<&Chosen>,
        here: &Here,
    ) -> Option<&'static str> {
        let message = format!("unknown key `{}`{}", entry.key, within(&here.key));
        let known = || schema.property_names().chain(here.key.is_empty().then_some(EXTENDS));
        let elsewhere = chosen.and_then(|chosen| chosen.elsewhere(node, &entry.key));
        let hint = elsewhere.unwrap_or_else(|| suggest(&entry.key, known()));
        let mistake = self.sources.error(entry.key_span, "unknown-key", message).hint(hint);
        self.mistakes.push(mistake);
        let meant = nearest(&entry.key, known()).filter(|key| node.entry(key).is_none());
        // Here a base would have been, had its key been written right.
        self.complete &= meant != Some(EXTENDS);
        if let Some(key) = meant {
            self.meant.insert(entry.key_span, key);
        }
        meant
    }

    fn entry(&mut self, entry: &Entry, schema: Schema, property: Schema, here: &Here) -> Option<Value> {
        // A note of the user's may hold anything.
        if Shape::of(property).is_anything() {
            return None;
        }
        let names = schema.keyword("propertyNames").and_then(|names| Schema::at(names).text("format"));
        if let Some(parse) = names.and_then(format::parser)
            && let Err(error) = parse(&entry.key)
        {
            let hint = error.hint().to_owned();
            self.mistake(here, entry.key_span, "bad-quantity", error.to_string(), Some(hint));
            return None;
        }
        self.value(&entry.value, property, here)
    }
}

/// What was probably meant by a list or mapping where something else stands.
fn remedy_of_kind(node: &Node, shape: &Shape) -> Option<String> {
    match &node.kind {
        Kind::Mapping(_) if shape.list.is_some() => Some("begin each item with `- `".to_owned()),
        Kind::Mapping(_) => None,
        _ if shape.mappings.is_empty() => None,
        _ => shape.written_as(""),
    }
}

/// Whether a whole number is a year: no other has a lower bound like that.
fn schema_is_year(shape: &Shape) -> bool {
    shape.scalar.and_then(|schema| schema.number("minimum")).is_some_and(|least| least >= 1000.0)
}

impl Schema {
    /// Whether a mapping is still what was meant without one of its entries: one of many under names of the user's, or a key
    /// that has a value by default.
    fn may_lack(self, key: &str, value: &Node) -> bool {
        match self.keyword("properties").and_then(|properties| properties.get(key)) {
            Some(property) => property.get("default").is_some_and(|default| !default.is_null()),
            None => matches!(value.kind, Kind::Mapping(_)),
        }
    }

    /// How a missing key might be written.
    fn example(self, key: &str) -> Option<String> {
        let shape = Shape::of(self);
        let value = match shape.tag_key() {
            Some(tag) => {
                let values: Vec<_> = shape.tag_values(tag);
                format!("{{ {tag}: {} }}", values.first()?)
            }
            None if !shape.choices.is_empty() => shape.choices.join("` or `"),
            None => self.list("examples").next()?.as_str()?.to_owned(),
        };
        Some(format!("write `{key}: {value}`"))
    }
}
