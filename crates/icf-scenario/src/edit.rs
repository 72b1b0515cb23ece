//! One value of a scenario's text changed where it stands, and nothing else of it: comments, order and layout stay.
//!
//! A change is made to the text and then proved: the text that comes out, read anew, must be the tree that went in with this
//! one value changed. What cannot be proved, such as a value that others stand for by an alias, is refused, never guessed.

use std::ops::Range;

use icf_diagnostics::Place;
use thiserror::Error;

use crate::commented::quoted;
use crate::family::assign::{Step, steps};
use crate::loaded::walk;
use crate::syntax::{Core, Entry, Kind, Node, Scalar, SourceFile, Sources, Span, parse};

/// What is done to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'a> {
    /// It gets a number, a word or a text; the text is put into quotes where it must be.
    Text(&'a str),
    /// It gets a value that is written as YAML in one line or more.
    Yaml(&'a str),
    /// It is taken away, so that what it says without being written holds.
    Remove,
}

/// Why a change was not made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct EditError(String);

fn refuse<T>(why: impl Into<String>) -> Result<T, EditError> {
    Err(EditError(why.into()))
}

/// A scenario's text with one key changed: `projection.sink.rate`, `thresholds[0].level`. Mappings on the way are made where
/// there are none. What the text extends is not looked at.
///
/// # Errors
/// When the text is no YAML, the key is no path, or the change cannot be made without touching something else.
///
/// ```
/// use icf_scenario::{Change, edit};
///
/// let text = "years: { first: 2000, last: 2022 } # the history\n";
/// assert_eq!(edit(text, "years.last", Change::Text("2020"))?, "years: { first: 2000, last: 2020 } # the history\n");
/// # Ok::<(), icf_scenario::EditError>(())
/// ```
pub fn edit(text: &str, key: &str, change: Change) -> Result<String, EditError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let tree = read(text)
        .ok_or_else(|| EditError("the text is not well-formed YAML; mend that first".to_owned()))?;
    let Some(steps) = steps(key) else { return refuse(format!("`{key}` is no path of keys")) };
    let (after, value) = match change {
        Change::Remove => (removed(text, &tree, &steps)?, None),
        Change::Text(_) | Change::Yaml(_) => {
            let written = match change {
                Change::Text(value) if is_plain(value) => value.to_owned(),
                Change::Text(value) => quoted(value),
                Change::Yaml(value) => one_line(value),
                Change::Remove => unreachable!("that was looked at before"),
            };
            let Some(value) = read(&written) else { return refuse(format!("`{written}` is no YAML")) };
            (put(text, &tree, &steps, &written)?, Some(value))
        }
    };
    let expected = laid(Some(tree), &steps, value);
    match (expected, read(&after)) {
        (Some(expected), Some(found)) if same(&expected, &found) => Ok(after),
        _ => refuse(format!("`{key}` cannot be changed by itself here; change it in the text")),
    }
}

/// Every key that a text says itself, its value as it is written, and where it stands. None of a text that is no YAML.
#[must_use]
pub fn written(text: &str) -> Vec<(String, String, Place)> {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(String::new(), None, None, text.to_owned()));
    let mut found = Vec::new();
    if let (Some(tree), _) = parse(&sources, file) {
        walk(&tree, String::new(), &mut |key, node| {
            let value = match &node.kind {
                Kind::Mapping(_) => "{}",
                Kind::Sequence(_) => "[]",
                Kind::Scalar(scalar) => &scalar.text,
            };
            found.push((key, value.to_owned(), sources.place(node.span)));
        });
    }
    found
}

/// The tree of a text without mistakes.
fn read(text: &str) -> Option<Node> {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(String::new(), None, None, text.to_owned()));
    let (tree, mistakes) = parse(&sources, file);
    tree.filter(|_| mistakes.is_empty())
}

/// Whether a text is written without quotes because it is a number, a truth value or nothing.
fn is_plain(text: &str) -> bool {
    let core = Scalar { text: text.to_owned(), plain: true }.core();
    !text.is_empty() && !matches!(core, Core::Text)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tree that a change is to give; `None` when nothing is left.
fn laid(base: Option<Node>, steps: &[Step], value: Option<Node>) -> Option<Node> {
    let Some((step, rest)) = steps.split_first() else { return value };
    let span = base.as_ref().or(value.as_ref()).map(|node| node.span);
    let mut base = base.filter(|base| !base.is_null());
    match step {
        Step::Item(index) => {
            let Some(Node { kind: Kind::Sequence(items), .. }) = &mut base else { return None };
            let item = items.get_mut(*index)?;
            *item = laid(Some(item.clone()), rest, value)?;
            base
        }
        Step::Key(key) => {
            let mut base = match base {
                Some(base) => base,
                None => Node { span: span?, tag: None, kind: Kind::Mapping(vec![]) },
            };
            let Kind::Mapping(entries) = &mut base.kind else { return None };
            let place = entries.iter().position(|entry| entry.key == *key);
            let below = place.map(|place| entries[place].value.clone());
            match (laid(below, rest, value), place) {
                (Some(value), Some(place)) => entries[place].value = value,
                (Some(value), None) => {
                    entries.push(Entry { key: key.clone(), key_span: base.span, value, behind: None });
                }
                (None, Some(place)) => drop(entries.remove(place)),
                (None, None) => {}
            }
            (!entries.is_empty()).then_some(base)
        }
    }
}

/// Whether two trees say the same, wherever they stand.
fn same(a: &Node, b: &Node) -> bool {
    let kinds = match (&a.kind, &b.kind) {
        (Kind::Scalar(a), Kind::Scalar(b)) => a.text == b.text && a.core() == b.core(),
        (Kind::Sequence(a), Kind::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Kind::Mapping(a), Kind::Mapping(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.key == b.key && same(&a.value, &b.value))
        }
        _ => false,
    };
    kinds && a.tag == b.tag
}

/// The byte at which a line and column begin.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let into: usize = text[start..].chars().take(column - 1).map(char::len_utf8).sum();
    start + into
}

fn start(text: &str, span: Span) -> usize {
    offset(text, span.line, span.column)
}

/// The byte behind the colon of a key.
fn behind_colon(text: &str, entry: &Entry) -> Option<usize> {
    let key = start(text, entry.key_span);
    let rest = &text[key..];
    let end = match rest.chars().next()? {
        quote @ ('"' | '\'') => closed(rest, quote)?,
        _ => entry.key.len(),
    };
    let colon = rest[end..].find(':')?;
    rest[end..end + colon].trim().is_empty().then_some(key + end + colon + 1)
}

/// The length of a text in quotes, both among it.
fn closed(text: &str, quote: char) -> Option<usize> {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((place, character)) = characters.next() {
        match character {
            '\\' if quote == '"' => drop(characters.next()),
            // Two of them are one that is meant.
            '\'' if quote == '\'' && characters.peek().is_some_and(|(_, next)| *next == '\'') => {
                characters.next();
            }
            found if found == quote => return Some(place + 1),
            _ => {}
        }
    }
    None
}

/// The length of a list or mapping in brackets, both among it.
fn bracketed(text: &str) -> Option<usize> {
    let (mut depth, mut place, mut before) = (0_usize, 0, ' ');
    while let Some(character) = text[place..].chars().next() {
        let begins = before.is_whitespace() || matches!(before, '{' | '[' | ',' | ':');
        match character {
            '{' | '[' => depth += 1,
            '}' | ']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(place + 1);
                }
            }
            '#' if before.is_whitespace() => {
                place += text[place..].find('\n')?;
                continue;
            }
            '"' | '\'' if begins => {
                place += closed(&text[place..], character)?;
                before = character;
                continue;
            }
            _ => {}
        }
        before = character;
        place += character.len_utf8();
    }
    None
}

/// The end of the last line that belongs to an entry of a mapping without braces.
fn end_of_block(text: &str, entry: &Entry) -> usize {
    let is_list = matches!(entry.value.kind, Kind::Sequence(_));
    let first = offset(text, entry.key_span.line, 1);
    let mut end = first;
    let mut at = first;
    for (number, line) in text[first..].split_inclusive('\n').enumerate() {
        let content = line.trim_end_matches(['\n', '\r']);
        let bare = content.trim_start();
        let indent = content.chars().count() - bare.chars().count();
        // Blank lines and comments belong to it when more of it follows.
        if number > 0 && !bare.is_empty() && !bare.starts_with('#') {
            let is_item =
                is_list && indent + 1 == entry.key_span.column && (bare == "-" || bare.starts_with("- "));
            if indent < entry.key_span.column && !is_item {
                break;
            }
        }
        if number == 0 || (!bare.is_empty() && !bare.starts_with('#')) {
            end = at + content.len();
        }
        at += line.len();
    }
    end
}

/// Where the text of a value is; `owner` is the entry whose value it is.
fn range(text: &str, node: &Node, owner: Option<&Entry>) -> Option<Range<usize>> {
    let from = start(text, node.span);
    let rest = &text[from..];
    let first = rest.chars().next();
    match &node.kind {
        Kind::Scalar(scalar) if scalar.plain && rest.starts_with(&scalar.text) && !scalar.text.is_empty() => {
            Some(from..from + scalar.text.len())
        }
        // The parser says `~` for what is not there.
        Kind::Scalar(_) if node.is_null() => {
            let at = behind_colon(text, owner?)?;
            Some(at..at)
        }
        Kind::Scalar(scalar) => match first? {
            quote @ ('"' | '\'') if !scalar.plain => Some(from..from + closed(rest, quote)?),
            '!' | '&' => None,
            // It goes on for several lines.
            _ => Some(behind_colon(text, owner?)?..end_of_block(text, owner?)),
        },
        Kind::Mapping(_) | Kind::Sequence(_) => match first? {
            '{' | '[' => Some(from..from + bracketed(rest)?),
            '!' | '&' => None,
            _ => Some(behind_colon(text, owner?)?..end_of_block(text, owner?)),
        },
    }
}

/// The text with a value at a path.
fn put(text: &str, tree: &Node, steps: &[Step], value: &str) -> Result<String, EditError> {
    let unclear = || EditError("this place cannot be changed by itself; change it in the text".to_owned());
    let (mut node, mut owner) = (tree, None);
    let mut rest = steps;
    while let Some((step, after)) = rest.split_first() {
        match (step, &node.kind) {
            (Step::Item(index), Kind::Sequence(items)) => {
                node = items.get(*index).ok_or_else(|| EditError(format!("there is no item {index}")))?;
                owner = None;
            }
            (Step::Key(key), Kind::Mapping(entries)) => {
                match entries.iter().find(|entry| entry.key == *key) {
                    Some(entry) => (node, owner) = (&entry.value, Some(entry)),
                    None => return inserted(text, node, &nested(rest, value)?).ok_or_else(unclear),
                }
            }
            (Step::Key(_), Kind::Scalar(_)) if node.is_null() => {
                let value = format!("{{ {} }}", nested(rest, value)?);
                return Ok(replaced(text, range(text, node, owner).ok_or_else(unclear)?, &value));
            }
            _ => return refuse(format!("there stands {} above it", node.describe())),
        }
        rest = after;
    }
    Ok(replaced(text, range(text, node, owner).ok_or_else(unclear)?, value))
}

fn replaced(text: &str, range: Range<usize>, value: &str) -> String {
    let gap = if text[..range.start].ends_with(':') { " " } else { "" };
    // What follows without a gap would be read with the value.
    let after = &text[range.end..];
    let tail = if range.is_empty() && after.starts_with(|c: char| !c.is_whitespace()) { " " } else { "" };
    format!("{}{gap}{value}{tail}{after}", &text[..range.start])
}

/// `key: value`, with braces for the keys between.
fn nested(steps: &[Step], value: &str) -> Result<String, EditError> {
    match steps {
        [Step::Key(key)] => Ok(format!("{}: {value}", quoted(key))),
        [Step::Key(key), rest @ ..] => Ok(format!("{}: {{ {} }}", quoted(key), nested(rest, value)?)),
        _ => refuse("there is no such list"),
    }
}

/// The text with one more entry at the end of a mapping.
fn inserted(text: &str, mapping: &Node, entry: &str) -> Option<String> {
    let from = start(text, mapping.span);
    if text[from..].starts_with('{') {
        let close = from + bracketed(&text[from..])? - 1;
        let (open, gap) = (text[..close].trim_end(), if mapping.entries().is_empty() { " " } else { ", " });
        return Some(format!("{open}{gap}{entry} {}", &text[close..]));
    }
    let last = mapping.entries().last()?;
    let end = end_of_block(text, last);
    let margin = " ".repeat(mapping.entries().first()?.key_span.column - 1);
    Some(format!("{}\n{margin}{entry}{}", &text[..end], &text[end..]))
}

/// The text without an entry; a mapping that would be left empty goes with it.
fn removed(text: &str, tree: &Node, steps: &[Step]) -> Result<String, EditError> {
    let Some((Step::Key(key), above)) = steps.split_last() else {
        return refuse("an item is taken out in the text");
    };
    let mut mapping = tree;
    for step in above {
        mapping = match (step, &mapping.kind) {
            (Step::Key(key), _) => match mapping.entry(key) {
                Some(entry) => &entry.value,
                None => return Ok(text.to_owned()),
            },
            (Step::Item(index), Kind::Sequence(items)) if *index < items.len() => &items[*index],
            _ => return refuse("there is no such item"),
        };
    }
    let entries = mapping.entries();
    let Some(place) = entries.iter().position(|entry| entry.key == *key) else { return Ok(text.to_owned()) };
    if entries.len() == 1 && matches!(above.last(), Some(Step::Key(_))) {
        return removed(text, tree, above);
    }
    let entry = &entries[place];
    let unclear = || EditError("this key cannot be taken away by itself; do it in the text".to_owned());
    let from = start(text, entry.key_span);
    if text[start(text, mapping.span)..].starts_with('{') {
        let end = range(text, &entry.value, Some(entry)).ok_or_else(unclear)?.end;
        let cut = match (entries.get(place + 1), place.checked_sub(1)) {
            (Some(next), _) => from..start(text, next.key_span),
            (None, Some(before)) => {
                let before = &entries[before];
                range(text, &before.value, Some(before)).ok_or_else(unclear)?.end..end
            }
            (None, None) => from..end,
        };
        return Ok(format!("{}{}", &text[..cut.start], &text[cut.end..]));
    }
    let line = offset(text, entry.key_span.line, 1);
    if !text[line..from].trim().is_empty() {
        return Err(unclear());
    }
    let rest = &text[end_of_block(text, entry)..];
    Ok(format!("{}{}", &text[..line], rest.split_once('\n').map_or("", |(_, rest)| rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# A scenario.
name: a # its name
description: >-
  Two lines
  of text.

years: { first: 2000, last: 2022 }
projection:
  # How it goes on.
  horizon: 2030
  emissions: { model: log-linear, from: 2012, to: 2021 }
  sink:
    model: rate

    rate: -0.43 %/yr   # a year
  regions: {}
thresholds:
- name: capacity
  kind: capacity
  scopes: [nation, \"group\"]
- { name: 'it''s', kind: depth, level: 1.5 }
gaps:
";

    /// What a change takes from the text and gives instead.
    #[track_caller]
    fn check(key: &str, change: Change, old: &str, new: &str) {
        assert_eq!(TEXT.matches(old).count(), 1, "{old:?} stands once");
        let found = edit(TEXT, key, change).expect(key);
        assert_eq!(found, TEXT.replace(old, new), "{key}");
    }

    #[test]
    fn a_value_is_changed_where_it_stands() {
        check("name", Change::Text("b"), "name: a #", "name: b #");
        check("years.last", Change::Text("2021"), "last: 2022", "last: 2021");
        check("projection.horizon", Change::Text("2035"), "2030", "2035");
        check("projection.sink.rate", Change::Text("-1 %/yr"), "-0.43 %/yr", "-1 %/yr");
        check("projection.emissions.to", Change::Text("2020"), "to: 2021", "to: 2020");
        check("thresholds[1].level", Change::Text("2"), "1.5", "2");
        check("thresholds[1].name", Change::Text("deep"), "'it''s'", "deep");
        check("thresholds[0].scopes[1]", Change::Text("region"), "\"group\"", "region");
        check("description", Change::Text("One."), ">-\n  Two lines\n  of text.", "One.");
        check("gaps", Change::Yaml("{ policy: none }"), "gaps:", "gaps: { policy: none }");
    }

    #[test]
    fn a_text_that_would_be_read_as_something_else_has_quotes() {
        check("name", Change::Text("a: {"), "name: a #", "name: \"a: {\" #");
        check("name", Change::Text(""), "name: a #", "name: \"\" #");
        check("name", Change::Text("x # y"), "name: a #", "name: \"x # y\" #");
        check("years.last", Change::Text("20, first: 1"), "last: 2022", "last: \"20, first: 1\"");
    }

    #[test]
    fn whole_mappings_and_lists_are_changed() {
        let flat = Change::Yaml("{ model: constant }");
        check(
            "projection.emissions",
            flat,
            "{ model: log-linear, from: 2012, to: 2021 }",
            "{ model: constant }",
        );
        let block = "\n    model: rate\n\n    rate: -0.43 %/yr   # a year";
        check("projection.sink", flat, block, " { model: constant }");
        check("thresholds[0].scopes", Change::Yaml("[ region ]"), "[nation, \"group\"]", "[ region ]");
    }

    #[test]
    fn what_is_not_written_is_put_where_it_belongs() {
        check("years.step", Change::Text("1"), "last: 2022 }", "last: 2022, step: 1 }");
        check(
            "projection.regions.Hebei.sink.rate",
            Change::Text("1 %/yr"),
            "{}",
            "{ Hebei: { sink: { rate: 1 %/yr } } }",
        );
        check("projection.sink.after", Change::Text("x"), "# a year", "# a year\n    after: x");
        check(
            "projection.population.model",
            Change::Text("x"),
            "regions: {}",
            "regions: {}\n  population: { model: x }",
        );
        check("thresholds[0].level", Change::Text("1"), "\"group\"]", "\"group\"]\n  level: 1");
        check("seed", Change::Text("1"), "gaps:", "gaps:\nseed: 1");
        check("gaps.policy", Change::Text("none"), "gaps:", "gaps: { policy: none }");
    }

    #[test]
    fn a_key_is_taken_away() {
        check("years.first", Change::Remove, "{ first: 2000, last", "{ last");
        check("years.last", Change::Remove, ", last: 2022", "");
        check("projection.emissions.from", Change::Remove, "from: 2012, ", "");
        check("projection.sink.rate", Change::Remove, "    rate: -0.43 %/yr   # a year\n", "");
        check(
            "projection.sink",
            Change::Remove,
            "  sink:\n    model: rate\n\n    rate: -0.43 %/yr   # a year\n",
            "",
        );
        check("description", Change::Remove, "description: >-\n  Two lines\n  of text.\n", "");
        check("gaps", Change::Remove, "gaps:\n", "");
        assert_eq!(edit(TEXT, "nothing.there", Change::Remove).unwrap(), TEXT);
        assert_eq!(edit("a: 1\nb:\n  c: { d: 2 }\n", "b.c.d", Change::Remove).unwrap(), "a: 1\n");
    }

    #[test]
    fn what_cannot_be_proved_is_refused() {
        for (text, key, change) in [
            ("a: &x 1\nb: *x\n", "a", Change::Text("2")),
            ("a: !append [1]\n", "a", Change::Yaml("[2]")),
            ("a: 1\n", "a.b", Change::Text("2")),
            ("a: 1\n", "a[0]", Change::Text("2")),
            ("a: [1]\n", "a[1]", Change::Text("2")),
            ("a: {\n", "a", Change::Text("2")),
            ("a: 1\n", "", Change::Text("2")),
            ("a: 1\n", "a", Change::Yaml("[2")),
            ("a: 1\n", "b", Change::Yaml("2\nc: 3")),
            ("- a: 1\n  b: 2\n", "[0].a", Change::Remove),
        ] {
            assert!(edit(text, key, change).is_err(), "{text:?} {key} {change:?}");
        }
    }

    #[test]
    fn every_key_of_every_layout_can_be_changed() {
        let plain = crate::load_str("a.yaml", SCENARIO, None).expect("it is sound");
        for text in [
            crate::to_commented_yaml(plain.scenario(), &[]),
            crate::to_yaml(plain.scenario()),
            SCENARIO.to_owned(),
        ] {
            let keys = written(&text);
            assert!(keys.len() > 8);
            for (key, value, place) in &keys {
                let other = edit(&text, key, Change::Text("other"))
                    .unwrap_or_else(|why| panic!("{key}: {why}\n{text}"));
                let now = written(&other);
                assert_eq!(now.len(), keys.len(), "{key}");
                let changed: Vec<_> =
                    now.iter().zip(&keys).filter(|(a, b)| (&a.0, &a.1) != (&b.0, &b.1)).collect();
                assert!(
                    matches!(changed.as_slice(), [(of, _)] if of.0 == *key && of.1 == "other" && of.2.line == place.line),
                    "{key}: {changed:?}"
                );
                if !value.is_empty() && !matches!(value.as_str(), "[]" | "{}") {
                    let back = edit(&other, key, Change::Text(value)).expect(key);
                    assert_eq!(
                        written(&back).iter().map(|of| &of.1).collect::<Vec<_>>(),
                        keys.iter().map(|of| &of.1).collect::<Vec<_>>()
                    );
                }
            }
        }
    }

    const SCENARIO: &str = "
name: as-today
data: china-provinces
years: { first: 2000, last: 2022 }
accounting: { preset: coherent }
land:
  source: inventory
  classes:
    forest: { npp: 3.8096 t/hm2, share: 0.8272 }
    grassland:
      npp: 0.9482 t/hm2
      share: 0.1728
projection:
  horizon: 2030
  emissions: { model: constant }
  sink: { model: rate, rate: -0.43 %/yr }
thresholds:
  - name: capacity
    kind: capacity
  - { name: depth, kind: depth, level: 1.5 }
";
}
