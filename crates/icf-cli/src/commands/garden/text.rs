//! The garden for people: a line a path, and below them what flips.

use std::fmt::Write;

use icf_results::{Garden, GardenPath, GardenVerdict, PathFigures, VerdictKind};

use super::super::comparison::aligned;
use super::super::summary::amount;
use super::tables::thresholds;

/// The whole answer.
pub(super) fn text(garden: &Garden) -> String {
    let mut text = String::new();
    write_text(&mut text, garden).expect("writing to a string does not fail");
    text
}

fn write_text(out: &mut String, garden: &Garden) -> std::fmt::Result {
    let Garden { scenario, data, regions, first, last, horizon, paths, .. } = garden;
    let walked = paths.iter().filter(|path| path.figures.is_some()).count();
    writeln!(out, "{scenario}: {regions} regions of {data}, {first}–{last}, carried on to {horizon}")?;
    writeln!(out, "{} paths of methods, {walked} with figures; * is the scenario as it stands", paths.len())?;
    writeln!(out)?;
    out.push_str(&aligned(&path_rows(garden)));
    for (reason, members) in by(paths.iter().filter(|path| path.figures.is_none()), |path| &path.reason) {
        let numbers: Vec<String> = members.iter().map(|path| path.path.to_string()).collect();
        let word = if numbers.len() == 1 { "path" } else { "paths" };
        writeln!(out, "{word} {}: {reason}", numbers.join(", "))?;
    }
    writeln!(out)?;
    writeln!(
        out,
        "Emissions and sink in t on the path's basis: t C, or t CO2 taken for t C (as-printed). Depth with the"
    )?;
    writeln!(
        out,
        "regional correction. Of a threshold, the first projected year in which the nation is across it; already:"
    )?;
    writeln!(
        out,
        "in {last} too. Changed: regions in another quadrant than on the path *. Moran's I of {last}."
    )?;
    flips(out, garden, VerdictKind::Claim, "The paper's figures", "reproduced")?;
    flips(out, garden, VerdictKind::Threshold, "Thresholds of the nation", "crossed")?;
    if garden.verdicts.iter().any(|verdict| !verdict.deciders().is_empty()) {
        writeln!(out)?;
        writeln!(
            out,
            "Decided by: of the pairs of paths that differ in this choice alone, those that differ in the verdict."
        )?;
    }
    Ok(())
}

fn path_rows(garden: &Garden) -> Vec<Vec<String>> {
    let names = thresholds(garden);
    let Garden { first, last, .. } = garden;
    let mut header = vec!["path".to_owned()];
    header.extend(garden.choices.iter().map(|choice| choice.name.to_owned()));
    header.extend([
        format!("emissions {last}"),
        "sink".to_owned(),
        format!("depth {first} → {last}"),
        "in deficit".to_owned(),
    ]);
    header.extend(names.iter().map(|name| (*name).to_owned()));
    header.extend(["changed", "I of size", "I of depth"].map(str::to_owned));
    let row = |path: &GardenPath| {
        let mut cells = vec![format!("{:>2}{}", path.path, if path.own { " *" } else { "" })];
        cells.extend(path.levels.iter().map(|level| (*level).to_owned()));
        match &path.figures {
            Some(figures) => cells.extend(of_path(figures, &names)),
            None => cells.resize(header.len(), "–".to_owned()),
        }
        cells
    };
    std::iter::once(header.clone()).chain(garden.paths.iter().map(row)).collect()
}

fn of_path(figures: &PathFigures, thresholds: &[&str]) -> Vec<String> {
    let mass = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), amount);
    let fine = |value: Option<f64>, decimals: usize| {
        value.map_or_else(|| "–".to_owned(), |value| format!("{value:.decimals$}"))
    };
    let whole = |count: Option<usize>| count.map_or_else(|| "–".to_owned(), |count| count.to_string());
    let mut cells = vec![
        mass(figures.last.emissions),
        mass(figures.last.sink),
        format!("{} → {}", fine(figures.first.depth, 2), fine(figures.last.depth, 2)),
        whole(figures.last.in_deficit.as_ref().map(Vec::len)),
    ];
    cells.extend(thresholds.iter().map(|name| {
        let held = figures.thresholds.iter().find(|held| held.threshold == *name);
        held.map_or_else(|| "–".to_owned(), |held| held.words())
    }));
    cells.push(whole(figures.quadrants_changed));
    cells.extend([&figures.moran_size, &figures.moran_depth].map(|moran| fine(moran[1], 3)));
    cells
}

/// The verdicts of a kind: a line for each that flips, and the number of those that do not.
fn flips(
    out: &mut String,
    garden: &Garden,
    kind: VerdictKind,
    title: &str,
    holding: &str,
) -> std::fmt::Result {
    let all: Vec<&GardenVerdict> = garden.verdicts.iter().filter(|verdict| verdict.kind == kind).collect();
    if all.is_empty() {
        return Ok(());
    }
    let (flipping, same): (Vec<&GardenVerdict>, Vec<&GardenVerdict>) =
        all.iter().copied().partition(|verdict| !verdict.deciders().is_empty());
    writeln!(out)?;
    writeln!(out, "{title}: {} of {} flip with the method", flipping.len(), all.len())?;
    if !flipping.is_empty() {
        writeln!(out)?;
        let is_claim = kind == VerdictKind::Claim;
        let mut header = vec![String::new()];
        if is_claim {
            header.push("printed".to_owned());
        }
        header.extend(["computed", holding, "decided by", "holds"].map(str::to_owned));
        let rows = flipping.iter().map(|verdict| line(verdict, is_claim));
        let rows: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
        out.push_str(&aligned(&rows));
    }
    let kinds = by(same.into_iter(), |verdict| {
        verdict.outcomes.iter().flatten().next().map_or("not computed", |outcome| outcome.outcome.as_str())
    });
    if !kinds.is_empty() {
        writeln!(out)?;
        writeln!(out, "The same on every path:")?;
    }
    for (outcome, members) in kinds {
        writeln!(out, "  {outcome}: {}", members.len())?;
        // What holds whatever the method is worth its name.
        for verdict in members.iter().filter(|_| outcome == holding) {
            writeln!(out, "    {}", verdict.of)?;
        }
    }
    Ok(())
}

/// Items by a name of theirs, in the order in which the names are met.
fn by<'a, T>(
    items: impl Iterator<Item = &'a T>,
    name: impl Fn(&'a T) -> &'a str,
) -> Vec<(&'a str, Vec<&'a T>)> {
    let mut found: Vec<(&str, Vec<&T>)> = Vec::new();
    for item in items {
        let name = name(item);
        match found.iter_mut().find(|(of, _)| *of == name) {
            Some((_, members)) => members.push(item),
            None => found.push((name, vec![item])),
        }
    }
    found
}

fn line(verdict: &GardenVerdict, is_claim: bool) -> Vec<String> {
    let unit = |figure: &str| match verdict.unit.as_str() {
        "" | "1" => figure.to_owned(),
        unit => format!("{figure} {unit}"),
    };
    let mut cells = vec![verdict.of.clone()];
    if is_claim {
        cells.push(verdict.printed.clone());
    }
    cells.push(unit(&verdict.computed));
    cells.push(match verdict.count("direction only") {
        0 => format!("{} of {}", verdict.holds(), verdict.paths()),
        direction => format!("{} of {}, direction {direction}", verdict.holds(), verdict.paths()),
    });
    let shares: Vec<String> = verdict
        .deciders()
        .iter()
        .map(|flips| format!("{} {}/{}", flips.choice, flips.flipped, flips.pairs))
        .collect();
    cells.push(shares.join(", "));
    cells.push(verdict.holds_with.clone());
    cells
}
