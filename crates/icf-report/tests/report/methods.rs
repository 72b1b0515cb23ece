//! The paragraph of methods says what the run did, and nothing that it did not.

use icf_report::{Language, methods};

use crate::synthetic;

#[test]
fn it_says_what_the_run_has_and_cites_what_it_says() {
    let results = synthetic::results(6);
    let text = methods(&results, Language::English);
    let (paragraph, references) = text.split_once("## References").unwrap();
    for words in ["Industrial carbon emissions (ICE) of 6 regions", "Moran's I", "3.315", "seed"] {
        assert!(paragraph.contains(words), "{words}\n{paragraph}");
    }
    // Each work of the list is named in the text by its first author and year.
    let listed: Vec<&str> = references.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    assert!(listed.len() >= 5 && listed.is_sorted(), "{references}");
    let (paragraph, _) = paragraph.split_once("## Assumptions").unwrap();
    for entry in listed {
        let author = entry.split_whitespace().next().unwrap();
        let year = entry.split_once('(').unwrap().1.split_once(')').unwrap().0;
        assert!(paragraph.contains(author) && paragraph.contains(year), "{entry}");
    }
}

#[test]
fn what_a_run_has_not_is_not_said() {
    let bare = methods(&synthetic::bare(), Language::English);
    for words in ["Moran", "drawn", "decomposed", "projected", "Anselin"] {
        assert!(!bare.contains(words), "{words}\n{bare}");
    }
}

#[test]
fn in_chinese_it_cites_the_same_works() {
    let results = synthetic::results(6);
    let [english, chinese] =
        [Language::English, Language::Chinese].map(|language| methods(&results, language));
    let count = |text: &str, heading: &str| {
        let section =
            text.split("\n## ").find(|section| section.starts_with(heading)).expect("the section is there");
        section.lines().filter(|line| line.starts_with("- ")).count()
    };
    assert_eq!(count(&english, "References"), count(&chinese, "参考文献"));
    assert_eq!(count(&english, "Assumptions"), results.assumptions.len());
    assert!(chinese.contains("方恺 (2013)") && english.contains("Fang K. (2013)"));
    assert!(chinese.starts_with("# 方法\n\n6 个区域"), "{chinese}");
}
