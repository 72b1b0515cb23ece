//! Whom questions asked backwards are about, and conditions that must not hold.

use icf_diagnostics::Diagnostic;

use super::levers::Acts;
use super::{Check, Known};
use crate::{Loaded, Scope, Whom};

const QUESTION: Acts = Acts { code: "question-unused", idle: "nothing can be asked of it" };
const CONDITION: Acts = Acts { code: "condition", idle: "it has no figures" };
/// The subject of all regions together.
const NATION: &str = "nation";

impl Known {
    /// Whom a name of a condition means in a run: the nation, a group, or a region by its code or name.
    ///
    /// # Errors
    /// When it means nobody who takes part, with what was probably meant.
    pub fn subject(&self, loaded: &Loaded, name: &str) -> Result<Scope, Diagnostic> {
        if name == NATION {
            return Ok(Scope::Nation);
        }
        let mut check = Check { known: self, loaded, mistakes: Vec::new() };
        check.subject("", name, &[NATION], &CONDITION);
        match check.mistakes.pop() {
            Some(mistake) if ["全国", "中国", "China", "national"].contains(&name) => {
                Err(mistake.hint(format!("all regions together are `{NATION}`")))
            }
            Some(mistake) => Err(mistake),
            None => Ok(check.scope(name)),
        }
    }
}

impl Check<'_> {
    /// Whom a question names takes part, and its threshold is held against such.
    pub(super) fn solve(&mut self) {
        let scenario = self.loaded.scenario();
        for (number, question) in scenario.solve.iter().enumerate() {
            let at = format!("solve[{number}].for");
            let scopes = match &question.whom {
                Whom::Nation => vec![Scope::Nation],
                Whom::Groups => vec![Scope::Group],
                Whom::Regions => vec![Scope::Region],
                Whom::Named(keys) => {
                    for (place, key) in keys.iter().enumerate() {
                        self.region_or_group(&format!("{at}[{place}]"), key.as_str(), &QUESTION);
                    }
                    let mut scopes: Vec<Scope> = keys.iter().map(|key| self.scope(key.as_str())).collect();
                    scopes.sort_by_key(|scope| scope.name());
                    scopes.dedup();
                    scopes
                }
            };
            let named = scenario.thresholds.iter().find(|threshold| threshold.name == question.threshold);
            let Some(threshold) = named else { continue };
            for scope in scopes.into_iter().filter(|scope| !threshold.scopes.contains(scope)) {
                let whom = match scope {
                    Scope::Nation => "the nation",
                    Scope::Group => "groups",
                    Scope::Region => "regions",
                };
                let message = format!("the threshold `{}` is not held against {whom}", threshold.name);
                let hint = format!("add `{}` to the threshold's `scopes`", scope.name());
                self.mistake(&at, "not-in-scope", message, hint);
            }
        }
    }

    /// What a name means that is known.
    fn scope(&self, name: &str) -> Scope {
        if self.known.region(name).is_some() { Scope::Region } else { Scope::Group }
    }
}
