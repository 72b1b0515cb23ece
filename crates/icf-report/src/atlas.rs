//! The boundaries of the run, ready to be drawn.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use icf_geometry::{Feature, Layer, Path, Sheet};
use icf_results::RunResults;

use crate::ReportError;

/// Width and greatest height of a map, and the step of its grid, in the units of the figures (CSS pixels).
const WIDTH: f64 = 440.0;
const MAX_HEIGHT: f64 = 380.0;
const GRID: f64 = 0.25;

/// The property of the boundaries that holds a region's id.
pub(crate) const ID_PROPERTY: &str = "region";

/// The boundaries of a data set, and their outlines on the map.
pub(crate) struct Atlas {
    pub(crate) layer: Layer,
    pub(crate) map: Option<Map>,
}

/// The outlines on a sheet.
pub(crate) struct Map {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) grid: f64,
    pub(crate) shapes: Vec<Shape>,
    sheet: Sheet,
}

/// One region's outline.
pub(crate) struct Shape {
    pub(crate) region: String,
    pub(crate) in_run: bool,
    /// SVG path data in grid steps.
    pub(crate) path: String,
    /// Where its label goes, in units of the figure.
    pub(crate) label: Option<[f64; 2]>,
}

impl Atlas {
    /// Reads the results' boundaries; an empty text holds none.
    pub(crate) fn new(results: &RunResults) -> Result<Self, ReportError> {
        Self::of(&results.boundaries, results.regions_info.iter().map(|info| info.id.as_str()).collect())
    }

    /// Reads boundaries in GeoJSON, of which some regions are in the run.
    pub(crate) fn of(boundaries: &str, in_run: BTreeSet<&str>) -> Result<Self, ReportError> {
        if boundaries.trim().is_empty() {
            return Ok(Self { layer: Layer::default(), map: None });
        }
        let layer = Layer::from_geojson(boundaries, ID_PROPERTY)?;
        let own = layer.filtered(|region| in_run.contains(region.as_str()));
        // The rest of the country gives bearings, unless it would shrink a few regions to a spot.
        let shown = if own.len() * 2 >= layer.len() { &layer } else { &own };
        let map = if own.is_empty() { None } else { Map::new(shown, &in_run) };
        Ok(Self { layer, map })
    }
}

impl Map {
    fn new(layer: &Layer, in_run: &BTreeSet<&str>) -> Option<Self> {
        let sheet = Sheet::fit(layer, WIDTH, MAX_HEIGHT, GRID)?;
        let shape = |feature: &Feature| Shape {
            region: feature.region.as_str().to_owned(),
            in_run: in_run.contains(feature.region.as_str()),
            path: path_data(&sheet.path(feature)),
            label: sheet.label(feature),
        };
        let mut shapes: Vec<Shape> = layer.features().iter().map(shape).collect();
        shapes.sort_by(|a, b| a.region.cmp(&b.region));
        Some(Self { width: sheet.width(), height: sheet.height(), grid: sheet.grid(), shapes, sheet })
    }

    /// The place of a longitude and latitude in degrees.
    pub(crate) fn at(&self, longitude: f64, latitude: f64) -> [f64; 2] {
        self.sheet.at(longitude, latitude)
    }
}

/// Path data in whole grid steps, each relative to the last, which is a third of the length of absolute ones.
fn path_data(path: &Path) -> String {
    let mut data = String::new();
    for ring in &path.rings {
        let mut at = ring[0];
        write!(data, "M{} {}l", at[0], at[1]).expect("a string takes every write");
        for (index, point) in ring[1..].iter().enumerate() {
            let step = [point[0] - at[0], point[1] - at[1]];
            let gap = if index > 0 && step[0] >= 0 { " " } else { "" };
            let comma = if step[1] >= 0 { " " } else { "" };
            write!(data, "{gap}{}{comma}{}", step[0], step[1]).expect("a string takes every write");
            at = *point;
        }
        data.push('z');
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_data_is_relative_and_terse() {
        let path = Path { rings: vec![vec![[0, 0], [4, 0], [3, -2], [0, 5]]] };
        assert_eq!(path_data(&path), "M0 0l4 0-1-2-3 7z");
    }
}
