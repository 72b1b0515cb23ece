//! The map of mitigation quadrants.

use super::map::{Fill, MapPlan, draw};
use crate::svg::{Drawing, Swatch};
use crate::view::View;
use crate::zone::{ZONES, zone};

pub(crate) fn quadrant_map(view: &View) -> Drawing {
    let year = view.last();
    let name = "map_quadrants".to_owned();
    let fills = view.regions().iter().filter_map(|info| {
        let zone = zone(view.row(info.id.as_str(), year)?.quadrant?)?;
        let words = zone.words(view.language);
        Some((
            info.id.as_str(),
            Fill { colour: zone.colour.to_owned(), words, mark: Some(zone.quadrant.to_owned()) },
        ))
    });
    let plan = MapPlan {
        name,
        title: view.language.of("Mitigation quadrants", "减排象限").to_owned(),
        year,
        caption: view
            .language
            .of(
                "Size per resident and depth, each above or not above the split of the year.",
                "人均广度与深度，各以当年分界值划分高低。",
            )
            .to_owned(),
        view: Some("quadrant".to_owned()),
        legend: ZONES
            .iter()
            .map(|zone| Swatch::new(zone.colour.to_owned(), zone.numbered(view.language)))
            .collect(),
        fills: fills.collect(),
    };
    draw(view, plan)
}
