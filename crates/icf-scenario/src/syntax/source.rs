//! The files that were read, and diagnostics that stand in them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use icf_diagnostics::{Diagnostic, Place};

use super::Span;

/// A YAML file that was read for a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    name: String,
    path: Option<PathBuf>,
    folder: Option<PathBuf>,
    text: String,
    /// Where each line begins, as bytes of [`Self::text`].
    lines: Vec<usize>,
}

/// Of a longer line a part is shown: nobody reads all of it, and thousands of mistakes may stand in it.
const LONGEST_LINE: usize = 1000;
/// How many characters before and after the beginning of a mistake such a part has.
const AROUND: usize = 100;

impl SourceFile {
    pub(crate) fn new(name: String, path: Option<&Path>, folder: Option<&Path>, text: String) -> Self {
        let (path, folder) = (path.map(Path::to_owned), folder.map(Path::to_owned));
        let lines =
            std::iter::once(0).chain(unmarked(&text).match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name, path, folder, text, lines }
    }

    /// The file as the user named it; a base as the path by which it was reached.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it was read from; `None` when the text was given.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Its bytes as they were read.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The folder at which its paths start.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The text without a byte order mark.
    pub(crate) fn text(&self) -> &str {
        unmarked(&self.text)
    }

    /// A line, counted from 1, without its end.
    fn line(&self, number: usize) -> Option<&str> {
        let start = *self.lines.get(number.checked_sub(1)?)?;
        let end = self.lines.get(number).copied().unwrap_or(self.text().len());
        let line = &self.text()[start..end];
        (!line.is_empty()).then(|| line.trim_end_matches(['\n', '\r']))
    }
}

fn unmarked(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A file among [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileId(usize);

/// The files that were read, in the order of reading. The members of a family share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources(Arc<Vec<SourceFile>>);

impl Sources {
    pub(crate) fn add(&mut self, file: SourceFile) -> FileId {
        let files = Arc::make_mut(&mut self.0);
        files.push(file);
        FileId(files.len() - 1)
    }

    pub(crate) fn as_slice(&self) -> &[SourceFile] {
        &self.0
    }

    pub(crate) fn file(&self, id: FileId) -> &SourceFile {
        &self.0[id.0]
    }

    pub(crate) fn place(&self, span: Span) -> Place {
        let length = match self.file(span.file).line(span.line) {
            // The parser counts what follows a value on its line, and a value may go on for many lines.
            Some(line) if line.len() <= LONGEST_LINE => {
                let rest: String =
                    line.chars().skip(span.column.saturating_sub(1)).take(span.length).collect();
                rest.trim_end().chars().count()
            }
            Some(_) => span.length.min(AROUND),
            None => span.length,
        };
        let length = length.max(1);
        Place::at(self.file(span.file).name(), span.line, span.column, length)
    }

    /// An error at a place, with the line it stands in.
    pub(crate) fn error(&self, span: Span, code: &'static str, message: impl Into<String>) -> Diagnostic {
        let message: String = message.into();
        let diagnostic = Diagnostic::error(code, printable(&message)).at(self.place(span));
        match self.file(span.file).line(span.line) {
            Some(line) => in_line(diagnostic, line, span.column),
            None => diagnostic,
        }
    }

    /// An error that concerns a whole file.
    pub(crate) fn file_error(
        &self,
        file: FileId,
        code: &'static str,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message).at(Place::file(self.file(file).name()))
    }

    /// Puts diagnostics into the order of the files and lines; those without a line come first in their file.
    pub(crate) fn sort(&self, diagnostics: &mut [Diagnostic]) {
        diagnostics.sort_by_key(|diagnostic| {
            diagnostic.place.as_ref().map(|place| {
                let file = self.0.iter().position(|file| file.name == place.file).unwrap_or(usize::MAX);
                (file, place.line, place.column)
            })
        });
    }
}

/// Shows a line, or of a long one the part around a column.
pub(crate) fn in_line(diagnostic: Diagnostic, line: &str, column: usize) -> Diagnostic {
    if line.len() <= LONGEST_LINE {
        return diagnostic.in_line(printable(line));
    }
    let left_out = column.saturating_sub(1 + AROUND);
    let part: String = line.chars().skip(left_out).take(2 * AROUND).collect();
    diagnostic.in_part_of_line(printable(&part), left_out)
}

/// Text of the user's without what would move the cursor of a terminal, character for character.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
