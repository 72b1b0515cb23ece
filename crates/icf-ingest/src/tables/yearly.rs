//! Tables with one figure a region and year.

use std::collections::HashMap;
use std::sync::Arc;

use icf_units::{Axes, Dimension, Panel, Quantity, Year, YearRange};

use super::RegionIndex;
use crate::Observed;
use crate::reader::Reader;

/// Figures on their way into a panel.
pub(crate) struct Collected<Q>(Vec<(usize, Year, Observed<Q>)>);

impl<Q> Default for Collected<Q> {
    fn default() -> Self {
        Self(vec![])
    }
}

impl<Q: Copy> Collected<Q> {
    pub(crate) fn push(&mut self, region: usize, year: Year, figure: Observed<Q>) {
        self.0.push((region, year, figure));
    }

    /// From the first to the last year with a figure.
    pub(crate) fn years(&self) -> Option<YearRange> {
        let first = self.0.iter().map(|(_, year, _)| *year).min()?;
        let last = self.0.iter().map(|(_, year, _)| *year).max()?;
        YearRange::new(first, last).ok()
    }

    pub(crate) fn into_panel(self, regions: &RegionIndex, years: YearRange) -> Panel<Observed<Q>> {
        let mut panel = Panel::empty(&Axes::new(Arc::clone(&regions.ids), years));
        for (region, year, figure) in self.0 {
            panel.set(region, year, Some(figure));
        }
        panel
    }
}

/// Reads region, year, `value`, unit and quality.
pub(crate) fn read<Q: Quantity>(
    mut table: Reader<'_>,
    regions: &RegionIndex,
    value: &str,
    dimension: Dimension,
) -> Option<Panel<Observed<Q>>> {
    let names = ["region", "year", value, "unit"].map(|column| table.column(column));
    let [Some(region), Some(year), Some(value), Some(unit)] = names else { return None };
    let quality = table.optional("quality");
    let mut seen = HashMap::new();
    let mut collected = Collected::default();
    for row in table.rows() {
        let place = regions.find(&mut table, row, region);
        let when = table.year(row, year);
        let amount = table.amount(row, value);
        let measured = table.unit(row, unit, &[dimension]);
        let flag = table.quality(row, quality);
        let (Some(place), Some(when)) = (place, when) else { continue };
        let shown = format_args!("{} in {when}", regions.ids[place]).to_string();
        if !table.unique(row, region, &mut seen, (place, when), shown) {
            continue;
        }
        if let (Some(amount), Some(measured), Some(quality)) = (amount, measured, flag) {
            collected.push(place, when, Observed { value: Q::new(measured.to_base(amount)), quality });
        }
    }
    table.finish();
    let years = collected.years()?;
    Some(collected.into_panel(regions, years))
}
