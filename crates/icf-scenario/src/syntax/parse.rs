//! From text to a tree, within bounds: no file can make the parser overflow its stack or fill the memory.

use std::collections::HashMap;

use icf_diagnostics::Diagnostic;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, StrInput, Tag};

use crate::slip::sign;

use super::{Entry, FileId, Kind, Node, Scalar, Sources, Span};

/// A scenario is a page or two; a file of this size is something else.
pub(crate) const MAX_BYTES: u64 = 1 << 20;
/// The language itself is five levels deep.
const MAX_DEPTH: usize = 64;
/// Aliases count as often as they are used, so that nested ones cannot multiply without bound.
const MAX_NODES: usize = 100_000;

/// The value that a file holds, and every mistake in its YAML. `None` when there is no value to go on with.
pub(crate) fn parse(sources: &Sources, file: FileId) -> (Option<Node>, Vec<Diagnostic>) {
    let text = sources.file(file).text();
    if let Some(mistake) = control_character(sources, file, text) {
        return (None, vec![mistake]);
    }
    let events = Parser::new_from_str(text);
    let mut builder =
        Builder { sources, file, text, events, anchors: HashMap::new(), nodes: 0, mistakes: Vec::new() };
    match builder.document() {
        Ok(node) => (node, builder.mistakes),
        Err(mistake) => {
            builder.mistakes.push(*mistake);
            (None, builder.mistakes)
        }
    }
}

/// YAML forbids control characters, and the parser would take a zero for the end of the file.
fn control_character(sources: &Sources, file: FileId, text: &str) -> Option<Diagnostic> {
    for (index, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let found = line.chars().enumerate().find(|(_, c)| c.is_control() && *c != '\t');
        if let Some((column, character)) = found {
            let span = Span { file, line: index + 1, column: column + 1, length: 1 };
            let message = format!("control character U+{:04X}", u32::from(character));
            let mistake = sources.error(span, "control-character", message);
            return Some(mistake.hint("take it out; it came with what was pasted, or the file is no text"));
        }
    }
    None
}

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

struct Builder<'a> {
    sources: &'a Sources,
    file: FileId,
    text: &'a str,
    events: Parser<'a, StrInput<'a>>,
    /// Values that have a name, each once it is complete: an alias inside its own value finds nothing.
    anchors: HashMap<usize, Node>,
    nodes: usize,
    /// Mistakes after which parsing goes on.
    mistakes: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn document(&mut self) -> Result<Option<Node>> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(root),
                Event::StreamStart | Event::DocumentEnd | Event::Nothing => {}
                Event::DocumentStart(_) if root.is_some() => {
                    let mistake = self.error(span, "several-documents", "a second document begins here");
                    return Err(Box::new(mistake.hint("a file holds one scenario; give each its own file")));
                }
                Event::DocumentStart(_) => {
                    let (event, span) = self.next()?;
                    root = Some(self.node(event, span, 0)?);
                }
                _ => return Err(Box::new(self.error(span, "ill-formed", "not well-formed YAML"))),
            }
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node> {
        if depth > MAX_DEPTH {
            return Err(Box::new(self.too_deep(span)));
        }
        self.spend(span, 1)?;
        let (anchor, node) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                let scalar = Scalar { text: text.into_owned(), plain };
                (anchor, Node { span, tag: written(tag.as_deref()), kind: Kind::Scalar(scalar) })
            }
            Event::SequenceStart(anchor, tag) => {
                let items = self.items(depth)?;
                (anchor, Node { span, tag: written(tag.as_deref()), kind: Kind::Sequence(items) })
            }
            Event::MappingStart(anchor, tag) => {
                let entries = self.entries(depth)?;
                // A mapping without braces has no beginning of its own.
                let span = if span.length == 0 { entries.first().map_or(span, |e| e.key_span) } else { span };
                (anchor, Node { span, tag: written(tag.as_deref()), kind: Kind::Mapping(entries) })
            }
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor).cloned() else {
                    return Err(Box::new(self.error(
                        span,
                        "alias-in-itself",
                        "an alias inside the value it names",
                    )));
                };
                self.spend(span, node.size())?;
                return Ok(node);
            }
            _ => return Err(Box::new(self.error(span, "ill-formed", "not well-formed YAML"))),
        };
        if anchor > 0 {
            self.spend(span, node.size())?;
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn items(&mut self, depth: usize) -> Result<Vec<Node>> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::SequenceEnd {
                return Ok(items);
            }
            items.push(self.node(event, span, depth + 1)?);
        }
    }

    fn entries(&mut self, depth: usize) -> Result<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut lines: HashMap<String, usize> = HashMap::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                return Ok(entries);
            }
            let key = self.node(event, span, depth + 1)?;
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            let Kind::Scalar(Scalar { text, plain }) = key.kind else {
                let mistake = self.error(key.span, "key-not-text", "a key must be text");
                self.mistakes.push(mistake.hint("write `key: value`; `{` and `[` begin a value"));
                continue;
            };
            if plain && text == "<<" {
                let mistake =
                    self.error(key.span, "merge-key", "merge keys `<<` are not part of the language");
                self.mistakes.push(mistake.hint("use `extends: base.yaml`, which merges whole scenarios"));
                continue;
            }
            if let Some(first) = lines.get(&text) {
                let mistake = self.error(key.span, "duplicate-key", format!("the key `{text}` stands twice"));
                self.mistakes.push(mistake.hint(format!("it stands on line {first} as well; keep one")));
                continue;
            }
            lines.insert(text.clone(), key.span.line);
            let behind = entries.last().and_then(|before| behind(&before.key, &text));
            entries.push(Entry { key: text, key_span: key.span, value, behind });
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span)> {
        match self.events.next_event() {
            Some(Ok((event, span))) => {
                let length = span.end.index().saturating_sub(span.start.index());
                Ok((event, self.span(span.start, length)))
            }
            Some(Err(error)) => Err(Box::new(self.ill_formed(&error))),
            None => Ok((Event::StreamEnd, Span { file: self.file, line: 1, column: 1, length: 1 })),
        }
    }

    fn spend(&mut self, span: Span, nodes: usize) -> Result<()> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes <= MAX_NODES {
            return Ok(());
        }
        let message =
            format!("the file holds more than {MAX_NODES} values, aliases counted as often as used");
        let mistake = self.error(span, "too-large", message);
        Err(Box::new(mistake.hint("write the values out; a scenario has a few hundred")))
    }

    fn too_deep(&self, span: Span) -> Diagnostic {
        let message = format!("values are nested more than {MAX_DEPTH} levels deep");
        self.error(span, "too-deep", message).hint("close the brackets; no key of a scenario is that deep")
    }

    /// The parser counts columns from 0.
    fn span(&self, start: Marker, length: usize) -> Span {
        Span { file: self.file, line: start.line(), column: start.col() + 1, length }
    }

    fn error(&self, span: Span, code: &'static str, message: impl Into<String>) -> Diagnostic {
        self.sources.error(span, code, message)
    }

    fn ill_formed(&self, error: &ScanError) -> Diagnostic {
        let mut span = self.span(*error.marker(), 1);
        // Something that was never closed is missed after the last line.
        let last = self.text.trim_end().lines().count().max(1);
        if span.line > last {
            let end = self.text.lines().nth(last - 1).map_or(0, |line| line.trim_end().chars().count());
            span = Span { line: last, column: end + 1, ..span };
        }
        let line = self.text.lines().nth(span.line.saturating_sub(1)).unwrap_or_default();
        let indentation = &line[..line.len() - line.trim_start().len()];
        if let Some(column) = indentation.chars().position(|c| c == '\t') {
            let mistake = self.error(
                Span { column: column + 1, ..span },
                "tab-indentation",
                "a tab in the indentation",
            );
            return mistake.hint("indent with spaces");
        }
        // The parser has a limit of its own, which is larger.
        if error.info().contains("recursion limit") {
            return self.too_deep(span);
        }
        let mistake = self.error(span, "ill-formed", format!("not well-formed YAML: {}", error.info()));
        if let Some(path) = path_in_braces(line) {
            return mistake.hint(format!("within braces a key with brackets has quotes: `\"{path}\": …`"));
        }
        if line.contains('\t') {
            return mistake.hint("write blanks instead of tabs");
        }
        let above = self.text.lines().take(span.line.saturating_sub(1)).filter(|line| !is_empty(line)).last();
        let found = sign(line).or_else(|| sign(above?));
        let found = found.or_else(|| indented(above?, line).map(str::to_owned));
        mistake.hint(found.unwrap_or_else(|| remedy(error.info()).to_owned()))
    }
}

/// Whether a line says nothing.
fn is_empty(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// What is wrong with a line that is indented other than the one above allows.
fn indented(above: &str, line: &str) -> Option<&'static str> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let has_value = |line: &str| {
        line.split_once(": ").is_some_and(|(_, value)| {
            !is_empty(value) && !value.trim_start().starts_with(['{', '[', '|', '>', '&'])
        })
    };
    let said = above.trim_start();
    if said.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic)) {
        return Some("an item begins with a dash and a blank: write `- name: …`");
    }
    (indent(line) > indent(above) && has_value(above) && line.contains(':') && !said.starts_with("- ")).then_some(
        "this line is indented deeper than the one above, which has its value already: begin both in the same column",
    )
}

/// What a person may have meant where the parser says that.
fn remedy(info: &str) -> &'static str {
    let remedies = [
        (
            "mapping values are not allowed",
            "text with `: ` in it has quotes; a key stands on a line of its own",
        ),
        ("block mapping", "keys of one mapping begin in the same column, and each has a colon"),
        ("block collection", "items of one list begin in the same column, each with `- `"),
        ("flow mapping", "a brace that is opened is closed: `{ key: value, key: value }`"),
        ("flow sequence", "a bracket that is opened is closed: `[a, b]`"),
        ("quoted scalar", "a quote that is opened is closed on the same line"),
        (
            "anchor",
            "`*name` stands for a value marked `&name` before it; text that begins with `*` has quotes",
        ),
    ];
    let found = remedies.into_iter().find(|(words, _)| info.contains(words));
    found.map_or("write `key: value`; text with special characters has quotes", |(_, remedy)| remedy)
}

/// A key such as `thresholds[0].level`, which YAML takes for a list where it stands in braces.
fn path_in_braces(line: &str) -> Option<&str> {
    let line = &line[line.find('{')?..];
    line.split(['{', '}', ',', ':']).map(str::trim).find(|word| {
        let index = word.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
        word.starts_with(char::is_alphabetic)
            && index.is_some_and(|(index, _)| {
                !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit())
            })
    })
}

/// The key before another, where both are whole numbers and it is the greater one.
fn behind(before: &str, key: &str) -> Option<i32> {
    let (before, key): (i32, i32) = (before.parse().ok()?, key.parse().ok()?);
    (before > key).then_some(before)
}

/// A tag as a person writes it.
fn written(tag: Option<&Tag>) -> Option<String> {
    tag.map(|tag| if tag.is_yaml_core_schema() { format!("!!{}", tag.suffix) } else { tag.to_string() })
}
