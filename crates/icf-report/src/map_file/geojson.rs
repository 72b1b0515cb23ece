//! `maps/regions.geojson` (RFC 7946).

use icf_geometry::Feature;
use icf_results::{Cell, MapFeature, MapLayer};
use serde_json::{Map, Value, json};

use super::layer::layer;
use crate::view::View;

pub(crate) fn geojson(view: &View) -> String {
    let layer = layer(view);
    let features: Vec<Value> = view
        .regions()
        .iter()
        .zip(&layer.features)
        .map(|(info, of_layer)| {
            let geometry = view.atlas.layer.get(info.id.as_str()).map_or(Value::Null, geometry);
            let properties = properties(&layer, of_layer);
            json!({ "type": "Feature", "id": info.id.as_str(), "properties": properties, "geometry": geometry })
        })
        .collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn properties(layer: &MapLayer, feature: &MapFeature) -> Map<String, Value> {
    layer
        .columns
        .iter()
        .zip(&feature.cells)
        .map(|(column, cell)| (column.name.clone(), value(cell)))
        .collect()
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
