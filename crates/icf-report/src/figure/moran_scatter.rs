//! The Moran scatter: each region's standardised value against that of its neighbours.

use icf_results::LisaRow;
use icf_units::Year;

use super::cluster_map::no_local;
use crate::language::{Words, say};
use crate::number::significant;
use crate::palette;
use crate::svg::{DataTable, Drawing, Element, Frame, Scale};
use crate::variable::Variable;
use crate::view::View;

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 380.0;
const HEADS: [Words; 5] = [
    Words::new("Region", "区域"),
    Words::new("Standardised value", "标准化值"),
    Words::new("Neighbours’ mean (lag)", "邻接区均值（滞后）"),
    Words::new("Quadrant", "象限"),
    Words::new("Cluster", "集聚"),
];
/// What the axes show, as a table says it.
pub(crate) const MORAN_AXES: [Words; 2] = [HEADS[1], HEADS[2]];

/// The frame of the scatter, in which every year has room; none where no year has local statistics.
pub(crate) fn moran_frame(view: &View, variable: Variable) -> Option<Frame> {
    let rows = || view.results.lisa.iter().filter(|row| row.variable == variable.key());
    let range = |value: fn(&LisaRow) -> Option<f64>| {
        let values = || rows().filter(|row| row.z.is_some() && row.lag.is_some()).filter_map(value);
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
    };
    let ((left, right), (low, high)) = (range(|row| row.z), range(|row| row.lag));
    (right >= left).then(|| Frame {
        x: Scale::round(left.min(0.0), right.max(0.0), 44.0, WIDTH - 16.0),
        y: Scale::round(low.min(0.0), high.max(0.0), HEIGHT - 44.0, 30.0),
    })
}

pub(crate) fn moran_scatter(view: &View, variable: Variable) -> Drawing {
    let name = format!("moran_scatter_{}", variable.stem());
    let title = say!(view.language, "Moran scatter of {}", "{}的莫兰散点图", variable.short(view.language));
    let years = view.lisa_years(variable);
    let (Some((_, year)), Some(frame)) = (years, moran_frame(view, variable)) else {
        return Drawing::saying(&name, &title, &no_local(view, variable));
    };
    let mut content = frame.vertical_axis(
        view.language.of("neighbours’ standardised value (lag)", "邻接区标准化均值（空间滞后）"),
    );
    content.extend(frame.horizontal_axis(&say!(
        view.language,
        "{}, standardised",
        "{}（标准化）",
        variable.short(view.language)
    )));
    let (x, y) = (frame.x.at(0.0), frame.y.at(0.0));
    content.push(Element::line([x, frame.y.to()], [x, frame.y.from()]).class("f-split"));
    content.push(Element::line([frame.x.from(), y], [frame.x.to(), y]).class("f-split"));
    for (label, x, y) in [
        ("HH", frame.x.to() - 6.0, frame.y.to() + 14.0),
        ("LH", frame.x.from() + 22.0, frame.y.to() + 14.0),
        ("LL", frame.x.from() + 22.0, frame.y.from() - 8.0),
        ("HL", frame.x.to() - 6.0, frame.y.from() - 8.0),
    ] {
        content.push(Element::words(x, y, label).end().class("f-quadrant"));
    }
    let global = slope(view, variable, year);
    let [from, to] = slope_ends(&frame, global.unwrap_or(0.0));
    content.push(Element::line(from, to).class(&format!("f-slope {}", variable.line())));
    let mut listed = Vec::new();
    for info in view.regions() {
        let row = view.lisa(variable, year, info.id.as_str());
        let Some((row, z, lag)) = row.and_then(|row| Some((row, row.z?, row.lag?))) else {
            // A region may be known in another year, to which the page may turn.
            content.push(
                point(info.id.as_str(), [x, y], palette::NO_DATA)
                    .hint(view.called(info))
                    .attribute("display", "none"),
            );
            continue;
        };
        let hint = say!(
            view.language,
            "{}: {} and {}, {}",
            "{}：{} 与 {}，{}",
            view.called(info),
            significant(z, 3),
            significant(lag, 3),
            row.quadrant
        );
        let place = [frame.x.at(z), frame.y.at(lag)];
        content.push(point(info.id.as_str(), place, palette::cluster(row.cluster)).hint(&hint));
        let cells = [view.called(info).to_owned(), significant(z, 4), significant(lag, 4)];
        listed.push(cells.into_iter().chain([row.quadrant.to_owned(), row.cluster.to_owned()]).collect());
    }
    let words = global.map_or(
        view.language.of("There is no global I in this year.", "该年没有全局莫兰指数。").to_owned(),
        |global| {
            say!(
                view.language,
                "The line through the middle has the slope of Moran's I, {} in {year}.",
                "过原点直线的斜率即莫兰指数，{year} 年为 {}。",
                significant(global, 3)
            )
        },
    );
    Drawing {
        name,
        title,
        year: Some(year),
        caption: say!(
            view.language,
            "Filled by the region’s cluster, as on the map. {words}",
            "按区域的集聚类型着色，与地图一致。{words}"
        ),
        description: say!(
            view.language,
            "{words} One dot a region; they stand in the table below the figure.",
            "{words}每点一个区域，数值见图下的表。"
        ),
        width: WIDTH,
        height: HEIGHT,
        view: Some(format!("{}_moran", variable.stem())),
        data: Some(
            DataTable::new(&HEADS.map(|head| head.to(view.language)), listed).cut("lisa", view.language),
        ),
        content,
    }
}

/// Global Moran's I of a year, which is the slope of the line through the scatter.
pub(crate) fn slope(view: &View, variable: Variable, year: Year) -> Option<f64> {
    let of = |row: &&icf_results::MoranRow| row.variable == variable.key() && row.year == year;
    view.results.moran.iter().find(of)?.statistic
}

/// Where a line through the middle leaves the frame.
fn slope_ends(frame: &Frame, slope: f64) -> [[f64; 2]; 2] {
    let (left, right) = frame.x.range();
    let (low, high) = frame.y.range();
    let end = |x: f64| {
        let y = slope * x;
        let held = y.clamp(low, high);
        let x = if held == y { x } else { held / slope };
        [frame.x.at(x), frame.y.at(held)]
    };
    [end(left), end(right)]
}

fn point(region: &str, [x, y]: [f64; 2], colour: &str) -> Element {
    Element::group()
        .class("f-point")
        .region(region)
        .child(Element::circle(x, y, 4.0).fill(colour).class("f-spot"))
}
