//! The scenario's thresholds held against the trajectories of nation, groups and regions.

use icf_projection::{Crossing, Step};
use icf_results::{Basis, RegionInfo, ThresholdRow};
use icf_scenario::{Level, Scenario, Scope, Threshold, ThresholdKind};
use icf_units::Year;

use crate::accounts::{Accounts, Sum};
use crate::subjects::Subject;

/// One row a threshold and subject, in the order of the scenario, then nation, groups, regions.
pub(crate) fn assess(
    scenario: &Scenario,
    infos: &[RegionInfo],
    accounts: &Accounts,
    basis: Basis,
) -> Vec<ThresholdRow> {
    let mut rows = Vec::new();
    for threshold in &scenario.thresholds {
        let subjects = Subject::all(infos).into_iter();
        for subject in subjects.filter(|subject| threshold.scopes.contains(&subject.scope)) {
            rows.push(row(scenario, threshold, &subject, accounts, basis));
        }
    }
    rows
}

fn row(
    scenario: &Scenario,
    threshold: &Threshold,
    subject: &Subject,
    accounts: &Accounts,
    basis: Basis,
) -> ThresholdRow {
    let last = scenario.years.last;
    let horizon = scenario.projection.horizon;
    let mut unknown = Vec::new();
    let mut beyond = Vec::new();
    let sum = |year| accounts.sum(&subject.members, year);
    let steps: Vec<Step> = accounts
        .axes()
        .years()
        .iter()
        .filter_map(|year| {
            let step = step(threshold, &sum(year), year, basis);
            match step {
                None => unknown.push(year),
                Some(step) if step.value.is_infinite() => beyond.push(year),
                Some(_) => {}
            }
            step
        })
        .collect();
    let overshoot: Option<f64> = (last.next().get()..=horizon.get())
        .map(|year| steps.iter().find(|step| step.year.get() == year).map(|step| (-step.margin()).max(0.0)))
        .sum::<Option<f64>>()
        .filter(|overshoot| overshoot.is_finite());
    let crossing = Crossing::of(steps, last, horizon);
    let margin = crossing.horizon.map(Step::margin).filter(|margin| margin.is_finite());
    let mut notes = Vec::new();
    if !unknown.is_empty() {
        notes.push(format!("not known in {}", ranges(&unknown)));
    }
    if !beyond.is_empty() {
        notes.push(format!("a deficit without capacity, so beyond any depth, in {}", ranges(&beyond)));
    }
    let is_netted = threshold.kind == ThresholdKind::Capacity && subject.scope != Scope::Region;
    ThresholdRow {
        scenario: scenario.name.clone(),
        threshold: threshold.name.clone(),
        scope: subject.scope.name(),
        region: subject.name.clone(),
        value: crossing.horizon.map(|step| step.level),
        unit: unit(threshold.kind, basis).to_owned(),
        already_at_start: crossing.already_at_start,
        first_year: crossing.first_year,
        margin_horizon: margin,
        margin_share: margin
            .zip(crossing.horizon)
            .filter(|(_, step)| step.level > 0.0)
            .map(|(margin, step)| margin / step.level),
        cumulative_overshoot: overshoot,
        historical_crossings: ranges(&crossing.historical),
        depth_horizon: Some(sum(horizon))
            .filter(|sum| is_netted && sum.is_known())
            .and_then(|sum| sum.footprint.depth()),
        note: notes.join("; "),
    }
}

/// What is held against the level in a year; `None` when it is not known. A deficit without capacity lies beyond
/// any depth.
pub(crate) fn step(threshold: &Threshold, sum: &Sum, year: Year, basis: Basis) -> Option<Step> {
    if !sum.is_known() {
        return None;
    }
    let level = threshold.level.map(|of| level(of, basis));
    let (value, level) = match threshold.kind {
        ThresholdKind::Emissions => (sum.ice.get(), level?),
        // The crossing of a group takes netted areas; its depth with the regional correction stands beside.
        ThresholdKind::Capacity => (sum.footprint.icf.get(), sum.footprint.cec.get()),
        ThresholdKind::Depth => (sum.footprint.depth().map_or(f64::INFINITY, |depth| depth.get()), level?),
        ThresholdKind::IcfPerCapita => (sum.icf_per_capita()?.get(), level?),
        ThresholdKind::SizePerCapita => (sum.size_per_capita()?.get(), level?),
    };
    Some(Step { year, value, level })
}

/// A level as a number on the scenario's basis.
pub(crate) fn level(level: Level, basis: Basis) -> f64 {
    match (level, basis) {
        // On the printed basis a tonne is a tonne, whatever of.
        (Level::Co2(level), Basis::Carbon) => level.to_carbon().get(),
        (Level::Co2(level), Basis::AsPrinted) => level.taken_for_carbon_as_printed().get(),
        (Level::Carbon(level), _) => level.get(),
        (Level::Basis(level), _) => level.get(),
        (Level::Ratio(level), _) => level.get(),
        (Level::PerPerson(level), _) => level.get(),
    }
}

/// Whether a threshold is crossed by some sums in a year; `None` when that is not known.
pub(crate) fn is_crossed(threshold: &Threshold, sum: &Sum, year: Year, basis: Basis) -> Option<bool> {
    step(threshold, sum, year, basis).map(Step::is_crossed)
}

/// The unit of a kind of threshold.
pub(crate) fn unit(kind: ThresholdKind, basis: Basis) -> &'static str {
    match kind {
        ThresholdKind::Emissions => basis.unit(),
        ThresholdKind::Capacity => "hm2",
        ThresholdKind::Depth => "1",
        ThresholdKind::IcfPerCapita | ThresholdKind::SizePerCapita => "hm2/person",
    }
}

/// Years as ranges: `2003–2005, 2011`.
pub(crate) fn ranges(years: &[Year]) -> String {
    let mut ranges: Vec<(Year, Year)> = Vec::new();
    for &year in years {
        match ranges.last_mut() {
            Some((_, end)) if end.next() == year => *end = year,
            _ => ranges.push((year, year)),
        }
    }
    let shown: Vec<String> = ranges
        .into_iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") })
        .collect();
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(years: &[i32], expected: &str) {
        assert_eq!(ranges(&years.iter().copied().map(Year::new).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn years_as_ranges() {
        check(&[], "");
        check(&[2011], "2011");
        check(&[2003, 2004, 2005, 2011, 2012], "2003–2005, 2011–2012");
    }
}
