//! Mistakes as a person reads them: the source line drawn, the place underlined, a hint below.

use icf_diagnostics::{Diagnostic, Diagnostics, Severity};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, MietteError, MietteSpanContents,
    Report, Severity as Weight, SourceCode, SourceSpan, SpanContents,
};

/// As wide as text is set, and as many characters of a line are shown.
const WIDTH: usize = 100;

/// All mistakes, one below the other.
pub(crate) fn diagnostics(all: &Diagnostics, colour: bool) -> String {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_width(WIDTH);
    let mut text = String::new();
    for diagnostic in all.as_slice() {
        if handler.render_report(&mut text, report(diagnostic).as_ref()).is_err() {
            text.push_str(&diagnostic.to_string());
            text.push('\n');
        }
    }
    text
}

fn report(diagnostic: &Diagnostic) -> Report {
    let mut shown =
        MietteDiagnostic::new(message(diagnostic)).with_code(diagnostic.code).with_severity(match diagnostic
            .severity
        {
            Severity::Error => Weight::Error,
            Severity::Warning => Weight::Warning,
        });
    if let Some(hint) = &diagnostic.hint {
        shown = shown.with_help(hint.clone());
    }
    let Some((place, line)) = diagnostic.place.as_ref().zip(diagnostic.source_line.as_deref()) else {
        return Report::new(shown);
    };
    let column = place.column.unwrap_or(1).saturating_sub(1);
    let mut text = Cropped::of(line, column.saturating_sub(diagnostic.left_out), diagnostic.left_out > 0);
    // What is missed at the end of a line is marked behind it.
    if text.column >= text.text.chars().count() {
        text.text.push(' ');
    }
    let start: usize = text.text.chars().take(text.column).map(char::len_utf8).sum();
    let length: usize =
        text.text.chars().skip(text.column).take(place.length.max(1)).map(char::len_utf8).sum();
    shown = shown.with_label(LabeledSpan::underline(start..start + length));
    Report::new(shown).with_source_code(Line {
        file: place.file.clone(),
        number: place.line.unwrap_or(1),
        column,
        text: text.text,
    })
}

/// As much of a line as a terminal shows without wrapping.
struct Cropped {
    text: String,
    /// Where the mistake begins, in characters counted from 0.
    column: usize,
}

impl Cropped {
    /// Keeps the part of a line around a column; `…` stands for what is left out.
    fn of(line: &str, column: usize, is_left_out: bool) -> Self {
        const BEFORE: usize = 40;
        let width = |part: &str| part.chars().map(columns).sum::<usize>();
        let start = if width(line) <= WIDTH { 0 } else { column.saturating_sub(BEFORE) };
        let mut text = String::new();
        if start > 0 || is_left_out {
            text.push('…');
        }
        let column = text.chars().count() + column - start;
        let mut room = WIDTH;
        for character in line.chars().skip(start) {
            let Some(rest) = room.checked_sub(columns(character)) else {
                text.push('…');
                break;
            };
            room = rest;
            text.push(character);
        }
        Self { text, column }
    }
}

/// How wide a terminal shows a character, near enough to cut a line: those of East Asia and all that comes after them are
/// two columns wide.
fn columns(character: char) -> usize {
    if character >= '\u{1100}' { 2 } else { 1 }
}

/// The one line of a file that a mistake stands in, under its own number.
#[derive(Debug)]
struct Line {
    file: String,
    number: usize,
    /// Counted from 0, in the whole line.
    column: usize,
    text: String,
}

impl SourceCode for Line {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        if span.offset() + span.len() > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let whole = SourceSpan::from(0..self.text.len());
        let number = self.number.saturating_sub(1);
        let contents = MietteSpanContents::new_named(
            self.file.clone(),
            self.text.as_bytes(),
            whole,
            number,
            self.column,
            number + 1,
        );
        Ok(Box::new(contents))
    }
}

/// The message, led by its place where no source line shows it.
fn message(diagnostic: &Diagnostic) -> String {
    match &diagnostic.place {
        Some(place) if diagnostic.source_line.is_none() => format!("{place}: {}", diagnostic.message),
        _ => diagnostic.message.clone(),
    }
}

#[cfg(test)]
mod tests {
    use icf_diagnostics::Place;

    use super::*;

    #[test]
    fn a_mistake_shows_its_line_and_number() {
        let mistake = Diagnostic::error("unknown-key", "unknown key `horzion`")
            .at(Place::at("a.yaml", 12, 3, 7))
            .in_line("  horzion: 2030")
            .hint("did you mean `horizon`?");
        let text = diagnostics(&mistake.into(), false);
        assert!(text.contains("unknown key `horzion`"), "{text}");
        assert!(text.contains("[a.yaml:12:3]"), "{text}");
        assert!(text.contains("12 │   horzion: 2030"), "{text}");
        assert!(text.contains("did you mean `horizon`?"), "{text}");
    }

    #[test]
    fn a_mistake_without_a_line_still_says_where() {
        let mistake = Diagnostic::error("empty", "is empty").at(Place::file("d/energy.csv"));
        assert!(diagnostics(&mistake.into(), false).contains("d/energy.csv: is empty"));
    }

    /// The line that is drawn and the line of the mark below it.
    #[track_caller]
    fn check_drawn(line: &str, column: usize, length: usize, drawn: &str, mark: &str) {
        let mistake = Diagnostic::error("x", "x").at(Place::at("a.yaml", 1, column, length)).in_line(line);
        let text = diagnostics(&mistake.into(), false);
        let below = |prefix: &str| {
            let found = text.lines().find_map(|line| line.strip_prefix(prefix));
            found.unwrap_or_else(|| panic!("{prefix:?} is not in\n{text}")).to_owned()
        };
        assert_eq!((below(" 1 │ ").as_str(), below("   · ").as_str()), (drawn, mark), "{text}");
        assert!(text.contains(&format!("[a.yaml:1:{column}]")), "{text}");
    }

    #[test]
    fn the_mark_stands_under_what_is_meant() {
        check_drawn("key: value", 6, 5, "key: value", "     ─────");
        check_drawn("碳汇: 值", 5, 1, "碳汇: 值", "      ──");
        // What is missed at the end is marked behind it.
        check_drawn("key: [a", 8, 1, "key: [a ", "       ─");
        check_drawn("", 1, 1, " ", "─");
    }

    #[test]
    fn of_a_long_line_the_part_around_the_mark_is_drawn() {
        let line = format!("{}wrong{}", "a".repeat(500), "b".repeat(500));
        let drawn = format!("…{}wrong{}…", "a".repeat(40), "b".repeat(55));
        check_drawn(&line, 501, 5, &drawn, &format!("{}─────", " ".repeat(41)));
        let line = format!("wrong{}", "汇".repeat(100));
        check_drawn(&line, 1, 5, &format!("wrong{}…", "汇".repeat(47)), "─────");
        // A line of which a part was given already.
        let part = Diagnostic::error("x", "x").at(Place::at("a.yaml", 7, 2001, 5));
        let text = diagnostics(&part.in_part_of_line("aaa wrong bbb", 1996).into(), false);
        assert!(text.contains("[a.yaml:7:2001]") && text.contains("7 │ …aaa wrong bbb"), "{text}");
        assert!(text.lines().any(|line| line == "   ·      ─────"), "{text}");
    }
}
