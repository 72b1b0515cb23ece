//! The answers that single draws give, for finding out which input decides them.

use rayon::prelude::*;

use crate::block::LANES;
use crate::chain::Chain;
use crate::look::Looks;
use crate::run::{Carrier, Plan};

/// What a draw says of a rule and a subject.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The level minus what is held against it in the last year.
    pub margin: f64,
    /// The first year above the level, counted from the first projected one; as many as there are years when there is none.
    pub crossing: usize,
}

impl Plan {
    /// The answers to each pair of a rule and a subject, for points of the open unit cube: one row a point.
    ///
    /// # Errors
    /// When a draw cannot be carried through.
    pub fn answers<C: Chain>(&self, chain: &C, points: &[Vec<f64>]) -> Result<Vec<Vec<Answer>>, C::Error> {
        let parts: Vec<_> = points.par_chunks(LANES).map(|points| self.answer(chain, points)).collect();
        let mut all = Vec::with_capacity(points.len());
        for part in parts {
            all.extend(part?);
        }
        Ok(all)
    }

    fn answer<C: Chain>(&self, chain: &C, points: &[Vec<f64>]) -> Result<Vec<Vec<Answer>>, C::Error> {
        let mut points = points.to_vec();
        let mut carrier = Carrier::new(self);
        let (_, block) = carrier.carry(chain, points.iter_mut().map(Vec::as_mut_slice))?;
        let years = self.frame.years;
        let pairs: Vec<(usize, usize)> = self.frame.pairs().collect();
        let none = Answer { margin: 0.0, crossing: years };
        let mut answers = vec![vec![none; pairs.len()]; points.len()];
        let mut looks = Looks::new(&self.frame);
        for year in 0..years {
            looks.fill(block, year);
            for (place, &(rule, subject)) in pairs.iter().enumerate() {
                let margins =
                    looks.of(block, subject).margin(self.frame.rules[rule].held, &block.levels[rule]);
                for (answers, margin) in answers.iter_mut().zip(margins) {
                    let answer = &mut answers[place];
                    answer.margin = margin;
                    if margin < 0.0 {
                        answer.crossing = answer.crossing.min(year);
                    }
                }
            }
        }
        Ok(answers)
    }
}
