//! Errors of the past laid onto trajectories.

use icf_uncertainty::bootstrap::blocks;

use crate::block::{Block, LANES, Quantity};
use crate::inputs::{Drawn, Inputs};

/// The relative errors that were made one year ahead in the past, to be drawn in blocks of years. In a draw every region
/// takes the errors of the same years, so that what went together goes together; they add up from year to year.
#[derive(Clone, Debug)]
pub struct Shock {
    /// The input that picks the years.
    pub input: String,
    /// The quantity that the errors are laid onto.
    pub quantity: Quantity,
    /// What came over what was foretold, by region and past year; `None` for a region without.
    pub ratios: Vec<Option<Vec<f64>>>,
    /// Years that stay together.
    pub block: usize,
    /// Projected years that are known and take no error.
    pub known: usize,
}

impl Shock {
    /// Past years to be picked from.
    #[must_use]
    pub fn observed(&self) -> usize {
        self.ratios.iter().flatten().map(Vec::len).min().unwrap_or(0)
    }

    /// Uniform numbers that it needs for so many projected years.
    #[must_use]
    pub fn picks(&self, years: usize) -> usize {
        years.saturating_sub(self.known).div_ceil(self.block)
    }

    pub(crate) fn lay(&self, inputs: &Inputs, drawn: &Drawn, years: usize, block: &mut Block) {
        let observed = self.observed();
        let Some((first, count)) = inputs.first_pick(&self.input).filter(|_| observed > 0) else { return };
        let length = years.saturating_sub(self.known);
        let mut picked = vec![[0_usize; LANES]; length];
        let (mut uniforms, mut places) = (vec![0.5; count], Vec::with_capacity(length));
        for lane in 0..drawn.lanes() {
            for (place, uniform) in uniforms.iter_mut().enumerate() {
                *uniform = drawn.of(first + place)[lane];
            }
            blocks(&uniforms, observed, length, self.block, &mut places);
            for (picked, place) in picked.iter_mut().zip(&places) {
                picked[lane] = *place;
            }
        }
        for (region, ratios) in self.ratios.iter().enumerate() {
            let Some(ratios) = ratios else { continue };
            let mut factor = [1.0; LANES];
            for (year, picked) in block.of_mut(self.quantity, region)[self.known..].iter_mut().zip(&picked) {
                for ((figure, factor), place) in year.iter_mut().zip(&mut factor).zip(picked) {
                    *factor *= ratios[*place];
                    *figure *= *factor;
                }
            }
        }
    }
}
