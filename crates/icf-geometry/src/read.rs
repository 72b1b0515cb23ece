//! Boundaries from GeoJSON.

use geo::{Coord, MultiPolygon, Polygon};
use geojson::{FeatureCollection, GeoJson, GeometryValue, JsonObject, JsonValue, Position};
use icf_units::RegionId;

use crate::shape::{self, collect};
use crate::{Feature, GeometryError, Layer, Mistake};

/// What the numbers of a position are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coordinates {
    /// Longitude and latitude in degrees, as RFC 7946 asks.
    Degrees,
    /// Anything: files of projected coordinates are widespread, and neighbours can be found in any plane.
    Any,
}

impl Layer {
    /// Reads a `FeatureCollection` of polygons; the id of each stands in a property, as text or a whole number.
    ///
    /// Rings are turned to the right-hand rule of RFC 7946, whichever way they were wound.
    ///
    /// # Errors
    /// When the text is no feature collection, or any feature has no or a doubled id, is not made of polygons,
    /// lies off the globe or has a ring that does not close. Every such feature is named.
    pub fn from_geojson(text: &str, id_property: &str) -> Result<Self, GeometryError> {
        Self::from_geojson_in(text, id_property, Coordinates::Degrees)
    }

    /// Reads a `FeatureCollection` of polygons in other coordinates; see [`Layer::from_geojson`].
    ///
    /// # Errors
    /// Those of [`Layer::from_geojson`]; of [`Coordinates::Any`] every finite position is good.
    pub fn from_geojson_in(
        text: &str,
        id_property: &str,
        coordinates: Coordinates,
    ) -> Result<Self, GeometryError> {
        let shapes = read(text, id_property, coordinates, |feature| shape_of(feature, coordinates))?;
        Ok(Self { features: shapes.into_iter().map(|(region, shape)| Feature { region, shape }).collect() })
    }
}

/// Reads a `FeatureCollection` as one point a region: a `Point` is itself, and polygons are their centroid
/// ([`Feature::centroid`]). The id of each stands in a property, as text or a whole number.
///
/// ```
/// let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":7},
///     "geometry":{"type":"Point","coordinates":[116.4,39.9]}}]}"#;
/// let points = icf_geometry::points_from_geojson(text, "code", icf_geometry::Coordinates::Degrees).unwrap();
/// assert_eq!(points, [("7".into(), [116.4, 39.9])]);
/// ```
///
/// # Errors
/// Those of [`Layer::from_geojson`], a feature being a point or polygons.
pub fn points_from_geojson(
    text: &str,
    id_property: &str,
    coordinates: Coordinates,
) -> Result<Vec<(RegionId, [f64; 2])>, GeometryError> {
    let point_of =
        |feature: &geojson::Feature| match feature.geometry.as_ref().map(|geometry| &geometry.value) {
            Some(GeometryValue::Point { coordinates: at }) => coord(at, coordinates).map(|at| [at.x, at.y]),
            _ => shape_of(feature, coordinates)
                .map(|shape| {
                    let feature = Feature { region: RegionId::new(""), shape };
                    feature.centroid().expect("a shape that was read has vertices")
                })
                .map_err(|mistake| match mistake {
                    Mistake::NotPolygons { found } => Mistake::NoPoint { found },
                    other => other,
                }),
        };
    read(text, id_property, coordinates, point_of)
}

/// Reads a property of each feature of a `FeatureCollection` as text; none where it is absent or null.
///
/// # Errors
/// Those of [`Layer::from_geojson`] that concern ids.
pub fn texts_from_geojson(
    text: &str,
    id_property: &str,
    property: &str,
) -> Result<Vec<(RegionId, Option<String>)>, GeometryError> {
    read(text, id_property, Coordinates::Any, |feature| {
        Ok(match feature.property(property) {
            None | Some(JsonValue::Null) => None,
            Some(JsonValue::String(text)) => Some(text.clone()),
            Some(other) => Some(other.to_string()),
        })
    })
}

/// What a rule makes of each feature, with the feature's id.
fn read<T>(
    text: &str,
    id_property: &str,
    coordinates: Coordinates,
    made_of: impl Fn(&geojson::Feature) -> Result<T, Mistake>,
) -> Result<Vec<(RegionId, T)>, GeometryError> {
    let parsed: GeoJson = text.parse().map_err(|error| GeometryError::NotGeoJson(format!("{error}")))?;
    let GeoJson::FeatureCollection(FeatureCollection { features, foreign_members, .. }) = parsed else {
        return Err(GeometryError::NotACollection);
    };
    if coordinates == Coordinates::Degrees {
        refuse_other_crs(foreign_members.as_ref())?;
    }
    collect(
        features
            .iter()
            .enumerate()
            .map(|(index, feature)| (index + 1, id_of(feature, id_property), made_of(feature))),
    )
}

/// Files from before RFC 7946 may name a system of coordinates. That is fine as long as it is the one of the RFC, or
/// CGCS2000, which differs from it by less than the digits of any boundary.
fn refuse_other_crs(members: Option<&JsonObject>) -> Result<(), GeometryError> {
    const SAME: [&str; 5] = ["CRS84", "EPSG:4326", "EPSG::4326", "EPSG:4490", "EPSG::4490"];
    let Some(crs) = members.and_then(|members| members.get("crs")).filter(|crs| !crs.is_null()) else {
        return Ok(());
    };
    match crs.pointer("/properties/name").and_then(JsonValue::as_str) {
        Some(name) if SAME.iter().any(|same| name.ends_with(same)) => Ok(()),
        Some(name) => Err(GeometryError::OtherCrs(name.to_owned())),
        None => {
            Err(GeometryError::OtherCrs("a system of coordinates that the file does not name".to_owned()))
        }
    }
}

fn id_of(feature: &geojson::Feature, property: &str) -> Result<String, Mistake> {
    match feature.property(property) {
        Some(JsonValue::String(text)) if !text.is_empty() => Ok(text.clone()),
        Some(JsonValue::Number(number)) if number.is_i64() || number.is_u64() => Ok(number.to_string()),
        None | Some(JsonValue::Null | JsonValue::String(_)) => {
            let others = feature.properties.iter().flatten().map(|(name, _)| name.clone());
            let others = others.filter(|name| name != property).collect();
            Err(Mistake::MissingId { property: property.to_owned(), others })
        }
        Some(_) => Err(Mistake::UnusableId { property: property.to_owned() }),
    }
}

fn shape_of(feature: &geojson::Feature, of: Coordinates) -> Result<MultiPolygon<f64>, Mistake> {
    let Some(geometry) = &feature.geometry else {
        return Err(Mistake::NotPolygons { found: "without geometry" });
    };
    let polygons = match &geometry.value {
        GeometryValue::Polygon { coordinates } => vec![polygon(coordinates, of)?],
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.iter().map(|rings| polygon(rings, of)).collect::<Result<_, _>>()?
        }
        other => return Err(Mistake::NotPolygons { found: other.type_name() }),
    };
    if polygons.is_empty() {
        return Err(Mistake::NotPolygons { found: "empty" });
    }
    Ok(MultiPolygon::new(polygons))
}

fn polygon(rings: &[Vec<Position>], of: Coordinates) -> Result<Polygon<f64>, Mistake> {
    let ring = |positions: &Vec<Position>| positions.iter().map(|at| coord(at, of)).collect();
    shape::polygon(rings.iter().map(ring).collect::<Result<_, _>>()?)
}

fn coord(at: &Position, of: Coordinates) -> Result<Coord<f64>, Mistake> {
    let [x, y, ..] = *at.as_slice() else {
        return Err(Mistake::UnusablePosition);
    };
    match of {
        Coordinates::Degrees => shape::degrees(x, y),
        Coordinates::Any => shape::position(x, y),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[1,0],[0,0]]]}"#;

    fn collection(features: &[(&str, &str)]) -> String {
        let features: Vec<_> = features
            .iter()
            .map(|(properties, geometry)| {
                format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
            })
            .collect();
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
    }

    #[track_caller]
    fn check(features: &[(&str, &str)], expected: &str) {
        let error = Layer::from_geojson(&collection(features), "region").unwrap_err().to_string();
        assert!(error.ends_with(expected), "{error}");
    }

    #[test]
    fn ids_are_text_or_whole_numbers() {
        let text = collection(&[(r#"{"region":"01"}"#, SQUARE), (r#"{"region":110000}"#, SQUARE)]);
        let layer = Layer::from_geojson(&text, "region").unwrap();
        let ids: Vec<_> = layer.features().iter().map(|feature| feature.region.as_str()).collect();
        assert_eq!(ids, ["01", "110000"]);
    }

    #[test]
    fn rings_are_turned_to_the_right_hand_rule() {
        let hole = r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[0,9],[9,9],[9,0],[0,0]],
                      [[1,1],[2,1],[2,2],[1,2],[1,1]]]]}"#;
        let layer = Layer::from_geojson(&collection(&[(r#"{"region":"a"}"#, hole)]), "region").unwrap();
        let polygon = &layer.features()[0].shape.0[0];
        assert_eq!(polygon.exterior().0[1], Coord { x: 9.0, y: 0.0 });
        assert_eq!(polygon.interiors()[0].0[1], Coord { x: 1.0, y: 2.0 });
    }

    #[test]
    fn each_mistake_names_the_feature() {
        check(&[("{}", SQUARE)], "feature 1 has no property `region`");
        check(&[("null", SQUARE)], "feature 1 has no property `region`");
        let others = r#"{"adcode":"1","name":"x","region":null}"#;
        check(&[(others, SQUARE)], "feature 1 has no property `region`, but `adcode`, `name`");
        check(&[(r#"{"region":1.5}"#, SQUARE)], "that is neither text nor a whole number");
        check(&[(r#"{"region":"a"}"#, SQUARE), (r#"{"region":"a"}"#, SQUARE)], "(a) has the id of feature 1");
        check(&[(r#"{"region":"a"}"#, "null")], "is without geometry, not a Polygon or MultiPolygon");
        check(
            &[(r#"{"region":"a"}"#, r#"{"type":"Point","coordinates":[0,0]}"#)],
            "is Point, not a Polygon or MultiPolygon",
        );
        check(
            &[(r#"{"region":"a"}"#, r#"{"type":"MultiPolygon","coordinates":[]}"#)],
            "is empty, not a Polygon or MultiPolygon",
        );
        check(
            &[(r#"{"region":"a"}"#, r#"{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[1,0]]]}"#)],
            "feature 1 (a) has a ring that does not end where it begins",
        );
        check(
            &[(r#"{"region":"a"}"#, r#"{"type":"Polygon","coordinates":[[[0,0],[0,1],[0,0]]]}"#)],
            "has a ring of 3 positions; a ring needs four",
        );
        check(
            &[(
                r#"{"region":"a"}"#,
                r#"{"type":"Polygon","coordinates":[[[500000,4e6],[0,1],[1,1],[500000,4e6]]]}"#,
            )],
            "has the position (500000, 4000000), which is no longitude and latitude in degrees",
        );
    }

    #[test]
    fn another_system_of_coordinates_is_refused() {
        let with = |crs: &str| {
            let start = format!(r#"{{"type":"FeatureCollection","crs":{crs},"#);
            collection(&[(r#"{"region":"a"}"#, SQUARE)]).replacen(
                r#"{"type":"FeatureCollection","#,
                &start,
                1,
            )
        };
        let named = |name: &str| with(&format!(r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#));
        for fine in
            [with("null"), named("urn:ogc:def:crs:OGC:1.3:CRS84"), named("urn:ogc:def:crs:EPSG::4490")]
        {
            assert!(Layer::from_geojson(&fine, "region").is_ok(), "{fine}");
        }
        let other = named("urn:ogc:def:crs:EPSG::32650");
        let expected = GeometryError::OtherCrs("urn:ogc:def:crs:EPSG::32650".to_owned());
        assert_eq!(Layer::from_geojson(&other, "region"), Err(expected));
        assert!(Layer::from_geojson_in(&other, "region", Coordinates::Any).is_ok());
        assert!(Layer::from_geojson(&with(r#"{"type":"link"}"#), "region").is_err());
    }

    #[test]
    fn all_mistakes_come_at_once() {
        let error =
            Layer::from_geojson(&collection(&[("{}", SQUARE), (r#"{"region":"a"}"#, "null")]), "region");
        let Err(GeometryError::Features(mistakes)) = error else { panic!("{error:?}") };
        assert_eq!(mistakes.len(), 2);
        // Without an id and without polygons: two mistakes of one feature.
        let error = Layer::from_geojson(&collection(&[("{}", "null")]), "region");
        let Err(GeometryError::Features(mistakes)) = error else { panic!("{error:?}") };
        assert_eq!(mistakes.len(), 2);
    }

    #[test]
    fn points_are_points_or_centroids() {
        let point = r#"{"type":"Point","coordinates":[116.4,39.9,50]}"#;
        let text = collection(&[(r#"{"region":1}"#, point), (r#"{"region":"b"}"#, SQUARE)]);
        let points = points_from_geojson(&text, "region", Coordinates::Degrees).unwrap();
        assert_eq!(points, [("1".into(), [116.4, 39.9]), ("b".into(), [0.5, 0.5])]);
        let line = r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#;
        let far = r#"{"type":"Point","coordinates":[500000,4e6]}"#;
        let text = collection(&[(r#"{"region":1}"#, line), (r#"{"region":1}"#, far)]);
        let Err(GeometryError::Features(mistakes)) =
            points_from_geojson(&text, "region", Coordinates::Degrees)
        else {
            panic!()
        };
        let found: Vec<_> = mistakes.into_iter().map(|mistake| (mistake.position, mistake.mistake)).collect();
        let expected = [
            (1, Mistake::NoPoint { found: "LineString" }),
            (2, Mistake::OutOfRange { lon: 500_000.0, lat: 4e6 }),
            (2, Mistake::DuplicateId { first: 1 }),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn text_that_is_no_collection_is_refused() {
        assert!(matches!(Layer::from_geojson("{", "region"), Err(GeometryError::NotGeoJson(_))));
        assert!(matches!(
            Layer::from_geojson(
                r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"region":"a"},"geometry":{"type":"Polygon","coordinates":[[[0,1e999],[0,1],[1,1],[0,0]]]}}]}"#,
                "region"
            ),
            Err(GeometryError::NotGeoJson(_))
        ));
        assert_eq!(Layer::from_geojson(SQUARE, "region"), Err(GeometryError::NotACollection));
        assert!(Layer::from_geojson(&collection(&[]), "region").unwrap().is_empty());
    }
}
