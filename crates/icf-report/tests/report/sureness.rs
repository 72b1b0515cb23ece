//! What the report says of draws of the figures that go in.

use icf_report::{Language, figures, page};
use icf_results::{
    ClusterProbabilityRow, InputErrorRow, MoranEnsembleRow, QuadrantProbabilityRow, RunResults,
};
use icf_units::{RegionId, Year};

use crate::{markup, synthetic};

const YEAR: i32 = 2021;

/// Made-up results in which the first region is high among high in some of the draws, and in quadrant I in the others.
fn results(of_high: f64) -> RunResults {
    let mut results = synthetic::results(4);
    let year = Year::new(YEAR);
    let cluster = |variable, region: &RegionId, p_hh: f64| {
        let (modal, p_modal) = if p_hh >= 0.5 { ("HH", p_hh) } else { ("ns", 1.0 - p_hh) };
        ClusterProbabilityRow {
            variable,
            year,
            region: region.clone(),
            cluster: Some("HH"),
            p_cluster: Some(p_hh),
            modal,
            p_modal,
            p_modal_se: 0.01,
            p_hh,
            p_ll: 0.0,
            p_lh: 0.0,
            p_hl: 0.0,
            p_ns: 1.0 - p_hh,
            p_undefined: 0.0,
            p_isolated: 0.0,
            draws: 500,
        }
    };
    let ids: Vec<RegionId> = results.regions_info.iter().map(|info| info.id.clone()).collect();
    for variable in ["size_hm2_per_capita", "depth"] {
        for (place, id) in ids.iter().enumerate() {
            let p = if place == 0 && variable == "depth" { of_high } else { 1.0 };
            results.cluster_probability.push(cluster(variable, id, p));
        }
        results.moran_ensemble.push(MoranEnsembleRow {
            variable,
            year,
            n: ids.len(),
            deterministic: Some(0.25),
            p_folded: Some(0.03),
            mean: Some(0.24),
            sd: Some(0.02),
            q025: Some(0.2),
            q10: Some(0.22),
            q50: Some(0.24),
            q90: Some(0.27),
            q975: Some(0.28),
            bin: Some(0.001),
            p_significant: 0.9,
            p_significant_se: 0.01,
            undefined: 0,
            draws: 500,
            note: String::new(),
        });
    }
    results.quadrant_probability = ids
        .iter()
        .map(|id| QuadrantProbabilityRow {
            year,
            region: id.clone(),
            quadrant: Some("I"),
            p_quadrant: Some(1.0),
            modal: "I",
            p_modal: 1.0,
            p_modal_se: 0.0,
            p_i: 1.0,
            p_ii: 0.0,
            p_iii: 0.0,
            p_iv: 0.0,
            draws: 500,
        })
        .collect();
    results.input_errors = vec![InputErrorRow {
        error: 1,
        of: "activity",
        items: "coke".to_owned(),
        regions: "all".to_owned(),
        each: "region and fuel".to_owned(),
        distribution: "lognormal: median 1, spread 1.05".to_owned(),
        q025: 0.91,
        q50: 1.0,
        q975: 1.1,
        factors: 4,
        source: String::new(),
    }];
    results
}

/// The colour of the first region on the map of the likeliest clusters of depth, and the marks on that map.
#[track_caller]
fn check(of_high: f64, colour: &str, marks: &[&str]) {
    let results = results(of_high);
    let figures = figures(&results, Language::English).expect("readable");
    let map =
        figures.iter().find(|figure| figure.name == "map_depth_likeliest_clusters_2021").expect("a map");
    let tags = markup::tags(&map.svg).expect("well-formed");
    let first = results.regions_info[0].id.as_str();
    let region = tags.iter().find(|tag| tag.name == "path" && tag.attribute("data-region") == Some(first));
    assert_eq!(region.and_then(|tag| tag.attribute("fill")), Some(colour));
    let marked = map.svg.matches("f-mark\"").count();
    assert_eq!(marked, marks.len());
    for mark in marks {
        assert!(map.svg.contains(&format!(">{mark}</text>")), "{mark}");
    }
    assert!(map.caption.contains("500 draws") && map.caption.contains("lognormal: median 1, spread 1.05"));
}

#[test]
fn a_label_is_the_paler_the_fewer_draws_have_it() {
    check(1.0, "#ff0000", &[]);
    check(0.95, "#ff0000", &[]);
    check(0.949, "#ff5757", &["94"]);
    check(0.7, "#ff9999", &["70"]);
    check(0.5, "#ffcccc", &["50"]);
    // What is not significant is pale already; the number alone says how sure that is.
    check(0.1, "#eeeeee", &["90"]);
}

#[test]
fn the_page_says_what_was_assumed_and_who_is_in_doubt() {
    let drawn = page(&results(0.7), Language::English).expect("readable");
    for words in [
        r#"<section id="sureness""#,
        "500 draws of the figures that go in",
        "7 of 8 cluster labels of the run, and 4 of 4 quadrants",
        "activity times lognormal: median 1, spread 1.05 (each region and fuel by itself)",
        "cluster of depth",
        "href=\"#sureness\"",
        "<caption>Likeliest clusters of depth, 2021</caption>",
        "<td>HH</td><td>70.0 %</td><td>HH</td><td>70.0 %</td>",
        "<caption>Likeliest quadrants, 2021</caption>",
    ] {
        assert!(drawn.contains(words), "{words}");
    }
    assert!(
        page(&results(1.0), Language::English)
            .expect("readable")
            .contains("Every label holds in at least 95.0 % of the draws.")
    );
    let without = page(&synthetic::results(4), Language::English).expect("readable");
    assert!(!without.contains(r##"id="sureness""##), "nothing is drawn");
    let names: Vec<String> = figures(&synthetic::results(4), Language::English)
        .expect("readable")
        .into_iter()
        .map(|figure| figure.name)
        .collect();
    assert!(names.iter().all(|name| !name.contains("likeliest")), "{names:?}");
}

#[test]
fn the_interval_of_moran_is_drawn() {
    let figures = icf_report::figures(&results(0.6), icf_report::Language::English).unwrap();
    let moran = figures.iter().find(|figure| figure.name == "moran").unwrap();
    // A bar with its two ends and the median, of each variable.
    assert_eq!(moran.svg.matches("class=\"f-interval ").count(), 2 * 4);
    assert!(moran.svg.contains("<title>2021: 95 % of the draws from 0.200 to 0.280</title>"));
    assert!(moran.caption.starts_with("Bars: 95 % of the draws"));
}
