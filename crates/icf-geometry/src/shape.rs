//! Polygons from positions, whatever file they stood in.

use std::collections::HashMap;

use geo::{Coord, LineString, Polygon, Winding};
use icf_units::RegionId;

use crate::{Feature, FeatureMistake, GeometryError, Layer, Mistake};

/// A polygon of a shell and its holes, turned to the right-hand rule of RFC 7946.
///
/// ```
/// use geo::coord;
/// let corners = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0)].map(|(x, y)| coord! { x: x, y: y });
/// let polygon = icf_geometry::polygon(vec![corners.to_vec()]).unwrap();
/// assert_eq!(polygon.exterior().0[1], coord! { x: 1.0, y: 1.0 });
/// ```
///
/// # Errors
/// When there is no ring, or one that does not close or has fewer than four positions.
pub fn polygon(rings: Vec<Vec<Coord<f64>>>) -> Result<Polygon<f64>, Mistake> {
    let mut rings = rings.into_iter().map(ring).collect::<Result<Vec<_>, _>>()?.into_iter();
    let mut shell = rings.next().ok_or(Mistake::ShortRing { positions: 0 })?;
    shell.make_ccw_winding();
    let mut holes: Vec<LineString<f64>> = rings.collect();
    holes.iter_mut().for_each(Winding::make_cw_winding);
    Ok(Polygon::new(shell, holes))
}

fn ring(coords: Vec<Coord<f64>>) -> Result<LineString<f64>, Mistake> {
    if coords.first() != coords.last() {
        return Err(Mistake::UnclosedRing);
    }
    if coords.len() < 4 {
        return Err(Mistake::ShortRing { positions: coords.len() });
    }
    Ok(LineString::new(coords))
}

/// A position, when it is one.
///
/// # Errors
/// When a number is not finite.
pub fn position(x: f64, y: f64) -> Result<Coord<f64>, Mistake> {
    if x.is_finite() && y.is_finite() { Ok(Coord { x, y }) } else { Err(Mistake::UnusablePosition) }
}

/// A longitude and latitude in degrees, when they are ones.
///
/// # Errors
/// When a number is not finite or lies off the globe.
pub fn degrees(lon: f64, lat: f64) -> Result<Coord<f64>, Mistake> {
    let at = position(lon, lat)?;
    if lon.abs() > 180.0 || lat.abs() > 90.0 {
        return Err(Mistake::OutOfRange { lon, lat });
    }
    Ok(at)
}

/// What a file says of each feature: its place, the first being 1, its id, and what is made of it.
pub(crate) fn collect<T>(
    features: impl IntoIterator<Item = (usize, Result<String, Mistake>, Result<T, Mistake>)>,
) -> Result<Vec<(RegionId, T)>, GeometryError> {
    let mut made = Vec::new();
    let mut mistakes = Vec::new();
    let mut first_with_id: HashMap<String, usize> = HashMap::new();
    for (position, id, of_feature) in features {
        let given = id.as_ref().ok().cloned();
        let mut report = |mistake| mistakes.push(FeatureMistake { position, id: given.clone(), mistake });
        let of_feature = of_feature.map_err(&mut report);
        match id {
            Ok(id) => {
                let first = *first_with_id.entry(id.clone()).or_insert(position);
                if first != position {
                    report(Mistake::DuplicateId { first });
                }
                made.extend(of_feature.map(|of_feature| (RegionId::new(&id), of_feature)));
            }
            Err(mistake) => report(mistake),
        }
    }
    if mistakes.is_empty() { Ok(made) } else { Err(GeometryError::Features(mistakes)) }
}

impl Layer {
    /// A layer of features that stood in any file: the place of each in it, the first being 1, its id, and its polygons in
    /// degrees of longitude and latitude.
    ///
    /// # Errors
    /// Every feature without an id or polygons, or with the id of an earlier one.
    pub fn from_features(
        features: impl IntoIterator<
            Item = (usize, Result<String, Mistake>, Result<geo::MultiPolygon<f64>, Mistake>),
        >,
    ) -> Result<Self, GeometryError> {
        let shapes = collect(features)?;
        Ok(Self { features: shapes.into_iter().map(|(region, shape)| Feature { region, shape }).collect() })
    }
}
