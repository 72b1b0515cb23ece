//! Which choice turns an outcome.
//!
//! Two paths that differ in one choice alone are a pair of that choice. A choice decides an outcome as far as its pairs
//! differ in it: one that turns none of its pairs is of no matter, one that turns all of them and is the only one to turn
//! any decides alone.

use icf_results::{Choice, Flips, GardenVerdict, PathOutcome, VerdictKind};

/// A verdict over all paths; `text` is what is printed, its unit, and what was computed.
pub(super) fn verdict(
    kind: VerdictKind,
    of: String,
    text: [String; 3],
    choices: &[Choice],
    places: &[Vec<usize>],
    outcomes: Vec<Option<PathOutcome>>,
) -> GardenVerdict {
    let names: Vec<Option<&str>> =
        outcomes.iter().map(|outcome| Some(outcome.as_ref()?.outcome.as_str())).collect();
    let flips = flips(choices, places, &names);
    let holds: Vec<Option<bool>> = names.iter().map(|name| Some((*name)? == kind.holding())).collect();
    let holds_with = condition(choices, places, &holds);
    let [printed, unit, computed] = text;
    GardenVerdict { kind, of, printed, unit, computed, outcomes, flips, holds_with }
}

/// For each choice the pairs of paths that differ in it alone, and those of them with different outcomes.
fn flips(choices: &[Choice], places: &[Vec<usize>], outcomes: &[Option<&str>]) -> Vec<Flips> {
    let mut flips: Vec<Flips> =
        choices.iter().map(|choice| Flips { choice: choice.name, flipped: 0, pairs: 0 }).collect();
    let known: Vec<(&Vec<usize>, &str)> =
        places.iter().zip(outcomes).filter_map(|(path, outcome)| Some((path, (*outcome)?))).collect();
    for (number, (path, outcome)) in known.iter().enumerate() {
        for (other, its) in &known[number + 1..] {
            if let Some(choice) = only_difference(path, other) {
                flips[choice].pairs += 1;
                flips[choice].flipped += usize::from(outcome != its);
            }
        }
    }
    flips
}

/// The choice in which two paths differ, if it is one alone.
fn only_difference(path: &[usize], other: &[usize]) -> Option<usize> {
    let mut differing =
        path.iter().zip(other).enumerate().filter(|(_, (a, b))| a != b).map(|(choice, _)| choice);
    differing.next().filter(|_| differing.next().is_none())
}

/// On which levels it hangs that something holds, in words. Nothing is to be said of what holds everywhere or nowhere.
fn condition(choices: &[Choice], places: &[Vec<usize>], holds: &[Option<bool>]) -> String {
    let known = || holds.iter().flatten();
    if known().all(|holds| *holds) || !known().any(|holds| *holds) {
        return String::new();
    }
    let fails: Vec<Option<bool>> = holds.iter().map(|holds| holds.map(|holds| !holds)).collect();
    match (levels_of(choices, places, holds), levels_of(choices, places, &fails)) {
        ((words, true), _) => format!("with {words}"),
        (_, (words, true)) => format!("unless {words}"),
        ((words, false), _) if !words.is_empty() => format!("only with {words}"),
        _ => String::new(),
    }
}

/// The levels of the paths on which something holds, where they are not all levels; and whether it holds on every path with
/// them.
fn levels_of(choices: &[Choice], places: &[Vec<usize>], holds: &[Option<bool>]) -> (String, bool) {
    let known = || places.iter().zip(holds).filter_map(|(path, holds)| Some((path, (*holds)?)));
    let among = |choice: usize, place: usize| known().any(|(path, holds)| holds && path[choice] == place);
    let words: Vec<String> = choices
        .iter()
        .enumerate()
        .filter_map(|(number, choice)| {
            let met = |place: &usize| known().any(|(path, _)| path[number] == *place);
            let all: Vec<usize> = (0..choice.levels.len()).filter(met).collect();
            let kept: Vec<&str> = all
                .iter()
                .filter(|place| among(number, **place))
                .map(|place| choice.levels[*place])
                .collect();
            (kept.len() < all.len()).then(|| format!("{} {}", choice.name, kept.join(" or ")))
        })
        .collect();
    let is_within = |path: &[usize]| path.iter().enumerate().all(|(choice, place)| among(choice, *place));
    (words.join(", "), known().all(|(path, holds)| holds == is_within(path)))
}

#[cfg(test)]
mod tests {
    use super::super::choices::{open_to, paths};
    use super::*;

    const SCENARIO: &str = "
        name: s
        data: china-provinces
        years: { first: 2000, last: 2022 }
        accounting: { preset: coherent }
        land: { source: inventory, classes: { forest: { npp: 3.8 t/hm2, share: 1 } } }
        projection: { horizon: 2030, emissions: { model: constant }, sink: { model: constant } }
    ";

    /// What is found of a rule over all paths: flips of each choice, and the conditions.
    #[track_caller]
    fn check(rule: impl Fn(&[usize]) -> Option<bool>, flipped: [usize; 4], pairs: [usize; 4], with: &str) {
        let scenario = icf_scenario::load_str("s.yaml", SCENARIO, None).unwrap().scenario().clone();
        let choices = open_to(&scenario);
        let paths = paths(&choices);
        let holds: Vec<Option<bool>> = paths.iter().map(|path| rule(path)).collect();
        let names: Vec<Option<&str>> =
            holds.iter().map(|holds| holds.map(|holds| if holds { "reproduced" } else { "not" })).collect();
        let found = flips(&choices, &paths, &names);
        assert_eq!(found.iter().map(|flips| flips.flipped).collect::<Vec<_>>(), flipped);
        assert_eq!(found.iter().map(|flips| flips.pairs).collect::<Vec<_>>(), pairs);
        assert_eq!(condition(&choices, &paths, &holds), with);
    }

    // Three levels make three pairs for each of the eight settings of the others, two levels one for each of twelve.
    const ALL: [usize; 4] = [24, 12, 12, 12];

    #[test]
    fn a_choice_that_decides_alone_turns_all_of_its_pairs() {
        check(|path| Some(path[1] == 0), [0, 12, 0, 0], ALL, "with basis as-printed");
        check(|path| Some(path[0] != 0), [16, 0, 0, 0], ALL, "with formula q-d or ceads");
    }

    #[test]
    fn two_choices_decide_together() {
        check(
            |path| Some(path[1] == 1 && path[2] == 1),
            [0, 6, 6, 0],
            ALL,
            "with basis carbon, land inventory",
        );
        check(
            |path| Some(path[1] == 1 || path[2] == 1),
            [0, 6, 6, 0],
            ALL,
            "unless basis as-printed, land modis-2019",
        );
        check(
            |path| Some(path[1] == 1 && (path[2] == 1 || path[3] == 1)),
            [0, 9, 3, 3],
            ALL,
            "only with basis carbon",
        );
    }

    #[test]
    fn what_hangs_on_either_of_two_levels_in_turn_is_not_said_in_few_words() {
        check(|path| Some(path[1] == path[2]), [0, 12, 12, 0], ALL, "");
    }

    #[test]
    fn what_holds_everywhere_or_nowhere_is_decided_by_nothing() {
        check(|_| Some(true), [0; 4], ALL, "");
        check(|_| Some(false), [0; 4], ALL, "");
    }

    #[test]
    fn a_path_without_figures_makes_no_pair() {
        check(
            |path| (path[0] != 2).then_some(path[3] == 0),
            [0, 0, 0, 8],
            [8, 8, 8, 8],
            "with feedstock include",
        );
    }
}
