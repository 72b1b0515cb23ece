//! The JSON schema that editors read says of a scenario what the program says.
//!
//! jsonschema and ruamel.yaml are looked for in the Python that `ICF_PYTHON` names, else in `python3`; where they are not,
//! that half of the test says so and the program alone is asked.
#![expect(clippy::disallowed_methods, reason = "a test may panic, and reads what was written")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::{icf_in, python, root, stderr};

/// Lines behind `extends` and `name`, each with one mistake that a schema can see.
const MISTAKES: &[&str] = &[
    "projektion: { horizon: 2030 }",
    "x: a note whose key has no hyphen",
    "projection: { horzion: 2030 }",
    "projection: { horizon: soon }",
    "projection: { horizon: 2030.5 }",
    "projection: { horizon: 20300 }",
    "projection: { emissions: log-linear }",
    "projection: { emissions: { model: log-lineal } }",
    "projection: { sink: { model: rate, rate: -0.43 } }",
    "projection: { sink: { model: rate, rate: '-0.43' } }",
    "projection: { sink: { model: rate, rate: 0.43 % } }",
    "projection: { sink: { model: rate, rate: falling } }",
    "projection: { sink: { model: constant, rate: -0.43 %/yr } }",
    "projection: { emissions: { model: path, points: { soon: 90 % } } }",
    "projection: { emissions: { model: path, points: { 2025: 0.9 } } }",
    "projection: { regions: { Guangdong: { emission: { model: constant } } } }",
    "years: { first: 2000, last: 2022, step: 2 }",
    "years: { first: '2000' }",
    "years: 2022",
    "regions: { include: Guangdong }",
    "regions: { include: [] }",
    "regions: { groups: { bay: Guangdong } }",
    "accounting: { preset: honest }",
    "accounting: { non_energy: maybe }",
    "land: { classes: { forest: { npp: 3.8 } } }",
    "land: { classes: { forest: { npp: 3.8 m } } }",
    "land: { classes: { forest: { share: 1.5 } } }",
    "gaps: { policy: guess }",
    "gaps: { outliers: { rule: hampel, window: 0 } }",
    "spatial: { permutations: 9 }",
    "spatial: { significance: 0 }",
    "spatial: { weights: { kind: knn, km: 4 } }",
    "spatial: { local: [gini] }",
    "classes: { count: many }",
    "classes: { pooled: 'yes' }",
    "quadrants: { split: middle }",
    "quadrants: { split: { size: 1, width: 2 } }",
    "thresholds: { name: a, kind: depth, level: 1.5 }",
    "thresholds: [{ name: a, level: 1.5 }]",
    "thresholds: [{ name: a, kind: deep, level: 1.5 }]",
    "thresholds: [{ name: a, kind: depth, level: deep }]",
    "thresholds: [{ name: a, kind: depth, level: 1.5, scopes: [] }]",
    "outputs: { tables: [ods] }",
    "outputs: { figures: svg }",
    "land: { source: rasters, rasters: { files: { soon: a.tif }, codes: clcd } }",
    "land: { source: rasters, rasters: { files: {}, codes: clcd } }",
    "land: { source: rasters, rasters: { files: { 2000: a.tif }, codes: clcd, coverage: half } }",
    "variants: { flat: { name: other } }",
    "variants: { flat: { projection: { horzion: 2030 } } }",
    "sweep: { method: grid }",
    "sweep: { method: random, keys: { projection.horizon: [2030] } }",
    "sweep: { keys: { projection.horizon: [] } }",
    "sweep: { keys: { projection.horizon: 2030 } }",
    "sweep: { keys: { projection.horizon: { from: 2030 } } }",
    "compare: { fail_on: nation.deficit_year < 2030 }",
    "compare: { members: [bad], unless: x }",
];

/// Lines behind `extends` that may look like mistakes and are none.
const ODD: &[&str] = &[
    "name: 2030",
    "name: 吉林-2",
    "name: a\ndescription: 7\nx-note: { any: [1, thing] }",
    "name: a\nprojection: { sink: { model: rate, rate: \"−0.43%/year\" } }",
    "name: a\nprojection: { sink: { model: rate, rate: .5 % per year } }",
    "name: a\nprojection: { emissions: { model: path, points: { 2025: 102.5%, '2030': -0 % } } }",
    "name: a\nland: { classes: { forest: { npp: 3.8 tC / ha / yr } } }",
    "name: a\nthresholds: [{ name: 1, kind: capacity }, { name: b, kind: depth, level: '1.5' }, { name: c, kind: depth, level: 2 }]",
    "name: a\nthresholds: !unset",
    "name: a\nregions: { exclude: !append [460000, Ningxia] }",
    "name: a\nquadrants: { split: { size: 1, depth: 2 } }",
];

/// Whole files, each with one mistake.
const FILES: &[&str] = &[
    "extends: ../baseline.yaml\n",
    "extends: ../baseline.yaml\nname: a/b\n",
    "extends: []\nname: bad\n",
    "extends: { base: ../baseline.yaml }\nname: bad\n",
    "name: bad\ndata: china-provinces\n",
    "- name: bad\n",
];

/// Blocks of a page that are whole files.
fn examples(page: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(root().join("docs").join(page)).expect(page);
    let blocks = text.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks
        .filter_map(|block| {
            let name = block.lines().find_map(|line| line.strip_prefix("name: "))?;
            Some((format!("{name}.yaml"), block.to_owned()))
        })
        .collect()
}

/// Every scenario of the repository and of its pages, in one folder.
fn valid(folder: &Path) -> Vec<String> {
    let mut files = examples("scenarios.md");
    files.extend(examples("tutorial.md").into_iter().filter(|(name, _)| name != "typo.yaml"));
    for entry in std::fs::read_dir(root().join("scenarios")).expect("there") {
        let path = entry.expect("listed").path();
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        files.push((name, std::fs::read_to_string(&path).expect("text")));
    }
    let output = icf_in(folder, &["new", "mine", "--from", "early-peak"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let mut names = vec!["mine.yaml".to_owned()];
    for (index, lines) in ODD.iter().enumerate() {
        files.push((format!("odd-{index}.yaml"), format!("extends: baseline.yaml\n{lines}\n")));
    }
    for (name, text) in files {
        std::fs::write(folder.join(&name), text).expect("written");
        names.push(name);
    }
    names
}

#[test]
fn schema_and_program_agree() {
    let folder = tempfile::tempdir().expect("made");
    let [good, bad] = ["valid", "invalid"].map(|name| folder.path().join(name));
    std::fs::create_dir(&good).expect("made");
    std::fs::create_dir(&bad).expect("made");

    // Scenarios name rasters as seen from beside their folder.
    let rasters = folder.path().join("docs/landcover");
    std::fs::create_dir_all(&rasters).expect("made");
    for entry in std::fs::read_dir(root().join("docs/landcover")).expect("there") {
        let path = entry.expect("listed").path();
        std::fs::copy(&path, rasters.join(path.file_name().expect("a file"))).expect("copied");
    }
    let names = valid(&good);
    assert!(names.len() > 18, "{names:?}");
    let arguments: Vec<&str> = std::iter::once("validate").chain(names.iter().map(String::as_str)).collect();
    let output = icf_in(&good, &arguments);
    assert!(output.status.success(), "{}", stderr(&output));

    // The base lies above, so that the folder has wrong files only.
    std::fs::copy(root().join("scenarios/baseline.yaml"), folder.path().join("baseline.yaml"))
        .expect("copied");
    let lines = MISTAKES.iter().map(|lines| format!("extends: ../baseline.yaml\nname: bad\n{lines}\n"));
    for (index, text) in lines.chain(FILES.iter().map(|text| (*text).to_owned())).enumerate() {
        let name = format!("{index:02}.yaml");
        std::fs::write(bad.join(&name), &text).expect("written");
        let output = icf_in(&bad, &["validate", &name]);
        assert_eq!(output.status.code(), Some(3), "the program takes\n{text}{}", stderr(&output));
    }
    python::reads(
        "schema.py",
        "jsonschema, ruamel.yaml",
        &[root().join("docs/scenario.schema.json"), good, bad],
    );
}
