//! Totals that are known from elsewhere, recomputed from the embedded tables.

mod support;

use std::collections::HashMap;

use support::{Row, number, rows};

/// S and D of the paper's eight fuels.
fn paper_factors() -> HashMap<String, (f64, f64)> {
    rows("fuels.csv")
        .iter()
        .filter_map(|row| Some((row["fuel"].clone(), (number(row, "paper_s")?, number(row, "paper_d")?))))
        .collect()
}

/// Σ Q·S·D and Σ Q·D of a year in t CO2, of 30 provinces and the paper's eight fuels.
fn emissions(year: &str) -> (f64, f64) {
    let factors = paper_factors();
    let mut sums = (0.0, 0.0);
    for row in rows("energy.csv").iter().filter(|row| row["year"] == year) {
        let Some((s, d)) = factors.get(&row["fuel"]) else { continue };
        let base_units = match row["unit"].as_str() {
            "1e4 t" => 1e7,
            "1e8 m3" => 1e8,
            other => panic!("unit {other}"),
        };
        let tonnes = number(row, "quantity").expect("a row has a quantity") * base_units * d / 1e3;
        sums.0 += tonnes * s;
        sums.1 += tonnes;
    }
    sums
}

fn area(source: &str, class: &str, year: &str) -> f64 {
    let is = |row: &&Row| row["source"] == source && row["class"] == class && row["year"] == year;
    rows("land.csv").iter().filter(is).map(|row| number(row, "area").expect("a row has an area")).sum()
}

#[track_caller]
fn check(found: f64, expected: f64) {
    assert!((found / expected - 1.0).abs() < 0.01, "{found:e} is not {expected:e}");
}

#[test]
fn the_paper_has_eight_fuels() {
    let mut fuels: Vec<String> = paper_factors().into_keys().collect();
    fuels.sort();
    let expected =
        ["coke", "crude-oil", "diesel-oil", "fuel-oil", "gasoline", "kerosene", "natural-gas", "raw-coal"];
    assert_eq!(fuels, expected);
}

#[test]
fn emissions_as_published() {
    check(emissions("2007").0, 2.24e9);
    check(emissions("2011").0, 2.85e9);
    check(emissions("2021").0, 2.70e9);
}

#[test]
fn physical_emissions() {
    check(emissions("2007").1, 2.57e9);
    check(emissions("2011").1, 3.27e9);
    check(emissions("2021").1, 2.99e9);
    check(emissions("2021").1 * 12.0 / 44.0, 0.82e9);
}

#[test]
fn sinks() {
    let sink = |forest: f64, grassland: f64| forest * 3.8096 + grassland * 0.9482;
    let grassland = area("modis-2019", "grassland", "2019");
    check(sink(area("modis-2019", "forest", "2019"), grassland), 0.89e9);
    check(sink(area("inventory", "forest", "2018"), grassland), 1.07e9);
}

#[test]
fn factors_of_the_standard_are_products() {
    for row in rows("fuels.csv") {
        let parts = ["ncv", "carbon_content", "oxidation"].map(|column| number(&row, column));
        let [Some(heat), Some(carbon), Some(oxidation)] = parts else {
            assert_eq!(number(&row, "gbt_factor"), None, "{row:?}");
            continue;
        };
        // MJ/kg × t C/TJ × share × 44/12 is g CO2 per kg, hence the thousand.
        let product = heat * carbon * oxidation * 44.0 / 12.0 / 1e3;
        let factor = number(&row, "gbt_factor").expect("a product of three values is known");
        assert!((factor / product - 1.0).abs() < 1e-12, "{row:?}: {product}");
        if ["coke", "crude-oil", "fuel-oil"].contains(&row["fuel"].as_str()) {
            let printed = number(&row, "paper_d").expect("the paper prints it");
            assert!((factor - printed).abs() < 5e-5, "{row:?}");
        }
    }
}
