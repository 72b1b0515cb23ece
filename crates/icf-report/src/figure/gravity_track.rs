//! How the centres of footprint, capacity and deficit moved.

use icf_results::{GravityCentreRow, Phase};

use crate::Language;
use crate::language::{Words, say};
use crate::number::{fixed, significant};
use crate::palette;
use crate::svg::{Box2, DataTable, Drawing, Element, line, text_width};
use crate::view::View;

const NAME: &str = "gravity_centres";
const TITLE: Words =
    Words::new("How the centres of footprint, capacity and deficit moved", "足迹、承载力与赤字的重心迁移");

/// Quantity in the table, style and name.
const QUANTITIES: [(&str, &str, Words); 3] = [
    ("icf_hm2", "f-load", Words::new("footprint", "足迹")),
    ("cec_hm2", "f-capacity", Words::new("capacity", "承载力")),
    ("deficit_hm2", "f-best", Words::new("deficit", "赤字")),
];

const HEADS: [Words; 5] = [
    Words::new("Centre of", "重心"),
    Words::new("Year", "年份"),
    Words::new("Longitude (°)", "经度（°）"),
    Words::new("Latitude (°)", "纬度（°）"),
    Words::new("Moved (km)", "移动（km）"),
];

/// A centre on the map.
struct Stop<'a> {
    row: &'a GravityCentreRow,
    longitude: f64,
    latitude: f64,
    place: [f64; 2],
}

/// One line a quantity: solid in the history, dashed beyond it, first and last year named.
pub(crate) fn gravity_track(view: &View) -> Drawing {
    let Some(map) = &view.atlas.map else {
        let words = view.language.of(
            "The data set brings no boundaries, so there is no map to draw on.",
            "数据集不含边界，无法绘制地图。",
        );
        return Drawing::saying(NAME, TITLE.to(view.language), words);
    };
    let tracks: Vec<_> = QUANTITIES
        .iter()
        .map(|(key, class, name)| {
            let rows = view.results.gravity_centres.iter().filter(|row| row.quantity == *key);
            let stop = |row| stop(row, map);
            (*class, name.to(view.language), rows.filter_map(stop).collect::<Vec<Stop>>())
        })
        .filter(|track| !track.2.is_empty())
        .collect();
    let Some(window) = window(tracks.iter().flat_map(|track| &track.2)) else {
        let words = view.language.of("No centre could be found in any year.", "任何年份都无法求得重心。");
        return Drawing::saying(NAME, TITLE.to(view.language), words);
    };
    // The tracks are short beside the country: they are drawn on a part of its map, enlarged.
    let (width, height) = (560.0, 400.0);
    let zoom = (width / (window.right - window.left)).min(height / (window.bottom - window.top));
    let at = |[x, y]: [f64; 2]| [(x - window.left) * zoom, (y - window.top) * zoom];
    let scale = zoom * map.grid;
    let [dx, dy] = at([0.0, 0.0]);
    let mut ground =
        Element::group().attribute("transform", format!("translate({dx:.2} {dy:.2}) scale({scale:.4})"));
    for shape in &map.shapes {
        let path = Element::path(shape.path.as_str())
            .attribute("fill-rule", "evenodd")
            .number("stroke-width", 0.7 / scale);
        ground = ground.child(path.fill(palette::OUTSIDE).class("f-outside"));
    }
    let clip = Element::new("defs").child(
        Element::new("clipPath")
            .attribute("id", format!("{NAME}-clip"))
            .child(Element::rect(0.0, 0.0, width, height)),
    );
    let clipped = Element::group().attribute("clip-path", format!("url(#{NAME}-clip)")).child(ground);
    let mut content = vec![clip, clipped];
    let (mut words, mut taken) = (Vec::new(), Vec::new());
    for (class, name, stops) in &tracks {
        content.extend(track(view.language, class, name, stops, at, &mut taken));
        words.extend(in_words(view.language, name, stops));
    }
    let key = tracks.iter().zip([0.0, 150.0, 300.0]).flat_map(|((class, name, _), x)| {
        let rule = Element::line([x, height + 16.0], [x + 22.0, height + 16.0]);
        [
            rule.class(&format!("f-line {class}")),
            Element::words(x + 28.0, height + 20.0, name).class("f-text"),
        ]
    });
    content.extend(key);
    let words = view.language.sentences(&words);
    let rows = tracks.iter().flat_map(|(_, name, stops)| {
        stops.iter().map(|stop| {
            let moved = stop.row.moved_km.map_or("–".to_owned(), |moved| significant(moved, 3));
            vec![
                (*name).to_owned(),
                stop.row.year.to_string(),
                fixed(stop.longitude, 3),
                fixed(stop.latitude, 3),
                moved,
            ]
        })
    });
    let data = DataTable::new(&HEADS.map(|head| head.to(view.language)), rows.collect());
    Drawing {
        name: NAME.to_owned(),
        title: TITLE.to(view.language).to_owned(),
        year: None,
        caption: say!(
            view.language,
            "Weighted mean centres of the regions, on a part of the map; dashed beyond the history. {words}",
            "各区域的加权平均中心，绘于局部地图；虚线为历史之后。{words}"
        ),
        description: words,
        width,
        height: height + 28.0,
        view: None,
        data: Some(data),
        content,
    }
}

fn stop<'a>(row: &'a GravityCentreRow, map: &crate::atlas::Map) -> Option<Stop<'a>> {
    let (longitude, latitude) = (row.longitude?, row.latitude?);
    Some(Stop { row, longitude, latitude, place: map.at(longitude, latitude) })
}

/// The part of the map that holds every stop with room around them; none without stops.
fn window<'a>(stops: impl Iterator<Item = &'a Stop<'a>>) -> Option<Box2> {
    let places: Vec<[f64; 2]> = stops.map(|stop| stop.place).collect();
    if places.is_empty() {
        return None;
    }
    let range = |axis: usize| {
        let values = || places.iter().map(|place| place[axis]);
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
    };
    let ((left, right), (top, bottom)) = (range(0), range(1));
    let (middle_x, middle_y) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
    // The sides are as 7 to 5, as the figure's are.
    let half = ((right - left) * 0.7).max((bottom - top) * 0.7 * 1.4).max(35.0);
    Some(Box2 {
        left: middle_x - half,
        right: middle_x + half,
        top: middle_y - half / 1.4,
        bottom: middle_y + half / 1.4,
    })
}

fn track(
    language: Language,
    class: &str,
    name: &str,
    stops: &[Stop],
    at: impl Fn([f64; 2]) -> [f64; 2],
    taken: &mut Vec<Box2>,
) -> Vec<Element> {
    let places = |of: &dyn Fn(&Stop) -> bool| {
        stops.iter().filter(|stop| of(stop)).map(|stop| at(stop.place)).collect::<Vec<_>>()
    };
    let last = stops.iter().filter(|stop| stop.row.phase == Phase::History).map(|stop| stop.row.year).max();
    let mut marks = Vec::new();
    for (places, style) in [
        (places(&|stop| Some(stop.row.year) <= last), "f-line"),
        (places(&|stop| Some(stop.row.year) >= last), "f-line f-projected"),
    ] {
        if places.len() > 1 {
            marks.push(line(places).class(&format!("{style} {class}")));
        }
    }
    for stop in stops {
        let [x, y] = at(stop.place);
        let moved = stop.row.moved_km.map_or_else(String::new, |km| {
            say!(language, ", {} km from the year before", "，较上年移动 {} km", significant(km, 3))
        });
        let hint = say!(
            language,
            "{name} {}: {} °E, {} °N{moved}",
            "{name} {} 年：东经 {}°，北纬 {}°{moved}",
            stop.row.year,
            fixed(stop.longitude, 2),
            fixed(stop.latitude, 2)
        );
        marks.push(Element::circle(x, y, 2.6).class(&format!("f-dot {class}")).hint(&hint));
    }
    let named = [stops.first(), stops.iter().rfind(|stop| Some(stop.row.year) == last), stops.last()];
    let mut said = None;
    for stop in named.into_iter().flatten() {
        let label = stop.row.year.to_string();
        if said == Some(stop.row.year) {
            continue;
        }
        said = Some(stop.row.year);
        let [x, y] = at(stop.place);
        let width = text_width(&label, 11.0);
        let spots = [(6.0, 4.0), (-6.0 - width, 4.0), (-width / 2.0, -7.0), (-width / 2.0, 16.0)];
        let spot = spots.into_iter().find_map(|(dx, dy)| {
            let room = Box2 { left: x + dx, right: x + dx + width, top: y + dy - 10.0, bottom: y + dy + 2.0 };
            taken.iter().all(|other| !room.overlaps(*other)).then_some(room)
        });
        if let Some(room) = spot {
            taken.push(room);
            marks.push(Element::words(room.left, room.bottom - 2.0, &label).class("f-text f-halo"));
        }
    }
    marks
}

fn in_words(language: Language, name: &str, stops: &[Stop]) -> Option<String> {
    let (first, last) = (stops.first()?, stops.last()?);
    let of = |stop: &Stop| {
        say!(
            language,
            "{} °E, {} °N in {}",
            "东经 {}°、北纬 {}°（{} 年）",
            fixed(stop.longitude, 2),
            fixed(stop.latitude, 2),
            stop.row.year
        )
    };
    let way: f64 = stops.iter().filter_map(|stop| stop.row.moved_km).sum();
    Some(say!(
        language,
        "The centre of {name}: {}; {}; {} km in all yearly steps.",
        "{name}重心：{}；{}；逐年累计移动 {} km。",
        of(first),
        of(last),
        significant(way, 3)
    ))
}
