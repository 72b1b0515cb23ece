//! Geometry as bytes: well-known binary of the OGC (06-103r4), little-endian.

use geo_types::{LineString, MultiPolygon};

const LITTLE_ENDIAN: u8 = 1;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// A multipolygon, also where it has one part only, so that all features of a layer are of one kind.
pub(super) fn multi_polygon(shape: &MultiPolygon<f64>) -> Vec<u8> {
    let mut bytes = Vec::new();
    start(&mut bytes, MULTI_POLYGON, shape.0.len());
    for polygon in &shape.0 {
        start(&mut bytes, POLYGON, 1 + polygon.interiors().len());
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            self::ring(&mut bytes, ring);
        }
    }
    bytes
}

fn start(bytes: &mut Vec<u8>, kind: u32, parts: usize) {
    bytes.push(LITTLE_ENDIAN);
    bytes.extend(kind.to_le_bytes());
    count(bytes, parts);
}

fn ring(bytes: &mut Vec<u8>, ring: &LineString<f64>) {
    count(bytes, ring.0.len());
    for at in &ring.0 {
        bytes.extend(at.x.to_le_bytes());
        bytes.extend(at.y.to_le_bytes());
    }
}

fn count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend(u32::try_from(count).expect("a shape has fewer than 2^32 parts").to_le_bytes());
}

/// West, south, east and north; none of a shape without a vertex.
pub(super) fn bounds(shape: &MultiPolygon<f64>) -> Option<[f64; 4]> {
    shape.0.iter().flat_map(|polygon| &polygon.exterior().0).fold(None, |bounds, at| {
        let [west, south, east, north] = bounds.unwrap_or([at.x, at.y, at.x, at.y]);
        Some([west.min(at.x), south.min(at.y), east.max(at.x), north.max(at.y)])
    })
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;

    #[test]
    fn a_triangle_by_hand() {
        let triangle = MultiPolygon(vec![polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 0.0, y: 2.0)]]);
        let bytes = multi_polygon(&triangle);
        // Order, kind and count of the whole, of the polygon, the count of its ring with four positions of 16 bytes.
        assert_eq!(bytes.len(), 9 + 9 + 4 + 4 * 16);
        assert_eq!(bytes[..9], [1, 6, 0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(bytes[9..22], [1, 3, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0]);
        assert_eq!(bytes[22 + 16..22 + 24], 1.0_f64.to_le_bytes());
        assert_eq!(bounds(&triangle), Some([0.0, 0.0, 1.0, 2.0]));
        assert_eq!(bounds(&MultiPolygon(vec![])), None);
    }
}
