//! The standard normal law.

/// Numerator and denominator of a rational function, the highest power first.
fn ratio<const N: usize, const M: usize>(numerator: [f64; N], denominator: [f64; M], x: f64) -> f64 {
    let value =
        |coefficients: &[f64]| coefficients.iter().fold(0.0, |sum, coefficient| sum * x + coefficient);
    value(&numerator) / value(&denominator)
}

/// The z with Φ(z) = `p`, for `p` in (0, 1); −∞ at 0 and ∞ at 1.
///
/// Relative error about 1e-16 (measured: 4e-16). Source: Wichura 1988, Algorithm AS 241 (PPND16), Applied Statistics
/// 37(3).
///
/// ```
/// # use icf_uncertainty::normal_quantile;
/// assert_eq!(normal_quantile(0.5), 0.0);
/// assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-15);
/// ```
#[must_use]
#[inline]
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(CENTRE.0, CENTRE.1, 0.180_625 - q * q);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return f64::INFINITY.copysign(q);
    }
    let r = (-tail.ln()).sqrt();
    let z = if r <= 5.0 { ratio(SHOULDER.0, SHOULDER.1, r - 1.6) } else { ratio(TAIL.0, TAIL.1, r - 5.0) };
    z.copysign(q)
}

/// Φ(z), the share of a standard normal law at or below `z`.
///
/// Relative error below 1e-15 for |z| < 5 and 1e-14 in the far tail, where it does not come to 0 before z = −38.
/// Source: Cody 1969, Rational Chebyshev approximations for the error function, Math. Comp. 23, in the form of Cody
/// 1993, Algorithm 715, ACM TOMS 19(1). (The erfc of statrs 0.19 is off by 4e-11.)
///
/// ```
/// # use icf_uncertainty::normal_cdf;
/// assert_eq!(normal_cdf(0.0), 0.5);
/// assert!((normal_cdf(-1.959_963_984_540_054) - 0.025).abs() < 2e-17);
/// ```
#[must_use]
#[inline]
pub fn normal_cdf(z: f64) -> f64 {
    let size = z.abs();
    if size <= 0.674_489_75 {
        return 0.5 + z * ratio(CDF_CENTRE.0, CDF_CENTRE.1, z * z);
    }
    let scaled = if size <= SHOULDER_END {
        ratio(CDF_SHOULDER.0, CDF_SHOULDER.1, size)
    } else if size < 40.0 {
        let inverse = 1.0 / (z * z);
        (FRAC_1_SQRT_2PI - inverse * ratio(CDF_TAIL.0, CDF_TAIL.1, inverse)) / size
    } else {
        0.0
    };
    // exp(−z²/2) in two factors, of which the first is exact in its argument.
    let coarse = (size * 16.0).trunc() / 16.0;
    let tail = (-coarse * coarse * 0.5).exp() * (-(size - coarse) * (size + coarse) * 0.5).exp() * scaled;
    if z < 0.0 { tail } else { 1.0 - tail }
}

/// √32, where Cody's second region ends.
const SHOULDER_END: f64 = 5.656_854_249_492_381;
const FRAC_1_SQRT_2PI: f64 = 0.398_942_280_401_432_7;

const CENTRE: ([f64; 8], [f64; 8]) = (
    [
        2.509_080_928_730_122_7e3,
        3.343_057_558_358_813e4,
        6.726_577_092_700_87e4,
        4.592_195_393_154_987e4,
        1.373_169_376_550_946e4,
        1.971_590_950_306_551_3e3,
        1.331_416_678_917_843_8e2,
        3.387_132_872_796_366_5,
    ],
    [
        5.226_495_278_852_854e3,
        2.872_908_573_572_194_3e4,
        3.930_789_580_009_271e4,
        2.121_379_430_158_659_7e4,
        5.394_196_021_424_751e3,
        6.871_870_074_920_579e2,
        4.231_333_070_160_091e1,
        1.0,
    ],
);
const SHOULDER: ([f64; 8], [f64; 8]) = (
    [
        7.745_450_142_783_414e-4,
        2.272_384_498_926_918_4e-2,
        2.417_807_251_774_506e-1,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ],
    [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        1.519_866_656_361_645_7e-2,
        1.481_039_764_274_800_8e-1,
        6.897_673_349_851e-1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
);
const TAIL: ([f64; 8], [f64; 8]) = (
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        1.242_660_947_388_078_4e-3,
        2.653_218_952_657_612_4e-2,
        2.965_605_718_285_048_7e-1,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ],
    [
        2.044_263_103_389_939_8e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        7.868_691_311_456_133e-4,
        1.487_536_129_085_061_5e-2,
        1.369_298_809_227_358e-1,
        5.998_322_065_558_88e-1,
        1.0,
    ],
);
const CDF_CENTRE: ([f64; 5], [f64; 5]) = (
    [
        6.568_233_791_820_745e-2,
        2.235_252_035_460_684,
        1.610_282_310_685_558_8e2,
        1.067_689_485_460_371e3,
        1.815_498_125_334_356e4,
    ],
    [
        1.0,
        4.720_258_190_468_824e1,
        9.760_985_517_377_767e2,
        1.026_093_220_861_897_8e4,
        4.550_778_933_502_673e4,
    ],
);
const CDF_SHOULDER: ([f64; 9], [f64; 9]) = (
    [
        1.076_557_677_372_019_2e-8,
        3.989_415_120_881_346_6e-1,
        8.883_149_794_388_377,
        9.350_665_613_217_785e1,
        5.972_702_763_948_002e2,
        2.494_537_585_290_372_6e3,
        6.848_190_450_536_283e3,
        1.160_265_143_764_735e4,
        9.842_714_838_383_978e3,
    ],
    [
        1.0,
        2.226_668_804_432_811_6e1,
        2.353_879_017_826_25e2,
        1.519_377_599_407_554_8e3,
        6.485_558_298_266_761e3,
        1.861_557_164_088_51e4,
        3.490_095_272_114_598e4,
        3.891_200_328_609_327e4,
        1.968_542_967_685_999e4,
    ],
);
const CDF_TAIL: ([f64; 6], [f64; 6]) = (
    [
        2.307_344_176_494_017_3e-2,
        2.158_985_340_579_57e-1,
        1.274_011_611_602_473_6e-1,
        2.223_527_787_064_980_7e-2,
        1.421_619_193_227_893_5e-3,
        2.911_287_495_116_879e-5,
    ],
    [
        1.0,
        1.284_260_096_144_911,
        4.682_382_124_808_651e-1,
        6.598_813_786_892_855e-2,
        3.782_396_332_027_582_4e-3,
        7.297_515_550_839_662e-5,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    /// mpmath 1.4.1 (50 digits): the root of erfc(-z/√2)/2 = p.
    #[track_caller]
    fn quantile(p: f64, expected: f64) {
        let found = normal_quantile(p);
        assert!((found - expected).abs() <= 4e-16 * expected.abs(), "{p}: {found} is not {expected}");
    }

    /// mpmath 1.4.1 (50 digits): erfc(-z/√2)/2.
    #[track_caller]
    fn cdf(z: f64, error: f64, expected: f64) {
        let found = normal_cdf(z);
        assert!((found - expected).abs() <= error * expected, "{z}: {found} is not {expected}");
    }

    #[test]
    fn quantiles_of_mpmath() {
        quantile(1e-300, -37.047_096_299_361_2);
        quantile(1e-100, -21.273_453_560_965_326);
        quantile(1e-20, -9.262_340_089_798_407);
        quantile(1e-12, -7.034_483_825_301_132);
        quantile(1.1e-11, -6.692_093_644_064_312);
        quantile(1.5e-11, -6.646_570_887_477_113);
        quantile(1e-06, -4.753_424_308_822_899);
        quantile(0.001, -3.090_232_306_167_813_6);
        quantile(0.02425, -1.972_961_051_311_885);
        quantile(0.0749, -1.440_238_267_527_963_7);
        quantile(0.0751, -1.438_825_392_752_54);
        quantile(0.1, -1.281_551_565_544_600_4);
        quantile(0.25, -0.674_489_750_196_081_7);
        quantile(0.4, -0.253_347_103_135_799_7);
        quantile(0.499, -0.002_506_630_899_571_766);
        quantile(0.500_000_1, 2.506_628_273_311_648e-07);
        quantile(0.6, 0.253_347_103_135_799_7);
        quantile(0.9, 1.281_551_565_544_600_6);
        quantile(0.93, 1.475_791_028_179_171);
        quantile(0.975, 1.959_963_984_540_053_8);
        quantile(0.999, 3.090_232_306_167_813);
        quantile(0.999_999, 4.753_424_308_817_087);
    }

    #[test]
    fn shares_of_mpmath() {
        cdf(-37.5, 1e-14, 4.605_353_009_581_955e-308);
        cdf(-20.0, 1e-14, 2.753_624_118_606_233_7e-89);
        cdf(-10.0, 1e-15, 7.619_853_024_160_525e-24);
        cdf(-6.0, 1e-15, 9.865_876_450_376_98e-10);
        cdf(-5.6, 1e-15, 1.071_759_025_831_093e-08);
        cdf(-4.0, 1e-15, 3.167_124_183_311_992_4e-05);
        cdf(-3.0, 1e-15, 0.001_349_898_031_630_094_6);
        cdf(-2.0, 1e-15, 0.022_750_131_948_179_21);
        cdf(-1.5, 1e-15, 0.066_807_201_268_858_07);
        cdf(-1.0, 1e-15, 0.158_655_253_931_457_05);
        cdf(-0.7, 1e-15, 0.241_963_652_223_073_03);
        cdf(-0.6744, 1e-15, 0.250_028_521_372_940_6);
        cdf(-0.5, 1e-15, 0.308_537_538_725_986_9);
        cdf(-0.1, 1e-15, 0.460_172_162_722_971);
        cdf(-1e-09, 1e-15, 0.499_999_999_601_057_73);
        cdf(0.3, 1e-15, 0.617_911_422_188_952_7);
        cdf(0.67, 1e-15, 0.748_571_104_904_689_9);
        cdf(0.68, 1e-15, 0.751_747_769_546_429_5);
        cdf(1.0, 1e-15, 0.841_344_746_068_542_9);
        cdf(2.5, 1e-15, 0.993_790_334_674_223_8);
        cdf(5.0, 1e-15, 0.999_999_713_348_428_1);
        cdf(6.0, 1e-15, 0.999_999_999_013_412_3);
        cdf(8.0, 1e-15, 0.999_999_999_999_999_3);
    }

    #[test]
    fn the_ends_are_infinite() {
        assert_eq!((normal_quantile(0.0), normal_quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
        assert_eq!((normal_cdf(-60.0), normal_cdf(60.0)), (0.0, 1.0));
    }

    proptest::proptest! {
        #[test]
        fn the_share_at_a_quantile_is_the_share(p in 1e-12..1.0_f64) {
            proptest::prop_assert!((normal_cdf(normal_quantile(p)) - p).abs() < 4e-15 * p);
        }
    }
}
