//! The tables of the page's sections.

use std::collections::BTreeMap;

use icf_results::{Cell, ColumnType, Record, Table, TransitionRow, Verdict};
use icf_units::{Quantity, Year};

use super::glossary;
use super::table::{Head, HtmlCell, HtmlRow, HtmlTable};
use crate::language::say;
use crate::number::{percent, significant, trimmed, unit_in};
use crate::variable::Variable;
use crate::view::View;

/// Rows of the data-quality list that the page shows; the full list is a file.
pub(crate) const QUALITY_SHOWN: usize = 300;

/// Columns that hold keys of a scenario or of a data set, which stay as they are written there.
const KEYS: [&str; 4] = ["key", "fuel", "input", "item"];

/// Any table of the results, a column a column.
pub(crate) fn plain<R: Record>(view: &View, rows: &[R], empty: &str) -> HtmlTable {
    let table = Table::of(rows);
    let language = view.language;
    // Of thousands of rows most say the same.
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let head = |column: &icf_results::Column| Head {
        text: glossary::column(column.name, language),
        unit: if column.unit == "1" { String::new() } else { unit_in(column.unit, language) },
        meaning: language.of(column.description, "").to_owned(),
        numeric: column.ty == ColumnType::Number,
    };
    let mut cell = |name: &str, cell: &Cell| match cell {
        Cell::Missing => HtmlCell::Missing,
        Cell::Text(text) if KEYS.contains(&name) => HtmlCell::text(text.as_str()),
        Cell::Text(text) if name == "threshold" => HtmlCell::text(view.threshold(text)),
        Cell::Text(text) => {
            HtmlCell::text(known.entry(text.clone()).or_insert_with(|| view.said(text)).as_str())
        }
        Cell::Integer(number) => HtmlCell::Text(number.to_string()),
        Cell::Number(number) => HtmlCell::Number(trimmed(*number), *number),
        Cell::Boolean(truth) => HtmlCell::text(glossary::word(if *truth { "yes" } else { "no" }, language)),
    };
    HtmlTable {
        id: format!("table-{}", table.name.replace('_', "-")),
        caption: glossary::title(table.name, table.title, language).to_owned(),
        heads: table.columns.iter().map(head).collect(),
        rows: table
            .rows
            .iter()
            .map(|row| {
                let cells = table.columns.iter().zip(row).map(|(column, value)| cell(column.name, value));
                HtmlRow { region: String::new(), cells: cells.collect() }
            })
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
    let mass = view.tonnes(largest(|row| row.ice_t.map(Quantity::get)));
    let area = view.hectares(largest(|row| row.icf_hm2.map(Quantity::get)));
    let mut years = vec![view.last()];
    if view.projects() {
        years.push(view.results.horizon);
    }
    let said = |english, chinese| view.language.of(english, chinese);
    let mut heads = vec![Head::text(said("Region", "区域")), Head::text(said("Group", "分组"))];
    for year in &years {
        let named = |text: &str| format!("{text} {year}");
        heads.extend([
            Head::number(&named("ICE"), &mass.name()).meaning(said(
                "Industrial carbon emissions on the scenario's basis",
                "工业碳排放，按情景的核算基准",
            )),
            Head::number(&named("CS"), &mass.name()).meaning(said("Ecosystem carbon sink", "生态系统碳汇")),
            Head::number(&named(said("Balance", "差额")), &area.name())
                .meaning(said("Capacity less footprint; negative is a deficit", "承载力减足迹；负为赤字")),
            Head::number(&named(said("Size", "广度")), Variable::Size.unit(view.language))
                .meaning(said("Footprint size per resident", "人均足迹广度")),
            Head::number(&named(said("Depth", "深度")), "")
                .meaning(said("1 + deficit / capacity", "1 + 赤字 / 承载力")),
            Head::text(&named(said("Quadrant", "象限")))
                .meaning(said("Mitigation quadrant of the year", "当年减排象限")),
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
        let name = HtmlCell::region(view, info);
        let mut row = vec![name, HtmlCell::text(glossary::word(&info.group, view.language))];
        row.extend(years.iter().flat_map(|&year| cells(info.id.as_str(), year)));
        HtmlRow { region: info.id.to_string(), cells: row }
    };
    HtmlTable {
        id: "table-regions".to_owned(),
        caption: said("One region a row", "每行一个区域").to_owned(),
        heads,
        rows: view.regions().iter().map(row).collect(),
        empty: said("The run has no regions.", "本次运行没有区域。").to_owned(),
        tall: true,
    }
}

/// The thresholds of some scopes.
pub(crate) fn thresholds(view: &View, of_scope: impl Fn(&str) -> bool, id: &str) -> HtmlTable {
    let horizon = view.results.horizon;
    let said = |english, chinese| view.language.of(english, chinese);
    let heads = vec![
        Head::text(said("Threshold", "阈值")),
        Head::text(said("Where", "范围")),
        Head::number(said("Level", "水平"), "").meaning(said(
            "The level held against the trajectory; at the horizon where it moves",
            "与轨迹比较的水平；随时间变化者取目标年",
        )),
        Head::number(&format!("{} {horizon}", said("Margin", "余量")), "")
            .meaning(said("Level less trajectory: positive is room left", "水平减轨迹：正为尚余空间")),
        Head::number(said("Share of level", "占水平之比"), "")
            .meaning(said("The margin as a share of the level", "余量占水平的比例")),
        Head::text(said("First crossed", "首次突破"))
            .meaning(said("First projected year above the level", "首个高于水平的预测年")),
        Head::text(&say!(view.language, "Crossed in {}", "{} 年已突破", view.last())),
        Head::text(said("Crossed before", "历史突破"))
            .meaning(said("Years of the history above the level", "历史上高于水平的年份")),
        Head::number(&format!("{} {horizon}", said("Depth", "深度")), "")
            .meaning(said("Depth with the regional correction", "经区域修正的深度")),
    ];
    let rows = view.results.thresholds.iter().filter(|row| of_scope(row.scope)).map(|row| {
        let region = row.scope == "region";
        let place = match view.info(&row.region) {
            Some(info) if region => HtmlCell::region(view, info),
            _ => HtmlCell::text(glossary::word(&row.region, view.language)),
        };
        let with_unit = |value: f64| view.with_unit(value, &row.unit);
        let start = match row.already_at_start {
            Some(true) => glossary::word("yes", view.language),
            Some(false) => glossary::word("no", view.language),
            None => "",
        };
        HtmlRow {
            region: if region { row.region.clone() } else { String::new() },
            cells: vec![
                HtmlCell::text(view.threshold(&row.threshold)),
                place,
                HtmlCell::number(row.value, with_unit),
                HtmlCell::number(row.margin_horizon, with_unit),
                HtmlCell::number(row.margin_share, percent),
                HtmlCell::text(
                    row.first_year.map_or(said("never", "未出现").to_owned(), |year| year.to_string()),
                ),
                HtmlCell::text(start),
                HtmlCell::text(row.historical_crossings.as_str()),
                HtmlCell::number(row.depth_horizon.map(Quantity::get), |depth| significant(depth, 3)),
            ],
        }
    });
    let rows: Vec<_> = rows.collect();
    HtmlTable {
        id: id.to_owned(),
        caption: said("One threshold a row", "每行一个阈值").to_owned(),
        heads,
        tall: rows.len() > 24,
        rows,
        empty: said("The scenario sets no such threshold.", "情景未设此类阈值。").to_owned(),
    }
}

/// What would just keep thresholds uncrossed.
pub(crate) fn solutions(view: &View) -> HtmlTable {
    let rows = &view.results.solutions;
    let largest = rows.iter().filter_map(|row| row.budget_t.or(row.planned_t)).map(Quantity::get);
    let mass = view.tonnes(largest.fold(0.0, f64::max));
    let said = |english, chinese| view.language.of(english, chinese);
    let heads = vec![
        Head::text(said("Threshold", "阈值")),
        Head::text(said("Where", "范围")),
        Head::text(said("Until", "截至")),
        Head::number(said("Sure", "把握"), "").meaning(said(
            "Share of the draws that is to keep clear; without draws none",
            "要求不突破的抽样比例；不抽样则空",
        )),
        Head::text(said("Turned", "调节量")),
        Head::text(said("Outcome", "结果")).meaning(said(
            "`any`: nothing crosses it; `none`: nothing is enough",
            "`any`：怎样都不突破；`none`：怎样都不够",
        )),
        Head::number(said("Value", "值"), "").meaning(said(
            "At which it is just not crossed, or the best that was met",
            "恰不突破时的值，或所遇最优值",
        )),
        Head::number(said("As it stands", "现状"), "")
            .meaning(said("What the scenario has instead", "情景现有的值")),
        Head::number(said("May emit", "可排放"), &mass.name())
            .meaning(said("Until that year without crossing it in any", "至该年、任一年均不突破")),
        Head::number(said("Emits", "将排放"), &mass.name())
            .meaning(said("As the scenario stands, until that year", "按情景现状至该年")),
        Head::text(said("Note", "说明")),
    ];
    let of_row = |row: &icf_results::SolutionRow| {
        let place = match view.info(&row.region).filter(|_| row.scope == "region") {
            Some(info) => HtmlCell::region(view, info),
            None => HtmlCell::text(glossary::word(&row.region, view.language)),
        };
        let with_unit = |value: f64| view.with_unit(value, &row.unit);
        let tonnes = |value: Option<icf_units::TonnesCarbon>| {
            HtmlCell::number(value.map(|value| mass.of(value.get())), |value| significant(value, 4))
        };
        HtmlRow {
            region: if row.scope == "region" { row.region.clone() } else { String::new() },
            cells: vec![
                HtmlCell::text(view.threshold(&row.threshold)),
                place,
                HtmlCell::text(row.until.to_string()),
                HtmlCell::number(row.probability, percent),
                HtmlCell::text(row.by.as_str()),
                HtmlCell::text(row.outcome),
                HtmlCell::number(row.value, with_unit),
                HtmlCell::number(row.now, with_unit),
                tonnes(row.budget_t),
                tonnes(row.planned_t),
                HtmlCell::text(view.said(&row.note)),
            ],
        }
    };
    HtmlTable {
        id: "table-solutions".to_owned(),
        caption: said("One question and subject a row", "每行一个问题与对象").to_owned(),
        heads,
        tall: rows.len() > 24,
        rows: rows.iter().map(of_row).collect(),
        empty: said("The scenario asks nothing backwards.", "情景没有反问。").to_owned(),
    }
}

/// The regions whose quadrant or cluster changed, and how.
pub(crate) fn transitions(view: &View) -> HtmlTable {
    let changed = |row: &&TransitionRow| {
        row.quadrant_first != row.quadrant_last || row.cluster_first != row.cluster_last
    };
    let said = |english, chinese| view.language.of(english, chinese);
    let heads = [
        said("Variable", "变量"),
        said("Region", "区域"),
        said("Quadrant, first", "首年象限"),
        said("Quadrant, last", "末年象限"),
        said("Cluster, first", "首年集聚"),
        said("Cluster, last", "末年集聚"),
        said("Type", "类型"),
    ];
    let rows = view.results.transitions.iter().filter(changed).map(|row| {
        let region = row.region.as_str();
        let variable = Variable::of_key(row.variable);
        HtmlRow {
            region: region.to_owned(),
            cells: vec![
                HtmlCell::text(variable.map_or(row.variable, |variable| variable.short(view.language))),
                HtmlCell::region_or_text(view, region),
                HtmlCell::text(row.quadrant_first),
                HtmlCell::text(row.quadrant_last),
                HtmlCell::text(glossary::word(row.cluster_first, view.language)),
                HtmlCell::text(glossary::word(row.cluster_last, view.language)),
                HtmlCell::text(row.rey_type.unwrap_or_default()),
            ],
        }
    });
    HtmlTable {
        id: "table-transitions".to_owned(),
        caption: said(
            "Regions whose quadrant or cluster changed between the first and the last complete year",
            "首个与末个完整年份之间象限或集聚改变的区域",
        )
        .to_owned(),
        heads: heads.map(Head::text).into(),
        rows: rows.collect(),
        empty: said("No region changed its quadrant or cluster.", "没有区域改变象限或集聚。").to_owned(),
        tall: true,
    }
}

/// The models behind the projection.
pub(crate) fn models(view: &View) -> HtmlTable {
    let rows = &view.results.models;
    let empty = view.language.of("The run projects nothing.", "本次运行不作预测。");
    linked(view, plain(view, rows, empty), 0, rows.iter().map(|row| row.region.as_str()))
}

/// Who is likely to be in deficit, and how soon.
pub(crate) fn warnings(view: &View) -> HtmlTable {
    let rows = &view.results.early_warning;
    let empty =
        view.language.of("Of no region both emissions and sink are known.", "没有区域同时已知排放与碳汇。");
    let table = plain(view, rows, empty);
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
            row.cells[column] = HtmlCell::region(view, info);
        }
    }
    table
}

/// The paper's figures beside the computed ones.
pub(crate) fn claims(view: &View) -> HtmlTable {
    let language = view.language;
    let rows = view.results.paper_claims.iter().map(|claim| {
        let colour = match claim.verdict {
            Verdict::Reproduced => "good",
            Verdict::DirectionOnly => "half",
            Verdict::NotReproduced => "bad",
            Verdict::NotComputable => "none",
        };
        HtmlRow {
            region: String::new(),
            cells: vec![
                HtmlCell::text(view.said(&claim.claim)),
                HtmlCell::text(signed(view.said(&claim.printed))),
                HtmlCell::text(signed(view.said(&claim.computed_coherent))),
                HtmlCell::text(signed(view.said(&claim.computed_as_published))),
                HtmlCell::text(unit_in(claim.unit, language)),
                HtmlCell::Chip(glossary::word(&claim.verdict.to_string(), language).to_owned(), colour),
                HtmlCell::text(view.said(&claim.why)),
            ],
        }
    });
    let heads = [
        language.of("Claim", "论断"),
        language.of("Printed", "原文"),
        language.of("Computed, coherent", "计算值（一致）"),
        language.of("Computed, as published", "计算值（照原文）"),
        language.of("Unit", "单位"),
        language.of("Verdict", "判定"),
        language.of("Why", "缘由"),
    ];
    HtmlTable {
        id: "table-claims".to_owned(),
        caption: language
            .of(
                "One printed figure a row, computed under both accounting presets",
                "每行一个原文数字，按两种核算预设计算",
            )
            .to_owned(),
        heads: heads.map(Head::text).into(),
        rows: rows.collect(),
        empty: language
            .of("The paper makes no claims about this data set.", "论文没有关于此数据集的论断。")
            .to_owned(),
        tall: false,
    }
}

/// A figure with a true minus.
fn signed(text: String) -> String {
    match text.strip_prefix('-') {
        Some(figure) => format!("−{figure}"),
        None => text,
    }
}

/// How many cells of each table carry each flag, and what was done with them.
pub(crate) fn quality_counts(view: &View) -> HtmlTable {
    let language = view.language;
    let mut counts: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for row in &view.results.data_quality {
        *counts.entry((row.table, row.flag, row.action.as_str())).or_default() += 1;
    }
    let rows = counts.into_iter().map(|((table, flag, action), count)| HtmlRow {
        region: String::new(),
        cells: vec![
            HtmlCell::text(glossary::word(table, language)),
            HtmlCell::text(glossary::word(flag, language)),
            HtmlCell::text(view.said(action)),
            #[expect(clippy::cast_precision_loss, reason = "a count, for sorting")]
            HtmlCell::Number(count.to_string(), count as f64),
        ],
    });
    HtmlTable {
        id: "table-quality-counts".to_owned(),
        caption: language
            .of("Cells by table, flag and what was done", "按表、标记与处理统计的数据项")
            .to_owned(),
        heads: vec![
            Head::text(language.of("Table", "表")),
            Head::text(language.of("Flag", "标记")),
            Head::text(language.of("Action", "处理")),
            Head::number(language.of("Cells", "数据项数"), ""),
        ],
        rows: rows.collect(),
        empty: language
            .of(
                "No cell of the input was filled, and none carries a flag.",
                "没有输入数据项被填补，也没有标记。",
            )
            .to_owned(),
        tall: false,
    }
}
