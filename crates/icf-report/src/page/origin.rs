//! Where the figures of each region and year come from, as JSON for the page's script.

use std::collections::BTreeMap;

use icf_results::{Basis, DataQualityRow, ModelRow};
use icf_units::Year;
use serde_json::{Value, json};

use super::data::{rounded, without_end};
use super::glossary;
use crate::language::say;
use crate::number::significant;
use crate::view::View;

/// Doubtful cells that a page can carry.
const CELLS: usize = 20_000;

/// Values by region, then fuel or class, then year.
type Cube = Vec<Vec<Vec<Option<f64>>>>;

/// Fuels, land, factors, flags and models. A region or year that is not in it has nothing behind it that is known.
pub(super) fn origin(view: &View, years: &[Year]) -> Value {
    let results = view.results;
    let fuels: Vec<&str> = results.fuel_factors.iter().map(|row| row.fuel.as_str()).collect();
    let fuel_rows = results.fuel_origins.iter();
    let fuel_rows =
        fuel_rows.map(|row| (row.region.as_str(), row.fuel.as_str(), row.year, row.emissions.get()));
    let mut classes: Vec<(&str, f64)> = Vec::new();
    for row in &results.land_origins {
        if classes.iter().all(|class| class.0 != row.class) {
            classes.push((&row.class, row.npp.get()));
        }
    }
    let class_names: Vec<&str> = classes.iter().map(|class| class.0).collect();
    let area = results.land_origins.iter();
    let area = area.map(|row| (row.region.as_str(), row.class.as_str(), row.year, row.area.get()));
    let equivalence = results.land_origins.iter().filter(|row| row.year == view.last());
    let equivalence =
        equivalence.map(|row| (row.region.as_str(), row.class.as_str(), row.year, row.equivalence.get()));
    let factor = |row: &icf_results::FuelFactorRow| json!({ "name": glossary::word(&row.name, view.language), "id": row.fuel, "factor": row.applied, "source": view.said(&row.source) });
    let source = results.keys.iter().find(|(key, _)| key == "land.source").map(|(_, value)| value.as_str());
    json!({
        "data": results.data,
        "carbon": results.basis == Basis::Carbon,
        "eta": results.eta.get(),
        "fuels": results.fuel_factors.iter().map(factor).collect::<Vec<_>>(),
        "burnt": cube(view, years, &fuels, fuel_rows),
        "classes": classes.iter().map(|(name, npp)| json!({ "name": glossary::word(name, view.language), "id": name, "npp": npp })).collect::<Vec<_>>(),
        "land": source.map(|source| glossary::word(source, view.language)),
        "area": cube(view, years, &class_names, area),
        "equivalence": cube(view, &[view.last()], &class_names, equivalence),
        "flags": flags(view, years),
        "models": models(view),
    })
}

fn cube<'a>(
    view: &View,
    years: &[Year],
    items: &[&str],
    rows: impl Iterator<Item = (&'a str, &'a str, Year, f64)>,
) -> Cube {
    let regions: BTreeMap<&str, usize> =
        view.regions().iter().enumerate().map(|(place, info)| (info.id.as_str(), place)).collect();
    let mut cube = vec![vec![vec![None; years.len()]; items.len()]; regions.len()];
    for (region, item, year, value) in rows {
        let item = items.iter().position(|known| *known == item);
        let year = years.iter().position(|known| *known == year);
        if let (Some(region), Some(item), Some(year)) = (regions.get(region), item, year) {
            cube[*region][item][year] = Some(rounded(value));
        }
    }
    for row in cube.iter_mut().flatten() {
        without_end(row);
    }
    cube
}

/// The doubtful cells by region: year, item, flag and what was done.
fn flags(view: &View, years: &[Year]) -> Vec<Vec<Value>> {
    let mut found: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for DataQualityRow { region, year, item, flag, action, .. } in
        view.results.data_quality.iter().take(CELLS)
    {
        if let Some(year) = years.iter().position(|known| known == year) {
            found.entry(region.as_str()).or_default().push(json!([
                year,
                item,
                glossary::word(flag, view.language),
                view.said(action)
            ]));
        }
    }
    view.regions().iter().map(|info| found.remove(info.id.as_str()).unwrap_or_default()).collect()
}

/// The models of each region, in words.
fn models(view: &View) -> Vec<Vec<String>> {
    let words = |row: &ModelRow| {
        let fitted = row.fitted_from.zip(row.fitted_to);
        let fitted = fitted.map_or_else(String::new, |(from, to)| {
            say!(view.language, ", fitted on {from}–{to}", "，拟合于 {from}–{to} 年")
        });
        let rate = row.rate.map_or_else(String::new, |rate| {
            say!(view.language, ", {} % a year", "，每年 {} %", significant(100.0 * rate, 3))
        });
        say!(
            view.language,
            "{}: {}{fitted}{rate}",
            "{}：{}{fitted}{rate}",
            glossary::word(row.quantity, view.language),
            glossary::word(&row.model, view.language)
        )
    };
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in &view.results.models {
        found.entry(row.region.as_str()).or_default().push(words(row));
    }
    view.regions().iter().map(|info| found.remove(info.id.as_str()).unwrap_or_default()).collect()
}
