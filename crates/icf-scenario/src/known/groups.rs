//! Groups of the user's own: each region of the run in one of them.

use std::collections::HashMap;

use icf_diagnostics::{Diagnostic, Severity};

use super::Check;

/// The tables' name for all regions together.
const NATION: &str = "nation";

impl Check<'_> {
    /// Every region of `groups` known and named once, every region of the run in a group, and no name that could be taken
    /// for something else.
    pub(super) fn groups(&mut self) {
        const PARENT: &str = "regions.groups";
        let regions = &self.loaded.scenario().regions;
        let mut groups_of: HashMap<&str, &str> = HashMap::new();
        let mut unknown = false;
        for (group, keys) in &regions.groups {
            self.name_of_group(group);
            if keys.is_empty() {
                let message = format!("the group `{group}` names no region");
                let mistake = self.loaded.diagnose_key(PARENT, group, "empty", message);
                self.mistakes.push(mistake.hint("name its regions, or leave it out"));
            }
            let mut takes_part = keys.is_empty();
            for (index, key) in keys.iter().enumerate() {
                let place = format!("{PARENT}.{group}[{index}]");
                let Some(id) = self.id(&place, key.as_str()) else {
                    (takes_part, unknown) = (true, true);
                    continue;
                };
                takes_part |= self.takes_part(id);
                if let Some(first) = groups_of.insert(id, group) {
                    let message = format!("`{key}` is in the group `{first}` already");
                    self.mistake(
                        &place,
                        "region-twice",
                        message,
                        "a region is in one group; keep one of them",
                    );
                }
            }
            if !takes_part {
                let message = format!("no region of the group `{group}` takes part");
                let mistake = self.loaded.diagnose_key(PARENT, group, "group-empty", message);
                self.mistakes.push(Diagnostic { severity: Severity::Warning, ..mistake });
            }
        }
        self.rest(&regions.rest);
        // A region whose name is misspelt would be missed as well.
        if !unknown {
            self.left_out(&groups_of);
        }
    }

    /// A condition of `fail_on` names nation, groups and regions alike.
    fn name_of_group(&mut self, group: &str) {
        let what = match self.known.region(group) {
            _ if group == NATION => "all regions together",
            Some(_) => "a region",
            None => return,
        };
        let message = format!("the group `{group}` has the name of {what}");
        let mistake = self.loaded.diagnose_key("regions.groups", group, "group-name", message);
        self.mistakes.push(mistake.hint("give it a name of its own"));
    }

    fn rest(&mut self, rest: &Option<String>) {
        let groups = &self.loaded.scenario().regions.groups;
        let Some(rest) = rest else { return };
        let (code, message, hint) = if groups.is_empty() {
            (
                "rest-without-groups",
                "`regions.rest` goes with `regions.groups`".to_owned(),
                "write `groups` as well",
            )
        } else if groups.contains_key(rest) {
            let message = format!("`{rest}` is a group of `regions.groups`");
            ("rest-is-a-group", message, "give the rest a name of its own, or name its regions")
        } else if rest == NATION || self.known.region(rest).is_some() {
            let message = format!("the group `{rest}` has the name of the nation or of a region");
            ("group-name", message, "give it a name of its own")
        } else {
            return;
        };
        self.mistake("regions.rest", code, message, hint);
    }

    fn left_out(&mut self, groups_of: &HashMap<&str, &str>) {
        let regions = &self.loaded.scenario().regions;
        if regions.groups.is_empty() || regions.rest.is_some() {
            return;
        }
        let is_left = |id: &String| self.takes_part(id) && !groups_of.contains_key(id.as_str());
        let names = self.known.regions.iter().filter(|(id, _)| is_left(id)).map(|(_, name)| name.as_str());
        let names: Vec<&str> = names.collect();
        if names.is_empty() {
            return;
        }
        let count =
            if names.len() == 1 { "1 region is".to_owned() } else { format!("{} regions are", names.len()) };
        let message = format!("{count} in no group: {}", shortened(&names));
        let hint = "put each into a group, or write `rest: others` for all of them";
        self.mistake("regions.groups", "region-without-group", message, hint);
    }
}

fn shortened(names: &[&str]) -> String {
    const MOST: usize = 8;
    let named = names[..names.len().min(MOST)].join(", ");
    if names.len() > MOST { format!("{named} and {} more", names.len() - MOST) } else { named }
}
