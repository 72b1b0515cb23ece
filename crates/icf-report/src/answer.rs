//! What the run says, in a few sentences: the head of the page.

use icf_results::ThresholdRow;
use icf_units::Quantity;

use crate::number::{Scaled, percent, significant, with_unit};
use crate::view::View;

/// The answer.
pub(crate) struct Answer {
    /// One or two sentences.
    pub(crate) headline: String,
    /// What stands behind them, a sentence or two each.
    pub(crate) points: Vec<Point>,
    /// The figures of the last year of the history.
    pub(crate) facts: Vec<Fact>,
}

/// One point under the headline.
pub(crate) struct Point {
    pub(crate) topic: String,
    pub(crate) words: String,
}

/// One figure.
pub(crate) struct Fact {
    pub(crate) label: &'static str,
    pub(crate) value: String,
    pub(crate) note: String,
}

/// Names of regions beyond this many are counted, not listed.
const NAMED: usize = 8;

impl Answer {
    pub(crate) fn new(view: &View) -> Self {
        let mut points = vec![deficits(view)];
        points.extend(depth(view));
        let national = view.results.thresholds.iter().filter(|row| row.scope == "nation");
        points.extend(national.map(|row| threshold(view, row)));
        points.extend(regional_crossings(view));
        Self { headline: headline(view), points, facts: facts(view) }
    }
}

fn headline(view: &View) -> String {
    let year = view.last();
    let row = view.nation(year);
    let totals = row.and_then(|row| Some((row, row.ice_t?.get(), row.cs_t?.get())));
    let Some((row, emissions, sink)) = totals else {
        return format!("The run has no national totals for {year}.");
    };
    let scaled = Scaled::tonnes(emissions.max(sink), view.mass_of());
    let regions = counted(row.regions, "region", "regions");
    let against = if sink <= 0.0 {
        "and there is no sink to set against it".to_owned()
    } else if emissions > sink {
        format!("{} more than the {} their land takes up", percent(emissions / sink - 1.0), scaled.text(sink))
    } else {
        format!("{} less than the {} their land takes up", percent(1.0 - emissions / sink), scaled.text(sink))
    };
    let deficits = match (row.regions_in_deficit, row.regions) {
        (0, _) => "No region emits more than its own land takes up.".to_owned(),
        (1, 1) => "The region emits more than its own land takes up.".to_owned(),
        (1, _) => "One region emits more than its own land takes up.".to_owned(),
        (some, _) => format!("{some} of them emit more than their own land takes up."),
    };
    format!("In {year}, industry in {regions} emitted {}: {against}. {deficits}", scaled.text(emissions))
}

fn deficits(view: &View) -> Point {
    let mut owing: Vec<(f64, &str)> = view
        .regions()
        .iter()
        .filter_map(|info| Some((view.balance(info.id.as_str(), view.last())?, info.name.as_str())))
        .filter(|entry| entry.0 < 0.0)
        .collect();
    owing.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    let words = if owing.is_empty() {
        format!("No region in {}.", view.last())
    } else {
        let scaled = Scaled::hectares(owing[0].0);
        let named = owing.iter().take(NAMED);
        let mut parts: Vec<_> =
            named.map(|(owed, name)| format!("{name} ({})", significant(scaled.of(-owed), 3))).collect();
        if owing.len() > NAMED {
            parts.push(format!("and {} more", owing.len() - NAMED));
        }
        format!("{}; in {}, largest first.", parts.join(", "), scaled.name())
    };
    Point { topic: format!("In deficit in {}", view.last()), words }
}

fn depth(view: &View) -> Option<Point> {
    let row = view.nation(view.last())?;
    let (regional, netted) = (row.depth?.get(), row.depth_netted?.get());
    let words = format!(
        "{} netted over all regions; {} region by region, where no surplus cancels a deficit elsewhere.",
        significant(netted, 3),
        significant(regional, 3)
    );
    Some(Point { topic: "Depth of the nation".to_owned(), words })
}

/// A threshold: the margin first, then the crossing.
fn threshold(view: &View, row: &ThresholdRow) -> Point {
    let horizon = view.results.horizon;
    let level = row.value.map_or_else(String::new, |value| format!(" ({})", with_unit(value, &row.unit)));
    let share =
        row.margin_share.map_or_else(String::new, |share| format!(", {} of the level", percent(share.abs())));
    let margin = match row.margin_horizon {
        Some(margin) if margin < 0.0 => {
            format!("{} beyond it in {horizon}{share}", with_unit(-margin, &row.unit))
        }
        Some(margin) => format!("{} of room left in {horizon}{share}", with_unit(margin, &row.unit)),
        None => format!("No margin can be given for {horizon}"),
    };
    let start = if row.already_at_start == Some(true) {
        format!("already crossed in {}", view.last())
    } else {
        String::new()
    };
    let crossing = match (row.first_year, row.already_at_start) {
        (Some(year), Some(true)) => format!("{start} and crossed in the projection from {year} on"),
        (Some(year), _) => format!("first crossed in {year}"),
        (None, Some(true)) => format!("{start}, never in the projection"),
        (None, _) if view.projects() => "never crossed in the projection".to_owned(),
        (None, _) => "not crossed".to_owned(),
    };
    let before = match row.historical_crossings.as_str() {
        "" => String::new(),
        years => format!(" Crossed in the history: {years}."),
    };
    let chance = view.results.chance(row).map_or_else(String::new, |chance| {
        format!(" Crossed by {horizon} in {} of the draws.", percent(chance.p_by_year))
    });
    Point {
        topic: format!("Threshold {}{level}", row.threshold),
        words: format!("{margin}; {crossing}.{chance}{before}"),
    }
}

/// Regions that cross a threshold for the first time within the projection.
fn regional_crossings(view: &View) -> Option<Point> {
    let rows = || view.results.thresholds.iter().filter(|row| row.scope == "region");
    rows().next()?;
    let mut new: Vec<_> = rows()
        .filter(|row| row.already_at_start == Some(false))
        .filter_map(|row| row.first_year.map(|year| (year, view.name(&row.region), row.threshold.as_str())))
        .collect();
    new.sort();
    let topic = "Regions that cross anew".to_owned();
    if new.is_empty() {
        let words = format!(
            "None crosses a threshold by {} that it had not crossed in {}.",
            view.results.horizon,
            view.last()
        );
        return Some(Point { topic, words });
    }
    let mut parts: Vec<_> = new
        .iter()
        .take(NAMED)
        .map(|(year, name, threshold)| format!("{name} ({threshold}, {year})"))
        .collect();
    if new.len() > NAMED {
        parts.push(format!("and {} more", new.len() - NAMED));
    }
    Some(Point { topic, words: format!("{}.", parts.join(", ")) })
}

fn facts(view: &View) -> Vec<Fact> {
    let year = view.last();
    let Some(row) = view.nation(year) else { return Vec::new() };
    let mut facts = Vec::new();
    if let (Some(emissions), Some(sink)) = (row.ice_t.map(Quantity::get), row.cs_t.map(Quantity::get)) {
        let scaled = Scaled::tonnes(emissions.max(sink), view.mass_of());
        let co2 = row.ice_tco2.map_or_else(String::new, |co2| with_unit(co2.get(), "t CO₂"));
        facts.push(Fact { label: "Industrial emissions", value: scaled.text(emissions), note: co2 });
        facts.push(Fact { label: "Ecosystem sink", value: scaled.text(sink), note: String::new() });
        let share = if sink > 0.0 {
            format!("{} of the sink", percent((sink - emissions) / sink))
        } else {
            String::new()
        };
        facts.push(Fact { label: "Margin", value: scaled.text(sink - emissions), note: share });
    }
    if let Some(depth) = row.depth {
        let netted = row
            .depth_netted
            .map_or_else(String::new, |netted| format!("{} netted", significant(netted.get(), 3)));
        facts.push(Fact { label: "Depth, by region", value: significant(depth.get(), 3), note: netted });
    }
    facts.push(Fact {
        label: "Regions in deficit",
        value: row.regions_in_deficit.to_string(),
        note: format!("of {}", row.regions),
    });
    facts
}

fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("the one {one}") } else { format!("the {count} {many}") }
}
