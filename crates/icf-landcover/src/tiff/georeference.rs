//! Where the cells lie: the tags of GeoTIFF (OGC 19-008r4).

use std::collections::BTreeMap;

use super::directory::Directory;
use crate::{Crs, Grid, RasterError, ReadAt};

/// Keys of the GeoKey directory, by the names of the specification.
mod key {
    pub(super) const MODEL_TYPE: u16 = 1024;
    pub(super) const RASTER_TYPE: u16 = 1025;
    pub(super) const GEODETIC_CRS: u16 = 2048;
    pub(super) const DATUM: u16 = 2050;
    pub(super) const PRIME_MERIDIAN: u16 = 2051;
    pub(super) const ANGULAR_UNITS: u16 = 2054;
    pub(super) const ELLIPSOID: u16 = 2056;
    pub(super) const SEMI_MAJOR_AXIS: u16 = 2057;
    pub(super) const INVERSE_FLATTENING: u16 = 2059;
    pub(super) const PROJECTED_CRS: u16 = 3072;
    pub(super) const METHOD: u16 = 3075;
    pub(super) const LINEAR_UNITS: u16 = 3076;
    pub(super) const PARALLEL_1: u16 = 3078;
    pub(super) const PARALLEL_2: u16 = 3079;
    pub(super) const NATURAL_ORIGIN: [u16; 2] = [3080, 3081];
    pub(super) const FALSE_ORIGIN: [u16; 2] = [3084, 3085];
    pub(super) const CENTRE: [u16; 2] = [3088, 3089];
    pub(super) const FALSE: [u16; 2] = [3082, 3083];
    pub(super) const AT_FALSE_ORIGIN: [u16; 2] = [3086, 3087];
}

const USER_DEFINED: u64 = 32_767;
const ALBERS: u64 = 11;
const DEGREE: u64 = 9102;
const METRE: u64 = 9001;
const GREENWICH: u64 = 8901;
/// Geodetic systems on WGS84 or on CGCS2000, whose ellipsoid differs from it by 0.1 mm.
const KNOWN_GEODETIC: [u64; 2] = [4326, 4490];
const KNOWN_DATUMS: [u64; 2] = [6326, 1043];
/// WGS84, GRS80 and CGCS2000.
const KNOWN_ELLIPSOIDS: [u64; 3] = [7030, 7019, 1024];
const SEMI_MAJOR_AXIS: f64 = 6_378_137.0;
const INVERSE_FLATTENING: f64 = 298.257_223_563;
/// No sheet of the earth reaches so far from its origin, in metres, whatever false easting it has.
const FARTHEST: f64 = 1e8;

/// The grid of a raster.
pub(super) fn grid<S: ReadAt>(tags: &Directory<S>, columns: usize, rows: usize) -> Result<Grid, RasterError> {
    let keys = Keys::read(tags)?;
    let (mut origin, cell) = placed(tags)?;
    // A raster of points says where the middle of its first cell lies.
    if keys.number(key::RASTER_TYPE) == Some(2) {
        origin = [origin[0] - cell[0] / 2.0, origin[1] + cell[1] / 2.0];
    }
    let crs = crs(&keys)?;
    let grid = Grid { crs, origin, cell, columns, rows };
    let [west, south, east, north] = grid.bounds();
    let is_on_earth = match crs {
        // A cell's width of slack: global rasters have edges a rounding beyond the poles.
        Crs::Geographic => {
            south >= -90.0 - cell[1] && north <= 90.0 + cell[1] && east - west <= 360.0 + cell[0]
        }
        Crs::Albers { .. } => [west, south, east, north].iter().all(|edge| edge.abs() < FARTHEST),
    };
    if !is_on_earth {
        return Err(RasterError::Damaged(format!(
            "its cells would reach from {west}, {south} to {east}, {north}, which is more than the earth"
        )));
    }
    Ok(grid)
}

/// The north-west corner of the first cell, and width and height of a cell.
fn placed<S: ReadAt>(tags: &Directory<S>) -> Result<([f64; 2], [f64; 2]), RasterError> {
    let scale = tags.doubles(33_550, "ModelPixelScale")?;
    let ties = tags.doubles(33_922, "ModelTiepoint")?;
    let matrix = tags.doubles(34_264, "ModelTransformation")?;
    let (origin, cell) = match (scale.as_deref(), ties.as_deref(), matrix.as_deref()) {
        (Some([across, down, ..]), Some([column, row, _, x, y, _]), _) => {
            ([x - column * across, y + row * down], [*across, *down])
        }
        (_, _, Some([across, turned, _, x, sheared, down, _, y, ..])) => {
            if *turned != 0.0 || *sheared != 0.0 {
                return Err(RasterError::Rotated);
            }
            ([*x, *y], [*across, -down])
        }
        (None, Some([_, _, _, _, _, _, _, ..]), None) | (Some(_), Some([_, _, _, _, _, _, _, ..]), None) => {
            return Err(RasterError::NoGeoreference("it has ground control points in place of a grid"));
        }
        _ => return Err(RasterError::NoGeoreference("it has neither a scale with a tie point nor a matrix")),
    };
    if cell[0] > 0.0 && cell[1] > 0.0 { Ok((origin, cell)) } else { Err(RasterError::Rotated) }
}

fn crs(keys: &Keys) -> Result<Crs, RasterError> {
    let unknown = |found: String| RasterError::UnknownCrs { found };
    match keys.number(key::MODEL_TYPE) {
        Some(2) => {
            on_wgs84(keys)?;
            Ok(Crs::Geographic)
        }
        Some(1) => {
            if let Some(code) = keys.number(key::PROJECTED_CRS).filter(|code| *code != USER_DEFINED)
                && keys.number(key::METHOD).is_none()
            {
                return Err(unknown(format!("EPSG:{code}")));
            }
            match keys.number(key::METHOD) {
                Some(ALBERS) => {}
                Some(method) => return Err(unknown(format!("a projection by method {method}"))),
                None => return Err(unknown("a projection that it does not describe".to_owned())),
            }
            on_wgs84(keys)?;
            if keys.number(key::LINEAR_UNITS).is_some_and(|unit| unit != METRE) {
                return Err(unknown("a projection in other units than metres".to_owned()));
            }
            albers(keys)
        }
        Some(_) => Err(unknown("geocentric coordinates".to_owned())),
        None => Err(RasterError::NoGeoreference("it names no system of coordinates")),
    }
}

fn albers(keys: &Keys) -> Result<Crs, RasterError> {
    let incomplete =
        || RasterError::UnknownCrs { found: "an Albers projection whose parallels are absent".to_owned() };
    let first = keys.double(key::PARALLEL_1).ok_or_else(incomplete)?;
    let second = keys.double(key::PARALLEL_2).ok_or_else(incomplete)?;
    // Programs differ in which of the three pairs they write.
    let origin = |axis: usize| {
        [key::NATURAL_ORIGIN, key::FALSE_ORIGIN, key::CENTRE].iter().find_map(|pair| keys.double(pair[axis]))
    };
    let shift = |axis: usize| {
        [key::FALSE, key::AT_FALSE_ORIGIN].iter().find_map(|pair| keys.double(pair[axis])).unwrap_or(0.0)
    };
    let (meridian, latitude) = (origin(0).unwrap_or(0.0), origin(1).unwrap_or(0.0));
    Crs::albers([first, second], [meridian, latitude], [shift(0), shift(1)]).ok_or_else(|| {
        RasterError::UnknownCrs {
            found: format!("an Albers projection with the parallels {first}° and {second}°"),
        }
    })
}

/// Refuses what does not count longitudes and latitudes in degrees on WGS84 or CGCS2000.
fn on_wgs84(keys: &Keys) -> Result<(), RasterError> {
    let unknown = |found: String| Err(RasterError::UnknownCrs { found });
    if keys.number(key::ANGULAR_UNITS).is_some_and(|unit| unit != DEGREE) {
        return unknown("longitude and latitude in other units than degrees".to_owned());
    }
    if keys.number(key::PRIME_MERIDIAN).is_some_and(|meridian| meridian != GREENWICH) {
        return unknown("longitudes that do not count from Greenwich".to_owned());
    }
    match keys.number(key::GEODETIC_CRS) {
        Some(code) if KNOWN_GEODETIC.contains(&code) => return Ok(()),
        Some(code) if code != USER_DEFINED => return unknown(format!("EPSG:{code}")),
        _ => {}
    }
    match keys.number(key::DATUM) {
        Some(code) if KNOWN_DATUMS.contains(&code) => return Ok(()),
        Some(code) if code != USER_DEFINED => return unknown(format!("the datum EPSG:{code}")),
        _ => {}
    }
    // No more is said than the figure of the earth: take it when it is the right one.
    let axis = keys.double(key::SEMI_MAJOR_AXIS);
    let flattening = keys.double(key::INVERSE_FLATTENING);
    match (keys.number(key::ELLIPSOID), axis, flattening) {
        (Some(code), _, _) if KNOWN_ELLIPSOIDS.contains(&code) => Ok(()),
        (Some(code), _, _) if code != USER_DEFINED => unknown(format!("the ellipsoid EPSG:{code}")),
        (_, Some(axis), Some(flattening))
            if (axis - SEMI_MAJOR_AXIS).abs() < 1e-3 && (flattening - INVERSE_FLATTENING).abs() < 1e-5 =>
        {
            Ok(())
        }
        (_, Some(axis), Some(flattening)) => {
            unknown(format!("an ellipsoid with the axis {axis} m and the flattening 1/{flattening}"))
        }
        _ => unknown("longitude and latitude on a datum that it does not name".to_owned()),
    }
}

/// The GeoKeys, by number.
struct Keys {
    numbers: BTreeMap<u16, u64>,
    doubles: BTreeMap<u16, f64>,
}

impl Keys {
    fn read<S: ReadAt>(tags: &Directory<S>) -> Result<Self, RasterError> {
        const TAG: (u16, &str) = (34_735, "GeoKeyDirectory");
        let directory = tags
            .numbers(TAG.0, TAG.1)?
            .ok_or(RasterError::NoGeoreference("it names no system of coordinates"))?;
        let doubles_of_file = tags.doubles(34_736, "GeoDoubleParams")?.unwrap_or_default();
        let (mut numbers, mut doubles) = (BTreeMap::new(), BTreeMap::new());
        for entry in directory.get(4..).unwrap_or_default().chunks_exact(4) {
            let [key, place, count, value] = entry else { unreachable!("chunks of four") };
            let Ok(key) = u16::try_from(*key) else { continue };
            match (*place, *count) {
                (0, _) => {
                    numbers.insert(key, *value);
                }
                (34_736, 1) => {
                    let at = usize::try_from(*value).ok();
                    let double = at.and_then(|at| doubles_of_file.get(at));
                    doubles.insert(key, *double.ok_or(RasterError::Tag { tag: TAG.0, name: TAG.1 })?);
                }
                _ => {}
            }
        }
        Ok(Self { numbers, doubles })
    }

    fn number(&self, key: u16) -> Option<u64> {
        self.numbers.get(&key).copied()
    }

    fn double(&self, key: u16) -> Option<f64> {
        self.doubles.get(&key).copied()
    }
}
