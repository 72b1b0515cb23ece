//! Runs side by side as text and as CSV tables.

use std::fmt::Write;

use icf_results::{Comparison, Difference, Summary};

use super::summary::amount;

/// Rows of a list before the rest is counted.
const SHOWN: usize = 12;

/// What differs, below the table of the nation: the keys, the years of deficit, the regions that change their quadrant.
pub(super) fn text(comparison: &Comparison) -> String {
    let mut text = String::new();
    let mut section = |title: &str, differences: &[Difference]| {
        if differences.is_empty() {
            return;
        }
        let mut rows = vec![std::iter::once(String::new()).chain(comparison.runs.iter().cloned()).collect()];
        for difference in differences.iter().take(SHOWN) {
            let shown = |value: &String| if value.is_empty() { "–".to_owned() } else { value.clone() };
            rows.push(
                std::iter::once(difference.of.clone()).chain(difference.values.iter().map(shown)).collect(),
            );
        }
        write!(text, "\n{title}\n\n{}", aligned(&rows)).expect("writing to a string does not fail");
        if differences.len() > SHOWN {
            writeln!(text, "and {} more", differences.len() - SHOWN)
                .expect("writing to a string does not fail");
        }
    };
    section("What differs in the scenarios", &comparison.inputs);
    section("First year in deficit", &comparison.deficit_years);
    section("Quadrant, last year of the history → horizon", &comparison.quadrants);
    text
}

/// Rows in aligned columns.
pub(super) fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// The threshold of a run in few words: the year of crossing, the margin, and how probable it is that it is crossed by the horizon.
pub(super) fn of_threshold(summary: &Summary, name: &str) -> String {
    let held = summary.thresholds.iter().find(|held| held.scope == "nation" && held.threshold == name);
    held.map_or_else(
        || "–".to_owned(),
        |held| {
            let margin = held.margin.map_or_else(|| "–".to_owned(), amount);
            let chance = held.probability;
            let chance = chance.map_or_else(String::new, |of| format!("; {:.1} %", of.share * 100.0));
            format!("{} ({margin}{chance})", held.words())
        },
    )
}
