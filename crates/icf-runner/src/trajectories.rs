//! Emissions, sink and population of each region carried on to the horizon.

use std::sync::Arc;

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_ingest::Dataset;
use icf_projection::{Fit, History, ModelError, Trajectory, forecast};
use icf_results::{Basis, ProjectionRow};
use icf_scenario::{Loaded, Projection, RegionKey};
use icf_units::{Panel, Persons, Quantity, Year, YearRange};
use rayon::prelude::*;

use crate::accounts::Accounts;
use crate::cache::{self, Cache};
use crate::dataset::{self, Selection};
use crate::hindsight::{Carried, LEVELS, Modelled};
use crate::models::{Lacking, Surroundings, model};

/// The accounts over history and projection, with the models behind them.
pub(crate) struct Projected {
    pub(crate) accounts: Accounts,
    pub(crate) rows: Vec<ProjectionRow>,
    /// The models, one entry a quantity.
    pub(crate) carried: Vec<Carried>,
}

/// A projected quantity by its name in tables and in the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Emissions,
    Sink,
    Population,
}

impl Of {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Emissions => "emissions",
            Self::Sink => "sink",
            Self::Population => "population",
        }
    }

    /// The model of a region, its own or that of all, with its key in the scenario.
    pub(crate) fn model<'a>(
        self,
        projection: &'a Projection,
        region: &icf_results::RegionInfo,
    ) -> (&'a icf_scenario::Model, String) {
        let own = projection
            .regions
            .iter()
            .find(|(key, _)| RegionKey::new(key.as_str()).names(region.id.as_str(), &region.name))
            .and_then(|(key, models)| {
                let model = match self {
                    Self::Emissions => models.emissions.as_ref(),
                    Self::Sink => models.sink.as_ref(),
                    Self::Population => models.population.as_ref(),
                };
                Some((model?, format!("projection.regions.{key}.{}", self.name())))
            });
        own.unwrap_or_else(|| (self.of_all(projection), format!("projection.{}", self.name())))
    }

    /// The model of all regions that have none of their own.
    const fn of_all(self, projection: &Projection) -> &icf_scenario::Model {
        match self {
            Self::Emissions => &projection.emissions,
            Self::Sink => &projection.sink,
            Self::Population => &projection.population,
        }
    }
}

/// What is told beside the trajectories themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tell {
    /// A scenario that is only checked, or only asked for its headline figures, needs no table of its models.
    Nothing,
    /// The table of the projection, and the models behind it.
    OfModels,
}

/// Carries the accounts of the history, for which `history_key` stands in the cache, on to the horizon.
///
/// Population that the data set knows beyond the history is taken from there before the model goes on.
pub(crate) fn project(
    loaded: &Loaded,
    dataset: &Dataset,
    selection: &Selection,
    history: &Accounts,
    basis: Basis,
    tell: Tell,
    (cache, history_key): (&Cache, &str),
) -> Result<Projected, Diagnostics> {
    let projection = &loaded.scenario().projection;
    let known = known_population(dataset, selection, &history.population, projection.horizon);
    let mut run = Run {
        loaded,
        selection,
        projection,
        tell,
        history_key,
        cache,
        residents: histories(&known),
        products: products(dataset, selection),
        rows: vec![],
        carried: vec![],
        mistakes: Diagnostics::default(),
    };
    let ice = run.quantity(Of::Emissions, &history.ice, basis.unit());
    let cs = run.quantity(Of::Sink, &history.cs, "t C");
    let population = run.quantity(Of::Population, &known, Persons::UNIT);
    let Run { mut rows, carried, mistakes, .. } = run;
    if mistakes.has_errors() {
        return Err(mistakes);
    }
    rows.sort_by(|a, b| (&a.region, a.quantity, a.year).cmp(&(&b.region, b.quantity, b.year)));
    let accounts = Accounts::new(history.convention, history.eta, ice, cs, population);
    accounts.require_finite(selection, |_, message| loaded.diagnose("projection", "not-finite", message))?;
    Ok(Projected { accounts, rows, carried })
}

/// The population of the history, and of later years that the data set knows.
fn known_population(
    dataset: &Dataset,
    selection: &Selection,
    history: &Panel<Persons>,
    horizon: Year,
) -> Panel<Persons> {
    let years = history.axes().years();
    let Some(population) = &dataset.population else { return history.clone() };
    let last = population.axes().years().last().min(horizon).max(years.last());
    let known = years.extended_to(last).expect("the last known year is not before the history's");
    Panel::from_fn(&history.axes().with_years(known), |region, year| {
        population.get(selection.rows[region], year).map(|figure| figure.value)
    })
}

/// What is known of each region; `None` for a region of which nothing is.
fn histories<Q: Quantity>(panel: &Panel<Q>) -> Vec<Option<History>> {
    let of = |region: usize| {
        let points = panel.axes().years().iter().zip(panel.row(region));
        History::new(points.filter_map(|(year, cell)| Some((year, (*cell)?.get())))).ok()
    };
    (0..panel.axes().regions().len()).map(of).collect()
}

/// The sum over all regions in the years in which each has a figure; `None` without such a year.
pub(crate) fn total<Q: Quantity>(panel: &Panel<Q>) -> Option<History> {
    let sum = |year: Year| {
        let figures: Option<Vec<f64>> =
            panel.column(year).into_iter().map(|cell| Some(cell?.get())).collect();
        Some((year, figures?.iter().sum::<f64>()))
    };
    History::new(panel.axes().years().iter().filter_map(sum)).ok()
}

/// The product of each region of the run, as far as it is known.
fn products(dataset: &Dataset, selection: &Selection) -> Vec<Option<History>> {
    dataset::product(dataset, selection)
        .map_or_else(|| vec![None; selection.rows.len()], |product| histories(&product))
}

/// What of other regions and quantities a region's model may draw on.
fn surroundings<'a>(
    projection: &'a Projection,
    info: &icf_results::RegionInfo,
    total: Option<&'a History>,
    residents: Option<&'a History>,
    product: Option<&'a History>,
) -> Surroundings<'a> {
    let population = residents.map(|residents| (residents, Of::Population.model(projection, info).0));
    Surroundings { total, population, product }
}

struct Run<'a> {
    loaded: &'a Loaded,
    selection: &'a Selection,
    projection: &'a Projection,
    tell: Tell,
    history_key: &'a str,
    cache: &'a Cache,
    /// Residents of each region, as far as they are known.
    residents: Vec<Option<History>>,
    /// Product of each region.
    products: Vec<Option<History>>,
    rows: Vec<ProjectionRow>,
    carried: Vec<Carried>,
    mistakes: Diagnostics,
}

/// The models of a quantity as used on each region that has a history, or the regions on which they cannot be.
pub(crate) type Used = Result<Arc<Vec<Modelled>>, Vec<(usize, Refusal)>>;

/// What keeps a model from being used on a region.
pub(crate) enum Refusal {
    Lacking(Lacking),
    Model(ModelError),
}

impl Run<'_> {
    /// A quantity of all regions, observed as far as `observed` goes and projected from there.
    fn quantity<Q: Quantity>(&mut self, of: Of, observed: &Panel<Q>, unit: &str) -> Panel<Q> {
        let horizon = self.projection.horizon;
        let years = observed.axes().years().extended_to(horizon).expect("the horizon is after the history");
        let axes = observed.axes().with_years(years);
        let mut full = Panel::from_fn(&axes, |region, year| observed.get(region, year));
        let known_to = observed.axes().years().last();
        let total = total(observed);
        let ahead = YearRange::new(known_to.next(), horizon).ok();
        let made = self.used(of, observed, total.as_ref(), ahead);
        let regions = match &*made {
            Ok(regions) => Arc::clone(regions),
            Err(refused) => {
                refused.iter().for_each(|(region, refusal)| self.refuse(of, *region, refusal));
                Arc::default()
            }
        };
        for modelled in regions.iter() {
            let Some((years, fitted)) = &modelled.ahead else { continue };
            for (year, value) in years.iter().zip(&fitted.values) {
                full.set(modelled.region, year, Some(Q::new(*value)));
            }
        }
        if self.tell == Tell::OfModels {
            regions.iter().for_each(|modelled| self.report(of, modelled, &full, unit));
        }
        self.carried.push(Carried { quantity: of, unit: unit.to_owned(), regions, total });
        full
    }

    /// The models of all regions and what they say, or why some cannot be used. Most points of a sweep turn another quantity.
    fn used<Q: Quantity>(
        &self,
        of: Of,
        observed: &Panel<Q>,
        total: Option<&History>,
        ahead: Option<YearRange>,
    ) -> Arc<Used> {
        let Self { selection, projection, residents, products, tell, .. } = self;
        let model_of = |(region, history): (usize, History)| {
            let info = &selection.infos[region];
            let (spec, _) = of.model(projection, info);
            let (residents, product) = (residents[region].as_ref(), products[region].as_ref());
            let around = surroundings(projection, info, total, residents, product);
            let made = model(spec, &around).map_err(Refusal::Lacking).and_then(|model| {
                let made = |years| {
                    let made = match tell {
                        // The values are the same, and nobody asks for intervals.
                        Tell::Nothing => model.project(&history, years),
                        Tell::OfModels => forecast(&model, &history, years),
                    };
                    made.map(|fitted| (years, fitted))
                };
                let ahead = ahead.map(made).transpose().map_err(Refusal::Model)?;
                Ok(Modelled { region, model, history, ahead })
            });
            made.map_err(|refusal| (region, refusal))
        };
        let key = cache::key(&[
            self.history_key,
            of.name(),
            if *tell == Tell::Nothing { "values" } else { "intervals" },
            &projection.horizon.to_string(),
            &cache::part(of.of_all(projection)),
            &cache::part(&projection.regions),
            // Kaya's residents go on by it.
            &cache::part(&projection.population),
        ]);
        let used = self.cache.used.get(&key, || {
            let known = histories(observed).into_iter().enumerate();
            let known: Vec<(usize, History)> =
                known.filter_map(|(region, history)| Some((region, history?))).collect();
            let made: Vec<Result<Modelled, (usize, Refusal)>> = known.into_par_iter().map(model_of).collect();
            let (mut used, mut refused) = (Vec::new(), Vec::new());
            for made in made {
                match made {
                    Ok(modelled) => used.push(modelled),
                    Err(refusal) => refused.push(refusal),
                }
            }
            Ok::<Used, Diagnostics>(if refused.is_empty() { Ok(Arc::new(used)) } else { Err(refused) })
        });
        used.expect("a refusal is a value here")
    }

    /// Says why a model cannot be used.
    fn refuse(&mut self, of: Of, region: usize, refusal: &Refusal) {
        let info = &self.selection.infos[region];
        let (_, key) = of.model(self.projection, info);
        let (message, hint) = match refusal {
            Refusal::Lacking(lacking) => (lacking.message.to_owned(), lacking.hint),
            Refusal::Model(error) => {
                (error.to_string(), "choose another window or model, or fill the gaps by `gaps`")
            }
        };
        let message = format!("{} of {}: {message}", of.name(), info.name);
        let mistake: Diagnostic = self.loaded.diagnose(&key, "model", message);
        self.mistakes.push(mistake.hint(hint));
    }

    /// The rows of a region's projection.
    fn report<Q: Quantity>(&mut self, of: Of, modelled: &Modelled, full: &Panel<Q>, unit: &str) {
        let region = modelled.region;
        let id = &self.selection.infos[region].id;
        let first = self.selection.axes.years().last().next();
        let known_to = modelled.history.last().0;
        let intervals = LEVELS.map(|level| {
            modelled.fitted().map_or_else(Vec::new, |fitted: &Trajectory| fitted.interval(level))
        });
        for year in first.get()..=self.projection.horizon.get() {
            let year = Year::new(year);
            let value = full.get(region, year).map(Q::get);
            let before = full.get(region, Year::new(year.get() - 1)).map(Q::get);
            let place = modelled.ahead.as_ref();
            let place = place.and_then(|(ahead, _)| usize::try_from(year.since(ahead.first())).ok());
            let [at80, at95] = [0, 1].map(|level| *intervals[level].get(place?)?);
            self.rows.push(ProjectionRow {
                region: id.clone(),
                year,
                quantity: of.name(),
                value,
                unit: unit.to_owned(),
                model: if year <= known_to {
                    "observed".to_owned()
                } else {
                    modelled.model.name().to_owned()
                },
                change: value
                    .zip(before)
                    .filter(|(_, before)| *before > 0.0)
                    .map(|(value, before)| value / before - 1.0),
                lower80: at80.map(|(low, _)| low),
                upper80: at80.map(|(_, high)| high),
                lower95: at95.map(|(low, _)| low),
                upper95: at95.map(|(_, high)| high),
            });
        }
    }
}
