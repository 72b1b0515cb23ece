//! Levers and sink trading through the whole chain: what comes of a scenario is what its levers say.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use support::table::{Row, figure, number, table};
use support::{icf_in, root, stderr, stdout};

/// Runs the baseline with some levers; gives the folder of the run.
#[track_caller]
fn run(folder: &Path, name: &str, levers: &str) -> PathBuf {
    let baseline = root().join("scenarios/baseline.yaml");
    let text = format!(
        "extends: {}\nname: {name}\noutputs: {{ tables: [csv], maps: [], figures: false, page: false }}\n{levers}\n",
        baseline.display()
    );
    std::fs::write(folder.join(format!("{name}.yaml")), text).unwrap();
    let output = icf_in(folder, &["run-scenario", &format!("{name}.yaml"), "--out", name, "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    folder.join(name)
}

fn year_of(row: &Row) -> i32 {
    row["year"].parse().unwrap()
}

/// A figure of each region and year.
fn by_cell(rows: &[Row], column: &str) -> BTreeMap<(String, i32), f64> {
    rows.iter().map(|row| ((row["region"].clone(), year_of(row)), number(row, column))).collect()
}

#[track_caller]
fn close(found: f64, expected: f64, what: &str) {
    let scale = found.abs().max(expected.abs()).max(1.0);
    assert!((found - expected).abs() <= 1e-12 * scale, "{what}: {found} is not {expected}");
}

/// The projected part of a table.
fn projected(rows: Vec<Row>) -> Vec<Row> {
    rows.into_iter().filter(|row| row["phase"] == "projection").collect()
}

#[test]
fn a_lever_does_what_its_formula_says() {
    let folder = tempfile::tempdir().unwrap();
    let before = projected(table(&run(folder.path(), "without", ""), "regions"));
    let levers = "levers:
  - { lever: efficiency, regions: [Guangdong], rate: 10 %/yr, from: 2025, to: 2027 }
  - { lever: drought, regions: [Yunnan], years: [2026], loss: 20 %, recovery: 2 }
  - { lever: relocation, out_of: Jiangsu, into: Anhui, share: 50 %, gain: 20 %, from: 2030, by: 2030 }";
    let after = projected(table(&run(folder.path(), "with", levers), "regions"));
    let of = |rows: &[Row], column| by_cell(rows, column);
    let (ice, cs) = (of(&before, "ice_t"), of(&before, "cs_t"));
    let (ice_after, cs_after) = (of(&after, "ice_t"), of(&after, "cs_t"));
    for ((region, year), found) in &ice_after {
        let key = (region.clone(), *year);
        let expected = match (region.as_str(), *year) {
            ("440000", 2025..) => ice[&key] * 0.9_f64.powi((*year).min(2027) - 2024),
            ("320000", 2030) => ice[&key] * 0.5,
            ("340000", 2030) => ice[&key] + 0.8 * 0.5 * ice[&("320000".to_owned(), 2030)],
            _ => ice[&key],
        };
        close(*found, expected, &format!("emissions of {region} in {year}"));
        let share = match (region.as_str(), *year) {
            ("530000", 2026) => 0.8,
            ("530000", 2027) => 0.9,
            _ => 1.0,
        };
        close(cs_after[&key], share * cs[&key], &format!("sink of {region} in {year}"));
    }
}

#[test]
fn what_levers_change_adds_up() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(root().join("scenarios/levers.yaml")).unwrap();
    let levers = &text[text.find("\nlevers:").expect("the scenario has levers")..];
    let (without, with) = (run(folder.path(), "without", ""), run(folder.path(), "all", levers));
    let (rows, effects) = (table(&with, "levers"), table(&with, "lever_effects"));
    let (before, after) = (projected(table(&without, "regions")), projected(table(&with, "regions")));
    for (of, changed) in [("ice_t", "emissions_t"), ("cs_t", "sink_t")] {
        let (before, after) = (by_cell(&before, of), by_cell(&after, of));
        let mut sums: BTreeMap<(String, i32), f64> = BTreeMap::new();
        for row in &rows {
            let key = (row["region"].clone(), year_of(row));
            *sums.entry(key).or_default() += number(row, changed);
        }
        for (key, value) in &after {
            let sum = sums.get(key).copied().unwrap_or_default();
            close(before[key] + sum, *value, &format!("{of} of {key:?}"));
        }
        let together = changed.replace("_t", "_together_t");
        for year in 2023..=2030 {
            let of_year = |row: &&Row| year_of(row) == year;
            let all: f64 = rows.iter().filter(of_year).map(|row| number(row, changed)).sum();
            let last = effects.iter().rfind(of_year).expect("each year has its effects");
            close(number(last, &together), all, &format!("{changed} in {year}"));
        }
    }
    // Nothing else moves: the history, and the path before any lever.
    for name in ["projection", "moran", "lisa"] {
        let file = |run: &Path| std::fs::read(run.join(format!("tables/{name}.csv"))).unwrap();
        assert!(file(&without) == file(&with), "{name}");
    }
}

/// What a lever brings by name: in its place, and alone, of emissions at the horizon.
fn brings(run: &Path, name: &str) -> [f64; 2] {
    let rows = table(run, "lever_effects");
    let row =
        rows.iter().find(|row| row["name"] == name && row["year"] == "2030").expect("the lever is there");
    [number(row, "emissions_t"), number(row, "emissions_alone_t")]
}

#[test]
fn order_matters_where_a_cap_holds_and_alone_is_alone() {
    let folder = tempfile::tempdir().unwrap();
    let half = "  - { lever: efficiency, name: half, rate: 50 %/yr, from: 2030 }";
    let capture = |cap: &str| format!("  - {{ lever: capture, name: capture, rate: 40 %{cap}, from: 2030 }}");
    let order = |name: &str, first: &str, second: &str| {
        run(folder.path(), name, &format!("levers:\n{first}\n{second}"))
    };
    let total = |run: &Path| -> f64 {
        let last = table(run, "lever_effects").into_iter().rfind(|row| row["year"] == "2030");
        number(&last.expect("there are levers"), "emissions_together_t")
    };
    let emissions = |run: &Path| {
        let nation = table(run, "nation");
        number(nation.iter().find(|row| row["year"] == "2030").expect("the horizon"), "ice_t")
    };
    // Without a cap both are shares, and shares commute: half of 60 % is 60 % of half.
    let (a, b) = (order("a", half, &capture("")), order("b", &capture(""), half));
    close(total(&a), total(&b), "shares in either order");
    let whole = emissions(&a) - total(&a);
    close(emissions(&a), 0.3 * whole, "half of 60 %");
    for (run, half, capture) in [(&a, -0.5, -0.2), (&b, -0.3, -0.4)] {
        close(brings(run, "half")[0], half * whole, "half in its place");
        close(brings(run, "capture")[0], capture * whole, "capture in its place");
        close(brings(run, "half")[1], -0.5 * whole, "half alone");
        close(brings(run, "capture")[1], -0.4 * whole, "capture alone");
    }
    // 40 % of all would be more than the cap, of which half is saved when efficiency comes later.
    let cap = 1e7;
    let capped = capture(", cap: 1e7 tC");
    let (c, d) = (order("c", half, &capped), order("d", &capped, half));
    close(total(&c), -0.5 * whole - cap, "the cap of what is left");
    close(total(&d), -cap - 0.5 * (whole - cap), "half of what is left");
    close(brings(&d, "capture")[1], -cap, "a cap holds alone as well");
}

#[test]
fn no_lever_takes_more_than_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(
        folder.path(),
        "beyond",
        "levers:
  - { lever: capture, name: all, regions: [Guangdong], rate: 100 %, from: 2029 }
  - { lever: capture, name: again, regions: [Guangdong], rate: 50 %, from: 2030 }
  - { lever: relocation, out_of: Ningxia, into: Gansu, amount: 9e8 tC, from: 2030, by: 2030 }
  - { lever: capture, name: capped, regions: [Shandong, Hebei], rate: 90 %, cap: 1 Mt CO2, from: 2030 }
  - { lever: drought, regions: [Hainan], years: [2030], loss: 100 % }",
    );
    let after = by_cell(&projected(table(&run, "regions")), "ice_t");
    assert_eq!(after[&("440000".to_owned(), 2030)], 0.0);
    assert_eq!(after[&("640000".to_owned(), 2030)], 0.0);
    let rows = table(&run, "levers");
    let notes = |name: &str| -> Vec<&Row> {
        rows.iter().filter(|row| row["name"] == name && !row["note"].is_empty()).collect()
    };
    assert!(
        notes("relocation")[0]["note"].contains("all 48583805 t that were there"),
        "{:?}",
        notes("relocation")
    );
    let capped = notes("capped");
    assert_eq!(capped.len(), 2, "both regions are told");
    assert!(capped[0]["note"].contains("held by the cap of 272727 t a year"), "{capped:?}");
    let captured: f64 = capped.iter().map(|row| number(row, "emissions_t")).sum();
    close(captured, -1e6 * 12.0 / 44.0, "what is captured is the cap");
    // Without a sink there is no capacity, and no depth rather than an infinite one.
    let hainan = projected(table(&run, "regions"));
    let hainan =
        hainan.iter().find(|row| row["region"] == "460000" && row["year"] == "2030").expect("Hainan");
    assert_eq!((number(hainan, "cs_t"), figure(hainan, "depth")), (0.0, None));
}

#[test]
fn trading_balances_and_its_prices_prove_it() {
    let folder = tempfile::tempdir().unwrap();
    let without = run(folder.path(), "without", "");
    let traded =
        run(folder.path(), "traded", "levers: [{ lever: trade, years: every-year, price: 100 yuan/tCO2 }]");
    for name in ["regions", "groups", "nation", "thresholds", "quadrants"] {
        let file = |run: &Path| std::fs::read_to_string(run.join(format!("tables/{name}.csv"))).unwrap();
        // Thresholds name the scenario.
        let expected = file(&without).replace("\nwithout,", "\ntraded,");
        assert!(expected == file(&traded), "trading moved {name}");
    }
    let (flows, balance) = (table(&traded, "trade_flows"), table(&traded, "trade_balance"));
    let regions = table(&traded, "regions");
    for year in 2023..=2030 {
        let of_year = |row: &&Row| year_of(row) == year;
        let flows: Vec<&Row> = flows.iter().filter(of_year).collect();
        let balance: Vec<&Row> = balance.iter().filter(of_year).collect();
        let sum = |role: &str, column: &str| -> f64 {
            balance.iter().filter(|row| row["role"] == role).map(|row| number(row, column)).sum()
        };
        let moved: f64 = flows.iter().map(|row| number(row, "t")).sum();
        let least = sum("seller", "before_t").min(-sum("buyer", "before_t"));
        assert_eq!(moved, least, "{year}: what flows is the lesser of deficits and surpluses");
        assert_eq!((sum("seller", "traded_t"), sum("buyer", "traded_t")), (moved, moved), "{year}");
        for row in &balance {
            let end = if row["role"] == "seller" { "from" } else { "to" };
            let own: f64 =
                flows.iter().filter(|flow| flow[end] == row["region"]).map(|flow| number(flow, "t")).sum();
            assert_eq!(own, number(row, "traded_t"), "{year} {}", row["name"]);
            let sign = if row["role"] == "seller" { -1.0 } else { 1.0 };
            assert_eq!(
                number(row, "before_t") + sign * own,
                number(row, "after_t"),
                "{year} {}",
                row["name"]
            );
            let region = regions.iter().find(|of| of["region"] == row["region"] && of["year"] == row["year"]);
            let region = region.expect("the region is in the run");
            let exact = number(region, "cs_t") - number(region, "ice_t");
            assert_eq!(
                number(row, "before_t"),
                exact.trunc(),
                "{year} {}: whole tonnes of its balance",
                row["name"]
            );
            close(
                figure(row, "money").expect("there is a price"),
                own * 44.0 / 12.0 * 100.0,
                "what it costs",
            );
        }
        let shadow = |region: &str| {
            let row = balance.iter().find(|row| row["region"] == region).expect("who trades has a balance");
            (number(row, "shadow_km") * 1000.0).round()
        };
        for flow in &flows {
            assert!(number(flow, "t") > 0.0);
            let gap = shadow(&flow["to"]) - shadow(&flow["from"]);
            assert_eq!(gap, (number(flow, "km") * 1000.0).round(), "{year}: a flow is worth its way");
        }
        // A surplus that is not all sold is worth nothing more.
        for row in balance.iter().filter(|row| row["role"] == "seller" && number(row, "after_t") > 0.0) {
            assert_eq!(number(row, "shadow_km"), 0.0, "{year} {}", row["name"]);
        }
    }
}

#[test]
fn levers_are_told_in_the_summary_and_explained() {
    let folder = tempfile::tempdir().unwrap();
    run(
        folder.path(),
        "told",
        "levers: [{ lever: capture, rate: 10 %, cap: 5 Mt CO2, from: 2030 }, { lever: trade }]",
    );
    let output = icf_in(folder.path(), &["run-scenario", "told.yaml", "--out", "again", "--quiet"]);
    let said = stdout(&output);
    assert!(said.contains("Levers in 2030, t C"), "{said}");
    assert!(said.contains("  capture   emissions −1.4e6\n"), "{said}");
    assert!(said.contains("Sink trading (an account beside"), "{said}");
    let explain = |key: &str| stdout(&icf_in(folder.path(), &["explain", "told.yaml", key]));
    assert!(
        explain("levers[0].cap").starts_with("levers[0].cap = 5000000 tCO2\n  told.yaml:4:"),
        "{}",
        explain("levers[0].cap")
    );
    assert!(explain("levers[1].years").contains("the default"), "{}", explain("levers[1].years"));
}

/// The paper takes the sink for stable. The netted verdict holds as long as no dry year takes what room the baseline has.
#[test]
fn the_stable_sink_is_put_to_the_test() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = root().join("scenarios/unstable-sink.yaml");
    let set = "outputs={ tables: [csv], maps: [], figures: false, page: false }";
    let output = icf_in(
        folder.path(),
        &["run-scenario", scenario.to_str().unwrap(), "--set", set, "--out", "out", "--quiet"],
    );
    assert!(output.status.success(), "{}", stderr(&output));
    let said = stdout(&output);
    let line = |member: &str| {
        let name = format!("unstable-sink.{member} ");
        said.lines()
            .find(|line| line.starts_with(&name))
            .unwrap_or_else(|| panic!("{member} is not in\n{said}"))
    };
    for (member, capacity) in [
        ("dry-10", "never"),
        ("dry-20", "never"),
        ("dry-25", "2030"),
        ("dry-years", "never"),
        ("wear", "never"),
    ] {
        let cells: Vec<&str> =
            line(member).split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        assert!(cells[cells.len() - 2].starts_with(capacity), "{}", line(member));
    }
    // The room of the baseline says how dry a year may be: a loss above it turns the balance.
    let nation = table(&folder.path().join("out/unstable-sink"), "nation");
    let horizon = nation.iter().find(|row| row["year"] == "2030").expect("the horizon");
    let room = 1.0 - number(horizon, "ice_t") / number(horizon, "cs_t");
    assert!(0.20 < room && room < 0.25, "{room}");
}
