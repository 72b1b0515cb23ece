//! Draws in shards: planned, run in parallel, merged in order.

use icf_uncertainty::{DesignError, Sampling};
use rayon::prelude::*;

use crate::block::{Block, LANES};
use crate::cell::{Cell, Quantile, Range};
use crate::chain::Chain;
use crate::frame::Frame;
use crate::inputs::{Drawn, Inputs};
use crate::look::Looks;
use crate::shock::Shock;

/// Draws of a shard.
const SHARD: u64 = 4096;
/// Shards that are run before they are merged: the memory that a run takes does not grow with its draws.
const AT_ONCE: usize = 8;

/// What is drawn, how, and what is looked at.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What is looked at.
    pub frame: Frame,
    /// What is drawn.
    pub inputs: Inputs,
    /// The errors of the past that are laid on.
    pub shocks: Vec<Shock>,
    /// How the draws fill the space of the inputs.
    pub sampling: Sampling,
    /// Draws of each replicate.
    pub draws: u64,
    /// Replicates.
    pub replicates: u32,
    /// The seed.
    pub seed: u64,
}

/// Why an ensemble is not to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnsembleError<E> {
    /// The sampling does not reach so far.
    Design(DesignError),
    /// A draw cannot be carried through.
    Chain(E),
}

/// What is gathered of each subject and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Emissions, t on the scenario's basis.
    Emissions,
    /// Sink, t C.
    Sink,
    /// Footprint, hm2.
    Icf,
    /// Capacity, hm2.
    Cec,
    /// Depth.
    Depth,
}

impl Measure {
    /// Each of them.
    pub const ALL: [Self; 5] = [Self::Emissions, Self::Sink, Self::Icf, Self::Cec, Self::Depth];
}

/// The draws of one shard.
struct Shard {
    replicate: u32,
    first: u64,
    end: u64,
}

/// Counts and sums of one shard.
struct Partial {
    replicate: u32,
    /// By subject, year and measure.
    cells: Vec<Cell>,
    /// By pair of rule and subject, then year.
    crossed: Vec<u64>,
    above: Vec<u64>,
}

/// The draws of a plan, summed up.
#[derive(Clone, Debug)]
pub struct Outcome {
    years: usize,
    measures: usize,
    cells: Vec<Cell>,
    pairs: Vec<(usize, usize)>,
    /// By replicate, pair and year.
    crossed: Vec<Vec<u64>>,
    above: Vec<Vec<u64>>,
    /// By replicate and cell: the sum, and of how many figures.
    sums: Vec<Vec<(f64, u64)>>,
    draws: u64,
    /// Where footprint and capacity are not gathered: the uptake that makes them of emissions and sink.
    eta: Option<f64>,
}

/// A share of the draws with its standard error over the replicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probability {
    /// The share.
    pub share: f64,
    /// Its standard error: the spread over the replicates, over the root of their number.
    pub standard_error: f64,
}

/// Mean, spread and quantiles of a measure.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'a> {
    outcome: &'a Outcome,
    cell: usize,
    scale: f64,
}

impl Figures<'_> {
    fn cell(&self) -> &Cell {
        &self.outcome.cells[self.cell]
    }

    /// Mean and standard deviation; `None` when a draw lies beyond every number.
    #[must_use]
    pub fn moments(&self) -> Option<(f64, f64)> {
        self.cell().moments().map(|(mean, sd)| (mean * self.scale, sd * self.scale))
    }

    /// The standard error of the mean, from the means of the replicates; `None` when a draw lies beyond every number.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "draws are fewer than 2^53")]
    pub fn standard_error(&self) -> Option<f64> {
        self.cell().moments()?;
        let means: Vec<f64> = self
            .outcome
            .sums
            .iter()
            .map(|sums| {
                let (sum, count) = sums[self.cell];
                sum / count as f64
            })
            .collect();
        Some(icf_uncertainty::standard_error(&means)? * self.scale)
    }

    /// The figure that a share of the draws does not exceed, with how far the binning may have moved it; `None` when it
    /// lies beyond every number.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<Quantile> {
        let found = self.cell().quantile(share)?;
        Some(Quantile { value: found.value * self.scale, error: found.error * self.scale })
    }

    /// Draws in which it lies beyond every number.
    #[must_use]
    pub fn beyond(&self) -> u64 {
        self.cell().beyond()
    }
}

impl Outcome {
    /// Draws in all.
    #[must_use]
    pub const fn draws(&self) -> u64 {
        self.draws
    }

    /// The figures of a subject in a year, counted from the first projected one.
    #[must_use]
    pub fn figures(&self, subject: usize, year: usize, measure: Measure) -> Figures<'_> {
        let (measure, scale) = match (measure, self.eta) {
            (Measure::Icf, Some(eta)) => (Measure::Emissions, eta.recip()),
            (Measure::Cec, Some(eta)) => (Measure::Sink, eta.recip()),
            _ => (measure, 1.0),
        };
        let place = place(measure);
        Figures { outcome: self, cell: (subject * self.years + year) * self.measures + place, scale }
    }

    /// The probability that a rule's level was crossed in a year or before it, counted from the first projected year; `None`
    /// where the rule is not held for the subject.
    #[must_use]
    pub fn crossed_by(&self, rule: usize, subject: usize, year: usize) -> Option<Probability> {
        self.probability(&self.crossed, rule, subject, year)
    }

    /// The probability that the level is exceeded in a year.
    #[must_use]
    pub fn above_in(&self, rule: usize, subject: usize, year: usize) -> Option<Probability> {
        self.probability(&self.above, rule, subject, year)
    }

    #[expect(clippy::cast_precision_loss, reason = "draws are fewer than 2^53")]
    fn probability(&self, of: &[Vec<u64>], rule: usize, subject: usize, year: usize) -> Option<Probability> {
        let pair = self.pairs.iter().position(|pair| *pair == (rule, subject))?;
        let each = (self.draws / of.len() as u64) as f64;
        let shares: Vec<f64> =
            of.iter().map(|counts| counts[pair * self.years + year] as f64 / each).collect();
        let total: u64 = of.iter().map(|counts| counts[pair * self.years + year]).sum();
        let share = total as f64 / self.draws as f64;
        let standard_error = icf_uncertainty::standard_error(&shares).unwrap_or(0.0);
        Some(Probability { share, standard_error })
    }
}

/// Where a measure stands among those gathered.
const fn place(measure: Measure) -> usize {
    match measure {
        Measure::Emissions => 0,
        Measure::Sink => 1,
        Measure::Depth => 2,
        Measure::Icf => 3,
        Measure::Cec => 4,
    }
}

impl Plan {
    /// Carries all draws through a chain.
    ///
    /// The same plan and chain give the same outcome on any number of threads: shards do not depend on it, and are merged in
    /// their order.
    ///
    /// # Errors
    /// As [`EnsembleError`] says; of several draws that cannot be carried through, the first of those met.
    pub fn run<C: Chain>(&self, chain: &C) -> Result<Outcome, EnsembleError<C::Error>> {
        let measures = if self.frame.eta_is_drawn { 5 } else { 3 };
        let pairs: Vec<(usize, usize)> = self.frame.pairs().collect();
        let first = Shard { replicate: 0, first: 0, end: self.draws.min(SHARD / 4) };
        let (ranges, eta) = self.pilot(chain, &first, measures)?;
        let shards: Vec<Shard> = (0..self.replicates)
            .flat_map(|replicate| {
                (0..self.draws.div_ceil(SHARD)).map(move |shard| Shard {
                    replicate,
                    first: shard * SHARD,
                    end: ((shard + 1) * SHARD).min(self.draws),
                })
            })
            .collect();
        let counts = vec![vec![0; pairs.len() * self.frame.years]; self.replicates as usize];
        let mut outcome = Outcome {
            years: self.frame.years,
            measures,
            cells: ranges.iter().copied().map(Cell::new).collect(),
            pairs,
            crossed: counts.clone(),
            above: counts,
            sums: vec![vec![(0.0, 0); ranges.len()]; self.replicates as usize],
            draws: self.draws * u64::from(self.replicates),
            eta: (!self.frame.eta_is_drawn).then_some(eta),
        };
        for some in shards.chunks(AT_ONCE) {
            let partials: Vec<_> =
                some.par_iter().map(|shard| self.run_shard(chain, shard, &ranges)).collect();
            for partial in partials {
                outcome.merge(partial?);
            }
        }
        Ok(outcome)
    }

    /// The ranges of the bins, from the draws of a first part, and the uptake of a mean hectare in the first of them.
    fn pilot<C: Chain>(
        &self,
        chain: &C,
        first: &Shard,
        measures: usize,
    ) -> Result<(Vec<Range>, f64), EnsembleError<C::Error>> {
        let cells = self.frame.subjects.len() * self.frame.years * measures;
        let mut ends = vec![(f64::INFINITY, f64::NEG_INFINITY); cells];
        let mut eta = None;
        self.blocks(chain, first, |drawn, block| {
            eta.get_or_insert(block.eta[0]);
            self.each(
                block,
                measures,
                |_, _, _| {},
                |cell, lanes| {
                    for figure in lanes[..drawn.lanes()].iter().filter(|figure| figure.is_finite()) {
                        ends[cell] = (ends[cell].0.min(*figure), ends[cell].1.max(*figure));
                    }
                },
            );
        })?;
        let range = |(cell, (low, high)): (usize, (f64, f64))| {
            let floor = (cell % measures == place(Measure::Depth)).then_some(1.0);
            if low <= high { Range::of(low, high, floor) } else { Range::of(1.0, 1.0, floor) }
        };
        Ok((ends.into_iter().enumerate().map(range).collect(), eta.unwrap_or(1.0)))
    }

    fn run_shard<C: Chain>(
        &self,
        chain: &C,
        shard: &Shard,
        ranges: &[Range],
    ) -> Result<Partial, EnsembleError<C::Error>> {
        let years = self.frame.years;
        let pairs: Vec<(usize, usize)> = self.frame.pairs().collect();
        let measures = ranges.len() / (self.frame.subjects.len() * years).max(1);
        let mut partial = Partial {
            replicate: shard.replicate,
            cells: ranges.iter().copied().map(Cell::new).collect(),
            crossed: vec![0; pairs.len() * years],
            above: vec![0; pairs.len() * years],
        };
        let Partial { cells, crossed, above, .. } = &mut partial;
        self.blocks(chain, shard, |drawn, block| {
            let mut ever = vec![[false; LANES]; pairs.len()];
            let hold = |year: usize, looks: &Looks, block: &Block| {
                for ((place, &(rule, subject)), ever) in pairs.iter().enumerate().zip(&mut ever) {
                    let (held, level) =
                        looks.of(block, subject).held(self.frame.rules[rule].held, &block.levels[rule]);
                    let (mut now, mut by_now) = (0, 0);
                    for ((ever, held), level) in ever.iter_mut().zip(&*held).zip(level).take(drawn.lanes()) {
                        let is_above = held > level;
                        *ever |= is_above;
                        now += u64::from(is_above);
                        by_now += u64::from(*ever);
                    }
                    above[place * years + year] += now;
                    crossed[place * years + year] += by_now;
                }
            };
            self.each(block, measures, hold, |cell, lanes| cells[cell].add(&lanes[..drawn.lanes()]));
        })?;
        Ok(partial)
    }

    /// Carries the draws of a shard through the chain, block by block.
    fn blocks<C: Chain>(
        &self,
        chain: &C,
        shard: &Shard,
        mut look: impl FnMut(&Drawn, &Block),
    ) -> Result<(), EnsembleError<C::Error>> {
        let design = self
            .inputs
            .design(self.sampling, self.draws, shard.replicate, self.seed)
            .map_err(EnsembleError::Design)?;
        let dimensions = self.inputs.dimensions().len();
        let mut points = vec![0.5; dimensions * LANES];
        let mut first = shard.first;
        let mut carrier = Carrier::new(self);
        while first < shard.end {
            let count = usize::try_from(shard.end - first).map_or(LANES, |left| left.min(LANES));
            let mut each = points.chunks_mut(dimensions.max(1)).take(count);
            for (index, point) in (first..).zip(each.by_ref()) {
                design.fill(index, point);
            }
            let points = points.chunks_mut(dimensions.max(1)).take(count);
            let (drawn, block) = carrier.carry(chain, points).map_err(EnsembleError::Chain)?;
            look(drawn, block);
            first += count as u64;
        }
        Ok(())
    }

    /// Shows the looks of each year, and every measure of each subject and year.
    fn each(
        &self,
        block: &Block,
        measures: usize,
        mut hold: impl FnMut(usize, &Looks, &Block),
        mut gather: impl FnMut(usize, &[f64; LANES]),
    ) {
        let mut looks = Looks::new(&self.frame);
        for year in 0..self.frame.years {
            looks.fill(block, year);
            hold(year, &looks, block);
            for subject in 0..self.frame.subjects.len() {
                let look = looks.of(block, subject);
                let cell = (subject * self.frame.years + year) * measures;
                gather(cell, look.ice);
                gather(cell + 1, look.cs);
                gather(cell + 2, &look.depth());
                if measures == 5 {
                    gather(cell + 3, &look.area(look.ice));
                    gather(cell + 4, &look.area(look.cs));
                }
            }
        }
    }
}

impl Outcome {
    fn merge(&mut self, next: Partial) {
        for (cell, more) in self.cells.iter_mut().zip(&next.cells) {
            cell.merge(more);
        }
        let replicate = next.replicate as usize;
        for (sum, more) in self.sums[replicate].iter_mut().zip(&next.cells) {
            let (more, count) = more.sum();
            *sum = (sum.0 + more, sum.1 + count);
        }
        for (sum, more) in [(&mut self.crossed, next.crossed), (&mut self.above, next.above)] {
            for (count, more) in sum[replicate].iter_mut().zip(more) {
                *count += more;
            }
        }
    }
}

/// A chain at work: the room that blocks of draws need.
pub(crate) struct Carrier<'a> {
    plan: &'a Plan,
    drawn: Drawn,
    block: Block,
}

impl<'a> Carrier<'a> {
    pub(crate) fn new(plan: &'a Plan) -> Self {
        let frame = &plan.frame;
        let block = Block::new(frame.regions, frame.years, frame.rules.len());
        Self { plan, drawn: plan.inputs.drawn(), block }
    }

    /// Carries points of the open unit cube, at most [`LANES`] of them, through the chain and the errors of the past.
    pub(crate) fn carry<'p, C: Chain>(
        &mut self,
        chain: &C,
        points: impl Iterator<Item = &'p mut [f64]>,
    ) -> Result<(&Drawn, &Block), C::Error> {
        self.plan.inputs.draw(points, &mut self.drawn);
        chain.carry(&self.drawn, &mut self.block)?;
        for shock in &self.plan.shocks {
            shock.lay(&self.plan.inputs, &self.drawn, self.plan.frame.years, &mut self.block);
        }
        Ok((&self.drawn, &self.block))
    }
}
