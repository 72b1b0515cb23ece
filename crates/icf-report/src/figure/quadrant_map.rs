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
        let words = format!("{}, {}", zone.quadrant, zone.name);
        Some((
            info.id.as_str(),
            Fill { colour: zone.colour.to_owned(), words, mark: Some(zone.quadrant.to_owned()) },
        ))
    });
    let plan = MapPlan {
        name,
        title: "Mitigation quadrants".to_owned(),
        year,
        caption: "Size per resident and depth, each above or not above the split of the year.".to_owned(),
        view: Some("quadrant".to_owned()),
        legend: ZONES
            .iter()
            .map(|zone| Swatch::new(zone.colour.to_owned(), format!("{} {}", zone.quadrant, zone.name)))
            .collect(),
        fills: fills.collect(),
    };
    draw(view, plan)
}
