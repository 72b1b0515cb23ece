//! Texts that a spreadsheet would take for formulas.

use std::borrow::Cow;

use icf_results::{Cell, Table};

/// A text before which an apostrophe stands where a spreadsheet would take it for a formula: it begins with `=`, `+`, `-`,
/// `@`, a tab or a return, and is no number.
///
/// ```
/// # use icf_tables::guarded_text;
/// assert_eq!(guarded_text("=cmd()"), "'=cmd()");
/// assert_eq!(guarded_text("-0.5"), "-0.5");
/// ```
#[must_use]
pub fn guarded_text(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err() {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The table with its texts guarded so; every other cell stays.
#[must_use]
pub fn guarded(table: &Table) -> Table {
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => Cell::Text(guarded_text(text).into_owned()),
        other => other.clone(),
    };
    let rows = table.rows.iter().map(|row| row.iter().map(cell).collect());
    Table { rows: rows.collect(), ..table.clone() }
}

#[cfg(test)]
mod tests {
    use super::guarded_text;

    #[test]
    fn only_what_a_spreadsheet_would_compute_is_changed() {
        for text in ["=1+1", "+cmd", "-2+3", "@sum(a1)", "\t=1", "-0.43 %/yr"] {
            assert_eq!(guarded_text(text), format!("'{text}"), "{text}");
        }
        for text in ["", "Beijing", "-0.43", "+1e3", "a=b", "'=1"] {
            assert_eq!(guarded_text(text), text);
        }
    }
}
