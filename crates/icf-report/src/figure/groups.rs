//! Footprint and capacity of the groups, one panel each on a common scale.

use icf_results::GroupRow;
use icf_units::{Quantity, Year};

use super::panels::{Panels, WIDTH};
use crate::language::{Words, say};
use crate::number::significant;
use crate::page::word;
use crate::svg::{Drawing, Element, trajectory};
use crate::view::View;

const NAME: &str = "groups";
const TITLE: Words = Words::new("Footprint and capacity of the groups", "各组的足迹与承载力");
const PANEL: f64 = 280.0;

pub(crate) fn groups(view: &View) -> Drawing {
    let mut names: Vec<&str> = Vec::new();
    for row in &view.results.groups {
        if !names.contains(&row.group.as_str()) {
            names.push(&row.group);
        }
    }
    let largest =
        view.results.groups.iter().flat_map(|row| [row.icf_hm2, row.cec_hm2]).flatten().map(Quantity::get);
    let largest = largest.fold(0.0, f64::max);
    if names.is_empty() || largest <= 0.0 {
        let words = view.language.of("The run has no groups of regions.", "本次运行没有区域分组。");
        return Drawing::saying(NAME, TITLE.to(view.language), words);
    }
    let scaled = view.hectares(largest);
    let panels = Panels::new(names.len(), PANEL);
    let (first, last) = (view.results.history.first(), view.results.horizon.max(view.last()));

    let mut content = Vec::new();
    let mut words = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let (left, top) = panels.at(index);
        let frame = panels.frame(index, first, last, scaled.of(largest));
        let values = |quantity: fn(&GroupRow) -> Option<f64>| -> Vec<(Year, Option<f64>)> {
            let row = |year| view.results.groups.iter().find(|row| row.group == *name && row.year == year);
            view.years()
                .into_iter()
                .map(|year| (year, row(year).and_then(quantity).map(|v| scaled.of(v))))
                .collect()
        };
        content.push(Element::words(left, top + 14.0, word(name, view.language)).class("f-label"));
        let depth = |year| {
            let row = view.results.groups.iter().find(|row| row.group == *name && row.year == year)?;
            Some(say!(
                view.language,
                "depth {} in {year}",
                "深度 {}（{year} 年）",
                significant(row.depth?.get(), 3)
            ))
        };
        let mut years = vec![view.last(), view.results.horizon];
        years.dedup();
        let depths: Vec<String> = years.into_iter().filter_map(depth).collect();
        content
            .push(Element::words(left, top + 30.0, &view.language.listed(&depths)).class("f-text f-muted"));
        words.push(say!(
            view.language,
            "{}: {}.",
            "{}：{}。",
            word(name, view.language),
            view.language.listed(&depths)
        ));
        content.extend(frame.years_axis(first, view.last(), last));
        content.extend(frame.vertical_axis(""));
        for (class, quantity) in [
            ("f-load", (|row| row.icf_hm2.map(Quantity::get)) as fn(&GroupRow) -> Option<f64>),
            ("f-capacity", |row| row.cec_hm2.map(Quantity::get)),
        ] {
            content.extend(trajectory(&frame, &values(quantity), view.last(), class));
        }
    }
    content.extend(panels.key([
        ("f-load", view.language.of("footprint (ICF)", "足迹（ICF）")),
        ("f-capacity", view.language.of("capacity (CEC)", "承载力（CEC）")),
    ]));
    let dashes =
        if view.projects() { view.language.of("; dashed: projection", "；虚线为预测") } else { "" };
    Drawing {
        name: NAME.to_owned(),
        title: say!(view.language, "{}, {}", "{}，{}", TITLE.to(view.language), scaled.name()),
        year: None,
        caption: say!(
            view.language,
            "Sums over the regions of a group{dashes}. Depth is counted region by region: a surplus in one \
             does not cancel a deficit in another, so it can exceed 1 where capacity exceeds footprint.",
            "组内各区域之和{dashes}。深度逐区计算：一区的盈余不抵消另一区的赤字，因此承载力大于足迹时深度也可能大于 1。"
        ),
        description: view.language.sentences(&words),
        width: WIDTH,
        height: panels.bottom() + 24.0,
        view: None,
        data: None,
        content,
    }
}
