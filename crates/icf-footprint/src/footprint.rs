//! Footprint and capacity of one region and year, and what follows from them.

use icf_units::{Hectares, Ratio, TonnesCarbon, TonnesPerHectare};

/// Industrial carbon footprint ICF beside carbon ecological capacity CEC.
///
/// Three-dimensional model: Niccolucci et al. 2011; size and depth after Fang 2013.
///
/// ```
/// use icf_footprint::Footprint;
/// use icf_units::{TonnesCarbon, TonnesPerHectare};
/// let eta = TonnesPerHectare::new(2.0);
/// let footprint = Footprint::new(TonnesCarbon::new(600.0), TonnesCarbon::new(400.0), eta);
/// assert_eq!(footprint.icf.get(), 300.0);
/// assert_eq!(footprint.cec.get(), 200.0);
/// assert_eq!(footprint.deficit().get(), 100.0);
/// assert_eq!(footprint.size().get(), 200.0);
/// assert_eq!(footprint.depth().unwrap().get(), 1.5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Footprint {
    /// Industrial carbon footprint, ICF = ICE/η.
    pub icf: Hectares,
    /// Carbon ecological capacity, CEC = CS/η.
    pub cec: Hectares,
}

impl Footprint {
    /// Turns emissions and sink into areas: ICF = ICE/η and CEC = CS/η.
    #[must_use]
    pub fn new(ice: TonnesCarbon, cs: TonnesCarbon, eta: TonnesPerHectare) -> Self {
        Self { icf: Hectares::new(ice.get() / eta.get()), cec: Hectares::new(cs.get() / eta.get()) }
    }

    /// Industrial carbon deficit, ICD = max(ICF − CEC, 0).
    #[must_use]
    pub fn deficit(self) -> Hectares {
        (self.icf - self.cec).max(Hectares::ZERO)
    }

    /// Industrial carbon surplus, ICS = max(CEC − ICF, 0).
    #[must_use]
    pub fn surplus(self) -> Hectares {
        (self.cec - self.icf).max(Hectares::ZERO)
    }

    /// Footprint size, min(ICF, CEC): the flow of the sink that is taken up.
    #[must_use]
    pub fn size(self) -> Hectares {
        self.icf.min(self.cec)
    }

    /// Footprint depth, 1 + max(ICF − CEC, 0)/CEC.
    ///
    /// `None` where there is no capacity but a footprint: then no number of years of the sink would do.
    /// Without either, depth is 1.
    #[must_use]
    pub fn depth(self) -> Option<Ratio> {
        depth(self.deficit(), self.cec)
    }

    /// Flow occupancy, size/CEC (Fang 2015); `None` without capacity.
    #[must_use]
    pub fn flow_occupancy(self) -> Option<Ratio> {
        (self.cec.get() > 0.0).then(|| Ratio::new(self.size().get() / self.cec.get()))
    }

    /// Stock-to-flow ratio, depth − 1 (Fang 2015).
    #[must_use]
    pub fn stock_to_flow(self) -> Option<Ratio> {
        self.depth().map(|depth| Ratio::new(depth.get() - 1.0))
    }
}

/// 1 + deficit/capacity, shared by regions and groups.
pub(crate) fn depth(deficit: Hectares, capacity: Hectares) -> Option<Ratio> {
    if deficit.get() == 0.0 {
        return Some(Ratio::new(1.0));
    }
    let depth = 1.0 + deficit.get() / capacity.get();
    depth.is_finite().then(|| Ratio::new(depth))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn footprint(ice: f64, cs: f64) -> Footprint {
        Footprint::new(TonnesCarbon::new(ice), TonnesCarbon::new(cs), TonnesPerHectare::new(3.315))
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-12 * a.abs().max(b.abs()).max(1.0)
    }

    #[test]
    fn without_capacity_depth_is_unknown() {
        assert_eq!(footprint(10.0, 0.0).depth(), None);
        assert_eq!(footprint(10.0, 0.0).flow_occupancy(), None);
        assert_eq!(footprint(0.0, 0.0).depth(), Some(Ratio::new(1.0)));
    }

    proptest! {
        #[test]
        fn size_times_depth_is_the_footprint(ice in 0.0..1e10_f64, cs in 1e-3..1e10_f64) {
            let f = footprint(ice, cs);
            prop_assert!(close(f.size().get() * f.depth().unwrap().get(), f.icf.get()));
        }

        #[test]
        fn deficit_and_surplus_never_meet(ice in 0.0..1e10_f64, cs in 0.0..1e10_f64) {
            let f = footprint(ice, cs);
            prop_assert_eq!(f.deficit().get() * f.surplus().get(), 0.0);
            prop_assert_eq!((f.icf - f.cec).get(), (f.deficit() - f.surplus()).get());
        }

        #[test]
        fn depth_is_at_least_one_and_free_of_scale(ice in 1.0..1e10_f64, cs in 1.0..1e10_f64, scale in 1e-3..1e3_f64) {
            let depth = footprint(ice, cs).depth().unwrap().get();
            prop_assert!(depth >= 1.0);
            prop_assert!(close(depth, footprint(ice * scale, cs * scale).depth().unwrap().get()));
        }
    }
}
