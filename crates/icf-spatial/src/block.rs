//! Members of one group as neighbours.

use std::collections::BTreeMap;

use icf_units::RegionId;

use crate::{SpatialError, Weights};

/// Weights of one between all regions of the same group; a region in no group is an island.
///
/// A group of m regions has m·(m − 1) links.
///
/// ```
/// use icf_spatial::block_weights;
/// let groups = [("a", Some("east")), ("b", Some("west")), ("c", Some("east")), ("d", None)];
/// let weights = block_weights(groups.map(|(id, group)| (id.into(), group))).unwrap();
/// assert_eq!(weights.row(0).collect::<Vec<_>>(), [(2, 1.0)]);
/// assert_eq!((weights.links(), weights.islands().len()), (2, 2));
/// ```
///
/// # Errors
/// When an id stands twice.
pub fn block_weights<G: Ord>(
    groups: impl IntoIterator<Item = (RegionId, Option<G>)>,
) -> Result<Weights, SpatialError> {
    let (ids, groups): (Vec<RegionId>, Vec<Option<G>>) = groups.into_iter().unzip();
    let mut members: BTreeMap<&G, Vec<usize>> = BTreeMap::new();
    for (place, group) in groups.iter().enumerate() {
        if let Some(group) = group {
            members.entry(group).or_default().push(place);
        }
    }
    let row = |(place, group): (usize, &Option<G>)| match group {
        Some(group) => {
            members[group].iter().filter(|other| **other != place).map(|other| (*other, 1.0)).collect()
        }
        None => Vec::new(),
    };
    let rows = groups.iter().enumerate().map(row).collect();
    Weights::from_rows(ids, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_of_m_has_m_times_m_minus_one_links() {
        let groups = (0..10).map(|region: usize| (region.to_string().as_str().into(), Some(region % 3)));
        let weights = block_weights(groups.collect::<Vec<_>>()).unwrap();
        assert_eq!((weights.links(), weights.components()), (4 * 3 + 3 * 2 + 3 * 2, 3));
        assert!(weights.is_symmetric());
    }

    #[test]
    fn an_id_twice() {
        let twice = [("a", Some(1)), ("a", Some(2))].map(|(id, group)| (id.into(), group));
        assert_eq!(block_weights(twice), Err(SpatialError::DuplicateId("a".into())));
    }
}
