//! Errors of many figures, drawn together.

use icf_random::Stream;

use crate::Distribution;

/// What figures may be off by: each is multiplied by factors, some of which it shares with others.
///
/// A factor is a function of seed, name and number of the draw alone, so that another error, another figure or another order
/// moves none.
///
/// ```
/// use icf_uncertainty::{Distribution, FigureErrors};
/// let mut errors = FigureErrors::default();
/// errors.add(Distribution::lognormal(1.0, 1.1)?, [("all".to_owned(), vec![0, 1])]);
/// errors.add(Distribution::discrete(&[2.0], &[])?, [("the second".to_owned(), vec![1])]);
/// let mut times = [0.0; 3];
/// errors.draw(1, 0, &mut times);
/// assert_eq!((times[1], times[2]), (2.0 * times[0], 1.0));
/// # Ok::<(), icf_uncertainty::DistributionError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct FigureErrors {
    errors: Vec<Error>,
}

/// One error of several figures.
#[derive(Clone, Debug)]
struct Error {
    distribution: Distribution,
    /// The name of each factor, and the figures that it multiplies.
    shared: Vec<(String, Vec<usize>)>,
}

impl FigureErrors {
    /// Adds an error: each factor by its name, with the places of the figures that it multiplies.
    pub fn add(
        &mut self,
        distribution: Distribution,
        factors: impl IntoIterator<Item = (String, Vec<usize>)>,
    ) {
        self.errors.push(Error { distribution, shared: factors.into_iter().collect() });
    }

    /// What each figure is multiplied by in one draw; 1 where nothing is off.
    ///
    /// # Panics
    /// When an error names a place beyond the figures.
    pub fn draw(&self, seed: u64, number: u32, times: &mut [f64]) {
        times.fill(1.0);
        for error in &self.errors {
            for (name, figures) in &error.shared {
                let share = Stream::new(seed, name, number).uniform_open();
                let factor = error.distribution.quantile(share);
                figures.iter().for_each(|figure| times[*figure] *= factor);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_error_moves_no_factor() {
        let spread = Distribution::lognormal(1.0, 1.2).unwrap();
        let part = |name: &str, figure| (name.to_owned(), vec![figure]);
        let (mut one, mut two) = (FigureErrors::default(), FigureErrors::default());
        one.add(spread.clone(), [part("a", 0), part("b", 1)]);
        two.add(spread.clone(), [part("c", 2)]);
        two.add(spread, [part("b", 1), part("a", 0)]);
        let mut times = [[0.0; 3]; 2];
        for number in 0..20 {
            one.draw(7, number, &mut times[0]);
            two.draw(7, number, &mut times[1]);
            assert_eq!(times[0][..2], times[1][..2]);
            assert!(times[0][0] != times[0][1] && times[0][2] == 1.0 && times[1][2] != 1.0);
        }
    }

    #[test]
    fn factors_have_their_distribution() {
        let mut errors = FigureErrors::default();
        errors.add(Distribution::lognormal(1.0, 1.1).unwrap(), [("one".to_owned(), vec![0])]);
        let mut times = [0.0];
        let logs: Vec<f64> = (0..10_000)
            .map(|number| {
                errors.draw(3, number, &mut times);
                times[0].ln() / 1.1_f64.ln()
            })
            .collect();
        let mean = logs.iter().sum::<f64>() / 1e4;
        let variance = logs.iter().map(|log| (log - mean).powi(2)).sum::<f64>() / 1e4;
        // Five standard errors of a mean, and of a variance, of ten thousand standard normal deviates.
        assert!(mean.abs() < 0.05 && (variance - 1.0).abs() < 0.0708, "{mean} {variance}");
    }
}
