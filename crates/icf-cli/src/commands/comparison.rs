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

/// The comparison as CSV tables, by name.
pub(super) fn tables(comparison: &Comparison) -> Vec<(&'static str, String)> {
    let head = |first: &[&str]| -> Vec<String> {
        first.iter().map(|name| (*name).to_owned()).chain(comparison.runs.iter().cloned()).collect()
    };
    let differences = |first: &str, all: &[Difference]| {
        let rows = all.iter().map(|difference| {
            std::iter::once(difference.of.clone()).chain(difference.values.iter().cloned()).collect()
        });
        csv(std::iter::once(head(&[first])).chain(rows))
    };
    let number = |value: &Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let thresholds = comparison.thresholds.iter().flat_map(|held| {
        let row = |what: &str, values: Vec<String>| -> Vec<String> {
            [&held.threshold, &held.scope, &held.name]
                .into_iter()
                .cloned()
                .chain([what.to_owned()])
                .chain(values)
                .collect()
        };
        [
            row("first_year", held.first_year.clone()),
            row("margin_horizon", held.margin.iter().map(number).collect()),
            row("cumulative_overshoot", held.overshoot.iter().map(number).collect()),
            row("p_horizon", held.probability.iter().map(number).collect()),
        ]
    });
    let ranking = comparison.ranking.iter().map(|region| {
        let rank = |rank: &Option<usize>| rank.map_or_else(String::new, |rank| rank.to_string());
        std::iter::once(region.name.clone()).chain(region.rank.iter().map(rank)).collect()
    });
    let regions = comparison.regions.iter().map(|row| {
        let names = [row.region.as_str(), &row.name, row.figure, row.unit].map(str::to_owned);
        names.into_iter().chain(row.values.iter().map(number)).collect()
    });
    vec![
        ("inputs", differences("key", &comparison.inputs)),
        ("deficit_years", differences("of", &comparison.deficit_years)),
        (
            "thresholds",
            csv(std::iter::once(head(&["threshold", "scope", "name", "figure"])).chain(thresholds)),
        ),
        ("ranking", csv(std::iter::once(head(&["region"])).chain(ranking))),
        ("quadrants", differences("region", &comparison.quadrants)),
        ("regions", csv(std::iter::once(head(&["region", "name", "figure_horizon", "unit"])).chain(regions))),
    ]
}

/// Rows as CSV.
pub(super) fn csv(rows: impl Iterator<Item = Vec<String>>) -> String {
    rows.map(|cells| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n").collect()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
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
