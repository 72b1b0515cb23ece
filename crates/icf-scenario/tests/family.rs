//! Families of scenarios: variants, sweeps, sets, lists that go on and keys that are taken away.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use icf_scenario::{Family, MemberKind, SweepOutputs, family_from_str};

const BASE: &str = "
name: a
data: china-provinces
years: { first: 2000, last: 2022 }
accounting: { preset: coherent }
land:
  source: inventory
  classes:
    forest: { npp: 3.8096 t/hm2, share: 0.8272 }
    grassland: { npp: 0.9482 t/hm2, share: 0.1728 }
regions: { exclude: [Hainan] }
projection:
  horizon: 2030
  emissions: { model: log-linear, from: 2012, to: 2021 }
  sink: { model: rate, rate: -0.43 %/yr }
thresholds:
  - { name: capacity, kind: capacity }
";

fn family(lines: &str, sets: &[&str]) -> Result<Family, Vec<String>> {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    family_from_str("s.yaml", &format!("{}{lines}", BASE.trim_start()), None, &sets)
        .map_err(|mistakes| mistakes.as_slice().iter().map(ToString::to_string).collect())
}

#[track_caller]
fn refused(lines: &str, sets: &[&str], expected: &[&str]) {
    assert_eq!(family(lines, sets).unwrap_err(), expected);
}

/// The YAML of each member, by name.
fn members(family: &Family) -> Vec<(String, String)> {
    let yaml = |member: &icf_scenario::Member| icf_scenario::to_yaml(member.load().unwrap().scenario());
    family.members.iter().map(|member| (member.name.clone(), yaml(member))).collect()
}

#[test]
fn a_file_without_a_family_is_a_family_of_one() {
    let family = family("", &[]).unwrap();
    assert_eq!(family.members.len(), 1);
    assert_eq!((family.members[0].kind, family.members[0].name.as_str()), (MemberKind::Base, "a"));
    assert!(family.compare.is_none());
}

#[test]
fn variants_lay_their_keys_over_the_base() {
    let family = family(
        "variants:\n  steep: { projection: { sink: { rate: -0.86 %/yr } } }\n  flat: { projection: { emissions: { model: constant } } }\n",
        &[],
    )
    .unwrap();
    let members = members(&family);
    let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a", "a.steep", "a.flat"]);
    assert!(members[0].1.contains("rate: -0.43 %/yr") && members[1].1.contains("rate: -0.86 %/yr"));
    // Another model keeps nothing of the one below.
    assert!(members[2].1.contains("model: constant") && !members[2].1.contains("from: 2012"));
    assert!(members[2].1.starts_with("name: a.flat"));
}

#[test]
fn a_variant_that_is_wrong_stands_alone() {
    let family = family(
        "variants:\n  bad: { projection: { horzion: 2040 } }\n  good: { projection: { horizon: 2040 } }\n",
        &[],
    )
    .unwrap();
    let mistakes = family.members[1].load().unwrap_err();
    assert_eq!(
        mistakes.as_slice()[0].to_string(),
        "s.yaml:18:24: unknown key `horzion` in `projection` (hint: did you mean `horizon`?)"
    );
    assert!(family.members[2].load().is_ok());
}

#[test]
fn what_is_wrong_with_variants() {
    refused(
        "variants: [a]\n",
        &[],
        &[
            "s.yaml:17:11: `variants` must be a mapping, found a list (hint: write `variants: { fast: { projection: … } }`)",
        ],
    );
    refused(
        "variants: { b: { name: c } }\n",
        &[],
        &["s.yaml:17:18: variant `b` has its name already (hint: it is called `a.b`)"],
    );
    refused(
        "variants: { family: {}, 12: {} }\n",
        &[],
        &[
            "s.yaml:17:13: a variant cannot be called `family`: the folder of the whole family has that name (hint: give it another name)",
            "s.yaml:17:25: a variant cannot be called `12`: the points of a sweep have numbers (hint: give it another name)",
        ],
    );
    refused(
        "variants: { b: {}, b: {} }\n",
        &[],
        &["s.yaml:17:20: the key `b` stands twice (hint: it stands on line 17 as well; keep one)"],
    );
}

#[test]
fn a_grid_takes_every_combination() {
    let family = family(
        "sweep:\n  keys:\n    projection.sink.rate: { from: -0.8 %/yr, to: -0.2 %/yr, steps: 3 }\n    projection.horizon: [2030, 2040]\n",
        &[],
    )
    .unwrap();
    assert_eq!(family.settings.outputs, SweepOutputs::Rows);
    let settings: Vec<Vec<String>> = family.members[1..]
        .iter()
        .map(|member| member.settings().into_iter().map(|(_, value)| value).collect())
        .collect();
    assert_eq!(
        settings,
        [
            ["-0.8 %/yr", "2030"],
            ["-0.8 %/yr", "2040"],
            ["-0.5 %/yr", "2030"],
            ["-0.5 %/yr", "2040"],
            ["-0.2 %/yr", "2030"],
            ["-0.2 %/yr", "2040"]
        ]
    );
    assert_eq!(family.members[6].name, "a.6");
    assert!(members(&family)[6].1.contains("horizon: 2040"));
}

#[test]
fn a_zip_goes_side_by_side_and_a_list_may_be_reached() {
    let lines = "sweep:\n  method: zip\n  outputs: folders\n  keys:\n    thresholds[0].name: [x, y]\n    projection.horizon: [2030, 2040]\n";
    let family = family(lines, &[]).unwrap();
    let members = members(&family);
    assert_eq!(members.len(), 3);
    assert!(members[2].1.contains("name: y") && members[2].1.contains("horizon: 2040"));
    assert_eq!(family.settings.outputs, SweepOutputs::Folders);
}

#[test]
fn a_latin_hypercube_meets_each_stratum_once() {
    let lines = "sweep:\n  method: latin-hypercube\n  samples: 10\n  keys:\n    projection.sink.rate: { from: -1 %/yr, to: 0 %/yr }\n    projection.horizon: [2030, 2040]\n";
    let family = family(lines, &[]).unwrap();
    let mut strata: Vec<i32> = family.members[1..]
        .iter()
        .map(|member| {
            let rate: f64 = member.settings()[0].1.trim_end_matches(" %/yr").parse().unwrap();
            #[expect(clippy::cast_possible_truncation, reason = "a stratum of ten")]
            let stratum = (rate * 10.0).floor() as i32;
            stratum
        })
        .collect();
    strata.sort_unstable();
    assert_eq!(strata, (-10..0).collect::<Vec<_>>());
    let late = family.members[1..].iter().filter(|member| member.settings()[1].1 == "2040").count();
    assert_eq!(late, 5);
    assert_eq!(members(&family), members(&self::family(lines, &[]).unwrap()));
}

#[test]
fn what_is_wrong_with_sweeps() {
    refused(
        "sweep: {}\n",
        &[],
        &[
            "s.yaml:17:1: `sweep` has no `keys` (hint: write `keys: { projection.sink.rate: [-0.2 %/yr, -0.8 %/yr] }`)",
        ],
    );
    refused(
        "sweep: { metod: zip, keys: { a: [1] } }\n",
        &[],
        &["s.yaml:17:10: unknown key `metod` in `sweep` (hint: did you mean `method`?)"],
    );
    refused(
        "sweep: { most: 3, keys: { projection.horizon: [2030, 2031, 2032, 2033] } }\n",
        &[],
        &[
            "s.yaml:17:19: the sweep has 4 members, more than 3 (hint: declare it by `most: 4`, or take fewer values)",
        ],
    );
    refused(
        "sweep: { method: zip, keys: { projection.horizon: [2030, 2031], years.first: [2000] } }\n",
        &[],
        &[
            "s.yaml:17:23: keys of a `zip` have as many values each (hint: `projection.horizon` has 2, `years.first` has 1)",
        ],
    );
    refused(
        "sweep: { keys: { projection.sink.rate: { from: -1 %/yr, to: 0 } } }\n",
        &[],
        &[
            "s.yaml:17:61: `to` of the range of `projection.sink.rate` has no unit, and `from` has `%/yr` (hint: write `to: 0 %/yr`)",
        ],
    );
    refused(
        "sweep: { keys: { projection.sink.rate: { from: -1 %/yr, to: 0 %/yr } } }\n",
        &[],
        &[
            "s.yaml:17:40: the range of `projection.sink.rate` does not say in how many steps (hint: write `steps: 5`; both ends are steps)",
        ],
    );
    refused(
        "sweep: { keys: { \"thresholds[3].name\": [x] } }\n",
        &[],
        &[
            "s.yaml:17:18: there is no item 3 for `thresholds[3].name`: the list has 1 item (hint: items are counted from 0, so the last one is 0)",
        ],
    );
}

#[test]
fn a_sweep_over_an_unknown_key_is_said_where_it_stands() {
    let family = family("sweep: { keys: { projection.sink.rat: [1 %/yr] } }\n", &[]).unwrap();
    let mistakes = family.members[1].load().unwrap_err();
    assert_eq!(
        mistakes.as_slice()[0].to_string(),
        "s.yaml:17:18: unknown key `rat` in `projection.sink` (hint: did you mean `rate`?)"
    );
}

#[test]
fn sets_of_the_command_line_come_last() {
    let family =
        family("variants: { b: { projection: { horizon: 2040 } } }\n", &["projection.sink.rate=-1 %/yr"])
            .unwrap();
    assert!(members(&family).iter().all(|(_, yaml)| yaml.contains("rate: -1 %/yr")));
    let mistakes = self::family("", &["projection.sink.rat=-1 %/yr"]).unwrap_err();
    assert_eq!(
        mistakes,
        [
            "--set projection.sink.rat:1:1: unknown key `rat` in `projection.sink` (hint: did you mean `rate`?)"
        ]
    );
    let mistakes = self::family("", &["projection.horizon"]).unwrap_err();
    assert_eq!(
        mistakes,
        ["`--set projection.horizon` has no `=` (hint: write `--set projection.sink.rate='-0.86 %/yr'`)"]
    );
    let mistakes = self::family("", &["projection.horizon=2030 %"]).unwrap_err();
    assert_eq!(
        mistakes,
        [
            "--set projection.horizon:1:1: `projection.horizon` must be a whole number, found `2030 %` (hint: write a year, such as `2022`)"
        ]
    );
}

#[test]
fn lists_go_on_and_keys_are_taken_away() {
    let family = family(
        "variants:\n  more: { regions: { exclude: !append [Beijing] } }\n  less: { thresholds: !unset , regions: !unset }\n",
        &[],
    )
    .unwrap();
    let members = members(&family);
    assert!(members[1].1.contains("- Hainan\n  - Beijing"), "{}", members[1].1);
    assert!(!members[2].1.contains("Hainan") && members[2].1.contains("thresholds: []"), "{}", members[2].1);
}

#[test]
fn tags_that_mean_nothing() {
    refused(
        "spatial: !unset\n",
        &[],
        &[
            "s.yaml:17:1: there is no `spatial` to unset (hint: leave the line out; no scenario below has the key)",
        ],
    );
    refused(
        "quadrants: { split: !append mean }\n",
        &[],
        &["s.yaml:17:29: `!append` goes with a list (hint: write `!append [a, b]`)"],
    );
    // A list that goes on nothing is a list.
    let family = family("outputs: { tables: !append [csv] }\n", &[]).unwrap();
    assert!(members(&family)[0].1.contains("tables:\n  - csv"));
}

#[test]
fn comparisons_name_members() {
    let lines =
        "variants: { b: {}, c: {} }\ncompare: { members: [a, c], fail_on: [nation.deficit_year < 2030] }\n";
    let compare = family(lines, &[]).unwrap().compare.unwrap();
    assert_eq!(compare.members, ["a", "a.c"]);
    let conditions: Vec<&str> = compare.fail_on.iter().map(|condition| condition.text()).collect();
    assert_eq!(conditions, ["nation.deficit_year < 2030"]);
    let mistake = compare.fail_on[0].diagnose("condition", "no condition").to_string();
    assert_eq!(mistake, "s.yaml:18:39: no condition");
    refused(
        "compare: { members: [d], fail: [] }\n",
        &[],
        &[
            "s.yaml:17:22: there is no member `d` (hint: did you mean `a`?)",
            "s.yaml:17:26: unknown key `fail` in `compare` (hint: known are `members`, `fail_on`)",
        ],
    );
}

/// The years of a path stand in order whatever layer gave them; within one layer disorder is a mistake.
#[test]
fn years_that_layers_add_to_a_path() {
    let path =
        |points: &str| format!("projection: {{ emissions: {{ model: path, points: {{ {points} }} }} }}");
    let base = BASE.replace(
        "emissions: { model: log-linear, from: 2012, to: 2021 }",
        "emissions: { model: path, points: { 2025: 102 %, 2030: 85 % } }",
    );
    let found = |lines: &str, sets: &[&str]| {
        let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        let family = family_from_str("s.yaml", &format!("{}{lines}", base.trim_start()), None, &sets);
        let family = family.map_err(|mistakes| mistakes.to_string())?;
        let last = family.members.last().unwrap().load().map_err(|mistakes| mistakes.to_string())?;
        let yaml = icf_scenario::to_yaml(last.scenario());
        let years = yaml.lines().filter_map(|line| line.trim().strip_prefix("20")?.split_once(':'));
        Ok::<_, String>(years.map(|(year, share)| format!("{year}:{share}")).collect::<Vec<_>>().join(","))
    };
    let variant = |points: &str| found(&format!("variants: {{ b: {{ {} }} }}\n", path(points)), &[]);
    assert_eq!(variant("2028: 95 %").unwrap(), "25: 102 %,28: 95 %,30: 85 %");
    assert_eq!(variant("2024: 101 %, 2030: 80 %").unwrap(), "24: 101 %,25: 102 %,30: 80 %");
    let set = found("", &["projection.emissions.points.2027=99 %"]);
    assert_eq!(set.unwrap(), "25: 102 %,27: 99 %,30: 85 %");
    let sweep = found("sweep: { keys: { projection.emissions.points.2024: [103 %] } }\n", &[]);
    assert_eq!(sweep.unwrap(), "24: 103 %,25: 102 %,30: 85 %");
    let disorder = variant("2028: 95 %, 2026: 97 %").unwrap_err();
    assert!(disorder.contains("2026 stands after 2028 (hint: write the years in order)"), "{disorder}");
    assert!(!disorder.contains("2030"), "{disorder}");
    // Years that both say are out of order where the variant says them so.
    let disorder = variant("2030: 80 %, 2025: 101 %").unwrap_err();
    assert!(disorder.contains("2025 stands after 2030"), "{disorder}");
}
