//! Zstandard.

use ruzstd::decoding::FrameDecoder;

/// The largest window that the reference encoder uses on its own (level 22); more is a way to eat memory.
const WINDOW: u64 = 1 << 27;

/// Unpacks frames; gives how many bytes they made.
pub(super) fn unpack(packed: &[u8], into: &mut [u8]) -> Result<usize, String> {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(WINDOW);
    decoder.decode_all(packed, into).map_err(|error| format!("is no Zstandard stream: {error}"))
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    #[test]
    fn reads_what_was_packed() {
        let bytes: Vec<u8> = (0..10_000_u32).map(|n| u8::try_from(n * n / 777 % 7).unwrap()).collect();
        let packed = compress_to_vec(bytes.as_slice(), CompressionLevel::Fastest);
        let mut found = vec![0; bytes.len()];
        assert_eq!(unpack(&packed, &mut found), Ok(bytes.len()));
        assert_eq!(found, bytes);
        assert!(unpack(&packed, &mut found[..100]).is_err());
        assert!(unpack(&packed[..packed.len() / 2], &mut found).is_err());
        assert!(unpack(&[1, 2, 3], &mut found).is_err());
    }
}
