//! The observed past of one quantity.

use icf_units::Year;

/// Observed values by year, ascending; never empty, every value finite.
#[derive(Clone, Debug, PartialEq)]
pub struct History(Vec<(Year, f64)>);

/// Why some observations are no history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HistoryError {
    /// Not a single observation.
    #[error("there is not a single observation")]
    Empty,
    /// A year that is not after the one before it.
    #[error("year {0} is not after the one before it")]
    Unordered(Year),
    /// NaN or infinity.
    #[error("the value of {0} is not finite")]
    NotFinite(Year),
}

impl History {
    /// Takes observations in the order of their years. Years may be missing in between.
    ///
    /// # Errors
    /// When there is none, when years do not ascend, or when a value is not finite.
    pub fn new(observations: impl IntoIterator<Item = (Year, f64)>) -> Result<Self, HistoryError> {
        let observations: Vec<_> = observations.into_iter().collect();
        if observations.is_empty() {
            return Err(HistoryError::Empty);
        }
        if let Some(pair) = observations.windows(2).find(|pair| pair[1].0 <= pair[0].0) {
            return Err(HistoryError::Unordered(pair[1].0));
        }
        if let Some(&(year, _)) = observations.iter().find(|(_, value)| !value.is_finite()) {
            return Err(HistoryError::NotFinite(year));
        }
        Ok(Self(observations))
    }

    /// All observations.
    #[must_use]
    pub fn observations(&self) -> &[(Year, f64)] {
        &self.0
    }

    /// The last observation.
    #[must_use]
    pub fn last(&self) -> (Year, f64) {
        *self.0.last().expect("a history is never empty")
    }

    /// The observations of the years `from` to `to`.
    #[must_use]
    pub fn window(&self, from: Year, to: Year) -> &[(Year, f64)] {
        let start = self.0.partition_point(|&(year, _)| year < from);
        let end = self.0.partition_point(|&(year, _)| year <= to);
        &self.0[start.min(end)..end]
    }

    /// What was known at the end of `year`; `None` when that was nothing.
    #[must_use]
    pub fn until(&self, year: Year) -> Option<Self> {
        let end = self.0.partition_point(|&(observed, _)| observed <= year);
        (end > 0).then(|| Self(self.0[..end].to_vec()))
    }

    /// The value observed in a year.
    #[must_use]
    pub fn at(&self, year: Year) -> Option<f64> {
        self.0.binary_search_by_key(&year, |&(observed, _)| observed).ok().map(|place| self.0[place].1)
    }

    /// What was known some years before the last observation; `None` when that was nothing.
    #[must_use]
    pub fn without_last(&self, years: i32) -> Option<Self> {
        self.until(Year::new(self.last().0.get() - years))
    }

    /// The mean size of the change in a year, Σ |Δ| over the years from the first to the last observation; `None` for a
    /// single one.
    pub(crate) fn mean_change(&self) -> Option<f64> {
        let steps = self.steps();
        let years = steps.iter().map(|step| step.years).sum::<f64>();
        (years > 0.0).then(|| steps.iter().map(|step| step.change.abs()).sum::<f64>() / years)
    }

    /// What changed from each observation to the next.
    pub(crate) fn steps(&self) -> Vec<Step> {
        let step = |pair: &[(Year, f64)]| Step {
            year: pair[1].0,
            years: f64::from(pair[1].0.since(pair[0].0)),
            before: pair[0].1,
            change: pair[1].1 - pair[0].1,
        };
        self.0.windows(2).map(step).collect()
    }
}

/// From one observation to the next.
pub(crate) struct Step {
    /// Year of the later one.
    pub(crate) year: Year,
    /// Years between the two.
    pub(crate) years: f64,
    /// Value of the earlier one.
    pub(crate) before: f64,
    /// Later minus earlier.
    pub(crate) change: f64,
}
