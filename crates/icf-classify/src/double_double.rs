//! Sums and products with twice the digits of a double.

use std::ops::{Add, Neg, Sub};

/// An unevaluated sum of two doubles, the second below half a unit in the last place of the first: 106 bits.
///
/// Source: Dekker 1971, Numerische Mathematik 18, 224–242; Knuth, The Art of Computer Programming 2, 4.2.2.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Double {
    pub(crate) high: f64,
    pub(crate) low: f64,
}

impl Double {
    /// a + b without an error.
    #[inline]
    pub(crate) fn sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let of_b = high - a;
        Self { high, low: (a - (high - of_b)) + (b - of_b) }
    }

    /// a·b without an error.
    #[inline]
    pub(crate) fn product(a: f64, b: f64) -> Self {
        let high = a * b;
        let ((a1, a2), (b1, b2)) = (split(a), split(b));
        Self { high, low: ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2 }
    }

    /// self·factor.
    #[inline]
    pub(crate) fn times(self, factor: f64) -> Self {
        let product = Self::product(self.high, factor);
        normal(product.high, product.low + self.low * factor)
    }

    /// self².
    #[inline]
    pub(crate) fn squared(self) -> Self {
        let square = Self::product(self.high, self.high);
        normal(square.high, square.low + 2.0 * self.high * self.low)
    }
}

impl Add for Double {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        let (high, low) = (Self::sum(self.high, other.high), Self::sum(self.low, other.low));
        let once = normal(high.high, high.low + low.high);
        normal(once.high, once.low + low.low)
    }
}

impl Neg for Double {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }
}

impl Sub for Double {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

/// high + low, where low is the smaller.
#[inline]
fn normal(high: f64, low: f64) -> Double {
    let sum = high + low;
    Double { high: sum, low: low - (sum - high) }
}

/// Two halves of 26 bits each.
#[inline]
fn split(value: f64) -> (f64, f64) {
    /// 2²⁷ + 1.
    const SPLITTER: f64 = 134_217_729.0;
    let scaled = SPLITTER * value;
    let high = scaled - (scaled - value);
    (high, value - high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_double_would_lose() {
        assert_eq!(Double::sum(1e16, 1.0), Double { high: 1e16, low: 1.0 });
        // (2³⁰ + 1)² = 2⁶⁰ + 2³¹ + 1.
        let base = f64::from(1_u32 << 30);
        let square = Double::product(base + 1.0, base + 1.0);
        assert_eq!(square, Double { high: base * base + 2.0 * base, low: 1.0 });
        assert_eq!(square - Double::product(base, base), Double { high: 2.0 * base + 1.0, low: 0.0 });
        let little = f64::EPSILON * f64::EPSILON;
        let one = Double { high: 1.0, low: little };
        assert_eq!(one.times(3.0), Double { high: 3.0, low: 3.0 * little });
        assert_eq!(one.squared(), Double { high: 1.0, low: 2.0 * little });
    }
}
