//! Emissions, sink and population of each region carried on to the horizon.

use icf_diagnostics::{Diagnostic, Diagnostics};
use icf_ingest::Dataset;
use icf_projection::{AHEAD, Backtest, Fit, History, Model, Phase, Trajectory, attempts, forecast};
use icf_results::{Basis, ModelRow, ProjectionRow};
use icf_scenario::{Loaded, Projection, RegionKey};
use icf_units::{Panel, Persons, Quantity, Year, YearRange};

use crate::accounts::Accounts;
use crate::dataset::Selection;
use crate::models::{Surroundings, model};

/// The accounts over history and projection, with the models behind them.
pub(crate) struct Projected {
    pub(crate) accounts: Accounts,
    pub(crate) rows: Vec<ProjectionRow>,
    pub(crate) models: Vec<ModelRow>,
}

/// A projected quantity by its name in tables and in the scenario.
#[derive(Clone, Copy)]
enum Of {
    Emissions,
    Sink,
    Population,
}

impl Of {
    const fn name(self) -> &'static str {
        match self {
            Self::Emissions => "emissions",
            Self::Sink => "sink",
            Self::Population => "population",
        }
    }

    /// The model of a region, its own or that of all, with its key in the scenario.
    fn model<'a>(
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
        own.unwrap_or_else(|| {
            let model = match self {
                Self::Emissions => &projection.emissions,
                Self::Sink => &projection.sink,
                Self::Population => &projection.population,
            };
            (model, format!("projection.{}", self.name()))
        })
    }
}

/// Levels of the intervals in the tables.
pub(crate) const LEVELS: [f64; 2] = [0.8, 0.95];

/// What is told beside the trajectories themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tell {
    /// A scenario that is only checked needs no tables and no tests of its models against the past.
    Nothing,
    /// The tables of projection and models.
    OfModels,
}

/// Carries the accounts of the history on to the horizon.
///
/// Population that the data set knows beyond the history is taken from there before the model goes on.
pub(crate) fn project(
    loaded: &Loaded,
    dataset: &Dataset,
    selection: &Selection,
    history: &Accounts,
    basis: Basis,
    tell: Tell,
) -> Result<Projected, Diagnostics> {
    let projection = &loaded.scenario().projection;
    let known = known_population(dataset, selection, &history.population, projection.horizon);
    let mut run = Run {
        loaded,
        selection,
        projection,
        tell,
        residents: histories(&known),
        products: products(dataset, selection),
        rows: vec![],
        models: vec![],
        mistakes: Diagnostics::default(),
    };
    let ice = run.quantity(Of::Emissions, &history.ice, basis.unit());
    let cs = run.quantity(Of::Sink, &history.cs, "t C");
    let population = run.quantity(Of::Population, &known, Persons::UNIT);
    let Run { mut rows, mut models, mistakes, .. } = run;
    if mistakes.has_errors() {
        return Err(mistakes);
    }
    rows.sort_by(|a, b| (&a.region, a.quantity, a.year).cmp(&(&b.region, b.quantity, b.year)));
    models.sort_by(|a, b| (&a.region, a.quantity).cmp(&(&b.region, b.quantity)));
    let accounts = Accounts::new(history.convention, history.eta, ice, cs, population);
    accounts.require_finite(selection, |_, message| loaded.diagnose("projection", "not-finite", message))?;
    Ok(Projected { accounts, rows, models })
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

/// The product of each region of the run, as far as it is known.
fn products(dataset: &Dataset, selection: &Selection) -> Vec<Option<History>> {
    let Some(product) = &dataset.product else { return vec![None; selection.rows.len()] };
    let axes = selection.axes.with_years(product.axes().years());
    histories(&Panel::from_fn(&axes, |region, year| {
        product.get(selection.rows[region], year).map(|figure| figure.value)
    }))
}

/// The sum over all regions in the years in which each has a figure; `None` without such a year.
fn total<Q: Quantity>(panel: &Panel<Q>) -> Option<History> {
    let sum = |year: Year| {
        let figures: Option<Vec<f64>> =
            panel.column(year).into_iter().map(|cell| Some(cell?.get())).collect();
        Some((year, figures?.iter().sum::<f64>()))
    };
    History::new(panel.axes().years().iter().filter_map(sum)).ok()
}

struct Run<'a> {
    loaded: &'a Loaded,
    selection: &'a Selection,
    projection: &'a Projection,
    tell: Tell,
    /// Residents of each region, as far as they are known.
    residents: Vec<Option<History>>,
    /// Product of each region.
    products: Vec<Option<History>>,
    rows: Vec<ProjectionRow>,
    models: Vec<ModelRow>,
    mistakes: Diagnostics,
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
        for (region, history) in histories(observed).into_iter().enumerate() {
            let Some(history) = history else { continue };
            let info = &self.selection.infos[region];
            let (spec, key) = of.model(self.projection, info);
            let around = Surroundings {
                total: total.as_ref(),
                population: self.residents[region]
                    .as_ref()
                    .map(|residents| (residents, Of::Population.model(self.projection, info).0)),
                product: self.products[region].as_ref(),
            };
            let model = match model(spec, &around) {
                Ok(model) => model,
                Err(lacking) => {
                    let message = format!("{} of {}: {}", of.name(), info.name, lacking.message);
                    self.mistakes.push(self.loaded.diagnose(&key, "model", message).hint(lacking.hint));
                    continue;
                }
            };
            let ahead = YearRange::new(known_to.next(), horizon).ok();
            let fitted = match ahead.map(|years| forecast(&model, &history, years)).transpose() {
                Ok(fitted) => fitted,
                Err(error) => {
                    let message = format!("{} of {}: {error}", of.name(), info.name);
                    let mistake: Diagnostic = self.loaded.diagnose(&key, "model", message);
                    self.mistakes
                        .push(mistake.hint("choose another window or model, or fill the gaps by `gaps`"));
                    continue;
                }
            };
            if let (Some(years), Some(fitted)) = (ahead, &fitted) {
                for (year, value) in years.iter().zip(&fitted.values) {
                    full.set(region, year, Some(Q::new(*value)));
                }
            }
            if self.tell == Tell::OfModels {
                self.report(of, region, &model, ahead, fitted.as_ref(), &history, &full, unit);
            }
        }
        full
    }

    #[expect(clippy::too_many_arguments, reason = "a row draws on all that was known of the projection")]
    fn report<Q: Quantity>(
        &mut self,
        of: Of,
        region: usize,
        model: &Model,
        ahead: Option<YearRange>,
        fitted: Option<&Trajectory>,
        history: &History,
        full: &Panel<Q>,
        unit: &str,
    ) {
        let id = &self.selection.infos[region].id;
        let first = self.selection.axes.years().last().next();
        let known_to = history.last().0;
        let intervals = LEVELS.map(|level| fitted.map_or_else(Vec::new, |fitted| fitted.interval(level)));
        for year in first.get()..=self.projection.horizon.get() {
            let year = Year::new(year);
            let value = full.get(region, year).map(Q::get);
            let before = full.get(region, Year::new(year.get() - 1)).map(Q::get);
            let place = ahead.and_then(|ahead| usize::try_from(year.since(ahead.first())).ok());
            let [at80, at95] = [0, 1].map(|level| *intervals[level].get(place?)?);
            self.rows.push(ProjectionRow {
                region: id.clone(),
                year,
                quantity: of.name(),
                value,
                unit: unit.to_owned(),
                model: if year <= known_to { "observed".to_owned() } else { model.name().to_owned() },
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
        let tested = attempts(model, history, AHEAD, &[]).and_then(|attempts| Backtest::of(&attempts));
        self.models.push(ModelRow {
            region: id.clone(),
            quantity: of.name(),
            model: model.name().to_owned(),
            fitted_from: fitted.and_then(|fitted| fitted.fitted_on).map(|(from, _)| from),
            fitted_to: fitted.and_then(|fitted| fitted.fitted_on).map(|(_, to)| to),
            n: fitted.and_then(|fitted| fitted.observations),
            rate: fitted.and_then(|fitted| fitted.rate),
            r_squared: fitted.and_then(|fitted| fitted.r_squared),
            backtest_mape: tested.and_then(|test| test.mape),
            naive_mape: tested.and_then(|test| test.naive_mape),
            note: note(tested, fitted),
        });
    }
}

/// What the reader should know of a model: how it was chosen, what it found, and whether the past speaks against it.
fn note(tested: Option<Backtest>, fitted: Option<&Trajectory>) -> String {
    let mut notes = Vec::new();
    if let Some(chosen) = fitted.and_then(|fitted| fitted.chosen.as_ref()) {
        notes.push(format!(
            "{} chosen: MASE {:.2}, of no change {:.2}, over {} forecasts",
            chosen.model, chosen.mase, chosen.naive_mase, chosen.forecasts
        ));
    }
    let phases = fitted.map_or(&[][..], |fitted| &fitted.phases);
    if !phases.is_empty() {
        let phase = |phase: &Phase| format!("{}–{} {:+.1} %/yr", phase.from, phase.to, 100.0 * phase.rate);
        notes.push(format!("phases {}", phases.iter().map(phase).collect::<Vec<_>>().join(", ")));
    }
    if let Some(trend) = fitted.and_then(|fitted| fitted.trend) {
        let p = if trend.p < 1e-4 { "below 0.0001".to_owned() } else { format!("{:.4}", trend.p) };
        notes.push(format!("Mann–Kendall S {}, p {p}", trend.s));
    }
    match tested {
        None => notes.push("not tested against the past".to_owned()),
        Some(test) if test.mape > test.naive_mape => {
            notes.push("in the past, no change was the better forecast".to_owned());
        }
        Some(_) => {}
    }
    notes.join("; ")
}
