//! What only the data know about a scenario.

mod groups;
mod input_errors;
mod levers;
mod solve;

use std::collections::{BTreeMap, HashMap};

use icf_diagnostics::{Diagnostic, Severity};
use icf_units::YearRange;

use crate::schema::{nearest, suggest};
use crate::{FuelSet, Islands, Loaded, RegionKey};

/// What the data hold, as far as a scenario names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The regions: id and English name.
    pub regions: Vec<(String, String)>,
    /// Names of regions in another language, each with the English one, to tell what was meant.
    pub other_names: Vec<(String, String)>,
    /// The columns by which regions are grouped.
    pub groupings: Vec<String>,
    /// The groups of each of these columns, each with the ids of its regions.
    pub groups: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// The fuels.
    pub fuels: Vec<String>,
    /// The years.
    pub years: YearRange,
}

impl Known {
    /// The id of the region that a key names.
    #[must_use]
    pub fn region(&self, key: &str) -> Option<&str> {
        let key = RegionKey::new(key);
        self.regions.iter().find(|(id, name)| key.names(id, name)).map(|(id, _)| id.as_str())
    }

    pub(crate) fn check(&self, loaded: &Loaded) -> Vec<Diagnostic> {
        let mut check = Check { known: self, loaded, mistakes: Vec::new() };
        check.years();
        check.grouping();
        check.groups();
        check.regions();
        check.models();
        check.links();
        check.fuels();
        check.levers();
        check.input_errors();
        check.solve();
        check.mistakes
    }
}

struct Check<'a> {
    known: &'a Known,
    loaded: &'a Loaded,
    mistakes: Vec<Diagnostic>,
}

impl<'a> Check<'a> {
    fn mistake(&mut self, key: &str, code: &'static str, message: String, hint: impl Into<String>) {
        self.mistakes.push(self.loaded.diagnose(key, code, message).hint(hint));
    }

    fn years(&mut self) {
        let (years, known) = (self.loaded.scenario().years, self.known.years);
        for (key, year) in [("years.first", years.first), ("years.last", years.last)] {
            if !known.contains(year) {
                let message = format!("the data have no year {year}");
                self.mistake(key, "year-outside-data", message, format!("they hold {known}"));
            }
        }
    }

    fn grouping(&mut self) {
        let regions = &self.loaded.scenario().regions;
        let grouping = &regions.grouping;
        if regions.groups.is_empty() && !self.known.groupings.contains(grouping) {
            let message = format!("the data have no grouping `{grouping}`");
            let hint = suggest(grouping, self.known.groupings.iter().map(String::as_str));
            self.mistake("regions.grouping", "unknown-grouping", message, hint);
        }
    }

    /// `include` and `exclude`: every region known, named once, and one of them left.
    fn regions(&mut self) {
        let regions = &self.loaded.scenario().regions;
        let included = regions.include.as_deref().map(|keys| self.ids("regions.include", keys));
        let excluded = self.ids("regions.exclude", &regions.exclude);
        for (index, id) in excluded.iter().enumerate() {
            let named = id.and_then(|id| included.as_ref()?.iter().position(|other| *other == Some(id)));
            if named.is_some() {
                let message = format!("`{}` is both included and excluded", regions.exclude[index]);
                let key = format!("regions.exclude[{index}]");
                self.mistake(&key, "included-and-excluded", message, "leave it out of both");
            }
        }
        let all = self.known.regions.iter().all(|(id, _)| excluded.contains(&Some(id.as_str())));
        if all && included.is_none() {
            let message = "every region is excluded".to_owned();
            self.mistake("regions.exclude", "no-region", message, "leave one in");
        }
    }

    fn ids(&mut self, list: &str, keys: &[RegionKey]) -> Vec<Option<&'a str>> {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut ids = Vec::new();
        for (index, key) in keys.iter().enumerate() {
            let place = format!("{list}[{index}]");
            let id = self.id(&place, key.as_str());
            if let Some(id) = id
                && let Some(first) = seen.insert(id, index)
            {
                let message = format!("`{key}` names the same region as `{}`", keys[first]);
                self.mistake(&place, "region-twice", message, "keep one of them");
            }
            ids.push(id);
        }
        ids
    }

    fn models(&mut self) {
        const PARENT: &str = "projection.regions";
        let mut seen: HashMap<&str, &str> = HashMap::new();
        for key in self.loaded.scenario().projection.regions.keys() {
            let Some(id) = self.known.region(key) else {
                let mistake = self.loaded.diagnose_key(PARENT, key, "unknown-region", self.unknown(key));
                self.mistakes.push(mistake.hint(self.nearest(key)));
                continue;
            };
            if let Some(first) = seen.insert(id, key) {
                let message = format!("`{key}` names the same region as `{first}`");
                let mistake = self.loaded.diagnose_key(PARENT, key, "region-twice", message);
                self.mistakes.push(mistake.hint("merge the two"));
            }
            if !self.takes_part(id) {
                let message = format!("`{key}` does not take part, so its models have no effect");
                let mistake = self.loaded.diagnose_key(PARENT, key, "model-unused", message);
                self.mistakes.push(Diagnostic { severity: Severity::Warning, ..mistake });
            }
        }
    }

    fn takes_part(&self, id: &str) -> bool {
        let regions = &self.loaded.scenario().regions;
        let lists = |keys: &[RegionKey]| keys.iter().any(|key| self.known.region(key.as_str()) == Some(id));
        regions.include.as_deref().is_none_or(lists) && !lists(&regions.exclude)
    }

    fn links(&mut self) {
        let Islands::Links { links } = &self.loaded.scenario().spatial.islands else { return };
        for (index, link) in links.iter().enumerate() {
            let key = format!("spatial.islands.links[{index}]");
            let ids = [0, 1].map(|end| self.id(&format!("{key}[{end}]"), link[end].as_str()));
            if ids[0].is_some() && ids[0] == ids[1] {
                let message = format!("`{}` is linked to itself", link[0]);
                self.mistake(&key, "link-to-itself", message, "name two regions");
            }
        }
    }

    fn fuels(&mut self) {
        let FuelSet::List(fuels) = &self.loaded.scenario().accounting.fuels else { return };
        for (index, fuel) in fuels.iter().enumerate() {
            self.fuel(&format!("accounting.fuels[{index}]"), fuel);
        }
    }

    fn fuel(&mut self, place: &str, fuel: &str) {
        if !self.known.fuels.iter().any(|known| known == fuel) {
            let hint = suggest(fuel, self.known.fuels.iter().map(String::as_str));
            self.mistake(place, "unknown-fuel", format!("the data have no fuel `{fuel}`"), hint);
        }
    }

    fn id(&mut self, place: &str, key: &str) -> Option<&'a str> {
        let known = self.known.region(key);
        if known.is_none() {
            self.mistake(place, "unknown-region", self.unknown(key), self.nearest(key));
        }
        known
    }

    fn unknown(&self, key: &str) -> String {
        format!("the data have no region `{key}`")
    }

    /// Names and codes may be meant, and only names are worth listing.
    fn nearest(&self, key: &str) -> String {
        self.nearest_of(key, &[])
    }

    /// As [`Self::nearest`], where groups may be meant as well.
    fn nearest_of(&self, key: &str, groups: &[&str]) -> String {
        let ids = self.known.regions.iter().map(|(id, _)| id.as_str());
        let names = self.known.regions.iter().map(|(_, name)| name.as_str());
        let names = groups.iter().copied().chain(names);
        // `广东` and `广东省` are the same to a person.
        let is_meant =
            |(other, _): &&(String, String)| key.starts_with(other.as_str()) || other.starts_with(key);
        if let Some((_, name)) = self.known.other_names.iter().find(is_meant).filter(|_| !key.is_empty()) {
            return format!("write `{name}`: regions go by code or English name");
        }
        match nearest(key, names.clone().chain(ids)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => suggest(key, names),
        }
    }
}
