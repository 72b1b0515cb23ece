//! The tables of the sections that look back.

use icf_results::{BacktestRow, DecompositionRow};

use super::table::{Head, HtmlCell, HtmlRow, HtmlTable};
use crate::number::{Scaled, fixed, percent, significant, with_unit};
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
    let own =
        |chosen: bool| if chosen { HtmlCell::Chip("yes".to_owned(), "good") } else { HtmlCell::Missing };
    let row = |row: &BacktestRow| {
        let sum = sum_of(row);
        let [low, high] =
            [[row.coverage80_low, row.coverage80_high], [row.coverage95_low, row.coverage95_high]];
        HtmlRow {
            region: String::new(),
            cells: vec![
                HtmlCell::text(row.quantity),
                HtmlCell::text(row.model.as_str()),
                own(row.chosen),
                HtmlCell::number(sum.and_then(|sum| sum.mae), |mae| of_unit(mae, &row.unit)),
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
    let scaled_error =
        "Mean error in mean changes of a year; below that of no change, the model is the better forecast";
    let held = "Share of the intervals that held what came, over all regions; in brackets how sure that is (95 %, blocks of three years)";
    HtmlTable {
        id: "table-backtest".to_owned(),
        caption: "One model of one quantity a row; forecasts one to three years ahead".to_owned(),
        heads: vec![
            Head::text("Quantity"),
            Head::text("Model"),
            Head::text("This scenario’s"),
            Head::number("Mean error of the sum", ""),
            Head::number("in %", "").meaning("Mean absolute percentage error of the sum of all regions"),
            Head::number("MASE of the sum", "").meaning(scaled_error),
            Head::number("no change", "").meaning("MASE of the forecast of no change, for the sum"),
            Head::number("MASE of regions", "").meaning(scaled_error),
            Head::number("no change", "").meaning("MASE of the forecast of no change, over the regions"),
            Head::number("80 % held", "").meaning(held),
            Head::number("95 % held", "").meaning(held),
        ],
        rows: rows.iter().filter(|row| row.scope == "all").map(row).collect(),
        empty: "The run projects nothing.".to_owned(),
        tall: false,
    }
}

/// An error with its unit, people in millions.
fn of_unit(error: f64, unit: &str) -> String {
    match unit {
        "persons" => format!("{} million persons", significant(error / 1e6, 3)),
        _ => with_unit(error, unit),
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
    let mass = Scaled::tonnes(largest.min(1e8), view.mass_of());
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
            Some(info) => HtmlCell::Region(row.region.clone(), info.name.clone(), info.name_zh.clone()),
            None => HtmlCell::text(row.region.as_str()),
        };
        let numbers = effects(row);
        let numbers = numbers
            .map(|value| HtmlCell::number(value.map(|value| mass.of(value)), |value| significant(value, 3)));
        let mut cells =
            vec![place, HtmlCell::text(format!("{}–{}", row.from, row.to)), HtmlCell::text(row.span)];
        cells.extend(numbers);
        HtmlRow { region: info.map_or_else(String::new, |_| row.region.clone()), cells }
    };
    HtmlTable {
        id: "table-decomposition".to_owned(),
        caption: "One region, group or the nation and one span of years a row; the effects add up to the change".to_owned(),
        heads: vec![
            Head::text("Where"),
            Head::text("Years"),
            Head::text("Span"),
            Head::number("Change", &mass.name()).meaning("Emissions of the last year less those of the first"),
            Head::number("Residents", &mass.name()).meaning("Effect of the number of residents"),
            Head::number("Product per resident", &mass.name()).meaning("At current prices: inflation is in it"),
            Head::number("Energy per product", &mass.name())
                .meaning("In standard coal, at current prices; emissions per product where the fuels have no coefficients"),
            Head::number("Mix of fuels", &mass.name()).meaning("Emissions per energy"),
        ],
        tall: sorted.len() > 24,
        rows: sorted.iter().map(row).collect(),
        empty: "The data set has no product, or no residents.".to_owned(),
    }
}
