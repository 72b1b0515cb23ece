//! When a trajectory passes a level.

use icf_units::Year;

/// One year of a trajectory beside its level, which may move from year to year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The year.
    pub year: Year,
    /// The trajectory.
    pub value: f64,
    /// The level.
    pub level: f64,
}

impl Step {
    /// Crossed means **above** the level: a value on it is not.
    #[must_use]
    pub fn is_crossed(self) -> bool {
        self.value > self.level
    }

    /// Level minus trajectory: positive is room left.
    #[must_use]
    pub fn margin(self) -> f64 {
        self.level - self.value
    }
}

/// What a threshold says of a trajectory.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// Whether it is crossed in the last year of the history; `None` when that year is unknown.
    pub already_at_start: Option<bool>,
    /// First projected year in which it is crossed.
    pub first_year: Option<Year>,
    /// The last step, at the horizon; `None` when the last year is unknown.
    pub horizon: Option<Step>,
    /// Years of the history in which it was crossed.
    pub historical: Vec<Year>,
}

impl Crossing {
    /// Reads a trajectory from its first year to `horizon`; the years up to `last_observed` are the history.
    ///
    /// ```
    /// use icf_projection::{Crossing, Step};
    /// use icf_units::Year;
    /// let steps = [(2021, 9.0), (2022, 7.0), (2023, 8.0), (2024, 9.0)]
    ///     .map(|(year, value)| Step { year: Year::new(year), value, level: 8.0 });
    /// let crossing = Crossing::of(steps, Year::new(2022), Year::new(2024));
    /// assert_eq!(crossing.historical, [Year::new(2021)]);
    /// assert_eq!(crossing.already_at_start, Some(false));
    /// assert_eq!(crossing.first_year, Some(Year::new(2024)));
    /// assert_eq!(crossing.horizon.unwrap().margin(), -1.0);
    /// ```
    #[must_use]
    pub fn of(steps: impl IntoIterator<Item = Step>, last_observed: Year, horizon: Year) -> Self {
        let mut crossing =
            Self { already_at_start: None, first_year: None, horizon: None, historical: vec![] };
        for step in steps {
            if step.year == last_observed {
                crossing.already_at_start = Some(step.is_crossed());
            }
            if step.year == horizon {
                crossing.horizon = Some(step);
            }
            if step.is_crossed() {
                if step.year <= last_observed {
                    crossing.historical.push(step.year);
                } else if crossing.first_year.is_none() {
                    crossing.first_year = Some(step.year);
                }
            }
        }
        crossing
    }
}
