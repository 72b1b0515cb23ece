//! `sweep`: many members by laying values onto keys: every combination, side by side, or a Latin hypercube.

use std::sync::Arc;

use icf_diagnostics::Diagnostic;
use icf_random::Stream;

use super::member::{Member, Sweep};
use super::{Settings, SweepOutputs};
use crate::scalar::split_number;
use crate::schema::suggest;
use crate::syntax::{Entry, Kind, Node, Sources, Span};

/// A sweep of more members than this says how many it means by `most`.
const MOST: usize = 1_000;
/// And no sweep has more.
const LIMIT: usize = 100_000;

const KEYS: [&str; 6] = ["method", "keys", "samples", "seed", "most", "outputs"];
const METHODS: [&str; 3] = ["grid", "zip", "latin-hypercube"];

/// The values of one key.
struct Axis {
    path: String,
    span: Span,
    values: Values,
}

enum Values {
    /// As they stand in the list.
    List(Vec<Node>),
    /// From one number to another, with what is written behind it.
    Range { from: f64, to: f64, unit: String, steps: Option<usize>, span: Span },
}

/// One member a point.
pub(super) fn members(
    sources: &Sources,
    base: &str,
    tree: &Arc<Node>,
    entry: &Entry,
    settings: &mut Settings,
    mistakes: &mut Vec<Diagnostic>,
) -> Vec<Member> {
    let mut reading = Reading { sources, mistakes: Vec::new() };
    let points = reading.points(entry, settings);
    let found = std::mem::take(&mut reading.mistakes);
    if !found.is_empty() {
        mistakes.extend(found);
        return vec![];
    }
    let Some((axes, points)) = points else { return vec![] };
    let sweep = Arc::new(Sweep {
        sources: sources.clone(),
        tree: Arc::clone(tree),
        axes: axes.into_iter().map(|axis| (axis.path, axis.span)).collect(),
        span: entry.key_span,
    });
    // A path that leads nowhere does so for every point.
    if let Some(Err(refused)) = points.first().map(|point| sweep.lay(point)) {
        mistakes.extend(refused);
        return vec![];
    }
    let width = points.len().to_string().len();
    let named = |place: usize| format!("{base}.{:0width$}", place + 1);
    let points = points.into_iter().enumerate();
    points.map(|(place, values)| Member::point(named(place), Arc::clone(&sweep), values)).collect()
}

struct Reading<'a> {
    sources: &'a Sources,
    mistakes: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn mistake(
        &mut self,
        span: Span,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.mistakes.push(self.sources.error(span, code, message).hint(hint));
    }

    /// The axes, and the values of each point along them.
    fn points(&mut self, entry: &Entry, settings: &mut Settings) -> Option<(Vec<Axis>, Vec<Vec<Node>>)> {
        let Kind::Mapping(entries) = &entry.value.kind else {
            let message = format!("`sweep` must be a mapping, found {}", entry.value.describe());
            let hint = "write `sweep: { keys: { projection.sink.rate: [-0.2 %/yr, -0.8 %/yr] } }`";
            self.mistake(entry.value.span, "wrong-type", message, hint);
            return None;
        };
        for part in entries.iter().filter(|part| !KEYS.contains(&part.key.as_str())) {
            let message = format!("unknown key `{}` in `sweep`", part.key);
            self.mistake(part.key_span, "unknown-key", message, suggest(&part.key, KEYS));
        }
        let method = self.word(&entry.value, "method", &METHODS).unwrap_or("grid");
        if self.word(&entry.value, "outputs", &["rows", "folders"]) == Some("folders") {
            settings.outputs = SweepOutputs::Folders;
        }
        let most = self.number(&entry.value, "most").unwrap_or(MOST);
        let samples = self.number(&entry.value, "samples");
        let seed = self.number(&entry.value, "seed").unwrap_or(1) as u64;
        let Some(keys) = entry.value.entry("keys") else {
            let hint = "write `keys: { projection.sink.rate: [-0.2 %/yr, -0.8 %/yr] }`";
            self.mistake(entry.key_span, "missing-key", "`sweep` has no `keys`", hint);
            return None;
        };
        let axes: Vec<Axis> = keys.value.entries().iter().filter_map(|key| self.axis(key)).collect();
        if axes.is_empty() {
            if self.mistakes.is_empty() {
                self.mistake(keys.key_span, "empty", "`sweep.keys` names no key", "name one with its values");
            }
            return None;
        }
        let points = match method {
            "zip" => self.zip(&axes, keys),
            "latin-hypercube" => self.latin_hypercube(&axes, keys, samples, seed, most),
            _ => self.grid(&axes, keys, most),
        }?;
        Some((axes, points))
    }

    fn word(&mut self, node: &Node, key: &str, words: &[&'static str]) -> Option<&'static str> {
        let entry = node.entry(key)?;
        let found = words.iter().copied().find(|word| entry.value.text() == Some(word));
        if found.is_none() {
            let message = format!("`sweep.{key}` cannot be {}", entry.value.describe());
            let hint = suggest(entry.value.text().unwrap_or_default(), words.iter().copied());
            self.mistake(entry.value.span, "unknown-value", message, hint);
        }
        found
    }

    fn number(&mut self, node: &Node, key: &str) -> Option<usize> {
        let entry = node.entry(key)?;
        let found = entry.value.text().and_then(|text| text.parse().ok()).filter(|number| *number <= LIMIT);
        if found.is_none() {
            let message = format!(
                "`sweep.{key}` must be a whole number up to {LIMIT}, found {}",
                entry.value.describe()
            );
            self.mistakes.push(self.sources.error(entry.value.span, "wrong-type", message));
        }
        found
    }

    fn axis(&mut self, key: &Entry) -> Option<Axis> {
        let values = match &key.value.kind {
            Kind::Sequence(items) if !items.is_empty() => Values::List(items.clone()),
            Kind::Mapping(_) => self.range(key)?,
            _ => {
                let message = format!(
                    "`{}` must be a list of values or a range, found {}",
                    key.key,
                    key.value.describe()
                );
                let hint = "write `[a, b]`, or `{ from: a, to: b, steps: 5 }`";
                self.mistake(key.value.span, "wrong-type", message, hint);
                return None;
            }
        };
        Some(Axis { path: key.key.clone(), span: key.key_span, values })
    }

    fn range(&mut self, key: &Entry) -> Option<Values> {
        let hint = "write `{ from: -0.8 %/yr, to: -0.2 %/yr, steps: 5 }`";
        let mut end = |name: &str| {
            let found = key
                .value
                .entry(name)
                .and_then(|entry| entry.value.text())
                .and_then(split_number)
                .map(|(number, unit)| (number, unit.to_owned()));
            if found.is_none() {
                let message = format!("the range of `{}` has no number `{name}`", key.key);
                self.mistake(key.value.span, "range", message, hint);
            }
            found
        };
        let (from, to) = (end("from"), end("to"));
        let steps = key.value.entry("steps").and_then(|_| self.number(&key.value, "steps"));
        let ((from, unit), (to, other)) = (from?, to?);
        if unit != other {
            let span = |name| key.value.entry(name).map_or(key.value.span, |entry| entry.value.span);
            let (name, number, has, lacks) = match (unit.as_str(), other.as_str()) {
                ("", of) => ("from", from, "to", of),
                (of, "") => ("to", to, "from", of),
                _ => {
                    let message = format!("the range of `{}` goes from `{unit}` to `{other}`", key.key);
                    self.mistake(span("to"), "range", message, "give both ends the same unit");
                    return None;
                }
            };
            let message =
                format!("`{name}` of the range of `{}` has no unit, and `{has}` has `{lacks}`", key.key);
            self.mistake(span(name), "range", message, format!("write `{name}: {number} {lacks}`"));
            return None;
        }
        Some(Values::Range { from, to, unit, steps, span: key.value.span })
    }

    /// The values of an axis one after the other.
    fn listed(&mut self, axis: &Axis) -> Option<Vec<Node>> {
        match &axis.values {
            Values::List(nodes) => Some(nodes.clone()),
            Values::Range { from, to, unit, steps, span } => {
                let Some(steps) = steps.filter(|steps| *steps >= 2) else {
                    let message = format!("the range of `{}` does not say in how many steps", axis.path);
                    self.mistake(*span, "range", message, "write `steps: 5`; both ends are steps");
                    return None;
                };
                #[expect(clippy::cast_precision_loss, reason = "steps are few")]
                let at = |step: usize| from + (to - from) * (step as f64 / (steps - 1) as f64);
                Some((0..steps).map(|step| number(*span, at(step), unit)).collect())
            }
        }
    }

    fn too_many(&mut self, span: Span, count: usize, most: usize) {
        let (message, hint) = if count > LIMIT {
            let message = format!("the sweep has more than {LIMIT} members");
            (message, "take fewer values, or `method: latin-hypercube` with so many `samples`".to_owned())
        } else {
            let message = format!("the sweep has {count} members, more than {most}");
            (message, format!("declare it by `most: {count}`, or take fewer values"))
        };
        self.mistake(span, "too-many", message, hint);
    }

    /// Every combination, the last key changing fastest.
    fn grid(&mut self, axes: &[Axis], keys: &Entry, most: usize) -> Option<Vec<Vec<Node>>> {
        let lists: Vec<Vec<Node>> = axes.iter().map(|axis| self.listed(axis)).collect::<Option<_>>()?;
        let count = lists.iter().try_fold(1_usize, |count, list| count.checked_mul(list.len()));
        let Some(count) = count.filter(|count| *count <= most) else {
            self.too_many(keys.key_span, count.unwrap_or(usize::MAX), most);
            return None;
        };
        let mut points = vec![Vec::new(); count];
        for (place, point) in points.iter_mut().enumerate() {
            let mut rest = place;
            for list in lists.iter().rev() {
                point.push(list[rest % list.len()].clone());
                rest /= list.len();
            }
            point.reverse();
        }
        Some(points)
    }

    /// The first values together, then the second ones.
    fn zip(&mut self, axes: &[Axis], keys: &Entry) -> Option<Vec<Vec<Node>>> {
        let lists: Vec<Vec<Node>> = axes.iter().map(|axis| self.listed(axis)).collect::<Option<_>>()?;
        let count = lists[0].len();
        if lists.iter().any(|list| list.len() != count) {
            let lengths: Vec<_> = axes
                .iter()
                .zip(&lists)
                .map(|(axis, list)| format!("`{}` has {}", axis.path, list.len()))
                .collect();
            self.mistake(
                keys.key_span,
                "zip",
                "keys of a `zip` have as many values each",
                lengths.join(", "),
            );
            return None;
        }
        Some((0..count).map(|place| lists.iter().map(|list| list[place].clone()).collect()).collect())
    }

    /// As many points as `samples`: each range is cut into as many strata, and each stratum of each key is met once.
    fn latin_hypercube(
        &mut self,
        axes: &[Axis],
        keys: &Entry,
        samples: Option<usize>,
        seed: u64,
        most: usize,
    ) -> Option<Vec<Vec<Node>>> {
        let Some(samples) = samples.filter(|samples| *samples > 0) else {
            let message = "a `latin-hypercube` says how many `samples` it takes";
            self.mistake(keys.key_span, "missing-key", message, "write `samples: 100`");
            return None;
        };
        if samples > most {
            self.too_many(keys.key_span, samples, most);
            return None;
        }
        let mut points = vec![Vec::with_capacity(axes.len()); samples];
        for axis in axes {
            let purpose = format!("sweep {}", axis.path);
            let mut strata: Vec<usize> = (0..samples).collect();
            Stream::new(seed, &purpose, 0).shuffle_front(&mut strata, samples);
            let mut within = Stream::new(seed, &purpose, 1);
            for (point, stratum) in points.iter_mut().zip(strata) {
                #[expect(clippy::cast_precision_loss, reason = "samples are at most 100,000")]
                let share = (stratum as f64 + within.uniform_open()) / samples as f64;
                point.push(match &axis.values {
                    Values::Range { from, to, unit, span, .. } => {
                        number(*span, from + (to - from) * share, unit)
                    }
                    Values::List(nodes) => {
                        #[expect(
                            clippy::cast_possible_truncation,
                            clippy::cast_sign_loss,
                            clippy::cast_precision_loss,
                            reason = "a share of a short list"
                        )]
                        let place = (share * nodes.len() as f64) as usize;
                        nodes[place.min(nodes.len() - 1)].clone()
                    }
                });
            }
        }
        Some(points)
    }
}

/// A number with its unit as a value; twelve digits are more than anybody writes.
fn number(span: Span, value: f64, unit: &str) -> Node {
    let rounded: f64 = format!("{value:.11e}").parse().expect("a printed number is a number");
    let text = if unit.is_empty() { format!("{rounded}") } else { format!("{rounded} {unit}") };
    Node::plain(span, text)
}
