//! The page is one offline document that runs nothing but its own script.

use std::collections::BTreeSet;

use icf_report::{Language, page};
use icf_results::RunResults;

use crate::{markup, synthetic};

#[track_caller]
fn check(results: &RunResults) -> String {
    let page = page(results, Language::English).expect("readable");
    let tags = markup::tags(&page).unwrap_or_else(|error| panic!("{error}"));
    let ids: Vec<_> = tags.iter().filter_map(|tag| tag.attribute("id")).collect();
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "an id stands twice");
    for tag in &tags {
        assert!(tag.attribute("src").is_none(), "{tag:?}");
        assert!(tag.attribute("style").is_none(), "the policy forbids {tag:?}");
        assert!(!tag.attributes.iter().any(|attribute| attribute.0.starts_with("on")), "{tag:?}");
        if let Some(target) = tag.attribute("href") {
            assert!(target.strip_prefix('#').is_some_and(|id| ids.contains(&id)), "{tag:?}");
        }
        for reference in ["aria-labelledby", "for"].iter().filter_map(|name| tag.attribute(name)) {
            assert!(reference.split(' ').all(|id| ids.contains(&id)), "{tag:?}");
        }
    }
    let scripts = tags.iter().filter(|tag| tag.name == "script").count();
    assert_eq!(scripts, 2, "the data and our script");
    assert!(page.contains("default-src &#39;none&#39;"));
    // A figure and its unit are held together by a space that does not break.
    page.replace('\u{a0}', " ")
}

/// The data block of the page, parsed.
fn data(page: &str) -> serde_json::Value {
    let start = page.find(r#"id="run-data">"#).expect("data") + r#"id="run-data">"#.len();
    let end = start + page[start..].find("</script>").expect("an end");
    serde_json::from_str(&page[start..end]).expect("JSON")
}

#[test]
fn a_full_run_has_every_section() {
    let page = check(&synthetic::results(6));
    for section in [
        "maps",
        "trajectories",
        "hindsight",
        "drivers",
        "thresholds",
        "space",
        "quadrants",
        "regions",
        "paper",
        "assumptions",
        "quality",
        "method",
        "cite",
    ] {
        assert!(page.contains(&format!(r#"<section id="{section}""#)), "{section}");
    }
    assert!(page.contains(r#"<html lang="en">"#));
    assert!(page.contains(r#"<span lang="zh">区0</span>"#));
    assert!(page.contains(r#"<span class="chip chip-good">reproduced</span>"#));
    assert!(page.len() < 300_000, "{}", page.len());
}

#[test]
fn levers_have_a_section_where_there_are_some() {
    let page = check(&synthetic::with_levers(4));
    let says = |words: &str| assert!(page.contains(words), "{words}");
    says(r##"<section id="levers""##);
    says(r##"<a href="#levers">"##);
    says("(−3.00 Mt C), and its sink takes up");
    says("Change of the nation’s emissions (ICE)");
    says("Region 0");
    assert!(!check(&synthetic::results(4)).contains(r##"id="levers""##));
    let mut only_trade = synthetic::with_levers(4);
    only_trade.lever_effects.clear();
    let page = check(&only_trade);
    assert!(page.contains(r##"<section id="levers""##) && !page.contains("table-lever-sink"));
}

#[test]
fn the_head_answers_with_margins_first() {
    let page = check(&synthetic::results(6));
    let says = |words: &str| assert!(page.contains(words), "{words}");
    says("In 2021, industry in the 6 regions emitted 470 Mt C");
    says("3 of them emit more than their own land takes up.");
    says("20.0 Mt C beyond it in 2025, 4.0 % of the level; first crossed in 2023.");
    says("380 Mt C of room left in 2025, 42.2 % of the level; never crossed in the projection.");
    says("Region 2 (capacity, 2022).");
}

#[test]
fn a_figure_and_its_unit_are_never_on_two_lines() {
    let page = icf_report::page(&synthetic::results(6), Language::English).unwrap();
    assert!(page.contains("emitted 470\u{a0}Mt\u{a0}C"));
    assert!(page.contains("20.0\u{a0}Mt\u{a0}C beyond it in 2025, 4.0\u{a0}% of the level"));
}

#[test]
fn the_script_is_given_where_figures_come_from() {
    let origin = &data(&check(&synthetic::results(6)))["origin"];
    assert_eq!(origin["fuels"][0]["factor"], 1.9003);
    assert_eq!(origin["burnt"][5][0].as_array().unwrap().len(), 4, "the years of the history");
    assert_eq!(origin["burnt"][5][0][3], 7.6e7);
    assert_eq!(origin["area"][0][0][0], 2e7);
    assert_eq!(origin["flags"][0][0], serde_json::json!([0, "raw_coal", "estimate", "kept"]));
    assert!(data(&check(&synthetic::bare()))["origin"]["fuels"].as_array().unwrap().is_empty());
}

#[test]
fn the_script_is_given_classes_of_every_year() {
    let data = data(&check(&synthetic::results(6)));
    assert_eq!(data["years"].as_array().unwrap().len(), 8);
    assert_eq!(data["last"], 3);
    let quadrants = &data["views"]["quadrant"];
    assert_eq!(quadrants["codes"].as_array().unwrap().len(), 6);
    assert_eq!(quadrants["marks"][0], "I");
    let clusters = &data["views"]["size_cluster"]["codes"][0];
    assert_eq!(clusters, "0413", "of a projected year there are no local statistics");
}

#[test]
fn hostile_text_is_never_executed() {
    let mut results = synthetic::results(4);
    let hostile = r#"</script><script>alert(1)</script>"'><img src=x onerror=alert(1)>"#;
    for info in &mut results.regions_info {
        (info.name, info.name_zh, info.group) = (hostile.to_owned(), hostile.to_owned(), hostile.to_owned());
    }
    results.scenario = hostile.to_owned();
    results.description = hostile.to_owned();
    results.resolved_yaml = hostile.to_owned();
    results.paper_claims[0].claim = hostile.to_owned();
    results.thresholds[0].threshold = hostile.to_owned();
    results.data_quality[0].item = hostile.to_owned();
    let page = check(&results);
    assert!(!page.contains("<img"));
    assert_eq!(data(&page)["regions"][0]["name"], hostile);
}

#[test]
fn a_bare_run_says_what_is_missing() {
    let page = check(&synthetic::bare());
    for words in [
        "No region emits more than its own land takes up.",
        "No region in 2021.",
        "The scenario sets no such threshold.",
        "The paper makes no claims about this data set.",
        "The run states no assumptions.",
        "No cell of the input was filled",
        "No region changed its quadrant or cluster.",
        "No model of the run could be tested against the past.",
        "The data set has no product, or no residents.",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn no_region_at_all_is_no_failure() {
    let mut results = synthetic::bare();
    results.regions_info.clear();
    results.regions.clear();
    results.nation.clear();
    assert!(check(&results).contains("The run has no national totals for 2021."));
}

#[test]
fn a_long_list_of_doubtful_cells_is_cut_with_a_note() {
    let mut results = synthetic::results(4);
    results.data_quality = vec![results.data_quality[0].clone(); 1000];
    let page = check(&results);
    assert!(page.contains("The first 300 of 1000 cells"));
    assert!(page.contains("tables/data_quality.csv"));
}

#[test]
fn equal_results_give_equal_bytes() {
    assert_eq!(
        page(&synthetic::results(6), Language::English).unwrap(),
        page(&synthetic::results(6), Language::English).unwrap()
    );
}

#[test]
fn coverage_says_how_sure_it_is() {
    let page = check(&synthetic::results(6));
    assert!(page.contains("75 % (50–90)") && page.contains("100 %"));
}

#[test]
fn long_lists_of_regions_are_cut_with_a_note() {
    let mut results = synthetic::results(700);
    results.boundaries.clear();
    assert!(check(&results).contains("; the first 600 of 703, all of them in tables/decomposition.csv"));
    assert!(!check(&synthetic::results(30)).contains("all of them in tables/decomposition.csv"));
}

#[test]
fn every_plot_has_its_data_as_a_table() {
    let pages = [check(&synthetic::with_levers(6)), check(&synthetic::with_draws(6))];
    let names = [
        "balance",
        "levers",
        "drivers",
        "hindsight",
        "transitions",
        "quadrant_scatter",
        "groups",
        "moran",
        "waterfall",
        "nation_emissions_and_sink",
        "nation_uncertainty",
        "map_sink_trading",
    ];
    for name in names {
        let own = |page: &&String| page.contains(&format!("id=\"{name}-title\""));
        let page = pages.iter().find(own).unwrap_or_else(|| panic!("no {name}"));
        let figure =
            page.split("<figure").find(|part| part.contains(&format!("id=\"{name}-title\""))).unwrap();
        let table = figure.split("As a table").nth(1).unwrap_or_else(|| panic!("{name} has no table"));
        assert!(table.contains("<td>"), "{name} has an empty table");
    }
    // The made-up regions start as HH and LL by turns; the first two end as HH, the others as LH.
    let rows = [
        "<td>HH</td><td>HH</td><td>1</td>",
        "<td>HH</td><td>LH</td><td>2</td>",
        "<td>LL</td><td>LH</td><td>2</td>",
    ];
    for row in rows {
        assert!(pages[0].contains(row), "{row}");
    }
}
