//! Natural-breaks classes of size per resident and of depth, and the quadrants of each year.

use icf_classify::{Classification, natural_breaks, quadrants};
use icf_results::BreakRow;
use icf_scenario::{Scenario, Split};
use icf_units::{Year, YearRange};

use crate::accounts::Accounts;
use crate::space::Variable;

/// Names of five classes, lowest first, as the paper has them.
const LABELS: [&str; 5] = ["low", "relatively low", "medium", "relatively high", "high"];

/// The classes of a run.
pub(crate) struct Classes {
    size: Breaks,
    depth: Breaks,
    /// Quadrant and zone by year place, then region.
    quadrants: Vec<Vec<Option<(&'static str, &'static str)>>>,
    years: YearRange,
    pub(crate) rows: Vec<BreakRow>,
}

/// Breaks of all years together, or of each year by itself.
enum Breaks {
    Pooled(Option<Classification>),
    Yearly(Vec<Option<Classification>>),
}

/// Finds the breaks over the history and sorts every year, projected ones too, by them.
pub(crate) fn classify(scenario: &Scenario, accounts: &Accounts, history: YearRange) -> Classes {
    let years = accounts.axes().years();
    let count = scenario.classes.count;
    let breaks = |variable: Variable| {
        let values = |years: &mut dyn Iterator<Item = Year>| {
            let values: Vec<f64> = years.flat_map(|year| variable.column(accounts, year)).flatten().collect();
            natural_breaks(&values, count).ok()
        };
        if scenario.classes.pooled {
            Breaks::Pooled(values(&mut history.iter()))
        } else {
            Breaks::Yearly(years.iter().map(|year| values(&mut std::iter::once(year))).collect())
        }
    };
    let (size, depth) = (breaks(Variable::Size), breaks(Variable::Depth));
    let mut rows = size.rows(Variable::Size);
    rows.extend(depth.rows(Variable::Depth));
    let quadrants = years.iter().map(|year| quadrants_of(scenario.quadrants.split, accounts, year)).collect();
    Classes { size, depth, quadrants, years, rows }
}

/// Quadrant and zone of each region in a year.
pub(crate) fn quadrants_of(
    split: Split,
    accounts: &Accounts,
    year: Year,
) -> Vec<Option<(&'static str, &'static str)>> {
    let split = match split {
        Split::Mean => icf_classify::Split::Mean,
        Split::Median => icf_classify::Split::Median,
        Split::Given { size, depth } => icf_classify::Split::Given { size, depth },
    };
    quadrants(&Variable::Size.column(accounts, year), &Variable::Depth.column(accounts, year), split)
        .into_iter()
        .map(|placed| placed.map(|placed| (placed.quadrant.as_str(), placed.quadrant.zone())))
        .collect()
}

impl Classes {
    /// Quadrant and zone of a region in a year.
    pub(crate) fn quadrant(&self, region: usize, year: Year) -> Option<(&'static str, &'static str)> {
        self.quadrants[self.years.index(year)?][region]
    }

    /// Class of a region's size per resident in a year.
    pub(crate) fn size_class(&self, accounts: &Accounts, region: usize, year: Year) -> Option<usize> {
        self.size.class(accounts.size_per_capita(region, year)?.get(), self.years.index(year)?)
    }

    /// Class of a region's depth in a year.
    pub(crate) fn depth_class(&self, accounts: &Accounts, region: usize, year: Year) -> Option<usize> {
        self.depth.class(accounts.depth(region, year)?.get(), self.years.index(year)?)
    }
}

impl Breaks {
    fn class(&self, value: f64, year: usize) -> Option<usize> {
        let classification = match self {
            Self::Pooled(classification) => classification.as_ref(),
            Self::Yearly(all) => all[year].as_ref(),
        };
        classification.map(|classification| classification.class_of(value))
    }

    /// The bounds as rows; those of single years are in no table.
    fn rows(&self, variable: Variable) -> Vec<BreakRow> {
        let Self::Pooled(Some(classification)) = self else { return vec![] };
        let bounds = classification.upper_bounds();
        let mut above = None;
        bounds
            .iter()
            .zip(classification.counts())
            .enumerate()
            .map(|(place, (&up_to, &count))| BreakRow {
                variable: variable.name(),
                class: place + 1,
                label: if bounds.len() == LABELS.len() { LABELS[place] } else { "" },
                above: above.replace(up_to),
                up_to,
                unit: variable.unit(),
                count,
                gvf: classification.gvf(),
            })
            .collect()
    }
}
