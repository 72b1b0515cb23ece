//! The nation through time: emissions against sink and thresholds, footprint against capacity.

use icf_results::{NationRow, ThresholdRow};
use icf_units::{Quantity, Year};

use super::crossing::crossings;
use crate::Language;
use crate::language::{Words, say};
use crate::number::{Scaled, significant};
use crate::svg::{DataTable, Drawing, Element, Frame, Scale, area, text_width, trajectory};
use crate::view::View;
use crate::wording::capitalised;

pub(super) type Series = Vec<(Year, Option<f64>)>;

pub(super) const WIDTH: f64 = 560.0;
pub(super) const HEIGHT: f64 = 320.0;
pub(super) const LEFT: f64 = 44.0;
pub(super) const TOP: f64 = 28.0;
pub(super) const BOTTOM: f64 = 26.0;

pub(super) const ICE: Words = Words::new("industrial carbon emissions (ICE)", "工业碳排放（ICE）");
pub(super) const CS: Words = Words::new("ecosystem carbon sink (CS)", "生态系统碳汇（CS）");

/// A crossing, as lists of them have it.
pub(super) fn crossed_words(view: &View, what: &str, year: Year) -> String {
    say!(view.language, "{what} in {year}", "{what}（{year} 年）")
}

/// One labelled line.
pub(super) struct Line {
    pub(super) label: &'static str,
    pub(super) words: &'static str,
    pub(super) class: &'static str,
    pub(super) values: Series,
    /// The interval of the projection, from the last observed year on.
    pub(super) range: Vec<(Year, f64, f64)>,
}

/// Emissions and sink on the scenario's basis, with the absolute thresholds.
pub(crate) fn emissions_and_sink(view: &View) -> Drawing {
    let emissions = series(view, |row| row.ice_t.map(Quantity::get));
    let sink = series(view, |row| row.cs_t.map(Quantity::get));
    let levels = levels(view);
    let lines = [
        Line {
            label: "ICE",
            words: ICE.to(view.language),
            class: "f-load",
            range: range(view, "emissions", &emissions),
            values: emissions,
        },
        Line {
            label: "CS",
            words: CS.to(view.language),
            class: "f-capacity",
            range: range(view, "sink", &sink),
            values: sink,
        },
    ];
    let scaled = view.tonnes(largest(&lines, &levels));
    chart(
        view,
        "nation_emissions_and_sink",
        view.language.of("Emissions, sink and thresholds of the nation", "全国排放、碳汇与阈值"),
        scaled,
        &lines,
        &levels,
    )
}

/// The absolute thresholds of the nation on the scenario's basis, by name.
pub(super) fn levels(view: &View) -> Vec<(String, f64)> {
    let is_mass =
        |row: &&ThresholdRow| row.scope == "nation" && (row.unit == "t" || row.unit.starts_with("t "));
    let rows = view.results.thresholds.iter().filter(is_mass);
    rows.filter_map(|row| {
        let (name, level) = (view.threshold(&row.threshold), view.with_unit(row.value?, &row.unit));
        Some((say!(view.language, "{name} ({level})", "{name}（{level}）"), row.value?))
    })
    .collect()
}

/// Footprint and capacity, netted over all regions.
pub(crate) fn footprint_and_capacity(view: &View) -> Drawing {
    let lines = [
        Line {
            label: "ICF",
            words: view.language.of("industrial carbon footprint (ICF)", "工业碳生态足迹（ICF）"),
            class: "f-load",
            values: series(view, |row| row.icf_hm2.map(Quantity::get)),
            range: vec![],
        },
        Line {
            label: "CEC",
            words: view.language.of("carbon ecological capacity (CEC)", "碳生态承载力（CEC）"),
            class: "f-capacity",
            values: series(view, |row| row.cec_hm2.map(Quantity::get)),
            range: vec![],
        },
    ];
    let scaled = view.hectares(largest(&lines, &[]));
    let title = view.language.of("Footprint and capacity of the nation", "全国足迹与承载力");
    chart(view, "nation_footprint_and_capacity", title, scaled, &lines, &[])
}

pub(super) fn series(view: &View, value: impl Fn(&NationRow) -> Option<f64>) -> Series {
    view.years().into_iter().map(|year| (year, view.nation(year).and_then(&value))).collect()
}

/// A line cut off where it leaves the frame at the top.
fn below(points: &[[f64; 2]], top: f64) -> Vec<[f64; 2]> {
    let mut cut = Vec::with_capacity(points.len() + 1);
    for (place, &[x, y]) in points.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| points[before]);
        if let Some([from, height]) = before.filter(|[_, height]| (*height < top) != (y < top)) {
            cut.push([from + (x - from) * (top - height) / (y - height), top]);
        }
        cut.push([x, y.max(top)]);
    }
    cut
}

/// The interval of 80 % around a projected sum; none where what is drawn is not what the models say, as with levers.
fn range(view: &View, quantity: &str, values: &Series) -> Vec<(Year, f64, f64)> {
    let value = |year: Year| values.iter().find(|point| point.0 == year).and_then(|point| point.1);
    let mut range = Vec::new();
    for row in view.results.bands.iter().filter(|row| row.quantity == quantity) {
        let is_drawn = value(row.year).is_some_and(|value| (value - row.value).abs() <= 1e-9 * value.abs());
        let Some((low, high)) = row.lower80.zip(row.upper80).filter(|_| is_drawn) else { return vec![] };
        range.push((row.year, low, high));
    }
    if let Some(last) = value(view.last()).filter(|_| !range.is_empty()) {
        range.insert(0, (view.last(), last, last));
    }
    range
}

fn largest(lines: &[Line], levels: &[(String, f64)]) -> f64 {
    let values = lines.iter().flat_map(|line| line.values.iter().filter_map(|point| point.1));
    let largest = values.chain(levels.iter().map(|level| level.1)).fold(0.0, f64::max);
    // A wide range may not press the lines together: what is beyond is cut, and the caption says how far it goes.
    let ranges = lines.iter().flat_map(|line| line.range.iter().map(|point| point.2));
    ranges.fold(largest, f64::max).min(1.5 * largest)
}

fn chart(
    view: &View,
    name: &str,
    title: &str,
    scaled: Scaled,
    lines: &[Line; 2],
    levels: &[(String, f64)],
) -> Drawing {
    if lines.iter().all(|line| line.values.iter().all(|point| point.1.is_none())) {
        let words = view.language.of("The run has no national totals.", "本次运行没有全国合计。");
        return Drawing::saying(name, title, words);
    }
    let (first, last) = (view.results.history.first(), view.results.horizon.max(view.last()));
    let frame = Frame {
        x: Scale::exact(f64::from(first.get()), f64::from(last.get()), LEFT, WIDTH - 44.0),
        y: Scale::round(0.0, scaled.of(largest(lines, levels)), HEIGHT - BOTTOM, TOP),
    };
    let mut content = frame.years_axis(first, view.last(), last);
    content.extend(frame.vertical_axis(&scaled.name()));
    for line in lines.iter().filter(|line| !line.range.is_empty()) {
        let place =
            |year: Year, value: f64| [frame.x.at(f64::from(year.get())), frame.y.at(scaled.of(value))];
        let edge = line.range.iter().map(|(year, low, _)| place(*year, *low));
        let back: Vec<[f64; 2]> =
            line.range.iter().rev().map(|(year, _, high)| place(*year, *high)).collect();
        let back = below(&back, frame.y.to());
        content.push(area(edge.chain(back)).class(&format!("f-range {}", line.class)));
    }
    let scaled_lines: Vec<Series> = lines
        .iter()
        .map(|line| line.values.iter().map(|&(year, value)| (year, value.map(|v| scaled.of(v)))).collect())
        .collect();
    for (label, level) in levels {
        let y = frame.y.at(scaled.of(*level));
        content.push(Element::line([frame.x.from(), y], [frame.x.to(), y]).class("f-threshold"));
        let [x, baseline] = free_spot(&frame, &scaled_lines, label, y);
        content.push(Element::words(x, baseline, label).class("f-text f-halo"));
    }
    for (line, values) in lines.iter().zip(&scaled_lines) {
        content.extend(trajectory(&frame, values, view.last(), line.class));
    }
    content.extend(end_labels(&frame, lines, &scaled_lines));

    let mut crossed: Vec<(String, Year)> = crossings(&lines[0].values, &lines[1].values)
        .into_iter()
        .map(|year| (lines[1].label.to_owned(), year))
        .collect();
    for (label, level) in levels {
        let flat: Series = lines[0].values.iter().map(|&(year, _)| (year, Some(*level))).collect();
        crossed.extend(crossings(&lines[0].values, &flat).into_iter().map(|year| (label.clone(), year)));
    }
    content.extend(crossing_marks(view.language, &frame, &scaled_lines[0], &crossed));
    let story = if crossed.is_empty() {
        say!(
            view.language,
            "{} crosses none of the lines from below.",
            "{} 未自下而上突破任何一条线。",
            lines[0].label
        )
    } else {
        let events: Vec<_> = crossed.iter().map(|(what, year)| crossed_words(view, what, *year)).collect();
        say!(
            view.language,
            "{} rises above {}.",
            "{} 突破：{}。",
            lines[0].label,
            view.language.apart(&events)
        )
    };
    let dashes = if view.projects() {
        view.language.of(", dashed from the last year with data on", "，虚线为最后一个数据年之后")
    } else {
        ""
    };
    let reaches = lines.iter().filter_map(|line| {
        let (year, low, high) = line.range.last()?;
        let [low, high] = [low, high].map(|value| significant(scaled.of(*value), 3));
        Some(say!(
            view.language,
            "{} in {year} from {low} to {high} {}",
            "{} 在 {year} 年为 {low} 至 {high} {}",
            line.label,
            scaled.name()
        ))
    });
    let reaches: Vec<String> = reaches.collect();
    let top = frame.y.range().1;
    let is_cut = lines.iter().flat_map(|line| &line.range).any(|(_, _, high)| scaled.of(*high) > top);
    let cut =
        if is_cut { view.language.of("; the frame cuts it", "；超出图框部分截去") } else { "" };
    let shade = if reaches.is_empty() {
        String::new()
    } else {
        say!(
            view.language,
            " Shaded: holds the truth with 80 %, if the sum of all regions errs as its forecasts would have erred in the past at \
             the same distance; {}{cut}.",
            "阴影：若全部区域之和的误差与过去同样预测期的误差相同，则有 80 % 的把握包含真值；{}{cut}。",
            view.language.listed(&reaches)
        )
    };
    Drawing {
        name: name.to_owned(),
        title: title.to_owned(),
        year: None,
        caption: say!(
            view.language,
            "{} and {}{dashes}. {story}{shade}",
            "{}与{}{dashes}。{story}{shade}",
            capitalised(lines[0].words),
            lines[1].words
        ),
        description: view.language.sentences(&[
            ends(view, &lines[0], scaled),
            ends(view, &lines[1], scaled),
            story.clone(),
        ]),
        width: WIDTH,
        height: HEIGHT,
        view: None,
        data: Some(table(view, lines, scaled)),
        content,
    }
}

fn table(view: &View, lines: &[Line; 2], scaled: Scaled) -> DataTable {
    let cell =
        |point: &(Year, Option<f64>)| point.1.map_or("–".to_owned(), |v| significant(scaled.of(v), 4));
    let pairs = lines[0].values.iter().zip(&lines[1].values);
    let rows = pairs.map(|(a, b)| vec![a.0.to_string(), cell(a), cell(b), scaled.name()]);
    DataTable::new(
        &[view.language.of("Year", "年份"), lines[0].label, lines[1].label, view.language.of("Unit", "单位")],
        rows.collect(),
    )
}

/// Where along a threshold its name stands clearest of the trajectories.
fn free_spot(frame: &Frame, series: &[Series], label: &str, y: f64) -> [f64; 2] {
    let width = text_width(label, 11.0);
    let (first, last) = (frame.x.from() + 6.0, frame.x.to() - width - 6.0);
    let clearance = |[x, baseline]: [f64; 2]| {
        let points = series
            .iter()
            .flatten()
            .filter_map(|&(year, value)| Some((frame.x.at(f64::from(year.get())), frame.y.at(value?))));
        let near = points.filter(|(at, _)| (x - 14.0..=x + width + 14.0).contains(at));
        near.map(|(_, height)| (height - (baseline - 4.0)).abs()).fold(60.0, f64::min)
    };
    let spots =
        [first, last, f64::midpoint(first, last)].into_iter().flat_map(|x| [[x, y - 5.0], [x, y + 14.0]]);
    // The first of equally clear ones, so that names stand at the left where they can.
    spots.fold([first, y - 5.0], |best, spot| if clearance(spot) > clearance(best) { spot } else { best })
}

/// The lines' names at their right ends, moved apart where they would touch.
pub(super) fn end_labels(frame: &Frame, lines: &[Line], scaled: &[Series]) -> Vec<Element> {
    let mut labels: Vec<(f64, &Line)> = lines
        .iter()
        .zip(scaled)
        .filter_map(|(line, values)| {
            values.iter().rev().find_map(|point| point.1).map(|value| (frame.y.at(value), line))
        })
        .collect();
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let [upper, lower] = labels.as_mut_slice()
        && lower.0 - upper.0 < 14.0
    {
        let middle = f64::midpoint(upper.0, lower.0);
        (upper.0, lower.0) = (middle - 7.0, middle + 7.0);
    }
    labels
        .into_iter()
        .map(|(y, line)| {
            Element::words(frame.x.to() + 7.0, y + 4.0, line.label).class(&format!("f-label {}", line.class))
        })
        .collect()
}

/// A ring where the trajectory rises above something, with the year.
pub(super) fn crossing_marks(
    language: Language,
    frame: &Frame,
    values: &Series,
    crossed: &[(String, Year)],
) -> Vec<Element> {
    let mut years: Vec<Year> = crossed.iter().map(|event| event.1).collect();
    years.sort_unstable();
    years.dedup();
    let mut marks = Vec::new();
    for year in years {
        let Some(value) = values.iter().find(|point| point.0 == year).and_then(|point| point.1) else {
            continue;
        };
        let (x, y) = (frame.x.at(f64::from(year.get())), frame.y.at(value));
        let what: Vec<_> =
            crossed.iter().filter(|event| event.1 == year).map(|event| event.0.as_str()).collect();
        let words =
            say!(language, "{year}: above {}", "{year} 年：突破 {}", what.join(language.of(" and ", "和")));
        marks.push(Element::circle(x, y, 4.5).class("f-crossing").hint(&words));
        let label = year.to_string();
        let at_right = x + text_width(&label, 11.0) / 2.0 > frame.x.to();
        let text = Element::words(if at_right { frame.x.to() } else { x }, y - 10.0, &label)
            .class("f-text f-strong f-halo");
        marks.push(if at_right { text.end() } else { text.middle() });
    }
    marks
}

/// First, last observed and last value of a line, in words.
fn ends(view: &View, line: &Line, scaled: Scaled) -> String {
    let at = |year: Year| line.values.iter().find(|point| point.0 == year).and_then(|point| point.1);
    let mut years = vec![view.results.history.first(), view.last(), view.results.horizon];
    years.dedup();
    let parts: Vec<_> = years
        .iter()
        .filter_map(|&year| {
            at(year).map(|value| {
                say!(view.language, "{} in {year}", "{}（{year} 年）", significant(scaled.of(value), 3))
            })
        })
        .collect();
    if parts.is_empty() {
        return say!(view.language, "{}: no values.", "{}：无值。", line.words);
    }
    say!(
        view.language,
        "{}: {} ({}).",
        "{}：{}（{}）。",
        capitalised(line.words),
        view.language.listed(&parts),
        scaled.name()
    )
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn a_line_is_cut_where_it_leaves_the_frame() {
        let line = [[0.0, 10.0], [2.0, -10.0], [3.0, -20.0]];
        assert_eq!(below(&line, 0.0), [[0.0, 10.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]]);
        assert_eq!(below(&line[..1], 0.0), [[0.0, 10.0]]);
    }
}
