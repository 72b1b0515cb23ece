//! Equivalence factors from a raster of net primary production.

use std::collections::BTreeMap;

use icf_diagnostics::{Diagnostic, Diagnostics, Severity};
use icf_geometry::Layer;
use icf_ingest::EquivalenceTable;
use icf_landcover::{
    ClassMeans, Classes, MeanError, MeanPlan, Meaning, RasterError, RasterFile, ValueRaster,
};
use icf_scenario::{LandRasters, Loaded, NppRaster};
use icf_units::{Ratio, Year};

use super::{Mosaic, coverage};
use crate::Cache;
use crate::cache::StoppableFile;

/// The key of a scenario that names the raster.
pub(super) const KEY: &str = "land.rasters.npp";
/// The key of its path.
pub(super) const FILE: &str = "land.rasters.npp.file";

/// The raster that a scenario names, opened.
pub(super) struct Opened<'a> {
    npp: &'a NppRaster,
    raster: ValueRaster<StoppableFile<'a>>,
}

impl<'a> Opened<'a> {
    pub(super) fn of(loaded: &Loaded, npp: &'a NppRaster, cache: &'a Cache) -> Result<Self, Diagnostic> {
        let path = loaded.resolve_path(FILE, &npp.file);
        let raster =
            RasterFile::open(&path).and_then(|file| ValueRaster::open(StoppableFile { file, cache }));
        let raster = raster.and_then(|raster| raster.scaled(npp.scale, npp.offset));
        let raster = raster
            .map_err(|error| loaded.diagnose(FILE, "raster", format!("{} {error}", npp.file)))?
            .valid_within([npp.least.unwrap_or(f64::NEG_INFINITY), npp.most.unwrap_or(f64::INFINITY)]);
        Ok(Self { npp, raster })
    }

    /// The factor of every class in every region that has one, with warnings when the means or the numbers are odd.
    pub(super) fn factors(
        &self,
        loaded: &Loaded,
        rasters: &LandRasters,
        opened: &BTreeMap<Year, Mosaic<'_>>,
        layer: &Layer,
        classes: &Classes,
    ) -> Result<(EquivalenceTable, Vec<Diagnostic>), Diagnostics> {
        let mosaic = &opened[&self.npp.year];
        let zones = mosaic.zones(loaded, layer)?;
        let mistake = |error| self.mistake(loaded, mosaic, &error);
        let found = MeanPlan::new(&mosaic.rasters, &self.raster, &zones, coverage(rasters))
            .and_then(|plan| plan.run(|_| {}))
            .map_err(mistake)?;
        let means = ClassMeans::of(&found, |code| match classes.meaning(code) {
            Meaning::Class(word) => Some(word.to_owned()),
            Meaning::Nodata | Meaning::Unlisted => None,
        });
        let scale = self.raster.scale();
        let in_all = means.classes().filter_map(|class| means.in_all(class)?.mean(scale));
        let greatest = in_all.max_by(f64::total_cmp).map(|mean| self.npp.unit.of(mean));
        let mut warnings = vec![];
        if let Some((greatest, doubt)) =
            greatest.and_then(|greatest| Some((greatest, self.npp.unit.doubt(greatest)?)))
        {
            let (key, doubt) = (format!("{KEY}.unit"), format!("{}: {doubt}", self.npp.file));
            let hint = format!(
                "`{KEY}.unit` says what a value counts, `{KEY}.scale` by what a stored number is multiplied"
            );
            let mistake = loaded.diagnose(&key, "npp-odd", doubt).hint(hint);
            if greatest.get() < 0.0 {
                return Err(mistake.into());
            }
            warnings.push(Diagnostic { severity: Severity::Warning, ..mistake });
        }
        if let Some(fills) = means.likely_fills(&self.raster) {
            let hint =
                format!("`{KEY}.most` says up to which stored number they are values: 32700 for MOD17A3HGF");
            let told = loaded.diagnose(FILE, "npp-fill", format!("{}: {fills}", self.npp.file)).hint(hint);
            warnings.push(Diagnostic { severity: Severity::Warning, ..told });
        }
        let factors = means.by_zone().filter_map(|(zone, class, _)| {
            let factor = means.factor(zone, class, scale)?;
            Some((zone.clone(), class.to_owned(), Ratio::new(factor)))
        });
        Ok((factors.collect(), warnings))
    }

    fn mistake(&self, loaded: &Loaded, mosaic: &Mosaic<'_>, error: &MeanError) -> Diagnostic {
        let hint = match error {
            MeanError::Classes(error) => return mosaic.mistake(loaded, error),
            MeanError::OtherCrs => Some("warp it to theirs; its cells may be larger"),
            MeanError::Finer { .. } => Some("warp it to their grid by the mean, e.g. `gdalwarp -r average`"),
            MeanError::Values(RasterError::Value { .. }) => Some("`least` and `most` leave it out"),
            MeanError::NothingKnown => {
                Some("does it lie where the regions are, and do `least` and `most` fit?")
            }
            _ => None,
        };
        let mistake = loaded.diagnose(FILE, "raster", format!("{} {error}", self.npp.file));
        match hint {
            Some(hint) => mistake.hint(hint),
            None => mistake,
        }
    }
}
