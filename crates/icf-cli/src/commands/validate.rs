//! `icf validate FILE…`

use std::collections::HashSet;
use std::path::Path;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_runner::Cache;
use icf_scenario::{Family, Member, MemberKind};
use rayon::prelude::*;

use super::condition::Condition;
use crate::arguments::{Format, Validate};
use crate::{exit, render, terminal};

/// Checks each scenario, and its keys against its data set.
pub(crate) fn run(arguments: &Validate) -> u8 {
    let mut code = exit::DONE;
    let mut all = Diagnostics::default();
    let cache = Cache::default();
    for file in &arguments.files {
        let checked = check(file, &cache);
        let mistakes = checked.unwrap_or_else(|mistakes| mistakes);
        if mistakes.has_errors() {
            code = exit::INVALID;
        } else if arguments.common.format == Format::Text {
            code = code.max(terminal::print(&format!("{}: valid\n", file.display())));
        }
        if arguments.common.format == Format::Text {
            eprint!("{}", render::diagnostics(&mistakes, terminal::colour()));
        }
        all.extend(mistakes);
    }
    if arguments.common.format == Format::Json {
        let json = serde_json::to_string_pretty(&all).expect("diagnostics have text keys only");
        code = code.max(terminal::print(&format!("{json}\n")));
    }
    code
}

/// As many mistakes of the points of a sweep are told: a hundred thousand points may each have one of their own.
const TOLD: usize = 50;
/// Points that are checked before the next ones are made, so that a large sweep takes no more memory than a small one.
const AT_ONCE: usize = 1024;

fn check(file: &Path, cache: &Cache) -> Result<Diagnostics, Diagnostics> {
    Ok(family(&icf_scenario::load_family(file, &[])?, file, cache))
}

/// Checks every member of a file and its conditions; what several members say alike is said once.
pub(super) fn family(family: &Family, file: &Path, cache: &Cache) -> Diagnostics {
    let (mut all, mut seen, mut untold) = (Diagnostics::default(), HashSet::new(), 0_usize);
    let conditions = family.compare.iter().flat_map(|compare| &compare.fail_on);
    let base = family.members.first().and_then(|member| member.load().ok());
    all.extend(conditions.filter_map(|declared| match (Condition::declared(declared), &base) {
        (Err(mistake), _) => Some(mistake),
        (Ok(_), None) => None,
        (Ok(condition), Some(base)) => {
            let why = condition.cannot_be_told(base.scenario())?;
            Some(declared.diagnose("condition", why))
        }
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
        let more = Diagnostic::warning("more", message).at(Place::file(file.display().to_string()));
        all.push(more.hint("mend those above first"));
    }
    all
}

/// What a run of a member would say.
fn of(member: &Member, cache: &Cache) -> Diagnostics {
    let checked = member.load().and_then(|loaded| icf_runner::check(&loaded, cache));
    checked.unwrap_or_else(|mistakes| mistakes)
}
