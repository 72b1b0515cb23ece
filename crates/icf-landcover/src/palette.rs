//! The codes of a raster, numbered in one byte: there are fewer land classes than that.

use crate::{Cells, Sample};

/// The number of each code.
pub(crate) enum Palette {
    /// A code of one byte is its own number.
    Bytes,
    /// Codes of two bytes are numbered as they are met.
    Words {
        /// The number of each code, or [`UNSEEN`].
        numbers: Vec<u16>,
        /// The code of each number.
        codes: Vec<u16>,
    },
}

const UNSEEN: u16 = u16::MAX;

impl Palette {
    pub(crate) fn of(sample: Sample) -> Self {
        match sample {
            Sample::U8 => Self::Bytes,
            Sample::U16 => Self::Words { numbers: vec![UNSEEN; 1 << 16], codes: Vec::new() },
        }
    }

    /// The numbers of some cells; nothing when there are more than 256 codes.
    pub(crate) fn indexes(&mut self, cells: &Cells, into: &mut Vec<u8>) -> Option<()> {
        into.clear();
        let Self::Words { numbers, codes } = self else {
            into.extend_from_slice(cells.u8());
            return Some(());
        };
        for code in cells.u16() {
            let number = &mut numbers[usize::from(*code)];
            if *number == UNSEEN {
                *number = u8::try_from(codes.len()).ok()?.into();
                codes.push(*code);
            }
            into.push(number.to_le_bytes()[0]);
        }
        Some(())
    }

    /// The code of a number.
    pub(crate) fn code(&self, number: u8) -> u16 {
        match self {
            Self::Bytes => number.into(),
            Self::Words { codes, .. } => codes[usize::from(number)],
        }
    }
}
