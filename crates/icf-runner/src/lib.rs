//! Runs a resolved scenario from data to results: the one place where the crates meet.
//!
//! The chain, a module each: `dataset` opens the data, `land_rasters` lays land areas of GeoTIFFs into it, `energy` and `land` make the `accounts` of the history,
//! `trajectories` carries them to the horizon by the `models`, `levers` change them there, `hindsight` asks how these would have done in the past for
//! `model_rows`, `backtest` and `bands`, `decomposition` says what drove the emissions, `uncertainty` draws what is not known, into space too, `doubts` warns of what their models cannot see, `space` looks for clusters, `classes` sorts, `thresholds` looks
//! for crossings, `claims` holds the paper's figures against the computed ones, `assumptions` lists what was
//! assumed, and `rows` puts it into tables. `solve` asks backwards. `garden` goes every path of methods that the accounts know. `cache` keeps what several runs of one call have in common.
//!
//! What this crate does not do: it writes no file and prints nothing; progress goes to `tracing`.
#![expect(clippy::disallowed_methods, reason = "a table that the scenario names is read from its file")]

mod accounts;
mod assumptions;
mod backtest;
mod bands;
mod cache;
mod claims;
mod classes;
mod dataset;
mod decomposition;
mod doubts;
mod energy;
mod garden;
mod hindsight;
mod inequality;
mod land;
mod land_rasters;
mod ledger;
mod levers;
mod model_rows;
mod models;
mod origins;
mod rows;
mod solve;
mod space;
mod subjects;
mod thresholds;
mod trajectories;
mod uncertainty;

use std::sync::Arc;

use icf_diagnostics::Diagnostics;
use icf_footprint::Convention;
use icf_ingest::{Dataset, EquivalenceTable, SourceFile};
use icf_results::{Basis, InputFile, RunResults};
use icf_scenario::{
    Equivalence, Islands, Known, LandSource, Loaded, MassBasis, NonEnergy, RegionKey, Scenario, ThresholdKind,
};
use icf_units::YearRange;
use sha2::{Digest, Sha256};

pub use cache::Cache;
pub use garden::garden;
pub use land_rasters::{doubtful_product, land_classes};
pub use solve::solve;

use accounts::Settings;
pub use dataset::built_in;

use dataset::Selection;
use hindsight::Carried;
use levers::{Pulled, Trades};
use space::Space;
use trajectories::{Projected, Tell};
use uncertainty::Draws;

/// SHA-256 of some bytes, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Checks a scenario against its data set as far as a run can refuse it, without its permutations, classes and
/// tables; gives the warnings.
///
/// # Errors
/// As [`run`].
pub fn check(loaded: &Loaded, cache: &Cache) -> Result<Diagnostics, Diagnostics> {
    let prepared = prepare(loaded, cache)?;
    let scenario = loaded.scenario();
    if scenario.uncertainty.is_some() {
        let (projected, pulled) = prepared.project(loaded, Tell::Nothing, cache)?;
        let mut mistakes = Diagnostics::default();
        mistakes.extend(Draws::of(loaded, &prepared, &projected).err().into_iter().flatten());
        mistakes.extend(uncertainty::check_space(loaded, &prepared).err().into_iter().flatten());
        mistakes.into_result(())?;
        let mut warnings = prepared.warnings;
        warnings.extend(pulled.warnings);
        return Ok(warnings);
    }
    // Many points of a sweep project the same.
    let (models, levers) = (cache::part(&scenario.projection), cache::part(&scenario.levers));
    let split = cache::part(&scenario.quadrants);
    // A warning tells where its lever stands.
    let place = loaded.place_of("levers").map_or_else(String::new, |place| place.to_string());
    let key = cache::key(&[&prepared.history_key, &models, &levers, &split, &place]);
    let found = cache.projectable.get(&key, || {
        let (_, pulled) = prepared.project(loaded, Tell::Nothing, cache)?;
        Ok::<_, Diagnostics>(pulled.warnings)
    })?;
    let mut warnings = prepared.warnings;
    warnings.extend((*found).clone());
    Ok(warnings)
}

/// A data set with the hash of each of its files.
pub(crate) struct Opened {
    dataset: Dataset,
    inputs: Vec<InputFile>,
    /// Equivalence factors that are derived from a raster.
    derived: Option<EquivalenceTable>,
}

/// All of a run that can be refused: the data, the accounts, the models and the neighbours.
struct Prepared {
    opened: Arc<Opened>,
    years: YearRange,
    selection: Selection,
    equivalence: EquivalenceTable,
    equivalence_file: Option<SourceFile>,
    basis: Basis,
    history: Arc<accounts::History>,
    /// What decides the history, as a key of the cache.
    history_key: String,
    neighbours: Arc<space::Neighbours>,
    warnings: Diagnostics,
}

/// What the data set of a scenario holds, as far as scenarios name it.
///
/// # Errors
/// Every mistake of the data set.
pub fn known(loaded: &Loaded, cache: &Cache) -> Result<Known, Diagnostics> {
    Ok(dataset::known(&opened(loaded, cache)?.dataset))
}

fn opened(loaded: &Loaded, cache: &Cache) -> Result<Arc<Opened>, Diagnostics> {
    let scenario = loaded.scenario();
    cache.datasets.get(&dataset::place(loaded), || {
        tracing::info!("{}: reading {}", scenario.name, scenario.data);
        let mut dataset = dataset::open(loaded)?;
        let of_rasters = land_rasters::lay(loaded, &mut dataset, cache)?;
        let inputs = dataset.files.iter().map(hashed).chain(of_rasters.inputs).collect();
        Ok::<_, Diagnostics>(Opened { dataset, inputs, derived: of_rasters.factors })
    })
}

fn prepare(loaded: &Loaded, cache: &Cache) -> Result<Prepared, Diagnostics> {
    // Every run comes by here, and every draw that is a run of its own.
    cache.go_on()?;
    let scenario = loaded.scenario();
    let data = dataset::place(loaded);
    let opened = opened(loaded, cache)?;
    let dataset = &opened.dataset;
    let warnings = fits(loaded, dataset)?;
    let years = YearRange::new(scenario.years.first, scenario.years.last)
        .map_err(|error| loaded.diagnose("years", "years", error.to_string()))?;
    let selection = Selection::of(scenario, dataset, years);
    if selection.rows.is_empty() {
        return Err(loaded.diagnose("regions", "no-region", "no region is left".to_owned()).into());
    }
    land_rasters::check(loaded, &opened, &selection)?;
    let (equivalence, equivalence_file) = equivalence(loaded, &opened)?;
    let factors = equivalence_file.as_ref().map_or_else(String::new, |file| sha256(&file.bytes));
    let land = cache::key(&[&data, &cache::part(&scenario.land), &factors]);
    let regions = cache::part(&scenario.regions);
    let history_key = cache::key(&[
        &land,
        &regions,
        &cache::part(&scenario.years),
        &cache::part(&scenario.accounting),
        &cache::part(&scenario.gaps),
    ]);
    let history = cache.histories.get(&history_key, || {
        tracing::info!("{}: accounting for {} regions, {years}", scenario.name, selection.rows.len());
        accounts::history(dataset, &selection, &Settings::of(loaded, &equivalence))
    })?;
    let basis = basis(scenario);
    let (weights, islands) = (cache::part(&scenario.spatial.weights), cache::part(&scenario.spatial.islands));
    let file = space::weights_place(loaded);
    let neighbours =
        cache.neighbours.get(&cache::key(&[&data, &regions, &weights, &islands, &file]), || {
            space::neighbours(loaded, dataset, &selection, &scenario.spatial.islands)
        })?;
    Ok(Prepared {
        years,
        selection,
        equivalence,
        equivalence_file,
        basis,
        history,
        history_key,
        neighbours,
        warnings,
        opened,
    })
}

fn basis(scenario: &Scenario) -> Basis {
    match scenario.accounting.basis() {
        MassBasis::Carbon => Basis::Carbon,
        MassBasis::AsPrinted => Basis::AsPrinted,
    }
}

/// The unit in which a run of a scenario tells the margin of a kind of threshold; `1` of a pure number.
#[must_use]
pub fn threshold_unit(scenario: &Scenario, kind: ThresholdKind) -> &'static str {
    thresholds::unit(kind, basis(scenario))
}

impl Prepared {
    /// Whether the data set knows the residents of a year beyond the history.
    fn knows_population_of(&self, year: icf_units::Year) -> bool {
        self.opened.dataset.population.as_ref().is_some_and(|panel| panel.axes().years().last() >= year)
    }

    /// The accounts carried on to the horizon, as the levers leave them.
    fn project(
        &self,
        loaded: &Loaded,
        tell: Tell,
        cache: &Cache,
    ) -> Result<(Projected, Pulled), Diagnostics> {
        self.carry_on(loaded, tell, Trades::Told, cache)
    }

    /// As [`Self::project`], for the accounts alone.
    fn accounts_ahead(&self, loaded: &Loaded, cache: &Cache) -> Result<Projected, Diagnostics> {
        self.carry_on(loaded, Tell::Nothing, Trades::LeftOut, cache).map(|(projected, _)| projected)
    }

    fn carry_on(
        &self,
        loaded: &Loaded,
        tell: Tell,
        trades: Trades,
        cache: &Cache,
    ) -> Result<(Projected, Pulled), Diagnostics> {
        let (dataset, selection, history) = (&self.opened.dataset, &self.selection, &*self.history);
        let shared = (cache, self.history_key.as_str());
        let mut projected =
            trajectories::project(loaded, dataset, selection, &history.accounts, self.basis, tell, shared)?;
        let sources = levers::Sources {
            loaded,
            dataset,
            selection,
            history,
            equivalence: &self.equivalence,
            basis: self.basis,
        };
        let pulled = levers::pull(sources, &mut projected.accounts, trades)?;
        Ok((projected, pulled))
    }
}

/// Whether the data set has what the scenario names; gives the warnings.
fn fits(loaded: &Loaded, dataset: &Dataset) -> Result<Diagnostics, Diagnostics> {
    let mut found = loaded.check_against(&dataset::known(dataset));
    for class in land::unknown_classes(dataset, &loaded.scenario().land) {
        let key = format!("land.classes.{class}");
        let message = match loaded.scenario().land.source {
            LandSource::Rasters => format!("no code of the rasters means land class `{class}`"),
            _ => format!("the data set has no area of land class `{class}`"),
        };
        found.push(loaded.diagnose(&key, "unknown-class", message));
    }
    found.extend(doubts::of_models(loaded, dataset));
    let ((), mut warnings) = found.into_result(())?;
    warnings.extend(dataset.warnings.clone());
    warnings.extend(loaded.warnings().clone());
    Ok(warnings)
}

/// Runs a scenario; gives the results and the warnings. What other runs of the cache have computed is not computed again.
///
/// # Errors
/// Every mistake of the data set, of the scenario beside it, or of a model that its history does not allow.
pub fn run(loaded: &Loaded, cache: &Cache) -> Result<(RunResults, Diagnostics), Diagnostics> {
    run_and_tell(loaded, Tell::OfModels, cache)
}

/// Runs a scenario for its headline figures and the rows of the nation: as [`run`], but the tables of the models, and of what
/// looks back, stay empty.
///
/// # Errors
/// As [`run`].
pub fn headlines(loaded: &Loaded, cache: &Cache) -> Result<(RunResults, Diagnostics), Diagnostics> {
    run_and_tell(loaded, Tell::Nothing, cache)
}

fn run_and_tell(
    loaded: &Loaded,
    tell: Tell,
    cache: &Cache,
) -> Result<(RunResults, Diagnostics), Diagnostics> {
    let scenario = loaded.scenario();
    let prepared = prepare(loaded, cache)?;
    // Thousands of points of a sweep would say so.
    tracing::debug!("{}: projecting to {}", scenario.name, scenario.projection.horizon);
    let (projected, pulled) = prepared.project(loaded, tell, cache)?;
    let draws = Draws::of(loaded, &prepared, &projected)?;
    let solutions = solve::rows(loaded, cache, &prepared, &projected, draws.as_ref())?;
    cache.go_on()?;
    let drawn = uncertainty::run(loaded, &prepared, &projected, draws, cache)?;
    let tells_all = tell == Tell::OfModels;
    cache.go_on()?;
    let spaces =
        if tells_all { uncertainty::in_space(loaded, &prepared, cache)? } else { Default::default() };
    let Prepared {
        opened,
        years,
        selection,
        equivalence,
        equivalence_file,
        basis,
        history,
        history_key,
        neighbours,
        mut warnings,
    } = prepared;
    warnings.extend(pulled.warnings);
    let dataset = &opened.dataset;

    cache.go_on()?;
    let spatial = cache::part(&scenario.spatial);
    let found =
        cache.spaces.get(&cache::key(&[&history_key, &spatial, &space::weights_place(loaded)]), || {
            let permutations = scenario.spatial.permutations;
            tracing::info!("{}: looking for clusters, {permutations} permutations", scenario.name);
            Space::of(&scenario.spatial, &selection.infos, &neighbours, &history.accounts, cache)
        })?;
    cache.go_on()?;
    let mut classes = classes::classify(scenario, &projected.accounts, &selection.infos, years);
    // Headline figures have no map.
    if tells_all {
        let of_maps = classes::of_maps(scenario, &projected.accounts, years, &classes.rows);
        classes.rows.extend(of_maps);
    }
    let thresholds = thresholds::assess(scenario, &selection.infos, &projected.accounts, basis);
    let factors = equivalence_file.as_ref().map_or_else(String::new, |file| sha256(&file.bytes));
    let land = cache::key(&[&dataset::place(loaded), &cache::part(&scenario.land), &factors]);
    let links = cache::part(&scenario.spatial.weights);
    let claims_key = cache::key(&[&land, &links, &space::weights_place(loaded)]);
    let claims = cache
        .claims
        .get(&claims_key, || Ok::<_, Diagnostics>(paper_claims(loaded, dataset, &equivalence, cache)))?;
    let Space { patterns, dynamics } = &*found;
    let carried: &[Carried] = if tell == Tell::OfModels { &projected.carried } else { &[] };
    let hindsights = hindsight::look_back(carried, scenario.projection.horizon, &history_key, cache);
    let product = dataset::product(dataset, &selection).filter(|_| tell == Tell::OfModels);
    let decomposition =
        product.map_or_else(Vec::new, |product| decomposition::rows(&history, &product, &selection.infos));

    let results = RunResults {
        scenario: scenario.name.clone(),
        description: scenario.description.clone(),
        resolved_yaml: icf_scenario::to_yaml(scenario),
        keys: icf_scenario::to_keys(scenario),
        basis,
        eta: projected.accounts.eta,
        history: years,
        horizon: scenario.projection.horizon,
        data: dataset.name.clone(),
        seed: scenario.spatial.seed,
        significance: scenario.spatial.significance,
        inputs: inputs(loaded, &opened, equivalence_file.iter().chain(&neighbours.file)),
        boundaries: dataset.boundaries.clone().unwrap_or_default(),
        links: neighbours.links(),
        regions: rows::regions(&projected.accounts, &selection.infos, &classes, years.last()),
        groups: rows::group_rows(
            &projected.accounts,
            &selection.infos,
            scenario.regions.grouping_name(),
            years.last(),
        ),
        nation: rows::nation_rows(&projected.accounts, &selection.infos, years.last()),
        moran: patterns.moran.clone(),
        lisa: patterns.lisa.clone(),
        transitions: patterns.transitions.clone(),
        global_statistics: patterns.global.clone(),
        local_statistics: patterns.local.clone(),
        lisa_markov: dynamics.lisa_markov.clone(),
        spatial_markov: dynamics.spatial_markov.clone(),
        rose: dynamics.rose.clone(),
        dynamics: dynamics.figures.clone(),
        gravity_centres: space::centres(dataset, &selection, &projected.accounts, years.last()),
        co_location: dynamics.co_location.clone(),
        inequality: inequality::rows(&projected.accounts, &selection.infos),
        classes: classes.rows,
        quadrants: classes.quadrants,
        projection: projected.rows,
        models: model_rows::rows(carried, &hindsights, &selection.infos),
        backtest: backtest::rows(carried, &hindsights, &selection.infos, scenario.spatial.seed),
        bands: bands::rows(carried, &hindsights, selection.infos.len()),
        decomposition,
        levers: pulled.rows,
        lever_effects: pulled.effects,
        trade_flows: pulled.flows,
        trade_balance: pulled.balance,
        thresholds,
        solutions,
        ensemble: drawn.ensemble,
        threshold_probability: drawn.probabilities,
        sensitivity: drawn.sensitivity,
        early_warning: drawn.warnings,
        input_errors: spaces.errors,
        cluster_probability: spaces.clusters,
        quadrant_probability: spaces.quadrants,
        moran_ensemble: spaces.moran,
        data_quality: history.quality.clone(),
        paper_claims: claims.to_vec(),
        fuel_origins: if tells_all { origins::fuels(&history, &selection.infos) } else { vec![] },
        land_origins: if tells_all {
            origins::land(dataset, &selection, &scenario.land, &equivalence)
        } else {
            vec![]
        },
        fuel_factors: history.factors.clone(),
        assumptions: assumptions::rows(
            scenario,
            dataset,
            &history.left_out,
            projected.accounts.eta,
            &neighbours.notes,
        ),
        regions_info: selection.infos,
        regions_of_data: dataset.regions.len(),
    };
    Ok((results, warnings))
}

/// The data set that the paper speaks of.
const PAPERS_DATA: &str = "china-provinces";

/// The claims, computed for all provinces with the paper's fuels on the scenario's land, Hainan beside Guangdong;
/// none for other data, and none where the scenario's land does not allow it: a run does not fail by them.
fn paper_claims(
    loaded: &Loaded,
    dataset: &Dataset,
    equivalence: &EquivalenceTable,
    cache: &Cache,
) -> Vec<icf_results::PaperClaimRow> {
    if !dataset::is_built_in(loaded, PAPERS_DATA) {
        return vec![];
    }
    tracing::info!("{}: holding the paper's figures against the computed ones", loaded.scenario().name);
    let evidence = |convention| {
        let factors = energy::Factors::OfSet;
        let settings = Settings {
            convention,
            factors,
            non_energy: NonEnergy::Include,
            ..Settings::of(loaded, equivalence)
        };
        papers_evidence(loaded, dataset, settings, cache)
    };
    match (evidence(Convention::COHERENT), evidence(Convention::AS_PUBLISHED)) {
        (Ok(coherent), Ok(as_published)) => claims::rows(&coherent, &as_published),
        (Err(mistakes), _) | (_, Err(mistakes)) => {
            for mistake in mistakes.as_slice() {
                tracing::warn!("the paper's figures are not compared: {mistake}");
            }
            vec![]
        }
    }
}

/// What the claims are held against: all provinces, the paper's fuels, Hainan beside Guangdong; the rest is as it is set.
fn papers_evidence(
    loaded: &Loaded,
    dataset: &Dataset,
    settings: Settings<'_>,
    cache: &Cache,
) -> Result<claims::Evidence, Diagnostics> {
    let selection = Selection::all(dataset, "group3", dataset.emission_years);
    let spatial = cache::part(&loaded.scenario().spatial.weights);
    let key = cache::key(&["claims", &dataset::place(loaded), &spatial, &space::weights_place(loaded)]);
    let neighbours = cache.neighbours.get(&key, || {
        let links = vec![["460000", "440000"].map(RegionKey::new)];
        space::neighbours(loaded, dataset, &selection, &Islands::Links { links })
    })?;
    let settings = Settings {
        fuels: &icf_scenario::FuelSet::Paper8,
        gap_policy: icf_ingest::GapPolicy::Nearest,
        outliers: None,
        ..settings
    };
    let history = accounts::history(dataset, &selection, &settings)?;
    Ok(claims::Evidence::of(history.accounts, &selection.infos, &neighbours))
}

/// The equivalence factors that the scenario names, with their file, or those that its rasters give.
fn equivalence(
    loaded: &Loaded,
    opened: &Opened,
) -> Result<(EquivalenceTable, Option<SourceFile>), Diagnostics> {
    let dataset = &opened.dataset;
    let Equivalence::Table(name) = &loaded.scenario().land.equivalence else {
        return Ok((opened.derived.clone().unwrap_or_default(), None));
    };
    let path = loaded.resolve_path("land.equivalence", name);
    let bytes = std::fs::read(&path).map_err(|error| {
        loaded.diagnose("land.equivalence", "unreadable", format!("{name} cannot be read: {error}"))
    })?;
    let file = SourceFile { name: name.clone(), bytes: bytes.into() };
    let ids: Vec<_> = dataset.regions.iter().map(|region| region.id.clone()).collect();
    let classes: Vec<_> = loaded.scenario().land.classes.keys().cloned().collect();
    let table = icf_ingest::read_equivalence(&file, &ids, &classes)?;
    Ok((table, Some(file)))
}

/// Every file that went in, with its hash, sorted by name.
fn inputs<'a>(
    loaded: &Loaded,
    opened: &Opened,
    others: impl Iterator<Item = &'a SourceFile>,
) -> Vec<InputFile> {
    let scenario = loaded.files().iter().map(|file| {
        let name = std::path::Path::new(file.name())
            .file_name()
            .map_or_else(|| file.name().to_owned(), |name| name.to_string_lossy().into_owned());
        InputFile { name, sha256: sha256(file.bytes()) }
    });
    let mut inputs: Vec<InputFile> =
        scenario.chain(opened.inputs.iter().cloned()).chain(others.map(hashed)).collect();
    inputs.sort_by(|a, b| a.name.cmp(&b.name));
    inputs
}

fn hashed(file: &SourceFile) -> InputFile {
    InputFile { name: file.name.clone(), sha256: sha256(&file.bytes) }
}
