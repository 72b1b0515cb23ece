//! What drove the emissions: their change as stacked effects.

use icf_results::DecompositionRow;

use crate::Language;
use crate::language::{Words, say};
use crate::number::{Scaled, significant};
use crate::page::word;
use crate::svg::{DataTable, Drawing, Element, Frame, Scale, text_width};
use crate::view::View;

const NAME: &str = "drivers";
const TITLE: Words = Words::new("What the change of emissions was made of", "排放变化的构成");
/// The intensity where no coefficients of the fuels are known.
pub(super) const INTENSITY_OF_EMISSIONS: Words =
    Words::new("emissions per product (nominal)", "单位GDP排放（名义）");
/// Why nothing can be said.
pub(super) const UNKNOWN: Words = Words::new(
    "The run cannot tell: that needs the product and the residents of each region in two years.",
    "无法分解：需要各区域两个年份的GDP与人口。",
);
const WIDTH: f64 = 1130.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 48.0;
const TOP: f64 = 26.0;
/// Room below the bars for two lines of names.
const BOTTOM: f64 = 44.0;
/// Bars that can be read side by side.
const SHOWN: usize = 14;

/// An effect's class, its name and its figure.
pub(super) type Effect = (&'static str, Words, fn(&DecompositionRow) -> Option<f64>);

/// The effects in the order in which they are stacked.
pub(super) const EFFECTS: [Effect; 4] = [
    ("f-residents", Words::new("residents", "人口"), |row| row.population),
    ("f-product", Words::new("product per resident (nominal)", "人均GDP（名义）"), |row| {
        row.nominal_product_per_head
    }),
    ("f-intensity", Words::new("energy per product (nominal)", "单位GDP能耗（名义）"), |row| {
        row.nominal_intensity
    }),
    ("f-mix", Words::new("mix of fuels", "能源结构"), |row| row.fuel_mix),
];

pub(crate) fn drivers(view: &View) -> Drawing {
    let rows = shown(view);
    if rows.is_empty() {
        return Drawing::saying(NAME, TITLE.to(view.language), UNKNOWN.to(view.language));
    }
    let effects = |row: &DecompositionRow| EFFECTS.map(|(_, _, effect)| effect(row).unwrap_or(0.0));
    let up = |row: &DecompositionRow| effects(row).iter().filter(|effect| **effect > 0.0).sum::<f64>();
    let down = |row: &DecompositionRow| effects(row).iter().filter(|effect| **effect < 0.0).sum::<f64>();
    let high = rows.iter().map(|row| up(row)).fold(0.0, f64::max);
    let low = rows.iter().map(|row| down(row)).fold(0.0, f64::min);
    let scaled = view.tonnes(high.max(-low));
    #[expect(clippy::cast_precision_loss, reason = "a few bars")]
    let count = rows.len() as f64;
    let frame = Frame {
        x: Scale::exact(0.0, count, LEFT, WIDTH - 8.0),
        y: Scale::round(scaled.of(low), scaled.of(high), HEIGHT - BOTTOM, TOP),
    };
    let mut content = frame.vertical_axis(&scaled.name());
    let zero = frame.y.at(0.0);
    let mut words = Vec::new();
    let mut middle = 0.5;
    for row in &rows {
        let said = in_words(view, row, scaled);
        content.push(bar(row, &frame, scaled, middle).hint(&said));
        content.extend(names(view, row, &frame, middle));
        words.push(said);
        middle += 1.0;
    }
    content.push(Element::line([frame.x.from(), zero], [frame.x.to(), zero]).class("f-axis"));
    content.extend(key(view.language, rows.iter().any(|row| row.fuel_mix.is_some())));
    Drawing {
        name: NAME.to_owned(),
        title: TITLE.to(view.language).to_owned(),
        year: None,
        caption: view
            .language
            .of(
                "Above zero what raised emissions, below what lowered them; the ring is the change itself. Product is at current \
                 prices: inflation raises the effect of product per resident and lowers that of energy per product by as much.",
                "零线以上为增排因素，以下为减排因素；圆环为排放变化本身。GDP按当年价格计：\
                 通货膨胀使人均GDP效应增大，并使单位GDP能耗效应等量减小。",
            )
            .to_owned(),
        description: view.language.sentences(&words),
        width: WIDTH,
        height: HEIGHT + 26.0,
        view: None,
        data: Some(table(view, &rows, scaled)),
        content,
    }
}

fn table(view: &View, rows: &[&DecompositionRow], scaled: Scaled) -> DataTable {
    let said = |english, chinese| view.language.of(english, chinese);
    let mut heads = vec![said("Of", "对象"), said("Years", "年份"), said("Change", "变化")];
    heads.extend(EFFECTS.iter().map(|(_, name, _)| name.to(view.language)));
    heads.push(said("Unit", "单位"));
    let cell =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| significant(scaled.of(value), 3));
    let row = |row: &&DecompositionRow| {
        let mut cells =
            vec![named(view, row).to_owned(), format!("{}–{}", row.from, row.to), cell(row.change)];
        cells.extend(EFFECTS.iter().map(|(_, _, effect)| cell(effect(row))));
        cells.push(scaled.name());
        cells
    };
    DataTable::new(&heads, rows.iter().map(row).collect())
}

/// The nation as a whole and by phases, then the groups as a whole.
fn shown<'a>(view: &'a View) -> Vec<&'a DecompositionRow> {
    let of = |scope: &'static str| {
        let rows = view.results.decomposition.iter();
        rows.filter(move |row| row.scope == scope && row.change.is_some())
    };
    let mut rows: Vec<&DecompositionRow> = of("nation").collect();
    let groups: Vec<&DecompositionRow> = of("group").filter(|row| row.span == "whole").collect();
    // One group is the nation again.
    if groups.len() > 1 {
        rows.extend(groups);
    }
    rows.truncate(SHOWN);
    rows
}

fn bar(row: &DecompositionRow, frame: &Frame, scaled: Scaled, middle: f64) -> Element {
    let unit = frame.x.at(1.0) - frame.x.at(0.0);
    let width = (unit * 0.55).min(64.0);
    let centre = frame.x.at(middle);
    let (mut above, mut below) = (0.0, 0.0);
    let mut marks = Element::group();
    for (class, _, effect) in EFFECTS {
        let Some(effect) = effect(row).map(|effect| scaled.of(effect)) else { continue };
        let from = if effect >= 0.0 { &mut above } else { &mut below };
        let (start, end) = (frame.y.at(*from), frame.y.at(*from + effect));
        *from += effect;
        let mark = Element::rect(centre - width / 2.0, start.min(end), width, (start - end).abs());
        marks = marks.child(mark.class(&format!("f-driver {class}")));
    }
    let change = row.change.map_or(0.0, |change| scaled.of(change));
    marks.child(Element::circle(centre, frame.y.at(change), 4.5).class("f-crossing"))
}

fn names(view: &View, row: &DecompositionRow, frame: &Frame, middle: f64) -> [Element; 2] {
    let name = named(view, row);
    let (x, base) = (frame.x.at(middle), frame.y.from());
    let class = if row.span == "whole" { "f-text f-strong" } else { "f-text" };
    [
        Element::words(x, base + 17.0, name).middle().class(class),
        Element::words(x, base + 32.0, &format!("{}–{}", row.from, row.to)).middle().class("f-tick"),
    ]
}

fn named<'a>(view: &View, row: &'a DecompositionRow) -> &'a str {
    if row.scope == "nation" {
        view.language.of("All regions", "全部区域")
    } else {
        word(&row.region, view.language)
    }
}

fn in_words(view: &View, row: &DecompositionRow, scaled: Scaled) -> String {
    let signed = |value: f64| {
        let text = significant(scaled.of(value), 3);
        if value > 0.0 { format!("+{text}") } else { text }
    };
    let parts: Vec<String> = EFFECTS
        .iter()
        .filter_map(|(_, name, effect)| Some(format!("{} {}", name.to(view.language), signed(effect(row)?))))
        .collect();
    let name = named(view, row);
    let change = signed(row.change.unwrap_or(0.0));
    say!(
        view.language,
        "{name}, {}–{}: {change} {}, of it {}.",
        "{name}，{}–{} 年：{change} {}，其中{}。",
        row.from,
        row.to,
        scaled.name(),
        view.language.listed(&parts)
    )
}

fn key(language: Language, has_mix: bool) -> Vec<Element> {
    let mut marks = Vec::new();
    let y = HEIGHT + 14.0;
    let mut x = LEFT;
    for (class, name, _) in EFFECTS.iter().take(if has_mix { 4 } else { 3 }) {
        // Without coefficients of the fuels the intensity is that of emissions.
        let name = if !has_mix && *class == "f-intensity" { INTENSITY_OF_EMISSIONS } else { *name };
        let name = name.to(language);
        marks.push(Element::rect(x, y - 9.0, 12.0, 12.0).class(&format!("f-driver {class}")));
        marks.push(Element::words(x + 18.0, y + 1.0, name).class("f-text"));
        x += 18.0 + text_width(name, 11.0) + 22.0;
    }
    marks.push(Element::circle(x + 5.0, y - 3.0, 4.5).class("f-crossing"));
    marks.push(
        Element::words(x + 15.0, y + 1.0, language.of("change of emissions", "排放变化")).class("f-text"),
    );
    marks
}
