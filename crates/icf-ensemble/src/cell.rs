//! The figures of one subject, year and measure over all draws: counted in bins, and summed.

use crate::block::LANES;
use crate::sums::Sums;

/// Bins of a range.
const BINS: usize = 256;

/// A range of figures in bins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Range {
    low: f64,
    width: f64,
    /// The middle of the first bin.
    middle: f64,
    /// Bins for one of the unit.
    scale: f64,
    /// Figures are summed as differences from here, so that no digit is lost.
    centre: f64,
}

impl Range {
    /// A range for figures of which a first part lies between two; `floor` is a figure that is never undercut and may be met
    /// often, such as a depth of 1: it is counted apart.
    pub(crate) fn of(low: f64, high: f64, floor: Option<f64>) -> Self {
        let span = (high - low).max(low.abs().max(high.abs()) * 1e-9).max(f64::MIN_POSITIVE * 1e10);
        let from = floor.unwrap_or(low - 0.5 * span);
        let width = (high + 0.5 * span - from) / f64::from(u16::try_from(BINS).expect("bins are few"));
        Self {
            low: from,
            width,
            middle: from + 0.5 * width,
            scale: width.recip(),
            centre: 0.5 * (low + high),
        }
    }

    /// The bin of a figure above the lowest; at least [`BINS`] above the highest. A figure between two bins may go to either.
    ///
    /// Rounding to a whole number by adding one that leaves no bits for less is one step where a cast is four.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the lower bits hold the place")]
    fn place(&self, figure: f64) -> usize {
        const WHOLE: f64 = (3_u64 << 51) as f64;
        let along = ((figure - self.middle) * self.scale).min(BINS as f64);
        (along + WHOLE).to_bits() as u32 as usize
    }
}

/// Counts and sums, over the draws of a shard or of all.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    range: Range,
    bins: Vec<u32>,
    /// At or below the range.
    below: u64,
    above: u64,
    /// Beyond every number.
    beyond: u64,
    count: u64,
    sum: f64,
    squares: f64,
    least: f64,
    most: f64,
}

/// A quantile of the draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantile {
    /// The quantile.
    pub value: f64,
    /// The quantile of the draws lies no farther from it than this: the width of its bin.
    pub error: f64,
}

impl Cell {
    pub(crate) fn new(range: Range) -> Self {
        Self {
            range,
            bins: vec![0; BINS],
            below: 0,
            above: 0,
            beyond: 0,
            count: 0,
            sum: 0.0,
            squares: 0.0,
            least: f64::INFINITY,
            most: f64::NEG_INFINITY,
        }
    }

    /// Counts the figures of a block, in their order.
    pub(crate) fn add(&mut self, figures: &[f64]) {
        let Some(block) = Sums::of(figures, self.range.centre) else { return self.add_each(figures) };
        self.count += figures.len() as u64;
        self.sum += block.sum;
        self.squares += block.squares;
        self.least = self.least.min(block.least);
        self.most = self.most.max(block.most);
        let last = self.range.place(block.most);
        if block.least == block.most {
            // What is the same in every draw, or meets its floor in all of them.
            let count = figures.len() as u64;
            if block.most <= self.range.low {
                self.below += count;
            } else if let Some(bin) = self.bins.get_mut(last) {
                *bin += u32::try_from(count).expect("a block is small");
            } else {
                self.above += count;
            }
        } else if last < BINS {
            let bins: &mut [u32; BINS] =
                self.bins.as_mut_slice().try_into().expect("a cell has all its bins");
            for figures in figures.chunks(LANES) {
                // Those at the floor are passed over without a branch: nobody can foretell them.
                let (mut places, mut inside) = ([0; LANES], 0);
                for &figure in figures {
                    places[inside % LANES] = self.range.place(figure);
                    inside += usize::from(figure > self.range.low);
                }
                self.below += (figures.len() - inside) as u64;
                for place in &places[..inside] {
                    bins[place % BINS] += 1;
                }
            }
        } else {
            figures.iter().for_each(|figure| self.bin(*figure));
        }
    }

    /// The same, where some of them lie beyond every number.
    fn add_each(&mut self, figures: &[f64]) {
        self.count += figures.len() as u64;
        for &figure in figures {
            if !figure.is_finite() {
                self.beyond += 1;
                continue;
            }
            let from_centre = figure - self.range.centre;
            self.sum += from_centre;
            self.squares += from_centre * from_centre;
            self.least = self.least.min(figure);
            self.most = self.most.max(figure);
            self.bin(figure);
        }
    }

    fn bin(&mut self, figure: f64) {
        if figure <= self.range.low {
            self.below += 1;
        } else {
            match self.bins.get_mut(self.range.place(figure)) {
                Some(bin) => *bin += 1,
                None => self.above += 1,
            }
        }
    }

    /// Adds the counts and sums of the next shard.
    pub(crate) fn merge(&mut self, next: &Self) {
        for (bin, more) in self.bins.iter_mut().zip(&next.bins) {
            *bin += more;
        }
        self.below += next.below;
        self.above += next.above;
        self.beyond += next.beyond;
        self.count += next.count;
        self.sum += next.sum;
        self.squares += next.squares;
        self.least = self.least.min(next.least);
        self.most = self.most.max(next.most);
    }

    /// The sum of the differences from the centre of the range, and of how many figures.
    pub(crate) const fn sum(&self) -> (f64, u64) {
        (self.sum, self.count)
    }

    /// Draws beyond every number: a deficit where there is no capacity.
    pub(crate) fn beyond(&self) -> u64 {
        self.beyond
    }

    /// Mean and standard deviation; `None` when a draw lies beyond every number.
    #[expect(clippy::cast_precision_loss, reason = "draws are fewer than 2^53")]
    pub(crate) fn moments(&self) -> Option<(f64, f64)> {
        if self.beyond > 0 || self.count < 2 {
            return None;
        }
        let count = self.count as f64;
        let mean = self.sum / count;
        let variance = (self.squares - self.sum * mean).max(0.0) / (count - 1.0);
        // One figure in every draw has no spread, whatever the rounding.
        let sd = if self.least == self.most { 0.0 } else { variance.sqrt() };
        Some((self.range.centre + mean, sd))
    }

    /// The figure that a share of the draws does not exceed; `None` when that lies beyond every number.
    #[expect(clippy::cast_precision_loss, reason = "draws are fewer than 2^53")]
    pub(crate) fn quantile(&self, share: f64) -> Option<Quantile> {
        let inside = |low: f64, high: f64, along: f64| {
            let (low, high) = (low.max(self.least), high.min(self.most));
            Quantile { value: low + (high - low) * along, error: high - low }
        };
        let rank = share * self.count as f64;
        let mut passed = self.below as f64;
        if rank <= passed && self.below > 0 {
            return Some(inside(self.least, self.range.low, rank / passed));
        }
        for (place, &bin) in self.bins.iter().enumerate() {
            let with = passed + f64::from(bin);
            if bin > 0 && rank <= with {
                let low = self.range.low + self.range.width * place as f64;
                return Some(inside(low, low + self.range.width, (rank - passed) / f64::from(bin)));
            }
            passed = with;
        }
        let with = passed + self.above as f64;
        if self.above > 0 && rank <= with {
            let low = self.range.low + self.range.width * BINS as f64;
            return Some(inside(low, self.most, (rank - passed) / self.above as f64));
        }
        None
    }
}

#[cfg(test)]
#[expect(clippy::cast_possible_truncation, reason = "numbers of a test are small")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell(figures: &[f64], floor: Option<f64>) -> Cell {
        let finite = || figures.iter().copied().filter(|figure| figure.is_finite());
        let low = finite().fold(f64::INFINITY, f64::min);
        let mut cell = Cell::new(Range::of(low, finite().fold(f64::NEG_INFINITY, f64::max), floor));
        cell.add(figures);
        cell
    }

    #[test]
    fn one_figure_in_every_draw_is_told_exactly() {
        let cell = cell(&[1.1; 7], None);
        assert_eq!(cell.moments(), Some((1.1, 0.0)));
        assert_eq!(cell.quantile(0.5), Some(Quantile { value: 1.1, error: 0.0 }));
    }

    #[test]
    fn a_floor_that_is_met_often_is_told_exactly() {
        let cell = cell(&[1.0, 1.0, 1.0, 1.5, 2.0], Some(1.0));
        assert_eq!(cell.quantile(0.6), Some(Quantile { value: 1.0, error: 0.0 }));
        assert!(cell.quantile(0.61).unwrap().value > 1.0);
    }

    #[test]
    fn what_lies_beyond_every_number_has_no_mean() {
        let cell = cell(&[1.0, 2.0, f64::INFINITY], None);
        assert_eq!(cell.moments(), None);
        assert_eq!(cell.beyond(), 1);
        assert!(cell.quantile(0.5).is_some());
        assert_eq!(cell.quantile(0.9), None);
    }

    proptest! {
        #[test]
        fn a_quantile_is_as_near_as_it_says(
            mut figures in prop::collection::vec(-1e6..1e9_f64, 2..200),
            pilot in 1..200_usize,
            share in 0.001..0.999_f64,
        ) {
            // The range is that of a first part; the rest may lie outside.
            let first = &figures[..pilot.min(figures.len())];
            let low = first.iter().copied().fold(f64::INFINITY, f64::min);
            let high = first.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let mut cell = Cell::new(Range::of(low, high, None));
            cell.add(&figures);
            let found = cell.quantile(share).unwrap();
            figures.sort_by(f64::total_cmp);
            let place = ((share * figures.len() as f64).ceil() as usize).max(1) - 1;
            prop_assert!((found.value - figures[place]).abs() <= found.error * (1.0 + 1e-9) + 1e-6);
        }

        #[test]
        fn a_block_counts_as_its_figures_one_by_one(
            figures in prop::collection::vec(prop_oneof![Just(1.0), 1.0..3.0_f64, 0.0..9.0_f64], 1..300),
        ) {
            let mut together = Cell::new(Range::of(1.0, 3.0, Some(1.0)));
            let mut each = together.clone();
            together.add(&figures);
            each.add_each(&figures);
            prop_assert_eq!((&together.bins, together.below, together.above), (&each.bins, each.below, each.above));
            prop_assert_eq!((together.least, together.most, together.count), (each.least, each.most, each.count));
            prop_assert!((together.sum - each.sum).abs() < 1e-12 * figures.len() as f64);
            prop_assert!((together.squares - each.squares).abs() < 1e-11 * figures.len() as f64);
        }

        #[test]
        fn shards_make_the_whole(figures in prop::collection::vec(-1e3..1e3_f64, 2..100), at in 0..100_usize) {
            let whole = cell(&figures, None);
            let (first, second) = figures.split_at(at.min(figures.len()));
            let mut merged = Cell::new(whole.range);
            for part in [first, second] {
                let mut shard = Cell::new(whole.range);
                shard.add(part);
                merged.merge(&shard);
            }
            prop_assert_eq!(&merged.bins, &whole.bins);
            prop_assert_eq!(merged.quantile(0.3), whole.quantile(0.3));
            let mean = figures.iter().sum::<f64>() / figures.len() as f64;
            prop_assert!((merged.moments().unwrap().0 - mean).abs() < 1e-9);
        }
    }
}
