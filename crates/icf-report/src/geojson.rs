//! `maps/regions.geojson`: the run's regions with the values of the last observed year and of the horizon.

use icf_geometry::Feature;
use icf_results::{Cell, Record, RegionInfo, RegionRow};
use icf_units::Year;
use serde_json::{Map, Value, json};

use crate::view::View;

/// Columns that name the row; they stand once in a feature, without a year.
const KEYS: [&str; 5] = ["region", "name", "group", "year", "phase"];

pub(crate) fn geojson(view: &View) -> String {
    let mut years = vec![view.last()];
    if view.projects() {
        years.push(view.results.horizon);
    }
    let features: Vec<Value> = view.regions().iter().map(|info| feature(view, info, &years)).collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn feature(view: &View, info: &RegionInfo, years: &[Year]) -> Value {
    let mut properties = Map::new();
    for (key, text) in
        [("region", info.id.as_str()), ("name", &info.name), ("name_zh", &info.name_zh), ("iso", &info.iso)]
    {
        properties.insert(key.to_owned(), json!(text));
    }
    properties.insert("group".to_owned(), json!(info.group));
    for &year in years {
        let cells = view.row(info.id.as_str(), year).map(Record::cells);
        for (index, column) in RegionRow::COLUMNS.iter().enumerate() {
            if !KEYS.contains(&column.name) {
                let cell = cells.as_ref().map_or(&Cell::Missing, |cells| &cells[index]);
                properties.insert(format!("{}_{year}", column.name), value(cell));
            }
        }
        // Projected years have no local statistics; their keys are left out rather than null in every feature.
        for variable in view.variables() {
            if view.lisa_years(variable).is_some_and(|(first, last)| first <= year && year <= last) {
                let row = view.lisa(variable, year, info.id.as_str());
                let stem = variable.stem();
                properties.insert(format!("{stem}_cluster_{year}"), json!(row.map(|row| row.cluster)));
                properties
                    .insert(format!("{stem}_cluster_p_{year}"), json!(row.and_then(|row| row.p_folded)));
            }
        }
    }
    let geometry = view.atlas.layer.get(info.id.as_str()).map_or(Value::Null, geometry);
    json!({ "type": "Feature", "id": info.id.as_str(), "properties": properties, "geometry": geometry })
}

/// A finite number or null, as everything else in its own kind.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Missing => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Integer(number) => json!(number),
        Cell::Number(number) => json!(number),
        Cell::Boolean(truth) => json!(truth),
    }
}

fn geometry(feature: &Feature) -> Value {
    let polygons: Vec<Vec<Vec<[f64; 2]>>> = feature
        .shape
        .0
        .iter()
        .map(|polygon| {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            rings.map(|ring| ring.0.iter().map(|at| [at.x, at.y]).collect()).collect()
        })
        .collect();
    match polygons.as_slice() {
        [one] => json!({ "type": "Polygon", "coordinates": one }),
        many => json!({ "type": "MultiPolygon", "coordinates": many }),
    }
}
