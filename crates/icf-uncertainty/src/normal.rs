//! The normal law, to the last digits.

/// Φ(z), the probability that a standard normal deviate lies below `z`.
///
/// ```
/// assert_eq!(icf_uncertainty::normal_cdf(0.0), 0.5);
/// assert!((icf_uncertainty::normal_cdf(1.96) - 0.975_002_104_851_780).abs() < 1e-15);
/// ```
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// Φ⁻¹(u) for `u` in (0, 1); about 1 part in 10¹⁶ (Wichura 1988, Algorithm AS 241, PPND16).
///
/// ```
/// assert_eq!(icf_uncertainty::normal_quantile(0.5), 0.0);
/// assert!((icf_uncertainty::normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-15);
/// ```
#[must_use]
pub fn normal_quantile(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.425_f64.mul_add(0.425, -(q * q));
        return q * horner(r, &CENTRE.0) / horner(r, &CENTRE.1);
    }
    let tail = if q < 0.0 { u } else { 1.0 - u };
    let r = (-tail.ln()).sqrt();
    let (top, bottom, from) = if r <= 5.0 { (&MIDDLE.0, &MIDDLE.1, 1.6) } else { (&FAR.0, &FAR.1, 5.0) };
    let z = horner(r - from, top) / horner(r - from, bottom);
    if q < 0.0 { -z } else { z }
}

fn horner(x: f64, coefficients: &[f64; 8]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

type Rational = ([f64; 8], [f64; 8]);

/// Coefficients of numerator and denominator, ascending, for |u − ½| ≤ 0.425.
const CENTRE: Rational = (
    [
        3.387_132_872_796_366_5,
        1.331_416_678_917_843_8e2,
        1.971_590_950_306_551_3e3,
        1.373_169_376_550_946e4,
        4.592_195_393_154_987e4,
        6.726_577_092_700_87e4,
        3.343_057_558_358_813e4,
        2.509_080_928_730_122_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091e1,
        6.871_870_074_920_579e2,
        5.394_196_021_424_751e3,
        2.121_379_430_158_659_7e4,
        3.930_789_580_009_271e4,
        2.872_908_573_572_194_3e4,
        5.226_495_278_852_854e3,
    ],
);
/// For √(−ln of the tail) up to 5.
const MIDDLE: Rational = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_8e-9,
    ],
);
/// And beyond.
const FAR: Rational = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        5.998_322_065_558_88e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(u: f64, expected: f64) {
        let got = normal_quantile(u);
        assert!((got - expected).abs() <= 4e-16 * expected.abs(), "{u}: {got} not {expected}");
    }

    /// Roots of the normal law in 40 digits, by mpmath 1.3.
    #[test]
    fn known_quantiles() {
        check(1e-300, -37.0470962993612);
        check(1e-100, -21.273453560965326);
        check(1e-20, -9.262340089798407);
        check(1e-09, -5.9978070150076865);
        check(1e-05, -4.264890793922825);
        check(0.001, -3.0902323061678136);
        check(0.02425, -1.972961051311885);
        check(0.075, -1.439531470938456);
        check(0.2, -0.8416212335729142);
        check(0.42, -0.20189347914185088);
        check(0.6, 0.2533471031357997);
        check(0.9, 1.2815515655446006);
        check(0.975, 1.9599639845400538);
        check(0.999, 3.090232306167813);
        check(0.9999999, 5.199337582290661);
    }

    proptest! {
        #[test]
        fn the_quantile_undoes_the_probability(z in -8.0..5.0_f64) {
            prop_assert!((normal_quantile(normal_cdf(z)) - z).abs() < 1e-9);
        }
    }
}
