//! A share of a total that is projected as a whole.

use icf_units::YearRange;

use super::{Fit, Model, ModelError, Trajectory};
use crate::History;

/// Keeps the last share of a total: v(t) = T(t)·v(t₀)/T(t₀), where the total T goes on by a model of its own.
///
/// In a back-test the total is known as long as the part is. The interval of the total is not that of a part, whose share moves:
/// [`forecast`](crate::forecast) takes the errors of the past.
///
/// ```
/// use icf_projection::{Fit, History, Model, Rate, TopDown};
/// use icf_units::{Year, YearRange};
/// let of = |values: [f64; 2]| History::new(values.into_iter().zip(2021..).map(|(v, y)| (Year::new(y), v))).unwrap();
/// let model = TopDown { total: of([150.0, 200.0]), model: Box::new(Model::Rate(Rate { per_year: 0.5 })) };
/// let years = YearRange::new(Year::new(2023), Year::new(2023)).unwrap();
/// // A quarter of 200 is a quarter of 300 a year later.
/// assert_eq!(model.project(&of([10.0, 50.0]), years).unwrap().values, [75.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TopDown {
    /// The total in the past.
    pub total: History,
    /// How it goes on.
    pub model: Box<Model>,
}

impl Fit for TopDown {
    fn name(&self) -> &'static str {
        "top-down"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        let (last, value) = history.last();
        let part = |error: ModelError| ModelError::Part { quantity: "the total", error: Box::new(error) };
        let total = self
            .total
            .at(last)
            .ok_or_else(|| part(ModelError::Missing { model: self.name(), year: last }))?;
        if total <= 0.0 {
            return Err(part(ModelError::NotPositive { model: self.name(), year: last, value: total }));
        }
        let share = value / total;
        let made = self.model.project(&self.total, years).map_err(part)?;
        Ok(Trajectory {
            values: made.values.iter().map(|total| share * total).collect(),
            spread: None,
            fitted: vec![],
            ..made
        })
    }

    fn earlier(&self, years: i32) -> Option<Model> {
        Some(Model::TopDown(Self {
            total: self.total.without_last(years)?,
            model: Box::new(self.model.earlier(years)?),
        }))
    }
}
