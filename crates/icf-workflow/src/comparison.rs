//! Runs side by side as CSV tables.

use icf_results::{Cell, Comparison, Difference, Standing, Summary};
use icf_tables::{csv_text, guarded_text};

/// The columns before those of the thresholds.
const HEADER: [&str; 16] = [
    "scenario",
    "data",
    "unit",
    "year",
    "emissions_t",
    "sink_t",
    "depth",
    "depth_netted",
    "regions_in_deficit",
    "horizon",
    "emissions_horizon_t",
    "sink_horizon_t",
    "depth_horizon",
    "depth_netted_horizon",
    "regions_in_deficit_horizon",
    "deficit_year",
];

/// The columns of a scenario's row.
#[must_use]
pub fn header(thresholds: &[&str]) -> Vec<String> {
    let mut header: Vec<String> = HEADER.map(str::to_owned).to_vec();
    for threshold in thresholds {
        header.push(format!("{threshold}_first_year"));
        header.push(format!("{threshold}_margin_horizon"));
        header.push(format!("{threshold}_p_horizon"));
    }
    header
}

/// The names of the thresholds held against the nation, in the order in which they are met.
pub fn thresholds<'a>(summaries: impl IntoIterator<Item = &'a Summary>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for threshold in summaries.into_iter().flat_map(|summary| &summary.nation) {
        if !names.contains(&threshold.threshold.as_str()) {
            names.push(&threshold.threshold);
        }
    }
    names
}

/// A scenario's row.
#[must_use]
pub fn row(summary: &Summary, thresholds: &[&str]) -> Vec<String> {
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let standing = |standing: &Standing| {
        [
            standing.year.to_string(),
            number(standing.emissions),
            number(standing.sink),
            number(standing.depth),
            number(standing.depth_netted),
            standing.in_deficit.len().to_string(),
        ]
    };
    let mut cells = vec![summary.scenario.clone(), summary.data.clone(), summary.unit.clone()];
    cells.extend(standing(&summary.now));
    cells.extend(standing(&summary.horizon));
    cells.push(summary.deficit_year.map_or_else(String::new, |year| year.to_string()));
    for name in thresholds {
        let held = summary.nation.iter().find(|threshold| threshold.threshold == *name);
        cells.push(first_year(summary, name));
        cells.push(number(held.and_then(|threshold| threshold.margin)));
        cells.push(number(held.and_then(|threshold| Some(threshold.probability?.share))));
    }
    cells
}

/// The first projected year, `already` when it is crossed before, `never` to the horizon, `unknown` when the data do not
/// reach that far.
fn first_year(summary: &Summary, name: &str) -> String {
    let held = summary.thresholds.iter().find(|held| held.scope == "nation" && held.threshold == name);
    held.map_or_else(String::new, |held| held.words())
}

/// The comparison as CSV tables, by name; `csv` writes their rows.
pub(crate) fn tables(
    comparison: &Comparison,
    csv: impl Fn(&mut dyn Iterator<Item = Vec<String>>) -> String,
) -> Vec<(&'static str, String)> {
    let head = |first: &[&str]| -> Vec<String> {
        first.iter().map(|name| (*name).to_owned()).chain(comparison.runs.iter().cloned()).collect()
    };
    let differences = |first: &str, all: &[Difference]| {
        let rows = all.iter().map(|difference| {
            std::iter::once(difference.of.clone()).chain(difference.values.iter().cloned()).collect()
        });
        csv(&mut std::iter::once(head(&[first])).chain(rows))
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
            csv(&mut std::iter::once(head(&["threshold", "scope", "name", "figure"])).chain(thresholds)),
        ),
        ("ranking", csv(&mut std::iter::once(head(&["region"])).chain(ranking))),
        ("quadrants", differences("region", &comparison.quadrants)),
        (
            "regions",
            csv(&mut std::iter::once(head(&["region", "name", "figure_horizon", "unit"])).chain(regions)),
        ),
    ]
}

/// Rows as CSV in which no text can be taken for a formula.
pub(crate) fn guarded_csv(rows: impl Iterator<Item = Vec<String>>) -> String {
    csv_text(rows.map(|cells| cells.iter().map(|cell| guarded_text(cell).into_owned()).collect()))
}

/// A cell of CSV, to the last digit.
#[must_use]
pub fn text(cell: &Cell) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Boolean(truth) => truth.to_string(),
    }
}
