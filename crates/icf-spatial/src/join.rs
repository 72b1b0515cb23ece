//! Values joined to weights, by id only.

use std::collections::{HashMap, HashSet};

use icf_units::RegionId;

use crate::{SpatialError, Weights};

/// What is done to the weights among the regions that have a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transform {
    /// Each row is divided by its sum, so that a lag is a mean of neighbours.
    #[default]
    Row,
    /// Nothing: links weigh what they weigh.
    None,
}

impl Transform {
    fn of(self, weights: &Weights) -> Weights {
        match self {
            Self::Row => weights.row_standardised(),
            Self::None => weights.clone(),
        }
    }
}

/// The regions that have a value, with their weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// Weights among the regions with a value, transformed.
    pub weights: Weights,
    /// Their values, in the order of the weights.
    pub values: Vec<f64>,
}

/// The regions that have both of two values, with their weights.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinedPair {
    /// Weights among the regions with both values, transformed.
    pub weights: Weights,
    /// The first values, in the order of the weights.
    pub first: Vec<f64>,
    /// The second values, in the order of the weights.
    pub second: Vec<f64>,
}

/// Joins values to weights by id, leaves regions without a value out, and row-standardises what is left.
///
/// # Errors
/// When an id is missing on either side or stands twice, or a value is not finite.
pub fn join(weights: &Weights, values: &[(RegionId, Option<f64>)]) -> Result<Joined, SpatialError> {
    join_as(Transform::Row, weights, values)
}

/// Joins values to weights as [`join`], with a transform of the weights that are left.
///
/// # Errors
/// As [`join`].
pub fn join_as(
    transform: Transform,
    weights: &Weights,
    values: &[(RegionId, Option<f64>)],
) -> Result<Joined, SpatialError> {
    let (weights, values) =
        by_id(transform, weights, values.iter().map(|(id, value)| (id, value.map(|value| [value]))))?;
    Ok(Joined { weights, values: values.into_iter().map(|[value]| value).collect() })
}

/// Joins two values a region to weights by id, leaves regions without both out, and row-standardises what is left.
///
/// # Errors
/// When an id is missing on either side or stands twice, or a value is not finite.
pub fn join_pair(
    weights: &Weights,
    values: &[(RegionId, Option<f64>, Option<f64>)],
) -> Result<JoinedPair, SpatialError> {
    join_pair_as(Transform::Row, weights, values)
}

/// Joins two values a region as [`join_pair`], with a transform of the weights that are left.
///
/// # Errors
/// As [`join_pair`].
pub fn join_pair_as(
    transform: Transform,
    weights: &Weights,
    values: &[(RegionId, Option<f64>, Option<f64>)],
) -> Result<JoinedPair, SpatialError> {
    let pairs = values.iter().map(|(id, first, second)| (id, first.zip(*second).map(<[f64; 2]>::from)));
    let (weights, pairs) = by_id(transform, weights, pairs)?;
    let (first, second) = pairs.into_iter().map(|[first, second]| (first, second)).unzip();
    Ok(JoinedPair { weights, first, second })
}

/// The weights among the regions that have their values, and these in the order of the weights.
fn by_id<'a, const N: usize>(
    transform: Transform,
    weights: &Weights,
    values: impl Iterator<Item = (&'a RegionId, Option<[f64; N]>)>,
) -> Result<(Weights, Vec<[f64; N]>), SpatialError> {
    let mut by_id: HashMap<&RegionId, Option<[f64; N]>> = HashMap::new();
    let known: HashSet<&RegionId> = weights.ids().iter().collect();
    let mut without_weights = Vec::new();
    for (id, value) in values {
        if by_id.insert(id, value).is_some() {
            return Err(SpatialError::DuplicateId(id.clone()));
        }
        if value.is_some_and(|value| !value.iter().all(|value| value.is_finite())) {
            return Err(SpatialError::NotFinite(id.clone()));
        }
        if !known.contains(id) {
            without_weights.push(id.clone());
        }
    }
    let without_value: Vec<RegionId> =
        weights.ids().iter().filter(|id| !by_id.contains_key(id)).cloned().collect();
    if !without_value.is_empty() || !without_weights.is_empty() {
        return Err(SpatialError::Mismatch { without_weights, without_value });
    }
    let in_order: Vec<Option<[f64; N]>> = weights.ids().iter().map(|id| by_id[id]).collect();
    let keep: Vec<bool> = in_order.iter().map(Option::is_some).collect();
    Ok((transform.of(&weights.among(&keep)), in_order.into_iter().flatten().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_matched_by_id_and_never_by_order() {
        let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
        let joined =
            join(&weights, &[("c".into(), Some(3.0)), ("a".into(), Some(1.0)), ("b".into(), None)]).unwrap();
        assert_eq!(joined.values, [1.0, 3.0]);
        assert_eq!(joined.weights.islands().len(), 2);
        assert_eq!(
            join(&weights, &[("a".into(), Some(1.0)), ("b".into(), None), ("x".into(), None)]),
            Err(SpatialError::Mismatch {
                without_weights: vec!["x".into()],
                without_value: vec!["c".into()]
            })
        );
        let twice = [("a".into(), None), ("a".into(), None)];
        assert_eq!(join(&weights, &twice), Err(SpatialError::DuplicateId("a".into())));
        assert_eq!(join(&weights, &[("a".into(), Some(f64::NAN))]), Err(SpatialError::NotFinite("a".into())));
    }

    #[test]
    fn weights_as_they_are_or_by_row() {
        let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
        let values = ["a", "b", "c"].map(|id| (id.into(), Some(1.0)));
        assert_eq!(join_as(Transform::None, &weights, &values).unwrap().weights, weights);
        assert_eq!(join_as(Transform::Row, &weights, &values), join(&weights, &values));
        let rows: Vec<f64> =
            join(&weights, &values).unwrap().weights.row(1).map(|(_, weight)| weight).collect();
        assert_eq!(rows, [0.5, 0.5]);
    }

    #[test]
    fn a_pair_needs_both() {
        let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
        let values = [
            ("c".into(), Some(3.0), Some(6.0)),
            ("a".into(), Some(1.0), None),
            ("b".into(), Some(2.0), Some(4.0)),
        ];
        let joined = join_pair(&weights, &values).unwrap();
        assert_eq!((joined.first, joined.second), (vec![2.0, 3.0], vec![4.0, 6.0]));
        assert_eq!(joined.weights.links(), 2);
    }
}
