//! `icf compare FILE-or-RUN…`

use std::path::Path;

use icf_diagnostics::Diagnostics;
use icf_results::{Comparison, Standing, Summary};
use icf_runner::Cache;
use icf_scenario::MemberKind;
use icf_tables::csv_text;
use icf_workflow::{Condition, header, read_summary, replace, row, thresholds};

use super::comparison::{self, aligned, of_threshold};
use super::run_scenario;
use super::summary::amount;
use crate::arguments::{Compare, Format};
use crate::{exit, render, terminal};

/// One row a scenario on the terminal and as a CSV file, with what differs. A scenario that fails does not stop the others.
pub(crate) fn run(arguments: &Compare) -> u8 {
    let conditions = match run_scenario::conditions(&arguments.fail_on) {
        Ok(conditions) => conditions,
        Err(code) => return code,
    };
    let cache = Cache::default();
    let (mut code, mut summaries) = (exit::DONE, Vec::new());
    for subject in &arguments.subjects {
        match summaries_of(subject, &conditions, &cache) {
            Ok((found, failure)) => {
                code = code.max(failure);
                summaries.extend(found);
            }
            Err(failure) => code = code.max(failure),
        }
    }
    if summaries.is_empty() {
        if arguments.common.format == Format::Json {
            let json = serde_json::json!({ "runs": [], "comparison": null });
            code = code.max(terminal::print(&format!("{json:#}\n")));
        }
        return code;
    }
    for condition in &conditions {
        for summary in &summaries {
            code = code.max(run_scenario::held(condition, summary));
        }
    }
    if let Err(error) = write_csv(&arguments.out, &summaries) {
        eprintln!("icf: {}: {error}", arguments.out.display());
        return code.max(exit::FAILED);
    }
    let text = match arguments.common.format {
        Format::Text => text(&summaries),
        Format::Json => {
            let comparison = Comparison::of(&summaries);
            let json = serde_json::json!({ "runs": summaries, "comparison": comparison });
            format!("{json:#}\n")
        }
    };
    code.max(terminal::print(&text))
}

/// Runs a scenario file with its variants, or reads the summary of a finished run; members that fail are told by the exit
/// code beside those that do not.
fn summaries_of(subject: &Path, conditions: &[Condition], cache: &Cache) -> Result<(Vec<Summary>, u8), u8> {
    if !subject.is_dir() {
        return run_file(subject, conditions, cache);
    }
    match read_summary(subject) {
        Ok(summary) => Ok((vec![summary], exit::DONE)),
        Err(error) => {
            eprintln!("icf: {error}");
            Err(exit::INVALID)
        }
    }
}

fn run_file(file: &Path, conditions: &[Condition], cache: &Cache) -> Result<(Vec<Summary>, u8), u8> {
    let invalid = |mistakes: &Diagnostics| {
        eprint!("{}", render::diagnostics(mistakes, terminal::colour()));
        exit::INVALID
    };
    let family = icf_scenario::load_family(file, &[]).map_err(|mistakes| invalid(&mistakes))?;
    let mistakes = icf_workflow::impossible(&family, conditions, cache);
    if mistakes.has_errors() {
        return Err(invalid(&mistakes));
    }
    let (mut summaries, mut code) = (Vec::new(), exit::DONE);
    for member in family.members.iter().filter(|member| member.kind != MemberKind::Sweep) {
        let found = member.load().and_then(|loaded| icf_runner::headlines(&loaded, cache));
        match found {
            Ok((results, warnings)) => {
                eprint!("{}", render::diagnostics(&warnings, terminal::colour()));
                summaries.push(Summary::of(&results));
            }
            Err(mistakes) => code = invalid(&mistakes),
        }
    }
    if summaries.is_empty() { Err(code) } else { Ok((summaries, code)) }
}

/// Writes one row a scenario, with three columns for each threshold that any of them holds against the nation.
fn write_csv(path: &Path, summaries: &[Summary]) -> std::io::Result<()> {
    let thresholds = thresholds(summaries);
    let rows = summaries.iter().map(|summary| row(summary, &thresholds));
    let text = csv_text(std::iter::once(header(&thresholds)).chain(rows));
    replace(path, text.as_bytes())
}

/// The units in which the margin of a threshold is told; those of pure numbers are none.
fn margin_units(summaries: &[Summary], name: &str) -> String {
    let held = summaries.iter().flat_map(|summary| &summary.nation).filter(|held| held.threshold == name);
    let mut units: Vec<&str> = held.map(|held| held.unit.as_str()).filter(|unit| *unit != "1").collect();
    units.sort_unstable();
    units.dedup();
    units.join(" or ")
}

/// The table for people: a line a scenario, a column a question, and below it what differs.
pub(super) fn text(summaries: &[Summary]) -> String {
    let names = thresholds(summaries);
    let mut header: Vec<String> =
        ["scenario", "emissions", "sink", "depth", "in deficit"].map(str::to_owned).to_vec();
    header.extend(names.iter().map(|name| {
        let units = margin_units(summaries, name);
        let units = if units.is_empty() { units } else { format!(", {units}") };
        let mut held = summaries.iter().flat_map(|of| &of.nation).filter(|of| of.threshold == **name);
        let chance = if held.any(|of| of.probability.is_some()) { "; crossed in so many draws" } else { "" };
        format!("{name} (margin{units}{chance})")
    }));
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
            cells.extend(names.iter().map(|name| of_threshold(summary, name)));
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
    let table: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    years + &aligned(&table) + &comparison::text(&Comparison::of(summaries))
}
