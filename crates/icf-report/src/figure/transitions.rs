//! Local Moran quadrants of the first and the last complete year, one band a region.

use std::collections::BTreeMap;

use icf_results::TransitionRow;

use crate::language::{Words, say};
use crate::palette;
use crate::svg::{Drawing, Element, coordinate};
use crate::view::View;

const NAME: &str = "transitions";
const TITLE: Words = Words::new(
    "Where regions stood among their neighbours, first and last year",
    "各区域相对邻区的位置，首年与末年",
);
const PANEL: f64 = 258.0;
const GAP: f64 = 44.0;
const HEIGHT: f64 = 250.0;
const NODE: f64 = 9.0;
/// Room at the right and left of a panel for the counts.
const SIDE: f64 = 46.0;
const TOP: f64 = 44.0;
const ORDER: [&str; 5] = ["HH", "HL", "LH", "LL", "undefined"];

pub(crate) fn transitions(view: &View) -> Drawing {
    if view.results.transitions.is_empty() {
        let words = view.language.of(
            "There is no pair of complete years to compare, so there are no transitions.",
            "没有两个完整年份可供比较，因此没有转移。",
        );
        return Drawing::saying(NAME, TITLE.to(view.language), words);
    }
    let mut content = Vec::new();
    let mut words = Vec::new();
    for (variable, left) in view.variables().into_iter().zip([0.0, PANEL + GAP]) {
        let rows: Vec<&TransitionRow> =
            view.results.transitions.iter().filter(|row| row.variable == variable.key()).collect();
        let panel = Element::group().moved(left, 0.0);
        let heading = Element::words(0.0, 14.0, variable.title(view.language)).class("f-label");
        if rows.is_empty() {
            let none =
                Element::words(0.0, TOP, view.language.of("no complete pair of years", "没有两个完整年份"))
                    .class("f-text f-muted");
            content.push(panel.child(heading).child(none));
            continue;
        }
        let moved = rows.iter().filter(|row| row.quadrant_first != row.quadrant_last).count();
        words.push(say!(
            view.language,
            "{}, {} to {}: {moved} of {} regions changed their quadrant.",
            "{}，{} 至 {} 年：{moved} 个区域改变了象限，共 {} 个。",
            variable.title(view.language),
            rows[0].first_year,
            rows[0].last_year,
            rows.len()
        ));
        content.push(panel.child(heading).children(flow(view, &rows)));
    }
    Drawing {
        name: NAME.to_owned(),
        title: TITLE.to(view.language).to_owned(),
        year: None,
        caption: say!(
            view.language,
            "HH high among high, HL high among low, LH low among high, LL low among low, significant or not; \
             one band a region, in the colour of its first year. {}",
            "HH 高-高，HL 高-低，LH 低-高，LL 低-低，不论显著与否；每条带为一个区域，颜色取首年。{}",
            view.language.sentences(&words)
        ),
        description: view.language.sentences(&words),
        width: 2.0 * PANEL + GAP,
        height: TOP + HEIGHT + 6.0,
        view: None,
        data: None,
        content,
    }
}

/// The bands and nodes of one variable.
fn flow(view: &View, rows: &[&TransitionRow]) -> Vec<Element> {
    let first = |row: &TransitionRow| row.quadrant_first;
    let last = |row: &TransitionRow| row.quadrant_last;
    let starts = places(rows, first, last);
    let ends = places(rows, last, first);
    let (from, to) = (SIDE, PANEL - SIDE);
    let mut marks = vec![
        Element::words(from, TOP - 10.0, &rows[0].first_year.to_string()).middle().class("f-tick"),
        Element::words(to, TOP - 10.0, &rows[0].last_year.to_string()).middle().class("f-tick"),
    ];
    let middle = f64::midpoint(from, to);
    for row in rows {
        let region = row.region.as_str();
        let (Some(start), Some(end)) = (starts.bands.get(region), ends.bands.get(region)) else { continue };
        let number = coordinate;
        let data = format!(
            "M{0} {1}C{2} {1} {2} {3} {4} {3}V{5}C{2} {5} {2} {6} {0} {6}Z",
            number(from + NODE / 2.0),
            number(start.0),
            number(middle),
            number(end.0),
            number(to - NODE / 2.0),
            number(end.1),
            number(start.1)
        );
        let rey = row
            .rey_type
            .map_or(String::new(), |kind| say!(view.language, " (type {kind})", "（类型 {kind}）"));
        let hint = say!(
            view.language,
            "{}: {} to {}{rey}",
            "{}：{} 至 {}{rey}",
            view.name(region),
            row.quadrant_first,
            row.quadrant_last
        );
        let band =
            Element::path(data).fill(palette::cluster(row.quadrant_first)).class("f-band").region(region);
        marks.push(band.hint(&hint));
    }
    for (nodes, x, at_left) in [(&starts.nodes, from, true), (&ends.nodes, to, false)] {
        for node in nodes {
            marks.push(
                Element::rect(x - NODE / 2.0, node.top, NODE, node.bottom - node.top)
                    .fill(palette::cluster(node.label))
                    .class("f-swatch"),
            );
            let y = f64::midpoint(node.top, node.bottom) + 4.0;
            let shown = if node.label == "undefined" { "?" } else { node.label };
            let words = format!("{shown} {}", node.count);
            let text_x = if at_left { x - NODE } else { x + NODE };
            let text = Element::words(text_x, y, &words).class("f-text");
            marks.push(if at_left { text.end() } else { text });
        }
    }
    marks
}

struct Node {
    label: &'static str,
    top: f64,
    bottom: f64,
    count: usize,
}

struct Places<'a> {
    nodes: Vec<Node>,
    /// Top and bottom of each region's band.
    bands: BTreeMap<&'a str, (f64, f64)>,
}

/// Stacks the regions by one label and, within it, by the other, so that bands cross as little as they can.
fn places<'a>(
    rows: &[&'a TransitionRow],
    label: fn(&TransitionRow) -> &'static str,
    other: fn(&TransitionRow) -> &'static str,
) -> Places<'a> {
    let rank = |label: &str| ORDER.iter().position(|known| *known == label).unwrap_or(ORDER.len());
    let mut order: Vec<&'a TransitionRow> = rows.to_vec();
    order.sort_by_key(|row| (rank(label(row)), rank(other(row)), row.region.as_str().to_owned()));
    let gap = 12.0;
    #[expect(clippy::cast_precision_loss, reason = "a count of regions")]
    let band = (HEIGHT - gap * (ORDER.len() - 1) as f64) / rows.len().max(1) as f64;
    let mut places = Places { nodes: Vec::new(), bands: BTreeMap::new() };
    let mut y = TOP;
    for row in order {
        if places.nodes.last().is_none_or(|node| node.label != label(row)) {
            if !places.nodes.is_empty() {
                y += gap;
            }
            places.nodes.push(Node { label: label(row), top: y, bottom: y, count: 0 });
        }
        places.bands.insert(row.region.as_str(), (y, y + band));
        y += band;
        let node = places.nodes.last_mut().expect("a node was pushed above");
        node.bottom = y;
        node.count += 1;
    }
    places
}
