//! Groups of regions and the nation.

use icf_units::{Hectares, Ratio};

use crate::Footprint;
use crate::footprint::depth;

/// Sums over the regions of a group, with depth corrected for regional imbalance.
///
/// One region's surplus does not cancel another's deficit, so the depth of a group is neither a mean of depths
/// nor taken from netted totals: depth = 1 + Σ max(ICF − CEC, 0) / Σ CEC (Fang 2013).
///
/// Size × depth is **not** the footprint of a group: Σ size · depth falls short of Σ ICF.
///
/// ```
/// use icf_footprint::{Footprint, GroupFootprint};
/// use icf_units::Hectares;
/// let in_deficit = Footprint { icf: Hectares::new(30.0), cec: Hectares::new(10.0) };
/// let in_surplus = Footprint { icf: Hectares::new(10.0), cec: Hectares::new(30.0) };
/// let group: GroupFootprint = [in_deficit, in_surplus].into_iter().collect();
/// assert_eq!(group.depth().unwrap().get(), 1.5);
/// assert_eq!(group.depth_netted().unwrap().get(), 1.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GroupFootprint {
    /// How many regions were added.
    pub regions: usize,
    /// How many of them are in deficit.
    pub regions_in_deficit: usize,
    /// Σ ICF.
    pub icf: Hectares,
    /// Σ CEC.
    pub cec: Hectares,
    /// Σ max(ICF − CEC, 0).
    pub deficit: Hectares,
    /// Σ max(CEC − ICF, 0).
    pub surplus: Hectares,
    /// Σ min(ICF, CEC).
    pub size: Hectares,
}

impl GroupFootprint {
    /// Depth with the regional correction; `None` where there is a deficit and no capacity.
    #[must_use]
    pub fn depth(self) -> Option<Ratio> {
        depth(self.deficit, self.cec)
    }

    /// Depth of the netted totals, 1 + max(ΣICF − ΣCEC, 0)/ΣCEC, reported under its own name.
    #[must_use]
    pub fn depth_netted(self) -> Option<Ratio> {
        Footprint { icf: self.icf, cec: self.cec }.depth()
    }
}

impl FromIterator<Footprint> for GroupFootprint {
    /// Adds regions from first to last.
    fn from_iter<I: IntoIterator<Item = Footprint>>(regions: I) -> Self {
        regions.into_iter().fold(Self::default(), |sum, region| Self {
            regions: sum.regions + 1,
            regions_in_deficit: sum.regions_in_deficit + usize::from(region.icf > region.cec),
            icf: sum.icf + region.icf,
            cec: sum.cec + region.cec,
            deficit: sum.deficit + region.deficit(),
            surplus: sum.surplus + region.surplus(),
            size: sum.size + region.size(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_group_is_never_shallower_than_its_netted_total(
            regions in prop::collection::vec((0.0..1e6_f64, 1.0..1e6_f64), 1..12)
        ) {
            let group: GroupFootprint = regions
                .iter()
                .map(|&(icf, cec)| Footprint { icf: Hectares::new(icf), cec: Hectares::new(cec) })
                .collect();
            let (depth, netted) = (group.depth().unwrap().get(), group.depth_netted().unwrap().get());
            prop_assert!(depth >= netted - 1e-12 * netted);
            let product = group.size.get() * depth;
            prop_assert!(product <= group.icf.get() * (1.0 + 1e-12));
        }
    }
}
