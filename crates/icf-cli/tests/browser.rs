//! The pages of real runs in a real browser.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and writes its scenarios"
)]

#[path = "../../icf-report/tests/browser/driver.rs"]
mod driver;
#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use driver::{Browser, ENTER, ESCAPE, RIGHT, SHIFT};
use serde_json::json;
use support::table::{number, table};
use support::{icf_in, root, stderr};

const GUANGDONG: &str = "440000";
const HUNAN: &str = "430000";

/// A browser and the page of the baseline with levers and draws, so that every view is there; none without a browser.
fn page(folder: &Path) -> Option<Browser> {
    page_in(folder, "en")
}

/// The same in a language.
fn page_in(folder: &Path, language: &str) -> Option<Browser> {
    let browser = Browser::start()?;
    let text = format!(
        "extends: {}\nname: seen\nuncertainty:\n  draws: 200\n  inputs:\n    projection.sink.rate: {{ distribution: uniform, min: -2 %/yr, max: 0 %/yr }}\n  \
         sensitivity: [tornado]\noutputs: {{ tables: [csv], maps: [], figures: false, page: true, exchange: [] }}\n",
        root().join("scenarios/baseline.yaml").display()
    );
    std::fs::write(folder.join("seen.yaml"), text).unwrap();
    let output = icf_in(folder, &["run-scenario", "seen.yaml", "--quiet", "--lang", language]);
    assert!(output.status.success(), "{}", stderr(&output));
    browser.open(&folder.join("runs/seen/report.html"));
    Some(browser)
}

#[test]
fn the_page_in_chinese_speaks_it_in_every_view() {
    let folder = tempfile::tempdir().unwrap();
    let Some(browser) = page_in(folder.path(), "zh") else { return };
    browser.click(&on_map(GUANGDONG), None);
    browser.run("for (const fold of document.querySelectorAll('details')) fold.open = true;", &json!([]));
    for year in [2021, 2030] {
        set_year(&browser, year);
        let script =
            "return ['card', 'selection', 'origin'].map((id) => document.getElementById(id).innerText);";
        for text in browser.texts(script, &json!([])) {
            assert!(text.contains("广东"), "{text}");
            assert!(
                !text.contains("class ") && !text.contains("together") && !text.contains("no value"),
                "{text}"
            );
        }
    }
    let wide = browser.run("return document.documentElement.scrollWidth - innerWidth;", &json!([]));
    assert!(wide.as_f64().unwrap() <= 0.0, "the page is {wide} px too wide");
    assert_eq!(browser.console(), Vec::<String>::new());
}

/// On paper there is nothing to press, nothing wider than the sheet, no fold that hides figures, and no dark ground.
#[test]
fn the_page_prints() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let set = "outputs={ tables: [csv], maps: [], figures: false, page: true, exchange: [] }";
    for (scenario, language) in [
        ("baseline", "en"),
        ("baseline", "zh"),
        ("levers", "en"),
        ("uncertain", "en"),
        ("uncertain", "zh"),
        ("as-published", "en"),
    ] {
        let file = root().join("scenarios").join(format!("{scenario}.yaml"));
        let out = format!("{scenario}-{language}");
        let run = [
            "run-scenario",
            file.to_str().unwrap(),
            "--set",
            set,
            "--lang",
            language,
            "--quiet",
            "--out",
            &out,
        ];
        let output = icf_in(folder.path(), &run);
        assert!(output.status.success(), "{}", stderr(&output));
        let page = folder.path().join(&out).join("report.html");
        browser.colours("light");
        browser.open(&page);
        let pages = browser.printed_pages();
        assert!((10..=28).contains(&pages), "{pages} pages of {out}");
        // The width of A4 less its margins.
        browser.colours("dark");
        browser.as_paper(688);
        let script = "const seen = (one) => one.getClientRects().length > 0;
            const named = (one) => `${one.tagName} ${one.id} ${one.textContent.trim().slice(0, 60)}`;
            return [...document.querySelectorAll('input, select, nav, .controls button, main p.screen')].filter(seen).map(named)
                .concat([...document.querySelectorAll('table, svg.figure, pre, p')].filter((one) => seen(one) && one.getBoundingClientRect().right > innerWidth + 1).map(named))
                .concat([...document.querySelectorAll('main details:not(.words, .long)')].filter((one) => !one.open && !one.hidden).map(named))
                .concat(getComputedStyle(document.body).color);";
        assert_eq!(browser.texts(script, &json!([])), ["rgb(31, 42, 48)"], "{out}");
        browser.as_screen();
    }
}

fn on_map(region: &str) -> String {
    format!("svg[data-view=size_class] .f-region[data-region='{region}']")
}

/// The regions that are marked as selected, and how many of their marks are.
fn selected(browser: &Browser) -> BTreeMap<String, usize> {
    let script = "return [...document.querySelectorAll('.is-selected')].map((mark) => mark.dataset.region || mark.dataset.pick);";
    let mut counts = BTreeMap::new();
    for id in browser.texts(script, &json!([])) {
        *counts.entry(id).or_default() += 1;
    }
    counts
}

fn set_year(browser: &Browser, year: i32) {
    let script = "const slider = document.getElementById('year');
        slider.value = arguments[0];
        slider.dispatchEvent(new Event('input', { bubbles: true }));";
    browser.run(script, &json!([year - 2000]));
}

#[test]
fn the_page_loads_without_a_word_and_without_a_request() {
    let folder = tempfile::tempdir().unwrap();
    let Some(browser) = page(folder.path()) else { return };
    let bytes = std::fs::metadata(folder.path().join("runs/seen/report.html")).unwrap().len();
    assert!(bytes < 3_000_000, "{bytes} bytes");
    let asked = browser.requests();
    assert!(!asked.is_empty() && asked.iter().all(|url| url.starts_with("file:")), "{asked:?}");
    // Every year, every section and every fold is looked at once.
    for year in [2000, 2012, 2030] {
        set_year(&browser, year);
    }
    browser.run("for (const fold of document.querySelectorAll('details')) fold.open = true;", &json!([]));
    browser.run("for (const head of document.querySelectorAll('.sort')) head.click();", &json!([]));
    let wide = browser.run("return document.documentElement.scrollWidth - innerWidth;", &json!([]));
    assert!(wide.as_f64().unwrap() <= 0.0, "the page is {wide} px too wide");
    assert_eq!(browser.console(), Vec::<String>::new());
    let later = browser.requests();
    assert!(later.iter().all(|url| url.starts_with("file:")), "{later:?}");
}

#[test]
fn the_slider_shows_the_classes_of_the_table() {
    let folder = tempfile::tempdir().unwrap();
    let Some(browser) = page(folder.path()) else { return };
    let rows = table(&folder.path().join("runs/seen"), "regions");
    for (view, column) in [("size_class", "size_class"), ("depth_class", "depth_class")] {
        let key = "return [...document.querySelectorAll(`svg[data-view=${arguments[0]}] rect.f-swatch`)].map((swatch) => swatch.getAttribute('fill'));";
        let colours = browser.texts(key, &json!([view]));
        let mut seen = Vec::new();
        for year in [2000, 2011, 2022, 2030] {
            set_year(&browser, year);
            let script = "return [...document.querySelectorAll(`svg[data-view=${arguments[0]}] .f-region`)]
                .map((shape) => `${shape.dataset.region} ${shape.getAttribute('fill')}`).sort();";
            let shown = browser.texts(script, &json!([view]));
            let of_year = rows.iter().filter(|row| row["year"] == year.to_string());
            let expected: Vec<String> = of_year
                .map(|row| {
                    let class = row[column].parse::<usize>().unwrap();
                    format!("{} {}", row["region"], colours[class - 1])
                })
                .collect();
            assert_eq!(expected.len(), 30);
            assert_eq!(shown, expected, "{view} in {year}");
            seen.push(shown);
        }
        seen.dedup();
        assert!(seen.len() > 2, "the colours of {view} hardly change");
    }
}

/// What a map shows of each region: its colour and the cells of its row in the map's table.
type Shown = BTreeMap<String, (String, Vec<String>)>;

/// The maps of the page, each with its view.
fn maps(browser: &Browser) -> Vec<(String, Shown)> {
    let script = "return [...document.querySelectorAll('svg[data-view]')].filter((svg) => svg.querySelector('.f-region')).map((svg) => {
        const figure = svg.closest('figure');
        const colours = Object.fromEntries([...svg.querySelectorAll('.f-region')].map((shape) => [shape.dataset.region, shape.getAttribute('fill')]));
        return { view: svg.dataset.view, title: figure.querySelector('strong').textContent, caption: figure.querySelector('table caption').textContent,
            rows: [...figure.querySelectorAll('tbody tr')].map((row) => {
                const id = row.querySelector('[data-pick]').dataset.pick;
                return [id, colours[id], ...[...row.cells].slice(1).map((cell) => cell.textContent)];
            }) };
    });";
    let found = browser.run(script, &json!([]));
    let map = |map: &serde_json::Value| {
        assert_eq!(map["title"], map["caption"]);
        let row = |row: &serde_json::Value| {
            let mut cells = row.as_array().unwrap().iter().map(|cell| cell.as_str().unwrap().to_owned());
            let (id, colour) = (cells.next().unwrap(), cells.next().unwrap());
            (id, (colour, cells.collect::<Vec<_>>()))
        };
        let rows: BTreeMap<_, _> = map["rows"].as_array().unwrap().iter().map(row).collect();
        assert_eq!(rows.len(), 30, "{}", map["title"]);
        (map["view"].as_str().unwrap().to_owned(), rows)
    };
    found.as_array().unwrap().iter().map(map).collect()
}

/// Every map has its figures as a table that follows it: what is said of a region is what its colour says, in every year.
#[test]
fn the_table_of_a_map_says_what_its_colours_say() {
    let folder = tempfile::tempdir().unwrap();
    let Some(browser) = page(folder.path()) else { return };
    let run = folder.path().join("runs/seen");
    let (regions, lisa) = (table(&run, "regions"), table(&run, "lisa"));
    browser.run("for (const fold of document.querySelectorAll('details')) fold.open = true;", &json!([]));
    let tables = "return [...document.querySelectorAll('svg[aria-labelledby^=map_]')].map((svg) => svg.closest('figure').querySelectorAll('table').length);";
    assert_eq!(browser.run(tables, &json!([])), json!([1, 1, 1, 1, 1, 1, 1]));
    // A label has one colour through all years, and a colour one label.
    let mut met: BTreeMap<(String, String), String> = BTreeMap::new();
    for year in [2000, 2011, 2022, 2030] {
        set_year(&browser, year);
        let of_year: BTreeMap<_, _> = regions
            .iter()
            .filter(|row| row["year"] == year.to_string())
            .map(|row| (row["region"].as_str(), row))
            .collect();
        let maps = maps(&browser);
        assert_eq!(maps.len(), 7);
        for (view, rows) in maps {
            for (region, (colour, cells)) in rows {
                let row = of_year[region.as_str()];
                let is_close = |shown: &str, exact: f64| {
                    let shown: f64 = shown.replace(',', "").parse().unwrap();
                    assert!(
                        (shown - exact).abs() < 0.006 * exact,
                        "{view} {region} {year}: {shown} for {exact}"
                    );
                };
                let column = if view.starts_with("size") { "size_hm2_per_capita" } else { "depth" };
                let tested = lisa.iter().find(|row| {
                    row["variable"] == column && row["year"] == year.to_string() && row["region"] == region
                });
                let label = match view.split_once('_') {
                    Some((_, "class")) => {
                        is_close(&cells[0], number(row, column));
                        let class = &row[if column == "depth" { "depth_class" } else { "size_class" }];
                        assert!(cells[1].starts_with(&format!("class {class} of ")), "{cells:?}");
                        &cells[1]
                    }
                    None => {
                        is_close(&cells[0], number(row, "size_hm2_per_capita"));
                        is_close(&cells[1], number(row, "depth"));
                        assert_eq!(cells[2].split(',').next().unwrap(), row["quadrant"]);
                        &cells[2]
                    }
                    Some((_, kind)) => {
                        is_close(&cells[0], number(row, column));
                        let p = tested.map_or("", |row| row["p_folded"].as_str());
                        match p.parse::<f64>() {
                            Ok(p) => is_close(&cells[2], p),
                            Err(_) => assert_eq!(cells[2], "–"),
                        }
                        let cluster = tested.map_or("no value", |row| row["cluster"].as_str());
                        let said = if cluster == "ns" { "not significant" } else { cluster };
                        assert!(kind != "cluster" || cells[1].starts_with(said), "{cells:?} for {cluster}");
                        &cells[1]
                    }
                };
                assert_eq!(
                    met.entry((view.clone(), label.clone())).or_insert_with(|| colour.clone()),
                    &colour
                );
            }
        }
    }
    for ((view, label), colour) in &met {
        let others = met.iter().filter(|((of, _), other)| of == view && *other == colour).count();
        assert_eq!(others, 1, "{view}: {label} is not alone in {colour}");
    }
    assert!(met.len() > 20, "{met:?}");
    // The words follow as well, and another variable brings its own values.
    let script = "const figure = document.querySelector('svg[data-view=size_class]').closest('figure');
        const select = figure.querySelector('select');
        select.value = 'cec_hm2';
        select.dispatchEvent(new Event('change', { bubbles: true }));
        const cells = [...figure.querySelector(`[data-pick='${arguments[0]}']`).closest('tr').cells];
        return [figure.querySelector('table caption').textContent, cells[1].textContent, figure.querySelector('desc').textContent];";
    let said = browser.texts(script, &json!([GUANGDONG]));
    assert_eq!(said[0], "Capacity (CEC), 2030");
    let row = regions.iter().find(|row| row["region"] == GUANGDONG && row["year"] == "2030").unwrap();
    let exact = number(row, "cec_hm2") / 1e6;
    assert!((said[1].parse::<f64>().unwrap() - exact).abs() < 0.006 * exact, "{} for {exact}", said[1]);
    assert!(said[2].contains("Guangdong") && said[2].starts_with("class 1 of "), "{}", said[2]);
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn a_region_is_marked_in_every_view() {
    let folder = tempfile::tempdir().unwrap();
    let Some(browser) = page(folder.path()) else { return };
    browser.click(&on_map(GUANGDONG), None);
    let all = "return document.querySelectorAll(`[data-region='${arguments[0]}']`).length;";
    let marks = browser.run(all, &json!([GUANGDONG])).as_u64().unwrap();
    // Every drawing in which the region has a mark shows it; a quarter of them are maps.
    assert!(marks > 20, "{marks}");
    assert_eq!(selected(&browser), BTreeMap::from([(GUANGDONG.to_owned(), usize::try_from(marks).unwrap())]));
    let views = "return [...document.querySelectorAll('svg[data-view]')].filter((svg) => !svg.querySelector('.is-selected')).map((svg) => svg.dataset.view);";
    assert_eq!(browser.texts(views, &json!([])), Vec::<String>::new());

    // The card and the table follow, also through the years.
    let row =
        "return [...document.querySelector('#selection tbody tr').cells].map((cell) => cell.textContent);";
    let rows = table(&folder.path().join("runs/seen"), "regions");
    for year in [2022, 2003] {
        set_year(&browser, year);
        let cells = browser.texts(row, &json!([]));
        let of =
            rows.iter().find(|row| row["region"] == GUANGDONG && row["year"] == year.to_string()).unwrap();
        assert_eq!(cells[0], "Guangdong");
        let shown: f64 = cells[1].parse().unwrap();
        let exact = number(of, "ice_t") / 1e6;
        assert!((shown - exact).abs() < 0.006 * exact, "{shown} Mt, {exact} Mt");
        assert_eq!(cells.last().unwrap(), &of["quadrant"]);
    }
    let card = browser.run("return document.getElementById('card-body').textContent;", &json!([]));
    assert!(card.as_str().unwrap().contains("Guangdong"), "{card}");

    // Shift adds one, and takes one away; Escape takes all away.
    let names = |browser: &Browser| selected(browser).into_keys().collect::<Vec<_>>();
    browser.click(&on_map(HUNAN), Some(SHIFT));
    assert_eq!(names(&browser), [HUNAN, GUANGDONG]);
    browser.click(&on_map(HUNAN), Some(SHIFT));
    assert_eq!(names(&browser), [GUANGDONG]);
    browser.press(&[ESCAPE], None);
    assert_eq!(names(&browser), Vec::<String>::new());
}

/// What the selector of trajectories shows: kinds of its marks, and the cells of its tables.
const TRAJECTORIES: &str = "const [flows, areas] = [...document.querySelectorAll('.trajectory')].map((place) => place.lastElementChild);
    const cells = (figure) => [...figure.querySelectorAll('tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent));
    return {
        title: flows.querySelector('strong').textContent,
        lines: flows.querySelectorAll('.f-line').length,
        fans: [flows, areas].map((figure) => figure.querySelectorAll('.f-fan').length),
        crossed: [...flows.querySelectorAll('.f-crossing title')].map((title) => title.textContent),
        levels: flows.querySelectorAll('.f-threshold').length,
        named: flows.querySelector('svg').getAttribute('aria-labelledby').split(' ').every((id) => document.getElementById(id)),
        flows: cells(flows),
        areas: cells(areas),
    };";

#[test]
fn trajectories_follow_nation_group_and_region() {
    let folder = tempfile::tempdir().unwrap();
    let Some(browser) = page(folder.path()) else { return };
    let run = folder.path().join("runs/seen");
    let choose = |key: &str| {
        let script = "const scope = document.getElementById('scope');
            scope.value = arguments[0];
            scope.dispatchEvent(new Event('change', { bubbles: true }));";
        browser.run(script, &json!([key]));
        browser.run(TRAJECTORIES, &json!([]))
    };
    let close = |shown: &serde_json::Value, exact: f64| {
        let shown: f64 = shown.as_str().unwrap().replace(',', "").parse().unwrap();
        assert!((shown - exact).abs() <= 2e-3 * exact, "{shown} for {exact}");
    };
    // Three fans of each line, since the run draws; the lines as observed and as projected.
    let nation = choose("nation");
    assert_eq!((nation["lines"].as_u64(), &nation["fans"]), (Some(4), &json!([6, 6])));
    assert_eq!(nation["levels"], 1, "sink-2030");
    let rows = table(&run, "nation");
    for (row, shown) in rows.iter().zip(nation["flows"].as_array().unwrap()) {
        assert_eq!(shown[0], row["year"].as_str());
        close(&shown[1], number(row, "ice_t") / 1e6);
        close(&shown[2], number(row, "cs_t") / 1e6);
    }
    let drawn = table(&run, "ensemble");
    let last = |scope: &str, name: &str, quantity: &str, of: &str| {
        let is_it = |row: &&HashMap<String, String>| {
            row["scope"] == scope
                && row["region"] == name
                && row["quantity"] == quantity
                && row["year"] == "2030"
        };
        number(drawn.iter().find(is_it).unwrap(), of)
    };
    for (key, scope, name) in [("group:east", "group", "east"), ("region:440000", "region", GUANGDONG)] {
        let shown = choose(key);
        let [ends, areas] =
            ["flows", "areas"].map(|plot| shown[plot].as_array().unwrap().last().unwrap().clone());
        let interval = |cells: &serde_json::Value, at: usize| {
            let text = cells[at].as_str().unwrap().to_owned();
            let (low, up) = text.split_once('–').unwrap();
            (json!(low), json!(up))
        };
        // Year, two lines, then 95, 80 and 50 % of each.
        let (low, up) = interval(&ends, 6);
        close(&low, last(scope, name, "sink", "q025") / 1e6);
        close(&up, last(scope, name, "sink", "q975") / 1e6);
        let (low, _) = interval(&areas, 8);
        close(&low, last(scope, name, "cec", "q25") / 1e6);
        assert_eq!(shown["named"], true);
    }
    // What is chosen there is selected in every view, and what is selected anywhere is shown there.
    assert_eq!(selected(&browser).into_keys().collect::<Vec<_>>(), [GUANGDONG]);
    browser.click(&on_map(HUNAN), None);
    let hunan = browser.run(TRAJECTORIES, &json!([]));
    assert!(hunan["title"].as_str().unwrap().ends_with("Hunan"), "{hunan}");
    // Guangdong rises above its own sink once, in the year that the table says.
    let guangdong = choose("region:440000");
    let rows = table(&run, "regions");
    let own: Vec<_> = rows.iter().filter(|row| row["region"] == GUANGDONG).collect();
    let above = |row: &HashMap<String, String>| number(row, "ice_t") > number(row, "cs_t");
    let risen: Vec<String> = own
        .windows(2)
        .filter(|pair| !above(pair[0]) && above(pair[1]))
        .map(|pair| format!("{}: above CS", pair[1]["year"]))
        .collect();
    assert_eq!(guangdong["crossed"], json!(risen));
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn a_region_and_year_tell_where_they_come_from() {
    let folder = tempfile::tempdir().unwrap();
    let Some(browser) = page(folder.path()) else { return };
    let run = folder.path().join("runs/seen");
    browser.click(&on_map(GUANGDONG), None);
    browser.click("#origin summary", None);
    let told = "return [...document.querySelectorAll('#origin table')].map((table) => [...table.rows].at(-1).innerText);";
    let rows = table(&run, "regions");
    for year in [2022, 2000] {
        set_year(&browser, year);
        let of =
            rows.iter().find(|row| row["region"] == GUANGDONG && row["year"] == year.to_string()).unwrap();
        let sums = browser.texts(told, &json!([]));
        assert_eq!(sums.len(), 2, "fuels and land: {sums:?}");
        for (line, column) in sums.iter().zip(["ice_tco2", "cs_t"]) {
            let mut figures =
                line.split_whitespace().filter_map(|word| word.replace(',', "").parse::<f64>().ok());
            let (shown, exact) = (figures.next_back().unwrap(), number(of, column));
            assert!((shown - exact).abs() < 2e-3 * exact, "{year} {column}: {shown} for {exact}");
        }
    }
    set_year(&browser, 2030);
    let words = browser.run("return document.getElementById('origin').innerText;", &json!([]));
    assert!(words.as_str().unwrap().contains("emissions: log-linear, fitted on"), "{words}");
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn a_box_takes_the_dots_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let Some(browser) = page(folder.path()) else { return };
    let [x, y] = browser.middle("svg[data-view=size_moran]");
    let (from, to) = ([x - 200.0, y - 60.0], [x - 20.0, y + 150.0]);
    let inside = "const [left, top, right, bottom] = arguments;
        return [...document.querySelectorAll('svg[data-view=size_moran] .f-point')].filter((dot) => {
            const box = dot.querySelector('.f-spot').getBoundingClientRect();
            const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
            return x >= left && x <= right && y >= top && y <= bottom;
        }).map((dot) => dot.dataset.region).sort();";
    let expected =
        browser.texts(inside, &json!([from[0].round(), from[1].round(), to[0].round(), to[1].round()]));
    assert!(expected.len() > 3 && expected.len() < 30, "{expected:?}");
    browser.drag(&[from, [x - 100.0, y], to], None);
    assert_eq!(selected(&browser).into_keys().collect::<Vec<_>>(), expected);
    let listed = browser.run("return document.querySelectorAll('#selection tbody tr').length;", &json!([]));
    assert_eq!(listed, expected.len());
}

#[test]
fn the_keyboard_reaches_every_region() {
    let folder = tempfile::tempdir().unwrap();
    let Some(browser) = page(folder.path()) else { return };
    browser.run("document.querySelector('svg[data-view=size_class]').focus();", &json!([]));
    browser.press(&[RIGHT, ENTER], None);
    let names = |browser: &Browser| {
        browser.texts(
            "return [...document.querySelectorAll('#selection tbody th')].map((cell) => cell.textContent);",
            &json!([]),
        )
    };
    assert_eq!(names(&browser), ["Anhui"]);
    browser.press(&[RIGHT, ENTER], Some(SHIFT));
    assert_eq!(names(&browser), ["Anhui", "Beijing"]);
    let said = browser.run("return document.getElementById('hot').textContent;", &json!([]));
    assert_eq!(said, "Beijing");
}

#[test]
fn a_comparison_shows_every_member() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "extends: {}\nname: fam\noutputs: {{ tables: [csv], maps: [], figures: false, page: true, exchange: [] }}\nvariants:\n  \
         flat: {{ projection: {{ emissions: {{ model: constant }} }} }}\n  rise: {{ projection: {{ emissions: {{ model: rate, rate: 4 %/yr }} }} }}\n",
        root().join("scenarios/baseline.yaml").display()
    );
    std::fs::write(folder.path().join("fam.yaml"), text).unwrap();
    let output = icf_in(folder.path(), &["run-scenario", "fam.yaml", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    browser.open(&folder.path().join("runs/fam.family/compare.html"));
    let script = "return [...document.querySelectorAll('main section')].map((section) => section.innerText);";
    let sections = browser.texts(script, &json!([]));
    assert_eq!(sections.len(), 7);
    for (section, member) in
        sections.iter().flat_map(|section| ["fam", "flat", "rise"].map(|name| (section, name)))
    {
        assert!(section.contains(member), "{member} is not in {section}");
    }
    assert_eq!(browser.console(), Vec::<String>::new());
    let asked = browser.requests();
    assert!(!asked.is_empty() && asked.iter().all(|url| url.starts_with("file:")), "{asked:?}");
}
