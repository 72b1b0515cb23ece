//! Deflate in zlib's wrapping.

use fdeflate::Decompressor;

/// Unpacks until the buffer is full or the packed bytes end; gives how many bytes that made.
pub(super) fn unpack(packed: &[u8], into: &mut [u8]) -> Result<usize, String> {
    let mut decoder = Decompressor::new();
    let (mut read, mut made) = (0, 0);
    loop {
        let (taken, added) = decoder
            .read(&packed[read..], into, made, true)
            .map_err(|error| format!("is no deflate stream: {error:?}"))?;
        (read, made) = (read + taken, made + added);
        if decoder.is_done() || made == into.len() || (taken, added) == (0, 0) {
            return Ok(made);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_was_packed() {
        let bytes: Vec<u8> = (0..10_000_u32).map(|n| u8::try_from(n * n / 777 % 7).unwrap()).collect();
        let packed = fdeflate::compress_to_vec(&bytes);
        let mut found = vec![0; bytes.len()];
        assert_eq!(unpack(&packed, &mut found), Ok(bytes.len()));
        assert_eq!(found, bytes);
        // Of a buffer that is too small the rest is left.
        assert_eq!(unpack(&packed, &mut found[..100]), Ok(100));
        assert!(unpack(&packed[..packed.len() / 2], &mut found).is_err());
        assert!(unpack(&[1, 2, 3], &mut found).is_err());
    }
}
