//! Given points.

use icf_units::{Year, YearRange};

use super::{Fit, Model, ModelError, Trajectory};
use crate::History;

/// Follows given points, each a share of the last observation, with straight lines in between; after the last
/// point it stays.
///
/// ```
/// use icf_projection::{Fit, History, Path};
/// use icf_units::{Year, YearRange};
/// let history = History::new([(Year::new(2022), 200.0)]).unwrap();
/// let years = YearRange::new(Year::new(2023), Year::new(2025)).unwrap();
/// let path = Path { points: vec![(Year::new(2024), 0.5)] };
/// assert_eq!(path.project(&history, years).unwrap().values, [150.0, 100.0, 100.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Years, ascending and after the history, with the share of the last observation.
    pub points: Vec<(Year, f64)>,
}

impl Fit for Path {
    fn name(&self) -> &'static str {
        "path"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let (start, value) = history.last();
        let share = |year: Year| {
            let mut before = (start, 1.0);
            for &(point, share) in &self.points {
                if year < point {
                    let along = f64::from(year.since(before.0)) / f64::from(point.since(before.0));
                    return before.1 + (share - before.1) * along;
                }
                before = (point, share);
            }
            before.1
        };
        Ok(Trajectory::given(years.iter().map(|year| value * share(year)).collect(), None))
    }

    fn earlier(&self, _years: i32) -> Option<Model> {
        None
    }
}
