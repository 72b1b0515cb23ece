//! A scenario file as a family: the scenario itself, its variants, and the members of its sweep.

mod assign;
mod compare;
mod member;
mod settings;
mod sweep;
mod variants;

use std::path::Path;
use std::sync::Arc;

use icf_diagnostics::{Diagnostic, Diagnostics};

use crate::layers::{self, Layers};
use crate::loaded::{check_tree, refuse};
use crate::syntax::{Entry, Sources};

pub use compare::{Compare, Declared};
pub use member::{Member, MemberKind};
pub use settings::{Settings, SweepOutputs};

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
    let tree = Arc::new(tree);
    let mut members = vec![Member::base(name.clone(), base)];
    if let Some(entry) = &variants {
        members.extend(variants::members(&sources, &name, &tree, entry, &mut found));
    }
    let named: Vec<String> = members.iter().map(|member| member.name.clone()).collect();
    let mut settings = Settings::default();
    if let Some(entry) = &sweep {
        members.extend(sweep::members(&sources, &name, &tree, entry, &mut settings, &mut found));
    }
    let compare = compare.as_ref().and_then(|entry| compare::read(&sources, entry, &named, &mut found));
    if !found.is_empty() {
        return Err(refuse(found, &sources));
    }
    Ok(Family { members, compare, settings })
}

/// Notes a mistake at the key of an entry.
fn at_key(sources: &Sources, entry: &Entry, code: &'static str, message: String) -> Diagnostic {
    sources.error(entry.key_span, code, message)
}
