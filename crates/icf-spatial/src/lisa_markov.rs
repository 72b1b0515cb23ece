//! LISA Markov: how regions move between the quadrants of the Moran scatter, pooled over the years.

use crate::homogeneity::distance;
use crate::{ChiSquare, MarkovChain, Quadrant, ReyType, Transition, TransitionTable, transition};

/// Moves between the quadrants, over all consecutive years and from the first year to the last.
#[derive(Clone, Debug, PartialEq)]
pub struct LisaMarkov {
    /// The move of every region between consecutive years, year by year; `None` when either quadrant is
    /// undefined.
    pub moves: Vec<Vec<Option<Transition>>>,
    /// Moves between consecutive years, pooled, in the order HH, LH, LL, HL.
    pub pooled: TransitionTable,
    /// The chain of the pooled moves.
    pub chain: MarkovChain,
    /// How many of the pooled moves are of each of Rey's types, in the order of [`ReyType::ALL`].
    pub types: [u64; 5],
    /// Moves from the first year to the last.
    pub first_to_last: TransitionTable,
    /// Whether regions move independently of their neighbours; `None` without a move.
    pub independence: Option<Independence>,
}

/// Rey's test of the hypothesis that a region and its neighbours move independently of each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Independence {
    /// Probabilities of the regions' own moves between high and low: rows and columns high, low.
    pub own: [Option<[f64; 2]>; 2],
    /// The same of the neighbours' lag.
    pub neighbours: [Option<[f64; 2]>; 2],
    /// Expected moves, each quadrant's departures times the product of the two probabilities; HH, LH, LL, HL.
    pub expected: [[f64; 4]; 4],
    /// χ² with (r − 1)² degrees of freedom, r the number of quadrants that were left, as in Rey 2001 and giddy.
    pub test: ChiSquare,
    /// The same χ² with 3r degrees of freedom less one for each of the (up to four) probabilities that were
    /// estimated from the moves themselves.
    pub test_with_estimates: ChiSquare,
}

/// Moves of regions between quadrants, from the quadrants of every year in one order of regions.
///
/// All regions with a quadrant count, significant or not.
///
/// ```
/// use icf_spatial::{Quadrant::{HighHigh, LowHigh, LowLow}, lisa_markov};
/// let years = [vec![HighHigh, LowHigh], vec![HighHigh, LowLow], vec![LowHigh, LowLow]];
/// let markov = lisa_markov(&years);
/// assert_eq!(markov.pooled.count(HighHigh, LowHigh), 1);
/// assert_eq!(markov.first_to_last.count(LowHigh, LowLow), 1);
/// // Two stay, one moves alone, one has neighbours that move.
/// assert_eq!(markov.types, [2, 1, 1, 0, 0]);
/// ```
///
/// Source: Rey 2001, Spatial empirics for economic growth and convergence, Geogr. Anal. 33, 195–214.
///
/// # Panics
/// When a year has another number of regions.
#[must_use]
pub fn lisa_markov(years: &[Vec<Quadrant>]) -> LisaMarkov {
    let between = |from: &[Quadrant], to: &[Quadrant]| -> Vec<Option<Transition>> {
        assert_eq!(from.len(), to.len(), "every year has the same regions");
        from.iter().zip(to).map(|(from, to)| transition(*from, *to)).collect()
    };
    let moves: Vec<_> = years.windows(2).map(|pair| between(&pair[0], &pair[1])).collect();
    let pooled: TransitionTable = moves.iter().flatten().flatten().copied().collect();
    let mut types = [0; 5];
    for moved in moves.iter().flatten().flatten() {
        types[moved.rey_type().place()] += 1;
    }
    let ends = if years.len() > 1 { between(&years[0], &years[years.len() - 1]) } else { vec![] };
    LisaMarkov {
        chain: MarkovChain::from_counts(pooled.rows()),
        types,
        first_to_last: ends.into_iter().flatten().collect(),
        independence: independence(&pooled),
        pooled,
        moves,
    }
}

/// Tests whether own moves and neighbours' moves are independent: the expected probability of a move is the
/// product of the probability of the own move between high and low and that of the neighbours' move, E =
/// n_i·p_own·p_neighbours, χ² = Σ (n − E)²/E. `None` without a move.
///
/// The two marginal chains are those of the same moves. (giddy 2.3.8 takes its marginal chains along the
/// regions instead of the years, so its `chi_2` is another number.)
///
/// Source: Rey 2001, Geogr. Anal. 33, 195–214.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub fn independence(table: &TransitionTable) -> Option<Independence> {
    /// Whether own value and lag are low, in the order HH, LH, LL, HL.
    const LOW: [[usize; 2]; 4] = [[0, 0], [1, 0], [1, 1], [0, 1]];
    let counts = table.rows();
    let margin = |side: usize| {
        let mut margin = vec![vec![0; 2]; 2];
        for (from, row) in counts.iter().enumerate() {
            for (to, count) in row.iter().enumerate() {
                margin[LOW[from][side]][LOW[to][side]] += count;
            }
        }
        MarkovChain::from_counts(margin)
    };
    let (own, neighbours) = (margin(0), margin(1));
    let probabilities: Vec<Option<Vec<f64>>> = LOW
        .iter()
        .map(|from| {
            let (own, neighbours) =
                (own.probabilities[from[0]].as_ref()?, neighbours.probabilities[from[1]].as_ref()?);
            Some(LOW.iter().map(|to| own[to[0]] * neighbours[to[1]]).collect())
        })
        .collect();
    let mut expected = [[0.0; 4]; 4];
    for (from, row) in counts.iter().enumerate() {
        let all = row.iter().sum::<u64>() as f64;
        for (to, p) in probabilities[from].iter().flatten().enumerate() {
            expected[from][to] = all * p;
        }
    }
    let left = counts.iter().filter(|row| row.iter().any(|count| *count > 0)).count();
    if left == 0 {
        return None;
    }
    let statistic = distance(&counts, &probabilities).expect("a joint move is a move on both sides");
    let rows = |chain: &MarkovChain| {
        [0, 1].map(|state| chain.probabilities[state].as_ref().map(|row: &Vec<f64>| [row[0], row[1]]))
    };
    let (own, neighbours) = (rows(&own), rows(&neighbours));
    let estimated = own.iter().chain(&neighbours).flatten().count();
    Some(Independence {
        own,
        neighbours,
        expected,
        test: ChiSquare::new(statistic, (left - 1) * (left - 1)),
        test_with_estimates: ChiSquare::new(statistic, (3 * left).saturating_sub(estimated)),
    })
}

impl LisaMarkov {
    /// How many pooled moves are of a type.
    #[must_use]
    pub fn count(&self, of: ReyType) -> u64 {
        self.types[of.place()]
    }
}

#[cfg(test)]
mod tests {
    use Quadrant::{HighHigh, HighLow, LowHigh, LowLow, Undefined};

    use super::*;

    #[test]
    fn undefined_quadrants_do_not_move() {
        let markov =
            lisa_markov(&[vec![Undefined, HighHigh], vec![HighHigh, Undefined], vec![HighLow, LowLow]]);
        assert_eq!(markov.moves, [vec![None, None], vec![transition(HighHigh, HighLow), None]]);
        assert_eq!((markov.count(ReyType::Neighbours), markov.types.iter().sum::<u64>()), (1, 1));
        assert_eq!(markov.first_to_last.count(HighHigh, LowLow), 1);
        assert_eq!(lisa_markov(&[vec![HighHigh]]).independence, None);
        assert_eq!(lisa_markov(&[]).chain.moves(), 0);
    }

    #[test]
    fn independent_moves_are_what_is_expected() {
        // From every quadrant the own value turns in half of the moves and the lag in half, independently.
        let all = [HighHigh, LowHigh, LowLow, HighLow];
        let table: TransitionTable = all
            .iter()
            .flat_map(|from| all.iter().filter_map(|to| transition(*from, *to)).collect::<Vec<_>>())
            .collect();
        let found = independence(&table).unwrap();
        assert_eq!(found.expected, [[1.0; 4]; 4]);
        assert_eq!((found.test.statistic, found.test.degrees, found.test.p), (0.0, 9, Some(1.0)));
        assert_eq!(found.test_with_estimates.degrees, 8);
    }

    #[test]
    fn own_moves_are_not_those_of_the_neighbours() {
        let moves = [(HighHigh, HighHigh), (HighHigh, LowHigh)];
        let table: TransitionTable = moves.iter().filter_map(|(from, to)| transition(*from, *to)).collect();
        let found = independence(&table).unwrap();
        assert_eq!((found.own, found.neighbours), ([Some([0.5, 0.5]), None], [Some([1.0, 0.0]), None]));
        assert_eq!(found.expected[0], [1.0, 1.0, 0.0, 0.0]);
    }

    #[test]
    fn moves_in_step_are_not_independent() {
        // HH and LL change places: both sides turn in half of the moves, always together.
        let moves = [(HighHigh, HighHigh), (HighHigh, LowLow), (LowLow, LowLow), (LowLow, HighHigh)];
        let table: TransitionTable = moves.iter().filter_map(|(from, to)| transition(*from, *to)).collect();
        let found = independence(&table).unwrap();
        // Two departures each, expected ½ everywhere: four cells with (1 − ½)²/½ and four with (0 − ½)²/½.
        assert_eq!((found.test.statistic, found.test.degrees), (4.0, 1));
        assert_eq!(found.own, [Some([0.5, 0.5]); 2]);
    }
}
