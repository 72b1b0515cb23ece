//! Scales from values to places, and the round values at which they are ticked.

/// A linear or logarithmic scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    logarithmic: bool,
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// A linear scale over exactly these values; equal ends are moved apart.
    pub(crate) fn exact(low: f64, high: f64, from: f64, to: f64) -> Self {
        let (low, high) = if high > low { (low, high) } else { (low - 0.5, high + 0.5) };
        Self { logarithmic: false, low, high, from, to }
    }

    /// A linear scale that ends on round values around these.
    pub(crate) fn round(low: f64, high: f64, from: f64, to: f64) -> Self {
        let (low, high) = if high > low { (low, high) } else { (low - 0.5, high + 0.5) };
        let step = round_step((high - low) / 5.0);
        Self::exact((low / step).floor() * step, (high / step).ceil() * step, from, to)
    }

    /// A logarithmic scale over values above zero.
    pub(crate) fn logarithmic(low: f64, high: f64, from: f64, to: f64) -> Self {
        let (low, high) = if high > low { (low, high) } else { (low / 2.0, high * 2.0) };
        Self { logarithmic: true, low, high, from, to }
    }

    /// The place of a value.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let share = if self.logarithmic {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + share * (self.to - self.from)
    }

    /// The lowest and the highest value.
    pub(crate) fn range(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// Whether equal ratios are equal ways.
    pub(crate) fn is_logarithmic(&self) -> bool {
        self.logarithmic
    }

    /// The place of the lowest value.
    pub(crate) fn from(&self) -> f64 {
        self.from
    }

    /// The place of the highest value.
    pub(crate) fn to(&self) -> f64 {
        self.to
    }

    /// About `count` round values within the scale, with the decimals they need.
    pub(crate) fn ticks(&self, count: f64) -> (Vec<f64>, usize) {
        if self.logarithmic {
            return self.logarithmic_ticks();
        }
        let step = round_step((self.high - self.low) / count);
        let slack = step * 1e-6;
        let mut ticks = Vec::new();
        let mut index = ((self.low - slack) / step).ceil();
        while index * step <= self.high + slack {
            ticks.push(index * step);
            index += 1.0;
        }
        (ticks, decimals(step))
    }

    /// 1, 2 and 5 times the powers of ten, or the powers alone where the scale is long.
    fn logarithmic_ticks(&self) -> (Vec<f64>, usize) {
        let long = (self.high / self.low).log10() > 2.5;
        let mut ticks = Vec::new();
        for exponent in -12..=12 {
            let power = 10_f64.powi(exponent);
            let leads: &[f64] = if long { &[1.0] } else { &[1.0, 2.0, 5.0] };
            ticks.extend(leads.iter().map(|lead| lead * power));
        }
        ticks.retain(|&tick| tick >= self.low * (1.0 - 1e-9) && tick <= self.high * (1.0 + 1e-9));
        let digits = ticks.first().map_or(0, |&tick| decimals(tick));
        (ticks, digits)
    }
}

/// The smallest of 1, 2, 2.5, 5 × 10ⁿ that is no smaller than a step.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let lead = step / power;
    let rounded =
        [1.0, 2.0, 2.5, 5.0].into_iter().find(|candidate| lead <= candidate * (1.0 + 1e-9)).unwrap_or(10.0);
    rounded * power
}

/// Decimals that a round step needs.
fn decimals(step: f64) -> usize {
    let whole = |places: u8| {
        let scaled = step * 10_f64.powi(i32::from(places));
        scaled >= 0.5 && (scaled - scaled.round()).abs() < 1e-6 * scaled
    };
    (0..9).find(|&places| whole(places)).map_or(9, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(low: f64, high: f64, expected: &[f64], decimals: usize) {
        let (ticks, digits) = Scale::exact(low, high, 0.0, 100.0).ticks(5.0);
        assert_eq!(ticks.len(), expected.len(), "{ticks:?}");
        for (tick, expected) in ticks.iter().zip(expected) {
            assert!((tick - expected).abs() < 1e-9, "{ticks:?}");
        }
        assert_eq!(digits, decimals);
    }

    #[test]
    fn ticks_are_round() {
        check(0.0, 1.0, &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0], 1);
        check(-0.3, 0.5, &[-0.2, 0.0, 0.2, 0.4], 1);
        check(0.0, 1.25, &[0.0, 0.25, 0.5, 0.75, 1.0, 1.25], 2);
        check(0.0, 1.5, &[0.0, 0.5, 1.0, 1.5], 1);
        check(0.0, 1200.0, &[0.0, 250.0, 500.0, 750.0, 1000.0], 0);
        check(7.0, 7.0, &[6.6, 6.8, 7.0, 7.2, 7.4], 1);
    }

    #[test]
    fn a_logarithmic_scale_ticks_its_decades() {
        let scale = Scale::logarithmic(1.0, 100.0, 0.0, 10.0);
        assert!((scale.at(10.0) - 5.0).abs() < 1e-12);
        assert_eq!(scale.ticks(5.0).0.len(), 7);
    }

    #[test]
    fn round_ends_hold_the_values() {
        let scale = Scale::round(0.13, 0.97, 0.0, 1.0);
        assert_eq!((scale.low, scale.high), (0.0, 1.0));
    }
}
