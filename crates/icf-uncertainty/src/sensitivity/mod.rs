//! Which input decides an answer.
//!
//! | question | module | runs for d inputs |
//! |---|---|---|
//! | how far does each input alone move the answer | [`one_at_a_time`] | 2d + 1 |
//! | which inputs matter at all, and are they alone in it | [`morris`] | trajectories · (d + 1) |
//! | what share of the variance is whose | [`sobol`] | base · (d + 2) |
//! | what goes with the answer in draws that are there anyway | [`rank`] | none |
//!
//! Each method gives points of the open unit cube, a coordinate an input, and reads the answers to them: a row of outputs for
//! each point, in the order of the points. Whoever asks turns coordinates into values and runs the points as he likes. An answer
//! that is not finite, or does not move, leaves undefined what would be divided by it: `None`.

pub mod morris;
pub mod one_at_a_time;
pub mod rank;
pub mod sobol;

/// The outputs of all points, one list an output.
///
/// # Panics
/// When there are not as many rows as points, or rows differ in length.
fn columns(outputs: &[Vec<f64>], points: usize) -> Vec<Vec<f64>> {
    assert_eq!(outputs.len(), points, "each point has a row of outputs");
    let count = outputs.first().map_or(0, Vec::len);
    assert!(outputs.iter().all(|row| row.len() == count), "each point has as many outputs");
    (0..count).map(|output| outputs.iter().map(|row| row[output]).collect()).collect()
}

#[cfg(test)]
pub(crate) mod test_functions {
    //! Functions whose indices are known.

    use std::f64::consts::PI;

    /// sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ over (−π, π)³ (Ishigami & Homma 1990).
    pub(crate) fn ishigami(u: &[f64]) -> f64 {
        let x = |place: usize| PI * (2.0 * u[place] - 1.0);
        x(0).sin() + 7.0 * x(1).sin().powi(2) + 0.1 * x(2).powi(4) * x(0).sin()
    }

    /// First-order and total indices, from a = 7, b = 0.1:
    /// V₁ = ½ (1 + bπ⁴/5)², V₂ = a²/8, V₁₃ = b²π⁸ (1/18 − 1/50).
    pub(crate) fn ishigami_indices() -> ([f64; 3], [f64; 3]) {
        let (v1, v2) = (0.5 * (1.0 + 0.1 * PI.powi(4) / 5.0).powi(2), 49.0 / 8.0);
        let v13 = 0.01 * PI.powi(8) * (1.0 / 18.0 - 1.0 / 50.0);
        let v = v1 + v2 + v13;
        ([v1 / v, v2 / v, 0.0], [(v1 + v13) / v, v2 / v, v13 / v])
    }

    /// Numbers that any program can make again: the fractions of (i + 1) √p for the first primes p.
    pub(crate) fn kronecker(count: u32, dimensions: usize) -> Vec<Vec<f64>> {
        let roots: Vec<f64> = [2.0_f64, 3.0, 5.0, 7.0, 11.0, 13.0].iter().map(|prime| prime.sqrt()).collect();
        (1..=count)
            .map(|i| roots[..dimensions].iter().map(|root| (f64::from(i) * root) % 1.0).collect())
            .collect()
    }

    /// The outputs of some functions at some points.
    pub(crate) fn run(points: &[Vec<f64>], functions: &[fn(&[f64]) -> f64]) -> Vec<Vec<f64>> {
        points.iter().map(|point| functions.iter().map(|function| function(point)).collect()).collect()
    }
}
