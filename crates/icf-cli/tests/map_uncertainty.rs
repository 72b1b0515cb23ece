//! Errors of what goes in, carried to the map as a user runs them.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::{icf, refused, root, stderr};

const TABLES: [&str; 4] = ["cluster_probability", "quadrant_probability", "moran_ensemble", "input_errors"];

const SPACE: &str = "
uncertainty:
  seed: 3
  space:
    draws: 200
    years: [2022]
    errors:
      - { of: activity, each: [region, fuel], times: { distribution: lognormal, median: 1, spread: 1.1 } }
      - { of: areas, each: [region, class], times: { distribution: normal, mean: 1, sd: 0.05 } }
outputs: { tables: [csv], maps: [], figures: false, page: false }
";

/// Extends the baseline by some lines, and runs it.
fn run(folder: &Path, name: &str, lines: &str, threads: &str) {
    let file = folder.join(format!("{name}.yaml"));
    let base = root().join("scenarios/baseline.yaml");
    std::fs::write(&file, format!("extends: {}\nname: {name}\n{lines}", base.display())).unwrap();
    let out = folder.join(format!("{name}-{threads}"));
    let output =
        icf(&["run-scenario", file.to_str().unwrap(), "--out", out.to_str().unwrap(), "--threads", threads]);
    assert!(output.status.success(), "{}", stderr(&output));
}

fn table(folder: &Path, run: &str, name: &str) -> String {
    std::fs::read_to_string(folder.join(run).join(format!("tables/{name}.csv"))).unwrap()
}

#[test]
fn threads_move_no_draw() {
    let folder = tempfile::tempdir().unwrap();
    for threads in ["1", "2", "8"] {
        run(folder.path(), "off", SPACE, threads);
    }
    for name in TABLES {
        let one = table(folder.path(), "off-1", name);
        assert!(one.lines().count() > 2, "{one}");
        for threads in ["2", "8"] {
            assert!(one == table(folder.path(), &format!("off-{threads}"), name), "{name} on {threads}");
        }
    }
    // What is said without any draw is what the tables of the run say.
    let moran = table(folder.path(), "off-1", "moran");
    for row in table(folder.path(), "off-1", "moran_ensemble").lines().skip(1) {
        let start: Vec<&str> = row.splitn(5, ',').collect();
        let of_run = format!("{},", start[..4].join(","));
        assert!(moran.lines().any(|line| line.starts_with(&of_run)), "{of_run}");
    }
}

/// Another projection, another year and a drawn key beside them move no draw of the map.
#[test]
fn the_same_draws_serve_every_scenario() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "one", SPACE, "2");
    let other = SPACE
        .replace("years: [2022]", "years: [2010, 2022]")
        .replace("  seed: 3", "  seed: 3\n  draws: 200\n  inputs:\n    projection.sink.rate: { distribution: uniform, min: -1 %/yr, max: 0 %/yr }");
    run(folder.path(), "other", &format!("{other}projection: {{ emissions: {{ model: constant }} }}\n"), "2");
    for name in &TABLES[..3] {
        let of_2022 = |run: &str| {
            let table = table(folder.path(), run, name);
            table.lines().filter(|line| line.contains("2022,")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert!(of_2022("one-2").len() > 1 && of_2022("one-2") == of_2022("other-2"), "{name}");
    }
    assert!(folder.path().join("other-2/tables/ensemble.csv").is_file());
    assert!(!folder.path().join("one-2/tables/ensemble.csv").exists(), "no key is drawn");
}

/// The cell of a column in the row of a variable.
fn cell(table: &str, variable: &str, column: &str) -> f64 {
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().unwrap();
    let at = heads.iter().position(|head| *head == column).unwrap();
    lines.find(|cells| cells[0] == variable).unwrap()[at].parse().unwrap()
}

/// Moran's I of figures that were multiplied beforehand: esda 2.9.0 with the queen weights of libpysal 4.14.1, Hainan linked to
/// Guangdong.
#[test]
fn a_known_error_gives_the_map_of_the_mended_figures() {
    let folder = tempfile::tempdir().unwrap();
    let always = |value: &str| format!("times: {{ distribution: discrete, values: [{value}] }}");
    let lines = format!(
        "uncertainty:\n  space:\n    draws: 100\n    errors:\n\
         \u{20}     - {{ of: activity, regions: [Jiangsu], {} }}\n\
         \u{20}     - {{ of: factors, regions: [Hubei, Fujian], {} }}\n\
         \u{20}     - {{ of: areas, regions: [Zhejiang], {} }}\n\
         outputs: {{ tables: [csv], maps: [], figures: false, page: false }}\n",
        always("1.3"),
        always("0.8"),
        always("0.5")
    );
    run(folder.path(), "known", &lines, "2");
    let moran = table(folder.path(), "known-2", "moran_ensemble");
    for (variable, of_esda) in [("size_hm2_per_capita", 0.24919611156888916), ("depth", 0.21111170387091538)]
    {
        for column in ["mean", "q025", "q50", "q975"] {
            let found = cell(&moran, variable, column);
            assert!((found / of_esda - 1.0).abs() < 1e-12, "{variable} {column}: {found} for {of_esda}");
        }
    }
}

/// Mean, standard deviation and quantiles of Moran's I over 4000 draws that numpy 2.4.6 made of errors of its own, esda 2.9.0
/// computing each.
#[test]
fn the_spread_is_that_of_other_draws() {
    let folder = tempfile::tempdir().unwrap();
    let lines = "
spatial: { permutations: 99 }
uncertainty:
  space:
    draws: 4000
    errors:
      - { of: activity, each: [region], times: { distribution: lognormal, median: 1, spread: 1.2 } }
      - { of: areas, each: [region], times: { distribution: lognormal, median: 1, spread: 1.1 } }
outputs: { tables: [csv], maps: [], figures: false, page: false }
";
    run(folder.path(), "spread", lines, "2");
    let moran = table(folder.path(), "spread-2", "moran_ensemble");
    for (variable, mean, sd, [q025, q50, q975]) in [
        ("size_hm2_per_capita", 0.232146716, 0.061234027, [0.1226, 0.2287, 0.3569]),
        ("depth", 0.149148313, 0.045628670, [0.0694, 0.1458, 0.2496]),
    ] {
        let check = |column: &str, expected: f64, errors: f64| {
            let found = cell(&moran, variable, column);
            // Five standard errors of the difference of two samples.
            let most = 5.0 * errors * sd * (2.0_f64 / 4000.0).sqrt();
            assert!((found - expected).abs() < most, "{variable} {column}: {found} for {expected}");
        };
        check("mean", mean, 1.0);
        check("sd", sd, 0.5_f64.sqrt());
        // The standard error of a quantile of a normal sample, √(p(1 − p))/φ(z), in that of the mean.
        check("q025", q025, 2.67);
        check("q50", q50, 1.2533);
        check("q975", q975, 2.67);
    }
}

#[test]
fn what_cannot_be_drawn_is_refused_before_it_is() {
    let errors = |error: &str| format!("uncertainty:\n  space:\n    errors:\n      - {error}\n");
    refused(
        &errors("{ of: areas, times: { distribution: normal, mean: 1, sd: 0.4 } }"),
        &["s.yaml:6:", "no figure is below zero", "a smaller spread"],
    );
    refused(
        &errors("{ of: factors, fuels: [other-gas], times: { distribution: uniform, min: 0.9, max: 1.1 } }"),
        &["s.yaml:6:", "`other-gas` is not among the fuels of the run"],
    );
    let few = "regions: { include: [Beijing, Hebei] }\n";
    let sound = errors("{ of: activity, times: { distribution: uniform, min: 0.9, max: 1.1 } }");
    refused(
        &format!("{few}spatial: {{ islands: {{ policy: zero }} }}\n{sound}"),
        &["s.yaml:6:", "fewer than three regions"],
    );
    // Errors of the history say nothing of the projection.
    let asked = "solve:\n  - { for: nation, threshold: capacity, until: 2030, by: emissions-rate, probability: 90 % }\n";
    refused(&format!("{sound}{asked}"), &["s.yaml:8:", "a probability is asked for, and nothing is drawn"]);
}
