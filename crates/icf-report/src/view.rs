//! The results with the look-ups that drawings and page need.

use std::collections::BTreeMap;

use icf_results::{BreakRow, LisaRow, NationRow, RegionInfo, RegionRow, RunResults};
use icf_units::Year;

use crate::atlas::Atlas;
use crate::number::{Scaled, with_unit};
use crate::page::said;
use crate::variable::Variable;
use crate::{Language, ReportError};

/// The English names of regions with the Chinese ones, of those that have any.
pub(crate) fn chinese_names(results: &RunResults) -> BTreeMap<&str, &str> {
    let named = results.regions_info.iter().filter(|info| !info.name_zh.is_empty());
    named.map(|info| (info.name.as_str(), info.name_zh.as_str())).collect()
}

/// What each threshold is of, as the scenario says it.
fn kinds(results: &RunResults) -> BTreeMap<&str, &str> {
    let value = |key: &str| results.keys.iter().find(|(of, _)| of == key).map(|(_, value)| value.as_str());
    let of = |place: usize| {
        Some((value(&format!("thresholds[{place}].name"))?, value(&format!("thresholds[{place}].kind"))?))
    };
    (0..).map_while(of).collect()
}

/// The results of a run, indexed.
pub(crate) struct View<'a> {
    pub(crate) results: &'a RunResults,
    pub(crate) language: Language,
    pub(crate) atlas: Atlas,
    infos: BTreeMap<&'a str, &'a RegionInfo>,
    /// English names of regions with the Chinese ones.
    chinese: BTreeMap<&'a str, &'a str>,
    /// What each threshold is of, by its name.
    kinds: BTreeMap<&'a str, &'a str>,
    rows: BTreeMap<(&'a str, Year), &'a RegionRow>,
    lisa: BTreeMap<(&'a str, Year, &'a str), &'a LisaRow>,
}

impl<'a> View<'a> {
    pub(crate) fn new(results: &'a RunResults, language: Language) -> Result<Self, ReportError> {
        let infos = results.regions_info.iter().map(|info| (info.id.as_str(), info)).collect();
        let rows = results.regions.iter().map(|row| ((row.region.as_str(), row.year), row)).collect();
        let lisa =
            results.lisa.iter().map(|row| ((row.variable, row.year, row.region.as_str()), row)).collect();
        let chinese = chinese_names(results);
        let atlas = Atlas::new(results)?;
        Ok(Self { results, language, atlas, infos, chinese, kinds: kinds(results), rows, lisa })
    }

    /// What the program says in a cell, in the reader's language.
    pub(crate) fn said(&self, text: &str) -> String {
        said(text, self.language, &self.chinese)
    }

    /// The name of a threshold, in Chinese after what it is of.
    pub(crate) fn threshold(&self, name: &str) -> String {
        let kind = match self.kinds.get(name).copied() {
            Some("emissions") => "排放阈值",
            Some("capacity") => "承载力阈值",
            Some("depth") => "深度阈值",
            Some("icf-per-capita") => "人均足迹阈值",
            Some("size-per-capita") => "人均广度阈值",
            _ => "",
        };
        match self.language {
            Language::Chinese if !kind.is_empty() => format!("{kind} {name}"),
            _ => name.to_owned(),
        }
    }

    pub(crate) fn regions(&self) -> &'a [RegionInfo] {
        &self.results.regions_info
    }

    /// The region with an id.
    pub(crate) fn info(&self, region: &str) -> Option<&'a RegionInfo> {
        self.infos.get(region).copied()
    }

    /// The name of a region, or its id where it has none.
    pub(crate) fn name(&self, region: &'a str) -> &'a str {
        self.info(region).map_or(region, |info| self.called(info))
    }

    /// The name of a region in the reader's language, as far as the data set has one.
    pub(crate) fn called<'b>(&self, info: &'b RegionInfo) -> &'b str {
        match self.language {
            Language::Chinese if !info.name_zh.is_empty() => &info.name_zh,
            _ => &info.name,
        }
    }

    /// The name of a region in the other language, with that language; empty where the data set has none.
    pub(crate) fn also_called<'b>(&self, info: &'b RegionInfo) -> (&'b str, Language) {
        match self.language {
            Language::Chinese if !info.name_zh.is_empty() => (&info.name, Language::English),
            Language::Chinese => ("", Language::English),
            Language::English => (&info.name_zh, Language::Chinese),
        }
    }

    pub(crate) fn row(&self, region: &str, year: Year) -> Option<&'a RegionRow> {
        self.rows.get(&(region, year)).copied()
    }

    pub(crate) fn lisa(&self, variable: Variable, year: Year, region: &str) -> Option<&'a LisaRow> {
        self.lisa.get(&(variable.key(), year, region)).copied()
    }

    /// The classes of a variable that hold in a year: those of all years together, or that year's own.
    pub(crate) fn breaks(&self, variable: Variable, year: Year) -> Vec<&'a BreakRow> {
        let holds = |row: &&BreakRow| row.variable == variable.key() && row.year.is_none_or(|of| of == year);
        self.results.classes.iter().filter(holds).collect()
    }

    /// The class of a region in the year of its row. Emissions have theirs in the table of classes alone.
    pub(crate) fn class(&self, variable: Variable, row: &RegionRow) -> Option<usize> {
        match variable {
            Variable::Size => row.size_class,
            Variable::Depth => row.depth_class,
            Variable::Emissions => {
                let value = variable.value(row)?;
                let classes = self.breaks(variable, row.year);
                let class = classes.iter().find(|class| value <= class.up_to).or(classes.last())?;
                Some(class.class)
            }
        }
    }

    /// What the run looked at in space: size and depth, unless it had to take emissions.
    pub(crate) fn variables(&self) -> Vec<Variable> {
        let is_there =
            |variable: Variable| self.results.moran.iter().any(|row| row.variable == variable.key());
        match is_there(Variable::Emissions) {
            true => Variable::ALL.into_iter().filter(|variable| is_there(*variable)).collect(),
            false => vec![Variable::Size, Variable::Depth],
        }
    }

    /// The first and the last year with local statistics of a variable.
    pub(crate) fn lisa_years(&self, variable: Variable) -> Option<(Year, Year)> {
        let years =
            || self.results.lisa.iter().filter(|row| row.variable == variable.key()).map(|row| row.year);
        years().min().zip(years().max())
    }

    pub(crate) fn nation(&self, year: Year) -> Option<&'a NationRow> {
        self.results.nation.iter().find(|row| row.year == year)
    }

    /// The last year of the history.
    pub(crate) fn last(&self) -> Year {
        self.results.history.last()
    }

    /// Whether the run looks beyond its history.
    pub(crate) fn has_draws(&self) -> bool {
        !self.results.ensemble.is_empty()
    }

    /// The years of which errors of what goes in were drawn.
    pub(crate) fn years_with_draws(&self) -> Vec<Year> {
        let mut years: Vec<Year> = self.results.moran_ensemble.iter().map(|row| row.year).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// Whether years beyond the history are in the run.
    pub(crate) fn projects(&self) -> bool {
        self.results.horizon > self.last()
    }

    /// Every year of history and projection.
    pub(crate) fn years(&self) -> Vec<Year> {
        (self.results.history.first().get()..=self.results.horizon.max(self.last()).get())
            .map(Year::new)
            .collect()
    }

    /// The footprint balance of a region, CEC − ICF in hm²: positive is surplus.
    pub(crate) fn balance(&self, region: &str, year: Year) -> Option<f64> {
        let row = self.row(region, year)?;
        Some(row.cec_hm2?.get() - row.icf_hm2?.get())
    }

    /// A unit for masses of this run, fit for the largest of them in t.
    pub(crate) fn tonnes(&self, largest: f64) -> Scaled {
        Scaled::of_basis(largest, self.results.basis == icf_results::Basis::Carbon, self.language)
    }

    /// A unit for areas, fit for the largest of them in hm².
    pub(crate) fn hectares(&self, largest: f64) -> Scaled {
        Scaled::hectares(largest, self.language)
    }

    /// A value with a unit as the tables write it.
    pub(crate) fn with_unit(&self, value: f64, unit: &str) -> String {
        with_unit(value, unit, self.language)
    }
}
