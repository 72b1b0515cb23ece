//! Filling of gaps, by a declared policy only.

use icf_units::{Panel, Quality, Quantity, Year, YearRange};

use crate::Observed;

/// How a gap is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapPolicy {
    /// Not at all.
    None,
    /// On the straight line between the neighbouring figures; gaps at the ends stay.
    Linear,
    /// With the figure of the nearest year, the earlier one of two.
    Nearest,
}

/// A cell that was filled, and from which years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Place of the region in the panel.
    pub region: usize,
    /// Year of the cell.
    pub year: Year,
    /// The year, or the first of the two years, that it was filled from.
    pub from: Year,
    /// The second year of an interpolation.
    pub to: Option<Year>,
}

/// Cuts a panel to `years` and fills its gaps there. Figures outside `years` serve as neighbours too.
///
/// Filled cells carry the flag [`Quality::Estimate`] and are listed, by region and year.
#[must_use]
pub fn fill<Q: Quantity>(
    panel: &Panel<Observed<Q>>,
    years: YearRange,
    policy: GapPolicy,
) -> (Panel<Observed<Q>>, Vec<Filled>) {
    let mut filled = Vec::new();
    let axes = panel.axes().with_years(years);
    let full = Panel::from_fn(&axes, |region, year| {
        if let Some(figure) = panel.get(region, year) {
            return Some(figure);
        }
        let known = || {
            panel
                .axes()
                .years()
                .iter()
                .zip(panel.row(region))
                .filter_map(|(at, cell)| Some((at, (*cell)?.value.get())))
        };
        let before = known().take_while(|(at, _)| *at < year).last();
        let after = known().find(|(at, _)| *at > year);
        let (value, from, to) = match (policy, before, after) {
            (GapPolicy::Linear, Some((left, a)), Some((right, b))) => {
                let along = f64::from(year.since(left)) / f64::from(right.since(left));
                (a + (b - a) * along, left, Some(right))
            }
            (GapPolicy::Nearest, Some((left, a)), Some((right, b))) => {
                if year.since(left) <= right.since(year) { (a, left, None) } else { (b, right, None) }
            }
            (GapPolicy::Nearest, Some((at, value)), None) | (GapPolicy::Nearest, None, Some((at, value))) => {
                (value, at, None)
            }
            _ => return None,
        };
        filled.push(Filled { region, year, from, to });
        Some(Observed { value: Q::new(value), quality: Quality::Estimate })
    });
    (full, filled)
}

#[cfg(test)]
mod tests {
    use icf_units::{Axes, FuelQuantity, RegionId};

    use super::*;

    #[track_caller]
    fn check(policy: GapPolicy, given: &[Option<f64>], expected: &[Option<f64>], cells: usize) {
        let last = 2000 + i32::try_from(given.len()).unwrap() - 1;
        let years = YearRange::new(Year::new(2000), Year::new(last)).unwrap();
        let axes = Axes::new(vec![RegionId::new("a")], years);
        let panel = Panel::from_fn(&axes, |_, year| {
            let value = given[years.index(year).unwrap()]?;
            Some(Observed { value: FuelQuantity::new(value), quality: Quality::Direct })
        });
        let (full, filled) = fill(&panel, years, policy);
        let values: Vec<_> = full.row(0).iter().map(|cell| cell.map(|figure| figure.value.get())).collect();
        assert_eq!(values, expected);
        assert_eq!(filled.len(), cells);
    }

    const N: Option<f64> = None;

    #[test]
    fn policies() {
        let gap = [N, Some(1.0), N, N, Some(4.0), N];
        check(GapPolicy::None, &gap, &gap, 0);
        check(GapPolicy::Linear, &gap, &[N, Some(1.0), Some(2.0), Some(3.0), Some(4.0), N], 2);
        let nearest = [1.0, 1.0, 1.0, 4.0, 4.0, 4.0].map(Some);
        check(GapPolicy::Nearest, &gap, &nearest, 4);
        check(GapPolicy::Nearest, &[N, N], &[N, N], 0);
        check(GapPolicy::Nearest, &[Some(1.0), N, Some(2.0)], &[1.0, 1.0, 2.0].map(Some), 1);
    }
}
