//! What a scenario means: defaults, layers, and text that stays as it is written.

use std::path::{Path, PathBuf};

use icf_diagnostics::Place;
use icf_scenario::{
    Anchor, Equivalence, FuelSet, Islands, LandHistory, Level, Loaded, Model, RegionKey, Scenario, Split,
    load, load_str, to_yaml,
};
use icf_units::{TonnesCarbon, Year};

const SOUND: &str = include_str!("extends/sound.yaml");

#[track_caller]
fn read(text: &str) -> Loaded {
    load_str("s.yaml", text, None).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[track_caller]
fn layers(file: &str) -> Loaded {
    load(&Path::new("tests/extends").join(file)).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[track_caller]
fn baseline() -> Scenario {
    let path = Path::new("../../scenarios/baseline.yaml");
    load(path).unwrap_or_else(|mistakes| panic!("{mistakes}")).scenario().clone()
}

#[test]
fn the_baseline_says_what_it_should() {
    let scenario = baseline();
    assert_eq!(scenario.projection.horizon, Year::new(2030));
    let Model::LogLinear { from, to, anchor } = scenario.projection.emissions else {
        panic!("not log-linear")
    };
    assert_eq!((from, to, anchor), (Some(Year::new(2012)), Some(Year::new(2021)), Anchor::LastObservation));
    let Model::Rate { rate } = scenario.projection.sink else { panic!("not a rate") };
    assert_eq!(rate.percent(), -0.43);
    assert_eq!(scenario.thresholds[0].level, Some(Level::Carbon(TonnesCarbon::new(8.6e8))));
    let links = vec![[RegionKey::new("460000"), RegionKey::new("440000")]];
    assert_eq!(scenario.spatial.islands, Islands::Links { links });
    assert!(scenario.description.starts_with("Coherent accounting (emissions and sink both in t C), forest"));
}

/// The baseline states every default but two that name its own regions and figures.
#[test]
fn the_defaults_are_those_of_the_baseline() {
    let baseline = baseline();
    let defaults = read(
        &SOUND
            .replace("  equivalence: factors.csv\n", "")
            .replace("  - { name: capacity, kind: capacity }", "  []"),
    )
    .scenario()
    .clone();
    let mut expect = baseline.clone();
    expect.name.clone_from(&defaults.name);
    expect.description.clone_from(&defaults.description);
    expect.spatial.islands = Islands::Error;
    expect.thresholds = Vec::new();
    for class in expect.land.classes.values_mut() {
        class.source.clear();
    }
    assert_eq!(defaults, expect);
}

#[track_caller]
fn check_round_trip(scenario: &Scenario) {
    let text = to_yaml(scenario);
    assert_eq!(read(&text).scenario(), scenario, "{text}");
}

#[test]
fn a_scenario_survives_being_written() {
    check_round_trip(&baseline());
    check_round_trip(read(SOUND).scenario());
    let every_other_word = SOUND
        .replace("equivalence: factors.csv", "equivalence: none\n  history: { model: rate, rate: -1e-9 %/yr }")
        .replace("source: inventory", "source: modis-2019")
        .replace("preset: coherent", "preset: as-published, fuels: ['007', no, \"a: b\"], non_energy: exclude")
        .replace("horizon: 2030", "horizon: 2030\n  population: { model: path, points: { 2023: 99.5 %, 2030: 0 % } }\n  regions: { 440000: { sink: { model: constant } } }")
        .replace("kind: capacity }", "kind: size-per-capita, level: 2 hm²/person, scopes: [nation] }")
        + "quadrants: { split: { size: 1, depth: 1.5 } }
regions: { grouping: group4, include: [440000, 'no', null-island, \"~\"], exclude: [010000] }
gaps: { policy: none, outliers: { rule: none } }
spatial: { weights: { kind: rook, snap: 0 }, local: [geary, gstar], adjustment: by, islands: { policy: nearest }, seed: 18446744073709551615, label_by: q }
classes: { method: user, bounds: { size: [0.5, 1], depth: [1.5] }, count: 12, pooled: false }
outputs: { tables: [], figures: false, page: false }
";
    check_round_trip(read(&every_other_word).scenario());
}

#[test]
fn text_stays_as_it_is_written() {
    let loaded = read(&format!(
        "{SOUND}regions: {{ include: [010000, 440000, 4.40, 1e3, no, yes, 0x1f, on] }}\nx-notes: [any, {{ thing: .nan }}, !mine yes]\n"
    ));
    let keys = loaded.scenario().regions.include.clone().unwrap();
    let keys: Vec<_> = keys.iter().map(RegionKey::as_str).collect();
    assert_eq!(keys, ["010000", "440000", "4.40", "1e3", "no", "yes", "0x1f", "on"]);
}

#[test]
fn an_alias_is_the_value_it_names() {
    let text = SOUND.replace("emissions: {", "emissions: &trend {") + "x-note: *trend\n";
    assert_eq!(read(&text).scenario(), read(SOUND).scenario());
    let text = text.replace("sink: { model: rate, rate: -0.43 %/yr }", "sink: *trend");
    let projection = read(&text).scenario().projection.clone();
    assert_eq!(projection.sink, projection.emissions);
}

#[test]
fn a_word_or_more_than_a_word() {
    let fuels = |text: &str| {
        let text = SOUND.replace("preset: coherent", &format!("preset: coherent, fuels: {text}"));
        read(&text).scenario().accounting.fuels.clone()
    };
    assert_eq!(fuels("paper-8"), FuelSet::Paper8);
    assert_eq!(fuels("all"), FuelSet::All);
    assert_eq!(fuels("[all]"), FuelSet::List(vec!["all".to_owned()]));
    let split =
        |text: &str| read(&format!("{SOUND}quadrants: {{ split: {text} }}\n")).scenario().quadrants.split;
    assert_eq!(split("median"), Split::Median);
    assert_eq!(split("{ size: 1, depth: 1.5 }"), Split::Given { size: 1.0, depth: 1.5 });
    assert_eq!(read(SOUND).scenario().land.equivalence, Equivalence::Table("factors.csv".to_owned()));
}

#[test]
fn nothing_takes_back_an_optional_key() {
    let modis = SOUND.replace("source: inventory", "source: modis-2019\n  history: { model: constant }");
    assert_eq!(read(&modis).scenario().land.history, Some(LandHistory::Constant));
    assert_eq!(read(&modis.replace("{ model: constant }", "~")).scenario().land.history, None);
}

#[test]
fn a_layer_changes_what_it_says() {
    let child = layers("child.yaml");
    let (scenario, sound) = (child.scenario(), layers("sound.yaml").scenario().clone());
    assert_eq!((scenario.name.as_str(), scenario.description.as_str()), ("child", ""));
    assert_eq!(scenario.projection.emissions, Model::Constant, "another model replaces the whole mapping");
    assert_eq!(scenario.projection.sink, Model::Rate { rate: "-1 %/yr".parse().unwrap() });
    assert_eq!(scenario.projection.horizon, sound.projection.horizon);
    assert!(scenario.thresholds.is_empty(), "a list replaces a list");
    assert_eq!(scenario.land, sound.land);
}

#[test]
fn later_layers_win() {
    let several = layers("several.yaml");
    let spatial = &several.scenario().spatial;
    assert_eq!((spatial.permutations, spatial.seed), (1999, 1));
    assert_eq!(several.scenario().quadrants.split, Split::Median);
    let names: Vec<_> = several.files().iter().map(|file| file.name()).collect();
    assert_eq!(
        names,
        ["tests/extends/several.yaml", "tests/extends/sound.yaml", "tests/extends/elsewhere/median.yaml"]
    );
    assert_eq!(several.files()[1].bytes(), SOUND.as_bytes());
}

#[test]
fn a_value_knows_where_it_stands() {
    let child = layers("child.yaml");
    let place = |key: &str| child.place_of(key).map(|place| place.to_string());
    assert_eq!(place("projection.sink.rate").as_deref(), Some("tests/extends/child.yaml:5:17"));
    assert_eq!(place("projection.sink.model").as_deref(), Some("tests/extends/sound.yaml:15:18"));
    assert_eq!(place("projection").as_deref(), Some("tests/extends/child.yaml:3:1"));
    assert_eq!(place("land.classes.forest.npp").as_deref(), Some("tests/extends/sound.yaml:9:20"));
    assert_eq!(place("spatial.seed"), None);
    assert_eq!(place("projection.sink.rate.more"), None);
    let sound = read(SOUND);
    assert_eq!(sound.place_of("thresholds[0].kind"), Some(Place::at("s.yaml", 17, 29, 8)));
    assert_eq!(sound.place_of("thresholds.0.kind"), sound.place_of("thresholds[0].kind"));
}

#[test]
fn a_diagnostic_stands_at_the_nearest_key() {
    let sound = read(SOUND);
    let diagnostic = sound.diagnose("land.classes.forest.source", "no-source", "no source".to_owned());
    assert_eq!(diagnostic.to_string(), "s.yaml:9:5: no source");
    assert_eq!(diagnostic.source_line.as_deref(), Some("    forest: { npp: 3.8096 t/hm2, share: 0.8272 }"));
    assert_eq!(sound.diagnose("spatial.seed", "seed", "no".to_owned()).to_string(), "s.yaml: no");
}

#[test]
fn a_path_starts_at_the_folder_of_its_file() {
    assert_eq!(
        layers("child.yaml").resolve_path("land.equivalence", "factors.csv"),
        PathBuf::from("tests/extends/factors.csv")
    );
    assert_eq!(read(SOUND).resolve_path("land.equivalence", "factors.csv"), PathBuf::from("factors.csv"));
    let given = load_str("s.yaml", SOUND, Some(Path::new("folder"))).unwrap();
    assert_eq!(given.resolve_path("land.equivalence", "factors.csv"), PathBuf::from("folder/factors.csv"));
}

#[test]
fn a_byte_order_mark_and_foreign_line_ends_change_nothing() {
    let windows = format!("\u{feff}{}", SOUND.replace('\n', "\r\n"));
    let loaded = read(&windows);
    assert_eq!(loaded.scenario(), read(SOUND).scenario());
    assert_eq!(loaded.files()[0].bytes(), windows.as_bytes());
    assert_eq!(loaded.place_of("name"), Some(Place::at("s.yaml", 1, 7, 5)));
}

/// `log-linear` was called `fitted`: the old name is the same model, and merges with the new one.
#[test]
fn the_old_name_of_a_model() {
    let old = read(&SOUND.replace("model: log-linear", "model: fitted"));
    assert_eq!(old.scenario(), read(SOUND).scenario());
    let over = read(&SOUND.replace("model: log-linear, from: 2012, to: 2021", "model: fitted"));
    let Model::LogLinear { from, to, .. } = over.scenario().projection.emissions else {
        panic!("not log-linear")
    };
    assert_eq!((from, to), (None, None));
}

#[test]
fn models_made_of_models() {
    let emissions =
        "{ model: best, of: [{ model: drift }, { model: top-down, total: { model: damped, phi: 0.9 } }] }";
    let loaded = read(&SOUND.replace("{ model: log-linear, from: 2012, to: 2021 }", emissions));
    let keys: Vec<String> = loaded.scenario().projection.models().into_iter().map(|(key, _)| key).collect();
    assert_eq!(
        keys[..4],
        ["", ".of[0]", ".of[1]", ".of[1].total"].map(|part| format!("projection.emissions{part}"))
    );
    let again = read(&icf_scenario::to_yaml(loaded.scenario()));
    assert_eq!(again.scenario(), loaded.scenario());
}
