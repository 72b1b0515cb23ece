//! Land to the ecosystem carbon sink.

use icf_footprint::{LandClass, carbon_sink};
use icf_ingest::{Dataset, EquivalenceTable, Observed};
use icf_scenario::{Land, LandHistory, LandSource};
use icf_units::{Hectares, Panel, Ratio, RegionId, TonnesCarbon, Year};

use crate::dataset::Selection;
use crate::land_rasters;
use crate::ledger::Ledger;

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
    let cover = Cover::of(dataset, land, equivalence);
    Panel::from_fn(&selection.axes, |region, year| {
        Some(carbon_sink(cover.at(selection.rows[region], &selection.infos[region].id, year)?))
    })
}

/// The land classes of the scenario, with where their areas come from.
pub(crate) struct Cover<'a> {
    land: &'a Land,
    equivalence: &'a EquivalenceTable,
    areas: Vec<Option<Areas<'a>>>,
}

impl<'a> Cover<'a> {
    pub(crate) fn of(dataset: &'a Dataset, land: &'a Land, equivalence: &'a EquivalenceTable) -> Self {
        let areas = land.classes.keys().map(|class| Areas::of(dataset, land, class)).collect();
        Self { land, equivalence, areas }
    }

    /// The classes of a region in a year, in the scenario's order; `None` where the area of any is missing.
    pub(crate) fn at(&self, row: usize, region: &RegionId, year: Year) -> Option<Vec<LandClass>> {
        let classes = self.land.classes.iter().zip(&self.areas);
        classes
            .map(|((class, parameters), areas)| {
                let area = areas.as_ref()?.at(row, year, &self.land.history)?.value;
                let equivalence = self.equivalence.get(region, class).unwrap_or(Ratio::new(1.0));
                Some(LandClass { area, npp: parameters.npp.get(), equivalence })
            })
            .collect()
    }
}

/// The area of a class in a region of the data set and a year, where there is one.
pub(crate) fn area(dataset: &Dataset, land: &Land, class: &str, row: usize, year: Year) -> Option<Hectares> {
    Some(Areas::of(dataset, land, class)?.at(row, year, &land.history)?.value)
}

/// Notes the doubtful figures that the areas rest on, each in its own year, the cells that the first slope leads
/// below zero, and those without an area.
pub(crate) fn note_quality(dataset: &Dataset, selection: &Selection, land: &Land, ledger: &mut Ledger<'_>) {
    if dataset.land.is_empty() {
        return;
    }
    for class in land.classes.keys() {
        let areas = Areas::of(dataset, land, class);
        if let Some(panel) = areas.as_ref().map(Areas::panel) {
            ledger.note_doubtful("land", class, panel, selection, panel.axes().years().iter());
        }
        for (region, row) in selection.rows.iter().enumerate() {
            for year in selection.axes.years().iter() {
                match areas.as_ref().and_then(|areas| areas.at(*row, year, &land.history)) {
                    None => ledger.note("land", region, year, class, "missing", "left missing"),
                    Some(Area { below_zero: true, .. }) => {
                        let action = "set to 0, where the first slope leads below it";
                        ledger.note("land", region, year, class, "suspect", action);
                    }
                    Some(_) => {}
                }
            }
        }
    }
}

/// Land classes of the scenario of which the data set has no area under its land source; none in a data set without
/// land, which has no sink at all.
pub(crate) fn unknown_classes<'a>(dataset: &'a Dataset, land: &'a Land) -> impl Iterator<Item = &'a str> {
    let is_unknown = |class: &&str| !dataset.land.is_empty() && Areas::of(dataset, land, class).is_none();
    land.classes.keys().map(String::as_str).filter(is_unknown)
}

/// An area, and whether the rule led below zero.
#[derive(Clone, Copy)]
struct Area {
    value: Hectares,
    below_zero: bool,
}

impl Area {
    fn of(value: f64) -> Self {
        Self { value: Hectares::new(value.max(0.0)), below_zero: value < 0.0 }
    }
}

/// Where the areas of a class come from, and what carries them to other years.
pub(crate) enum Areas<'a> {
    /// The national inventories.
    Inventories(&'a Panel<Observed<Hectares>>),
    /// The rasters of some years.
    Rasters(&'a Panel<Observed<Hectares>>),
    /// The map of one year.
    OneYear(&'a Panel<Observed<Hectares>>),
}

impl<'a> Areas<'a> {
    /// The areas of a class under the scenario's land source. A class of which no inventory has a figure, as
    /// grassland in the built-in data, comes from the map; a region that the inventories leave out does not.
    pub(crate) fn of(dataset: &'a Dataset, land: &Land, class: &str) -> Option<Self> {
        let inventories = || dataset.land_area(INVENTORY, class).map(Self::Inventories);
        let one_year = || dataset.land_area(MODIS, class).map(Self::OneYear);
        match land.source {
            LandSource::Inventory => inventories().or_else(one_year),
            LandSource::Modis2019 => one_year(),
            LandSource::Rasters => dataset.land_area(land_rasters::SOURCE, class).map(Self::Rasters),
        }
    }

    fn panel(&self) -> &'a Panel<Observed<Hectares>> {
        match self {
            Self::Inventories(areas) | Self::Rasters(areas) | Self::OneYear(areas) => areas,
        }
    }

    fn at(&self, row: usize, year: Year, history: &Option<LandHistory>) -> Option<Area> {
        match self {
            Self::Inventories(areas) => between_inventories(areas, row, year),
            Self::Rasters(areas) => {
                Some(Area { value: land_rasters::between(areas, row, year)?, below_zero: false })
            }
            Self::OneYear(areas) => from_one_year(areas, row, year, history),
        }
    }
}

/// Between inventories on the straight line, before the first by the first slope, after the last constant.
fn between_inventories(areas: &Panel<Observed<Hectares>>, row: usize, year: Year) -> Option<Area> {
    let known = known(areas, row);
    let &last = known.last()?;
    if year >= last.0 || known.len() == 1 {
        return Some(Area::of(last.1));
    }
    Some(Area::of(on_the_line(&known, year)))
}

/// The years with a figure, in their order.
pub(crate) fn known(areas: &Panel<Observed<Hectares>>, row: usize) -> Vec<(Year, f64)> {
    let figures = areas.axes().years().iter().zip(areas.row(row));
    figures.filter_map(|(at, cell)| Some((at, (*cell)?.value.get()))).collect()
}

/// The years in which any region has a figure.
pub(crate) fn known_years(areas: &Panel<Observed<Hectares>>) -> Vec<Year> {
    let has_figure =
        |year: &Year| (0..areas.axes().regions().len()).any(|row| areas.get(row, *year).is_some());
    areas.axes().years().iter().filter(has_figure).collect()
}

/// The value of a year on the straight line through its two neighbours of at least two, or through the nearest two.
pub(crate) fn on_the_line(known: &[(Year, f64)], year: Year) -> f64 {
    let next = known.partition_point(|(at, _)| *at <= year).clamp(1, known.len() - 1);
    let ((left, a), (right, b)) = (known[next - 1], known[next]);
    let along = f64::from(year.since(left)) / f64::from(right.since(left));
    a + (b - a) * along
}

/// One year's area for all years, constant or changing at a rate.
fn from_one_year(
    areas: &Panel<Observed<Hectares>>,
    row: usize,
    year: Year,
    history: &Option<LandHistory>,
) -> Option<Area> {
    let (at, area) =
        areas.axes().years().iter().zip(areas.row(row)).find_map(|(at, cell)| Some((at, (*cell)?.value)))?;
    let change = match history {
        None | Some(LandHistory::Constant) => 1.0,
        Some(LandHistory::Rate { rate }) => (1.0 + rate.fraction()).powi(year.since(at)),
    };
    Some(Area::of(area.get() * change))
}

#[cfg(test)]
mod tests {
    use icf_units::{Axes, Quality, YearRange};

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
        let area = between_inventories(&inventories(points), 0, Year::new(year)).unwrap().value.get();
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
