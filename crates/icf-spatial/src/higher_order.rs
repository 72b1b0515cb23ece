//! Neighbours of neighbours.

use rayon::prelude::*;

use crate::{SpatialError, Weights};

/// Which of the regions that can be reached count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orders {
    /// Those whose shortest way has just so many links.
    Only,
    /// Those nearer by, too.
    UpTo,
}

/// Weights of one for the regions whose shortest way from i, along links in their direction, has `order` links, or
/// with [`Orders::UpTo`] between one and `order`. What the links weigh plays no part. A region is never its own
/// neighbour.
///
/// Source: Anselin & Smirnov (1996), Efficient algorithms for constructing proper higher order spatial lag
/// operators, J. Regional Science 36.
///
/// ```
/// use icf_spatial::{Orders, Weights, higher_order};
/// let chain = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
/// let second = higher_order(&chain, 2, Orders::Only).unwrap();
/// assert_eq!(second.row(0).collect::<Vec<_>>(), [(2, 1.0)]);
/// assert_eq!(higher_order(&chain, 2, Orders::UpTo).unwrap().links(), 6);
/// ```
///
/// # Errors
/// When the order is zero.
pub fn higher_order(weights: &Weights, order: usize, orders: Orders) -> Result<Weights, SpatialError> {
    if order == 0 {
        return Err(SpatialError::ZeroOrder);
    }
    // Who has been met is marked with the region that it was met from, so that nothing is cleared between regions.
    let unmet = || vec![usize::MAX; weights.len()];
    let rows = (0..weights.len())
        .into_par_iter()
        .map_init(unmet, |met_from, region| {
            met_from[region] = region;
            let mut reached = Vec::new();
            let mut front = vec![region];
            for step in 1..=order {
                let mut next = Vec::new();
                for &from in &front {
                    for &to in weights.neighbours(from) {
                        if met_from[to] != region {
                            met_from[to] = region;
                            next.push(to);
                        }
                    }
                }
                if orders == Orders::UpTo || step == order {
                    reached.extend_from_slice(&next);
                }
                front = next;
                if front.is_empty() {
                    break;
                }
            }
            reached.sort_unstable();
            reached.into_iter().map(|place| (place, 1.0)).collect()
        })
        .collect();
    Weights::from_rows(weights.ids().to_vec(), rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(order: usize, orders: Orders, expected: [&[usize]; 5]) {
        // A ring of four with an island.
        let ids = ["a", "b", "c", "d", "e"].map(Into::into);
        let ring = Weights::from_links(ids, &[(0, 1), (1, 2), (2, 3), (3, 0)]).unwrap();
        let found = higher_order(&ring, order, orders).unwrap();
        for (region, row) in expected.iter().enumerate() {
            assert_eq!(found.neighbours(region), *row);
        }
    }

    #[test]
    fn a_ring() {
        let first: [&[usize]; 5] = [&[1, 3], &[0, 2], &[1, 3], &[0, 2], &[]];
        check(1, Orders::Only, first);
        check(1, Orders::UpTo, first);
        check(2, Orders::Only, [&[2], &[3], &[0], &[1], &[]]);
        check(2, Orders::UpTo, [&[1, 2, 3], &[0, 2, 3], &[0, 1, 3], &[0, 1, 2], &[]]);
        check(3, Orders::Only, [&[]; 5]);
        check(usize::MAX, Orders::Only, [&[]; 5]);
    }

    #[test]
    fn links_lead_one_way() {
        let ids = ["a", "b", "c"].map(Into::into);
        let way = Weights::from_weighted_links(ids, &[(0, 1, 0.5), (1, 2, 3.0)]).unwrap();
        let second = higher_order(&way, 2, Orders::Only).unwrap();
        assert_eq!((second.weight(0, 2), second.links()), (1.0, 1));
        assert_eq!(higher_order(&way, 0, Orders::Only), Err(SpatialError::ZeroOrder));
    }
}
