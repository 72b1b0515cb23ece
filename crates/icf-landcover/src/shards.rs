//! A pass over rasters in shards, which can be run in any order, on any thread, and some of them another time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use rayon::prelude::*;

/// What is found of a zone: whole numbers, so that the order in which they are added does not matter.
pub trait Whole: Copy + Default + Send {
    /// Adds what another shard found.
    fn add(&mut self, other: Self);

    /// The numbers that it is.
    fn numbers(self) -> Vec<i128>;

    /// What has these numbers; none when they are too many or too few, or below what can be found.
    fn of_numbers(numbers: &[i128]) -> Option<Self>;
}

/// Of what it is found: a zone, by its place in the order of ids, and classes of it.
pub trait Key: Copy + Ord + Send {
    /// The zone.
    fn zone(self) -> u32;

    /// The codes of the classes; none where a class is not known.
    fn codes(self) -> Vec<Option<u16>>;

    /// The key of a zone and codes; none when they are too many or too few.
    fn of(zone: u32, codes: &[Option<u16>]) -> Option<Self>;
}

impl Key for (u32, Option<u16>) {
    fn zone(self) -> u32 {
        self.0
    }

    fn codes(self) -> Vec<Option<u16>> {
        vec![self.1]
    }

    fn of(zone: u32, codes: &[Option<u16>]) -> Option<Self> {
        let [code] = *codes else { return None };
        Some((zone, code))
    }
}

impl Key for (u32, Option<u16>, Option<u16>) {
    fn zone(self) -> u32 {
        self.0
    }

    fn codes(self) -> Vec<Option<u16>> {
        vec![self.1, self.2]
    }

    fn of(zone: u32, codes: &[Option<u16>]) -> Option<Self> {
        let [from, to] = *codes else { return None };
        Some((zone, from, to))
    }
}

/// What shards found.
#[derive(Clone, Debug)]
pub struct Sums<K, W>(pub(crate) BTreeMap<K, W>);

impl<K, W> Default for Sums<K, W> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Key, W: Whole> Sums<K, W> {
    /// Adds to what was found of a key.
    pub(crate) fn add(&mut self, key: K, found: W) {
        self.0.entry(key).or_default().add(found);
    }

    /// Adds what another shard found; the order does not matter.
    pub fn merge(&mut self, other: Self) {
        for (key, found) in other.0 {
            self.add(key, found);
        }
    }
}

/// What was found of a zone and classes so far, as whole numbers that can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The place of the zone in the order of ids.
    pub zone: u32,
    /// The codes of the classes; none where a class is not known.
    pub codes: Vec<Option<u16>>,
    /// What was found.
    pub numbers: Vec<i128>,
}

/// Which shards are done, and what they found together.
#[derive(Clone, Debug)]
pub struct SoFar<K, W> {
    done: BTreeSet<usize>,
    sums: Sums<K, W>,
}

impl<K, W> Default for SoFar<K, W> {
    fn default() -> Self {
        Self { done: BTreeSet::new(), sums: Sums::default() }
    }
}

impl<K: Key, W: Whole> SoFar<K, W> {
    /// The shards that are done, in order.
    pub fn done(&self) -> impl Iterator<Item = usize> {
        self.done.iter().copied()
    }

    /// What they found, in an order of its own, to be kept.
    pub fn kept(&self) -> impl Iterator<Item = Sum> {
        let sum =
            |(key, found): (&K, &W)| Sum { zone: key.zone(), codes: key.codes(), numbers: found.numbers() };
        self.sums.0.iter().map(sum)
    }

    /// What they found.
    #[must_use]
    pub fn sums(&self) -> &Sums<K, W> {
        &self.sums
    }
}

/// A pass over rasters that is planned.
pub trait Sharded: Sync {
    /// Of what something is found.
    type Key: Key;
    /// What is found.
    type Found: Whole;
    /// Why a shard cannot be run.
    type Error: Send;

    /// How many shards there are; each can be run by itself, in any order.
    fn shards(&self) -> usize;

    /// How many cells the rows of a shard have.
    fn cells_in(&self, shard: usize) -> u64;

    /// How many zones there are.
    fn zones(&self) -> usize;

    /// Reads the tiles of a shard that a zone meets, and counts their cells.
    ///
    /// # Errors
    /// When a tile cannot be read, or holds what it must not.
    fn run_shard(&self, shard: usize) -> Result<Sums<Self::Key, Self::Found>, Self::Error>;

    /// How many cells the rows of all shards have.
    fn cells(&self) -> u64 {
        (0..self.shards()).map(|shard| self.cells_in(shard)).sum()
    }

    /// How many cells the rows have that are not done yet.
    fn cells_left(&self, so_far: &SoFar<Self::Key, Self::Found>) -> u64 {
        let left = (0..self.shards()).filter(|shard| !so_far.done.contains(shard));
        left.map(|shard| self.cells_in(shard)).sum()
    }

    /// Runs the shards that are not done yet on the threads at hand. After each one it tells what all so far found, and how many
    /// cells that one had; what it tells can be kept, and the rest be run another time.
    ///
    /// # Errors
    /// That of the first shard that fails; the others are run, and what they found is kept.
    ///
    /// # Panics
    /// When `after` does.
    fn run_on(
        &self,
        so_far: &mut SoFar<Self::Key, Self::Found>,
        after: impl Fn(&SoFar<Self::Key, Self::Found>, u64) + Sync,
    ) -> Result<(), Self::Error> {
        let left: Vec<usize> = (0..self.shards()).filter(|shard| !so_far.done.contains(shard)).collect();
        let all = Mutex::new(std::mem::take(so_far));
        let failures: Vec<Self::Error> = left
            .into_par_iter()
            .filter_map(|shard| {
                let found = self.run_shard(shard);
                let mut all = all.lock().expect("no shard panics while it adds");
                let failure = match found {
                    Ok(found) => {
                        all.sums.merge(found);
                        all.done.insert(shard);
                        None
                    }
                    Err(error) => Some(error),
                };
                after(&all, self.cells_in(shard));
                failure
            })
            .collect();
        *so_far = all.into_inner().expect("no shard panics while it adds");
        failures.into_iter().next().map_or(Ok(()), Err)
    }

    /// What was kept of an earlier run of the same plan: the shards that were done, and [`SoFar::kept`]. `None` when it is not of
    /// this plan.
    fn resumed(
        &self,
        done: impl IntoIterator<Item = usize>,
        kept: impl IntoIterator<Item = Sum>,
    ) -> Option<SoFar<Self::Key, Self::Found>> {
        let done: BTreeSet<usize> = done.into_iter().collect();
        let sum = |sum: Sum| {
            let key = Self::Key::of(sum.zone, &sum.codes)?;
            let found = Self::Found::of_numbers(&sum.numbers)?;
            ((sum.zone as usize) < self.zones()).then_some((key, found))
        };
        let sums = kept.into_iter().map(sum).collect::<Option<BTreeMap<_, _>>>()?;
        let is_of_plan = done.last().is_none_or(|last| *last < self.shards());
        is_of_plan.then_some(SoFar { done, sums: Sums(sums) })
    }
}
