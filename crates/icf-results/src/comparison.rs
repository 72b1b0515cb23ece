//! Runs side by side: what differs in what went in, and in what came out.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{RegionStanding, Summary, ThresholdStanding};

/// Runs side by side. Every list is in the order of the runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The runs' names.
    pub runs: Vec<String>,
    /// Keys of the scenarios whose values differ, each with the value of every run.
    pub inputs: Vec<Difference>,
    /// First projected year in deficit of nation, groups and regions, where the runs differ.
    pub deficit_years: Vec<Difference>,
    /// Thresholds of nation, groups and regions, where the runs differ.
    pub thresholds: Vec<ThresholdComparison>,
    /// Regions by depth at the horizon, the deepest first in the first run.
    pub ranking: Vec<RankComparison>,
    /// Regions that are in another quadrant at the horizon, where the runs differ.
    pub quadrants: Vec<Difference>,
    /// Emissions and balance of the regions at the horizon, where the runs differ.
    pub regions: Vec<RegionComparison>,
}

/// Something that differs, with the value in every run; empty where a run has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Key of the scenario, or name of a region or group.
    pub of: String,
    /// The values.
    pub values: Vec<String>,
}

/// A threshold in every run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThresholdComparison {
    /// Threshold name.
    pub threshold: String,
    /// `nation`, `group` or `region`.
    pub scope: String,
    /// Name of the nation, group or region.
    pub name: String,
    /// First projected year of crossing, `already`, `never` or `unknown`.
    pub first_year: Vec<String>,
    /// Level minus trajectory at the horizon.
    pub margin: Vec<Option<f64>>,
    /// Sum of what lies above the level over the projected years.
    pub overshoot: Vec<Option<f64>>,
    /// How probable it is that it is crossed by the horizon, where it is drawn.
    pub probability: Vec<Option<f64>>,
}

/// A figure of a region at the horizon in every run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RegionComparison {
    /// Region id.
    pub region: String,
    /// Name of the region.
    pub name: String,
    /// `emissions` on each run's own basis, or `balance`, which is capacity less footprint.
    pub figure: &'static str,
    /// `t` or `hm2`.
    pub unit: &'static str,
    /// The values.
    pub values: Vec<Option<f64>>,
}

/// A region's rank by depth at the horizon, 1 = deepest, in every run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RankComparison {
    /// Name of the region.
    pub name: String,
    /// The ranks.
    pub rank: Vec<Option<usize>>,
}

impl Comparison {
    /// Puts runs side by side.
    #[must_use]
    pub fn of(summaries: &[Summary]) -> Self {
        Self {
            runs: summaries.iter().map(|summary| summary.scenario.clone()).collect(),
            inputs: inputs(summaries),
            deficit_years: differing(summaries, |summary| {
                summary.deficits.iter().map(|deficit| (deficit.name.clone(), deficit.words())).collect()
            }),
            thresholds: thresholds(summaries),
            ranking: ranking(summaries),
            quadrants: differing(summaries, |summary| {
                summary.regional.iter().map(|region| (region.name.clone(), region.quadrants())).collect()
            }),
            regions: regions(summaries),
        }
    }
}

/// The keys of what describes each run that do not describe what it does.
const NAMES: [&str; 2] = ["name", "description"];

fn inputs(summaries: &[Summary]) -> Vec<Difference> {
    let mut found = differing(summaries, |summary| summary.inputs.clone());
    found.retain(|difference| !NAMES.contains(&difference.of.as_str()));
    found
}

/// What has another value in some run, in the order in which it is met.
fn differing(summaries: &[Summary], of: impl Fn(&Summary) -> Vec<(String, String)>) -> Vec<Difference> {
    let runs: Vec<Vec<(String, String)>> = summaries.iter().map(of).collect();
    let maps: Vec<BTreeMap<&str, &str>> = runs
        .iter()
        .map(|run| run.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect())
        .collect();
    let mut seen = std::collections::HashSet::new();
    let keys = runs.iter().flatten().map(|(key, _)| key.as_str()).filter(|key| seen.insert(*key));
    keys.filter_map(|key| {
        let values: Vec<String> =
            maps.iter().map(|run| run.get(key).copied().unwrap_or_default().to_owned()).collect();
        let differs = values.iter().any(|value| *value != values[0]);
        differs.then(|| Difference { of: key.to_owned(), values })
    })
    .collect()
}

/// The figures of the regions, in the order in which they are met.
fn regions(summaries: &[Summary]) -> Vec<RegionComparison> {
    type Value = fn(&RegionStanding) -> Option<f64>;
    const FIGURES: [(&str, &str, Value); 2] = [
        ("emissions", "t", |region| region.emissions_horizon),
        ("balance", "hm2", |region| region.balance_horizon),
    ];
    let runs: Vec<BTreeMap<&str, &RegionStanding>> = summaries
        .iter()
        .map(|summary| summary.regional.iter().map(|region| (region.region.as_str(), region)).collect())
        .collect();
    let mut seen = BTreeSet::new();
    let all = summaries.iter().flat_map(|summary| &summary.regional);
    let met: Vec<&RegionStanding> = all.filter(|region| seen.insert(region.region.as_str())).collect();
    let rows = met.into_iter().flat_map(|region| {
        FIGURES.map(|(figure, unit, value)| RegionComparison {
            region: region.region.clone(),
            name: region.name.clone(),
            figure,
            unit,
            values: runs.iter().map(|run| value(run.get(region.region.as_str())?)).collect(),
        })
    });
    rows.filter(|row| row.values.iter().any(|value| *value != row.values[0])).collect()
}

fn thresholds(summaries: &[Summary]) -> Vec<ThresholdComparison> {
    type Key<'a> = (&'a str, &'a str, &'a str);
    let key = |held: &'_ ThresholdStanding| -> (String, String, String) {
        (held.threshold.clone(), held.scope.clone(), held.name.clone())
    };
    let runs: Vec<BTreeMap<(String, String, String), &ThresholdStanding>> = summaries
        .iter()
        .map(|summary| summary.thresholds.iter().map(|held| (key(held), held)).collect())
        .collect();
    let mut seen: std::collections::HashSet<Key<'_>> = std::collections::HashSet::new();
    let all = summaries.iter().flat_map(|summary| &summary.thresholds);
    let met = all.filter(|held| seen.insert((&held.threshold, &held.scope, &held.name)));
    met.filter_map(|held| {
        let of_runs: Vec<Option<&&ThresholdStanding>> = runs.iter().map(|run| run.get(&key(held))).collect();
        let found = ThresholdComparison {
            threshold: held.threshold.clone(),
            scope: held.scope.clone(),
            name: held.name.clone(),
            first_year: of_runs
                .iter()
                .map(|held| held.map_or_else(String::new, |held| held.words()))
                .collect(),
            margin: of_runs.iter().map(|held| held.and_then(|held| held.margin)).collect(),
            overshoot: of_runs.iter().map(|held| held.and_then(|held| held.overshoot)).collect(),
            probability: of_runs.iter().map(|held| Some(held.as_ref()?.probability?.share)).collect(),
        };
        let differs = found.first_year.iter().any(|year| *year != found.first_year[0])
            || found.margin.iter().any(|margin| *margin != found.margin[0])
            || found.probability.iter().any(|share| *share != found.probability[0]);
        differs.then_some(found)
    })
    .collect()
}

fn ranking(summaries: &[Summary]) -> Vec<RankComparison> {
    let ranks: Vec<BTreeMap<&str, usize>> =
        summaries.iter().map(|summary| ranks(&summary.regional)).collect();
    let mut found: Vec<RankComparison> = Vec::new();
    for region in summaries.iter().flat_map(|summary| &summary.regional) {
        if found.iter().all(|known| known.name != region.name) {
            let rank = ranks.iter().map(|run| run.get(region.name.as_str()).copied()).collect();
            found.push(RankComparison { name: region.name.clone(), rank });
        }
    }
    found.sort_by_key(|region| (region.rank[0].unwrap_or(usize::MAX), region.name.clone()));
    found
}

/// Ranks by depth at the horizon; a deficit without capacity is the deepest, and what is not known has no rank.
fn ranks(regions: &[RegionStanding]) -> BTreeMap<&str, usize> {
    let mut known: Vec<(&str, f64)> =
        regions.iter().filter_map(|region| Some((region.name.as_str(), region.depth_to_rank()?))).collect();
    known.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    known.into_iter().enumerate().map(|(place, (name, _))| (name, place + 1)).collect()
}
