//! What goes with an answer, in draws that are there anyway.

use super::columns;

/// How an input and an output go together by their ranks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankCorrelation {
    /// Spearman's ρ.
    pub spearman: f64,
    /// The correlation of what is left of both ranks once the ranks of the other inputs are taken out in a line. None where
    /// nothing is left of either, or the inputs decide each other.
    pub partial: Option<f64>,
}

/// The rank correlations of each input with each output over some points: first by output, then by input. Equal values share
/// their mean rank. None where an input or an output does not vary, or is not finite.
///
/// With R the correlations of the ranks of the inputs, c those with the output, and b = R⁻¹ c, the partial one is
/// b_i / √(b_i² + (1 − cᵀb) (R⁻¹)_ii).
///
/// Source: Saltelli & Marivoet 1990, Non-parametric statistics in sensitivity analysis for model output, Reliability
/// Engineering & System Safety 28(2).
///
/// ```
/// # use icf_uncertainty::sensitivity::rank::correlations;
/// let points: [Vec<f64>; 4] = [[0.1, 0.5], [0.4, 0.2], [0.6, 0.9], [0.9, 0.3]].map(Vec::from);
/// let outputs: Vec<Vec<f64>> = points.iter().map(|u| vec![u[0] * u[0] * u[0]]).collect();
/// let found = correlations(&points, &outputs)[0][1].unwrap();
/// // Ranks 0 1 2 3 and 2 0 3 1: 1 − 6 · 10 / (4 · 15).
/// assert!(found.spearman.abs() < 1e-15);
/// ```
///
/// # Panics
/// When the rows of outputs are not as many as the points.
#[must_use]
pub fn correlations(points: &[Vec<f64>], outputs: &[Vec<f64>]) -> Vec<Vec<Option<RankCorrelation>>> {
    let inputs: Vec<Option<Vec<f64>>> =
        columns(points, points.len()).iter().map(|values| standard_ranks(values)).collect();
    // Inputs that do not vary take no part.
    let varying: Vec<usize> = (0..inputs.len()).filter(|input| inputs[*input].is_some()).collect();
    let ranks: Vec<&Vec<f64>> = inputs.iter().flatten().collect();
    let among = ranks.iter().map(|a| ranks.iter().map(|b| product(a, b)).collect()).collect();
    let inverse = inverse(among);
    let of_output = |answers: &Vec<f64>| {
        let mut found = vec![None; inputs.len()];
        let Some(answer) = standard_ranks(answers) else { return found };
        let with: Vec<f64> = ranks.iter().map(|ranks| product(ranks, &answer)).collect();
        let partial = inverse.as_ref().map(|inverse| partials(inverse, &with));
        for (place, &input) in varying.iter().enumerate() {
            let partial = partial.as_ref().and_then(|partial| partial[place]);
            found[input] = Some(RankCorrelation { spearman: with[place].clamp(-1.0, 1.0), partial });
        }
        found
    };
    columns(outputs, points.len()).iter().map(of_output).collect()
}

/// What is this small beside 1 is rounding.
const ROUNDING: f64 = 1e-10;

fn partials(inverse: &[Vec<f64>], with: &[f64]) -> Vec<Option<f64>> {
    let b: Vec<f64> = inverse.iter().map(|row| product(row, with)).collect();
    let unexplained = 1.0 - product(&b, with);
    let unexplained = if unexplained < ROUNDING { 0.0 } else { unexplained };
    let partial = |place: usize| {
        let own = if b[place].abs() < ROUNDING { 0.0 } else { b[place] };
        let size = (own * own + unexplained * inverse[place][place]).sqrt();
        (size > 0.0).then(|| own / size)
    };
    (0..b.len()).map(partial).collect()
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Ranks less their mean, over their length: the product of two is their correlation. None where the values do not vary.
fn standard_ranks(values: &[f64]) -> Option<Vec<f64>> {
    if !values.iter().all(|value| value.is_finite()) {
        return None;
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mean = (values.len() as f64 - 1.0) / 2.0;
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    for ties in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let rank = first as f64 + (ties.len() as f64 - 1.0) / 2.0;
        ties.iter().for_each(|place| ranks[*place] = rank - mean);
        first += ties.len();
    }
    let length = product(&ranks, &ranks).sqrt();
    (length > 0.0).then(|| ranks.into_iter().map(|rank| rank / length).collect())
}

/// The inverse of a matrix of correlations by Gauss–Jordan elimination; None where it has none.
fn inverse(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    for (place, row) in matrix.iter_mut().enumerate() {
        row.extend((0..size).map(|column| f64::from(u8::from(column == place))));
    }
    for pivot in 0..size {
        // A positive definite matrix needs no exchange of rows.
        let scale = matrix[pivot][pivot];
        if scale < ROUNDING {
            return None;
        }
        matrix[pivot].iter_mut().for_each(|entry| *entry /= scale);
        let row = matrix[pivot].clone();
        for (place, other) in matrix.iter_mut().enumerate() {
            let factor = other[pivot];
            if place != pivot && factor != 0.0 {
                other.iter_mut().zip(&row).for_each(|(entry, own)| *entry -= factor * own);
            }
        }
    }
    Some(matrix.into_iter().map(|row| row[size..].to_vec()).collect())
}

#[cfg(test)]
mod tests {
    use super::super::test_functions::{kronecker, run};
    use super::*;
    use crate::{Design, Sampling};
    use proptest::prelude::*;

    fn draws(count: u64, inputs: usize) -> Vec<Vec<f64>> {
        let names: Vec<String> = (0..inputs).map(|input| input.to_string()).collect();
        let design = Design::new(Sampling::Plain, &names, count, 0, 3).unwrap();
        (0..count)
            .map(|index| {
                let mut point = vec![0.0; inputs];
                design.fill(index, &mut point);
                point
            })
            .collect()
    }

    #[test]
    fn monotone_answers_are_wholly_correlated() {
        let points = draws(50, 2);
        let found = correlations(&points, &run(&points, &[|u| u[0].exp(), |u| -u[1].powi(5)]));
        let up = found[0][0].unwrap();
        assert!((up.spearman - 1.0).abs() < 1e-14 && up.partial == Some(1.0), "{up:?}");
        assert!((found[1][1].unwrap().spearman + 1.0).abs() < 1e-14);
        // Nothing of the output is left for the other input.
        assert_eq!(found[0][1].unwrap().partial, None);
    }

    #[test]
    fn what_does_not_vary_has_no_correlation() {
        let mut points = draws(20, 3);
        points.iter_mut().for_each(|point| point[1] = 0.5);
        let found = correlations(&points, &run(&points, &[|u| u[0] + u[2], |_| 2.0, |u| u[0] / 0.0]));
        assert!(found[0][0].is_some() && found[0][1].is_none() && found[0][2].unwrap().partial.is_some());
        assert_eq!(found[1], [None; 3]);
        assert_eq!(found[2], [None; 3]);
    }

    #[test]
    fn inputs_that_decide_each_other_have_no_partial_correlation() {
        let mut points = draws(20, 2);
        points.iter_mut().for_each(|point| point[1] = 1.0 - point[0]);
        let found = correlations(&points, &run(&points, &[|u| u[0]]));
        assert!((found[0][1].unwrap().spearman + 1.0).abs() < 1e-14);
        assert_eq!(found[0][1].unwrap().partial, None);
    }

    /// scipy 1.17.1, stats.spearmanr; numpy 2.4.6, correlations of the residuals of linalg.lstsq on the other ranks.
    #[test]
    fn correlations_of_scipy() {
        let mut points = kronecker(40, 3);
        // Some values are equal.
        points.iter_mut().for_each(|point| point[1] = (point[1] * 8.0).floor() / 8.0);
        let found = correlations(&points, &run(&points, &[|u| u[0] + 2.0 * u[1] * u[2]]));
        let expected = [
            (0.746_529_080_675_422_3, 0.892_195_996_936_232),
            (0.412_110_080_108_945_06, 0.818_087_319_409_536_3),
            (0.576_547_842_401_501, 0.792_853_744_218_814_8),
        ];
        for (found, (spearman, partial)) in found[0].iter().zip(expected) {
            let found = found.unwrap();
            assert!((found.spearman - spearman).abs() < 1e-13, "{found:?}");
            assert!((found.partial.unwrap() - partial).abs() < 1e-12, "{found:?}");
        }
    }

    proptest! {
        #[test]
        fn a_rising_change_of_scale_moves_nothing(seed in 0_usize..1000) {
            let points: Vec<Vec<f64>> = draws(1030, 3)[seed..seed + 30].to_vec();
            let functions: [fn(&[f64]) -> f64; 2] =
                [|u| u[0] + u[1] * u[2], |u| ((u[0] + u[1] * u[2]) * 3.0).exp()];
            let found = correlations(&points, &run(&points, &functions));
            prop_assert_eq!(&found[0], &found[1]);
        }
    }
}
