//! What the claims are held against: the accounts of 2000–2021 under one preset.

use std::collections::BTreeMap;

use icf_classify::Quadrant;
use icf_results::RegionInfo;
use icf_scenario::Split;
use icf_spatial::moran_value;
use icf_units::Year;

use crate::accounts::{Accounts, Sum};
use crate::classes::quadrants_of;
use crate::space::{Neighbours, Variable};
use crate::subjects::groups;

/// The years that the paper speaks of.
const PAPER_YEARS: std::ops::RangeInclusive<i32> = 2000..=2021;

/// Computed figures of one preset that the claims ask for.
pub(crate) struct Evidence {
    pub(crate) accounts: Accounts,
    pub(crate) groups: BTreeMap<String, Vec<usize>>,
    /// Moran's I of size per capita and of depth by year.
    pub(crate) moran: BTreeMap<(&'static str, Year), f64>,
    /// Number of the quadrant in 2021 by region id.
    pub(crate) quadrants: BTreeMap<String, f64>,
}

impl Evidence {
    /// Gathers what the claims ask for from the accounts of all provinces.
    pub(crate) fn of(accounts: Accounts, infos: &[RegionInfo], neighbours: &Neighbours) -> Self {
        let mut moran = BTreeMap::new();
        for variable in Variable::FOOTPRINT {
            for year in accounts.axes().years().iter().filter(|year| PAPER_YEARS.contains(&year.get())) {
                let joined = neighbours.join(variable, &accounts, year).ok();
                if let Some(value) = joined.and_then(|joined| moran_value(&joined).ok()) {
                    moran.insert((variable.name(), year), value);
                }
            }
        }
        let last = Year::new(*PAPER_YEARS.end());
        let quadrants = if accounts.axes().years().contains(last) {
            quadrants_of(Split::Mean, &accounts, last)
                .into_iter()
                .zip(infos)
                .filter_map(|(placed, info)| Some((info.id.to_string(), number_of(placed?.quadrant))))
                .collect()
        } else {
            BTreeMap::new()
        };
        Self { groups: groups(infos).into_iter().collect(), moran, quadrants, accounts }
    }

    fn year(&self, year: i32) -> Option<Year> {
        Some(Year::new(year)).filter(|year| self.accounts.axes().years().contains(*year))
    }

    /// The sums of all regions in a year; `None` when one of them is not known.
    fn nation(&self, year: i32) -> Option<Sum> {
        Some(self.accounts.nation(self.year(year)?)).filter(Sum::is_known)
    }

    fn region(&self, id: &str) -> Option<usize> {
        self.accounts.axes().region_index(id)
    }

    /// ICF of the nation in hm².
    pub(crate) fn icf(&self, year: i32) -> Option<f64> {
        self.nation(year).map(|sum| sum.footprint.icf.get())
    }

    /// CEC of the nation in hm².
    pub(crate) fn cec(&self, year: i32) -> Option<f64> {
        self.nation(year).map(|sum| sum.footprint.cec.get())
    }

    /// Sink of the nation in 10⁸ t.
    pub(crate) fn sink(&self, year: i32) -> Option<f64> {
        self.nation(year).map(|sum| sum.cs.get() / 1e8)
    }

    /// Emissions of the nation on the preset's basis in 10⁸ t.
    pub(crate) fn emissions(&self, year: i32) -> Option<f64> {
        self.nation(year).map(|sum| sum.ice.get() / 1e8)
    }

    /// ICF per capita of the nation.
    pub(crate) fn icf_per_capita(&self, year: i32) -> Option<f64> {
        Some(self.nation(year)?.icf_per_capita()?.get())
    }

    /// Corrected depth of the nation.
    pub(crate) fn depth(&self, year: i32) -> Option<f64> {
        Some(self.nation(year)?.footprint.depth()?.get())
    }

    /// Netted depth of the nation.
    pub(crate) fn depth_netted(&self, year: i32) -> Option<f64> {
        Some(self.nation(year)?.footprint.depth_netted()?.get())
    }

    /// Depth of a region.
    pub(crate) fn region_depth(&self, id: &str, year: i32) -> Option<f64> {
        Some(self.accounts.depth(self.region(id)?, self.year(year)?)?.get())
    }

    /// Size per capita of a region.
    pub(crate) fn region_size(&self, id: &str, year: i32) -> Option<f64> {
        Some(self.accounts.size_per_capita(self.region(id)?, self.year(year)?)?.get())
    }

    fn sizes(&self, id: &str) -> Option<Vec<f64>> {
        PAPER_YEARS.map(|year| self.region_size(id, year)).collect()
    }

    /// Largest size per capita of a region in 2000–2021.
    pub(crate) fn peak_size(&self, id: &str) -> Option<f64> {
        self.sizes(id)?.into_iter().reduce(f64::max)
    }

    /// Mean size per capita of a region over 2000–2021.
    #[expect(clippy::cast_precision_loss, reason = "there are 22 years")]
    pub(crate) fn mean_size(&self, id: &str) -> Option<f64> {
        let sizes = self.sizes(id)?;
        Some(sizes.iter().sum::<f64>() / sizes.len() as f64)
    }

    fn group_sizes(&self, group: &str, year: i32) -> Option<Vec<f64>> {
        let year = self.year(year)?;
        self.groups
            .get(group)?
            .iter()
            .map(|region| Some(self.accounts.size_per_capita(*region, year)?.get()))
            .collect()
    }

    /// Smallest size per capita among the regions of a group.
    pub(crate) fn least_size(&self, group: &str, year: i32) -> Option<f64> {
        self.group_sizes(group, year)?.into_iter().reduce(f64::min)
    }

    /// Largest size per capita among the regions of a group.
    pub(crate) fn greatest_size(&self, group: &str, year: i32) -> Option<f64> {
        self.group_sizes(group, year)?.into_iter().reduce(f64::max)
    }

    /// Size per capita of centre and west, over that of the east.
    pub(crate) fn inland_to_east(&self, year: i32) -> Option<f64> {
        let year = self.year(year)?;
        let size = |groups: &[&str]| {
            let members: Option<Vec<usize>> = groups
                .iter()
                .map(|group| self.groups.get(*group))
                .collect::<Option<Vec<_>>>()
                .map(|groups| groups.into_iter().flatten().copied().collect());
            Some(self.accounts.sum(&members?, year).size_per_capita()?.get())
        };
        Some(size(&["central", "west"])? / size(&["east"])?)
    }

    /// Moran's I of a variable.
    pub(crate) fn moran(&self, variable: &'static str, year: i32) -> Option<f64> {
        self.moran.get(&(variable, Year::new(year))).copied()
    }

    /// Last Moran's I of a variable minus its first: above zero it has risen.
    pub(crate) fn moran_rise(&self, variable: &'static str) -> Option<f64> {
        let (first, last) = (*PAPER_YEARS.start(), *PAPER_YEARS.end());
        Some(self.moran(variable, last)? - self.moran(variable, first)?)
    }

    /// How far the largest Moran's I of a variable lies above the higher of its two ends: above zero the curve is an
    /// inverted U.
    pub(crate) fn moran_hump(&self, variable: &'static str) -> Option<f64> {
        let (first, last) = (*PAPER_YEARS.start(), *PAPER_YEARS.end());
        let ends = self.moran(variable, first)?.max(self.moran(variable, last)?);
        Some(self.peak_moran(variable)? - ends)
    }

    /// Largest Moran's I of a variable.
    pub(crate) fn peak_moran(&self, variable: &'static str) -> Option<f64> {
        self.moran.iter().filter(|((of, _), _)| *of == variable).map(|(_, value)| *value).reduce(f64::max)
    }
}

/// Compound annual change from one value to another, in percent.
pub(crate) fn annual_change(from: Option<f64>, to: Option<f64>, years: i32) -> Option<f64> {
    let (from, to) = (from?, to?);
    (from > 0.0).then(|| ((to / from).powf(1.0 / f64::from(years)) - 1.0) * 100.0)
}

/// The number of a quadrant.
fn number_of(quadrant: Quadrant) -> f64 {
    match quadrant {
        Quadrant::Core => 1.0,
        Quadrant::Critical => 2.0,
        Quadrant::Observation => 3.0,
        Quadrant::Buffer => 4.0,
    }
}
