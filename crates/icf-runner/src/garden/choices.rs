//! The choices, and how a scenario takes them.

use icf_results::Choice;
use icf_scenario::{Formula, LandSource, MassBasis, NonEnergy, Scenario};

/// The choices in the order in which the chain meets them; each level is a word of the scenario language.
const CHOICES: [Choice; 4] = [
    Choice { name: "formula", key: "accounting.formula", levels: &["q-s-d", "q-d", "ceads"] },
    Choice { name: "basis", key: "accounting.basis", levels: &["as-printed", "carbon"] },
    Choice { name: "land", key: "land.source", levels: &["modis-2019", "inventory"] },
    Choice { name: "feedstock", key: "accounting.non_energy", levels: &["include", "exclude"] },
];

const FORMULAS: [Formula; 3] = [Formula::HeatTwice, Formula::Physical, Formula::Ceads];
const BASES: [MassBasis; 2] = [MassBasis::AsPrinted, MassBasis::Carbon];
const LANDS: [LandSource; 3] = [LandSource::Modis2019, LandSource::Inventory, LandSource::Rasters];
/// The words of all of these.
const WITH_RASTERS: &[&str] = &["modis-2019", "inventory", "rasters"];
const FEEDSTOCKS: [NonEnergy; 2] = [NonEnergy::Include, NonEnergy::Exclude];

/// The choices that a scenario has: its rasters are a level of the land, and no other scenario knows of any.
pub(super) fn open_to(scenario: &Scenario) -> [Choice; 4] {
    let mut choices = CHOICES;
    if scenario.land.source == LandSource::Rasters {
        choices[2].levels = WITH_RASTERS;
    }
    choices
}

/// Every path as a place in the levels of each choice, the last choice changing fastest.
pub(super) fn paths(choices: &[Choice]) -> Vec<Vec<usize>> {
    choices.iter().fold(vec![vec![]], |paths, choice| {
        let longer = |path: &Vec<usize>| {
            let path = path.clone();
            (0..choice.levels.len()).map(move |place| [path.as_slice(), &[place]].concat())
        };
        paths.iter().flat_map(longer).collect()
    })
}

/// The level of each choice.
pub(super) fn levels(choices: &[Choice], places: &[usize]) -> Vec<&'static str> {
    choices.iter().zip(places).map(|(choice, place)| choice.levels[*place]).collect()
}

/// The path that a scenario takes as it stands.
pub(super) fn of(scenario: &Scenario) -> Vec<usize> {
    let accounting = &scenario.accounting;
    let known = "every level of a choice is in its list";
    vec![
        FORMULAS.iter().position(|level| *level == accounting.formula()).expect(known),
        BASES.iter().position(|level| *level == accounting.basis()).expect(known),
        LANDS.iter().position(|level| *level == scenario.land.source).expect(known),
        FEEDSTOCKS.iter().position(|level| *level == accounting.non_energy).expect(known),
    ]
}

/// Lets a scenario take a path.
pub(super) fn take(scenario: &mut Scenario, places: &[usize]) {
    scenario.accounting.formula = Some(FORMULAS[places[0]]);
    scenario.accounting.basis = Some(BASES[places[1]]);
    scenario.land.source = LANDS[places[2]];
    scenario.accounting.non_energy = FEEDSTOCKS[places[3]];
    // Only the one map has to be carried to other years.
    if scenario.land.source != LandSource::Modis2019 {
        scenario.land.history = None;
    }
    // With the rasters go the equivalence factors that they give.
    if scenario.land.source != LandSource::Rasters {
        scenario.land.rasters = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenario() -> Scenario {
        let text = "
            name: as-today
            data: china-provinces
            years: { first: 2000, last: 2022 }
            accounting: { preset: coherent }
            land: { source: modis-2019, history: { model: constant }, classes: { forest: { npp: 3.8 t/hm2, share: 1 } } }
            projection: { horizon: 2030, emissions: { model: constant }, sink: { model: constant } }
        ";
        icf_scenario::load_str("as-today.yaml", text, None).unwrap().scenario().clone()
    }

    #[test]
    fn a_scenario_that_takes_a_path_is_on_it_and_says_the_words_of_its_levels() {
        let check = |scenario: Scenario, count: usize| {
            let choices = open_to(&scenario);
            let paths = paths(&choices);
            assert_eq!(paths.len(), count);
            for path in paths {
                let mut taken = scenario.clone();
                take(&mut taken, &path);
                assert_eq!(of(&taken), path);
                let keys = icf_scenario::to_keys(&taken);
                for (choice, level) in choices.iter().zip(levels(&choices, &path)) {
                    let pair = (choice.key.to_owned(), level.to_owned());
                    assert!(keys.contains(&pair), "{}: {level}", choice.key);
                }
            }
        };
        check(scenario(), 24);
        let mut with_rasters = scenario();
        with_rasters.land.source = LandSource::Rasters;
        check(with_rasters, 36);
    }

    #[test]
    fn what_a_preset_says_is_a_path() {
        let mut taken = scenario();
        assert_eq!(levels(&CHOICES, &of(&taken)), ["q-d", "carbon", "modis-2019", "include"]);
        taken.accounting.preset = icf_scenario::Preset::AsPublished;
        assert_eq!(levels(&CHOICES, &of(&taken)), ["q-s-d", "as-printed", "modis-2019", "include"]);
    }
}
