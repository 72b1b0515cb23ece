//! What is not known, carried through the run: draws of the scenario's uncertain keys to ranges and probabilities.
//!
//! `draws` puts together once what is drawn, for all that draws. `inputs` turns the scenario's distributions into those of the ensemble, `residuals` finds the errors of the past, `closed`
//! puts a chain in closed form together where every drawn key has one, and `rerun` runs accounts and models again for each
//! draw where one has not. `rows` puts the outcome into tables, `sensitivity` asks which input decides it, `odds` looks at one subject
//! and threshold for questions asked backwards, and `space` carries errors of the figures that go in to clusters and quadrants.

mod closed;
mod draws;
mod inputs;
mod odds;
mod rerun;
mod residuals;
mod rows;
mod sensitivity;
mod space;

pub(crate) use draws::Draws;
pub(crate) use odds::{OfSubject, Turn};

use icf_diagnostics::Diagnostics;
use icf_ensemble::{Chain, EnsembleError, Frame, Held, Inputs, Plan, Rule, Shock};
use icf_results::{EarlyWarningRow, EnsembleRow, RegionInfo, SensitivityRow, ThresholdProbabilityRow};
use icf_scenario::{Loaded, Sampling, Scope, ThresholdKind};
use icf_units::{Year, YearRange};

pub(crate) use space::Spaces;

use crate::Prepared;
use crate::accounts::Accounts;
use crate::cache::{Cache, Stoppable};
use crate::subjects::Subject;
use crate::trajectories::Projected;

/// The tables of the draws; empty for a scenario that draws nothing.
#[derive(Default)]
pub(crate) struct Uncertain {
    pub(crate) ensemble: Vec<EnsembleRow>,
    pub(crate) probabilities: Vec<ThresholdProbabilityRow>,
    pub(crate) warnings: Vec<EarlyWarningRow>,
    pub(crate) sensitivity: Vec<SensitivityRow>,
}

/// What a run knows before anything is drawn.
struct Ground<'a> {
    loaded: &'a Loaded,
    prepared: &'a Prepared,
    /// Without any draw.
    projected: &'a Projected,
    /// The accounts of it, over history and projection.
    accounts: &'a Accounts,
    /// The projected years.
    years: YearRange,
}

/// All that is drawn and looked at.
struct Setup {
    plan: Plan,
    subjects: Vec<Subject>,
    /// The rule that says who is in deficit; those before it are the scenario's thresholds in their order.
    deficit: usize,
}

/// Refuses errors of the figures that go in that cannot be drawn.
///
/// # Errors
/// Every one of them.
pub(crate) fn check_space(loaded: &Loaded, prepared: &Prepared) -> Result<(), Diagnostics> {
    space::plan(loaded, prepared).map(drop)
}

/// Draws the errors of the figures that go in, to the chance of each cluster and quadrant; nothing unless the scenario asks.
///
/// # Errors
/// Every error that cannot be drawn, or has nothing to act on.
pub(crate) fn in_space(loaded: &Loaded, prepared: &Prepared, cache: &Cache) -> Result<Spaces, Diagnostics> {
    space::plan(loaded, prepared)?.map_or_else(|| Ok(Spaces::default()), |plan| plan.run(cache))
}

/// Draws.
///
/// # Errors
/// When a draw makes a scenario that cannot be run.
pub(crate) fn run(
    loaded: &Loaded,
    prepared: &Prepared,
    projected: &Projected,
    draws: Option<Draws>,
    cache: &Cache,
) -> Result<Uncertain, Diagnostics> {
    let Some((ground, draws)) = ground(loaded, prepared, projected).zip(draws) else {
        return Ok(Uncertain::default());
    };
    let (scenario, count) = (loaded.scenario(), draws.count());
    let Draws { mut setup, closed, .. } = draws;
    match closed {
        Some(chain) => {
            tracing::info!("{}: {count} draws, in closed form", scenario.name);
            by_chain(&ground, &setup, &Stoppable { chain: &chain, mistakes: |never| match never {}, cache })
        }
        None => {
            setup.plan.frame.eta_is_drawn = true;
            tracing::info!("{}: {count} draws, each a run of its own", scenario.name);
            let chain = rerun::chain(&ground, &setup, cache);
            by_chain(&ground, &setup, &chain)
        }
    }
}

fn by_chain(
    ground: &Ground<'_>,
    setup: &Setup,
    chain: &impl Chain<Error = Diagnostics>,
) -> Result<Uncertain, Diagnostics> {
    let outcome = setup.plan.run(chain).map_err(|error| match error {
        EnsembleError::Design(error) => {
            ground.loaded.diagnose("uncertainty.sampling", "design", error.to_string()).into()
        }
        EnsembleError::Chain(mistakes) => mistakes,
    })?;
    let sensitivity = sensitivity::rows(ground, setup, chain)?;
    Ok(Uncertain { sensitivity, ..rows::rows(ground, setup, &outcome) })
}

fn ground<'a>(loaded: &'a Loaded, prepared: &'a Prepared, projected: &'a Projected) -> Option<Ground<'a>> {
    loaded.scenario().uncertainty.as_ref().filter(|uncertainty| !uncertainty.inputs.is_empty())?;
    let years = YearRange::new(prepared.years.last().next(), loaded.scenario().projection.horizon).ok()?;
    Some(Ground { loaded, prepared, projected, accounts: &projected.accounts, years })
}

impl Ground<'_> {
    fn infos(&self) -> &[RegionInfo] {
        &self.prepared.selection.infos
    }

    fn first_year(&self) -> Year {
        self.years.first()
    }

    /// Whether a region's emissions and sink are known in every projected year.
    fn is_known(&self, region: usize) -> bool {
        self.years.iter().all(|year| self.accounts.footprint.get(region, year).is_some())
    }

    fn has_residents(&self, region: usize) -> bool {
        self.years
            .iter()
            .all(|year| self.accounts.population.get(region, year).is_some_and(|persons| persons.get() > 0.0))
    }
}

/// Puts together what is drawn and looked at; `inputs`, where they are at hand.
fn setup(ground: &Ground<'_>, shocks: Vec<Shock>, inputs: Option<Inputs>) -> Result<Setup, Diagnostics> {
    let scenario = ground.loaded.scenario();
    let uncertainty = scenario.uncertainty.as_ref().expect("there is no ground without it");
    let subjects = subjects(ground);
    let of_scope = |scope: Scope, kind: ThresholdKind| -> Vec<usize> {
        let needs_residents = matches!(kind, ThresholdKind::IcfPerCapita | ThresholdKind::SizePerCapita);
        let has_residents = |subject: &Subject| {
            !needs_residents || subject.members.iter().all(|region| ground.has_residents(*region))
        };
        (0..subjects.len())
            .filter(|place| subjects[*place].scope == scope && has_residents(&subjects[*place]))
            .collect()
    };
    let mut rules: Vec<Rule> = scenario
        .thresholds
        .iter()
        .map(|threshold| {
            let held = match threshold.kind {
                ThresholdKind::Emissions => Held::Emissions,
                ThresholdKind::Capacity => Held::Capacity,
                ThresholdKind::Depth => Held::Depth,
                ThresholdKind::IcfPerCapita => Held::IcfPerCapita,
                ThresholdKind::SizePerCapita => Held::SizePerCapita,
            };
            let said = Scope::ALL.into_iter().filter(|scope| threshold.scopes.contains(scope));
            Rule { held, subjects: said.flat_map(|scope| of_scope(scope, threshold.kind)).collect() }
        })
        .collect();
    let deficit = rules.len();
    rules.push(Rule { held: Held::Capacity, subjects: (0..subjects.len()).collect() });
    let frame = Frame {
        regions: ground.infos().len(),
        years: ground.years.len(),
        subjects: subjects.iter().map(|of| icf_ensemble::Subject { members: of.members.clone() }).collect(),
        rules,
        eta_is_drawn: false,
    };
    let is_at_hand = inputs.is_some();
    let inputs = inputs.unwrap_or_else(|| inputs::inputs(ground, &shocks));
    let plan = Plan {
        frame,
        inputs,
        shocks,
        sampling: match uncertainty.sampling {
            Sampling::Plain => icf_uncertainty::Sampling::Plain,
            Sampling::LatinHypercube => icf_uncertainty::Sampling::LatinHypercube,
            Sampling::Sobol => icf_uncertainty::Sampling::Sobol,
        },
        draws: uncertainty.draws.div_ceil(u64::from(uncertainty.replicates)),
        replicates: uncertainty.replicates,
        seed: uncertainty.seed,
    };
    // A design that does not reach so far is refused before anything is drawn.
    if !is_at_hand {
        plan.inputs.design(plan.sampling, plan.draws, 0, plan.seed).map_err(|error| {
            let hint = "take `latin-hypercube`, or fewer inputs or draws";
            ground.loaded.diagnose("uncertainty.sampling", "design", error.to_string()).hint(hint)
        })?;
    }
    Ok(Setup { plan, subjects, deficit })
}

/// The nation, the groups and the regions, as far as all their regions are known: a part would pass for the whole.
fn subjects(ground: &Ground<'_>) -> Vec<Subject> {
    let is_known = |subject: &Subject| subject.members.iter().all(|region| ground.is_known(*region));
    Subject::all(ground.infos()).into_iter().filter(is_known).collect()
}

#[cfg(test)]
mod tests {
    use icf_ensemble::Measure;

    use super::*;
    use crate::prepare;
    use crate::trajectories::Tell;

    const SCENARIO: &str = "
name: drawn
data: china-provinces
years: { first: 2003, last: 2022 }
regions: { include: [Beijing, Hebei, Guangdong, Yunnan] }
accounting: { preset: coherent }
spatial: { islands: { policy: zero } }
land:
  source: inventory
  classes:
    forest: { npp: 3.8096 t/hm2, share: 0.8272 }
    grassland: { npp: 0.9482 t/hm2, share: 0.1728 }
projection:
  horizon: 2030
  emissions: { model: path, points: { 2025: 102 %, 2030: 85 % } }
  sink: { model: rate, rate: -0.43 %/yr }
  regions: { Guangdong: { emissions: { model: rate, rate: 1 %/yr } } }
thresholds:
  - { name: budget, kind: emissions, level: 1e8 tC, scopes: [nation] }
  - { name: capacity, kind: capacity }
  - { name: size, kind: size-per-capita, level: 0.1 hm2/person, scopes: [region] }
uncertainty:
  draws: 400
  replicates: 2
  inputs:
    projection.emissions.points.2030: { distribution: pert, min: 60 %, mode: 85 %, max: 110 % }
    projection.regions.Guangdong.emissions.rate: { distribution: uniform, min: -2 %/yr, max: 3 %/yr }
    projection.sink.rate: { distribution: normal, mean: -0.43 %/yr, sd: 0.2 %/yr }
    projection.sink: { distribution: residuals }
    \"thresholds[0].level\": { distribution: lognormal, median: 0.1 GtC, spread: 1.2 }
";

    /// What is put together in closed form is what a run with each draw laid onto the scenario gives.
    #[test]
    fn the_closed_form_is_the_run_itself() {
        let loaded = icf_scenario::load_str("drawn.yaml", SCENARIO, None).unwrap();
        let cache = Cache::default();
        let prepared = prepare(&loaded, &cache).unwrap();
        let (projected, _) = prepared.project(&loaded, Tell::Nothing, &cache).unwrap();
        let ground = ground(&loaded, &prepared, &projected).unwrap();
        let shocks = residuals::shocks(&ground).unwrap();
        let setup = setup(&ground, shocks, None).unwrap();
        let closed = closed::chain(&ground, &setup).ok().expect("each key has a closed form");
        let closed = setup.plan.run(&closed).unwrap();
        let rerun = setup.plan.run(&rerun::chain(&ground, &setup, &cache)).unwrap();
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
        for subject in 0..setup.subjects.len() {
            for year in 0..ground.years.len() {
                for measure in Measure::ALL {
                    let [a, b] = [&closed, &rerun].map(|outcome| outcome.figures(subject, year, measure));
                    let ((a, a_sd), (b, b_sd)) = (a.moments().unwrap(), b.moments().unwrap());
                    assert!(
                        near(a, b) && near(a_sd, b_sd),
                        "{subject} {year} {measure:?}: {a} {b} {a_sd} {b_sd}"
                    );
                }
                for rule in 0..setup.plan.frame.rules.len() {
                    let [a, b] = [&closed, &rerun].map(|outcome| outcome.crossed_by(rule, subject, year));
                    assert_eq!(a, b);
                }
            }
        }
        let crossed = closed.crossed_by(0, 0, 7).unwrap().share;
        assert!(
            crossed > 0.0 && crossed < 1.0,
            "a level that is always or never crossed would prove little: {crossed}"
        );
    }

    /// A key whose draws move more than its own quantity has no closed form, and is run.
    #[test]
    fn what_moves_more_is_run() {
        let with_land = SCENARIO.replace(
            "    projection.sink: {",
            "    land.classes.forest.npp: { distribution: uniform, min: 3 t/hm2, max: 4 t/hm2 }\n    projection.sink: {",
        );
        let loaded = icf_scenario::load_str("drawn.yaml", &with_land, None).unwrap();
        let cache = Cache::default();
        let prepared = prepare(&loaded, &cache).unwrap();
        let (projected, _) = prepared.project(&loaded, Tell::Nothing, &cache).unwrap();
        let draws = Draws::of(&loaded, &prepared, &projected).unwrap();
        assert!(draws.as_ref().unwrap().closed.is_none());
        let drawn = run(&loaded, &prepared, &projected, draws, &cache).unwrap();
        let icf = drawn.ensemble.iter().find(|row| row.scope == "nation" && row.quantity == "icf").unwrap();
        assert!(icf.sd.unwrap() > 0.0, "the uptake moves every area");
    }
}
