//! The headline figures as text: where does the nation stand, who is in deficit, what is crossed.

use std::fmt::Write;

use icf_results::{Chance, NationThreshold, Standing, Summary, TradeStanding};
use icf_workflow::Written;

use super::comparison::aligned;
use super::solve::lines;

/// Regions named in a line before the rest is counted.
const NAMED: usize = 8;

/// The summary of a run, and where it was written.
pub(super) fn text(summary: &Summary, written: Option<&Written>) -> String {
    let mut text = String::new();
    write_text(&mut text, summary, written).expect("writing to a string does not fail");
    text
}

fn write_text(out: &mut String, summary: &Summary, written: Option<&Written>) -> std::fmt::Result {
    let Summary { now, horizon, .. } = summary;
    writeln!(out, "{}: {} regions of {}", summary.scenario, summary.regions, summary.data)?;
    writeln!(out)?;
    writeln!(out, "Nation")?;
    writeln!(out, "  {}  {}", now.year, standing(now, &summary.unit))?;
    writeln!(out, "  {}  {}", horizon.year, standing(horizon, &summary.unit))?;
    writeln!(out, "  {}", netted(summary))?;
    writeln!(out)?;
    writeln!(out, "In deficit (depth)")?;
    writeln!(out, "  {}  {}", now.year, deficits(now, summary.regions))?;
    writeln!(out, "  {}  {}", horizon.year, deficits(horizon, summary.regions))?;
    writeln!(out)?;
    writeln!(out, "Thresholds")?;
    for threshold in &summary.nation {
        writeln!(out, "  {} (nation): {}", threshold.threshold, crossing(threshold, horizon))?;
    }
    let groups = summary.by_group.iter().map(|threshold| ("groups", threshold));
    for (parts, threshold) in groups.chain(summary.by_region.iter().map(|threshold| ("regions", threshold))) {
        write!(out, "  {} ({parts}): {} across it in {}", threshold.threshold, threshold.already, now.year)?;
        // Regions have been named already, where the deficits are.
        if parts == "groups" && !threshold.across.is_empty() {
            write!(out, ": {}", shortened(&threshold.across))?;
        }
        if !threshold.later.is_empty() {
            let later: Vec<String> =
                threshold.later.iter().map(|(name, year)| format!("{name} {year}")).collect();
            write!(out, "; later {}", shortened(&later))?;
        }
        if !threshold.back.is_empty() {
            write!(out, "; back by {}: {}", horizon.year, shortened(&threshold.back))?;
        }
        writeln!(out)?;
    }
    if summary.nation.is_empty() && summary.by_group.is_empty() && summary.by_region.is_empty() {
        writeln!(out, "  none declared")?;
    }
    if !summary.levers.is_empty() {
        writeln!(out)?;
        levers(out, summary)?;
    }
    if let Some(trade) = &summary.trade {
        writeln!(out)?;
        writeln!(out, "Sink trading (an account beside: no footprint changes)")?;
        writeln!(out, "  {}  {}", trade.year, traded(trade, &summary.unit))?;
    }
    if !summary.solutions.is_empty() {
        writeln!(out)?;
        writeln!(out, "Just uncrossed")?;
        for line in aligned(&lines(&summary.solutions)).lines() {
            writeln!(out, "  {line}")?;
        }
    }
    if let Some(written) = written {
        writeln!(out)?;
        write!(out, "{} files in {}", written.files, written.target.display())?;
        if written.page {
            write!(out, "; open {}", written.target.join("report.html").display())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// What each lever changes of the nation at the horizon: in its place, alone where that differs, and all together.
fn levers(out: &mut String, summary: &Summary) -> std::fmt::Result {
    let (year, unit) = (summary.horizon.year, &summary.unit);
    writeln!(out, "Levers in {year}, {unit}, each on what those before it left")?;
    let rows: Vec<[String; 3]> = summary
        .levers
        .iter()
        .map(|lever| {
            let alone = change(lever.emissions_alone, lever.sink_alone);
            let in_place = change(lever.emissions, lever.sink);
            let alone = if alone == in_place { String::new() } else { format!("alone: {alone}") };
            [lever.name.clone(), in_place, alone]
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (names, changes) = (width(0).max("together".len()), width(1));
    for [name, in_place, alone] in &rows {
        writeln!(out, "{}", format!("  {name:names$}  {in_place:changes$}  {alone}").trim_end())?;
    }
    if let [_, .., last] = summary.levers.as_slice() {
        writeln!(out, "  {:names$}  {}", "together", change(last.emissions_together, last.sink_together))?;
    }
    Ok(())
}

/// A change of emissions and sink, as far as there is one.
fn change(emissions: f64, sink: f64) -> String {
    let signed = |what: &str, value: f64| match value {
        0.0 => None,
        value if value < 0.0 => Some(format!("{what} −{:.1}e6", -value / 1e6)),
        value => Some(format!("{what} +{:.1}e6", value / 1e6)),
    };
    let parts: Vec<String> =
        [signed("emissions", emissions), signed("sink", sink)].into_iter().flatten().collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}

fn traded(trade: &TradeStanding, unit: &str) -> String {
    let mut text = format!(
        "deficits of {} {unit}, surpluses of {}: {} flows cover {}",
        amount(trade.deficits),
        amount(trade.surpluses),
        trade.flows,
        amount(trade.traded)
    );
    if let Some(km) = trade.mean_km {
        text.push_str(&format!(" over {km:.0} km in the mean"));
    }
    if let Some(money) = trade.money.filter(|_| trade.flows > 0) {
        text.push_str(&format!(", for {} {}", amount(money), trade.currency));
    }
    text
}

/// Where the netted footprint stands beside the capacity, from the last observed year to the horizon.
fn netted(summary: &Summary) -> String {
    let Summary { now, horizon, deficit_year, .. } = summary;
    let above = |standing: &Standing| Some(standing.emissions? > standing.sink?);
    let what = match (above(now), deficit_year, above(horizon)) {
        (None, ..) | (.., None) => {
            "it is not known where the footprint stands beside the capacity".to_owned()
        }
        (Some(true), _, Some(true)) => {
            format!("the footprint is above the capacity in {} and in {}", now.year, horizon.year)
        }
        (Some(true), _, Some(false)) => {
            format!("the footprint is above the capacity in {} and below it in {}", now.year, horizon.year)
        }
        (Some(false), Some(year), _) => format!("the footprint is above the capacity from {year}"),
        (Some(false), None, _) => format!("the footprint stays below the capacity to {}", horizon.year),
    };
    format!("Netted over the regions, {what}.")
}

/// Emissions beside the sink, and the depth both ways.
fn standing(standing: &Standing, unit: &str) -> String {
    let Some((emissions, sink)) = standing.emissions.zip(standing.sink) else {
        return "not known: energy or land is missing".to_owned();
    };
    let (what, by) =
        if emissions > sink { ("deficit", emissions - sink) } else { ("surplus", sink - emissions) };
    let depth = |depth: Option<f64>| depth.map_or_else(|| "–".to_owned(), |depth| format!("{depth:.2}"));
    format!(
        "emissions {} against a sink of {} {unit}: {what} of {}; depth {} (netted {})",
        amount(emissions),
        amount(sink),
        amount(by),
        depth(standing.depth),
        depth(standing.depth_netted),
    )
}

fn deficits(standing: &Standing, regions: usize) -> String {
    if standing.in_deficit.is_empty() && standing.emissions.is_none() {
        return "not known of any".to_owned();
    }
    let deepest: Vec<String> = standing
        .in_deficit
        .iter()
        .map(|region| match region.depth {
            Some(depth) => format!("{} {depth:.1}", region.name),
            None => format!("{} (no capacity)", region.name),
        })
        .collect();
    match deepest.len() {
        0 => format!("none of {regions}"),
        count => format!("{count} of {regions}: {}", shortened(&deepest)),
    }
}

/// Leads with the margin: a threshold that is never crossed is a result too.
pub(super) fn crossing(threshold: &NationThreshold, horizon: &Standing) -> String {
    let Some((level, margin)) = threshold.level.zip(threshold.margin) else {
        return "not known at the horizon".to_owned();
    };
    let share =
        threshold.margin_share.map_or_else(String::new, |share| format!(" ({:.1} %)", share.abs() * 100.0));
    let (side, what) = if margin >= 0.0 { ("below", "room") } else { ("above", "excess") };
    let mut text = format!(
        "in {} {side} {}{}, {what} {}{share}",
        horizon.year,
        amount(level),
        if threshold.unit == "1" { String::new() } else { format!(" {}", threshold.unit) },
        amount(margin.abs())
    );
    match (threshold.already_at_start, threshold.first_year) {
        (Some(true), _) => text.push_str("; across it already"),
        (_, Some(year)) => text.push_str(&format!("; crossed in {year}")),
        (_, None) => text.push_str("; not crossed"),
    }
    if let Some(Chance { share, standard_error }) = threshold.probability {
        text.push_str(&format!(
            "; by {} in {:.1} % of the draws (±{:.1})",
            horizon.year,
            share * 100.0,
            standard_error * 100.0
        ));
    }
    if !threshold.historical_crossings.is_empty() {
        text.push_str(&format!("; in the past in {}", threshold.historical_crossings));
    }
    text
}

/// Amounts that nobody counts in 10⁸, as the field writes them; small ones plain.
pub(super) fn amount(value: f64) -> String {
    match value.abs() {
        large if large >= 1e6 => format!("{:.2}e8", value / 1e8),
        _ => format!("{value:.2}"),
    }
}

fn shortened(items: &[String]) -> String {
    match items.len().checked_sub(NAMED) {
        None | Some(0) => items.join(", "),
        Some(rest) => format!("{} and {rest} more", items[..NAMED].join(", ")),
    }
}
