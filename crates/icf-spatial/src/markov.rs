//! Markov chains estimated from counts of moves.

/// A Markov chain of k states, estimated from counts of moves: p_ij = n_ij/Σ_j n_ij.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkovChain {
    /// Moves n_ij from state i (row) to state j (column).
    pub counts: Vec<Vec<u64>>,
    /// Probabilities p_ij, row by row; a state that nobody ever left has none.
    pub probabilities: Vec<Option<Vec<f64>>>,
}

/// Why a chain has no single steady state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoSteadyState {
    /// Not a single move.
    #[error("there is no move between two years")]
    NoMoves,
    /// A state that is entered and never left, in the last year only: where it leads is unknown.
    #[error("state {0} is entered, and no departure from it is known")]
    NoDeparture(usize),
    /// Groups of states that are never left, so that the share in each depends on the beginning.
    #[error("the chain ends in one of {0} groups of states that it never leaves")]
    SeveralRecurrentClasses(usize),
}

impl MarkovChain {
    /// The chain of a square table of counts.
    ///
    /// ```
    /// use icf_spatial::MarkovChain;
    /// let chain = MarkovChain::from_counts(vec![vec![3, 1], vec![2, 2]]);
    /// assert_eq!(chain.probabilities[0], Some(vec![0.75, 0.25]));
    /// // π₀·¼ = π₁·½
    /// let steady = chain.steady_state().unwrap();
    /// assert!((steady[0] - 2.0 / 3.0).abs() < 1e-15);
    /// assert_eq!(chain.sojourn(), [Some(4.0), Some(2.0)]);
    /// // From state 0 to state 1 takes 1/¼ moves, back 1/½; a return to 0 takes 1/π₀.
    /// assert_eq!(chain.mean_first_passage(), [[Some(1.5), Some(4.0)], [Some(2.0), Some(3.0)]]);
    /// ```
    ///
    /// # Panics
    /// When the table is not square.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    pub fn from_counts(counts: Vec<Vec<u64>>) -> Self {
        assert!(counts.iter().all(|row| row.len() == counts.len()), "there are as many columns as rows");
        let probabilities = counts
            .iter()
            .map(|row| {
                let sum: u64 = row.iter().sum();
                (sum > 0).then(|| row.iter().map(|count| *count as f64 / sum as f64).collect())
            })
            .collect();
        Self { counts, probabilities }
    }

    /// The chain of the states of regions, year by year; a move counts where both years have a state.
    ///
    /// # Panics
    /// When a year has another number of regions, or a state is not below `states`.
    #[must_use]
    pub fn from_years(years: &[Vec<Option<usize>>], states: usize) -> Self {
        let mut counts = vec![vec![0; states]; states];
        for pair in years.windows(2) {
            assert_eq!(pair[0].len(), pair[1].len(), "every year has the same regions");
            for (from, to) in pair[0].iter().zip(&pair[1]) {
                if let (Some(from), Some(to)) = (from, to) {
                    counts[*from][*to] += 1;
                }
            }
        }
        Self::from_counts(counts)
    }

    /// How many states there are.
    #[must_use]
    pub fn states(&self) -> usize {
        self.counts.len()
    }

    /// How many moves were counted, those that stay included.
    #[must_use]
    pub fn moves(&self) -> u64 {
        self.counts.iter().flatten().sum()
    }

    /// The steady state π = πP, Σπ = 1, by elimination without subtraction (Grassmann, Taksar & Heyman 1985),
    /// so that no digit cancels. A state that was never seen, or is left for good, has the share 0.
    ///
    /// # Errors
    /// When there is no move, a state is entered and never left, or the chain has several recurrent classes.
    pub fn steady_state(&self) -> Result<Vec<f64>, NoSteadyState> {
        let k = self.states();
        if self.moves() == 0 {
            return Err(NoSteadyState::NoMoves);
        }
        let is_entered = |state: usize| self.counts.iter().any(|row| row[state] > 0);
        if let Some(state) = (0..k).find(|state| self.probabilities[*state].is_none() && is_entered(*state)) {
            return Err(NoSteadyState::NoDeparture(state));
        }
        let reach = self.reach();
        let is_recurrent =
            |i: usize| self.probabilities[i].is_some() && (0..k).all(|j| !reach[i][j] || reach[j][i]);
        let recurrent: Vec<usize> = (0..k).filter(|state| is_recurrent(*state)).collect();
        let is_first = |place: usize| (0..place).all(|other| !reach[recurrent[place]][recurrent[other]]);
        let classes = (0..recurrent.len()).filter(|place| is_first(*place)).count();
        if classes > 1 {
            return Err(NoSteadyState::SeveralRecurrentClasses(classes));
        }
        let among: Vec<Vec<f64>> =
            recurrent.iter().map(|i| recurrent.iter().map(|j| self.probability(*i, *j)).collect()).collect();
        let mut steady = vec![0.0; k];
        for (state, share) in recurrent.iter().zip(stationary(among)) {
            steady[*state] = share;
        }
        Ok(steady)
    }

    /// Mean first passage times m_ij, in moves: from i until j is first entered; m_jj is the time of return.
    /// `None` where j is not entered for certain, or a state on the way has no known departure.
    ///
    /// Each column solves m_ij = 1 + Σ_{k≠j} p_ik·m_kj, without subtraction.
    ///
    /// Source: Kemeny & Snell 1976, Finite Markov Chains, ch. 4.
    #[must_use]
    pub fn mean_first_passage(&self) -> Vec<Vec<Option<f64>>> {
        let k = self.states();
        let columns: Vec<Vec<Option<f64>>> = (0..k).map(|target| self.passage_to(target)).collect();
        (0..k).map(|from| columns.iter().map(|column| column[from]).collect()).collect()
    }

    /// Sojourn times 1/(1 − p_ii), in moves: how long a region stays in a state. `None` for a state that was
    /// never left.
    ///
    /// Source: Ibe 2009, Markov Processes for Stochastic Modeling, ch. 3.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    pub fn sojourn(&self) -> Vec<Option<f64>> {
        (0..self.states())
            .map(|state| {
                let all: u64 = self.counts[state].iter().sum();
                let left = all - self.counts[state][state];
                (left > 0).then(|| all as f64 / left as f64)
            })
            .collect()
    }

    fn probability(&self, from: usize, to: usize) -> f64 {
        self.probabilities[from].as_ref().map_or(0.0, |row| row[to])
    }

    /// Which state can be reached from which, in any number of moves; each reaches itself.
    fn reach(&self) -> Vec<Vec<bool>> {
        let k = self.states();
        let mut reach: Vec<Vec<bool>> =
            (0..k).map(|i| (0..k).map(|j| i == j || self.counts[i][j] > 0).collect()).collect();
        for via in 0..k {
            for from in 0..k {
                for to in 0..k {
                    reach[from][to] |= reach[from][via] && reach[via][to];
                }
            }
        }
        reach
    }

    /// Mean times until the target is entered, from every state.
    fn passage_to(&self, target: usize) -> Vec<Option<f64>> {
        let k = self.states();
        let reach = self.reach();
        let mut is_sure: Vec<bool> = (0..k)
            .map(|state| state != target && self.probabilities[state].is_some() && reach[state][target])
            .collect();
        // Whoever can move to a state that is not sure is not sure.
        while let Some(state) = (0..k)
            .find(|i| is_sure[*i] && (0..k).any(|j| j != target && !is_sure[j] && self.counts[*i][j] > 0))
        {
            is_sure[state] = false;
        }
        let states: Vec<usize> = (0..k).filter(|state| is_sure[*state]).collect();
        let mut moves: Vec<Vec<f64>> =
            states.iter().map(|i| states.iter().map(|j| self.probability(*i, *j)).collect()).collect();
        let mut exits: Vec<f64> = states.iter().map(|state| self.probability(*state, target)).collect();
        let mut times = vec![1.0; states.len()];
        let mut leaves = vec![1.0; states.len()];
        for last in (0..states.len()).rev() {
            leaves[last] = exits[last] + moves[last][..last].iter().sum::<f64>();
            let (before, from_last) = moves.split_at_mut(last);
            for (state, row) in before.iter_mut().enumerate() {
                let via = row[last] / leaves[last];
                exits[state] += via * exits[last];
                times[state] += via * times[last];
                row.iter_mut().zip(&from_last[0]).take(last).for_each(|(p, further)| *p += via * further);
            }
        }
        let mut found = vec![None; k];
        for place in 0..states.len() {
            let before: f64 = (0..place).map(|other| moves[place][other] * times[other]).sum();
            times[place] = (times[place] + before) / leaves[place];
            found[states[place]] = Some(times[place]);
        }
        // Back to the target: one move, and the way from wherever that led.
        found[target] = self.probabilities[target].as_ref().and_then(|row| {
            let others = (0..k).filter(|state| *state != target && row[*state] > 0.0);
            let further: Option<f64> =
                others.map(|state| found[state].map(|time: f64| row[state] * time)).sum();
            further.map(|further| 1.0 + further)
        });
        found
    }
}

/// The steady state of an irreducible chain, by elimination of one state after the other.
fn stationary(mut p: Vec<Vec<f64>>) -> Vec<f64> {
    for last in (1..p.len()).rev() {
        let leaves: f64 = p[last][..last].iter().sum();
        let (before, from_last) = p.split_at_mut(last);
        for row in before {
            row[last] /= leaves;
            let via = row[last];
            row.iter_mut().zip(&from_last[0]).take(last).for_each(|(p, further)| *p += via * further);
        }
    }
    let mut steady = vec![1.0; p.len()];
    for place in 1..p.len() {
        steady[place] = (0..place).map(|state| steady[state] * p[state][place]).sum();
    }
    let sum: f64 = steady.iter().sum();
    steady.iter().map(|share| share / sum).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chain<const K: usize>(counts: [[u64; K]; K]) -> MarkovChain {
        MarkovChain::from_counts(counts.iter().map(|row| row.to_vec()).collect())
    }

    #[track_caller]
    fn check_times<const K: usize>(counts: [[u64; K]; K], expected: [[f64; K]; K]) {
        for (found, expected) in
            chain(counts).mean_first_passage().iter().flatten().zip(expected.iter().flatten())
        {
            assert_eq!(found.is_some(), expected.is_finite(), "{found:?} is not {expected}");
            assert!(
                (found.unwrap_or(*expected) - expected).abs() < 1e-12 || found.is_none(),
                "{found:?} {expected}"
            );
        }
    }

    /// The weather of the land of Oz: Kemeny & Snell 1976.
    #[test]
    fn land_of_oz() {
        let oz = [[2, 1, 1], [1, 0, 1], [1, 1, 2]];
        let steady = chain(oz).steady_state().unwrap();
        assert!(steady.iter().zip([0.4, 0.2, 0.4]).all(|(found, expected)| (found - expected).abs() < 1e-15));
        assert_eq!(chain(oz).sojourn(), [Some(2.0), Some(1.0), Some(2.0)]);
        check_times(oz, [[2.5, 4.0, 10.0 / 3.0], [8.0 / 3.0, 5.0, 8.0 / 3.0], [10.0 / 3.0, 4.0, 2.5]]);
    }

    #[test]
    fn several_ends() {
        let never = f64::INFINITY;
        let two_ends = [[1, 1, 0], [1, 4, 0], [0, 0, 3]];
        assert_eq!(chain(two_ends).steady_state(), Err(NoSteadyState::SeveralRecurrentClasses(2)));
        // giddy 2.3.8, ergodic.mfpt of [[.5, .5, 0], [.2, .8, 0], [0, 0, 1]].
        check_times(two_ends, [[3.5, 2.0, never], [5.0, 1.4, never], [never, never, 1.0]]);
        assert_eq!(chain(two_ends).sojourn()[2], None);
        // One end, and a way to it: the share of what is left for good is 0.
        assert_eq!(chain([[1, 1], [0, 5]]).steady_state(), Ok(vec![0.0, 1.0]));
        check_times([[1, 1], [0, 5]], [[never, 2.0], [never, 1.0]]);
        // From 0 the chain may be caught in 1 before it enters 2.
        check_times(
            [[1, 1, 1], [0, 1, 0], [0, 0, 1]],
            [[never, never, never], [never, 1.0, never], [never, never, 1.0]],
        );
    }

    #[test]
    fn states_without_departures() {
        assert_eq!(chain([[0, 0], [0, 0]]).steady_state(), Err(NoSteadyState::NoMoves));
        assert_eq!(chain([[1, 1], [0, 0]]).steady_state(), Err(NoSteadyState::NoDeparture(1)));
        assert_eq!(chain([[1, 1], [0, 0]]).mean_first_passage(), [[None, Some(2.0)], [None, None]]);
        let unseen = chain([[1, 0, 1], [0, 0, 0], [1, 0, 1]]);
        assert_eq!(unseen.probabilities[1], None);
        assert_eq!(unseen.steady_state(), Ok(vec![0.5, 0.0, 0.5]));
    }

    #[test]
    fn moves_of_regions() {
        let years =
            [vec![Some(0), None, Some(1)], vec![Some(1), Some(0), Some(1)], vec![Some(1), Some(1), None]];
        assert_eq!(MarkovChain::from_years(&years, 2).counts, [[0, 2], [0, 2]]);
        assert_eq!(MarkovChain::from_years(&years, 2).moves(), 4);
    }

    proptest! {
        #[test]
        fn a_steady_state_stays(counts in prop::collection::vec(prop::collection::vec(1_u64..50, 4), 4)) {
            let chain = MarkovChain::from_counts(counts);
            let steady = chain.steady_state().unwrap();
            let times = chain.mean_first_passage();
            for j in 0..4 {
                let next: f64 = (0..4).map(|i| steady[i] * chain.probability(i, j)).sum();
                prop_assert!((next - steady[j]).abs() < 1e-14);
                // A state returns after 1/π.
                prop_assert!((times[j][j].unwrap() * steady[j] - 1.0).abs() < 1e-12);
            }
        }

        #[test]
        fn nothing_is_nan(
            counts in prop::collection::vec(
                prop::collection::vec(prop::sample::select(vec![0_u64, 0, 1, 3]), 4),
                4,
            ),
        ) {
            let chain = MarkovChain::from_counts(counts);
            prop_assert!(chain.steady_state().iter().flatten().all(|share| share.is_finite()));
            let times = chain.mean_first_passage();
            prop_assert!(times.iter().flatten().flatten().all(|time| time.is_finite() && *time >= 1.0));
            if let Ok(steady) = chain.steady_state() {
                prop_assert!((steady.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            }
        }
    }
}
