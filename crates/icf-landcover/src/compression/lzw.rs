//! LZW in the way of TIFF 6.0, section 13: codes of 9 to 12 bits, most significant bit first, which grow one code early.

const CLEAR: usize = 256;
const END: usize = 257;
const FIRST: usize = 258;
const MOST: usize = 4096;
/// Bytes that are copied in one step.
const STEP: usize = 16;

/// A string of the table: where it stands in the output, and its length.
#[derive(Clone, Copy, Default)]
struct Entry {
    start: u32,
    length: u32,
}

/// Unpacks until the buffer is full or the packed bytes end; gives how many bytes that made.
///
/// A string of the table is that of an earlier code and one byte more, and that byte was written right behind it. So
/// each entry is a stretch of the output, and a code is a copy of it; no chain of prefixes is walked.
pub(super) fn unpack(packed: &[u8], into: &mut [u8]) -> Result<usize, String> {
    if packed.starts_with(&[0]) && packed.get(1).is_some_and(|byte| byte & 1 == 1) {
        return Err("is packed by the LZW of TIFF 5, least significant bit first".to_owned());
    }
    let mut table = [Entry::default(); MOST];
    let mut bits = Bits { packed, read: 0, held: 0, count: 0 };
    let mut next = FIRST;
    let mut width = 9;
    let mut made = 0;
    // The string of the code before; empty after a clear.
    let mut last = Entry::default();
    while made < into.len() {
        let Some(code) = bits.take(width) else { break };
        if code == CLEAR {
            (next, width, last) = (FIRST, 9, Entry::default());
            continue;
        }
        if code == END {
            break;
        }
        let start = made;
        if code < CLEAR {
            into[made] = u8::try_from(code).expect("a code below 256");
            made += 1;
        } else {
            let entry = if code < next {
                table[code]
            } else if code == next && last.length > 0 {
                // The string before and its own first byte, which is written with it.
                Entry { start: last.start, length: last.length + 1 }
            } else {
                return Err(format!("has the LZW code {code} before it is defined"));
            };
            made += copy(into, entry, made);
        }
        if last.length > 0 && next < MOST {
            table[next] = Entry { start: last.start, length: last.length + 1 };
            next += 1;
            if next + 1 >= 1 << width && width < 12 {
                width += 1;
            }
        }
        last = Entry {
            start: u32::try_from(start).expect("a tile is smaller than 4 GiB"),
            length: u32::try_from(made - start).expect("a tile is smaller than 4 GiB"),
        };
    }
    Ok(made)
}

/// Copies an earlier stretch of the output to its end, as far as there is room; gives how many bytes.
///
/// The stretch ends where the copy begins or before that, but for the last byte of an entry that is being defined: that
/// is the first byte of the copy.
fn copy(into: &mut [u8], entry: Entry, to: usize) -> usize {
    let (from, length) = (entry.start as usize, entry.length as usize);
    if to + length + STEP > into.len() {
        let room = length.min(into.len() - to);
        for place in 0..room {
            into[to + place] = into[from + place];
        }
        return room;
    }
    let body = length.min(to - from);
    let mut done = 0;
    // What a step copies too much is written over by the next code.
    while done < body {
        let step: [u8; STEP] = into[from + done..from + done + STEP].try_into().expect("as long as a step");
        into[to + done..to + done + STEP].copy_from_slice(&step);
        done += STEP;
    }
    if body < length {
        into[to + body] = into[to];
    }
    length
}

/// Codes of a stream, most significant bit first.
struct Bits<'a> {
    packed: &'a [u8],
    read: usize,
    held: u64,
    count: u32,
}

impl Bits<'_> {
    fn take(&mut self, width: u32) -> Option<usize> {
        if self.count < width {
            self.refill();
            if self.count < width {
                return None;
            }
        }
        self.count -= width;
        let code = (self.held >> self.count) & ((1 << width) - 1);
        Some(usize::try_from(code).expect("twelve bits"))
    }

    fn refill(&mut self) {
        if let Some(bytes) = self.packed.get(self.read..self.read + 4) {
            let word = u32::from_be_bytes(bytes.try_into().expect("four bytes"));
            self.held = self.held << 32 | u64::from(word);
            (self.read, self.count) = (self.read + 4, self.count + 32);
            return;
        }
        while let Some(byte) = self.packed.get(self.read) {
            self.held = self.held << 8 | u64::from(*byte);
            (self.read, self.count) = (self.read + 1, self.count + 8);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use weezl::BitOrder;
    use weezl::encode::Encoder;

    use super::*;

    #[track_caller]
    fn check(bytes: &[u8]) {
        let packed = Encoder::with_tiff_size_switch(BitOrder::Msb, 8).encode(bytes).unwrap();
        let mut found = vec![0; bytes.len()];
        assert_eq!(unpack(&packed, &mut found), Ok(bytes.len()));
        assert_eq!(found, bytes);
    }

    #[test]
    fn the_example_of_the_specification() {
        // Codes 256 7 258 8 8 258 6 6 257, for 7 7 7 8 8 7 7 6 6 as in section 13.
        let codes = [256_u32, 7, 258, 8, 8, 258, 6, 6, 257];
        let mut packed = vec![0_u8; 11];
        for (place, bit) in
            codes.iter().flat_map(|code| (0..9).rev().map(move |bit| code >> bit & 1)).enumerate()
        {
            packed[place / 8] |= u8::try_from(bit).unwrap() << (7 - place % 8);
        }
        let mut found = [0; 9];
        assert_eq!(unpack(&packed, &mut found), Ok(9));
        assert_eq!(found, [7, 7, 7, 8, 8, 7, 7, 6, 6]);
    }

    #[test]
    fn runs_and_full_tables() {
        check(&[]);
        check(&[3]);
        check(&[9; 70_000]);
        let mut state = 1_u32;
        let noise = |state: &mut u32| {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *state >> 24
        };
        let bytes: Vec<u8> = (0..100_000).map(|_| u8::try_from(noise(&mut state)).unwrap()).collect();
        check(&bytes);
        let few: Vec<u8> = bytes.iter().map(|byte| byte % 3).collect();
        check(&few);
    }

    #[test]
    fn damaged_streams_are_refused_or_short() {
        let packed = Encoder::with_tiff_size_switch(BitOrder::Msb, 8).encode(&[5; 900]).unwrap();
        let mut found = vec![0; 900];
        assert!(unpack(&packed[..packed.len() / 2], &mut found).unwrap() < 900);
        assert_eq!(unpack(&packed, &mut found[..100]), Ok(100));
        // 256, then a code that is not there yet.
        let undefined = [0x80, 0x5f, 0xff, 0xff];
        assert!(unpack(&undefined, &mut found).unwrap_err().contains("before it is defined"));
        assert!(unpack(&[0, 1, 2], &mut found).unwrap_err().contains("TIFF 5"));
    }

    proptest! {
        #[test]
        fn reads_what_weezl_packs(bytes in prop::collection::vec(0_u8..4, 0..6000)) {
            check(&bytes);
        }

        #[test]
        fn never_panics(packed in prop::collection::vec(any::<u8>(), 0..600)) {
            let mut found = vec![0; 5000];
            let _ = unpack(&packed, &mut found);
        }
    }
}
