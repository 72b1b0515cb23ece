//! Neighbours, and the spatial patterns of each year of the history.

use icf_diagnostics::Diagnostics;
use icf_geometry::{Contiguity, Layer, contiguity, label_point};
use icf_ingest::Dataset;
use icf_results::{LisaRow, MoranRow, TransitionRow};
use icf_scenario::{Islands, LabelBy, Loaded, Spatial};
use icf_spatial::{
    Adjustment, Distance, IslandPolicy, Joined, Labelling, Lisa, LisaRegion, Permutations, SpatialError,
    Weights, join, label, local_moran, moran, transition,
};
use icf_units::{HectaresPerPerson, Quantity, Ratio, RegionId, Year};
use rayon::prelude::*;

use crate::accounts::Accounts;
use crate::dataset::{Selection, known};

/// Fewer regions have no spatial pattern to speak of.
const FEWEST: usize = 3;

/// What is looked at in space and sorted into classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Variable {
    /// Footprint size per resident.
    Size,
    /// Footprint depth.
    Depth,
}

impl Variable {
    pub(crate) const ALL: [Self; 2] = [Self::Size, Self::Depth];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Size => "size_hm2_per_capita",
            Self::Depth => "depth",
        }
    }

    pub(crate) const fn unit(self) -> &'static str {
        match self {
            Self::Size => HectaresPerPerson::UNIT,
            Self::Depth => Ratio::UNIT,
        }
    }

    /// One year's values, a region each.
    pub(crate) fn column(self, accounts: &Accounts, year: Year) -> Vec<Option<f64>> {
        (0..accounts.axes().regions().len())
            .map(|region| match self {
                Self::Size => accounts.size_per_capita(region, year).map(|size| size.get()),
                Self::Depth => accounts.depth(region, year).map(|depth| depth.get()),
            })
            .collect()
    }
}

/// Who is whose neighbour, or why nobody knows.
pub(crate) struct Neighbours {
    weights: Result<Weights, String>,
    /// What was assumed, a line each.
    pub(crate) notes: Vec<String>,
}

impl Neighbours {
    fn unknown(why: &str) -> Self {
        let why = format!("no spatial statistics: {why}");
        Self { weights: Err(why.clone()), notes: vec![why] }
    }

    /// Each link once, smaller id first, in order.
    pub(crate) fn links(&self) -> Vec<(RegionId, RegionId)> {
        let Ok(weights) = &self.weights else { return vec![] };
        let ids = weights.ids();
        let mut links: Vec<_> = (0..weights.len())
            .flat_map(|i| weights.row(i).map(move |(j, _)| (i, j)))
            .map(|(i, j)| (ids[i].clone(), ids[j].clone()))
            .filter(|(a, b)| a < b)
            .collect();
        links.sort();
        links
    }

    /// A variable's values in a year, joined to the weights.
    pub(crate) fn join(&self, variable: Variable, accounts: &Accounts, year: Year) -> Result<Joined, String> {
        let weights = self.weights.as_ref().map_err(Clone::clone)?;
        let ids = accounts.axes().regions();
        // The weights have fewer regions where the policy drops islands.
        let values: Vec<_> = ids
            .iter()
            .cloned()
            .zip(variable.column(accounts, year))
            .filter(|(id, _)| weights.ids().contains(id))
            .collect();
        join(weights, &values).map_err(|error| error.to_string())
    }
}

/// Finds the neighbours of the selection after the scenario's rule and island policy.
pub(crate) fn neighbours(
    loaded: &Loaded,
    dataset: &Dataset,
    selection: &Selection,
    islands: &Islands,
) -> Result<Neighbours, Diagnostics> {
    let spatial = &loaded.scenario().spatial;
    let Some(boundaries) = &dataset.boundaries else {
        return Ok(Neighbours::unknown("the data set has no boundaries"));
    };
    let mistake = |key: &str, message: String| Diagnostics::from(loaded.diagnose(key, "spatial", message));
    let layer = Layer::from_geojson(boundaries, "region")
        .map_err(|error| mistake("data", format!("boundaries of {}: {error}", dataset.name)))?;
    let without: Vec<&str> =
        selection.infos.iter().map(|info| info.id.as_str()).filter(|id| layer.get(id).is_none()).collect();
    if !without.is_empty() {
        let message = format!("boundaries of {}: none of {}", dataset.name, without.join(", "));
        return Err(mistake("data", message));
    }
    if selection.rows.len() < FEWEST {
        return Ok(Neighbours::unknown("there are fewer than three regions"));
    }
    let layer = layer.filtered(|id| selection.axes.region_index(id.as_str()).is_some());
    let (rule, name) = match spatial.contiguity {
        icf_scenario::Contiguity::Queen => (Contiguity::Queen, "queen"),
        icf_scenario::Contiguity::Rook => (Contiguity::Rook, "rook"),
    };
    let links =
        contiguity(&layer, rule, spatial.snap).map_err(|error| mistake("spatial.snap", error.to_string()))?;
    let ids = layer.features().iter().map(|feature| feature.region.clone());
    let refused = |error: SpatialError| {
        let hint = "choose `drop`, `zero`, `nearest` or `links` for `spatial.islands`";
        Diagnostics::from(loaded.diagnose("spatial.islands", "spatial", error.to_string()).hint(hint))
    };
    let bare = Weights::from_links(ids, &links).map_err(refused)?;
    let policy = policy(islands, dataset, selection, &layer);
    let (weights, done) = bare.with_islands(&policy).map_err(refused)?;
    let mut notes = vec![format!(
        "{name} contiguity: {} regions, {} links, {} components",
        weights.len(),
        weights.links() / 2,
        weights.components()
    )];
    notes.extend(done);
    Ok(Neighbours { weights: Ok(weights), notes })
}

/// The scenario's policy in the terms of the weights; links to regions that take no part are left out.
fn policy(islands: &Islands, dataset: &Dataset, selection: &Selection, layer: &Layer) -> IslandPolicy {
    match islands {
        Islands::Error => IslandPolicy::Error,
        Islands::Drop => IslandPolicy::Drop,
        Islands::Zero => IslandPolicy::Zero,
        Islands::Nearest => {
            let plane = icf_geometry::Albers::china();
            let point = |feature| label_point(feature, &plane).unwrap_or_default();
            IslandPolicy::Nearest(layer.features().iter().map(point).collect(), Distance::Planar)
        }
        Islands::Links { links } => {
            let known = known(dataset);
            let id = |key: &icf_scenario::RegionKey| {
                let id = known.region(key.as_str())?;
                selection.axes.region_index(id).map(|_| RegionId::new(id))
            };
            IslandPolicy::Links(links.iter().filter_map(|[a, b]| Some((id(a)?, id(b)?))).collect())
        }
    }
}

/// The spatial tables of a run.
pub(crate) struct Patterns {
    pub(crate) moran: Vec<MoranRow>,
    pub(crate) lisa: Vec<LisaRow>,
    pub(crate) transitions: Vec<TransitionRow>,
}

/// A LISA with its labels.
struct Labelled {
    lisa: Lisa,
    labels: Vec<LisaRegion>,
}

/// Global and local Moran's I of both variables in every year of the history, and the moves from its first to its
/// last complete year.
pub(crate) fn patterns(spatial: &Spatial, neighbours: &Neighbours, history: &Accounts) -> Patterns {
    let labelling = Labelling {
        significance: spatial.significance,
        by: match spatial.label_by {
            LabelBy::P => icf_spatial::LabelBy::P,
            LabelBy::Q => icf_spatial::LabelBy::Q,
        },
        adjustment: Adjustment::BenjaminiHochberg,
    };
    let mut patterns = Patterns { moran: vec![], lisa: vec![], transitions: vec![] };
    for variable in Variable::ALL {
        let years: Vec<Year> = history.axes().years().iter().collect();
        let computed: Vec<(MoranRow, Option<Labelled>)> = years
            .par_iter()
            .map(|year| {
                let joined = neighbours.join(variable, history, *year);
                let global = global(spatial, variable, *year, joined.as_ref());
                let labelled = joined.ok().and_then(|joined| {
                    let purpose = format!("lisa {} {year}", variable.name());
                    let lisa = local_moran(&joined, permutations(spatial, &purpose)).ok()?;
                    let labels = label(&lisa, labelling);
                    Some(Labelled { lisa, labels })
                });
                (global, labelled)
            })
            .collect();
        let complete: Vec<(Year, &Labelled)> = years
            .iter()
            .zip(&computed)
            .filter(|(year, _)| variable.column(history, **year).iter().all(Option::is_some))
            .filter_map(|(year, (_, labelled))| Some((*year, labelled.as_ref()?)))
            .collect();
        if let [first, .., last] = complete.as_slice() {
            patterns.transitions.extend(transitions(variable, *first, *last));
        }
        for (year, (global, labelled)) in years.iter().zip(computed) {
            patterns.moran.push(global);
            if let Some(labelled) = labelled {
                patterns.lisa.extend(local(variable, *year, &labelled));
            }
        }
    }
    patterns
}

fn permutations<'a>(spatial: &Spatial, purpose: &'a str) -> Permutations<'a> {
    Permutations { count: spatial.permutations, seed: spatial.seed, purpose }
}

/// One row of `moran`; without the statistic it says why.
fn global(spatial: &Spatial, variable: Variable, year: Year, joined: Result<&Joined, &String>) -> MoranRow {
    let purpose = format!("moran {} {year}", variable.name());
    let computed = joined
        .map_err(Clone::clone)
        .and_then(|joined| moran(joined, permutations(spatial, &purpose)).map_err(|error| error.to_string()));
    let found = computed.as_ref().ok();
    let p = found.map(|found| found.pseudo_p);
    MoranRow {
        variable: variable.name(),
        year,
        n: joined.map_or(0, |joined| joined.values.len()),
        statistic: found.map(|found| found.value),
        expected: found.map(|found| found.expected),
        variance_rand: found.and_then(|found| found.variance_randomisation),
        z_rand: found.and_then(|found| found.z_randomisation()),
        p_rand: found.and_then(|found| found.p_randomisation()),
        z_norm: found.and_then(|found| found.z_normality()),
        p_folded: p.map(|p| p.folded),
        p_greater: p.map(|p| p.greater),
        p_less: p.map(|p| p.less),
        p_two_sided: p.map(|p| p.two_sided),
        p_directed: p.map(|p| p.directed),
        permutations: spatial.permutations as usize,
        tie_share: found.map(|found| found.tie_share),
        note: computed.err().unwrap_or_default(),
    }
}

/// The rows of `lisa` of one variable and year, by region.
fn local(variable: Variable, year: Year, labelled: &Labelled) -> Vec<LisaRow> {
    let mut rows: Vec<LisaRow> = labelled
        .lisa
        .regions
        .iter()
        .zip(&labelled.labels)
        .map(|(region, label)| {
            let p = region.pseudo_p;
            LisaRow {
                variable: variable.name(),
                year,
                region: region.region.clone(),
                statistic: Some(region.value),
                z: Some(region.z),
                lag: Some(region.lag),
                quadrant: region.quadrant.as_str(),
                p_folded: p.map(|p| p.folded),
                p_greater: p.map(|p| p.greater),
                p_less: p.map(|p| p.less),
                p_two_sided: p.map(|p| p.two_sided),
                p_directed: p.map(|p| p.directed),
                exact: p.is_some_and(|p| p.exact),
                q_bh: label.q,
                cluster: label.cluster.as_str(),
                geoda_code: label.cluster.geoda_code(),
            }
        })
        .collect();
    rows.sort_by(|a, b| a.region.cmp(&b.region));
    rows
}

/// The rows of `transitions` of one variable, by region.
fn transitions(variable: Variable, first: (Year, &Labelled), last: (Year, &Labelled)) -> Vec<TransitionRow> {
    let mut rows: Vec<TransitionRow> = first
        .1
        .lisa
        .regions
        .iter()
        .zip(&first.1.labels)
        .filter_map(|(before, label_before)| {
            let place = last.1.lisa.regions.iter().position(|after| after.region == before.region)?;
            let after = &last.1.lisa.regions[place];
            Some(TransitionRow {
                variable: variable.name(),
                region: before.region.clone(),
                first_year: first.0,
                last_year: last.0,
                quadrant_first: before.quadrant.as_str(),
                quadrant_last: after.quadrant.as_str(),
                cluster_first: label_before.cluster.as_str(),
                cluster_last: last.1.labels[place].cluster.as_str(),
                rey_type: transition(before.quadrant, after.quadrant).map(|moved| moved.rey_type().as_str()),
            })
        })
        .collect();
    rows.sort_by(|a, b| a.region.cmp(&b.region));
    rows
}
