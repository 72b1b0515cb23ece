//! All that can be said of a scenario file before anything of it is run.

use std::collections::HashSet;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_runner::Cache;
use icf_scenario::{Family, Member, MemberKind};
use rayon::prelude::*;

use crate::Condition;

/// As many mistakes of the points of a sweep are told: a hundred thousand points may each have one of their own.
const TOLD: usize = 50;
/// Points that are checked before the next ones are made, so that a large sweep takes no more memory than a small one.
const AT_ONCE: usize = 1024;

/// Checks every member of a file and its conditions; what several members say alike is said once.
/// `file` names it.
#[must_use]
pub fn check(family: &Family, file: &str, cache: &Cache) -> Diagnostics {
    let (mut all, mut seen, mut untold) = (Diagnostics::default(), HashSet::new(), 0_usize);
    let conditions = family.compare.iter().flat_map(|compare| &compare.fail_on);
    let mut conditions = conditions.peekable();
    let base = conditions.peek().and_then(|_| family.members.first()?.load().ok());
    let known = base.as_ref().and_then(|base| icf_runner::known(base, cache).ok());
    all.extend(conditions.filter_map(|declared| match (Condition::declared(declared), &base, &known) {
        (Err(mistake), ..) => Some(mistake),
        (Ok(condition), Some(base), Some(known)) => {
            let Diagnostic { code, message, hint, .. } = condition.impossible(base, known)?;
            Some(Diagnostic { hint, ..declared.diagnose(code, message) })
        }
        (Ok(_), ..) => None,
    }));
    let (points, others): (Vec<&Member>, Vec<&Member>) =
        family.members.iter().partition(|member| member.kind == MemberKind::Sweep);
    for (members, most) in [(others, usize::MAX), (points, TOLD)] {
        let mut told = 0;
        for members in members.chunks(AT_ONCE) {
            let found: Vec<Diagnostics> = members.par_iter().map(|member| of(member, cache)).collect();
            for mistake in found.into_iter().flatten() {
                if seen.contains(&mistake) {
                    continue;
                }
                if told == most {
                    untold += 1;
                    continue;
                }
                told += 1;
                seen.insert(mistake.clone());
                all.push(mistake);
            }
        }
    }
    if untold > 0 {
        let message = format!("points of the sweep have {untold} more mistakes and warnings");
        let more = Diagnostic::warning("more", message).at(Place::file(file));
        all.push(more.hint("mend those above first"));
    }
    all
}

/// What a run of a member would say; nothing once somebody stopped it.
fn of(member: &Member, cache: &Cache) -> Diagnostics {
    if cache.is_stopped() {
        return Diagnostics::default();
    }
    let checked = member.load().and_then(|loaded| icf_runner::check(&loaded, cache));
    checked.unwrap_or_else(|mistakes| mistakes)
}
