//! A model as it would have been used in each year of a history.

use icf_units::{Year, YearRange};

use crate::backtest::{Attempt, attempts};
use crate::{Fit, History, Model, Trajectory};

/// A model and a history of which an ever longer part is known.
///
/// [`Best`](crate::Best) would test its candidates anew at each origin, with the same forecasts as at the origins before. Here they
/// are tested once, and each origin looks at the forecasts of what was then known.
pub(crate) struct Rolling<'a> {
    model: &'a Model,
    history: &'a History,
    /// The attempts of each candidate of `best`.
    tested: Vec<Option<Vec<Attempt>>>,
}

impl<'a> Rolling<'a> {
    pub(crate) fn new(model: &'a Model, history: &'a History) -> Self {
        let tested = match model {
            Model::Best(best) => {
                best.candidates.iter().map(|model| attempts(model, history, best.ahead, &[])).collect()
            }
            _ => vec![],
        };
        Self { model, history, tested }
    }

    /// What the model would have said of `years` at the end of `origin`, knowing `then`; `None` when it speaks of given years
    /// only, or could not be used on so little.
    pub(crate) fn at(&self, origin: Year, then: &History, years: YearRange) -> Option<Trajectory> {
        let back = self.history.last().0.since(origin);
        let Model::Best(best) = self.model else {
            return self.model.earlier(back)?.project(then, years).ok();
        };
        let known = |made: &Vec<Attempt>| -> Option<Vec<Attempt>> {
            let known: Vec<Attempt> = made.iter().filter(|attempt| attempt.year <= origin).cloned().collect();
            (!known.is_empty()).then_some(known)
        };
        let tested: Vec<_> = self.tested.iter().map(|made| made.as_ref().and_then(known)).collect();
        let (place, chosen) = best.choose(&tested)?;
        let made = best.candidates[place].earlier(back)?.project(then, years).ok()?;
        Some(Trajectory { chosen: Some(chosen), ..made })
    }
}
