//! Which file and line gave a value, through all layers.

use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};

use crate::family;
use crate::layers::{self, Layers};
use crate::loaded::{check_tree, find_node, refuse};
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
                let names: Vec<&str> = family.members.iter().map(|member| member.name.as_str()).collect();
                let mistake = Diagnostic::error("unknown-member", format!("there is no member `{name}`"));
                mistake.hint(suggest(name, names))
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
        let mut known: Vec<&str> = keys.iter().map(|(key, _)| key.as_str()).collect();
        known.extend(keys.iter().filter_map(|(key, _)| Some(key.rsplit_once('.')?.0)));
        let hint = match nearest(key, known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`icf explain FILE` lists all keys".to_owned(),
        };
        return Err(Diagnostic::error("unknown-key", message).hint(hint).into());
    }
    let explained = wanted.into_iter().map(|(key, value)| {
        let place = loaded.place_of(&key);
        let given = trees.iter().rev().filter_map(|tree: &Node| {
            let node = find_node(tree, &key)?;
            Some((node.text().unwrap_or_default().to_owned(), sources.place(node.span)))
        });
        let covered = given.filter(|(_, of)| place.as_ref() != Some(of)).collect();
        Explained { key, value, place, covered }
    });
    Ok(explained.collect())
}
