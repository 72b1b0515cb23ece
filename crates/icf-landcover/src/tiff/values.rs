//! A raster of a quantity, read tile by tile into fixed-point numbers.

use super::directory::Directory;
use super::georeference;
use super::layout::{self, Layout, Predictor, Stored, Unpacking};
use super::predictor;
use crate::{Grid, RasterError, ReadAt};

/// Binary places of a value.
pub(crate) const VALUE_BITS: u32 = 32;
/// The number of a cell whose value is not known.
pub(crate) const UNKNOWN: i64 = i64::MIN;
/// Values beyond are no quantity that grows on land, in whatever unit; sums over the earth are held up to it.
const MOST: f64 = 16_777_216.0;

/// What is read, where something else was found.
const INSTEAD: &str =
    "a quantity is one band of whole numbers of 8, 16 or 32 bits or of floating-point numbers of 32 or 64";

/// A GeoTIFF of a quantity, such as net primary production: whole or floating-point numbers.
///
/// A cell is not known where it holds the number of the tag GDAL_NODATA, no number (NaN), or one outside of the range that
/// is valid. The others stand for what [`Scale`] makes of them.
#[derive(Debug)]
pub struct ValueRaster<S> {
    source: S,
    layout: Layout,
    grid: Grid,
    nodata: Option<f64>,
    /// What the file itself says.
    given: Option<Scale>,
    scale: Scale,
    valid: [f64; 2],
}

/// What stored numbers stand for: value = stored × factor + offset.
///
/// ```
/// use icf_landcover::Scale;
/// // MOD17A3HGF stores whole numbers of 0.0001 kg C/m².
/// assert_eq!(Scale { factor: 0.0001, offset: 0.0 }.of(5000.0), 0.5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// By what they are multiplied.
    pub factor: f64,
    /// What is added then.
    pub offset: f64,
}

impl Scale {
    const NONE: Self = Self { factor: 1.0, offset: 0.0 };

    /// The value of a stored number, or of a mean of such.
    #[must_use]
    pub fn of(self, stored: f64) -> f64 {
        stored * self.factor + self.offset
    }

    fn told(self) -> String {
        format!("stored numbers × {} + {}", self.factor, self.offset)
    }
}

/// The cells of a tile or strip, row by row, in units of 2⁻³² of what is stored, and what is needed to read the next one.
#[derive(Debug, Default)]
pub(crate) struct Values {
    bytes: Vec<u8>,
    unpacking: Unpacking,
    pub(crate) numbers: Vec<i64>,
}

impl<S: ReadAt> ValueRaster<S> {
    /// Reads the head of a GeoTIFF.
    ///
    /// # Errors
    /// When it is no TIFF, damaged, cut off, of a kind that is not read, or does not say where it lies.
    pub fn open(source: S) -> Result<Self, RasterError> {
        use Stored::{F32, F64, I16, I32, U8, U16, U32};

        let tags = Directory::read(&source)?;
        let layout = Layout::read(&tags, source.length(), &[U8, U16, U32, I16, I32, F32, F64], INSTEAD)?;
        let grid = georeference::grid(&tags, layout.columns, layout.rows)?;
        let nodata = layout::nodata(&tags)?;
        let metadata = tags.text(42_112, "GDAL_METADATA")?.unwrap_or_default();
        let given = match (role(&metadata, "scale")?, role(&metadata, "offset")?) {
            (None, None) => None,
            (factor, offset) => Some(Scale { factor: factor.unwrap_or(1.0), offset: offset.unwrap_or(0.0) }),
        };
        let valid = [f64::NEG_INFINITY, f64::INFINITY];
        Ok(Self { layout, grid, nodata, given, scale: given.unwrap_or(Scale::NONE), valid, source })
    }

    /// The same with what its numbers stand for, such as the documentation of a product says it.
    ///
    /// # Errors
    /// When the file says something else.
    pub fn scaled(self, factor: Option<f64>, offset: Option<f64>) -> Result<Self, RasterError> {
        let scale = Scale {
            factor: factor.unwrap_or(self.scale.factor),
            offset: offset.unwrap_or(self.scale.offset),
        };
        match self.given {
            Some(given) if given != scale => {
                Err(RasterError::OtherScale { of_file: given.told(), given: scale.told() })
            }
            _ => Ok(Self { scale, ..self }),
        }
    }

    /// The same with stored numbers outside of a range taken for not known.
    #[must_use]
    pub fn valid_within(self, valid: [f64; 2]) -> Self {
        Self { valid, ..self }
    }

    /// Where the cells lie.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// What the stored numbers stand for.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// From which stored number on a cell is more likely a fill value than a quantity, as products keep them at the top of what
    /// the type holds: MOD17A3HGF has 32761 to 32767. None where the greatest valid number is given, or the type has no top that
    /// products use.
    pub(crate) fn fills_from(&self) -> Option<f64> {
        let from = match self.layout.stored {
            Stored::U8 => 249.0,
            Stored::I16 => 32_761.0,
            Stored::U16 => 65_521.0,
            Stored::U32 | Stored::I32 | Stored::F32 | Stored::F64 => return None,
        };
        (self.valid[1] == f64::INFINITY).then_some(from)
    }

    /// Columns and rows of a tile or strip.
    pub(crate) fn chunk_size(&self) -> (usize, usize) {
        (self.layout.chunk_columns, self.layout.chunk_rows)
    }

    /// Reads a tile or strip by its column and row among them; one that was never written is not known.
    pub(crate) fn read_chunk(&self, place: (usize, usize), values: &mut Values) -> Result<(), RasterError> {
        let count =
            self.layout.unpack_chunk(&self.source, place, &mut values.unpacking, &mut values.bytes)?;
        values.numbers.clear();
        if values.bytes.is_empty() {
            values.numbers.resize(count, UNKNOWN);
            return Ok(());
        }
        let (bytes, numbers) = (&mut values.bytes, &mut values.numbers);
        match self.layout.stored {
            Stored::U8 => self.numbers(bytes, numbers, |[byte]: [u8; 1]| f64::from(byte)),
            Stored::U16 => self.numbers(bytes, numbers, |bytes| f64::from(u16::from_le_bytes(bytes))),
            Stored::U32 => self.numbers(bytes, numbers, |bytes| f64::from(u32::from_le_bytes(bytes))),
            Stored::I16 => self.numbers(bytes, numbers, |bytes| f64::from(i16::from_le_bytes(bytes))),
            Stored::I32 => self.numbers(bytes, numbers, |bytes| f64::from(i32::from_le_bytes(bytes))),
            Stored::F32 => self.numbers(bytes, numbers, |bytes| f64::from(f32::from_le_bytes(bytes))),
            Stored::F64 => self.numbers(bytes, numbers, f64::from_le_bytes),
        }
    }

    /// Turns the bytes of cells into fixed-point numbers; `number` reads those of one, least significant first.
    fn numbers<const N: usize>(
        &self,
        bytes: &mut [u8],
        numbers: &mut Vec<i64>,
        number: impl Fn([u8; N]) -> f64,
    ) -> Result<(), RasterError> {
        let layout = &self.layout;
        if layout.predictor == Predictor::Planes {
            predictor::undo_planes(bytes, layout.chunk_columns, N);
        }
        // Whatever the order in the file, what stood apart by weight has its most significant byte first.
        if N > 1 && (layout.big_endian || layout.predictor == Predictor::Planes) {
            bytes.as_chunks_mut::<N>().0.iter_mut().for_each(|cell| cell.reverse());
        }
        if layout.predictor == Predictor::Differences {
            predictor::undo_words::<N>(bytes.as_chunks_mut().0, layout.chunk_columns);
        }
        numbers.reserve(bytes.len() / N);
        for cell in bytes.as_chunks::<N>().0 {
            numbers.push(self.fixed(number(*cell))?);
        }
        Ok(())
    }

    /// A stored number in units of 2⁻³².
    #[expect(clippy::cast_possible_truncation, reason = "no value is beyond 2²⁴, which is seen to")]
    fn fixed(&self, stored: f64) -> Result<i64, RasterError> {
        let is_nodata = match (self.nodata, self.layout.stored) {
            (None, _) => false,
            // The tag has more digits than a cell.
            (Some(nodata), Stored::F32) => nodata as f32 == stored as f32,
            (Some(nodata), _) => nodata == stored,
        };
        if stored.is_nan() || is_nodata || stored < self.valid[0] || stored > self.valid[1] {
            return Ok(UNKNOWN);
        }
        if stored.abs() > MOST {
            return Err(RasterError::Value { value: format!("{stored}") });
        }
        Ok((stored * (1_u64 << VALUE_BITS) as f64).round() as i64)
    }
}

/// What GDAL's metadata give for a role of the one band, e.g. `<Item name="SCALE" sample="0" role="scale">0.1</Item>`.
fn role(metadata: &str, role: &str) -> Result<Option<f64>, RasterError> {
    let Some((_, rest)) = metadata.split_once(&format!("role=\"{role}\">")) else { return Ok(None) };
    let number = rest.split('<').next().and_then(|text| text.trim().parse::<f64>().ok());
    match number.filter(|number| number.is_finite()) {
        Some(number) => Ok(Some(number)),
        None => Err(RasterError::Tag { tag: 42_112, name: "GDAL_METADATA" }),
    }
}
