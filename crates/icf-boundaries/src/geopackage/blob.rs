//! Geometries as GeoPackages hold them: a head, and well-known binary (OGC 06-103r4).

use geo::{Coord, MultiPolygon, Polygon};
use icf_geometry::{Crs, Mistake, polygon};

const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;
/// What PostGIS adds to a number of a kind, for heights, measures and a system of coordinates.
const FLAGS: [(u32, usize); 2] = [(1 << 31, 1), (1 << 30, 1)];
const HAS_SYSTEM: u32 = 1 << 29;

/// The polygons of a blob, in degrees.
pub(super) fn polygons(bytes: &[u8], crs: Crs) -> Result<MultiPolygon<f64>, Mistake> {
    let [b'G', b'P', _, flags, ..] = *bytes else { return Err(Mistake::DamagedGeometry) };
    if flags & 0x10 != 0 {
        return Err(Mistake::NotPolygons { found: "empty" });
    }
    let envelope = match flags >> 1 & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(Mistake::DamagedGeometry),
    };
    let rest = bytes.get(8 + envelope..).ok_or(Mistake::DamagedGeometry)?;
    let mut reader = Reader { rest, is_little: true, crs };
    let polygons = match reader.kind()? {
        (POLYGON, axes) => vec![reader.polygon(axes)?],
        (MULTI_POLYGON, _) => {
            // Each part has a byte order, a kind and a count of rings.
            let parts = reader.count(9)?;
            let part = |reader: &mut Reader| match reader.kind()? {
                (POLYGON, axes) => reader.polygon(axes),
                _ => Err(Mistake::DamagedGeometry),
            };
            (0..parts).map(|_| part(&mut reader)).collect::<Result<_, _>>()?
        }
        (kind, _) => return Err(Mistake::NotPolygons { found: named(kind) }),
    };
    if polygons.is_empty() {
        return Err(Mistake::NotPolygons { found: "empty" });
    }
    Ok(MultiPolygon::new(polygons))
}

struct Reader<'a> {
    rest: &'a [u8],
    is_little: bool,
    crs: Crs,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Mistake> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or(Mistake::DamagedGeometry)?;
        self.rest = rest;
        Ok(*bytes)
    }

    fn number(&mut self) -> Result<u32, Mistake> {
        let bytes = self.take()?;
        Ok(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn double(&mut self) -> Result<f64, Mistake> {
        let bytes = self.take()?;
        Ok(if self.is_little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    /// A count of things that take so many bytes each at least, and no more of them than the rest can hold.
    fn count(&mut self, each: usize) -> Result<usize, Mistake> {
        let count = self.number()? as usize;
        if count <= self.rest.len() / each { Ok(count) } else { Err(Mistake::DamagedGeometry) }
    }

    /// The byte order and the kind of what follows, and how many numbers a position has.
    fn kind(&mut self) -> Result<(u32, usize), Mistake> {
        let [order] = self.take()?;
        self.is_little = match order {
            0 => false,
            1 => true,
            _ => return Err(Mistake::DamagedGeometry),
        };
        let number = self.number()?;
        let more: usize = FLAGS.iter().filter(|(flag, _)| number & flag != 0).map(|(_, more)| more).sum();
        if number & HAS_SYSTEM != 0 {
            self.number()?;
        }
        let number = number & !(FLAGS[0].0 | FLAGS[1].0 | HAS_SYSTEM);
        let axes = match number / 1000 {
            0 => 2,
            1 | 2 => 3,
            3 => 4,
            _ => return Err(Mistake::DamagedGeometry),
        };
        Ok((number % 1000, axes + more))
    }

    fn polygon(&mut self, axes: usize) -> Result<Polygon<f64>, Mistake> {
        let rings = self.count(4)?;
        polygon((0..rings).map(|_| self.ring(axes)).collect::<Result<_, _>>()?)
    }

    fn ring(&mut self, axes: usize) -> Result<Vec<Coord<f64>>, Mistake> {
        let positions = self.count(8 * axes)?;
        (0..positions)
            .map(|_| {
                let at = [self.double()?, self.double()?];
                for _ in 2..axes {
                    self.double()?;
                }
                self.crs.inverse(at)
            })
            .collect()
    }
}

fn named(kind: u32) -> &'static str {
    match kind {
        1 => "Point",
        2 => "LineString",
        4 => "MultiPoint",
        5 => "MultiLineString",
        7 => "GeometryCollection",
        10 => "CurvePolygon",
        12 => "MultiSurface",
        _ => "another geometry",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A triangle with a height at each corner, least significant byte first or last.
    fn triangle(is_little: bool) -> Vec<u8> {
        let mut bytes = vec![u8::from(is_little)];
        let number = |number: u32| if is_little { number.to_le_bytes() } else { number.to_be_bytes() };
        let double = |number: f64| if is_little { number.to_le_bytes() } else { number.to_be_bytes() };
        for part in [1003, 1, 4] {
            bytes.extend(number(part));
        }
        for part in [0.0, 0.0, 9.0, 0.0, 1.0, 9.0, 1.0, 1.0, 9.0, 0.0, 0.0, 9.0] {
            bytes.extend(double(part));
        }
        bytes
    }

    fn blob(geometry: &[u8]) -> Vec<u8> {
        [b"GP\0\x01\xe6\x10\0\0", geometry].concat()
    }

    #[test]
    fn heights_and_byte_orders() {
        for is_little in [true, false] {
            let found = polygons(&blob(&triangle(is_little)), Crs::Geographic).unwrap();
            assert_eq!(found.0[0].exterior().0[1], Coord { x: 1.0, y: 1.0 });
        }
        let many = [&[1, 6, 0, 0, 0, 2, 0, 0, 0][..], &triangle(true), &triangle(false)].concat();
        assert_eq!(polygons(&blob(&many), Crs::Geographic).unwrap().0.len(), 2);
    }

    #[test]
    fn other_kinds_are_named_and_damage_is_refused() {
        let check = |geometry: &[u8], expected: Mistake| {
            assert_eq!(polygons(&blob(geometry), Crs::Geographic), Err(expected));
        };
        check(&[1, 1, 0, 0, 0], Mistake::NotPolygons { found: "Point" });
        check(&[1, 10, 0, 0, 0], Mistake::NotPolygons { found: "CurvePolygon" });
        check(&[1, 6, 0, 0, 0, 0, 0, 0, 0], Mistake::NotPolygons { found: "empty" });
        // Four thousand million rings.
        check(&[1, 3, 0, 0, 0, 255, 255, 255, 255], Mistake::DamagedGeometry);
        check(&triangle(true)[..80], Mistake::DamagedGeometry);
        assert_eq!(
            polygons(b"GP\0\x11\0\0\0\0", Crs::Geographic),
            Err(Mistake::NotPolygons { found: "empty" })
        );
        assert_eq!(polygons(b"PG", Crs::Geographic), Err(Mistake::DamagedGeometry));
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0_usize..130, change in 0_usize..130) {
            let _ = polygons(&blob(&bytes), Crs::Geographic);
            let mut damaged = blob(&triangle(true));
            let place = change % damaged.len();
            damaged[place] ^= bytes.first().copied().unwrap_or(1);
            damaged.truncate(damaged.len().min(cut));
            let _ = polygons(&damaged, Crs::Geographic);
        }
    }
}
