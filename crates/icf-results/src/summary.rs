//! The few figures that answer the question: where does the nation stand, who is in deficit, what is crossed.

use icf_units::{Hectares, Year};
use serde::{Deserialize, Serialize};

use crate::{NationRow, RunResults, Solution, ThresholdProbabilityRow, ThresholdRow};

/// The headline figures of a run. What `--format json` prints, what `summary.json` holds and `compare` reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Scenario name.
    pub scenario: String,
    /// Name of the data set.
    pub data: String,
    /// Unit of emissions and sink.
    pub unit: String,
    /// Regions of the run.
    pub regions: usize,
    /// The nation in the last year of the history.
    pub now: Standing,
    /// The nation at the horizon.
    pub horizon: Standing,
    /// First projected year in which the nation's netted footprint is above its capacity.
    pub deficit_year: Option<Year>,
    /// The thresholds held against the nation.
    pub nation: Vec<NationThreshold>,
    /// The thresholds held against groups.
    #[serde(default)]
    pub by_group: Vec<PartThreshold>,
    /// The thresholds held against regions.
    pub by_region: Vec<PartThreshold>,
    /// Every key of the resolved scenario with its value.
    #[serde(default)]
    pub inputs: Vec<(String, String)>,
    /// When nation, groups and regions come into deficit.
    #[serde(default)]
    pub deficits: Vec<DeficitStart>,
    /// Every threshold of nation, groups and regions.
    #[serde(default)]
    pub thresholds: Vec<ThresholdStanding>,
    /// What would just keep thresholds uncrossed.
    #[serde(default)]
    pub solutions: Vec<Solution>,
    /// Where each region stands in the last year of the history and at the horizon.
    #[serde(default)]
    pub regional: Vec<RegionStanding>,
    /// What each lever changes of the nation at the horizon, in the order of the levers.
    #[serde(default)]
    pub levers: Vec<LeverStanding>,
    /// The account of sink trading in its last year.
    #[serde(default)]
    pub trade: Option<TradeStanding>,
}

/// What a lever changes of the nation at the horizon, in t on the scenario's basis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeverStanding {
    /// Name.
    pub name: String,
    /// Change of emissions in its place.
    pub emissions: f64,
    /// Change of the sink in its place.
    pub sink: f64,
    /// Change of emissions if it were the only lever.
    pub emissions_alone: f64,
    /// Change of the sink if it were the only lever.
    pub sink_alone: f64,
    /// Change of emissions by it and all before it.
    pub emissions_together: f64,
    /// Change of the sink by it and all before it.
    pub sink_together: f64,
}

/// Who could cover whose deficit in a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TradeStanding {
    /// The year.
    pub year: Year,
    /// All deficits, t.
    pub deficits: f64,
    /// All surpluses, t.
    pub surpluses: f64,
    /// What flows, t: the lesser of the two.
    pub traded: f64,
    /// Number of flows.
    pub flows: usize,
    /// Mean distance of a tonne that flows, km; missing when nothing does.
    pub mean_km: Option<f64>,
    /// What all of it costs at the scenario's price.
    pub money: Option<f64>,
    /// Currency of the price.
    pub currency: String,
}

/// When a trajectory comes into deficit: netted for groups and the nation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeficitStart {
    /// `nation`, `group` or `region`.
    pub scope: String,
    /// Name of the nation, group or region.
    pub name: String,
    /// Whether it is in deficit in the last year of the history; missing when that is not known.
    pub already: Option<bool>,
    /// First projected year in deficit.
    pub year: Option<Year>,
}

impl DeficitStart {
    /// The year, `already`, `never` or `unknown`.
    #[must_use]
    pub fn words(&self) -> String {
        when(self.already, self.year, self.already.is_some())
    }
}

/// A threshold held against the nation, a group or a region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThresholdStanding {
    /// Threshold name.
    pub threshold: String,
    /// `nation`, `group` or `region`.
    pub scope: String,
    /// Name of the nation, group or region.
    pub name: String,
    /// Unit of the margin.
    pub unit: String,
    /// Whether it is crossed in the last year of the history.
    pub already: Option<bool>,
    /// First projected year in which it is crossed.
    pub first_year: Option<Year>,
    /// Level minus trajectory at the horizon.
    pub margin: Option<f64>,
    /// Sum of what lies above the level over the projected years.
    pub overshoot: Option<f64>,
    /// How probable it is that it is crossed by the horizon; missing in a run that draws nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<Chance>,
}

/// A probability found by draws.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// Share of the draws.
    pub share: f64,
    /// Its standard error.
    pub standard_error: f64,
}

impl Chance {
    const fn of(row: &ThresholdProbabilityRow) -> Self {
        Self { share: row.p_by_year, standard_error: row.p_by_year_se }
    }
}

impl ThresholdStanding {
    /// The year of crossing, `already`, `never` or `unknown`.
    #[must_use]
    pub fn words(&self) -> String {
        when(self.already, self.first_year, self.margin.is_some())
    }
}

/// `already` before a year, and `unknown` before `never`.
fn when(already: Option<bool>, year: Option<Year>, is_known: bool) -> String {
    match (already, year) {
        (Some(true), _) => "already".to_owned(),
        (_, Some(year)) => year.to_string(),
        (_, None) if is_known => "never".to_owned(),
        (_, None) => "unknown".to_owned(),
    }
}

/// Where a region stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegionStanding {
    /// Region id.
    pub region: String,
    /// Name.
    pub name: String,
    /// Group in the scenario's grouping.
    pub group: String,
    /// Quadrant in the last year of the history.
    pub quadrant_now: Option<String>,
    /// Quadrant at the horizon.
    pub quadrant_horizon: Option<String>,
    /// Depth at the horizon.
    pub depth_horizon: Option<f64>,
    /// Deficit at the horizon, hm².
    pub deficit_horizon: Option<f64>,
    /// Emissions at the horizon on the scenario's basis, t.
    #[serde(default)]
    pub emissions_horizon: Option<f64>,
    /// Capacity less footprint at the horizon, hm².
    #[serde(default)]
    pub balance_horizon: Option<f64>,
}

impl RegionStanding {
    /// `III → II`; a dash where there is none.
    pub(crate) fn quadrants(&self) -> String {
        let name = |quadrant: &Option<String>| quadrant.clone().unwrap_or_else(|| "–".to_owned());
        format!("{} → {}", name(&self.quadrant_now), name(&self.quadrant_horizon))
    }

    /// Depth at the horizon, infinite for a deficit without capacity; `None` when it is not known.
    pub(crate) fn depth_to_rank(&self) -> Option<f64> {
        let deficit = self.deficit_horizon?;
        Some(self.depth_horizon.unwrap_or(if deficit > 0.0 { f64::INFINITY } else { 1.0 }))
    }
}

/// Where the nation stands in a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The year.
    pub year: Year,
    /// Emissions on the scenario's basis, t.
    pub emissions: Option<f64>,
    /// Sink, t.
    pub sink: Option<f64>,
    /// Depth with the regional correction.
    pub depth: Option<f64>,
    /// Depth of the netted totals.
    pub depth_netted: Option<f64>,
    /// Regions in deficit, deepest first.
    pub in_deficit: Vec<DeficitRegion>,
}

/// A region in deficit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeficitRegion {
    /// Region id.
    pub region: String,
    /// Name.
    pub name: String,
    /// Depth; missing without capacity.
    pub depth: Option<f64>,
}

/// A threshold held against the nation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NationThreshold {
    /// Threshold name.
    pub threshold: String,
    /// Level at the horizon.
    pub level: Option<f64>,
    /// Unit of level and margin.
    pub unit: String,
    /// Whether it is crossed in the last year of the history.
    pub already_at_start: Option<bool>,
    /// First projected year in which it is crossed.
    pub first_year: Option<Year>,
    /// Level minus trajectory at the horizon.
    pub margin: Option<f64>,
    /// The margin as a share of the level.
    pub margin_share: Option<f64>,
    /// Years of the history in which it was crossed.
    pub historical_crossings: String,
    /// How probable it is that it is crossed by the horizon; missing in a run that draws nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<Chance>,
}

/// A threshold held against the parts of the nation: its regions or its groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartThreshold {
    /// Threshold name.
    pub threshold: String,
    /// How many are across it in the last year of the history.
    pub already: usize,
    /// Their names.
    #[serde(default)]
    pub across: Vec<String>,
    /// Those that cross it later, with the first year, earliest first.
    pub later: Vec<(String, Year)>,
    /// Those that are across it in the last year of the history and not at the horizon.
    pub back: Vec<String>,
}

impl Summary {
    /// Reads the headline figures off the tables of a run.
    #[must_use]
    pub fn of(results: &RunResults) -> Self {
        let now = standing(results, results.history.last());
        let horizon = standing(results, results.horizon);
        Self {
            scenario: results.scenario.clone(),
            data: results.data.clone(),
            unit: results.basis.unit().to_owned(),
            regions: results.regions_info.len(),
            deficit_year: results
                .nation
                .iter()
                .filter(|row| row.year > results.history.last())
                .find(|row| row.icf_hm2.zip(row.cec_hm2).is_some_and(|(icf, cec)| icf > cec))
                .map(|row| row.year),
            now,
            horizon,
            nation: results
                .thresholds
                .iter()
                .filter(|row| row.scope == "nation")
                .map(|row| NationThreshold {
                    threshold: row.threshold.clone(),
                    level: row.value,
                    unit: row.unit.clone(),
                    already_at_start: row.already_at_start,
                    first_year: row.first_year,
                    margin: row.margin_horizon,
                    margin_share: row.margin_share,
                    historical_crossings: row.historical_crossings.clone(),
                    probability: results.chance(row).map(Chance::of),
                })
                .collect(),
            by_group: by_part(results, "group"),
            by_region: by_part(results, "region"),
            inputs: results.keys.clone(),
            deficits: deficits(results),
            thresholds: thresholds(results),
            solutions: results
                .solutions
                .iter()
                .map(|row| Solution::of(row, &results.regions_info, results.basis))
                .collect(),
            regional: regional(results),
            levers: levers(results),
            trade: trade(results),
        }
    }
}

/// Whether the footprint of a row is above its capacity.
fn is_above(icf: Option<Hectares>, cec: Option<Hectares>) -> Option<bool> {
    Some(icf? > cec?)
}

fn deficits(results: &RunResults) -> Vec<DeficitStart> {
    let last = results.history.last();
    let start = |scope: &str, name: &str, years: &mut dyn Iterator<Item = (Year, Option<bool>)>| {
        let mut found =
            DeficitStart { scope: scope.to_owned(), name: name.to_owned(), already: None, year: None };
        for (year, above) in years {
            if year == last {
                found.already = above;
            } else if year > last && above == Some(true) && found.year.is_none() {
                found.year = Some(year);
            }
        }
        found
    };
    let nation = &mut results.nation.iter().map(|row| (row.year, is_above(row.icf_hm2, row.cec_hm2)));
    let mut found = vec![start("nation", "nation", nation)];
    for rows in results.groups.chunk_by(|a, b| a.group == b.group) {
        let years = &mut rows.iter().map(|row| (row.year, is_above(row.icf_hm2, row.cec_hm2)));
        found.push(start("group", &rows[0].group, years));
    }
    for rows in results.regions.chunk_by(|a, b| a.region == b.region) {
        let years = &mut rows.iter().map(|row| (row.year, is_above(row.icf_hm2, row.cec_hm2)));
        found.push(start("region", &rows[0].name, years));
    }
    found
}

fn thresholds(results: &RunResults) -> Vec<ThresholdStanding> {
    results
        .thresholds
        .iter()
        .map(|row| ThresholdStanding {
            threshold: row.threshold.clone(),
            scope: row.scope.to_owned(),
            name: name_of(results, row),
            unit: row.unit.clone(),
            already: row.already_at_start,
            first_year: row.first_year,
            margin: row.margin_horizon,
            overshoot: row.cumulative_overshoot,
            probability: results.chance(row).map(Chance::of),
        })
        .collect()
}

fn regional(results: &RunResults) -> Vec<RegionStanding> {
    let last = results.history.last();
    results
        .regions
        .chunk_by(|a, b| a.region == b.region)
        .map(|rows| {
            let quadrant = |year: Year| {
                rows.iter().find(|row| row.year == year).and_then(|row| row.quadrant).map(str::to_owned)
            };
            let horizon = rows.iter().find(|row| row.year == results.horizon);
            RegionStanding {
                region: rows[0].region.to_string(),
                name: rows[0].name.clone(),
                group: rows[0].group.clone(),
                quadrant_now: quadrant(last),
                quadrant_horizon: quadrant(results.horizon),
                depth_horizon: horizon.and_then(|row| row.depth).map(|depth| depth.get()),
                deficit_horizon: horizon.and_then(|row| row.deficit_hm2).map(|deficit| deficit.get()),
                emissions_horizon: horizon.and_then(|row| row.ice_t).map(|ice| ice.get()),
                balance_horizon: horizon.and_then(|row| Some(row.cec_hm2?.get() - row.icf_hm2?.get())),
            }
        })
        .collect()
}

fn standing(results: &RunResults, year: Year) -> Standing {
    let nation: Option<&NationRow> = results.nation.iter().find(|row| row.year == year);
    let mut in_deficit: Vec<DeficitRegion> = results
        .regions
        .iter()
        .filter(|row| row.year == year && row.deficit_hm2.is_some_and(|deficit| deficit.get() > 0.0))
        .map(|row| DeficitRegion {
            region: row.region.to_string(),
            name: row.name.clone(),
            depth: row.depth.map(|depth| depth.get()),
        })
        .collect();
    let depth = |region: &DeficitRegion| region.depth.unwrap_or(f64::INFINITY);
    in_deficit.sort_by(|a, b| depth(b).total_cmp(&depth(a)).then_with(|| a.region.cmp(&b.region)));
    Standing {
        year,
        emissions: nation.and_then(|row| row.ice_t).map(|ice| ice.get()),
        sink: nation.and_then(|row| row.cs_t).map(|cs| cs.get()),
        depth: nation.and_then(|row| row.depth).map(|depth| depth.get()),
        depth_netted: nation.and_then(|row| row.depth_netted).map(|depth| depth.get()),
        in_deficit,
    }
}

fn levers(results: &RunResults) -> Vec<LeverStanding> {
    let at_the_end = results.lever_effects.iter().filter(|row| row.year == results.horizon);
    at_the_end
        .map(|row| LeverStanding {
            name: row.name.clone(),
            emissions: row.emissions_t.get(),
            sink: row.sink_t.get(),
            emissions_alone: row.emissions_alone_t.get(),
            sink_alone: row.sink_alone_t.get(),
            emissions_together: row.emissions_together_t.get(),
            sink_together: row.sink_together_t.get(),
        })
        .collect()
}

fn trade(results: &RunResults) -> Option<TradeStanding> {
    let year = results.trade_balance.iter().map(|row| row.year).max()?;
    let balance = || results.trade_balance.iter().filter(|row| row.year == year);
    let before = |role: &str| -> f64 {
        balance().filter(|row| row.role == role).map(|row| row.before_t.get().abs()).sum()
    };
    let flows = || results.trade_flows.iter().filter(|row| row.year == year);
    let traded: f64 = flows().map(|row| row.t.get()).sum();
    let way: f64 = flows().map(|row| row.t.get() * row.km).sum();
    Some(TradeStanding {
        year,
        // Sums of nothing are a minus zero otherwise.
        deficits: before("buyer") + 0.0,
        surpluses: before("seller") + 0.0,
        traded: traded + 0.0,
        flows: flows().count(),
        mean_km: (traded > 0.0).then(|| way / traded),
        money: flows().map(|row| row.money).sum(),
        currency: flows().next().map(|row| row.currency.clone()).unwrap_or_default(),
    })
}

/// The name of the nation, group or region that a threshold is held against.
fn name_of(results: &RunResults, row: &ThresholdRow) -> String {
    let info =
        results.regions_info.iter().find(|info| row.scope == "region" && info.id.as_str() == row.region);
    info.map_or_else(|| row.region.clone(), |info| info.name.clone())
}

fn by_part(results: &RunResults, scope: &str) -> Vec<PartThreshold> {
    let mut thresholds: Vec<PartThreshold> = Vec::new();
    for row in results.thresholds.iter().filter(|row| row.scope == scope) {
        let place =
            thresholds.iter().position(|entry| entry.threshold == row.threshold).unwrap_or_else(|| {
                let threshold = row.threshold.clone();
                let (across, later, back) = (vec![], vec![], vec![]);
                thresholds.push(PartThreshold { threshold, already: 0, across, later, back });
                thresholds.len() - 1
            });
        let entry = &mut thresholds[place];
        let name = name_of(results, row);
        if row.already_at_start == Some(true) {
            entry.already += 1;
            entry.across.push(name.clone());
            if row.margin_horizon.is_some_and(|margin| margin >= 0.0) {
                entry.back.push(name);
            }
        } else if let Some(year) = row.first_year {
            entry.later.push((name, year));
        }
    }
    for entry in &mut thresholds {
        entry.later.sort_by_key(|(_, year)| *year);
    }
    thresholds
}
