//! What is no raster of land classes is refused, and says why.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use icf_landcover::{Cells, Raster};
use proptest::prelude::*;
use support::{Tiff, Value};

fn good() -> Tiff {
    Tiff::tiled(40, 20, 16, 0.5, |row, column| u8::try_from((row + column) % 5).unwrap())
}

#[track_caller]
fn check_bytes(bytes: Vec<u8>, expected: &str) {
    let error = Raster::open(bytes).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
}

#[track_caller]
fn check(tiff: &Tiff, expected: &str) {
    check_bytes(tiff.bytes(), expected);
}

#[track_caller]
fn check_chunk(tiff: &Tiff, expected: &str) {
    let error = Raster::open(tiff.bytes()).unwrap().read_chunk(1, 0, &mut Cells::default()).unwrap_err();
    assert!(error.to_string().contains(expected), "{error}");
}

fn short(number: u16) -> Value {
    Value::Short(vec![number])
}

#[test]
fn the_good_one_is_read() {
    let raster = Raster::open(good().bytes()).unwrap();
    let mut cells = Cells::default();
    raster.read_chunk(1, 1, &mut cells).unwrap();
    assert_eq!(cells.u8()[..3], [2, 3, 4]);
    assert_eq!(raster.nodata(), None);
}

#[test]
fn what_is_no_tiff() {
    check_bytes(vec![], "is not a TIFF: it has fewer than eight bytes");
    check_bytes(b"\x89PNG\r\n\x1a\n and so on".to_vec(), "is not a TIFF: it begins with neither II nor MM");
    check_bytes(b"II\x00\x00\x08\x00\x00\x00".to_vec(), "is not a TIFF: its version is neither 42 nor 43");
    check_bytes(b"II\x2b\x00\x04\x00\x00\x00".to_vec(), "places have not eight bytes");
}

#[test]
fn what_is_cut_off() {
    let bytes = good().bytes();
    check_bytes(bytes[..bytes.len() - 40].to_vec(), "is cut off: a directory would end at byte");
    check_bytes(b"II\x2a\x00\xff\xff\xff\xff".to_vec(), "is cut off: a directory");
    check_bytes(
        b"MM\x00\x2b\x00\x08\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        "is cut off: a directory",
    );
    let lengths = Value::Long(vec![256, 256, 256, 256, 256, 1 << 30]);
    check(&good().with(325, lengths), "is cut off: tile 5 would end at byte");
    let starts = Value::Long(vec![8, 8, 8, 8, u32::MAX, 8]);
    check(&good().with(324, starts), "is cut off: tile 4 would end at byte 4294967551");
}

/// Found by fuzzing: a tile that was never written kept the bytes of a damaged one before it.
#[test]
fn nothing_is_left_of_a_damaged_tile_or_of_another_raster() {
    let words = good().with(258, short(16)).with(325, Value::Long(vec![256, 0, 256, 256, 256, 256]));
    let words = Raster::open(words.bytes()).unwrap();
    let mut cells = Cells::default();
    assert!(words.read_chunk(0, 0, &mut cells).is_err(), "it has half of its bytes");
    words.read_chunk(1, 0, &mut cells).unwrap();
    assert_eq!((cells.u8(), cells.u16()), (&[][..], &[0; 256][..]));
    Raster::open(good().bytes()).unwrap().read_chunk(0, 0, &mut cells).unwrap();
    assert_eq!((cells.u8().len(), cells.u16().len()), (256, 0));
}

#[test]
fn tiles_that_hold_too_little() {
    check_chunk(&good().with_chunk(1, vec![7; 100]), "tile 1: ends after 100 of 256 bytes");
    let packed = |compression| good().with(259, short(compression)).with_chunk(1, vec![0x80, 0, 0]);
    check_chunk(&packed(5), "tile 1: ends after");
    check_chunk(&packed(8), "tile 1: is no deflate stream");
    check_chunk(&packed(32_773), "tile 1: ends after 1 of 256 bytes");
    check_chunk(&packed(50_000), "tile 1: is no Zstandard stream");
}

#[test]
fn kinds_that_are_not_read() {
    check(&good().with(259, short(7)), "compression by JPEG is not read; compress by LZW");
    check(&good().with(259, short(34_887)), "compression by LERC is not read");
    check(&good().with(259, short(99)), "compression by number 99 is not read");
    check(&good().with(258, short(1)), "a raster of whole numbers without a sign of 1 bits is not read");
    check(&good().with(258, short(32)).with(339, short(3)), "a raster of floating-point numbers of 32 bits");
    check(&good().with(339, short(2)), "a raster of whole numbers with a sign of 8 bits is not read");
    check(&good().with(277, short(3)), "a raster of 3 bands is not read");
    check(&good().with(317, short(3)), "predictor 3 is not read");
    check(&good().with(266, short(2)), "bits stand the other way round");
}

#[test]
fn layouts_that_contradict_themselves() {
    check(&good().without(256), "has no usable tag 256 (ImageWidth)");
    check(&good().with(256, Value::Text("wide")), "has no usable tag 256 (ImageWidth)");
    check(&good().with(257, short(0)), "ImageLength is 0");
    check(&good().with(257, short(60)), "TileOffsets lists 6 of 12 tiles that 40 × 60 cells need");
    check(&good().with(42_113, Value::Text("none")), "has no usable tag 42113 (GDAL_NODATA)");
}

#[test]
fn what_would_eat_memory() {
    let large = Value::Long(vec![1 << 16]);
    let bomb = good().with(322, large.clone()).with(323, large);
    check(&bomb, "a tile of 65536 × 65536 cells is not read; write tiles");
    let huge = Value::Long(vec![u32::MAX]);
    check(&good().with(256, huge.clone()).with(257, huge), "TileOffsets lists 6 of");
    // A megabyte of zeros in a tile of 256 bytes: no more than the tile is unpacked.
    let mut encoder = ZlibEncoder::new(vec![], Compression::best());
    encoder.write_all(&vec![0; 1 << 20]).unwrap();
    let zeros = encoder.finish().unwrap();
    let raster = Raster::open(good().with(259, short(8)).with_chunk(1, zeros).bytes()).unwrap();
    let mut cells = Cells::default();
    raster.read_chunk(1, 0, &mut cells).unwrap();
    assert_eq!(cells.u8(), [0; 256]);
}

#[test]
fn grids_that_lie_nowhere_or_askew() {
    let keys =
        |keys: &[u16]| Value::Short([&[1, 1, 0, u16::try_from(keys.len() / 4).unwrap()], keys].concat());
    check(&good().without(33_550), "does not say where it lies: it has neither a scale");
    check(&good().without(34_735), "does not say where it lies: it names no system of coordinates");
    check(&good().with(33_922, Value::Double(vec![0.0; 24])).without(33_550), "ground control points");
    check(&good().with(33_550, Value::Double(vec![0.5, -0.5, 0.0])), "turned or sheared");
    let turned = Value::Double(vec![1., 0.2, 0., 100., 0.2, -1., 0., 40., 0., 0., 0., 0., 0., 0., 0., 1.]);
    check(&good().without(33_550).with(34_264, turned), "turned or sheared");
    check(&good().with(33_550, Value::Double(vec![f64::NAN, 0.5, 0.0])), "has no usable tag 33550");
    check(&good().with(33_550, Value::Double(vec![50.0, 50.0, 0.0])), "which is more than the earth");
    check(&good().with(34_735, keys(&[1024, 0, 1, 2, 2048, 0, 1, 4269])), "lies in EPSG:4269; known are");
    check(&good().with(34_735, keys(&[1024, 0, 1, 1, 3072, 0, 1, 32_650])), "lies in EPSG:32650; known are");
    check(&good().with(34_735, keys(&[1024, 0, 1, 2])), "on a datum that it does not name");
    check(&good().with(34_735, keys(&[1024, 0, 1, 1, 3075, 0, 1, 8])), "a projection by method 8");
    check(&good().with(34_735, keys(&[1024, 0, 1, 2, 2056, 0, 1, 7024])), "the ellipsoid EPSG:7024");
    check(&good().with(34_735, keys(&[1024, 0, 1, 3])), "geocentric coordinates");
    let albers = keys(&[1024, 0, 1, 1, 2048, 0, 1, 4326, 3072, 0, 1, 32_767, 3075, 0, 1, 11]);
    check(&good().with(34_735, albers), "an Albers projection whose parallels are absent");
    let key_beyond = keys(&[1024, 0, 1, 2, 2048, 0, 1, 4326, 2057, 34_736, 1, 5]);
    check(&good().with(34_735, key_beyond), "has no usable tag 34735 (GeoKeyDirectory)");
}

#[test]
fn a_matrix_and_cells_that_are_points_are_understood() {
    let matrix = Value::Double(vec![0.5, 0., 0., 100., 0., -0.25, 0., 40., 0., 0., 0., 0., 0., 0., 0., 1.]);
    let raster = Raster::open(good().without(33_550).without(33_922).with(34_264, matrix).bytes()).unwrap();
    assert_eq!(raster.grid().bounds(), [100.0, 35.0, 120.0, 40.0]);
    let points = Value::Short(vec![1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 2, 2048, 0, 1, 4326]);
    let raster = Raster::open(good().with(34_735, points).bytes()).unwrap();
    assert_eq!(raster.grid().origin, [99.75, 40.25]);
}

/// Reads all that a file claims to hold, as far as that is no more than a few tiles.
fn read_all(bytes: Vec<u8>) {
    let Ok(raster) = Raster::open(bytes) else { return };
    let (across, down) = raster.chunk_counts();
    let mut cells = Cells::default();
    for (row, column) in (0..down).flat_map(|row| (0..across).map(move |column| (row, column))).take(64) {
        let _ = raster.read_chunk(column, row, &mut cells);
    }
}

proptest! {
    /// Bytes of a sound file are written over, and it is cut off: that is refused or read, and nothing panics.
    #[test]
    fn damage_never_panics(
        which in 0..GDAL.len(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        end in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = GDAL[which].to_vec();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Some(end) = end {
            bytes.truncate(end.index(bytes.len()));
        }
        read_all(bytes);
    }
}

/// Files that GDAL wrote, one of each compression and layout.
const GDAL: [&[u8]; 8] = [
    include_bytes!("gdal/u8_none_strips_big_endian.tif"),
    include_bytes!("gdal/u8_lzw_tiles_predictor.tif"),
    include_bytes!("gdal/u8_deflate_tiles_bigtiff.tif"),
    include_bytes!("gdal/u8_zstd_tiles.tif"),
    include_bytes!("gdal/u8_packbits_strips.tif"),
    include_bytes!("gdal/u16_lzw_tiles_predictor_big_endian.tif"),
    include_bytes!("gdal/u16_zstd_strips_predictor.tif"),
    include_bytes!("gdal/u8_albers.tif"),
];
