//! Equivalence factors from means by zone and class.

use std::collections::BTreeMap;
use std::fmt;

use icf_units::RegionId;

use crate::{Means, Scale, ValueRaster, Weighed, Whole};

/// A quantity by class: in each zone, and over all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassMeans {
    by_zone: BTreeMap<(RegionId, String), Weighed>,
    all: BTreeMap<String, Weighed>,
}

impl ClassMeans {
    /// Sums codes of the same class; a code without a class is left out.
    pub fn of(found: &Means, class: impl Fn(u16) -> Option<String>) -> Self {
        let mut means = Self::default();
        for ((zone, code), weighed) in found {
            if let Some(class) = class(*code) {
                means.all.entry(class.clone()).or_default().add(*weighed);
                means.by_zone.entry((zone.clone(), class)).or_default().add(*weighed);
            }
        }
        means
    }

    /// The classes, by letter.
    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(String::as_str)
    }

    /// What each class has in each zone, sorted by zone and class.
    pub fn by_zone(&self) -> impl Iterator<Item = (&RegionId, &str, Weighed)> {
        self.by_zone.iter().map(|((zone, class), weighed)| (zone, class.as_str(), *weighed))
    }

    /// What a class has in all zones.
    #[must_use]
    pub fn in_all(&self, class: &str) -> Option<Weighed> {
        self.all.get(class).copied()
    }

    /// The cells of all classes that look like fill values of the raster the means are of; none where it is said which numbers
    /// are valid, or none of its cells does.
    #[must_use]
    pub fn likely_fills<S: crate::ReadAt>(&self, values: &ValueRaster<S>) -> Option<LikelyFills> {
        let from = values.fills_from()?;
        let mut all = Weighed::default();
        self.all.values().for_each(|weighed| all.add(*weighed));
        let (fills, known) = (all.fills(), all.known());
        (fills.area.get() > 0.0).then(|| LikelyFills {
            from,
            cells: fills.cells,
            share: fills.area.get() / known.area.get(),
        })
    }

    /// The equivalence factor of a class in a zone: E = NPP of the class in the zone ÷ NPP of the class in all zones, both
    /// means weighted by area ([`factor`]). None where the one is not known or either is not above zero.
    ///
    /// Weighted by the area whose value is known, the factors of a class have a mean of one.
    #[must_use]
    pub fn factor(&self, zone: &RegionId, class: &str, scale: Scale) -> Option<f64> {
        let own = self.by_zone.get(&(zone.clone(), class.to_owned()))?.mean(scale)?;
        factor(own, self.in_all(class)?.mean(scale)?)
    }
}

/// Cells that were averaged though they hold what looks like a fill value, such as 32761 to 32767 of MOD17A3HGF.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LikelyFills {
    /// The least stored number that looks like one.
    pub from: f64,
    /// How many cells hold it or more, each counted by its share.
    pub cells: f64,
    /// Their share of the area whose value is known, from 0 to 1.
    pub share: f64,
}

impl fmt::Display for LikelyFills {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, cells, share } = self;
        write!(
            f,
            "{cells:.1} cells, {:.3} % of the area averaged, hold {from} or more as stored, where products keep fill values, and \
             are averaged as production",
            share * 100.0
        )
    }
}

/// E = r / n: what a hectare of a class takes up in a region over what one of the same class takes up in the nation. It stands
/// in for the provincial factors of Liu and Li (2010), which are not public. None where either is not above zero.
///
/// ```
/// use icf_landcover::factor;
/// // A hectare of forest of 5.4 t C where the nation's have 4.5 t C counts as 1.2 hectares.
/// assert!((factor(5.4, 4.5).unwrap() - 1.2).abs() < 1e-15);
/// assert_eq!(factor(-0.1, 4.5), None);
/// ```
#[must_use]
pub fn factor(of_region: f64, of_nation: f64) -> Option<f64> {
    (of_region > 0.0 && of_nation > 0.0).then(|| of_region / of_nation).filter(|factor| factor.is_finite())
}
