//! Where one trajectory rises above another.

use icf_units::Year;

/// The years in which `value` is above `level` and was not in the year before.
///
/// A value that is above from the first year on has not crossed; a gap hides what happened in it.
pub(crate) fn crossings(value: &[(Year, Option<f64>)], level: &[(Year, Option<f64>)]) -> Vec<Year> {
    let above: Vec<(Year, bool)> = value
        .iter()
        .filter_map(|&(year, value)| {
            let level = level.iter().find(|(other, _)| *other == year)?.1?;
            Some((year, value? > level))
        })
        .collect();
    above.windows(2).filter(|pair| !pair[0].1 && pair[1].1).map(|pair| pair[1].0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[f64], expected: &[i32]) {
        let at = |index: usize| Year::new(2000 + i32::try_from(index).unwrap());
        let series = |values: &[f64]| -> Vec<_> {
            values.iter().enumerate().map(|(index, value)| (at(index), Some(*value))).collect()
        };
        let years: Vec<_> = crossings(&series(values), &series(&[1.0; 5])).iter().map(|y| y.get()).collect();
        assert_eq!(years, expected);
    }

    #[test]
    fn every_rise_above_the_level_counts() {
        check(&[0.5, 0.9, 1.1, 0.8, 1.2], &[2002, 2004]);
        check(&[1.5, 1.9, 1.1, 1.1, 1.2], &[]);
        check(&[0.5, 1.0, 1.0, 1.0, 1.0], &[]);
    }
}
