//! Land to the ecosystem carbon sink.

use icf_footprint::{LandClass, carbon_sink};
use icf_ingest::{Dataset, EquivalenceTable, Observed};
use icf_scenario::{Land, LandHistory, LandSource};
use icf_units::{Hectares, Panel, Ratio, TonnesCarbon, Year};

use crate::dataset::Selection;

/// The source whose single year stands for all years.
const MODIS: &str = "modis-2019";
/// The source of the national inventories.
const INVENTORY: &str = "inventory";

/// The sink of every region and year of the selection; missing where the area of any class is.
pub(crate) fn sink(
    dataset: &Dataset,
    selection: &Selection,
    land: &Land,
    equivalence: &EquivalenceTable,
) -> Panel<TonnesCarbon> {
    Panel::from_fn(&selection.axes, |region, year| {
        let classes: Option<Vec<LandClass>> = land
            .classes
            .iter()
            .map(|(class, parameters)| {
                let area = area(dataset, land, class, selection.rows[region], year)?;
                let factor = equivalence.get(&selection.infos[region].id, class).unwrap_or(Ratio::new(1.0));
                Some(LandClass { area, npp: parameters.npp.get(), equivalence: factor })
            })
            .collect();
        Some(carbon_sink(classes?))
    })
}

/// The area of a class in a region and year. The inventories have no grassland: it comes from MODIS.
fn area(dataset: &Dataset, land: &Land, class: &str, row: usize, year: Year) -> Option<Hectares> {
    let inventory =
        || dataset.land_area(INVENTORY, class).and_then(|areas| between_inventories(areas, row, year));
    let modis =
        || dataset.land_area(MODIS, class).and_then(|areas| from_one_year(areas, row, year, &land.history));
    match land.source {
        LandSource::Inventory => inventory().or_else(modis),
        LandSource::Modis2019 => modis(),
    }
}

/// Between inventories on the straight line, before the first by the first slope, after the last constant.
fn between_inventories(areas: &Panel<Observed<Hectares>>, row: usize, year: Year) -> Option<Hectares> {
    let known: Vec<(Year, f64)> = areas
        .axes()
        .years()
        .iter()
        .zip(areas.row(row))
        .filter_map(|(at, cell)| Some((at, (*cell)?.value.get())))
        .collect();
    let (&first, &last) = (known.first()?, known.last()?);
    if year >= last.0 {
        return Some(Hectares::new(last.1));
    }
    let next = known.partition_point(|(at, _)| *at <= year).clamp(1, known.len() - 1);
    let ((left, a), (right, b)) =
        if known.len() == 1 { (first, first) } else { (known[next - 1], known[next]) };
    if left == right {
        return Some(Hectares::new(a));
    }
    let along = f64::from(year.since(left)) / f64::from(right.since(left));
    Some(Hectares::new(a + (b - a) * along).max(Hectares::ZERO))
}

/// One year's area for all years, constant or changing at a rate.
fn from_one_year(
    areas: &Panel<Observed<Hectares>>,
    row: usize,
    year: Year,
    history: &Option<LandHistory>,
) -> Option<Hectares> {
    let (at, area) =
        areas.axes().years().iter().zip(areas.row(row)).find_map(|(at, cell)| Some((at, (*cell)?.value)))?;
    Some(match history {
        None | Some(LandHistory::Constant) => area,
        Some(LandHistory::Rate { rate }) => area * (1.0 + rate.fraction()).powi(year.since(at)),
    })
}

#[cfg(test)]
mod tests {
    use icf_units::{Axes, Quality, RegionId, YearRange};

    use super::*;

    fn inventories(points: &[(i32, f64)]) -> Panel<Observed<Hectares>> {
        let years = YearRange::new(Year::new(2003), Year::new(2018)).unwrap();
        let axes = Axes::new(vec![RegionId::new("a")], years);
        Panel::from_fn(&axes, |_, year| {
            let area = points.iter().find(|(at, _)| *at == year.get())?.1;
            Some(Observed { value: Hectares::new(area), quality: Quality::Direct })
        })
    }

    #[track_caller]
    fn check(points: &[(i32, f64)], year: i32, expected: f64) {
        let area = between_inventories(&inventories(points), 0, Year::new(year)).unwrap().get();
        assert!((area - expected).abs() < 1e-9, "{area} in {year}");
    }

    #[test]
    fn forest_between_before_and_after_inventories() {
        let points = [(2003, 100.0), (2008, 150.0), (2013, 160.0), (2018, 180.0)];
        check(&points, 2003, 100.0);
        check(&points, 2005, 120.0);
        check(&points, 2013, 160.0);
        check(&points, 2016, 172.0);
        check(&points, 2000, 70.0);
        check(&points, 2022, 180.0);
        check(&[(2003, 100.0)], 2000, 100.0);
        check(&[(2003, 10.0), (2008, 100.0)], 2000, 0.0);
    }
}
