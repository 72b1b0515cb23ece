//! `icf solve SCENARIO`

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_results::{Solution, SolutionRow, Table};
use icf_runner::Cache;
use icf_tables::csv_text;
use icf_workflow::text as cell_text;

use super::comparison::aligned;
use super::summary::amount;
use crate::arguments::{DataFormat, Solve};
use crate::{exit, render, terminal};

/// Answers the questions of a scenario without running the rest of it.
pub(crate) fn run(arguments: &Solve) -> u8 {
    let (rows, solutions) = match answers(arguments) {
        Ok(found) => found,
        Err(mistakes) => {
            eprint!("{}", render::diagnostics(&mistakes, terminal::colour()));
            return exit::INVALID;
        }
    };
    let answer = match arguments.format {
        DataFormat::Text => aligned(&lines(&solutions)),
        DataFormat::Csv => {
            let table = Table::of(&rows);
            let header = table.columns.iter().map(|column| column.name.to_owned()).collect();
            let rows = table.rows.iter().map(|row| row.iter().map(cell_text).collect());
            csv_text(std::iter::once(header).chain(rows))
        }
        DataFormat::Json => format!(
            "{}\n",
            serde_json::to_string_pretty(&solutions).expect("a solution is made of text and numbers")
        ),
    };
    terminal::print(&answer)
}

fn answers(arguments: &Solve) -> Result<(Vec<SolutionRow>, Vec<Solution>), Diagnostics> {
    let loaded = icf_scenario::load_family(&arguments.file, &arguments.set)?.members[0].load()?;
    if loaded.scenario().solve.is_empty() {
        let nothing = Diagnostic::error("no-question", "the scenario asks nothing")
            .at(Place::file(arguments.file.display().to_string()))
            .hint("write `solve: [{ for: nation, threshold: capacity, until: 2030, by: emissions-rate }]`");
        return Err(nothing.into());
    }
    let (rows, solutions, warnings) = icf_runner::solve(&loaded, &Cache::default())?;
    eprint!("{}", render::diagnostics(&warnings, terminal::colour()));
    Ok((rows, solutions))
}

/// A line an answer: whom and what it is about, the answer, and the budget.
pub(super) fn lines(solutions: &[Solution]) -> Vec<Vec<String>> {
    let line = |solution: &Solution| {
        let Solution { threshold, name, until, .. } = solution;
        let chance = solution.probability;
        let chance = chance
            .map_or_else(String::new, |share| format!(" in {} % of draws", (share * 1e8).round() / 1e6));
        vec![format!("{threshold} ({name}) to {until}{chance}:"), answer(solution), budget(solution)]
    };
    solutions.iter().map(line).collect()
}

fn answer(solution: &Solution) -> String {
    let Solution { value, unit, now, by, goal, outcome, until, note, .. } = solution;
    let number = |value: f64| measure(value, unit);
    let now = now.filter(|_| unit != "hm2").map_or_else(String::new, |now| format!(", now {}", number(now)));
    let Some(value) = value else { return format!("{}{now}", if note.is_empty() { outcome } else { note }) };
    let back = if goal == "return" { format!(" to be back by {until}") } else { String::new() };
    let turned = match (by.as_str(), unit.as_str()) {
        ("emissions-rate", _) => format!("emissions {} a year at most", measure(*value, "%")),
        (by, "hm2") if by.starts_with("sink-area ") => {
            let class = by.trim_start_matches("sink-area ");
            if *value < 0.0 {
                format!("{} less {class} at most", measure(-value, unit))
            } else {
                format!("{} more {class} at least", measure(*value, unit))
            }
        }
        (by, _) => format!("{by} {}", number(*value)),
    };
    match outcome.as_str() {
        "found" => format!("{turned}{back}{now}"),
        _ => format!("{outcome}: {by} {} is the best{now}", number(*value)),
    }
}

fn budget(solution: &Solution) -> String {
    let unit = &solution.mass_unit;
    match (solution.budget, solution.planned) {
        (Some(budget), Some(planned)) => {
            format!("may emit {} {unit}, emits {}", amount(budget), amount(planned))
        }
        (None, Some(planned)) => format!("emits {} {unit}", amount(planned)),
        _ => String::new(),
    }
}

/// A number with its sign where it is a change, and its unit.
fn measure(value: f64, unit: &str) -> String {
    match unit {
        "hm2" if value.abs() >= 1e5 => format!("{:.2}e6 hm2", value / 1e6),
        "hm2" => format!("{value:.0} hm2"),
        "%" | "%/yr" => format!("{value:+.3} {unit}"),
        "" => format!("{value:.4}"),
        _ if value.abs() >= 1e6 => format!("{} {unit}", amount(value)),
        _ => format!("{value:.4} {unit}"),
    }
}
