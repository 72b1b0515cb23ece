//! Gini within groups, between them, and in their overlap.

use crate::gini::{excess, of};
use crate::{InequalityError, Shares};

/// The Gini coefficient and its parts after Dagum: within + between + overlap = total.
#[derive(Clone, Debug, PartialEq)]
pub struct GiniDecomposition<G> {
    /// The coefficient of all values, G.
    pub total: f64,
    /// G_w = Σ p_j·s_j·G_jj.
    pub within: f64,
    /// G_nb, the net difference between groups: Σ over pairs of G_jh·(p_j·s_h + p_h·s_j)·D_jh.
    pub between: f64,
    /// G_t, the intensity of transvariation: the same with 1 − D_jh. It is zero when no value of a group with
    /// the lower mean is above a value of one with the higher mean.
    pub overlap: f64,
    /// The groups, ascending.
    pub groups: Vec<GiniGroup<G>>,
    /// Pairs of groups, in the order of the groups.
    pub pairs: Vec<GiniPair<G>>,
}

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub struct GiniGroup<G> {
    /// Its name.
    pub group: G,
    /// Share of the population, p_j.
    pub population_share: f64,
    /// Share of the total, s_j = p_j·μ_j/μ.
    pub value_share: f64,
    /// Mean per head, μ_j.
    pub mean: f64,
    /// The coefficient within the group, G_jj; `None` for a group that has nothing.
    pub gini: Option<f64>,
    /// What it adds to the part within, p_j·s_j·G_jj.
    pub within: f64,
}

/// Two groups held against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct GiniPair<G> {
    /// The group that is first in order.
    pub first: G,
    /// The other one.
    pub second: G,
    /// G_jh = Δ_jh/(μ_j + μ_h), Δ_jh the mean difference between a member of one group and one of the other;
    /// `None` when neither group has anything.
    pub gini: Option<f64>,
    /// Relative economic affluence D_jh = |μ_j − μ_h|/Δ_jh, in [0, 1]: 1 when the groups do not overlap;
    /// `None` when all members of both are equal.
    pub affluence: Option<f64>,
    /// What the pair adds to the net difference between groups, p_j·p_h·|μ_j − μ_h|/μ.
    pub between: f64,
    /// What it adds to the overlap, p_j·p_h·(Δ_jh − |μ_j − μ_h|)/μ.
    pub overlap: f64,
}

/// The Gini coefficient by groups: G = G_w + G_nb + G_t.
///
/// ```
/// use icf_inequality::gini_by_group;
/// // {1, 3} has the mean 2, {2, 6} the mean 4; of four pairs one has its order reversed, by 3 − 2.
/// let found = gini_by_group(&[1.0, 3.0, 2.0, 6.0], None, &["a", "a", "b", "b"]).unwrap();
/// assert!((found.within - 1.0 / 8.0).abs() < 1e-15);
/// assert!((found.between - 1.0 / 6.0).abs() < 1e-15);
/// assert!((found.overlap - 1.0 / 24.0).abs() < 1e-15);
/// assert!((found.total - 1.0 / 3.0).abs() < 1e-15);
/// // Δ = (1 + 5 + 1 + 3)/4 over 2 + 4, and 2 of it is the difference of the means.
/// assert_eq!(found.pairs[0].gini, Some(2.5 / 6.0));
/// assert_eq!(found.pairs[0].affluence, Some(0.8));
/// ```
///
/// Source: Dagum 1997, A new approach to the decomposition of the Gini income inequality ratio, Empirical
/// Economics 22, 515–531.
///
/// # Errors
/// When there is no value, a value is negative or not finite, all are zero, or a weight is not above zero.
///
/// # Panics
/// When values, weights and groups differ in length.
pub fn gini_by_group<G: Clone + Ord>(
    values: &[f64],
    weights: Option<&[f64]>,
    groups: &[G],
) -> Result<GiniDecomposition<G>, InequalityError> {
    let all = Shares::of(values, weights)?;
    let parts = all.by_group(groups);
    let sorted: Vec<Vec<(f64, f64)>> = parts.iter().map(|(_, _, own)| own.sorted()).collect();
    let groups: Vec<GiniGroup<G>> = parts
        .iter()
        .map(|(group, share, own)| {
            let value_share = share * (own.mean / all.mean);
            let gini = (own.mean > 0.0).then(|| of(own));
            GiniGroup {
                group: group.clone(),
                population_share: *share,
                value_share,
                mean: own.mean,
                gini,
                within: share * value_share * gini.unwrap_or(0.0),
            }
        })
        .collect();
    let mut pairs = Vec::new();
    for (j, first) in groups.iter().enumerate() {
        for (h, second) in groups.iter().enumerate().skip(j + 1) {
            let (up, down) = (excess(&sorted[j], &sorted[h]), excess(&sorted[h], &sorted[j]));
            let (difference, means) = (up + down, first.mean + second.mean);
            let net = (up - down).abs();
            let scale = first.population_share * second.population_share / all.mean;
            pairs.push(GiniPair {
                first: first.group.clone(),
                second: second.group.clone(),
                gini: (means > 0.0).then(|| difference / means),
                affluence: (difference > 0.0).then(|| net / difference),
                between: scale * net,
                // What is left of the difference is twice the smaller side.
                overlap: scale * 2.0 * up.min(down),
            });
        }
    }
    Ok(GiniDecomposition {
        total: of(&all),
        within: groups.iter().map(|group| group.within).sum(),
        between: pairs.iter().map(|pair| pair.between).sum(),
        overlap: pairs.iter().map(|pair| pair.overlap).sum(),
        groups,
        pairs,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn groups_that_do_not_overlap() {
        let found = gini_by_group(&[1.0, 2.0, 5.0, 9.0], None, &[1, 1, 2, 2]).unwrap();
        assert_eq!((found.overlap, found.pairs[0].affluence), (0.0, Some(1.0)));
    }

    #[test]
    fn groups_of_one_mean_only_overlap() {
        let found = gini_by_group(&[1.0, 3.0, 2.0, 2.0], None, &[1, 1, 2, 2]).unwrap();
        assert_eq!((found.between, found.pairs[0].affluence), (0.0, Some(0.0)));
        assert!(found.overlap > 0.0);
    }

    #[test]
    fn groups_that_have_nothing() {
        let found = gini_by_group(&[0.0, 0.0, 0.0, 8.0], None, &[1, 1, 2, 3]).unwrap();
        assert_eq!((found.groups[0].gini, found.pairs[0].gini, found.pairs[0].affluence), (None, None, None));
        assert_eq!((found.total, found.between), (0.75, 0.75));
        assert_eq!(gini_by_group(&[2.0, 2.0], None, &[1, 2]).unwrap().pairs[0].affluence, None);
    }

    proptest! {
        #[test]
        fn the_parts_are_the_whole(
            people in prop::collection::vec((0.0..100.0_f64, 0.1..9.0_f64, 0_u8..4), 1..40)
                .prop_filter("not all zero", |people| people.iter().any(|person| person.0 > 0.0)),
        ) {
            let values: Vec<f64> = people.iter().map(|person| person.0).collect();
            let weights: Vec<f64> = people.iter().map(|person| person.1).collect();
            let groups: Vec<u8> = people.iter().map(|person| person.2).collect();
            let found = gini_by_group(&values, Some(&weights), &groups).unwrap();
            prop_assert!((found.within + found.between + found.overlap - found.total).abs() < 1e-13);
            // The net difference is the coefficient of the group means when there are two groups or more.
            let sum: f64 = values.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let mean = sum / weights.iter().sum::<f64>();
            for pair in &found.pairs {
                let of = |name: u8| found.groups.iter().find(|group| group.group == name).unwrap();
                let (j, h) = (of(pair.first), of(pair.second));
                let net = j.population_share * h.population_share * (j.mean - h.mean).abs() / mean;
                prop_assert!((pair.between - net).abs() < 1e-13);
                prop_assert!(pair.affluence.is_none_or(|affluence| (0.0..=1.0).contains(&affluence)));
            }
        }
    }
}
