//! What turns the inputs of a block into figures.

use crate::block::{Block, LANES, Lanes, Quantity};
use crate::inputs::Drawn;

/// A chain from inputs to the figures of each region and year.
pub trait Chain: Sync {
    /// Why a draw cannot be carried through.
    type Error: Send;

    /// Fills the block for the draws there are.
    ///
    /// # Errors
    /// When a draw cannot be carried through.
    fn carry(&self, drawn: &Drawn, block: &mut Block) -> Result<(), Self::Error>;
}

/// A figure that is given, or an input times a scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Term {
    /// The same in every draw.
    Given(f64),
    /// An input that draws values, by its place, times a scale.
    Drawn {
        /// Its place.
        input: usize,
        /// What one of its unit is here.
        scale: f64,
    },
}

impl Term {
    fn lanes(self, drawn: &Drawn) -> Lanes {
        match self {
            Self::Given(value) => [value; LANES],
            Self::Drawn { input, scale } => drawn.of(input).map(|value| value * scale),
        }
    }
}

/// How a quantity goes on, relative to where it starts.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// By a compound rate: (1 + rate)^t in the t-th year.
    Growth(Term),
    /// Through points, years after the start with shares of it, on straight lines; after the last it stays.
    Path(Vec<(usize, Term)>),
}

impl Shape {
    /// The share of the start in each year from the first on.
    fn fill(&self, drawn: &Drawn, years: &mut [Lanes]) {
        match self {
            Self::Growth(rate) => {
                let factor = rate.lanes(drawn).map(|rate| 1.0 + rate);
                let mut share = [1.0; LANES];
                for year in years {
                    for (share, factor) in share.iter_mut().zip(&factor) {
                        *share *= factor;
                    }
                    *year = share;
                }
            }
            Self::Path(points) => {
                let (mut from, mut low) = (0, [1.0; LANES]);
                for &(to, term) in points {
                    let high = term.lanes(drawn);
                    for at in from + 1..=to {
                        let Some(year) = years.get_mut(at - 1) else { break };
                        #[expect(clippy::cast_precision_loss, reason = "years are few")]
                        let along = (at - from) as f64 / (to - from) as f64;
                        for ((year, low), high) in year.iter_mut().zip(&low).zip(&high) {
                            *year = low + (high - low) * along;
                        }
                    }
                    (from, low) = (to, high);
                }
                for year in years.iter_mut().skip(from) {
                    *year = low;
                }
            }
        }
    }
}

/// The course of a quantity in a region.
#[derive(Clone, Debug, PartialEq)]
pub enum Course {
    /// The same in every draw, a figure a year.
    Given(Vec<f64>),
    /// A shape, by its place, times the figure at the start.
    Shaped {
        /// Its place.
        shape: usize,
        /// The figure that the shape is relative to.
        start: f64,
    },
}

/// A chain in which every uncertain key is a rate, a point of a path or a level, in closed form.
///
/// What is the same in every draw is filled in once, by [`Closed::block`].
#[derive(Clone, Debug, Default)]
pub struct Closed {
    /// The shapes that courses have.
    pub shapes: Vec<Shape>,
    /// The course of each quantity and region; `None` where it is not known. In the order of [`Quantity::ALL`].
    pub courses: [Vec<Option<Course>>; 3],
    /// Uptake of a mean hectare, t/hm2.
    pub eta: f64,
    /// The level of each rule.
    pub levels: Vec<Term>,
}

impl Chain for Closed {
    type Error = std::convert::Infallible;

    fn carry(&self, drawn: &Drawn, block: &mut Block) -> Result<(), Self::Error> {
        block.eta = [self.eta; LANES];
        for (lanes, level) in block.levels.iter_mut().zip(&self.levels) {
            *lanes = level.lanes(drawn);
        }
        let years = block.of(Quantity::Emissions, 0).len();
        let shapes: Vec<Vec<Lanes>> = self
            .shapes
            .iter()
            .map(|shape| {
                let mut shares = vec![[1.0; LANES]; years];
                shape.fill(drawn, &mut shares);
                shares
            })
            .collect();
        for (quantity, courses) in Quantity::ALL.into_iter().zip(&self.courses) {
            for (region, course) in courses.iter().enumerate() {
                let into = block.of_mut(quantity, region);
                match course {
                    None => {}
                    Some(Course::Given(figures)) => {
                        for (year, figure) in into.iter_mut().zip(figures) {
                            *year = [*figure; LANES];
                        }
                    }
                    Some(Course::Shaped { shape, start }) => {
                        for (year, shares) in into.iter_mut().zip(&shapes[*shape]) {
                            *year = shares.map(|share| start * share);
                        }
                    }
                }
            }
        }
        Ok(())
    }
}
