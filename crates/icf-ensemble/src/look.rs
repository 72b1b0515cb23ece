//! What a block of draws means for a subject in a year.

use std::borrow::Cow;

use crate::block::{Block, LANES, Lanes, Quantity};
use crate::frame::{Frame, Held, Subject};

/// The sums over a subject's regions in a year.
#[derive(Clone)]
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
    const NOTHING: Self = {
        let nothing = [0.0; LANES];
        Self {
            ice: nothing,
            cs: nothing,
            icf: nothing,
            cec: nothing,
            deficit: nothing,
            size: nothing,
            population: nothing,
        }
    };

    fn fill(&mut self, block: &Block, region: usize, year: usize) {
        self.ice = block.of(Quantity::Emissions, region)[year];
        self.cs = block.of(Quantity::Sink, region)[year];
        self.population = block.of(Quantity::Population, region)[year];
        for lane in 0..LANES {
            let (icf, cec) = (self.ice[lane] / block.eta[lane], self.cs[lane] / block.eta[lane]);
            self.icf[lane] = icf;
            self.cec[lane] = cec;
            self.deficit[lane] = if icf > cec { icf - cec } else { 0.0 };
            self.size[lane] = if icf < cec { icf } else { cec };
        }
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
            let with_deficit = 1.0 + deficit / cec;
            // Nothing over nothing is no deficit.
            *depth = if *deficit > 0.0 { with_deficit } else { 1.0 };
        }
        depth
    }

    /// What a rule holds against the level, and the level, given its own.
    pub(crate) fn held<'a>(&'a self, held: Held, level: &'a Lanes) -> (Cow<'a, Lanes>, &'a Lanes) {
        let per_capita = |area: &Lanes| {
            let mut each = *area;
            each.iter_mut().zip(&self.population).for_each(|(area, residents)| *area /= residents);
            Cow::Owned(each)
        };
        match held {
            Held::Emissions => (Cow::Borrowed(&self.ice), level),
            Held::Capacity => (Cow::Borrowed(&self.icf), &self.cec),
            Held::Depth => (Cow::Owned(self.depth()), level),
            Held::IcfPerCapita => (per_capita(&self.icf), level),
            Held::SizePerCapita => (per_capita(&self.size), level),
        }
    }
}

/// The looks of all subjects in a year.
pub(crate) struct Looks<'a> {
    frame: &'a Frame,
    regions: Vec<Look>,
    /// Of each subject that is not one region.
    sums: Vec<Option<Look>>,
}

impl<'a> Looks<'a> {
    pub(crate) fn new(frame: &'a Frame) -> Self {
        let sum = |subject: &Subject| (subject.members.len() != 1).then_some(Look::NOTHING);
        Self {
            frame,
            regions: vec![Look::NOTHING; frame.regions],
            sums: frame.subjects.iter().map(sum).collect(),
        }
    }

    /// Looks at a year of a block.
    pub(crate) fn fill(&mut self, block: &Block, year: usize) {
        for (region, look) in self.regions.iter_mut().enumerate() {
            look.fill(block, region, year);
        }
        for (sum, subject) in self.sums.iter_mut().zip(&self.frame.subjects) {
            if let Some(sum) = sum {
                *sum = Look::NOTHING;
                subject.members.iter().for_each(|&member| sum.add(&self.regions[member]));
            }
        }
    }

    /// That of a subject, by its place.
    pub(crate) fn of(&self, subject: usize) -> &Look {
        match &self.sums[subject] {
            Some(sum) => sum,
            None => &self.regions[self.frame.subjects[subject].members[0]],
        }
    }

    /// Those of all subjects, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Look> {
        (0..self.sums.len()).map(|subject| self.of(subject))
    }
}
