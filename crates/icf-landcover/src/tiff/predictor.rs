//! Predictor 2: each cell stands as the difference to the one on its left (TIFF 6.0, section 14). Predictor 3: so do the bytes
//! of floating-point cells, sorted by their weight (Adobe Photoshop TIFF Technical Note 3).

/// Turns the differences of each row into cells of one byte.
pub(super) fn undo_u8(cells: &mut [u8], columns: usize) {
    for row in cells.chunks_exact_mut(columns) {
        let mut last = 0_u8;
        for cell in row {
            last = last.wrapping_add(*cell);
            *cell = last;
        }
    }
}

/// The same for cells of two bytes.
pub(super) fn undo_u16(cells: &mut [u16], columns: usize) {
    for row in cells.chunks_exact_mut(columns) {
        let mut last = 0_u16;
        for cell in row {
            last = last.wrapping_add(*cell);
            *cell = last;
        }
    }
}

/// The same for cells of some bytes, least significant first.
pub(super) fn undo_words<const N: usize>(cells: &mut [[u8; N]], columns: usize) {
    for row in cells.chunks_exact_mut(columns) {
        let mut last = [0_u8; N];
        for cell in row {
            let mut carry = 0_u16;
            for (byte, before) in cell.iter_mut().zip(&mut last) {
                carry += u16::from(*byte) + u16::from(*before);
                [*byte, _] = carry.to_le_bytes();
                (*before, carry) = (*byte, carry >> 8);
            }
        }
    }
}

/// Puts floating-point cells of some bytes together again, most significant byte first. Each row holds the most significant
/// bytes of all its cells, then the second ones and so on, every byte as the difference to the one before it.
pub(super) fn undo_planes(cells: &mut [u8], columns: usize, bytes: usize) {
    let mut planes = vec![0; columns * bytes];
    for row in cells.chunks_exact_mut(columns * bytes) {
        undo_u8(row, columns * bytes);
        planes.copy_from_slice(row);
        for (place, cell) in row.chunks_exact_mut(bytes).enumerate() {
            for (weight, byte) in cell.iter_mut().enumerate() {
                *byte = planes[weight * columns + place];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planes_become_numbers() {
        // 1.0 and −2.5 are 3f 80 00 00 and c0 20 00 00: planes 3f c0, 80 20, 00 00, 00 00, as differences.
        let mut row = [0x3f, 0x81, 0xc0, 0xa0, 0xe0, 0, 0, 0];
        undo_planes(&mut row, 2, 4);
        let (first, second) = row.split_at(4);
        let number = |bytes: &[u8]| f32::from_be_bytes(bytes.try_into().unwrap());
        assert_eq!([number(first), number(second)], [1.0, -2.5]);
    }

    #[test]
    fn differences_begin_anew_in_each_row() {
        let mut bytes = [5, 0, 1, 250, 10, 0];
        undo_u8(&mut bytes, 3);
        assert_eq!(bytes, [5, 5, 6, 250, 4, 4]);
        let mut words = [5, 65_535, 1, 7];
        undo_u16(&mut words, 2);
        assert_eq!(words, [5, 4, 1, 8]);
        let mut cells = [70_000, u32::MAX, 3, 1].map(u32::to_le_bytes);
        undo_words(&mut cells, 2);
        assert_eq!(cells.map(u32::from_le_bytes), [70_000, 69_999, 3, 4]);
    }
}
