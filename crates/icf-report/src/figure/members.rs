//! Emissions and sink of the nation in each of several runs, one panel each on a common scale.

use icf_results::NationRow;
use icf_units::{Quantity, Year};

use super::panels::{Panels, WIDTH};
use crate::ComparedRun;
use crate::number::{Scaled, significant};
use crate::svg::{Drawing, Element, text_width, trajectory};

const NAME: &str = "members";
const TITLE: &str = "Emissions and sink of the nation in each run";
const PANEL: f64 = 250.0;
/// More panels than this are a wall of lines; the tables have all runs.
const SHOWN: usize = 12;

type Value = fn(&NationRow) -> Option<f64>;

const LINES: [(&str, &str, Value); 2] = [
    ("f-load", "emissions (ICE)", |row| row.ice_t.map(Quantity::get)),
    ("f-capacity", "sink (CS)", |row| row.cs_t.map(Quantity::get)),
];

pub(crate) fn members(runs: &[ComparedRun]) -> Drawing {
    let rows = || runs.iter().flat_map(|run| run.nation);
    let largest = rows().flat_map(|row| LINES.map(|(_, _, value)| value(row))).flatten().fold(0.0, f64::max);
    let years = rows().map(|row| row.year).min().zip(rows().map(|row| row.year).max());
    let Some((first, last)) = years.filter(|_| largest > 0.0) else {
        return Drawing::saying(NAME, TITLE, "The runs have no national totals.");
    };
    // Runs of different bases stand on one scale, so the unit is that of all or none.
    let scaled = Scaled::tonnes(largest, "");
    let shown = &runs[..runs.len().min(SHOWN)];
    let panels = Panels::new(shown.len(), PANEL);
    let (mut content, mut words) = (Vec::new(), Vec::new());
    for (index, run) in shown.iter().enumerate() {
        let (left, top) = panels.at(index);
        let frame = panels.frame(index, first, last, scaled.of(largest));
        let observed = run.summary.now.year;
        content.push(
            Element::words(left, top + 14.0, &fitting(&run.summary.scenario, panels.width)).class("f-label"),
        );
        let ends = ends(run, scaled);
        content.push(Element::words(left, top + 30.0, &fitting(&ends, panels.width)).class("f-text f-muted"));
        words.push(format!("{}: {ends}.", run.summary.scenario));
        content.extend(frame.years_axis(first, observed, run.summary.horizon.year.min(last)));
        content.extend(frame.vertical_axis(""));
        for (class, _, value) in LINES {
            let values: Vec<(Year, Option<f64>)> =
                run.nation.iter().map(|row| (row.year, value(row).map(|value| scaled.of(value)))).collect();
            content.extend(trajectory(&frame, &values, observed, class));
        }
    }
    content.extend(panels.key(LINES.map(|(class, label, _)| (class, label))));
    let cut = if runs.len() > SHOWN {
        format!(" The first {SHOWN} of {} runs.", runs.len())
    } else {
        String::new()
    };
    Drawing {
        name: NAME.to_owned(),
        title: format!("{TITLE}, {}", scaled.name()),
        year: None,
        caption: format!("Sums over all regions, on each run's own basis; dashed: projection.{cut}"),
        description: words.join(" "),
        width: WIDTH,
        height: panels.bottom() + 24.0,
        view: None,
        data: None,
        content,
    }
}

/// Emissions and sink at the horizon.
fn ends(run: &ComparedRun, scaled: Scaled) -> String {
    let horizon = &run.summary.horizon;
    let value =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| significant(scaled.of(value), 3));
    format!("{} against {} in {}", value(horizon.emissions), value(horizon.sink), horizon.year)
}

/// As much of a text as fits into a width.
fn fitting(text: &str, width: f64) -> String {
    if text_width(text, 12.0) <= width {
        return text.to_owned();
    }
    let mut short: String = text.to_owned();
    while short.pop().is_some() && text_width(&short, 12.0) > width - 12.0 {}
    short + "…"
}
