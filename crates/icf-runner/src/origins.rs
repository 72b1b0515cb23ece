//! What each region and year of the history is made of: fuels and land.

use icf_ingest::{Dataset, EquivalenceTable};
use icf_results::{FuelOrigin, LandOrigin, RegionInfo};
use icf_scenario::Land;

use crate::accounts::History;
use crate::dataset::Selection;
use crate::land::Cover;

/// The fuels behind the emissions, by region, year and fuel; none where the data set gives emissions alone.
pub(crate) fn fuels(history: &History, infos: &[RegionInfo]) -> Vec<FuelOrigin> {
    let mut rows = Vec::new();
    for (region, info) in infos.iter().enumerate() {
        for year in history.accounts.axes().years().iter() {
            let fuels = history.factors.iter().zip(&history.by_fuel);
            rows.extend(fuels.filter_map(|(factor, panel)| {
                let emissions = panel.get(region, year)?;
                Some(FuelOrigin { region: info.id.clone(), year, fuel: factor.fuel.clone(), emissions })
            }));
        }
    }
    rows
}

/// The land behind the sink, by region, year and class; none where the area of any class is missing.
pub(crate) fn land(
    dataset: &Dataset,
    selection: &Selection,
    land: &Land,
    equivalence: &EquivalenceTable,
) -> Vec<LandOrigin> {
    let cover = Cover::of(dataset, land, equivalence);
    let mut rows = Vec::new();
    for (row, info) in selection.rows.iter().zip(&selection.infos) {
        for year in selection.axes.years().iter() {
            let classes = cover.at(*row, &info.id, year).unwrap_or_default();
            rows.extend(land.classes.keys().zip(classes).map(|(class, of)| LandOrigin {
                region: info.id.clone(),
                year,
                class: class.clone(),
                area: of.area,
                npp: of.npp,
                equivalence: of.equivalence,
            }));
        }
    }
    rows
}
