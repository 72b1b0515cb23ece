//! `icf data init DIR` and `icf data check PATH`

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use icf_ingest::{ColumnSchema, Coverage, Kind, Source, Survey, TableSchema, TableSurvey, schema, survey};
use serde_json::{Value, json};

use crate::arguments::{DataCheck, DataCommand, DataInit, DataSets, Format};
use crate::{exit, render, terminal};

/// Regions named beside a line of the coverage before the rest is counted.
const NAMED: usize = 4;

pub(crate) fn run(arguments: &DataSets) -> u8 {
    match &arguments.command {
        DataCommand::Init(arguments) => init(arguments),
        DataCommand::Check(arguments) => check(arguments),
    }
}

/// Reads a data set; its mistakes go to standard error, what it holds to standard output.
fn check(arguments: &DataCheck) -> u8 {
    let source = arguments.path.to_str().and_then(icf_runner::built_in);
    match survey(&source.unwrap_or_else(|| Source::Path(arguments.path.clone()))) {
        Ok(found) => {
            eprint!("{}", render::diagnostics(&found.warnings, terminal::colour()));
            terminal::print(&match arguments.format {
                Format::Text => text(&found),
                Format::Json => {
                    let json = serde_json::to_string_pretty(&found).expect("a survey has text keys only");
                    format!("{json}\n")
                }
            })
        }
        Err(mistakes) => {
            eprint!("{}", render::diagnostics(&mistakes, terminal::colour()));
            exit::INVALID
        }
    }
}

fn text(found: &Survey) -> String {
    let mut out = String::new();
    write_text(&mut out, found).expect("writing to a string does not fail");
    out
}

fn write_text(out: &mut String, found: &Survey) -> std::fmt::Result {
    let boundaries = if found.has_boundaries { "with boundaries" } else { "without boundaries" };
    writeln!(out, "{}: valid, {} regions, {boundaries}", found.name, found.regions)?;
    for table in &found.tables {
        write_table(out, table)?;
    }
    if !found.unused.is_empty() {
        writeln!(out, "\nnot read by a run: {}", found.unused.join(", "))?;
    }
    Ok(())
}

fn write_table(out: &mut String, table: &TableSurvey) -> std::fmt::Result {
    write!(out, "\n{}: {} rows", table.table, table.rows)?;
    if let Some((first, last)) = table.years {
        write!(out, ", {first}–{last}")?;
    }
    if !table.units.is_empty() {
        write!(out, ", in {}", table.units.join(", "))?;
    }
    writeln!(out)?;
    if !table.quality.is_empty() {
        let flags: Vec<String> = table.quality.iter().map(|(flag, rows)| format!("{flag} {rows}")).collect();
        writeln!(out, "  quality: {}", flags.join(", "))?;
    }
    let Some(coverage) = &table.coverage else { return Ok(()) };
    match coverage.most {
        0 | 1 => writeln!(out, "  from {}: █ known, · not", coverage.first)?,
        most => writeln!(
            out,
            "  from {}: █ all {most} figures, 0–9 so many tenths of them, · none",
            coverage.first
        )?,
    }
    for (line, regions) in lines(coverage) {
        let named: Vec<&str> = regions.iter().take(NAMED).copied().collect();
        let rest = regions.len().saturating_sub(NAMED);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        writeln!(out, "  {line}  {}{more}", named.join(", "))?;
    }
    Ok(())
}

/// A line for all regions with the same years, in order of the first of them.
fn lines(coverage: &Coverage) -> Vec<(String, Vec<&str>)> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
    for (region, counts) in &coverage.regions {
        let line: String = counts.iter().map(|count| mark(*count, coverage.most)).collect();
        let place = *places.entry(line.clone()).or_insert_with(|| {
            lines.push((line, vec![]));
            lines.len() - 1
        });
        lines[place].1.push(region.as_str());
    }
    lines
}

fn mark(count: usize, most: usize) -> char {
    match count {
        0 => '·',
        all if all == most => '█',
        some => {
            let tenths = u32::try_from(some * 10 / most).expect("less than ten tenths");
            char::from_digit(tenths, 10).expect("a digit")
        }
    }
}

/// Writes the empty package, unless the folder holds something.
fn init(arguments: &DataInit) -> u8 {
    let folder = &arguments.folder;
    let is_empty = || std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if folder.exists() && !is_empty() {
        eprintln!("icf: {} is there and not empty: nothing was written", folder.display());
        return exit::INVALID;
    }
    match write_package(folder) {
        Ok(()) => terminal::print(&format!(
            "{0}: an empty data package; README.md says what belongs into it, `icf data check {0}` what is missing\n",
            folder.display()
        )),
        Err(error) => {
            eprintln!("icf: {}: {error}", folder.display());
            exit::FAILED
        }
    }
}

fn write_package(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for table in schema() {
        let header: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        std::fs::write(folder.join(format!("{}.csv", table.name)), format!("{}\n", header.join(",")))?;
    }
    let name =
        folder.file_name().map_or_else(|| "data".to_owned(), |name| name.to_string_lossy().into_owned());
    std::fs::write(folder.join("datapackage.json"), format!("{:#}\n", package(&name)))?;
    std::fs::write(folder.join("README.md"), readme(&name))
}

/// The description of the package.
fn package(name: &str) -> Value {
    let resources: Vec<Value> = schema()
        .iter()
        .map(|table| {
            json!({
                "name": table.name.replace('_', "-"),
                "path": format!("{}.csv", table.name),
                "profile": "tabular-data-resource",
                "description": table.description,
                "schema": {
                    "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
                    "primaryKey": table.key,
                    "missingValues": [""],
                },
                "sources": [],
                "licenses": [],
            })
        })
        .collect();
    json!({ "profile": "data-package", "name": name, "resources": resources })
}

fn field(column: &ColumnSchema) -> Value {
    let ty = match column.kind {
        Kind::Text | Kind::Unit(_) | Kind::Quality => "string",
        Kind::Year => "year",
        Kind::Number => "number",
    };
    let mut constraints = json!({ "required": column.required });
    let words = column.kind.words();
    if !words.is_empty() {
        constraints["enum"] = json!(words);
    }
    if column.kind == Kind::Number {
        constraints["minimum"] = json!(0);
    }
    json!({ "name": column.name, "type": ty, "description": column.description, "constraints": constraints })
}

fn readme(name: &str) -> String {
    let mut text = format!(
        "# {name}\n\nA data set for `icf`. Fill in the tables below, delete those that you have no figures for (here and in \
         `datapackage.json`), and run `icf data check` on this folder until it is content. Then a scenario can name it: \
         `data: path/to/{name}`.\n\n\
         * A figure that is not known has no row. A zero is a figure.\n\
         * Every figure has its unit in its row.\n\
         * `quality` says how a figure came about: `direct` (as printed), `derived` (computed from printed figures), \
         `lower-bound`, `suspect` (implausible beside its neighbours) or `estimate`.\n\
         * Boundaries for maps and neighbours are a file `boundaries.geojson`, polygons in longitude and latitude with a \
         property `region`. Name it in `datapackage.json` as the resource `boundaries`.\n"
    );
    for table in schema() {
        text.push_str(&section(table));
    }
    text
}

fn section(table: &TableSchema) -> String {
    let mut text = format!("\n## {}.csv\n\n{}\n\n", table.name, table.description);
    text.push_str("| column | needed | meaning | words |\n|---|---|---|---|\n");
    for column in table.columns {
        let needed = if column.required { "yes" } else { "no" };
        let words: Vec<String> = column.kind.words().iter().map(|word| format!("`{word}`")).collect();
        text.push_str(&format!(
            "| `{}` | {needed} | {} | {} |\n",
            column.name,
            column.description,
            words.join(", ")
        ));
    }
    let header: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let row: Vec<&str> = table.columns.iter().map(|column| column.example).collect();
    text.push_str(&format!("\n```csv\n{}\n{}\n```\n", header.join(","), row.join(",")));
    text
}
