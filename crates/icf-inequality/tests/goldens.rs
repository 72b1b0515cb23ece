//! Income of 48 states of the US, held against PySAL's inequality.
#![expect(clippy::unwrap_used, reason = "a test may panic, and reads what was written")]

use icf_inequality::{gini, gini_by_group, theil_l, theil_l_by_group, theil_t, theil_t_by_group};

/// Rows of a file, without comments and header.
fn rows(text: &'static str) -> Vec<Vec<f64>> {
    let numbers = |line: &str| line.split(',').map(|value| value.parse().unwrap()).collect();
    text.lines().filter(|line| !line.starts_with('#')).skip(1).map(numbers).collect()
}

fn column(place: usize) -> Vec<f64> {
    rows(include_str!("data/us_income.csv")).iter().map(|row| row[place]).collect()
}

#[track_caller]
fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found} is not {expected}");
}

#[test]
fn incomes_of_states() {
    let groups: Vec<String> = column(1).iter().map(f64::to_string).collect();
    let weights = column(2);
    for row in rows(include_str!("data/inequality.csv")) {
        let [year, weighted, theil, between, within, of_gini] = row.try_into().unwrap();
        let place = [1929.0, 1969.0, 2009.0].iter().position(|known| *known == year).unwrap();
        let values = column(3 + place);
        let weights = (weighted > 0.0).then_some(weights.as_slice());
        close(theil_t(&values, weights).unwrap(), theil);
        close(gini(&values, weights).unwrap(), of_gini);
        let found = theil_t_by_group(&values, weights, &groups).unwrap();
        close(found.total, theil);
        close(found.between, between);
        close(found.within, within);
        let found = gini_by_group(&values, weights, &groups).unwrap();
        close(found.total, of_gini);
        close(found.within + found.between + found.overlap, of_gini);
        let found = theil_l_by_group(&values, weights, &groups).unwrap().unwrap();
        close(found.within + found.between, theil_l(&values, weights).unwrap().unwrap());
    }
}
