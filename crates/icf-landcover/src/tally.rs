//! Counts cells by zone and class.
//!
//! All sums are whole numbers: shares of cells in units of 2⁻⁴⁰ and areas in units of 2⁻⁷² m². So they do not depend
//! on the order in which shards are added, nor on the number of threads.

use std::collections::BTreeMap;

use crate::coverage::{Covered, Part, Run, SHARE_BITS};
use crate::shards::Whole;

/// Binary places of the area of a cell in m².
const AREA_BITS: u32 = 32;

/// How much of a class a zone has: shares of cells, and their area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    cells: u128,
    area: u128,
}

impl Amount {
    /// So many of it.
    pub(crate) fn times(self, number: usize) -> Self {
        Self { cells: self.cells * number as u128, area: self.area * number as u128 }
    }

    /// The sums of shares and of areas as the whole numbers that they are.
    pub(crate) fn sums(self) -> [u128; 2] {
        [self.cells, self.area]
    }

    pub(crate) fn of_sums([cells, area]: [u128; 2]) -> Self {
        Self { cells, area }
    }

    /// Cells, each counted by its share.
    pub(crate) fn cells(self) -> f64 {
        self.cells as f64 / (1_u64 << SHARE_BITS) as f64
    }

    /// Square metres.
    pub(crate) fn square_metres(self) -> f64 {
        self.area as f64 / ((1_u64 << SHARE_BITS) as f64 * (1_u64 << AREA_BITS) as f64)
    }
}

impl Whole for Amount {
    fn add(&mut self, other: Self) {
        self.cells += other.cells;
        self.area += other.area;
    }

    fn numbers(self) -> Vec<i128> {
        self.sums().map(|sum| i128::try_from(sum).expect("the earth has no more")).to_vec()
    }

    fn of_numbers(numbers: &[i128]) -> Option<Self> {
        let [cells, area] = *numbers else { return None };
        Some(Self { cells: cells.try_into().ok()?, area: area.try_into().ok()? })
    }
}

/// The area of a cell in units of 2⁻³² m².
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "no cell is larger than the earth"
)]
pub(crate) fn fixed_area(square_metres: f64) -> u128 {
    (square_metres * (1_u64 << AREA_BITS) as f64).round() as u128
}

/// Amounts by zone and code.
pub(crate) type Amounts = BTreeMap<(u32, u16), Amount>;

/// What a cell can be.
pub(crate) trait Code: Copy + Eq + Into<u16> {
    /// How many codes there are.
    const CODES: usize;

    /// Adds the cells to counts by code; of several counts of a code the sum is meant.
    fn count(cells: &[Self], counts: &mut Counts);
}

/// Counts by code. Four tables, so that equal neighbours do not wait for each other.
pub(crate) struct Counts {
    tables: [Vec<u32>; 4],
}

impl Code for u8 {
    const CODES: usize = 1 << 8;

    fn count(cells: &[Self], counts: &mut Counts) {
        let [first, second, third, fourth] = &mut counts.tables;
        let tables: [&mut [u32; 256]; 4] = [first, second, third, fourth]
            .map(|table| table.as_mut_slice().try_into().expect("a count for each code of a byte"));
        let (words, rest) = cells.as_chunks::<8>();
        for word in words {
            let number = u64::from_le_bytes(*word);
            // Land lies in patches: mostly eight neighbours are alike.
            if number == u64::from(word[0]) * 0x0101_0101_0101_0101 {
                tables[0][usize::from(word[0])] += 8;
            } else {
                for (place, code) in word.iter().enumerate() {
                    tables[place % 4][usize::from(*code)] += 1;
                }
            }
        }
        for code in rest {
            tables[0][usize::from(*code)] += 1;
        }
    }
}

impl Code for u16 {
    const CODES: usize = 1 << 16;

    fn count(cells: &[Self], counts: &mut Counts) {
        let (words, rest) = cells.as_chunks::<4>();
        for word in words {
            let [first, second, third, fourth] = *word;
            if first == second && third == fourth && first == third {
                counts.tables[0][usize::from(first)] += 4;
            } else {
                for code in word {
                    counts.tables[0][usize::from(*code)] += 1;
                }
            }
        }
        for code in rest {
            counts.tables[0][usize::from(*code)] += 1;
        }
    }
}

/// The tally of a shard over cells of one kind.
pub(crate) struct Tally {
    counts: Counts,
    /// The codes seen so far, and the place of each among them.
    codes: Vec<u16>,
    slots: Vec<u32>,
    /// By zone; within a zone by the place of the code.
    amounts: BTreeMap<u32, Vec<Amount>>,
}

const UNSEEN: u32 = u32::MAX;

impl Tally {
    pub(crate) fn new<C: Code>() -> Self {
        // Cells of two bytes are counted in the first table only.
        let length = |table: usize| if table == 0 || C::CODES == 256 { C::CODES } else { 0 };
        Self {
            counts: Counts { tables: std::array::from_fn(|table| vec![0; length(table)]) },
            codes: Vec::new(),
            slots: vec![UNSEEN; C::CODES],
            amounts: BTreeMap::new(),
        }
    }

    /// Adds the covered cells of a tile.
    ///
    /// `areas` are those of the cells of each row of the band; `left` and `top` are the column and the row of the band
    /// at which the tile begins, and `width` is the length of its rows.
    pub(crate) fn add<C: Code>(
        &mut self,
        covered: &Covered,
        cells: &[C],
        areas: &[u128],
        (left, top, width): (u32, u32, usize),
    ) {
        let stretch = |run: &Run| {
            let start = (run.row - top) as usize * width;
            &cells[start + (run.from - left) as usize..start + (run.to - left) as usize]
        };
        for of_zone in covered.runs.chunk_by(|a, b| a.zone == b.zone) {
            let mut amounts = self.amounts.remove(&of_zone[0].zone).unwrap_or_default();
            for run in of_zone {
                let cells = stretch(run);
                C::count(cells, &mut self.counts);
                self.flush(cells, areas[run.row as usize], &mut amounts);
            }
            self.amounts.insert(of_zone[0].zone, amounts);
        }
        for of_zone in covered.parts.chunk_by(|a, b| a.run.zone == b.run.zone) {
            let mut amounts = self.amounts.remove(&of_zone[0].run.zone).unwrap_or_default();
            for Part { run, cells, area } in of_zone {
                let amount =
                    Amount { cells: (*cells).into(), area: u128::from(*area) * areas[run.row as usize] };
                for code in stretch(run) {
                    let slot = self.slot((*code).into());
                    amount_at(&mut amounts, slot).add(amount);
                }
            }
            self.amounts.insert(of_zone[0].run.zone, amounts);
        }
    }

    /// Adds the counts of a run to the amounts of its zone, and clears them.
    fn flush<C: Code>(&mut self, cells: &[C], area: u128, amounts: &mut Vec<Amount>) {
        let mut left = cells.len() as u64;
        for slot in 0..self.codes.len() {
            left -= self.take(slot, area, amounts);
        }
        if left > 0 {
            for code in cells {
                let known = self.codes.len();
                let slot = self.slot((*code).into());
                if slot == known {
                    self.take(slot, area, amounts);
                }
            }
        }
    }

    /// Moves the count of a code to the amounts; gives how many cells that are.
    fn take(&mut self, slot: usize, area: u128, amounts: &mut Vec<Amount>) -> u64 {
        let code = usize::from(self.codes[slot]);
        let mut count = 0;
        for table in &mut self.counts.tables {
            count += table.get_mut(code).map_or(0, |count| u64::from(std::mem::take(count)));
        }
        if count > 0 {
            let cells = u128::from(count) << SHARE_BITS;
            amount_at(amounts, slot).add(Amount { cells, area: cells * area });
        }
        count
    }

    /// The place of a code among those seen.
    fn slot(&mut self, code: u16) -> usize {
        let slot = &mut self.slots[usize::from(code)];
        if *slot == UNSEEN {
            *slot = u32::try_from(self.codes.len()).expect("no more than 65,536 codes");
            self.codes.push(code);
        }
        *slot as usize
    }

    /// The amounts by zone and code.
    pub(crate) fn into_amounts(self) -> Amounts {
        let codes = self.codes;
        let of_zone = |(zone, amounts): (u32, Vec<Amount>)| {
            let by_code = codes.iter().zip(amounts).filter(|(_, amount)| *amount != Amount::default());
            by_code.map(move |(code, amount)| ((zone, *code), amount)).collect::<Vec<_>>()
        };
        self.amounts.into_iter().flat_map(of_zone).collect()
    }
}

fn amount_at(amounts: &mut Vec<Amount>, slot: usize) -> &mut Amount {
    if amounts.len() <= slot {
        amounts.resize(slot + 1, Amount::default());
    }
    &mut amounts[slot]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(row: u32, from: u32, to: u32) -> Run {
        Run { zone: 3, row, from, to }
    }

    #[track_caller]
    fn check<C: Code>(cells: &[C], expected: &[(u16, f64, f64)]) {
        let covered = Covered {
            runs: vec![run(4, 100, 109), run(5, 101, 103)],
            parts: vec![Part { run: run(5, 103, 105), cells: 1 << 38, area: 1 << 39 }],
        };
        let mut tally = Tally::new::<C>();
        let areas = [0, 0, 0, 0, fixed_area(2.0), fixed_area(3.0)];
        tally.add(&covered, cells, &areas, (100, 4, 10));
        let found: Vec<_> = tally
            .into_amounts()
            .into_iter()
            .map(|((zone, code), amount)| (zone, code, amount.cells(), amount.square_metres()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(code, cells, area)| (3, *code, *cells, *area)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn runs_count_whole_and_parts_by_their_share() {
        // Row 4: nine of ten cells; row 5: two whole, two by a quarter, which is half of the area.
        let bytes: [u8; 20] = [7, 7, 7, 7, 7, 7, 7, 7, 1, 9, 9, 1, 2, 2, 7, 9, 9, 9, 9, 9];
        let expected = [(1, 2.0, 5.0), (2, 1.25, 4.5), (7, 8.25, 17.5)];
        check(&bytes, &expected);
        let words = bytes.map(|code| u16::from(code) * 1000);
        check(&words, &expected.map(|(code, cells, area)| (code * 1000, cells, area)));
    }

    #[test]
    fn counts_of_bytes_are_complete() {
        let cells: Vec<u8> = (0..1003_u32).map(|n| u8::try_from(n * n % 251 / 7).unwrap()).collect();
        let mut tally = Tally::new::<u8>();
        u8::count(&cells, &mut tally.counts);
        for code in 0..=255 {
            let found: u32 = tally.counts.tables.iter().map(|table| table[usize::from(code)]).sum();
            assert_eq!(found as usize, cells.iter().filter(|cell| **cell == code).count());
        }
    }
}
