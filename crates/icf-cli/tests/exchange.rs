//! The files for exchange: what they hold, and that pyam takes them.
//!
//! pyam is looked for in the Python that `ICF_PYTHON` names, else in `python3`; where it is not, that test says so
//! and goes on.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, reads what was written and asks for its Python"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use support::python;
use support::{icf_in, root, stderr};

/// Every file for exchange, and whatever else a case asks for.
const ALL: &str =
    "outputs: { tables: [csv], figures: false, page: false, exchange: [iamc, iamc-wide, iamc-xlsx] }";

/// Runs a scenario that extends another by some lines; gives its folder.
fn run(folder: &Path, base: &str, name: &str, lines: &str) -> PathBuf {
    let base = root().join("scenarios").join(format!("{base}.yaml"));
    let text = format!("extends: {}\nname: {name}\n{ALL}\n{lines}\n", base.display());
    std::fs::write(folder.join(format!("{name}.yaml")), text).unwrap();
    let output = icf_in(folder, &["run-scenario", &format!("{name}.yaml"), "--quiet"]);
    assert!(output.status.success(), "{name}: {}", stderr(&output));
    folder.join("runs").join(name)
}

/// Region, variable, unit and year of each value of `iamc.csv`, in its order.
fn long(run: &Path) -> Vec<((String, String, String, i32), f64)> {
    let text = std::fs::read_to_string(run.join("exchange/iamc.csv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    assert_eq!(header, "model,scenario,region,variable,unit,year,value");
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells[0], concat!("ICF ", env!("CARGO_PKG_VERSION")));
        let key = (cells[2].to_owned(), cells[3].to_owned(), cells[4].to_owned(), cells[5].parse().unwrap());
        (key, cells[6].parse().unwrap())
    };
    rows.lines().map(row).collect()
}

/// A column of `nation.csv` by year.
fn of_nation(run: &Path, column: &str) -> BTreeMap<i32, f64> {
    let text = std::fs::read_to_string(run.join("tables/nation.csv")).unwrap();
    let mut lines = text.lines();
    let place = lines.next().unwrap().split(',').position(|name| name == column).unwrap();
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (cells[0].parse().unwrap(), cells[place].parse().unwrap())
        })
        .collect()
}

#[test]
fn rows_are_sorted_single_and_finite_and_wide_is_long() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(folder.path(), "baseline", "all", "");
    let rows = long(&run);
    assert!(rows.windows(2).all(|pair| pair[0].0 < pair[1].0), "sorted, and no key twice");
    assert!(rows.iter().all(|row| row.1.is_finite()));
    // 34 regions, of them 30 without a netted depth, with 12 variables in 31 years.
    assert_eq!(rows.len(), (34 * 12 - 30) * 31);
    let mut wide = Vec::new();
    let text = std::fs::read_to_string(run.join("exchange/iamc_wide.csv")).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    assert_eq!(header[..5], ["Model", "Scenario", "Region", "Variable", "Unit"]);
    for cells in lines {
        for (year, value) in header[5..].iter().zip(&cells[5..]).filter(|cell| !cell.1.is_empty()) {
            let key = (cells[2].to_owned(), cells[3].to_owned(), cells[4].to_owned(), year.parse().unwrap());
            wide.push((key, value.parse::<f64>().unwrap()));
        }
    }
    assert_eq!(wide, rows);
}

#[track_caller]
fn check(run: &Path, region: &str, variable: &str, unit: &str, column: &str, in_one: f64) {
    let expected = of_nation(run, column);
    let found: BTreeMap<i32, f64> = long(run)
        .into_iter()
        .filter(|row| (row.0.0.as_str(), row.0.1.as_str(), row.0.2.as_str()) == (region, variable, unit))
        .map(|row| (row.0.3, row.1 * in_one))
        .collect();
    assert_eq!(found.len(), expected.len());
    for (year, value) in expected {
        let off = (found[&year] - value).abs();
        assert!(off <= 1e-15 * value.abs(), "{variable} {year}: {} for {value}", found[&year]);
    }
}

#[test]
fn values_are_those_of_the_tables_in_the_units_of_the_consortium() {
    let folder = tempfile::tempdir().unwrap();
    let coherent = run(folder.path(), "baseline", "all", "");
    check(&coherent, "China", "Emissions|CO2|Industry", "Mt CO2/yr", "ice_tco2", 1e6);
    check(&coherent, "China", "Carbon Sequestration|Land Use", "Mt C/yr", "cs_t", 1e6);
    check(&coherent, "China", "Carbon Footprint|Industry", "million ha", "icf_hm2", 1e6);
    check(&coherent, "China", "Carbon Footprint|Industry|Depth", "dimensionless", "depth", 1.0);
    check(&coherent, "China", "Carbon Footprint|Industry|Depth|Netted", "dimensionless", "depth_netted", 1.0);
    check(&coherent, "China", "Population", "million", "population", 1e6);
    // What is not the same quantity has not the same name, and what is has.
    let printed = run(folder.path(), "as-published", "printed", "");
    check(&printed, "China", "Emissions|CO2|Industry [As Published]", "Mt CO2/yr", "ice_tco2", 1e6);
    check(&printed, "China", "Carbon Capacity|Ecosystem", "million ha", "cec_hm2", 1e6);
    let names =
        |run: &Path| long(run).into_iter().map(|row| row.0.1).collect::<std::collections::BTreeSet<_>>();
    let both: Vec<_> = names(&coherent).intersection(&names(&printed)).cloned().collect();
    assert_eq!(both, ["Carbon Capacity|Ecosystem", "Carbon Sequestration|Land Use", "Population"]);
}

#[test]
fn a_part_has_not_the_name_of_the_whole_and_groupings_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let run = run(
        folder.path(),
        "baseline",
        "part",
        "regions: { exclude: [Hainan], grouping: group4 }\n\
                   spatial: { islands: { policy: drop } }",
    );
    let regions: std::collections::BTreeSet<String> = long(&run).into_iter().map(|row| row.0.0).collect();
    let high: Vec<&String> =
        regions.iter().filter(|name| !name.starts_with("China|") || name.matches('|').count() > 1).collect();
    assert_eq!(
        high,
        [
            "China (29 of 30 regions)",
            "China|group4|central",
            "China|group4|east",
            "China|group4|northeast",
            "China|group4|west"
        ]
    );
}

#[test]
fn only_what_is_asked_for_is_written_and_the_same_bytes_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let read = |run: &Path, name: &str| std::fs::read(run.join("exchange").join(name));
    let first = run(folder.path(), "baseline", "all", "");
    let files = ["iamc.csv", "iamc_wide.csv", "iamc.xlsx", "definitions/region/regions.yaml"];
    let before: Vec<Vec<u8>> = files.iter().map(|name| read(&first, name).unwrap()).collect();
    // The clock of a zip archive counts in steps of two seconds.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    let again = run(folder.path(), "baseline", "all", "");
    for (name, before) in files.iter().zip(before) {
        assert!(read(&again, name).unwrap() == before, "{name}");
    }
    let variables = "definitions/variable/variables.yaml";
    let documented = std::fs::read(root().join("docs/iamc/variables.yaml")).unwrap();
    assert!(
        read(&again, variables).unwrap() == documented,
        "the documented variables are not those of a run"
    );
    for (name, asked, files) in [("none", "", 0), ("twice", "iamc-wide, iamc-wide", 3)] {
        let base = root().join("scenarios/baseline.yaml");
        let text = format!("extends: {}\nname: {name}\noutputs: {{ exchange: [{asked}] }}\n", base.display());
        std::fs::write(folder.path().join(format!("{name}.yaml")), text).unwrap();
        let output = icf_in(folder.path(), &["run-scenario", &format!("{name}.yaml"), "--quiet"]);
        assert!(output.status.success(), "{}", stderr(&output));
        let manifest =
            std::fs::read_to_string(folder.path().join(format!("runs/{name}/manifest.json"))).unwrap();
        assert_eq!(manifest.matches("\"exchange/").count(), files, "{name}");
    }
}

#[test]
fn pyam_takes_every_file_and_finds_the_same_sums() {
    let folder = tempfile::tempdir().unwrap();
    let runs = [
        run(folder.path(), "baseline", "coherent", ""),
        run(folder.path(), "as-published", "printed", ""),
        run(folder.path(), "baseline", "part", "regions: { exclude: [Tianjin], grouping: group4 }"),
    ];
    python::reads("iamc.py", "pyam", &runs);
}
