//! A scenario file as a family: the scenario itself, its variants, and the members of its sweep.

mod assign;
mod compare;
mod settings;
mod sweep;
mod variants;

use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics};

use crate::Loaded;
use crate::layers::{self, Layers};
use crate::loaded::{check_tree, refuse};
use crate::syntax::{Entry, Node, Sources};

pub use compare::Compare;
pub use settings::{Settings, SweepOutputs};

/// What a member of a family is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// The scenario as the file says it.
    Base,
    /// One of its variants.
    Variant,
    /// One point of its sweep.
    Sweep,
}

/// One scenario of a family.
#[derive(Clone, Debug)]
pub struct Member {
    /// What it is.
    pub kind: MemberKind,
    /// Its name: that of the base, with the variant's name or the number of the point behind a dot.
    pub name: String,
    /// The keys of the sweep with this member's values, as they are written.
    pub settings: Vec<(String, String)>,
    /// The scenario, or its mistakes.
    pub loaded: Result<Loaded, Diagnostics>,
}

/// All scenarios of a file, the base first, then variants in their order, then the points of the sweep.
#[derive(Clone, Debug)]
pub struct Family {
    /// The members.
    pub members: Vec<Member>,
    /// Which members are put side by side, when the file says so.
    pub compare: Option<Compare>,
    /// How the sweep is written.
    pub settings: Settings,
}

/// Reads a scenario file with its variants and sweep; `sets` are `path=value`, laid over the file and every member.
///
/// # Errors
/// With every mistake of the base, of the sets, and of the keys that make the family. A mistake of one member alone stands
/// with the member.
pub fn load_family(path: &Path, sets: &[String]) -> Result<Family, Diagnostics> {
    resolve(layers::from_file(path), sets)
}

/// Takes a text for a scenario file; see [`load_family`].
///
/// # Errors
/// As [`load_family`].
pub fn family_from_str(
    name: &str,
    text: &str,
    base: Option<&Path>,
    sets: &[String],
) -> Result<Family, Diagnostics> {
    resolve(layers::from_text(name, text, base), sets)
}

/// The keys of a file that make a family; they are the file's own and no part of a scenario.
pub(crate) const KEYS: [&str; 3] = ["variants", "sweep", "compare"];

/// A member on its way: its tree and what it is called.
struct Draft {
    kind: MemberKind,
    name: String,
    settings: Vec<(String, String)>,
    tree: Node,
}

fn resolve(layers: Layers, sets: &[String]) -> Result<Family, Diagnostics> {
    let Layers { mut sources, tree, mut mistakes, complete, .. } = layers;
    let Some(mut tree) = tree else { return Err(refuse(mistakes, &sources)) };
    let [variants, sweep, compare] = KEYS.map(|key| tree.take(key));
    for set in sets {
        match assign::set(&mut sources, tree.clone(), set) {
            Ok(with) => tree = with,
            Err(mistake) => mistakes.push(*mistake),
        }
    }
    let base = check_tree(sources.clone(), tree.clone(), mistakes, complete)?;
    let name = base.scenario().name.clone();
    let mut found = Vec::new();
    let first = Draft { kind: MemberKind::Base, name, settings: vec![], tree };
    let mut drafts = vec![first];
    if let Some(entry) = &variants {
        let made = variants::drafts(&sources, &drafts[0], entry, &mut found);
        drafts.extend(made);
    }
    let variant_names: Vec<String> = drafts.iter().map(|draft| draft.name.clone()).collect();
    let mut settings = Settings::default();
    if let Some(entry) = &sweep {
        let points = sweep::drafts(&sources, &drafts[0], entry, &mut settings, &mut found);
        drafts.extend(points);
    }
    let compare =
        compare.as_ref().and_then(|entry| compare::read(&sources, entry, &variant_names, &mut found));
    if !found.is_empty() {
        return Err(refuse(found, &sources));
    }
    let members = drafts
        .into_iter()
        .enumerate()
        .map(|(place, draft)| Member {
            kind: draft.kind,
            loaded: match place {
                0 => Ok(base.clone()),
                _ => check_tree(sources.clone(), draft.tree, vec![], true),
            },
            name: draft.name,
            settings: draft.settings,
        })
        .collect();
    Ok(Family { members, compare, settings })
}

/// The name of a member: the base's, a dot, and its own.
fn named(base: &Draft, own: &str, at: &Entry) -> Node {
    Node::quoted(at.key_span, format!("{}.{own}", base.name))
}

/// Notes a mistake at the key of an entry.
fn at_key(sources: &Sources, entry: &Entry, code: &'static str, message: String) -> Diagnostic {
    sources.error(entry.key_span, code, message)
}
