//! `variants`: named overrides in one file.

use icf_diagnostics::Diagnostic;

use super::assign::Set;
use super::{Member, at_key};
use crate::layers::merge;
use crate::schema::Schema;
use crate::syntax::{Entry, Kind, Node, Sources};

/// One member a variant: the base with the variant's keys laid over it.
pub(super) fn members(
    sources: &Sources,
    base: &str,
    tree: &Node,
    entry: &Entry,
    sets: &[Set],
    mistakes: &mut Vec<Diagnostic>,
) -> Vec<Member> {
    let Kind::Mapping(variants) = &entry.value.kind else {
        let message = format!("`variants` must be a mapping, found {}", entry.value.describe());
        let mistake = sources.error(entry.value.span, "wrong-type", message);
        mistakes.push(mistake.hint("write `variants: { fast: { projection: … } }`"));
        return vec![];
    };
    let mut members = Vec::new();
    for variant in variants {
        if !matches!(variant.value.kind, Kind::Mapping(_)) {
            let message = format!(
                "variant `{}` must be a mapping of keys, found {}",
                variant.key,
                variant.value.describe()
            );
            mistakes.push(sources.error(variant.value.span, "wrong-type", message));
            continue;
        }
        if let Some(own) = variant.value.entry("name") {
            let mistake = at_key(
                sources,
                own,
                "variant-name",
                format!("variant `{}` has its name already", variant.key),
            );
            mistakes.push(mistake.hint(format!("it is called `{base}.{}`", variant.key)));
            continue;
        }
        if let Some(why) = taken(&variant.key) {
            let message = format!("a variant cannot be called `{}`: {why}", variant.key);
            mistakes.push(at_key(sources, variant, "variant-name", message).hint("give it another name"));
            continue;
        }
        let name = format!("{base}.{}", variant.key);
        // What the command line says comes last, after the variant too.
        let merged = merge(tree.clone(), variant.value.clone(), Some(Schema::scenario()));
        let mut tree = match sets.iter().try_fold(merged, |tree, set| set.lay(sources, tree)) {
            Ok(tree) => tree,
            Err(mistake) => {
                mistakes.push(*mistake);
                continue;
            }
        };
        tree.put("name", variant.key_span, Node::quoted(variant.key_span, name.clone()));
        members.push(Member::variant(name, sources.clone(), tree));
    }
    members
}

/// Why a name is not free: members leave their folders side by side.
fn taken(name: &str) -> Option<&'static str> {
    if name == "family" {
        Some("the folder of the whole family has that name")
    } else if name.bytes().all(|byte| byte.is_ascii_digit()) {
        Some("the points of a sweep have numbers")
    } else {
        None
    }
}
