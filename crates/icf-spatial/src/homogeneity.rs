//! Whether several Markov chains are one.

use crate::{ChiSquare, MarkovChain};

/// Tests of the hypothesis that several chains have the same probabilities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Homogeneity {
    /// LR = 2·Σ n_ij(m)·ln(p_ij(m)/p_ij).
    pub likelihood_ratio: ChiSquare,
    /// Q = Σ n_i(m)·(p_ij(m) − p_ij)²/p_ij.
    pub chi_square: ChiSquare,
}

/// Tests whether chains m = 1, 2, … have the probabilities p_ij of all their moves together.
///
/// Degrees of freedom: Σ_i (a_i − 1)·(b_i − 1) over the states i that were ever left, a_i the number of states
/// entered from i, b_i the number of chains that leave i. `None` when no chain has a move.
///
/// ```
/// use icf_spatial::{MarkovChain, homogeneity};
/// let a = MarkovChain::from_counts(vec![vec![3, 1], vec![2, 2]]);
/// let b = MarkovChain::from_counts(vec![vec![1, 3], vec![2, 2]]);
/// let test = homogeneity(&[a, b]).unwrap();
/// // Row 0: p = ½ in all, ¾ and ¼ apart: each cell gives 4·(¼)²/½. Row 1 differs in nothing.
/// assert_eq!((test.chi_square.statistic, test.chi_square.degrees), (2.0, 2));
/// ```
///
/// Source: Bickenbach & Bode 2003, Evaluating the Markov property in studies of economic convergence,
/// International Regional Science Review 26, 363–392.
///
/// # Panics
/// When the chains differ in the number of states.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub fn homogeneity(chains: &[MarkovChain]) -> Option<Homogeneity> {
    let k = chains.first()?.states();
    assert!(chains.iter().all(|chain| chain.states() == k), "every chain has the same states");
    let pooled = MarkovChain::from_counts(
        (0..k)
            .map(|i| (0..k).map(|j| chains.iter().map(|chain| chain.counts[i][j]).sum()).collect())
            .collect(),
    );
    if pooled.moves() == 0 {
        return None;
    }
    let (mut ratio, mut square, mut degrees) = (0.0, 0.0, 0);
    for (state, p) in pooled.probabilities.iter().enumerate() {
        let Some(p) = p else { continue };
        let entered = p.iter().filter(|p| **p > 0.0).count();
        let leaving = chains.iter().filter(|chain| chain.probabilities[state].is_some()).count();
        degrees += (entered - 1) * (leaving - 1);
        for chain in chains {
            let Some(own) = &chain.probabilities[state] else { continue };
            let all = chain.counts[state].iter().sum::<u64>() as f64;
            for (to, (own, p)) in own.iter().zip(p).enumerate().filter(|(_, (_, p))| **p > 0.0) {
                square += all * (own - p) * (own - p) / p;
                if *own > 0.0 {
                    ratio += 2.0 * chain.counts[state][to] as f64 * (own / p).ln();
                }
            }
        }
    }
    Some(Homogeneity {
        likelihood_ratio: ChiSquare::new(ratio.max(0.0), degrees),
        chi_square: ChiSquare::new(square, degrees),
    })
}

/// Tests whether a chain has the probabilities p_ij of another: χ² = Σ (n_ij − n_i·p_ij)²/(n_i·p_ij).
///
/// Degrees of freedom (r − 1)·(s − 1), r and s the number of states that each chain leaves, as giddy counts
/// them. `None` when the chain moves where the other never does, or leaves a state that the other never left.
///
/// Source: Anderson & Goodman 1957, Statistical inference about Markov chains, Ann. Math. Statist. 28, 89–110.
///
/// # Panics
/// When the chains differ in the number of states.
#[must_use]
pub fn chi_square_against(chain: &MarkovChain, reference: &MarkovChain) -> Option<ChiSquare> {
    assert_eq!(chain.states(), reference.states(), "both chains have the same states");
    let statistic = distance(&chain.counts, &reference.probabilities)?;
    let left = |chain: &MarkovChain| chain.probabilities.iter().flatten().count().saturating_sub(1);
    Some(ChiSquare::new(statistic, left(chain) * left(reference)))
}

/// Σ (n_ij − n_i·p_ij)²/(n_i·p_ij); `None` when a move has no probability.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub(crate) fn distance(counts: &[Vec<u64>], probabilities: &[Option<Vec<f64>>]) -> Option<f64> {
    let mut statistic = 0.0;
    for (row, p) in counts.iter().zip(probabilities) {
        let all: u64 = row.iter().sum();
        if all == 0 {
            continue;
        }
        for (count, p) in row.iter().zip(p.as_ref()?) {
            let (found, expected) = (*count as f64, all as f64 * p);
            if expected > 0.0 {
                statistic += (found - expected) * (found - expected) / expected;
            } else if *count > 0 {
                return None;
            }
        }
    }
    Some(statistic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(counts: [[u64; 2]; 2]) -> MarkovChain {
        MarkovChain::from_counts(counts.iter().map(|row| row.to_vec()).collect())
    }

    #[test]
    fn equal_chains_are_one() {
        let test = homogeneity(&[chain([[3, 1], [2, 2]]), chain([[6, 2], [1, 1]])]).unwrap();
        assert_eq!((test.chi_square.statistic, test.likelihood_ratio.statistic), (0.0, 0.0));
        assert_eq!((test.chi_square.degrees, test.chi_square.p), (2, Some(1.0)));
    }

    #[test]
    fn a_state_that_nobody_left_is_no_degree_of_freedom() {
        // giddy counts (0 − 1)·(0 − 1) = 1 for such a state.
        let test = homogeneity(&[chain([[3, 1], [0, 0]]), chain([[1, 3], [0, 0]])]).unwrap();
        assert_eq!((test.chi_square.statistic, test.chi_square.degrees), (2.0, 1));
        assert_eq!(homogeneity(&[chain([[0; 2]; 2])]), None);
        assert_eq!(homogeneity(&[]), None);
        assert_eq!(homogeneity(&[chain([[3, 1], [2, 2]])]).unwrap().chi_square.p, None);
    }

    #[test]
    fn against_another() {
        // n·p = 4·¾, 4·¼ in row 0: (1 − 3)²/3 + (3 − 1)²/1.
        let test = chi_square_against(&chain([[1, 3], [0, 0]]), &chain([[3, 1], [1, 1]])).unwrap();
        assert!((test.statistic - 16.0 / 3.0).abs() < 1e-14);
        assert_eq!((test.degrees, test.p), (0, None));
        assert_eq!(chi_square_against(&chain([[1, 3], [0, 0]]), &chain([[3, 0], [1, 1]])), None);
        assert_eq!(chi_square_against(&chain([[1, 3], [0, 0]]), &chain([[0, 0], [1, 1]])), None);
    }
}
