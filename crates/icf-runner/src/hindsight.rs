//! How the models of a run would have done in the past.

use std::sync::Arc;

use icf_diagnostics::Diagnostics;
use icf_projection::{AHEAD, Attempt, History, Model, Trajectory, attempts};
use icf_units::{Year, YearRange};
use rayon::prelude::*;

use crate::cache::{self, Cache};
use crate::trajectories::Of;

/// Levels of the intervals in the tables.
pub(crate) const LEVELS: [f64; 2] = [0.8, 0.95];

/// A quantity in all regions of the run.
pub(crate) struct Carried {
    pub(crate) quantity: Of,
    pub(crate) unit: String,
    /// One a region that has a history, in the order of the regions.
    pub(crate) regions: Arc<Vec<Modelled>>,
    /// The sum over all regions in the years in which each has a figure.
    pub(crate) total: Option<History>,
}

/// One region of it with the model that carries it on.
pub(crate) struct Modelled {
    /// Place of the region in the run.
    pub(crate) region: usize,
    pub(crate) model: Model,
    pub(crate) history: History,
    /// The years that the model speaks of, and what it says.
    pub(crate) ahead: Option<(YearRange, Trajectory)>,
}

impl Modelled {
    pub(crate) fn fitted(&self) -> Option<&Trajectory> {
        self.ahead.as_ref().map(|(_, fitted)| fitted)
    }
}

/// What the models would have said of one region's quantity.
pub(crate) struct Hindsight {
    /// The attempts of the scenario's own model, as far ahead as it projects; none when it cannot be tested.
    pub(crate) far: Vec<Attempt>,
    /// Those of each of [`Model::candidates`], in their order.
    pub(crate) candidates: Arc<OfCandidates>,
}

/// The attempts of each candidate.
pub(crate) type OfCandidates = Vec<Vec<Attempt>>;

impl Hindsight {
    /// The attempts of the scenario's own model at the distances on which models are tested.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Attempt> {
        self.far.iter().filter(|attempt| attempt.ahead() <= i32::from(AHEAD))
    }
}

/// Looks back on each region of each quantity, in their order.
///
/// What the candidates would have said depends on the history alone, for which `history_key` stands, and is shared by all runs
/// that have it.
pub(crate) fn look_back(
    carried: &[Carried],
    horizon: Year,
    history_key: &str,
    cache: &Cache,
) -> Vec<Vec<Hindsight>> {
    if carried.is_empty() {
        // What is not asked for is not kept as if it were the answer.
        return vec![];
    }
    let all: Vec<&Modelled> = carried.iter().flat_map(|carried| carried.regions.iter()).collect();
    // Residents that are known beyond the history are known up to the horizon.
    let key = cache::key(&[history_key, &horizon.to_string()]);
    let models = Model::candidates();
    let candidates = cache.hindsights.get(&key, || {
        let of = |modelled: &&Modelled| {
            Arc::new(models.iter().map(|model| tested(model, &modelled.history, AHEAD)).collect())
        };
        Ok::<Vec<Arc<OfCandidates>>, Diagnostics>(all.par_iter().map(of).collect())
    });
    let candidates = candidates.expect("nothing keeps candidates from being tested");
    let own = |modelled: &&Modelled| {
        let far = horizon.since(modelled.history.last().0).max(i32::from(AHEAD));
        tested(&modelled.model, &modelled.history, u8::try_from(far).unwrap_or(u8::MAX))
    };
    let own: Vec<Vec<Attempt>> = all.par_iter().map(own).collect();
    let mut made = own
        .into_iter()
        .zip(candidates.iter())
        .map(|(far, candidates)| Hindsight { far, candidates: Arc::clone(candidates) });
    carried.iter().map(|carried| made.by_ref().take(carried.regions.len()).collect()).collect()
}

fn tested(model: &Model, history: &History, ahead: u8) -> Vec<Attempt> {
    attempts(model, history, ahead, &LEVELS).unwrap_or_default()
}
