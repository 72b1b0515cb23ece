//! Counts of what draws have found in one year.

use icf_classify::Quadrant as Zone;
use icf_ensemble::Spread;
use icf_spatial::{Cluster, Quadrant};

use super::year::{Look, OfYear, Rehearsed};

/// The labels that are counted, in the order of the columns.
pub(super) const LABELS: [Cluster; 7] = [
    Cluster::Of(Quadrant::HighHigh),
    Cluster::Of(Quadrant::LowLow),
    Cluster::Of(Quadrant::LowHigh),
    Cluster::Of(Quadrant::HighLow),
    Cluster::NotSignificant,
    Cluster::Of(Quadrant::Undefined),
    Cluster::Isolated,
];
/// The place of a region among regions that are all alike: on the axis.
const UNDEFINED: usize = 5;

/// Counts over draws.
pub(super) struct Tally {
    pub(super) variables: Vec<OfVariable>,
    /// Of each region, draws in each quadrant.
    pub(super) quadrants: Vec<[u32; Zone::ALL.len()]>,
    pub(super) draws: u32,
}

/// Counts of one variable.
pub(super) struct OfVariable {
    /// Of each region with a value, draws with each label.
    pub(super) clusters: Vec<[u32; LABELS.len()]>,
    /// Draws in which Moran's I is significant.
    pub(super) significant: u32,
    /// Draws without it.
    pub(super) undefined: u32,
    /// Moran's I over the draws that are merged.
    pub(super) spread: Spread,
    /// Moran's I of the draws that are not merged yet.
    waiting: Vec<f64>,
}

impl OfVariable {
    fn of(regions: usize) -> Self {
        Self {
            clusters: vec![[0; LABELS.len()]; regions],
            significant: 0,
            undefined: 0,
            spread: Spread::default(),
            waiting: vec![],
        }
    }
}

impl Tally {
    /// Nothing counted yet.
    pub(super) fn of(year: &OfYear<'_>, rehearsed: &[Rehearsed]) -> Self {
        Self {
            variables: rehearsed.iter().map(|rehearsed| OfVariable::of(rehearsed.places.len())).collect(),
            quadrants: vec![[0; Zone::ALL.len()]; year.axes.regions().len()],
            draws: 0,
        }
    }

    /// A tally of the same regions with nothing counted.
    pub(super) fn emptied(&self) -> Self {
        let variables = self.variables.iter().map(|variable| OfVariable::of(variable.clusters.len()));
        Self {
            variables: variables.collect(),
            quadrants: vec![[0; Zone::ALL.len()]; self.quadrants.len()],
            draws: 0,
        }
    }

    /// Counts one draw.
    pub(super) fn count(&mut self, look: &Look) {
        self.draws += 1;
        for (variable, found) in self.variables.iter_mut().zip(&look.variables) {
            variable.significant += u32::from(found.is_significant);
            match &found.moran {
                Some(moran) => variable.waiting.push(moran.value),
                None => variable.undefined += 1,
            }
            for (region, counts) in variable.clusters.iter_mut().enumerate() {
                let label = found.clusters.as_ref().map(|clusters| clusters[region]);
                let place = label.and_then(|label| LABELS.iter().position(|other| *other == label));
                counts[place.unwrap_or(UNDEFINED)] += 1;
            }
        }
        for (counts, placed) in self.quadrants.iter_mut().zip(&look.quadrants) {
            let place = placed.and_then(|placed| Zone::ALL.iter().position(|zone| *zone == placed.quadrant));
            if let Some(place) = place {
                counts[place] += 1;
            }
        }
    }

    /// Adds the counts of further shards, in the order of their draws.
    pub(super) fn merge(&mut self, shards: &[&Self]) {
        for (place, variable) in self.variables.iter_mut().enumerate() {
            let values: Vec<f64> =
                shards.iter().flat_map(|shard| shard.variables[place].waiting.iter().copied()).collect();
            variable.spread.add(&values);
            for of in shards.iter().map(|shard| &shard.variables[place]) {
                variable.significant += of.significant;
                variable.undefined += of.undefined;
                add(&mut variable.clusters, &of.clusters);
            }
        }
        for shard in shards {
            add(&mut self.quadrants, &shard.quadrants);
            self.draws += shard.draws;
        }
    }
}

fn add<const N: usize>(counts: &mut [[u32; N]], more: &[[u32; N]]) {
    for (counts, more) in counts.iter_mut().zip(more) {
        for (count, more) in counts.iter_mut().zip(more) {
            *count += more;
        }
    }
}
