//! Natural-breaks classes of size per resident and of depth, and the quadrants of each year.

use icf_classify::{
    Classification, Placed, Quadrant, Scheme, classify as classify_by, quadrants, split_levels,
};
use icf_results::{BreakRow, QuadrantRow, RegionInfo};
use icf_scenario::{ClassMethod, Scenario, Split};
use icf_units::{Quantity, Year, YearRange};

use crate::accounts::Accounts;
use crate::space::Variable;

/// Names of five classes, lowest first, as the paper has them.
const LABELS: [&str; 5] = ["low", "relatively low", "medium", "relatively high", "high"];

/// The classes of a run.
pub(crate) struct Classes {
    size: Breaks,
    depth: Breaks,
    /// Quadrant by year place, then region.
    placed: Vec<Vec<Option<Placed>>>,
    years: YearRange,
    /// The bounds of the classes.
    pub(crate) rows: Vec<BreakRow>,
    /// The quadrants of each year.
    pub(crate) quadrants: Vec<QuadrantRow>,
}

/// Breaks of all years together, or of each year by itself.
enum Breaks {
    Pooled(Option<Classification>),
    Yearly(Vec<Option<Classification>>),
}

/// Finds the breaks over the history and sorts every year, projected ones too, by them.
pub(crate) fn classify(
    scenario: &Scenario,
    accounts: &Accounts,
    infos: &[RegionInfo],
    history: YearRange,
) -> Classes {
    let years = accounts.axes().years();
    let breaks = |variable: Variable| {
        let scheme = scheme(&scenario.classes, variable);
        Breaks::of(scenario, accounts, history, &scheme, |year| variable.column(accounts, year))
    };
    let (size, depth) = (breaks(Variable::Size), breaks(Variable::Depth));
    let named = |variable| method_name(method_of(&scenario.classes, variable));
    let mut rows = size.rows(Variable::Size.name(), Variable::Size.unit(), years, named(Variable::Size));
    rows.extend(depth.rows(Variable::Depth.name(), Variable::Depth.unit(), years, named(Variable::Depth)));
    if Variable::of(accounts).contains(&Variable::Emissions) {
        rows.extend(breaks(Variable::Emissions).rows(
            Variable::Emissions.name(),
            Variable::Emissions.unit(),
            years,
            named(Variable::Emissions),
        ));
    }
    let placed: Vec<_> =
        years.iter().map(|year| quadrants_of(scenario.quadrants.split, accounts, year)).collect();
    let quadrants = years
        .iter()
        .zip(&placed)
        .flat_map(|(year, placed)| quadrant_rows(scenario.quadrants.split, accounts, infos, year, placed))
        .collect();
    Classes { size, depth, placed, years, rows, quadrants }
}

/// The classes of what maps show beside the variables that have some already: the bounds, by year where each has its own.
pub(crate) fn of_maps(
    scenario: &Scenario,
    accounts: &Accounts,
    history: YearRange,
    known: &[BreakRow],
) -> Vec<BreakRow> {
    let is_new = |mapped: &&Mapped| known.iter().all(|row| row.variable != mapped.name);
    MAPPED.iter().filter(is_new).flat_map(|mapped| mapped.rows(scenario, accounts, history)).collect()
}

/// A figure of the regions that has classes for maps alone: no statistic is made of it.
struct Mapped {
    name: &'static str,
    unit: &'static str,
    value: fn(&Accounts, usize, Year) -> Option<f64>,
}

const MAPPED: [Mapped; 5] = [
    Mapped {
        name: "ice_tco2",
        unit: "t CO2",
        value: |accounts, region, year| accounts.ice_co2(region, year).map(Quantity::get),
    },
    Mapped {
        name: "icf_hm2",
        unit: "hm2",
        value: |accounts, region, year| Some(accounts.footprint.get(region, year)?.icf.get()),
    },
    Mapped {
        name: "cec_hm2",
        unit: "hm2",
        value: |accounts, region, year| Some(accounts.footprint.get(region, year)?.cec.get()),
    },
    Mapped {
        name: "balance_hm2",
        unit: "hm2",
        value: |accounts, region, year| {
            let footprint = accounts.footprint.get(region, year)?;
            Some(footprint.cec.get() - footprint.icf.get())
        },
    },
    Mapped {
        name: "icf_hm2_per_capita",
        unit: "hm2/person",
        value: |accounts, region, year| accounts.icf_per_capita(region, year).map(Quantity::get),
    },
];

impl Mapped {
    /// Natural breaks of all years of the history together, or of each year, as the scenario has it.
    fn rows(&self, scenario: &Scenario, accounts: &Accounts, history: YearRange) -> Vec<BreakRow> {
        let scheme = Scheme::NaturalBreaks { classes: scenario.classes.count };
        let column = |year: Year| {
            (0..accounts.axes().regions().len()).map(|region| (self.value)(accounts, region, year)).collect()
        };
        let breaks = Breaks::of(scenario, accounts, history, &scheme, column);
        let years = accounts.axes().years();
        breaks.rows(self.name, self.unit, years, method_name(ClassMethod::NaturalBreaks))
    }
}

/// Multiples of the standard deviation that make the five classes of `std-mean`.
const MULTIPLES: [f64; 4] = [-2.0, -1.0, 1.0, 2.0];

/// How a variable is classed.
fn method_of(classes: &icf_scenario::Classes, variable: Variable) -> ClassMethod {
    match (variable, classes.method) {
        (Variable::Depth, method) if method != ClassMethod::User => classes.depth_method,
        (_, method) => method,
    }
}

/// The scenario's method in the terms of the classification.
fn scheme(classes: &icf_scenario::Classes, variable: Variable) -> Scheme {
    let count = classes.count;
    match method_of(classes, variable) {
        ClassMethod::NaturalBreaks => Scheme::NaturalBreaks { classes: count },
        ClassMethod::LogNaturalBreaks => Scheme::LogNaturalBreaks { classes: count },
        ClassMethod::Quantile => Scheme::Quantile { classes: count },
        ClassMethod::EqualInterval => Scheme::EqualInterval { classes: count },
        ClassMethod::StdMean => Scheme::StandardDeviation { multiples: MULTIPLES.to_vec() },
        ClassMethod::HeadTail => Scheme::HeadTail,
        ClassMethod::User => Scheme::UserDefined {
            upper_bounds: classes
                .bounds
                .as_ref()
                .map(|bounds| match variable {
                    Variable::Size => bounds.size.clone(),
                    Variable::Depth => bounds.depth.clone(),
                    // The scenario gives bounds of the footprint alone.
                    Variable::Emissions => vec![],
                })
                .unwrap_or_default(),
        },
    }
}

/// The method as the scenario names it.
fn method_name(method: ClassMethod) -> &'static str {
    match method {
        ClassMethod::NaturalBreaks => "natural-breaks",
        ClassMethod::LogNaturalBreaks => "log-natural-breaks",
        ClassMethod::Quantile => "quantile",
        ClassMethod::EqualInterval => "equal-interval",
        ClassMethod::StdMean => "std-mean",
        ClassMethod::HeadTail => "head-tail",
        ClassMethod::User => "user",
    }
}

fn split_of(split: Split) -> icf_classify::Split {
    match split {
        Split::Mean => icf_classify::Split::Mean,
        Split::Median => icf_classify::Split::Median,
        Split::Given { size, depth } => icf_classify::Split::Given { size, depth },
    }
}

/// The quadrant of each region in a year.
pub(crate) fn quadrants_of(split: Split, accounts: &Accounts, year: Year) -> Vec<Option<Placed>> {
    let (size, depth) = (Variable::Size.column(accounts, year), Variable::Depth.column(accounts, year));
    quadrants(&size, &depth, split_of(split))
}

/// The four quadrants of a year; none when no region can be placed.
fn quadrant_rows(
    split: Split,
    accounts: &Accounts,
    infos: &[RegionInfo],
    year: Year,
    placed: &[Option<Placed>],
) -> Vec<QuadrantRow> {
    let (size, depth) = (Variable::Size.column(accounts, year), Variable::Depth.column(accounts, year));
    let Some((size_split, depth_split)) = split_levels(&size, &depth, split_of(split)) else { return vec![] };
    let names = |quadrant: Quadrant, which: fn(&Placed) -> bool| {
        let members: Vec<&str> = infos
            .iter()
            .zip(placed)
            .filter(|(_, placed)| placed.is_some_and(|placed| placed.quadrant == quadrant && which(&placed)))
            .map(|(info, _)| info.name.as_str())
            .collect();
        (members.len(), members.join(", "))
    };
    Quadrant::ALL
        .into_iter()
        .map(|quadrant| {
            let (regions, members) = names(quadrant, |_| true);
            QuadrantRow {
                year,
                quadrant: quadrant.as_str(),
                zone: quadrant.zone(),
                strategy: quadrant.strategy(),
                size_split,
                depth_split,
                regions,
                members,
                on_split: names(quadrant, |placed| placed.on_split).1,
            }
        })
        .collect()
}

impl Classes {
    /// The quadrant of a region in a year.
    pub(crate) fn quadrant(&self, region: usize, year: Year) -> Option<Quadrant> {
        Some(self.placed[self.years.index(year)?][region]?.quadrant)
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

    /// Breaks of a figure, of which `column` gives a value a region.
    fn of(
        scenario: &Scenario,
        accounts: &Accounts,
        history: YearRange,
        scheme: &Scheme,
        column: impl Fn(Year) -> Vec<Option<f64>>,
    ) -> Self {
        let breaks = |years: &mut dyn Iterator<Item = Year>| {
            let values: Vec<f64> = years.flat_map(&column).flatten().collect();
            classify_by(&values, scheme).ok()
        };
        if scenario.classes.pooled {
            Self::Pooled(breaks(&mut history.iter()))
        } else {
            let years = accounts.axes().years();
            Self::Yearly(years.iter().map(|year| breaks(&mut std::iter::once(year))).collect())
        }
    }

    /// The bounds as rows, by year where each has its own.
    fn rows(
        &self,
        variable: &'static str,
        unit: &'static str,
        years: YearRange,
        method: &'static str,
    ) -> Vec<BreakRow> {
        match self {
            Self::Pooled(classification) => classification
                .iter()
                .flat_map(|found| bounds(found, (variable, unit), None, method))
                .collect(),
            Self::Yearly(all) => all
                .iter()
                .zip(years.iter())
                .filter_map(|(found, year)| Some((found.as_ref()?, year)))
                .flat_map(|(found, year)| bounds(found, (variable, unit), Some(year), method))
                .collect(),
        }
    }
}

/// One row a class.
fn bounds(
    classification: &Classification,
    (variable, unit): (&'static str, &'static str),
    year: Option<Year>,
    method: &'static str,
) -> Vec<BreakRow> {
    let bounds = classification.upper_bounds();
    let mut above = None;
    bounds
        .iter()
        .zip(classification.counts())
        .enumerate()
        .map(|(place, (&up_to, &count))| BreakRow {
            variable,
            year,
            method,
            class: place + 1,
            label: if bounds.len() == LABELS.len() { LABELS[place] } else { "" },
            above: above.replace(up_to),
            up_to,
            unit,
            count,
            requested: classification.requested(),
            gvf: classification.gvf(),
            adcm: classification.adcm(),
        })
        .collect()
}
