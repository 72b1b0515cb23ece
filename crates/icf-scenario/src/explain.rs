//! Which file and line gave a value, through all layers.

use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};

use crate::family;
use crate::layers::{self, Layers, OWN_KEYS};
use crate::loaded::{check_tree, find_node, find_span, refuse};
use crate::printed::to_keys;
use crate::schema::{nearest, suggest};
use crate::syntax::Node;

/// A key of a resolved scenario and where its value comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The key, e.g. `projection.sink.rate`.
    pub key: String,
    /// Its value in the resolved scenario.
    pub value: String,
    /// Where the value stands; `None` for a default.
    pub place: Option<Place>,
    /// What the files below say, the nearest one first: each value is covered by the one before.
    pub covered: Vec<(String, Place)>,
}

/// Explains a key of a scenario file and all keys below it; an empty key explains all. `sets` are `path=value`, and
/// `member` is the name of a variant or of a point of the sweep.
///
/// # Errors
/// With every mistake of the scenario, or when there is no such key or member.
pub fn explain(
    path: &Path,
    key: &str,
    sets: &[String],
    member: Option<&str>,
) -> Result<Vec<Explained>, Diagnostics> {
    let layers = layers::from_file(path);
    let Layers { sources, tree, mistakes, complete, trees } = layers;
    let Some(mut base) = tree.clone() else { return Err(refuse(mistakes, &sources)) };
    base.retain(|key| !family::KEYS.contains(&key));
    check_tree(sources.clone(), base, mistakes, complete)?;
    let family = crate::load_family(path, sets)?;
    let found = match member {
        None => &family.members[0],
        Some(name) => family
            .members
            .iter()
            .find(|found| found.name == name || found.name == format!("{}.{name}", family.members[0].name))
            .ok_or_else(|| {
                let base = family.members[0].name.as_str();
                let others = family.members.iter().skip(1);
                let short = others.filter_map(|member| member.name.strip_prefix(base)?.strip_prefix('.'));
                let mistake = Diagnostic::error("unknown-member", format!("there is no member `{name}`"))
                    .at(Place::file(path.display().to_string()));
                mistake.hint(suggest(name, std::iter::once(base).chain(short)))
            })?,
    };
    let loaded = found.load()?;
    let keys = to_keys(loaded.scenario());
    let below =
        |of: &str| of.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    let wanted: Vec<(String, String)> =
        keys.iter().filter(|(of, _)| key.is_empty() || below(of)).cloned().collect();
    if wanted.is_empty() {
        let message = format!("a resolved scenario has no key `{key}`");
        let hint = remedy(path, key, &keys);
        let mistake = Diagnostic::error("unknown-key", message).at(Place::file(path.display().to_string()));
        return Err(mistake.hint(hint).into());
    }
    let explained = wanted.into_iter().map(|(key, value)| {
        let place = loaded.place_of(&key);
        // A name is a file's own: it covers none of those below.
        let is_own = OWN_KEYS.contains(&key.as_str());
        let given = trees.iter().rev().filter(|_| !is_own).filter_map(|tree: &Node| {
            let node = find_node(tree, &key)?;
            let value = node.text().map_or_else(|| node.describe(), str::to_owned);
            Some((value, sources.place(find_span(tree, &key).0?)))
        });
        let covered = given.filter(|(_, of)| place.as_ref() != Some(of)).collect();
        Explained { key, value, place, covered }
    });
    Ok(explained.collect())
}

/// What to ask instead of a key that a resolved scenario does not have.
fn remedy(path: &Path, key: &str, keys: &[(String, String)]) -> String {
    let file = path.display();
    let mut steps = key.split('.');
    match (steps.next(), steps.next(), steps.next()) {
        (Some("variants"), Some(name), Some(_)) => {
            let rest = key.splitn(3, '.').nth(2).unwrap_or_default();
            return format!("what a variant makes of it: `icf explain {file} {rest} --member {name}`");
        }
        (Some("variants"), ..) => {
            return format!("what a variant makes of all keys: `icf explain {file} --member NAME`");
        }
        (Some("sweep"), ..) => {
            return format!("what a point of the sweep makes of all keys: `icf explain {file} --member 1`");
        }
        (Some("compare" | "extends"), ..) => {
            return format!("`icf explain {file}` says of every key which file it comes from");
        }
        _ => {}
    }
    let mut known: Vec<&str> = keys.iter().map(|(key, _)| key.as_str()).collect();
    known.extend(keys.iter().filter_map(|(key, _)| Some(key.rsplit_once('.')?.0)));
    match nearest(key, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("`icf explain {file}` lists all keys"),
    }
}
