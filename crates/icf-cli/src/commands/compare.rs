//! `icf compare FILE-or-RUN…`

use std::path::Path;

use icf_results::{Standing, Summary};

use super::summary::amount;
use crate::arguments::{Compare, Format};
use crate::{exit, output, terminal};

/// One row a scenario: on the terminal, and as a CSV file. A scenario that fails does not stop the others.
pub(crate) fn run(arguments: &Compare) -> u8 {
    let (mut code, mut summaries) = (exit::DONE, Vec::new());
    for subject in &arguments.subjects {
        match summary_of(subject) {
            Ok(summary) => summaries.push(summary),
            Err(failure) => code = code.max(failure),
        }
    }
    if summaries.is_empty() {
        return code;
    }
    if let Err(error) = write_csv(&arguments.out, &summaries) {
        eprintln!("icf: {}: {error}", arguments.out.display());
        return code.max(exit::FAILED);
    }
    let text = match arguments.common.format {
        Format::Text => text(&summaries),
        Format::Json => {
            serde_json::to_string_pretty(&summaries).expect("a summary has text keys only") + "\n"
        }
    };
    code.max(terminal::print(&text))
}

/// Runs a scenario file, or reads the summary of a finished run.
fn summary_of(subject: &Path) -> Result<Summary, u8> {
    if !subject.is_dir() {
        let loaded = super::run_scenario::load(subject)?;
        return super::run_scenario::results_of(subject, &loaded).map(|(results, _)| Summary::of(&results));
    }
    let file = subject.join(output::SUMMARY);
    let read = std::fs::read(&file).map_err(|error| error.to_string());
    read.and_then(|bytes| serde_json::from_slice(&bytes).map_err(|error| error.to_string())).map_err(
        |error| {
            eprintln!("icf: {}: {error}; is {} the folder of a run?", file.display(), subject.display());
            exit::INVALID
        },
    )
}

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

/// Writes one row a scenario, with two columns for each threshold that any of them holds against the nation.
fn write_csv(path: &Path, summaries: &[Summary]) -> std::io::Result<()> {
    let thresholds = thresholds(summaries);
    let mut header: Vec<String> = HEADER.map(str::to_owned).to_vec();
    for threshold in &thresholds {
        header.push(format!("{threshold}_first_year"));
        header.push(format!("{threshold}_margin_horizon"));
    }
    let rows = summaries.iter().map(|summary| row(summary, &thresholds));
    let text: String = std::iter::once(header)
        .chain(rows)
        .map(|cells| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n")
        .collect();
    output::replace(path, text.as_bytes())
}

/// The names of the thresholds held against the nation, in the order in which they are met.
fn thresholds(summaries: &[Summary]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for threshold in summaries.iter().flat_map(|summary| &summary.nation) {
        if !names.contains(&threshold.threshold.as_str()) {
            names.push(&threshold.threshold);
        }
    }
    names
}

fn row(summary: &Summary, thresholds: &[&str]) -> Vec<String> {
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
        cells.push(held.map_or_else(String::new, first_year));
        cells.push(held.map_or_else(String::new, |threshold| number(threshold.margin)));
    }
    cells
}

/// The first projected year, `already` when it is crossed before, `never` to the horizon, `unknown` when the data do not
/// reach that far.
fn first_year(threshold: &icf_results::NationThreshold) -> String {
    match (threshold.already_at_start, threshold.first_year, threshold.margin) {
        (Some(true), ..) => "already".to_owned(),
        (_, Some(year), _) => year.to_string(),
        (_, None, Some(_)) => "never".to_owned(),
        (_, None, None) => "unknown".to_owned(),
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// The table for people: a line a scenario, a column group a question.
fn text(summaries: &[Summary]) -> String {
    let names = thresholds(summaries);
    let mut header: Vec<String> =
        ["scenario", "emissions", "sink", "depth", "in deficit"].map(str::to_owned).to_vec();
    header.extend(names.iter().map(|name| format!("{name} (margin)")));
    let rows: Vec<Vec<String>> = summaries
        .iter()
        .map(|summary| {
            let pair =
                |of: &dyn Fn(&Standing) -> String| format!("{} → {}", of(&summary.now), of(&summary.horizon));
            let value = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), amount);
            let mut cells = vec![
                summary.scenario.clone(),
                pair(&|standing| value(standing.emissions)),
                pair(&|standing| value(standing.sink)),
                pair(&|standing| {
                    standing.depth.map_or_else(|| "–".to_owned(), |depth| format!("{depth:.2}"))
                }),
                pair(&|standing| standing.in_deficit.len().to_string()),
            ];
            cells.extend(names.iter().map(|name| {
                summary.nation.iter().find(|threshold| threshold.threshold == *name).map_or_else(
                    || "–".to_owned(),
                    |threshold| format!("{} ({})", first_year(threshold), value(threshold.margin)),
                )
            }));
            cells
        })
        .collect();
    let years = |of: fn(&Summary) -> &Standing| {
        let mut years: Vec<String> = summaries.iter().map(|summary| of(summary).year.to_string()).collect();
        years.dedup();
        years.join(" or ")
    };
    let years = format!(
        "Nation, {} → {}; t on each scenario's basis\n\n",
        years(|summary| &summary.now),
        years(|summary| &summary.horizon)
    );
    years + &columns(&header, &rows)
}

fn columns(header: &[String], rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = (0..header.len())
        .map(|place| {
            std::iter::once(header)
                .chain(rows.iter().map(Vec::as_slice))
                .map(|row| row[place].chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let line = |row: &[String]| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    std::iter::once(line(header)).chain(rows.iter().map(|row| line(row))).collect()
}
