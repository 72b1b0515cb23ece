//! Fuels to industrial carbon emissions.

use icf_diagnostics::Diagnostics;
use icf_footprint::{Convention, Footing, Formula, FuelUse, emissions};
use icf_ingest::{Dataset, Fuel, Hampel, Observed, fill, hampel};
use icf_results::FuelFactorRow;
use icf_scenario::{Accounting, FuelSet, MassBasis, NonEnergy};
use icf_units::{CarbonFactor, FuelQuantity, Panel, Quantity, Tonnes, TonnesCo2, YearRange};

use crate::accounts::Settings;
use crate::dataset::Selection;
use crate::ledger::Ledger;

/// Emissions, and the factors behind them.
pub(crate) struct Energy {
    pub(crate) emissions: Panel<TonnesCo2>,
    /// The fuels in standard coal; `None` when one of them has no coefficient.
    pub(crate) standard_coal: Option<Panel<Tonnes>>,
    /// The factors, and in the same order the emissions of each fuel.
    pub(crate) factors: Vec<FuelFactorRow>,
    pub(crate) by_fuel: Vec<Panel<TonnesCo2>>,
    /// Fuels of the set that stay out because some year has no figure of them at all.
    pub(crate) left_out: Vec<String>,
}

/// Where the carbon factors come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Factors {
    /// From the sources of the fuel set.
    OfSet,
    /// From the CEADs inventories alone.
    Ceads,
}

/// A fuel with the factor it is multiplied by.
struct Plan<'a> {
    fuel: &'a Fuel,
    standard_coal: Option<f64>,
    factor: CarbonFactor,
    applied: CarbonFactor,
    source: &'static str,
}

/// Computes the emissions of every region and year of the selection.
///
/// A region and year in which any fuel of the set is unknown has no emissions: a partial sum would pass for a
/// whole one. A data set with energy and emissions is one with energy: the factors are the scenario's then.
pub(crate) fn compute(
    dataset: &Dataset,
    selection: &Selection,
    settings: &Settings<'_>,
    ledger: &mut Ledger<'_>,
) -> Result<Energy, Diagnostics> {
    if let Some(given) = dataset.emissions.as_ref().filter(|_| dataset.energy.is_empty()) {
        return as_given(given, dataset, selection, settings, ledger);
    }
    let (plans, left_out) = plans(dataset, settings, selection.axes.years())?;
    let amounts: Vec<Panel<FuelQuantity>> = plans
        .iter()
        .map(|plan| {
            let consumed = consumption(dataset, selection, settings, plan.fuel, ledger);
            match settings.non_energy {
                NonEnergy::Include => consumed,
                NonEnergy::Exclude => without_feedstock(dataset, selection, plan.fuel, &consumed, ledger),
            }
        })
        .collect();
    let all = Panel::from_fn(&selection.axes, |region, year| {
        let fuels: Option<Vec<FuelUse>> = plans
            .iter()
            .zip(&amounts)
            .map(|(plan, amounts)| {
                Some(FuelUse { quantity: amounts.get(region, year)?, factor: plan.applied })
            })
            .collect();
        Some(emissions(fuels?))
    });
    let by_fuel = plans
        .iter()
        .zip(&amounts)
        .map(|(plan, amounts)| {
            amounts.map(|quantity| emissions([FuelUse { quantity, factor: plan.applied }]))
        })
        .collect();
    let factors = plans
        .iter()
        .map(|plan| FuelFactorRow {
            fuel: plan.fuel.id.clone(),
            name: plan.fuel.name.clone(),
            standard_coal: plan.standard_coal,
            factor: plan.factor.get(),
            applied: plan.applied.get(),
            source: plan.source.to_owned(),
        })
        .collect();
    let standard_coal = standard_coal(&plans, &amounts, selection);
    Ok(Energy { emissions: all, standard_coal, factors, by_fuel, left_out })
}

/// Σ Q·S of every region and year, in t; `None` when a fuel has no S.
fn standard_coal(
    plans: &[Plan<'_>],
    amounts: &[Panel<FuelQuantity>],
    selection: &Selection,
) -> Option<Panel<Tonnes>> {
    let coefficients: Vec<f64> = plans.iter().map(|plan| plan.standard_coal).collect::<Option<_>>()?;
    Some(Panel::from_fn(&selection.axes, |region, year| {
        let fuels = coefficients.iter().zip(amounts);
        let kilograms: Option<Vec<f64>> = fuels
            .map(|(coefficient, amounts)| Some(coefficient * amounts.get(region, year)?.get()))
            .collect();
        Some(Tonnes::new(kilograms?.iter().sum::<f64>() / 1e3))
    }))
}

/// The fuels of the set with their factors, and those left out.
///
/// # Errors
/// When fuels of the set have no factor, or there is no fuel: no fuel is not the same as no emissions.
fn plans<'a>(
    dataset: &'a Dataset,
    settings: &Settings<'_>,
    years: YearRange,
) -> Result<(Vec<Plan<'a>>, Vec<String>), Diagnostics> {
    let mut left_out = Vec::new();
    let mut plans = Vec::new();
    let mut mistakes = Diagnostics::default();
    let mut mistake = |code, message: String, hint: String| {
        mistakes.push(settings.loaded.diagnose("accounting.fuels", code, message).hint(hint));
    };
    for fuel in &dataset.fuels {
        let wanted = match settings.fuels {
            FuelSet::Paper8 => fuel.paper_s.is_some() && fuel.paper_d.is_some(),
            FuelSet::All => {
                let complete = has_every_year(dataset, fuel, years);
                if !complete {
                    left_out.push(fuel.id.clone());
                }
                complete
            }
            FuelSet::List(names) => names.contains(&fuel.id),
        };
        if !wanted {
            continue;
        }
        let standard_coal = match settings.fuels {
            FuelSet::Paper8 => fuel.paper_s,
            FuelSet::All | FuelSet::List(_) => fuel.standard_coal,
        };
        let hint = |column: &str| format!("give it `{column}` in the table of fuels, or leave the fuel out");
        let Some((factor, source)) = carbon_factor(fuel, settings) else {
            let (which, column) = match settings.factors {
                Factors::OfSet => ("carbon factor", "gbt_factor"),
                Factors::Ceads => ("factor of CEADs", "ceads_factor"),
            };
            mistake("no-factor", format!("fuel `{}` has no {which}", fuel.id), hint(column));
            continue;
        };
        let Some(applied) = settings.convention.factor(standard_coal, factor) else {
            let message = format!("fuel `{}` has no standard-coal coefficient, which Q·S·D needs", fuel.id);
            mistake("no-factor", message, hint("standard_coal"));
            continue;
        };
        plans.push(Plan { fuel, standard_coal, factor, applied, source });
    }
    if plans.is_empty() && !mistakes.has_errors() {
        let (why, hint) = match settings.fuels {
            FuelSet::Paper8 => {
                ("no fuel of the data set has `paper_s` and `paper_d`", "name fuels, or write `all`")
            }
            FuelSet::All | FuelSet::List(_) => {
                ("no fuel has a figure in every year", "name fuels, or shorten `years`")
            }
        };
        let mistake = settings.loaded.diagnose("accounting.fuels", "no-fuel", why.to_owned());
        mistakes.push(mistake.hint(hint));
    }
    if mistakes.has_errors() { Err(mistakes) } else { Ok((plans, left_out)) }
}

/// Whether some region has a figure of the fuel in each year.
fn has_every_year(dataset: &Dataset, fuel: &Fuel, years: YearRange) -> bool {
    dataset
        .energy
        .get(&fuel.id)
        .is_some_and(|panel| years.iter().all(|year| panel.column(year).iter().any(Option::is_some)))
}

/// The carbon factor D of a fuel, with its source.
fn carbon_factor(fuel: &Fuel, settings: &Settings<'_>) -> Option<(CarbonFactor, &'static str)> {
    const PAPER: &str = "the paper, section 1.2.1";
    let gbt =
        fuel.gbt_factor.map(|factor| (factor, "GB/T 32151.22: heat value × carbon × oxidation × 44/12"));
    let paper = fuel.paper_d.map(|factor| (factor, PAPER));
    let ceads = fuel.ceads_factor.map(|factor| (factor, "implied by the CEADs inventories"));
    match (settings.factors, settings.fuels) {
        (Factors::Ceads, _) => ceads,
        (Factors::OfSet, FuelSet::Paper8) => paper,
        (Factors::OfSet, FuelSet::All | FuelSet::List(_)) => gbt.or(paper).or(ceads),
    }
}

/// The consumption of a fuel in the selection, gaps filled by the policy, each doubtful cell noted.
fn consumption(
    dataset: &Dataset,
    selection: &Selection,
    settings: &Settings<'_>,
    fuel: &Fuel,
    ledger: &mut Ledger<'_>,
) -> Panel<FuelQuantity> {
    let panel = dataset.energy.get(&fuel.id);
    series("energy", &fuel.id, panel, dataset.emission_years, selection, settings, ledger)
}

/// A panel of the data set in the selection, gaps filled by the policy, each doubtful cell noted.
fn series<Q: Quantity>(
    table: &'static str,
    item: &str,
    panel: Option<&Panel<Observed<Q>>>,
    known: YearRange,
    selection: &Selection,
    settings: &Settings<'_>,
    ledger: &mut Ledger<'_>,
) -> Panel<Q> {
    let years = selection.axes.years();
    let given = Panel::from_fn(&selection.axes.with_years(known), |region, year| {
        panel.and_then(|panel| panel.get(selection.rows[region], year))
    });
    let (full, filled) = fill(&given, years, settings.gap_policy);
    for cell in &filled {
        let action = match cell.to {
            Some(to) => format!("filled on the line from {} to {to}", cell.from),
            None => format!("filled with the figure of {}", cell.from),
        };
        ledger.note(table, cell.region, cell.year, item, "missing", action);
    }
    for region in 0..selection.rows.len() {
        for year in years.iter().filter(|year| full.get(region, *year).is_none()) {
            ledger.note(table, region, year, item, "missing", "left missing");
        }
    }
    if let Some(panel) = panel {
        ledger.note_doubtful(table, item, panel, selection, years.iter());
    }
    if let Some(rule) = settings.outliers {
        for (region, year) in hampel(&given, rule) {
            if years.contains(year) {
                ledger.note(table, region, year, item, "outlier", "kept");
            }
        }
    }
    full.map(|figure| figure.value)
}

/// Emissions as the data set gives them. What asks for fuels cannot be had of them.
fn as_given(
    given: &Panel<Observed<TonnesCo2>>,
    dataset: &Dataset,
    selection: &Selection,
    settings: &Settings<'_>,
    ledger: &mut Ledger<'_>,
) -> Result<Energy, Diagnostics> {
    let mut mistakes = Diagnostics::default();
    let hint = "add the tables `fuels` and `energy`, or write";
    let mut mistake = |key: &str, message: &str, instead: &str| {
        let mistake = settings.loaded.diagnose(key, "no-fuels", message.to_owned());
        mistakes.push(mistake.hint(format!("{hint} `{instead}`")));
    };
    if settings.convention.formula == Formula::HeatTwice {
        let (key, message, instead) = match settings.loaded.scenario().accounting.formula {
            None => (
                "accounting.preset",
                "`as-published` needs fuels, and the data set gives emissions alone",
                "coherent",
            ),
            Some(_) => {
                ("accounting.formula", "`q-s-d` needs fuels, and the data set gives emissions alone", "q-d")
            }
        };
        mistake(key, message, instead);
    }
    if settings.factors == Factors::Ceads {
        let message = "`ceads` needs fuels, and the data set gives emissions alone";
        mistake("accounting.formula", message, "q-d");
    }
    if settings.non_energy == NonEnergy::Exclude {
        let message = "feedstock can be taken out of fuels only, and the data set gives emissions alone";
        mistake("accounting.non_energy", message, "include");
    }
    let emissions =
        series("emissions", "CO2", Some(given), dataset.emission_years, selection, settings, ledger);
    let energy =
        Energy { emissions, standard_coal: None, factors: vec![], by_fuel: vec![], left_out: vec![] };
    if mistakes.has_errors() { Err(mistakes) } else { Ok(energy) }
}

/// What is left of a fuel when feedstock is taken out. Where nobody knows the feedstock it stays in, and the series
/// has a step: each such cell is noted.
fn without_feedstock(
    dataset: &Dataset,
    selection: &Selection,
    fuel: &Fuel,
    consumed: &Panel<FuelQuantity>,
    ledger: &mut Ledger<'_>,
) -> Panel<FuelQuantity> {
    const TABLE: &str = "non_energy";
    Panel::from_fn(&selection.axes, |region, year| {
        let consumed = consumed.get(region, year)?;
        let known =
            dataset.non_energy.get(&fuel.id).and_then(|panel| panel.get(selection.rows[region], year));
        let Some(feedstock) = known else {
            ledger.note(TABLE, region, year, &fuel.id, "missing", "feedstock left in");
            return Some(consumed);
        };
        if feedstock.value > consumed {
            ledger.note(
                TABLE,
                region,
                year,
                &fuel.id,
                "suspect",
                "more feedstock than consumption: set to 0",
            );
        }
        Some((consumed - feedstock.value).max(FuelQuantity::ZERO))
    })
}

/// The scenario's outlier rule in the terms of the ingestion.
pub(crate) fn outlier_rule(rule: &icf_scenario::OutlierRule) -> Option<Hampel> {
    match *rule {
        icf_scenario::OutlierRule::None => None,
        icf_scenario::OutlierRule::Hampel { window, threshold, min_ratio } => {
            Some(Hampel { window: window as usize, threshold, min_ratio })
        }
    }
}

/// The scenario's gap policy in the terms of the ingestion.
pub(crate) fn gap_policy(policy: icf_scenario::GapPolicy) -> icf_ingest::GapPolicy {
    match policy {
        icf_scenario::GapPolicy::None => icf_ingest::GapPolicy::None,
        icf_scenario::GapPolicy::Linear => icf_ingest::GapPolicy::Linear,
        icf_scenario::GapPolicy::Nearest => icf_ingest::GapPolicy::Nearest,
    }
}

/// The scenario's accounting in the terms of the model.
pub(crate) fn convention(accounting: &Accounting) -> Convention {
    Convention {
        formula: match accounting.formula() {
            icf_scenario::Formula::Physical | icf_scenario::Formula::Ceads => Formula::Physical,
            icf_scenario::Formula::HeatTwice => Formula::HeatTwice,
        },
        footing: match accounting.basis() {
            MassBasis::Carbon => Footing::Carbon,
            MassBasis::AsPrinted => Footing::AsPrinted,
        },
    }
}

/// Where the scenario takes its carbon factors from.
pub(crate) fn factors(accounting: &Accounting) -> Factors {
    match accounting.formula() {
        icf_scenario::Formula::Physical | icf_scenario::Formula::HeatTwice => Factors::OfSet,
        icf_scenario::Formula::Ceads => Factors::Ceads,
    }
}
