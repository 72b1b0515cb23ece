//! One tree over another.

use crate::schema::{Schema, Shape, renamed};
use crate::syntax::{Entry, Kind, Node};

/// The tags by which a layer says that it does not replace: a list that goes on, and a key that is taken away.
pub(crate) const APPEND: &str = "!append";
pub(crate) const UNSET: &str = "!unset";

/// Lays `over` onto `base`: mappings are merged key by key, everything else is replaced, unless a tag says otherwise:
/// `!append` puts a list behind the one below, and `!unset` takes its key away.
///
/// Where the language tells mappings apart by a tag (`model`, `policy`, `rule`), another tag replaces the
/// whole mapping: `{ model: constant }` over `{ model: log-linear, from: 2012, to: 2021 }` keeps nothing of it.
pub(crate) fn merge(base: Node, over: Node, schema: Option<Schema>) -> Node {
    let shape = schema.map(Shape::of).unwrap_or_default();
    if is_another(&base, &over, &shape) {
        return over;
    }
    // Without a tag of its own, the upper mapping is what the lower one is.
    let schema = shape.mapping(&over).or_else(|| shape.mapping(&base));
    match (base.kind, over.kind) {
        (Kind::Mapping(below), Kind::Mapping(above)) => {
            Node { kind: Kind::Mapping(merge_entries(below, above, schema)), span: over.span, tag: over.tag }
        }
        (Kind::Sequence(mut below), Kind::Sequence(above)) if over.tag.as_deref() == Some(APPEND) => {
            below.extend(above);
            Node { kind: Kind::Sequence(below), span: over.span, tag: None }
        }
        (_, kind) => Node { kind, span: over.span, tag: over.tag },
    }
}

fn merge_entries(mut below: Vec<Entry>, above: Vec<Entry>, schema: Option<Schema>) -> Vec<Entry> {
    for entry in above {
        match below.iter().position(|known| known.key == entry.key) {
            Some(place) if entry.value.tag.as_deref() == Some(UNSET) => {
                below.remove(place);
            }
            Some(place) => {
                let schema = schema.and_then(|schema| schema.property(&entry.key));
                let base = below[place].value.clone();
                below[place] = Entry { value: merge(base, entry.value, schema), ..entry };
            }
            None => below.push(entry),
        }
    }
    below
}

fn is_another(base: &Node, over: &Node, shape: &Shape) -> bool {
    let tag = |node: &Node| {
        shape.tag_key().and_then(|key| Some(renamed(node.entry(key)?.value.text()?).to_owned()))
    };
    matches!((tag(base), tag(over)), (Some(base), Some(over)) if base != over)
}
