//! Mobility of ranks: how much regions change places.

use std::collections::BTreeMap;

use crate::MarkovChain;

/// Kendall's rank correlation of two years, with the pairs it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankCorrelation {
    /// τ_b = (C − D)/√((P − T_x)(P − T_y)), P all pairs, T_x and T_y those tied in x and in y; `None` when all
    /// values of a year are equal.
    pub tau: Option<f64>,
    /// Pairs that keep their order, C.
    pub concordant: u64,
    /// Pairs that change it, D.
    pub discordant: u64,
    /// Pairs tied in the first year alone.
    pub tied_first: u64,
    /// Pairs tied in the last year alone.
    pub tied_last: u64,
    /// Pairs tied in both.
    pub tied_both: u64,
}

/// Kendall's τ_b between the values of two years, in O(n log n), all counts exact.
///
/// ```
/// use icf_spatial::rank_correlation;
/// // Of three pairs, one changes its order.
/// let found = rank_correlation(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]);
/// assert_eq!((found.concordant, found.discordant), (2, 1));
/// assert!((found.tau.unwrap() - 1.0 / 3.0).abs() < 1e-15);
/// ```
///
/// Source: Kendall 1945, Biometrika 33, 239–251; counting by merge sort after Knight 1966, J. Am. Stat.
/// Assoc. 61.
///
/// # Panics
/// When the years differ in the number of values, or a value is NaN.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of pairs are far below 2^53")]
pub fn rank_correlation(first: &[f64], last: &[f64]) -> RankCorrelation {
    assert_eq!(first.len(), last.len(), "both years have the same regions");
    let is_number = |values: &[f64]| values.iter().all(|value| !value.is_nan());
    assert!(is_number(first) && is_number(last), "every value is a number");
    // Zero and minus zero are one value.
    let mut pairs: Vec<(f64, f64)> = first.iter().zip(last).map(|(x, y)| (x + 0.0, y + 0.0)).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let both = tied(&pairs, |a, b| a == b);
    let in_first = tied(&pairs, |a, b| a.0 == b.0);
    let mut later: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    let discordant = sort_counting(&mut later);
    let in_last = tied(&later, |a, b| a == b);
    let n = first.len() as u64;
    let all = n * n.saturating_sub(1) / 2;
    let concordant = all + both - in_first - in_last - discordant;
    let (of_first, of_last) = ((all - in_first) as f64, (all - in_last) as f64);
    RankCorrelation {
        tau: (all > in_first && all > in_last)
            .then(|| (concordant as f64 - discordant as f64) / of_first.sqrt() / of_last.sqrt()),
        concordant,
        discordant,
        tied_first: in_first - both,
        tied_last: in_last - both,
        tied_both: both,
    }
}

/// Pairs within runs of equal items.
fn tied<T>(items: &[T], is_tie: impl Fn(&T, &T) -> bool) -> u64 {
    items.chunk_by(is_tie).map(|run| run.len() as u64 * (run.len() as u64 - 1) / 2).sum()
}

/// Sorts, and counts the pairs that stood in the wrong order.
fn sort_counting(values: &mut [f64]) -> u64 {
    if values.len() < 2 {
        return 0;
    }
    let (left, right) = values.split_at_mut(values.len() / 2);
    let mut swaps = sort_counting(left) + sort_counting(right);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut i, mut j) = (0, 0);
    while i < left.len() || j < right.len() {
        if j == right.len() || (i < left.len() && left[i] <= right[j]) {
            merged.push(left[i]);
            i += 1;
        } else {
            swaps += (left.len() - i) as u64;
            merged.push(right[j]);
            j += 1;
        }
    }
    values.copy_from_slice(&merged);
    swaps
}

/// Θ = Σ_g |Σ_{i in g} Δrank_i| / Σ_i |Δrank_i|: the share of rank changes that groups of regions make
/// together. Tied values share the mean of their ranks. `None` when no rank changes.
///
/// ```
/// use icf_spatial::rank_cohesion;
/// // Ranks 1, 2, 3, 4 become 3, 4, 1, 2: each group moves as one.
/// let found = rank_cohesion(&[1.0, 2.0, 3.0, 4.0], &[3.0, 4.0, 1.0, 2.0], &["west", "west", "east", "east"]);
/// assert_eq!(found, Some(1.0));
/// ```
///
/// Source: Rey 2004, Spatial dependence in the evolution of regional income distributions, in Getis, Mur &
/// Zoller.
///
/// # Panics
/// When years and groups differ in length.
#[must_use]
pub fn rank_cohesion<G: Ord>(first: &[f64], last: &[f64], groups: &[G]) -> Option<f64> {
    assert!(
        first.len() == last.len() && first.len() == groups.len(),
        "there is one value and one group a region"
    );
    let mut together: BTreeMap<&G, f64> = BTreeMap::new();
    let mut apart = 0.0;
    for ((before, after), group) in ranks(first).into_iter().zip(ranks(last)).zip(groups) {
        apart += (after - before).abs();
        *together.entry(group).or_default() += after - before;
    }
    (apart > 0.0).then(|| together.values().map(|sum| sum.abs()).sum::<f64>() / apart)
}

/// Ranks from 1, ties sharing their mean: whole or half numbers, so that sums of them are exact.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    for run in order.chunk_by(|a, b| values[*a] == values[*b]) {
        for place in run {
            ranks[*place] = start as f64 + (run.len() + 1) as f64 / 2.0;
        }
        start += run.len();
    }
    ranks
}

/// Shorrocks' mobility of a chain, M = (k − Σ p_ii)/(k − 1): 0 when nobody moves. `None` for a single state,
/// or when a state was never left.
///
/// ```
/// use icf_spatial::{MarkovChain, shorrocks_mobility};
/// let chain = MarkovChain::from_counts(vec![vec![3, 1], vec![2, 2]]);
/// assert_eq!(shorrocks_mobility(&chain), Some(0.75));
/// ```
///
/// Source: Shorrocks 1978, The measurement of mobility, Econometrica 46, 1013–1024; also called after Prais
/// 1955.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "states are few")]
pub fn shorrocks_mobility(chain: &MarkovChain) -> Option<f64> {
    let trace: Option<f64> =
        chain.probabilities.iter().enumerate().map(|(state, row)| row.as_ref().map(|row| row[state])).sum();
    let k = chain.states() as f64;
    trace.filter(|_| chain.states() > 1).map(|trace| (k - trace) / (k - 1.0))
}

/// Determinant mobility of a chain, M = 1 − |det P|: 1 when the past is forgotten at once. `None` when a
/// state was never left, or there is none.
///
/// ```
/// use icf_spatial::{MarkovChain, determinant_mobility};
/// let chain = MarkovChain::from_counts(vec![vec![3, 1], vec![2, 2]]);
/// // ¾·½ − ¼·½
/// assert_eq!(determinant_mobility(&chain), Some(0.75));
/// ```
///
/// Source: Shorrocks 1978, Econometrica 46, 1013–1024; Formby, Smith & Zheng 2004, J. Econometrics 120,
/// 181–205.
#[must_use]
pub fn determinant_mobility(chain: &MarkovChain) -> Option<f64> {
    let rows: Option<Vec<Vec<f64>>> = chain.probabilities.iter().cloned().collect();
    rows.filter(|rows| !rows.is_empty()).map(|rows| 1.0 - determinant(rows).abs())
}

/// By elimination with the largest pivot of each column.
fn determinant(mut rows: Vec<Vec<f64>>) -> f64 {
    let mut determinant = 1.0;
    for column in 0..rows.len() {
        let largest = (column..rows.len())
            .max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))
            .expect("the column is one of the rows");
        if rows[largest][column] == 0.0 {
            return 0.0;
        }
        if largest != column {
            rows.swap(largest, column);
            determinant = -determinant;
        }
        determinant *= rows[column][column];
        let (done, below) = rows.split_at_mut(column + 1);
        let pivot = &done[column];
        for row in below {
            let factor = row[column] / pivot[column];
            for (value, of_pivot) in row.iter_mut().zip(pivot).skip(column) {
                *value -= factor * of_pivot;
            }
        }
    }
    determinant
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every pair, one by one.
    fn pairs(x: &[f64], y: &[f64]) -> [u64; 5] {
        let mut counts = [0; 5];
        for i in 0..x.len() {
            for j in 0..i {
                let place = match ((x[i] - x[j]) * (y[i] - y[j]), x[i] == x[j], y[i] == y[j]) {
                    (_, true, true) => 4,
                    (_, true, false) => 2,
                    (_, false, true) => 3,
                    (product, ..) => usize::from(product < 0.0),
                };
                counts[place] += 1;
            }
        }
        counts
    }

    proptest! {
        #[test]
        fn counts_are_those_of_every_pair(
            values in prop::collection::vec(
                (
                    prop::sample::select(vec![-1.0, 0.0, 0.5, 2.0, 3.0]),
                    prop::sample::select(vec![0.0, 1.0, 2.0, 7.0]),
                ),
                0..30,
            ),
        ) {
            let (x, y): (Vec<f64>, Vec<f64>) = values.into_iter().unzip();
            let found = rank_correlation(&x, &y);
            let counted =
                [found.concordant, found.discordant, found.tied_first, found.tied_last, found.tied_both];
            prop_assert_eq!(counted, pairs(&x, &y));
            prop_assert!(found.tau.is_none_or(|tau| (-1.0 - 1e-12..=1.0 + 1e-12).contains(&tau)));
            let groups: Vec<bool> = x.iter().map(|x| *x > 0.0).collect();
            prop_assert!(rank_cohesion(&x, &y, &groups).is_none_or(|share| (0.0..=1.0).contains(&share)));
        }
    }

    #[test]
    fn equal_values_have_no_order() {
        assert_eq!(rank_correlation(&[1.0; 4], &[1.0, 2.0, 3.0, 4.0]).tau, None);
        assert_eq!(rank_correlation(&[], &[]).tau, None);
        assert_eq!(rank_cohesion(&[1.0, 2.0], &[3.0, 9.0], &[0, 1]), None);
        assert_eq!(ranks(&[5.0, 1.0, 5.0]), [2.5, 1.0, 2.5]);
    }

    #[test]
    fn chains_without_a_row_have_no_mobility() {
        let chain = MarkovChain::from_counts(vec![vec![1, 1], vec![0, 0]]);
        assert_eq!((shorrocks_mobility(&chain), determinant_mobility(&chain)), (None, None));
        assert_eq!(shorrocks_mobility(&MarkovChain::from_counts(vec![vec![1]])), None);
        let turning = MarkovChain::from_counts(vec![vec![0, 1, 0], vec![0, 0, 1], vec![1, 0, 0]]);
        assert_eq!((shorrocks_mobility(&turning), determinant_mobility(&turning)), (Some(1.5), Some(0.0)));
        let alike = MarkovChain::from_counts(vec![vec![1, 3], vec![1, 3]]);
        assert_eq!(determinant_mobility(&alike), Some(1.0));
    }
}
