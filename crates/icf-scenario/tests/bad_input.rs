//! What a person sees who has made a mistake: one snapshot for each kind.

use std::path::Path;

use icf_diagnostics::Diagnostics;
use icf_scenario::{Loaded, load, load_str};

/// A scenario without a mistake.
const SOUND: &str = include_str!("extends/sound.yaml");

/// The sound scenario with one text replaced by another.
#[track_caller]
fn with(old: &str, new: &str) -> String {
    assert!(SOUND.contains(old), "{old:?} is not in the sound scenario");
    SOUND.replacen(old, new, 1)
}

/// The sound scenario with more lines at its end.
fn and(lines: &str) -> String {
    format!("{SOUND}{lines}\n")
}

/// Every mistake as a person sees it.
fn mistakes(text: &str) -> String {
    show(load_str("s.yaml", text, None))
}

fn mistakes_of(file: &str) -> String {
    show(load(&Path::new("tests/extends").join(file)))
}

fn show(result: Result<Loaded, Diagnostics>) -> String {
    let Err(mistakes) = result else { return "no mistake".to_owned() };
    let mut shown = String::new();
    for mistake in mistakes.as_slice() {
        assert!(!mistake.message.starts_with(char::is_uppercase), "{mistake}");
        shown.push_str(&format!("[{}] {mistake}\n", mistake.code));
        if let (Some(line), Some(place)) = (&mistake.source_line, &mistake.place) {
            let column = place.column.unwrap_or(1);
            shown.push_str(&format!("    {line}\n    {:2$}{}\n", "", "^".repeat(place.length), column - 1));
        }
    }
    shown
}

#[test]
fn unknown_key() {
    insta::assert_snapshot!(mistakes(&with("horizon", "horzion")), @r#"
    [unknown-key] s.yaml:13:3: unknown key `horzion` in `projection` (hint: did you mean `horizon`?)
          horzion: 2030
          ^^^^^^^
    "#);
}

#[test]
fn unknown_key_at_the_top() {
    insta::assert_snapshot!(mistakes(&and("spacial: { seed: 1 }")), @r#"
    [unknown-key] s.yaml:18:1: unknown key `spacial` (hint: did you mean `spatial`?)
        spacial: { seed: 1 }
        ^^^^^^^
    "#);
}

#[test]
fn unknown_key_like_no_other() {
    insta::assert_snapshot!(mistakes(&and("quadrants: { colour: red }")), @r#"
    [unknown-key] s.yaml:18:14: unknown key `colour` in `quadrants` (hint: the only one is `split`)
        quadrants: { colour: red }
                     ^^^^^^
    "#);
}

#[test]
fn unknown_key_of_another_model() {
    insta::assert_snapshot!(mistakes(&with("model: log-linear, from", "model: constant, from")), @r#"
    [unknown-key] s.yaml:14:33: unknown key `from` in `projection.emissions` (hint: `from` goes with `model: cagr`, `model: log-linear`, `model: theil-sen`, not with `model: constant`)
          emissions: { model: constant, from: 2012, to: 2021 }
                                        ^^^^
    [unknown-key] s.yaml:14:45: unknown key `to` in `projection.emissions` (hint: `to` goes with `model: cagr`, `model: log-linear`, `model: theil-sen`, not with `model: constant`)
          emissions: { model: constant, from: 2012, to: 2021 }
                                                    ^^
    "#);
}

#[test]
fn extends_with_a_slip() {
    insta::assert_snapshot!(mistakes("extend: sound.yaml\nprojection: { horizon: 2040 }\n"), @r#"
    [unknown-key] s.yaml:1:1: unknown key `extend` (hint: did you mean `extends`?)
        extend: sound.yaml
        ^^^^^^
    "#);
}

#[test]
fn key_that_would_move_the_cursor() {
    insta::assert_snapshot!(mistakes(&and("\"\\e[2J\": 1")), @r#"
    [unknown-key] s.yaml:18:1: unknown key `�[2J` (hint: known are `name`, `description`, `data`, `years`, `regions`, `accounting`, `land`, `gaps`, `spatial`, `classes`, `quadrants`, `projection`, …)
        "\e[2J": 1
        ^^^^^^^
    "#);
}

#[test]
fn duplicate_key() {
    insta::assert_snapshot!(mistakes(&and("years: { first: 2001, last: 2022 }")), @r#"
    [duplicate-key] s.yaml:18:1: the key `years` stands twice (hint: it stands on line 4 as well; keep one)
        years: { first: 2001, last: 2022 }
        ^^^^^
    "#);
}

#[test]
fn number_for_a_mapping() {
    insta::assert_snapshot!(mistakes(&with("{ first: 2000, last: 2022 }", "2000")), @r#"
    [wrong-type] s.yaml:4:8: `years` must be a mapping, found `2000` (hint: write `{ first: …, last: … }`)
        years: 2000
               ^^^^
    "#);
}

#[test]
fn word_for_a_model() {
    insta::assert_snapshot!(mistakes(&with("{ model: log-linear, from: 2012, to: 2021 }", "constant")), @r#"
    [wrong-type] s.yaml:14:14: `projection.emissions` must be a mapping, found `constant` (hint: write `{ model: constant }`)
          emissions: constant
                     ^^^^^^^^
    "#);
}

#[test]
fn text_for_a_year() {
    insta::assert_snapshot!(mistakes(&with("first: 2000", "first: '2000'")), @r#"
    [wrong-type] s.yaml:4:17: `years.first` must be a whole number, found the text "2000" (hint: leave out the quotes)
        years: { first: '2000', last: 2022 }
                        ^^^^^^
    "#);
}

#[test]
fn half_a_year() {
    insta::assert_snapshot!(mistakes(&with("first: 2000", "first: 2000.5")), @r#"
    [wrong-type] s.yaml:4:17: `years.first` must be a whole number, found `2000.5` (hint: write a year, such as `2022`)
        years: { first: 2000.5, last: 2022 }
                        ^^^^^^
    "#);
}

#[test]
fn list_for_a_word() {
    insta::assert_snapshot!(mistakes(&with("preset: coherent", "preset: [coherent]")), @r#"
    [wrong-type] s.yaml:5:23: `accounting.preset` must be `coherent` or `as-published`, found a list
        accounting: { preset: [coherent] }
                              ^
    "#);
}

#[test]
fn nothing_for_a_mapping() {
    insta::assert_snapshot!(mistakes(&and("regions:")), @r#"
    [wrong-type] s.yaml:18:8: `regions` must be a mapping, found nothing (hint: write its keys below it, indented, or leave the line out)
        regions:
               ^
    "#);
}

#[test]
fn yes_for_a_truth_value() {
    insta::assert_snapshot!(mistakes(&and("outputs: { page: yes, figures: no }")), @r#"
    [wrong-type] s.yaml:18:18: `outputs.page` must be `true` or `false`, found `yes` (hint: write `true`)
        outputs: { page: yes, figures: no }
                         ^^^
    [wrong-type] s.yaml:18:32: `outputs.figures` must be `true` or `false`, found `no` (hint: write `false`)
        outputs: { page: yes, figures: no }
                                       ^^
    "#);
}

#[test]
fn unknown_word() {
    insta::assert_snapshot!(mistakes(&with("preset: coherent", "preset: as-publshed")), @r#"
    [unknown-value] s.yaml:5:23: `accounting.preset` cannot be `as-publshed` (hint: did you mean `as-published`?)
        accounting: { preset: as-publshed }
                              ^^^^^^^^^^^
    "#);
}

#[test]
fn unknown_fuel_set() {
    insta::assert_snapshot!(mistakes(&with("preset: coherent", "preset: coherent, fuels: paper8")), @r#"
    [unknown-value] s.yaml:5:40: `accounting.fuels` cannot be `paper8` (hint: did you mean `paper-8`?)
        accounting: { preset: coherent, fuels: paper8 }
                                               ^^^^^^
    "#);
}

#[test]
fn unknown_split() {
    insta::assert_snapshot!(mistakes(&and("quadrants: { split: modus }")), @r#"
    [unknown-value] s.yaml:18:21: `quadrants.split` cannot be `modus` (hint: known are `mean`, `median`)
        quadrants: { split: modus }
                            ^^^^^
    "#);
}

#[test]
fn unknown_model() {
    insta::assert_snapshot!(mistakes(&with("model: log-linear", "model: log-liner")), @r#"
    [unknown-value] s.yaml:14:23: `projection.emissions.model` cannot be `log-liner` (hint: did you mean `log-linear`?)
          emissions: { model: log-liner, from: 2012, to: 2021 }
                              ^^^^^^^^^
    "#);
}

#[test]
fn missing_model() {
    insta::assert_snapshot!(mistakes(&with("model: log-linear, ", "")), @r#"
    [missing-key] s.yaml:14:3: missing key `model` in `projection.emissions` (hint: write `model: …` with one of `constant`, `rate`, `cagr`, `log-linear`, `theil-sen`, `damped`, `drift`, `segmented`, `path`, `logistic-peak`, `kaya`, `top-down`, `best`)
          emissions: { from: 2012, to: 2021 }
          ^^^^^^^^^
    "#);
}

#[test]
fn missing_keys() {
    insta::assert_snapshot!(mistakes("name: a\naccounting: {}\nland: { source: inventory, classes: { forest: {} } }\n"), @r#"
    [missing-key] s.yaml: missing key `data` (hint: write `data: china-provinces`)
    [missing-key] s.yaml: missing key `years` (hint: write `years: …`: The years of the history)
    [missing-key] s.yaml: missing key `projection` (hint: write `projection: …`: How the history goes on)
    [missing-key] s.yaml:2:1: missing key `preset` in `accounting` (hint: write `preset: coherent` or `as-published`)
        accounting: {}
        ^^^^^^^^^^
    [missing-key] s.yaml:3:39: missing key `npp` in `land.classes.forest` (hint: write `npp: 3.8096 t/hm2`)
        land: { source: inventory, classes: { forest: {} } }
                                              ^^^^^^
    [missing-key] s.yaml:3:39: missing key `share` in `land.classes.forest` (hint: write `share: …`: The share P of the class in the footprint's denominator η; the shares sum to one)
        land: { source: inventory, classes: { forest: {} } }
                                              ^^^^^^
    "#);
}

#[test]
fn empty_classes() {
    insta::assert_snapshot!(mistakes(&and("x-note: any").replace("\n    forest: { npp: 3.8096 t/hm2, share: 0.8272 }\n    grassland: { npp: 0.9482 t/hm2, share: 0.1728 }", " {}")), @r#"
    [empty] s.yaml:8:3: `land.classes` is empty
          classes: {}
          ^^^^^^^
    "#);
}

#[test]
fn out_of_range() {
    insta::assert_snapshot!(mistakes(&and("spatial: { permutations: 10, significance: 1, sectors: -1 }\nclasses: { count: 13 }")), @r#"
    [out-of-range] s.yaml:18:26: `spatial.permutations` must be at least 99, found `10` (hint: write a number, at least 99 and at most 1000000)
        spatial: { permutations: 10, significance: 1, sectors: -1 }
                                 ^^
    [out-of-range] s.yaml:18:44: `spatial.significance` must be below 1, found `1` (hint: write a number, above 0 and below 1)
        spatial: { permutations: 10, significance: 1, sectors: -1 }
                                                   ^
    [out-of-range] s.yaml:18:56: `spatial.sectors` must be at least 1, found `-1` (hint: write a number, at least 1 and at most 360)
        spatial: { permutations: 10, significance: 1, sectors: -1 }
                                                               ^^
    [out-of-range] s.yaml:19:19: `classes.count` must be at most 12, found `13` (hint: write a number, at least 2 and at most 12)
        classes: { count: 13 }
                          ^^
    "#);
}

#[test]
fn too_large_a_number() {
    insta::assert_snapshot!(mistakes(&and("spatial: { seed: 99999999999999999999, significance: 1e999 }")), @r#"
    [out-of-range] s.yaml:18:18: `spatial.seed` is too large: `99999999999999999999`
        spatial: { seed: 99999999999999999999, significance: 1e999 }
                         ^^^^^^^^^^^^^^^^^^^^
    [out-of-range] s.yaml:18:54: `spatial.significance` must be a finite number, found `1e999` (hint: write a number, above 0 and below 1)
        spatial: { seed: 99999999999999999999, significance: 1e999 }
                                                             ^^^^^
    "#);
}

#[test]
fn not_a_number() {
    insta::assert_snapshot!(mistakes(&and("spatial: { weights: { kind: band, km: .nan }, significance: .inf }")), @r#"
    [out-of-range] s.yaml:18:39: `spatial.weights.km` must be a finite number, found `.nan` (hint: write a number, above 0)
        spatial: { weights: { kind: band, km: .nan }, significance: .inf }
                                              ^^^^
    [out-of-range] s.yaml:18:61: `spatial.significance` must be a finite number, found `.inf` (hint: write a number, above 0 and below 1)
        spatial: { weights: { kind: band, km: .nan }, significance: .inf }
                                                                    ^^^^
    "#);
}

#[test]
fn rate_without_unit() {
    insta::assert_snapshot!(mistakes(&with("-0.43 %/yr", "-0.43")), @r#"
    [bad-quantity] s.yaml:15:30: the rate `-0.43` has no unit (hint: write `-0.43 %/yr`)
          sink: { model: rate, rate: -0.43 }
                                     ^^^^^
    "#);
}

#[test]
fn rate_below_minus_one_hundred_per_cent() {
    insta::assert_snapshot!(mistakes(&with("-0.43 %/yr", "-143 %/yr")), @r#"
    [bad-quantity] s.yaml:15:30: a rate of -143 %/yr takes away more than there is (hint: the lowest is `-100 %/yr`)
          sink: { model: rate, rate: -143 %/yr }
                                     ^^^^^^^^^
    "#);
}

#[test]
fn uptake_of_co2() {
    insta::assert_snapshot!(mistakes(&with("3.8096 t/hm2", "14 tCO2/hm2")), @r#"
    [bad-quantity] s.yaml:9:20: `tCO2/hm2` is not the unit of an uptake (hint: that is `t/hm2`, tonnes of carbon by hectare in a year)
            forest: { npp: 14 tCO2/hm2, share: 0.8272 }
                           ^^^^^^^^^^^
    "#);
}

#[test]
fn level_without_unit() {
    insta::assert_snapshot!(mistakes(&with("kind: capacity }", "kind: emissions, level: 8.60e8 }")), @r#"
    [level-unit] s.yaml:17:47: the level `8.6e8` of the threshold `capacity` has no unit (hint: write `level: 8.6e8 tC`)
          - { name: capacity, kind: emissions, level: 8.60e8 }
                                                      ^^^^^^
    "#);
}

#[test]
fn level_missing() {
    insta::assert_snapshot!(mistakes(&with("kind: capacity }", "kind: depth }")), @r#"
    [level-missing] s.yaml:17:5: the threshold `capacity` has no level (hint: write `level: 1.5`)
          - { name: capacity, kind: depth }
            ^
    "#);
}

#[test]
fn level_unused() {
    insta::assert_snapshot!(mistakes(&with("kind: capacity }", "kind: capacity, level: 1.5 }")), @r#"
    [level-unused] s.yaml:17:46: the threshold `capacity` is the capacity itself and has no level (hint: leave out `level`)
          - { name: capacity, kind: capacity, level: 1.5 }
                                                     ^^^
    "#);
}

#[test]
fn level_unknown_unit() {
    insta::assert_snapshot!(mistakes(&with("kind: capacity }", "kind: depth, level: 1.5 metres }")), @r#"
    [bad-quantity] s.yaml:17:43: `metres` is not the unit of a level (hint: write `8.60e8 tC`, `3e9 tCO2`, `8.60e8 t`, `1.5` or `2 hm2/person`)
          - { name: capacity, kind: depth, level: 1.5 metres }
                                                  ^^^^^^^^^^
    "#);
}

#[test]
fn thresholds_of_one_name() {
    insta::assert_snapshot!(mistakes(&and("  - { name: capacity, kind: depth, level: 1.5 }")), @r#"
    [threshold-twice] s.yaml:18:13: two thresholds are called `capacity` (hint: the other is at s.yaml:17:13)
          - { name: capacity, kind: depth, level: 1.5 }
                    ^^^^^^^^
    "#);
}

#[test]
fn path_in_the_past() {
    insta::assert_snapshot!(mistakes(&with("{ model: rate, rate: -0.43 %/yr }", "{ model: path, points: { 2021: 99 %, 2028: 95, 2025: 97 %, 99: 1 % } }")), @r#"
    [bad-quantity] s.yaml:15:52: the percentage `95` has no unit (hint: write `95 %`)
          sink: { model: path, points: { 2021: 99 %, 2028: 95, 2025: 97 %, 99: 1 % } }
                                                           ^^
    [bad-quantity] s.yaml:15:68: `99` is not a year (hint: write `2025: 85 %`)
          sink: { model: path, points: { 2021: 99 %, 2028: 95, 2025: 97 %, 99: 1 % } }
                                                                           ^^
    "#);
}

#[test]
fn path_out_of_order() {
    insta::assert_snapshot!(mistakes(&with("{ model: rate, rate: -0.43 %/yr }", "{ model: path, points: { 2021: 99 %, 2028: 95 %, 2025: 97 %, 2031: 1 % } }")), @r#"
    [year-outside-projection] s.yaml:15:34: 2021 is not a projected year: they are 2023–2030 (hint: take it out, or move the horizon)
          sink: { model: path, points: { 2021: 99 %, 2028: 95 %, 2025: 97 %, 2031: 1 % } }
                                         ^^^^
    [years-out-of-order] s.yaml:15:58: 2025 stands after 2028 (hint: write the years in order)
          sink: { model: path, points: { 2021: 99 %, 2028: 95 %, 2025: 97 %, 2031: 1 % } }
                                                                 ^^^^
    [year-outside-projection] s.yaml:15:70: 2031 is not a projected year: they are 2023–2030 (hint: take it out, or move the horizon)
          sink: { model: path, points: { 2021: 99 %, 2028: 95 %, 2025: 97 %, 2031: 1 % } }
                                                                             ^^^^
    "#);
}

#[test]
fn years_out_of_order() {
    insta::assert_snapshot!(mistakes(&with("first: 2000, last: 2022", "first: 2022, last: 2000")), @r#"
    [years-out-of-order] s.yaml:4:29: the history ends in 2000, before it begins in 2022 (hint: exchange `first` and `last`)
        years: { first: 2022, last: 2000 }
                                    ^^^^
    "#);
}

#[test]
fn horizon_in_the_past() {
    insta::assert_snapshot!(mistakes(&with("2030", "2022")), @r#"
    [horizon-not-after-history] s.yaml:13:12: the horizon 2022 is not after the last year of the history, 2022 (hint: write a year after 2022)
          horizon: 2022
                   ^^^^
    "#);
}

#[test]
fn window_outside_history() {
    insta::assert_snapshot!(mistakes(&with("from: 2012, to: 2021", "from: 1999, to: 2023")), @r#"
    [year-outside-history] s.yaml:14:41: 1999 is not a year of the history, 2000–2022 (hint: write at least 3 years within 2000–2022; without `from` and `to` they are the whole history)
          emissions: { model: log-linear, from: 1999, to: 2023 }
                                                ^^^^
    [year-outside-history] s.yaml:14:51: 2023 is not a year of the history, 2000–2022 (hint: write at least 3 years within 2000–2022; without `from` and `to` they are the whole history)
          emissions: { model: log-linear, from: 1999, to: 2023 }
                                                          ^^^^
    "#);
}

#[test]
fn window_too_short() {
    insta::assert_snapshot!(mistakes(&with("from: 2012, to: 2021", "from: 2020, to: 2021")), @r#"
    [too-few-years] s.yaml:14:41: a trend needs at least 3 years, found 2020–2021 (hint: write at least 3 years within 2000–2022; without `from` and `to` they are the whole history)
          emissions: { model: log-linear, from: 2020, to: 2021 }
                                                ^^^^
    "#);
}

#[test]
fn window_of_a_region() {
    insta::assert_snapshot!(mistakes(&with("horizon: 2030", "horizon: 2030\n  regions: { Guangdong: { sink: { model: log-linear, from: 2021, to: 2012 } } }")), @r#"
    [years-out-of-order] s.yaml:14:70: the fitted years end in 2012, before they begin in 2021 (hint: write at least 3 years within 2000–2022; without `from` and `to` they are the whole history)
          regions: { Guangdong: { sink: { model: log-linear, from: 2021, to: 2012 } } }
                                                                             ^^^^
    "#);
}

#[test]
fn shares_that_do_not_sum_to_one() {
    insta::assert_snapshot!(mistakes(&with("0.1728", "0.2728")), @r#"
    [shares-not-one] s.yaml:8:3: the shares of the land classes sum to 1.1, not to 1 (hint: forest 0.8272, grassland 0.2728)
          classes:
          ^^^^^^^
    "#);
}

#[test]
fn history_of_the_inventory() {
    insta::assert_snapshot!(mistakes(&with("source: inventory", "source: inventory\n  history: { model: constant }")), @r#"
    [history-without-map] s.yaml:8:3: `land.history` carries the map of 2019 to other years, and `inventory` has its own (hint: write `history: ~`, or `source: modis-2019`)
          history: { model: constant }
          ^^^^^^^
    "#);
}

#[test]
fn name_that_leads_elsewhere() {
    insta::assert_snapshot!(mistakes(&with("name: sound", "name: ../sound")), @r#"
    [bad-quantity] s.yaml:1:7: "../sound" cannot be the name of a scenario (hint: use letters, digits, `-`, `_` and `.`, a letter or digit first, 100 at most)
        name: ../sound
              ^^^^^^^^
    "#);
}

#[test]
fn pairs_of_three() {
    insta::assert_snapshot!(mistakes(&and("spatial: { islands: { policy: links, links: [[460000, 440000, 450000]] } }")), @r#"
    [wrong-count] s.yaml:18:46: `spatial.islands.links[0]` must have 2 items, found 3
        spatial: { islands: { policy: links, links: [[460000, 440000, 450000]] } }
                                                     ^
    "#);
}

#[test]
fn fuel_twice() {
    insta::assert_snapshot!(mistakes(&with("preset: coherent", "preset: coherent, fuels: [raw coal, coke, raw coal]")), @r#"
    [fuel-twice] s.yaml:5:57: the fuel `raw coal` stands twice (hint: keep one)
        accounting: { preset: coherent, fuels: [raw coal, coke, raw coal] }
                                                                ^^^^^^^^
    "#);
}

#[test]
fn several_mistakes_at_once() {
    insta::assert_snapshot!(mistakes(&with("0.1728", "0.2728").replace("horizon: 2030", "horizon: 2030\n  regoins: {}").replace("first:", "frist:")), @r#"
    [unknown-key] s.yaml:4:10: unknown key `frist` in `years` (hint: did you mean `first`?)
        years: { frist: 2000, last: 2022 }
                 ^^^^^
    [shares-not-one] s.yaml:8:3: the shares of the land classes sum to 1.1, not to 1 (hint: forest 0.8272, grassland 0.2728)
          classes:
          ^^^^^^^
    [unknown-key] s.yaml:14:3: unknown key `regoins` in `projection` (hint: did you mean `regions`?)
          regoins: {}
          ^^^^^^^
    "#);
}

#[test]
fn rules_and_keys_at_once() {
    insta::assert_snapshot!(mistakes(&with("0.1728", "0.2728").replace("years:", "clases: {}\nyears:")), @r#"
    [unknown-key] s.yaml:4:1: unknown key `clases` (hint: did you mean `classes`?)
        clases: {}
        ^^^^^^
    [shares-not-one] s.yaml:9:3: the shares of the land classes sum to 1.1, not to 1 (hint: forest 0.8272, grassland 0.2728)
          classes:
          ^^^^^^^
    "#);
}

#[test]
fn tag() {
    insta::assert_snapshot!(mistakes(&with("first: 2000", "first: !!str 2000")), @r#"
    [unknown-tag] s.yaml:4:23: unknown tag `!!str` (hint: write the value without it)
        years: { first: !!str 2000, last: 2022 }
                              ^^^^
    "#);
}

#[test]
fn merge_key() {
    insta::assert_snapshot!(mistakes(&and("x-a: &a { b: 1 }\nspatial: { <<: *a }")), @r#"
    [merge-key] s.yaml:19:12: merge keys `<<` are not part of the language (hint: use `extends: base.yaml`, which merges whole scenarios)
        spatial: { <<: *a }
                   ^^
    "#);
}

#[test]
fn two_documents() {
    insta::assert_snapshot!(mistakes(&and("---\nname: other")), @r#"
    [several-documents] s.yaml:18:1: a second document begins here (hint: a file holds one scenario; give each its own file)
        ---
        ^^^
    "#);
}

#[test]
fn key_that_is_a_list() {
    insta::assert_snapshot!(mistakes(&and("? [a, b]\n: 1")), @r#"
    [key-not-text] s.yaml:18:3: a key must be text (hint: write `key: value`; `{` and `[` begin a value)
        ? [a, b]
          ^
    "#);
}

#[test]
fn tab_indentation() {
    insta::assert_snapshot!(mistakes(&and("spatial:\n\tseed: 1")), @r#"
    [tab-indentation] s.yaml:19:1: a tab in the indentation (hint: indent with spaces)
        	seed: 1
        ^
    "#);
}

#[test]
fn unclosed_brace() {
    insta::assert_snapshot!(mistakes(&and("spatial: { seed: 1")), @r#"
    [ill-formed] s.yaml:18:19: not well-formed YAML: while parsing a flow mapping, did not find expected ',' or '}' (hint: a brace that is opened is closed: `{ key: value, key: value }`)
        spatial: { seed: 1
                          ^
    "#);
}

#[test]
fn control_character() {
    insta::assert_snapshot!(mistakes(&and("# a\0b")), @r#"
    [control-character] s.yaml:18:4: control character U+0000 (hint: take it out; it came with what was pasted, or the file is no text)
        # a�b
           ^
    "#);
}

#[test]
fn empty_file() {
    insta::assert_snapshot!(mistakes("# nothing but a comment\n"), @r#"
    [empty-file] s.yaml: the file is empty (hint: start with `extends: baseline.yaml` or `name: …`)
    "#);
}

#[test]
fn list_for_a_scenario() {
    insta::assert_snapshot!(mistakes("- a\n- b\n"), @r#"
    [wrong-type] s.yaml:1:1: a scenario is a mapping of keys, found a list (hint: write `extends: baseline.yaml` and `name: …`, without a dash)
        - a
        ^
    "#);
}

#[test]
fn deep_nesting() {
    insta::assert_snapshot!(mistakes(&format!("name: {}", "[".repeat(100))), @r#"
    [too-deep] s.yaml:1:71: values are nested more than 64 levels deep (hint: close the brackets; no key of a scenario is that deep)
        name: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
                                                                              ^
    "#);
}

#[test]
fn deep_nesting_in_lines() {
    insta::assert_snapshot!(mistakes(&(0..100).map(|depth| format!("{:1$}a:\n", "", depth)).collect::<String>()), @r#"
    [too-deep] s.yaml:65:65: values are nested more than 64 levels deep (hint: close the brackets; no key of a scenario is that deep)
                                                                        a:
                                                                        ^
    "#);
}

#[test]
fn alias_bomb() {
    insta::assert_snapshot!(mistakes(&(0..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| format!("{text}a{0}: &a{0} [*a{n}, *a{n}]\n", n + 1))), @r#"
    [too-large] s.yaml:14:11: the file holds more than 100000 values, aliases counted as often as used (hint: write the values out; a scenario has a few hundred)
        a13: &a13 [*a12, *a12]
                  ^
    "#);
}

#[test]
fn alias_in_itself() {
    insta::assert_snapshot!(mistakes("name: &a [*a]\n"), @r#"
    [alias-in-itself] s.yaml:1:11: an alias inside the value it names
        name: &a [*a]
                  ^^
    "#);
}

#[test]
fn alias_of_nothing() {
    insta::assert_snapshot!(mistakes("name: *a\n"), @r#"
    [ill-formed] s.yaml:1:7: not well-formed YAML: while parsing node, found unknown anchor (hint: `*name` stands for a value marked `&name` before it; text that begins with `*` has quotes)
        name: *a
              ^
    "#);
}

#[test]
fn large_file() {
    insta::assert_snapshot!(mistakes(&" ".repeat(2 << 20)), @r#"
    [too-large] s.yaml: the file is larger than 1 MiB (hint: figures belong into a table, and a scenario names the table)
    "#);
}

#[test]
fn no_such_file() {
    insta::assert_snapshot!(mistakes_of("nowhere.yaml"), @r#"
    [unreadable] tests/extends/nowhere.yaml: there is no such file (hint: `icf new NAME` writes a scenario to start with)
    "#);
}

#[test]
fn folder_for_a_file() {
    insta::assert_snapshot!(mistakes_of("elsewhere"), @r#"
    [unreadable] tests/extends/elsewhere: is a folder (hint: name a file in it)
    "#);
}

#[test]
fn not_utf_8() {
    insta::assert_snapshot!(mistakes_of("latin-1.yaml"), @r#"
    [not-utf-8] tests/extends/latin-1.yaml:1:8: not UTF-8: byte 0xE9 (hint: save the file as UTF-8)
        # A caf� in Latin-1.
               ^
    "#);
}

#[test]
fn base_not_utf_8() {
    insta::assert_snapshot!(mistakes_of("on-latin-1.yaml"), @r#"
    [not-utf-8] tests/extends/latin-1.yaml:1:8: not UTF-8: byte 0xE9 (hint: save the file as UTF-8)
        # A caf� in Latin-1.
               ^
    "#);
}

#[test]
fn extends_nothing() {
    insta::assert_snapshot!(mistakes("extends:\nname: a\n"), @r#"
    [extends-nothing] s.yaml:1:1: `extends` names no file (hint: write `extends: baseline.yaml`, or leave the key out)
        extends:
        ^^^^^^^
    "#);
}

#[test]
fn extends_an_empty_list() {
    insta::assert_snapshot!(mistakes("extends: []\nname: a\n"), @r#"
    [extends-nothing] s.yaml:1:1: `extends` names no file (hint: write `extends: baseline.yaml`, or leave the key out)
        extends: []
        ^^^^^^^
    "#);
}

#[test]
fn extends_a_mapping() {
    insta::assert_snapshot!(mistakes("extends: { file: a.yaml }\nname: a\n"), @r#"
    [wrong-type] s.yaml:1:10: `extends` must name a file, found a mapping (hint: write `extends: baseline.yaml`)
        extends: { file: a.yaml }
                 ^
    "#);
}

#[test]
fn extends_a_missing_file() {
    insta::assert_snapshot!(mistakes_of("missing.yaml"), @r#"
    [extends-missing] tests/extends/missing.yaml:1:10: there is no file tests/extends/nowhere.yaml (hint: the path starts at the folder of this file; `icf new` writes a built-in scenario as a file)
        extends: nowhere.yaml
                 ^^^^^^^^^^^^
    [unknown-key] tests/extends/missing.yaml:3:1: unknown key `clases` (hint: did you mean `classes`?)
        clases: { count: 3 }
        ^^^^^^
    "#);
}

#[test]
fn extends_itself() {
    insta::assert_snapshot!(mistakes_of("itself.yaml"), @r#"
    [extends-cycle] tests/extends/itself.yaml:1:10: the scenario extends itself (hint: leave out one of the `extends`)
        extends: itself.yaml
                 ^^^^^^^^^^^
    "#);
}

#[test]
fn extends_in_a_circle() {
    insta::assert_snapshot!(mistakes_of("circle-a.yaml"), @r#"
    [extends-cycle] tests/extends/circle-b.yaml:1:10: scenarios extend each other in a circle: `tests/extends/circle-a.yaml` → `tests/extends/circle-b.yaml` → `tests/extends/circle-a.yaml` (hint: leave out one of the `extends`)
        extends: circle-a.yaml
                 ^^^^^^^^^^^^^
    "#);
}

#[test]
fn extends_without_a_folder() {
    insta::assert_snapshot!(mistakes("extends: sound.yaml\nname: a\n"), @r#"
    [extends-without-folder] s.yaml:1:10: there is no folder in which to look for "sound.yaml" (hint: save the scenario to a file first)
        extends: sound.yaml
                 ^^^^^^^^^^
    "#);
}

#[test]
fn mistake_in_a_base() {
    insta::assert_snapshot!(mistakes_of("on-mistaken-base.yaml"), @r#"
    [out-of-range] tests/extends/on-mistaken-base.yaml:3:19: `classes.count` must be at least 2, found `1` (hint: write a number, at least 2 and at most 12)
        classes: { count: 1 }
                          ^
    [unknown-key] tests/extends/mistaken-base.yaml:4:3: unknown key `permuations` in `spatial` (hint: did you mean `permutations`?)
          permuations: 9999
          ^^^^^^^^^^^
    "#);
}

#[test]
fn name_of_its_own() {
    insta::assert_snapshot!(mistakes_of("nameless.yaml"), @r#"
    [missing-key] tests/extends/nameless.yaml: missing key `name` (hint: write `name: early-peak`)
    "#);
}

/// A scenario whose emissions go on by a model.
fn emissions(model: &str) -> String {
    with("{ model: log-linear, from: 2012, to: 2021 }", model)
}

#[test]
fn rate_between_one_year() {
    insta::assert_snapshot!(mistakes(&emissions("{ model: cagr, from: 2022 }")), @r#"
    [too-few-years] s.yaml:14:35: a rate needs at least 2 years, found 2022–2022 (hint: write at least 2 years within 2000–2022; without `from` and `to` they are the whole history)
          emissions: { model: cagr, from: 2022 }
                                          ^^^^
    "#);
}

#[test]
fn window_that_ends_before_the_history() {
    insta::assert_snapshot!(mistakes(&emissions("{ model: theil-sen, to: 1999 }")), @r#"
    [year-outside-history] s.yaml:14:38: 1999 is not a year of the history, 2000–2022 (hint: write at least 3 years within 2000–2022; without `from` and `to` they are the whole history)
          emissions: { model: theil-sen, to: 1999 }
                                             ^^^^
    "#);
}

#[test]
fn weights_out_of_range() {
    insta::assert_snapshot!(mistakes(&emissions("{ model: damped, alpha: 1.5, phi: 0 }")), @r#"
    [out-of-range] s.yaml:14:38: `projection.emissions.alpha` must be at most 1, found `1.5` (hint: write a number, at least 0 and at most 1)
          emissions: { model: damped, alpha: 1.5, phi: 0 }
                                             ^^^
    [out-of-range] s.yaml:14:48: `projection.emissions.phi` must be at least 0.01, found `0` (hint: write a number, at least 0.01 and at most 1)
          emissions: { model: damped, alpha: 1.5, phi: 0 }
                                                       ^
    "#);
}

#[test]
fn phases_too_short() {
    insta::assert_snapshot!(mistakes(&emissions("{ model: segmented, shortest: 2, floor: 0.01 }")), @r#"
    [out-of-range] s.yaml:14:44: `projection.emissions.shortest` must be at least 3, found `2` (hint: write a number, at least 3 and at most 100)
          emissions: { model: segmented, shortest: 2, floor: 0.01 }
                                                   ^
    [bad-quantity] s.yaml:14:54: the percentage `0.01` has no unit (hint: write `1 %`, or `0.01 %`)
          emissions: { model: segmented, shortest: 2, floor: 0.01 }
                                                             ^^^^
    "#);
}

#[test]
fn peak_out_of_order() {
    let peak = "{ model: logistic-peak, peak: 2021, height: 95 %, steepest: 2020, floor: 120 % }";
    insta::assert_snapshot!(mistakes(&emissions(peak)), @r#"
    [year-outside-projection] s.yaml:14:44: the peak in 2021 is not after the history, which ends in 2022
          emissions: { model: logistic-peak, peak: 2021, height: 95 %, steepest: 2020, floor: 120 % }
                                                   ^^^^
    [out-of-range] s.yaml:14:58: a peak of 95 % lies below the last historical value
          emissions: { model: logistic-peak, peak: 2021, height: 95 %, steepest: 2020, floor: 120 % }
                                                                 ^^^^
    [years-out-of-order] s.yaml:14:74: the steepest fall in 2020 is not after the peak in 2021
          emissions: { model: logistic-peak, peak: 2021, height: 95 %, steepest: 2020, floor: 120 % }
                                                                                 ^^^^
    [out-of-range] s.yaml:14:87: a fall from 95 % to 120 % is none
          emissions: { model: logistic-peak, peak: 2021, height: 95 %, steepest: 2020, floor: 120 % }
                                                                                              ^^^^^
    "#);
}

#[test]
fn parts_out_of_place() {
    let best = "{ model: best, of: [{ model: best }, { model: path, points: { 2025: 90 % } }] }";
    insta::assert_snapshot!(mistakes(&emissions(best)), @r#"
    [model-out-of-place] s.yaml:14:34: best chooses among models that are not best themselves (hint: choose another model)
          emissions: { model: best, of: [{ model: best }, { model: path, points: { 2025: 90 % } }] }
                                         ^
    [model-out-of-place] s.yaml:14:51: a model of given years cannot be tested on the past, so best cannot choose it (hint: choose another model)
          emissions: { model: best, of: [{ model: best }, { model: path, points: { 2025: 90 % } }] }
                                                          ^
    "#);
    let nested = "{ model: top-down, total: { model: top-down, total: { model: drift } } }";
    insta::assert_snapshot!(mistakes(&emissions(nested)), @r#"
    [model-out-of-place] s.yaml:14:33: a model of all regions or of several quantities cannot be part of another (hint: choose another model)
          emissions: { model: top-down, total: { model: top-down, total: { model: drift } } }
                                        ^^^^^
    "#);
    let kaya = "{ model: kaya, per_head: { model: drift }, intensity: { model: drift } }";
    insta::assert_snapshot!(mistakes(&with("sink: { model: rate, rate: -0.43 %/yr }", &format!("sink: {kaya}"))), @r#"
    [model-out-of-place] s.yaml:15:3: kaya makes emissions, and nothing else (hint: choose another model)
          sink: { model: kaya, per_head: { model: drift }, intensity: { model: drift } }
          ^^^^
    "#);
}

#[test]
fn a_part_has_windows_of_its_own() {
    let kaya = "{ model: kaya, per_head: { model: drift }, intensity: { model: log-linear, from: 1990 } }";
    insta::assert_snapshot!(mistakes(&emissions(kaya)), @r#"
    [year-outside-history] s.yaml:14:95: 1990 is not a year of the history, 2000–2022 (hint: write at least 3 years within 2000–2022; without `from` and `to` they are the whole history)
          emissions: { model: kaya, per_head: { model: drift }, intensity: { model: log-linear, from: 1990 } }
                                                                                                      ^^^^
    "#);
}

#[test]
fn a_part_is_missing() {
    insta::assert_snapshot!(mistakes(&emissions("{ model: top-down, total: { modle: drift } }")), @r#"
    [missing-key] s.yaml:14:33: missing key `model` in `projection.emissions.total` (hint: write `model: …` with one of `constant`, `rate`, `cagr`, `log-linear`, `theil-sen`, `damped`, `drift`, `segmented`, `path`, `logistic-peak`, `kaya`, `top-down`, `best`)
          emissions: { model: top-down, total: { modle: drift } }
                                        ^^^^^
    "#);
    insta::assert_snapshot!(mistakes(&emissions("{ model: kaya, per_head: { model: drift } }")), @r#"
    [missing-key] s.yaml:14:3: missing key `intensity` in `projection.emissions` (hint: write `intensity: { model: constant }`)
          emissions: { model: kaya, per_head: { model: drift } }
          ^^^^^^^^^
    "#);
}

#[test]
fn levers_out_of_their_years() {
    insta::assert_snapshot!(mistakes(&and("levers:
  - { lever: efficiency, rate: 1 %/yr, from: 2020 }
  - { lever: efficiency, rate: 1 %/yr, from: 2031 }
  - { lever: sink-degradation, rate: 1 %/yr, from: 2028, to: 2025 }
  - { lever: capture, rate: 10 %, by: 2040 }
  - { lever: drought, years: [2022, 2025, 2025], loss: 10 % }
  - { lever: fuel-switch, fuel: a, instead: b, share: 10 %, from: 2029, by: 2026 }")), @r#"
    [year-in-history] s.yaml:19:46: 2020 is a year of the history, which no lever changes (hint: the first projected year is 2023)
          - { lever: efficiency, rate: 1 %/yr, from: 2020 }
                                                     ^^^^
    [year-after-horizon] s.yaml:20:46: 2031 is after the horizon 2030 (hint: take an earlier year, or a later `projection.horizon`)
          - { lever: efficiency, rate: 1 %/yr, from: 2031 }
                                                     ^^^^
    [years-out-of-order] s.yaml:21:62: it ends in 2025, before it begins in 2028 (hint: write `to: 2028` or later)
          - { lever: sink-degradation, rate: 1 %/yr, from: 2028, to: 2025 }
                                                                     ^^^^
    [year-after-horizon] s.yaml:22:39: 2040 is after the horizon 2030 (hint: take an earlier year, or a later `projection.horizon`)
          - { lever: capture, rate: 10 %, by: 2040 }
                                              ^^^^
    [year-in-history] s.yaml:23:31: 2022 is a year of the history, which no lever changes (hint: the first projected year is 2023)
          - { lever: drought, years: [2022, 2025, 2025], loss: 10 % }
                                      ^^^^
    [year-twice] s.yaml:23:43: 2025 stands twice among the dry years (hint: keep one of them)
          - { lever: drought, years: [2022, 2025, 2025], loss: 10 % }
                                                  ^^^^
    [years-out-of-order] s.yaml:24:77: it ends in 2026, before it begins in 2029 (hint: write `by: 2029` or later)
          - { lever: fuel-switch, fuel: a, instead: b, share: 10 %, from: 2029, by: 2026 }
                                                                                    ^^^^
    "#);
}

#[test]
fn levers_beyond_what_there_is() {
    insta::assert_snapshot!(mistakes(&and("levers:
  - { lever: efficiency, rate: -2 %/yr }
  - { lever: efficiency, rate: 101 %/yr }
  - { lever: standards, rates: { I: 4 %/yr, III: -1 %/yr } }
  - { lever: capture, rate: 120 %, cap: 5 Mt CO2 }
  - { lever: drought, years: [2025], loss: 101 % }
  - { lever: relocation, out_of: a, into: b, share: 150 %, gain: 110 %, by: 2030 }
  - { lever: electrification, fuel: a, share: 130 %, by: 2030, factor: 1 tCO2/MWh }")), @r#"
    [rate-below-zero] s.yaml:19:32: a lever of -2 %/yr would add to what it is to lower (hint: write what is taken away without its sign: `2 %/yr`)
          - { lever: efficiency, rate: -2 %/yr }
                                       ^^^^^^^
    [share-above-all] s.yaml:20:32: 101 %/yr takes away more than there is (hint: the highest is `100 %/yr`)
          - { lever: efficiency, rate: 101 %/yr }
                                       ^^^^^^^^
    [rate-below-zero] s.yaml:21:50: a lever of -1 %/yr would add to what it is to lower (hint: write what is taken away without its sign: `1 %/yr`)
          - { lever: standards, rates: { I: 4 %/yr, III: -1 %/yr } }
                                                         ^^^^^^^
    [share-above-all] s.yaml:22:29: 120 % is more than the region emits (hint: the highest is `100 %`)
          - { lever: capture, rate: 120 %, cap: 5 Mt CO2 }
                                    ^^^^^
    [share-above-all] s.yaml:23:44: 101 % of the sink is more than there is (hint: the highest is `100 %`)
          - { lever: drought, years: [2025], loss: 101 % }
                                                   ^^^^^
    [share-above-all] s.yaml:24:53: 150 % of the emissions is more than there are (hint: the highest is `100 %`)
          - { lever: relocation, out_of: a, into: b, share: 150 %, gain: 110 %, by: 2030 }
                                                            ^^^^^
    [share-above-all] s.yaml:24:66: 110 % is more than what moves (hint: the highest is `100 %`)
          - { lever: relocation, out_of: a, into: b, share: 150 %, gain: 110 %, by: 2030 }
                                                                         ^^^^^
    [share-above-all] s.yaml:25:47: 130 % of the fuel is more than there is (hint: the highest is `100 %`)
          - { lever: electrification, fuel: a, share: 130 %, by: 2030, factor: 1 tCO2/MWh }
                                                      ^^^^^
    "#);
}

#[test]
fn levers_that_are_none() {
    insta::assert_snapshot!(mistakes(&and("levers:
  - { lever: capturing, rate: 10 % }
  - { rate: 10 % }
  - { lever: capture, rate: -5 % }
  - { lever: capture, rate: 5 %, cap: -5 Mt CO2 }
  - { lever: capture, rate: 5 %, cap: 5 }
  - { lever: electrification, fuel: a, share: 13 %, by: 2030, factor: 9 tCO2/MWh }
  - { lever: afforestation, area: -5 hm2, lag: 3 }
  - { lever: drought, years: 2025, loss: 10 % }
  - { lever: standards, rates: {} }
  - { lever: standards, rates: { V: 1 %/yr } }
  - { lever: trade, price: 60 yuan }
  - { lever: relocation, out_of: a, into: b, regions: all, share: 5 %, by: 2030 }")), @r#"
    [unknown-value] s.yaml:19:14: `levers[0].lever` cannot be `capturing` (hint: did you mean `capture`?)
          - { lever: capturing, rate: 10 % }
                     ^^^^^^^^^
    [missing-key] s.yaml:20:5: missing key `lever` in `levers[1]` (hint: write `lever: …` with one of `efficiency`, `fuel-switch`, `electrification`, `capture`, `afforestation`, `sink-degradation`, `drought`, `relocation`, `standards`, `trade`)
          - { rate: 10 % }
            ^
    [bad-quantity] s.yaml:21:29: the percentage `-5 %` is below zero (hint: write `85 %`)
          - { lever: capture, rate: -5 % }
                                    ^^^^
    [bad-quantity] s.yaml:22:39: the mass `-5 Mt CO2` is below zero (hint: write `5 Mt CO2`, `1.4 MtC` or `5e6 t`)
          - { lever: capture, rate: 5 %, cap: -5 Mt CO2 }
                                              ^^^^^^^^^
    [bad-quantity] s.yaml:23:39: the mass `5` has no unit (hint: write `5 Mt CO2`, `1.4 MtC` or `5e6 t`)
          - { lever: capture, rate: 5 %, cap: 5 }
                                              ^
    [bad-quantity] s.yaml:24:71: an emission factor of 9 t CO2/MWh is no power plant's (hint: it lies between 0 and 3 t CO2/MWh)
          - { lever: electrification, fuel: a, share: 13 %, by: 2030, factor: 9 tCO2/MWh }
                                                                              ^^^^^^^^^^
    [bad-quantity] s.yaml:25:35: the area `-5 hm2` is below zero (hint: write `1e5 hm2` or `1000 km2`)
          - { lever: afforestation, area: -5 hm2, lag: 3 }
                                          ^^^^^^
    [wrong-type] s.yaml:26:30: `levers[7].years` must be a list, found `2025` (hint: write `[2025]`)
          - { lever: drought, years: 2025, loss: 10 % }
                                     ^^^^
    [empty] s.yaml:27:25: `levers[8].rates` is empty
          - { lever: standards, rates: {} }
                                ^^^^^
    [unknown-key] s.yaml:28:34: unknown key `V` in `levers[9].rates` (hint: did you mean `I`?)
          - { lever: standards, rates: { V: 1 %/yr } }
                                         ^
    [bad-quantity] s.yaml:29:28: `yuan` is not the unit of a price (hint: write `60 yuan/tCO2`, `220 yuan/tC` or `700 yuan/hm2`)
          - { lever: trade, price: 60 yuan }
                                   ^^^^^^^
    [unknown-key] s.yaml:30:46: unknown key `regions` in `levers[11]` (hint: known are `lever`, `name`, `out_of`, `into`, `share`, `amount`, `gain`, `from`, `by`, `source`)
          - { lever: relocation, out_of: a, into: b, regions: all, share: 5 %, by: 2030 }
                                                     ^^^^^^^
    "#);
}

#[test]
fn levers_whose_keys_do_not_fit() {
    insta::assert_snapshot!(mistakes(&and("levers:
  - { lever: fuel-switch, fuel: coke, instead: coke, share: 10 %, by: 2030 }
  - { lever: efficiency, rate: 1 %/yr, fuels: [coke, coke] }
  - { lever: afforestation, area: 5 hm2, lag: 3, class: forrest }
  - { lever: relocation, out_of: a, into: b, by: 2030 }
  - { lever: relocation, out_of: a, into: b, share: 5 %, amount: 5 tC, by: 2030 }
  - { lever: trade }
  - { lever: trade }")), @r#"
    [fuel-for-itself] s.yaml:19:48: `coke` cannot take its own place (hint: name another fuel)
          - { lever: fuel-switch, fuel: coke, instead: coke, share: 10 %, by: 2030 }
                                                       ^^^^
    [fuel-twice] s.yaml:20:54: the fuel `coke` is listed twice (hint: keep one of them)
          - { lever: efficiency, rate: 1 %/yr, fuels: [coke, coke] }
                                                             ^^^^
    [unknown-class] s.yaml:21:57: `land.classes` has no class `forrest` (hint: did you mean `forest`?)
          - { lever: afforestation, area: 5 hm2, lag: 3, class: forrest }
                                                                ^^^^^^^
    [missing-key] s.yaml:22:5: neither `share` nor `amount` says how much moves (hint: write `share: 10 %` or `amount: 20 Mt CO2`)
          - { lever: relocation, out_of: a, into: b, by: 2030 }
            ^
    [share-and-amount] s.yaml:23:66: both `share` and `amount` say how much moves (hint: keep one of them)
          - { lever: relocation, out_of: a, into: b, share: 5 %, amount: 5 tC, by: 2030 }
                                                                         ^^^^
    [trade-twice] s.yaml:25:14: two levers are `trade`, and a surplus can be sold once (hint: the other is at s.yaml:24:14)
          - { lever: trade }
                     ^^^^^
    "#);
}

#[test]
fn a_drawn_key_that_is_none() {
    insta::assert_snapshot!(mistakes(&and("uncertainty:\n  inputs:\n    projection.sink.rat: { distribution: uniform, min: 1 %/yr, max: 2 %/yr }")), @r#"
    [unknown-input] s.yaml:20:5: `projection.sink.rat` cannot be `1.5 %/yr`: unknown key `rat` in `projection.sink` (hint: did you mean `rate`?)
            projection.sink.rat: { distribution: uniform, min: 1 %/yr, max: 2 %/yr }
            ^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn a_name_that_is_missing_is_told_once_not_of_each_draw() {
    insta::assert_snapshot!(mistakes_of("nameless-on-drawn.yaml"), @"[missing-key] tests/extends/nameless-on-drawn.yaml: missing key `name` (hint: write `name: early-peak`)");
}

#[test]
fn a_drawn_number_without_its_unit() {
    insta::assert_snapshot!(mistakes(&and("uncertainty:\n  inputs:\n    projection.sink.rate: { distribution: normal, mean: -0.43 %/yr, sd: 0.1 }")), @r#"
    [unit] s.yaml:20:73: `sd` has no unit, and `mean` has `%/yr` (hint: write `0.1 %/yr`)
            projection.sink.rate: { distribution: normal, mean: -0.43 %/yr, sd: 0.1 }
                                                                                ^^^
    "#);
}

#[test]
fn a_drawn_number_in_another_unit_than_its_key() {
    insta::assert_snapshot!(mistakes(&and("uncertainty:\n  inputs:\n    projection.sink.rate: { distribution: uniform, min: 1 tC, max: 2 tC }")), @r#"
    [unknown-input] s.yaml:20:5: `projection.sink.rate` cannot be `1.5 tC`: `tC` is not the unit of a rate (hint: write `1.5 %/yr`)
            projection.sink.rate: { distribution: uniform, min: 1 tC, max: 2 tC }
            ^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn a_share_that_is_drawn_alone() {
    insta::assert_snapshot!(mistakes(&and("uncertainty:\n  inputs:\n    land.classes.forest.share: { distribution: uniform, min: 0.5, max: 0.9 }")), @r#"
    [unknown-input] s.yaml:20:5: `land.classes.forest.share` cannot be `0.7`: the shares of the land classes sum to 0.8728, not to 1 (hint: forest 0.7, grassland 0.1728)
            land.classes.forest.share: { distribution: uniform, min: 0.5, max: 0.9 }
            ^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn errors_of_what_is_no_quantity() {
    insta::assert_snapshot!(mistakes(&and("uncertainty:\n  inputs:\n    projection.emision: { distribution: residuals }")), @r#"
    [unknown-input] s.yaml:20:5: `projection.emision` is no quantity whose errors of the past can be drawn (hint: did you mean `projection.emissions`?)
            projection.emision: { distribution: residuals }
            ^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn a_distribution_that_is_none() {
    insta::assert_snapshot!(mistakes(&and("uncertainty:\n  inputs:\n    projection.sink.rate: { distribution: gaussian, mean: -0.43 %/yr, sd: 0.1 %/yr }")), @r#"
    [unknown-value] s.yaml:20:43: `uncertainty.inputs.projection.sink.rate.distribution` cannot be `gaussian` (hint: did you mean `normal`?)
            projection.sink.rate: { distribution: gaussian, mean: -0.43 %/yr, sd: 0.1 %/yr }
                                                  ^^^^^^^^
    "#);
}

#[test]
fn nothing_is_drawn() {
    insta::assert_snapshot!(mistakes(&and("uncertainty: { inputs: {} }")), @r#"
    [empty] s.yaml:18:16: `uncertainty.inputs` is empty
        uncertainty: { inputs: {} }
                       ^^^^^^
    "#);
}

#[test]
fn figures_that_cannot_be_off_like_that() {
    insta::assert_snapshot!(mistakes(&and("uncertainty: { draws: 100 }")), @r#"
    [nothing-drawn] s.yaml:18:1: nothing is drawn (hint: give it `inputs`, or `space` with `errors`)
        uncertainty: { draws: 100 }
        ^^^^^^^^^^^
    "#);
    insta::assert_snapshot!(mistakes(&and("uncertainty:\n  space:\n    draws: 2000000\n    errors:\n      - { of: activity, each: [class], times: { distribution: lognormal, median: 1, spread: 1.1 } }\n      - { of: residents, times: { distribution: lognormal, median: 1, spread: 1.1 } }")), @r#"
    [out-of-range] s.yaml:20:12: `uncertainty.space.draws` must be at most 1000000, found `2000000` (hint: write a number, at least 100 and at most 1000000)
            draws: 2000000
                   ^^^^^^^
    [unknown-value] s.yaml:22:32: `uncertainty.space.errors[0].each[0]` cannot be `class` (hint: known are `region`, `fuel`)
              - { of: activity, each: [class], times: { distribution: lognormal, median: 1, spread: 1.1 } }
                                       ^^^^^
    [unknown-value] s.yaml:23:15: `uncertainty.space.errors[1].of` cannot be `residents` (hint: known are `activity`, `factors`, `areas`)
              - { of: residents, times: { distribution: lognormal, median: 1, spread: 1.1 } }
                      ^^^^^^^^^
    "#);
    insta::assert_snapshot!(mistakes(&and("uncertainty:\n  space:\n    years: [1999, 2010, 2010]\n    errors:\n      - { of: factors, times: { distribution: residuals } }\n      - { of: areas, classes: [forrest], times: { distribution: normal, mean: 1, sd: 5 % } }")), @r#"
    [year-outside-history] s.yaml:20:13: 1999 is no year of the history (hint: it is 2000–2022; beyond it, draw keys of the projection by `inputs`)
            years: [1999, 2010, 2010]
                    ^^^^
    [year-twice] s.yaml:20:25: 2010 is named twice (hint: keep one of them)
            years: [1999, 2010, 2010]
                                ^^^^
    [error-of-a-model] s.yaml:22:47: errors of the past are those of a model, not of the figures that go in (hint: take a distribution of factors, e.g. `lognormal` with `median: 1`)
              - { of: factors, times: { distribution: residuals } }
                                                      ^^^^^^^^^
    [unknown-class] s.yaml:23:32: `land.classes` has no class `forrest` (hint: did you mean `forest`?)
              - { of: areas, classes: [forrest], times: { distribution: normal, mean: 1, sd: 5 % } }
                                       ^^^^^^^
    [unit] s.yaml:23:86: figures are multiplied by a pure number, not by `5 %` (hint: write `0.05` for a standard deviation of 5 %)
              - { of: areas, classes: [forrest], times: { distribution: normal, mean: 1, sd: 5 % } }
                                                                                             ^^^
    "#);
    insta::assert_snapshot!(mistakes(&and("uncertainty: { space: { errors: [] } }")), @r#"
    [wrong-count] s.yaml:18:25: `uncertainty.space.errors` is empty
        uncertainty: { space: { errors: [] } }
                                ^^^^^^
    "#);
}

#[test]
fn too_few_draws() {
    insta::assert_snapshot!(mistakes(&and("uncertainty: { draws: 10, inputs: { projection.sink.rate: { distribution: uniform, min: 1 %/yr, max: 2 %/yr } } }")), @r#"
    [out-of-range] s.yaml:18:23: `uncertainty.draws` must be at least 100, found `10` (hint: write a number, at least 100 and at most 100000000)
        uncertainty: { draws: 10, inputs: { projection.sink.rate: { distribution: uniform, min: 1 %/yr, max: 2 %/yr } } }
                              ^^
    "#);
}

#[test]
fn correlations_of_what_is_not_drawn() {
    insta::assert_snapshot!(mistakes(&and("uncertainty:\n  inputs:\n    projection.sink.rate: { distribution: uniform, min: 1 %/yr, max: 2 %/yr }\n    projection.emissions: { distribution: residuals }\n  correlations:\n    - { between: [projection.sink.rate, projection.sink.rte], rank: 0.5 }\n    - { between: [projection.sink.rate, projection.sink.rate], rank: 0.5 }\n    - { between: [projection.sink.rate, projection.emissions], rank: 0.5 }")), @r#"
    [unknown-input] s.yaml:23:41: `projection.sink.rte` is none of the inputs (hint: did you mean `projection.sink.rate`?)
            - { between: [projection.sink.rate, projection.sink.rte], rank: 0.5 }
                                                ^^^^^^^^^^^^^^^^^^^
    [correlation] s.yaml:24:9: `projection.sink.rate` is correlated with itself (hint: name two inputs)
            - { between: [projection.sink.rate, projection.sink.rate], rank: 0.5 }
                ^^^^^^^
    [correlation] s.yaml:25:41: `projection.emissions` draws years of the past, which have no rank (hint: correlate inputs that draw values)
            - { between: [projection.sink.rate, projection.emissions], rank: 0.5 }
                                                ^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn draws_that_say_how_draws_are_made() {
    insta::assert_snapshot!(mistakes(&and("uncertainty:\n  inputs:\n    uncertainty.draws: { distribution: uniform, min: 100, max: 200 }")), @r#"
    [unknown-input] s.yaml:20:5: `uncertainty.draws` cannot be drawn: it says how draws are made (hint: ask by a `sweep`, which makes a run of each value)
            uncertainty.draws: { distribution: uniform, min: 100, max: 200 }
            ^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn factors_that_cannot_be_drawn() {
    insta::assert_snapshot!(mistakes(&and("uncertainty:\n  space:\n    errors:\n      - { of: activity, times: { distribution: lognormal, median: 1, spread: 1 } }\n      - { of: areas, times: { distribution: normal, mean: 1, sd: 0.3 } }\n      - { of: factors, times: { distribution: lognormal, median: 1, spread: 9 } }")), @r#"
    [distribution] s.yaml:21:78: the spread is not above 1 (hint: the spread of 20 % is `1.2`)
              - { of: activity, times: { distribution: lognormal, median: 1, spread: 1 } }
                                                                                     ^
    [distribution] s.yaml:22:22: the factor would be drawn as -0.799, and no figure is below zero (hint: take `lognormal`, a smaller spread, or a distribution with bounds)
              - { of: areas, times: { distribution: normal, mean: 1, sd: 0.3 } }
                             ^^^^^
    [distribution] s.yaml:23:24: a factor from 1.891e-6 to 5.289e5 is no error but another figure (hint: the spread of 5 % is `1.05`)
              - { of: factors, times: { distribution: lognormal, median: 1, spread: 9 } }
                               ^^^^^
    "#);
}

#[test]
fn mistakes_of_one_part_hide_none_of_another() {
    // The name of a threshold that is wrong, and that of an input, are known all the same.
    insta::assert_snapshot!(mistakes(&and("  - { name: budget, kind: emission, level: 8e8 tC }\n  - { name: depth, kind: depth, level: 2 tC }\nsolve:\n  - { for: nation, threshold: budget, until: 2030, by: emissions-rate }\n  - { for: nation, threshold: budgt, until: 2040, by: emissions-rates }\n  - { for: nation, threshold: bugdet, until: 2040, by: emissions-rate }\nuncertainty:\n  inputs:\n    projection.sink.rate: { distribution: uniform, min: 1 %/yr, max: 0 %/yr }\n    thresholds[0].level: { distribution: uniform, min: 7e8 tC }\n  correlations:\n    - { between: [projection.sink.rate, \"thresholds[0].level\"], rank: 0.5 }")), @r#"
    [unknown-value] s.yaml:18:27: `thresholds[1].kind` cannot be `emission` (hint: did you mean `emissions`?)
          - { name: budget, kind: emission, level: 8e8 tC }
                                  ^^^^^^^^
    [level-unit] s.yaml:19:40: `2 tC` is not a level of the threshold `depth`: the unit does not fit (hint: write `level: 1.5`)
          - { name: depth, kind: depth, level: 2 tC }
                                               ^^^^
    [unknown-value] s.yaml:22:55: `solve[1].by` cannot be `emissions-rates` (hint: did you mean `emissions-rate`?)
          - { for: nation, threshold: budgt, until: 2040, by: emissions-rates }
                                                              ^^^^^^^^^^^^^^^
    [unknown-threshold] s.yaml:23:31: there is no threshold `bugdet` (hint: did you mean `budget`?)
          - { for: nation, threshold: bugdet, until: 2040, by: emissions-rate }
                                      ^^^^^^
    [year-not-projected] s.yaml:23:46: 2040 is beyond the horizon, 2030 (hint: a year up to 2030, or a later `projection.horizon`)
          - { for: nation, threshold: bugdet, until: 2040, by: emissions-rate }
                                                     ^^^^
    [distribution] s.yaml:26:70: `projection.sink.rate`: `max` is not above `min` (hint: the lowest value is `min`, the highest `max`: of negative ones, `-2` is below `-1`)
            projection.sink.rate: { distribution: uniform, min: 1 %/yr, max: 0 %/yr }
                                                                             ^^^^^^
    [missing-key] s.yaml:27:5: missing key `max` in `uncertainty.inputs.thresholds[0].level` (hint: write `max: -0.43 %/yr`)
            thresholds[0].level: { distribution: uniform, min: 7e8 tC }
            ^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn correlations_that_contradict_each_other() {
    let input = |key: &str| format!("    {key}: {{ distribution: uniform, min: 1 %/yr, max: 2 %/yr }}\n");
    let keys = ["projection.sink.rate", "projection.regions.A.sink.rate", "projection.regions.B.sink.rate"];
    let inputs: String = keys.map(input).concat();
    let pair = |a: usize, b: usize, rank: f64| {
        format!("    - {{ between: [{}, {}], rank: {rank} }}\n", keys[a], keys[b])
    };
    let models = "horizon: 2030\n  regions: { A: { sink: { model: rate, rate: 1 %/yr } }, B: { sink: { model: rate, rate: 1 %/yr } } }";
    let text = and(&format!(
        "uncertainty:\n  inputs:\n{inputs}  correlations:\n{}{}{}",
        pair(0, 1, 0.9),
        pair(1, 2, 0.9),
        pair(0, 2, -0.9)
    ))
    .replace("horizon: 2030", models);
    insta::assert_snapshot!(mistakes(&text), @r#"
    [correlation] s.yaml:24:3: the correlations contradict each other: the least eigenvalue is -0.8160 (hint: the nearest that go together: 0.482 of `projection.sink.rate` and `projection.regions.A.sink.rate`, 0.482 of `projection.regions.A.sink.rate` and `projection.regions.B.sink.rate`, -0.482 of `projection.sink.rate` and `projection.regions.B.sink.rate`)
          correlations:
          ^^^^^^^^^^^^
    "#);
}
