//! A scenario file as a family: the scenario itself, its variants, and the members of its sweep.

pub(crate) mod assign;
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

/// Reads a scenario file with its variants and sweep; `sets` are `path=value`, laid over the base and over every
/// variant; the points of the sweep are laid over the base with its sets.
///
/// # Errors
/// With every mistake of the base, of the sets, of the keys that make the family, and then of the variants too. In a family
/// without such a mistake, one of a member alone stands with the member.
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
    let mut read = Vec::new();
    for set in sets {
        match assign::set(&mut sources, set) {
            Ok(set) => read.push(set),
            Err(mistake) => mistakes.push(*mistake),
        }
    }
    for set in &read {
        match set.lay(&sources, tree.clone()) {
            Ok(with) => tree = with,
            Err(mistake) => mistakes.push(*mistake),
        }
    }
    let name = tree.entry("name").and_then(|name| name.value.text()).unwrap_or_default().to_owned();
    let (base, mut found) = match check_tree(sources.clone(), tree.clone(), mistakes, complete) {
        Ok(base) => (Some(base), Vec::new()),
        Err(mistakes) => (None, mistakes.into_iter().collect()),
    };
    let is_sound = base.is_some();
    let tree = Arc::new(tree);
    let mut members: Vec<Member> = base.map(|base| Member::base(name.clone(), base)).into_iter().collect();
    if let Some(entry) = &variants {
        members.extend(variants::members(&sources, &name, &tree, entry, &read, &mut found));
    }
    let variants = members.iter().filter(|member| member.kind == MemberKind::Variant);
    let named: Vec<String> =
        std::iter::once(name.clone()).chain(variants.map(|member| member.name.clone())).collect();
    let mut settings = Settings::default();
    if let Some(entry) = &sweep {
        members.extend(sweep::members(&sources, &name, &tree, entry, &mut settings, &mut found));
    }
    if let Some(entry) = &sweep
        && settings.outputs == SweepOutputs::Rows
        && let Some(base) = members.first_mut().filter(|member| member.kind == MemberKind::Base)
    {
        base.warn_of_rows(&sources, entry);
    }
    let compare = compare.as_ref().and_then(|entry| compare::read(&sources, entry, &named, &mut found));
    if !is_sound || !found.is_empty() {
        // A file that is refused tells the mistakes of its variants at the same time, but for those that they have of the
        // base, and those that come of a file below that could not be read.
        for member in members.iter().filter(|member| complete && member.kind == MemberKind::Variant) {
            let more = member.load().err().into_iter().flatten();
            let more: Vec<Diagnostic> = more.filter(|mistake| !found.contains(mistake)).collect();
            found.extend(more);
        }
        return Err(refuse(found, &sources));
    }
    Ok(Family { members, compare, settings })
}

/// Notes a mistake at the key of an entry.
fn at_key(sources: &Sources, entry: &Entry, code: &'static str, message: String) -> Diagnostic {
    sources.error(entry.key_span, code, message)
}
