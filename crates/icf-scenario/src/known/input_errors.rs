//! Regions, groups and fuels whose figures may be off.

use super::Check;
use super::levers::Acts;
use crate::RegionSet;

const ERROR: Acts = Acts { code: "error-unused", idle: "it has no figures that may be off" };

impl Check<'_> {
    pub(super) fn input_errors(&mut self) {
        let space = self.loaded.scenario().uncertainty.as_ref().and_then(|known| known.space.as_ref());
        for (index, error) in space.iter().flat_map(|space| &space.errors).enumerate() {
            let key = format!("uncertainty.space.errors[{index}]");
            if let RegionSet::Listed(keys) = error.regions() {
                for (place, name) in keys.iter().enumerate() {
                    self.region_or_group(&format!("{key}.regions[{place}]"), name.as_str(), &ERROR);
                }
            }
            if let ("fuels", Some(fuels)) = error.items() {
                for (place, fuel) in fuels.iter().enumerate() {
                    self.fuel(&format!("{key}.fuels[{place}]"), fuel);
                }
            }
        }
    }
}
