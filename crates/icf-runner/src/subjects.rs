//! Whom a figure speaks of: the nation, a group of regions, or a region.

use std::collections::BTreeMap;

use icf_results::RegionInfo;
use icf_scenario::Scope;

/// The nation, a group or a region of a run.
pub(crate) struct Subject {
    pub(crate) scope: Scope,
    /// Id of a region, name of a group, or `nation`.
    pub(crate) name: String,
    /// The places of its regions in the run.
    pub(crate) members: Vec<usize>,
}

impl Subject {
    pub(crate) fn nation(infos: &[RegionInfo]) -> Self {
        Self { scope: Scope::Nation, name: "nation".to_owned(), members: (0..infos.len()).collect() }
    }

    fn group((name, members): (String, Vec<usize>)) -> Self {
        Self { scope: Scope::Group, name, members }
    }

    pub(crate) fn region((place, info): (usize, &RegionInfo)) -> Self {
        Self { scope: Scope::Region, name: info.id.to_string(), members: vec![place] }
    }

    /// All of a scope: groups by name, regions in the order of the run.
    pub(crate) fn of(scope: Scope, infos: &[RegionInfo]) -> Vec<Self> {
        match scope {
            Scope::Nation => vec![Self::nation(infos)],
            Scope::Group => groups(infos).into_iter().map(Self::group).collect(),
            Scope::Region => infos.iter().enumerate().map(Self::region).collect(),
        }
    }

    /// The nation, then the groups, then the regions.
    pub(crate) fn all(infos: &[RegionInfo]) -> Vec<Self> {
        Scope::ALL.into_iter().flat_map(|scope| Self::of(scope, infos)).collect()
    }
}

/// The groups of the run with the places of their members, by name.
pub(crate) fn groups(infos: &[RegionInfo]) -> Vec<(String, Vec<usize>)> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, info) in infos.iter().enumerate() {
        groups.entry(info.group.clone()).or_default().push(place);
    }
    groups.into_iter().collect()
}
