//! What a block of draws means for a subject in a year.

use crate::block::{Block, LANES, Lanes, Quantity};
use crate::frame::{Frame, Held, Subject};

/// The sums over a subject's regions in a year.
pub(crate) struct Look {
    pub(crate) ice: Lanes,
    pub(crate) cs: Lanes,
    pub(crate) icf: Lanes,
    pub(crate) cec: Lanes,
    /// Sum of the regions' deficits.
    deficit: Lanes,
    /// Sum of the regions' sizes.
    size: Lanes,
    population: Lanes,
}

impl Look {
    fn nothing() -> Self {
        let [ice, cs, icf, cec, deficit, size, population] = [[0.0; LANES]; 7];
        Self { ice, cs, icf, cec, deficit, size, population }
    }

    fn region(block: &Block, region: usize, year: usize) -> Self {
        let of = |quantity| block.of(quantity, region)[year];
        let (ice, cs, population) = (of(Quantity::Emissions), of(Quantity::Sink), of(Quantity::Population));
        let mut look = Self { ice, cs, population, ..Self::nothing() };
        for lane in 0..LANES {
            let (icf, cec) = (ice[lane] / block.eta[lane], cs[lane] / block.eta[lane]);
            look.icf[lane] = icf;
            look.cec[lane] = cec;
            look.deficit[lane] = (icf - cec).max(0.0);
            look.size[lane] = icf.min(cec);
        }
        look
    }

    fn add(&mut self, region: &Self) {
        for (sum, more) in [
            (&mut self.ice, &region.ice),
            (&mut self.cs, &region.cs),
            (&mut self.icf, &region.icf),
            (&mut self.cec, &region.cec),
            (&mut self.deficit, &region.deficit),
            (&mut self.size, &region.size),
            (&mut self.population, &region.population),
        ] {
            for (sum, more) in sum.iter_mut().zip(more) {
                *sum += more;
            }
        }
    }

    /// Footprint depth, 1 + Σ deficit / Σ CEC; beyond every number for a deficit without capacity.
    pub(crate) fn depth(&self) -> Lanes {
        let mut depth = [1.0; LANES];
        for ((depth, deficit), cec) in depth.iter_mut().zip(&self.deficit).zip(&self.cec) {
            // Nothing over nothing is no deficit.
            *depth = if *deficit > 0.0 { 1.0 + deficit / cec } else { 1.0 };
        }
        depth
    }

    /// What a rule holds against the level, and the level, given its own.
    pub(crate) fn held(&self, held: Held, level: &Lanes) -> (Lanes, Lanes) {
        let per_capita = |area: &Lanes| {
            let mut each = *area;
            each.iter_mut().zip(&self.population).for_each(|(area, residents)| *area /= residents);
            each
        };
        match held {
            Held::Emissions => (self.ice, *level),
            Held::Capacity => (self.icf, self.cec),
            Held::Depth => (self.depth(), *level),
            Held::IcfPerCapita => (per_capita(&self.icf), *level),
            Held::SizePerCapita => (per_capita(&self.size), *level),
        }
    }
}

/// The looks of all subjects in a year, in their order.
pub(crate) fn looks(frame: &Frame, block: &Block, year: usize) -> Vec<Look> {
    let regions: Vec<Look> = (0..frame.regions).map(|region| Look::region(block, region, year)).collect();
    let sum = |subject: &Subject| {
        let mut sum = Look::nothing();
        subject.members.iter().for_each(|&member| sum.add(&regions[member]));
        sum
    };
    frame.subjects.iter().map(sum).collect()
}
