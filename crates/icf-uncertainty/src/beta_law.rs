//! The beta law on (0, 1).

use std::f64::consts::TAU;

/// A beta law, with what its density needs computed once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BetaLaw {
    alpha: f64,
    beta: f64,
    /// ln of m^α (1 − m)^β / B(α, β) at the mean m.
    ln_at_mean: f64,
}

/// A share and what is missing to 1, each with all its digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Share {
    pub(crate) of_low: f64,
    pub(crate) of_high: f64,
}

impl BetaLaw {
    pub(crate) fn new(alpha: f64, beta: f64) -> Self {
        // Stirling's formula for all three gammas: the large terms cancel on paper, not in digits.
        let both = alpha + beta;
        let rest = stirling_rest(both) - stirling_rest(alpha) - stirling_rest(beta);
        Self { alpha, beta, ln_at_mean: 0.5 * (alpha / both * (beta / TAU)).ln() + rest }
    }

    const fn mirrored(self) -> Self {
        Self { alpha: self.beta, beta: self.alpha, ln_at_mean: self.ln_at_mean }
    }

    pub(crate) fn mean(self) -> f64 {
        self.alpha / (self.alpha + self.beta)
    }

    pub(crate) fn sd(self) -> f64 {
        (self.mean() * (1.0 - self.mean()) / (self.alpha + self.beta + 1.0)).sqrt()
    }

    /// I_x(α, β), the share of the law at or below x, where y = 1 − x.
    pub(crate) fn cdf(self, x: f64, y: f64) -> f64 {
        if x <= 0.0 {
            0.0
        } else if y <= 0.0 {
            1.0
        } else if x <= self.mean() {
            self.lower(x, y).0
        } else {
            1.0 - self.mirrored().lower(y, x).0
        }
    }

    /// I_x for an x at or below the mean, and x^α y^β / B.
    ///
    /// I_x = x^α y^β / (α B) · 1/(1 + d₁/(1 + d₂/(1 + …))), by Lentz's method.
    /// Source: NIST DLMF 8.17.22.
    fn lower(self, x: f64, y: f64) -> (f64, f64) {
        let (a, b) = (self.alpha, self.beta);
        let front = self.front(x, y);
        let (mut c, mut d) = (1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0)));
        let mut fraction = d;
        for m in 1..100_000 {
            let m = f64::from(m);
            let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
            d = 1.0 / (1.0 + even * d);
            c = 1.0 + even / c;
            fraction *= d * c;
            let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
            d = 1.0 / (1.0 + odd * d);
            c = 1.0 + odd / c;
            fraction *= d * c;
            if (d * c - 1.0).abs() < 2.0 * f64::EPSILON {
                break;
            }
        }
        (front * fraction / a, front)
    }

    /// The x with I_x(α, β) = u.
    pub(crate) fn quantile(self, u: f64) -> Share {
        self.quantile_between(u, 1.0 - u)
    }

    /// The x with a probability `below` and one `above` it, each with all its digits.
    pub(crate) fn quantile_between(self, below: f64, above: f64) -> Share {
        let (mean, rest) = (self.mean(), self.mirrored().mean());
        if below <= self.lower(mean, rest).0 {
            let x = self.lower_quantile(below);
            Share { of_low: x, of_high: 1.0 - x }
        } else {
            let y = self.mirrored().lower_quantile(above);
            Share { of_low: 1.0 - y, of_high: y }
        }
    }

    /// The density, and the slope of its logarithm.
    pub(crate) fn density(self, at: Share) -> (f64, f64) {
        let (x, y) = (at.of_low, at.of_high);
        (self.front(x, y) / (x * y), (self.alpha - 1.0) / x - (self.beta - 1.0) / y)
    }

    /// x^α y^β / B(α, β)
    fn front(self, x: f64, y: f64) -> f64 {
        let mean = self.mean();
        let rest = self.beta / (self.alpha + self.beta);
        (self.alpha * ln_ratio(x, mean) + self.beta * ln_ratio(y, rest) + self.ln_at_mean).exp()
    }

    /// The quantile where it is at or below the mean: Newton's method for ln I over ln x, which is nearly a line, within
    /// a bracket.
    fn lower_quantile(self, u: f64) -> f64 {
        let (a, b, ln_u) = (self.alpha, self.beta, u.ln());
        // Rounding may put the quantile a little above the mean, so the bracket ends a little above it too.
        let end = self.mean() + 1e-3 * self.mean().min(1.0 - self.mean());
        let (mut low, mut high) = (f64::NEG_INFINITY, end.ln());
        // I ≈ x^α / (α B) for small x.
        let ln_beta = a * self.mean().ln() + b * (b / (a + b)).ln() - self.ln_at_mean;
        let mut t = ((ln_u + a.ln() + ln_beta) / a).min(self.mean().ln());
        for _ in 0..100 {
            let x = t.exp();
            if x == 0.0 {
                return 0.0;
            }
            let (share, front) = self.lower(x, -t.exp_m1());
            let excess = share.ln() - ln_u;
            if excess > 0.0 {
                high = t;
            } else {
                low = t;
            }
            let next = t - excess * share * (1.0 - x) / front;
            if next > low && next < high {
                let moved = (next - t).abs();
                t = next;
                // The step after one of 1e-9 would be one of 1e-18.
                if moved < 1e-9 {
                    break;
                }
            } else {
                t = if low == f64::NEG_INFINITY { 2.0 * t - 1.0 } else { f64::midpoint(low, high) };
            }
        }
        t.exp()
    }
}

/// ln(x / reference) without loss where the two are close.
fn ln_ratio(x: f64, reference: f64) -> f64 {
    let apart = (x - reference) / reference;
    if apart.abs() < 0.5 { apart.ln_1p() } else { (x / reference).ln() }
}

/// What Stirling's formula leaves: ln Γ(z) − (z − ½) ln z + z − ½ ln 2π.
///
/// Source: NIST DLMF 5.11.1, below 12 with the recurrence Γ(z + 1) = z Γ(z).
fn stirling_rest(z: f64) -> f64 {
    let main = |z: f64| (z - 0.5) * z.ln() - z;
    if z < 12.0 {
        let steps = (12.0 - z).ceil();
        let (mut product, mut factor) = (1.0, z);
        while factor < z + steps - 0.5 {
            product *= factor;
            factor += 1.0;
        }
        return stirling_rest(z + steps) + main(z + steps) - main(z) - f64::ln(product);
    }
    let inverse = 1.0 / (z * z);
    let terms = [
        1.0 / 156.0,
        -691.0 / 360_360.0,
        1.0 / 1188.0,
        -1.0 / 1680.0,
        1.0 / 1260.0,
        -1.0 / 360.0,
        1.0 / 12.0,
    ];
    terms.iter().fold(0.0, |sum, term| sum * inverse + term) / z
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(alpha: f64, beta: f64, x: f64, expected: f64) {
        let found = BetaLaw::new(alpha, beta).cdf(x, 1.0 - x);
        assert!((found - expected).abs() <= 4e-14 * expected, "{found} is not {expected}");
    }

    #[test]
    fn shares_of_closed_forms() {
        // α = 1: 1 − (1 − x)^β. β = 1: x^α. α = β = ½: 2/π · asin √x.
        for x in [1e-12, 1e-3, 0.1, 0.5, 0.9, 0.999] {
            check(1.0, 1.0, x, x);
            check(3.0, 1.0, x, x * x * x);
            check(1.0, 2.5, x, -(2.5 * (-x).ln_1p()).exp_m1());
            check(0.5, 0.5, x, x.sqrt().asin() * std::f64::consts::FRAC_2_PI);
            check(2.0, 2.0, x, x * x * (3.0 - 2.0 * x));
        }
    }

    #[test]
    fn the_rest_of_stirling_by_hand() {
        // Γ(1) = 1, Γ(½) = √π.
        assert!((stirling_rest(1.0) - (1.0 - 0.5 * TAU.ln())).abs() < 1e-14);
        assert!((stirling_rest(0.5) - (0.5 - 0.5 * 2.0_f64.ln())).abs() < 1e-14);
    }

    /// mpmath 1.4.1 (40 digits): the root of betainc(α, β, 0, x, regularized=True) = u.
    #[track_caller]
    fn quantile(alpha: f64, beta: f64, u: f64, expected: f64) {
        let found = BetaLaw::new(alpha, beta).quantile(u).of_low;
        assert!((found - expected).abs() <= 1e-14 * expected, "{found} is not {expected}");
    }

    #[test]
    fn quantiles_of_mpmath() {
        quantile(2.5, 0.7, 0.01, 0.195_974_790_337_409_94);
        quantile(2.5, 0.7, 0.5, 0.841_502_178_841_483_9);
        quantile(2.5, 0.7, 0.99, 0.999_486_059_676_993_6);
        quantile(0.3, 0.4, 0.0001, 1.930_780_208_896_624e-13);
        quantile(0.3, 0.4, 0.3, 0.072_636_514_787_940_85);
        quantile(0.3, 0.4, 0.7, 0.744_520_964_809_103_5);
        quantile(1.8, 4.2, 1e-09, 2.909_596_334_830_158_5e-06);
        quantile(1.8, 4.2, 0.05, 0.058_977_387_611_817_25);
        quantile(1.8, 4.2, 0.5, 0.276_672_259_392_518_8);
        quantile(1.8, 4.2, 0.95, 0.621_276_724_016_190_3);
        quantile(50.0, 30.0, 0.1, 0.555_128_406_159_017_2);
        quantile(50.0, 30.0, 0.9, 0.693_509_223_208_060_9);
        quantile(300.0, 700.0, 0.001, 0.256_449_198_800_501_9);
        quantile(300.0, 700.0, 0.6, 0.303_546_855_853_575_1);
        quantile(1.0, 5.0, 0.3, 0.068_850_084_905_162_31);
        quantile(5.0, 1.0, 0.3, 0.786_003_085_596_622_8);
    }

    proptest! {
        #[test]
        fn the_share_at_a_quantile_is_the_share(
            alpha in 0.05..200.0_f64,
            beta in 0.05..200.0_f64,
            u in 1e-9..1.0_f64,
        ) {
            let law = BetaLaw::new(alpha, beta);
            let at = law.quantile(u);
            prop_assume!(at.of_low > 1e-300 && at.of_high > 1e-300);
            let back = law.cdf(at.of_low, at.of_high);
            prop_assert!((back - u).abs() < 1e-12 * u.max(0.1), "{} {}", back, u);
        }
    }
}
