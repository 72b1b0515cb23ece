//! Footprint and capacity of the groups, one panel each on a common scale.

use icf_results::GroupRow;
use icf_units::{Quantity, Year};

use super::panels::{Panels, WIDTH};
use crate::number::{Scaled, significant};
use crate::svg::{Drawing, Element, trajectory};
use crate::view::View;

const NAME: &str = "groups";
const TITLE: &str = "Footprint and capacity of the groups";
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
        return Drawing::saying(NAME, TITLE, "The run has no groups of regions.");
    }
    let scaled = Scaled::hectares(largest);
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
        content.push(Element::words(left, top + 14.0, name).class("f-label"));
        let depth = |year| {
            let row = view.results.groups.iter().find(|row| row.group == *name && row.year == year)?;
            Some(format!("depth {} in {year}", significant(row.depth?.get(), 3)))
        };
        let mut years = vec![view.last(), view.results.horizon];
        years.dedup();
        let depths: Vec<String> = years.into_iter().filter_map(depth).collect();
        content.push(Element::words(left, top + 30.0, &depths.join(", ")).class("f-text f-muted"));
        words.push(format!("{name}: {}.", depths.join(", ")));
        content.extend(frame.years_axis(first, view.last(), last));
        content.extend(frame.vertical_axis(""));
        for (class, quantity) in [
            ("f-load", (|row| row.icf_hm2.map(Quantity::get)) as fn(&GroupRow) -> Option<f64>),
            ("f-capacity", |row| row.cec_hm2.map(Quantity::get)),
        ] {
            content.extend(trajectory(&frame, &values(quantity), view.last(), class));
        }
    }
    content.extend(panels.key([("f-load", "footprint (ICF)"), ("f-capacity", "capacity (CEC)")]));
    let dashes = if view.projects() { "; dashed: projection" } else { "" };
    Drawing {
        name: NAME.to_owned(),
        title: format!("{TITLE}, {}", scaled.name()),
        year: None,
        caption: format!(
            "Sums over the regions of a group{dashes}. Depth is counted region by region: a surplus in one \
             does not cancel a deficit in another, so it can exceed 1 where capacity exceeds footprint."
        ),
        description: words.join(" "),
        width: WIDTH,
        height: panels.bottom() + 24.0,
        view: None,
        data: None,
        content,
    }
}
