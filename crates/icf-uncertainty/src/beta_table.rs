//! Quantiles of a beta law, found once and read many times.

use std::sync::Arc;

use crate::beta_law::BetaLaw;
use crate::normal::{normal_cdf, normal_quantile};

/// The quantile function of a beta law over the normal deviate z of its argument, x(z) = I⁻¹(Φ(z)), as a quintic in each cell
/// that has the right value, slope and curvature at both ends.
///
/// Over z it is smooth up to the ends, where over the probability it is a root. With
/// f the density, x′ = φ(z)/f(x) and x″ = −x′ (z + x′ f′(x)/f(x)). The error of a cell is its sixth derivative times
/// h⁶/46080, h = 1/64: about 1e-14 of a standard deviation. A law whose quantiles bend more than that has no table: every
/// eighth cell is held against the solution in its middle.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BetaTable {
    /// Value, slope · h and curvature · h² at each knot.
    knots: Arc<[[f64; 3]]>,
}

/// Cells for each unit of z.
const PER_UNIT: f64 = 64.0;
/// The table goes from −REACH to REACH: to probabilities of 1e-16.
const REACH: f64 = 8.25;
const CELLS: u32 = 1056;
/// How far off a cell may be: so much of the range, and of a standard deviation.
const WITHIN: (f64, f64) = (2e-15, 1e-13);

impl BetaTable {
    /// None where the law bends too much.
    pub(crate) fn new(law: BetaLaw) -> Option<Self> {
        let knots: Arc<[[f64; 3]]> =
            (0..=CELLS).map(|knot| at_knot(law, f64::from(knot) / PER_UNIT - REACH)).collect();
        let table = Self { knots };
        let is_right = |cell| {
            let z = (f64::from(cell) + 0.5) / PER_UNIT - REACH;
            let exact = law.quantile_between(normal_cdf(z), normal_cdf(-z)).of_low;
            let off = (table.read(z)? - exact).abs();
            Some(off <= WITHIN.0 + WITHIN.1 * law.sd())
        };
        (0..CELLS).step_by(8).all(|cell| is_right(cell) == Some(true)).then_some(table)
    }

    /// The quantile at a probability, if the table reaches so far.
    #[inline]
    pub(crate) fn quantile(&self, u: f64) -> Option<f64> {
        self.read(normal_quantile(u))
    }

    #[inline]
    fn read(&self, z: f64) -> Option<f64> {
        let along = (z + REACH) * PER_UNIT;
        if along < 0.0 {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "beyond the table it is no place in it")]
        let cell = along as usize;
        let [[x, dx, ddx], [to, dto, ddto]] = self.knots.get(cell..cell + 2)?.try_into().ok()?;
        let (s, rise) = (along - cell as f64, to - x);
        let third = 10.0 * rise - 6.0 * dx - 4.0 * dto - 1.5 * ddx + 0.5 * ddto;
        let fourth = -15.0 * rise + 8.0 * dx + 7.0 * dto + 1.5 * ddx - ddto;
        let fifth = 6.0 * rise - 3.0 * (dx + dto) - 0.5 * (ddx - ddto);
        Some(x + s * (dx + s * (0.5 * ddx + s * (third + s * (fourth + s * fifth)))))
    }
}

fn at_knot(law: BetaLaw, z: f64) -> [f64; 3] {
    let share = law.quantile_between(normal_cdf(z), normal_cdf(-z));
    let (density, log_slope) = law.density(share);
    let normal_density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
    let slope = normal_density / density;
    let curvature = -slope * (z + slope * log_slope);
    [share.of_low, slope / PER_UNIT, curvature / (PER_UNIT * PER_UNIT)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn laws_of_experts_have_tables_and_extreme_ones_have_none() {
        for mode in [0.0, 0.1, 0.5, 0.99, 1.0] {
            assert!(BetaTable::new(BetaLaw::new(1.0 + 4.0 * mode, 5.0 - 4.0 * mode)).is_some(), "{mode}");
        }
        assert!(BetaTable::new(BetaLaw::new(300.0, 700.0)).is_some());
        assert!(BetaTable::new(BetaLaw::new(0.01, 0.01)).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn what_is_read_is_the_solution(
            alpha in 0.5..60.0_f64,
            beta in 0.5..60.0_f64,
            shares in prop::collection::vec(1e-12..1.0_f64, 50),
        ) {
            let law = BetaLaw::new(alpha, beta);
            let table = BetaTable::new(law).expect("the law is smooth");
            for u in shares {
                let (read, exact) = (table.quantile(u).unwrap(), law.quantile(u).of_low);
                prop_assert!((read - exact).abs() <= WITHIN.0 + WITHIN.1 * law.sd(), "{}: {} {}", u, read, exact);
            }
        }
    }
}
