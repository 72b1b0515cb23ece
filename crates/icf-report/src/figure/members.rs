//! Emissions and sink of the nation in each of several runs, one panel each on a common scale.

use icf_results::NationRow;
use icf_units::{Quantity, Year};

use crate::ComparedRun;
use crate::number::{Scaled, significant};
use crate::svg::{Drawing, Element, Frame, Scale, text_width, trajectory};

const NAME: &str = "members";
const TITLE: &str = "Emissions and sink of the nation in each run";
const WIDTH: f64 = 1130.0;
const PANEL: f64 = 250.0;
const LEFT: f64 = 44.0;
const GAP: f64 = 58.0;
/// Room for half of the last year's label.
const RIGHT: f64 = 18.0;
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
    let columns = shown.len().min(3);
    #[expect(clippy::cast_precision_loss, reason = "at most three columns")]
    let panel = (WIDTH - LEFT - RIGHT - GAP * (columns - 1) as f64) / columns as f64;
    let (mut content, mut words) = (Vec::new(), Vec::new());
    for (index, run) in shown.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few panels")]
        let (left, top) =
            (LEFT + (index % columns) as f64 * (panel + GAP), (index / columns) as f64 * (PANEL + 24.0));
        let frame = Frame {
            x: Scale::exact(f64::from(first.get()), f64::from(last.get()), left, left + panel),
            y: Scale::round(0.0, scaled.of(largest), top + PANEL - 26.0, top + 46.0),
        };
        let observed = run.summary.now.year;
        content
            .push(Element::words(left, top + 14.0, &fitting(&run.summary.scenario, panel)).class("f-label"));
        let ends = ends(run, scaled);
        content.push(Element::words(left, top + 30.0, &fitting(&ends, panel)).class("f-text f-muted"));
        words.push(format!("{}: {ends}.", run.summary.scenario));
        content.extend(frame.years_axis(first, observed, run.summary.horizon.year.min(last)));
        content.extend(frame.vertical_axis(""));
        for (class, _, value) in LINES {
            let values: Vec<(Year, Option<f64>)> =
                run.nation.iter().map(|row| (row.year, value(row).map(|value| scaled.of(value)))).collect();
            content.extend(trajectory(&frame, &values, observed, class));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a few panels")]
    let bottom = shown.len().div_ceil(columns) as f64 * (PANEL + 24.0) - 24.0;
    for ((class, label, _), x) in LINES.into_iter().zip([LEFT, LEFT + 140.0]) {
        let line = Element::line([x, bottom + 14.0], [x + 22.0, bottom + 14.0]);
        content.push(line.class(&format!("f-line {class}")));
        content.push(Element::words(x + 28.0, bottom + 18.0, label).class("f-text"));
    }
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
        height: bottom + 24.0,
        view: None,
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
