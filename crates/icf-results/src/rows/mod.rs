//! The row types of a run's tables. The named columns are fixed: users script against them.

mod hindsight;
mod levers;
mod space;
mod uncertainty;

use std::fmt;

use icf_units::{Hectares, HectaresPerPerson, Persons, Ratio, RegionId, TonnesCarbon, TonnesCo2, Year};

use crate::record::record;
use crate::{Cell, Column, Record};

pub use hindsight::*;
pub use levers::*;
pub use space::*;
pub use uncertainty::*;

/// Whether a year is observed or projected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The data reach this year.
    History,
    /// The scenario's models reach this year.
    Projection,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::History => "history",
            Self::Projection => "projection",
        })
    }
}

/// How a printed figure of the paper compares with the computed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Within the stated tolerance.
    Reproduced,
    /// The sign or direction agrees, the figure does not.
    DirectionOnly,
    /// Neither agrees.
    NotReproduced,
    /// The data at hand do not allow it to be computed.
    NotComputable,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Reproduced => "reproduced",
            Self::DirectionOnly => "direction only",
            Self::NotReproduced => "not reproduced",
            Self::NotComputable => "not computable from the data",
        })
    }
}

record! {
    /// One region in one year.
    RegionRow = "regions" {
        /// Region id (GB/T 2260 for the built-in data), as text.
        region: RegionId [""],
        /// Name of the region.
        name: String [""],
        /// Group of regions it belongs to, in the scenario's grouping.
        group: String [""],
        /// Calendar year.
        year: Year [""],
        /// `history` or `projection`.
        phase: Phase [""],
        /// Permanent residents.
        population: Option<Persons> ["persons"],
        /// Industrial carbon emissions as CO2; for `as-published` the printed Σ Q·S·D.
        ice_tco2: Option<TonnesCo2> ["t CO2"],
        /// Industrial carbon emissions on the scenario's basis.
        ice_t: Option<TonnesCarbon> ["t"],
        /// Ecosystem carbon sink.
        cs_t: Option<TonnesCarbon> ["t"],
        /// Industrial carbon footprint.
        icf_hm2: Option<Hectares> ["hm2"],
        /// Carbon ecological capacity.
        cec_hm2: Option<Hectares> ["hm2"],
        /// Industrial carbon deficit, max(ICF − CEC, 0).
        deficit_hm2: Option<Hectares> ["hm2"],
        /// Industrial carbon surplus, max(CEC − ICF, 0).
        surplus_hm2: Option<Hectares> ["hm2"],
        /// Footprint size, min(ICF, CEC).
        size_hm2: Option<Hectares> ["hm2"],
        /// Footprint depth, 1 + deficit/CEC; missing where there is no capacity.
        depth: Option<Ratio> ["1"],
        /// Footprint size per resident.
        size_hm2_per_capita: Option<HectaresPerPerson> ["hm2/person"],
        /// Footprint per resident.
        icf_hm2_per_capita: Option<HectaresPerPerson> ["hm2/person"],
        /// Natural-breaks class of size per resident, 1 = lowest.
        size_class: Option<usize> [""],
        /// Natural-breaks class of depth, 1 = lowest.
        depth_class: Option<usize> [""],
        /// Mitigation quadrant: `I`, `II`, `III` or `IV`.
        quadrant: Option<&'static str> [""],
        /// Name of the mitigation zone of the quadrant.
        zone: Option<&'static str> [""],
        /// Flow occupancy, size/CEC (Fang 2015).
        flow_occupancy: Option<Ratio> ["1"],
        /// Stock-to-flow ratio, depth − 1 (Fang 2015).
        stock_to_flow: Option<Ratio> ["1"],
        /// Why a value is missing, or which caveat it carries.
        note: String [""],
    }
}

record! {
    /// One group of regions in one year.
    GroupRow = "groups" {
        /// Grouping of the scenario, e.g. `group3`.
        grouping: String [""],
        /// Name of the group.
        group: String [""],
        /// Calendar year.
        year: Year [""],
        /// `history` or `projection`.
        phase: Phase [""],
        /// Regions with a footprint and a capacity in this year.
        regions: usize [""],
        /// Regions of these in deficit.
        regions_in_deficit: usize [""],
        /// Permanent residents.
        population: Option<Persons> ["persons"],
        /// Industrial carbon emissions as CO2.
        ice_tco2: Option<TonnesCo2> ["t CO2"],
        /// Industrial carbon emissions on the scenario's basis.
        ice_t: Option<TonnesCarbon> ["t"],
        /// Ecosystem carbon sink.
        cs_t: Option<TonnesCarbon> ["t"],
        /// Industrial carbon footprint.
        icf_hm2: Option<Hectares> ["hm2"],
        /// Carbon ecological capacity.
        cec_hm2: Option<Hectares> ["hm2"],
        /// Sum of the regions' deficits: a surplus elsewhere does not cancel them.
        deficit_hm2: Option<Hectares> ["hm2"],
        /// Sum of the regions' surpluses.
        surplus_hm2: Option<Hectares> ["hm2"],
        /// Sum of the regions' sizes.
        size_hm2: Option<Hectares> ["hm2"],
        /// Depth with the regional correction: 1 + Σ deficit / Σ CEC.
        depth: Option<Ratio> ["1"],
        /// Depth of the netted totals: 1 + max(ΣICF − ΣCEC, 0) / ΣCEC.
        depth_netted: Option<Ratio> ["1"],
        /// Footprint size per resident.
        size_hm2_per_capita: Option<HectaresPerPerson> ["hm2/person"],
        /// Footprint per resident.
        icf_hm2_per_capita: Option<HectaresPerPerson> ["hm2/person"],
        /// Why the sums are missing: a part of the regions would pass for the whole.
        note: String [""],
    }
}

/// The nation (all regions of the run) in one year: a group without the columns that name it.
#[derive(Clone, Debug, PartialEq)]
pub struct NationRow(pub GroupRow);

/// `grouping` and `group`.
const NAMES_OF_GROUP: usize = 2;

impl std::ops::Deref for NationRow {
    type Target = GroupRow;
    fn deref(&self) -> &GroupRow {
        &self.0
    }
}

impl Record for NationRow {
    const TABLE: &'static str = "nation";
    const TITLE: &'static str = "The nation (all regions of the run) in one year.";
    const COLUMNS: &'static [Column] = GroupRow::COLUMNS.split_at(NAMES_OF_GROUP).1;
    fn cells(&self) -> Vec<Cell> {
        self.0.cells().split_off(NAMES_OF_GROUP)
    }
}

record! {
    /// One mitigation quadrant in one year.
    QuadrantRow = "quadrants" {
        /// Calendar year.
        year: Year [""],
        /// `I`, `II`, `III` or `IV`.
        quadrant: &'static str [""],
        /// Name of the mitigation zone.
        zone: &'static str [""],
        /// What the paper advises for the zone.
        strategy: &'static str [""],
        /// Size per resident above which a region is high.
        size_split: f64 ["hm2/person"],
        /// Depth above which a region is high.
        depth_split: f64 ["1"],
        /// Regions in the quadrant.
        regions: usize [""],
        /// Their names.
        members: String [""],
        /// Of these, the ones whose size or depth lies on the split and was taken for low.
        on_split: String [""],
    }
}

record! {
    /// One projected quantity of one region and year by its model, before any lever.
    ProjectionRow = "projection" {
        /// Region id, as text.
        region: RegionId [""],
        /// Calendar year.
        year: Year [""],
        /// `emissions`, `sink` or `population`.
        quantity: &'static str [""],
        /// Projected value.
        value: Option<f64> [""],
        /// Unit of the value and the ends.
        unit: String [""],
        /// Model by its name in the scenario.
        model: String [""],
        /// Change on the year before.
        change: Option<f64> ["1"],
        /// Lower end of the interval that holds the truth with 80 %, as far as the model and the past can say; blank where they cannot, and for observed figures.
        lower80: Option<f64> [""],
        /// Upper end of it.
        upper80: Option<f64> [""],
        /// Lower end of the interval of 95 %; a model whose errors add to the level may go below zero.
        lower95: Option<f64> [""],
        /// Upper end of it; `backtest` says how often both would have held.
        upper95: Option<f64> [""],
    }
}

record! {
    /// The model behind one region's trajectory of one quantity.
    ModelRow = "models" {
        /// Region id, as text.
        region: RegionId [""],
        /// `emissions`, `sink` or `population`.
        quantity: &'static str [""],
        /// Model by its name in the scenario.
        model: String [""],
        /// First year of the window it was fitted on.
        fitted_from: Option<Year> [""],
        /// Last year of the window it was fitted on.
        fitted_to: Option<Year> [""],
        /// Observations in the window.
        n: Option<usize> [""],
        /// Annual rate of change, where the model has one.
        rate: Option<f64> ["1/yr"],
        /// Coefficient of determination of the fit in logarithms.
        r_squared: Option<f64> ["1"],
        /// Mean absolute percentage error of a rolling-origin back-test, one to three years ahead.
        backtest_mape: Option<f64> ["1"],
        /// The same error of the naive forecast (last value).
        naive_mape: Option<f64> ["1"],
        /// What the reader should know.
        note: String [""],
    }
}

record! {
    /// One threshold for one region, group or the nation.
    ThresholdRow = "thresholds" {
        /// Scenario name.
        scenario: String [""],
        /// Threshold name.
        threshold: String [""],
        /// `nation`, `group` or `region`.
        scope: &'static str [""],
        /// Region id or group name; `nation` for the nation.
        region: String [""],
        /// The level held against the trajectory; at the horizon where it moves.
        value: Option<f64> [""],
        /// Unit of the level and the margin.
        unit: String [""],
        /// Whether it is crossed in the last year of the history.
        already_at_start: Option<bool> [""],
        /// First projected year in which it is crossed.
        first_year: Option<Year> [""],
        /// Level minus trajectory at the horizon: positive is room left.
        margin_horizon: Option<f64> [""],
        /// The margin as a share of the level.
        margin_share: Option<f64> ["1"],
        /// Sum over the projected years of what lies above the level, in its unit times years; missing when one is not known.
        cumulative_overshoot: Option<f64> [""],
        /// Years of the history in which it was crossed.
        historical_crossings: String [""],
        /// Depth with the regional correction at the horizon, where a crossing is taken from netted totals.
        depth_horizon: Option<Ratio> ["1"],
        /// Years that are not known, and depths beyond every level.
        note: String [""],
    }
}

record! {
    /// What would just keep a threshold uncrossed until a year, for one question of the scenario and one subject.
    SolutionRow = "solutions" {
        /// Number of the question in the scenario, from 1.
        question: usize [""],
        /// Threshold name.
        threshold: String [""],
        /// `nation`, `group` or `region`.
        scope: &'static str [""],
        /// Region id or group name; `nation` for the nation.
        region: String [""],
        /// Last year in which the threshold is not to be crossed.
        until: Year [""],
        /// What is turned: `emissions-rate`, `sink-area` with the land class, or a key of the scenario.
        by: String [""],
        /// `keep` in every projected year, or `return` by the last one where it is crossed in the last year of the history.
        goal: &'static str [""],
        /// `found`; `any` where nothing crosses it; `none` where nothing is enough; `not monotone`; `not known`.
        outcome: &'static str [""],
        /// The value at which it is just not crossed; with `none` and `not monotone` the best that was met.
        value: Option<f64> [""],
        /// Unit of the value and of `now`.
        unit: String [""],
        /// What the scenario has: the mean annual change of emissions to the year, no area more, the value of the key.
        now: Option<f64> [""],
        /// Share of the draws that is to keep clear of the threshold; empty where the one trajectory without draws is.
        probability: Option<f64> ["1"],
        /// Share of the draws that does at the value.
        kept: Option<f64> ["1"],
        /// Its standard error over the replicates.
        kept_se: Option<f64> ["1"],
        /// Year in which the trajectory comes nearest to the level.
        binding_year: Option<Year> [""],
        /// Level minus trajectory in that year; empty where a probability is asked for.
        margin: Option<f64> [""],
        /// Unit of the margin.
        margin_unit: String [""],
        /// First projected year in which the scenario as it stands crosses it.
        first_year: Option<Year> [""],
        /// The most that may be emitted until then, from the first projected year on, without crossing it; none for a probability.
        budget_t: Option<TonnesCarbon> ["t"],
        /// What the scenario as it stands emits in these years; none for a probability.
        planned_t: Option<TonnesCarbon> ["t"],
        /// Why there is no value, and what the reader should know.
        note: String [""],
    }
}

record! {
    /// One cell of the input that was filled, or carries a flag the reader has to know.
    DataQualityRow = "data_quality" {
        /// Table of the data set.
        table: &'static str [""],
        /// Region id, as text.
        region: RegionId [""],
        /// Calendar year.
        year: Year [""],
        /// Fuel, land class or quantity.
        item: String [""],
        /// `missing`, `lower-bound`, `suspect`, `estimate`, `outlier`.
        flag: &'static str [""],
        /// What was done: `kept`, `filled …` or `left missing`.
        action: String [""],
    }
}

record! {
    /// One figure printed in the paper beside the computed ones.
    PaperClaimRow = "paper_claims" {
        /// What is claimed.
        claim: String [""],
        /// The figure as printed.
        printed: String [""],
        /// Computed under the `coherent` preset.
        computed_coherent: String [""],
        /// Computed under the `as-published` preset.
        computed_as_published: String [""],
        /// Unit of the figures.
        unit: &'static str [""],
        /// `reproduced`, `direction only`, `not reproduced` or `not computable from the data`.
        verdict: Verdict [""],
        /// Tolerance and reason in one line.
        why: String [""],
    }
}

record! {
    /// One class of a classification.
    BreakRow = "classes" {
        /// `size_hm2_per_capita`, `depth` or another column of `regions`; `balance_hm2` is capacity less footprint.
        variable: &'static str [""],
        /// Year whose values were classed; missing when all years of the history were classed together.
        year: Option<Year> [""],
        /// How the bounds were found.
        method: &'static str [""],
        /// Class, 1 = lowest.
        class: usize [""],
        /// Name of the class.
        label: &'static str [""],
        /// Values above this belong to it; missing for the lowest class.
        above: Option<f64> [""],
        /// Values up to this belong to it.
        up_to: f64 [""],
        /// Unit of the bounds.
        unit: &'static str [""],
        /// Values in it.
        count: usize [""],
        /// Classes asked for; fewer are made when there are fewer distinct values.
        requested: usize [""],
        /// Goodness of variance fit of the classification; of the logarithms for `log-natural-breaks`.
        gvf: f64 ["1"],
        /// Absolute deviations around the class medians, in the unit of the bounds; of the logarithms for `log-natural-breaks`.
        adcm: f64 [""],
    }
}

record! {
    /// One fuel's carbon factor as used.
    FuelFactorRow = "fuel_factors" {
        /// Fuel id.
        fuel: String [""],
        /// Name of the fuel.
        name: String [""],
        /// Standard-coal coefficient S.
        standard_coal: Option<f64> ["kgce per kg or m3"],
        /// Carbon factor D.
        factor: f64 ["kg CO2 per kg or m3"],
        /// Factor by which a physical quantity is multiplied: D, or S·D under `as-published`.
        applied: f64 ["kg CO2 per kg or m3"],
        /// Where the factor comes from.
        source: String [""],
    }
}

record! {
    /// One assumption of the run.
    AssumptionRow = "assumptions" {
        /// Key of the scenario, or what is assumed.
        key: String [""],
        /// The value used.
        value: String [""],
        /// Where it comes from.
        source: String [""],
    }
}
