//! How far each uncertain input alone moves the answers of the nation.

use icf_results::SensitivityRow;

use crate::Language;
use crate::language::{Words, say};
use crate::number::{Scaled, significant};
use crate::svg::{DataTable, Drawing, Element, Frame, Scale, text_width};
use crate::view::View;

const NAME: &str = "tornado";
const TITLE: Words = Words::new("Which input moves the nation’s margins most", "哪项输入对全国余量影响最大");
const HEADS: [Words; 5] = [
    Words::new("Threshold", "阈值"),
    Words::new("Input", "输入"),
    Words::new("Margin at 5 %", "5 % 分位的余量"),
    Words::new("Margin at 95 %", "95 % 分位的余量"),
    Words::new("Unit", "单位"),
];
const WIDTH: f64 = 560.0;
const ROW: f64 = 20.0;
/// From the top of a threshold's part to its first bar, and from its last bar to the next part.
const HEAD: f64 = 24.0;
const FOOT: f64 = 50.0;
/// Inputs of a threshold that can be read one below the other.
const SHOWN: usize = 12;

/// A threshold's inputs, the one that moves its margin most first; each has both ends.
struct Part<'a> {
    /// As readers know it.
    threshold: String,
    unit: &'a str,
    bars: Vec<(&'a str, f64, f64)>,
    /// The margin when nothing is drawn.
    middle: Option<f64>,
}

/// A bar an input, from the margin at its 5 % quantile to that at its 95 % quantile, the others as the scenario has them.
pub(crate) fn tornado(view: &View) -> Drawing {
    let parts = parts(view);
    if parts.is_empty() {
        let words = view.language.of(
            "The scenario does not ask for it: `sensitivity: [tornado]` under `uncertainty` does.",
            "情景未要求此图：在 `uncertainty` 下写 `sensitivity: [tornado]` 即可。",
        );
        return Drawing::saying(NAME, TITLE.to(view.language), words);
    }
    let names = parts.iter().flat_map(|part| part.bars.iter().map(|bar| bar.0));
    let left = 14.0 + names.map(|name| text_width(name, 11.0)).fold(60.0, f64::max).min(230.0);
    let mut content = Vec::new();
    let (mut words, mut rows) = (Vec::new(), Vec::new());
    let mut top = 0.0;
    for part in &parts {
        let shown = Shown::of(view, part);
        #[expect(clippy::cast_precision_loss, reason = "at most a dozen bars")]
        let bottom = top + HEAD + part.bars.len() as f64 * ROW;
        content.extend(drawn(view.language, part, &shown, left, top, bottom));
        for (name, low, high) in &part.bars {
            let cell = |value: f64| significant(shown.of_value(value), 4);
            let text = |text: &str| text.to_owned();
            rows.push(vec![part.threshold.clone(), text(name), cell(*low), cell(*high), shown.unit.clone()]);
        }
        words.push(in_words(view.language, part, &shown));
        top = bottom + FOOT;
    }
    let words = view.language.sentences(&words);
    Drawing {
        name: NAME.to_owned(),
        title: TITLE.to(view.language).to_owned(),
        year: None,
        caption: say!(
            view.language,
            "Margin at the horizon with one input at its 5 % quantile (ring) and at its 95 % quantile (dot), the others as the \
             scenario has them; left of zero the threshold is crossed. Inputs that act together do more or less than their sum. \
             {}{words}",
            "一项输入分别取其 5 % 分位（圆环）和 95 % 分位（圆点）、其余按情景取值时目标年的余量；零线以左表示突破阈值。\
             各项共同作用时可能大于或小于其和。{}{words}",
            left_out(view)
        ),
        description: words,
        width: WIDTH,
        height: top - FOOT + 38.0,
        view: None,
        data: Some(DataTable::new(&HEADS.map(|head| head.to(view.language)), rows)),
        content,
    }
}

/// Errors of the past have no low and no high end, however much they may decide.
fn left_out(view: &View) -> String {
    let errors: Vec<&str> = view
        .results
        .keys
        .iter()
        .filter(|(_, value)| value == "residuals")
        .filter_map(|(key, _)| key.strip_prefix("uncertainty.inputs.")?.strip_suffix(".distribution"))
        .collect();
    if errors.is_empty() {
        return String::new();
    }
    say!(
        view.language,
        "Errors of the past ({}) have no low and no high end and are not among the inputs here; the shares of Sobol’ and the \
         ranks have what they decide. ",
        "过去的误差（{}）没有上下端，不在此列；其作用见 Sobol’ 份额与秩相关。",
        errors.join(view.language.of(", ", "，"))
    )
}

fn parts<'a>(view: &'a View) -> Vec<Part<'a>> {
    let is_bar = |row: &&SensitivityRow| row.method == "tornado" && row.output == "margin";
    let rows: Vec<&SensitivityRow> = view.results.sensitivity.iter().filter(is_bar).collect();
    let part = |rows: &[&'a SensitivityRow]| {
        let bar = |row: &&'a SensitivityRow| Some((row.input.as_str(), row.low?, row.high?));
        let mut bars: Vec<_> = rows.iter().filter_map(bar).collect();
        let swing = |bar: &(&str, f64, f64)| (bar.2 - bar.1).abs();
        bars.sort_by(|a, b| swing(b).total_cmp(&swing(a)).then(a.0.cmp(b.0)));
        bars.truncate(SHOWN);
        let threshold = rows[0].threshold.as_str();
        let held = view.results.thresholds.iter();
        let held = held.filter(|row| row.scope == "nation" && row.threshold == threshold);
        Part {
            threshold: view.threshold(threshold),
            unit: &rows[0].unit,
            bars,
            middle: held.filter_map(|row| row.margin_horizon).next(),
        }
    };
    let parts = rows.chunk_by(|a, b| a.threshold == b.threshold).map(part);
    parts.filter(|part| !part.bars.is_empty()).collect()
}

/// Margins in a unit for readers.
struct Shown {
    scaled: Option<Scaled>,
    unit: String,
}

impl Shown {
    fn of(view: &View, part: &Part) -> Self {
        let largest = part.bars.iter().flat_map(|bar| [bar.1, bar.2]).map(f64::abs).fold(0.0, f64::max);
        let scaled = match part.unit {
            "t C" => Some(Scaled::tonnes(largest, "C", view.language)),
            "hm2" => Some(view.hectares(largest)),
            _ => None,
        };
        let unit = scaled.map_or_else(|| part.unit.trim_matches('1').to_owned(), Scaled::name);
        Self { scaled, unit }
    }

    fn of_value(&self, value: f64) -> f64 {
        self.scaled.map_or(value, |scaled| scaled.of(value))
    }
}

fn drawn(language: Language, part: &Part, shown: &Shown, left: f64, top: f64, bottom: f64) -> Vec<Element> {
    let ends = || part.bars.iter().flat_map(|bar| [bar.1, bar.2]).chain(part.middle);
    let (low, high) = (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max));
    let frame = Frame {
        x: Scale::round(shown.of_value(low), shown.of_value(high), left, WIDTH - 12.0),
        y: Scale::exact(0.0, 1.0, bottom, top + HEAD),
    };
    let place = |value: f64| frame.x.at(shown.of_value(value));
    let rule = |x: f64| Element::line([x, top + HEAD], [x, bottom]);
    let mut marks = vec![Element::words(0.0, top + 12.0, &part.threshold).class("f-label")];
    marks.extend(frame.x.ticks(6.0).0.into_iter().map(|tick| rule(frame.x.at(tick)).class("f-grid")));
    let unit =
        if shown.unit.is_empty() { String::new() } else { say!(language, ", {}", "，{}", shown.unit) };
    marks.extend(frame.horizontal_axis(&say!(language, "margin at the horizon{unit}", "目标年余量{unit}")));
    let mut y = top + HEAD + ROW / 2.0;
    for (name, low, high) in &part.bars {
        let (from, to) = (place(*low), place(*high));
        let hint = say!(
            language,
            "{name}: {} at its 5 % quantile, {} at its 95 % quantile{unit}",
            "{name}：5 % 分位 {}，95 % 分位 {}{unit}",
            significant(shown.of_value(*low), 3),
            significant(shown.of_value(*high), 3)
        );
        let bar =
            Element::rect(from.min(to), y - 5.0, (to - from).abs(), 10.0).class("f-bar f-capacity f-thin");
        marks.push(
            Element::group()
                .child(Element::words(left - 8.0, y + 4.0, name).end().class("f-text"))
                .child(bar)
                .child(Element::circle(from, y, 3.6).class("f-hollow f-capacity f-end"))
                .child(Element::circle(to, y, 3.6).class("f-capacity"))
                .hint(&hint),
        );
        y += ROW;
    }
    marks.push(rule(place(0.0)).class("f-axis"));
    marks.extend(
        part.middle
            .map(|middle| rule(place(middle)).class("f-split").hint(language.of("nothing drawn", "不抽样"))),
    );
    marks
}

fn in_words(language: Language, part: &Part, shown: &Shown) -> String {
    let number = |value: f64| significant(shown.of_value(value), 3);
    let bars: Vec<String> = part
        .bars
        .iter()
        .map(|(name, low, high)| {
            say!(language, "{name} from {} to {}", "{name} {} 至 {}", number(*low), number(*high))
        })
        .collect();
    let unit =
        if shown.unit.is_empty() { String::new() } else { say!(language, " ({})", "（{}）", shown.unit) };
    say!(language, "{}: {}{unit}.", "{}：{}{unit}。", part.threshold, language.listed(&bars))
}
