//! `extends`: reads a file and the files it starts from, and merges them.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use icf_diagnostics::{Diagnostic, Place};

use super::merge::merge;
use crate::schema::{Schema, nearest};
use crate::syntax::{FileId, Kind, MAX_BYTES, Node, SourceFile, Sources, Span, in_line, parse};

/// A family tree of scenarios has a handful; this many is a slip.
const MOST_FILES: usize = 64;

/// What is a file's own and never taken over: a scenario that keeps its base's name would write into its
/// base's folder, and a family is that of its file.
pub(crate) const OWN_KEYS: [&str; 5] = ["name", "description", "variants", "sweep", "compare"];

/// The files of a scenario, merged.
pub(crate) struct Layers {
    pub(crate) sources: Sources,
    /// `None` when there is nothing to go on with.
    pub(crate) tree: Option<Node>,
    /// Every mistake in the YAML and in `extends`, of all files.
    pub(crate) mistakes: Vec<Diagnostic>,
    /// Whether every file could be used: where one could not, what it would have said is not missing.
    pub(crate) complete: bool,
    /// What each file says by itself, those below first.
    pub(crate) trees: Vec<Node>,
}

/// Reads a file and all that it extends.
pub(crate) fn from_file(path: &Path) -> Layers {
    let mut loader = Loader::default();
    let name = path.display().to_string();
    let tree = match read(path) {
        Ok(text) => loader.layer(name, Some(path), text, path.parent()),
        Err(problem) => {
            loader.mistakes.push(problem.diagnostic(&name));
            None
        }
    };
    loader.finish(tree)
}

/// Takes a text; what it extends is looked for in the folder `base`.
pub(crate) fn from_text(name: &str, text: &str, base: Option<&Path>) -> Layers {
    let mut loader = Loader::default();
    let tree = if text.len() as u64 > MAX_BYTES {
        loader.mistakes.push(Problem::TooLarge.diagnostic(name));
        None
    } else {
        loader.layer(name.to_owned(), None, text.to_owned(), base)
    };
    loader.finish(tree)
}

#[derive(Default)]
struct Loader {
    sources: Sources,
    mistakes: Vec<Diagnostic>,
    /// The files between the first one and the one being read, with the name each was given.
    open: Vec<(PathBuf, String)>,
    /// Files that were read already: two bases may share a third.
    done: HashMap<PathBuf, Option<Node>>,
    /// A base could not be used.
    incomplete: bool,
    trees: Vec<Node>,
}

impl Loader {
    fn finish(self, tree: Option<Node>) -> Layers {
        Layers {
            sources: self.sources,
            tree,
            mistakes: self.mistakes,
            complete: !self.incomplete,
            trees: self.trees,
        }
    }

    /// One file over all that it extends.
    fn layer(
        &mut self,
        name: String,
        path: Option<&Path>,
        text: String,
        folder: Option<&Path>,
    ) -> Option<Node> {
        let identity = path.map(identity);
        let file = self.sources.add(SourceFile::new(name.clone(), path, folder, text));
        let (tree, mistakes) = parse(&self.sources, file);
        let sound = mistakes.is_empty();
        self.mistakes.extend(mistakes);
        if tree.is_none() && !sound {
            self.incomplete = true;
            return None;
        }
        let Some(mut tree) = self.keys(file, tree) else {
            self.incomplete = true;
            return None;
        };
        if let Some(identity) = identity.clone() {
            self.open.push((identity, name));
        }
        let base = self.bases(&mut tree, folder);
        if identity.is_some() {
            self.open.pop();
        }
        self.trees.push(tree.clone());
        Some(match base {
            Some(mut base) => {
                base.retain(|key| !OWN_KEYS.contains(&key));
                merge(base, tree, Some(Schema::scenario()))
            }
            None => tree,
        })
    }

    /// The tree, if it is a mapping.
    fn keys(&mut self, file: FileId, tree: Option<Node>) -> Option<Node> {
        match tree {
            Some(tree) if matches!(tree.kind, Kind::Mapping(_)) => Some(tree),
            Some(tree) if !tree.is_null() => {
                let message = format!("a scenario is a mapping of keys, found {}", tree.describe());
                let mistake = self.sources.error(tree.span, "wrong-type", message);
                let dash = if matches!(tree.kind, Kind::Sequence(_)) { ", without a dash" } else { "" };
                let hint = format!("write `extends: baseline.yaml` and `name: …`{dash}");
                self.mistakes.push(mistake.hint(hint));
                None
            }
            _ => {
                let mistake = self.sources.file_error(file, "empty-file", "the file is empty");
                self.mistakes.push(mistake.hint("start with `extends: baseline.yaml` or `name: …`"));
                None
            }
        }
    }

    /// Takes `extends` out of a tree and merges the files it names, later ones over earlier ones.
    fn bases(&mut self, tree: &mut Node, folder: Option<&Path>) -> Option<Node> {
        let entry = tree.take("extends")?;
        let names: Vec<&Node> = match &entry.value.kind {
            Kind::Sequence(items) => items.iter().collect(),
            _ => vec![&entry.value],
        };
        if names.is_empty() || names.iter().any(|name| name.is_null() || name.text() == Some("")) {
            let message = "`extends` names no file".to_owned();
            let hint = "write `extends: baseline.yaml`, or leave the key out";
            return self.fail(entry.key_span, "extends-nothing", message, hint);
        }
        let mut merged: Option<Node> = None;
        for name in names {
            let Some(base) = self.base(name, folder) else { continue };
            merged = Some(match merged {
                Some(earlier) => merge(earlier, base, Some(Schema::scenario())),
                None => base,
            });
        }
        merged
    }

    fn base(&mut self, node: &Node, folder: Option<&Path>) -> Option<Node> {
        let span = node.span;
        let Some(written) = node.text() else {
            let message = format!("`extends` must name a file, found {}", node.describe());
            return self.fail(span, "wrong-type", message, "write `extends: baseline.yaml`");
        };
        let Some(folder) = folder else {
            let message = format!("there is no folder in which to look for {written:?}");
            return self.fail(span, "extends-without-folder", message, "save the scenario to a file first");
        };
        let path = folder.join(written);
        let identity = identity(&path);
        if let Some(place) = self.open.iter().position(|(open, _)| *open == identity) {
            let chain: Vec<_> = self.open[place..]
                .iter()
                .map(|(_, name)| format!("`{name}`"))
                .chain([format!("`{}`", path.display())])
                .collect();
            let message = match chain.as_slice() {
                [_, _] => "the scenario extends itself".to_owned(),
                _ => format!("scenarios extend each other in a circle: {}", chain.join(" → ")),
            };
            return self.fail(span, "extends-cycle", message, "leave out one of the `extends`");
        }
        if let Some(known) = self.done.get(&identity) {
            return known.clone();
        }
        if self.sources.as_slice().len() >= MOST_FILES {
            let message = format!("the scenario extends more than {MOST_FILES} files");
            return self.fail(span, "too-many-files", message, "merge some of them");
        }
        let tree = match read(&path) {
            Ok(text) => self.layer(path.display().to_string(), Some(&path), text, path.parent()),
            Err(Problem::Missing) => {
                let message = format!("there is no file {}", path.display());
                let hint = match neighbour(&path) {
                    Some(meant) => format!("did you mean `{}`?", Path::new(written).with_file_name(meant).display()),
                    None => "the path starts at the folder of this file; `icf new` writes a built-in scenario as a file".to_owned(),
                };
                self.fail(span, "extends-missing", message, &hint)
            }
            Err(problem) => {
                self.mistakes.push(problem.diagnostic(&path.display().to_string()));
                self.incomplete = true;
                None
            }
        };
        self.done.insert(identity, tree.clone());
        tree
    }

    fn fail(&mut self, span: Span, code: &'static str, message: String, hint: &str) -> Option<Node> {
        self.mistakes.push(self.sources.error(span, code, message).hint(hint));
        self.incomplete = true;
        None
    }
}

/// One file under all its names.
fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Why a file cannot be read.
enum Problem {
    Missing,
    TooLarge,
    NotUtf8(NotUtf8),
    /// It begins as other encodings of Unicode do.
    OtherUnicode,
    Other(io::Error),
}

/// Where a file stops being UTF-8.
struct NotUtf8 {
    line: usize,
    column: usize,
    byte: u8,
    /// The line, what cannot be read replaced.
    text: String,
}

impl Problem {
    fn diagnostic(&self, name: &str) -> Diagnostic {
        match self {
            Self::Missing => {
                let mistake = Diagnostic::error("unreadable", "there is no such file");
                mistake.hint(match neighbour(Path::new(name)) {
                    Some(meant) => {
                        format!("did you mean `{}`?", Path::new(name).with_file_name(meant).display())
                    }
                    None => "`icf new NAME` writes a scenario to start with".to_owned(),
                })
            }
            Self::TooLarge => Diagnostic::error("too-large", "the file is larger than 1 MiB")
                .hint("figures belong into a table, and a scenario names the table"),
            Self::NotUtf8(NotUtf8 { line, column, byte, text }) => {
                let mistake = Diagnostic::error("not-utf-8", format!("not UTF-8: byte 0x{byte:02X}"))
                    .at(Place::at(name, *line, *column, 1))
                    .hint("save the file as UTF-8");
                return in_line(mistake, text, *column);
            }
            Self::OtherUnicode => Diagnostic::error("not-utf-8", "the file is UTF-16 and not UTF-8")
                .hint("save the file as UTF-8"),
            Self::Other(error) if error.kind() == io::ErrorKind::IsADirectory => {
                Diagnostic::error("unreadable", "is a folder").hint("name a file in it")
            }
            Self::Other(error) => Diagnostic::error("unreadable", format!("cannot be read: {error}")),
        }
        .at(Place::file(name))
    }
}

/// The scenario file beside a path that its name was probably meant to be.
fn neighbour(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let files = fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> =
        files.filter(|name| name.ends_with(".yaml") || name.ends_with(".yml")).collect();
    names.sort_unstable();
    let wanted = path.file_name()?.to_str()?;
    if let Some(whole) =
        names.iter().find(|name| name.strip_suffix(".yaml").or(name.strip_suffix(".yml")) == Some(wanted))
    {
        return Some(whole.clone());
    }
    nearest(wanted, names.iter().map(String::as_str)).map(str::to_owned)
}

fn read(path: &Path) -> Result<String, Problem> {
    let problem = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Problem::Missing,
        _ => Problem::Other(error),
    };
    let mut bytes = Vec::new();
    // Not every file knows its length beforehand.
    fs::File::open(path)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(problem)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Problem::TooLarge);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Problem::OtherUnicode);
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let column = String::from_utf8_lossy(&bytes[start..at]).chars().count() + 1;
        let text = bytes[start..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        let text = String::from_utf8_lossy(text).trim_end_matches('\r').to_owned();
        Problem::NotUtf8(NotUtf8 { line, column, byte: bytes[at], text })
    })
}
