//! Values joined to weights, by id only.

use std::collections::HashMap;

use icf_units::RegionId;

use crate::{SpatialError, Weights};

/// The regions that have a value, with their row-standardised weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// Weights among the regions with a value; rows sum to one.
    pub weights: Weights,
    /// Their values, in the order of the weights.
    pub values: Vec<f64>,
}

/// Joins values to weights by id, leaves regions without a value out, and row-standardises what is left.
///
/// # Errors
/// When an id is missing on either side or stands twice, or a value is not finite.
pub fn join(weights: &Weights, values: &[(RegionId, Option<f64>)]) -> Result<Joined, SpatialError> {
    let mut by_id: HashMap<&RegionId, Option<f64>> = HashMap::with_capacity(values.len());
    for (id, value) in values {
        if by_id.insert(id, *value).is_some() {
            return Err(SpatialError::DuplicateId(id.clone()));
        }
        if value.is_some_and(|value| !value.is_finite()) {
            return Err(SpatialError::NotFinite(id.clone()));
        }
    }
    let without_value: Vec<RegionId> =
        weights.ids().iter().filter(|id| !by_id.contains_key(id)).cloned().collect();
    let known: std::collections::HashSet<&RegionId> = weights.ids().iter().collect();
    let without_weights: Vec<RegionId> =
        values.iter().map(|(id, _)| id).filter(|id| !known.contains(id)).cloned().collect();
    if !without_value.is_empty() || !without_weights.is_empty() {
        return Err(SpatialError::Mismatch { without_weights, without_value });
    }
    let in_order: Vec<Option<f64>> = weights.ids().iter().map(|id| by_id[id]).collect();
    let keep: Vec<bool> = in_order.iter().map(Option::is_some).collect();
    Ok(Joined {
        weights: weights.among(&keep).row_standardised(),
        values: in_order.into_iter().flatten().collect(),
    })
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
}
