//! What is drawn.

use icf_uncertainty::{Copula, Design, DesignError, Distribution, Sampling};

use crate::block::{LANES, Lanes};

/// An input of the chain.
#[derive(Clone, Debug)]
pub enum Input {
    /// A value of a distribution.
    Value(Distribution),
    /// So many uniform numbers, by which blocks of past years are picked.
    Picks(usize),
}

/// The inputs by name, and how those that draw values go together.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    values: Vec<(String, Distribution)>,
    /// Name, and place of the first uniform number.
    picks: Vec<(String, usize, usize)>,
    copula: Option<Copula>,
    dimensions: Vec<String>,
}

impl Inputs {
    /// Inputs that draw values come first, each in the order given. The copula goes over those in that order.
    #[must_use]
    pub fn new(inputs: impl IntoIterator<Item = (String, Input)>, copula: Option<Copula>) -> Self {
        let mut all = Self { copula, ..Self::default() };
        let mut picks = Vec::new();
        for (name, input) in inputs {
            match input {
                Input::Value(distribution) => {
                    all.dimensions.push(name.clone());
                    all.values.push((name, distribution));
                }
                Input::Picks(count) => picks.push((name, count)),
            }
        }
        for (name, count) in picks {
            all.picks.push((name.clone(), all.dimensions.len(), count));
            all.dimensions.extend((1..=count).map(|place| format!("{name} #{place}")));
        }
        all
    }

    /// The names of the inputs that draw values.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|(name, _)| name.as_str())
    }

    /// The inputs that draw values.
    #[must_use]
    pub fn values(&self) -> &[(String, Distribution)] {
        &self.values
    }

    /// Each dimension of a draw by name: a value each, then the picks.
    #[must_use]
    pub fn dimensions(&self) -> &[String] {
        &self.dimensions
    }

    /// Each input with how many dimensions it has: those that draw values, then those that pick years.
    #[must_use]
    pub fn sizes(&self) -> Vec<(&str, usize)> {
        let values = self.names().map(|name| (name, 1));
        values.chain(self.picks.iter().map(|(name, _, count)| (name.as_str(), *count))).collect()
    }

    /// The same inputs, none of which goes with another.
    #[must_use]
    pub fn independent(&self) -> Self {
        Self { copula: None, ..self.clone() }
    }

    /// The inputs that draw values, without those that pick years.
    #[must_use]
    pub fn values_alone(&self) -> Self {
        let mut dimensions = self.dimensions.clone();
        dimensions.truncate(self.values.len());
        Self { picks: vec![], dimensions, ..self.clone() }
    }

    /// Makes the coordinates of a point go together as the inputs do.
    pub fn correlate(&self, point: &mut [f64]) {
        if let Some(copula) = &self.copula {
            copula.apply(&mut point[..self.values.len()]);
        }
    }

    /// The design of a replicate.
    ///
    /// # Errors
    /// Where the sampling does not reach so many dimensions.
    pub fn design(
        &self,
        sampling: Sampling,
        draws: u64,
        replicate: u32,
        seed: u64,
    ) -> Result<Design, DesignError> {
        Design::new(sampling, &self.dimensions, draws, replicate, seed)
    }

    /// A block of draws from points of the open unit cube, as many as there are points.
    pub(crate) fn draw<'a>(&self, points: impl Iterator<Item = &'a mut [f64]>, drawn: &mut Drawn) {
        drawn.lanes = 0;
        for (lane, point) in points.take(LANES).enumerate() {
            self.correlate(point);
            for (into, &uniform) in drawn.values.iter_mut().zip(point.iter()) {
                into[lane] = uniform;
            }
            drawn.lanes = lane + 1;
        }
        for ((_, distribution), values) in self.values.iter().zip(&mut drawn.values) {
            for value in &mut values[..drawn.lanes] {
                *value = distribution.quantile(*value);
            }
        }
    }

    pub(crate) fn drawn(&self) -> Drawn {
        Drawn { lanes: 0, values: vec![[0.5; LANES]; self.dimensions.len()] }
    }

    /// Place of the first uniform number of an input that picks years.
    pub(crate) fn first_pick(&self, name: &str) -> Option<(usize, usize)> {
        self.picks.iter().find(|(of, ..)| of == name).map(|&(_, first, count)| (first, count))
    }
}

/// The inputs of a block of draws.
#[derive(Clone, Debug)]
pub struct Drawn {
    lanes: usize,
    /// Values by input, then uniform numbers for the picks.
    values: Vec<Lanes>,
}

impl Drawn {
    /// Draws in the block.
    #[must_use]
    pub const fn lanes(&self) -> usize {
        self.lanes
    }

    /// The values of an input, by its place among those that draw values.
    #[must_use]
    pub fn of(&self, input: usize) -> &Lanes {
        &self.values[input]
    }
}
