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

/// What a scenario or a data set says, which stays as it was said.
fn own(results: &RunResults) -> String {
    let sources = results.assumptions.iter().map(|row| &row.source);
    let sources = sources.chain(results.fuel_factors.iter().map(|row| &row.source));
    let names = results.regions_info.iter().map(|info| &info.name);
    let names = names.chain(results.lever_effects.iter().map(|row| &row.name));
    let told: Vec<&String> = [&results.scenario, &results.description, &results.resolved_yaml]
        .into_iter()
        .chain(sources)
        .chain(names)
        .collect();
    format!("{told:?}")
}

/// No text of the page in Chinese is English, unless a scenario or a data set says it.
#[track_caller]
fn check(results: &RunResults) {
    let chinese = page(results, Language::Chinese).expect("readable");
    let tags = markup::tags(&chinese).unwrap_or_else(|error| panic!("{error}"));
    assert!(tags.iter().any(|tag| tag.name == "html" && tag.attribute("lang") == Some("zh")));
    let own = own(results);
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
    check(&synthetic::with_draws(6));
    check(&synthetic::with_levers(6));
}

/// A PNG has the font that comes with the crate, and what that lacks is left blank.
#[test]
fn the_font_has_every_character_of_the_figures() {
    let runs = [synthetic::results(6), synthetic::with_draws(6), synthetic::with_levers(6)];
    let drawn = runs.iter().flat_map(|results| figures(results, Language::Chinese).unwrap());
    let characters: BTreeSet<char> =
        drawn.flat_map(|figure| figure.svg.chars().collect::<Vec<_>>()).collect();
    let png = |text: &str| {
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text x="2" y="16" font-size="14">{text}</text></svg>"#
        );
        icf_report::png(&svg).unwrap()
    };
    let blank = png(" ");
    let lacking: String = characters
        .iter()
        .filter(|character| **character > '\u{2e80}' && png(&character.to_string()) == blank)
        .collect();
    assert_eq!(lacking, "");
    assert!(characters.contains(&'阈') && characters.len() > 200, "{}", characters.len());
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
    let own = own(&results);
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
fn a_threshold_is_named_by_what_it_is_of_and_keeps_its_own_name() {
    let mut results = synthetic::results(6);
    for (key, value) in [("name", "sink-2025"), ("kind", "emissions")] {
        results.keys.push((format!("thresholds[0].{key}"), value.to_owned()));
    }
    let chinese = page(&results, Language::Chinese).unwrap().replace('\u{a0}', " ");
    assert!(chinese.contains("<dt>排放阈值 sink-2025（5.00 亿 t C）</dt>"));
    assert!(chinese.contains("<td>排放阈值 sink-2025</td>"));
    assert!(chinese.contains("阈值 ceiling（9.00 亿 t C）"), "of which nothing is known");
    let english = page(&results, Language::English).unwrap().replace('\u{a0}', " ");
    assert!(english.contains("<dt>Threshold sink-2025 (0.500 Gt C)</dt>"));
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
    let own = results.each_ref().map(own).concat();
    for text in texts(&chinese).iter().filter(|text| is_english(text)) {
        assert!(own.contains(text.as_str()), "{text}");
    }
}
