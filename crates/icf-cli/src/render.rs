//! Mistakes as a person reads them: the source line drawn, the place underlined, a hint below.

use icf_diagnostics::{Diagnostic, Diagnostics, Severity};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, MietteError, MietteSpanContents,
    Report, Severity as Weight, SourceCode, SourceSpan, SpanContents,
};

/// All mistakes, one below the other.
pub(crate) fn diagnostics(all: &Diagnostics, colour: bool) -> String {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_width(100);
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
    let start: usize = line.chars().take(column).map(char::len_utf8).sum();
    let length: usize = line.chars().skip(column).take(place.length.max(1)).map(char::len_utf8).sum();
    shown = shown.with_label(LabeledSpan::underline(start..start + length));
    Report::new(shown).with_source_code(Line {
        file: place.file.clone(),
        number: place.line.unwrap_or(1),
        text: line.to_owned(),
    })
}

/// The one line of a file that a mistake stands in, under its own number.
#[derive(Debug)]
struct Line {
    file: String,
    number: usize,
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
        let column = self.text[..span.offset()].chars().count();
        let contents = MietteSpanContents::new_named(
            self.file.clone(),
            self.text.as_bytes(),
            whole,
            number,
            column,
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
}
