//! What a local statistic would be, had its region other neighbours.
//!
//! Every local statistic here is a sum over neighbours, c·Σ w_ij u_ij, in which only u tells them apart. The region
//! stays where it is, and its neighbours are drawn from the other regions without replacement.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::buckets::Buckets;
use crate::orders::Orders;
use crate::pseudo_p::Tally;
use crate::{Permutations, PseudoP, Weights};

/// What a local statistic sums over the neighbours of a region.
pub(crate) enum Summed<'a> {
    /// A value of the neighbour, whatever the region: u_ij = u_j.
    Values(&'a [f64]),
    /// A value of the two, by their places: u_ij.
    Pairs(&'a (dyn Fn(usize, usize) -> f64 + Sync)),
}

/// A region's sum beside what drawn neighbours give.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conditional {
    /// c·Σ w_ij u_ij.
    pub(crate) value: f64,
    /// Its expectation over draws without replacement.
    pub(crate) expected: f64,
    /// Its variance over draws without replacement.
    pub(crate) variance: f64,
    /// The side of the expectation on which the value lies, equal up to rounding.
    pub(crate) side: Ordering,
    /// (value − expected)/√variance; an island has none, nor one whose draws are all the same up to rounding.
    pub(crate) deviate: Option<f64>,
    /// An island has none.
    pub(crate) pseudo_p: Option<PseudoP>,
    /// Mean of u over the other regions.
    pub(crate) mean: f64,
}

/// Draws neighbours for every region; `factors` are the c, a region each.
///
/// Where all neighbour sets (or, with unequal weights in the row, all ordered draws) number no more than the
/// permutations, they are enumerated and the p is exact. Otherwise permutation r draws one random order of the
/// other regions, of which every region takes as many as it has neighbours.
pub(crate) fn conditional(
    weights: &Weights,
    summed: &Summed<'_>,
    factors: &[f64],
    permutations: Permutations<'_>,
) -> Vec<Conditional> {
    let n = weights.len();
    let orders = orders(weights, permutations);
    let (rows, regions) = rows(weights, permutations.count);
    let mut found: Vec<(usize, Conditional)> = regions
        .par_chunks((n / 16).clamp(8, 256))
        .flat_map_iter(|some| Seat::before(summed, &orders).take_each(some, &rows, factors))
        .collect();
    found.sort_unstable_by_key(|(region, _)| *region);
    found.into_iter().map(|(_, found)| found).collect()
}

/// The same with orders that are there already, and on one thread: for who looks at many sets of values.
pub(crate) fn conditional_on(
    weights: &Weights,
    summed: &Summed<'_>,
    factors: &[f64],
    count: u32,
    orders: &Orders,
) -> Vec<Conditional> {
    let (rows, regions) = rows(weights, count);
    let mut found = Seat::before(summed, orders).take_each(&regions, &rows, factors);
    found.sort_unstable_by_key(|(region, _)| *region);
    found.into_iter().map(|(_, found)| found).collect()
}

/// The random orders that all regions share, as far as some region needs them.
pub(crate) fn orders(weights: &Weights, permutations: Permutations<'_>) -> Orders {
    let (rows, _) = rows(weights, permutations.count);
    let width = rows.iter().filter(|row| !row.exact).map(|row| row.weights.len()).max().unwrap_or(0);
    Orders::draw(weights.len().saturating_sub(1), width, permutations)
}

/// The row of each region, and the regions in the order in which they are looked at: those with as many neighbours share most
/// of their sums, and come one after the other.
fn rows(weights: &Weights, permutations: u32) -> (Vec<Row<'_>>, Vec<usize>) {
    let rows: Vec<Row<'_>> =
        (0..weights.len()).map(|region| Row::of(weights, region, permutations)).collect();
    let mut regions: Vec<usize> = (0..weights.len()).collect();
    regions.sort_by_key(|region| rows[*region].weights.len());
    (rows, regions)
}

/// A region's row of the weights.
struct Row<'a> {
    neighbours: &'a [usize],
    weights: &'a [f64],
    /// All weights are the same, so that the order of neighbours is of no matter.
    equal: bool,
    /// There are few enough draws to enumerate them all.
    exact: bool,
}

impl<'a> Row<'a> {
    fn of(weights: &'a Weights, region: usize, permutations: u32) -> Self {
        let (neighbours, weights, others) =
            (weights.neighbours(region), weights.values(region), weights.len() as u64 - 1);
        let equal = weights.iter().all(|weight| *weight == weights[0]);
        let count = weights.len() as u64;
        let draws = if equal { sets(others, count) } else { ordered_draws(others, count) };
        Self {
            neighbours,
            weights,
            equal,
            exact: draws.is_some_and(|draws| draws <= u64::from(permutations)),
        }
    }
}

/// C(n, k), unless it is beyond counting.
fn sets(n: u64, k: u64) -> Option<u64> {
    (0..k.min(n - k)).try_fold(1_u64, |sets, step| Some(sets.checked_mul(n - step)? / (step + 1)))
}

/// n!/(n − k)!, unless it is beyond counting.
fn ordered_draws(n: u64, k: u64) -> Option<u64> {
    (0..k).try_fold(1_u64, |draws, step| draws.checked_mul(n - step))
}

/// A place that one region after the other takes, keeping what the next can use.
struct Seat<'a> {
    summed: &'a Summed<'a>,
    orders: &'a Orders,
    /// u of the other regions, seen from the region at this place.
    others: Vec<f64>,
    at: Option<usize>,
    /// Sum of each order's front.
    sums: Vec<f64>,
    /// Region and count of neighbours of these sums, where they can be passed on.
    sums_of: Option<(usize, usize)>,
    /// The sums by size, as long as few of them change from region to region.
    buckets: Option<Buckets>,
}

/// Of so many sums one may change, and putting it into another bucket is still faster than looking at all.
const FEW: usize = 32;

impl<'a> Seat<'a> {
    fn before(summed: &'a Summed<'a>, orders: &'a Orders) -> Self {
        Self { summed, orders, others: vec![], at: None, sums: vec![], sums_of: None, buckets: None }
    }

    fn take_each(
        mut self,
        regions: &[usize],
        rows: &[Row<'_>],
        factors: &[f64],
    ) -> Vec<(usize, Conditional)> {
        regions.iter().map(|region| (*region, self.take(*region, &rows[*region], factors[*region]))).collect()
    }

    fn take(&mut self, region: usize, row: &Row<'_>, factor: f64) -> Conditional {
        self.look_around(region);
        let u = |j: &usize| self.others[if *j > region { j - 1 } else { *j }];
        let value =
            factor * row.weights.iter().zip(row.neighbours).map(|(weight, j)| weight * u(j)).sum::<f64>();
        let (mean, spread) = mean_and_spread(&self.others);
        let total: f64 = row.weights.iter().sum();
        let squares: f64 = row.weights.iter().map(|weight| weight * weight).sum();
        let expected = factor * total * mean;
        let count = count(&self.others);
        let variance = factor * factor * spread * (squares - total * total / count);
        let largest = self.others.iter().fold(0.0_f64, |largest, u| largest.max(u.abs()));
        let scale = (factor * total * largest).abs();
        let tolerance = 64.0 * f64::EPSILON * scale;
        let tally = Tally::new(value, expected, tolerance);
        let island = row.weights.is_empty();
        Conditional {
            value,
            expected,
            variance,
            side: match value - expected {
                above if above > tolerance => Ordering::Greater,
                below if below < -tolerance => Ordering::Less,
                _ => Ordering::Equal,
            },
            deviate: (variance > 1e-12 * scale * scale).then(|| (value - expected) / variance.sqrt()),
            pseudo_p: (!island).then(|| self.p(tally, region, row, factor)),
            mean,
        }
    }

    /// Collects u of the others.
    fn look_around(&mut self, region: usize) {
        match (self.summed, self.at) {
            (Summed::Values(values), Some(at)) => {
                // Between the two regions each place belongs to a neighbour in order.
                let (from, to) = (at.min(region), at.max(region));
                let shift = usize::from(region < at);
                self.others[from..to].copy_from_slice(&values[from + shift..to + shift]);
            }
            (Summed::Values(values), None) => {
                self.others = [&values[..region], &values[region + 1..]].concat();
            }
            (Summed::Pairs(value), _) => {
                let n = self.orders.others() + 1;
                self.others.clear();
                self.others.extend((0..region).chain(region + 1..n).map(|other| value(region, other)));
            }
        }
        self.at = Some(region);
    }

    fn p(&mut self, mut tally: Tally, region: usize, row: &Row<'_>, factor: f64) -> PseudoP {
        if row.exact {
            let draws = Draws { others: &self.others, weights: row.weights, factor };
            if row.equal {
                draws.sets(&mut tally, 0, 0, 0.0);
            } else {
                draws.orders(&mut tally, &mut vec![false; self.others.len()], 0, 0.0);
            }
            return tally.enumerated();
        }
        if row.equal {
            self.add_up(region, row.weights.len());
            match &self.buckets {
                Some(buckets) => tally.add_buckets(factor * row.weights[0], buckets),
                None => tally.add_all(factor * row.weights[0], &self.sums),
            }
        } else {
            let others = &self.others;
            self.sums.clear();
            self.sums.extend(self.orders.fronts(row.weights.len()).map(|front| {
                front
                    .iter()
                    .zip(row.weights)
                    .map(|(place, weight)| weight * others[*place as usize])
                    .sum::<f64>()
            }));
            (self.sums_of, self.buckets) = (None, None);
            tally.add_all(factor, &self.sums);
        }
        tally.sampled()
    }

    /// Sums the fronts. From the last region to this one only u at the places between the two have changed, so only
    /// the orders that hold one of these are summed again: the sums are the same to the last bit.
    fn add_up(&mut self, region: usize, count: usize) {
        let others = &self.others;
        let sum = |front: &[u32]| front.iter().map(|place| others[*place as usize]).sum::<f64>();
        let shared = matches!(self.summed, Summed::Values(_));
        let changed = self
            .sums_of
            .filter(|(_, before)| shared && *before == count)
            .map(|(at, _)| self.orders.holding(at.min(region)..at.max(region)));
        match changed.filter(|changed| changed.len() < self.sums.len()) {
            Some(changed) => {
                let few = changed.len() * FEW <= self.sums.len();
                let kept = self.buckets.take().filter(|_| few);
                self.buckets = kept.or_else(|| few.then(|| Buckets::of(&self.sums)));
                for number in changed {
                    let after = sum(self.orders.front(*number, count));
                    let before = std::mem::replace(&mut self.sums[*number as usize], after);
                    if let Some(buckets) = &mut self.buckets {
                        buckets.replace(before, after);
                    }
                }
            }
            None => {
                self.buckets = None;
                self.sums.clear();
                self.sums.extend(self.orders.fronts(count).map(sum));
            }
        }
        self.sums_of = Some((region, count));
    }
}

/// All draws of one region.
struct Draws<'a> {
    others: &'a [f64],
    weights: &'a [f64],
    factor: f64,
}

impl Draws<'_> {
    /// Counts every set of others, `taken` of which are in `sum`.
    fn sets(&self, tally: &mut Tally, from: usize, taken: usize, sum: f64) {
        let Some(weight) = self.weights.get(taken) else { return tally.add(self.factor * sum) };
        // A set that begins too late cannot be filled.
        let end = self.others.len() + 1 - (self.weights.len() - taken);
        for place in from..end {
            self.sets(tally, place + 1, taken + 1, sum + weight * self.others[place]);
        }
    }

    /// Counts every ordered draw of others, `taken` of which are in `sum`.
    fn orders(&self, tally: &mut Tally, used: &mut [bool], taken: usize, sum: f64) {
        let Some(weight) = self.weights.get(taken) else { return tally.add(self.factor * sum) };
        for place in 0..self.others.len() {
            if !used[place] {
                used[place] = true;
                self.orders(tally, used, taken + 1, sum + weight * self.others[place]);
                used[place] = false;
            }
        }
    }
}

/// Mean, and Σ (u − mean)²/(n − 1).
fn mean_and_spread(u: &[f64]) -> (f64, f64) {
    let mean = sum(u, |u| u) / count(u);
    (mean, sum(u, |u| (u - mean) * (u - mean)) / (count(u) - 1.0))
}

#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
fn count(u: &[f64]) -> f64 {
    u.len() as f64
}

/// A sum in four strands, which a processor adds at once; their order is fixed.
fn sum(values: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let mut strands = [0.0; 4];
    let fours = values.chunks_exact(4);
    let rest: f64 = fours.remainder().iter().map(|value| of(*value)).sum();
    for four in fours {
        for (strand, value) in strands.iter_mut().zip(four) {
            *strand += of(*value);
        }
    }
    (strands[0] + strands[1]) + (strands[2] + strands[3]) + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ring in which region a is linked to the next `reach(a)`, one row of unequal weights.
    fn ring(n: usize, reach: impl Fn(usize) -> usize) -> Weights {
        let ids = (0..n).map(|number| number.to_string().as_str().into());
        let links: Vec<_> =
            (0..n).flat_map(|a| (1..=reach(a)).map(move |step| (a, (a + step) % n))).collect();
        let equal = Weights::from_links(ids, &links).unwrap().row_standardised();
        let more = [("0".into(), (n / 2).to_string().as_str().into())];
        equal.with_links(&more).unwrap().row_standardised()
    }

    #[track_caller]
    fn check_sums(weights: &Weights) {
        let n = weights.len();
        let values: Vec<f64> = (0..).take(n).map(|place: u32| f64::from(place * place % 31).sqrt()).collect();
        let permutations = Permutations { count: 300, seed: 3, purpose: "conditional" };
        let found = conditional(weights, &Summed::Values(&values), &vec![0.7; n], permutations);
        let pairs = |_: usize, j: usize| values[j];
        let by_pairs = conditional(weights, &Summed::Pairs(&pairs), &vec![0.7; n], permutations);
        let orders = Orders::draw(n - 1, n - 1, permutations);
        for (region, (found, by_pairs)) in found.iter().zip(by_pairs).enumerate() {
            let row = Row::of(weights, region, 300);
            let others = [&values[..region], &values[region + 1..]].concat();
            let mut tally = Tally::new(found.value, found.expected, 1e-13);
            for front in orders.fronts(row.weights.len()) {
                let drawn = front.iter().zip(row.weights);
                tally.add(0.7 * drawn.map(|(place, weight)| weight * others[*place as usize]).sum::<f64>());
            }
            assert!(!row.exact);
            assert_eq!(found.pseudo_p, Some(tally.sampled()), "{region}");
            assert_eq!((found.pseudo_p, found.expected), (by_pairs.pseudo_p, by_pairs.expected), "{region}");
        }
    }

    #[test]
    fn sums_that_are_passed_on_are_those_of_all_orders() {
        check_sums(&ring(90, |_| 3));
        // The count of neighbours changes from one region to the next, and from one to another far off.
        check_sums(&ring(90, |a| 2 + a / 15));
        check_sums(&ring(90, |a| 2 + a % 5));
        // So many regions that few sums change from one to the next, or some do and some do not.
        check_sums(&ring(500, |_| 3));
        check_sums(&ring(300, |a| 2 + usize::from(a % 30 > 20) + a / 100));
    }

    #[track_caller]
    fn check(n: u64, k: u64, of_sets: Option<u64>, of_orders: Option<u64>) {
        assert_eq!((sets(n, k), ordered_draws(n, k)), (of_sets, of_orders));
    }

    #[test]
    fn counts_of_draws() {
        check(5, 2, Some(10), Some(20));
        check(5, 5, Some(1), Some(120));
        check(5, 0, Some(1), Some(1));
        check(39, 38, Some(39), None);
        check(1000, 500, None, None);
    }
}
