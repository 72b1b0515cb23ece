//! What would just keep a threshold uncrossed, with the names that people know.

use icf_units::Year;
use serde::{Deserialize, Serialize};

use crate::{Basis, RegionInfo, SolutionRow};

/// An answer to one question of the scenario for the nation, a group or a region; see the table `solutions`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Solution {
    /// Number of the question in the scenario, from 1.
    pub question: usize,
    /// Threshold name.
    pub threshold: String,
    /// `nation`, `group` or `region`.
    pub scope: String,
    /// Name of the nation, group or region.
    pub name: String,
    /// Last year in which the threshold is not to be crossed.
    pub until: Year,
    /// What is turned.
    pub by: String,
    /// `keep` or `return`.
    pub goal: String,
    /// `found`, `any`, `none`, `not monotone` or `not known`.
    pub outcome: String,
    /// The value, or the best that was met.
    pub value: Option<f64>,
    /// Unit of the value and of `now`.
    pub unit: String,
    /// What the scenario has.
    pub now: Option<f64>,
    /// Share of the draws that is to keep clear of the threshold; missing without draws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// Share of the draws that does at the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<f64>,
    /// Year in which the trajectory comes nearest to the level.
    pub binding_year: Option<Year>,
    /// Level minus trajectory in that year.
    pub margin: Option<f64>,
    /// Unit of the margin.
    pub margin_unit: String,
    /// First projected year in which the scenario as it stands crosses it.
    pub first_year: Option<Year>,
    /// The most that may be emitted until then.
    pub budget: Option<f64>,
    /// What the scenario emits until then.
    pub planned: Option<f64>,
    /// Unit of budget and plan.
    pub mass_unit: String,
    /// What the reader should know.
    pub note: String,
}

impl Solution {
    /// A row of the table with the name of its region.
    #[must_use]
    pub fn of(row: &SolutionRow, infos: &[RegionInfo], basis: Basis) -> Self {
        let info = infos.iter().find(|info| row.scope == "region" && info.id.as_str() == row.region);
        Self {
            question: row.question,
            threshold: row.threshold.clone(),
            scope: row.scope.to_owned(),
            name: info.map_or_else(|| row.region.clone(), |info| info.name.clone()),
            until: row.until,
            by: row.by.clone(),
            goal: row.goal.to_owned(),
            outcome: row.outcome.to_owned(),
            value: row.value,
            unit: row.unit.clone(),
            now: row.now,
            probability: row.probability,
            kept: row.kept,
            binding_year: row.binding_year,
            margin: row.margin,
            margin_unit: row.margin_unit.clone(),
            first_year: row.first_year,
            budget: row.budget_t.map(|mass| mass.get()),
            planned: row.planned_t.map(|mass| mass.get()),
            mass_unit: basis.unit().to_owned(),
            note: row.note.clone(),
        }
    }
}
