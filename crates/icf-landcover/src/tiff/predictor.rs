//! Predictor 2: each cell stands as the difference to the one on its left (TIFF 6.0, section 14).

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_begin_anew_in_each_row() {
        let mut bytes = [5, 0, 1, 250, 10, 0];
        undo_u8(&mut bytes, 3);
        assert_eq!(bytes, [5, 5, 6, 250, 4, 4]);
        let mut words = [5, 65_535, 1, 7];
        undo_u16(&mut words, 2);
        assert_eq!(words, [5, 4, 1, 8]);
    }
}
