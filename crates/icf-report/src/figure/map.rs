//! A map of the run's regions, each filled by what is known of it.

use std::collections::BTreeMap;

use icf_units::Year;

use crate::Language;
use crate::atlas::{Map, Shape};
use crate::language::say;
use crate::palette;
use crate::svg::{Box2, Drawing, Element, Swatch, hatch, legend};
use crate::view::View;

/// Regions that are named in words; more than this nobody listens to.
const NAMED: usize = 100;

/// How a region is filled, and why.
pub(crate) struct Fill {
    pub(crate) colour: String,
    /// The legend's words for it.
    pub(crate) words: String,
    /// A short mark on the region itself.
    pub(crate) mark: Option<String>,
}

/// A map before it is drawn.
pub(crate) struct MapPlan<'a> {
    pub(crate) name: String,
    /// Without the year.
    pub(crate) title: String,
    pub(crate) year: Year,
    pub(crate) caption: String,
    /// What the page's slider recolours.
    pub(crate) view: Option<String>,
    pub(crate) legend: Vec<Swatch>,
    /// By region id; a region that is not in it has no value.
    pub(crate) fills: BTreeMap<&'a str, Fill>,
}

/// What a map is drawn on.
pub(crate) struct Ground<'a> {
    pub(crate) map: Option<&'a Map>,
    pub(crate) language: Language,
    /// Ids and names of the regions of the run.
    pub(crate) regions: Vec<(&'a str, &'a str)>,
}

pub(crate) fn draw(view: &View, plan: MapPlan) -> Drawing {
    let regions = view.regions().iter().map(|info| (info.id.as_str(), view.called(info))).collect();
    draw_on(&Ground { map: view.atlas.map.as_ref(), language: view.language, regions }, plan)
}

pub(crate) fn draw_on(ground: &Ground, plan: MapPlan) -> Drawing {
    let language = ground.language;
    let Some(map) = ground.map else {
        let words = language.of(
            "The data set brings no boundaries for these regions, so there is no map. \
             The values stand in the table of regions.",
            "数据集不含这些区域的边界，因此没有地图。数值见区域表。",
        );
        return Drawing::saying(&plan.name, &plan.title, words);
    };
    let hatching = format!("{}-hatch", plan.name);
    let missing = format!("url(#{hatching})");
    let border = 0.5 / map.grid;
    let mut shapes = Element::group()
        .attribute("transform", format!("scale({})", map.grid))
        .attribute("fill-rule", "evenodd")
        .number("stroke-width", border);
    let names: BTreeMap<&str, &str> = ground.regions.iter().copied().collect();
    for (number, shape) in map.shapes.iter().enumerate() {
        let path = Element::outline(&shape.path, number);
        if !shape.in_run {
            shapes = shapes.child(path.fill(palette::OUTSIDE).class("f-outside"));
            continue;
        }
        let name = names.get(shape.region.as_str()).copied().unwrap_or(&shape.region);
        let fill = plan.fills.get(shape.region.as_str());
        let (colour, words) = fill.map_or((missing.as_str(), no_value(language)), |fill| {
            (fill.colour.as_str(), fill.words.as_str())
        });
        let hint = say!(language, "{name}: {words}", "{name}：{words}");
        shapes = shapes.child(path.fill(colour).class("f-region").region(&shape.region).hint(&hint));
    }
    let mut entries = plan.legend;
    entries.push(Swatch::new(format!("url(#{hatching}-key)"), no_value(language)));
    if map.shapes.iter().any(|shape| !shape.in_run) {
        let words = language.of("not in the run", "不在本次运行中");
        entries.push(Swatch { class: "f-outside", ..Swatch::new(palette::OUTSIDE, words) });
    }
    let width = map.width.max(360.0);
    let (key, key_height) = legend(&entries, 0.0, map.height + 14.0, width);
    Drawing {
        description: description(ground, &plan.fills),
        name: plan.name,
        title: plan.title,
        year: Some(plan.year),
        caption: plan.caption,
        width,
        height: map.height + 14.0 + key_height,
        view: plan.view,
        data: None,
        content: vec![
            hatch(&hatching, palette::NO_DATA, 1.0 / map.grid),
            hatch(&format!("{hatching}-key"), palette::NO_DATA, 1.0),
            shapes,
            marks(map, &plan.fills),
            key,
        ],
    }
}

/// What is said of a region without a value.
fn no_value(language: Language) -> &'static str {
    language.of("no value", "无值")
}

/// The short marks on the regions; where two would cover each other, the region with the longer outline has it.
fn marks(map: &Map, fills: &BTreeMap<&str, Fill>) -> Element {
    let mut shapes: Vec<&Shape> = map.shapes.iter().filter(|shape| shape.in_run).collect();
    shapes.sort_by(|a, b| b.path.len().cmp(&a.path.len()).then(a.region.cmp(&b.region)));
    let mut taken: Vec<Box2> = Vec::new();
    let mut marks = Element::group();
    for shape in shapes {
        let mark = fills.get(shape.region.as_str()).and_then(|fill| fill.mark.as_deref());
        let (Some(mark), Some([x, y])) = (mark, shape.label) else { continue };
        let room = Box2 { left: x - 7.0, top: y - 6.0, right: x + 7.0, bottom: y + 6.0 };
        if taken.iter().all(|other| !room.overlaps(*other)) {
            taken.push(room);
            marks =
                marks.child(Element::words(x, y + 3.5, mark).middle().class("f-mark").region(&shape.region));
        }
    }
    marks
}

/// The regions by what they are filled with, in words.
fn description(ground: &Ground, fills: &BTreeMap<&str, Fill>) -> String {
    let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, name) in &ground.regions {
        let words = fills.get(id).map_or(no_value(ground.language), |fill| fill.words.as_str());
        named.entry(words).or_default().push(name);
    }
    let listed = |names: &[&str]| match names.len() {
        0..=NAMED => names.join(ground.language.of(", ", "、")),
        many => say!(ground.language, "{many} regions", "{many} 个区域"),
    };
    let parts: Vec<_> = named
        .iter()
        .map(|(words, names)| say!(ground.language, "{words}: {}", "{words}：{}", listed(names)))
        .collect();
    say!(ground.language, "{}.", "{}。", parts.join(ground.language.of(". ", "。")))
}
