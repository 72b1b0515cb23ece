//! How often intervals held the truth, and how well that is known.

use std::collections::BTreeMap;

use icf_random::Stream;
use icf_units::Year;

/// The share of intervals that held the truth, with its own uncertainty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// Intervals.
    pub count: usize,
    /// Share of them that held the truth.
    pub share: f64,
    /// Ends of the interval that holds the share itself with 95 %; `None` with fewer years than two blocks, and where all
    /// intervals held or none.
    pub bounds: Option<(f64, f64)>,
}

/// Resamples of the bootstrap.
const RESAMPLES: u32 = 999;

/// Which blocks of years each resample draws: the same for every coverage held against them, so that models and regions
/// differ by what they did and not by the draw.
pub struct Blocks {
    /// Years of a block.
    length: usize,
    /// A random number for each block of each resample.
    draws: Vec<Vec<u32>>,
    most: usize,
}

impl Blocks {
    /// Draws blocks of `length` years for coverages of at most so many years.
    #[must_use]
    pub fn new(length: usize, most: usize, seed: u64, purpose: &str) -> Self {
        let length = length.max(1);
        let of = |resample| {
            let mut stream = Stream::new(seed, purpose, resample);
            (0..most.div_ceil(length)).map(|_| stream.next_u32()).collect()
        };
        Self { length, draws: (0..RESAMPLES).map(of).collect(), most }
    }
}

/// Intervals that held, and intervals.
type Count = (usize, usize);

fn plus(a: Count, b: Count) -> Count {
    (a.0 + b.0, a.1 + b.1)
}

#[expect(clippy::cast_precision_loss, reason = "intervals are counted in thousands")]
fn share((held, count): Count) -> f64 {
    held as f64 / count as f64
}

impl Coverage {
    /// The coverage of some intervals, each with the year foretold and whether it held; `None` without any.
    ///
    /// Forecasts of one year share what befell that year in every region, and those of neighbouring years overlap. So whole
    /// years are drawn, in blocks that run on, with all their regions and distances together: the circular block bootstrap of
    /// Politis & Romano 1992, with 999 resamples and the percentiles 2.5 and 97.5. Numbers of regions and distances do not
    /// make it look surer than its years allow. Where all intervals held, or none, every resample says the same: then there
    /// are no bounds.
    ///
    /// ```
    /// use icf_projection::{Blocks, Coverage};
    /// use icf_units::Year;
    /// let held = (2000..2010).map(|year| (Year::new(year), year != 2004));
    /// let coverage = Coverage::of(held, &Blocks::new(2, 10, 1, "doc")).unwrap();
    /// assert_eq!((coverage.count, coverage.share), (10, 0.9));
    /// let (low, high) = coverage.bounds.unwrap();
    /// assert!(low < 0.9 && high == 1.0);
    /// ```
    ///
    /// # Panics
    /// When there are more years than the blocks were drawn for.
    #[must_use]
    pub fn of(held: impl IntoIterator<Item = (Year, bool)>, blocks: &Blocks) -> Option<Self> {
        let mut years: BTreeMap<Year, Count> = BTreeMap::new();
        for (year, is_held) in held {
            let of_year = years.entry(year).or_default();
            *of_year = plus(*of_year, (usize::from(is_held), 1));
        }
        let years: Vec<Count> = years.into_values().collect();
        let total = years.iter().copied().fold((0, 0), plus);
        if total.1 == 0 {
            return None;
        }
        assert!(years.len() <= blocks.most, "the blocks were drawn for {} years", blocks.most);
        let is_open = total.0 > 0 && total.0 < total.1;
        let bounds = (is_open && years.len() >= 2 * blocks.length).then(|| bounds(&years, blocks));
        Some(Self { count: total.1, share: share(total), bounds })
    }
}

/// The percentiles of the resampled shares.
fn bounds(years: &[Count], blocks: &Blocks) -> (f64, f64) {
    let n = years.len();
    let count = u64::try_from(n).expect("years are counted in hundreds");
    // What a block holds that begins at each year; the last block of a resample is cut to fill the years exactly.
    let from = |length: usize| -> Vec<Count> {
        let of = |start: usize| (0..length).map(|offset| years[(start + offset) % n]).fold((0, 0), plus);
        (0..n).map(of).collect()
    };
    let (whole, rest) = (n / blocks.length, n % blocks.length);
    let (of_block, of_rest) = (from(blocks.length), from(rest));
    // A number of 32 bits scaled to the years: each is as likely as any other to one part in 10⁸.
    let start =
        |draw: u32| usize::try_from((u64::from(draw) * count) >> 32).expect("below the number of years");
    let resample = |draws: &Vec<u32>| {
        let whole_blocks = draws[..whole].iter().map(|draw| of_block[start(*draw)]).fold((0, 0), plus);
        share(if rest == 0 { whole_blocks } else { plus(whole_blocks, of_rest[start(draws[whole])]) })
    };
    let mut shares: Vec<f64> = blocks.draws.iter().map(resample).collect();
    // Of 999 sorted shares the 25th and the 975th are the percentiles 2.5 and 97.5.
    let low = *shares.select_nth_unstable_by(24, f64::total_cmp).1;
    let high = *shares.select_nth_unstable_by(974, f64::total_cmp).1;
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(length: usize) -> Blocks {
        Blocks::new(length, 20, 7, "test")
    }

    fn regions(count: usize, years: i32, is_held: impl Fn(i32) -> bool) -> Vec<(Year, bool)> {
        (2000..2000 + years)
            .flat_map(|year| std::iter::repeat_n((Year::new(year), is_held(year)), count))
            .collect()
    }

    #[test]
    fn regions_that_fare_alike_add_nothing() {
        let held = |year: i32| year % 5 != 0;
        let one = Coverage::of(regions(1, 20, held), &blocks(3)).unwrap();
        let thirty = Coverage::of(regions(30, 20, held), &blocks(3)).unwrap();
        assert_eq!((one.share, one.bounds), (thirty.share, thirty.bounds));
        assert_eq!((one.count, thirty.count), (20, 600));
    }

    #[test]
    fn years_drawn_alone_have_the_spread_of_a_binomial() {
        // 4 of 20 years: 1.96·√(0.2·0.8/20) = 0.175 to each side.
        let alone = Coverage::of(regions(1, 20, |year| year % 5 != 0), &blocks(1)).unwrap();
        let (low, high) = alone.bounds.unwrap();
        assert!((high - low - 0.35).abs() < 0.06, "{low} {high}");
    }

    #[test]
    fn a_run_of_bad_years_widens_blocks() {
        let bad_run = regions(1, 20, |year| year >= 2004);
        let width = |block| {
            let (low, high) = Coverage::of(bad_run.clone(), &blocks(block)).unwrap().bounds.unwrap();
            high - low
        };
        assert!(width(4) > 1.2 * width(1), "{} {}", width(4), width(1));
    }

    #[test]
    fn what_never_failed_says_nothing_of_how_sure_that_is() {
        let all = Coverage::of(regions(1, 20, |_| true), &blocks(3)).unwrap();
        assert_eq!((all.share, all.bounds), (1.0, None));
    }

    #[test]
    fn too_few_years_have_no_bounds() {
        assert_eq!(Coverage::of(regions(30, 5, |year| year > 2001), &blocks(3)).unwrap().bounds, None);
        assert_eq!(Coverage::of([], &blocks(3)), None);
    }
}
