//! The years that a model is fitted on.

use icf_units::Year;

use super::ModelError;
use crate::History;

/// Some years of the history, or all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// First year; the first of the history when there is none.
    pub from: Option<Year>,
    /// Last year; the last of the history when there is none.
    pub to: Option<Year>,
}

impl Window {
    /// The whole history.
    pub const ALL: Self = Self { from: None, to: None };

    /// The years from one to another.
    #[must_use]
    pub const fn new(from: Year, to: Year) -> Self {
        Self { from: Some(from), to: Some(to) }
    }

    /// First and last year of the window on a history.
    pub(super) fn ends(self, history: &History) -> (Year, Year) {
        (self.from.unwrap_or(history.observations()[0].0), self.to.unwrap_or(history.last().0))
    }

    /// The observations in it, when there are as many as are needed.
    pub(super) fn of<'a>(
        self,
        history: &'a History,
        model: &'static str,
        needed: usize,
    ) -> Result<&'a [(Year, f64)], ModelError> {
        let (from, to) = self.ends(history);
        let window = history.window(from, to);
        if window.len() < needed {
            return Err(ModelError::TooFew { model, needed, found: window.len(), from, to });
        }
        Ok(window)
    }

    /// The same, when all of them are above zero.
    pub(super) fn positive<'a>(
        self,
        history: &'a History,
        model: &'static str,
        needed: usize,
    ) -> Result<&'a [(Year, f64)], ModelError> {
        let window = self.of(history, model, needed)?;
        match window.iter().find(|(_, value)| *value <= 0.0) {
            Some(&(year, value)) => Err(ModelError::NotPositive { model, year, value }),
            None => Ok(window),
        }
    }

    /// The window as it would have been set some years earlier: an end that was given moves, one that is the
    /// history's does so by itself.
    pub(super) fn earlier(self, years: i32) -> Self {
        let shift = |year: Year| Year::new(year.get() - years);
        Self { from: self.from.map(shift), to: self.to.map(shift) }
    }
}
