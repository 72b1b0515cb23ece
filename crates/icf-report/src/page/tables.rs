//! The tables of the page's sections.

use std::collections::BTreeMap;

use icf_results::{Cell, ColumnType, DataQualityRow, PaperClaimRow, Record, Table, TransitionRow, Verdict};
use icf_units::{Quantity, Year};

use super::table::{Head, HtmlCell, HtmlRow, HtmlTable};
use crate::number::{Scaled, percent, readable_unit, significant, trimmed, with_unit};
use crate::variable::Variable;
use crate::view::View;
use crate::wording::capitalised;

/// Rows of the data-quality list that the page shows; the full list is a file.
pub(crate) const QUALITY_SHOWN: usize = 300;

/// Any table of the results, a column a column.
pub(crate) fn plain<R: Record>(rows: &[R], empty: &str) -> HtmlTable {
    let table = Table::of(rows);
    let head = |column: &icf_results::Column| Head {
        text: capitalised(&column.name.replace('_', " ")),
        unit: if column.unit == "1" { String::new() } else { readable_unit(column.unit) },
        meaning: column.description.to_owned(),
        numeric: column.ty == ColumnType::Number,
    };
    let cell = |cell: &Cell| match cell {
        Cell::Missing => HtmlCell::Missing,
        Cell::Text(text) => HtmlCell::text(text.as_str()),
        Cell::Integer(number) => HtmlCell::Text(number.to_string()),
        Cell::Number(number) => HtmlCell::Number(trimmed(*number), *number),
        Cell::Boolean(truth) => HtmlCell::text(if *truth { "yes" } else { "no" }),
    };
    HtmlTable {
        id: format!("table-{}", table.name.replace('_', "-")),
        caption: table.title.trim_end_matches('.').to_owned(),
        heads: table.columns.iter().map(head).collect(),
        rows: table
            .rows
            .iter()
            .map(|row| HtmlRow { region: String::new(), cells: row.iter().map(cell).collect() })
            .collect(),
        empty: empty.to_owned(),
        tall: table.rows.len() > 24,
    }
}

/// Every region in the last year of the history and at the horizon.
pub(crate) fn regions(view: &View) -> HtmlTable {
    let rows = &view.results.regions;
    let largest =
        |value: fn(&icf_results::RegionRow) -> Option<f64>| rows.iter().filter_map(value).fold(0.0, f64::max);
    let mass = Scaled::tonnes(largest(|row| row.ice_t.map(Quantity::get)), view.mass_of());
    let area = Scaled::hectares(largest(|row| row.icf_hm2.map(Quantity::get)));
    let mut years = vec![view.last()];
    if view.projects() {
        years.push(view.results.horizon);
    }
    let mut heads = vec![Head::text("Region"), Head::text("Group")];
    for year in &years {
        let named = |text: &str| format!("{text} {year}");
        heads.extend([
            Head::number(&named("ICE"), &mass.name())
                .meaning("Industrial carbon emissions on the scenario's basis"),
            Head::number(&named("CS"), &mass.name()).meaning("Ecosystem carbon sink"),
            Head::number(&named("Balance"), &area.name())
                .meaning("Capacity less footprint; negative is a deficit"),
            Head::number(&named("Size"), "hm²/person").meaning("Footprint size per resident"),
            Head::number(&named("Depth"), "").meaning("1 + deficit / capacity"),
            Head::text(&named("Quadrant")).meaning("Mitigation quadrant of the year"),
        ]);
    }
    let cells = |region: &str, year: Year| {
        let row = view.row(region, year);
        let three = |value: f64| significant(value, 3);
        [
            HtmlCell::number(row.and_then(|row| Some(mass.of(row.ice_t?.get()))), three),
            HtmlCell::number(row.and_then(|row| Some(mass.of(row.cs_t?.get()))), three),
            HtmlCell::number(view.balance(region, year).map(|balance| area.of(balance)), three),
            HtmlCell::number(row.and_then(|row| Variable::Size.value(row)), three),
            HtmlCell::number(row.and_then(|row| Variable::Depth.value(row)), three),
            HtmlCell::text(row.and_then(|row| row.quadrant).unwrap_or_default()),
        ]
    };
    let row = |info: &icf_results::RegionInfo| {
        let name = HtmlCell::Region(info.id.to_string(), info.name.clone(), info.name_zh.clone());
        let mut row = vec![name, HtmlCell::text(info.group.as_str())];
        row.extend(years.iter().flat_map(|&year| cells(info.id.as_str(), year)));
        HtmlRow { region: info.id.to_string(), cells: row }
    };
    HtmlTable {
        id: "table-regions".to_owned(),
        caption: "One region a row; a click on a heading sorts by it".to_owned(),
        heads,
        rows: view.regions().iter().map(row).collect(),
        empty: "The run has no regions.".to_owned(),
        tall: true,
    }
}

/// The thresholds of some scopes.
pub(crate) fn thresholds(view: &View, of_scope: impl Fn(&str) -> bool, id: &str) -> HtmlTable {
    let horizon = view.results.horizon;
    let heads = vec![
        Head::text("Threshold"),
        Head::text("Where"),
        Head::number("Level", "")
            .meaning("The level held against the trajectory; at the horizon where it moves"),
        Head::number(&format!("Margin {horizon}"), "")
            .meaning("Level less trajectory: positive is room left"),
        Head::number("Share of level", "").meaning("The margin as a share of the level"),
        Head::text("First crossed").meaning("First projected year above the level"),
        Head::text(&format!("Crossed in {}", view.last())),
        Head::text("Crossed before").meaning("Years of the history above the level"),
        Head::number(&format!("Depth {horizon}"), "").meaning("Depth with the regional correction"),
    ];
    let rows = view.results.thresholds.iter().filter(|row| of_scope(row.scope)).map(|row| {
        let region = row.scope == "region";
        let place = match view.info(&row.region) {
            Some(info) if region => {
                HtmlCell::Region(row.region.clone(), info.name.clone(), info.name_zh.clone())
            }
            _ => HtmlCell::text(row.region.as_str()),
        };
        let with_unit = |value: f64| with_unit(value, &row.unit);
        let start = match row.already_at_start {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        HtmlRow {
            region: if region { row.region.clone() } else { String::new() },
            cells: vec![
                HtmlCell::text(row.threshold.as_str()),
                place,
                HtmlCell::number(row.value, with_unit),
                HtmlCell::number(row.margin_horizon, with_unit),
                HtmlCell::number(row.margin_share, percent),
                HtmlCell::text(row.first_year.map_or("never".to_owned(), |year| year.to_string())),
                HtmlCell::text(start),
                HtmlCell::text(row.historical_crossings.as_str()),
                HtmlCell::number(row.depth_horizon.map(Quantity::get), |depth| significant(depth, 3)),
            ],
        }
    });
    let rows: Vec<_> = rows.collect();
    HtmlTable {
        id: id.to_owned(),
        caption: "One threshold a row".to_owned(),
        heads,
        tall: rows.len() > 24,
        rows,
        empty: "The scenario sets no such threshold.".to_owned(),
    }
}

/// What would just keep thresholds uncrossed.
pub(crate) fn solutions(view: &View) -> HtmlTable {
    let rows = &view.results.solutions;
    let largest = rows.iter().filter_map(|row| row.budget_t.or(row.planned_t)).map(Quantity::get);
    let mass = Scaled::tonnes(largest.fold(0.0, f64::max), view.mass_of());
    let heads = vec![
        Head::text("Threshold"),
        Head::text("Where"),
        Head::text("Until"),
        Head::number("Sure", "").meaning("Share of the draws that is to keep clear; without draws none"),
        Head::text("Turned"),
        Head::text("Outcome").meaning("`any`: nothing crosses it; `none`: nothing is enough"),
        Head::number("Value", "").meaning("At which it is just not crossed, or the best that was met"),
        Head::number("As it stands", "").meaning("What the scenario has instead"),
        Head::number("May emit", &mass.name()).meaning("Until that year without crossing it in any"),
        Head::number("Emits", &mass.name()).meaning("As the scenario stands, until that year"),
        Head::text("Note"),
    ];
    let of_row = |row: &icf_results::SolutionRow| {
        let place = match view.info(&row.region).filter(|_| row.scope == "region") {
            Some(info) => HtmlCell::Region(row.region.clone(), info.name.clone(), info.name_zh.clone()),
            None => HtmlCell::text(row.region.as_str()),
        };
        let with_unit = |value: f64| with_unit(value, &row.unit);
        let tonnes = |value: Option<icf_units::TonnesCarbon>| {
            HtmlCell::number(value.map(|value| mass.of(value.get())), |value| significant(value, 4))
        };
        HtmlRow {
            region: if row.scope == "region" { row.region.clone() } else { String::new() },
            cells: vec![
                HtmlCell::text(row.threshold.as_str()),
                place,
                HtmlCell::text(row.until.to_string()),
                HtmlCell::number(row.probability, percent),
                HtmlCell::text(row.by.as_str()),
                HtmlCell::text(row.outcome),
                HtmlCell::number(row.value, with_unit),
                HtmlCell::number(row.now, with_unit),
                tonnes(row.budget_t),
                tonnes(row.planned_t),
                HtmlCell::text(row.note.as_str()),
            ],
        }
    };
    HtmlTable {
        id: "table-solutions".to_owned(),
        caption: "One question and subject a row".to_owned(),
        heads,
        tall: rows.len() > 24,
        rows: rows.iter().map(of_row).collect(),
        empty: "The scenario asks nothing backwards.".to_owned(),
    }
}

/// The regions whose quadrant or cluster changed, and how.
pub(crate) fn transitions(view: &View) -> HtmlTable {
    let changed = |row: &&TransitionRow| {
        row.quadrant_first != row.quadrant_last || row.cluster_first != row.cluster_last
    };
    let heads = [
        "Variable",
        "Region",
        "Quadrant, first",
        "Quadrant, last",
        "Cluster, first",
        "Cluster, last",
        "Type",
    ];
    let rows = view.results.transitions.iter().filter(changed).map(|row| {
        let region = row.region.as_str();
        let (name, chinese) =
            view.info(region).map_or((region, ""), |info| (info.name.as_str(), info.name_zh.as_str()));
        let variable = Variable::of_key(row.variable);
        HtmlRow {
            region: region.to_owned(),
            cells: vec![
                HtmlCell::text(variable.map_or(row.variable, Variable::short)),
                HtmlCell::Region(region.to_owned(), name.to_owned(), chinese.to_owned()),
                HtmlCell::text(row.quadrant_first),
                HtmlCell::text(row.quadrant_last),
                HtmlCell::text(row.cluster_first),
                HtmlCell::text(row.cluster_last),
                HtmlCell::text(row.rey_type.unwrap_or_default()),
            ],
        }
    });
    HtmlTable {
        id: "table-transitions".to_owned(),
        caption: "Regions whose quadrant or cluster changed between the first and the last complete year"
            .to_owned(),
        heads: heads.map(Head::text).into(),
        rows: rows.collect(),
        empty: "No region changed its quadrant or cluster.".to_owned(),
        tall: true,
    }
}

/// The models behind the projection.
pub(crate) fn models(view: &View) -> HtmlTable {
    let rows = &view.results.models;
    linked(view, plain(rows, "The run projects nothing."), 0, rows.iter().map(|row| row.region.as_str()))
}

/// Who is likely to be in deficit, and how soon.
pub(crate) fn warnings(view: &View) -> HtmlTable {
    let rows = &view.results.early_warning;
    let table = plain(rows, "Of no region both emissions and sink are known.");
    let mut table = linked(view, table, 1, rows.iter().map(|row| row.region.as_str()));
    // The name stands with the region.
    table.heads.remove(2);
    for row in &mut table.rows {
        row.cells.remove(2);
    }
    table
}

/// The table with the region of each row in its place as one that can be picked.
fn linked<'a>(
    view: &View,
    mut table: HtmlTable,
    column: usize,
    regions: impl Iterator<Item = &'a str>,
) -> HtmlTable {
    for (row, region) in table.rows.iter_mut().zip(regions) {
        if let Some(info) = view.info(region) {
            row.region = region.to_owned();
            row.cells[column] = HtmlCell::Region(region.to_owned(), info.name.clone(), info.name_zh.clone());
        }
    }
    table
}

/// The paper's figures beside the computed ones.
pub(crate) fn claims(claims: &[PaperClaimRow]) -> HtmlTable {
    let rows = claims.iter().map(|claim| {
        let colour = match claim.verdict {
            Verdict::Reproduced => "good",
            Verdict::DirectionOnly => "half",
            Verdict::NotReproduced => "bad",
            Verdict::NotComputable => "none",
        };
        HtmlRow {
            region: String::new(),
            cells: vec![
                HtmlCell::text(claim.claim.as_str()),
                HtmlCell::text(claim.printed.as_str()),
                HtmlCell::text(claim.computed_coherent.as_str()),
                HtmlCell::text(claim.computed_as_published.as_str()),
                HtmlCell::text(readable_unit(claim.unit)),
                HtmlCell::Chip(claim.verdict.to_string(), colour),
                HtmlCell::text(claim.why.as_str()),
            ],
        }
    });
    let heads =
        ["Claim", "Printed", "Computed, coherent", "Computed, as published", "Unit", "Verdict", "Why"];
    HtmlTable {
        id: "table-claims".to_owned(),
        caption: "One printed figure a row, computed under both accounting presets".to_owned(),
        heads: heads.map(Head::text).into(),
        rows: rows.collect(),
        empty: "The paper makes no claims about this data set.".to_owned(),
        tall: false,
    }
}

/// How many cells of each table carry each flag, and what was done with them.
pub(crate) fn quality_counts(rows: &[DataQualityRow]) -> HtmlTable {
    let mut counts: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for row in rows {
        *counts.entry((row.table, row.flag, row.action.as_str())).or_default() += 1;
    }
    let rows = counts.into_iter().map(|((table, flag, action), count)| HtmlRow {
        region: String::new(),
        cells: vec![
            HtmlCell::text(table),
            HtmlCell::text(flag),
            HtmlCell::text(action),
            #[expect(clippy::cast_precision_loss, reason = "a count, for sorting")]
            HtmlCell::Number(count.to_string(), count as f64),
        ],
    });
    HtmlTable {
        id: "table-quality-counts".to_owned(),
        caption: "Cells by table, flag and what was done".to_owned(),
        heads: vec![Head::text("Table"), Head::text("Flag"), Head::text("Action"), Head::number("Cells", "")],
        rows: rows.collect(),
        empty: "No cell of the input was filled, and none carries a flag.".to_owned(),
        tall: false,
    }
}
