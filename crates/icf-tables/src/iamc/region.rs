//! Names of the nation, the groups and the regions that mean the same in every run.

use std::collections::{BTreeMap, BTreeSet};

use icf_results::{RegionInfo, RunResults};

/// Where a region stands among the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// All regions of the run.
    Nation,
    /// A group of the scenario's grouping, by its name there.
    Group(String),
    /// A region of the data set, by its place in the run.
    Region(usize),
}

/// A region of the exchange format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) name: String,
    pub(super) level: Level,
    pub(super) description: String,
    /// Names of the regions it is the sum of.
    pub(super) members: Vec<String>,
    /// Id and ISO 3166-2 code of a region of the data set.
    pub(super) codes: Option<(String, String)>,
}

/// ISO 3166-1 codes with the country names of nomenclature-iamc 0.32.
const COUNTRIES: &str = include_str!("countries.txt");

/// The nation's name when its regions carry no common country code.
const NATION: &str = "nation";

/// Every region of a run, by name.
///
/// The nation is `China`, or `China (27 of 30 regions)` when the scenario leaves some out; a region is `China|Hebei`
/// and a group `China|group3|east`, because two groupings may give one name to different regions.
pub(super) fn of(results: &RunResults) -> Vec<Region> {
    let infos = &results.regions_info;
    let country = country(infos).unwrap_or(NATION);
    let names = names(infos, country);
    let (part, all) = (infos.len(), results.regions_of_data);
    let (whole, share) = if part < all {
        (format!("{country} ({part} of {all} regions)"), format!("{part} of the {all} regions"))
    } else {
        (country.to_owned(), format!("All {all} regions"))
    };
    let mut regions = vec![Region {
        name: whole,
        level: Level::Nation,
        description: format!("{share} of the data set {}.", results.data),
        members: names.clone(),
        codes: None,
    }];
    let mut groups: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    let grouping = results.groups.first().map_or("", |row| row.grouping.as_str());
    for (info, name) in infos.iter().zip(&names) {
        groups.entry((grouping, &info.group)).or_default().push(name.clone());
    }
    if results.groups.is_empty() {
        groups.clear();
    }
    regions.extend(groups.into_iter().map(|((grouping, group), members)| Region {
        name: format!("{country}|{grouping}|{group}"),
        level: Level::Group(group.to_owned()),
        description: format!("Group {group} of the grouping {grouping}."),
        members,
        codes: None,
    }));
    regions.extend(infos.iter().zip(names).enumerate().map(|(place, (info, name))| Region {
        name,
        level: Level::Region(place),
        description: [info.name.as_str(), &info.name_zh].join(" ").trim_end().to_owned(),
        members: Vec::new(),
        codes: Some((info.id.to_string(), info.iso.clone())),
    }));
    regions.sort_by(|a, b| a.name.cmp(&b.name));
    regions
}

/// The country that all regions lie in, by the first part of their ISO 3166-2 codes.
fn country(infos: &[RegionInfo]) -> Option<&'static str> {
    let code = |info: &RegionInfo| info.iso.split_once('-').map(|(country, _)| country.to_owned());
    let first = code(infos.first()?)?;
    if !infos.iter().all(|info| code(info).as_ref() == Some(&first)) {
        return None;
    }
    COUNTRIES
        .lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(code, _)| *code == first)
        .map(|found| found.1)
}

/// A name for each region; of two with one name both carry their id.
fn names(infos: &[RegionInfo], country: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let twice: BTreeSet<&str> =
        infos.iter().map(|info| info.name.as_str()).filter(|name| !seen.insert(*name)).collect();
    infos
        .iter()
        .map(|info| match twice.contains(info.name.as_str()) {
            true => format!("{country}|{} ({})", info.name, info.id),
            false => format!("{country}|{}", info.name),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use icf_units::RegionId;

    use super::*;

    fn infos(regions: &[(&str, &str)]) -> Vec<RegionInfo> {
        let info = |(place, (iso, name)): (usize, &(&str, &str))| RegionInfo {
            id: RegionId::new(&format!("r{place}")),
            iso: (*iso).to_owned(),
            name: (*name).to_owned(),
            name_zh: String::new(),
            group: "all".to_owned(),
        };
        regions.iter().enumerate().map(info).collect()
    }

    #[track_caller]
    fn check(regions: &[(&str, &str)], expected: Option<&str>) {
        assert_eq!(country(&infos(regions)), expected);
    }

    #[test]
    fn a_country_is_that_of_all_regions() {
        check(&[("CN-HE", "Hebei"), ("CN-SX", "Shanxi")], Some("China"));
        check(&[("CN-HE", "Hebei"), ("MN-1", "Ulaanbaatar")], None);
        check(&[("CN-HE", "Hebei"), ("", "Atlantis")], None);
        check(&[("XX-1", "Atlantis")], None);
        check(&[], None);
    }

    #[test]
    fn no_two_regions_share_a_name() {
        let names = names(&infos(&[("", "Chaoyang"), ("", "Haidian"), ("", "Chaoyang")]), "China");
        assert_eq!(names, ["China|Chaoyang (r0)", "China|Haidian", "China|Chaoyang (r2)"]);
    }
}
