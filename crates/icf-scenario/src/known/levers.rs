//! Regions, groups and fuels that levers name.

use super::Check;
use crate::{Lever, RegionSet};

/// What would act on a region, and how it is said that it cannot.
pub(super) struct Acts {
    pub(super) code: &'static str,
    pub(super) idle: &'static str,
}

const LEVER: Acts = Acts { code: "lever-unused", idle: "no lever can act on it" };

impl Check<'_> {
    pub(super) fn levers(&mut self) {
        for (index, lever) in self.loaded.scenario().levers.iter().enumerate() {
            let key = format!("levers[{index}]");
            if let Some(RegionSet::Listed(keys)) = lever.regions() {
                for (place, name) in keys.iter().enumerate() {
                    self.region_or_group(&format!("{key}.regions[{place}]"), name.as_str(), &LEVER);
                }
            }
            match lever {
                Lever::Relocation { out_of, into, .. } => {
                    let ends = [("out_of", out_of), ("into", into)].map(|(end, name)| {
                        let place = format!("{key}.{end}");
                        let id = self.id(&place, name.as_str());
                        if id.is_some_and(|id| !self.takes_part(id)) {
                            self.unused(&place, name.as_str(), &LEVER);
                        }
                        id
                    });
                    if ends[0].is_some() && ends[0] == ends[1] {
                        let message = format!("industry of `{out_of}` would move to where it is");
                        self.mistake(&format!("{key}.into"), "move-to-itself", message, "name two regions");
                    }
                }
                Lever::Efficiency { fuels: Some(fuels), .. } => {
                    for (place, fuel) in fuels.iter().enumerate() {
                        self.fuel(&format!("{key}.fuels[{place}]"), fuel);
                    }
                }
                Lever::FuelSwitch { fuel, instead, .. } => {
                    self.fuel(&format!("{key}.fuel"), fuel);
                    self.fuel(&format!("{key}.instead"), instead);
                }
                Lever::Electrification { fuel, .. } => self.fuel(&format!("{key}.fuel"), fuel),
                _ => {}
            }
        }
    }

    /// A region that takes part, or a group of which some region does.
    pub(super) fn region_or_group(&mut self, place: &str, name: &str, act: &Acts) {
        self.subject(place, name, &[], act);
    }

    /// As [`Self::region_or_group`], where others may be meant as well.
    pub(super) fn subject(&mut self, place: &str, name: &str, others: &[&str], act: &Acts) {
        if let Some(id) = self.known.region(name) {
            if !self.takes_part(id) {
                self.unused(place, name, act);
            }
            return;
        }
        let groups = self.groups_of_run();
        match groups.iter().find(|(group, _)| *group == name) {
            Some((_, takes_part)) => {
                if !takes_part {
                    self.unused(place, name, act);
                }
            }
            None => {
                let groups = groups.iter().map(|(group, _)| *group);
                let groups: Vec<&str> = others.iter().copied().chain(groups).collect();
                let hint = self.nearest_of(name, &groups);
                let message = format!("the data have no region or group `{name}`");
                self.mistake(place, "unknown-region", message, hint);
            }
        }
    }

    /// The groups of the run, the user's own or those of a column, and whether some region of each takes part.
    fn groups_of_run(&self) -> Vec<(&str, bool)> {
        let regions = &self.loaded.scenario().regions;
        if regions.groups.is_empty() {
            let groups = self.known.groups.get(&regions.grouping);
            return groups
                .into_iter()
                .flatten()
                .map(|(group, ids)| (group.as_str(), ids.iter().any(|id| self.takes_part(id))))
                .collect();
        }
        let named: Vec<(&str, Vec<Option<&str>>)> = regions
            .groups
            .iter()
            .map(|(group, keys)| {
                (group.as_str(), keys.iter().map(|key| self.known.region(key.as_str())).collect())
            })
            .collect();
        let is_left = |id: &str| self.takes_part(id) && !named.iter().any(|(_, ids)| ids.contains(&Some(id)));
        let rest = regions.rest.as_deref();
        let rest = rest.map(|rest| (rest, self.known.regions.iter().any(|(id, _)| is_left(id))));
        named
            .iter()
            .map(|(group, ids)| (*group, ids.iter().flatten().any(|id| self.takes_part(id))))
            .chain(rest)
            .collect()
    }

    fn unused(&mut self, place: &str, name: &str, act: &Acts) {
        let message = format!("`{name}` does not take part in the run, so {}", act.idle);
        self.mistake(place, act.code, message, "leave it out here too, or take it into `regions`");
    }
}
