//! When a lever acts.

use icf_units::{Year, YearRange};

use crate::LeverMistake;

/// Years in which something goes on; what it has reached at their end stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first year in which it shows.
    pub from: Year,
    /// The last year in which it goes on.
    pub to: Year,
}

impl Span {
    /// How many years it has gone on by the end of `year`: min(t, to) − from + 1, and 0 before.
    ///
    /// ```
    /// use icf_levers::Span;
    /// use icf_units::Year;
    /// let span = Span { from: Year::new(2024), to: Year::new(2026) };
    /// let years = |year| span.years_by(Year::new(year));
    /// assert_eq!([years(2023), years(2024), years(2026), years(2030)], [0, 1, 3, 3]);
    /// ```
    #[must_use]
    pub fn years_by(self, year: Year) -> i32 {
        (year.min(self.to).since(self.from) + 1).max(0)
    }

    /// What is left of one after shrinking by a share a year: (1 − r)^n.
    pub(crate) fn left(self, per_year: f64, year: Year) -> f64 {
        (1.0 - per_year).powi(self.years_by(year))
    }

    pub(crate) fn check(self, projected: YearRange) -> Result<(), LeverMistake> {
        within(projected, self.from, self.to)
    }
}

/// A straight rise from nothing in the year before `from` to all of it in `by`, where it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ramp {
    /// The first year in which it shows.
    pub from: Year,
    /// The year from which all of it holds.
    pub by: Year,
}

impl Ramp {
    /// The part that holds in a year: (t − from + 1)/(by − from + 1), between 0 and 1.
    ///
    /// ```
    /// use icf_levers::Ramp;
    /// use icf_units::Year;
    /// let ramp = Ramp { from: Year::new(2023), by: Year::new(2026) };
    /// let part = |year| ramp.part(Year::new(year));
    /// assert_eq!([part(2022), part(2023), part(2025), part(2030)], [0.0, 0.25, 0.75, 1.0]);
    /// ```
    #[must_use]
    pub fn part(self, year: Year) -> f64 {
        let whole = f64::from(self.by.since(self.from) + 1);
        (f64::from(year.since(self.from) + 1) / whole).clamp(0.0, 1.0)
    }

    pub(crate) fn check(self, projected: YearRange) -> Result<(), LeverMistake> {
        within(projected, self.from, self.by)
    }
}

fn within(projected: YearRange, from: Year, to: Year) -> Result<(), LeverMistake> {
    if to < from {
        return Err(LeverMistake::YearsOutOfOrder { from, to });
    }
    match [from, to].into_iter().find(|year| !projected.contains(*year)) {
        Some(year) => Err(LeverMistake::YearNotProjected { year, projected }),
        None => Ok(()),
    }
}
