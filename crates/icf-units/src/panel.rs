//! The dense region × year table that the crates exchange.

use std::sync::Arc;

use crate::{RegionId, Year, YearRange};

/// The two axes of a panel: regions in a fixed order, and an unbroken range of years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axes {
    regions: Arc<[RegionId]>,
    years: YearRange,
}

impl Axes {
    /// Puts two axes together. Regions keep the order given.
    #[must_use]
    pub fn new(regions: impl Into<Arc<[RegionId]>>, years: YearRange) -> Self {
        Self { regions: regions.into(), years }
    }

    /// The regions, in order.
    #[must_use]
    pub fn regions(&self) -> &[RegionId] {
        &self.regions
    }

    /// The years.
    #[must_use]
    pub fn years(&self) -> YearRange {
        self.years
    }

    /// The place of a region, if the panel has it.
    #[must_use]
    pub fn region_index(&self, region: &str) -> Option<usize> {
        self.regions.iter().position(|id| id.as_str() == region)
    }

    /// The same regions with other years.
    #[must_use]
    pub fn with_years(&self, years: YearRange) -> Self {
        Self { regions: Arc::clone(&self.regions), years }
    }
}

/// A dense table of one quantity, regions × years; a missing value is `None`, never NaN.
///
/// Cells are stored region by region, so that a region's trajectory is one slice.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel<Q> {
    axes: Axes,
    cells: Vec<Option<Q>>,
}

impl<Q: Copy> Panel<Q> {
    /// A panel without a single value.
    #[must_use]
    pub fn empty(axes: &Axes) -> Self {
        Self { axes: axes.clone(), cells: vec![None; axes.regions.len() * axes.years.len()] }
    }

    /// A panel whose cell (region index, year) is what `cell` says.
    pub fn from_fn(axes: &Axes, mut cell: impl FnMut(usize, Year) -> Option<Q>) -> Self {
        let mut cells = Vec::with_capacity(axes.regions.len() * axes.years.len());
        for region in 0..axes.regions.len() {
            cells.extend(axes.years.iter().map(|year| cell(region, year)));
        }
        Self { axes: axes.clone(), cells }
    }

    /// The axes.
    #[must_use]
    pub fn axes(&self) -> &Axes {
        &self.axes
    }

    /// The value of the region at place `region` in `year`; `None` when missing or outside the years.
    ///
    /// # Panics
    /// When the panel has no region at that place.
    #[must_use]
    pub fn get(&self, region: usize, year: Year) -> Option<Q> {
        self.row(region)[self.axes.years.index(year)?]
    }

    /// Sets a cell.
    ///
    /// # Panics
    /// When the panel has no such region or year.
    pub fn set(&mut self, region: usize, year: Year, value: Option<Q>) {
        let place = self.axes.years.index(year).expect("the year lies in the panel's range");
        let width = self.axes.years.len();
        self.cells[region * width..(region + 1) * width][place] = value;
    }

    /// One region's values, a cell a year.
    ///
    /// # Panics
    /// When the panel has no region at that place.
    #[must_use]
    pub fn row(&self, region: usize) -> &[Option<Q>] {
        let width = self.axes.years.len();
        &self.cells[region * width..(region + 1) * width]
    }

    /// One year's values, a cell a region; all missing outside the years.
    #[must_use]
    pub fn column(&self, year: Year) -> Vec<Option<Q>> {
        (0..self.axes.regions.len()).map(|region| self.get(region, year)).collect()
    }

    /// The panel with every present value passed through `f`.
    pub fn map<R: Copy>(&self, mut f: impl FnMut(Q) -> R) -> Panel<R> {
        Panel { axes: self.axes.clone(), cells: self.cells.iter().map(|cell| cell.map(&mut f)).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_meet_in_the_same_cell() {
        let years = YearRange::new(Year::new(2000), Year::new(2002)).unwrap();
        let axes = Axes::new(vec![RegionId::new("a"), RegionId::new("b")], years);
        let mut panel = Panel::empty(&axes);
        panel.set(1, Year::new(2002), Some(7));
        assert_eq!(panel.get(1, Year::new(2002)), Some(7));
        assert_eq!(panel.row(1), [None, None, Some(7)]);
        assert_eq!(panel.column(Year::new(2002)), [None, Some(7)]);
        assert_eq!(panel.column(Year::new(2003)), [None, None]);
        assert_eq!(panel.map(|n| n * 2).get(1, Year::new(2002)), Some(14));
        let same = Panel::from_fn(&axes, |region, year| (region == 1 && year.get() == 2002).then_some(7));
        assert_eq!(panel, same);
    }
}
