//! What the README and the docs show is what a reader gets.
#![expect(clippy::disallowed_methods, reason = "a test may panic, and reads what was written")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::BTreeSet;
use std::path::Path;

use support::table::{number, table};
use support::{icf, icf_in, root, stderr, stdout};

/// The commands of a Markdown page with what they print: `$ cargo xtask VERB …` or `$ icf VERB …` in fenced `console`
/// blocks. Of a command that ends in `|| echo "exit code $?"` the third is true.
fn transcripts(page: &str) -> Vec<(Vec<String>, String, bool)> {
    let text = std::fs::read_to_string(root().join(page)).expect(page);
    text.split("```console\n")
        .skip(1)
        .filter_map(|block| {
            let block = block.split("```").next()?;
            let (command, shown) = block.strip_prefix("$ ")?.split_once('\n')?;
            let arguments = command.strip_prefix("cargo xtask ").or_else(|| command.strip_prefix("icf "))?;
            let told = arguments.strip_suffix(r#" || echo "exit code $?""#);
            let words = words(told.unwrap_or(arguments));
            Some((words, shown.to_owned(), told.is_some()))
        })
        .collect()
}

/// The words of a command as a shell has them; single quotes hold blanks together.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for (number, part) in command.split('\'').enumerate() {
        let mut pieces = if number % 2 == 0 { part.split(' ').collect() } else { vec![part] }.into_iter();
        let last = words.last_mut().expect("there is a word from the start");
        last.push_str(pieces.next().expect("a text has a first piece"));
        words.extend(pieces.map(str::to_owned));
    }
    words
}

/// Copies the scenarios and the rasters they name to a folder, so that a command can be run there without leaving anything
/// behind.
fn workplace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for copied in ["scenarios", "docs/landcover"] {
        let target = folder.path().join(copied);
        std::fs::create_dir_all(&target).expect("the folder is writable");
        for entry in std::fs::read_dir(root().join(copied)).expect("there are scenarios and rasters") {
            let path = entry.expect("the folder can be read").path();
            std::fs::copy(&path, target.join(path.file_name().expect("a file has a name")))
                .expect("it can be copied");
        }
    }
    folder
}

/// Runs the commands of a page one after the other in a folder. A page may leave out what is long by a line `…`. A command
/// that tells its exit code fails, and shows its mistakes and that code after its data.
#[track_caller]
fn check(page: &str, folder: &Path, least: usize) {
    let transcripts = transcripts(page);
    assert!(transcripts.len() >= least, "{page} shows {} commands", transcripts.len());
    for (arguments, shown, fails) in transcripts {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output = icf_in(folder, &arguments);
        assert_eq!(output.status.success(), !fails, "{page}: {arguments:?}: {}", stderr(&output));
        let mut printed = stdout(&output);
        if fails {
            let code = output.status.code().expect("no signal ended it");
            printed += &format!("{}exit code {code}\n", stderr(&output));
        }
        match shown.split_once("…\n") {
            Some((start, end)) => assert!(
                printed.len() >= start.len() + end.len()
                    && printed.starts_with(start)
                    && printed.ends_with(end),
                "{page}: {arguments:?} prints something else:\n{printed}"
            ),
            None => assert_eq!(printed, shown, "{page} shows something else for {arguments:?}"),
        }
    }
}

#[test]
fn commands_of_the_readme() {
    check("README.md", workplace().path(), 2);
}

/// The page works on the run of the README's first command.
#[test]
fn commands_of_the_statistics() {
    let folder = workplace();
    let output = icf_in(folder.path(), &["run-scenario", "scenarios/baseline.yaml", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    check("docs/statistics.md", folder.path(), 10);
}

#[test]
fn commands_of_the_page_on_land_cover() {
    check("docs/landcover.md", &root(), 2);
}

#[test]
fn commands_of_the_page_on_the_garden() {
    check("docs/garden.md", workplace().path(), 2);
}

#[test]
fn commands_of_the_page_on_scenarios() {
    check("docs/scenarios.md", workplace().path(), 2);
}

/// A reader has an empty folder, and writes the page's files there: each under its `name`.
#[test]
fn commands_of_the_tutorial() {
    let page = std::fs::read_to_string(root().join("docs/tutorial.md")).expect("the page is there");
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for block in page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        let name = block.lines().find_map(|line| line.strip_prefix("name: ")).expect("each file has a name");
        std::fs::write(folder.path().join(format!("{name}.yaml")), block).expect("the folder is writable");
    }
    check("docs/tutorial.md", folder.path(), 7);
}

/// The cells of the table rows of a page's section.
fn cells_of(page: &str, heading: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(root().join(page)).expect(page);
    let section =
        text.split("\n## ").find(|section| section.starts_with(heading)).expect("the section is there");
    let rows = section.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.map(|row| row.split(" | ").map(str::to_owned).collect()).collect()
}

#[test]
fn the_example_of_the_method_is_that_of_the_baseline() {
    let folder = workplace();
    let output = icf_in(folder.path(), &["run-scenario", "scenarios/baseline.yaml", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let rows = cells_of("docs/method.md", "One province, one year");
    let run = folder.path().join("runs/baseline");
    let regions = table(&run, "regions");
    let jiangsu =
        regions.iter().find(|row| row["name"] == "Jiangsu" && row["year"] == "2021").expect("the row");
    let factors = table(&run, "fuel_factors");
    let energy = root().join("crates/icf-data/china-provinces/energy.csv");
    let energy = support::table::rows(&std::fs::read_to_string(energy).expect("the data are there"));
    let (mut sum, mut fuels) = (0.0, 0);
    for row in rows.iter().filter(|row| row.len() == 4) {
        let Some(factor) = factors.iter().find(|factor| factor["fuel"] == row[0]) else { continue };
        let is_it = |used: &&support::table::Row| {
            used["region"] == "320000" && used["year"] == "2021" && used["fuel"] == row[0]
        };
        let used = energy.iter().find(is_it).expect("the fuel is in the data");
        let scale = if used["unit"] == "1e4 t" { 1e7 } else { 1e8 };
        let [shown, given, tonnes] = [1, 2, 3].map(|place| row[place].parse::<f64>().expect("a number"));
        assert!((number(used, "quantity") * scale - shown).abs() < 1.0, "{row:?}");
        assert!((number(factor, "applied") - given).abs() < 1e-12, "{row:?}");
        assert!((shown * given / 1000.0 - tonnes).abs() < 0.006, "{row:?}");
        (sum, fuels) = (sum + tonnes, fuels + 1);
    }
    assert_eq!(fuels, 8);
    let land: Vec<&Vec<String>> =
        rows.iter().filter(|row| ["forest", "grassland"].contains(&row[0].as_str())).collect();
    assert_eq!(land.len(), 2);
    let assumed = table(&run, "assumptions");
    let mut sink = 0.0;
    for row in land {
        let [area, uptake, tonnes] = [1, 2, 3].map(|place| row[place].parse::<f64>().expect("a number"));
        let key = format!("land.classes.{}.npp", row[0]);
        let npp = assumed.iter().find(|row| row["key"] == key).expect("the uptake is an assumption");
        assert_eq!(npp["value"], format!("{uptake} t/hm2"));
        assert!((area * uptake - tonnes).abs() < 0.006, "{row:?}");
        sink += tonnes;
    }
    assert!((sink - number(jiangsu, "cs_t")).abs() < 0.02, "{sink}");
    assert!((sum - number(jiangsu, "ice_tco2")).abs() < 0.05, "{sum}");
    let columns = [
        ("emissions", "ice_tco2"),
        ("emissions, ICE", "ice_t"),
        ("sink, CS", "cs_t"),
        ("footprint, ICF", "icf_hm2"),
        ("capacity, CEC", "cec_hm2"),
        ("deficit", "deficit_hm2"),
        ("size", "size_hm2"),
        ("depth", "depth"),
        ("size × depth", "icf_hm2"),
    ];
    for (quantity, column) in columns {
        let row = rows.iter().find(|row| row[0] == quantity).expect(quantity);
        let shown = row[2].split(' ').next().expect("a figure");
        let decimals = shown.split_once('.').map_or(0, |(_, digits)| digits.len());
        assert_eq!(shown, format!("{:.decimals$}", number(jiangsu, column)), "{quantity}");
    }
}

/// Every page stands in the contents of the book, once, and so does nothing else.
#[test]
fn the_book_holds_every_page() {
    let contents = std::fs::read_to_string(root().join("docs/SUMMARY.md")).expect("the contents are there");
    let listed: Vec<&str> =
        contents.lines().filter_map(|line| line.split_once("](")?.1.strip_suffix(')')).collect();
    let pages: BTreeSet<String> = std::fs::read_dir(root().join("docs"))
        .expect("there are docs")
        .map(|entry| entry.expect("the folder can be read").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".md") && name != "SUMMARY.md")
        .collect();
    assert_eq!(listed.len(), pages.len(), "a page stands twice, or none is");
    assert_eq!(listed.iter().map(|page| (*page).to_owned()).collect::<BTreeSet<_>>(), pages);
}

#[test]
fn yaml_of_the_page_on_scenarios() {
    let page = std::fs::read_to_string(root().join("docs/scenarios.md")).expect("the page is there");
    let folder = workplace();
    let mut count = 0;
    for block in page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        if block.starts_with("extends: baseline.yaml") {
            let file = folder.path().join("scenarios/shown.yaml");
            std::fs::write(&file, block).expect("the folder is writable");
            let output = icf_in(folder.path(), &["validate", "scenarios/shown.yaml"]);
            assert!(output.status.success(), "{block}\n{}", stderr(&output));
            count += 1;
        }
    }
    assert!(count >= 2);
}

/// The keys of a place of the schema: its own, those of its alternatives, and those of its items.
fn keys_of(schema: &serde_json::Value, place: &serde_json::Value, found: &mut BTreeSet<String>) {
    if let Some(target) = place["$ref"].as_str().and_then(|path| path.strip_prefix('#')) {
        return keys_of(schema, schema.pointer(target).expect("a reference leads somewhere"), found);
    }
    found.extend(place["properties"].as_object().into_iter().flat_map(|keys| keys.keys().cloned()));
    for alternative in ["oneOf", "anyOf"].iter().filter_map(|name| place[*name].as_array()).flatten() {
        keys_of(schema, alternative, found);
    }
    if place["items"].is_object() {
        keys_of(schema, &place["items"], found);
    }
}

/// The schema is walked, so that a new key cannot be forgotten.
#[test]
fn every_key_has_an_example_on_the_page_on_scenarios() {
    let page = std::fs::read_to_string(root().join("docs/scenarios.md")).expect("the page is there");
    let blocks = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let examples: Vec<&str> = blocks.filter(|block| block.starts_with("extends: baseline.yaml")).collect();
    // The part of each example that stands under a key of the top level.
    let parts = |key: &str| -> String {
        let lines = examples.iter().flat_map(|block| {
            let own = block.lines().skip_while(|line| !line.starts_with(&format!("{key}:")));
            let below = own.clone().skip(1).take_while(|line| line.starts_with(' '));
            own.take(1).chain(below)
        });
        lines.map(|line| line.split(" #").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
    };
    let says = |part: &str, key: &str| {
        part.match_indices(&format!("{key}:")).any(|(at, _)| {
            part[..at].chars().next_back().is_none_or(|before| matches!(before, ' ' | '{' | '\n'))
        })
    };
    let schema: serde_json::Value = serde_json::from_str(&stdout(&icf(&["schema"]))).expect("JSON");
    let top = schema["$defs"]["Layer"]["properties"].as_object().expect("the schema has keys");
    let mut missing = Vec::new();
    for (key, place) in top {
        let part = parts(key);
        if part.is_empty() {
            missing.push(key.clone());
        }
        let mut below = BTreeSet::new();
        keys_of(&schema, place, &mut below);
        missing.extend(below.iter().filter(|name| !says(&part, name)).map(|name| format!("{key}.{name}")));
    }
    assert!(
        missing.is_empty(),
        "docs/scenarios.md has no example of {}: write each into a ```yaml block there that begins with \
         `extends: baseline.yaml` and a `name`; the block is validated by a test of its own",
        missing.join(", ")
    );
}

#[test]
fn pictures_are_those_of_the_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    let output = icf(&["run-scenario", "scenarios/baseline.yaml", "--out", out.to_str().unwrap(), "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let mut pictures = 0;
    for entry in std::fs::read_dir(root().join("docs/images")).unwrap() {
        let path = entry.unwrap().path();
        let drawn = std::fs::read(out.join("figures").join(path.file_name().unwrap())).unwrap();
        assert!(drawn == std::fs::read(&path).unwrap(), "{} is not what the baseline draws", path.display());
        pictures += 1;
    }
    assert!(pictures > 0);
}

#[test]
fn every_scenario_is_valid_and_points_to_the_schema() {
    let mut count = 0;
    for entry in std::fs::read_dir(root().join("scenarios")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap();
        assert_eq!(
            first,
            "# yaml-language-server: $schema=../docs/scenario.schema.json",
            "{}",
            path.display()
        );
        let output = icf(&["validate", path.to_str().unwrap()]);
        assert!(output.status.success(), "{}", stderr(&output));
        count += 1;
    }
    assert!(count >= 6);
}

#[test]
fn links_of_the_pages_lead_somewhere() {
    for page in [
        "README.md",
        "docs/architecture.md",
        "docs/design.md",
        "docs/scenarios.md",
        "docs/tutorial.md",
        "docs/statistics.md",
        "docs/data.md",
        "docs/iamc.md",
        "docs/garden.md",
        "docs/compare.md",
    ] {
        let text = std::fs::read_to_string(root().join(page)).expect(page);
        let folder = root().join(page);
        let folder = folder.parent().unwrap_or(Path::new("."));
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") {
                assert!(folder.join(target).exists(), "{page} links to {link}");
            }
        }
    }
}
