//! The data set that a scenario names, and the regions it takes from it.

use std::collections::BTreeMap;

use icf_diagnostics::Diagnostics;
use icf_ingest::{Dataset, Region, Source};
use icf_results::RegionInfo;
use icf_scenario::{Known, Loaded, RegionKey, RegionSet, Scenario};
use icf_units::{Axes, MillionYuan, Panel, YearRange};

use crate::land_rasters;

/// Opens the data set: a built-in one by name, else a path as seen from the file that names it.
pub(crate) fn open(loaded: &Loaded) -> Result<Dataset, Diagnostics> {
    let name = loaded.scenario().data.as_str();
    let source = built_in(name).unwrap_or_else(|| Source::Path(loaded.resolve_path("data", name)));
    if matches!(&source, Source::Path(path) if !path.exists()) {
        let known: Vec<_> = icf_data::names().collect();
        let hint = format!("a path as seen from the file, or a built-in data set: {}", known.join(", "));
        return Err(loaded
            .diagnose("data", "no-data", format!("there is no data set `{name}`"))
            .hint(hint)
            .into());
    }
    icf_ingest::read(&source)
}

/// Where the data set lies, as a key: the name of a built-in one, else its path; with the rasters that give its land.
pub(crate) fn place(loaded: &Loaded) -> String {
    let name = loaded.scenario().data.as_str();
    let rasters = land_rasters::place(loaded);
    match icf_data::find(name) {
        Some(_) => format!("built-in {name}\n{rasters}"),
        None => format!("path {}\n{rasters}", loaded.resolve_path("data", name).display()),
    }
}

/// The data set that is shipped under a name.
#[must_use]
pub fn built_in(name: &str) -> Option<Source> {
    let found = icf_data::find(name)?;
    Some(Source::Embedded {
        name: name.to_owned(),
        files: found.files().iter().map(|(file, bytes)| ((*file).to_owned(), (*bytes).into())).collect(),
    })
}

/// Whether the scenario's data set is a built-in one of that name, not a folder that happens to have it.
pub(crate) fn is_built_in(loaded: &Loaded, name: &str) -> bool {
    loaded.scenario().data == name && icf_data::find(name).is_some()
}

/// What the data set holds, for the scenario to be checked against.
pub(crate) fn known(dataset: &Dataset) -> Known {
    Known {
        regions: dataset.regions.iter().map(|region| (region.id.to_string(), region.name.clone())).collect(),
        other_names: dataset
            .regions
            .iter()
            .filter(|region| !region.name_zh.is_empty())
            .map(|region| (region.name_zh.clone(), region.name.clone()))
            .collect(),
        groupings: dataset.groupings(),
        groups: groups(dataset),
        fuels: dataset.fuels.iter().map(|fuel| fuel.id.clone()).collect(),
        years: dataset.emission_years,
    }
}

/// The ids of the regions of each group of each grouping.
fn groups(dataset: &Dataset) -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
    let mut groups: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for region in &dataset.regions {
        for (grouping, group) in &region.groups {
            let members = groups.entry(grouping.clone()).or_default().entry(group.clone()).or_default();
            members.push(region.id.to_string());
        }
    }
    groups
}

/// The regions of a run.
pub(crate) struct Selection {
    /// Place of each region in the data set's panels.
    pub(crate) rows: Vec<usize>,
    /// Names and groups, in the same order.
    pub(crate) infos: Vec<RegionInfo>,
    /// The regions over the years of the history.
    pub(crate) axes: Axes,
}

impl Selection {
    /// The regions that the scenario includes and does not exclude, in the order of their ids.
    pub(crate) fn of(scenario: &Scenario, dataset: &Dataset, years: YearRange) -> Self {
        let wanted = |region: &Region| {
            let among =
                |keys: &[RegionKey]| keys.iter().any(|key| key.names(region.id.as_str(), &region.name));
            scenario.regions.include.as_deref().is_none_or(among) && !among(&scenario.regions.exclude)
        };
        let regions = &scenario.regions;
        let group = |region: &Region| {
            if regions.groups.is_empty() {
                return region.groups.get(&regions.grouping).cloned();
            }
            regions.own_group(region.id.as_str(), &region.name).map(str::to_owned)
        };
        Self::where_(dataset, group, years, wanted)
    }

    /// Every region of the data set.
    pub(crate) fn all(dataset: &Dataset, grouping: &str, years: YearRange) -> Self {
        Self::where_(dataset, |region| region.groups.get(grouping).cloned(), years, |_| true)
    }

    fn where_(
        dataset: &Dataset,
        group: impl Fn(&Region) -> Option<String>,
        years: YearRange,
        wanted: impl Fn(&Region) -> bool,
    ) -> Self {
        let (rows, infos): (Vec<_>, Vec<_>) = dataset
            .regions
            .iter()
            .enumerate()
            .filter(|(_, region)| wanted(region))
            .map(|(row, region)| {
                let info = RegionInfo {
                    id: region.id.clone(),
                    iso: region.iso.clone(),
                    name: region.name.clone(),
                    name_zh: region.name_zh.clone(),
                    group: group(region).unwrap_or_default(),
                };
                (row, info)
            })
            .unzip();
        let ids: Vec<_> = infos.iter().map(|info: &RegionInfo| info.id.clone()).collect();
        Self { rows, infos, axes: Axes::new(ids, years) }
    }

    /// The places of the regions that a scenario names by code, English name or group.
    pub(crate) fn places(&self, set: &RegionSet) -> Vec<usize> {
        let infos = || self.infos.iter();
        let names = |key: &RegionKey, info: &RegionInfo| key.names(info.id.as_str(), &info.name);
        // A name of both a region and a group is that of the region.
        let names_a_region = |key: &RegionKey| infos().any(|info| names(key, info));
        let is_meant = |info: &RegionInfo| match set {
            RegionSet::All => true,
            RegionSet::Listed(keys) => keys
                .iter()
                .any(|key| names(key, info) || (key.as_str() == info.group && !names_a_region(key))),
        };
        infos().enumerate().filter(|(_, info)| is_meant(info)).map(|(place, _)| place).collect()
    }
}

/// The product of each region of the run, as far as it is known; `None` where the data set has none.
pub(crate) fn product(dataset: &Dataset, selection: &Selection) -> Option<Panel<MillionYuan>> {
    let product = dataset.product.as_ref()?;
    let axes = selection.axes.with_years(product.axes().years());
    Some(Panel::from_fn(&axes, |region, year| {
        product.get(selection.rows[region], year).map(|figure| figure.value)
    }))
}
