//! A scenario against what the data hold.

use std::collections::BTreeMap;

use icf_scenario::{Known, load_str};
use icf_units::{Year, YearRange};

const SOUND: &str = include_str!("extends/sound.yaml");

fn known() -> Known {
    let regions =
        [("110000", "Beijing"), ("440000", "Guangdong"), ("450000", "Guangxi"), ("460000", "Hainan")];
    let groups = [("north", &regions[..1]), ("south", &regions[1..])]
        .map(|(group, of)| (group.to_owned(), of.iter().map(|(id, _)| (*id).to_owned()).collect()))
        .into();
    Known {
        regions: regions.map(|(id, name)| (id.to_owned(), name.to_owned())).to_vec(),
        other_names: vec![("广东".to_owned(), "Guangdong".to_owned())],
        groupings: vec!["group3".to_owned(), "group4".to_owned()],
        groups: BTreeMap::from([("group3".to_owned(), groups)]),
        fuels: vec!["raw coal".to_owned(), "coke".to_owned()],
        years: YearRange::new(Year::new(2000), Year::new(2022)).expect("the years are in order"),
    }
}

#[track_caller]
fn mistakes(text: &str) -> String {
    let loaded = load_str("s.yaml", text, None).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    loaded
        .check_against(&known())
        .as_slice()
        .iter()
        .map(|mistake| format!("[{}] {mistake}\n", mistake.code))
        .collect()
}

fn and(lines: &str) -> String {
    format!("{SOUND}{lines}\n")
}

#[test]
fn what_the_data_know_is_no_mistake() {
    assert_eq!(mistakes(SOUND), "");
    assert_eq!(mistakes(&and("regions: { include: [440000, Hainan], exclude: [Beijing] }")), "");
    assert_eq!(mistakes(&and("spatial: { islands: { policy: links, links: [[Hainan, 440000]] } }")), "");
    assert_eq!(known().region("Guangdong"), Some("440000"));
    assert_eq!(known().region("440000"), Some("440000"));
    assert_eq!(known().region("guangdong"), None);
}

#[test]
fn every_unknown_region_is_found_at_once() {
    let text = and("regions: { include: [Guandong, 440000], exclude: [Atlantis] }
spatial: { islands: { policy: links, links: [[460000, 441000]] } }")
    .replace("horizon: 2030", "horizon: 2030\n  regions: { guangxi: { sink: { model: constant } } }");
    insta::assert_snapshot!(mistakes(&text), @r#"
    [unknown-region] s.yaml:14:14: the data have no region `guangxi` (hint: did you mean `Guangxi`?)
    [unknown-region] s.yaml:19:22: the data have no region `Guandong` (hint: did you mean `Guangdong`?)
    [unknown-region] s.yaml:19:51: the data have no region `Atlantis` (hint: known are `Beijing`, `Guangdong`, `Guangxi`, `Hainan`)
    [unknown-region] s.yaml:20:55: the data have no region `441000` (hint: did you mean `440000`?)
    "#);
}

#[test]
fn a_chinese_name_is_told_in_english() {
    insta::assert_snapshot!(mistakes(&and("regions: { include: [广东, 广东省, 广西, Guangdong，Hainan] }")), @r#"
    [unknown-region] s.yaml:18:22: the data have no region `广东` (hint: write `Guangdong`: regions go by code or English name)
    [unknown-region] s.yaml:18:26: the data have no region `广东省` (hint: write `Guangdong`: regions go by code or English name)
    [unknown-region] s.yaml:18:31: the data have no region `广西` (hint: known are `Beijing`, `Guangdong`, `Guangxi`, `Hainan`)
    [unknown-region] s.yaml:18:35: the data have no region `Guangdong，Hainan` (hint: `，` is a full-width comma: write `, `, a comma and a blank)
    "#);
}

#[test]
fn a_region_is_named_once() {
    let text = and("regions: { include: [440000, Guangdong, Hainan], exclude: [460000] }
spatial: { islands: { policy: links, links: [[460000, Hainan]] } }")
    .replace(
        "horizon: 2030",
        "horizon: 2030\n  regions: { Guangdong: { sink: { model: constant } }, 440000: { sink: { model: constant } } }",
    );
    insta::assert_snapshot!(mistakes(&text), @r#"
    [region-twice] s.yaml:14:56: `440000` names the same region as `Guangdong` (hint: merge the two)
    [region-twice] s.yaml:19:30: `Guangdong` names the same region as `440000` (hint: keep one of them)
    [included-and-excluded] s.yaml:19:60: `460000` is both included and excluded (hint: leave it out of both)
    [link-to-itself] s.yaml:20:46: `460000` is linked to itself (hint: name two regions)
    "#);
}

#[test]
fn a_region_is_left() {
    insta::assert_snapshot!(mistakes(&and("regions: { exclude: [110000, Guangdong, 450000, Hainan] }")), @r#"
    [no-region] s.yaml:18:12: every region is excluded (hint: leave one in)
    "#);
}

#[test]
fn a_model_of_an_excluded_region_is_a_warning() {
    let text = and("regions: { exclude: [Hainan] }")
        .replace("horizon: 2030", "horizon: 2030\n  regions: { 460000: { sink: { model: constant } } }");
    let loaded = load_str("s.yaml", &text, None).unwrap();
    assert!(!loaded.check_against(&known()).has_errors());
    insta::assert_snapshot!(mistakes(&text), @r#"
    [model-unused] s.yaml:14:14: `460000` does not take part, so its models have no effect
    "#);
}

#[test]
fn groupings_fuels_and_years_are_those_of_the_data() {
    let text = and("regions: { grouping: group5 }")
        .replace("preset: coherent", "preset: coherent, fuels: [coke, raw cole, peat]")
        .replace("first: 2000, last: 2022", "first: 1999, last: 2023");
    insta::assert_snapshot!(mistakes(&text), @r#"
    [year-outside-data] s.yaml:4:17: the data have no year 1999 (hint: they hold 2000–2022)
    [year-outside-data] s.yaml:4:29: the data have no year 2023 (hint: they hold 2000–2022)
    [unknown-fuel] s.yaml:5:47: the data have no fuel `raw cole` (hint: did you mean `raw coal`?)
    [unknown-fuel] s.yaml:5:57: the data have no fuel `peat` (hint: known are `raw coal`, `coke`)
    [unknown-grouping] s.yaml:18:22: the data have no grouping `group5` (hint: did you mean `group3`?)
    "#);
}

#[test]
fn a_default_that_the_data_do_not_know_stands_nowhere() {
    let loaded = load_str("s.yaml", SOUND, None).unwrap();
    let known = Known { groupings: vec!["province".to_owned()], ..known() };
    insta::assert_snapshot!(loaded.check_against(&known), @r#"
    s.yaml: the data have no grouping `group3` (hint: the only one is `province`)
    "#);
}

#[test]
fn groups_of_the_users_own_hold_each_region_once() {
    assert_eq!(
        mistakes(&and("regions: { groups: { south: [Guangdong, 450000, Hainan], north: [Beijing] } }")),
        ""
    );
    assert_eq!(mistakes(&and("regions: { groups: { south: [Guangdong] }, rest: others }")), "");
    assert_eq!(
        mistakes(&and("regions: { exclude: [Beijing], groups: { south: [Guangdong, Guangxi, Hainan] } }")),
        ""
    );
    // The groups take the place of a column, so its name is not looked for.
    assert_eq!(
        mistakes(&and("regions: { grouping: group9, groups: { south: [Guangdong] }, rest: others }")),
        ""
    );
    let left_out = "[region-without-group] s.yaml:18:12: 2 regions are in no group: Beijing, Hainan (hint: put each into a group, or write `rest: others` for all of them)\n";
    assert_eq!(mistakes(&and("regions: { groups: { south: [Guangdong, Guangxi] } }")), left_out);
    let text = and("regions: { groups: { south: [Guangdong, Hainam], coast: [440000], none: [] } }");
    insta::assert_snapshot!(mistakes(&text), @r#"
    [unknown-region] s.yaml:18:41: the data have no region `Hainam` (hint: did you mean `Hainan`?)
    [region-twice] s.yaml:18:58: `440000` is in the group `south` already (hint: a region is in one group; keep one of them)
    [empty] s.yaml:18:67: the group `none` names no region (hint: name its regions, or leave it out)
    "#);
    let text =
        and("regions: { groups: { nation: [Guangdong], Hainan: [450000], south: [Hainan] }, rest: south }");
    insta::assert_snapshot!(mistakes(&text), @r#"
    [group-name] s.yaml:18:22: the group `nation` has the name of all regions together (hint: give it a name of its own)
    [group-name] s.yaml:18:43: the group `Hainan` has the name of a region (hint: give it a name of its own)
    [rest-is-a-group] s.yaml:18:86: `south` is a group of `regions.groups` (hint: give the rest a name of its own, or name its regions)
    "#);
    let text = and("regions: { exclude: [Hainan], groups: { islands: [Hainan] }, rest: Beijing }");
    insta::assert_snapshot!(mistakes(&text), @r#"
    [group-empty] s.yaml:18:41: no region of the group `islands` takes part
    [group-name] s.yaml:18:68: the group `Beijing` has the name of the nation or of a region (hint: give it a name of its own)
    "#);
    insta::assert_snapshot!(mistakes(&and("regions: { rest: others }")), @"[rest-without-groups] s.yaml:18:18: `regions.rest` goes with `regions.groups` (hint: write `groups` as well)");
}

#[test]
fn levers_name_what_takes_part() {
    let text = and("regions: { exclude: [Hainan, Beijing] }
levers:
  - { lever: capture, regions: [south, Guandong, 440000], rate: 10 % }
  - { lever: drought, regions: [Hainan, north, soth], years: [2025], loss: 5 % }
  - { lever: efficiency, fuels: [coke, raw cole], rate: 1 %/yr }
  - { lever: fuel-switch, fuel: peat, instead: coke, share: 5 %, by: 2030 }
  - { lever: electrification, fuel: raw coals, share: 5 %, by: 2030, factor: 0 tCO2/MWh }
  - { lever: relocation, out_of: Guangdong, into: 440000, share: 5 %, by: 2030 }
  - { lever: relocation, out_of: Hainan, into: Atlantis, share: 5 %, by: 2030 }
  - { lever: trade, regions: [west] }");
    insta::assert_snapshot!(mistakes(&text), @r#"
    [unknown-region] s.yaml:20:40: the data have no region or group `Guandong` (hint: did you mean `Guangdong`?)
    [lever-unused] s.yaml:21:33: `Hainan` does not take part in the run, so no lever can act on it (hint: leave it out here too, or take it into `regions`)
    [lever-unused] s.yaml:21:41: `north` does not take part in the run, so no lever can act on it (hint: leave it out here too, or take it into `regions`)
    [unknown-region] s.yaml:21:48: the data have no region or group `soth` (hint: did you mean `south`?)
    [unknown-fuel] s.yaml:22:40: the data have no fuel `raw cole` (hint: did you mean `raw coal`?)
    [unknown-fuel] s.yaml:23:33: the data have no fuel `peat` (hint: known are `raw coal`, `coke`)
    [unknown-fuel] s.yaml:24:37: the data have no fuel `raw coals` (hint: did you mean `raw coal`?)
    [move-to-itself] s.yaml:25:51: industry of `Guangdong` would move to where it is (hint: name two regions)
    [lever-unused] s.yaml:26:34: `Hainan` does not take part in the run, so no lever can act on it (hint: leave it out here too, or take it into `regions`)
    [unknown-region] s.yaml:26:48: the data have no region `Atlantis` (hint: known are `Beijing`, `Guangdong`, `Guangxi`, `Hainan`)
    [unknown-region] s.yaml:27:31: the data have no region or group `west` (hint: known are `north`, `south`, `Beijing`, `Guangdong`, `Guangxi`, `Hainan`)
    "#);
}

#[test]
fn errors_name_what_takes_part() {
    let text = and("regions: { exclude: [Hainan] }
uncertainty:
  space:
    errors:
      - { of: activity, regions: [south, Guandong, Hainan], fuels: [peat], times: { distribution: uniform, min: 0.9, max: 1.1 } }");
    insta::assert_snapshot!(mistakes(&text), @r#"
    [unknown-region] s.yaml:22:42: the data have no region or group `Guandong` (hint: did you mean `Guangdong`?)
    [error-unused] s.yaml:22:52: `Hainan` does not take part in the run, so it has no figures that may be off (hint: leave it out here too, or take it into `regions`)
    [unknown-fuel] s.yaml:22:69: the data have no fuel `peat` (hint: known are `raw coal`, `coke`)
    "#);
}

#[test]
fn levers_name_groups_of_the_users_own() {
    let sound = "regions: { exclude: [Beijing], groups: { gulf: [Guangxi, Hainan], capital: [Beijing] }, rest: others }
levers:
  - { lever: capture, regions: [gulf, others], rate: 10 % }";
    let own = |levers: &str| mistakes(&and(&format!("{sound}{levers}")));
    let warned = "[group-empty] s.yaml:18:67: no region of the group `capital` takes part\n";
    assert_eq!(own(""), warned);
    let others = "
  - { lever: capture, regions: [south], rate: 10 % }
  - { lever: capture, regions: [capital, golf], rate: 10 % }";
    insta::assert_snapshot!(own(others), @r#"
    [group-empty] s.yaml:18:67: no region of the group `capital` takes part
    [unknown-region] s.yaml:21:33: the data have no region or group `south` (hint: known are `gulf`, `capital`, `others`, `Beijing`, `Guangdong`, `Guangxi`, `Hainan`)
    [lever-unused] s.yaml:22:33: `capital` does not take part in the run, so no lever can act on it (hint: leave it out here too, or take it into `regions`)
    [unknown-region] s.yaml:22:42: the data have no region or group `golf` (hint: did you mean `gulf`?)
    "#);
}
