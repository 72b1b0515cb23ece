//! How far each input alone moves an answer: the bars of a tornado.

use super::columns;

/// The answers when one input goes from its low to its high quantile, and all others stay at their medians.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// The place of the input.
    pub input: usize,
    /// The answer at its low quantile.
    pub low: f64,
    /// The answer with all inputs at their medians.
    pub middle: f64,
    /// The answer at its high quantile.
    pub high: f64,
}

impl Swing {
    /// From the least to the greatest of the three answers.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.low.max(self.middle).max(self.high) - self.low.min(self.middle).min(self.high)
    }
}

/// All inputs at their medians; then each at `low` and at `high`, such as 0.05 and 0.95.
///
/// ```
/// let points = icf_uncertainty::sensitivity::one_at_a_time::points(2, 0.1, 0.9);
/// assert_eq!(points, [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]]);
/// ```
#[must_use]
pub fn points(inputs: usize, low: f64, high: f64) -> Vec<Vec<f64>> {
    let middle = vec![0.5; inputs];
    let mut points = vec![middle.clone()];
    for input in 0..inputs {
        for end in [low, high] {
            let mut point = middle.clone();
            point[input] = end;
            points.push(point);
        }
    }
    points
}

/// The swings of each output, the widest first, inputs of one width in their order. An input with an answer that is not finite
/// has none.
///
/// ```
/// # use icf_uncertainty::sensitivity::one_at_a_time::{points, swings};
/// // The answer is 2 u₁ + 10 u₂.
/// let outputs: Vec<Vec<f64>> = points(2, 0.25, 0.75).iter().map(|u| vec![2.0 * u[0] + 10.0 * u[1]]).collect();
/// let swings = swings(&outputs);
/// assert_eq!(swings[0].iter().map(|swing| (swing.input, swing.width())).collect::<Vec<_>>(), [(1, 5.0), (0, 1.0)]);
/// ```
///
/// # Panics
/// When the rows of outputs are not those of [`points`].
#[must_use]
pub fn swings(outputs: &[Vec<f64>]) -> Vec<Vec<Swing>> {
    assert!(outputs.len() % 2 == 1, "there is one point in the middle, and two an input");
    let of_output = |answers: Vec<f64>| {
        let middle = answers[0];
        let mut swings: Vec<Swing> = answers[1..]
            .chunks_exact(2)
            .enumerate()
            .map(|(input, ends)| Swing { input, low: ends[0], middle, high: ends[1] })
            .filter(|swing| [swing.low, swing.middle, swing.high].iter().all(|answer| answer.is_finite()))
            .collect();
        swings.sort_by(|a, b| b.width().total_cmp(&a.width()));
        swings
    };
    columns(outputs, outputs.len()).into_iter().map(of_output).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_turns_has_the_width_of_its_turn() {
        // (u − ½)²: the ends are alike, the middle is not.
        let outputs: Vec<Vec<f64>> =
            points(1, 0.0625, 0.9375).iter().map(|u| vec![(u[0] - 0.5).powi(2), 3.0]).collect();
        let swings = swings(&outputs);
        assert_eq!(swings[0], [Swing { input: 0, low: 0.191_406_25, middle: 0.0, high: 0.191_406_25 }]);
        assert_eq!(swings[0][0].width(), 0.191_406_25);
        assert_eq!(swings[1][0].width(), 0.0);
    }

    #[test]
    fn inputs_of_one_width_keep_their_order() {
        let outputs: Vec<Vec<f64>> =
            points(4, 0.25, 0.75).iter().map(|u| vec![u[0] - u[2] + 2.0 * u[3]]).collect();
        let order: Vec<usize> = swings(&outputs)[0].iter().map(|swing| swing.input).collect();
        assert_eq!(order, [3, 0, 2, 1]);
    }

    #[test]
    fn an_infinite_answer_has_no_swing() {
        let outputs: Vec<Vec<f64>> = points(2, 0.25, 0.75)
            .iter()
            .map(|u| vec![if u[0] > 0.5 { f64::INFINITY } else { u[1] }])
            .collect();
        assert_eq!(swings(&outputs)[0].iter().map(|swing| swing.input).collect::<Vec<_>>(), [1]);
    }
}
