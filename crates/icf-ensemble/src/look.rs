//! What a block of draws means for a subject in a year.
//!
//! All regions of a draw have one uptake of a mean hectare, so footprint and capacity are emissions and sink over it: deficits and
//! sizes are summed in tonnes, and become areas where one is asked for.

use std::borrow::Cow;

use crate::block::{Block, LANES, Lanes, Quantity};
use crate::frame::{Frame, Held, Subject};

const NOTHING: Lanes = [0.0; LANES];

/// The sums over a subject's regions in a year.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    /// Emissions, t.
    pub(crate) ice: &'a Lanes,
    /// Sink, t.
    pub(crate) cs: &'a Lanes,
    /// Sum of what the regions emit beyond their sinks, t.
    deficit: &'a Lanes,
    /// Sum of the lesser of emissions and sink of each region, t; nothing where no rule asks for it.
    size: &'a Lanes,
    /// Residents; nothing where no rule asks for them.
    population: &'a Lanes,
    eta: &'a Lanes,
}

impl<'a> Look<'a> {
    /// Footprint depth, 1 + Σ deficit / Σ CEC; beyond every number for a deficit without capacity.
    pub(crate) fn depth(&self) -> Lanes {
        let mut depth = [1.0; LANES];
        for ((depth, deficit), cs) in depth.iter_mut().zip(self.deficit).zip(self.cs) {
            let with_deficit = 1.0 + deficit / cs;
            // Nothing over nothing is no deficit.
            *depth = if *deficit > 0.0 { with_deficit } else { 1.0 };
        }
        depth
    }

    /// The area that takes up a mass, hm2.
    pub(crate) fn area(&self, mass: &Lanes) -> Lanes {
        let mut area = *mass;
        area.iter_mut().zip(self.eta).for_each(|(area, eta)| *area /= eta);
        area
    }

    /// What a rule holds against the level, and the level, given its own; emissions and sink in t stand for footprint and
    /// capacity, whose order is theirs.
    pub(crate) fn held(&self, held: Held, level: &'a Lanes) -> (Cow<'a, Lanes>, &'a Lanes) {
        let per_capita = |mass: &Lanes| {
            let mut each = self.area(mass);
            each.iter_mut().zip(self.population).for_each(|(area, residents)| *area /= residents);
            Cow::Owned(each)
        };
        match held {
            Held::Emissions => (Cow::Borrowed(self.ice), level),
            Held::Capacity => (Cow::Borrowed(self.ice), self.cs),
            Held::Depth => (Cow::Owned(self.depth()), level),
            Held::IcfPerCapita => (per_capita(self.ice), level),
            Held::SizePerCapita => (per_capita(self.size), level),
        }
    }

    /// The level minus what is held against it, in the unit of the level; hm2 for the capacity.
    pub(crate) fn margin(&self, held: Held, level: &'a Lanes) -> Lanes {
        let (against, level) = self.held(held, level);
        let mut margin = *level;
        margin.iter_mut().zip(&*against).for_each(|(margin, against)| *margin -= against);
        if held == Held::Capacity { self.area(&margin) } else { margin }
    }
}

/// What is summed over regions.
#[derive(Clone)]
struct Sum {
    ice: Lanes,
    cs: Lanes,
    deficit: Lanes,
    size: Lanes,
    population: Lanes,
}

impl Sum {
    const NOTHING: Self =
        Self { ice: NOTHING, cs: NOTHING, deficit: NOTHING, size: NOTHING, population: NOTHING };

    fn add(&mut self, region: Look<'_>, counts_by_residents: bool) {
        let more = |sum: &mut Lanes, more: &Lanes| {
            for (sum, more) in sum.iter_mut().zip(more) {
                *sum += more;
            }
        };
        more(&mut self.ice, region.ice);
        more(&mut self.cs, region.cs);
        more(&mut self.deficit, region.deficit);
        if counts_by_residents {
            more(&mut self.size, region.size);
            more(&mut self.population, region.population);
        }
    }
}

/// The looks of all subjects in a year.
pub(crate) struct Looks<'a> {
    frame: &'a Frame,
    /// Whether any rule holds areas by residents.
    counts_by_residents: bool,
    year: usize,
    /// Of each region.
    deficits: Vec<Lanes>,
    sizes: Vec<Lanes>,
    /// Of each subject that is not one region.
    sums: Vec<Option<Sum>>,
}

impl<'a> Looks<'a> {
    pub(crate) fn new(frame: &'a Frame) -> Self {
        let sum = |subject: &Subject| (subject.members.len() != 1).then_some(Sum::NOTHING);
        let counts = |held| matches!(held, Held::IcfPerCapita | Held::SizePerCapita);
        Self {
            frame,
            counts_by_residents: frame.rules.iter().any(|rule| counts(rule.held)),
            year: 0,
            deficits: vec![NOTHING; frame.regions],
            sizes: vec![NOTHING; frame.regions],
            sums: frame.subjects.iter().map(sum).collect(),
        }
    }

    /// Looks at a year of a block.
    pub(crate) fn fill(&mut self, block: &Block, year: usize) {
        self.year = year;
        for (region, deficits) in self.deficits.iter_mut().enumerate() {
            let (ice, cs) =
                (&block.of(Quantity::Emissions, region)[year], &block.of(Quantity::Sink, region)[year]);
            for ((deficit, ice), cs) in deficits.iter_mut().zip(ice).zip(cs) {
                *deficit = if ice > cs { ice - cs } else { 0.0 };
            }
            if self.counts_by_residents {
                for ((size, ice), cs) in self.sizes[region].iter_mut().zip(ice).zip(cs) {
                    *size = if ice < cs { *ice } else { *cs };
                }
            }
        }
        let mut sums = std::mem::take(&mut self.sums);
        for (sum, subject) in sums.iter_mut().zip(&self.frame.subjects) {
            let Some(sum) = sum else { continue };
            sum.clone_from(&Sum::NOTHING);
            for &member in &subject.members {
                sum.add(self.region(block, member), self.counts_by_residents);
            }
        }
        self.sums = sums;
    }

    fn region<'b>(&'b self, block: &'b Block, region: usize) -> Look<'b> {
        Look {
            ice: &block.of(Quantity::Emissions, region)[self.year],
            cs: &block.of(Quantity::Sink, region)[self.year],
            deficit: &self.deficits[region],
            size: &self.sizes[region],
            population: &block.of(Quantity::Population, region)[self.year],
            eta: &block.eta,
        }
    }

    /// That of a subject, by its place, in the block that was looked at.
    pub(crate) fn of<'b>(&'b self, block: &'b Block, subject: usize) -> Look<'b> {
        match &self.sums[subject] {
            Some(Sum { ice, cs, deficit, size, population }) => {
                Look { ice, cs, deficit, size, population, eta: &block.eta }
            }
            None => self.region(block, self.frame.subjects[subject].members[0]),
        }
    }
}
