//! Theil's T and L, within groups and between them.

use crate::theil::{l, l_term, t, t_term};
use crate::{InequalityError, Shares};

/// A Theil index and its parts: within + between = total.
#[derive(Clone, Debug, PartialEq)]
pub struct TheilDecomposition<G> {
    /// The index of all values.
    pub total: f64,
    /// Σ over groups of share·index of the group; the share is of the total for T, of the population for L.
    pub within: f64,
    /// The index of the group means: what is left when everybody has the mean of the group.
    pub between: f64,
    /// The groups, ascending.
    pub groups: Vec<TheilGroup<G>>,
}

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub struct TheilGroup<G> {
    /// Its name.
    pub group: G,
    /// Share of the population, p_g.
    pub population_share: f64,
    /// Share of the total, s_g = p_g·μ_g/μ.
    pub value_share: f64,
    /// Mean per head, μ_g.
    pub mean: f64,
    /// The index within the group; `None` for T of a group that has nothing.
    pub index: Option<f64>,
    /// What it adds to the part within.
    pub within: f64,
}

/// Theil's T by groups: T = Σ s_g·T_g + Σ s_g·ln(μ_g/μ), s_g the group's share of the total.
///
/// ```
/// use icf_inequality::theil_t_by_group;
/// let found = theil_t_by_group(&[1.0, 1.0, 3.0, 3.0], None, &["a", "a", "b", "b"]).unwrap();
/// assert_eq!(found.within, 0.0);
/// assert!((found.total - found.between).abs() < 1e-15);
/// assert_eq!(found.groups[1].value_share, 0.75);
/// ```
///
/// Source: Shorrocks 1980, The class of additively decomposable inequality measures, Econometrica 48, 613–625.
///
/// # Errors
/// When there is no value, a value is negative or not finite, all are zero, or a weight is not above zero.
///
/// # Panics
/// When values, weights and groups differ in length.
pub fn theil_t_by_group<G: Clone + Ord>(
    values: &[f64],
    weights: Option<&[f64]>,
    groups: &[G],
) -> Result<TheilDecomposition<G>, InequalityError> {
    let all = Shares::of(values, weights)?;
    let mut between = 0.0;
    let groups = described(&all, groups, |own, group| {
        between += group.population_share * t_term(own.mean / all.mean);
        group.index = (own.mean > 0.0).then(|| t(own));
        group.within = group.value_share * group.index.unwrap_or(0.0);
    });
    Ok(TheilDecomposition {
        total: t(&all),
        within: groups.iter().map(|group| group.within).sum(),
        between,
        groups,
    })
}

/// Theil's L by groups: L = Σ p_g·L_g + Σ p_g·ln(μ/μ_g), p_g the group's share of the population. `None` with
/// a value of zero.
///
/// ```
/// use icf_inequality::theil_l_by_group;
/// let found = theil_l_by_group(&[1.0, 3.0, 2.0, 2.0], None, &["a", "a", "b", "b"]).unwrap().unwrap();
/// // Both groups have the mean 2.
/// assert_eq!(found.between, 0.0);
/// assert!((found.groups[0].within - found.total).abs() < 1e-15);
/// ```
///
/// Source: Shorrocks 1980, Econometrica 48, 613–625.
///
/// # Errors
/// When there is no value, a value is negative or not finite, all are zero, or a weight is not above zero.
///
/// # Panics
/// When values, weights and groups differ in length.
pub fn theil_l_by_group<G: Clone + Ord>(
    values: &[f64],
    weights: Option<&[f64]>,
    groups: &[G],
) -> Result<Option<TheilDecomposition<G>>, InequalityError> {
    let all = Shares::of(values, weights)?;
    let Some(total) = l(&all) else { return Ok(None) };
    let mut between = 0.0;
    let groups = described(&all, groups, |own, group| {
        between +=
            group.population_share * l_term(own.mean / all.mean).expect("no value is zero, so no mean is");
        group.index = l(own);
        group.within = group.population_share * group.index.unwrap_or(0.0);
    });
    Ok(Some(TheilDecomposition {
        total,
        within: groups.iter().map(|group| group.within).sum(),
        between,
        groups,
    }))
}

/// The groups with their shares and means; `measure` puts in the index and what it adds.
fn described<G: Clone + Ord>(
    all: &Shares,
    groups: &[G],
    mut measure: impl FnMut(&Shares, &mut TheilGroup<G>),
) -> Vec<TheilGroup<G>> {
    all.by_group(groups)
        .into_iter()
        .map(|(group, share, own)| {
            let value_share = share * (own.mean / all.mean);
            let mut described = TheilGroup {
                group,
                population_share: share,
                value_share,
                mean: own.mean,
                index: None,
                within: 0.0,
            };
            measure(&own, &mut described);
            described
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_group_that_has_nothing() {
        let found = theil_t_by_group(&[0.0, 0.0, 2.0, 2.0], None, &[1, 1, 2, 2]).unwrap();
        assert_eq!((found.groups[0].index, found.groups[0].within), (None, 0.0));
        assert!((found.between - 2.0_f64.ln()).abs() < 1e-15 && found.within == 0.0);
        assert_eq!(theil_l_by_group(&[0.0, 1.0], None, &[1, 2]), Ok(None));
        assert_eq!(theil_t_by_group(&[0.0], None, &[1]), Err(InequalityError::ZeroMean));
    }

    #[test]
    fn by_hand() {
        // Groups {1, 3} and {2, 6} have the same T and the means 2 and 4 against 3.
        let inner = 0.5 * (0.5 * 0.5_f64.ln() + 1.5 * 1.5_f64.ln());
        let (low, high) = (2.0_f64 / 3.0, 4.0_f64 / 3.0);
        let found = theil_t_by_group(&[1.0, 3.0, 2.0, 6.0], None, &["a", "a", "b", "b"]).unwrap();
        assert!((found.within - inner).abs() < 1e-15);
        assert!((found.between - 0.5 * (low * low.ln() + high * high.ln())).abs() < 1e-15);
        let shares: Vec<f64> = found.groups.iter().map(|group| group.value_share).collect();
        assert!((shares[0] - 1.0 / 3.0).abs() < 1e-15 && (shares[1] - 2.0 / 3.0).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn within_and_between_are_all(
            people in prop::collection::vec((0.0..100.0_f64, 0.1..9.0_f64, 0_u8..4), 1..40)
                .prop_filter("not all zero", |people| people.iter().any(|person| person.0 > 0.0)),
        ) {
            let values: Vec<f64> = people.iter().map(|person| person.0).collect();
            let weights: Vec<f64> = people.iter().map(|person| person.1).collect();
            let groups: Vec<u8> = people.iter().map(|person| person.2).collect();
            let t = theil_t_by_group(&values, Some(&weights), &groups).unwrap();
            prop_assert!((t.within + t.between - t.total).abs() < 1e-13);
            if let Some(l) = theil_l_by_group(&values, Some(&weights), &groups).unwrap() {
                prop_assert!((l.within + l.between - l.total).abs() < 1e-13 * l.total.max(1.0));
            }
        }
    }
}
