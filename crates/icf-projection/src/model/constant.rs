//! The naive model.

use icf_units::YearRange;

use super::{Fit, Model, ModelError, Trajectory};
use crate::History;

/// Stays at the last observation: v(t) = v(t₀).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constant;

impl Fit for Constant {
    fn name(&self) -> &'static str {
        "constant"
    }

    fn project(&self, history: &History, years: YearRange) -> Result<Trajectory, ModelError> {
        Ok(Trajectory::given(vec![history.last().1; years.len()], Some(0.0)))
    }

    fn earlier(&self, _years: i32) -> Option<Model> {
        Some(Model::Constant(*self))
    }
}
