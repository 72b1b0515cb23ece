//! The run's regions with their values in the last year of the history and at the horizon: what every map file holds.

use geo_types::MultiPolygon;
use icf_results::{Cell, ColumnType, MapColumn, MapFeature, MapLayer, Record, RegionInfo, RegionRow};
use icf_units::Year;

use super::wkb;
use crate::Language;
use crate::variable::Variable;
use crate::view::View;

/// Columns that name the row; they stand once in a feature, without a year.
const KEYS: [&str; 5] = ["region", "name", "group", "year", "phase"];

pub(crate) fn layer(view: &View) -> MapLayer {
    let years = years(view);
    let mut columns = names();
    for &year in &years {
        columns.extend(values().map(|(_, column)| MapColumn {
            name: format!("{}_{year}", column.name),
            ty: column.ty,
            unit: column.unit,
            description: column.description.to_owned(),
        }));
        for variable in clustered(view, year) {
            let stem = variable.stem();
            let of = |suffix: &str, ty, unit, description: String| MapColumn {
                name: format!("{stem}_cluster{suffix}_{year}"),
                ty,
                unit,
                description,
            };
            let words = variable.words(Language::English);
            columns.push(of("", ColumnType::Text, "", format!("Cluster of {words} by local Moran's I.")));
            columns.push(of(
                "_p",
                ColumnType::Number,
                "1",
                format!("Folded p-value of local Moran's I of {words}."),
            ));
        }
    }
    let features = view.regions().iter().map(|info| feature(view, info, &years)).collect();
    MapLayer { columns, features }
}

fn years(view: &View) -> Vec<Year> {
    let horizon = view.projects().then_some(view.results.horizon);
    std::iter::once(view.last()).chain(horizon).collect()
}

fn names() -> Vec<MapColumn> {
    [
        ("region", "Region id."),
        ("name", "Name of the region."),
        ("name_zh", "Chinese name of the region."),
        ("iso", "ISO 3166-2 code."),
        ("group", "Group of regions it belongs to."),
    ]
    .map(|(name, description)| MapColumn {
        name: name.to_owned(),
        ty: ColumnType::Text,
        unit: "",
        description: description.to_owned(),
    })
    .into()
}

/// The columns of a region's row that hold values, with their places.
fn values() -> impl Iterator<Item = (usize, &'static icf_results::Column)> {
    RegionRow::COLUMNS.iter().enumerate().filter(|(_, column)| !KEYS.contains(&column.name))
}

/// The variables with local statistics in a year; projected years have none.
fn clustered(view: &View, year: Year) -> impl Iterator<Item = Variable> {
    let has = move |variable: &Variable| {
        view.lisa_years(*variable).is_some_and(|(first, last)| first <= year && year <= last)
    };
    view.variables().into_iter().filter(has)
}

fn feature(view: &View, info: &RegionInfo, years: &[Year]) -> MapFeature {
    let id = info.id.as_str();
    let mut cells: Vec<Cell> = [id, &info.name, &info.name_zh, &info.iso, &info.group]
        .map(|text| Cell::Text(text.to_owned()))
        .into();
    for &year in years {
        let row = view.row(id, year).map(Record::cells);
        cells.extend(values().map(|(place, _)| row.as_ref().map_or(Cell::Missing, |row| row[place].clone())));
        for variable in clustered(view, year) {
            let found = view.lisa(variable, year, id);
            cells.push(found.map_or(Cell::Missing, |row| Cell::Text(row.cluster.to_string())));
            let p = found.and_then(|row| row.p_folded);
            cells.push(p.map_or(Cell::Missing, Cell::Number));
        }
    }
    let shape: Option<&MultiPolygon<f64>> = view.atlas.layer.get(id).map(|feature| &feature.shape);
    MapFeature { cells, wkb: shape.map(wkb::multi_polygon), bounds: shape.and_then(wkb::bounds) }
}
