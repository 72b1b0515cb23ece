//! The section on levers and sink trading.

use std::collections::BTreeSet;

use icf_results::LeverEffectRow;
use icf_units::{Quantity, Year};

use super::glossary::word;
use super::table::{Head, HtmlCell, HtmlRow, HtmlTable};
use crate::figure::signed;
use crate::language::say;
use crate::number::significant;
use crate::view::View;

/// What the levers bring together, in words; `None` without levers.
pub(super) fn answer(view: &View) -> Option<String> {
    let horizon = view.results.horizon;
    let last = view.results.lever_effects.iter().rfind(|row| row.year == horizon)?;
    let nation = view.nation(horizon)?;
    let (ice, cs) = (nation.ice_t?.get(), nation.cs_t?.get());
    let (emissions, sink) = (last.emissions_together_t.get(), last.sink_together_t.get());
    let scaled = view.tonnes(ice.max(cs));
    let changes = view.tonnes(emissions.abs().max(sink.abs()));
    Some(say!(
        view.language,
        "In {horizon} the nation emits {} instead of {} ({}), and its sink takes up {} instead of {} ({}).",
        "{horizon} 年全国排放 {}，而非 {}（{}）；碳汇吸收 {}，而非 {}（{}）。",
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
    let scaled = view.tonnes(largest);
    let said = |english, chinese| view.language.of(english, chinese);
    let (id, what) = match of {
        Of::Emissions => {
            ("table-lever-emissions", said("Change of the nation’s emissions (ICE)", "全国排放（ICE）的变化"))
        }
        Of::Sink => ("table-lever-sink", said("Change of the nation’s sink (CS)", "全国碳汇（CS）的变化")),
    };
    let mut heads = vec![Head::text(said("Lever", "措施"))];
    heads.extend(years.iter().map(|year| Head::number(&year.to_string(), &scaled.name())));
    heads.push(
        Head::number(&say!(view.language, "{horizon}, alone", "{horizon}，单独"), &scaled.name())
            .meaning(said("If it were the only lever", "若仅此一项措施")),
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
        let mut cells = vec![HtmlCell::text(said("together", "合计"))];
        cells.extend(last.iter().map(|row| cell(of.changes(row)[2])));
        cells.push(HtmlCell::Missing);
        table_rows.push(HtmlRow { cells, ..HtmlRow::default() });
    }
    HtmlTable {
        id: id.to_owned(),
        caption: say!(
            view.language,
            "{what}; each lever on what those before it left",
            "{what}；每项措施作用于前述措施之后"
        ),
        heads,
        rows: table_rows,
        empty: say!(view.language, "No lever changes it: {what}.", "没有措施改变它：{what}。"),
        tall: false,
    }
}

/// The flows of the last year of trading.
pub(super) fn flows(view: &View) -> HtmlTable {
    let year = view.results.trade_balance.iter().map(|row| row.year).max();
    let flows: Vec<_> = view.results.trade_flows.iter().filter(|row| Some(row.year) == year).collect();
    let scaled = view.tonnes(flows.iter().map(|row| row.t.get()).fold(0.0, f64::max));
    let area = view.hectares(flows.iter().map(|row| row.hm2.get()).fold(0.0, f64::max));
    let currency = flows.first().map_or("", |row| row.currency.as_str());
    let is_priced = flows.iter().any(|row| row.money.is_some());
    let said = |english, chinese| view.language.of(english, chinese);
    let mut heads = vec![
        Head::text(said("Seller", "卖方")),
        Head::text(said("Buyer", "买方")),
        Head::number(said("Sink", "碳汇"), &scaled.name()),
        Head::number(said("As land", "折合土地"), &area.name())
            .meaning(said("Land of mean uptake", "平均吸收能力的土地")),
        Head::number(said("Distance", "距离"), "km")
            .meaning(said("Great circle between the centroids", "质心间大圆距离")),
    ];
    if is_priced {
        let currency = word(currency, view.language);
        let unit = say!(view.language, "million {currency}", "百万{currency}");
        heads.push(
            Head::number(said("Cost", "费用"), &unit).meaning(said("At the scenario’s price", "按情景价格")),
        );
    }
    let three = |value: f64| significant(value, 3);
    let rows = flows.iter().map(|row| {
        let mut cells = vec![
            HtmlCell::region_or_text(view, row.from.as_str()),
            HtmlCell::region_or_text(view, row.to.as_str()),
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
        caption: said(
            "One flow of sink a row, from a surplus to a deficit; other years are in tables/trade_flows.csv",
            "每行一笔由盈余流向赤字的碳汇；其他年份见 tables/trade_flows.csv",
        )
        .to_owned(),
        heads,
        tall: rows.len() > 24,
        rows,
        empty: said("There is no flow.", "没有流动。").to_owned(),
    }
}
