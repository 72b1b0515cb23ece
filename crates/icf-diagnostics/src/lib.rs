//! Mistakes of the user as values: file, line, column, message and hint.
//!
//! Reading a scenario or a table never stops at the first mistake: readers collect [`Diagnostic`]s and give
//! them all back at once. How they look on a terminal is the program's business, not this crate's.

use std::fmt;

use serde::Serialize;

/// Where a mistake stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// The file as the user named it, or the built-in data set's file as `name/file`.
    pub file: String,
    /// Line, counted from 1; absent when the whole file is meant.
    pub line: Option<usize>,
    /// Column in characters, counted from 1.
    pub column: Option<usize>,
    /// How many characters are meant from there on.
    pub length: usize,
}

impl Place {
    /// A whole file.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, column: None, length: 0 }
    }

    /// A stretch of a line.
    #[must_use]
    pub fn at(file: impl Into<String>, line: usize, column: usize, length: usize) -> Self {
        Self { file: file.into(), line: Some(line), column: Some(column), length }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        Ok(())
    }
}

/// Whether a message stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The input cannot be used.
    Error,
    /// The input is used, and the reader should know.
    Warning,
}

/// One mistake: what is wrong, where, and what would help.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Diagnostic {
    /// Whether it stops the work.
    pub severity: Severity,
    /// A stable name of the kind of mistake, e.g. `unknown-key`.
    pub code: &'static str,
    /// What is wrong: a fragment in lower case.
    pub message: String,
    /// Where, when it stands in a file.
    pub place: Option<Place>,
    /// The line of the file that it stands in, or the part of a long one around it.
    pub source_line: Option<String>,
    /// How many characters of the line are left out before that part.
    #[serde(skip_serializing_if = "is_none")]
    pub left_out: usize,
    /// What would help.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error without a place or a hint yet.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            place: None,
            source_line: None,
            left_out: 0,
            hint: None,
        }
    }

    /// A warning without a place or a hint yet.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Shows the line.
    #[must_use]
    pub fn in_line(mut self, line: impl Into<String>) -> Self {
        self.source_line = Some(line.into());
        self
    }

    /// Shows the part of a long line that begins after `left_out` characters.
    #[must_use]
    pub fn in_part_of_line(mut self, part: impl Into<String>, left_out: usize) -> Self {
        self.left_out = left_out;
        self.in_line(part)
    }

    /// Says what would help.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether it stops the work.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " (hint: {hint})")?;
        }
        Ok(())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_none(left_out: &usize) -> bool {
    *left_out == 0
}

/// All mistakes found in an input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// All of them, in the order found.
    #[must_use]
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.0
    }

    /// Whether any of them stops the work.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(Diagnostic::is_error)
    }

    /// `value` with the warnings, or everything when an error is among them.
    ///
    /// # Errors
    /// When any of the diagnostics is an error.
    pub fn into_result<T>(self, value: T) -> Result<(T, Self), Self> {
        if self.has_errors() { Err(self) } else { Ok((value, self)) }
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, items: I) {
        self.0.extend(items);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_reads_as_one_line() {
        let mistake = Diagnostic::error("unknown-key", "unknown key `horzion`")
            .at(Place::at("a.yaml", 3, 5, 7))
            .hint("did you mean `horizon`?");
        assert_eq!(mistake.to_string(), "a.yaml:3:5: unknown key `horzion` (hint: did you mean `horizon`?)");
    }

    #[test]
    fn warnings_alone_do_not_stop_the_work() {
        let mut all = Diagnostics::default();
        all.push(Diagnostic::warning("island", "region 460000 has no neighbour"));
        assert!(!all.has_errors());
        all.push(Diagnostic::error("io", "no such file"));
        assert!(all.into_result(()).is_err());
    }
}
