//! Elementary effects: a cheap screening of many inputs.

use icf_random::Stream;

use super::columns;
use crate::Moments;

/// What the elementary effects of an input sum up to, in units of the output for the way of the input through all its
/// probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Their mean: which way the output goes.
    pub mu: f64,
    /// The mean of their sizes: how much the input matters, though the output turns.
    pub mu_star: f64,
    /// Their standard deviation: large where the effect depends on the other inputs or on where it begins. None for a single
    /// trajectory.
    pub sigma: Option<f64>,
    /// The standard error of `mu_star` over the trajectories.
    pub mu_star_error: Option<f64>,
}

/// Trajectories through the open unit cube on `levels` levels, the middles of as many equal strata: each begins at a random
/// place and moves every input once, in random order, by half the levels. `inputs` + 1 points a trajectory.
///
/// Source: Morris 1991, Factorial sampling plans for preliminary computational experiments, Technometrics 33(2).
///
/// # Panics
/// When `levels` is odd or 0.
#[must_use]
pub fn points(inputs: usize, trajectories: u32, levels: u32, seed: u64) -> Vec<Vec<f64>> {
    assert!(levels > 0 && levels.is_multiple_of(2), "an even number of levels has a half");
    let place = |level: u32| (f64::from(level) + 0.5) / f64::from(levels);
    let mut points = Vec::with_capacity(trajectories as usize * (inputs + 1));
    for trajectory in 0..trajectories {
        let mut stream = Stream::new(seed, "morris trajectory", trajectory);
        let start: Vec<u32> = (0..inputs).map(|_| stream.below(levels)).collect();
        let mut order: Vec<usize> = (0..inputs).collect();
        stream.shuffle_front(&mut order, inputs);
        let mut point: Vec<f64> = start.iter().map(|level| place(*level)).collect();
        points.push(point.clone());
        for input in order {
            let half = levels / 2;
            let from = start[input];
            point[input] = place(if from < half { from + half } else { from - half });
            points.push(point.clone());
        }
    }
    points
}

/// The effects of each input on each output: first by output, then by input.
///
/// An elementary effect is (y(u + Δ e_i) − y(u)) / Δ. None where an answer is not finite.
///
/// Source for μ*: Campolongo, Cariboni & Saltelli 2007, An effective screening design for sensitivity analysis of large models,
/// Environmental Modelling & Software 22(10).
///
/// ```
/// # use icf_uncertainty::sensitivity::morris::{effects, points};
/// let points = points(2, 5, 4, 1);
/// let outputs: Vec<Vec<f64>> = points.iter().map(|u| vec![3.0 * u[0] - 2.0 * u[1]]).collect();
/// let effects = effects(&points, &outputs);
/// assert_eq!(effects[0][1].map(|effect| (effect.mu, effect.mu_star, effect.sigma)), Some((-2.0, 2.0, Some(0.0))));
/// ```
///
/// # Panics
/// When the rows of outputs are not as many as the points, or the points are not those of [`points`].
#[must_use]
pub fn effects(points: &[Vec<f64>], outputs: &[Vec<f64>]) -> Vec<Vec<Option<Effect>>> {
    let inputs = points.first().map_or(0, Vec::len);
    let trajectory = inputs + 1;
    assert!(points.len().is_multiple_of(trajectory), "a trajectory has a point more than inputs");
    let of_output = |answers: Vec<f64>| {
        let mut effects = vec![Some((Moments::default(), Moments::default())); inputs];
        for (points, answers) in points.chunks_exact(trajectory).zip(answers.chunks_exact(trajectory)) {
            for (points, answers) in points.windows(2).zip(answers.windows(2)) {
                let input = (0..inputs)
                    .find(|input| points[0][*input] != points[1][*input])
                    .expect("each point of a trajectory moves one input");
                let effect = (answers[1] - answers[0]) / (points[1][input] - points[0][input]);
                match &mut effects[input] {
                    Some((signed, size)) if effect.is_finite() => {
                        signed.add(effect);
                        size.add(effect.abs());
                    }
                    undefined => *undefined = None,
                }
            }
        }
        effects
            .into_iter()
            .map(|moments| moments.and_then(|(signed, size)| summed_up(&signed, &size)))
            .collect()
    };
    columns(outputs, points.len()).into_iter().map(of_output).collect()
}

fn summed_up(signed: &Moments, size: &Moments) -> Option<Effect> {
    Some(Effect {
        mu: signed.mean()?,
        mu_star: size.mean()?,
        sigma: signed.sd(),
        mu_star_error: size.sd().map(|sd| sd / (size.n() as f64).sqrt()),
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_functions::{ishigami, kronecker, run};
    use super::*;

    #[test]
    fn a_trajectory_moves_each_input_once_by_half_the_levels() {
        for (inputs, levels) in [(1, 2), (3, 4), (7, 10)] {
            let points = points(inputs, 20, levels, 5);
            assert_eq!(points.len(), 20 * (inputs + 1));
            for trajectory in points.chunks_exact(inputs + 1) {
                let mut moved: Vec<usize> = Vec::new();
                for pair in trajectory.windows(2) {
                    for input in 0..inputs {
                        let step = (pair[1][input] - pair[0][input]).abs();
                        if step != 0.0 {
                            assert!((step - 0.5).abs() < 1e-15);
                            moved.push(input);
                        }
                    }
                }
                moved.sort_unstable();
                assert!(moved.into_iter().eq(0..inputs));
                assert!(trajectory.iter().flatten().all(|u| *u > 0.0 && *u < 1.0));
            }
        }
    }

    #[test]
    fn an_interaction_has_spread_and_a_turn_has_size() {
        let points = points(3, 400, 4, 2);
        let outputs = run(&points, &[|u| u[0] * u[1], |u| (u[2] - 0.5).powi(2), |_| 1.0]);
        let effects = effects(&points, &outputs);
        // u₁ u₂: the effect of u₁ is u₂, of mean ½ and variance (1/8, 3/8, 5/8, 7/8 are its places) 5/64.
        let product = effects[0][0].unwrap();
        let error = (5.0 / 64.0 / 400.0_f64).sqrt();
        assert!((product.mu - 0.5).abs() < 4.0 * error, "{product:?}");
        assert!((product.sigma.unwrap() - (5.0 / 64.0_f64).sqrt()).abs() < 0.03, "{product:?}");
        // (u − ½)²: ±¼ a step of ½ by where it begins: (9/64 − 1/64) = 8/64, over ½.
        let turn = effects[1][2].unwrap();
        assert_eq!(turn.mu_star, 0.25);
        assert!(turn.mu.abs() < 4.0 * 0.25 / 20.0, "{turn:?}");
        assert_eq!(effects[1][0].unwrap().mu_star, 0.0);
        assert!(effects[2].iter().all(|effect| effect.unwrap().mu_star == 0.0));
    }

    #[test]
    fn what_is_not_finite_has_no_effect() {
        let points = points(2, 30, 4, 1);
        let outputs = run(&points, &[|u| if u[0] > 0.8 { f64::INFINITY } else { 0.0 }]);
        assert_eq!(effects(&points, &outputs)[0][0], None);
        assert_eq!(effects(&points, &outputs)[0][1].map(|effect| effect.mu), None);
    }

    /// SALib 1.6.0 on the same points: analyze.morris.analyze(problem, x, y, num_levels=4), whose step of half the levels is ⅔ and
    /// not ½.
    #[test]
    fn effects_of_salib() {
        let mut points = Vec::new();
        for numbers in kronecker(12, 6) {
            let mut point: Vec<f64> = numbers[..3].iter().map(|u| ((4.0 * u).floor() + 0.5) / 4.0).collect();
            points.push(point.clone());
            let mut order = [0, 1, 2];
            order.sort_by(|p, q| numbers[3 + p].total_cmp(&numbers[3 + q]));
            for input in order {
                point[input] += if point[input] < 0.5 { 0.5 } else { -0.5 };
                points.push(point.clone());
            }
        }
        let effects = effects(&points, &run(&points, &[ishigami]));
        let expected = [
            [5.430_723_212_614_871, 5.430_723_212_614_871, 3.372_252_257_901_631_6],
            [0.0, 2.664_535_259_100_375_7e-15, 2.783_016_312_693_008_5e-15],
            [1.076_228_575_302_513, 3.228_685_725_907_539, 3.179_389_919_245_185_8],
        ];
        for (found, expected) in effects[0].iter().zip(expected) {
            let found = found.unwrap();
            for (found, expected) in [found.mu, found.mu_star, found.sigma.unwrap()].into_iter().zip(expected)
            {
                assert!((found * 0.75 - expected).abs() < 1e-12, "{found} {expected}");
            }
        }
    }
}
