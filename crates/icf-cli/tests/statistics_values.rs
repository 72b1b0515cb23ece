//! The single statistics as commands: what they print, and the published figures through them.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

mod columbus;
#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use serde_json::Value;
use support::{icf_in, stderr, stdout};

/// Runs a command line in a folder and gives what it printed.
#[track_caller]
fn printed(folder: &Path, line: &str) -> String {
    let output = icf_in(folder, &line.split_whitespace().collect::<Vec<_>>());
    assert!(output.status.success(), "{line}: {}", stderr(&output));
    stdout(&output)
}

#[track_caller]
fn json(folder: &Path, line: &str) -> Value {
    serde_json::from_str(&printed(folder, &format!("{line} --format json"))).unwrap()
}

#[track_caller]
fn near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found}, not {expected}");
}

const CRIME: &str = "--data columbus.csv --id id --value crime --weights queen.gal";

#[track_caller]
fn check(command: &str, value: &str, expected: &[(&str, f64)]) {
    let folder = columbus::folder();
    let line =
        format!("{command} --data columbus.csv --id id --weights queen.gal --value {value} --permutations 9");
    let found = json(folder.path(), &line);
    for (key, expected) in expected {
        near(&found[*key], *expected);
    }
}

/// libpysal 4.14 and esda 2.9, row-standardised queen weights.
#[test]
fn figures_of_columbus() {
    check(
        "moran",
        "crime",
        &[
            ("n", 49.0),
            ("statistic", 0.500_188_557_182_861_1),
            ("variance_rand", 0.008_689_289_201_332),
            ("variance_norm", 0.008_563_413_119_405),
            ("expected", -1.0 / 48.0),
        ],
    );
    check("geary", "crime", &[("statistic", 0.540_528_202_702_068_4), ("expected", 1.0)]);
    check("moran", "inc", &[("statistic", 0.415_628_778_278_423_7)]);
    check("geary", "inc", &[("statistic", 0.675_881_624_728_823)]);
    check("moran", "hoval", &[("statistic", 0.180_093_114_317_273)]);
    check("geary", "hoval", &[("statistic", 0.806_086_397_122_095_1)]);
    check(
        "getis-ord",
        "crime",
        &[("statistic", 0.127_807_457_381_954_3), ("expected", 0.100_340_136_054_421_77)],
    );
}

#[test]
fn weights_are_described_and_written() {
    let folder = columbus::folder();
    for (kind, links) in [("queen", 236), ("rook", 200)] {
        let found = json(folder.path(), &format!("weights --weights {kind}.gal --out again.gwt"));
        assert_eq!((&found["n"], &found["links"]), (&49.into(), &links.into()));
        assert_eq!(found["islands"], serde_json::json!([]));
        assert_eq!((&found["components"], &found["symmetric"]), (&1.into(), &true.into()));
        let direct =
            printed(folder.path(), &CRIME.replace("queen", kind).replacen("--data", "lisa --data", 1));
        let through = CRIME.replace("queen.gal", "again.gwt").replacen("--data", "lisa --data", 1);
        assert_eq!(printed(folder.path(), &through), direct);
    }
}

#[test]
fn keys_of_the_global_statistics() {
    let folder = columbus::folder();
    let keys = "n statistic expected variance_norm variance_rand z_norm z_rand p_norm p_rand permutations p_greater \
                p_less p_two_sided p_folded p_directed";
    for command in ["moran", "geary", "getis-ord"] {
        let found = json(folder.path(), &format!("{command} {CRIME} --permutations 19"));
        for key in keys.split(' ') {
            // The moments of G under normality are not known.
            let is_unknown = command == "getis-ord" && key.ends_with("_norm");
            assert_eq!(found[key].is_number(), !is_unknown, "{command}: {key}");
        }
        let csv = printed(folder.path(), &format!("{command} {CRIME} --permutations 19 --format csv"));
        assert!(csv.starts_with(&keys.split_whitespace().collect::<Vec<_>>().join(",")), "{csv}");
    }
}

#[test]
fn header_and_quadrants_of_lisa() {
    let folder = columbus::folder();
    let csv = printed(folder.path(), &format!("lisa {CRIME} --permutations 99 --format csv"));
    let (header, rows) = csv.split_once('\n').unwrap();
    assert_eq!(
        header,
        "id,year,value,z,lag,statistic,quadrant,pysal_code,geoda_code,p_greater,p_less,p_two_sided,p_folded,p_directed,\
         q_bh,cluster"
    );
    let count = |name: &str| rows.lines().filter(|row| row.split(',').nth(6) == Some(name)).count();
    assert_eq!(["HH", "LH", "LL", "HL"].map(count), [21, 5, 20, 3]);
    assert_eq!(rows.lines().count(), 49);
}

/// Nine cells, 1 to 9: I = 0.5 with binary weights, by hand.
#[test]
fn lattice_with_weights_as_they_are() {
    let folder = columbus::folder();
    let line = "moran --data lattice.csv --id id --value y --weights lattice.gal --permutations 9";
    let binary = json(folder.path(), &format!("{line} --transform none"));
    near(&binary["statistic"], 0.5);
    near(&binary["variance_rand"], 0.059_687_5);
    near(&binary["variance_norm"], 0.053_125);
    assert_eq!(json(folder.path(), &format!("{line} --transform row")), json(folder.path(), line));
    assert_ne!(json(folder.path(), line)["statistic"], binary["statistic"]);
}

#[test]
fn breaks_of_calemp() {
    let folder = columbus::folder();
    let found = json(folder.path(), "breaks --data calemp.csv --value value -k 5");
    assert_eq!(found["breaks"], serde_json::json!([75.29, 192.05, 370.5, 722.85, 4111.45]));
    assert_eq!(found["counts"], serde_json::json!([49, 3, 4, 1, 1]));
    for key in ["gvf", "adcm", "ssd"] {
        assert!(found[key].is_number(), "{key}");
    }
}

/// A chain of four regions whose ends change places between the years.
#[test]
fn years_side_by_side() {
    let folder = columbus::folder();
    let weights = "4\na 1\nb\nb 2\na c\nc 2\nb d\nd 1\nc\n";
    std::fs::write(folder.path().join("chain.gal"), weights).unwrap();
    let data = "year,id,x\n2001,a,4\n2000,a,1\n2000,b,2\n2000,c,3\n2000,d,4\n2001,b,2\n2001,c,3\n2001,d,1\n";
    std::fs::write(folder.path().join("panel.csv"), data).unwrap();
    let panel = "--data panel.csv --id id --value x --year year --weights chain.gal";
    let years = json(folder.path(), &format!("moran {panel}"));
    assert_eq!((&years[0]["year"], &years[1]["year"]), (&2000.into(), &2001.into()));
    // 4! = 24 arrangements are fewer than 999, so p is exact: only 1234 and 4321 have an I as high.
    assert_eq!(years[0]["exact"], Value::Bool(true));
    near(&years[0]["p_greater"], 2.0 / 24.0);
    let one = json(folder.path(), &format!("moran {panel} --where year=2001"));
    assert_eq!(one[0], years[1]);
    let moves = json(folder.path(), &format!("transitions {panel} --classes 2"));
    assert_eq!(moves["order"], serde_json::json!(["HH", "LH", "LL", "HL"]));
    let total: u64 = moves["counts"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| row.as_array().unwrap())
        .filter_map(Value::as_u64)
        .sum();
    assert_eq!(total, 4);
    assert_eq!(moves["probabilities"].as_array().unwrap().len(), 4);
    for key in ["steady_state", "chi2", "dof", "p_value"] {
        assert!(moves.get(key).is_some(), "{key}");
    }
}

#[test]
fn dropped_islands_leave_the_data_too() {
    let folder = columbus::folder();
    std::fs::write(folder.path().join("w.gal"), "5\na 1\nb\nb 2\na c\nc 2\nb d\nd 1\nc\nx 0\n\n").unwrap();
    std::fs::write(folder.path().join("w.csv"), "id,v\nx,9\na,1\nb,2\nc,4\nd,3\n").unwrap();
    let line = "moran --data w.csv --id id --value v --weights w.gal";
    assert_eq!(json(folder.path(), &format!("{line} --islands drop"))["n"], 4);
    assert_eq!(json(folder.path(), &format!("{line} --islands zero"))["n"], 5);
    assert_eq!(json(folder.path(), &format!("{line} --islands links:x-a"))["islands"], 0);
}

#[test]
fn threads_and_the_order_of_rows_change_nothing() {
    let folder = columbus::folder();
    let text = std::fs::read_to_string(folder.path().join("columbus.csv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let turned: Vec<&str> = rows.lines().rev().collect();
    let turned = format!("\u{feff}{header}\r\n{}\r\n", turned.join("\r\n"));
    std::fs::write(folder.path().join("turned.csv"), turned).unwrap();
    for command in ["moran", "geary", "getis-ord", "lisa --statistic gstar", "lisa", "co-location --with inc"]
    {
        let line = format!("{command} {CRIME} --permutations 499 --format csv");
        let one = printed(folder.path(), &format!("{line} --threads 1"));
        for threads in ["2", "8"] {
            assert_eq!(printed(folder.path(), &format!("{line} --threads {threads}")), one, "{command}");
        }
        assert_eq!(printed(folder.path(), &line.replace("columbus.csv", "turned.csv")), one, "{command}");
    }
}
