//! Random orders of the other regions, shared by all regions.

use icf_random::Stream;
use rayon::prelude::*;

use crate::Permutations;

/// The fronts of random orders of 0..others, one a permutation.
pub(crate) struct Orders {
    places: Vec<u32>,
    width: usize,
    /// Where the numbers of the orders that hold a place begin, and those numbers.
    starts: Vec<u32>,
    holders: Vec<u32>,
}

impl Orders {
    /// Draws them as far as `width`; the first places of an order do not depend on it.
    pub(crate) fn draw(others: usize, width: usize, permutations: Permutations<'_>) -> Self {
        let width = width.min(others);
        let mut places = vec![0; width * permutations.count as usize];
        let all: Vec<u32> = (0..u32::try_from(others).expect("there are fewer than 2^32 regions")).collect();
        places.par_chunks_exact_mut(width.max(1)).enumerate().with_min_len(64).for_each_init(
            || (all.clone(), vec![0; width]),
            |(order, swapped), (number, front)| {
                // Only the front is shuffled, and put back after: the order costs its width, not its length.
                let number = u32::try_from(number).expect("the count of permutations fits");
                let mut stream = Stream::new(permutations.seed, permutations.purpose, number);
                for (place, other) in swapped.iter_mut().enumerate() {
                    let rest = u32::try_from(others - place).expect("there are fewer than 2^32 regions");
                    *other = place + stream.below(rest) as usize;
                    order.swap(place, *other);
                }
                front.copy_from_slice(&order[..width]);
                for (place, other) in swapped.iter().enumerate().rev() {
                    order.swap(place, *other);
                }
            },
        );
        let (starts, holders) = holders(&places, width, others);
        Self { places, width, starts, holders }
    }

    /// How many places are ordered.
    pub(crate) fn others(&self) -> usize {
        self.starts.len() - 1
    }

    /// The first `count` places of each order.
    pub(crate) fn fronts(&self, count: usize) -> impl Iterator<Item = &[u32]> {
        self.places.chunks_exact(self.width.max(1)).map(move |front| &front[..count])
    }

    /// The first `count` places of one order.
    pub(crate) fn front(&self, number: u32, count: usize) -> &[u32] {
        &self.places[number as usize * self.width..][..count]
    }

    /// Numbers of the orders whose front holds one of some places; an order stands there once for each of them.
    pub(crate) fn holding(&self, places: std::ops::Range<usize>) -> &[u32] {
        &self.holders[self.starts[places.start] as usize..self.starts[places.end] as usize]
    }
}

/// A table of contents by place.
fn holders(places: &[u32], width: usize, others: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0; others + 1];
    for place in places {
        starts[*place as usize + 1] += 1;
    }
    for place in 0..others {
        starts[place + 1] += starts[place];
    }
    let mut next = starts.clone();
    let mut holders = vec![0; places.len()];
    for (front, number) in places.chunks_exact(width.max(1)).zip(0..) {
        for place in front {
            let at = &mut next[*place as usize];
            holders[*at as usize] = number;
            *at += 1;
        }
    }
    (starts, holders)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWS: Permutations<'_> = Permutations { count: 200, seed: 1, purpose: "orders" };

    #[test]
    fn a_front_is_the_beginning_of_a_whole_shuffle() {
        let orders = Orders::draw(10, 3, DRAWS);
        for (front, number) in orders.fronts(3).zip(0..) {
            let mut all: Vec<u32> = (0..10).collect();
            Stream::new(1, "orders", number).shuffle_front(&mut all, 10);
            assert_eq!(front, &all[..3]);
            assert_eq!(orders.front(number, 2), &all[..2]);
        }
        assert_eq!(Orders::draw(10, 0, DRAWS).fronts(0).count(), 0);
    }

    #[test]
    fn the_table_of_contents_is_complete() {
        let orders = Orders::draw(10, 3, DRAWS);
        for place in 0..10 {
            let held = orders
                .fronts(3)
                .zip(0_u32..)
                .filter(|(front, _)| front.iter().any(|at| *at as usize == place));
            assert_eq!(orders.holding(place..place + 1), held.map(|(_, number)| number).collect::<Vec<_>>());
        }
        assert_eq!(orders.holding(0..10).len(), 600);
    }
}
