//! The accounts of a run: emissions, sink and footprint of each region and year, history and projection.

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_footprint::{Convention, Footprint, GroupFootprint, mean_uptake};
use icf_ingest::{Dataset, EquivalenceTable, GapPolicy, Hampel};
use icf_results::{DataQualityRow, FuelFactorRow, RegionInfo};
use icf_scenario::{FuelSet, Land, Loaded, NonEnergy};
use icf_units::{
    Axes, HectaresPerPerson, Panel, Persons, Ratio, Tonnes, TonnesCarbon, TonnesCo2, TonnesPerHectare, Year,
};

use crate::dataset::Selection;
use crate::energy::{self, Factors};
use crate::land;
use crate::ledger::Ledger;

/// What decides the accounts of the history.
pub(crate) struct Settings<'a> {
    /// The scenario, for the place of a mistake.
    pub(crate) loaded: &'a Loaded,
    pub(crate) convention: Convention,
    pub(crate) factors: Factors,
    pub(crate) fuels: &'a FuelSet,
    pub(crate) non_energy: NonEnergy,
    pub(crate) land: &'a Land,
    pub(crate) equivalence: &'a EquivalenceTable,
    pub(crate) gap_policy: GapPolicy,
    pub(crate) outliers: Option<Hampel>,
}

impl<'a> Settings<'a> {
    /// What the scenario says.
    pub(crate) fn of(loaded: &'a Loaded, equivalence: &'a EquivalenceTable) -> Self {
        let scenario = loaded.scenario();
        Self {
            loaded,
            convention: energy::convention(&scenario.accounting),
            factors: energy::factors(&scenario.accounting),
            fuels: &scenario.accounting.fuels,
            non_energy: scenario.accounting.non_energy,
            land: &scenario.land,
            equivalence,
            gap_policy: energy::gap_policy(scenario.gaps.policy),
            outliers: energy::outlier_rule(&scenario.gaps.outliers),
        }
    }
}

/// The accounts of the history, with the figures' caveats.
pub(crate) struct History {
    pub(crate) accounts: Accounts,
    /// The fuels in standard coal; `None` where they have no coefficients.
    pub(crate) energy: Option<Panel<Tonnes>>,
    pub(crate) factors: Vec<FuelFactorRow>,
    /// Emissions of each fuel, in the order of the factors.
    pub(crate) by_fuel: Vec<Panel<TonnesCo2>>,
    pub(crate) quality: Vec<DataQualityRow>,
    pub(crate) left_out: Vec<String>,
}

/// Emissions, sink, population and what follows from them, over any years.
pub(crate) struct Accounts {
    pub(crate) convention: Convention,
    pub(crate) eta: TonnesPerHectare,
    /// Emissions on the basis on which they meet the sink.
    pub(crate) ice: Panel<TonnesCarbon>,
    pub(crate) cs: Panel<TonnesCarbon>,
    pub(crate) population: Panel<Persons>,
    pub(crate) footprint: Panel<Footprint>,
}

/// Computes the accounts of the history.
pub(crate) fn history(
    dataset: &Dataset,
    selection: &Selection,
    settings: &Settings<'_>,
) -> Result<History, Diagnostics> {
    let population = population(dataset, selection)?;
    let mut ledger = Ledger::of(selection);
    let energy::Energy { emissions, standard_coal, factors, by_fuel, left_out } =
        energy::compute(dataset, selection, settings, &mut ledger)?;
    let years = selection.axes.years().iter();
    if let Some(panel) = &dataset.population {
        ledger.note_doubtful("population", "population", panel, selection, years);
    }
    let cs = land::sink(dataset, selection, settings.land, settings.equivalence);
    land::note_quality(dataset, selection, settings.land, &mut ledger);
    let ice = emissions.map(|emissions| settings.convention.on_basis(emissions));
    let accounts = Accounts::new(settings.convention, uptake(settings.land), ice, cs, population);
    accounts
        .require_finite(selection, |key, message| settings.loaded.diagnose(key, "not-finite", message))?;
    let quality = ledger.into_rows();
    Ok(History { accounts, energy: standard_coal, factors, by_fuel, quality, left_out })
}

/// Uptake of a mean hectare, from the land classes' constants and shares.
pub(crate) fn uptake(land: &Land) -> TonnesPerHectare {
    mean_uptake(land.classes.values().map(|class| (class.npp.get(), class.share)))
}

/// Permanent residents; every region and year must have some, in a data set that knows any.
fn population(dataset: &Dataset, selection: &Selection) -> Result<Panel<Persons>, Diagnostics> {
    let Some(given) = &dataset.population else { return Ok(Panel::empty(&selection.axes)) };
    let panel = Panel::from_fn(&selection.axes, |region, year| {
        given.get(selection.rows[region], year).map(|figure| figure.value)
    });
    let mut missing = Diagnostics::default();
    for (region, info) in selection.infos.iter().enumerate() {
        let gaps: Vec<String> = selection
            .axes
            .years()
            .iter()
            .filter(|year| panel.get(region, *year).is_none_or(|persons| persons.get() <= 0.0))
            .map(|year| year.to_string())
            .collect();
        if !gaps.is_empty() {
            let message = format!("no population of {} ({}) in {}", info.id, info.name, gaps.join(", "));
            missing.push(
                Diagnostic::error("no-population", message)
                    .at(icf_diagnostics::Place::file(format!("{}/population", dataset.name)))
                    .hint("add the figures, exclude the region, or shorten `years`"),
            );
        }
    }
    if missing.has_errors() { Err(missing) } else { Ok(panel) }
}

impl Accounts {
    /// Puts the panels, all on the same axes, together.
    pub(crate) fn new(
        convention: Convention,
        eta: TonnesPerHectare,
        ice: Panel<TonnesCarbon>,
        cs: Panel<TonnesCarbon>,
        population: Panel<Persons>,
    ) -> Self {
        let footprint = Panel::from_fn(ice.axes(), |region, year| {
            Some(Footprint::new(ice.get(region, year)?, cs.get(region, year)?, eta))
        });
        Self { convention, eta, ice, cs, population, footprint }
    }

    pub(crate) fn axes(&self) -> &Axes {
        self.footprint.axes()
    }

    /// Refuses figures that leave the range of numbers: no table holds an infinity.
    pub(crate) fn require_finite(
        &self,
        selection: &Selection,
        diagnose: impl Fn(&str, String) -> Diagnostic,
    ) -> Result<(), Diagnostics> {
        let mut mistakes = Diagnostics::default();
        for (region, info) in selection.infos.iter().enumerate() {
            let unbounded = |key: &str, what: &str, of: &dyn Fn(Year) -> Option<f64>| {
                let year = self
                    .axes()
                    .years()
                    .iter()
                    .find(|year| of(*year).is_some_and(|value| !value.is_finite()))?;
                let message = format!("{what} of {} in {year} is beyond every number", info.name);
                Some(diagnose(key, message).hint("look for a slip in a rate, an uptake or a figure"))
            };
            mistakes.extend(unbounded("accounting", "emissions", &|year| {
                Some(self.ice.get(region, year)?.get())
            }));
            mistakes.extend(unbounded("land", "sink", &|year| Some(self.cs.get(region, year)?.get())));
            mistakes.extend(unbounded("land.classes", "footprint", &|year| {
                let footprint = self.footprint.get(region, year)?;
                Some(footprint.icf.get() + footprint.cec.get())
            }));
            mistakes.extend(unbounded("projection.population", "population", &|year| {
                Some(self.population.get(region, year)?.get())
            }));
        }
        if mistakes.has_errors() { Err(mistakes) } else { Ok(()) }
    }

    /// Emissions as CO2.
    pub(crate) fn ice_co2(&self, region: usize, year: Year) -> Option<TonnesCo2> {
        self.ice.get(region, year).map(|ice| self.convention.from_basis(ice))
    }

    /// Footprint size per resident.
    pub(crate) fn size_per_capita(&self, region: usize, year: Year) -> Option<HectaresPerPerson> {
        self.footprint.get(region, year)?.size().per_person(self.population.get(region, year)?)
    }

    /// Footprint per resident.
    pub(crate) fn icf_per_capita(&self, region: usize, year: Year) -> Option<HectaresPerPerson> {
        self.footprint.get(region, year)?.icf.per_person(self.population.get(region, year)?)
    }

    /// Footprint depth.
    pub(crate) fn depth(&self, region: usize, year: Year) -> Option<Ratio> {
        self.footprint.get(region, year)?.depth()
    }

    /// The sums over some regions in a year, with the regions that are not known.
    pub(crate) fn sum(&self, regions: &[usize], year: Year) -> Sum {
        let (known, unknown): (Vec<usize>, Vec<usize>) =
            regions.iter().copied().partition(|region| self.footprint.get(*region, year).is_some());
        let present = || known.iter().copied();
        Sum {
            ice: present().filter_map(|region| self.ice.get(region, year)).sum(),
            ice_co2: present().filter_map(|region| self.ice_co2(region, year)).sum(),
            cs: present().filter_map(|region| self.cs.get(region, year)).sum(),
            population: present().filter_map(|region| self.population.get(region, year)).sum(),
            footprint: present().filter_map(|region| self.footprint.get(region, year)).collect(),
            unknown,
        }
    }

    /// The sums over all regions in a year.
    pub(crate) fn nation(&self, year: Year) -> Sum {
        let all: Vec<usize> = (0..self.axes().regions().len()).collect();
        self.sum(&all, year)
    }
}

/// Sums over the regions of a group that have a footprint in a year.
pub(crate) struct Sum {
    pub(crate) ice: TonnesCarbon,
    pub(crate) ice_co2: TonnesCo2,
    pub(crate) cs: TonnesCarbon,
    pub(crate) population: Persons,
    pub(crate) footprint: GroupFootprint,
    /// Regions without a footprint in the year, by place.
    pub(crate) unknown: Vec<usize>,
}

impl Sum {
    /// Whether every region is in the sums: a part would pass for the whole.
    pub(crate) fn is_known(&self) -> bool {
        self.unknown.is_empty() && self.footprint.regions > 0
    }

    /// Why there are no sums; empty when there are.
    pub(crate) fn why_unknown(&self, infos: &[RegionInfo]) -> String {
        if self.unknown.is_empty() {
            return String::new();
        }
        let names: Vec<&str> = self.unknown.iter().map(|region| infos[*region].name.as_str()).collect();
        format!("no sums: energy or land is not known of {}", names.join(", "))
    }

    /// Footprint per resident.
    pub(crate) fn icf_per_capita(&self) -> Option<HectaresPerPerson> {
        self.footprint.icf.per_person(self.population)
    }

    /// Size per resident.
    pub(crate) fn size_per_capita(&self) -> Option<HectaresPerPerson> {
        self.footprint.size.per_person(self.population)
    }
}
