//! Points of the open unit cube, each a function of its number alone.

use icf_random::Stream;

use crate::bijection::Bijection;
use crate::joe_kuo::DIRECTIONS;

/// How points fill the cube.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sampling {
    /// Each point on its own.
    Plain,
    /// Each dimension is cut into as many strata as there are points, and each stratum is met once (McKay, Beckman & Conover
    /// 1979, Technometrics 21).
    LatinHypercube,
    /// The Sobol' sequence, scrambled anew in each replicate by Owen's nested scheme in the hashed form of Laine & Karras 2011
    /// as Burley 2020 (JCGT 9) gives it.
    Sobol,
}

/// A design that does not reach so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DesignError {
    /// The sequence has fewer dimensions.
    #[error("a Sobol' design has at most {most} dimensions, and {asked} are drawn")]
    TooManyDimensions {
        /// Dimensions asked for.
        asked: usize,
        /// Dimensions there are.
        most: usize,
    },
    /// There are no numbers for so many points.
    #[error("a design has at most 4294967296 points")]
    TooManyPoints,
}

/// Some points of the open unit cube, named dimension by dimension.
///
/// In plain and Latin hypercube designs a dimension's numbers depend on its name, so that another dimension moves none of them.
/// In a Sobol' design the place of a dimension counts.
///
/// ```
/// use icf_uncertainty::{Design, Sampling};
/// let names = ["rate".to_owned(), "area".to_owned()];
/// let design = Design::new(Sampling::LatinHypercube, &names, 10, 0, 1)?;
/// let mut strata: Vec<u32> = (0..10)
///     .map(|index| {
///         let mut point = [0.0; 2];
///         design.fill(index, &mut point);
///         (point[0] * 10.0) as u32
///     })
///     .collect();
/// strata.sort();
/// assert_eq!(strata, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
/// # Ok::<(), icf_uncertainty::DesignError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Design(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Plain(Vec<Stream>),
    LatinHypercube { strata: Strata, axes: Vec<(Bijection, Stream)> },
    Sobol(Vec<Axis>),
}

/// Equal parts of (0, 1).
#[derive(Clone, Copy, Debug)]
struct Strata {
    count: f64,
    /// Bits of a place within a stratum: so few that no rounding takes it out.
    bits: u32,
}

impl Strata {
    const fn new(count: u64) -> Self {
        let index_bits = u64::BITS - count.saturating_sub(1).leading_zeros();
        Self { count: count as f64, bits: 50 - index_bits }
    }

    /// A place in a stratum by random bits.
    #[inline]
    fn place(self, stratum: u64, random: u64) -> f64 {
        let within = ((random >> (u64::BITS - self.bits)) as f64 + 0.5) / (1_u64 << self.bits) as f64;
        (stratum as f64 + within) / self.count
    }
}

/// A dimension of the Sobol' sequence.
#[derive(Clone, Debug)]
struct Axis {
    /// By bit of the index, from the lowest.
    directions: [u32; 32],
    seed: u32,
}

impl Design {
    /// A design of so many points. Replicates are independent of each other.
    ///
    /// # Errors
    /// When it does not reach so far.
    pub fn new(
        sampling: Sampling,
        names: &[String],
        points: u64,
        replicate: u32,
        seed: u64,
    ) -> Result<Self, DesignError> {
        if points > 1 << 32 {
            return Err(DesignError::TooManyPoints);
        }
        let streams = || names.iter().map(|name| Stream::new(seed, &format!("draw {name}"), replicate));
        Ok(Self(match sampling {
            Sampling::Plain => Kind::Plain(streams().collect()),
            Sampling::LatinHypercube => {
                let order = |name: &String| {
                    Bijection::new(points, &mut Stream::new(seed, &format!("strata {name}"), replicate))
                };
                let axes = names.iter().map(order).zip(streams()).collect();
                Kind::LatinHypercube { strata: Strata::new(points), axes }
            }
            Sampling::Sobol => {
                let most = DIRECTIONS.len() + 1;
                if names.len() > most {
                    return Err(DesignError::TooManyDimensions { asked: names.len(), most });
                }
                let axis = |(place, mut stream): (usize, Stream)| Axis {
                    directions: directions(place),
                    seed: stream.next_u32(),
                };
                Kind::Sobol(streams().enumerate().map(axis).collect())
            }
        }))
    }

    /// The coordinates of a point by its number, each in the open interval (0, 1).
    #[expect(clippy::cast_possible_truncation, reason = "designs have at most 2^32 points")]
    pub fn fill(&self, index: u64, point: &mut [f64]) {
        match &self.0 {
            Kind::Plain(streams) => {
                for (coordinate, stream) in point.iter_mut().zip(streams) {
                    *coordinate = stream.at(index as u32).uniform_open();
                }
            }
            Kind::LatinHypercube { strata, axes } => {
                for (coordinate, (order, stream)) in point.iter_mut().zip(axes) {
                    *coordinate = strata.place(order.at(index), stream.at(index as u32).next_u64());
                }
            }
            Kind::Sobol(axes) => {
                for (coordinate, axis) in point.iter_mut().zip(axes) {
                    let scrambled = scramble(axis.at(index as u32), axis.seed);
                    *coordinate = (f64::from(scrambled) + 0.5) / 4_294_967_296.0;
                }
            }
        }
    }
}

impl Axis {
    fn at(&self, index: u32) -> u32 {
        let mut number = 0;
        let mut rest = index;
        for direction in self.directions {
            if rest == 0 {
                break;
            }
            if rest & 1 == 1 {
                number ^= direction;
            }
            rest >>= 1;
        }
        number
    }
}

/// The direction numbers of a dimension (Bratley & Fox 1988, ACM TOMS 14).
fn directions(dimension: usize) -> [u32; 32] {
    let mut v = [0; 32];
    let Some(place) = dimension.checked_sub(1) else {
        return std::array::from_fn(|bit| 1 << (31 - bit));
    };
    let (coefficients, first) = DIRECTIONS[place];
    let degree = first.len();
    for bit in 0..32 {
        v[bit] = match first.get(bit) {
            Some(m) => m << (31 - bit),
            None => {
                let mut next = v[bit - degree] ^ (v[bit - degree] >> degree);
                for term in 1..degree {
                    if (coefficients >> (degree - 1 - term)) & 1 == 1 {
                        next ^= v[bit - term];
                    }
                }
                next
            }
        };
    }
    v
}

/// Owen's nested uniform scrambling by a hash in which a bit is turned by the bits above it alone.
fn scramble(number: u32, seed: u32) -> u32 {
    let mut x = number.reverse_bits().wrapping_add(seed);
    x ^= x.wrapping_mul(0x6c50_b47c);
    x ^= x.wrapping_mul(0xb82f_1e52);
    x ^= x.wrapping_mul(0xc7af_e638);
    x ^= x.wrapping_mul(0x8d22_f6e6);
    x.reverse_bits()
}

#[cfg(test)]
#[expect(clippy::cast_possible_truncation, reason = "numbers of a test are small")]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|place| format!("input {place}")).collect()
    }

    fn points(design: &Design, count: u64, dimensions: usize) -> Vec<Vec<f64>> {
        let point = |index| {
            let mut point = vec![0.0; dimensions];
            design.fill(index, &mut point);
            point
        };
        (0..count).map(point).collect()
    }

    #[test]
    fn a_latin_hypercube_meets_each_stratum_once() {
        for count in [1, 2, 3, 7, 64, 100, 1000, 4097] {
            for replicate in 0..3 {
                let design = Design::new(Sampling::LatinHypercube, &names(3), count, replicate, 1).unwrap();
                let points = points(&design, count, 3);
                for dimension in 0..3 {
                    let mut strata: Vec<u64> =
                        points.iter().map(|point| (point[dimension] * count as f64) as u64).collect();
                    strata.sort_unstable();
                    assert_eq!(strata, (0..count).collect::<Vec<_>>());
                }
            }
        }
    }

    #[test]
    fn the_largest_latin_hypercube_keeps_its_strata() {
        for count in [1, 10_000_000, (1 << 32) - 5, 1 << 32] {
            for stratum in [0, 1, count / 2, count - 1].into_iter().filter(|stratum| *stratum < count) {
                for random in [0, u64::MAX] {
                    let place = Strata::new(count).place(stratum, random);
                    assert!(place > 0.0 && place < 1.0);
                    assert_eq!((place * count as f64) as u64, stratum, "{count}");
                }
            }
        }
    }

    #[test]
    fn another_input_moves_no_other_draw() {
        for sampling in [Sampling::Plain, Sampling::LatinHypercube, Sampling::Sobol] {
            let few = Design::new(sampling, &names(2), 64, 0, 9).unwrap();
            let more = Design::new(sampling, &names(3), 64, 0, 9).unwrap();
            for (few, more) in points(&few, 64, 2).iter().zip(points(&more, 64, 3)) {
                assert_eq!(few[..], more[..2]);
            }
        }
        // And by name, wherever it stands, but for Sobol'.
        let turned: Vec<String> = names(2).into_iter().rev().collect();
        for sampling in [Sampling::Plain, Sampling::LatinHypercube] {
            let (a, b) =
                (Design::new(sampling, &names(2), 64, 0, 9), Design::new(sampling, &turned, 64, 0, 9));
            for (a, b) in points(&a.unwrap(), 64, 2).iter().zip(points(&b.unwrap(), 64, 2)) {
                assert_eq!((a[0], a[1]), (b[1], b[0]));
            }
        }
    }

    /// scipy.stats.qmc.Sobol(64, scramble=False).random(16) of SciPy 1.17.1, which walks in the order of Gray's code, put into
    /// the order of the index: dimensions 1, 2, 3, 10 and 64, times 16.
    #[test]
    fn the_sequence_without_scrambling() {
        let of = |dimension: usize| -> Vec<u32> {
            let axis = Axis { directions: directions(dimension - 1), seed: 0 };
            (0..16).map(|index| axis.at(index) >> 28).collect()
        };
        assert_eq!(of(1), [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15]);
        assert_eq!(of(2), [0, 8, 12, 4, 10, 2, 6, 14, 15, 7, 3, 11, 5, 13, 9, 1]);
        assert_eq!(of(3), [0, 8, 12, 4, 6, 14, 10, 2, 9, 1, 5, 13, 15, 7, 3, 11]);
        assert_eq!(of(10), [0, 8, 4, 12, 14, 6, 10, 2, 11, 3, 15, 7, 5, 13, 1, 9]);
        assert_eq!(of(64), [0, 8, 4, 12, 6, 14, 2, 10, 13, 5, 9, 1, 11, 3, 15, 7]);
    }

    /// scipy.stats.qmc.Sobol(64, scramble=False, bits=32) of SciPy 1.17.1: some points, by their place there, and dimensions, times
    /// 2³².
    #[test]
    fn the_sequence_to_its_last_bit() {
        for (place, dimension, expected) in [
            (1, 63, 0x8000_0000_u32),
            (2, 62, 0xc000_0000_u32),
            (3, 33, 0x4000_0000_u32),
            (5, 20, 0xa000_0000_u32),
            (100, 10, 0x7600_0000_u32),
            (777, 63, 0x6d40_0000_u32),
            (4095, 40, 0x3370_0000_u32),
            (4096, 41, 0x3ff8_0000_u32),
            (9999, 7, 0xba1c_0000_u32),
            (12345, 51, 0x7414_0000_u32),
            (16383, 63, 0xa684_0000_u32),
            (16383, 1, 0xcccc_0000_u32),
        ] {
            let axis = Axis { directions: directions(dimension), seed: 0 };
            assert_eq!(axis.at(place ^ (place >> 1)), expected, "{place} {dimension}");
        }
    }

    /// A scrambling maps the numbers that agree in their first k bits onto numbers that agree in their first k bits.
    #[test]
    fn scrambling_is_nested() {
        for seed in [0, 1, 0x1234_5678, u32::MAX] {
            for k in 1..12 {
                let mut seen = std::collections::BTreeSet::new();
                for first in 0..1_u32 << k {
                    let of = |rest: u32| scramble(first << (32 - k) | rest, seed) >> (32 - k);
                    assert!((0..20).all(|rest| of((rest * 0x0001_2345) & (u32::MAX >> k)) == of(0)));
                    seen.insert(of(0));
                }
                assert_eq!(seen.len(), 1 << k);
            }
        }
    }

    #[test]
    fn scrambling_keeps_the_net() {
        // Of 2^m points each box of an elementary partition of the first two dimensions holds one.
        for replicate in 0..5 {
            let design = Design::new(Sampling::Sobol, &names(2), 64, replicate, 1).unwrap();
            let points = points(&design, 64, 2);
            for bits in 0..=6_u32 {
                let (wide, high) = (f64::from(1_u32 << bits), f64::from(1_u32 << (6 - bits)));
                let mut boxes: Vec<u32> = points
                    .iter()
                    .map(|p| (p[0] * wide) as u32 * (1 << (6 - bits)) + (p[1] * high) as u32)
                    .collect();
                boxes.sort_unstable();
                assert_eq!(boxes, (0..64).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn what_a_sequence_does_not_reach_is_refused() {
        let refused = Design::new(Sampling::Sobol, &names(65), 10, 0, 1);
        assert_eq!(refused.unwrap_err(), DesignError::TooManyDimensions { asked: 65, most: 64 });
        for sampling in [Sampling::Plain, Sampling::LatinHypercube, Sampling::Sobol] {
            let of = |points| Design::new(sampling, &names(1), points, 0, 1).map(|_| ());
            assert_eq!((of(1 << 32), of((1 << 32) + 1)), (Ok(()), Err(DesignError::TooManyPoints)));
        }
    }

    #[test]
    fn inputs_of_a_design_are_independent() {
        for sampling in [Sampling::Plain, Sampling::LatinHypercube, Sampling::Sobol] {
            let count = 4096;
            let points = points(&Design::new(sampling, &names(8), count, 0, 5).unwrap(), count, 8);
            for a in 0..8 {
                for b in 0..a {
                    let sum: f64 = points.iter().map(|point| (point[a] - 0.5) * (point[b] - 0.5)).sum();
                    let correlation = 12.0 * sum / count as f64;
                    // Four and a half standard errors.
                    assert!(
                        correlation.abs() < 4.5 / (count as f64).sqrt(),
                        "{sampling:?} {a} {b}: {correlation}"
                    );
                }
            }
        }
    }
}
