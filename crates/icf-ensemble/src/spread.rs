//! The spread of one figure over draws that come one block after the other.

use crate::cell::{Cell, Quantile, Range};

/// Mean, standard deviation and quantiles of a figure whose draws are not kept.
///
/// Bins over the range of the first block, widened by half on each side, count the draws; [`Quantile::error`] says how far that
/// may move a quantile. A figure that is the same in every draw is told exactly.
///
/// ```
/// use icf_ensemble::Spread;
/// let mut spread = Spread::default();
/// spread.add(&[0.25, 0.5, 0.75]);
/// spread.add(&[0.5]);
/// assert_eq!(spread.moments().unwrap().0, 0.5);
/// let median = spread.quantile(0.5).unwrap();
/// assert!((median.value - 0.5).abs() <= median.error && median.error < 0.005);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Spread {
    cell: Option<Cell>,
}

impl Spread {
    /// Counts the figures of a block, in their order. All are finite.
    pub fn add(&mut self, figures: &[f64]) {
        if figures.is_empty() {
            return;
        }
        let cell = self.cell.get_or_insert_with(|| {
            let low = figures.iter().copied().fold(f64::INFINITY, f64::min);
            let high = figures.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            Cell::new(Range::of(low, high, None))
        });
        cell.add(figures);
    }

    /// Mean and standard deviation; `None` for fewer than two draws.
    #[must_use]
    pub fn moments(&self) -> Option<(f64, f64)> {
        self.cell.as_ref()?.moments()
    }

    /// The figure that a share of the draws does not exceed; `None` without any draw.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<Quantile> {
        self.cell.as_ref()?.quantile(share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_figure_in_every_draw_is_told_to_the_bit() {
        let mut spread = Spread::default();
        assert_eq!((spread.moments(), spread.quantile(0.5)), (None, None));
        (0..3).for_each(|_| spread.add(&[0.1 + 0.2; 7]));
        assert_eq!(spread.moments(), Some((0.1 + 0.2, 0.0)));
        for share in [0.025, 0.5, 0.975] {
            assert_eq!(spread.quantile(share), Some(Quantile { value: 0.1 + 0.2, error: 0.0 }));
        }
    }
}
