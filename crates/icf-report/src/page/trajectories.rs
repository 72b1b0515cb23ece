//! Trajectories of the nation, of groups and of regions, as the page's script draws them.

use std::collections::BTreeMap;

use icf_results::{EnsembleRow, GroupRow, RegionRow};
use icf_units::{Quantity, Year};
use serde_json::{Value, json};

use super::data::{rounded, without_end};
use super::glossary::word;
use crate::figure::crossings;
use crate::language::say;
use crate::number::Scaled;
use crate::view::View;

/// Regions whose fans a page holds; more would make a page of thousands of regions heavy.
const FANS: usize = 200;

/// What is drawn of anything: emissions, sink, footprint, capacity.
type Lines = [Vec<Option<f64>>; 4];

/// The names of these in the table of draws.
const DRAWN: [&str; 4] = ["emissions", "sink", "icf", "cec"];

/// Units of flows and of areas, the lines of nation and groups (those of regions are the script's already), levels,
/// crossings and fans, by what the script calls a nation, group or region.
pub(super) fn data(view: &View, years: &[Year], mass: Scaled, area: Scaled) -> Value {
    let scales = [mass, mass, area, area];
    let levels = levels(view, mass);
    let nation = of_group(years, |year| view.nation(year).map(|row| &**row));
    let mut names: Vec<&str> = Vec::new();
    for row in &view.results.groups {
        if !names.contains(&row.group.as_str()) {
            names.push(&row.group);
        }
    }
    let groups: Vec<(&str, Lines)> = names
        .into_iter()
        .map(|name| {
            let row = |year| view.results.groups.iter().find(|row| row.group == name && row.year == year);
            (name, of_group(years, row))
        })
        .collect();
    let mut crossed = serde_json::Map::new();
    let mut note = |key: String, lines: &Lines| {
        let held = levels.get(&key).map(Vec::as_slice).unwrap_or_default();
        let found = crossed_of(years, lines, held);
        if !found.is_empty() {
            crossed.insert(key, Value::Array(found));
        }
    };
    note("nation".to_owned(), &nation);
    for (name, lines) in &groups {
        note(format!("group:{name}"), lines);
    }
    for info in view.regions() {
        let lines = of_region(years, |year| view.row(info.id.as_str(), year));
        note(format!("region:{}", info.id), &lines);
    }
    let rows = |lines: &Lines| -> Vec<Vec<Option<f64>>> {
        let scaled = |(line, scale): (&Vec<Option<f64>>, Scaled)| {
            let mut row: Vec<_> =
                line.iter().map(|value| value.map(|value| rounded(scale.of(value)))).collect();
            without_end(&mut row);
            row
        };
        lines.iter().zip(scales).map(scaled).collect()
    };
    let fans = fans(view, scales);
    let are_cut = view.has_draws() && view.regions().len() > FANS;
    json!({
        "units": [mass.name(), area.name()],
        "nation": rows(&nation),
        "groups": groups.iter().map(|(name, lines)| json!({ "key": format!("group:{name}"), "name": word(name, view.language), "rows": rows(lines) })).collect::<Vec<_>>(),
        "levels": levels
            .iter()
            .map(|(key, held)| {
                let held = held.iter().map(|(label, level)| json!([label, rounded(mass.of(*level))]));
                (key.clone(), held.collect::<Value>())
            })
            .collect::<serde_json::Map<_, _>>(),
        "crossed": crossed,
        "fans": fans,
        "fansOf": are_cut.then_some(FANS),
    })
}

fn of_group<'a>(years: &[Year], row: impl Fn(Year) -> Option<&'a GroupRow>) -> Lines {
    let line = |value: fn(&GroupRow) -> Option<f64>| years.iter().map(|&year| value(row(year)?)).collect();
    [
        line(|row| row.ice_t.map(Quantity::get)),
        line(|row| row.cs_t.map(Quantity::get)),
        line(|row| row.icf_hm2.map(Quantity::get)),
        line(|row| row.cec_hm2.map(Quantity::get)),
    ]
}

fn of_region<'a>(years: &[Year], row: impl Fn(Year) -> Option<&'a RegionRow>) -> Lines {
    let line = |value: fn(&RegionRow) -> Option<f64>| years.iter().map(|&year| value(row(year)?)).collect();
    [
        line(|row| row.ice_t.map(Quantity::get)),
        line(|row| row.cs_t.map(Quantity::get)),
        line(|row| row.icf_hm2.map(Quantity::get)),
        line(|row| row.cec_hm2.map(Quantity::get)),
    ]
}

/// The absolute thresholds of emissions, with their names.
fn levels(view: &View, mass: Scaled) -> BTreeMap<String, Vec<(String, f64)>> {
    let mut levels: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
    for row in &view.results.thresholds {
        let is_mass = row.unit == "t" || row.unit.starts_with("t ");
        let Some(value) = row.value.filter(|_| is_mass) else { continue };
        let (name, level) = (view.threshold(&row.threshold), mass.text(value));
        let label = say!(view.language, "{name} ({level})", "{name}（{level}）");
        levels.entry(key(row.scope, &row.region)).or_default().push((label, value));
    }
    levels
}

/// What the script calls a nation, group or region.
fn key(scope: &str, name: &str) -> String {
    if scope == "nation" { scope.to_owned() } else { format!("{scope}:{name}") }
}

/// The rises of a burden above what carries it, as plot and year, and above a level, with the level's place.
fn crossed_of(years: &[Year], lines: &Lines, levels: &[(String, f64)]) -> Vec<Value> {
    let series = |line: &[Option<f64>]| -> Vec<(Year, Option<f64>)> {
        years.iter().copied().zip(line.iter().copied()).collect()
    };
    let at = |year: Year| years.iter().position(|of| *of == year);
    let mut found = Vec::new();
    for (plot, pair) in lines.chunks(2).enumerate() {
        let years = crossings(&series(&pair[0]), &series(&pair[1]));
        found.extend(years.into_iter().filter_map(at).map(|year| json!([plot, year])));
    }
    let emissions = series(&lines[0]);
    for (place, (_, level)) in levels.iter().enumerate() {
        let flat: Vec<_> = years.iter().map(|&year| (year, Some(*level))).collect();
        let years = crossings(&emissions, &flat);
        found.extend(years.into_iter().filter_map(at).map(|year| json!([0, year, place])));
    }
    found
}

/// Quantiles of each projected year and line, of the nation, the groups and the regions that emit most.
fn fans(view: &View, scales: [Scaled; 4]) -> serde_json::Map<String, Value> {
    let mut emitters: Vec<(&str, f64)> = view
        .regions()
        .iter()
        .map(|info| {
            let row = view.row(info.id.as_str(), view.last());
            (info.id.as_str(), row.and_then(|row| row.ice_t).map_or(0.0, Quantity::get))
        })
        .collect();
    emitters.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let shown: std::collections::BTreeSet<&str> = emitters.iter().take(FANS).map(|entry| entry.0).collect();
    let years: Vec<Year> = view.years().into_iter().filter(|year| *year > view.last()).collect();
    let mut fans: BTreeMap<String, Vec<Vec<Value>>> = BTreeMap::new();
    for row in &view.results.ensemble {
        let Some(line) = DRAWN.iter().position(|name| *name == row.quantity) else { continue };
        let Some(year) = years.iter().position(|year| *year == row.year) else { continue };
        if row.scope == "region" && !shown.contains(row.region.as_str()) {
            continue;
        }
        let Some(quantiles) = quantiles(row, scales[line]) else { continue };
        let fan = fans
            .entry(key(row.scope, &row.region))
            .or_insert_with(|| vec![vec![Value::Null; years.len()]; DRAWN.len()]);
        fan[line][year] = json!(quantiles);
    }
    // A line of which nothing was drawn has no fan.
    let known =
        |line: Vec<Value>| if line.iter().all(Value::is_null) { json!([]) } else { Value::Array(line) };
    fans.into_iter().map(|(key, fan)| (key, fan.into_iter().map(known).collect())).collect()
}

/// From the 2.5 to the 97.5 % quantile.
fn quantiles(row: &EnsembleRow, scale: Scaled) -> Option<[f64; 7]> {
    let all = [row.q025?, row.q10?, row.q25?, row.q50?, row.q75?, row.q90?, row.q975?];
    Some(all.map(|value| rounded(scale.of(value))))
}
