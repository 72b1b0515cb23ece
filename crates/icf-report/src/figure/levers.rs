//! What each lever does for the nation at the horizon.

use icf_results::LeverEffectRow;

use crate::language::say;
use crate::number::{Scaled, significant};
use crate::svg::{Drawing, Element, Frame, Scale, text_width};
use crate::view::View;

const NAME: &str = "levers";
const WIDTH: f64 = 560.0;
const ROW: f64 = 22.0;
const TOP: f64 = 26.0;

/// One lever: what it adds to sink less emissions, in its place and alone.
struct Bar<'a> {
    row: &'a LeverEffectRow,
    in_place: f64,
    alone: f64,
}

/// A bar a lever; nothing to draw unless the scenario has levers.
pub(crate) fn levers(view: &View) -> Option<Drawing> {
    let horizon = view.results.horizon;
    let bars: Vec<Bar> = view
        .results
        .lever_effects
        .iter()
        .filter(|row| row.year == horizon)
        .map(|row| Bar {
            row,
            in_place: row.sink_t.get() - row.emissions_t.get(),
            alone: row.sink_alone_t.get() - row.emissions_alone_t.get(),
        })
        .collect();
    let last = bars.last()?.row;
    let values = || bars.iter().flat_map(|bar| [bar.in_place, bar.alone]);
    let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let scaled = view.tonnes(high.max(-low));
    let left = 14.0 + bars.iter().map(|bar| text_width(&bar.row.name, 11.0)).fold(40.0, f64::max).min(170.0);
    #[expect(clippy::cast_precision_loss, reason = "a scenario has a few levers")]
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
    let axis = say!(
        view.language,
        "change of sink less emissions of the nation, {}",
        "全国碳汇减排放的变化，{}",
        scaled.name()
    );
    content.extend(frame.horizontal_axis(&axis));
    let mut y = TOP;
    for bar in &bars {
        content.push(row(view, bar, &frame, scaled, y, left));
        y += ROW;
    }
    content.push(Element::line([zero, TOP], [zero, bottom]).class("f-axis"));
    let (emissions, sink) = (last.emissions_together_t.get(), last.sink_together_t.get());
    let listed: Vec<_> = bars.iter().map(|bar| words(view, bar, scaled)).collect();
    Some(Drawing {
        name: NAME.to_owned(),
        title: say!(view.language, "What each lever brings in {horizon}", "各项措施在 {horizon} 年的效果"),
        year: None,
        caption: say!(
            view.language,
            "Thick: in its place, on what the levers before it left; thin: if it were the only one. To the right is relief, \
             to the left a burden. Together: emissions {}, sink {}.",
            "粗条：按顺序、在前述措施之后的效果；细条：单独实施的效果。向右为缓解，向左为加重。合计：排放 {}，碳汇 {}。",
            signed(emissions, scaled),
            signed(sink, scaled)
        ),
        description: say!(view.language, "{}.", "{}。", listed.join(view.language.of(". ", "。"))),
        width: WIDTH,
        height: bottom + 40.0,
        view: None,
        data: None,
        content,
    })
}

/// A change with its sign and unit.
pub(crate) fn signed(value: f64, scaled: Scaled) -> String {
    if value > 0.0 { format!("+{}", scaled.text(value)) } else { scaled.text(value) }
}

fn words(view: &View, bar: &Bar, scaled: Scaled) -> String {
    let alone = significant(scaled.of(bar.alone), 3);
    say!(
        view.language,
        "{}: {}, alone {alone}",
        "{}：{}，单独 {alone}",
        bar.row.name,
        scaled.text(bar.in_place)
    )
}

fn row(view: &View, bar: &Bar, frame: &Frame, scaled: Scaled, top: f64, left: f64) -> Element {
    let zero = frame.x.at(0.0);
    let rect = |value: f64, y: f64, height: f64, more: &str| {
        let x = frame.x.at(scaled.of(value));
        let class = if value < 0.0 { "f-load" } else { "f-capacity" };
        Element::rect(x.min(zero), y, (x - zero).abs(), height).class(&format!("f-bar {class}{more}"))
    };
    Element::group()
        .child(Element::rect(0.0, top, WIDTH, ROW).class("f-hit"))
        .child(Element::words(left - 8.0, top + 14.0, &bar.row.name).end().class("f-text"))
        .child(rect(bar.in_place, top + 4.0, 9.0, ""))
        .child(rect(bar.alone, top + 14.5, 3.0, " f-thin"))
        .hint(&words(view, bar, scaled))
}
