//! `icf run-scenario FILE…`

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_results::Summary;
use icf_runner::Cache;
use icf_scenario::{Family, Member, MemberKind};
use icf_workflow::{COMPARE_PAGE, Condition, Done, Failure, NoCondition};

use super::{compare, summary};
use crate::arguments::{Format, RunScenario};
use crate::{exit, render, terminal};

/// Runs each scenario with its variants and sweep. What `validate` refuses is not begun; a member that fails does not stop
/// the others, and the worst exit code is given.
pub(crate) fn run(arguments: &RunScenario) -> u8 {
    let conditions = match conditions(&arguments.fail_on) {
        Ok(conditions) => conditions,
        Err(code) => return code,
    };
    let several = arguments.files.len() > 1;
    let mut sets = arguments.set.clone();
    sets.extend(arguments.lang.map(|language| format!("outputs.language={}", language.tag())));
    let cache = Cache::default();
    let (mut code, mut summaries, mut is_family) = (exit::DONE, Vec::new(), false);
    let mut names: HashMap<String, PathBuf> = HashMap::new();
    for file in &arguments.files {
        let family = match family_of(file, &sets, &mut names) {
            Ok(family) => family,
            Err(failure) => {
                code = code.max(failure);
                continue;
            }
        };
        is_family |= family.members.len() > 1;
        let (failure, found) = one(&family, file, arguments, several, &cache, &conditions);
        code = code.max(failure);
        summaries.extend(found);
    }
    if arguments.common.format == Format::Json {
        let json = if several || is_family {
            serde_json::to_string_pretty(&summaries)
        } else {
            serde_json::to_string_pretty(&summaries.first())
        };
        let json = json.expect("a summary has text keys only");
        code = code.max(terminal::print(&format!("{json}\n")));
    }
    code
}

/// The conditions of the command line.
pub(super) fn conditions(texts: &[String]) -> Result<Vec<Condition>, u8> {
    let read = |text: &String| {
        text.parse().map_err(|error: NoCondition| {
            eprintln!("icf: --fail-on: {error}");
            exit::USAGE
        })
    };
    texts.iter().map(read).collect()
}

/// Reads a scenario file, unless an earlier one of this call has its name: it would take the earlier one's folder.
fn family_of(file: &Path, sets: &[String], names: &mut HashMap<String, PathBuf>) -> Result<Family, u8> {
    let family = icf_scenario::load_family(file, sets).map_err(|mistakes| invalid(file, &mistakes))?;
    let base = &family.members[0];
    if let Some(first) = names.insert(base.name.clone(), file.to_owned()) {
        let name = &base.name;
        let message = format!("{} is named `{name}` too, and its results would be replaced", first.display());
        let mistake = match &base.load() {
            Ok(loaded) => loaded.diagnose("name", "same-name", message),
            Err(_) => Diagnostic::error("same-name", message).at(Place::file(file.display().to_string())),
        };
        return Err(invalid(file, &mistake.hint("give each scenario a name of its own").into()));
    }
    Ok(family)
}

/// Runs a family; gives the exit code and the headline figures of base and variants.
fn one(
    family: &Family,
    file: &Path,
    arguments: &RunScenario,
    several: bool,
    cache: &Cache,
    conditions: &[Condition],
) -> (u8, Vec<Summary>) {
    let mut mistakes = icf_workflow::impossible(family, conditions, cache);
    mistakes.extend(icf_workflow::check(family, &file.display().to_string(), cache));
    if mistakes.has_errors() {
        return (invalid(file, &mistakes), vec![]);
    }
    let declared = family.compare.iter().flat_map(|compare| &compare.fail_on);
    let declared = declared.filter_map(|condition| Condition::declared(condition).ok());
    let conditions: Vec<Condition> = conditions.iter().cloned().chain(declared).collect();
    let alone = family.members.len() == 1;
    let target = |name: &str| match &arguments.out {
        Some(folder) if several || !alone => folder.join(name),
        Some(folder) => folder.clone(),
        None => Path::new("runs").join(name),
    };
    let members = icf_workflow::run(family, cache, |member: &Member| target(&member.name), |_| ());
    members.iter().for_each(say);
    let mut code = code_of(&members);
    let is_text = arguments.common.format == Format::Text;
    let mut summaries = Vec::new();
    for member in &members {
        let Ok(outcome) = &member.outcome else { continue };
        for condition in &conditions {
            code = code.max(held(condition, &outcome.summary));
        }
        if member.kind != MemberKind::Sweep {
            if is_text && (alone || member.kind == MemberKind::Base) {
                code = code.max(terminal::print(&summary::text(&outcome.summary, outcome.written.as_ref())));
            }
            summaries.push(outcome.summary.clone());
        }
    }
    if !alone {
        code = code.max(together(family, &members, &target, is_text));
    }
    (code, summaries)
}

/// A family that fails altogether has the code of its base; one of which some members fail has failed.
fn code_of(members: &[Done]) -> u8 {
    let is_failed = |member: &Done| member.outcome.is_err();
    if members.iter().all(is_failed) {
        eprintln!("icf: {}: nothing was run and nothing written", members[0].name);
        return members[0].outcome.as_ref().err().map_or(exit::DONE, code_of_failure);
    }
    if members.iter().any(is_failed) { exit::FAILED } else { exit::DONE }
}

/// The code of a run that fails alone.
fn code_of_failure(failure: &Failure) -> u8 {
    match failure {
        Failure::Mistakes(_) => exit::INVALID,
        Failure::Unwritten(_) => exit::FAILED,
    }
}

/// Says the warnings of a member or why it failed.
fn say(member: &Done) {
    let colour = terminal::colour();
    match (&member.outcome, member.kind) {
        // Thousands of points would say the same.
        (Ok(_), MemberKind::Sweep) => {}
        (Ok(outcome), _) => eprint!("{}", render::diagnostics(&outcome.warnings, colour)),
        (Err(Failure::Mistakes(mistakes)), _) => eprint!("{}", render::diagnostics(mistakes, colour)),
        (Err(Failure::Unwritten(error)), _) => eprintln!("icf: {}: {error}", member.name),
    }
}

/// Whether a condition that must not hold does.
pub(super) fn held(condition: &Condition, summary: &Summary) -> u8 {
    match condition.holds(summary) {
        Ok(None) => exit::DONE,
        Ok(Some(found)) => {
            eprintln!("icf: {}: {found}", summary.scenario);
            exit::CHECK_FAILED
        }
        Err(error) => {
            eprintln!("icf: {}: {error}", summary.scenario);
            exit::INVALID
        }
    }
}

/// Writes and prints what the members say together.
fn together(family: &Family, members: &[Done], target: &impl Fn(&str) -> PathBuf, is_text: bool) -> u8 {
    let compared = icf_workflow::compared(family, members);
    let folder = target(&icf_workflow::family_name(&family.members[0].name));
    let files = match icf_workflow::write_family(&folder, members, &compared) {
        Ok(files) => files,
        Err(error) => {
            eprintln!("icf: {}: {error}", family.members[0].name);
            return exit::FAILED;
        }
    };
    if !is_text {
        return exit::DONE;
    }
    let mut text = String::new();
    if compared.len() > 1 {
        text.push_str(&format!("\n{}", compare::text(&compared)));
    }
    let failed: Vec<&Done> = members.iter().filter(|member| member.outcome.is_err()).collect();
    for member in &failed {
        let failure = member.outcome.as_ref().err();
        let first = failure.and_then(|failure| failure.lines().into_iter().next()).unwrap_or_default();
        text.push_str(&format!("\n{} failed: {first}\n", member.name));
    }
    text.push_str(&format!(
        "\n{} members, {} failed; {files} files in {}{}\n",
        members.len(),
        failed.len(),
        folder.display(),
        if folder.join(COMPARE_PAGE).is_file() {
            format!("; open {}", folder.join(COMPARE_PAGE).display())
        } else {
            String::new()
        }
    ));
    terminal::print(&text)
}

fn invalid(file: &Path, mistakes: &Diagnostics) -> u8 {
    eprint!("{}", render::diagnostics(mistakes, terminal::colour()));
    eprintln!("icf: {}: nothing was run and nothing written", file.display());
    exit::INVALID
}
