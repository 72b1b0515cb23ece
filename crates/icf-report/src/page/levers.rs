//! The section on levers and sink trading.

use std::collections::BTreeSet;

use icf_results::LeverEffectRow;
use icf_units::{Quantity, Year};

use super::table::{Head, HtmlCell, HtmlRow, HtmlTable};
use crate::figure::signed;
use crate::number::{Scaled, significant};
use crate::view::View;

/// What the levers bring together, in words; `None` without levers.
pub(super) fn answer(view: &View) -> Option<String> {
    let horizon = view.results.horizon;
    let last = view.results.lever_effects.iter().rfind(|row| row.year == horizon)?;
    let nation = view.nation(horizon)?;
    let (ice, cs) = (nation.ice_t?.get(), nation.cs_t?.get());
    let (emissions, sink) = (last.emissions_together_t.get(), last.sink_together_t.get());
    let scaled = Scaled::tonnes(ice.max(cs), view.mass_of());
    let changes = Scaled::tonnes(emissions.abs().max(sink.abs()), view.mass_of());
    Some(format!(
        "In {horizon} the nation emits {} instead of {} ({}), and its sink takes up {} instead of {} ({}).",
        scaled.text(ice),
        scaled.text(ice - emissions),
        signed(emissions, changes),
        scaled.text(cs),
        scaled.text(cs - sink),
        signed(sink, changes)
    ))
}

/// A quantity that levers change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Emissions,
    Sink,
}

impl Of {
    /// In its place, alone, and with those before it.
    fn changes(self, row: &LeverEffectRow) -> [f64; 3] {
        match self {
            Self::Emissions => [row.emissions_t, row.emissions_alone_t, row.emissions_together_t],
            Self::Sink => [row.sink_t, row.sink_alone_t, row.sink_together_t],
        }
        .map(Quantity::get)
    }
}

/// What each lever that changes a quantity does to it, year by year; the last row is all of them together.
pub(super) fn effects(view: &View, of: Of) -> HtmlTable {
    let rows = &view.results.lever_effects;
    let horizon = view.results.horizon;
    let years: BTreeSet<Year> = rows.iter().map(|row| row.year).collect();
    let largest = rows.iter().flat_map(|row| of.changes(row)).map(f64::abs).fold(0.0, f64::max);
    let scaled = Scaled::tonnes(largest, view.mass_of());
    let (id, what) = match of {
        Of::Emissions => ("table-lever-emissions", "Change of the nation’s emissions (ICE)"),
        Of::Sink => ("table-lever-sink", "Change of the nation’s sink (CS)"),
    };
    let mut heads = vec![Head::text("Lever")];
    heads.extend(years.iter().map(|year| Head::number(&year.to_string(), &scaled.name())));
    heads.push(
        Head::number(&format!("{horizon}, alone"), &scaled.name()).meaning("If it were the only lever"),
    );
    let cell = |value: f64| HtmlCell::number(Some(scaled.of(value)), |value| significant(value, 3));
    let acts = |levers: &&[LeverEffectRow]| {
        levers.iter().any(|row| of.changes(row)[..2].iter().any(|change| change.abs() > 0.0))
    };
    let levers: Vec<&[LeverEffectRow]> = rows.chunk_by(|a, b| a.order == b.order).filter(acts).collect();
    let mut table_rows: Vec<HtmlRow> = levers
        .iter()
        .map(|levers| {
            let mut cells = vec![HtmlCell::text(levers[0].name.as_str())];
            cells.extend(levers.iter().map(|row| cell(of.changes(row)[0])));
            cells.extend(levers.last().map(|row| cell(of.changes(row)[1])));
            HtmlRow { cells, ..HtmlRow::default() }
        })
        .collect();
    if let [_, .., last] = levers.as_slice() {
        let mut cells = vec![HtmlCell::text("together")];
        cells.extend(last.iter().map(|row| cell(of.changes(row)[2])));
        cells.push(HtmlCell::Missing);
        table_rows.push(HtmlRow { cells, ..HtmlRow::default() });
    }
    HtmlTable {
        id: id.to_owned(),
        caption: format!("{what}; each lever on what those before it left"),
        heads,
        rows: table_rows,
        empty: format!("No lever changes it: {what}."),
        tall: false,
    }
}

/// The flows of the last year of trading.
pub(super) fn flows(view: &View) -> HtmlTable {
    let year = view.results.trade_balance.iter().map(|row| row.year).max();
    let flows: Vec<_> = view.results.trade_flows.iter().filter(|row| Some(row.year) == year).collect();
    let scaled = Scaled::tonnes(flows.iter().map(|row| row.t.get()).fold(0.0, f64::max), view.mass_of());
    let area = Scaled::hectares(flows.iter().map(|row| row.hm2.get()).fold(0.0, f64::max));
    let currency = flows.first().map_or("", |row| row.currency.as_str());
    let is_priced = flows.iter().any(|row| row.money.is_some());
    let mut heads = vec![
        Head::text("Seller"),
        Head::text("Buyer"),
        Head::number("Sink", &scaled.name()),
        Head::number("As land", &area.name()).meaning("Land of mean uptake"),
        Head::number("Distance", "km").meaning("Great circle between the centroids"),
    ];
    if is_priced {
        heads.push(Head::number("Cost", &format!("million {currency}")).meaning("At the scenario’s price"));
    }
    let region = |id: &icf_units::RegionId, name: &str| {
        let chinese = view.info(id.as_str()).map_or("", |info| info.name_zh.as_str());
        HtmlCell::Region(id.to_string(), name.to_owned(), chinese.to_owned())
    };
    let three = |value: f64| significant(value, 3);
    let rows = flows.iter().map(|row| {
        let mut cells = vec![
            region(&row.from, &row.from_name),
            region(&row.to, &row.to_name),
            HtmlCell::number(Some(scaled.of(row.t.get())), three),
            HtmlCell::number(Some(area.of(row.hm2.get())), three),
            HtmlCell::number(Some(row.km), |km| format!("{km:.0}")),
        ];
        if is_priced {
            cells.push(HtmlCell::number(row.money.map(|money| money / 1e6), three));
        }
        HtmlRow { region: row.from.to_string(), cells }
    });
    let rows: Vec<_> = rows.collect();
    HtmlTable {
        id: "table-trade-flows".to_owned(),
        caption:
            "One flow of sink a row, from a surplus to a deficit; other years are in tables/trade_flows.csv"
                .to_owned(),
        heads,
        tall: rows.len() > 24,
        rows,
        empty: "There is no flow.".to_owned(),
    }
}
