//! The model that would have done best.

use icf_units::YearRange;

use super::{Chosen, Fit, Model, ModelError, Trajectory};
use crate::History;
use crate::backtest::{Attempt, attempts};

/// Takes the candidate with the least mean absolute scaled error in a rolling-origin back-test, over the forecasts
/// that all candidates that can be tested could make; of equals the first. What it promises is what the chosen model promises:
/// that it was chosen makes its errors of the past look better than those to come, and the back-test of `best`
/// itself, which chooses anew at each origin, says by how much.
///
/// ```
/// use icf_projection::{Best, Fit, History, Model};
/// use icf_units::{Year, YearRange};
/// let history = History::new((0..12).map(|t| (Year::new(2000 + t), 100.0 * 1.05_f64.powi(t)))).unwrap();
/// let years = YearRange::new(Year::new(2012), Year::new(2012)).unwrap();
/// let trajectory = Best { candidates: Model::candidates(), ahead: 3 }.project(&history, years).unwrap();
/// assert!((trajectory.values[0] - 100.0 * 1.05_f64.powi(12)).abs() < 1e-6);
/// assert!(trajectory.chosen.unwrap().mase < 1e-9);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// Among these.
    pub candidates: Vec<Model>,
    /// Years ahead that they are tested on.
    pub ahead: u8,
}

impl Fit for Best {
    fn name(&self) -> &'static str {
        "best"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let tested: Vec<_> =
            self.candidates.iter().map(|model| attempts(model, history, self.ahead, &[])).collect();
        let (place, chosen) = self.choose(&tested).ok_or_else(|| self.untested(history))?;
        let made = self.candidates[place].project(history, years)?;
        Ok(Trajectory { chosen: Some(chosen), ..made })
    }

    fn earlier(&self, years: i32) -> Option<Model> {
        let candidates: Vec<Model> =
            self.candidates.iter().filter_map(|model| model.earlier(years)).collect();
        (!candidates.is_empty()).then_some(Model::Best(Self { candidates, ahead: self.ahead }))
    }
}

impl Best {
    fn untested(&self, history: &History) -> ModelError {
        let names: Vec<&str> = self.candidates.iter().map(Fit::name).collect();
        ModelError::Untested {
            model: self.name(),
            candidates: names.join(", "),
            observations: history.observations().len(),
        }
    }

    /// The place of the best candidate, from the attempts of each.
    pub(crate) fn choose(&self, tested: &[Option<Vec<Attempt>>]) -> Option<(usize, Chosen)> {
        let scaled = |attempts: &Option<Vec<Attempt>>| -> Vec<Attempt> {
            let scaled = |attempt: &&Attempt| attempt.scale.is_some();
            attempts.iter().flatten().filter(scaled).cloned().collect()
        };
        let tested: Vec<Vec<Attempt>> = tested.iter().map(scaled).collect();
        let key = |attempt: &Attempt| (attempt.origin, attempt.year);
        let able: Vec<&Vec<Attempt>> = tested.iter().filter(|attempts| !attempts.is_empty()).collect();
        let common: Vec<_> = able
            .first()?
            .iter()
            .map(key)
            .filter(|wanted| able.iter().all(|made| made.binary_search_by_key(wanted, key).is_ok()))
            .collect();
        let count = f64::from(u32::try_from(common.len()).ok().filter(|count| *count > 0)?);
        let mut best: Option<(usize, Chosen)> = None;
        for (place, made) in tested.iter().enumerate().filter(|(_, made)| !made.is_empty()) {
            let (mut error, mut naive) = (0.0, 0.0);
            for attempt in made.iter().filter(|attempt| common.binary_search(&key(attempt)).is_ok()) {
                let scale = attempt.scale.expect("attempts without a scale were left out");
                error += attempt.error().abs() / scale;
                naive += attempt.naive_error().abs() / scale;
            }
            let mase = error / count;
            if best.as_ref().is_none_or(|(_, chosen)| mase < chosen.mase) {
                let model = self.candidates[place].name();
                best =
                    Some((place, Chosen { model, mase, naive_mase: naive / count, forecasts: common.len() }));
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use icf_units::Year;

    use super::*;
    use crate::{Constant, Path, Rate};

    fn history(values: impl IntoIterator<Item = f64>) -> History {
        History::new(values.into_iter().zip(2000..).map(|(value, year)| (Year::new(year), value))).unwrap()
    }

    #[test]
    fn of_equals_the_first_and_given_years_are_not_tested() {
        let years = YearRange::new(Year::new(2010), Year::new(2010)).unwrap();
        let candidates = vec![
            Model::Path(Path::linear(vec![])),
            Model::Rate(Rate { per_year: 0.0 }),
            Model::Constant(Constant),
        ];
        let best = Best { candidates, ahead: 2 };
        let made = best.project(&history((0..10).map(f64::from)), years).unwrap();
        let chosen = made.chosen.unwrap();
        assert_eq!(chosen.model, "rate");
        assert_eq!(chosen.mase, chosen.naive_mase);
        // Origins 2001 to 2008 have a scale and two years ahead, except the last, which has one; 2009 has none.
        assert_eq!(chosen.forecasts, 7 * 2 + 1);
        assert_eq!(made.values, [9.0]);
    }

    #[test]
    fn nothing_to_choose_by() {
        let years = YearRange::new(Year::new(2010), Year::new(2010)).unwrap();
        let best = Best { candidates: Model::candidates(), ahead: 3 };
        let error = best.project(&history([1.0, 2.0]), years).unwrap_err();
        assert!(error.to_string().ends_with("could be tested on 2 observations"), "{error}");
    }
}
