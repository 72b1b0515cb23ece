//! Spatial weights: for each region its neighbours and how much each counts.

use std::collections::{HashMap, HashSet};

use icf_units::RegionId;

use crate::SpatialError;

/// A sparse matrix of weights w_ij ≥ 0 over named regions, stored row by row; the diagonal is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    ids: Vec<RegionId>,
    starts: Vec<usize>,
    neighbours: Vec<usize>,
    values: Vec<f64>,
}

impl Weights {
    /// Weights of one for every undirected link between places of `ids`; a link given twice counts once.
    ///
    /// ```
    /// use icf_spatial::Weights;
    /// let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1)]).unwrap();
    /// assert_eq!(weights.row(0).collect::<Vec<_>>(), [(1, 1.0)]);
    /// assert_eq!(weights.islands().len(), 1);
    /// ```
    ///
    /// # Errors
    /// When an id stands twice, or a region is linked to itself.
    ///
    /// # Panics
    /// When a link names a place beyond the ids.
    pub fn from_links(
        ids: impl IntoIterator<Item = RegionId>,
        links: &[(usize, usize)],
    ) -> Result<Self, SpatialError> {
        let ids: Vec<RegionId> = ids.into_iter().collect();
        let mut rows = vec![Vec::new(); ids.len()];
        for &(a, b) in links {
            if a == b {
                return Err(SpatialError::SelfLink(ids[a].clone()));
            }
            rows[a].push((b, 1.0));
            rows[b].push((a, 1.0));
        }
        for row in &mut rows {
            row.sort_by_key(|(neighbour, _)| *neighbour);
            row.dedup_by_key(|(neighbour, _)| *neighbour);
        }
        Self::from_rows(ids, rows)
    }

    /// Weights from directed links (from, to, weight) between places of `ids`, in any order.
    ///
    /// ```
    /// use icf_spatial::Weights;
    /// let ids = ["a", "b"].map(Into::into);
    /// let weights = Weights::from_weighted_links(ids, &[(0, 1, 0.25)]).unwrap();
    /// assert_eq!((weights.weight(0, 1), weights.weight(1, 0)), (0.25, 0.0));
    /// ```
    ///
    /// # Errors
    /// When an id or a link stands twice, a region is linked to itself, or a weight is not finite or not above
    /// zero.
    ///
    /// # Panics
    /// When a link names a place beyond the ids.
    pub fn from_weighted_links(
        ids: impl IntoIterator<Item = RegionId>,
        links: &[(usize, usize, f64)],
    ) -> Result<Self, SpatialError> {
        let ids: Vec<RegionId> = ids.into_iter().collect();
        let mut rows = vec![Vec::new(); ids.len()];
        for &(from, to, weight) in links {
            if from == to {
                return Err(SpatialError::SelfLink(ids[from].clone()));
            }
            if !weight.is_finite() || weight <= 0.0 {
                let (from, to) = (ids[from].clone(), ids[to].clone());
                return Err(SpatialError::UnusableWeight { from, to, weight: weight.to_string() });
            }
            rows[from].push((to, weight));
        }
        for (from, row) in rows.iter_mut().enumerate() {
            row.sort_by_key(|(to, _)| *to);
            if let Some(twice) = row.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                return Err(SpatialError::DuplicateLink(ids[from].clone(), ids[twice[0].0].clone()));
            }
        }
        Self::from_rows(ids, rows)
    }

    /// Weights from rows of (place, weight), each ascending.
    pub(crate) fn from_rows(ids: Vec<RegionId>, rows: Vec<Vec<(usize, f64)>>) -> Result<Self, SpatialError> {
        let mut seen = HashSet::new();
        if let Some(id) = ids.iter().find(|id| !seen.insert(*id)) {
            return Err(SpatialError::DuplicateId(id.clone()));
        }
        let mut weights = Self { ids, starts: vec![0], neighbours: vec![], values: vec![] };
        for row in rows {
            for (neighbour, value) in row {
                weights.neighbours.push(neighbour);
                weights.values.push(value);
            }
            weights.starts.push(weights.neighbours.len());
        }
        Ok(weights)
    }

    /// The regions, in order.
    #[must_use]
    pub fn ids(&self) -> &[RegionId] {
        &self.ids
    }

    /// How many regions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no region at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// A region's neighbours with their weights, by place.
    pub fn row(&self, region: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.starts[region]..self.starts[region + 1];
        self.neighbours[range.clone()].iter().copied().zip(self.values[range].iter().copied())
    }

    /// The places of a region's neighbours.
    pub(crate) fn neighbours(&self, region: usize) -> &[usize] {
        &self.neighbours[self.starts[region]..self.starts[region + 1]]
    }

    /// The weights of a region's neighbours.
    pub(crate) fn values(&self, region: usize) -> &[f64] {
        &self.values[self.starts[region]..self.starts[region + 1]]
    }

    /// Σ w_ij u_j.
    pub(crate) fn lag(&self, region: usize, u: &[f64]) -> f64 {
        self.row(region).map(|(j, weight)| weight * u[j]).sum()
    }

    /// Directed links: every w_ij above zero.
    #[must_use]
    pub fn links(&self) -> usize {
        self.neighbours.len()
    }

    /// Regions without a neighbour.
    #[must_use]
    pub fn islands(&self) -> Vec<RegionId> {
        (0..self.len())
            .filter(|region| self.neighbours(*region).is_empty())
            .map(|region| self.ids[region].clone())
            .collect()
    }

    /// Connected components, an island being one by itself.
    #[must_use]
    pub fn components(&self) -> usize {
        let mut parent: Vec<usize> = (0..self.len()).collect();
        fn root(parent: &mut [usize], mut node: usize) -> usize {
            while parent[node] != node {
                parent[node] = parent[parent[node]];
                node = parent[node];
            }
            node
        }
        for region in 0..self.len() {
            for &neighbour in self.neighbours(region) {
                let (a, b) = (root(&mut parent, region), root(&mut parent, neighbour));
                parent[a.max(b)] = a.min(b);
            }
        }
        (0..self.len()).filter(|region| parent[*region] == *region).count()
    }

    /// Whether w_ij = w_ji everywhere.
    #[must_use]
    pub fn is_symmetric(&self) -> bool {
        (0..self.len()).all(|i| self.row(i).all(|(j, value)| self.weight(j, i) == value))
    }

    /// w_ij; zero where there is no link.
    #[must_use]
    pub fn weight(&self, i: usize, j: usize) -> f64 {
        self.neighbours(i).binary_search(&j).map_or(0.0, |place| self.values(i)[place])
    }

    /// Each row divided by its sum; islands stay empty.
    #[must_use]
    pub fn row_standardised(&self) -> Self {
        let mut standardised = self.clone();
        for region in 0..self.len() {
            let sum: f64 = self.values(region).iter().sum();
            for value in &mut standardised.values[self.starts[region]..self.starts[region + 1]] {
                *value /= sum;
            }
        }
        standardised
    }

    /// The same links, each of weight one.
    #[must_use]
    pub fn binary(&self) -> Self {
        Self { values: vec![1.0; self.values.len()], ..self.clone() }
    }

    /// The weights without links that weigh nothing.
    pub(crate) fn without_zeros(self) -> Self {
        if self.values.iter().all(|value| *value > 0.0) {
            return self;
        }
        let rows = (0..self.len()).map(|region| self.row(region).filter(|(_, value)| *value > 0.0).collect());
        Self::from_rows(self.ids.clone(), rows.collect()).expect("the ids are as distinct as before")
    }

    /// The weights among some of the regions, in their order; what led to others is gone.
    #[must_use]
    pub fn among(&self, keep: &[bool]) -> Self {
        let mut place = vec![usize::MAX; self.len()];
        for (next, region) in (0..self.len()).filter(|region| keep[*region]).enumerate() {
            place[region] = next;
        }
        let kept = || (0..self.len()).filter(|region| keep[*region]);
        let rows = kept()
            .map(|region| {
                self.row(region).filter(|(j, _)| keep[*j]).map(|(j, value)| (place[j], value)).collect()
            })
            .collect();
        Self::from_rows(kept().map(|region| self.ids[region].clone()).collect(), rows)
            .expect("a part of distinct ids has distinct ids")
    }

    /// The weights with more undirected links of weight one, named by id.
    ///
    /// # Errors
    /// When a link names a region that there is not, or one region twice.
    pub fn with_links(&self, links: &[(RegionId, RegionId)]) -> Result<Self, SpatialError> {
        let places: HashMap<&RegionId, usize> =
            self.ids.iter().enumerate().map(|(place, id)| (id, place)).collect();
        let place =
            |id: &RegionId| places.get(id).copied().ok_or_else(|| SpatialError::UnknownRegion(id.clone()));
        let mut rows: Vec<Vec<(usize, f64)>> =
            (0..self.len()).map(|region| self.row(region).collect()).collect();
        for (a, b) in links {
            let (a, b) = (place(a)?, place(b)?);
            if a == b {
                return Err(SpatialError::SelfLink(self.ids[a].clone()));
            }
            for (from, to) in [(a, b), (b, a)] {
                if let Err(at) = rows[from].binary_search_by_key(&to, |(neighbour, _)| *neighbour) {
                    rows[from].insert(at, (to, 1.0));
                }
            }
        }
        Self::from_rows(self.ids.clone(), rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Weights {
        Weights::from_links(["a", "b", "c", "d"].map(Into::into), &[(0, 1), (1, 2), (1, 0)]).unwrap()
    }

    #[test]
    fn counts() {
        let weights = chain();
        assert_eq!((weights.links(), weights.components(), weights.islands().len()), (4, 2, 1));
        assert!(weights.is_symmetric());
        let standardised = weights.row_standardised();
        assert_eq!(standardised.row(1).collect::<Vec<_>>(), [(0, 0.5), (2, 0.5)]);
        assert!(!standardised.is_symmetric());
        assert_eq!(standardised.binary(), weights);
    }

    #[test]
    fn a_part_keeps_its_links() {
        let part = chain().among(&[true, false, true, true]);
        assert_eq!((part.len(), part.links()), (3, 0));
        let part = chain().among(&[false, true, true, false]);
        assert_eq!(part.row(0).collect::<Vec<_>>(), [(1, 1.0)]);
    }

    #[test]
    fn more_links() {
        let linked = chain().with_links(&[("d".into(), "b".into())]).unwrap();
        assert_eq!((linked.islands().len(), linked.components(), linked.is_symmetric()), (0, 1, true));
        assert_eq!(
            chain().with_links(&[("x".into(), "b".into())]),
            Err(SpatialError::UnknownRegion("x".into()))
        );
    }

    #[test]
    fn impossible_weights() {
        let ids = || ["a", "a"].map(Into::into);
        assert_eq!(Weights::from_links(ids(), &[]), Err(SpatialError::DuplicateId("a".into())));
        assert_eq!(Weights::from_links(["a".into()], &[(0, 0)]), Err(SpatialError::SelfLink("a".into())));
    }

    #[test]
    fn impossible_weighted_links() {
        let weighted = |links: &[_]| Weights::from_weighted_links(["a", "b"].map(Into::into), links);
        let unusable = |weight: &str| {
            let (from, to) = ("a".into(), "b".into());
            Err(SpatialError::UnusableWeight { from, to, weight: weight.to_owned() })
        };
        assert_eq!(weighted(&[(1, 1, 1.0)]), Err(SpatialError::SelfLink("b".into())));
        assert_eq!(weighted(&[(0, 1, 0.0)]), unusable("0"));
        assert_eq!(weighted(&[(0, 1, -2.5)]), unusable("-2.5"));
        assert_eq!(weighted(&[(0, 1, f64::NAN)]), unusable("NaN"));
        let twice = Err(SpatialError::DuplicateLink("a".into(), "b".into()));
        assert_eq!(weighted(&[(0, 1, 1.0), (1, 0, 1.0), (0, 1, 2.0)]), twice);
        let ids = ["a", "a"].map(Into::into);
        assert_eq!(Weights::from_weighted_links(ids, &[]), Err(SpatialError::DuplicateId("a".into())));
    }
}
