//! Emissions and sink of the nation with what is not known of them.

use icf_results::EnsembleRow;
use icf_units::{Quantity, Year};

use super::crossing::crossings;
use super::nation::{
    BOTTOM, HEIGHT, LEFT, Line, Series, TOP, WIDTH, crossing_marks, end_labels, levels, series,
};
use crate::number::{Scaled, significant};
use crate::svg::{DataTable, Drawing, Element, Frame, Scale, area, trajectory};
use crate::view::View;

const NAME: &str = "nation_uncertainty";
const TITLE: &str = "Emissions and sink of the nation, and how far they may be off";

/// Lower and upper quantile of a band.
type Band = fn(&EnsembleRow) -> (Option<f64>, Option<f64>);

/// The bands from the widest to the narrowest.
const BANDS: [Band; 3] = [|row| (row.q025, row.q975), |row| (row.q10, row.q90), |row| (row.q25, row.q75)];

/// History and deterministic projection as lines, and around the projection the middle 50, 80 and 95 % of the draws.
pub(crate) fn fan(view: &View) -> Drawing {
    let drawn = |quantity: &'static str| {
        view.results
            .ensemble
            .iter()
            .filter(move |row| row.scope == "nation" && row.quantity == quantity)
            .collect::<Vec<_>>()
    };
    let fans = [(drawn("emissions"), "f-fan-load"), (drawn("sink"), "f-fan-capacity")];
    if fans[0].0.is_empty() {
        return Drawing::saying(NAME, TITLE, "The run has drawn nothing of the nation.");
    }
    let lines = [
        Line {
            label: "ICE",
            words: "industrial carbon emissions (ICE)",
            class: "f-load",
            range: vec![],
            values: series(view, |row| row.ice_t.map(Quantity::get)),
        },
        Line {
            label: "CS",
            words: "ecosystem carbon sink (CS)",
            class: "f-capacity",
            range: vec![],
            values: series(view, |row| row.cs_t.map(Quantity::get)),
        },
    ];
    let levels = levels(view);
    let highest = fans.iter().flat_map(|(rows, _)| rows.iter().filter_map(|row| row.q975));
    let highest = highest.chain(levels.iter().map(|level| level.1));
    let highest = lines
        .iter()
        .flat_map(|line| line.values.iter().filter_map(|point| point.1))
        .chain(highest)
        .fold(0.0, f64::max);
    let scaled = Scaled::tonnes(highest, view.mass_of());
    let (first, last) = (view.results.history.first(), view.results.horizon);
    let frame = Frame {
        x: Scale::exact(f64::from(first.get()), f64::from(last.get()), LEFT, WIDTH - 44.0),
        y: Scale::round(0.0, scaled.of(highest), HEIGHT - BOTTOM, TOP),
    };
    let mut content = frame.years_axis(first, view.last(), last);
    content.extend(frame.vertical_axis(&scaled.name()));
    for ((rows, class), line) in fans.iter().zip(&lines) {
        let start = line.values.iter().find(|point| point.0 == view.last()).and_then(|point| point.1);
        for band in BANDS {
            let start = start.map(|value| (view.last(), value, value));
            let later = rows.iter().filter_map(|row| {
                let (low, high) = band(row);
                Some((row.year, low?, high?))
            });
            let points: Vec<_> = start
                .into_iter()
                .chain(later)
                .map(|(year, low, high)| {
                    let x = frame.x.at(f64::from(year.get()));
                    ([x, frame.y.at(scaled.of(low))], [x, frame.y.at(scaled.of(high))])
                })
                .collect();
            let lower = points.iter().map(|ends| ends.0);
            let upper = points.iter().rev().map(|ends| ends.1);
            content.push(area(lower.chain(upper)).class(&format!("f-fan {class}")));
        }
    }
    for (label, level) in &levels {
        let y = frame.y.at(scaled.of(*level));
        content.push(Element::line([frame.x.from(), y], [frame.x.to(), y]).class("f-threshold").hint(label));
    }
    let shown: Vec<Series> = lines
        .iter()
        .map(|line| line.values.iter().map(|&(year, value)| (year, value.map(|v| scaled.of(v)))).collect())
        .collect();
    for (line, values) in lines.iter().zip(&shown) {
        content.extend(trajectory(&frame, values, view.last(), line.class));
    }
    content.extend(end_labels(&frame, &lines, &shown));
    let medians = [0, 1].map(|place| median(&lines[place].values, &fans[place].0));
    let mut crossed: Vec<(String, Year)> = crossings(&medians[0], &medians[1])
        .into_iter()
        .map(|year| (lines[1].label.to_owned(), year))
        .collect();
    for (label, level) in &levels {
        let flat: Series = medians[0].iter().map(|&(year, _)| (year, Some(*level))).collect();
        crossed.extend(crossings(&medians[0], &flat).into_iter().map(|year| (label.clone(), year)));
    }
    crossed.retain(|event| event.1 > view.last());
    let middle: Series =
        medians[0].iter().map(|&(year, value)| (year, value.map(|value| scaled.of(value)))).collect();
    content.extend(crossing_marks(&frame, &middle, &crossed));
    let words = fans.iter().zip(&lines).filter_map(|((rows, _), line)| {
        let row = rows.iter().find(|row| row.year == last)?;
        let of = |value: Option<f64>| value.map(|value| significant(scaled.of(value), 3));
        Some(format!(
            "In {last} the {} are {} without a draw, {} in the median and {} to {} in 95 % of the draws ({}).",
            line.words,
            of(row.deterministic)?,
            of(row.q50)?,
            of(row.q025)?,
            of(row.q975)?,
            scaled.name()
        ))
    });
    let mut words: Vec<String> = words.collect();
    words.push(match crossed.as_slice() {
        [] => format!("The median of the {} crosses none of the lines.", lines[0].words),
        events => {
            let events: Vec<_> = events.iter().map(|(what, year)| format!("{what} in {year}")).collect();
            format!("The median of the {} rises above {} (marked).", lines[0].words, events.join("; "))
        }
    });
    Drawing {
        name: NAME.to_owned(),
        title: TITLE.to_owned(),
        year: None,
        caption: format!(
            "Lines: the scenario without a draw, dashed from the last year with data on. Shaded: the middle 50, 80 and 95 % of \
             the draws. Dotted: thresholds. {}",
            words.join(" ")
        ),
        description: words.join(" "),
        width: WIDTH,
        height: HEIGHT,
        view: None,
        data: Some(table(&fans, scaled)),
        content,
    }
}

/// What was observed, and beyond it the median of the draws.
fn median(values: &Series, rows: &[&EnsembleRow]) -> Series {
    let drawn = |year: Year| rows.iter().find(|row| row.year == year).map(|row| row.q50);
    values.iter().map(|&(year, value)| (year, drawn(year).unwrap_or(value))).collect()
}

fn table(fans: &[(Vec<&EnsembleRow>, &str); 2], scaled: Scaled) -> DataTable {
    let cell = |value: Option<f64>| value.map_or("–".to_owned(), |value| significant(scaled.of(value), 4));
    let rows = fans.iter().flat_map(|(rows, _)| {
        rows.iter().map(|row| {
            let figures =
                [row.deterministic, row.q025, row.q10, row.q25, row.q50, row.q75, row.q90, row.q975];
            let names = [row.quantity.to_owned(), row.year.to_string()];
            names.into_iter().chain(figures.map(cell)).chain([scaled.name()]).collect()
        })
    });
    let heads =
        ["Quantity", "Year", "Undrawn", "2.5 %", "10 %", "25 %", "Median", "75 %", "90 %", "97.5 %", "Unit"];
    DataTable::new(&heads, rows.collect())
}
