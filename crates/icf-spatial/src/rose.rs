//! Directional LISA: in which direction regions move in the Moran scatter.

use std::f64::consts::TAU;

use icf_random::Stream;
use rayon::prelude::*;

use crate::pseudo_p::Tally;
use crate::{Permutations, PseudoP, SpatialError, Weights};

/// The move of a region in the Moran scatter: own value against the neighbours' lag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScatterMove {
    /// Change of the value.
    pub value: f64,
    /// Change of the lag.
    pub lag: f64,
    /// √(value² + lag²).
    pub length: f64,
    /// Angle in radians, in [0, 2π), counter-clockwise from a rising value and an unchanged lag.
    pub angle: f64,
}

/// One sector of the rose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sector {
    /// Where it begins, in radians; it ends where the next one begins.
    pub from: f64,
    /// Regions that move in its direction.
    pub count: usize,
    /// The mean count over the permutations.
    pub expected: f64,
    /// p-values of the count; `folded` measures from the mean over the permutations.
    pub pseudo_p: PseudoP,
}

/// Counts of directions, with their p-values.
#[derive(Clone, Debug, PartialEq)]
pub struct Rose {
    /// The move of each region, in the order of the weights; `None` without a neighbour or without a move.
    pub moves: Vec<Option<ScatterMove>>,
    /// Sectors of equal width, counter-clockwise.
    pub sectors: Vec<Sector>,
}

/// How many regions move in each of `sectors` directions of the Moran scatter, from the values of a first
/// year to those of a last one: x_i and lag_i = Σ w_ij·x_j/Σ w_ij, both usually relative to the mean of the
/// year.
///
/// A permutation deals the regions' pairs of values (first, last) anew. When all n! arrangements are no more
/// than the permutations asked for they are counted, and p is exact. A region without a neighbour has no lag,
/// and one that does not move has no direction: neither is in a count. The sector begins at its lower angle.
///
/// ```
/// use icf_spatial::{Permutations, Weights, rose};
/// let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
/// let draws = Permutations { count: 99, seed: 1, purpose: "doc" };
/// // Changes 2, −1, 1 and lags −1, 1.5, −1: two regions rise beside a falling lag, one falls beside a rising one.
/// let rose = rose(&weights, &[1.0, 2.0, 3.0], &[3.0, 1.0, 4.0], 4, draws).unwrap();
/// assert_eq!(rose.sectors.iter().map(|sector| sector.count).collect::<Vec<_>>(), [0, 1, 0, 2]);
/// assert!(rose.sectors[0].pseudo_p.exact);
/// ```
///
/// Source: Rey, Murray & Anselin 2011, Visualizing regional income distribution dynamics, Letters in Spatial
/// and Resource Sciences 4, 81–90.
///
/// # Errors
/// When there are fewer than three regions, a value is not finite, or no two regions are neighbours.
///
/// # Panics
/// When there is another number of values than regions, or no sector.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub fn rose(
    weights: &Weights,
    first: &[f64],
    last: &[f64],
    sectors: usize,
    permutations: Permutations<'_>,
) -> Result<Rose, SpatialError> {
    assert!(first.len() == weights.len() && last.len() == weights.len(), "there is one value a region");
    assert!(sectors > 0, "there is at least one sector");
    let n = weights.len();
    if n < 3 {
        return Err(SpatialError::TooFewRegions { found: n, needed: 3 });
    }
    if let Some(place) = (0..n).find(|place| !first[*place].is_finite() || !last[*place].is_finite()) {
        return Err(SpatialError::NotFinite(weights.ids()[place].clone()));
    }
    if weights.links() == 0 {
        return Err(SpatialError::NoLinks);
    }
    let changes: Vec<f64> = first.iter().zip(last).map(|(first, last)| last - first).collect();
    let largest = first.iter().chain(last).fold(0.0_f64, |largest, value| largest.max(value.abs()));
    let moves = moves(weights, &changes, 8.0 * f64::EPSILON * largest);
    let counts_of = |moves: &[Option<ScatterMove>]| {
        let mut counts = vec![0_usize; sectors];
        for moved in moves.iter().flatten() {
            counts[sector(moved.angle, sectors)] += 1;
        }
        counts
    };
    let counts_after =
        |shuffled: &[f64]| counts_of(&self::moves(weights, shuffled, 8.0 * f64::EPSILON * largest));
    let all =
        (1..=n as u64).try_fold(1_u64, u64::checked_mul).filter(|all| *all <= u64::from(permutations.count));
    let simulated: Vec<Vec<usize>> = if all.is_some() {
        let mut simulated = Vec::new();
        arrange(&mut changes.clone(), n, &mut |arranged| simulated.push(counts_after(arranged)));
        simulated
    } else {
        (0..permutations.count)
            .into_par_iter()
            .with_min_len(64)
            .map(|number| {
                let mut shuffled = changes.clone();
                Stream::new(permutations.seed, permutations.purpose, number).shuffle_front(&mut shuffled, n);
                counts_after(&shuffled)
            })
            .collect()
    };
    let observed = counts_of(&moves);
    let sectors = (0..sectors)
        .map(|place| {
            let sum: usize = simulated.iter().map(|counts| counts[place]).sum();
            let count = observed[place];
            // Without a permutation there is nothing to expect but what was seen.
            let expected =
                if simulated.is_empty() { count as f64 } else { sum as f64 / simulated.len() as f64 };
            let mut tally = Tally::new(count as f64, expected, 1e-9);
            simulated.iter().for_each(|counts| tally.add(counts[place] as f64));
            let pseudo_p = if all.is_some() { tally.enumerated() } else { tally.sampled() };
            Sector { from: TAU * place as f64 / sectors as f64, count, expected, pseudo_p }
        })
        .collect();
    Ok(Rose { moves, sectors })
}

/// The moves that these changes make; a change below the noise is none.
fn moves(weights: &Weights, changes: &[f64], noise: f64) -> Vec<Option<ScatterMove>> {
    let quiet = |change: f64| if change.abs() <= noise { 0.0 } else { change };
    (0..weights.len())
        .map(|region| {
            let (sum, total) = weights.row(region).fold((0.0, 0.0), |(sum, total), (neighbour, weight)| {
                (sum + weight * changes[neighbour], total + weight)
            });
            if total <= 0.0 {
                return None;
            }
            let (value, lag) = (quiet(changes[region]), quiet(sum / total));
            (value != 0.0 || lag != 0.0).then(|| {
                let angle = lag.atan2(value);
                ScatterMove {
                    value,
                    lag,
                    length: value.hypot(lag),
                    angle: if angle < 0.0 { TAU + angle } else { angle },
                }
            })
        })
        .collect()
}

/// The sector an angle in [0, 2π) lies in.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sectors are few, and the angle is not negative"
)]
fn sector(angle: f64, sectors: usize) -> usize {
    ((angle / (TAU / sectors as f64)) as usize).min(sectors - 1)
}

/// Visits every arrangement of the first `count` items (Heap's algorithm).
fn arrange(items: &mut [f64], count: usize, visit: &mut impl FnMut(&[f64])) {
    if count <= 1 {
        visit(items);
        return;
    }
    for place in 0..count {
        arrange(items, count - 1, visit);
        if place < count - 1 {
            items.swap(if count.is_multiple_of(2) { place } else { 0 }, count - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWS: Permutations<'_> = Permutations { count: 999, seed: 3, purpose: "rose" };

    fn chain(n: usize) -> Weights {
        let links: Vec<_> = (1..n).map(|place| (place - 1, place)).collect();
        Weights::from_links((0..n).map(|id| id.to_string().as_str().into()), &links).unwrap()
    }

    #[test]
    fn every_arrangement_once() {
        let mut seen = Vec::new();
        arrange(&mut [1.0, 2.0, 3.0, 4.0], 4, &mut |items| seen.push(items.to_vec()));
        seen.sort_by(|a, b| a.partial_cmp(b).unwrap());
        seen.dedup();
        assert_eq!(seen.len(), 24);
    }

    #[track_caller]
    fn check_sector(angle: f64, sectors: usize, expected: usize) {
        assert_eq!(sector(angle, sectors), expected);
    }

    #[test]
    fn a_sector_begins_at_its_lower_angle() {
        check_sector(0.0, 8, 0);
        check_sector(1.0_f64.atan2(1.0), 8, 1);
        check_sector(TAU / 4.0, 4, 1);
        check_sector(TAU - 1e-12, 4, 3);
        check_sector(TAU, 4, 3);
    }

    #[test]
    fn exact_counts_add_up() {
        let rose = rose(&chain(5), &[1.0, 2.0, 3.0, 4.0, 5.0], &[1.0, 4.0, 2.0, 9.0, 5.5], 8, DRAWS).unwrap();
        let expected: f64 = rose.sectors.iter().map(|sector| sector.expected).sum();
        // A region whose change is 0 moves still when its neighbours do: all five have a direction in every
        // deal.
        assert!((expected - 5.0).abs() < 1e-12, "{expected}");
        assert!(rose.sectors.iter().all(|sector| sector.pseudo_p.exact && sector.pseudo_p.greater > 0.0));
    }

    #[test]
    fn no_move_has_no_direction() {
        let rose = rose(&chain(3), &[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0], 4, DRAWS).unwrap();
        assert_eq!(rose.moves, [None; 3]);
        assert!(rose.sectors.iter().all(|sector| sector.count == 0 && sector.pseudo_p.two_sided == 1.0));
    }

    #[test]
    fn an_island_has_no_direction_and_rounding_turns_nobody() {
        let star = Weights::from_links(["a", "b", "c", "d", "e"].map(Into::into), &[(0, 1), (0, 2), (0, 3)])
            .unwrap();
        // 0.3 − 0.1 − 0.2 is −3·10⁻¹⁷ in binary, which would turn region a to the last sector.
        let found = rose(&star, &[0.0; 5], &[1.0, 0.3, -0.1, -0.2, 7.0], 4, DRAWS).unwrap();
        let moved = found.moves[0].unwrap();
        assert_eq!((moved.lag, moved.angle, moved.length), (0.0, 0.0, 1.0));
        assert_eq!(found.moves[4], None);
        assert_eq!(found.sectors.iter().map(|sector| sector.count).sum::<usize>(), 4);
    }

    #[test]
    fn threads_change_nothing() {
        let values: Vec<f64> = (0..12).map(|place| f64::from(place * place % 7)).collect();
        let last: Vec<f64> = (0..12).map(|place| f64::from(place * 5 % 11)).collect();
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| rose(&chain(12), &values, &last, 8, DRAWS).unwrap())
        };
        assert_eq!(on(1), on(3));
        assert!(!on(1).sectors[0].pseudo_p.exact);
    }

    #[test]
    fn what_cannot_be_had() {
        let alone = Weights::from_links(["a", "b", "c"].map(Into::into), &[]).unwrap();
        assert_eq!(rose(&alone, &[1.0; 3], &[2.0; 3], 4, DRAWS), Err(SpatialError::NoLinks));
        let short = SpatialError::TooFewRegions { found: 2, needed: 3 };
        assert_eq!(rose(&chain(2), &[1.0; 2], &[2.0; 2], 4, DRAWS), Err(short));
        let infinite = rose(&chain(3), &[1.0; 3], &[2.0, f64::INFINITY, 0.0], 4, DRAWS);
        assert_eq!(infinite, Err(SpatialError::NotFinite("1".into())));
    }
}
