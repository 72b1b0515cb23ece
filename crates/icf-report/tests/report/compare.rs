//! The page that puts several runs side by side.

use icf_report::{ComparedRun, Language, compare_page};
use icf_results::{RunResults, Summary};

use crate::{markup, synthetic};

fn page_of(results: &[RunResults]) -> String {
    let summaries: Vec<Summary> = results.iter().map(Summary::of).collect();
    let runs: Vec<ComparedRun> = summaries
        .iter()
        .zip(results)
        .map(|(summary, results)| ComparedRun { summary, nation: &results.nation })
        .collect();
    let page = compare_page(&runs, Language::English).expect("the template holds");
    let tags = markup::tags(&page).unwrap_or_else(|error| panic!("{error}"));
    assert!(tags.iter().all(|tag| tag.name != "script" && tag.attribute("src").is_none()));
    page
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
