//! The garden of methods: one scenario along every path of choices that the paper and its critics could take.
//!
//! The paths are the product of four choices, a list in `choices`. What comes of a path is computed by the same functions as
//! a run, so that a path that is a scenario gives that scenario's figures to the last digit. `flips` says which choice turns
//! which verdict.

mod choices;
mod flips;

use icf_diagnostics::Diagnostics;
use icf_results::{
    Basis, Choice, Garden, GardenPath, GardenVerdict, PathFigures, PathOutcome, PathQuadrant, PathYear,
    RegionInfo, ThresholdRow, ThresholdStanding, Verdict, VerdictKind,
};
use icf_scenario::Loaded;
use icf_spatial::moran_value;
use icf_units::Year;
use rayon::prelude::*;

use crate::accounts::{Accounts, Settings};
use crate::claims::{self, Claim};
use crate::classes::quadrants_of;
use crate::space::{Neighbours, Variable};
use crate::trajectories::Tell;
use crate::{Cache, PAPERS_DATA, dataset, papers_evidence, prepare, thresholds};

/// Runs the chain along every path; a path that the data do not allow has its reason. Gives the warnings of the scenario as
/// it stands.
///
/// # Errors
/// Every mistake of the scenario as it stands, as a run would tell it.
pub fn garden(loaded: &Loaded, cache: &Cache) -> Result<(Garden, Diagnostics), Diagnostics> {
    let scenario = loaded.scenario();
    let claims = claims::claims();
    // The own path first: what it reads is there for all others.
    let choices = choices::open_to(scenario);
    let own_places = choices::of(scenario);
    let (own, warnings) = walk(loaded, cache, &claims)?;
    let walked: Vec<(Vec<usize>, Result<Walked, Diagnostics>)> = choices::paths(&choices)
        .into_par_iter()
        .map(|places| {
            let found = if places == own_places {
                Ok(own.clone())
            } else {
                let other = loaded.changed(|scenario| choices::take(scenario, &places));
                walk(&other, cache, &claims).map(|(walked, _)| walked)
            };
            (places, found)
        })
        .collect();
    let places: Vec<Vec<usize>> = walked.iter().map(|(places, _)| places.clone()).collect();
    let outcomes: Vec<Option<Walked>> =
        walked.iter().map(|(_, found)| found.as_ref().ok().cloned()).collect();
    let verdicts = verdicts(&claims, &choices, &places, &outcomes);
    let regions = own.figures.quadrants.len();
    let paths = walked
        .into_iter()
        .enumerate()
        .map(|(number, (places, found))| {
            let (figures, reason) = match found {
                Ok(Walked { figures, .. }) if figures.is_empty() => (None, EMPTY.to_owned()),
                Ok(walked) => (Some(changed_from(walked.figures, &own.figures)), String::new()),
                Err(mistakes) => (None, reasons(&mistakes)),
            };
            GardenPath {
                path: number + 1,
                levels: choices::levels(&choices, &places),
                own: places == own_places,
                places,
                figures,
                reason,
            }
        })
        .collect();
    let garden = Garden {
        scenario: scenario.name.clone(),
        data: scenario.data.clone(),
        regions,
        first: scenario.years.first,
        last: scenario.years.last,
        horizon: scenario.projection.horizon,
        choices: choices.to_vec(),
        paths,
        verdicts,
    };
    Ok((garden, warnings))
}

/// Why a path that can be gone shows nothing.
const EMPTY: &str =
    "neither the nation's emissions and sink nor any region's quadrant is known, as in data without land";

/// What comes of a path: its figures, and the figure and verdict of each claim.
#[derive(Clone)]
struct Walked {
    figures: PathFigures,
    /// None for data that the paper does not speak of.
    claims: Vec<(Option<f64>, Verdict)>,
}

/// Goes one path.
fn walk(loaded: &Loaded, cache: &Cache, claims: &[Claim]) -> Result<(Walked, Diagnostics), Diagnostics> {
    let scenario = loaded.scenario();
    let prepared = prepare(loaded, cache)?;
    let (projected, pulled) = prepared.project(loaded, Tell::Nothing, cache)?;
    let accounts = projected.accounts;
    let (infos, dataset) = (&prepared.selection.infos, &prepared.opened.dataset);
    let (first, last, horizon) = (scenario.years.first, scenario.years.last, scenario.projection.horizon);
    let moran = |variable| [first, last].map(|year| moran(&prepared.neighbours, variable, &accounts, year));
    let placed = quadrants_of(scenario.quadrants.split, &accounts, last);
    let held = thresholds::assess(scenario, infos, &accounts, prepared.basis);
    let figures = PathFigures {
        unit: Basis::unit(prepared.basis),
        first: year(&accounts, infos, first),
        last: year(&accounts, infos, last),
        horizon: year(&accounts, infos, horizon),
        moran_size: moran(Variable::Size),
        moran_depth: moran(Variable::Depth),
        thresholds: held.into_iter().filter(|row| row.scope == "nation").map(standing).collect(),
        quadrants: infos
            .iter()
            .zip(placed)
            .map(|(info, placed)| PathQuadrant {
                region: info.id.to_string(),
                name: info.name.clone(),
                quadrant: placed.map(|placed| placed.quadrant.as_str()),
            })
            .collect(),
        quadrants_changed: None,
    };
    let judged = if dataset::is_built_in(loaded, PAPERS_DATA) {
        let settings = Settings::of(loaded, &prepared.equivalence);
        let evidence = papers_evidence(loaded, dataset, settings, cache)?;
        claims.iter().map(|claim| claim.judge(&evidence)).collect()
    } else {
        vec![]
    };
    let mut warnings = prepared.warnings;
    warnings.extend(pulled.warnings);
    Ok((Walked { figures, claims: judged }, warnings))
}

fn moran(neighbours: &Neighbours, variable: Variable, accounts: &Accounts, year: Year) -> Option<f64> {
    moran_value(&neighbours.join(variable, accounts, year).ok()?).ok()
}

/// The nation in a year, with the regions in deficit.
fn year(accounts: &Accounts, infos: &[RegionInfo], year: Year) -> PathYear {
    let sum = accounts.nation(year);
    let known = sum.is_known();
    let depth = |depth: Option<icf_units::Ratio>| depth.filter(|_| known).map(|depth| depth.get());
    let is_deficit = |place: usize| {
        accounts.footprint.get(place, year).is_some_and(|footprint| footprint.deficit().get() > 0.0)
    };
    PathYear {
        emissions: known.then_some(sum.ice.get()),
        sink: known.then_some(sum.cs.get()),
        depth: depth(sum.footprint.depth()),
        depth_netted: depth(sum.footprint.depth_netted()),
        in_deficit: (sum.footprint.regions > 0).then(|| {
            let deficits = infos.iter().enumerate().filter(|(place, _)| is_deficit(*place));
            deficits.map(|(_, info)| info.name.clone()).collect()
        }),
    }
}

fn standing(row: ThresholdRow) -> ThresholdStanding {
    ThresholdStanding {
        threshold: row.threshold,
        scope: row.scope.to_owned(),
        name: row.region,
        unit: row.unit,
        already: row.already_at_start,
        first_year: row.first_year,
        margin: row.margin_horizon,
        overshoot: row.cumulative_overshoot,
        // The paths are compared without draws.
        probability: None,
    }
}

/// The figures with the number of regions in another quadrant than on the own path.
fn changed_from(mut figures: PathFigures, own: &PathFigures) -> PathFigures {
    let pairs = || figures.quadrants.iter().zip(&own.quadrants);
    let is_placed = pairs().any(|(here, there)| here.quadrant.or(there.quadrant).is_some());
    let changed = pairs().filter(|(here, there)| here.quadrant != there.quadrant).count();
    figures.quadrants_changed = is_placed.then_some(changed);
    figures
}

/// What a path lacks, in a line.
fn reasons(mistakes: &Diagnostics) -> String {
    let errors = mistakes.as_slice().iter().filter(|mistake| mistake.is_error());
    let mut messages: Vec<&str> = errors.map(|mistake| mistake.message.as_str()).collect();
    messages.dedup();
    messages.join("; ")
}

/// The paper's figures and the thresholds of the nation over all paths.
fn verdicts(
    claims: &[Claim],
    choices: &[Choice],
    places: &[Vec<usize>],
    walked: &[Option<Walked>],
) -> Vec<GardenVerdict> {
    let mut verdicts = Vec::new();
    for (number, claim) in claims.iter().enumerate() {
        let judged: Vec<Option<(Option<f64>, Verdict)>> =
            walked.iter().map(|walked| walked.as_ref()?.claims.get(number).copied()).collect();
        if judged.iter().all(Option::is_none) {
            continue;
        }
        let values: Vec<f64> = judged.iter().filter_map(|judged| (*judged)?.0).collect();
        let outcome = |(value, verdict): (Option<f64>, Verdict)| PathOutcome {
            outcome: verdict.to_string(),
            computed: claim.show(value),
        };
        let outcomes = judged.into_iter().map(|judged| judged.map(outcome)).collect();
        verdicts.push(flips::verdict(
            VerdictKind::Claim,
            claim.claim.clone(),
            [claim.printed(), claim.unit.to_owned(), claim.range(&values)],
            choices,
            places,
            outcomes,
        ));
    }
    let Some(own) = walked.iter().flatten().next() else { return verdicts };
    for (number, threshold) in own.figures.thresholds.iter().enumerate() {
        let held: Vec<Option<&ThresholdStanding>> =
            walked.iter().map(|walked| walked.as_ref()?.figures.thresholds.get(number)).collect();
        let outcomes = held
            .iter()
            .map(|held| {
                held.map(|held| PathOutcome {
                    outcome: match held.words().as_str() {
                        "never" => "not crossed",
                        "unknown" => "unknown",
                        _ => "crossed",
                    }
                    .to_owned(),
                    computed: held.words(),
                })
            })
            .collect();
        let mut years: Vec<String> = held.iter().flatten().map(|held| held.words()).collect();
        years.sort();
        years.dedup();
        verdicts.push(flips::verdict(
            VerdictKind::Threshold,
            threshold.threshold.clone(),
            [String::new(), String::new(), years.join(", ")],
            choices,
            places,
            outcomes,
        ));
    }
    verdicts
}
