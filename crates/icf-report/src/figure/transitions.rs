//! Local Moran quadrants of the first and the last complete year, one band a region.

use std::collections::BTreeMap;

use icf_results::TransitionRow;
use icf_units::Year;

use crate::language::{Words, say};
use crate::palette;
use crate::svg::{DataTable, Drawing, Element, coordinate};
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
/// Among more regions than this no band of one could be seen.
const SINGLE: usize = 120;
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
    let (mut words, mut table) = (Vec::new(), Vec::new());
    let mut are_many = false;
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
            "{}，{} 至 {} 年：{} 个区域中有 {moved} 个改变了象限。",
            variable.title(view.language),
            rows[0].first_year,
            rows[0].last_year,
            rows.len()
        ));
        for (pair, count) in pairs(&rows) {
            let name = variable.title(view.language).to_owned();
            table.push(vec![name, pair.0.to_owned(), pair.1.to_owned(), count.to_string()]);
        }
        are_many |= rows.len() > SINGLE;
        let marks = if rows.len() > SINGLE { stream(view, &rows) } else { flow(view, &rows) };
        content.push(panel.child(heading).children(marks));
    }
    let said = |english, chinese| view.language.of(english, chinese);
    let band = if are_many {
        said("one band a change, as high as regions made it", "每条带为一种转移，高度为区域数")
    } else {
        said("one band a region", "每条带为一个区域")
    };
    let heads = [
        said("Variable", "变量"),
        said("First year", "首年"),
        said("Last year", "末年"),
        said("Regions", "区域数"),
    ];
    Drawing {
        name: NAME.to_owned(),
        title: TITLE.to(view.language).to_owned(),
        year: None,
        caption: say!(
            view.language,
            "HH high among high, HL high among low, LH low among high, LL low among low, significant or not; \
             {band}, in the colour of its first year. {}",
            "HH 高-高，HL 高-低，LH 低-高，LL 低-低，不论显著与否；{band}，颜色取首年。{}",
            view.language.sentences(&words)
        ),
        description: view.language.sentences(&words),
        width: 2.0 * PANEL + GAP,
        height: TOP + HEIGHT + 6.0,
        view: None,
        data: Some(DataTable::new(&heads, table)),
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
    let mut marks = years(rows, from, to);
    for row in rows {
        let region = row.region.as_str();
        let (Some(start), Some(end)) = (starts.bands.get(region), ends.bands.get(region)) else { continue };
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
        let band = band(*start, *end, from, to).fill(palette::cluster(row.quadrant_first)).class("f-band");
        marks.push(band.region(region).hint(&hint));
    }
    marks.extend(nodes(&starts, from, true));
    marks.extend(nodes(&ends, to, false));
    marks
}

/// The classes of one year with their counts.
fn nodes(places: &Places, x: f64, at_left: bool) -> Vec<Element> {
    let mut marks = Vec::new();
    for node in &places.nodes {
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
    marks
}

/// From the class of the first year to that of the last.
type Change = (&'static str, &'static str);

/// How many regions went from one class to another, in the order of the classes.
fn pairs(rows: &[&TransitionRow]) -> Vec<(Change, usize)> {
    let rank = |label: &str| ORDER.iter().position(|known| *known == label).unwrap_or(ORDER.len());
    let mut counts: BTreeMap<(usize, usize), (Change, usize)> = BTreeMap::new();
    for row in rows {
        let pair = (row.quadrant_first, row.quadrant_last);
        counts.entry((rank(pair.0), rank(pair.1))).or_insert((pair, 0)).1 += 1;
    }
    counts.into_values().collect()
}

/// The changes of thousands of regions: those that go the same way in one band, with their count.
fn stream(view: &View, rows: &[&TransitionRow]) -> Vec<Element> {
    let starts = places(rows, |row| row.quadrant_first, |row| row.quadrant_last);
    let ends = places(rows, |row| row.quadrant_last, |row| row.quadrant_first);
    let (from, to) = (SIDE, PANEL - SIDE);
    let mut marks = years(rows, from, to);
    // Regions that go the same way lie together at both ends.
    let span = |places: &Places, pair: (&str, &str)| {
        let own = rows.iter().filter(|row| (row.quadrant_first, row.quadrant_last) == pair);
        own.filter_map(|row| places.bands.get(row.region.as_str()))
            .fold((f64::INFINITY, 0.0_f64), |span, band| (span.0.min(band.0), span.1.max(band.1)))
    };
    let mut labels = Vec::new();
    for (pair, count) in pairs(rows) {
        let (start, end) = (span(&starts, pair), span(&ends, pair));
        let hint =
            say!(view.language, "{} to {}: {count} regions", "{} 至 {}：{count} 个区域", pair.0, pair.1);
        marks.push(band(start, end, from, to).fill(palette::cluster(pair.0)).class("f-band").hint(&hint));
        // A count stands where its band is high enough, a little after its start, where bands still lie apart.
        if start.1 - start.0 >= 10.0 {
            let y = f64::midpoint(start.0, start.1) + 3.5;
            labels.push(Element::words(from + NODE + 2.0, y, &count.to_string()).class("f-mark"));
        }
    }
    marks.extend(labels);
    marks.extend(nodes(&starts, from, true));
    marks.extend(nodes(&ends, to, false));
    marks
}

fn years(rows: &[&TransitionRow], from: f64, to: f64) -> Vec<Element> {
    let year = |x: f64, year: Year| Element::words(x, TOP - 10.0, &year.to_string()).middle().class("f-tick");
    vec![year(from, rows[0].first_year), year(to, rows[0].last_year)]
}

/// A band between its top and bottom at both ends.
fn band(start: (f64, f64), end: (f64, f64), from: f64, to: f64) -> Element {
    let number = coordinate;
    Element::path(format!(
        "M{0} {1}C{2} {1} {2} {3} {4} {3}V{5}C{2} {5} {2} {6} {0} {6}Z",
        number(from + NODE / 2.0),
        number(start.0),
        number(f64::midpoint(from, to)),
        number(end.0),
        number(to - NODE / 2.0),
        number(end.1),
        number(start.1)
    ))
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
