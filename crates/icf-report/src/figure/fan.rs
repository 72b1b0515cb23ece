//! Emissions and sink of the nation with what is not known of them.

use icf_results::EnsembleRow;
use icf_units::{Quantity, Year};

use super::crossing::crossings;
use super::nation::{
    BOTTOM, CS, HEIGHT, ICE, LEFT, Line, Series, TOP, WIDTH, crossed_words, crossing_marks, end_labels,
    levels, series,
};
use crate::language::{Words, say};
use crate::number::{Scaled, significant};
use crate::page::word;
use crate::svg::{DataTable, Drawing, Element, Frame, Scale, area, trajectory};
use crate::view::View;

const NAME: &str = "nation_uncertainty";
const TITLE: Words = Words::new(
    "Emissions and sink of the nation, and how far they may be off",
    "全国排放与碳汇及其不确定范围",
);

/// Lower and upper quantile of a band.
type Band = fn(&EnsembleRow) -> (Option<f64>, Option<f64>);

/// The bands from the widest to the narrowest.
const BANDS: [Band; 3] = [|row| (row.q025, row.q975), |row| (row.q10, row.q90), |row| (row.q25, row.q75)];

/// History and deterministic projection as lines, and around the projection the middle 50, 80 and 95 % of the draws.
pub(crate) fn fan(view: &View) -> Drawing {
    let drawn = |quantity: &'static str| {
        view.results
            .ensemble
            .iter()
            .filter(move |row| row.scope == "nation" && row.quantity == quantity)
            .collect::<Vec<_>>()
    };
    let fans = [(drawn("emissions"), "f-fan-load"), (drawn("sink"), "f-fan-capacity")];
    if fans[0].0.is_empty() {
        let words = view.language.of("The run has drawn nothing of the nation.", "本次运行没有对全国抽样。");
        return Drawing::saying(NAME, TITLE.to(view.language), words);
    }
    let lines = [
        Line {
            label: "ICE",
            words: ICE.to(view.language),
            class: "f-load",
            range: vec![],
            values: series(view, |row| row.ice_t.map(Quantity::get)),
        },
        Line {
            label: "CS",
            words: CS.to(view.language),
            class: "f-capacity",
            range: vec![],
            values: series(view, |row| row.cs_t.map(Quantity::get)),
        },
    ];
    let levels = levels(view);
    let highest = fans.iter().flat_map(|(rows, _)| rows.iter().filter_map(|row| row.q975));
    let highest = highest.chain(levels.iter().map(|level| level.1));
    let highest = lines
        .iter()
        .flat_map(|line| line.values.iter().filter_map(|point| point.1))
        .chain(highest)
        .fold(0.0, f64::max);
    let scaled = view.tonnes(highest);
    let (first, last) = (view.results.history.first(), view.results.horizon);
    let frame = Frame {
        x: Scale::exact(f64::from(first.get()), f64::from(last.get()), LEFT, WIDTH - 44.0),
        y: Scale::round(0.0, scaled.of(highest), HEIGHT - BOTTOM, TOP),
    };
    let mut content = frame.years_axis(first, view.last(), last);
    content.extend(frame.vertical_axis(&scaled.name()));
    for ((rows, class), line) in fans.iter().zip(&lines) {
        let start = line.values.iter().find(|point| point.0 == view.last()).and_then(|point| point.1);
        for band in BANDS {
            let start = start.map(|value| (view.last(), value, value));
            let later = rows.iter().filter_map(|row| {
                let (low, high) = band(row);
                Some((row.year, low?, high?))
            });
            let points: Vec<_> = start
                .into_iter()
                .chain(later)
                .map(|(year, low, high)| {
                    let x = frame.x.at(f64::from(year.get()));
                    ([x, frame.y.at(scaled.of(low))], [x, frame.y.at(scaled.of(high))])
                })
                .collect();
            let lower = points.iter().map(|ends| ends.0);
            let upper = points.iter().rev().map(|ends| ends.1);
            content.push(area(lower.chain(upper)).class(&format!("f-fan {class}")));
        }
    }
    for (label, level) in &levels {
        let y = frame.y.at(scaled.of(*level));
        content.push(Element::line([frame.x.from(), y], [frame.x.to(), y]).class("f-threshold").hint(label));
    }
    let shown: Vec<Series> = lines
        .iter()
        .map(|line| line.values.iter().map(|&(year, value)| (year, value.map(|v| scaled.of(v)))).collect())
        .collect();
    for (line, values) in lines.iter().zip(&shown) {
        content.extend(trajectory(&frame, values, view.last(), line.class));
    }
    content.extend(end_labels(&frame, &lines, &shown));
    let medians = [0, 1].map(|place| median(&lines[place].values, &fans[place].0));
    let mut crossed: Vec<(String, Year)> = crossings(&medians[0], &medians[1])
        .into_iter()
        .map(|year| (lines[1].label.to_owned(), year))
        .collect();
    for (label, level) in &levels {
        let flat: Series = medians[0].iter().map(|&(year, _)| (year, Some(*level))).collect();
        crossed.extend(crossings(&medians[0], &flat).into_iter().map(|year| (label.clone(), year)));
    }
    crossed.retain(|event| event.1 > view.last());
    let middle: Series =
        medians[0].iter().map(|&(year, value)| (year, value.map(|value| scaled.of(value)))).collect();
    content.extend(crossing_marks(view.language, &frame, &middle, &crossed));
    let words = fans.iter().zip(&lines).filter_map(|((rows, _), line)| {
        let row = rows.iter().find(|row| row.year == last)?;
        let of = |value: Option<f64>| value.map(|value| significant(scaled.of(value), 3));
        Some(say!(
            view.language,
            "In {last} the {} are {} without a draw, {} in the median and {} to {} in 95 % of the draws ({}).",
            "{last} 年{}：不抽样为 {}，中位数 {}，95 % 的抽样在 {} 至 {} 之间（{}）。",
            line.words,
            of(row.deterministic)?,
            of(row.q50)?,
            of(row.q025)?,
            of(row.q975)?,
            scaled.name()
        ))
    });
    let mut words: Vec<String> = words.collect();
    words.push(match crossed.as_slice() {
        [] => say!(
            view.language,
            "The median of the {} crosses none of the lines.",
            "{}的中位数未突破任何一条线。",
            lines[0].words
        ),
        events => {
            let events: Vec<_> = events.iter().map(|(what, year)| crossed_words(view, what, *year)).collect();
            say!(
                view.language,
                "The median of the {} rises above {} (marked).",
                "{}的中位数突破：{}（已标出）。",
                lines[0].words,
                view.language.apart(&events)
            )
        }
    });
    Drawing {
        name: NAME.to_owned(),
        title: TITLE.to(view.language).to_owned(),
        year: None,
        caption: say!(
            view.language,
            "Lines: the scenario without a draw, dashed from the last year with data on. Shaded: the middle 50, 80 and 95 % of \
             the draws. Dotted: thresholds. {}",
            "线：不抽样的情景，虚线为最后一个数据年之后。阴影：抽样的中间 50 %、80 % 和 95 %。点线：阈值。{}",
            view.language.sentences(&words)
        ),
        description: view.language.sentences(&words),
        width: WIDTH,
        height: HEIGHT,
        view: None,
        data: Some(table(view, &fans, scaled)),
        content,
    }
}

/// What was observed, and beyond it the median of the draws.
fn median(values: &Series, rows: &[&EnsembleRow]) -> Series {
    let drawn = |year: Year| rows.iter().find(|row| row.year == year).map(|row| row.q50);
    values.iter().map(|&(year, value)| (year, drawn(year).unwrap_or(value))).collect()
}

fn table(view: &View, fans: &[(Vec<&EnsembleRow>, &str); 2], scaled: Scaled) -> DataTable {
    let cell = |value: Option<f64>| value.map_or("–".to_owned(), |value| significant(scaled.of(value), 4));
    let rows = fans.iter().flat_map(|(rows, _)| {
        rows.iter().map(|row| {
            let figures =
                [row.deterministic, row.q025, row.q10, row.q25, row.q50, row.q75, row.q90, row.q975];
            let quantity = word(row.quantity, view.language);
            let names = [quantity.to_owned(), row.year.to_string()];
            names.into_iter().chain(figures.map(cell)).chain([scaled.name()]).collect()
        })
    });
    let said = |english, chinese| view.language.of(english, chinese);
    let heads = [
        said("Quantity", "量"),
        said("Year", "年份"),
        said("Undrawn", "不抽样"),
        "2.5 %",
        "10 %",
        "25 %",
        said("Median", "中位数"),
        "75 %",
        "90 %",
        "97.5 %",
        said("Unit", "单位"),
    ];
    DataTable::new(&heads, rows.collect())
}
