//! Odd values, found by a declared rule and never changed.

use icf_units::{Panel, Quantity, Year};

use crate::Observed;

/// Hampel's identifier on logarithms: a value is odd when it lies more than `threshold` scaled median absolute
/// deviations, and at least a factor of `min_ratio`, from the median of the years around it.
///
/// Source: Davies & Gather 1993, J. Am. Stat. Assoc. 88; Pearson 2002, IEEE Trans. Control Syst. Technol. 10.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hampel {
    /// Years on each side.
    pub window: usize,
    /// Scaled median absolute deviations.
    pub threshold: f64,
    /// Least ratio to the median that counts.
    pub min_ratio: f64,
}

/// Makes the median absolute deviation of a normal law its standard deviation.
const MAD_TO_SIGMA: f64 = 1.482_602_218_505_602;

/// The odd cells of a panel, by region place and year. Zeros and gaps are passed over: they have no logarithm.
#[must_use]
pub fn hampel<Q: Quantity>(panel: &Panel<Observed<Q>>, rule: Hampel) -> Vec<(usize, Year)> {
    let mut odd = Vec::new();
    for region in 0..panel.axes().regions().len() {
        let logs: Vec<Option<f64>> = panel
            .row(region)
            .iter()
            .map(|cell| cell.map(|figure| figure.value.get()).filter(|value| *value > 0.0).map(f64::ln))
            .collect();
        for (place, year) in panel.axes().years().iter().enumerate() {
            let Some(value) = logs[place] else { continue };
            let window = &logs[place.saturating_sub(rule.window)..logs.len().min(place + rule.window + 1)];
            let around: Vec<f64> = window.iter().copied().flatten().collect();
            if around.len() < 4 {
                continue;
            }
            let centre = median(around.clone());
            let spread = MAD_TO_SIGMA * median(around.iter().map(|other| (other - centre).abs()).collect());
            let distance = (value - centre).abs();
            if distance > rule.threshold * spread && distance > rule.min_ratio.ln() {
                odd.push((region, year));
            }
        }
    }
    odd
}

/// The middle of some finite values.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}

#[cfg(test)]
mod tests {
    use icf_units::{Axes, FuelQuantity, Quality, RegionId, YearRange};

    use super::*;

    #[track_caller]
    fn check(values: &[f64], expected: &[i32]) {
        let last = 2000 + i32::try_from(values.len()).unwrap() - 1;
        let years = YearRange::new(Year::new(2000), Year::new(last)).unwrap();
        let axes = Axes::new(vec![RegionId::new("a")], years);
        let panel = Panel::from_fn(&axes, |_, year| {
            let value = FuelQuantity::new(values[years.index(year).unwrap()]);
            Some(Observed { value, quality: Quality::Direct })
        });
        let odd = hampel(&panel, Hampel { window: 3, threshold: 3.0, min_ratio: 2.0 });
        assert_eq!(odd.iter().map(|(_, year)| year.get()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_drop_to_a_twentieth_is_odd_and_growth_is_not() {
        check(&[100.0, 105.0, 110.0, 5.0, 120.0, 125.0, 131.0], &[2003]);
        check(&[100.0, 120.0, 144.0, 173.0, 207.0, 249.0], &[]);
        check(&[100.0, 100.0, 100.0, 150.0, 100.0, 100.0], &[]);
        check(&[0.0, 0.0, 0.0, 3.0], &[]);
    }
}
