//! A scenario that is being written: what is wrong with it, and one value of it changed.

use std::path::Path;

use icf_diagnostics::Diagnostics;
use icf_runner::Cache;
use icf_scenario::{Change, Family, edit, family_from_str, to_keys, written};
use serde::{Deserialize, Serialize};

/// A scenario's text, and a change to be made to it first.
#[derive(Deserialize)]
pub(crate) struct Asked {
    pub(crate) text: String,
    change: Option<AskedChange>,
}

/// A key and what it is to be; without either it is taken away.
#[derive(Deserialize)]
struct AskedChange {
    key: String,
    text: Option<String>,
    yaml: Option<String>,
}

/// What there is to say of a scenario's text.
#[derive(Serialize)]
pub(crate) struct Told {
    /// The text after the change; none when nothing was changed.
    text: Option<String>,
    /// Why the change was not made.
    refused: Option<String>,
    /// What the text says itself.
    written: Vec<Written>,
    /// Every key of the resolved scenario; empty when it cannot be resolved.
    keys: Vec<(String, String)>,
    /// What a run would say, in the words of `icf validate`.
    diagnostics: Diagnostics,
    is_sound: bool,
    /// Members that a run would have.
    members: usize,
}

/// A value of the text and where it stands, counted from 1 in characters.
#[derive(Serialize)]
struct Written {
    key: String,
    value: String,
    line: Option<usize>,
    column: Option<usize>,
    length: usize,
}

/// Makes the change, if there is one, and says what is wrong with the text. Files that it names are looked for in `folder`.
pub(crate) fn told(asked: &Asked, folder: &Path) -> Told {
    let changed = asked.change.as_ref().map(|change| {
        let what = match (&change.text, &change.yaml) {
            (Some(text), _) => Change::Text(text),
            (None, Some(yaml)) => Change::Yaml(yaml),
            (None, None) => Change::Remove,
        };
        edit(&asked.text, &change.key, what)
    });
    let (text, refused) = match changed {
        None => (None, None),
        Some(Ok(text)) => (Some(text), None),
        Some(Err(why)) => (None, Some(why.to_string())),
    };
    let now = text.as_ref().unwrap_or(&asked.text);
    let cache = Cache::default();
    let (keys, diagnostics, members) = match read(now, folder) {
        Err(mistakes) => (vec![], mistakes, 0),
        Ok(family) => {
            let diagnostics = icf_workflow::check(&family, &file_name(now), &cache);
            let base = family.members[0].load();
            let keys = base.map(|base| to_keys(base.scenario())).unwrap_or_default();
            (keys, diagnostics, family.members.len())
        }
    };
    let written = written(now).into_iter().map(|(key, value, place)| Written {
        key,
        value,
        line: place.line,
        column: place.column,
        length: place.length,
    });
    let (written, is_sound) = (written.collect(), !diagnostics.has_errors());
    Told { text, refused, written, keys, diagnostics, is_sound, members }
}

/// The scenario of a text with its variants and sweep, as if it were a file in `folder`.
pub(crate) fn read(text: &str, folder: &Path) -> Result<Family, Diagnostics> {
    family_from_str(&file_name(text), text, Some(folder), &[])
}

/// The file that a scenario's text is saved as.
pub(crate) fn file_name(text: &str) -> String {
    let name = written(text).into_iter().find(|(key, ..)| key == "name").map(|(_, name, _)| name);
    format!("{}.yaml", name.filter(|name| !name.is_empty()).as_deref().unwrap_or("scenario"))
}
