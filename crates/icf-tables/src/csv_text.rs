//! Rows of words and printed figures as CSV, for what is no table of a run.

use std::borrow::Cow;

/// A cell as CSV (RFC 4180) has it: in quotes where it holds a comma, a quote or a break of the line.
///
/// ```
/// # use icf_tables::csv_cell;
/// assert_eq!(csv_cell("Inner Mongolia"), "Inner Mongolia");
/// assert_eq!(csv_cell("the \"core\", 2022"), "\"the \"\"core\"\", 2022\"");
/// ```
#[must_use]
pub fn csv_cell(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

/// Rows of cells as lines of CSV.
///
/// ```
/// # use icf_tables::csv_text;
/// assert_eq!(csv_text([vec!["id", "note"], vec!["a", "1, 2"]]), "id,note\na,\"1, 2\"\n");
/// ```
pub fn csv_text<S: AsRef<str>>(rows: impl IntoIterator<Item = Vec<S>>) -> String {
    let mut text = String::new();
    for row in rows {
        for (place, cell) in row.iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            text.push_str(&csv_cell(cell.as_ref()));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::csv_cell;

    #[test]
    fn a_break_of_the_line_of_either_kind_is_quoted() {
        for (text, expected) in [
            ("", ""),
            ("a;b", "a;b"),
            ("a\nb", "\"a\nb\""),
            ("a\rb", "\"a\rb\""),
            ("\"", "\"\"\"\""),
            ("，", "，"),
        ] {
            assert_eq!(csv_cell(text), expected);
        }
    }
}
