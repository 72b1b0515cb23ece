//! The commands as others script against them.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::{icf_in, root, stderr, stdout};

fn scenario(name: &str) -> String {
    root().join("scenarios").join(format!("{name}.yaml")).to_str().unwrap().to_owned()
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

/// The header of a table of a run.
fn header(run: &Path, table: &str) -> Vec<String> {
    let text = std::fs::read_to_string(run.join("tables").join(format!("{table}.csv"))).unwrap();
    text.lines().next().unwrap().split(',').map(str::to_owned).collect()
}

#[test]
fn several_scenarios_each_in_its_folder_and_one_failure_stops_no_other() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bad.yaml"), "name: bad\n").unwrap();
    let (a, b) = (scenario("baseline"), scenario("as-published"));
    let arguments = ["run-scenario", &a, "bad.yaml", &b, "--out", "out", "--format", "json", "--quiet"];
    let output = icf_in(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let summaries = json(&stdout(&output));
    let names: Vec<_> = summaries.as_array().unwrap().iter().map(|summary| &summary["scenario"]).collect();
    assert_eq!(names, ["baseline", "as-published"]);
    for name in ["baseline", "as-published"] {
        let run = folder.path().join("out").join(name);
        for file in [
            "report.html",
            "manifest.json",
            "maps/regions.geojson",
            "figures/moran.svg",
            "tables/lisa.parquet",
        ] {
            assert!(run.join(file).is_file(), "{name}/{file}");
        }
    }
    assert!(!folder.path().join("out/bad").exists());
    assert_eq!(summaries[1]["unit"], "t (CO2 taken for C, as printed)");
}

#[test]
fn columns_that_users_script_against() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("run");
    let output = icf_in(folder.path(), &["run-scenario", &scenario("baseline"), "--out", "run", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let starts = |table: &str, columns: &str| {
        let found = header(&run, table);
        let wanted: Vec<&str> = columns.split(' ').collect();
        for column in wanted {
            assert!(found.iter().any(|name| name == column), "{table} has no column {column}");
        }
    };
    starts(
        "regions",
        "region name group year phase population ice_tco2 ice_t cs_t icf_hm2 cec_hm2 deficit_hm2 surplus_hm2 size_hm2 \
         depth size_hm2_per_capita icf_hm2_per_capita size_class depth_class quadrant",
    );
    starts("nation", "year ice_t cs_t icf_hm2 cec_hm2 deficit_hm2 surplus_hm2 size_hm2 depth depth_netted");
    starts(
        "groups",
        "group year ice_t cs_t icf_hm2 cec_hm2 deficit_hm2 surplus_hm2 size_hm2 depth depth_netted",
    );
    starts("moran", "variable year n statistic expected z_rand p_folded");
    starts("lisa", "variable year region statistic quadrant p_folded q_bh cluster");
    starts(
        "thresholds",
        "scenario threshold scope region value unit already_at_start first_year margin_horizon",
    );
    starts("paper_claims", "claim printed computed_coherent computed_as_published unit verdict why");
    starts("data_quality", "table region year item flag action");
    starts("transitions", "variable region");
    starts("projection", "region year quantity value unit model");
    let manifest = json(&std::fs::read_to_string(run.join("manifest.json")).unwrap());
    assert_eq!(manifest["seed"], 20_211_231);
    let inputs = manifest["inputs"].as_array().unwrap();
    assert!(inputs.len() > 8 && inputs.iter().all(|input| input["sha256"].as_str().unwrap().len() == 64));
    assert!(manifest["resolved_scenario"].as_str().unwrap().contains("preset: coherent"));
    let text = manifest.to_string();
    assert!(!text.contains(folder.path().to_str().unwrap()), "the manifest names a folder of this machine");
}

#[test]
fn compare_takes_files_and_finished_runs_alike() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = scenario("baseline");
    let output = icf_in(folder.path(), &["run-scenario", &baseline, "--out", "run", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let published = scenario("as-published");
    let output = icf_in(folder.path(), &["compare", "run", &baseline, &published, "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let csv = std::fs::read_to_string(folder.path().join("compare.csv")).unwrap();
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows.len(), 4);
    assert!(rows[0].ends_with(
        "sink-2030_first_year,sink-2030_margin_horizon,sink-2030_p_horizon,capacity_first_year,\
                               capacity_margin_horizon,capacity_p_horizon,depth-1.5_first_year,\
                               depth-1.5_margin_horizon,depth-1.5_p_horizon"
    ));
    assert_eq!(rows[1], rows[2]);
    // As printed, t CO2 are above a level in t C from the start.
    assert!(rows[3].starts_with("as-published,") && rows[3].contains(",already,"), "{}", rows[3]);
    let output = icf_in(folder.path(), &["compare", "nowhere", "--quiet"]);
    assert_eq!(output.status.code(), Some(3));
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let output = icf_in(folder.path(), &["compare", "empty", "--quiet"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("is empty the folder of a run?"), "{}", stderr(&output));
}

#[test]
fn small_and_odd_runs_say_what_is_missing_instead_of_failing() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = scenario("baseline");
    for (name, lines) in [
        ("one-region", "regions: { include: [Ningxia] }"),
        ("two-regions", "regions: { include: [Hainan, Guangdong] }"),
        ("no-gaps-filled", "gaps: { policy: none }"),
        ("all-fuels", "accounting: { fuels: all, non_energy: exclude }"),
        ("printed-all", "accounting: { preset: as-published, fuels: all }"),
        ("short", "years: { first: 2020, last: 2022 }\nprojection: { emissions: { model: constant } }"),
        ("long", "projection: { horizon: 2060 }"),
        ("bare", "thresholds: []\noutputs: { tables: [csv], figures: false, page: false }"),
        (
            "own-models",
            "projection: { regions: { Guangdong: { emissions: { model: rate, rate: -2 %/yr } } } }",
        ),
        ("yearly", "classes: { pooled: false }\nquadrants: { split: median }\nspatial: { label_by: q }"),
    ] {
        std::fs::write(
            folder.path().join(format!("{name}.yaml")),
            format!("extends: {baseline}\nname: {name}\n{lines}\n"),
        )
        .unwrap();
        let output = icf_in(folder.path(), &["run-scenario", &format!("{name}.yaml"), "--quiet"]);
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        let regions =
            std::fs::read_to_string(folder.path().join("runs").join(name).join("tables/regions.csv"))
                .unwrap();
        assert!(
            regions.lines().count() > 1 && !regions.contains("NaN") && !regions.contains("inf"),
            "{name}"
        );
    }
    // A part of the regions does not pass for the nation.
    let table = |run: &str, table: &str| {
        std::fs::read_to_string(folder.path().join(format!("runs/{run}/tables/{table}.csv"))).unwrap()
    };
    let nation = table("no-gaps-filled", "nation");
    let of_2000 = nation.lines().find(|line| line.starts_with("2000,")).unwrap();
    assert!(of_2000.contains("no sums: energy or land is not known of "), "{of_2000}");
    assert!(of_2000.contains(",,,"), "{of_2000}");
    assert!(table("no-gaps-filled", "thresholds").contains("not known in 2000"));
    // Each year has classes of its own.
    let classes = table("yearly", "classes");
    assert!(
        classes.contains("size_hm2_per_capita,2000,natural-breaks,1,")
            && classes.contains("depth,2030,log-natural-breaks,1,"),
        "{classes}"
    );
    let page = std::fs::read_to_string(folder.path().join("runs/yearly/report.html")).unwrap();
    assert!(page.contains("bounds of each year"));
    let said = |run: &str| {
        let output = icf_in(folder.path(), &["run-scenario", &format!("{run}.yaml"), "--quiet"]);
        stdout(&output)
    };
    assert!(said("bare").trim_end().ends_with("files in runs/bare"), "{}", said("bare"));
    assert!(said("yearly").trim_end().ends_with("open runs/yearly/report.html"));
    let bare = folder.path().join("runs/bare");
    assert!(!bare.join("report.html").exists() && !bare.join("figures").exists());
    assert!(!bare.join("tables/regions.parquet").exists());
}

#[test]
fn every_way_to_be_neighbours() {
    let folder = tempfile::tempdir().unwrap();
    let boundaries = root().join("crates/icf-data/china-provinces/boundaries.geojson");
    let made = icf_in(
        folder.path(),
        &[
            "weights",
            "--geometry",
            boundaries.to_str().unwrap(),
            "--id",
            "region",
            "--snap",
            "0.0001",
            "--quiet",
            "--out",
            "queen.gal",
            "--format",
            "json",
        ],
    );
    assert!(made.status.success(), "{}", stderr(&made));
    let run = |name: &str, lines: &str| {
        let text = format!("extends: {}\nname: {name}\n{lines}\n", scenario("baseline"));
        std::fs::write(folder.path().join(format!("{name}.yaml")), text).unwrap();
        let output = icf_in(folder.path(), &["run-scenario", &format!("{name}.yaml"), "--quiet"]);
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        let tables = folder.path().join("runs").join(name).join("tables");
        move |table: &str| std::fs::read_to_string(tables.join(format!("{table}.csv"))).unwrap()
    };
    let baseline = run("as-it-is", "")("moran");
    // The same weights by way of a file give the same bytes.
    let file = run("file", "spatial: { weights: { kind: file, path: queen.gal } }");
    assert_eq!(file("moran"), baseline);
    for (name, lines) in [
        ("rook", "spatial: { weights: { kind: rook } }"),
        ("overlap", "spatial: { weights: { kind: overlap } }"),
        ("knn", "spatial: { weights: { kind: knn, k: 4 } }"),
        ("band", "spatial: { weights: { kind: band, km: 800 }, islands: { policy: nearest } }"),
        ("kernel", "spatial: { weights: { kind: kernel, k: 6, shape: gaussian }, adjustment: by }"),
    ] {
        let moran = run(name, lines)("moran");
        assert_eq!(moran.lines().count(), baseline.lines().count(), "{name}");
        assert!(
            !moran.contains("NaN") && (moran != baseline || matches!(name, "rook" | "overlap")),
            "{name}"
        );
    }
    let local = run("local", "spatial: { local: [geary, g, gstar, bivariate] }")("local_statistics");
    for (statistic, rows) in [("geary", 1380), ("g", 1380), ("gstar", 1380), ("bivariate", 690)] {
        let found = local.lines().filter(|line| line.starts_with(&format!("{statistic},"))).count();
        assert_eq!(found, rows, "{statistic}");
    }
    for method in ["quantile", "equal-interval", "std-mean", "head-tail"] {
        let classes = run(method, &format!("classes: {{ method: {method} }}"))("classes");
        assert!(classes.contains(&format!("size_hm2_per_capita,,{method},1,")), "{classes}");
    }
    let bounds = "classes: { method: user, bounds: { size: [0.1, 0.5], depth: [1, 2] } }";
    let classes = run("user", bounds)("classes");
    assert!(classes.contains("depth,,user,1,,,1.0,1,"), "{classes}");
}

#[test]
fn moves_add_up() {
    let folder = tempfile::tempdir().unwrap();
    let output = icf_in(folder.path(), &["run-scenario", &scenario("baseline"), "--out", "run", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let read =
        |table: &str| std::fs::read_to_string(folder.path().join(format!("run/tables/{table}.csv"))).unwrap();
    let moves = read("lisa_markov");
    let sum = |span: &str| -> usize {
        moves
            .lines()
            .filter(|line| line.starts_with(&format!("size_hm2_per_capita,{span},")))
            .map(|line| line.split(',').nth(4).unwrap().parse::<usize>().unwrap())
            .sum()
    };
    // 30 regions, 22 pairs of years; a region on an axis is in no quadrant.
    assert_eq!(sum("pooled"), 660);
    assert_eq!(sum("first-to-last"), 30);
    // Theil's parts are the whole, and so are Dagum's.
    for line in read("inequality").lines().filter(|line| line.split(',').nth(3) == Some("")) {
        let cells: Vec<f64> =
            line.split(',').skip(5).take(4).map(|cell| cell.parse().unwrap_or(0.0)).collect();
        assert!((cells[0] - cells[1] - cells[2] - cells[3]).abs() < 1e-12, "{line}");
    }
    let centres = read("gravity_centres");
    assert!(centres.lines().skip(1).all(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let (longitude, latitude): (f64, f64) = (cells[3].parse().unwrap(), cells[4].parse().unwrap());
        (100.0..120.0).contains(&longitude) && (25.0..40.0).contains(&latitude)
    }));
}
