//! Runs that speak Chinese: other words, the same numbers.
#![expect(clippy::disallowed_methods, reason = "a test writes scenarios and reads what the program wrote")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

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
    assert!(captions.starts_with("# 图题\n"), "{}", &captions[..80]);
    let page = String::from_utf8(read("chinese", "report.html")).unwrap();
    assert!(page.contains("2022 年，30 个区域的工业排放"), "the answer comes first");
    assert!(page.contains(">广东</button>"));
    let figure = String::from_utf8(read("chinese", "figures/balance.svg")).unwrap();
    assert!(figure.contains("各区域的生态盈余与赤字"));
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
