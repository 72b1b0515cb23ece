//! Some draws side by side, so that the same step of all of them is one loop.

/// Draws that go through the chain together.
pub const LANES: usize = 128;

/// One figure in each draw of a block.
pub type Lanes = [f64; LANES];

/// What a chain makes of a block of draws.
///
/// A panel holds a figure for each region, year and draw, in that order; what is not known of a region is never read.
#[derive(Clone, Debug)]
pub struct Block {
    years: usize,
    ice: Vec<Lanes>,
    cs: Vec<Lanes>,
    population: Vec<Lanes>,
    /// Uptake of a mean hectare, t/hm2.
    pub eta: Lanes,
    /// The level of each rule, in the unit of what is held against it; not read where the level is the capacity.
    pub levels: Vec<Lanes>,
}

impl Block {
    /// A block for so many regions, years and rules.
    #[must_use]
    pub fn new(regions: usize, years: usize, rules: usize) -> Self {
        let panel = || vec![[0.0; LANES]; regions * years];
        let [ice, cs, population] = [panel(), panel(), panel()];
        Self { years, ice, cs, population, eta: [1.0; LANES], levels: vec![[0.0; LANES]; rules] }
    }

    /// The figures of a quantity of a region, a year each.
    #[must_use]
    pub fn of(&self, quantity: Quantity, region: usize) -> &[Lanes] {
        &self.panel(quantity)[region * self.years..][..self.years]
    }

    /// The same, to be filled.
    pub fn of_mut(&mut self, quantity: Quantity, region: usize) -> &mut [Lanes] {
        let years = self.years;
        let panel = match quantity {
            Quantity::Emissions => &mut self.ice,
            Quantity::Sink => &mut self.cs,
            Quantity::Population => &mut self.population,
        };
        &mut panel[region * years..][..years]
    }

    fn panel(&self, quantity: Quantity) -> &[Lanes] {
        match quantity {
            Quantity::Emissions => &self.ice,
            Quantity::Sink => &self.cs,
            Quantity::Population => &self.population,
        }
    }
}

/// What a chain gives for each region and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// Industrial carbon emissions, t on the scenario's basis.
    Emissions,
    /// Carbon sink, t C.
    Sink,
    /// Residents.
    Population,
}

impl Quantity {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Emissions, Self::Sink, Self::Population];
}
