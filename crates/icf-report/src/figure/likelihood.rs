//! How likely the nation's thresholds are crossed, year by year.

use icf_results::ThresholdProbabilityRow;
use icf_units::Year;

use super::nation::{BOTTOM, HEIGHT, TOP, WIDTH};
use crate::language::{Words, say};
use crate::number::percent;
use crate::svg::{DataTable, Drawing, Element, Frame, Scale, trajectory};
use crate::view::View;

const NAME: &str = "threshold_probability";
const TITLE: Words = Words::new(
    "How likely each threshold of the nation is crossed by a year",
    "全国各阈值至某年被突破的概率",
);
const HEADS: [Words; 5] = [
    Words::new("Threshold", "阈值"),
    Words::new("Year", "年份"),
    Words::new("In the year", "当年"),
    Words::new("By the year", "至该年"),
    Words::new("Standard error", "标准误"),
];
const LEFT: f64 = 36.0;
/// Room for the names at the right.
const RIGHT: f64 = 150.0;
/// Height of a name.
const ROW: f64 = 15.0;

/// A line a threshold: the probability that it was crossed by then.
pub(crate) fn likelihood(view: &View) -> Drawing {
    let rows: Vec<&ThresholdProbabilityRow> =
        view.results.threshold_probability.iter().filter(|row| row.scope == "nation").collect();
    if rows.is_empty() {
        let words = view.language.of("No threshold is held against the nation.", "没有针对全国的阈值。");
        return Drawing::saying(NAME, TITLE.to(view.language), words);
    }
    let (first, last) = (view.last().next(), view.results.horizon);
    let frame = Frame {
        x: Scale::exact(f64::from(first.get()), f64::from(last.get()), LEFT, WIDTH - RIGHT),
        y: Scale::exact(0.0, 100.0, HEIGHT - BOTTOM, TOP),
    };
    let mut content = frame.years_axis(first, first, last);
    content.extend(frame.vertical_axis("%"));
    let mut ends: Vec<(f64, String)> = Vec::new();
    let mut words = Vec::new();
    for rows in rows.chunk_by(|a, b| a.threshold == b.threshold) {
        let values: Vec<(Year, Option<f64>)> =
            rows.iter().map(|row| (row.year, Some(100.0 * row.p_by_year))).collect();
        // All of it is projected, and none of it is a trajectory: a solid line.
        content.extend(trajectory(&frame, &values, last, "f-load"));
        let end = rows[rows.len() - 1];
        let name = view.threshold(&end.threshold);
        let label = format!("{} {name}", percent(end.p_by_year));
        ends.push((frame.y.at(100.0 * end.p_by_year), label));
        words.push(say!(
            view.language,
            "{} is crossed by {last} in {} of the draws (standard error {})",
            "{} 至 {last} 年被突破的抽样占 {}（标准误 {}）",
            name,
            percent(end.p_by_year),
            percent(end.p_by_year_se)
        ));
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Names move up where they would run out below, and down where they would touch.
    let mut above = HEIGHT - BOTTOM + ROW;
    for (y, _) in ends.iter_mut().rev() {
        *y = y.min(above - ROW);
        above = *y;
    }
    let labels = ends.iter();
    content
        .extend(labels.map(|(y, label)| Element::words(frame.x.to() + 7.0, y + 4.0, label).class("f-text")));
    let words = say!(view.language, "{}.", "{}。", view.language.apart(&words));
    let data = rows.iter().map(|row| {
        let shares = [row.p_in_year, row.p_by_year, row.p_by_year_se].map(percent);
        [view.threshold(&row.threshold), row.year.to_string()].into_iter().chain(shares).collect()
    });
    let data = data.collect();
    Drawing {
        name: NAME.to_owned(),
        title: TITLE.to(view.language).to_owned(),
        year: None,
        caption: say!(
            view.language,
            "Crossed in the year or in a projected one before it. {words}",
            "当年或此前某一预测年被突破。{words}"
        ),
        description: words,
        width: WIDTH,
        height: HEIGHT,
        view: None,
        data: Some(DataTable::new(&HEADS.map(|head| head.to(view.language)), data)),
        content,
    }
}
