//! Size per resident against depth, with the split of the quadrants.

use icf_results::RegionRow;

use crate::language::say;
use crate::number::significant;
use crate::svg::{Box2, DataTable, Drawing, Element, Frame, Scale, text_width};
use crate::variable::Variable;
use crate::view::View;
use crate::zone::zone;

const NAME: &str = "quadrant_scatter";
const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 420.0;
const FONT: f64 = 10.0;
const RADIUS: f64 = 4.5;
/// Among more regions than this the deepest alone are named.
const NAMED: usize = 150;

struct Point<'a> {
    region: &'a str,
    name: &'a str,
    row: &'a RegionRow,
    size: f64,
    depth: f64,
}

/// The regions with both values in the last year of the history.
fn points<'a>(view: &'a View) -> Vec<Point<'a>> {
    let point = |info: &'a icf_results::RegionInfo| {
        let row = view.row(info.id.as_str(), view.last())?;
        let (size, depth) = (Variable::Size.value(row)?, Variable::Depth.value(row)?);
        Some(Point { region: info.id.as_str(), name: view.called(info), row, size, depth })
    };
    view.regions().iter().filter_map(point).collect()
}

/// The frame of the scatter; none where no region has both values.
pub(crate) fn quadrant_frame(view: &View) -> Option<Frame> {
    let points = points(view);
    (!points.is_empty()).then(|| frame(&points))
}

fn frame(points: &[Point]) -> Frame {
    let range = |value: fn(&Point) -> f64| {
        let values = || points.iter().map(value);
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
    };
    let (depth_low, depth_high) = range(|point| point.depth);
    let logarithmic = depth_low > 0.0 && depth_high / depth_low > 10.0;
    let (bottom, top) = (HEIGHT - 44.0, 30.0);
    Frame {
        x: Scale::round(0.0, range(|point| point.size).1, 44.0, WIDTH - 16.0),
        y: if logarithmic {
            // Room below for the names of the many regions that have no deficit and so the same depth.
            Scale::logarithmic(depth_low * 0.55, depth_high * 1.15, bottom, top)
        } else {
            Scale::round(depth_low.min(1.0), depth_high, bottom, top)
        },
    }
}

/// The regions, the deepest first.
fn table(view: &View, points: &[Point]) -> DataTable {
    let said = |english, chinese| view.language.of(english, chinese);
    let heads = [
        said("Region", "区域"),
        said("Size per resident, hm²/person", "人均广度，hm²/人"),
        said("Depth", "深度"),
        said("Quadrant", "象限"),
    ];
    let mut sorted: Vec<&Point> = points.iter().collect();
    sorted.sort_by(|a, b| b.depth.total_cmp(&a.depth).then_with(|| a.region.cmp(b.region)));
    let row = |point: &&Point| {
        let quadrant = point.row.quadrant.unwrap_or("–").to_owned();
        vec![point.name.to_owned(), significant(point.size, 3), significant(point.depth, 3), quadrant]
    };
    DataTable::new(&heads, sorted.iter().map(row).collect()).cut("regions", view.language)
}

pub(crate) fn quadrant_scatter(view: &View) -> Drawing {
    let title = view.language.of("Size against depth", "足迹广度与深度");
    let points = points(view);
    if points.is_empty() {
        let words = view.language.of(
            "No region has both a size per resident and a depth in the last year.",
            "末年没有区域同时具备人均广度与深度。",
        );
        return Drawing::saying(NAME, title, words);
    }
    let frame = frame(&points);
    let logarithmic = frame.y.is_logarithmic();
    let mut content = frame.vertical_axis(if logarithmic {
        view.language.of("depth (logarithmic scale)", "深度（对数尺度）")
    } else {
        view.language.of("depth", "深度")
    });
    content
        .extend(frame.horizontal_axis(view.language.of("size per resident, hm²/person", "人均广度，hm²/人")));
    let levels = view.results.quadrants.iter().find(|row| row.year == view.last());
    let (size_split, depth_split) = (levels.map(|row| row.size_split), levels.map(|row| row.depth_split));
    if let Some(x) = size_split.map(|split| frame.x.at(split)) {
        content.push(Element::line([x, frame.y.to()], [x, frame.y.from()]).class("f-split f-split-x"));
    }
    if let Some(y) = depth_split.map(|split| frame.y.at(split)) {
        content.push(Element::line([frame.x.from(), y], [frame.x.to(), y]).class("f-split f-split-y"));
    }
    let omitted = draw_points(view, &points, &frame, &mut content);
    if let (Some(x), Some(y)) = (size_split, depth_split) {
        content.extend(corners(&frame, frame.x.at(x), frame.y.at(y)));
    }

    let splits = match (size_split, depth_split) {
        (Some(size), Some(depth)) => say!(
            view.language,
            "Lines: the split between the quadrants, at {} hm²/person and depth {}.",
            "线：象限分界，人均广度 {} hm²/人，深度 {}。",
            significant(size, 3),
            significant(depth, 3)
        ),
        _ => view
            .language
            .of(
                "The run has no quadrants of this year, so no split is drawn.",
                "本次运行没有该年的象限，未画分界线。",
            )
            .to_owned(),
    };
    let scale = if logarithmic {
        view.language.of(
            " Depth spans more than one order of magnitude: its axis is logarithmic.",
            "深度跨越一个数量级以上，故采用对数轴。",
        )
    } else {
        ""
    };
    let crowd = match omitted {
        0 => String::new(),
        1 => view
            .language
            .of(" One name that would cover others is left out.", "省略 1 个会遮挡的名称。")
            .to_owned(),
        more => say!(
            view.language,
            " {more} names that would cover others are left out.",
            "省略 {more} 个会遮挡的名称。"
        ),
    };
    let missing = match view.regions().len() - points.len() {
        0 => String::new(),
        1 => view
            .language
            .of(" One region without both values is not shown.", "1 个缺值的区域未显示。")
            .to_owned(),
        more => say!(
            view.language,
            " {more} regions without both values are not shown.",
            "{more} 个缺值的区域未显示。"
        ),
    };
    let listed: Vec<_> = points
        .iter()
        .map(|point| {
            say!(
                view.language,
                "{} {} and {}",
                "{} {} 与 {}",
                point.name,
                significant(point.size, 3),
                significant(point.depth, 3)
            )
        })
        .collect();
    Drawing {
        name: NAME.to_owned(),
        title: title.to_owned(),
        year: Some(view.last()),
        caption: format!("{splits}{scale}{crowd}{missing}"),
        description: say!(
            view.language,
            "Size per resident in hm² and depth: {}.",
            "人均广度（hm²）与深度：{}。",
            view.language.apart(&listed)
        ),
        width: WIDTH,
        height: HEIGHT,
        view: Some("size_depth".to_owned()),
        data: Some(table(view, &points)),
        content,
    }
}

/// Dots with their names where there is room; returns how many names found none.
fn draw_points(view: &View, points: &[Point], frame: &Frame, content: &mut Vec<Element>) -> usize {
    let place = |point: &Point| (frame.x.at(point.size), frame.y.at(point.depth));
    let plot = Box2 { left: frame.x.from(), top: frame.y.to() - 8.0, right: WIDTH, bottom: frame.y.from() };
    let mut taken: Vec<Box2> = points
        .iter()
        .map(|point| {
            let (x, y) = place(point);
            Box2 { left: x - RADIUS, top: y - RADIUS, right: x + RADIUS, bottom: y + RADIUS }
        })
        .collect();
    let (mut omitted, mut leaders, mut spots) = (0, Element::group(), Vec::new());
    // The deepest first: they are what the reader looks for.
    let mut order: Vec<&Point> = points.iter().collect();
    order.sort_by(|a, b| b.depth.total_cmp(&a.depth).then(a.region.cmp(b.region)));
    for (rank, point) in order.into_iter().enumerate() {
        let (x, y) = place(point);
        let words = point.row.quadrant.unwrap_or(view.language.of("no quadrant", "无"));
        let colour = point.row.quadrant.and_then(zone).map_or("#ffffff", |zone| zone.colour);
        let hint = say!(
            view.language,
            "{}: size {} hm²/person, depth {}, quadrant {words}",
            "{}：广度 {} hm²/人，深度 {}，象限 {words}",
            point.name,
            significant(point.size, 3),
            significant(point.depth, 3)
        );
        let mut group = Element::group()
            .class("f-point")
            .region(point.region)
            .child(Element::circle(x, y, RADIUS).fill(colour).class("f-spot"));
        let room = if rank < NAMED { free_place(point.name, x, y, plot, &taken) } else { None };
        match room {
            Some((room, is_beside)) => {
                taken.push(room);
                if !is_beside {
                    let to = [x.clamp(room.left, room.right), y.clamp(room.top, room.bottom)];
                    leaders = leaders.child(Element::line([x, y], to).class("f-leader"));
                }
                group = group
                    .child(Element::words(room.left, room.bottom - 2.5, point.name).class("f-name f-halo"));
            }
            None => omitted += 1,
        }
        spots.push(group.hint(&hint));
    }
    content.push(leaders);
    content.extend(spots);
    omitted
}

/// A place near a dot where a name covers neither a dot nor another name, and whether it needs no leader line.
fn free_place(name: &str, x: f64, y: f64, plot: Box2, taken: &[Box2]) -> Option<(Box2, bool)> {
    let (width, height) = (text_width(name, FONT) + 3.0, FONT + 1.5);
    let near = RADIUS + 2.0;
    let beside = [
        (near, -height / 2.0),
        (-near - width, -height / 2.0),
        (-width / 2.0, -near - height),
        (-width / 2.0, near),
        (near - 1.0, -near - height + 3.0),
        (near - 1.0, near - 3.0),
        (-near - width + 1.0, -near - height + 3.0),
        (-near - width + 1.0, near - 3.0),
    ];
    // Rows above and below, each a line of text further away.
    let rows = (2..7_u8).flat_map(|row| {
        let away = near + height * f64::from(row);
        [-0.5, -0.1, -0.9]
            .into_iter()
            .flat_map(move |shift| [(width * shift, -away), (width * shift, away - height)])
    });
    beside.into_iter().map(|offset| (offset, true)).chain(rows.map(|offset| (offset, false))).find_map(
        |((dx, dy), is_beside)| {
            let room = Box2 { left: x + dx, top: y + dy, right: x + dx + width, bottom: y + dy + height };
            (room.within(plot) && taken.iter().all(|other| !room.overlaps(*other)))
                .then_some((room, is_beside))
        },
    )
}

/// The numbers of the quadrants in the corners of the plot.
fn corners(frame: &Frame, x: f64, y: f64) -> Vec<Element> {
    let corner = |quadrant: &str, at_right: bool, at_top: bool| {
        let left = if at_right { frame.x.to() - 6.0 } else { x - 6.0 };
        let top = if at_top { frame.y.to() + 14.0 } else { y + 16.0 };
        let room = if at_right { frame.x.to() - x } else { x - frame.x.from() };
        (room > 24.0).then(|| Element::words(left, top, quadrant).end().class("f-quadrant f-corner"))
    };
    [
        corner("I", true, true),
        corner("II", false, true),
        corner("III", false, false),
        corner("IV", true, false),
    ]
    .into_iter()
    .flatten()
    .collect()
}
