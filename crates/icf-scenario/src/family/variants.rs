//! `variants`: named overrides in one file.

use icf_diagnostics::Diagnostic;

use super::{Draft, MemberKind, at_key, named};
use crate::layers::merge;
use crate::schema::Schema;
use crate::syntax::{Entry, Kind, Sources};

/// One member a variant: the base with the variant's keys laid over it.
pub(super) fn drafts(
    sources: &Sources,
    base: &Draft,
    entry: &Entry,
    mistakes: &mut Vec<Diagnostic>,
) -> Vec<Draft> {
    let Kind::Mapping(variants) = &entry.value.kind else {
        let message = format!("`variants` must be a mapping, found {}", entry.value.describe());
        let mistake = sources.error(entry.value.span, "wrong-type", message);
        mistakes.push(mistake.hint("write `variants: { fast: { projection: … } }`"));
        return vec![];
    };
    let mut drafts = Vec::new();
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
            mistakes.push(mistake.hint(format!("it is called `{}.{}`", base.name, variant.key)));
            continue;
        }
        let mut tree = merge(base.tree.clone(), variant.value.clone(), Some(Schema::scenario()));
        tree.put("name", variant.key_span, named(base, &variant.key, variant));
        drafts.push(Draft {
            kind: MemberKind::Variant,
            name: format!("{}.{}", base.name, variant.key),
            settings: vec![],
            tree,
        });
    }
    drafts
}
