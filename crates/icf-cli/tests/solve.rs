//! Questions asked backwards, held against closed forms and against runs of their answers.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::table::{Row, number, rows, table};
use support::{icf_in, root, stderr, stdout};

/// Writes a scenario that extends the baseline.
fn write(folder: &Path, lines: &str) {
    let baseline = root().join("scenarios/baseline.yaml");
    let text = format!(
        "extends: {}\nname: asked\noutputs: {{ tables: [csv], figures: false, page: false }}\n{lines}\n",
        baseline.display()
    );
    std::fs::write(folder.join("asked.yaml"), text).unwrap();
}

/// The answers to questions, each a mapping in YAML.
fn solve(folder: &Path, lines: &str, questions: &[&str]) -> Vec<Row> {
    let list: String = questions.iter().map(|question| format!("  - {{ {question} }}\n")).collect();
    write(folder, &format!("{lines}\nsolve:\n{list}"));
    let output = icf_in(folder, &["solve", "asked.yaml", "--format", "csv"]);
    assert!(output.status.success(), "{}", stderr(&output));
    rows(&stdout(&output))
}

/// A table of a run of the baseline with some lines.
fn run(folder: &Path, lines: &str, name: &str) -> Vec<Row> {
    write(folder, lines);
    let output = icf_in(folder, &["run-scenario", "asked.yaml", "--out", "run", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    table(&folder.join("run"), name)
}

/// The first year in which a run with some lines crosses a threshold.
fn first_year(folder: &Path, lines: &str, threshold: &str, region: &str) -> String {
    let rows = run(folder, lines, "thresholds");
    let row = rows.iter().find(|row| row["threshold"] == threshold && row["region"] == region).unwrap();
    row["first_year"].clone()
}

#[test]
fn a_rate_against_a_fixed_level_is_the_closed_form() {
    let folder = tempfile::tempdir().unwrap();
    let rows = solve(
        folder.path(),
        "",
        &[
            "for: nation, threshold: sink-2030, until: 2030, by: emissions-rate",
            "for: nation, threshold: sink-2030, until: 2026, by: emissions-rate",
        ],
    );
    let nation = run(folder.path(), "", "nation");
    let now = number(nation.iter().find(|row| row["year"] == "2022").unwrap(), "ice_t");
    for (row, years) in rows.iter().zip([8.0, 4.0]) {
        let closed = ((8.6e8 / now).powf(1.0 / years) - 1.0) * 100.0;
        assert!((number(row, "value") - closed).abs() < 1e-9, "{} {closed}", row["value"]);
        assert_eq!((row["goal"].as_str(), row["outcome"].as_str()), ("keep", "found"));
        assert_eq!(row["binding_year"], row["until"]);
        // Nothing may ever be above the level, so as much as the level in every year.
        assert_eq!(number(row, "budget_t"), 8.6e8 * years);
        assert!(number(row, "margin") >= 0.0);
    }
    let planned: f64 =
        nation.iter().filter(|row| row["phase"] == "projection").map(|row| number(row, "ice_t")).sum();
    assert!((number(&rows[0], "planned_t") / planned - 1.0).abs() < 1e-12);
}

/// Putting the answer into the scenario leaves the threshold just uncrossed, and a millionth of a per cent more crosses it.
#[track_caller]
fn check(question: &str, threshold: &str, region: &str, put: impl Fn(f64) -> String, nudge: f64) {
    let folder = tempfile::tempdir().unwrap();
    let rows = solve(folder.path(), "", &[question]);
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0]["goal"].as_str(), rows[0]["outcome"].as_str()), ("keep", "found"), "{:?}", rows[0]);
    let value = number(&rows[0], "value");
    let crossed = |value: f64| first_year(folder.path(), &put(value), threshold, region);
    assert_eq!(crossed(value), "", "{value} is to keep it uncrossed");
    assert_eq!(crossed(value + nudge), rows[0]["binding_year"], "{value} and {nudge} more are to cross it");
}

fn national_rate(value: f64) -> String {
    format!("projection: {{ emissions: {{ model: rate, rate: {value} %/yr }} }}")
}

#[test]
fn the_rate_of_the_nation_put_back() {
    let question = "for: nation, threshold: sink-2030, until: 2030, by: emissions-rate";
    check(question, "sink-2030", "nation", national_rate, 1e-6);
}

#[test]
fn the_rate_against_a_level_that_moves_put_back() {
    let question = "for: nation, threshold: capacity, until: 2030, by: emissions-rate";
    check(question, "capacity", "nation", national_rate, 1e-6);
}

#[test]
fn the_rate_against_depth_put_back() {
    let question = "for: nation, threshold: depth-1.5, until: 2030, by: emissions-rate";
    check(question, "depth-1.5", "nation", national_rate, 1e-6);
}

#[test]
fn the_rate_of_a_region_put_back() {
    let put = |value: f64| {
        format!(
            "projection: {{ regions: {{ Fujian: {{ emissions: {{ model: rate, rate: {value} %/yr }} }} }} }}"
        )
    };
    let question = "for: [Fujian], threshold: capacity, until: 2030, by: emissions-rate";
    check(question, "capacity", "350000", put, 1e-6);
}

#[test]
fn a_key_put_back() {
    let put = |value: f64| format!("projection: {{ sink: {{ model: rate, rate: {value} %/yr }} }}");
    let question = "for: nation, threshold: capacity, until: 2030, by: key, key: projection.sink.rate, \
                    between: [-10 %/yr, 0 %/yr]";
    // A sink that falls faster crosses it.
    check(question, "capacity", "nation", put, -1e-6);
}

/// Netted, the area makes up for the worst year: A = max(ICE − CS)/NPP.
#[test]
fn an_area_is_the_closed_form() {
    let folder = tempfile::tempdir().unwrap();
    let rows = solve(
        folder.path(),
        "",
        &[
            "for: nation, threshold: capacity, until: 2030, by: sink-area, class: forest",
            "for: [Ningxia], threshold: capacity, until: 2030, by: sink-area, class: grassland",
        ],
    );
    let worst = |rows: &[Row]| {
        let gaps = rows.iter().filter(|row| row["phase"] == "projection");
        gaps.map(|row| number(row, "ice_t") - number(row, "cs_t")).fold(f64::NEG_INFINITY, f64::max)
    };
    let close = |value: f64, closed: f64| {
        assert!((value / closed - 1.0).abs() < 1e-8, "{value} {closed}");
    };
    // The nation has room: so much may be lost.
    let lost = worst(&run(folder.path(), "", "nation")) / 3.8096;
    assert!(lost < 0.0);
    close(number(&rows[0], "value"), lost);
    // Ningxia is in deficit, so it can only return by 2030: its gap is that of 2030.
    assert_eq!(rows[1]["goal"], "return");
    let mut regions = run(folder.path(), "", "regions");
    regions.retain(|row| row["region"] == "640000" && row["year"] == "2030");
    close(number(&rows[1], "value"), worst(&regions) / 0.9482);
    assert_eq!((rows[1]["unit"].as_str(), rows[1]["by"].as_str()), ("hm2", "sink-area grassland"));
}

#[test]
fn what_is_across_already_is_brought_back_by_the_year() {
    let folder = tempfile::tempdir().unwrap();
    let rows =
        solve(folder.path(), "", &["for: [Shanghai], threshold: capacity, until: 2030, by: emissions-rate"]);
    let regions = run(folder.path(), "", "regions");
    let of = |year: &str, column: &str| {
        number(regions.iter().find(|row| row["region"] == "310000" && row["year"] == year).unwrap(), column)
    };
    let closed = ((of("2030", "cs_t") / of("2022", "ice_t")).powf(1.0 / 8.0) - 1.0) * 100.0;
    assert_eq!(rows[0]["goal"], "return");
    assert!((number(&rows[0], "value") / closed - 1.0).abs() < 1e-9, "{} {closed}", rows[0]["value"]);
    let budget: f64 = (2023..=2030).map(|year| of(&year.to_string(), "cs_t")).sum();
    assert!((number(&rows[0], "budget_t") / budget - 1.0).abs() < 1e-12);
}

#[test]
fn each_of_the_groups_and_regions_has_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let rows = solve(
        folder.path(),
        "",
        &[
            "for: groups, threshold: capacity, until: 2030, by: emissions-rate",
            "for: regions, threshold: capacity, until: 2030, by: emissions-rate",
            "for: [east, 440000, Hubei], threshold: capacity, until: 2030, by: emissions-rate",
        ],
    );
    let of = |question: &str| rows.iter().filter(|row| row["question"] == question).collect::<Vec<_>>();
    assert_eq!((of("1").len(), of("2").len()), (3, 30));
    let named: Vec<&str> = of("3").iter().map(|row| row["region"].as_str()).collect();
    assert_eq!(named, ["east", "440000", "420000"]);
    assert!(rows.iter().all(|row| row["outcome"] == "found"), "{rows:?}");
    let east = of("1").into_iter().find(|row| row["region"] == "east").unwrap();
    assert_eq!(east["value"], of("3")[0]["value"]);
}

#[test]
fn what_cannot_be_had_is_said_with_the_best_that_can() {
    let folder = tempfile::tempdir().unwrap();
    let lines = "thresholds: !append [{ name: tiny, kind: depth, level: 0.5, scopes: [nation] }, \
                 { name: huge, kind: size-per-capita, level: 99 hm2/person, scopes: [nation] }]";
    let rows = solve(
        folder.path(),
        lines,
        &[
            "for: nation, threshold: tiny, until: 2030, by: emissions-rate",
            "for: nation, threshold: huge, until: 2030, by: emissions-rate",
            "for: nation, threshold: sink-2030, until: 2030, by: key, key: projection.sink.rate, between: [-2 %/yr, 0 %/yr]",
            "for: [Shanghai], threshold: capacity, until: 2030, by: key, key: projection.sink.rate, between: [-2 %/yr, 3 %/yr]",
        ],
    );
    let outcomes: Vec<&str> = rows.iter().map(|row| row["outcome"].as_str()).collect();
    assert_eq!(outcomes, ["none", "any", "any", "none"]);
    // Depth is never below 1, whatever is emitted.
    assert_eq!((number(&rows[0], "value"), number(&rows[0], "margin")), (-100.0, -0.5));
    assert!(rows[1]["note"].contains("no budget") && rows[1]["budget_t"].is_empty());
    assert_eq!((number(&rows[3], "value"), rows[3]["unit"].as_str()), (3.0, "%/yr"));
    assert!(number(&rows[3], "margin") < 0.0 && rows[3]["note"].contains("best that can be had"));
}

/// Size is the lesser of footprint and capacity. In a region with much forest, more uptake by forest raises the capacity and
/// lowers the footprint, so size rises to where they meet and falls from there: it is above a level in between only.
#[test]
fn what_turns_twice_is_not_monotone() {
    let folder = tempfile::tempdir().unwrap();
    let lines = "thresholds: !append [{ name: size, kind: size-per-capita, level: 0.25 hm2/person, scopes: [region] }]";
    let question = "for: [Guangxi], threshold: size, until: 2030, by: key, key: land.classes.forest.npp, \
                    between: [0.1 t/hm2, 20 t/hm2]";
    let rows = solve(folder.path(), lines, &[question]);
    let row = &rows[0];
    assert_eq!(row["outcome"], "not monotone", "{row:?}");
    assert!(row["note"].contains("crossed and left 2 times"), "{row:?}");
    assert!(number(row, "margin") > 0.0);
}

#[test]
fn a_run_has_the_same_answers_and_threads_move_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let file = root().join("scenarios/backwards.yaml");
    let file = file.to_str().unwrap();
    let answers: Vec<String> = ["1", "2", "8"]
        .iter()
        .map(|threads| {
            let output = icf_in(folder.path(), &["solve", file, "--format", "csv", "--threads", threads]);
            assert!(output.status.success(), "{}", stderr(&output));
            stdout(&output)
        })
        .collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let output = icf_in(folder.path(), &["run-scenario", file, "--out", "run", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let written = table(&folder.path().join("run"), "solutions");
    assert_eq!(written.len(), 1 + 1 + 3 + 3 + 3 + 1);
    for (written, answered) in written.iter().zip(rows(&answers[0])) {
        for (column, cell) in written {
            let same = cell == &answered[column] || cell.parse::<f64>().ok() == answered[column].parse().ok();
            assert!(same, "{column}: {cell} and {}", answered[column]);
        }
    }
    assert!(stdout(&output).contains("Just uncrossed\n  sink-2030 (nation) to 2030:"), "{}", stdout(&output));
    let page = std::fs::read_to_string(folder.path().join("run/report.html")).unwrap();
    assert!(page.contains("What would just keep them uncrossed") && page.contains("table-solutions"));
}

const DRAWN: &str = "
projection: { emissions: { model: rate, rate: 1 %/yr } }
uncertainty:
  draws: 10000
  inputs:
    projection.sink.rate: { distribution: triangular, min: -0.86 %/yr, mode: -0.43 %/yr, max: 0 %/yr }
    \"thresholds[0].level\": { distribution: normal, mean: 8.60e8 tC, sd: 0.3e8 tC }";

/// Against a level that is drawn, emissions grow to its tenth percentile: ICE(2030) = 8.6e8 + 0.3e8·Φ⁻¹(0.1).
#[test]
fn a_rate_that_holds_in_nine_draws_of_ten_is_the_closed_form() {
    let folder = tempfile::tempdir().unwrap();
    let by_rate = "for: nation, threshold: sink-2030, until: 2030, by: emissions-rate, probability: 90 %";
    let by_key = "for: nation, threshold: sink-2030, until: 2030, by: key, key: projection.emissions.rate, \
                  between: [-5 %/yr, 5 %/yr], probability: 90 %";
    let rows = solve(folder.path(), DRAWN, &[by_rate, by_key]);
    let value = number(&rows[0], "value");
    assert_eq!((number(&rows[0], "kept"), number(&rows[0], "probability")), (0.9, 0.9));
    assert!((number(&rows[1], "value") - value).abs() < 1e-6, "{rows:?}");
    let nation = run(folder.path(), DRAWN, "nation");
    let now = number(nation.iter().find(|row| row["year"] == "2022").unwrap(), "ice_t");
    // Each of ten hypercubes has one draw in each thousandth: Φ⁻¹(0.099) and Φ⁻¹(0.101) by Python 3.13.
    let closed = |quantile: f64| (((8.6e8 + 0.3e8 * quantile) / now).powf(1.0 / 8.0) - 1.0) * 100.0;
    let (low, high) = (closed(-1.287_270_563_107_941_5), closed(-1.275_874_179_149_129_7));
    assert!(low < value && value < high, "{low} {value} {high}");
}

/// Put into the scenario, the answer has the probability that was asked for; with a millionth more emissions some draw crosses.
#[test]
fn an_answer_put_back_has_its_probability() {
    let folder = tempfile::tempdir().unwrap();
    let question = "for: [nation, east, Guangdong], threshold: capacity, until: 2030, by: key, \
                    key: projection.emissions.rate, between: [-30 %/yr, 30 %/yr], probability: 75 %";
    let each = ["nation", "groups", "[Guangdong]"];
    let questions = each.map(|whom| question.replace("[nation, east, Guangdong]", whom));
    let questions: Vec<&str> = questions.iter().map(String::as_str).collect();
    let answers = solve(folder.path(), DRAWN, &questions);
    assert_eq!(answers.len(), 1 + 3 + 1);
    for answer in answers {
        let kept = |more: f64| {
            let rate = format!("rate: {} %/yr }}", number(&answer, "value") + more);
            let chances =
                run(folder.path(), &DRAWN.replace("rate: 1 %/yr }", &rate), "threshold_probability");
            let column = if answer["goal"] == "return" { "p_in_year" } else { "p_by_year" };
            let of = |row: &&Row| {
                row["threshold"] == "capacity" && row["region"] == answer["region"] && row["year"] == "2030"
            };
            1.0 - number(chances.iter().find(of).unwrap(), column)
        };
        assert!((kept(0.0) - number(&answer, "kept")).abs() < 1e-12, "{answer:?}");
        assert!(number(&answer, "kept") >= 0.75 && kept(0.01) < kept(0.0), "{answer:?}");
    }
}

/// More forest than keeps one trajectory clear is needed to keep most draws clear, and less to keep few.
#[test]
fn being_surer_takes_more() {
    let folder = tempfile::tempdir().unwrap();
    let lines = DRAWN.replace("  inputs:", "  inputs:\n    projection.sink: { distribution: residuals }");
    let forest = |chance: &str| {
        let whom = "for: [Jiangsu], threshold: capacity, until: 2030";
        format!("{whom}, by: sink-area, class: forest{chance}")
    };
    let questions = [forest(", probability: 10 %"), forest(""), forest(", probability: 95 %")];
    let questions: Vec<&str> = questions.iter().map(String::as_str).collect();
    let rows = solve(folder.path(), &lines, &questions);
    let areas: Vec<f64> = rows.iter().map(|row| number(row, "value")).collect();
    assert!(areas.is_sorted() && areas[0] < areas[1] && areas[1] < areas[2], "{areas:?}");
    assert_eq!((rows[1]["probability"].as_str(), rows[1]["kept"].as_str()), ("", ""));
    assert_eq!((rows[2]["margin"].as_str(), rows[2]["binding_year"].as_str()), ("", ""));
}

#[test]
fn a_probability_that_cannot_be_asked_for_is_refused() {
    check_mistake(
        "for: nation, threshold: capacity, until: 2030, by: emissions-rate, probability: 90 %",
        &["nothing is drawn", "add `uncertainty`"],
    );
    let check = |lines: &str, question: &str, expected: &str| {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &format!("{lines}\nsolve:\n  - {{ for: nation, until: 2030, {question} }}"));
        for command in [&["validate", "asked.yaml"][..], &["solve", "asked.yaml"]] {
            let output = icf_in(folder.path(), command);
            assert_eq!(output.status.code(), Some(3), "{question}");
            assert!(stderr(&output).contains(expected), "{}", stderr(&output));
        }
    };
    check(DRAWN, "threshold: capacity, by: emissions-rate, probability: 100 %", "100 % is never or always");
    check(
        DRAWN,
        "threshold: capacity, by: key, key: projection.sink.rate, between: [-1 %/yr, 0 %/yr], probability: 90 %",
        "`projection.sink.rate` is drawn by `uncertainty`",
    );
    let rerun = DRAWN.replace(
        "    projection.sink.rate:",
        "    land.classes.forest.npp: { distribution: uniform, min: 3 t/hm2, max: 4 t/hm2 }\n    projection.sink.rate:",
    );
    check(
        &rerun,
        "threshold: capacity, by: emissions-rate, probability: 90 %",
        "the draws of `land.classes.forest.npp`",
    );
}

#[test]
fn a_question_with_draws_is_named_while_it_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let question = "for: nation, threshold: sink-2030, until: 2030, by: emissions-rate, probability: 90 %";
    let draws = "uncertainty: { draws: 1000, inputs: { projection.sink.rate: { distribution: uniform, min: -1 %/yr, max: 0 %/yr } } }";
    write(folder.path(), &format!("{draws}\nsolve:\n  - {{ {question} }}"));
    let loud = icf_in(folder.path(), &["solve", "asked.yaml"]);
    assert!(stderr(&loud).contains("question 1 of 1, sink-2030 to 2030, 1000 draws"), "{}", stderr(&loud));
    let quiet = icf_in(folder.path(), &["solve", "asked.yaml", "--quiet"]);
    assert_eq!(stderr(&quiet), "");
    assert_eq!(stdout(&quiet), stdout(&loud));
}

/// What is wrong with a question is said with its place, all at once.
#[track_caller]
fn check_mistake(question: &str, expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &format!("solve:\n  - {{ {question} }}"));
    for command in [&["validate", "asked.yaml"][..], &["solve", "asked.yaml"]] {
        let output = icf_in(folder.path(), command);
        assert_eq!(output.status.code(), Some(3), "{question}");
        let said = stderr(&output);
        assert!(said.contains("asked.yaml:5:"), "{said}");
        for words in expected {
            assert!(said.contains(words), "{words}\n{said}");
        }
    }
}

#[test]
fn mistakes_of_questions_have_their_place() {
    check_mistake(
        "for: nation, threshold: capacty, until: 2030, by: emissions-rate",
        &["there is no threshold `capacty`", "did you mean `capacity`?"],
    );
    check_mistake(
        "for: nation, threshold: capacity, until: 2035, by: emissions-rate",
        &["2035 is beyond the horizon, 2030"],
    );
    check_mistake(
        "for: nation, threshold: capacity, until: 2022, by: emissions-rate",
        &["2022 is no projected year: the history ends in 2022", "a year from 2023 to 2030"],
    );
    check_mistake(
        "for: [Guangdnog, east], threshold: capacity, until: 2030, by: emissions-rate",
        &["the data have no region or group `Guangdnog`", "did you mean `Guangdong`?"],
    );
    check_mistake(
        "for: regions, threshold: sink-2030, until: 2030, by: emissions-rate",
        &["`sink-2030` is not held against regions", "add `region` to the threshold's `scopes`"],
    );
    check_mistake(
        "for: nation, threshold: capacity, until: 2030, by: key, key: projection.sink.rate, between: [0 %/yr, -2 %/yr]",
        &["the bounds are not in order"],
    );
    check_mistake(
        "for: nation, threshold: capacity, until: 2030, by: key, key: projection.sink.rate, between: [-2 %/yr, 0]",
        &["the bounds have two units"],
    );
    check_mistake(
        "for: nation, threshold: capacity, until: 2030, by: key, key: projection.snik.rate, between: [-2 %/yr, 0 %/yr]",
        &["unknown key `snik`"],
    );
    check_mistake(
        "for: nation, threshold: capacity, until: 2030, by: key, key: spatial.permutations, between: [9, 99]",
        &["`spatial.permutations`", "`icf list levers`"],
    );
    check_mistake(
        "for: nation, threshold: capacity, until: 2030, by: key, class: forest",
        &["`by: key` needs `key`", "`by: key` needs `between`", "`class` belongs to `by: sink-area`"],
    );
    check_mistake(
        "for: nation, threshold: capacity, until: 2030, by: sink-area, class: wetland",
        &["the scenario has no land class `wetland`"],
    );
    check_mistake(
        "for: nation, threshold: sink-2030, until: 2030, by: sink-area, class: forest",
        &["more sink does not keep the threshold `sink-2030` uncrossed"],
    );
    check_mistake(
        "for: nation, threshold: capacity, until: 2030, by: emission",
        &["known are `emissions-rate`, `sink-area`, `key`"],
    );
}

#[test]
fn a_scenario_that_asks_nothing_is_told_how() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "");
    let output = icf_in(folder.path(), &["solve", "asked.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        stderr(&output).contains("the scenario asks nothing")
            && stderr(&output).contains("solve: [{ for: nation")
    );
}
