//! The map of sink trading: who lets whom have how much.

use std::collections::BTreeMap;

use icf_results::{TradeBalanceRow, TradeFlowRow};
use icf_units::TonnesCarbon;

use super::map::{Fill, MapPlan, draw};
use crate::language::{Words, say};
use crate::number::{Scaled, significant};
use crate::svg::{DataTable, Drawing, Element, Swatch, coordinate};
use crate::view::View;

const NAME: &str = "map_sink_trading";
const SELLER: (&str, Words) = ("#b4d3d6", Words::new("surplus", "盈余"));
const BUYER: (&str, Words) = ("#f3cca0", Words::new("deficit", "赤字"));
const ARC: &str = "#3b3a63";
/// Width of the largest arc, and the least that can be seen.
const WIDEST: f64 = 11.0;
const THINNEST: f64 = 0.9;
/// Room for the key of widths.
const KEY: f64 = 22.0;
/// How far an arc bends aside, as a share of its length: so that flows to and fro lie apart.
const BEND: f64 = 0.16;

/// The flows of the last year of trading; nothing to draw unless the scenario trades.
pub(crate) fn flow_map(view: &View) -> Option<Drawing> {
    let year = view.results.trade_balance.iter().map(|row| row.year).max()?;
    let balance: Vec<_> = view.results.trade_balance.iter().filter(|row| row.year == year).collect();
    let mut flows: Vec<&TradeFlowRow> =
        view.results.trade_flows.iter().filter(|row| row.year == year).collect();
    // Thin arcs lie above wide ones.
    flows.sort_by(|a, b| {
        b.t.get().total_cmp(&a.t.get()).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to)))
    });
    let largest = flows.first().map_or(0.0, |flow| flow.t.get());
    let scaled = view.tonnes(largest);
    let traded: f64 = flows.iter().map(|flow| flow.t.get()).sum();
    let left: f64 = balance.iter().filter(|row| row.role == "buyer").map(|row| row.after_t.get().abs()).sum();
    let fills: BTreeMap<&str, Fill> = balance
        .iter()
        .map(|row| {
            let (colour, what) = if row.role == "seller" { SELLER } else { BUYER };
            let what = what.to(view.language);
            let words = say!(
                view.language,
                "{what} of {}, {} of it traded",
                "{what} {}，其中交易 {}",
                scaled.text(row.before_t.get().abs()),
                scaled.text(row.traded_t.get())
            );
            (row.region.as_str(), Fill { colour: colour.to_owned(), words, mark: None })
        })
        .collect();
    let uncovered = if left > 0.0 {
        say!(view.language, "; {} of deficit stay uncovered", "；仍有 {} 的赤字未获覆盖", scaled.text(left))
    } else {
        view.language.of("; every deficit is covered", "；全部赤字均获覆盖").to_owned()
    };
    let caption = match flows.first() {
        None => say!(
            view.language,
            "There is no flow in {year}: no region has a surplus, or none a deficit.",
            "{year} 年没有流动：没有区域有盈余，或没有区域有赤字。"
        ),
        Some(most) => say!(
            view.language,
            "{year}: {} flows of {} in all from surplus to deficit, at the least tonne-kilometres{uncovered}. Arcs are as wide as \
             what flows, the widest {} from {} to {}. An account beside: no region’s footprint changes.",
            "{year} 年：由盈余流向赤字共 {} 笔、合计 {}，吨公里最小{uncovered}。弧线宽度与流量成正比，最宽为 {}，由{}至{}。\
             此为附属账户：任何区域的足迹都不改变。",
            flows.len(),
            scaled.text(traded),
            scaled.text(largest),
            view.name(most.from.as_str()),
            view.name(most.to.as_str())
        ),
    };
    let mut drawing = draw(
        view,
        MapPlan {
            name: NAME.to_owned(),
            title: view.language.of("Sink trading", "碳汇交易").to_owned(),
            year,
            caption,
            view: None,
            legend: [SELLER, BUYER]
                .map(|(colour, words)| Swatch::new(colour, words.to(view.language)))
                .into(),
            fills,
        },
    );
    drawing.data = Some(table(view, &balance, scaled));
    let Some(map) = &view.atlas.map else { return Some(drawing) };
    if !flows.is_empty() {
        drawing.content.push(width_key(largest, scaled, drawing.height));
        drawing.height += KEY;
    }
    let place = |region: &str| map.shapes.iter().find(|shape| shape.region == region)?.label;
    let listed: Vec<String> = flows.iter().map(|flow| words(view, flow, scaled)).collect();
    drawing.description = say!(
        view.language,
        "{} Flows: {}.",
        "{}流动：{}。",
        drawing.description,
        view.language.apart(&listed)
    );
    let arcs = flows.iter().filter_map(|flow| {
        let (from, to) = (place(flow.from.as_str())?, place(flow.to.as_str())?);
        let width = (WIDEST * flow.t.get() / largest).max(THINNEST);
        Some(arc(from, to, width, flow).hint(&words(view, flow, scaled)))
    });
    drawing.content.push(Element::group().children(arcs));
    Some(drawing)
}

/// What each region owes or has to spare, and how much of it is traded. Who trades with whom has a table of its own.
fn table(view: &View, balance: &[&TradeBalanceRow], scaled: Scaled) -> DataTable {
    let said = |english, chinese| view.language.of(english, chinese);
    let unit = scaled.name();
    let with_unit = |words: &str| say!(view.language, "{words}, {unit}", "{words}，{unit}");
    let heads = [
        said("Region", "区域").to_owned(),
        said("Side", "类别").to_owned(),
        with_unit(said("Surplus or deficit", "盈余或赤字")),
        with_unit(said("Traded", "交易")),
        with_unit(said("Left", "剩余")),
    ];
    let row = |row: &&TradeBalanceRow| {
        let side = if row.role == "seller" { SELLER } else { BUYER };
        let amount = |tonnes: TonnesCarbon| significant(scaled.of(tonnes.get().abs()), 3);
        vec![
            view.name(row.region.as_str()).to_owned(),
            side.1.to(view.language).to_owned(),
            amount(row.before_t),
            amount(row.traded_t),
            amount(row.after_t),
        ]
    };
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    DataTable::new(&heads, balance.iter().map(row).collect()).cut("trade_balance", view.language)
}

/// What a width means: the largest flow, and a tenth of it.
fn width_key(largest: f64, scaled: Scaled, top: f64) -> Element {
    let y = top + 8.0;
    let sample = |x: f64, tonnes: f64| {
        let line = Element::line([x, y], [x + 28.0, y]).attribute("stroke", ARC).class("f-arc-key");
        let width = WIDEST * tonnes / largest;
        let words = Element::words(x + 34.0, y + 4.0, &scaled.text(tonnes)).class("f-text");
        [line.number("stroke-width", width.max(THINNEST)), words]
    };
    Element::group().children(sample(0.0, largest)).children(sample(130.0, largest / 10.0))
}

fn words(view: &View, flow: &TradeFlowRow, scaled: Scaled) -> String {
    let (tonnes, km) = (scaled.text(flow.t.get()), flow.km);
    say!(
        view.language,
        "{} to {}: {tonnes} over {km:.0} km",
        "{}至{}：{tonnes}，距离 {km:.0} km",
        view.name(flow.from.as_str()),
        view.name(flow.to.as_str())
    )
}

/// A bent arc that belongs to the seller, with a head that belongs to the buyer.
fn arc(from: [f64; 2], to: [f64; 2], width: f64, flow: &TradeFlowRow) -> Element {
    let step = [to[0] - from[0], to[1] - from[1]];
    let bend = [(from[0] + to[0]) / 2.0 + BEND * step[1], (from[1] + to[1]) / 2.0 - BEND * step[0]];
    // The head lies along the end of the curve, which is the way from the bend.
    let way = [to[0] - bend[0], to[1] - bend[1]];
    let length = way[0].hypot(way[1]).max(1e-9);
    let along = way.map(|part| part / length);
    let (head, half) = ((5.0 + width).min(length * 0.8), 2.2 + width * 0.75);
    let neck = [to[0] - along[0] * head, to[1] - along[1] * head];
    let at = |[x, y]: [f64; 2]| format!("{} {}", coordinate(x), coordinate(y));
    let side = |sign: f64| [neck[0] - sign * along[1] * half, neck[1] + sign * along[0] * half];
    let shaft = format!("M{}Q{} {}", at(from), at(bend), at(neck));
    let tip = format!("M{}L{}L{}z", at(to), at(side(1.0)), at(side(-1.0)));
    let line = |colour: &str, width: f64| {
        Element::path(shaft.as_str()).fill("none").attribute("stroke", colour).number("stroke-width", width)
    };
    Element::group()
        .attribute("opacity", "0.85")
        .child(line("#ffffff", width + 0.8))
        .child(line(ARC, width).region(flow.from.as_str()))
        .child(
            Element::path(tip)
                .fill(ARC)
                .attribute("stroke", "#ffffff")
                .number("stroke-width", 0.6)
                .region(flow.to.as_str()),
        )
}
