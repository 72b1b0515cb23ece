//! Neighbours, and what is looked for in space: `patterns` of each year, `dynamics` through the years, `centres`.

mod centres;
mod dynamics;
mod patterns;
mod weights_file;

use icf_diagnostics::Diagnostics;
use icf_geometry::{Albers, Contiguity, Layer, contiguity, label_point};
use icf_ingest::{Dataset, SourceFile};
use icf_results::RegionInfo;
use icf_scenario::{Islands, KernelShape, Loaded, Spatial, WeightsRule};
use icf_spatial::{
    Bandwidth, Decay, Distance, IslandPolicy, Joined, JoinedPair, Kernel, Points, SpatialError, Weights,
    distance_band, join, join_pair, kernel_weights, nearest_neighbours,
};
use icf_units::{HectaresPerPerson, Quantity, Ratio, RegionId, TonnesCo2, Year};

use crate::Cache;
use crate::accounts::Accounts;
use crate::dataset::{Selection, known};

pub(crate) use centres::{centres, places};
use dynamics::Dynamics;
use patterns::{Patterns, patterns};
pub(crate) use patterns::{labelling, permutations};

/// What is found in space over the history.
pub(crate) struct Space {
    pub(crate) patterns: Patterns,
    pub(crate) dynamics: Dynamics,
}

impl Space {
    /// Looks at each year, and at all of them together.
    ///
    /// # Errors
    /// When somebody stops it.
    pub(crate) fn of(
        spatial: &Spatial,
        infos: &[RegionInfo],
        neighbours: &Neighbours,
        history: &Accounts,
        cache: &Cache,
    ) -> Result<Self, Diagnostics> {
        let patterns = patterns(spatial, neighbours, history, cache)?;
        cache.go_on()?;
        let dynamics = Dynamics::of(spatial, infos, neighbours, &patterns, history);
        Ok(Self { patterns, dynamics })
    }
}

/// Where the file of the weights lies, if they come from one; as a key.
pub(crate) fn weights_place(loaded: &Loaded) -> String {
    match &loaded.scenario().spatial.weights {
        WeightsRule::File { path } => loaded.resolve_path("spatial.weights.path", path).display().to_string(),
        _ => String::new(),
    }
}

/// Fewer regions have no spatial pattern to speak of.
const FEWEST: usize = 3;

/// What is looked at in space and sorted into classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Variable {
    /// Footprint size per resident.
    Size,
    /// Footprint depth.
    Depth,
    /// Emissions, where the data do not allow the footprint of a resident.
    Emissions,
}

impl Variable {
    /// Size per resident and depth, the two dimensions of the footprint.
    pub(crate) const FOOTPRINT: [Self; 2] = [Self::Size, Self::Depth];

    /// What can be had of the accounts: both dimensions of the footprint; without residents its depth and the emissions;
    /// without land the emissions alone.
    pub(crate) fn of(accounts: &Accounts) -> &'static [Self] {
        let years = || accounts.axes().years().iter();
        let has_footprint = years().any(|year| accounts.footprint.column(year).iter().any(Option::is_some));
        let has_residents = years().any(|year| accounts.population.column(year).iter().any(Option::is_some));
        match (has_footprint, has_residents) {
            (true, true) => &Self::FOOTPRINT,
            (true, false) => &[Self::Depth, Self::Emissions],
            (false, _) => &[Self::Emissions],
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Size => "size_hm2_per_capita",
            Self::Depth => "depth",
            Self::Emissions => "ice_tco2",
        }
    }

    pub(crate) const fn unit(self) -> &'static str {
        match self {
            Self::Size => HectaresPerPerson::UNIT,
            Self::Depth => Ratio::UNIT,
            Self::Emissions => TonnesCo2::UNIT,
        }
    }

    /// One year's values, a region each.
    pub(crate) fn column(self, accounts: &Accounts, year: Year) -> Vec<Option<f64>> {
        (0..accounts.axes().regions().len())
            .map(|region| match self {
                Self::Size => accounts.size_per_capita(region, year).map(|size| size.get()),
                Self::Depth => accounts.depth(region, year).map(|depth| depth.get()),
                Self::Emissions => accounts.ice_co2(region, year).map(|ice| ice.get()),
            })
            .collect()
    }
}

/// Who is whose neighbour, or why nobody knows.
pub(crate) struct Neighbours {
    weights: Result<Weights, String>,
    /// What was assumed, a line each.
    pub(crate) notes: Vec<String>,
    /// The file that the weights come from.
    pub(crate) file: Option<SourceFile>,
}

impl Neighbours {
    fn unknown(why: &str) -> Self {
        let why = format!("no spatial statistics: {why}");
        Self { weights: Err(why.clone()), notes: vec![why], file: None }
    }

    /// Each link once, smaller id first, in order.
    pub(crate) fn links(&self) -> Vec<(RegionId, RegionId)> {
        let Ok(weights) = &self.weights else { return vec![] };
        let ids = weights.ids();
        let mut links: Vec<_> = pairs(weights)
            .into_iter()
            .map(|(i, j)| (ids[i].clone(), ids[j].clone()))
            .map(|(a, b)| if a < b { (a, b) } else { (b, a) })
            .collect();
        links.sort();
        links
    }

    /// The weights, or why there are none.
    pub(crate) fn weights(&self) -> Result<&Weights, String> {
        self.weights.as_ref().map_err(Clone::clone)
    }

    /// A variable's values in a year, in the order of the weights.
    pub(crate) fn column(&self, variable: Variable, accounts: &Accounts, year: Year) -> Vec<Option<f64>> {
        let Ok(weights) = &self.weights else { return vec![] };
        let column = variable.column(accounts, year);
        let place = |id: &RegionId| accounts.axes().region_index(id.as_str());
        weights.ids().iter().map(|id| place(id).and_then(|place| column[place])).collect()
    }

    /// A variable's values in a year, joined to the weights.
    pub(crate) fn join(&self, variable: Variable, accounts: &Accounts, year: Year) -> Result<Joined, String> {
        let weights = self.weights()?;
        let values = weights.ids().iter().cloned().zip(self.column(variable, accounts, year));
        join(weights, &values.collect::<Vec<_>>()).map_err(|error| error.to_string())
    }

    /// The values of size and depth in a year, joined to the weights.
    pub(crate) fn join_both(&self, accounts: &Accounts, year: Year) -> Result<JoinedPair, String> {
        let weights = self.weights()?;
        let [size, depth] = Variable::FOOTPRINT.map(|variable| self.column(variable, accounts, year));
        let both = weights.ids().iter().cloned().zip(size.into_iter().zip(depth));
        let both: Vec<_> = both.map(|(id, (size, depth))| (id, size, depth)).collect();
        join_pair(weights, &both).map_err(|error| error.to_string())
    }
}

/// Finds the neighbours of the selection after the scenario's rule and island policy, with the file they may come from.
pub(crate) fn neighbours(
    loaded: &Loaded,
    dataset: &Dataset,
    selection: &Selection,
    islands: &Islands,
) -> Result<Neighbours, Diagnostics> {
    let mistake = |key: &str, message: String| Diagnostics::from(loaded.diagnose(key, "spatial", message));
    let layer = match &dataset.boundaries {
        None => None,
        Some(boundaries) => Some(
            layer(boundaries, selection)
                .map_err(|error| mistake("data", format!("boundaries of {}: {error}", dataset.name)))?,
        ),
    };
    if selection.rows.len() < FEWEST {
        return Ok(Neighbours::unknown("there are fewer than three regions"));
    }
    let rule = &loaded.scenario().spatial.weights;
    let (bare, name, file) = match (rule, &layer) {
        (WeightsRule::File { path }, _) => {
            let (weights, file) = weights_file::read(loaded, path, dataset, selection)?;
            (weights, format!("weights of {path}"), Some(file))
        }
        (_, None) => return Ok(Neighbours::unknown("the data set has no boundaries")),
        (_, Some(layer)) => {
            let weights = rule_weights(rule, layer).map_err(|error| mistake("spatial.weights", error))?;
            (weights, describe(rule), None)
        }
    };
    let policy = policy(islands, dataset, selection, layer.as_ref())
        .map_err(|error| mistake("spatial.islands", error.to_owned()))?;
    let (weights, done) = bare.with_islands(&policy).map_err(|error| {
        let hint = "choose `drop`, `zero`, `nearest` or `links` for `spatial.islands`";
        Diagnostics::from(loaded.diagnose("spatial.islands", "spatial", error.to_string()).hint(hint))
    })?;
    let mut notes = vec![format!(
        "{name}: {} regions, {} links, {} components",
        weights.len(),
        pairs(&weights).len(),
        weights.components()
    )];
    notes.extend(done);
    Ok(Neighbours { weights: Ok(weights), notes, file })
}

/// The boundaries of the selection; every region must have its own.
fn layer(boundaries: &str, selection: &Selection) -> Result<Layer, String> {
    let layer = Layer::from_geojson(boundaries, "region").map_err(|error| error.to_string())?;
    let without: Vec<&str> =
        selection.infos.iter().map(|info| info.id.as_str()).filter(|id| layer.get(id).is_none()).collect();
    if !without.is_empty() {
        return Err(format!("none of {}", without.join(", ")));
    }
    Ok(layer.filtered(|id| selection.axes.region_index(id.as_str()).is_some()))
}

/// The weights that a rule makes of boundaries. Distances are great-circle distances between centroids.
fn rule_weights(rule: &WeightsRule, layer: &Layer) -> Result<Weights, String> {
    let touching = |kind: Contiguity, snap: f64| {
        let links = contiguity(layer, kind, snap).map_err(|error| error.to_string())?;
        let ids = layer.features().iter().map(|feature| feature.region.clone());
        Weights::from_links(ids, &links).map_err(|error| error.to_string())
    };
    let points = || Points::new(layer.centroids(), Distance::GreatCircle);
    let near = |weights: Result<Weights, SpatialError>| weights.map_err(|error| error.to_string());
    match *rule {
        WeightsRule::Queen { snap } => touching(Contiguity::Queen, snap),
        WeightsRule::Rook { snap } => touching(Contiguity::Rook, snap),
        WeightsRule::Overlap { snap } => touching(Contiguity::Overlap, snap),
        WeightsRule::Knn { k } => near(points().and_then(|points| nearest_neighbours(&points, k))),
        WeightsRule::Band { km } => {
            near(points().and_then(|points| distance_band(&points, km, Decay::Binary)))
        }
        WeightsRule::Kernel { k, shape } => near(points().and_then(|points| {
            let kernel = match shape {
                KernelShape::Triangular => Kernel::Triangular,
                KernelShape::Gaussian => Kernel::Gaussian,
                KernelShape::Epanechnikov => Kernel::Quadratic,
            };
            kernel_weights(&points, kernel, Bandwidth::Adaptive { k })
        })),
        WeightsRule::File { .. } => unreachable!("a file needs no boundaries"),
    }
}

fn describe(rule: &WeightsRule) -> String {
    match rule {
        WeightsRule::Queen { .. } => "queen contiguity".to_owned(),
        WeightsRule::Rook { .. } => "rook contiguity".to_owned(),
        WeightsRule::Overlap { .. } => "boundaries that touch anywhere".to_owned(),
        WeightsRule::Knn { k } => format!("the {k} nearest regions"),
        WeightsRule::Band { km } => format!("regions within {km} km"),
        WeightsRule::Kernel { k, shape } => {
            let shape = match shape {
                KernelShape::Triangular => "triangular",
                KernelShape::Gaussian => "Gaussian",
                KernelShape::Epanechnikov => "Epanechnikov",
            };
            format!("{shape} kernel to the {k}th nearest region")
        }
        WeightsRule::File { path } => format!("weights of {path}"),
    }
}

/// Pairs of places with a link in either direction, smaller first, in order.
fn pairs(weights: &Weights) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> =
        (0..weights.len()).flat_map(|i| weights.row(i).map(move |(j, _)| (i.min(j), i.max(j)))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The scenario's policy in the terms of the weights; links to regions that take no part are left out.
fn policy(
    islands: &Islands,
    dataset: &Dataset,
    selection: &Selection,
    layer: Option<&Layer>,
) -> Result<IslandPolicy, &'static str> {
    Ok(match islands {
        Islands::Error => IslandPolicy::Error,
        Islands::Drop => IslandPolicy::Drop,
        Islands::Zero => IslandPolicy::Zero,
        Islands::Nearest => {
            let layer = layer.ok_or("the nearest region is not known without boundaries")?;
            let plane = Albers::fit(layer.bounds().ok_or("the boundaries are empty")?);
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
    })
}
