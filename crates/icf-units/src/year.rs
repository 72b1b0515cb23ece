//! Calendar years and unbroken ranges of them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Year(i32);

impl Year {
    /// Wraps a year.
    #[must_use]
    pub const fn new(year: i32) -> Self {
        Self(year)
    }

    /// The year as a number.
    #[must_use]
    pub const fn get(self) -> i32 {
        self.0
    }

    /// Years from `earlier` to this one; negative when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The year after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An unbroken range of years, first and last included; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct YearRange {
    first: Year,
    last: Year,
}

/// A range of years that would end before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("years {first} to {last} end before they begin")]
pub struct YearRangeError {
    first: Year,
    last: Year,
}

impl YearRange {
    /// The years from `first` to `last`, both included.
    ///
    /// # Errors
    /// When `last` is before `first`.
    pub fn new(first: Year, last: Year) -> Result<Self, YearRangeError> {
        if last < first { Err(YearRangeError { first, last }) } else { Ok(Self { first, last }) }
    }

    /// The first year.
    #[must_use]
    pub const fn first(self) -> Year {
        self.first
    }

    /// The last year.
    #[must_use]
    pub const fn last(self) -> Year {
        self.last
    }

    /// How many years; at least one.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a range of years is never empty")]
    pub fn len(self) -> usize {
        usize::try_from(self.last.since(self.first) + 1).expect("the last year is not before the first")
    }

    /// The place of a year in the range, if it lies in it.
    #[must_use]
    pub fn index(self, year: Year) -> Option<usize> {
        if year > self.last { None } else { usize::try_from(year.since(self.first)).ok() }
    }

    /// Whether a year lies in the range.
    #[must_use]
    pub fn contains(self, year: Year) -> bool {
        self.index(year).is_some()
    }

    /// The years, in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Year> + Clone {
        (self.first.get()..=self.last.get()).map(Year::new)
    }

    /// The range from this one's first year to a later last year.
    ///
    /// # Errors
    /// When `last` is before the first year.
    pub fn extended_to(self, last: Year) -> Result<Self, YearRangeError> {
        Self::new(self.first, last)
    }
}

impl fmt::Display for YearRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_counts_both_ends() {
        let years = YearRange::new(Year::new(2000), Year::new(2022)).unwrap();
        assert_eq!(years.len(), 23);
        assert_eq!(years.index(Year::new(2000)), Some(0));
        assert_eq!(years.index(Year::new(2022)), Some(22));
        assert_eq!(years.index(Year::new(1999)), None);
        assert_eq!(years.index(Year::new(2023)), None);
        assert_eq!(years.iter().count(), 23);
    }

    #[test]
    fn a_range_cannot_end_before_it_begins() {
        let error = YearRange::new(Year::new(2022), Year::new(2000)).unwrap_err();
        assert_eq!(error.to_string(), "years 2022 to 2000 end before they begin");
    }
}
