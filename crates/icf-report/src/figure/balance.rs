//! Deficit and surplus of each region, in the last year of the history and at the horizon.

use crate::language::say;
use crate::number::{Scaled, significant};
use crate::svg::{DataTable, Drawing, Element, Frame, Scale, text_width};
use crate::view::View;

const NAME: &str = "balance";
const WIDTH: f64 = 560.0;
const ROW: f64 = 17.0;
const TOP: f64 = 26.0;
/// More rows than this cannot be read; the extremes at both ends stay.
const SHOWN: usize = 60;

/// A region's balance, capacity less footprint, in hm².
struct Bar<'a> {
    region: &'a str,
    name: &'a str,
    last: f64,
    horizon: Option<f64>,
}

pub(crate) fn balance(view: &View) -> Drawing {
    let title = say!(
        view.language,
        "Surplus and deficit by region, {}",
        "各区域的碳盈余与碳赤字，{}",
        years_words(view)
    );
    let mut bars: Vec<Bar> = view
        .regions()
        .iter()
        .filter_map(|info| {
            let id = info.id.as_str();
            let horizon = if view.projects() { view.balance(id, view.results.horizon) } else { None };
            Some(Bar { region: id, name: view.called(info), last: view.balance(id, view.last())?, horizon })
        })
        .collect();
    if bars.is_empty() {
        return Drawing::saying(
            NAME,
            &title,
            view.language.of(
                "No region has both a footprint and a capacity in the last year.",
                "末年没有一个区域同时具备足迹和承载力数据。",
            ),
        );
    }
    bars.sort_by(|a, b| a.last.total_cmp(&b.last).then(a.region.cmp(b.region)));
    let (total, deficits) = (bars.len(), bars.iter().filter(|bar| bar.last < 0.0).count());
    if bars.len() > SHOWN {
        bars.drain(SHOWN / 2..total - SHOWN / 2);
    }

    let values = || bars.iter().flat_map(|bar| [Some(bar.last), bar.horizon]).flatten();
    let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let scaled = view.hectares(high.max(-low));
    let left = 14.0 + bars.iter().map(|bar| text_width(bar.name, 11.0)).fold(40.0, f64::max).min(170.0);
    #[expect(clippy::cast_precision_loss, reason = "at most sixty rows")]
    let bottom = TOP + bars.len() as f64 * ROW;
    let frame = Frame {
        x: Scale::round(scaled.of(low), scaled.of(high), left, WIDTH - 12.0),
        y: Scale::exact(0.0, 1.0, bottom, TOP),
    };
    let zero = frame.x.at(0.0);
    let mut content = Vec::new();
    for tick in frame.x.ticks(6.0).0 {
        let x = frame.x.at(tick);
        content.push(Element::line([x, TOP], [x, bottom]).class("f-grid"));
    }
    content.extend(frame.horizontal_axis(&say!(
        view.language,
        "capacity less footprint, {}",
        "承载力减足迹，{}",
        scaled.name()
    )));
    content.push(
        Element::words(zero - 8.0, TOP - 9.0, view.language.of("deficit", "赤字"))
            .end()
            .class("f-text f-load"),
    );
    content.push(
        Element::words(zero + 8.0, TOP - 9.0, view.language.of("surplus", "盈余")).class("f-text f-capacity"),
    );
    let mut y = TOP;
    for bar in &bars {
        content.push(row(bar, &frame, scaled, y, left, view));
        y += ROW;
    }
    content.push(Element::line([zero, TOP], [zero, bottom]).class("f-axis"));
    let cut = if total > bars.len() {
        say!(
            view.language,
            " The {SHOWN} most extreme of {total} regions.",
            "仅列出 {total} 个区域中最极端的 {SHOWN} 个。"
        )
    } else {
        String::new()
    };
    let second = if view.projects() {
        say!(view.language, "; thin: projected to {}", "；细条：预测至 {} 年", view.results.horizon)
    } else {
        String::new()
    };
    let found = match deficits {
        0 => view.language.of("No region is in deficit", "没有区域处于赤字").to_owned(),
        _ => say!(
            view.language,
            "{deficits} of {total} regions are in deficit",
            "{total} 个区域中有 {deficits} 个处于赤字"
        ),
    };
    let listed: Vec<_> =
        bars.iter().map(|bar| format!("{} {}", bar.name, significant(scaled.of(bar.last), 3))).collect();
    Drawing {
        name: NAME.to_owned(),
        title,
        year: None,
        caption: say!(
            view.language,
            "Bars: {0}{second}. {found} in {0}.{cut}",
            "条形：{0} 年{second}。{0} 年{found}。{cut}",
            view.last()
        ),
        description: say!(
            view.language,
            "Capacity less footprint in {}, {}: {}.",
            "承载力减足迹（{}），{} 年：{}。",
            scaled.name(),
            view.last(),
            view.language.listed(&listed)
        ),
        width: WIDTH,
        height: bottom + 40.0,
        view: None,
        data: Some(table(view, &bars, scaled)),
        content,
    }
}

fn table(view: &View, bars: &[Bar], scaled: Scaled) -> DataTable {
    let (last, horizon) = (view.last().to_string(), view.results.horizon.to_string());
    let mut heads = vec![view.language.of("Region", "区域"), last.as_str()];
    if view.projects() {
        heads.push(&horizon);
    }
    heads.push(view.language.of("Unit", "单位"));
    let row = |bar: &Bar| {
        let cell = |value: f64| significant(scaled.of(value), 3);
        let mut cells = vec![bar.name.to_owned(), cell(bar.last)];
        if view.projects() {
            cells.push(bar.horizon.map_or_else(|| "–".to_owned(), cell));
        }
        cells.push(scaled.name());
        cells
    };
    DataTable::new(&heads, bars.iter().map(row).collect())
}

fn row(bar: &Bar, frame: &Frame, scaled: Scaled, top: f64, left: f64, view: &View) -> Element {
    let zero = frame.x.at(0.0);
    let span = |value: f64| {
        let x = frame.x.at(scaled.of(value));
        (x.min(zero), (x - zero).abs())
    };
    let class = |value: f64| if value < 0.0 { "f-bar f-load" } else { "f-bar f-capacity" };
    let mut hint =
        say!(view.language, "{}: {} in {}", "{}：{}（{} 年）", bar.name, scaled.text(bar.last), view.last());
    let (x, width) = span(bar.last);
    let height = if bar.horizon.is_some() { 7.5 } else { 11.0 };
    let mut marks = Element::group().class("f-row").region(bar.region).child(
        // The whole row answers to the pointer, not the bar alone.
        Element::rect(0.0, top, WIDTH, ROW).class("f-hit"),
    );
    marks = marks.child(Element::words(left - 8.0, top + 12.0, bar.name).end().class("f-text"));
    marks = marks.child(Element::rect(x, top + 2.5, width, height).class(class(bar.last)));
    if let Some(horizon) = bar.horizon {
        let (x, width) = span(horizon);
        marks = marks
            .child(Element::rect(x, top + 11.0, width, 3.0).class(&format!("{} f-thin", class(horizon))));
        hint.push_str(&say!(
            view.language,
            ", {} in {}",
            "，{}（{} 年）",
            scaled.text(horizon),
            view.results.horizon
        ));
    }
    marks.hint(&hint)
}

fn years_words(view: &View) -> String {
    if view.projects() {
        say!(view.language, "{} and {}", "{} 年与 {} 年", view.last(), view.results.horizon)
    } else {
        say!(view.language, "{}", "{} 年", view.last())
    }
}
