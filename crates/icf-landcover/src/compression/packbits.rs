//! PackBits (TIFF 6.0, section 9).

/// Unpacks until the buffer is full or the packed bytes end; gives how many bytes that made.
///
/// A head n of 0 to 127 means that n + 1 bytes follow as they are, −127 to −1 that the next byte stands 1 − n times,
/// and −128 nothing.
pub(super) fn unpack(packed: &[u8], into: &mut [u8]) -> Result<usize, String> {
    let (mut read, mut made) = (0, 0);
    while made < into.len() && read < packed.len() {
        let head = packed[read];
        read += 1;
        if head < 128 {
            let length = usize::from(head) + 1;
            let bytes = packed.get(read..read + length).ok_or("ends within a literal")?;
            let taken = length.min(into.len() - made);
            into[made..made + taken].copy_from_slice(&bytes[..taken]);
            (read, made) = (read + length, made + taken);
        } else if head > 128 {
            let byte = *packed.get(read).ok_or("ends within a run")?;
            let taken = (257 - usize::from(head)).min(into.len() - made);
            into[made..made + taken].fill(byte);
            (read, made) = (read + 1, made + taken);
        }
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(packed: &[u8], length: usize, expected: &[u8]) {
        let mut bytes = vec![0; length];
        let made = unpack(packed, &mut bytes).unwrap();
        assert_eq!(&bytes[..made], expected);
    }

    #[test]
    fn the_example_of_the_specification() {
        let packed =
            [0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa, 0x03, 0x80, 0x00, 0x2a, 0x22, 0xf7, 0xaa];
        let mut expected =
            vec![0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0xaa, 0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0x22];
        expected.extend([0xaa; 10]);
        check(&packed, 24, &expected);
    }

    #[test]
    fn ends() {
        check(&[], 4, &[]);
        check(&[128, 0, 7], 4, &[7]);
        check(&[129, 9], 5, &[9; 5]);
        assert_eq!(unpack(&[2, 1], &mut [0; 9]), Err("ends within a literal".to_owned()));
        assert_eq!(unpack(&[200], &mut [0; 9]), Err("ends within a run".to_owned()));
    }
}
