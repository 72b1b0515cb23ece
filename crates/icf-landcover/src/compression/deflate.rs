//! Deflate in zlib's wrapping.

use flate2::{Decompress, FlushDecompress};

/// Unpacks until the buffer is full or the packed bytes end; gives how many bytes that made.
pub(super) fn unpack(packed: &[u8], into: &mut [u8]) -> Result<usize, String> {
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

    use super::*;

    #[test]
    fn reads_what_was_packed() {
        let bytes: Vec<u8> = (0..10_000_u32).map(|n| u8::try_from(n * n / 777 % 7).unwrap()).collect();
        let mut encoder = ZlibEncoder::new(vec![], Compression::default());
        encoder.write_all(&bytes).unwrap();
        let packed = encoder.finish().unwrap();
        let mut found = vec![0; bytes.len()];
        assert_eq!(unpack(&packed, &mut found), Ok(bytes.len()));
        assert_eq!(found, bytes);
        // Of a buffer that is too small the rest is left.
        assert_eq!(unpack(&packed, &mut found[..100]), Ok(100));
        assert!(unpack(&packed[..packed.len() / 2], &mut found).unwrap() < bytes.len());
        assert!(unpack(&[1, 2, 3], &mut found).is_err());
    }
}
