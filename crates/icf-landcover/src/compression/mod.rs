//! Compression schemes: one file each. All fill a buffer of the size that the cells need, and no more, so that a file
//! cannot ask for more memory than its layout says.

mod deflate;
mod lzw;
mod packbits;
mod zstd;

/// How the bytes of a tile or strip are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// Lempel, Ziv and Welch, in the way of TIFF.
    Lzw,
    /// Runs of bytes, from the Macintosh.
    PackBits,
    /// zlib's.
    Deflate,
    /// Zstandard.
    Zstd,
}

impl Compression {
    /// The scheme of a number of the tag Compression; else the name of the scheme that it means.
    pub(crate) fn of_tag(number: u64) -> Result<Self, String> {
        Ok(match number {
            1 => Self::None,
            5 => Self::Lzw,
            8 | 32_946 => Self::Deflate,
            32_773 => Self::PackBits,
            50_000 => Self::Zstd,
            2..=4 => return Err("fax (CCITT)".to_owned()),
            6 | 7 => return Err("JPEG".to_owned()),
            34_712 => return Err("JPEG 2000".to_owned()),
            34_887 => return Err("LERC".to_owned()),
            34_925 => return Err("LZMA".to_owned()),
            50_001 => return Err("WebP".to_owned()),
            50_002 => return Err("JPEG XL".to_owned()),
            other => return Err(format!("number {other}")),
        })
    }

    /// Unpacks into a buffer that must become full; what is wrong otherwise.
    pub(crate) fn unpack(self, packed: &[u8], into: &mut [u8]) -> Result<(), String> {
        let wanted = into.len();
        let unpacked = match self {
            Self::None => {
                let length = packed.len().min(wanted);
                into[..length].copy_from_slice(&packed[..length]);
                length
            }
            Self::Lzw => lzw::unpack(packed, into)?,
            Self::PackBits => packbits::unpack(packed, into)?,
            Self::Deflate => deflate::unpack(packed, into)?,
            Self::Zstd => zstd::unpack(packed, into)?,
        };
        if unpacked == wanted { Ok(()) } else { Err(format!("ends after {unpacked} of {wanted} bytes")) }
    }
}
