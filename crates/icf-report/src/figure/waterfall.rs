//! From the nation's emissions of one year to those of another, effect by effect.

use icf_results::DecompositionRow;
use icf_units::Quantity;

use super::drivers::{EFFECTS, INTENSITY_OF_EMISSIONS, UNKNOWN};
use crate::language::say;
use crate::number::{fixed, significant};
use crate::svg::{DataTable, Drawing, Element, Frame, Scale, wrapped};
use crate::view::View;

const NAME: &str = "waterfall";
const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 56.0;

/// One step: its class, its name, where it starts and where it ends.
struct Step {
    class: &'static str,
    name: String,
    from: f64,
    to: f64,
}

/// The first year as a bar from zero, each effect as a bar from where the one before it ended, the last year as a bar from zero.
pub(crate) fn waterfall(view: &View) -> Drawing {
    let title = view
        .language
        .of("From then to now: the nation’s emissions, effect by effect", "从首年到末年：全国排放逐项变化");
    let whole =
        |row: &&DecompositionRow| row.scope == "nation" && row.span == "whole" && row.change.is_some();
    let row = view.results.decomposition.iter().find(whole);
    let start = row.and_then(|row| view.nation(row.from)?.ice_t).map(Quantity::get);
    let (Some(row), Some(start)) = (row, start) else {
        return Drawing::saying(NAME, title, UNKNOWN.to(view.language));
    };
    let steps = steps(view, row, start);
    let highest = steps.iter().map(|step| step.from.max(step.to)).fold(0.0, f64::max);
    let lowest = steps.iter().map(|step| step.from.min(step.to)).fold(0.0, f64::min);
    let scaled = view.tonnes(highest);
    #[expect(clippy::cast_precision_loss, reason = "six bars")]
    let count = steps.len() as f64;
    let frame = Frame {
        x: Scale::exact(0.0, count, LEFT, WIDTH - 8.0),
        y: Scale::round(scaled.of(lowest), scaled.of(highest), HEIGHT - BOTTOM, TOP),
    };
    let unit = (frame.x.to() - frame.x.from()) / count;
    let width = unit * 0.62;
    let mut content = frame.vertical_axis(&scaled.name());
    let (mut left, mut words, mut rows) = (frame.x.from() + (unit - width) / 2.0, Vec::new(), Vec::new());
    for (place, step) in steps.iter().enumerate() {
        let is_total = place == 0 || place + 1 == steps.len();
        let change = scaled.of(step.to - step.from);
        let figure = significant(change, 3);
        let figure = if is_total || change <= 0.0 { figure } else { format!("+{figure}") };
        let said = format!("{} {figure}", step.name);
        let (a, b) = (frame.y.at(scaled.of(step.from)), frame.y.at(scaled.of(step.to)));
        let bar =
            Element::rect(left, a.min(b), width, (a - b).abs()).class(&format!("f-driver {}", step.class));
        content.push(bar.hint(&format!("{said} {}", scaled.name())));
        let middle = left + width / 2.0;
        content.push(Element::words(middle, a.min(b) - 5.0, &figure).middle().class("f-text f-halo"));
        if place + 1 < steps.len() {
            content.push(Element::line([left + width, b], [left + unit, b]).class("f-axis"));
        }
        let mut y = frame.y.from() + 16.0;
        for line in wrapped(&step.name, unit - 4.0, 11.0) {
            content.push(Element::words(middle, y, &line).middle().class("f-text"));
            y += 13.0;
        }
        rows.push(vec![step.name.clone(), fixed(change, 4)]);
        words.push(said);
        left += unit;
    }
    let zero = frame.y.at(0.0);
    content.push(Element::line([frame.x.from(), zero], [frame.x.to(), zero]).class("f-axis"));
    Drawing {
        name: NAME.to_owned(),
        title: title.to_owned(),
        year: None,
        caption: say!(
            view.language,
            "Logarithmic mean Divisia index over all regions, {} to {}; product is at current prices, so inflation moves from one \
             effect to the other.",
            "全部区域的对数平均迪氏指数（LMDI）分解，{} 至 {} 年；GDP按当年价格计，通货膨胀因此在两项效应之间转移。",
            row.from,
            row.to
        ),
        description: say!(
            view.language,
            "{} ({}).",
            "{}（{}）。",
            view.language.listed(&words),
            scaled.name()
        ),
        width: WIDTH,
        height: HEIGHT,
        view: None,
        data: Some(DataTable::new(
            &[view.language.of("Step", "步骤"), &say!(view.language, "{} change", "变化，{}", scaled.name())],
            rows,
        )),
        content,
    }
}

fn steps(view: &View, row: &DecompositionRow, start: f64) -> Vec<Step> {
    let total = |year: String, value: f64| Step { class: "f-total", name: year, from: 0.0, to: value };
    let mut steps = vec![total(row.from.to_string(), start)];
    let mut at = start;
    for (class, name, effect) in EFFECTS {
        let Some(effect) = effect(row) else { continue };
        // Without coefficients of the fuels the intensity is that of emissions.
        let is_of_emissions = class == "f-intensity" && row.fuel_mix.is_none();
        let name = if is_of_emissions { INTENSITY_OF_EMISSIONS } else { name };
        steps.push(Step { class, name: name.to(view.language).to_owned(), from: at, to: at + effect });
        at += effect;
    }
    steps.push(total(row.to.to_string(), at));
    steps
}
