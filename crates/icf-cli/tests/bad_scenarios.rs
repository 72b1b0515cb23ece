//! Every way to write a scenario wrong, as the user sees it: one snapshot each, in `snapshots/`.
#![expect(clippy::disallowed_methods, reason = "a test may panic, and writes what is read")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::{icf_in, root, stderr, stdout};

/// Runs a command in a folder that holds `baseline.yaml` and some files, and snapshots what a terminal shows.
#[track_caller]
fn check_command(name: &str, files: &[(&str, &[u8])], arguments: &[&str]) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let baseline = root().join("scenarios/baseline.yaml");
    std::fs::copy(baseline, folder.path().join("baseline.yaml")).expect("the folder is writable");
    for (file, bytes) in files {
        std::fs::write(folder.path().join(file), bytes).expect("the folder is writable");
    }
    let shown = terminal(folder.path(), arguments);
    assert!(!folder.path().join("runs").exists(), "something was written");
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/bad_scenarios");
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

/// The command line, what it prints, and its exit code. Lines that end in blanks are told apart from those that do not.
fn terminal(folder: &Path, arguments: &[&str]) -> String {
    let output = icf_in(folder, arguments);
    let quoted: Vec<String> = arguments
        .iter()
        .map(|word| if word.contains([' ', '[', '=']) { format!("'{word}'") } else { (*word).to_owned() })
        .collect();
    let code = output.status.code().expect("no signal ended it");
    let shown = format!("{}{}", stdout(&output), stderr(&output));
    let shown = shown.replace(&folder.display().to_string(), "[folder]");
    format!("$ icf {}\n{shown}exit code {code}\n", quoted.join(" "))
}

/// Validates a scenario that extends the baseline by some lines.
#[track_caller]
fn check(name: &str, lines: &str) {
    let text = format!("extends: baseline.yaml\nname: s\n{lines}\n");
    check_command(name, &[("s.yaml", text.as_bytes())], &["validate", "--quiet", "s.yaml"]);
}

/// Validates a file as it is.
#[track_caller]
fn check_file(name: &str, bytes: &[u8]) {
    check_command(name, &[("s.yaml", bytes)], &["validate", "--quiet", "s.yaml"]);
}

/// Runs a sound scenario with one `--set`.
#[track_caller]
fn check_set(name: &str, set: &str) {
    let text = b"extends: baseline.yaml\nname: s\n";
    check_command(name, &[("s.yaml", text)], &["run-scenario", "s.yaml", "--quiet", "--set", set]);
}

#[test]
fn files_that_extend() {
    let a = b"extends: b.yaml\nname: a\n".as_slice();
    let b = b"extends: [baseline.yaml, c.yaml]\nname: b\n".as_slice();
    let c = b"extends: a.yaml\nname: c\n".as_slice();
    check_command("extends_cycle", &[("a.yaml", a), ("b.yaml", b), ("c.yaml", c)], &["validate", "a.yaml"]);
    check_command("extends_itself", &[("c.yaml", b"extends: c.yaml\nname: c\n")], &["validate", "c.yaml"]);
    check_file("extends_missing", b"extends: baselin.yaml\nname: s\n");
    check_file("extends_nothing", b"extends:\nname: s\n");
    let base = b"extends: baseline.yaml\nname: base\nprojection: { horzion: 2040 }\n".as_slice();
    let child = b"extends: base.yaml\nname: child\n".as_slice();
    check_command(
        "mistake_in_a_base",
        &[("base.yaml", base), ("child.yaml", child)],
        &["validate", "child.yaml"],
    );
    check_command("missing_file", &[], &["validate", "nowhere.yaml"]);
    check_command("folder_for_a_file", &[], &["validate", "."]);
}

#[test]
fn files_that_are_none() {
    check_file("empty_file", b"");
    check_file("only_a_comment", b"# nothing yet\n");
    check_file("list_at_the_top", b"- extends: baseline.yaml\n- name: s\n");
    check_file("text_at_the_top", b"a scenario of mine\n");
    check("two_documents", "---\nname: t");
    check_file("not_utf_8", b"extends: baseline.yaml\nname: s\ndescription: caf\xe9 au lait\n");
    check_file("not_utf_8_at_all", b"\xff\xfee\0x\0t\0e\0n\0d\0s\0:\0");
    check_file("binary", b"PK\x03\x04\x14\0\0\0");
    let mut large = b"extends: baseline.yaml\nname: s\n".to_vec();
    large.extend(b"# a line that is a comment\n".repeat(40_000));
    check_file("over_a_megabyte", &large);
}

#[test]
fn yaml_that_is_ill_formed() {
    check("tab_indentation", "projection:\n\thorizon: 2040");
    check("unclosed_brace", "projection: { horizon: 2040");
    check("unclosed_quote", "description: \"half a line\nprojection: { horizon: 2040 }");
    check("colon_in_text", "description: peak: early");
    check("wrong_indentation", "projection:\n    horizon: 2040\n  emissions: { model: constant }");
    check("list_path_in_braces", "sweep: { keys: { thresholds[0].level: [8e8 tC, 9e8 tC] } }");
    check("duplicate_key", "gaps: { policy: none }\nyears: { last: 2020 }\ngaps: { policy: linear }");
    check("merge_key", "x-sink: &sink { model: rate, rate: -1 %/yr }\nprojection: { sink: { <<: *sink } }");
    check("unknown_alias", "projection: { sink: *slow }");
    let mut bomb = String::from("x-a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]\n");
    for (name, below) in ["b", "c", "d", "e", "f", "g"].iter().zip(["a", "b", "c", "d", "e", "f"]) {
        let nine = vec![format!("*{below}"); 9].join(", ");
        bomb.push_str(&format!("x-{name}: &{name} [{nine}]\n"));
    }
    check("alias_bomb", bomb.trim_end());
    check("deep_nesting", &format!("x-deep: {}{}", "[".repeat(5000), "]".repeat(5000)));
    check("control_character", "description: \"a\u{1b}[31mred\"");
}

#[test]
fn keys_that_are_wrong() {
    check("unknown_key", "projection: { horzion: 2040 }");
    check("unknown_key_like_no_other", "projection: { colour: red }");
    check("key_of_another_model", "projection: { sink: { model: constant, rate: -1 %/yr } }");
    check("unknown_word", "gaps: { policy: nearst }");
    check("model_without_its_name", "projection: { regions: { Hebei: { emissions: { rate: -1 %/yr } } } }");
    check("unknown_region", "regions: { exclude: [Guandong] }");
    check("unset_nothing", "regions: { groups: !unset }");
}

#[test]
fn values_that_are_wrong() {
    check("yes_for_true", "outputs: { page: yes, figures: \"no\" }");
    check("not_a_number", "spatial: { significance: .nan }\nquadrants: { split: { size: .inf, depth: 1 } }");
    check(
        "without_unit",
        "projection: { sink: { model: rate, rate: -0.43 } }\nland: { classes: { forest: { npp: 3.81 } } }\n\
         thresholds: [{ name: t, kind: emissions, level: 8.6e8 }]",
    );
    check("wrong_unit", "thresholds: [{ name: t, kind: emissions, level: 2 hm2/person }]");
    check("out_of_range", "spatial: { permutations: 3, significance: 2 }\nyears: { first: 20000 }");
    check("horizon_before_the_history_ends", "projection: { horizon: 2020 }");
    check("number_for_a_list", "regions: { exclude: 460000 }");
    check("number_in_quotes", "projection: { horizon: \"2040\" }");
    check("shares_that_do_not_sum", "land: { classes: { forest: { share: 0.9 } } }");
    check(
        "path_out_of_order",
        "projection: { emissions: { model: path, points: { 2030: 85 %, 2025: 102 % } } }",
    );
}

/// Validates each of several texts that extend the baseline, into one snapshot.
#[track_caller]
fn check_each(name: &str, texts: &[&str]) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let baseline = root().join("scenarios/baseline.yaml");
    std::fs::copy(baseline, folder.path().join("baseline.yaml")).expect("the folder is writable");
    let mut shown = String::new();
    for text in texts {
        let text = match text.contains("name") && text.contains("extend") {
            true => format!("{text}\n"),
            false => format!("extends: baseline.yaml\nname: s\n{text}\n"),
        };
        std::fs::write(folder.path().join("s.yaml"), text).expect("the folder is writable");
        shown.push_str(&terminal(folder.path(), &["validate", "--quiet", "s.yaml"]));
        shown.push('\n');
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots/bad_scenarios");
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

#[test]
fn what_is_written_by_habit() {
    check_each(
        "signs_of_another_keyboard",
        &[
            "extends：baseline.yaml\nname：s\nprojection：\n  horizon：2035",
            "projection:\n  horizon：2035\n  sink: { model: constant }",
            "regions: { exclude: [Hainan，Guangdong] }",
            "projection: { horizon: “2035” }",
            "projection:\n  horizon:\u{a0}2035",
            "projection:\n\u{3000}\u{3000}horizon: 2035",
            "levers: [{ lever: capture, rate: 10％ }]",
            "compare: { fail_on: [nation.depth ＞ 2, nation.deficit_year < 2030年, 全国.depth > 2, nation.deficit-year < 2030] }",
        ],
    );
    check_each(
        "numbers_and_units_of_other_tables",
        &[
            "thresholds:\n  - { name: a, kind: emissions, level: 8.6 亿吨 }\n  - { name: b, kind: emissions, level: 86000 万吨碳 }\n\
             \u{20} - { name: c, kind: emissions, level: \"860,000,000 tC\" }\n  - { name: d, kind: depth, level: 150 % }\n\
             \u{20} - { name: e, kind: icf-per-capita, level: 2 ha/cap }",
            "projection:\n  sink: { model: rate, rate: -4.3 ‰/yr }\n  emissions: { model: rate, rate: \"-0,43 %/yr\" }\n\
             \u{20} population: { model: path, points: { 2025: 1.02, 2030: 90 } }",
            "land: { classes: { forest: { npp: 380.96 gC/m2, share: 82.72 % }, grassland: { npp: 0.95 Mg/ha/yr } } }",
            "spatial: { permutations: 1e3 }\nyears: { first: 2003.0, last: 2020年 }",
            "levers:\n  - { lever: afforestation, area: 50 万公顷, class: forest, lag: 20 }\n  - { lever: trade, price: 100 元/吨CO2 }",
            "uncertainty: { inputs: { projection.sink.rate: { distribution: normal, mean: -0.43 %/yr, sd: 20 % } } }",
        ],
    );
    check_each(
        "names_of_other_tools_and_languages",
        &[
            "regions: { exclude: [海南, 广东省] }\nprojection: { regions: { 江苏: { emissions: { model: constant } } } }",
            "classes: { method: jenks }\nprojection: { emissions: { model: linear } }\noutputs: { language: 中文, tables: excel }",
            "solve:\n  - { for: China, threshold: capacity, until: 2030, by: emissions rate }\n\
             \u{20} - { for: Guangdong, threshold: capacity, until: 2030, by: emissions-rate }",
            "extends: baseline\nname: s",
        ],
    );
    check_each(
        "one_kind_of_value_for_another",
        &[
            "years: 2003-2020\ngaps: linear\nquadrants: mean\nspatial: { weights: queen, islands: nearest }",
            "projection:\n  emissions: constant\n  sink: -0.43 %/yr\n  population: { model: path, points: [[2025, 102 %]] }",
            "thresholds:\n  name: b\n  kind: capacity",
            "thresholds:\n  -name: b\n   kind: capacity",
            "projection:\n  horizon: 2035\n   sink: { model: constant }",
            "projection:\nthresholds:\nlevers: [{ lever: afforestation, area: 5e5 hm2, class: forest }]",
            "spatial: { weights: { kind: knn } }\ncompare: { fail_on: nation.deficit_year < 2030 }",
        ],
    );
}

#[test]
fn families_that_are_wrong() {
    check("variant_twice", "variants:\n  flat: {}\n  steep: {}\n  flat: { projection: { horizon: 2040 } }");
    check("variant_with_a_number", "variants: { 1: {} }");
    check("mistake_in_a_variant", "variants:\n  flat: { projection: { emissions: { model: constnat } } }");
    check(
        "mistakes_in_base_variant_and_sweep",
        "projection: { horzion: 2040 }\nvariants:\n  flat: { spatial: { permutations: 1 } }\n  1: {}\n\
         sweep: { keys: { projection.horizon: 2030 } }",
    );
    check("sweep_of_an_unknown_key", "sweep: { keys: { projection.snk.rate: [-1 %/yr, -2 %/yr] } }");
    check("sweep_of_no_item", "sweep:\n  keys: { \"thresholds[7].level\": [8e8 tC] }");
    check(
        "sweep_that_is_too_large",
        "sweep: { keys: { projection.sink.rate: { from: -1 %/yr, to: 0 %/yr, steps: 1001 } } }",
    );
    check(
        "sweep_above_its_declared_size",
        "sweep: { most: 20, keys: { projection.horizon: [2030, 2035, 2040], \
         projection.sink.rate: { from: -1 %/yr, to: 0 %/yr, steps: 10 } } }",
    );
    check("sweep_of_a_mistake", "sweep: { keys: { projection.sink.rate: [-1 %/yr, -2] } }");
    check(
        "sweep_that_leaves_out_draws",
        "uncertainty:\n  space:\n    draws: 100\n    errors:\n\
         \u{20}     - { of: activity, times: { distribution: lognormal, median: 1, spread: 1.05 } }\n\
         sweep: { keys: { projection.horizon: [2028, 2030] } }",
    );
    check(
        "sweep_of_a_range_with_one_unit",
        "sweep: { keys: { projection.sink.rate: { from: -2 %/yr, to: 0, steps: 5 } } }",
    );
    check(
        "zip_of_unequal_lists",
        "sweep: { method: zip, keys: { projection.horizon: [2030, 2035], years.last: [2020] } }",
    );
    check("condition_that_is_none", "compare: { fail_on: [nation.size < 3] }");
    check("unknown_member", "variants: { flat: {} }\ncompare: { members: [flta] }");
}

/// Draws of the sink's rate, with other lines beside.
fn drawn(lines: &str) -> String {
    format!(
        "uncertainty:\n  draws: 100\n  inputs:\n    projection.sink.rate: {{ distribution: uniform, min: -1 %/yr, max: 0 %/yr }}\n{lines}"
    )
}

#[test]
fn every_mistake_of_draws_at_once() {
    check(
        "draws_with_ten_mistakes",
        "uncertainty:\n  draws: 50\n  inputs:\n\
         \u{20}   projection.sink.rate: { distribution: triangular, min: 0 %/yr, mode: -0.43 %/yr, max: -0.9 %/yr }\n\
         \u{20}   projection.sink.rat: { distribution: uniform, min: -1 %/yr, max: 0 %/yr }\n\
         \u{20}   thresholds[0].level: { distribution: normal, mean: 8.6e8 tC, sd: 5 % }\n\
         \u{20}   land.classes.forest.npp: { distribution: normal, mean: 3.8 t/hm2, sd: 2 t/hm2 }\n\
         \u{20}   projection.emission: { distribution: residuals }\n\
         \u{20}   projection.population.rate: { distribution: normall, mean: 1 %/yr, sd: 1 %/yr }\n\
         \u{20} correlations:\n\
         \u{20}   - { between: [projection.sink.rate, projection.sink.rates], rank: 0.5 }\n\
         \u{20}   - { between: [projection.sink.rate, \"thresholds[0].level\"], rank: 1.5 }\n\
         \u{20} sensitivity: [tornadoo]",
    );
    check(
        "draws_without_a_closed_form",
        &drawn(
            "    land.classes.forest.npp: { distribution: uniform, min: 3 t/hm2, max: 4 t/hm2 }\n\
             \u{20}   quadrants.split.depth: { distribution: uniform, min: 1, max: 2 }\n\
             quadrants: { split: { size: 1, depth: 1.5 } }\n\
             solve:\n  - { for: nation, threshold: capacity, until: 2030, by: emissions-rate, probability: 90 % }",
        ),
    );
    check(
        "draws_of_what_levers_change",
        &drawn(
            "levers:\n  - { lever: drought, years: [2025], loss: 10 % }\n\
             solve:\n  - { for: nation, threshold: capacity, until: 2030, by: emissions-rate, probability: 90 % }",
        ),
    );
    check(
        "a_probability_finer_than_the_draws",
        &drawn(
            "solve:\n  - { for: nation, threshold: capacity, until: 2030, by: emissions-rate, probability: 99.9 % }\n\
             \u{20} - { for: nation, threshold: capacity, until: 2030, by: emissions-rate, probability: 90 % }",
        ),
    );
}

#[test]
fn every_mistake_of_questions_and_levers_at_once() {
    check(
        "questions_and_levers_with_mistakes",
        "solve:\n\
         \u{20} - { for: nation, threshold: capacty, until: 2035, by: emissions-rate, probability: 99.9 % }\n\
         \u{20} - { for: nation, threshold: capacity, until: 2030, by: key, key: projection.sink.rat, between: [-5 %/yr, 2 %/yr] }\n\
         \u{20} - { for: nation, threshold: capacity, until: 2030, by: sink-area, class: forrest }\n\
         \u{20} - { for: nation, threshold: capacity, until: 2030, by: emission-rate }\n\
         levers:\n\
         \u{20} - { lever: capture, rate: 10, from: 2026, by: 2040 }\n\
         \u{20} - { lever: efficency, rate: 2 %/yr }\n\
         \u{20} - { lever: fuel-switch, fuel: coal, instead: natural-gas, share: 110 %, by: 2030 }",
    );
    check(
        "regions_that_the_data_do_not_have",
        "regions: { exclude: [Hainan] }\n\
         levers: [{ lever: capture, regions: [Guandong], rate: 10 % }]\n\
         solve:\n\
         \u{20} - { for: [Guandong, Hainan, eest], threshold: capacity, until: 2030, by: emissions-rate }\n\
         \u{20} - { for: [Hebei], threshold: sink-2030, until: 2030, by: emissions-rate }\n\
         uncertainty:\n  space:\n    errors:\n\
         \u{20}     - { of: activity, regions: [Heibei], times: { distribution: lognormal, median: 1, spread: 1.05 } }\n\
         compare: { fail_on: [Guandong.depth > 3, Hainan.deficit_year < 2030] }",
    );
}

#[test]
fn conditions_that_no_run_can_tell() {
    check(
        "conditions_of_a_file",
        "regions: { exclude: [Hainan] }\n\
         compare:\n  fail_on:\n    - Guandong.depth > 3\n    - Hainan.depth > 3\n    - eas.deficit_year < 2030\n\
         \u{20}   - nation.quadrant == I\n    - east.depth > 2\n    - nation.sink-2013.margin < 0\n    - Hebei.sink-2030.margin < 0\n\
         \u{20}   - nation.sink-2030.margin < 1e8 hm2\n    - nation.sink-2030.probability > 50 %",
    );
    let text = b"extends: baseline.yaml\nname: s\n".as_slice();
    let conditions = ["Guandong.depth > 3", "nation.sink-2013.margin < 0", "nation.deficit_year < 2030"];
    for (name, command) in
        [("conditions_of_a_run", "run-scenario"), ("conditions_of_a_comparison", "compare")]
    {
        let conditions = conditions.into_iter().flat_map(|condition| ["--fail-on", condition]);
        let arguments: Vec<&str> = [command, "s.yaml", "--quiet"].into_iter().chain(conditions).collect();
        check_command(name, &[("s.yaml", text)], &arguments);
    }
}

#[test]
fn sets_that_are_wrong() {
    check_set("set_without_a_value", "projection.horizon");
    check_set("set_of_an_unknown_key", "projection.horzion=2040");
    check_set("set_of_no_path", "projection..horizon=2040");
    check_set("set_of_no_item", "thresholds[9].level=8e8 tC");
    check_set("set_to_a_wrong_value", "projection.sink.rate=-0.86");
    check_set("set_to_ill_formed_yaml", "regions.exclude=[Hainan");
}

#[test]
fn lines_that_are_hard_to_draw() {
    check(
        "wide_characters",
        "x-说明: 碳汇\nprojection: { regions: { 广东省: { emissons: { model: constant } } } }",
    );
    check("combining_and_emoji", "x-note: \"cafe\u{301} 🌲🌲\"\nregions: { exclude: [\"🌲\", Guandong] }");
    check("tab_before_the_mistake", "projection:\t{ horzion:\t2040 }");
    check_file(
        "windows_line_ends",
        b"\xef\xbb\xbfextends: baseline.yaml\r\nname: s\r\nprojection: { horzion: 2040 }\r\n",
    );
    check_file("byte_order_mark", b"\xef\xbb\xbfextend: baseline.yaml\nname: s\n");
    let models = vec!["{ model: drift }"; 20].join(", ");
    check(
        "long_line",
        &format!("projection: {{ sink: {{ model: best, of: [{models}, {{ model: driftt }}, {models}] }} }}"),
    );
    let models = vec!["{ model: drift }"; 200].join(", ");
    check(
        "very_long_line",
        &format!("projection: {{ sink: {{ model: best, of: [{models}, {{ model: driftt }}] }} }}"),
    );
}

#[test]
fn what_cannot_be_explained() {
    let text = b"extends: baseline.yaml\nname: s\nvariants: { low: { projection: { horizon: 2025 } } }\n\
                 sweep: { keys: { projection.horizon: [2030, 2035] } }\n"
        .as_slice();
    for (name, key) in [
        ("explain_an_unknown_key", "projection.snk"),
        ("explain_a_variant", "variants.low.projection.horizon"),
        ("explain_a_sweep", "sweep.keys"),
        ("explain_extends", "extends"),
        ("explain_no_item", "thresholds[9].level"),
    ] {
        check_command(name, &[("s.yaml", text)], &["explain", "s.yaml", key]);
    }
    let arguments = ["explain", "s.yaml", "projection.horizon", "--member", "lwo"];
    check_command("explain_an_unknown_member", &[("s.yaml", text)], &arguments);
    let arguments = ["explain", "s.yaml", "projection.snk", "--format", "json"];
    check_command("explain_as_json", &[("s.yaml", text)], &arguments);
}

/// What an editor reads is JSON whatever the file holds, and the exit code is 3.
#[test]
fn mistakes_as_json() {
    let json = ["validate", "--quiet", "--format", "json", "s.yaml"];
    check_command("json_of_no_yaml", &[("s.yaml", b"{ [ : \x01")], &json);
    check_command("json_of_a_missing_file", &[], &json);
    let long = format!("name: s\nx-long: [{}\n", "long, ".repeat(300));
    check_command("json_of_a_long_line", &[("s.yaml", long.as_bytes())], &json);
    for bytes in [
        b"".as_slice(),
        b"\xff\xfe",
        b"{{{{",
        b"- a\n- b\n",
        b"name: \"\x1b[31m\"\n",
        b"a: *b\n",
        b"? [a]\n: b\n",
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        std::fs::write(folder.path().join("s.yaml"), bytes).expect("the folder is writable");
        for arguments in [
            json.as_slice(),
            &["explain", "s.yaml", "--format", "json"],
            &["compare", "s.yaml", "--format", "json"],
        ] {
            let output = icf_in(folder.path(), arguments);
            assert_eq!(output.status.code(), Some(3), "{bytes:?}: {}", stderr(&output));
            let read: Result<serde_json::Value, _> = serde_json::from_str(&stdout(&output));
            assert!(read.is_ok(), "{bytes:?} {arguments:?}: {}", stdout(&output));
        }
    }
}

#[test]
fn a_name_that_is_none() {
    check_command("new_with_a_wrong_name", &[], &["new", "a b"]);
}

#[test]
fn several_mistakes_at_once() {
    check(
        "several",
        "years: { first: early }\nregions: { exclude: [Guandong] }\nprojection:\n  horzion: 2040\n  \
         sink: { model: rate, rate: -0.43 }\noutputs: { page: yes }\nspatial: { permutations: 3 }",
    );
}
