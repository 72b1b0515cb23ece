//! The outcome of the draws as rows of tables.

use icf_ensemble::{Measure, Outcome};
use icf_results::{EarlyWarningRow, EnsembleRow, ThresholdProbabilityRow};
use icf_scenario::Scope;
use icf_units::Year;

use super::{Ground, Setup, Uncertain};
use crate::subjects::Subject;
use crate::thresholds;

pub(super) fn rows(ground: &Ground<'_>, setup: &Setup, outcome: &Outcome) -> Uncertain {
    Uncertain {
        ensemble: ensemble(ground, setup, outcome),
        probabilities: probabilities(ground, setup, outcome),
        warnings: warnings(ground, setup, outcome),
        sensitivity: vec![],
    }
}

/// One row a subject, year and quantity, in that order.
fn ensemble(ground: &Ground<'_>, setup: &Setup, outcome: &Outcome) -> Vec<EnsembleRow> {
    let mut rows = Vec::new();
    for (place, named) in setup.subjects.iter().enumerate() {
        for (at, year) in ground.years.iter().enumerate() {
            for measure in Measure::ALL {
                let figures = outcome.figures(place, at, measure);
                let moments = figures.moments();
                let quantiles =
                    [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975].map(|share| figures.quantile(share));
                let [q025, q10, q25, q50, q75, q90, q975] = quantiles.map(|found| found.map(|of| of.value));
                let bin = quantiles
                    .into_iter()
                    .flatten()
                    .map(|of| of.error)
                    .fold(None, |most, error| Some(most.map_or(error, |most: f64| most.max(error))));
                rows.push(EnsembleRow {
                    scope: named.scope.name(),
                    region: named.name.clone(),
                    year,
                    quantity: name(measure),
                    unit: unit(ground, measure),
                    deterministic: deterministic(ground, named, year, measure),
                    mean: moments.map(|(mean, _)| mean),
                    mean_se: figures.standard_error(),
                    sd: moments.map(|(_, sd)| sd),
                    q025,
                    q10,
                    q25,
                    q50,
                    q75,
                    q90,
                    q975,
                    bin,
                    beyond: usize::try_from(figures.beyond()).expect("draws fit into memory's numbers"),
                });
            }
        }
    }
    rows
}

const fn name(measure: Measure) -> &'static str {
    match measure {
        Measure::Emissions => "emissions",
        Measure::Sink => "sink",
        Measure::Icf => "icf",
        Measure::Cec => "cec",
        Measure::Depth => "depth",
    }
}

fn unit(ground: &Ground<'_>, measure: Measure) -> String {
    match measure {
        Measure::Emissions => ground.prepared.basis.unit(),
        Measure::Sink => "t C",
        Measure::Icf | Measure::Cec => "hm2",
        Measure::Depth => "1",
    }
    .to_owned()
}

fn deterministic(ground: &Ground<'_>, subject: &Subject, year: Year, measure: Measure) -> Option<f64> {
    let sum = ground.accounts.sum(&subject.members, year);
    if !sum.is_known() {
        return None;
    }
    match measure {
        Measure::Emissions => Some(sum.ice.get()),
        Measure::Sink => Some(sum.cs.get()),
        Measure::Icf => Some(sum.footprint.icf.get()),
        Measure::Cec => Some(sum.footprint.cec.get()),
        Measure::Depth => sum.footprint.depth().map(|depth| depth.get()),
    }
}

/// One row a threshold, subject and year, in the order of the table `thresholds`.
fn probabilities(ground: &Ground<'_>, setup: &Setup, outcome: &Outcome) -> Vec<ThresholdProbabilityRow> {
    let scenario = ground.loaded.scenario();
    let mut rows = Vec::new();
    for (rule, threshold) in scenario.thresholds.iter().enumerate() {
        for &subject in &setup.plan.frame.rules[rule].subjects {
            let named = &setup.subjects[subject];
            for (at, year) in ground.years.iter().enumerate() {
                let in_year = outcome.above_in(rule, subject, at).expect("the rule is held for the subject");
                let by_year =
                    outcome.crossed_by(rule, subject, at).expect("the rule is held for the subject");
                let sum = ground.accounts.sum(&named.members, year);
                rows.push(ThresholdProbabilityRow {
                    scenario: scenario.name.clone(),
                    threshold: threshold.name.clone(),
                    scope: named.scope.name(),
                    region: named.name.clone(),
                    year,
                    deterministic: thresholds::is_crossed(threshold, &sum, year, ground.prepared.basis),
                    p_in_year: in_year.share,
                    p_in_year_se: in_year.standard_error,
                    p_by_year: by_year.share,
                    p_by_year_se: by_year.standard_error,
                    draws: usize::try_from(outcome.draws()).expect("draws fit into memory's numbers"),
                });
            }
        }
    }
    rows
}

/// One row a region, the most urgent first: who is sure to be in deficit soonest, then who is likely to, then by how likely it is
/// at the horizon.
fn warnings(ground: &Ground<'_>, setup: &Setup, outcome: &Outcome) -> Vec<EarlyWarningRow> {
    let last = ground.prepared.years.last();
    let horizon = ground.years.len() - 1;
    let mut rows: Vec<EarlyWarningRow> = Vec::new();
    for (subject, named) in
        setup.subjects.iter().enumerate().filter(|(_, named)| named.scope == Scope::Region)
    {
        let region = named.members[0];
        let info = &ground.infos()[region];
        let p = |at: usize| outcome.above_in(setup.deficit, subject, at).map_or(0.0, |found| found.share);
        let above = |share: f64| (0..ground.years.len()).find(|at| p(*at) > share);
        let year = |at: usize| ground.years.iter().nth(at);
        let median =
            |measure| outcome.figures(subject, horizon, measure).quantile(0.5).map(|found| found.value);
        let change = |measure, now: Option<f64>| Some(median(measure)? - now?);
        let emissions = change(Measure::Emissions, ground.accounts.ice.get(region, last).map(|of| of.get()));
        let sink = change(Measure::Sink, ground.accounts.cs.get(region, last).map(|of| of.get()));
        let (more, less) = (emissions.unwrap_or(0.0), -sink.unwrap_or(0.0));
        rows.push(EarlyWarningRow {
            rank: 0,
            region: info.id.clone(),
            name: info.name.clone(),
            group: info.group.clone(),
            in_deficit: ground.accounts.footprint.get(region, last).map(|of| of.icf > of.cec),
            p_first: p(0),
            p_horizon: p(horizon),
            year_50: above(0.5).and_then(year),
            years_to_50: above(0.5).map(|at| at + 1),
            year_90: above(0.9).and_then(year),
            years_to_90: above(0.9).map(|at| at + 1),
            moves_first: match (more > 0.0, less > 0.0) {
                (false, false) => "none",
                (true, _) if more >= less => "emissions",
                (true, false) => "emissions",
                _ => "sink",
            },
            emissions_change: emissions,
            sink_change: sink,
        });
    }
    let never = usize::MAX;
    rows.sort_by(|a, b| {
        let urgency =
            |row: &EarlyWarningRow| (row.years_to_90.unwrap_or(never), row.years_to_50.unwrap_or(never));
        urgency(a)
            .cmp(&urgency(b))
            .then(b.p_horizon.total_cmp(&a.p_horizon))
            .then(b.p_first.total_cmp(&a.p_first))
            .then(a.region.cmp(&b.region))
    });
    for (place, row) in rows.iter_mut().enumerate() {
        row.rank = place + 1;
    }
    rows
}
