//! Inputs that go together: a Gaussian copula from rank correlations.

use std::f64::consts::PI;

use crate::normal::{normal_cdf, normal_quantile};

/// Correlations that no numbers can have.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("the correlations contradict each other: the least eigenvalue is {eigenvalue:.4}")]
pub struct CopulaError {
    /// The least eigenvalue of the matrix, which is below zero.
    pub eigenvalue: f64,
    /// The nearest rank correlations that go together (Higham 2002), in the rows of the matrix, to three digits: taken as they
    /// stand here, they are accepted.
    pub nearest: Vec<Vec<f64>>,
}

/// Turns independent uniform numbers into uniform numbers with given rank correlations.
///
/// The normal deviates behind them have the correlation 2 sin(πρ/6) for a rank correlation ρ (Pearson 1907), so that no sample
/// need be kept to be reordered.
///
/// ```
/// use icf_uncertainty::Copula;
/// let copula = Copula::new(&[vec![1.0, 1.0], vec![1.0, 1.0]])?;
/// let mut point = [0.3, 0.9];
/// copula.apply(&mut point);
/// assert!((point[0] - 0.3).abs() < 1e-15 && (point[1] - 0.3).abs() < 1e-15);
/// # Ok::<(), icf_uncertainty::CopulaError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Copula {
    /// The lower triangle, row by row.
    rows: Vec<Vec<f64>>,
}

/// An eigenvalue this far below zero is rounding.
const SLACK: f64 = 1e-10;

impl Copula {
    /// A copula with the rank correlations (Spearman's) of a symmetric matrix with ones on its diagonal.
    ///
    /// # Errors
    /// When no numbers can have them; the nearest that can are given.
    pub fn new(ranks: &[Vec<f64>]) -> Result<Self, CopulaError> {
        let normal = map(ranks, of_normal);
        let least = least_eigenvalue(&normal);
        if least < -SLACK {
            return Err(CopulaError {
                eigenvalue: least,
                nearest: to_be_written(&nearest_correlation(&normal)),
            });
        }
        Ok(Self { rows: cholesky(&normal) })
    }

    /// Uniform numbers in, correlated uniform numbers out, all in (0, 1).
    pub fn apply(&self, point: &mut [f64]) {
        let mut deviates = [0.0; 64];
        let count = point.len().min(self.rows.len());
        let mut spare = Vec::new();
        let deviates = if count <= deviates.len() {
            &mut deviates[..count]
        } else {
            spare.resize(count, 0.0);
            &mut spare[..]
        };
        for (deviate, uniform) in deviates.iter_mut().zip(&*point) {
            *deviate = normal_quantile(*uniform);
        }
        for (uniform, row) in point.iter_mut().zip(&self.rows) {
            // An input that goes with none before it keeps its number to the last digit.
            if row.iter().rev().skip(1).all(|weight| *weight == 0.0) {
                continue;
            }
            let sum = row.iter().zip(&*deviates).fold(0.0, |sum, (weight, deviate)| sum + weight * deviate);
            *uniform = normal_cdf(sum).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0);
        }
    }
}

fn map(matrix: &[Vec<f64>], of: impl Fn(f64) -> f64) -> Vec<Vec<f64>> {
    let entry = |i: usize, j: usize, value: f64| if i == j { 1.0 } else { of(value) };
    matrix
        .iter()
        .enumerate()
        .map(|(i, row)| row.iter().enumerate().map(|(j, value)| entry(i, j, *value)).collect())
        .collect()
}

/// The correlation of the normal deviates behind a rank correlation.
fn of_normal(rank: f64) -> f64 {
    2.0 * (PI * rank / 6.0).sin()
}

fn least_eigenvalue(matrix: &[Vec<f64>]) -> f64 {
    eigen(matrix).0.into_iter().fold(f64::INFINITY, f64::min)
}

/// Rank correlations to three digits. The nearest lie on the edge of what can be, and rounding may push them over it; then all give
/// way toward none, by as little as it takes.
fn to_be_written(normal: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut kept = 1.0;
    loop {
        let written = map(normal, |pearson| (6.0 / PI * (kept * pearson / 2.0).asin() * 1e3).round() / 1e3);
        if least_eigenvalue(&map(&written, of_normal)) >= -SLACK {
            return written;
        }
        kept -= 1e-4;
    }
}

/// The lower triangle L with L·Lᵀ the matrix, which may be singular: a pivot of zero gives a column of zeros.
fn cholesky(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
    for (i, given) in matrix.iter().enumerate() {
        let mut row = vec![0.0; i + 1];
        for j in 0..=i {
            let other = if j == i { row.clone() } else { rows[j].clone() };
            let inner = row[..j].iter().zip(&other[..j]).fold(0.0, |sum, (a, b)| sum + a * b);
            let rest = given[j] - inner;
            row[j] = if i == j {
                // What is left of a coordinate that the others decide is rounding.
                if rest > 1e-12 { rest.sqrt() } else { 0.0 }
            } else if other[j] > 1e-8 {
                rest / other[j]
            } else {
                0.0
            };
        }
        rows.push(row);
    }
    rows
}

/// The correlation matrix nearest to a symmetric one in the Frobenius norm: alternating projections onto the positive
/// semidefinite matrices and those with ones on the diagonal, with Dykstra's correction (Higham 2002, IMA J. Numer. Anal. 22).
///
/// ```
/// let nearest = icf_uncertainty::nearest_correlation(&[
///     vec![1.0, 1.0, 0.0],
///     vec![1.0, 1.0, 1.0],
///     vec![0.0, 1.0, 1.0],
/// ]);
/// // The example of the paper.
/// assert!((nearest[0][1] - 0.7607).abs() < 5e-5 && (nearest[0][2] - 0.1573).abs() < 5e-5);
/// ```
#[must_use]
pub fn nearest_correlation(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = matrix.len();
    let mut y = matrix.to_vec();
    let mut correction = vec![vec![0.0; size]; size];
    for _ in 0..10_000 {
        let mut r = y.clone();
        for (row, less) in r.iter_mut().zip(&correction) {
            row.iter_mut().zip(less).for_each(|(entry, less)| *entry -= less);
        }
        let x = positive_part(&r);
        let mut moved: f64 = 0.0;
        for i in 0..size {
            for j in 0..size {
                correction[i][j] = x[i][j] - r[i][j];
                let next = if i == j { 1.0 } else { x[i][j] };
                moved = moved.max((next - y[i][j]).abs());
                y[i][j] = next;
            }
        }
        if moved < 1e-12 {
            break;
        }
    }
    y
}

/// The nearest positive semidefinite matrix: eigenvalues below zero become zero.
fn positive_part(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = matrix.len();
    let (values, vectors) = eigen(matrix);
    let mut sum = vec![vec![0.0; size]; size];
    for (k, value) in values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
        for i in 0..size {
            for j in 0..size {
                sum[i][j] += value * vectors[i][k] * vectors[j][k];
            }
        }
    }
    sum
}

/// Eigenvalues, and eigenvectors in columns, of a symmetric matrix, by Jacobi's rotations.
fn eigen(matrix: &[Vec<f64>]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let size = matrix.len();
    let mut a = matrix.to_vec();
    let mut v: Vec<Vec<f64>> =
        (0..size).map(|i| (0..size).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect();
    for _ in 0..100 {
        let off = (0..size)
            .flat_map(|i| (0..i).map(move |j| (i, j)))
            .fold(0.0, |sum, (i, j)| sum + a[i][j] * a[i][j]);
        if off < 1e-30 {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                if a[p][q] == 0.0 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
                let cos = t.hypot(1.0).recip();
                let sin = t * cos;
                for row in &mut a {
                    (row[p], row[q]) = (cos * row[p] - sin * row[q], sin * row[p] + cos * row[q]);
                }
                for k in 0..size {
                    (a[p][k], a[q][k]) = (cos * a[p][k] - sin * a[q][k], sin * a[p][k] + cos * a[q][k]);
                }
                for row in &mut v {
                    (row[p], row[q]) = (cos * row[p] - sin * row[q], sin * row[p] + cos * row[q]);
                }
            }
        }
    }
    ((0..size).map(|i| a[i][i]).collect(), v)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Design, Sampling};

    fn ranks(values: &[f64]) -> Vec<f64> {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        let mut ranks = vec![0.0; values.len()];
        order.into_iter().enumerate().for_each(|(rank, place)| ranks[place] = rank as f64);
        ranks
    }

    fn spearman(a: &[f64], b: &[f64]) -> f64 {
        let n = a.len() as f64;
        let d: f64 = ranks(a).iter().zip(ranks(b)).map(|(a, b)| (a - b) * (a - b)).sum();
        1.0 - 6.0 * d / (n * (n * n - 1.0))
    }

    #[test]
    fn draws_have_the_rank_correlations_that_were_asked_for() {
        let asked = [vec![1.0, 0.6, -0.3], vec![0.6, 1.0, 0.2], vec![-0.3, 0.2, 1.0]];
        let copula = Copula::new(&asked).unwrap();
        let names: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let count = 20_000;
        let design = Design::new(Sampling::LatinHypercube, &names, count, 0, 4).unwrap();
        let mut columns = vec![Vec::new(); 3];
        for index in 0..count {
            let mut point = [0.0; 3];
            design.fill(index, &mut point);
            copula.apply(&mut point);
            columns.iter_mut().zip(point).for_each(|(column, value)| column.push(value));
        }
        for i in 0..3 {
            for j in 0..i {
                let got = spearman(&columns[i], &columns[j]);
                // Four standard errors of a rank correlation near zero.
                assert!((got - asked[i][j]).abs() < 4.0 / (count as f64).sqrt(), "{i} {j}: {got}");
            }
        }
    }

    #[test]
    fn what_contradicts_itself_is_refused_with_the_nearest() {
        let asked = [vec![1.0, 0.9, -0.9], vec![0.9, 1.0, 0.9], vec![-0.9, 0.9, 1.0]];
        let refused = Copula::new(&asked).unwrap_err();
        assert!(refused.eigenvalue < -0.5);
        // By symmetry the nearest deviates have ±½ everywhere, and their ranks 6/π · asin ¼ = 0.4826.
        assert_eq!(refused.nearest, map(&asked, |rank| 0.482_f64.copysign(rank)));
        assert!(Copula::new(&refused.nearest).is_ok());
    }

    #[test]
    fn inputs_without_correlation_keep_their_numbers() {
        let asked = [vec![1.0, 0.0, 0.5], vec![0.0, 1.0, 0.0], vec![0.5, 0.0, 1.0]];
        let mut point = [0.1, 0.2, 0.3];
        Copula::new(&asked).unwrap().apply(&mut point);
        assert_eq!(point[..2], [0.1, 0.2]);
        assert!(point[2] != 0.3);
    }

    proptest! {
        #[test]
        fn the_triangle_times_itself_is_the_matrix(weights in prop::collection::vec(-1.0..1.0_f64, 12)) {
            // Any rows of length one make a correlation matrix.
            let rows: Vec<Vec<f64>> = weights
                .chunks(3)
                .map(|row| {
                    let length = row.iter().map(|x| x * x).sum::<f64>().sqrt().max(1e-6);
                    row.iter().map(|x| x / length).collect()
                })
                .collect();
            let matrix: Vec<Vec<f64>> = rows
                .iter()
                .map(|a| rows.iter().map(|b| a.iter().zip(b).map(|(a, b)| a * b).sum()).collect())
                .collect();
            let lower = cholesky(&matrix);
            for i in 0..4 {
                for j in 0..=i {
                    let product: f64 = lower[i].iter().zip(&lower[j]).map(|(a, b)| a * b).sum();
                    prop_assert!((product - matrix[i][j]).abs() < 1e-6, "{i} {j}: {product} {}", matrix[i][j]);
                }
            }
        }

        #[test]
        fn eigenvectors_make_the_matrix_again(entries in prop::collection::vec(-1.0..1.0_f64, 16)) {
            let matrix: Vec<Vec<f64>> =
                (0..4).map(|i| (0..4).map(|j| entries[4 * i.max(j) + i.min(j)]).collect()).collect();
            let (values, vectors) = eigen(&matrix);
            for i in 0..4 {
                for j in 0..4 {
                    let sum: f64 = (0..4).map(|k| values[k] * vectors[i][k] * vectors[j][k]).sum();
                    prop_assert!((sum - matrix[i][j]).abs() < 1e-12);
                }
            }
        }
    }
}
