//! Made-up pages in a real browser: hostile names, and as many regions as China has counties.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and writes its pages")]

#[expect(dead_code, reason = "another test drives more of it")]
mod driver;
#[expect(dead_code, reason = "another test needs more of it")]
#[path = "../report/synthetic.rs"]
mod synthetic;

use std::path::PathBuf;

use driver::Browser;
use icf_results::{EnsembleRow, LisaRow, RegionInfo, RegionRow, RunResults};
use icf_units::{Year, YearRange};
use serde_json::json;

/// A page in a folder of the build.
fn written(name: &str, results: &RunResults) -> PathBuf {
    let page = icf_report::page(results, icf_report::Language::English).unwrap();
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.html"));
    std::fs::write(&path, page).unwrap();
    path
}

#[test]
fn names_are_never_run() {
    let Some(browser) = Browser::start() else { return };
    let mut results = synthetic::with_draws(4);
    let names = [
        r#"</script><script>window.hit = 1</script>"#,
        r#""><img src=x onerror="window.hit = 1">"#,
        "=cmd()|' /C calc'!A0",
        "<svg onload=window.hit=1>'&amp;",
    ];
    for (info, name) in results.regions_info.iter_mut().zip(names) {
        (info.name, info.name_zh) = (name.to_owned(), name.to_owned());
    }
    for row in &mut results.regions {
        let info = results.regions_info.iter().find(|info| info.id == row.region).unwrap();
        row.name.clone_from(&info.name);
    }
    browser.open(&written("hostile", &results));
    // Every name goes through the card, the table of the selection and the hint of the map.
    for info in &results.regions_info {
        let id = info.id.as_str();
        browser.click(&format!("svg[data-view=size_class] .f-region[data-region='{id}']"), None);
        let script = "return [document.querySelector('#selection tbody button').textContent,
            document.querySelector(`svg[data-view=size_class] .f-region[data-region='${arguments[0]}'] title`).textContent];";
        let said = browser.texts(script, &json!([id]));
        assert_eq!(said[0], info.name);
        assert!(said[1].starts_with(&info.name), "{}", said[1]);
    }
    let found =
        browser.run("return [window.hit ?? null, document.querySelectorAll('img').length];", &json!([]));
    assert_eq!(found, json!([null, 0]));
    assert_eq!(browser.console(), Vec::<String>::new());
}

/// A grid of counties with borders as jagged as those of real ones, over the years of the built-in data.
fn counties() -> RunResults {
    const COLUMNS: usize = 50;
    const COUNT: usize = 2875;
    let mut results = synthetic::results(COUNT);
    // A border from one corner to the next, in ten steps that both neighbours share.
    let corner = |row: usize, column: usize| [column as f64 * 1.2 + 75.0, 50.0 - row as f64 * 0.55];
    let jag = |from: [f64; 2], to: [f64; 2]| -> Vec<[f64; 2]> {
        let seed = (from[0] * 31.0 + from[1] * 17.0 + to[0] * 13.0 + to[1] * 7.0).sin();
        let step = |at: usize| {
            let share = at as f64 / 10.0;
            let off = if at == 0 { 0.0 } else { 0.09 * (seed * 40.0 + at as f64 * 2.3).sin() };
            [from[0] + share * (to[0] - from[0]) + off, from[1] + share * (to[1] - from[1]) + off]
        };
        (0..10).map(step).collect()
    };
    let feature = |(index, info): (usize, &RegionInfo)| {
        let (row, column) = (index / COLUMNS, index % COLUMNS);
        let [a, b, c, d] = [(0, 0), (0, 1), (1, 1), (1, 0)].map(|(r, k)| corner(row + r, column + k));
        let back = |from, to| {
            let mut border = jag(to, from);
            border.push(from);
            border.reverse();
            border.pop();
            border
        };
        let mut ring = [jag(a, b), jag(b, c), back(c, d), back(d, a)].concat();
        ring.push(a);
        json!({ "type": "Feature", "properties": { "region": info.id.as_str() },
            "geometry": { "type": "Polygon", "coordinates": [ring] } })
    };
    let features: Vec<_> = results.regions_info.iter().enumerate().map(feature).collect();
    // Eighteen years more of the same.
    let shifted = |year: Year, back: i32| Year::new(year.get() - back);
    let first = results.history.first();
    results.history = YearRange::new(shifted(first, 18), results.history.last()).unwrap();
    for back in 1..=18 {
        let early = results.regions.iter().filter(|row| row.year == first).cloned();
        let early: Vec<_> = early.map(|row| RegionRow { year: shifted(first, back), ..row }).collect();
        results.regions.extend(early);
        let early = results.lisa.iter().filter(|row| row.year == first).cloned();
        let early: Vec<_> = early.map(|row| LisaRow { year: shifted(first, back), ..row }).collect();
        results.lisa.extend(early);
    }
    results.boundaries = json!({ "type": "FeatureCollection", "features": features }).to_string();
    results.ensemble = fans(&results.regions_info);
    results
}

/// Draws of every line of every region to 2030.
fn fans(regions: &[RegionInfo]) -> Vec<EnsembleRow> {
    let row = |info: &RegionInfo, year: i32, quantity: &'static str| {
        let at = |share: f64| Some(share * 1.234_567e8);
        let region = info.id.to_string();
        EnsembleRow {
            scope: "region",
            region,
            year: Year::new(year),
            quantity,
            unit: "t C".to_owned(),
            deterministic: at(1.0),
            mean: at(1.0),
            mean_se: None,
            sd: None,
            q025: at(0.8),
            q10: at(0.9),
            q25: at(0.95),
            q50: at(1.0),
            q75: at(1.05),
            q90: at(1.1),
            q975: at(1.2),
            bin: None,
            beyond: 0,
        }
    };
    let each = regions.iter().flat_map(|info| (2022..=2030).map(move |year| (info, year)));
    each.flat_map(|(info, year)| {
        ["emissions", "sink", "icf", "cec"].map(|quantity| row(info, year, quantity))
    })
    .collect()
}

#[test]
fn a_page_of_all_counties_answers_at_once() {
    let Some(browser) = Browser::start() else { return };
    let results = counties();
    let path = written("counties", &results);
    let bytes = std::fs::metadata(&path).unwrap().len();
    assert!(bytes < 15_000_000, "{bytes} bytes");
    browser.open(&path);
    // From the click until styles and places of the whole page are computed anew.
    let script =
        "const mark = document.querySelectorAll('svg[data-view=size_class] .f-region')[arguments[0]];
        const start = performance.now();
        mark.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        document.body.getBoundingClientRect();
        return performance.now() - start;";
    // The first one of a page also waits for what the browser does once.
    browser.run(script, &json!([1]));
    let mut times: Vec<f64> =
        (0..9).map(|turn| browser.run(script, &json!([turn * 300 + 7])).as_f64().unwrap()).collect();
    times.sort_by(f64::total_cmp);
    let chosen = browser.run("return document.querySelectorAll('#selection tbody tr').length;", &json!([]));
    assert_eq!(chosen, 1);
    // Other tests may hold the cores: the least of nine is what the page costs.
    assert!(times[0] < 100.0, "{times:?} ms");
    // Of so many regions the page holds some fans, and says of which.
    let script = "document.querySelector(`svg[data-view=size_class] .f-region[data-region='${arguments[0]}']`).dispatchEvent(new MouseEvent('click', { bubbles: true }));
        const shown = document.querySelector('.trajectory').lastElementChild;
        return [shown.querySelectorAll('.f-fan').length, shown.querySelector('.caption').textContent.includes('of the 200 regions that emit most')];";
    assert_eq!(browser.run(script, &json!(["28850000"])), json!([6, false]));
    assert_eq!(browser.run(script, &json!(["110000"])), json!([0, true]));
}
