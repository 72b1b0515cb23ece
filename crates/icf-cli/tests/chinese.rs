//! Runs that speak Chinese: other words, the same numbers.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what the program wrote"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::BTreeSet;
use std::fs;

use support::{icf_in, root, stderr};

#[test]
fn the_language_changes_no_table_and_no_map() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = root().join("scenarios/baseline.yaml");
    let baseline = baseline.to_str().unwrap();
    for (language, out) in [("en", "english"), ("zh", "chinese")] {
        let output = icf_in(folder.path(), &["run-scenario", baseline, "--lang", language, "--out", out]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    let read = |run: &str, file: &str| fs::read(folder.path().join(run).join(file)).unwrap();
    for file in [
        "tables/regions.csv",
        "tables/thresholds.csv",
        "tables/lisa.csv",
        "maps/regions.geojson",
        "tables/datapackage.json",
    ] {
        assert_eq!(read("english", file), read("chinese", file), "{file}");
    }
    let captions = String::from_utf8(read("chinese", "figures/captions.md")).unwrap();
    assert!(captions.starts_with("# 图题\n\n底图边界取自数据集"), "{}", &captions[..80]);
    let page = String::from_utf8(read("chinese", "report.html")).unwrap();
    assert!(page.contains("2022 年，30 个区域的工业排放"), "the answer comes first");
    assert!(page.contains(">广东</button>"));
    for (run, words) in [("english", "no approved base map"), ("chinese", "无审图号")] {
        let text = |file: &str| String::from_utf8(read(run, file)).unwrap();
        for file in ["report.html", "figures/captions.md"] {
            assert_eq!(text(file).matches(words).count(), 1, "{run} {file}");
        }
    }
    let figure = String::from_utf8(read("chinese", "figures/balance.svg")).unwrap();
    assert!(figure.contains("各区域的碳盈余与碳赤字"));
}

/// The texts of a page between its tags and in its data, without style, script and the scenario.
fn texts(page: &str) -> Vec<String> {
    let mut shown = page.to_owned();
    for (open, close) in [("<style>", "</style>"), ("<script>", "</script>"), ("<pre", "</pre>")] {
        while let Some(start) = shown.find(open) {
            let end = start + shown[start..].find(close).unwrap() + close.len();
            shown.replace_range(start..end, "");
        }
    }
    let plain = shown.replace("&#39;", "'").replace("&amp;", "&").replace("&#38;", "&");
    // What stands in quotes after these is nothing that is read, nor is what the script calls a group.
    let is_name = |before: &str| before.ends_with("class=") || before.ends_with("content=");
    let pieces: Vec<&str> = plain.split('"').collect();
    let read = pieces.iter().enumerate().filter(|(place, piece)| {
        !piece.starts_with("group:") && (*place == 0 || !is_name(pieces[place - 1]))
    });
    read.flat_map(|(_, piece)| piece.split(['<', '>'])).map(|text| text.trim().to_owned()).collect()
}

/// What the program says in the cells of real runs is known to the page: it stays English in what scenarios and data say only.
#[test]
fn no_sentence_of_the_program_stays_english() {
    let folder = tempfile::tempdir().unwrap();
    let mut found = Vec::new();
    for scenario in ["baseline", "as-published", "levers", "backwards", "early-peak", "uncertain"] {
        let file = root().join("scenarios").join(format!("{scenario}.yaml"));
        let set =
            "outputs={ tables: [csv], maps: [], figures: false, page: true, exchange: [], language: zh }";
        let run = ["run-scenario", file.to_str().unwrap(), "--set", set, "--quiet", "--out", scenario];
        let output = icf_in(folder.path(), &run);
        assert!(output.status.success(), "{}", stderr(&output));
        let page = fs::read_to_string(folder.path().join(scenario).join("report.html")).unwrap();
        let start = page.find("<pre").unwrap();
        let yaml = page[start..start + page[start..].find("</pre>").unwrap()]
            .replace("&#39;", "'")
            .replace("''", "'");
        // A long text is broken into lines.
        let yaml: String = yaml.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_word = |word: &&str| {
            *word != "null" && word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase())
        };
        let is_english = |text: &&String| {
            let words: Vec<&str> =
                text.split([' ', ',', ';', ':', '(', ')']).filter(|word| !word.is_empty()).collect();
            words.windows(2).any(|words| words.iter().all(is_word))
        };
        let methods = fs::read_to_string(folder.path().join(scenario).join("methods.md")).unwrap();
        let (told, _) = methods.split_once("\n## 参考文献").unwrap();
        let mut all = texts(&page);
        all.extend(told.split(['\n', '：', '（', '）', '。']).map(str::to_owned));
        assert!(all.len() > 5000);
        let left: BTreeSet<&String> =
            all.iter().filter(is_english).filter(|text| !yaml.contains(text.as_str())).collect();
        found.extend(left.into_iter().map(|text| format!("{scenario}: {text}")));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn other_languages_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = root().join("scenarios/baseline.yaml");
    let output = icf_in(folder.path(), &["run-scenario", baseline.to_str().unwrap(), "--lang", "fr"]);
    assert_eq!(output.status.code(), Some(2));
    fs::write(
        folder.path().join("french.yaml"),
        format!("extends: {}\nname: french\noutputs: {{ language: fr }}\n", baseline.display()),
    )
    .unwrap();
    let output = icf_in(folder.path(), &["run-scenario", "french.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    let said = stderr(&output);
    assert!(said.contains("french.yaml:3:") && said.contains("zh"), "{said}");
}
