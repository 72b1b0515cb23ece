//! The page that puts several runs side by side.

use icf_report::{Compared, ComparedRun, Language, RegionYears, compare_page};
use icf_results::{Basis, RunResults, Summary};
use icf_units::{Hectares, TonnesCarbon, Year};

use crate::{markup, synthetic};

fn page_of(results: &[RunResults]) -> String {
    with_points(results, &[])
}

/// The page of some runs and of points that set a key each.
fn with_points(results: &[RunResults], swept: &[RunResults]) -> String {
    let summaries: Vec<Summary> = results.iter().chain(swept).map(Summary::of).collect();
    let settings = vec![("rate".to_owned(), "-1 %/yr".to_owned())];
    let regional: Vec<Vec<RegionYears>> =
        results.iter().map(|run| RegionYears::of(&run.regions)).chain(swept.iter().map(|_| vec![])).collect();
    let all: Vec<ComparedRun> = summaries
        .iter()
        .zip(results.iter().chain(swept))
        .enumerate()
        .map(|(place, (summary, run))| ComparedRun {
            summary,
            nation: &run.nation,
            settings: if place < results.len() { &[] } else { &settings },
            regional: &regional[place],
        })
        .collect();
    let (runs, points) = all.split_at(results.len());
    let (regions, boundaries) = (&results[0].regions_info, &results[0].boundaries);
    let compared = Compared { runs, points, regions, boundaries, has_tables: true };
    let page = compare_page(compared, Language::English).expect("the template holds");
    let tags = markup::tags(&page).unwrap_or_else(|error| panic!("{error}"));
    assert!(tags.iter().all(|tag| tag.name != "script" && tag.attribute("src").is_none()));
    let ids: Vec<_> = tags.iter().filter_map(|tag| tag.attribute("id")).collect();
    let unique: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "an id stands twice");
    page
}

/// The results under another name, with other emissions of one region at the horizon.
fn other(name: &str, region: usize, share: f64) -> RunResults {
    let mut other = synthetic::results(6);
    other.scenario = name.to_owned();
    let id = other.regions_info[region].id.clone();
    let horizon = other.horizon;
    let row = other.regions.iter_mut().find(|row| row.region == id && row.year == horizon).expect("there");
    row.ice_t = row.ice_t.map(|ice| TonnesCarbon::new(ice.get() * share));
    row.icf_hm2 = row.icf_hm2.map(|icf| Hectares::new(icf.get() * share));
    other
}

#[test]
fn runs_stand_side_by_side() {
    let mut other = synthetic::results(6);
    other.scenario = "other".to_owned();
    other.keys = vec![("projection.horizon".to_owned(), "2040".to_owned())];
    let page = page_of(&[synthetic::results(6), other]);
    for words in [
        "projection.horizon",
        "2040",
        "other",
        "Emissions and sink of the nation in each run",
        "Rank of each region",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn hostile_text_stays_text() {
    let mut hostile = synthetic::results(4);
    hostile.scenario = "<script>alert(1)</script>".to_owned();
    hostile.keys = vec![("a".to_owned(), "\"><img src=x>".to_owned())];
    for info in &mut hostile.regions_info {
        info.name = "<b>".to_owned();
    }
    page_of(&[synthetic::results(4), hostile]);
}

#[test]
fn runs_without_totals_say_so() {
    let mut bare = synthetic::bare();
    bare.nation.clear();
    assert!(page_of(&[bare.clone(), bare]).contains("The runs have no national totals."));
}

/// Region 1 emits 51.2 Mt C in 2025: 40 Mt that grow by 4 % of themselves a year, for seven years.
#[test]
fn each_run_has_a_map_of_how_it_differs() {
    let page = page_of(&[
        synthetic::results(6),
        other("more", 1, 1.5),
        other("less", 2, 0.5),
        other("same", 0, 1.0),
    ]);
    let maps: Vec<&str> = page.split("difference_emissions_").collect();
    assert!(page.contains("The same in every region: same."));
    let title = |number: usize| page.contains(&format!("id=\"difference_emissions_{number}-title\""));
    assert!(title(0) && title(1) && !title(2) && maps.len() > 2);
    for words in [
        "More in 1 regions, less in 0, the same in 5. Most, in Mt C: Region 1 +25.6.",
        "More in 0 regions, less in 1, the same in 5. Most, in Mt C: Region 2 −38.4.",
        "<td>Region 1</td><td>51.20</td><td>76.80</td><td>+25.6</td><td>Mt C</td>",
        "<title>Region 1: +10 to +30</title>",
        "<title>Region 2: −30 to −100</title>",
        "<title>Region 0: the same</title>",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn runs_that_cannot_be_held_against_the_first_are_named() {
    let mut printed = other("printed", 1, 2.0);
    printed.basis = Basis::AsPrinted;
    let page = page_of(&[synthetic::results(6), printed]);
    let said =
        "On another basis than trial, or without its regions in 2025, so not held against it: printed.";
    assert!(page.contains(said));
    // Areas are hectares on every basis.
    assert!(page.contains("difference_balance_0-title") && !page.contains("difference_emissions_0-title"));
}

/// The results up to an earlier year.
fn ending(mut results: RunResults, year: i32) -> RunResults {
    let year = Year::new(year);
    results.horizon = year;
    results.regions.retain(|row| row.year <= year);
    results.nation.retain(|row| row.year <= year);
    results
}

#[test]
fn runs_that_end_in_different_years_are_held_against_each_other_in_the_last_that_all_have() {
    // In 2024 region 1 emits half as much again in it.
    let mut short = ending(other("short", 2, 1.0), 2024);
    let id = short.regions_info[1].id.clone();
    let row = short.regions.iter_mut().find(|row| row.region == id && row.year == short.horizon);
    let row = row.expect("there");
    let before = row.ice_t.expect("known").get();
    row.ice_t = Some(TonnesCarbon::new(before * 1.5));
    // The base ends later, and is told in 2024 too; so is a third run, which differs in 2025 alone.
    let page = page_of(&[synthetic::results(6), short.clone(), other("late", 1, 3.0)]);
    for words in [
        "The runs end in different years; 2024 is the last that all of them have.",
        "less that of trial in 2024, ",
        "The same in every region: late.",
        "<td>trial (to 2025)</td>",
        "<td>short (to 2024)</td>",
        "Emissions at the horizon",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let more = format!("Region 1 +{:.1}", before / 2.0 / 1e6);
    assert!(page.contains(&more), "{more}");
    // The other way round it is the same year.
    let page = page_of(&[short, synthetic::results(6)]);
    assert!(
        page.contains("less that of short in 2024, ")
            && page.contains(&format!("Region 1 −{:.1}", before / 2.0 / 1e6))
    );
    // A point of a sweep is known at its horizon alone.
    let page = with_points(&[synthetic::results(6)], &[ending(other("p1", 1, 1.0), 2024)]);
    assert!(page.contains("or without its regions in 2025, so not held against it: p1."));
}

#[test]
fn a_run_that_differs_little_says_so() {
    let page = page_of(&[synthetic::results(6), other("much", 1, 1.5), other("little", 1, 1.005)]);
    let said = "Slight on the scale of all maps: the largest difference here is 1.0 % of the largest in any";
    assert!(page.matches("Slight on the scale").count() >= 1 && page.contains(said), "{said}");
    assert!(!page_of(&[synthetic::results(6), other("little", 1, 1.005)]).contains("Slight"));
}

#[test]
fn a_crossing_is_marked_in_its_panel() {
    // Of five regions emissions are 300 + 12 and sinks 350 − 1.5 Mt C a year: in the fourth year they cross, of four never.
    assert!(page_of(&[synthetic::results(5), synthetic::results(5)]).contains("crossed in 2022."));
    assert!(page_of(&[synthetic::results(4), synthetic::results(4)]).contains("no crossing."));
}

#[test]
fn a_long_sweep_is_shown_in_part_and_says_so() {
    let swept: Vec<RunResults> =
        (1..=200).map(|number| other(&format!("p{number}"), 1, 1.0 + f64::from(number) / 100.0)).collect();
    let page = with_points(&[synthetic::results(6)], &swept);
    assert!(page.contains("12 of 201 runs, spread evenly over their order."));
    assert!(page.contains("11 of 200 runs that differ, spread evenly over their order"));
    assert!(page.contains("p200: rate -1 %/yr") && page.contains("201 runs"));
    // The points have no column in what differs.
    let ranking = page.split("id=\"table-ranking\"").nth(1).and_then(|rest| rest.split("</thead>").next());
    assert!(ranking.is_some_and(|head| head.contains("trial") && !head.contains("p1")));
    assert!(page.len() < 1_500_000, "{}", page.len());
}

#[test]
fn runs_without_boundaries_have_their_differences_as_tables() {
    let mut base = synthetic::results(6);
    base.boundaries.clear();
    let page = page_of(&[base, other("more", 1, 1.5)]);
    assert!(page.contains("there is no map") && page.contains("<td>+25.6</td>"));
}
