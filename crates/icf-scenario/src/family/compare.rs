//! `compare`: which members are put side by side.

use icf_diagnostics::Diagnostic;

use crate::schema::suggest;
use crate::syntax::{Entry, Kind, Sources};

/// Which members are put side by side, and what must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compare {
    /// Names of members; empty for the base and all variants.
    pub members: Vec<String>,
    /// Conditions that make a run fail with exit code 4, e.g. `nation.deficit_year < 2030`.
    pub fail_on: Vec<Declared>,
}

/// A condition as the file says it. What it means is known to whoever holds it against a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    text: String,
    /// A mistake at its place, to be filled in.
    place: Diagnostic,
}

impl Declared {
    /// The condition as it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// An error at the condition, with its line.
    #[must_use]
    pub fn diagnose(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, message: message.into(), ..self.place.clone() }
    }
}

/// Reads the key; members may be named with or without the base's name.
pub(super) fn read(
    sources: &Sources,
    entry: &Entry,
    known: &[String],
    mistakes: &mut Vec<Diagnostic>,
) -> Option<Compare> {
    let Kind::Mapping(entries) = &entry.value.kind else {
        let message = format!("`compare` must be a mapping, found {}", entry.value.describe());
        let mistake = sources.error(entry.value.span, "wrong-type", message);
        mistakes.push(mistake.hint("write `compare: { fail_on: [nation.deficit_year < 2030] }`"));
        return None;
    };
    let mut compare = Compare::default();
    let base = known.first().map_or("", String::as_str);
    for part in entries {
        let Kind::Sequence(items) = &part.value.kind else {
            let message = format!("`compare.{}` must be a list, found {}", part.key, part.value.describe());
            let mistake = sources.error(part.value.span, "wrong-type", message);
            mistakes.push(mistake.hint(format!("write `[{}]`", part.value.text().unwrap_or("…"))));
            continue;
        };
        for item in items {
            let Some(text) = item.text() else {
                let message = format!("`compare.{}` holds {}, not text", part.key, item.describe());
                mistakes.push(sources.error(item.span, "wrong-type", message));
                continue;
            };
            match part.key.as_str() {
                "members" => {
                    let full = [text.to_owned(), format!("{base}.{text}")];
                    match known.iter().find(|name| full.contains(name)) {
                        Some(name) => compare.members.push(name.clone()),
                        None => {
                            let message = format!("there is no member `{text}`");
                            let prefix = format!("{base}.");
                            let short = known.iter().filter_map(|name| name.strip_prefix(prefix.as_str()));
                            let hint = suggest(text, known.iter().take(1).map(String::as_str).chain(short));
                            mistakes.push(sources.error(item.span, "unknown-member", message).hint(hint));
                        }
                    }
                }
                _ => {
                    let place = sources.error(item.span, "condition", String::new());
                    compare.fail_on.push(Declared { text: text.to_owned(), place });
                }
            }
        }
        if !["members", "fail_on"].contains(&part.key.as_str()) {
            let message = format!("unknown key `{}` in `compare`", part.key);
            let hint = suggest(&part.key, ["members", "fail_on"]);
            mistakes.push(sources.error(part.key_span, "unknown-key", message).hint(hint));
        }
    }
    Some(compare)
}
