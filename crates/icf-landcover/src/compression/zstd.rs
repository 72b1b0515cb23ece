//! Zstandard.

use zstd::bulk::Decompressor;

/// Unpacks frames; gives how many bytes they made.
///
/// The buffer is the only memory that a frame can ask for: decoded at once, it is its own window.
pub(super) fn unpack(
    decoder: &mut Decompressor<'static>,
    packed: &[u8],
    into: &mut [u8],
) -> Result<usize, String> {
    decoder
        .decompress_to_buffer(packed, into)
        .map_err(|error| format!("is no Zstandard stream of this size: {error}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_was_packed() {
        let bytes: Vec<u8> = (0..10_000_u32).map(|n| u8::try_from(n * n / 777 % 7).unwrap()).collect();
        let packed = zstd::bulk::compress(&bytes, 9).unwrap();
        let mut decoder = Decompressor::new().unwrap();
        let mut found = vec![0; bytes.len()];
        assert_eq!(unpack(&mut decoder, &packed, &mut found), Ok(bytes.len()));
        assert_eq!(found, bytes);
        assert!(unpack(&mut decoder, &packed, &mut found[..100]).is_err());
        assert!(unpack(&mut decoder, &packed[..packed.len() / 2], &mut found).is_err());
        assert!(unpack(&mut decoder, &[1, 2, 3], &mut found).is_err());
    }

    #[test]
    fn two_frames_are_one_tile_and_a_large_window_is_no_memory() {
        let mut encoder = zstd::stream::Encoder::new(vec![], 3).unwrap();
        encoder.window_log(27).unwrap();
        encoder.long_distance_matching(true).unwrap();
        std::io::copy(&mut [7_u8; 5000].as_slice(), &mut encoder).unwrap();
        let one = encoder.finish().unwrap();
        let mut found = vec![0; 10_000];
        let mut decoder = Decompressor::new().unwrap();
        assert_eq!(unpack(&mut decoder, &[one.clone(), one].concat(), &mut found), Ok(10_000));
        assert!(found.iter().all(|byte| *byte == 7));
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(0_u8..4, 1..3000), place in any::<prop::sample::Index>(), with in any::<u8>()) {
            let mut damaged = zstd::bulk::compress(&bytes, 3).unwrap();
            let place = place.index(damaged.len());
            damaged[place] = with;
            let _ = unpack(&mut Decompressor::new().unwrap(), &damaged, &mut vec![0; bytes.len()]);
        }
    }
}
