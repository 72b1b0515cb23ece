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
    /// Ends of the interval that holds the share itself with 95 %; `None` with fewer years than two blocks.
    pub bounds: Option<(f64, f64)>,
}

/// Resamples of the bootstrap.
const RESAMPLES: u32 = 999;

impl Coverage {
    /// The coverage of some intervals, each with the year foretold and whether it held; `None` without any.
    ///
    /// Forecasts of one year share what befell that year in every region, and those of neighbouring years overlap. So whole
    /// years are drawn, in blocks of `block` years that run on, with all their regions and distances together: the
    /// circular block bootstrap of Politis & Romano 1992, with 999 resamples and the percentiles 2.5 and 97.5. Numbers of regions
    /// and distances do not make it look surer than its years allow.
    ///
    /// ```
    /// use icf_projection::Coverage;
    /// use icf_units::Year;
    /// let held = (2000..2010).map(|year| (Year::new(year), year != 2004));
    /// let coverage = Coverage::of(held, 2, 1, "doc").unwrap();
    /// assert_eq!((coverage.count, coverage.share), (10, 0.9));
    /// let (low, high) = coverage.bounds.unwrap();
    /// assert!(low < 0.9 && high == 1.0);
    /// ```
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "intervals are counted in thousands")]
    pub fn of(
        held: impl IntoIterator<Item = (Year, bool)>,
        block: usize,
        seed: u64,
        purpose: &str,
    ) -> Option<Self> {
        let mut years: BTreeMap<Year, (usize, usize)> = BTreeMap::new();
        for (year, is_held) in held {
            let (inside, count) = years.entry(year).or_default();
            *inside += usize::from(is_held);
            *count += 1;
        }
        let years: Vec<(usize, usize)> = years.into_values().collect();
        let share = |(inside, count): (usize, usize)| inside as f64 / count as f64;
        let sum = |(inside, count): (usize, usize), year: &(usize, usize)| (inside + year.0, count + year.1);
        let total = years.iter().fold((0, 0), sum);
        if total.1 == 0 {
            return None;
        }
        let block = block.max(1);
        let bounds = (years.len() >= 2 * block).then(|| {
            let length = u32::try_from(years.len()).expect("years are counted in hundreds");
            let mut shares: Vec<f64> = (0..RESAMPLES)
                .map(|resample| {
                    let mut stream = Stream::new(seed, purpose, resample);
                    let mut drawn = (0, 0);
                    let mut left = years.len();
                    while left > 0 {
                        let start = stream.below(length) as usize;
                        for offset in 0..block.min(left) {
                            drawn = sum(drawn, &years[(start + offset) % years.len()]);
                        }
                        left -= block.min(left);
                    }
                    share(drawn)
                })
                .collect();
            shares.sort_by(f64::total_cmp);
            // Of 999 sorted shares the 25th and the 975th are the percentiles 2.5 and 97.5.
            (shares[24], shares[974])
        });
        Some(Self { count: total.1, share: share(total), bounds })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(count: usize, years: i32, is_held: impl Fn(i32) -> bool) -> Vec<(Year, bool)> {
        (2000..2000 + years)
            .flat_map(|year| std::iter::repeat_n((Year::new(year), is_held(year)), count))
            .collect()
    }

    #[test]
    fn regions_that_fare_alike_add_nothing() {
        let held = |year: i32| year % 5 != 0;
        let one = Coverage::of(regions(1, 20, held), 3, 7, "one").unwrap();
        let thirty = Coverage::of(regions(30, 20, held), 3, 7, "one").unwrap();
        assert_eq!((one.share, one.bounds), (thirty.share, thirty.bounds));
        assert_eq!((one.count, thirty.count), (20, 600));
    }

    #[test]
    fn years_drawn_alone_have_the_spread_of_a_binomial() {
        // 4 of 20 years: 1.96·√(0.2·0.8/20) = 0.175 to each side.
        let alone = Coverage::of(regions(1, 20, |year| year % 5 != 0), 1, 7, "alone").unwrap();
        let (low, high) = alone.bounds.unwrap();
        assert!((high - low - 0.35).abs() < 0.06, "{low} {high}");
    }

    #[test]
    fn a_run_of_bad_years_widens_blocks() {
        let bad_run = regions(1, 20, |year| year >= 2004);
        let width = |block| {
            let (low, high) = Coverage::of(bad_run.clone(), block, 7, "run").unwrap().bounds.unwrap();
            high - low
        };
        assert!(width(4) > 1.2 * width(1), "{} {}", width(4), width(1));
    }

    #[test]
    fn too_few_years_have_no_bounds() {
        assert_eq!(Coverage::of(regions(30, 5, |_| true), 3, 7, "few").unwrap().bounds, None);
        assert_eq!(Coverage::of([], 3, 7, "none"), None);
    }
}
