//! Writes small TIFFs, sound and damaged.

/// A value of a tag.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Short(Vec<u16>),
    Long(Vec<u32>),
    Double(Vec<f64>),
    Text(&'static str),
}

impl Value {
    fn kind(&self) -> u16 {
        match self {
            Self::Text(_) => 2,
            Self::Short(_) => 3,
            Self::Long(_) => 4,
            Self::Double(_) => 12,
        }
    }

    fn count(&self) -> usize {
        match self {
            Self::Text(text) => text.len() + 1,
            Self::Short(numbers) => numbers.len(),
            Self::Long(numbers) => numbers.len(),
            Self::Double(numbers) => numbers.len(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Text(text) => [text.as_bytes(), &[0]].concat(),
            Self::Short(numbers) => numbers.iter().flat_map(|number| number.to_le_bytes()).collect(),
            Self::Long(numbers) => numbers.iter().flat_map(|number| number.to_le_bytes()).collect(),
            Self::Double(numbers) => numbers.iter().flat_map(|number| number.to_le_bytes()).collect(),
        }
    }
}

/// A raster of one strip a row of tiles, written without compression, least significant byte first.
#[derive(Clone, Debug)]
pub(crate) struct Tiff {
    pub(crate) tags: Vec<(u16, Value)>,
    chunks: Vec<Vec<u8>>,
}

impl Tiff {
    /// A geographic raster of bytes in tiles, its north-west corner at 100° E 40° N.
    pub(crate) fn tiled(
        columns: usize,
        rows: usize,
        tile: usize,
        cell: f64,
        code: impl Fn(usize, usize) -> u8,
    ) -> Self {
        let mut chunks = vec![];
        for top in (0..rows).step_by(tile) {
            for left in (0..columns).step_by(tile) {
                let inside = |row: usize, column: usize| row < rows && column < columns;
                let cells = (0..tile * tile).map(|place| (top + place / tile, left + place % tile));
                chunks.push(
                    cells
                        .map(|(row, column)| if inside(row, column) { code(row, column) } else { 99 })
                        .collect(),
                );
            }
        }
        let short = |number: usize| Value::Short(vec![u16::try_from(number).unwrap()]);
        let tags = vec![
            (256, short(columns)),
            (257, short(rows)),
            (258, short(8)),
            (259, short(1)),
            (262, short(1)),
            (277, short(1)),
            (322, short(tile)),
            (323, short(tile)),
            (33_550, Value::Double(vec![cell, cell, 0.0])),
            (33_922, Value::Double(vec![0.0, 0.0, 0.0, 100.0, 40.0, 0.0])),
            (34_735, Value::Short(vec![1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326])),
        ];
        Self { tags, chunks }
    }

    /// The same with another value of a tag.
    pub(crate) fn with(mut self, tag: u16, value: Value) -> Self {
        self.tags.retain(|(known, _)| *known != tag);
        self.tags.push((tag, value));
        self
    }

    /// The same without a tag.
    pub(crate) fn without(mut self, tag: u16) -> Self {
        self.tags.retain(|(known, _)| *known != tag);
        self
    }

    /// The same with other bytes in a tile.
    pub(crate) fn with_chunk(mut self, index: usize, bytes: Vec<u8>) -> Self {
        self.chunks[index] = bytes;
        self
    }

    /// The bytes of the file: the tiles, then the directory.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut file = b"II\x2a\0\0\0\0\0".to_vec();
        let (mut starts, mut lengths) = (vec![], vec![]);
        for chunk in &self.chunks {
            starts.push(u32::try_from(file.len()).unwrap());
            lengths.push(u32::try_from(chunk.len()).unwrap());
            file.extend(chunk);
        }
        let mut tags = self.tags.clone();
        for (tag, value) in [(324, Value::Long(starts)), (325, Value::Long(lengths))] {
            if tags.iter().all(|(known, _)| *known != tag) {
                tags.push((tag, value));
            }
        }
        tags.sort_by_key(|(tag, _)| *tag);
        let mut listed = u16::try_from(tags.len()).unwrap().to_le_bytes().to_vec();
        for (tag, value) in &tags {
            let mut bytes = value.bytes();
            listed.extend(tag.to_le_bytes());
            listed.extend(value.kind().to_le_bytes());
            listed.extend(u32::try_from(value.count()).unwrap().to_le_bytes());
            if bytes.len() <= 4 {
                bytes.resize(4, 0);
                listed.extend(bytes);
            } else {
                listed.extend(u32::try_from(file.len()).unwrap().to_le_bytes());
                file.extend(bytes);
            }
        }
        listed.extend([0; 4]);
        let directory = u32::try_from(file.len()).unwrap();
        file[4..8].copy_from_slice(&directory.to_le_bytes());
        file.extend(listed);
        file
    }
}
