//! Made-up inputs for the benches, the same on every machine.
//!
//! `cargo bench -p icf-benches` runs them all; `cargo bench -p icf-benches --bench lisa` one.

use icf_random::Stream;
use icf_spatial::{Joined, Weights};
use icf_units::RegionId;

/// Numbers in (0, 1).
#[must_use]
pub fn numbers(count: usize) -> Vec<f64> {
    let mut stream = Stream::new(1, "benches", 0);
    (0..count).map(|_| stream.uniform_open()).collect()
}

/// A ring of `count` regions, each linked to the `reach` nearest on each side, with made-up values.
///
/// # Panics
/// Never: the ids are distinct and no region is linked to itself.
#[must_use]
pub fn ring(count: usize, reach: usize) -> Joined {
    let ids = (0..count).map(|number| RegionId::new(&number.to_string()));
    let links: Vec<(usize, usize)> = (0..count)
        .flat_map(|region| (1..=reach).map(move |step| (region, (region + step) % count)))
        .collect();
    let weights = Weights::from_links(ids, &links).expect("a ring has distinct regions").row_standardised();
    Joined { weights, values: numbers(count) }
}
