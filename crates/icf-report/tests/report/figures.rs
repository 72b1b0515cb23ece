//! Every figure is a whole, safe, repeatable SVG document, also when there is little to show.

use std::collections::BTreeSet;

use icf_report::{Figure, Language, figures};
use icf_results::RunResults;

use crate::{markup, synthetic};

fn figure<'a>(figures: &'a [Figure], name: &str) -> &'a Figure {
    figures.iter().find(|figure| figure.name == name).unwrap_or_else(|| panic!("no figure {name}"))
}

fn regions_of(figure: &Figure) -> BTreeSet<String> {
    let tags = markup::tags(&figure.svg).expect("well-formed");
    tags.iter().filter_map(|tag| tag.attribute("data-region").map(str::to_owned)).collect()
}

#[track_caller]
fn check_all(results: &RunResults) -> Vec<Figure> {
    let figures = figures(results, Language::English).expect("readable");
    let names: BTreeSet<_> = figures.iter().map(|figure| figure.name.as_str()).collect();
    assert_eq!(names.len(), figures.len(), "two figures have one name");
    for figure in &figures {
        let tags = markup::tags(&figure.svg).unwrap_or_else(|error| panic!("{}: {error}", figure.name));
        let ids: Vec<_> = tags.iter().filter_map(|tag| tag.attribute("id")).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id twice in {}", figure.name);
        for label in tags[0].attribute("aria-labelledby").expect("labelled").split(' ') {
            assert!(ids.contains(&label), "{}: no {label}", figure.name);
        }
        assert!(!figure.svg.contains("NaN") && !figure.svg.contains("inf"), "{}", figure.name);
        assert!(!figure.title.is_empty() && !figure.caption.is_empty());
    }
    figures
}

#[test]
fn a_full_run_has_every_figure() {
    let figures = check_all(&synthetic::results(6));
    let names: Vec<_> = figures.iter().map(|figure| figure.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "map_size_class",
            "map_depth_class",
            "map_size_clusters_2018",
            "map_size_clusters_2021",
            "map_depth_clusters_2018",
            "map_depth_clusters_2021",
            "map_size_significance_2021",
            "map_depth_significance_2021",
            "moran_scatter_size",
            "moran_scatter_depth",
            "map_quadrants",
            "quadrant_scatter",
            "moran",
            "nation_emissions_and_sink",
            "nation_footprint_and_capacity",
            "groups",
            "hindsight",
            "drivers",
            "waterfall",
            "balance",
            "transitions",
            "gravity_centres",
        ]
    );
}

#[test]
fn marks_know_their_regions() {
    let results = synthetic::results(6);
    let expected: BTreeSet<_> = results.regions_info.iter().map(|info| info.id.to_string()).collect();
    let figures = figures(&results, Language::English).unwrap();
    for name in [
        "map_size_class",
        "map_depth_clusters_2021",
        "map_quadrants",
        "quadrant_scatter",
        "moran_scatter_size",
        "hindsight",
        "balance",
        "transitions",
    ] {
        assert_eq!(regions_of(figure(&figures, name)), expected, "{name}");
    }
}

#[test]
fn levers_and_trade_are_drawn_where_there_are_some() {
    let results = synthetic::with_levers(4);
    let figures = check_all(&results);
    let names: Vec<_> = figures.iter().map(|figure| figure.name.as_str()).collect();
    assert_eq!(names[names.len() - 2..], ["levers", "map_sink_trading"]);
    let levers = figure(&figures, "levers");
    assert!(levers.svg.contains("cleaner &lt;plants&gt;: 3.00 Mt C, alone 3.75"), "{}", levers.svg);
    assert!(levers.svg.contains("dry: −2.00 Mt C, alone −2.00"), "a burden is below zero");
    assert!(levers.caption.contains("emissions −3.00 Mt C, sink −2.00 Mt C"), "{}", levers.caption);
    let map = figure(&figures, "map_sink_trading");
    assert!(map.svg.contains("Region 0 to Region 1: 4.00 Mt C over 120 km"), "{}", map.svg);
    assert!(map.svg.contains("surplus of 9.00 Mt C, 4.00 Mt C of it traded"), "{}", map.svg);
    assert!(map.caption.contains("2.00 Mt C of deficit stay uncovered"), "{}", map.caption);
    // The shaft is the seller's and the head the buyer's, so that either finds its flows.
    let tags = markup::tags(&map.svg).unwrap();
    let arc = |fill: &str| {
        let is_arc = |tag: &&markup::Tag| {
            tag.name == "path" && tag.attribute("class").is_none() && tag.attribute("fill") == Some(fill)
        };
        tags.iter().filter(is_arc).find_map(|tag| tag.attribute("data-region").map(str::to_owned))
    };
    assert_eq!(arc("none").as_deref(), Some("110000"));
    assert_eq!(arc("#3b3a63").as_deref(), Some("120000"));
}

#[test]
fn an_account_without_flows_says_so() {
    let mut results = synthetic::with_levers(4);
    results.trade_flows.clear();
    let figures = check_all(&results);
    assert!(figure(&figures, "map_sink_trading").caption.contains("There is no flow"));
    results.boundaries.clear();
    check_all(&results);
}

#[test]
fn clusters_have_the_colours_of_geoda() {
    let figures = figures(&synthetic::results(6), Language::English).unwrap();
    let tags = markup::tags(&figure(&figures, "map_size_clusters_2018").svg).unwrap();
    let fills: Vec<_> = tags
        .iter()
        .filter(|tag| tag.name == "path" && tag.attribute("data-region").is_some())
        .filter_map(|tag| tag.attribute("fill"))
        .collect();
    assert_eq!(fills, ["#FF0000", "#eeeeee", "#0000FF", "#f4ada8", "#eeeeee", "#a7adf9"]);
}

#[test]
fn a_crossing_is_marked_and_told() {
    let figures = figures(&synthetic::results(6), Language::English).unwrap();
    let nation = figure(&figures, "nation_emissions_and_sink");
    assert!(nation.svg.contains("2023: above sink-2025"), "{}", nation.caption);
    assert!(nation.caption.contains("in 2023"), "{}", nation.caption);
    assert!(!nation.caption.contains("ceiling"), "{}", nation.caption);
}

#[test]
fn draws_have_figures_of_their_own() {
    let results = synthetic::with_draws(6);
    let figures = check_all(&results);
    let names: Vec<_> = figures.iter().map(|figure| figure.name.as_str()).collect();
    let drawn = ["nation_uncertainty", "threshold_probability", "threshold_probability_regions", "tornado"];
    assert_eq!(names[names.len() - 4..], drawn);
    let tornado = figure(&figures, "tornado");
    assert!(
        tornado.caption.contains("sink-2025: rate <a> from −20.0 to 60.0, level from 10.0 to 30.0 (Mt C)."),
        "{}",
        tornado.caption
    );
    assert!(!tornado.caption.contains("Errors of the past"), "{}", tornado.caption);
    let mut with_errors = synthetic::with_draws(6);
    let key = "uncertainty.inputs.projection.emissions.distribution";
    with_errors.keys.push((key.to_owned(), "residuals".to_owned()));
    let with_errors = check_all(&with_errors);
    let tornado = &figure(&with_errors, "tornado").caption;
    assert!(tornado.contains("Errors of the past (projection.emissions) have no low"), "{tornado}");
    let heat = figure(&figures, "threshold_probability_regions");
    assert!(heat.svg.contains("Region 5, 2025: 100.0 % above capacity"), "{}", heat.svg);
    assert_eq!(regions_of(heat).len(), 6);
    assert!(
        figure(&figures, "nation_uncertainty").svg.contains("2023: above"),
        "the median crosses where the line does"
    );
    assert_eq!(regions_of(heat), results.regions_info.iter().map(|info| info.id.to_string()).collect());
}

#[test]
fn draws_without_thresholds_say_so() {
    let mut results = synthetic::with_draws(6);
    results.threshold_probability.clear();
    results.sensitivity.clear();
    let figures = check_all(&results);
    assert!(figure(&figures, "threshold_probability_regions").caption.contains("No threshold"));
    assert!(figure(&figures, "tornado").caption.contains("does not ask"));
}

#[test]
fn the_waterfall_ends_where_the_last_year_is() {
    let results = synthetic::results(6);
    let row = results.decomposition.iter().find(|row| row.scope == "nation" && row.span == "whole").unwrap();
    let end = results.nation.iter().find(|nation| nation.year == row.to).unwrap().ice_t.unwrap();
    let start = results.nation.iter().find(|nation| nation.year == row.from).unwrap().ice_t.unwrap();
    let change = row.change.unwrap();
    let figures = figures(&results, Language::English).unwrap();
    let svg = &figure(&figures, "waterfall").svg;
    let last = icf_units::Quantity::get(start) + change;
    assert!(svg.contains(&format!("{} {:.0} Mt C", row.to, last / 1e6)), "{last} {end:?} {svg}");
}

#[test]
fn centres_leave_a_track_with_its_years() {
    let figures = check_all(&synthetic::with_centres(6));
    let track = figure(&figures, "gravity_centres");
    assert!(track.svg.contains("footprint 2018: 100.50 °E, 30.50 °N"), "{}", track.svg);
    assert!(track.caption.contains("The centre of footprint"), "{}", track.caption);
    let mut none = synthetic::with_centres(6);
    none.gravity_centres.iter_mut().for_each(|row| row.longitude = None);
    assert!(figure(&check_all(&none), "gravity_centres").caption.contains("No centre"));
}

#[test]
fn a_steep_depth_gets_a_logarithmic_axis_and_says_so() {
    let mut results = synthetic::results(6);
    let plain = figures(&results, Language::English).unwrap();
    assert!(!figure(&plain, "quadrant_scatter").caption.contains("logarithmic"));
    for row in results.regions.iter_mut().filter(|row| row.region.as_str() == "160000") {
        row.depth = Some(icf_units::Ratio::new(240.0));
    }
    let steep = check_all(&results);
    assert!(figure(&steep, "quadrant_scatter").caption.contains("logarithmic"));
}

#[test]
fn missing_values_leave_gaps_not_lines() {
    let mut results = synthetic::results(5);
    for row in results.regions.iter_mut().filter(|row| row.region.as_str() == "120000") {
        (row.depth, row.icf_hm2, row.size_hm2_per_capita) = (None, None, None);
        (row.size_class, row.depth_class, row.quadrant) = (None, None, None);
    }
    let figures = check_all(&results);
    assert!(figure(&figures, "map_depth_class").svg.contains("Region 1: no value"));
    assert!(!regions_of(figure(&figures, "balance")).contains("120000"));
    assert!(figure(&figures, "quadrant_scatter").caption.contains("One region without both values"));
}

#[test]
fn a_bare_run_says_what_is_missing() {
    let figures = check_all(&synthetic::bare());
    let says = |name: &str, words: &str| {
        let found = figure(&figures, name);
        assert!(found.caption.contains(words), "{name}: {}", found.caption);
    };
    says("map_size_class", "no classes");
    says("map_depth_clusters", "no local statistics");
    says("map_quadrants", "no boundaries");
    says("moran", "no global statistics");
    says("groups", "no groups");
    says("transitions", "no transitions");
    says("balance", "No region is in deficit");
    says("map_size_significance", "no local statistics");
    says("moran_scatter_size", "no local statistics");
    says("waterfall", "The run cannot tell");
    says("gravity_centres", "no boundaries");
}

#[test]
fn no_region_at_all_is_no_failure() {
    let mut results = synthetic::bare();
    results.regions_info.clear();
    results.regions.clear();
    results.nation.clear();
    check_all(&results);
}

#[test]
fn hostile_names_stay_text() {
    let mut results = synthetic::results(4);
    for info in &mut results.regions_info {
        info.name = r#""'><script>alert(1)</script>&"#.to_owned();
    }
    results.thresholds[0].threshold = "<svg onload=alert(1)>".to_owned();
    for figure in check_all(&results) {
        assert!(!figure.svg.contains("<script") && !figure.svg.contains("<svg onload"), "{}", figure.name);
    }
}

#[test]
fn equal_results_give_equal_bytes() {
    assert_eq!(
        figures(&synthetic::results(6), Language::English).unwrap(),
        figures(&synthetic::results(6), Language::English).unwrap()
    );
}

#[test]
fn unreadable_boundaries_are_an_error() {
    let mut results = synthetic::results(4);
    results.boundaries = "{".to_owned();
    assert_eq!(figures(&results, Language::English).unwrap_err().to_string(), "the map cannot be drawn");
}

#[test]
fn a_range_is_drawn_around_what_the_models_say_alone() {
    let mut results = synthetic::results(6);
    let drawn = |results: &RunResults| {
        let figures = figures(results, Language::English).unwrap();
        let nation = figure(&figures, "nation_emissions_and_sink");
        (
            nation.svg.matches("\"f-range f-load\"").count(),
            nation.caption.contains("holds the truth with 80 %"),
        )
    };
    assert_eq!(drawn(&results), (1, true));
    // A lever has moved the emissions away from what the models say.
    for row in &mut results.bands {
        row.value *= 1.01;
    }
    assert_eq!(drawn(&results), (0, false));
}

#[test]
fn effects_are_stacked_from_zero_on_both_sides() {
    let figures = figures(&synthetic::results(6), Language::English).unwrap();
    let drivers = figure(&figures, "drivers");
    for class in ["f-residents", "f-product", "f-intensity", "f-mix"] {
        // Two groups, the nation, and the key.
        assert_eq!(drivers.svg.matches(&format!("\"f-driver {class}\"")).count(), 4, "{class}");
    }
    assert!(drivers.caption.contains("current prices"));
}
