//! A value laid onto a tree by its path: `projection.sink.rate`, `thresholds[0].level`.

use icf_diagnostics::Diagnostic;

use crate::layers::merge;
use crate::schema::{Schema, Shape};
use crate::syntax::{Entry, Kind, Node, SourceFile, Sources, Span, parse};

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Item(usize),
}

/// The steps of a path; `None` when it is no path.
pub(crate) fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, mut rest) = match part.find('[') {
            Some(at) => part.split_at(at),
            None => (part, ""),
        };
        if key.is_empty() {
            return None;
        }
        steps.push(Step::Key(key.to_owned()));
        while !rest.is_empty() {
            let (number, after) = rest.strip_prefix('[')?.split_once(']')?;
            steps.push(Step::Item(number.parse().ok()?));
            rest = after;
        }
    }
    Some(steps)
}

/// Why a value cannot be laid onto a tree.
pub(crate) struct Refused {
    pub(crate) message: String,
    pub(crate) hint: String,
}

/// Lays `value` onto `tree` at a path. Mappings on the way are made where there are none, and merge as layers do; the
/// place of what is made is `span`.
pub(crate) fn assign(tree: Node, path: &str, value: Node, span: Span) -> Result<Node, Refused> {
    let Some(steps) = steps(path) else {
        return Err(Refused {
            message: format!("`{path}` is no path of keys"),
            hint: "write `projection.sink.rate`, or `thresholds[0].level`".to_owned(),
        });
    };
    lay(Some(tree), &steps, value, span, Some(Schema::scenario()), path)
}

fn lay(
    base: Option<Node>,
    steps: &[Step],
    value: Node,
    span: Span,
    schema: Option<Schema>,
    path: &str,
) -> Result<Node, Refused> {
    let Some((step, rest)) = steps.split_first() else {
        return Ok(match base {
            Some(base) => merge(base, value, schema),
            None => value,
        });
    };
    match step {
        Step::Key(key) => {
            let shape = schema.map(Shape::of).unwrap_or_default();
            let inner = base.as_ref().and_then(|base| shape.mapping(base));
            let below = base.as_ref().and_then(|base| base.entry(key)).map(|entry| entry.value.clone());
            let property = inner.and_then(|schema| schema.property(key));
            let laid = lay(below, rest, value, span, property, path)?;
            let entry = Entry { key: key.clone(), key_span: span, value: laid, behind: None };
            let over = Node { span, tag: None, kind: Kind::Mapping(vec![entry]) };
            Ok(match base {
                Some(base) if matches!(base.kind, Kind::Mapping(_)) => merge(base, over, schema),
                _ => over,
            })
        }
        Step::Item(index) => {
            let refused = |why: String, hint: &str| Refused {
                message: format!("there is no item {index} for `{path}`: {why}"),
                hint: hint.to_owned(),
            };
            let write_it = "write the list in the file";
            let Some(mut base) = base else { return Err(refused("there is no list".to_owned(), write_it)) };
            let Kind::Sequence(items) = &mut base.kind else {
                return Err(refused(format!("it is {}, not a list", base.describe()), write_it));
            };
            let count = items.len();
            let Some(item) = items.get_mut(*index) else {
                let why = format!("the list has {count} item{}", if count == 1 { "" } else { "s" });
                let last =
                    format!("items are counted from 0, so the last one is {}", count.saturating_sub(1));
                return Err(refused(why, if count == 0 { write_it } else { &last }));
            };
            let of = schema.map(Shape::of).and_then(|shape| shape.item());
            *item = lay(Some(item.clone()), rest, value, span, of, path)?;
            Ok(base)
        }
    }
}

/// A `path=value` of the command line; the value is YAML.
pub(super) struct Set {
    path: String,
    value: Node,
    span: Span,
}

impl Set {
    /// Lays the value onto a tree.
    pub(super) fn lay(&self, sources: &Sources, tree: Node) -> Result<Node, Box<Diagnostic>> {
        assign(tree, &self.path, self.value.clone(), self.span).map_err(|refused| {
            let mistake = sources.file_error(self.span.file, "set", refused.message);
            Box::new(mistake.hint(refused.hint))
        })
    }
}

/// Reads one `path=value` of the command line.
pub(super) fn set(sources: &mut Sources, set: &str) -> Result<Set, Box<Diagnostic>> {
    let wrong = |message: String| {
        let mistake = Diagnostic::error("set", message);
        Box::new(mistake.hint("write `--set projection.sink.rate='-0.86 %/yr'`"))
    };
    let Some((path, value)) = set.split_once('=') else {
        return Err(wrong(format!("`--set {set}` has no `=`")));
    };
    let file = sources.add(SourceFile::new(format!("--set {path}"), None, None, value.to_owned()));
    let (node, mistakes) = parse(sources, file);
    if let Some(mistake) = mistakes.into_iter().next() {
        return Err(Box::new(mistake));
    }
    let span = Span { file, line: 1, column: 1, length: value.chars().count() };
    let value = node.unwrap_or_else(|| Node::quoted(span, String::new()));
    Ok(Set { path: path.trim().to_owned(), value, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let key = |key: &str| Step::Key(key.to_owned());
        assert_eq!(steps("a.b"), Some(vec![key("a"), key("b")]));
        assert_eq!(steps("a[0].b[12]"), Some(vec![key("a"), Step::Item(0), key("b"), Step::Item(12)]));
        for wrong in ["", "a..b", "a[", "a[x]", "[0]", "a]"] {
            assert!(steps(wrong).is_none() || wrong == "a]", "{wrong}");
        }
    }
}
