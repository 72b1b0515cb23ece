//! The tables of the sections that look back.

use icf_results::{BacktestRow, DecompositionRow};

use super::glossary;
use super::table::{Head, HtmlCell, HtmlRow, HtmlTable};
use crate::Language;
use crate::number::{fixed, percent, significant};
use crate::view::View;

/// The back-tests of all regions together, and of their sum.
pub(crate) fn backtest(view: &View) -> HtmlTable {
    let rows = &view.results.backtest;
    let sum_of = |row: &BacktestRow| {
        rows.iter().find(|other| {
            other.scope == "nation"
                && (other.quantity, &other.model, other.chosen) == (row.quantity, &row.model, row.chosen)
        })
    };
    let two = |value: f64| fixed(value, 2);
    let own = |chosen: bool| {
        if chosen {
            HtmlCell::Chip(glossary::word("yes", view.language).to_owned(), "good")
        } else {
            HtmlCell::Missing
        }
    };
    let row = |row: &BacktestRow| {
        let sum = sum_of(row);
        let [low, high] =
            [[row.coverage80_low, row.coverage80_high], [row.coverage95_low, row.coverage95_high]];
        HtmlRow {
            region: String::new(),
            cells: vec![
                HtmlCell::text(glossary::word(row.quantity, view.language)),
                HtmlCell::text(glossary::word(&row.model, view.language)),
                own(row.chosen),
                HtmlCell::number(sum.and_then(|sum| sum.mae), |mae| of_unit(view, mae, &row.unit)),
                HtmlCell::number(sum.and_then(|sum| sum.mape), percent),
                HtmlCell::number(sum.and_then(|sum| sum.mase), two),
                HtmlCell::number(sum.and_then(|sum| sum.naive_mase), two),
                HtmlCell::number(row.mase, two),
                HtmlCell::number(row.naive_mase, two),
                covered(row.coverage80, low),
                covered(row.coverage95, high),
            ],
        }
    };
    let said = |english, chinese| view.language.of(english, chinese);
    let scaled_error = said(
        "Mean error in mean changes of a year; below that of no change, the model is the better forecast",
        "以年均变化为单位的平均误差；低于“不变”预测则该模型更优",
    );
    let held = said(
        "Share of the intervals that held what came, over all regions; in brackets how sure that is (95 %, blocks of three years)",
        "全部区域中区间包含实际值的比例；括号内为其把握（95 %，三年分块）",
    );
    HtmlTable {
        id: "table-backtest".to_owned(),
        caption: said(
            "One model of one quantity a row; forecasts one to three years ahead",
            "每行为一个量的一个模型；预测一至三年",
        )
        .to_owned(),
        heads: vec![
            Head::text(said("Quantity", "量")),
            Head::text(said("Model", "模型")),
            Head::text(said("This scenario’s", "本情景所用")),
            Head::number(said("Mean error of the sum", "总和的平均误差"), ""),
            Head::number(said("in %", "百分比"), "").meaning(said(
                "Mean absolute percentage error of the sum of all regions",
                "全部区域之和的平均绝对百分比误差",
            )),
            Head::number(said("MASE of the sum", "总和 MASE"), "").meaning(scaled_error),
            Head::number(said("no change", "不变"), "")
                .meaning(said("MASE of the forecast of no change, for the sum", "“不变”预测的 MASE，总和")),
            Head::number(said("MASE of regions", "区域 MASE"), "").meaning(scaled_error),
            Head::number(said("no change", "不变"), "").meaning(said(
                "MASE of the forecast of no change, over the regions",
                "“不变”预测的 MASE，各区域",
            )),
            Head::number(said("80 % held", "80 % 区间命中"), "").meaning(held),
            Head::number(said("95 % held", "95 % 区间命中"), "").meaning(held),
        ],
        rows: rows.iter().filter(|row| row.scope == "all").map(row).collect(),
        empty: said("The run projects nothing.", "本次运行不作预测。").to_owned(),
        tall: false,
    }
}

/// An error with its unit, people in millions.
fn of_unit(view: &View, error: f64, unit: &str) -> String {
    match unit {
        "persons" => match view.language {
            Language::English => format!("{} million persons", significant(error / 1e6, 3)),
            Language::Chinese => format!("{} 万人", significant(error / 1e4, 3)),
        },
        _ => view.with_unit(error, unit),
    }
}

fn covered(share: Option<f64>, bounds: [Option<f64>; 2]) -> HtmlCell {
    let whole = |share: f64| fixed(100.0 * share, 0);
    HtmlCell::number(share, |share| match bounds {
        [Some(low), Some(high)] => format!("{} % ({}–{})", whole(share), whole(low), whole(high)),
        _ => format!("{} %", whole(share)),
    })
}

/// The decomposition of nation, groups and regions.
pub(crate) fn decomposition(view: &View) -> HtmlTable {
    let rows = &view.results.decomposition;
    let effects = |row: &DecompositionRow| {
        [row.change, row.population, row.nominal_product_per_head, row.nominal_intensity, row.fuel_mix]
    };
    let largest = rows.iter().flat_map(effects).flatten().map(f64::abs).fold(0.0, f64::max);
    let mass = view.tonnes(largest.min(1e8));
    let rank = |row: &&DecompositionRow| match row.scope {
        "nation" => 0,
        "group" => 1,
        _ => 2,
    };
    let mut sorted: Vec<&DecompositionRow> = rows.iter().collect();
    sorted.sort_by_key(rank);
    let row = |row: &&DecompositionRow| {
        let info = view.info(&row.region).filter(|_| row.scope == "region");
        let place = match info {
            Some(info) => HtmlCell::region(view, info),
            None => HtmlCell::text(glossary::word(&row.region, view.language)),
        };
        let numbers = effects(row);
        let numbers = numbers
            .map(|value| HtmlCell::number(value.map(|value| mass.of(value)), |value| significant(value, 3)));
        let mut cells = vec![
            place,
            HtmlCell::text(format!("{}–{}", row.from, row.to)),
            HtmlCell::text(glossary::word(row.span, view.language)),
        ];
        cells.extend(numbers);
        HtmlRow { region: info.map_or_else(String::new, |_| row.region.clone()), cells }
    };
    let said = |english, chinese| view.language.of(english, chinese);
    HtmlTable {
        id: "table-decomposition".to_owned(),
        caption: said(
            "One region, group or the nation and one span of years a row; the effects add up to the change",
            "每行为一个区域、分组或全国的一个时段；各效应之和等于变化",
        )
        .to_owned(),
        heads: vec![
            Head::text(said("Where", "范围")),
            Head::text(said("Years", "年份")),
            Head::text(said("Span", "时段")),
            Head::number(said("Change", "变化"), &mass.name())
                .meaning(said("Emissions of the last year less those of the first", "末年排放减首年排放")),
            Head::number(said("Residents", "人口"), &mass.name())
                .meaning(said("Effect of the number of residents", "人口数量的效应")),
            Head::number(said("Product per resident", "人均GDP"), &mass.name())
                .meaning(said("At current prices: inflation is in it", "按当年价格：含通货膨胀")),
            Head::number(said("Energy per product", "单位GDP能耗"), &mass.name()).meaning(said(
                "In standard coal, at current prices; emissions per product where the fuels have no coefficients",
                "以标准煤计，当年价格；燃料无系数时为单位GDP排放",
            )),
            Head::number(said("Mix of fuels", "能源结构"), &mass.name())
                .meaning(said("Emissions per energy", "单位能耗排放")),
        ],
        tall: sorted.len() > 24,
        rows: sorted.iter().map(row).collect(),
        empty: said("The data set has no product, or no residents.", "数据集没有GDP或人口。").to_owned(),
    }
}
