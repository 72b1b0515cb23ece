//! Figures and pages in Chinese say what they say in English.

use std::collections::BTreeSet;

use icf_report::{Compared, ComparedRun, Language, compare_page, figures, page};
use icf_results::{RunResults, Summary};

use crate::{markup, synthetic};

/// The texts between the tags of a page, without its script, style and data.
fn texts(page: &str) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    let mut rest = page;
    while let Some(start) = rest.find('>') {
        let tag_start = rest[..start].rfind('<').unwrap_or(0);
        let is_code = rest[tag_start..].starts_with("<script") || rest[tag_start..].starts_with("<style");
        rest = &rest[start + 1..];
        let end = if is_code {
            rest.find("</").unwrap_or(rest.len())
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        if !is_code {
            let text = rest[..end].replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&");
            texts.insert(text.replace("&#60;", "<").replace("&#62;", ">").trim().to_owned());
        }
        rest = &rest[end..];
    }
    texts
}

/// Whether a text holds two English words in a row.
fn is_english(text: &str) -> bool {
    let is_word = |word: &str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    text.split(' ')
        .map(|word| word.trim_matches([',', '.', ';', ':']))
        .collect::<Vec<_>>()
        .windows(2)
        .any(|pair| pair.iter().all(|word| is_word(word)))
}

/// No text of the page in Chinese is English, unless the results themselves say it.
#[track_caller]
fn check(results: &RunResults) {
    let chinese = page(results, Language::Chinese).expect("readable");
    let tags = markup::tags(&chinese).unwrap_or_else(|error| panic!("{error}"));
    assert!(tags.iter().any(|tag| tag.name == "html" && tag.attribute("lang") == Some("zh")));
    let own = format!("{results:?}");
    for text in texts(&chinese).iter().filter(|text| is_english(text)) {
        let said = format!("{text:?}");
        assert!(own.contains(&said[1..said.len() - 1]), "{text}");
    }
}

#[test]
fn nothing_of_the_page_stays_english() {
    check(&synthetic::results(6));
    check(&synthetic::results(1));
    check(&synthetic::bare());
}

#[test]
fn regions_have_their_chinese_names_first_and_the_others_beside() {
    let mut results = synthetic::results(4);
    results.regions_info[0].name = "Beijing".to_owned();
    results.regions_info[0].name_zh = "北京".to_owned();
    results.regions_info[1].name = "Nameless".to_owned();
    results.regions_info[1].name_zh.clear();
    let chinese = page(&results, Language::Chinese).unwrap();
    assert!(chinese.contains(r#">北京</button> <span lang="en">Beijing</span>"#));
    assert!(chinese.contains(">Nameless</button></th>"));
    let english = page(&results, Language::English).unwrap();
    assert!(english.contains(r#">Beijing</button> <span lang="zh">北京</span>"#));
}

#[test]
fn figures_are_the_same_drawings_with_other_words() {
    let results = synthetic::results(6);
    let english = figures(&results, Language::English).unwrap();
    let chinese = figures(&results, Language::Chinese).unwrap();
    let names =
        |figures: &[icf_report::Figure]| figures.iter().map(|figure| figure.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&english), names(&chinese));
    let own = format!("{results:?}");
    for (english, chinese) in english.iter().zip(&chinese) {
        assert_ne!(english.title, chinese.title, "{}", english.name);
        assert_ne!(english.caption, chinese.caption, "{}", english.name);
        assert_eq!(
            english.svg.matches("<path").count(),
            chinese.svg.matches("<path").count(),
            "{}",
            english.name
        );
        for text in texts(&chinese.svg).iter().filter(|text| is_english(text)) {
            assert!(own.contains(text.as_str()), "{}: {text}", chinese.name);
        }
    }
}

#[test]
fn a_comparison_speaks_chinese() {
    let mut results = [synthetic::results(6), synthetic::results(6)];
    results[1].scenario = "other".to_owned();
    for row in &mut results[1].regions {
        row.cec_hm2 = None;
    }
    results[0].regions_info[0].name_zh = "北京".to_owned();
    let summaries: Vec<Summary> = results.iter().map(Summary::of).collect();
    let runs: Vec<ComparedRun> = summaries
        .iter()
        .zip(&results)
        .map(|(summary, results)| ComparedRun {
            summary,
            nation: &results.nation,
            settings: &[],
            regional: &[],
        })
        .collect();
    let compared = Compared {
        runs: &runs,
        points: &[],
        regions: &results[0].regions_info,
        boundaries: &results[0].boundaries,
        has_tables: true,
    };
    let chinese = compare_page(compared, Language::Chinese).unwrap();
    assert!(chinese.contains("北京"));
    let own = format!("{results:?}");
    for text in texts(&chinese).iter().filter(|text| is_english(text)) {
        assert!(own.contains(text.as_str()), "{text}");
    }
}
