//! No page has a fault of accessibility that axe-core finds and holds for more than a minor one.
//!
//! axe-core is not ours: it is looked for in the file that `ICF_AXE` names and in the folder into which `.ci/run` installs it.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and writes its pages")]

#[expect(dead_code, reason = "another test drives more of it")]
#[path = "../browser/driver.rs"]
mod driver;
#[expect(dead_code, reason = "another test needs more of it")]
#[path = "../report/synthetic.rs"]
mod synthetic;

use std::io::Write;
use std::path::{Path, PathBuf};

use driver::Browser;
use icf_report::{Compared, ComparedRun, Language, compare_page};
use icf_results::{RunResults, Summary};
use serde_json::json;

/// The text of axe-core, or none where this machine has none; a test then says so and does nothing.
fn axe() -> Option<String> {
    let named = std::env::var_os("ICF_AXE").map(PathBuf::from);
    let installed = "../../target/ci/axe/node_modules/axe-core/axe.min.js";
    let file = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(installed));
    let found = std::fs::read_to_string(&file).ok();
    if found.is_none() {
        writeln!(
            std::io::stderr(),
            "SKIPPED: no axe-core at {}, so no fault of accessibility is found",
            file.display()
        )
        .expect("there is a standard error");
    }
    found
}

/// Looks at a page in light and dark, with all folds open and a region chosen.
#[track_caller]
fn check(browser: &Browser, axe: &str, name: &str, page: &str) {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("axe-{name}.html"));
    std::fs::write(&path, page).unwrap();
    for scheme in ["light", "dark"] {
        browser.colours(scheme);
        browser.open(&path);
        let ready = "for (const fold of document.querySelectorAll('details')) fold.open = true;
            const region = document.querySelector('svg[data-view] .f-region');
            if (region) region.dispatchEvent(new MouseEvent('click', { bubbles: true }));
            return matchMedia('(prefers-color-scheme: dark)').matches;";
        assert_eq!(browser.run(ready, &json!([])), json!(scheme == "dark"));
        let script = format!(
            "{axe};
            return axe.run(document, {{ resultTypes: ['violations'] }}).then(({{ violations, passes }}) => ({{
                passes: passes.length,
                faults: violations.filter(({{ impact }}) => impact !== 'minor')
                    .map(({{ id, help, nodes }}) => `${{id}}: ${{help}}: ${{nodes.slice(0, 3).map(({{ html }}) => html.slice(0, 200)).join(' | ')}}`),
            }}));"
        );
        let found = browser.run(&script, &json!([]));
        assert!(found["passes"].as_u64().unwrap() > 15, "{name}, {scheme}: {found}");
        assert_eq!(found["faults"], json!([]), "{name}, {scheme}");
    }
}

#[test]
fn axe_finds_no_fault_that_matters() {
    let Some(axe) = axe() else { return };
    let Some(browser) = Browser::start() else { return };
    for (name, results) in [("levers", synthetic::with_levers(6)), ("draws", synthetic::with_draws(6))] {
        for language in [Language::English, Language::Chinese] {
            let page = icf_report::page(&results, language).unwrap();
            check(&browser, &axe, &format!("{name}-{language}"), &page);
        }
    }
    check(&browser, &axe, "bare", &icf_report::page(&synthetic::bare(), Language::English).unwrap());
    let mut other = synthetic::results(6);
    other.scenario = "other".to_owned();
    for row in &mut other.regions {
        row.icf_hm2 = row.icf_hm2.map(|icf| icf_units::Hectares::new(icf.get() * 1.5));
    }
    let all: [RunResults; 2] = [synthetic::results(6), other];
    let summaries: Vec<Summary> = all.iter().map(Summary::of).collect();
    let run = |(summary, results)| {
        let results: &RunResults = results;
        ComparedRun { summary, nation: &results.nation, settings: &[], regional: &[] }
    };
    let runs: Vec<ComparedRun> = summaries.iter().zip(&all).map(run).collect();
    let boundaries = &all[0].boundaries;
    let regions = &all[0].regions_info;
    let compared = Compared { runs: &runs, points: &[], regions, boundaries, has_tables: true };
    let page = compare_page(compared, Language::English).unwrap();
    assert!(page.contains("difference_balance_0-title"));
    check(&browser, &axe, "compare", &page);
}
