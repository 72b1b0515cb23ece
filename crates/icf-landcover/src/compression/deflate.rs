//! Deflate in zlib's wrapping.

use flate2::{Decompress, FlushDecompress};
use libdeflater::Decompressor;

/// Unpacks until the buffer is full or the packed bytes end; gives how many bytes that made.
///
/// libdeflate unpacks a whole buffer at once, twice as fast as a decoder that can stop anywhere. Of a stream that does not fit it says
/// no more than that, so such a one is unpacked again by flate2, as far as it goes.
pub(super) fn unpack(decoder: &mut Decompressor, packed: &[u8], into: &mut [u8]) -> Result<usize, String> {
    if let Ok(made) = decoder.zlib_decompress(packed, into) {
        return Ok(made);
    }
    let mut decoder = Decompress::new(true);
    decoder
        .decompress(packed, into, FlushDecompress::Finish)
        .map_err(|error| format!("is no deflate stream: {error}"))?;
    Ok(usize::try_from(decoder.total_out()).expect("no more than the buffer"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use proptest::prelude::*;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(vec![], Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn reads_what_was_packed() {
        let bytes: Vec<u8> = (0..10_000_u32).map(|n| u8::try_from(n * n / 777 % 7).unwrap()).collect();
        let packed = packed(&bytes);
        let mut found = vec![0; bytes.len()];
        let mut decoder = Decompressor::new();
        assert_eq!(unpack(&mut decoder, &packed, &mut found), Ok(bytes.len()));
        assert_eq!(found, bytes);
        // Of a buffer that is too small the rest is left, and a longer one is not filled.
        assert_eq!(unpack(&mut decoder, &packed, &mut found[..100]), Ok(100));
        assert_eq!(unpack(&mut decoder, &packed, &mut vec![0; 20_000]), Ok(bytes.len()));
        assert!(unpack(&mut decoder, &packed[..packed.len() / 2], &mut found).unwrap() < bytes.len());
        assert!(unpack(&mut decoder, &[1, 2, 3], &mut found).is_err());
        let mut wrong_sum = packed.clone();
        *wrong_sum.last_mut().unwrap() ^= 1;
        assert!(unpack(&mut decoder, &wrong_sum, &mut found).is_err());
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(0_u8..4, 1..3000), place in any::<prop::sample::Index>(), with in any::<u8>()) {
            let mut damaged = packed(&bytes);
            let place = place.index(damaged.len());
            damaged[place] = with;
            let _ = unpack(&mut Decompressor::new(), &damaged, &mut vec![0; bytes.len()]);
        }
    }
}
