//! The .shp: polygons (ESRI Shapefile Technical Description, 1998).

use geo::{Coord, MultiPolygon};
use icf_geometry::{Crs, Mistake};

use super::rings;

const HEAD: usize = 100;
const NOTHING: i32 = 0;
/// Polygons, and those with heights and measures, which stand behind the positions and are left.
const POLYGONS: [i32; 3] = [5, 15, 25];

/// The polygons of each record in degrees; else what is wrong with the file.
pub(super) fn shapes(bytes: &[u8], crs: Crs) -> Result<Vec<Result<MultiPolygon<f64>, Mistake>>, String> {
    let length = bytes.len();
    if length < HEAD {
        return Err(format!(
            "is cut off: a shapefile has a head of {HEAD} bytes, and this file {length} bytes"
        ));
    }
    if big_endian(bytes, 0) != Some(9994) || little_endian(bytes, 28) != Some(1000) {
        return Err("is no shapefile".to_owned());
    }
    let kind = little_endian(bytes, 32).unwrap_or_default();
    if kind != NOTHING && !POLYGONS.contains(&kind) {
        return Err(format!("holds {}, and zones are polygons", named(kind)));
    }
    // Lengths count words of two bytes.
    let end =
        big_endian(bytes, 24).and_then(|words| usize::try_from(words).ok()).unwrap_or(0).saturating_mul(2);
    if end < HEAD || end > length {
        return Err(format!("is cut off or damaged: its head says {end} bytes, and the file has {length}"));
    }
    let bytes = &bytes[..end];
    let mut shapes = Vec::new();
    let mut place = HEAD;
    while place < end {
        let record = shapes.len() + 1;
        let words = big_endian(bytes, place + 4).and_then(|words| usize::try_from(words).ok());
        let content = words.and_then(|words| bytes.get(place + 8..)?.get(..words.checked_mul(2)?));
        let content = content.ok_or_else(|| {
            format!("is damaged: record {record}, at byte {place}, is longer than the rest of the file")
        })?;
        let found = little_endian(content, 0)
            .ok_or_else(|| format!("is damaged: record {record} has no kind of shape"))?;
        shapes.push(if found == NOTHING {
            Err(Mistake::NotPolygons { found: "without geometry" })
        } else if POLYGONS.contains(&found) {
            let rings = rings_of(content).map_err(|what| format!("is damaged: record {record} {what}"))?;
            let in_degrees = |ring: Vec<[f64; 2]>| ring.into_iter().map(|at| crs.inverse(at)).collect();
            let rings: Result<Vec<Vec<Coord<f64>>>, Mistake> = rings.into_iter().map(in_degrees).collect();
            rings.and_then(rings::nested)
        } else {
            return Err(format!("is damaged: record {record} holds {} among polygons", named(found)));
        });
        place += 8 + content.len();
    }
    Ok(shapes)
}

/// The positions of each ring of a record; else what is wrong with it.
fn rings_of(content: &[u8]) -> Result<Vec<Vec<[f64; 2]>>, String> {
    const COUNTS: usize = 36;
    const PARTS: usize = 44;
    let count = |place| little_endian(content, place).and_then(|count| usize::try_from(count).ok());
    let (Some(parts), Some(points)) = (count(COUNTS), count(COUNTS + 4)) else {
        return Err("has no count of rings and positions".to_owned());
    };
    let needed = parts.checked_mul(4).zip(points.checked_mul(16));
    let needed = needed.and_then(|(parts, points)| PARTS.checked_add(parts)?.checked_add(points));
    if needed.is_none_or(|needed| needed > content.len()) {
        let length = content.len();
        return Err(format!("has {parts} rings of {points} positions in {length} bytes, which is too short"));
    }
    let mut starts = Vec::with_capacity(parts + 1);
    starts.extend((0..parts).filter_map(|part| count(PARTS + 4 * part)));
    starts.push(points);
    if starts.len() != parts + 1 || starts[0] != 0 || !starts.is_sorted() {
        return Err("has rings that do not follow each other".to_owned());
    }
    let positions = &content[PARTS + 4 * parts..];
    let double = |place: usize| {
        let bytes = positions[place..place + 8].try_into().expect("eight bytes of a checked length");
        f64::from_le_bytes(bytes)
    };
    let at = |point: usize| [double(16 * point), double(16 * point + 8)];
    Ok(starts.windows(2).map(|ring| (ring[0]..ring[1]).map(at).collect()).collect())
}

fn four(bytes: &[u8], place: usize) -> Option<[u8; 4]> {
    bytes.get(place..)?.first_chunk().copied()
}

fn big_endian(bytes: &[u8], place: usize) -> Option<i32> {
    four(bytes, place).map(i32::from_be_bytes)
}

fn little_endian(bytes: &[u8], place: usize) -> Option<i32> {
    four(bytes, place).map(i32::from_le_bytes)
}

fn named(kind: i32) -> String {
    match kind {
        1 | 11 | 21 => "points".to_owned(),
        3 | 13 | 23 => "lines".to_owned(),
        5 | 15 | 25 => "polygons".to_owned(),
        8 | 18 | 28 => "groups of points".to_owned(),
        31 => "patches of surfaces".to_owned(),
        other => format!("shapes of the unknown kind {other}"),
    }
}
