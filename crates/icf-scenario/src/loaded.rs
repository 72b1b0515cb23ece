//! A scenario that was read and checked, with the places it came from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use serde_yaml::{Mapping, Value};

use crate::checks;
use crate::family::assign::{Refused, assign};
use crate::layers::{self, Layers};
use crate::schema::{self, Checked};
use crate::slip::slip;
use crate::syntax::{Entry, Kind, Node, SourceFile, Sources, Span};
use crate::{Known, Scenario, family};

/// Reads a scenario and all that it extends.
///
/// # Errors
/// With every mistake of every file, in the order of the files and lines.
pub fn load(path: &Path) -> Result<Loaded, Diagnostics> {
    resolve(layers::from_file(path))
}

/// Takes a text for a scenario. `name` stands for it in messages, and what it extends is looked for in the
/// folder `base`.
///
/// # Errors
/// With every mistake of every file, in the order of the files and lines.
pub fn load_str(name: &str, text: &str, base: Option<&Path>) -> Result<Loaded, Diagnostics> {
    resolve(layers::from_text(name, text, base))
}

fn resolve(layers: Layers) -> Result<Loaded, Diagnostics> {
    let Layers { sources, tree, mistakes, complete, .. } = layers;
    let Some(mut tree) = tree else { return Err(refuse(mistakes, &sources)) };
    tree.retain(|key| !family::KEYS.contains(&key));
    check_tree(sources, tree, mistakes, complete)
}

/// Mistakes in the order of the files and lines.
pub(crate) fn refuse(mut mistakes: Vec<Diagnostic>, sources: &Sources) -> Diagnostics {
    sources.sort(&mut mistakes);
    mistakes.iter_mut().for_each(tell_slip);
    let mut all = Diagnostics::default();
    all.extend(mistakes);
    all
}

/// Where a mistake stands on what people write by habit, its hint says what to write.
fn tell_slip(mistake: &mut Diagnostic) {
    // A parser's mistake looks at the lines itself, and a name may hold any letters.
    let (Some(place), Some(line)) = (&mistake.place, &mistake.source_line) else { return };
    if mistake.code == "ill-formed" || mistake.message.contains("the name of a scenario") {
        return;
    }
    let before = place.column.unwrap_or(1).saturating_sub(1 + mistake.left_out);
    let marked: String = line.chars().skip(before).take(place.length).collect();
    if let Some(hint) = slip(&marked) {
        mistake.hint = Some(hint);
    }
}

/// Holds a merged tree against the schema and the checks; `mistakes` are those found on the way to it.
pub(crate) fn check_tree(
    sources: Sources,
    tree: Node,
    mut mistakes: Vec<Diagnostic>,
    complete: bool,
) -> Result<Loaded, Diagnostics> {
    let Checked { value, mistakes: found, tainted, out } = schema::check(&tree, &sources, complete);
    mistakes.extend(found);
    let mut sound = Sound { tainted, lacking: BTreeSet::new() };
    let mut whole = None;
    let mut tree = tree;
    if !out.is_empty() {
        sound.lacking =
            out.iter().filter_map(|way| Some(tree.entries().get(*way.first()?)?.key.clone())).collect();
        whole = Some(tree.clone());
        tree.take_out(&out.iter().map(Vec::as_slice).collect::<Vec<_>>());
    }
    let (scenario, sound) = match serde_yaml::from_value::<Scenario>(value.clone()) {
        Ok(scenario) => (scenario, sound),
        Err(error) => {
            // What the schema has found says it better, and with its place.
            if mistakes.is_empty() {
                let message = format!("cannot be read as a scenario: {error}");
                mistakes.push(sources.file_error(tree.span.file, "unreadable", message));
            }
            // The other parts of the scenario are judged all the same.
            let Some(found) = stand_in(value, sound) else { return Err(refuse(mistakes, &sources)) };
            found
        }
    };
    let mut loaded = Loaded { scenario, sources, tree, whole, warnings: Diagnostics::default() };
    mistakes.extend(checks::check(&loaded, &sound));
    if mistakes.iter().any(Diagnostic::is_error) {
        return Err(refuse(mistakes, &loaded.sources));
    }
    loaded.sources.sort(&mut mistakes);
    loaded.warnings.extend(mistakes);
    Ok(loaded)
}

/// Required keys of a scenario, to stand in for those that a user has written wrong or not at all.
const SOUND: &str = "
    name: stand-in
    data: china-provinces
    years: { first: 2000, last: 2022 }
    accounting: { preset: coherent }
    land:
      source: inventory
      classes:
        forest: { npp: 1 t/hm2, share: 1 }
    projection:
      horizon: 2030
      emissions: { model: constant }
      sink: { model: constant }
";

/// A scenario in which sound keys stand for the tainted and the missing ones, so that the checks of all other keys can be
/// made; with the keys that no check may rely on.
fn stand_in(value: Value, mut sound: Sound) -> Option<(Scenario, Sound)> {
    let Value::Mapping(mut keys) = value else { return None };
    keys.retain(|key, _| key.as_str().is_some_and(|key| !sound.tainted.contains(key)));
    let words: Mapping = serde_yaml::from_str(SOUND).expect("the text above is YAML");
    for (key, value) in words {
        if !keys.contains_key(&key) {
            sound.tainted.extend(key.as_str().map(str::to_owned));
            keys.insert(key, value);
        }
    }
    Some((serde_yaml::from_value(Value::Mapping(keys)).ok()?, sound))
}

/// What checks may rely on in a scenario of which the schema has found something wrong.
pub(crate) struct Sound {
    /// The top-level keys whose values are not what the user meant.
    pub(crate) tainted: BTreeSet<String>,
    /// Those of which parts were taken out; the rest of each is what was meant.
    pub(crate) lacking: BTreeSet<String>,
}

/// A scenario that was read and checked, with the places it came from.
#[derive(Clone, Debug)]
pub struct Loaded {
    scenario: Scenario,
    sources: Sources,
    tree: Node,
    /// With the parts that were taken out of the tree because something is wrong with them.
    whole: Option<Node>,
    warnings: Diagnostics,
}

impl Loaded {
    /// What the scenario says, every default filled in.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The same scenario with something else in it, as a program that tries alternatives wants it. Places stay those of
    /// the files, and nothing is checked again: the change is the program's, not the user's.
    #[must_use]
    pub fn changed(&self, change: impl FnOnce(&mut Scenario)) -> Self {
        let mut other = self.clone();
        change(&mut other.scenario);
        other
    }

    /// Every YAML file that was read, the scenario's own first.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        self.sources.as_slice()
    }

    /// What the reader should know although the scenario can be used.
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    pub(crate) fn warn(&mut self, warning: Diagnostic) {
        self.warnings.push(warning);
    }

    /// Where the value of a key stands, e.g. of `projection.emissions.rate` or `thresholds[0].level`: a scalar
    /// itself, or else the key. `None` when no file says it and the default holds.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Option<Place> {
        let (span, complete) = self.find(key);
        span.filter(|_| complete).map(|span| self.sources.place(span))
    }

    /// Every key with a value of its own, its value as it is written, and where it stands; defaults are not among them.
    #[must_use]
    pub fn written(&self) -> Vec<(String, String, Place)> {
        let mut found = Vec::new();
        walk(&self.tree, String::new(), &mut |key, node| {
            found.push((key, node.text().unwrap_or("[]").to_owned(), self.sources.place(node.span)));
        });
        found
    }

    /// An error at a key, or at the nearest key above it that a file names, with its line.
    #[must_use]
    pub fn diagnose(&self, key: &str, code: &'static str, message: String) -> Diagnostic {
        match self.find(key).0 {
            Some(span) => self.sources.error(span, code, message),
            None => self.sources.file_error(self.tree.span.file, code, message),
        }
    }

    /// Where the key of an entry stands, e.g. the region `Guangdong` in `projection.regions.Guangdong`.
    pub(crate) fn diagnose_key(
        &self,
        parent: &str,
        key: &str,
        code: &'static str,
        message: String,
    ) -> Diagnostic {
        let entry = self.node(parent).and_then(|node| node.entry(key));
        match entry {
            Some(entry) => self.sources.error(entry.key_span, code, message),
            None => self.diagnose(parent, code, message),
        }
    }

    /// An error at an entry of a mapping whose keys may hold dots, or at a key of its value.
    #[must_use]
    pub fn diagnose_entry(
        &self,
        parent: &str,
        key: &str,
        inner: &str,
        code: &'static str,
        message: String,
    ) -> Diagnostic {
        let value = self.node(parent).and_then(|node| node.entry(key)).map(|entry| &entry.value);
        match value.and_then(|value| find_node(value, inner)).filter(|_| !inner.is_empty()) {
            Some(node) => self.sources.error(node.span, code, message),
            None => self.diagnose_key(parent, key, code, message),
        }
    }

    /// The scenario with other values, each laid onto its path as a sweep lays them, checked as if a file said so. Its questions
    /// and draws, which turn such values, are left out. What is wrong with a value is told with `code` at the key `place`, or at
    /// the scenario as a whole where that is not written.
    ///
    /// # Errors
    /// With every mistake that the values make of it.
    pub fn with(
        &self,
        place: &str,
        code: &'static str,
        values: &[(&str, String)],
    ) -> Result<Self, Diagnostics> {
        let span = self.find(place).0.unwrap_or(self.tree.span);
        let mut tree = self.tree.clone();
        tree.retain(|key| !matches!(schema::meant(key), "solve" | "uncertainty"));
        for (path, value) in values {
            let value = Node::plain(span, value.clone());
            tree = assign(tree, path, value, span).map_err(|Refused { message, hint }| {
                Diagnostics::from(self.sources.error(span, code, message).hint(hint))
            })?;
        }
        check_tree(self.sources.clone(), tree, vec![], true)
    }

    /// Mistakes that values make of the scenario, laid onto it as [`Self::with`] lays them, beside those that are `there`
    /// without them.
    pub(crate) fn made_by(
        &self,
        there: &[Diagnostic],
        place: &str,
        code: &'static str,
        values: &[(&str, String)],
    ) -> Vec<Diagnostic> {
        // What a mapping misses is told at the value laid into it, and known by its words, which name the mapping.
        let told = |mistake: &Diagnostic| {
            there.iter().any(|other| match mistake.code {
                "missing-key" => other.message == mistake.message,
                _ => other == mistake,
            })
        };
        let found = self.with(place, code, values).err().into_iter().flatten();
        found.filter(|mistake| mistake.is_error() && !told(mistake)).collect()
    }

    /// Whether the files have an entry, be something wrong with it or not.
    pub(crate) fn writes(&self, parent: &str, key: &str) -> bool {
        let tree = self.whole.as_ref().unwrap_or(&self.tree);
        find_node(tree, parent).is_some_and(|node| node.entry(key).is_some())
    }

    /// The text under a key of each item of a list in the files, be something wrong with the item or not.
    pub(crate) fn writes_of_items(&self, list: &str, key: &str) -> Vec<&str> {
        let tree = self.whole.as_ref().unwrap_or(&self.tree);
        let items = match find_node(tree, list).map(|node| &node.kind) {
            Some(Kind::Sequence(items)) => items.as_slice(),
            _ => &[],
        };
        items.iter().filter_map(|item| item.entry(key)?.value.text()).collect()
    }

    /// The greater number that an entry stands after in the mapping in which it was written.
    pub(crate) fn behind(&self, parent: &str, key: &str) -> Option<i32> {
        self.node(parent)?.entry(key)?.behind
    }

    /// A path that the scenario names, seen from the folder of the file that names it: a base may stand in
    /// another folder than the scenario that extends it.
    ///
    /// `key` is the key of the path, e.g. `land.equivalence`.
    #[must_use]
    pub fn resolve_path(&self, key: &str, path: &str) -> PathBuf {
        let folder = self.node(key).and_then(|node| self.sources.file(node.span.file).folder());
        folder.map_or_else(|| PathBuf::from(path), |folder| folder.join(path))
    }

    /// Holds the scenario against what the data know: regions, groupings, fuels and years.
    #[must_use]
    pub fn check_against(&self, known: &Known) -> Diagnostics {
        let mut mistakes = known.check(self);
        self.sources.sort(&mut mistakes);
        mistakes.iter_mut().for_each(tell_slip);
        let mut all = Diagnostics::default();
        all.extend(mistakes);
        all
    }

    fn node(&self, key: &str) -> Option<&Node> {
        find_node(&self.tree, key)
    }

    fn find(&self, key: &str) -> (Option<Span>, bool) {
        find_span(&self.tree, key)
    }
}

/// The place of the deepest part of a key that a tree has, and whether that is the whole key: of a scalar its own place,
/// of anything else that of its key.
pub(crate) fn find_span(tree: &Node, key: &str) -> (Option<Span>, bool) {
    let (mut node, mut rest) = (tree, key);
    let mut found = None;
    while !rest.is_empty() {
        let Some(step) = step(node, rest) else { return (found, false) };
        found = Some(match (&step.below.kind, step.entry) {
            (Kind::Scalar(_), _) | (_, None) => step.below.span,
            (_, Some(entry)) => entry.key_span,
        });
        (node, rest) = (step.below, step.rest);
    }
    (found, true)
}

/// Visits every scalar and every empty list or mapping of a tree with its key.
pub(crate) fn walk(node: &Node, key: String, visit: &mut impl FnMut(String, &Node)) {
    let below = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
    match &node.kind {
        Kind::Mapping(entries) if !entries.is_empty() => {
            entries.iter().for_each(|entry| walk(&entry.value, below(&entry.key), visit));
        }
        Kind::Sequence(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(index, item)| walk(item, format!("{key}[{index}]"), visit));
        }
        _ => visit(key, node),
    }
}

/// The node at a key of a tree.
pub(crate) fn find_node<'a>(tree: &'a Node, key: &str) -> Option<&'a Node> {
    let (mut node, mut rest) = (tree, key);
    while !rest.is_empty() {
        Step { below: node, rest, .. } = step(node, rest)?;
    }
    Some(node)
}

/// One step down a tree.
struct Step<'a, 'k> {
    /// The entry that was taken, where it was one of a mapping.
    entry: Option<&'a Entry>,
    below: &'a Node,
    /// What is left of the key.
    rest: &'k str,
}

/// The first step of a key such as `thresholds[0].level`: into `thresholds`. The keys of a mapping may hold dots and brackets
/// themselves, as those of `uncertainty.inputs` do; the longest that fits is meant.
fn step<'a, 'k>(node: &'a Node, key: &'k str) -> Option<Step<'a, 'k>> {
    let after = |length: usize| key[length..].strip_prefix('.').unwrap_or(&key[length..]);
    match &node.kind {
        Kind::Scalar(_) => None,
        Kind::Sequence(items) => {
            let inside = key.strip_prefix('[').unwrap_or(key);
            let digits = inside.len() - inside.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
            let below = items.get(inside[..digits].parse::<usize>().ok()?)?;
            let length = key.len() - inside.len() + digits;
            let length = length + usize::from(key[length..].starts_with(']'));
            Some(Step { entry: None, below, rest: after(length) })
        }
        Kind::Mapping(entries) => {
            let fits = |entry: &&Entry| {
                let rest = key.strip_prefix(entry.key.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            };
            let entry = entries.iter().filter(fits).max_by_key(|entry| entry.key.len())?;
            Some(Step { entry: Some(entry), below: &entry.value, rest: after(entry.key.len()) })
        }
    }
}
