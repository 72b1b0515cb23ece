//! A value of a YAML file and its place.

use super::{Core, FileId, Scalar};

/// A stretch of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    pub(crate) file: FileId,
    /// Counted from 1.
    pub(crate) line: usize,
    /// In characters, counted from 1.
    pub(crate) column: usize,
    /// In characters.
    pub(crate) length: usize,
}

/// A value, with the place it came from: after a merge the nodes of one tree come from several files.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) span: Span,
    /// The tag as it is written, e.g. `!append`.
    pub(crate) tag: Option<String>,
    pub(crate) kind: Kind,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Scalar(Scalar),
    Sequence(Vec<Node>),
    Mapping(Vec<Entry>),
}

/// A key of a mapping with its value. Keys are always text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Node,
    /// The key before it in the mapping in which it was written, where both are whole numbers and that one is greater:
    /// merging puts keys of several mappings together, and only this tells which of them were out of order.
    pub(crate) behind: Option<i32>,
}

impl Node {
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The entry with that key, if this is a mapping that has it.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// Takes an entry out of a mapping.
    pub(crate) fn take(&mut self, key: &str) -> Option<Entry> {
        let Kind::Mapping(entries) = &mut self.kind else { return None };
        let place = entries.iter().position(|entry| entry.key == key)?;
        Some(entries.remove(place))
    }

    /// Text in quotes, at a place.
    pub(crate) fn quoted(span: Span, text: String) -> Self {
        Self { span, tag: None, kind: Kind::Scalar(Scalar { text, plain: false }) }
    }

    /// A scalar without quotes, at a place.
    pub(crate) fn plain(span: Span, text: String) -> Self {
        Self { span, tag: None, kind: Kind::Scalar(Scalar { text, plain: true }) }
    }

    /// Sets a key of a mapping.
    pub(crate) fn put(&mut self, key: &str, key_span: Span, value: Self) {
        let Kind::Mapping(entries) = &mut self.kind else { return };
        match entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => entry.value = value,
            None => entries.push(Entry { key: key.to_owned(), key_span, value, behind: None }),
        }
    }

    /// Keeps only some of the keys of a mapping.
    pub(crate) fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        if let Kind::Mapping(entries) = &mut self.kind {
            entries.retain(|entry| keep(&entry.key));
        }
    }

    /// Takes parts out, each given by the place among the entries or items of each level.
    pub(crate) fn take_out(&mut self, ways: &[&[usize]]) {
        let below = |place: usize| -> Vec<&[usize]> {
            let inside = ways.iter().filter_map(|way| way.split_first());
            inside.filter(|(first, _)| **first == place).map(|(_, rest)| rest).collect()
        };
        match &mut self.kind {
            Kind::Scalar(_) => {}
            Kind::Sequence(items) => {
                let mut places = 0..;
                items.retain_mut(|item| item.stays(&below(places.next().expect("places do not end"))));
            }
            Kind::Mapping(entries) => {
                let mut places = 0..;
                entries
                    .retain_mut(|entry| entry.value.stays(&below(places.next().expect("places do not end"))));
            }
        }
    }

    /// Whether it stays where it is; what goes from below it is taken out.
    fn stays(&mut self, ways: &[&[usize]]) -> bool {
        let goes = ways.iter().any(|way| way.is_empty());
        if !goes && !ways.is_empty() {
            self.take_out(ways);
        }
        !goes
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(scalar) if scalar.core() == Core::Null)
    }

    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// How many values this holds, itself included.
    pub(crate) fn size(&self) -> usize {
        1 + match &self.kind {
            Kind::Scalar(_) => 0,
            Kind::Sequence(items) => items.iter().map(Self::size).sum(),
            Kind::Mapping(entries) => entries.iter().map(|entry| entry.value.size()).sum(),
        }
    }

    /// What a person would call it.
    pub(crate) fn describe(&self) -> String {
        match &self.kind {
            Kind::Scalar(scalar) => scalar.describe(),
            Kind::Sequence(items) if items.is_empty() => "an empty list".to_owned(),
            Kind::Sequence(_) => "a list".to_owned(),
            Kind::Mapping(entries) if entries.is_empty() => "an empty mapping".to_owned(),
            Kind::Mapping(_) => "a mapping".to_owned(),
        }
    }
}
