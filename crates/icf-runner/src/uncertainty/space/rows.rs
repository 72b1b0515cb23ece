//! Counts of draws as rows of tables.

use icf_classify::Quadrant as Zone;
use icf_results::{ClusterProbabilityRow, MoranEnsembleRow, QuadrantProbabilityRow};

use super::tally::{LABELS, OfVariable, Tally};
use super::year::{Found, Look, OfYear, Rehearsals, Rehearsed};
use super::{Plan, Spaces};

/// One row a variable, year and region, in that order.
pub(super) fn rows(plan: &Plan<'_>, rehearsed: &[Rehearsals], plain: &[Look], tallies: &[Tally]) -> Spaces {
    let mut spaces = Spaces { errors: plan.errors.rows.clone(), ..Spaces::default() };
    for place in 0..rehearsed.first().map_or(0, Vec::len) {
        for (((year, rehearsed), look), tally) in plan.years.iter().zip(rehearsed).zip(plain).zip(tallies) {
            let (rehearsed, found) = (&rehearsed[place], &look.variables[place]);
            let counts = &tally.variables[place];
            spaces.moran.push(moran(year, rehearsed, found, counts, tally.draws));
            spaces.clusters.extend(clusters(year, rehearsed, found, counts, tally.draws));
        }
    }
    for ((year, look), tally) in plan.years.iter().zip(plain).zip(tallies) {
        spaces.quadrants.extend(quadrants(year, look, tally));
    }
    spaces
}

/// A share of the draws, and its standard error, √(p(1 − p)/draws).
fn share(count: u32, draws: u32) -> (f64, f64) {
    let draws = f64::from(draws);
    let share = f64::from(count) / draws;
    (share, (share * (1.0 - share) / draws).sqrt())
}

/// The place of the greatest count; of several that of the run itself, else the first.
fn modal(counts: &[u32], own: Option<usize>) -> usize {
    let most = counts.iter().copied().max().unwrap_or_default();
    let of_the_run = own.filter(|place| counts[*place] == most);
    of_the_run.or_else(|| counts.iter().position(|count| *count == most)).unwrap_or_default()
}

fn moran(
    year: &OfYear<'_>,
    rehearsed: &Rehearsed,
    found: &Found,
    counts: &OfVariable,
    draws: u32,
) -> MoranEnsembleRow {
    let quantile = |share| counts.spread.quantile(share);
    let quantiles = [0.025, 0.1, 0.5, 0.9, 0.975].map(quantile);
    let [q025, q10, q50, q90, q975] = quantiles.map(|found| found.map(|of| of.value));
    let errors = quantiles.into_iter().flatten().map(|of| of.error);
    let bin = errors.fold(None, |most: Option<f64>, error| Some(most.map_or(error, |most| most.max(error))));
    let moments = counts.spread.moments();
    let (p_significant, p_significant_se) = share(counts.significant, draws);
    MoranEnsembleRow {
        variable: rehearsed.variable.name(),
        year: year.year,
        n: rehearsed.places.len(),
        deterministic: found.moran.as_ref().map(|moran| moran.value),
        p_folded: found.moran.as_ref().map(|moran| moran.pseudo_p.folded),
        mean: moments.map(|(mean, _)| mean),
        sd: moments.map(|(_, sd)| sd),
        q025,
        q10,
        q50,
        q90,
        q975,
        bin,
        p_significant,
        p_significant_se,
        undefined: counts.undefined as usize,
        draws: draws as usize,
        note: rehearsed.known.as_ref().err().cloned().unwrap_or_default(),
    }
}

fn clusters(
    year: &OfYear<'_>,
    rehearsed: &Rehearsed,
    found: &Found,
    counts: &OfVariable,
    draws: u32,
) -> Vec<ClusterProbabilityRow> {
    let regions = rehearsed.places.iter().zip(&counts.clusters).enumerate();
    let mut rows: Vec<ClusterProbabilityRow> = regions
        .map(|(at, (place, counts))| {
            let own = found.clusters.as_ref().map(|clusters| clusters[at]);
            let own_place = own.and_then(|own| LABELS.iter().position(|label| *label == own));
            let modal = modal(counts, own_place);
            let (p_modal, p_modal_se) = share(counts[modal], draws);
            let [p_hh, p_ll, p_lh, p_hl, p_ns, p_undefined, p_isolated] =
                counts.map(|count| share(count, draws).0);
            ClusterProbabilityRow {
                variable: rehearsed.variable.name(),
                year: year.year,
                region: year.axes.regions()[*place].clone(),
                cluster: own.map(icf_spatial::Cluster::as_str),
                p_cluster: own_place.map(|place| share(counts[place], draws).0),
                modal: LABELS[modal].as_str(),
                p_modal,
                p_modal_se,
                p_hh,
                p_ll,
                p_lh,
                p_hl,
                p_ns,
                p_undefined,
                p_isolated,
                draws: draws as usize,
            }
        })
        .collect();
    rows.sort_by(|a, b| a.region.cmp(&b.region));
    rows
}

/// One row a region that has a place in every draw.
fn quadrants(year: &OfYear<'_>, look: &Look, tally: &Tally) -> Vec<QuadrantProbabilityRow> {
    let regions = year.axes.regions().iter().zip(&look.quadrants).zip(&tally.quadrants);
    regions
        .filter(|(_, counts)| counts.iter().sum::<u32>() == tally.draws)
        .map(|((region, placed), counts)| {
            let own = placed.map(|placed| placed.quadrant);
            let own_place = own.and_then(|own| Zone::ALL.iter().position(|zone| *zone == own));
            let modal = modal(counts, own_place);
            let (p_modal, p_modal_se) = share(counts[modal], tally.draws);
            let [p_i, p_ii, p_iii, p_iv] = counts.map(|count| share(count, tally.draws).0);
            QuadrantProbabilityRow {
                year: year.year,
                region: region.clone(),
                quadrant: own.map(Zone::as_str),
                p_quadrant: own_place.map(|place| share(counts[place], tally.draws).0),
                modal: Zone::ALL[modal].as_str(),
                p_modal,
                p_modal_se,
                p_i,
                p_ii,
                p_iii,
                p_iv,
                draws: tally.draws as usize,
            }
        })
        .collect()
}
