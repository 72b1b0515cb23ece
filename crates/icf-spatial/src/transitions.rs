//! How a region's place in the Moran scatter moves from one year to another.

use crate::Quadrant;

/// Who moved, after Rey 2001.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReyType {
    /// Nobody.
    None,
    /// The region alone.
    Own,
    /// Its neighbours alone.
    Neighbours,
    /// Both, the same way.
    BothSameWay,
    /// Both, opposite ways.
    BothOppositeWays,
}

impl ReyType {
    /// All five, nobody first.
    pub const ALL: [Self; 5] =
        [Self::None, Self::Own, Self::Neighbours, Self::BothSameWay, Self::BothOppositeWays];

    /// Place among the five.
    pub(crate) const fn place(self) -> usize {
        match self {
            Self::None => 0,
            Self::Own => 1,
            Self::Neighbours => 2,
            Self::BothSameWay => 3,
            Self::BothOppositeWays => 4,
        }
    }

    /// `0`, `I`, `II`, `IIIA` or `IIIB`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "0",
            Self::Own => "I",
            Self::Neighbours => "II",
            Self::BothSameWay => "IIIA",
            Self::BothOppositeWays => "IIIB",
        }
    }
}

/// A move from one quadrant to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Quadrant in the first year.
    pub from: Quadrant,
    /// Quadrant in the last year.
    pub to: Quadrant,
}

/// The move between two quadrants; `None` when either is undefined.
#[must_use]
pub fn transition(from: Quadrant, to: Quadrant) -> Option<Transition> {
    (from.place().is_some() && to.place().is_some()).then_some(Transition { from, to })
}

impl Transition {
    /// PySAL's code of the move, 1 to 16: 4·(code of the first quadrant − 1) + code of the last.
    ///
    /// ```
    /// use icf_spatial::{Quadrant, transition};
    /// assert_eq!(transition(Quadrant::LowLow, Quadrant::LowLow).unwrap().pysal_code(), Some(11));
    /// ```
    #[must_use]
    pub fn pysal_code(self) -> Option<usize> {
        Some(4 * self.from.place()? + self.to.place()? + 1)
    }

    /// Who moved.
    ///
    /// ```
    /// use icf_spatial::{Quadrant, ReyType, transition};
    /// let moved = transition(Quadrant::LowHigh, Quadrant::HighHigh).unwrap();
    /// assert_eq!(moved.rey_type(), ReyType::Own);
    /// ```
    #[must_use]
    pub fn rey_type(self) -> ReyType {
        let (own, around) =
            (self.from.is_high() != self.to.is_high(), self.from.lag_is_high() != self.to.lag_is_high());
        match (own, around) {
            (false, false) => ReyType::None,
            (true, false) => ReyType::Own,
            (false, true) => ReyType::Neighbours,
            (true, true) if self.to.is_high() == self.to.lag_is_high() => ReyType::BothSameWay,
            (true, true) => ReyType::BothOppositeWays,
        }
    }
}

/// Counts of moves, from rows to columns, in the order HH, LH, LL, HL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TransitionTable([[usize; 4]; 4]);

impl TransitionTable {
    /// The count of moves from one quadrant to another; zero for undefined ones.
    #[must_use]
    pub fn count(&self, from: Quadrant, to: Quadrant) -> usize {
        match (from.place(), to.place()) {
            (Some(from), Some(to)) => self.0[from][to],
            _ => 0,
        }
    }

    /// The counts row by row.
    pub(crate) fn rows(&self) -> Vec<Vec<u64>> {
        self.0.iter().map(|row| row.iter().map(|count| *count as u64).collect()).collect()
    }
}

impl FromIterator<Transition> for TransitionTable {
    fn from_iter<I: IntoIterator<Item = Transition>>(moves: I) -> Self {
        let mut table = Self::default();
        for Transition { from, to } in moves {
            if let (Some(from), Some(to)) = (from.place(), to.place()) {
                table.0[from][to] += 1;
            }
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: Quadrant, to: Quadrant, expected: &str) {
        assert_eq!(transition(from, to).unwrap().rey_type().as_str(), expected);
    }

    #[test]
    fn types_after_rey() {
        use Quadrant::{HighHigh, HighLow, LowHigh, LowLow};
        check(HighHigh, HighHigh, "0");
        check(HighHigh, LowHigh, "I");
        check(HighHigh, HighLow, "II");
        check(HighHigh, LowLow, "IIIA");
        check(LowLow, HighHigh, "IIIA");
        check(HighLow, LowHigh, "IIIB");
        check(LowHigh, HighLow, "IIIB");
    }

    #[test]
    fn undefined_moves_are_none() {
        assert_eq!(transition(Quadrant::Undefined, Quadrant::HighHigh), None);
        let table: TransitionTable = transition(Quadrant::LowLow, Quadrant::HighHigh).into_iter().collect();
        assert_eq!(table.count(Quadrant::LowLow, Quadrant::HighHigh), 1);
        assert_eq!(table.count(Quadrant::HighHigh, Quadrant::LowLow), 0);
        assert_eq!(table.count(Quadrant::Undefined, Quadrant::LowLow), 0);
    }
}
