//! The garden as CSV tables.

use icf_results::{Garden, GardenPath, GardenVerdict, PathFigures, VerdictKind};
use icf_tables::csv_text;

const QUADRANTS: [&str; 4] = ["I", "II", "III", "IV"];

/// Columns of a path before those of the thresholds.
const FIGURES: [&str; 17] = [
    "unit",
    "emissions_first_t",
    "emissions_last_t",
    "sink_last_t",
    "depth_first",
    "depth_last",
    "depth_horizon",
    "depth_netted_first",
    "depth_netted_last",
    "depth_netted_horizon",
    "regions_in_deficit_first",
    "regions_in_deficit_last",
    "regions_in_deficit_horizon",
    "moran_size_first",
    "moran_size_last",
    "moran_depth_first",
    "moran_depth_last",
];

/// One row a path.
pub(super) fn paths(garden: &Garden) -> String {
    let names = thresholds(garden);
    let mut header = vec!["path".to_owned()];
    header.extend(garden.choices.iter().map(|choice| choice.name.to_owned()));
    header.push("own".to_owned());
    header.extend(FIGURES.map(str::to_owned));
    for name in &names {
        header.push(format!("{name}_first_year"));
        header.push(format!("{name}_margin_horizon"));
    }
    header.push("quadrants_changed".to_owned());
    header.extend(QUADRANTS.map(|quadrant| format!("quadrant_{}", quadrant.to_lowercase())));
    header.push("reason".to_owned());
    let width = header.len();
    let row = |path: &GardenPath| {
        let mut cells = vec![path.path.to_string()];
        cells.extend(path.levels.iter().map(|level| (*level).to_owned()));
        cells.push(path.own.to_string());
        if let Some(figures) = &path.figures {
            cells.extend(of_path(figures, &names));
        }
        cells.resize(width - 1, String::new());
        cells.push(path.reason.clone());
        cells
    };
    csv_text(std::iter::once(header.clone()).chain(garden.paths.iter().map(row)))
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn whole(count: Option<usize>) -> String {
    count.map_or_else(String::new, |count| count.to_string())
}

fn of_path(figures: &PathFigures, thresholds: &[&str]) -> Vec<String> {
    let years = [&figures.first, &figures.last, &figures.horizon];
    let [size, depth] = [&figures.moran_size, &figures.moran_depth];
    let mut cells = vec![
        figures.unit.to_owned(),
        number(figures.first.emissions),
        number(figures.last.emissions),
        number(figures.last.sink),
    ];
    cells.extend(years.map(|year| number(year.depth)));
    cells.extend(years.map(|year| number(year.depth_netted)));
    cells.extend(years.map(|year| whole(year.in_deficit.as_ref().map(Vec::len))));
    cells.extend(size.iter().chain(depth).map(|value| number(*value)));
    for name in thresholds {
        let held = figures.thresholds.iter().find(|held| held.threshold == *name);
        cells.push(held.map_or_else(String::new, |held| held.words()));
        cells.push(number(held.and_then(|held| held.margin)));
    }
    cells.push(whole(figures.quadrants_changed));
    cells.extend(QUADRANTS.map(|quadrant| {
        let members: Vec<&str> = figures
            .quadrants
            .iter()
            .filter(|placed| placed.quadrant == Some(quadrant))
            .map(|placed| placed.name.as_str())
            .collect();
        members.join(", ")
    }));
    cells
}

/// The names of the thresholds held against the nation.
pub(super) fn thresholds(garden: &Garden) -> Vec<&str> {
    let first = garden.paths.iter().find_map(|path| path.figures.as_ref());
    first.into_iter().flat_map(|figures| &figures.thresholds).map(|held| held.threshold.as_str()).collect()
}

/// One row a figure of the paper and a threshold.
pub(super) fn flips(garden: &Garden) -> String {
    let mut header: Vec<String> =
        ["kind", "of", "printed", "unit", "computed", "holds", "direction_only", "paths"]
            .map(str::to_owned)
            .to_vec();
    for choice in &garden.choices {
        header.push(format!("{}_flips", choice.name));
        header.push(format!("{}_pairs", choice.name));
    }
    header.extend(["decided_by", "holds_with"].map(str::to_owned));
    let row = |verdict: &GardenVerdict| {
        let direction = match verdict.kind {
            VerdictKind::Claim => verdict.count("direction only").to_string(),
            VerdictKind::Threshold => String::new(),
        };
        let mut cells = vec![
            verdict.kind.name().to_owned(),
            verdict.of.clone(),
            verdict.printed.clone(),
            verdict.unit.clone(),
            verdict.computed.clone(),
            verdict.holds().to_string(),
            direction,
            verdict.paths().to_string(),
        ];
        cells.extend(
            verdict.flips.iter().flat_map(|flips| [flips.flipped.to_string(), flips.pairs.to_string()]),
        );
        let deciders: Vec<&str> = verdict.deciders().iter().map(|flips| flips.choice).collect();
        cells.extend([deciders.join(", "), verdict.holds_with.clone()]);
        cells
    };
    csv_text(std::iter::once(header).chain(garden.verdicts.iter().map(row)))
}
