//! How the scenario's models would have done in the past, region by region.

use icf_results::BacktestRow;

use crate::Language;
use crate::language::{Words, say};
use crate::number::fixed;
use crate::page::word;
use crate::svg::{DataTable, Drawing, Element, Frame, Scale, text_width};
use crate::view::View;

const NAME: &str = "hindsight";
const TITLE: Words =
    Words::new("Errors that the models would have made in each region", "各模型在各区域的回溯检验误差");
const QUANTITIES: [&str; 2] = ["emissions", "sink"];
const WIDTH: f64 = 1130.0;
const ROW: f64 = 16.0;
const TOP: f64 = 30.0;
const GAP: f64 = 44.0;
/// More rows than this cannot be read; the worst stay.
const SHOWN: usize = 60;
/// Scaled errors beyond this stand at the edge, so that one region does not press all others together.
const FARTHEST: f64 = 6.0;

/// The scaled errors of a region's models of one quantity.
struct Errors<'a> {
    own: &'a BacktestRow,
    mase: f64,
    naive: f64,
    /// The best of those that the scenario did not choose.
    best: Option<(&'a str, f64)>,
}

const HEADS: [Words; 7] = [
    Words::new("Region", "区域"),
    Words::new("Model of emissions", "排放模型"),
    Words::new("MASE", "MASE"),
    Words::new("MASE of no change", "“不变”的 MASE"),
    Words::new("Model of the sink", "碳汇模型"),
    Words::new("MASE", "MASE"),
    Words::new("MASE of no change", "“不变”的 MASE"),
];

pub(crate) fn hindsight(view: &View) -> Drawing {
    let mut rows: Vec<(&str, &str, [Option<Errors>; 2])> = view
        .regions()
        .iter()
        .map(|info| {
            let id = info.id.as_str();
            (id, view.called(info), QUANTITIES.map(|quantity| errors(view, quantity, id)))
        })
        .filter(|(_, _, found)| found.iter().any(Option::is_some))
        .collect();
    if rows.is_empty() {
        let words = view
            .language
            .of("No model of the run could be tested against the past.", "没有模型能用历史检验。");
        return Drawing::saying(NAME, TITLE.to(view.language), words);
    }
    let worst = |found: &[Option<Errors>; 2]| found[0].as_ref().map_or(-1.0, |errors| errors.mase);
    rows.sort_by(|a, b| worst(&b.2).total_cmp(&worst(&a.2)).then(a.0.cmp(b.0)));
    let total = rows.len();
    rows.truncate(SHOWN);

    let left = 12.0 + rows.iter().map(|row| text_width(row.1, 11.0)).fold(40.0, f64::max).min(170.0);
    let width = (WIDTH - left - GAP - 12.0) / 2.0;
    #[expect(clippy::cast_precision_loss, reason = "at most sixty rows")]
    let bottom = TOP + rows.len() as f64 * ROW;
    let largest = [0, 1].map(|quantity: usize| {
        let found = rows.iter().filter_map(|row| row.2[quantity].as_ref());
        found.map(|errors| errors.mase.max(errors.naive)).fold(1.0, f64::max).min(FARTHEST)
    });
    let frames = [0, 1].map(|quantity: usize| Frame {
        x: {
            let from = left + if quantity == 0 { 0.0 } else { width + GAP };
            Scale::round(0.0, largest[quantity], from, from + width)
        },
        y: Scale::exact(0.0, 1.0, bottom, TOP),
    });
    let mut content = Vec::new();
    for (frame, quantity) in frames.iter().zip([Words::new("Emissions", "排放"), Words::new("Sink", "碳汇")])
    {
        for tick in frame.x.ticks(6.0).0 {
            let x = frame.x.at(tick);
            content.push(Element::line([x, TOP], [x, bottom]).class("f-grid"));
        }
        content.extend(
            frame.horizontal_axis(view.language.of(
                "mean error, in mean changes of a year (MASE)",
                "平均绝对误差，以年均变化为单位（MASE）",
            )),
        );
        content.push(Element::words(frame.x.from(), TOP - 12.0, quantity.to(view.language)).class("f-label"));
    }
    let mut top = TOP;
    let (mut words, mut table) = (Vec::new(), Vec::new());
    for (id, name, found) in &rows {
        let mut marks = Element::group().class("f-row").region(id);
        marks = marks.child(Element::rect(0.0, top, WIDTH, ROW).class("f-hit"));
        marks = marks.child(Element::words(left - 8.0, top + 12.0, name).end().class("f-text"));
        let mut hints = Vec::new();
        for ((frame, errors), quantity) in frames.iter().zip(found).zip(QUANTITIES) {
            let Some(errors) = errors else { continue };
            marks = marks.children(marks_of(errors, frame, top + ROW / 2.0));
            hints.push(format!("{} {}", word(quantity, view.language), in_words(view, errors)));
        }
        let hint = say!(view.language, "{name}: {}", "{name}：{}", view.language.apart(&hints));
        content.push(marks.hint(&hint));
        words.push(hint);
        let cells = found.iter().flat_map(|errors| match errors {
            Some(errors) => [
                word(&errors.own.model, view.language).to_owned(),
                fixed(errors.mase, 2),
                fixed(errors.naive, 2),
            ],
            None => ["–", "–", "–"].map(str::to_owned),
        });
        table.push(std::iter::once((*name).to_owned()).chain(cells).collect());
        top += ROW;
    }
    content.extend(key(view.language, bottom + 50.0));
    let cut = if total > rows.len() {
        say!(
            view.language,
            " The {SHOWN} worst of {total} regions.",
            "仅列出 {total} 个区域中误差最大的 {SHOWN} 个。"
        )
    } else {
        String::new()
    };
    let beyond = if rows.iter().any(|row| row.2.iter().flatten().any(|errors| errors.mase > FARTHEST)) {
        say!(
            view.language,
            " Errors beyond {} stand at the edge.",
            "大于 {} 的误差标在边缘。",
            fixed(FARTHEST, 0)
        )
    } else {
        String::new()
    };
    Drawing {
        name: NAME.to_owned(),
        title: TITLE.to(view.language).to_owned(),
        year: None,
        caption: say!(
            view.language,
            "Forecasts one to three years ahead, made in each year of the past on what was then known. A dot left of its ring would \
             have been better than the forecast of no change, a dot right of it worse.{beyond}{cut}",
            "在过去每一年，仅用当时已知的数据预测其后一至三年。圆点在圆环左侧，表示优于“不变”预测；在右侧则更差。{beyond}{cut}"
        ),
        description: words.join(view.language.of(". ", "。")),
        width: WIDTH,
        height: bottom + 58.0,
        view: None,
        data: Some(DataTable::new(&HEADS.map(|head| head.to(view.language)), table)),
        content,
    }
}

fn errors<'a>(view: &'a View, quantity: &str, region: &str) -> Option<Errors<'a>> {
    let of_region = || {
        view.results
            .backtest
            .iter()
            .filter(|row| row.scope == "region" && row.quantity == quantity && row.region == region)
    };
    let own = of_region().find(|row| row.chosen)?;
    let others = of_region().filter(|row| !row.chosen);
    let best =
        others.filter_map(|row| Some((row.model.as_str(), row.mase?))).min_by(|a, b| a.1.total_cmp(&b.1));
    Some(Errors { own, mase: own.mase?, naive: own.naive_mase?, best })
}

fn in_words(view: &View, errors: &Errors) -> String {
    let best = match errors.best {
        Some((model, mase)) if mase < errors.mase => {
            say!(view.language, ", best {} {}", "，最优 {} {}", word(model, view.language), fixed(mase, 2))
        }
        _ => String::new(),
    };
    let (mase, naive) = (fixed(errors.mase, 2), fixed(errors.naive, 2));
    say!(
        view.language,
        "{} {mase}, no change {naive}{best}",
        "{} {mase}，不变 {naive}{best}",
        word(&errors.own.model, view.language)
    )
}

fn marks_of(errors: &Errors, frame: &Frame, y: f64) -> Vec<Element> {
    let x = |value: f64| frame.x.at(value).min(frame.x.to());
    let class = if errors.mase > errors.naive { "f-load" } else { "f-capacity" };
    let mut marks = vec![
        Element::line([x(errors.naive), y], [x(errors.mase), y]).class(&format!("f-line f-thin {class}")),
        Element::circle(x(errors.naive), y, 3.6).class("f-crossing"),
        Element::circle(x(errors.mase), y, 3.6).class(class),
    ];
    if let Some((_, best)) = errors.best.filter(|(_, best)| *best < errors.mase.min(errors.naive)) {
        marks.push(Element::line([x(best), y - 4.5], [x(best), y + 4.5]).class("f-best"));
    }
    marks
}

fn key(language: Language, y: f64) -> Vec<Element> {
    let dot = |x: f64, class: &str| Element::circle(x, y - 4.0, 3.6).class(class);
    let entries = [
        (
            vec![dot(8.0, "f-capacity")],
            language.of("the scenario’s model, better than no change", "情景所用模型，优于“不变”"),
        ),
        (vec![dot(8.0, "f-load")], language.of("worse than no change", "劣于“不变”")),
        (vec![dot(8.0, "f-crossing")], language.of("forecast of no change", "“不变”预测")),
        (
            vec![Element::line([8.0, y - 8.5], [8.0, y + 0.5]).class("f-best")],
            language.of(
                "best other model that needs no parameters, where it beats both",
                "其他无参数模型中的最优者（优于前两者时）",
            ),
        ),
    ];
    let mut x = 0.0;
    let mut marks = Vec::new();
    for (mark, label) in entries {
        let words = Element::words(18.0, y, label).class("f-text");
        marks.push(Element::group().moved(x, 0.0).children(mark).child(words));
        x += 18.0 + text_width(label, 11.0) + 20.0;
    }
    marks
}
